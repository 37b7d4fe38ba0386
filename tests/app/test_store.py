"""The reader's work survives a kill, other windows, other processes, and a damaged file."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app import kept_order, store_file
from cardio_desktop.app.store import FILE_NAME, Opinion, Store
from cardio_desktop.app.store_items import parsed
from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.core.record_key import content_key

TIMED = make_caliper(CaliperKind.TIME, "II", (1.5, 0.1), (2.312, -0.2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(qapp: object, folder: Path) -> Iterator[Store]:
    store = Store(folder)
    yield store
    store.close()


def again(folder: Path) -> Store:
    """What the next start of the program finds."""
    return Store(folder)


def record(counts: np.ndarray, path: Path = Path("x.hea"), gain: float = 1000.0) -> Record:
    return Record(path, "made", (Channel("II", 500.0, "mV", gain, 0.0, ArraySamples(counts), lead="II"),))


def test_everything_is_there_after_the_next_start(folder: Path, store: Store) -> None:
    opinion = Opinion("class:MI", "disagree", "early repolarisation", "2026-01-02T03:04:05+01:00")
    edit = BeatEdit("at-1.000", None, original_s=1.0)
    store.put_caliper("a", TIMED)
    store.set_opinion("a", opinion)
    store.put_beats("a", [edit])
    store.set_read("a", True)
    store.close()
    next_one = again(folder)
    try:
        assert next_one.calipers("a") == (TIMED,)
        assert next_one.opinions("a") == {"class:MI": opinion}
        assert next_one.beats("a") == (edit,)
        assert next_one.read_state("a").read
        assert next_one.calipers("b") == ()
        assert not next_one.read_state("b").read
    finally:
        next_one.close()


def test_what_was_removed_stays_removed(folder: Path, store: Store) -> None:
    store.put_caliper("a", TIMED)
    store.set_opinion("a", Opinion("class:MI", "agree"))
    store.put_beats("a", [BeatEdit("n", 2.0, "ventricular")])
    assert store.flush()
    store.remove_caliper("a", TIMED.id)
    store.set_opinion("a", Opinion("class:MI"))
    store.put_beats("a", [], ["n"])
    assert (store.calipers("a"), store.opinions("a"), store.beats("a")) == ((), {}, ())
    store.close()
    next_one = again(folder)
    assert (next_one.calipers("a"), next_one.opinions("a"), next_one.beats("a")) == ((), {}, ())
    next_one.close()


def test_without_a_folder_it_keeps_all_in_memory_and_no_thread(qapp: object) -> None:
    store = Store()
    store.put_caliper("a", TIMED)
    assert store.calipers("a") == (TIMED,)
    assert not store.persistent
    store.close()


WRITER = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from cardio_desktop.app.store import Store, Opinion
app = QCoreApplication([])
store = Store(Path(sys.argv[1]))
who, count, pause = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
for n in range(count):
    store.set_opinion("shared", Opinion(f"{who}:{n}", "agree", f"{who} {n}"))
    print(n, time.time(), flush=True)
    time.sleep(pause)
if who != "killed":
    store.close()
else:
    time.sleep(60)
"""


def writer(folder: Path, who: str, count: int, pause_s: float) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WRITER, str(folder), who, str(count), str(pause_s)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")
def test_a_kill_loses_at_most_the_last_two_seconds(qapp: object, folder: Path) -> None:
    process = writer(folder, "killed", 100_000, 0.01)
    assert process.stdout is not None
    said: list[tuple[int, float]] = []
    while not said or said[-1][1] - said[0][1] < 3.0:
        number, moment = process.stdout.readline().split()
        said.append((int(number), float(moment)))
    killed = time.time()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    store = again(folder)
    try:
        assert store.problem == ""
        kept = store.opinions("shared")
    finally:
        store.close()
    due = {f"killed:{number}" for number, moment in said if moment < killed - 2.0}
    assert len(due) > 20
    assert due <= kept.keys()


def test_two_processes_on_one_record_keep_both_their_work(qapp: object, folder: Path) -> None:
    processes = [writer(folder, who, 40, 0.02) for who in ("one", "two")]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    store = again(folder)
    try:
        assert len(store.opinions("shared")) == 80
    finally:
        store.close()


def test_what_another_process_writes_is_seen_here(qtbot: QtBot, folder: Path, store: Store) -> None:
    assert store.opinions("shared") == {}
    process = writer(folder, "other", 3, 0.0)
    process.communicate(timeout=60)
    qtbot.waitUntil(lambda: len(store.opinions("shared")) == 3, timeout=30_000)


