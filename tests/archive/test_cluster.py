"""The same work on Dask; sockets on this computer only, and only where they are asked for."""

import sys
import threading
from pathlib import Path

import pytest

from cardio_desktop.archive import cluster
from cardio_desktop.archive.cluster import ClusterError, cluster_outcomes, done_chunk, let_go
from cardio_desktop.archive.helper import HelperError, Task
from cardio_desktop.archive.job import Job
from cardio_desktop.archive.places import places
from cardio_desktop.cli import main

STAND_IN = [sys.executable, str(Path(__file__).with_name("stand_in.py"))]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "log"))
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("a", "b-crash", "c", "d-bad", "e"):
        (folder / f"{name}.edf").write_text(f"words of {name}")
    return folder


def tasks(archive: Path) -> list[Task]:
    return [Task(place) for place in places([str(archive)], archive)]


def test_a_chunk_is_done_by_a_helper_that_outlives_its_crashes(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cardio_desktop.archive.helper.worker_command", lambda: STAND_IN)
    chunk = [(task.place, task.sha256) for task in tasks(archive)]
    try:
        made = done_chunk(Job().plain(), chunk, 30.0)
        other = done_chunk(Job(end_s=1.0).plain(), chunk[:1], 30.0)
        # A cluster outlives a run; it is told to let go in the worker's own thread.
        ended = threading.Thread(target=let_go)
        ended.start()
        ended.join()
        again = done_chunk(Job(end_s=1.0).plain(), chunk[:1], 30.0)
    finally:
        let_go()
    assert [one.error for one in made["outcomes"]] == ["", "crash", "", "unreadable", ""]
    assert made["outcomes"][0].row == {"tier": "words of a"}
    assert made["took_s"] > 0
    assert [one.row for one in again["outcomes"] + other["outcomes"]] == [{"tier": "words of a"}] * 2


class StandInClient:
    """A scheduler that does everything at once, in this process."""

    def __init__(self, workers: int = 1, fault: Exception | None = None) -> None:
        self.workers = workers
        self.fault = fault
        self.sizes: list[int] = []

    def __enter__(self) -> "StandInClient":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def nthreads(self) -> dict[str, int]:
        return {f"w{k}": 1 for k in range(self.workers)}

    def run(self, function, on_error: str) -> None:
        function()

    def submit(self, function, *arguments, pure: bool):
        assert not pure
        self.sizes.append(len(arguments[1]))
        return StandInFuture(lambda: function(*arguments), self.fault)


class StandInFuture:
    def __init__(self, work, fault: Exception | None) -> None:
        self.work, self.fault = work, fault

    def result(self):
        if self.fault:
            raise self.fault
        return self.work()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch):
    def use(client: StandInClient) -> StandInClient:
        monkeypatch.setattr(cluster, "_client", lambda *_: client)
        monkeypatch.setattr(cluster, "_ready", lambda futures: futures[:1])
        monkeypatch.setattr("cardio_desktop.archive.helper.worker_command", lambda: STAND_IN)
        return client

    return use


def test_every_task_is_done_once_in_chunks_that_leave_work_for_all(archive: Path, at_once) -> None:
    for k in range(35):
        (archive / f"f{k:02d}.edf").write_text("more")
    client = at_once(StandInClient(workers=2))
    outcomes = list(cluster_outcomes(Job(), tasks(archive), "tcp://x:1", 1))
    assert sorted(one.place.name for one in outcomes) == sorted(task.place.name for task in tasks(archive))
    assert sum(client.sizes) == 40
    assert max(client.sizes) <= 5  # a quarter of each worker's share


def test_a_cluster_without_workers_or_with_faults_is_said_in_one_sentence(archive: Path, at_once) -> None:
    for client, said in (
        (StandInClient(workers=0), "no workers"),
        (StandInClient(fault=HelperError("The helper program is another version than this one.")), "another version"),
        (StandInClient(fault=RuntimeError("lost")), "what is done is kept: run the same command again"),
    ):
        at_once(client)
        with pytest.raises(ClusterError, match=said):
            list(cluster_outcomes(Job(), tasks(archive), "tcp://x:1", 1))


def test_without_dask_it_says_what_to_install(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"cardio-desktop\[archive\]"):
        list(cluster_outcomes(Job(), tasks(archive), "local", 1))


def test_a_scheduler_that_does_not_answer_is_said(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "JOIN_S", 0.5)
    with pytest.raises(ClusterError, match=r"tcp://127.0.0.1:9: this scheduler cannot be used"):
        list(cluster_outcomes(Job(), tasks(archive), "tcp://127.0.0.1:9", 1))


def test_dask_on_this_computer_gives_what_the_pool_gives(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from cardio_desktop.paths import asset

    pattern = str(asset("resources/samples") / "n*.hea")
    outs = [tmp_path / "pool.jsonl", tmp_path / "dask.jsonl"]
    for out, where in zip(outs, ("pool", "local"), strict=True):
        ledger = str(tmp_path / f"{out.stem}.ledger")
        assert (
            main(["analyze", pattern, "--scheduler", where, "--jobs", "1", "--ledger", ledger, "--json", str(out)]) == 0
        )
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert outs[0].read_text().count("\n") == 2
