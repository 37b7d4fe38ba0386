"""Damage to the store is noticed, told, and costs no more than the items that it hit."""

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app import kept_items, store_copy, store_file
from cardio_desktop.app.store import FILE_NAME, Opinion, Store
from cardio_desktop.app.store_copy import copy_of, make_copy
from cardio_desktop.app.store_file import DamagedError, StoreFile
from cardio_desktop.app.store_rows import Row
from cardio_desktop.app.store_salvage import carve, carve_files
from cardio_desktop.core.record import ArraySamples, Channel, Record

RECORDS, EACH = 11, 5


def comment(record: int, n: int) -> str:
    """Long ones overflow their pages."""
    return f"reading {n} of record {record} " * (1 + 400 * (n == 4 and record % 3 == 0))


def fill(folder: Path) -> None:
    """Fifty-five items, and the copy that closing leaves."""
    store = Store(folder)
    for record in range(RECORDS):
        for n in range(EACH):
            store.set_opinion(f"record {record}", Opinion(f"finding {n}", "agree", comment(record, n), "then"))
    store.close()


def wrong_or_missing(store: Store) -> int:
    """Count what is not there; nothing that is there may differ from what was written."""
    lost = 0
    for record in range(RECORDS):
        kept = store.opinions(f"record {record}")
        for n in range(EACH):
            if f"finding {n}" not in kept:
                lost += 1
            else:
                assert kept[f"finding {n}"].comment.strip() == comment(record, n).strip()
    return lost


@pytest.fixture
def full(qapp: object, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    fill(folder)
    return folder


def copied(folder: Path, to: Path) -> Path:
    to.mkdir()
    for file in folder.iterdir():
        (to / file.name).write_bytes(file.read_bytes())
    return to


@pytest.mark.parametrize("with_copy", [True, False])
def test_no_flipped_bit_hides_more_than_one_item_and_each_loss_is_told(
    full: Path, tmp_path: Path, with_copy: bool
) -> None:
    raw = (full / FILE_NAME).read_bytes()
    rng = np.random.default_rng(5)
    # The header and the schema, and places all over the file.
    places = [*range(16, 24), 28, 44, 47, 56, 60, 63, 71, 100, 103, 105, *rng.integers(100, len(raw), 60)]
    counted = 0
    for number, place in enumerate(places):
        folder = copied(full, tmp_path / f"try {number}")
        damaged = bytearray(raw)
        damaged[place] ^= 1 << int(rng.integers(8))
        (folder / FILE_NAME).write_bytes(bytes(damaged))
        if not with_copy:
            copy_of(folder / FILE_NAME).unlink()
        store = Store(folder)
        lost = wrong_or_missing(store)
        assert store.persistent, f"byte {place}: {store.problem}"
        assert lost <= (0 if with_copy else 1), f"byte {place}"
        assert not lost or "54 entries could be saved" in store.problem
        counted += "lost: 1 opinions and readings" in store.problem
        store.close()
    # Where the bit leaves the item's form alone it is counted, and it is never counted where the copy has it.
    assert counted == 0 if with_copy else counted > 10


def test_text_that_is_no_utf8_does_not_hide_the_rest_of_its_record(full: Path) -> None:
    copy_of(full / FILE_NAME).unlink()
    with sqlite3.connect(full / FILE_NAME) as base:
        base.execute(
            "UPDATE items SET body = CAST(X'7B22FFFF227D' AS TEXT) WHERE record = 'record 2' AND id = 'finding 1'"
        )
    base.close()
    store = Store(full)
    assert "was damaged" in store.problem
    assert wrong_or_missing(store) == 1
    assert len(store.opinions("record 2")) == EACH - 1
    store.close()


def test_a_file_of_no_bytes_is_damage_and_its_copy_brings_everything_back(full: Path, tmp_path: Path) -> None:
    (full / FILE_NAME).write_bytes(b"")
    store = Store(full)
    assert "was damaged" in store.problem
    assert wrong_or_missing(store) == 0
    store.close()
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / FILE_NAME).write_bytes(b"")
    store = Store(alone)
    assert "nothing could be read" in store.problem
    store.close()