def test_two_stores_that_change_one_opinion_lose_neither_comment(qapp: object, folder: Path, store: Store) -> None:
    other = again(folder)
    for one in (store, other):
        assert one.opinions("a") == {}
    store.set_opinion("a", Opinion("class:MI", "agree", "Q in III"))
    assert store.flush()
    other.set_opinion("a", Opinion("class:MI", "disagree", "LBBB"))
    assert other.flush()
    other.close()
    next_one = again(folder)
    kept = next_one.opinions("a")["class:MI"]
    next_one.close()
    assert kept.verdict == "disagree"
    assert kept.comment.splitlines() == ["Q in III", "LBBB"]


def test_deleting_gives_way_to_a_change_it_did_not_know(qapp: object, folder: Path, store: Store) -> None:
    store.put_caliper("a", TIMED)
    assert store.flush()
    other = again(folder)
    assert other.calipers("a") == (TIMED,)
    moved = TIMED.moved(0.1)
    store.put_caliper("a", moved)
    assert store.flush()
    other.remove_caliper("a", TIMED.id)
    assert other.flush()
    assert other.calipers("a") == (moved,)
    other.close()


def test_many_records_are_read_together_as_one_by_one(folder: Path, store: Store) -> None:
    for n in range(400):
        store.set_opinion(f"record {n}", Opinion("class:MI", "agree", f"{n}", "then"))
    store.close()
    next_one = again(folder)
    next_one.set_opinion("record 7", Opinion("class:MI", "agree", "newer", "then"))  # not on the disk yet
    next_one.load([*(f"record {n}" for n in range(400)), "unknown"])
    file, next_one._file = next_one._file, None  # whatever is told now was read before
    assert [next_one.opinions(f"record {n}")["class:MI"].comment for n in (0, 7, 399)] == ["0", "newer", "399"]
    assert next_one.opinions("unknown") == {}
    next_one._file = file
    next_one.close()


def test_one_window_tells_the_others(qtbot: QtBot, store: Store) -> None:
    with qtbot.waitSignal(store.changed) as told:
        store.put_caliper("a", TIMED)
    assert told.args == ["a"]
    with qtbot.assertNotEmitted(store.changed):
        store.put_caliper("a", TIMED)  # nothing changed


def damage(path: Path, share: float) -> None:
    raw = bytearray(path.read_bytes())
    for place in range(int(len(raw) * share), len(raw), 3):
        raw[place] ^= 0x5A
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_damaged_file_is_put_aside_and_what_can_be_read_is_saved(qapp: object, folder: Path, share: float) -> None:
    store = Store(folder)
    for n in range(400):
        store.set_opinion("a", Opinion(f"finding {n}", "agree", "words " * 10))
    store.close()
    before = (folder / FILE_NAME).stat().st_size
    damage(folder / FILE_NAME, share)
    next_one = again(folder)
    try:
        assert "put aside" in next_one.problem
        kept = next_one.opinions("a")
        assert all(opinion.comment == "words " * 10 for opinion in kept.values())
        next_one.put_caliper("a", TIMED)
        assert next_one.flush()
    finally:
        next_one.close()
    asides = list(folder.glob(f"{FILE_NAME}.damaged-*"))
    assert [p.stat().st_size for p in asides if not p.name.endswith(("-wal", "-shm"))] == [before]
    final = again(folder)
    assert final.problem == ""
    assert final.calipers("a") == (TIMED,)
    final.close()


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved elsewhere")
def test_a_file_that_is_taken_away_is_written_anew(qtbot: QtBot, folder: Path, store: Store) -> None:
    store.put_caliper("a", TIMED)
    assert store.flush()
    for path in folder.glob(f"{FILE_NAME}*"):
        path.rename(path.with_name(f"elsewhere{path.suffix}"))
    store.set_opinion("a", Opinion("class:MI", "agree"))
    qtbot.waitUntil(lambda: (folder / FILE_NAME).exists(), timeout=30_000)
    assert store.flush()
    next_one = again(folder)
    assert next_one.calipers("a") == (TIMED,)
    assert next_one.opinions("a").keys() == {"class:MI"}
    next_one.close()


def test_a_file_of_a_newer_version_is_left_alone(qapp: object, folder: Path) -> None:
    Store(folder).close()
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version=99")
        connection.execute(f"PRAGMA application_id={store_file.APPLICATION_ID + 99}")
    connection.close()
    store = again(folder)
    assert "newer version" in store.problem
    assert not store.persistent
    store.put_caliper("a", TIMED)
    assert store.calipers("a") == (TIMED,)
    store.close()


