"""A run does what is missing, keeps what is done, and outlives its records."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from cardio_desktop.archive.helper import HelperError
from cardio_desktop.archive.job import Job
from cardio_desktop.archive.ledger import Ledger, LedgerError
from cardio_desktop.archive.places import Shard
from cardio_desktop.archive.run import Run, cores, run
from cardio_desktop.core.errors import CardioError

STAND_IN = [sys.executable, str(Path(__file__).with_name("stand_in.py"))]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "log"))
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def fill(archive: Path, *names: str) -> None:
    for name in names:
        (archive / f"{name}.edf").write_text(f"words of {name}")


def wanted(archive: Path, **options: object) -> Run:
    said: list[str] = []
    return Run(
        **{
            "arguments": [str(archive)],
            "job": Job(),
            "jobs": 2,
            "command": STAND_IN,
            "complain": said.append,
            **options,
        }
    )


def done(archive: Path) -> list[str]:
    """Return the names that helpers have worked at since the last call."""
    log = archive.parent / "log"
    names = log.read_text().split() if log.exists() else []
    log.unlink(missing_ok=True)
    return sorted(names)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_without_a_ledger_results_come_in_order(archive: Path, tmp_path: Path) -> None:
    fill(archive, "a-slow", "b", "c-bad", "d")
    out = tmp_path / "out.jsonl"
    asked = wanted(archive, json_out=str(out), csv_out=str(tmp_path / "out.csv"))
    assert run(asked) == 1
    assert [line.get("words") for line in lines(out)] == ["words of a-slow", "words of b", None, "words of d"]
    assert lines(out)[2]["error"]["message"] == "c-bad.edf: it is bad; mend it."
    rows = (tmp_path / "out.csv").read_text().splitlines()
    assert rows[0].startswith("name,sha256,done_at,error,message")
    assert [row.split(",")[0] for row in rows[1:]] == ["a-slow.edf", "b.edf", "c-bad.edf", "d.edf"]


def test_a_second_run_does_only_what_is_missing_or_changed(archive: Path, tmp_path: Path) -> None:
    fill(archive, "a", "b", "c")
    asked = wanted(archive, ledger=tmp_path / "l", json_out=str(tmp_path / "out.jsonl"))
    assert run(asked) == 0
    assert done(archive) == ["a.edf", "b.edf", "c.edf"]
    assert run(asked) == 0
    assert done(archive) == []
    fill(archive, "d")
    (archive / "b.edf").write_text("other words")
    os.utime(archive / "c.edf", ns=(0, 5))  # copied: another time, the same bytes
    assert run(asked) == 0
    assert done(archive) == ["b.edf", "c.edf", "d.edf"]
    assert [line["words"] for line in lines(tmp_path / "out.jsonl")] == [
        "words of a",
        "other words",
        "words of c",
        "words of d",
    ]
    with Ledger(tmp_path / "l", write=False) as ledger:
        assert ledger._base.execute("SELECT count(*) FROM results").fetchone() == (5,)
    assert run(asked) == 0
    assert done(archive) == []


def test_other_versions_or_options_do_it_again(archive: Path, tmp_path: Path) -> None:
    fill(archive, "a")
    assert run(wanted(archive, ledger=tmp_path / "l")) == 0
    assert run(wanted(archive, ledger=tmp_path / "l", job=Job(end_s=5.0))) == 0
    assert run(wanted(archive, ledger=tmp_path / "l", job=Job(do="measure"))) == 0
    assert done(archive) == ["a.edf"] * 3
    assert run(wanted(archive, ledger=tmp_path / "l", job=Job(do="measure", memory_mb=9999))) == 0
    assert done(archive) == []


def test_what_crashes_or_hangs_is_a_row_and_the_others_are_done(archive: Path, tmp_path: Path) -> None:
    fill(archive, "a", "b-crash", "c-hang", "d", "e-crash", "f")
    asked = wanted(archive, ledger=tmp_path / "l", longest_s=1.5)
    assert run(asked) == 1
    with Ledger(tmp_path / "l", write=False) as ledger:
        rows = {entry.name: entry.row for entry in ledger.entries()}
    assert {name: row.get("error") for name, row in rows.items()} == {
        "a.edf": None,
        "b-crash.edf": "crash",
        "c-hang.edf": "time",
        "d.edf": None,
        "e-crash.edf": "crash",
        "f.edf": None,
    }
    assert rows["b-crash.edf"]["message"].startswith("b-crash.edf: the program ended while it read this record")
    assert rows["c-hang.edf"]["message"].startswith("c-hang.edf: it took longer than 2 s")
    done(archive)
    assert run(asked) == 1
    assert done(archive) == []  # a failure is a result
    (archive / "b-crash.edf").unlink()
    (archive / "c-hang.edf").unlink()
    assert run(wanted(archive, ledger=tmp_path / "l", longest_s=1.5, retry=True)) == 1
    assert done(archive) == []


def test_shards_share_a_ledger_and_make_the_whole(archive: Path, tmp_path: Path) -> None:
    fill(archive, *"abcdefgh")
    for number in (1, 2, 3):
        assert run(wanted(archive, ledger=tmp_path / "l", shard=Shard(number, 3))) == 0
    assert done(archive) == [f"{name}.edf" for name in "abcdefgh"]
    assert run(wanted(archive, ledger=tmp_path / "l")) == 0
    assert done(archive) == []


def test_a_ledger_knows_its_folder_wherever_that_is_now(archive: Path, tmp_path: Path) -> None:
    (archive / "inner").mkdir()
    fill(archive, "a", "inner/b")
    assert run(wanted(archive, ledger=tmp_path / "l")) == 0
    assert done(archive) == ["a.edf", "inner/b.edf"]
    assert run(wanted(archive, ledger=tmp_path / "l", arguments=[str(archive / "inner")])) == 0
    assert done(archive) == []
    moved = archive.rename(tmp_path / "moved")
    with pytest.raises(LedgerError, match="--root"):
        run(wanted(moved, ledger=tmp_path / "l"))
    assert run(wanted(moved, ledger=tmp_path / "l", root=moved)) == 0
    assert done(archive) == []
    assert run(wanted(moved, ledger=tmp_path / "l")) == 0
    with pytest.raises(CardioError, match="no folder"):
        run(wanted(moved, ledger=tmp_path / "l", root=tmp_path / "l"))


def test_helpers_that_cannot_run_or_are_another_version_are_told_and_not_taken_for_bad_records(
    archive: Path, tmp_path: Path
) -> None:
    fill(archive, "a", "b")
    for command, said in (
        ([sys.executable, "-c", ""], "ends at once"),
        ([sys.executable, "-c", 'print(\'{"versions": "other"}\', flush=True); input()'], "another version"),
        ([str(tmp_path / "missing")], "cannot be started"),
    ):
        with pytest.raises(HelperError, match=said):
            run(wanted(archive, ledger=tmp_path / "l", command=command))
    with Ledger(tmp_path / "l", write=False) as ledger:
        assert list(ledger.entries()) == []


def test_nothing_to_do_writes_what_there_is(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(wanted(archive, ledger=tmp_path / "l", json_out=str(out))) == 0
    assert out.read_text() == ""
    assert run(wanted(archive, json_out=str(out))) == 0
    assert cores() >= 1


def test_a_place_that_cannot_be_written_is_said_and_what_stood_there_stays(archive: Path, tmp_path: Path) -> None:
    fill(archive, "a")
    for options in ({}, {"ledger": tmp_path / "l"}):
        with pytest.raises(CardioError, match=r"nowhere.*cannot be written"):
            run(wanted(archive, json_out=str(tmp_path / "nowhere" / "out"), **options))
    out = tmp_path / "out.csv"
    out.write_text("older")
    with pytest.raises(CardioError, match="cannot be written"):
        run(wanted(archive, csv_out=str(out), parquet_out=str(tmp_path / "no" / "p"), ledger=tmp_path / "l"))
    assert out.read_text() == "older"


def test_parquet_has_the_rows_of_the_csv(archive: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    fill(archive, "a", "b-bad", "c")
    run(wanted(archive, ledger=tmp_path / "l", parquet_out=str(tmp_path / "t"), csv_out=str(tmp_path / "t.csv")))
    table = parquet.read_table(tmp_path / "t")
    header, *rows = (tmp_path / "t.csv").read_text().splitlines()
    assert table.column_names == header.split(",")
    assert table.column("name").to_pylist() == [row.split(",")[0] for row in rows]
    assert table.column("tier").to_pylist() == ["words of a", None, "words of c"]
    assert str(table.schema.field("qrs_ms").type) == "double"


INTERRUPTED = """
import sys
from pathlib import Path
from cardio_desktop.archive.job import Job
from cardio_desktop.archive.run import Run, run
archive, ledger, stand_in = sys.argv[1:]
sys.exit(run(Run([archive], Job(), ledger=Path(ledger), jobs=2, command=[sys.executable, stand_in])))
"""


def started(archive: Path, ledger: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", INTERRUPTED, str(archive), str(ledger), STAND_IN[1]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def wait_for_work(archive: Path, count: int) -> None:
    log, end = archive.parent / "log", time.monotonic() + 60
    while not log.exists() or len(log.read_text().split()) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_after_any_kill_every_record_stands_exactly_once_and_at_most_one_a_worker_is_done_again(
    archive: Path, tmp_path: Path
) -> None:
    fill(archive, *(f"{k}-slow" for k in range(12)))
    rng = random.Random(14)
    for _ in range(3):
        before = len((tmp_path / "log").read_text().split()) if (tmp_path / "log").exists() else 0
        with started(archive, tmp_path / "l") as process:
            wait_for_work(archive, before + rng.randint(1, 3))
            process.kill()
    assert run(wanted(archive, ledger=tmp_path / "l")) == 0
    with Ledger(tmp_path / "l", write=False) as ledger:
        assert sorted(entry.name for entry in ledger.entries()) == sorted(f"{k}-slow.edf" for k in range(12))
        assert ledger._base.execute("SELECT count(*) FROM results").fetchone() == (12,)
    worked = Counter(done(archive))
    # What a helper was at is lost with a kill, and what it had just told of and nobody had written yet.
    assert sum(worked.values()) - len(worked) <= 3 * 2 * 2


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(archive: Path, tmp_path: Path) -> None:
    fill(archive, *(f"{k:02d}-slow" for k in range(30)))
    with started(archive, tmp_path / "l") as process:
        wait_for_work(archive, 3)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrupted; the same command goes on from here" in said
    assert "Traceback" not in said
    with Ledger(tmp_path / "l", write=False) as ledger:
        kept = len(list(ledger.entries()))
    assert 1 <= kept < 30