def test_a_file_that_is_missing_comes_back_from_its_copy_with_a_word(full: Path) -> None:
    (full / FILE_NAME).unlink()
    store = Store(full)
    assert "was missing" in store.problem
    assert wrong_or_missing(store) == 0
    store.close()
    again = Store(full)
    assert again.problem == ""
    again.close()


def opinions_in(raw: bytes) -> list[Row]:
    return [row for row in carve(raw).rows.values() if row.kind == "opinion"]


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75, 0.99])
def test_a_truncated_file_gives_what_is_left_of_it(full: Path, share: float) -> None:
    raw = (full / FILE_NAME).read_bytes()
    cut = raw[: int(len(raw) * share)]
    assert len(opinions_in(raw)) == RECORDS * EACH
    left = opinions_in(cut)
    (full / FILE_NAME).write_bytes(cut)
    copy_of(full / FILE_NAME).unlink()
    store = Store(full)
    assert "put aside" in store.problem
    assert RECORDS * EACH - wrong_or_missing(store) == len(left)
    assert share < 0.5 or left
    store.close()


def test_a_log_whose_check_sums_are_wrong_still_gives_its_items(qapp: object, tmp_path: Path) -> None:
    """What SQLite silently drops: everything behind the first damaged frame of the log."""
    source = tmp_path / "a"
    file = StoreFile(source / FILE_NAME)
    for n in range(20):
        file.write([Row("r", "opinion", f"finding {n}", f'{{"comment": "{n}"}}', 0, "then")], lambda _k, _t, mine: mine)
    crashed = tmp_path / "b"
    copied(source, crashed)  # as a killed process leaves it
    file.close()
    log = crashed / f"{FILE_NAME}-wal"
    raw = bytearray(log.read_bytes())
    raw[32 + 16] ^= 1  # the check sum of the first frame
    log.write_bytes(bytes(raw))
    (crashed / f"{FILE_NAME}-shm").unlink(missing_ok=True)
    store = Store(crashed)
    assert len(store.opinions("r")) == 20
    assert "20 entries" in store.problem
    store.close()


def test_an_item_that_is_damaged_while_the_program_runs_is_told_and_taken_from_the_copy(
    qtbot: QtBot, full: Path
) -> None:
    store = Store(full)
    told: list[str] = []
    store.failed.connect(told.append)
    with sqlite3.connect(full / FILE_NAME) as base:
        base.execute("UPDATE items SET body = replace(body, 'reading 1', 'reading 7') WHERE record = 'record 3'")
    base.close()
    store.opinions("record 3")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "was damaged" in told[0]
    qtbot.waitUntil(lambda: wrong_or_missing(store) == 0, timeout=20_000)
    store.close()