def test_a_file_of_the_first_version_is_brought_up_to_date_and_copied(qapp: object, folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.executescript(store_file.MIGRATIONS[0])
        body = json.dumps(TIMED.to_dict())
        connection.execute("INSERT INTO items VALUES ('a', 'caliper', ?, ?, 1, 'then')", (TIMED.id, body))
        connection.execute("PRAGMA user_version=1")
    connection.close()
    store = again(folder)
    assert store.calipers("a") == (TIMED,)
    assert store.problem == ""
    store.close()
    with sqlite3.connect(folder / f"{FILE_NAME}.version-1") as connection:
        assert connection.execute("SELECT count(*) FROM items").fetchone() == (1,)
    connection.close()


def test_a_folder_that_cannot_be_made_is_said_and_the_program_goes_on(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "data")
    assert "cannot be written" in store.problem
    store.put_caliper("a", TIMED)
    assert store.calipers("a") == (TIMED,)
    store.close()


def test_work_waits_for_a_locked_file(
    qtbot: QtBot, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    store.put_caliper("a", TIMED)
    assert not store.flush(1.0)
    assert store.calipers("a") == (TIMED,)
    blocker.execute("COMMIT")
    blocker.close()
    assert store.flush()


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_nobody_else_on_the_machine_may_read_it(store: Store, folder: Path) -> None:
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0


def test_the_key_belongs_to_the_signal_not_to_its_place() -> None:
    counts = np.arange(60_000, dtype=np.int16) % 911
    key = content_key(record(counts))
    assert content_key(record(counts.copy(), Path("elsewhere/y.hea"))) == key
    assert content_key(record(counts, gain=999.0)) != key
    assert content_key(record(counts[:-1].copy())) != key
    other = counts.copy()
    other[-1] += 1
    assert content_key(record(other)) != key
    short = counts[:5000].copy()
    short_key = content_key(record(short))
    short = short.copy()
    short[2345] += 1
    assert content_key(record(short)) != short_key


def test_a_path_leads_back_to_its_record_until_the_file_changes(store: Store, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.hea"
    path.write_text("one")
    assert store.key_at(path) is None
    key = store.key_of(record(np.arange(100, dtype=np.int16), path))
    assert store.key_at(path) == key
    store.close()
    next_one = again(folder)
    assert next_one.key_at(path) == key
    path.write_text("another")
    assert next_one.key_at(path) is None
    next_one.close()


def test_one_more_beat_reads_one_item_however_many_there_are(
    qtbot: QtBot, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = [BeatEdit(f"n{k}", float(k), "ventricular") for k in range(1, 2001)]
    store.put_beats("a", edits)
    assert store.beats("a") == tuple(edits)
    assert store.flush()
    read: list[str | None] = []
    monkeypatch.setattr(kept_order, "parsed", lambda body: read.append(body) or parsed(body))
    moved = BeatEdit("n7", 1500.5, "ventricular")
    store.put_beats("a", [moved])
    assert store.beats("a") == (*edits[:6], *edits[7:1500], moved, *edits[1500:])
    assert store.flush()
    store.put_beats("a", [], ["n2000"])
    assert store.beats("a")[-1] == edits[-2]
    assert store.beats("a") is store.beats("a")
    assert len(read) == 1
    other = again(folder)  # another window of another process
    other.put_beats("a", [BeatEdit("x", 3.5)])
    assert other.flush()
    other.close()
    read.clear()
    qtbot.waitUntil(lambda: BeatEdit("x", 3.5) in store.beats("a"), timeout=4000)
    assert len(read) == 1


def test_beats_changed_one_by_one_are_those_that_are_read_at_once(store: Store, folder: Path) -> None:
    rng = np.random.default_rng(1)
    for _ in range(60):
        names = [f"n{k}" for k in rng.integers(0, 300, int(rng.choice([1, 2, 250])))]
        put = {name: BeatEdit(name, round(float(rng.uniform(0, 9)), 1), "ventricular") for name in names}
        taken = {f"n{k}" for k in rng.integers(0, 300, int(rng.choice([0, 1, 150])))} - put.keys()
        store.put_beats("a", put.values(), taken)
        store.beats("a")
    assert store.flush()
    next_one = again(folder)
    assert len(store.beats("a")) > 50
    assert store.beats("a") == next_one.beats("a")
    next_one.close()