def test_a_checked_copy_is_made_while_work_goes_on_and_a_damaged_file_never_replaces_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept_items.COPY_S + 2 * kept_items.LOOK_S < 60
    monkeypatch.setattr(kept_items, "COPY_S", 0.5)
    path = tmp_path / FILE_NAME
    store = Store(tmp_path)
    store.set_opinion("a", Opinion("x", "agree", "first", "then"))
    qtbot.waitUntil(lambda: copy_of(path).exists() and bool(carve_files(copy_of(path)).rows), timeout=20_000)
    store.close()
    before = copy_of(path).read_bytes()
    with sqlite3.connect(path) as base:
        base.execute("UPDATE items SET body = '{}'")
    base.close()
    with pytest.raises(DamagedError):
        make_copy(path)
    assert copy_of(path).read_bytes() == before
    assert not [file for file in tmp_path.iterdir() if ".copy-" in file.name]


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_nobody_else_may_read_the_copy(full: Path) -> None:
    assert copy_of(full / FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_large_file_opens_at_once_and_its_damage_is_found_beside(
    qtbot: QtBot, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (store_file, store_copy):
        monkeypatch.setattr(module, "CHECKED_AT_ONCE_BYTES", 0)
    with sqlite3.connect(full / FILE_NAME) as base:
        base.execute("UPDATE items SET body = replace(body, 'reading 1', 'reading 7') WHERE record = 'record 3'")
    base.close()
    store = Store(full)
    told: list[str] = []
    store.failed.connect(told.append)
    assert store.problem == ""
    assert len(store.opinions("record 4")) == EACH
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)  # nobody has looked at the damaged record
    assert "was damaged" in told[0]
    assert wrong_or_missing(store) == 0
    store.close()


def test_a_large_file_takes_over_what_only_its_copy_has(
    qtbot: QtBot, full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (store_file, store_copy):
        monkeypatch.setattr(module, "CHECKED_AT_ONCE_BYTES", 0)
    with sqlite3.connect(full / FILE_NAME) as base:
        base.execute("DELETE FROM items WHERE record = 'record 3'")
    base.close()
    before = copy_of(full / FILE_NAME).read_bytes()
    store = Store(full)
    told: list[str] = []
    store.failed.connect(told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "5 entries were restored" in told[0]
    store.set_opinion("new", Opinion("x", "agree", "words"))
    store.close()
    assert copy_of(full / FILE_NAME).read_bytes() == before  # nobody waits for a copy of a large file
    again = Store(full)
    assert len(again.opinions("record 3")) == EACH
    again.close()


# The saving thread ---------------------------------------------------------------------------------------------------


def odd_record(folder: Path) -> Record:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/M\xfcller.hea"))
    path.write_text("one")
    counts = np.arange(100, dtype=np.int16)
    return Record(path, "made", (Channel("II", 500.0, "mV", 1000.0, 0.0, ArraySamples(counts), lead="II"),))


@pytest.mark.skipif(os.name != "posix", reason="names are bytes there only")
def test_a_file_name_that_is_no_text_does_not_end_saving(qtbot: QtBot, tmp_path: Path) -> None:
    record = odd_record(tmp_path)
    store = Store(tmp_path / "data")
    key = store.key_of(record)
    store.set_opinion(key, Opinion("x", "agree", "kept"))
    assert store.flush()
    assert store.unsaved == 0
    assert store.key_at(record.path) == key
    store.close()
    again = Store(tmp_path / "data")
    assert again.key_at(record.path) == key
    assert again.opinions(key)["x"].comment == "kept"
    again.close()


def test_no_fault_ends_the_saving_thread_and_what_is_unsaved_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "data")
    real = StoreFile.write

    def failing(self: StoreFile, rows: list[Row], merge: object, events: object = ()) -> list[Row]:
        if any(row.id == "bad" for row in rows):
            raise UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed")
        return real(self, rows, merge, events)  # type: ignore[arg-type]

    told: list[str] = []
    store.failed.connect(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(StoreFile, "write", failing)
        store.set_opinion("a", Opinion("bad", "agree", "not now"))
        store.set_opinion("b", Opinion("good", "agree", "at once"))
        qtbot.waitUntil(lambda: bool(told), timeout=10_000)
        assert "cannot be saved" in told[0]
        qtbot.waitUntil(lambda: store.unsaved == 1, timeout=10_000)
        assert not store.flush(0.2)
    with qtbot.waitSignal(store.recovered, timeout=10_000):
        pass
    assert store.unsaved == 0
    store.close()
    again = Store(tmp_path / "data")
    assert again.opinions("a")["bad"].comment == "not now"
    assert again.opinions("b")["good"].comment == "at once"
    again.close()


def test_a_body_that_is_no_json_does_not_stop_the_merge(qapp: object, tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.opinions("a") == {}
    other = StoreFile(tmp_path / FILE_NAME)
    other.write([Row("a", "opinion", "x", "no json", 0, "then")], lambda _k, _t, mine: mine)
    other.close()
    store.set_opinion("a", Opinion("x", "agree", "mine"))
    assert store.flush()
    store.close()
    again = Store(tmp_path)
    assert again.opinions("a")["x"].comment == "mine"
    again.close()
