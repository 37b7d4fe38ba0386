"""A backup is made while work goes on, is checked, and comes back without costing anything that is there."""

import contextlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.app.audit_file import kept_heads
from cardio_desktop.app.backup import make_backup, restore
from cardio_desktop.app.open_windows import OpenWindows
from cardio_desktop.app.pseudonym_key import FILE_NAME as KEY_NAME
from cardio_desktop.app.store import FILE_NAME, Opinion, Store
from cardio_desktop.app.store_commands import check_trail
from cardio_desktop.app.store_file import MIGRATIONS
from cardio_desktop.cli import main
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.conclusion import Draft, Signer, make_signature
from cardio_desktop.core.errors import CardioError, ReadError, WriteError

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CALIPER = make_caliper(CaliperKind.TIME, "II", (1.5, 0.1), (2.312, -0.2))
SIGNED = make_signature("signed", Draft("sinus rhythm"), Signer("Dr. Grün"), WHEN)


def fill(folder: Path, *, records: int = 20) -> None:
    store = Store(folder)
    for n in range(records):
        store.set_opinion(f"record {n}", Opinion("class:MI", "agree", f"words {n} " * (1 + 600 * (n == 3)), "then"))
    store.put_caliper("a", CALIPER)
    store.put_draft("signed", Draft("sinus rhythm"))
    store.sign("signed", SIGNED)
    store.close()


@pytest.fixture
def folder(qapp: object, tmp_path: Path) -> Path:
    fill(tmp_path / "data")
    (tmp_path / "data" / KEY_NAME).write_bytes(b"k" * 32)
    return tmp_path / "data"


@pytest.fixture
def backup(folder: Path, tmp_path: Path) -> Path:
    assert make_backup(folder, tmp_path / "x.backup") == 23
    return tmp_path / "x.backup"


def opinions(store: Store, records: int = 20) -> int:
    return sum(store.opinions(f"record {n}") != {} for n in range(records))


def test_everything_comes_back_into_an_empty_folder(backup: Path, tmp_path: Path, folder: Path) -> None:
    done = restore(tmp_path / "new", backup)
    assert (done.added, done.joined, done.kept, done.remarks) == (23, 0, 0, ())
    store = Store(tmp_path / "new")
    assert store.problem == ""
    assert opinions(store) == 20
    assert store.calipers("a") == (CALIPER,)
    assert store.conclusion("signed").signatures == (SIGNED,)
    entries, spoilt = store.trail()
    assert spoilt == 0
    assert len(entries) == done.entries + 1
    assert entries[-1].event.action == "restore"
    store.close()
    verdict, _ = check_trail(tmp_path / "new" / FILE_NAME)
    assert verdict.problems == ()
    assert len(verdict.heads) == 2  # the old chain stands whole, the new folder has begun its own
    assert kept_heads(folder / FILE_NAME).items() <= kept_heads(tmp_path / "new" / FILE_NAME).items()
    assert (tmp_path / "new" / KEY_NAME).read_bytes() == b"k" * 32
    again = restore(tmp_path / "new", backup)
    assert (again.added, again.joined, again.kept, again.entries) == (0, 0, 0, 0)


def test_nothing_that_is_there_is_lost(backup: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    store = Store(other)
    moved = CALIPER.moved(0.5)
    store.put_caliper("a", moved)
    store.set_opinion("record 1", Opinion("class:MI", "disagree", "mine", "later"))
    store.set_opinion("record 99", Opinion("class:MI", "agree"))
    store.close()
    (other / KEY_NAME).write_bytes(b"o" * 32)
    done = restore(other, backup)
    assert (done.added, done.joined, done.kept) == (21, 1, 1)
    assert [remark.code for remark in done.remarks] == ["backup-other-key"]
    assert (other / KEY_NAME).read_bytes() == b"o" * 32
    store = Store(other)
    assert store.calipers("a") == (moved,)
    joined = store.opinions("record 1")["class:MI"]
    assert joined.verdict == "disagree"
    assert joined.comment.splitlines() == ["words 1", "mine"]
    assert opinions(store) == 20
    assert store.opinions("record 99") != {}
    store.close()
    with sqlite3.connect(other / FILE_NAME) as base:
        past = [body for (body,) in base.execute("SELECT body FROM past WHERE kind = 'caliper'")]
    base.close()
    assert json.loads(past[0]) == CALIPER.to_dict()


def test_work_that_has_gone_on_since_the_backup_stays_as_it_is(backup: Path, folder: Path) -> None:
    store = Store(folder)
    store.set_opinion("record 1", Opinion("class:MI", "disagree", "changed since", "later"))
    store.set_opinion("record 2", Opinion("class:MI"))  # taken back
    store.remove_caliper("a", CALIPER.id)
    assert store.flush()
    done = restore(folder, backup)  # while the program runs
    assert (done.added, done.joined) == (0, 0)
    store.close()
    again = Store(folder)
    assert again.opinions("record 1")["class:MI"].comment == "changed since"
    assert again.opinions("record 2") == {}
    assert again.calipers("a") == ()
    again.close()
    assert check_trail(folder / FILE_NAME)[0].problems == ()


def test_a_backup_that_is_made_while_work_goes_on_is_of_one_moment(folder: Path, tmp_path: Path) -> None:
    store = Store(folder)
    for n in range(60):
        store.set_read(f"record {n}", True)
        if n == 30:
            assert store.flush()
            make_backup(folder, tmp_path / "x.backup")
    store.close()
    restore(tmp_path / "new", tmp_path / "x.backup")
    assert check_trail(tmp_path / "new" / FILE_NAME)[0].problems == ()
    new = Store(tmp_path / "new")
    read = [new.read_state(f"record {n}").read for n in range(60)]
    new.close()
    assert read[:31] == [True] * 31
    assert read == sorted(read, reverse=True)


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_nobody_else_may_read_it_and_nothing_is_overwritten_unasked(backup: Path, folder: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with pytest.raises(WriteError, match="already"):
        make_backup(folder, backup)
    make_backup(folder, backup, replace=True)
    assert [path.name for path in backup.parent.iterdir() if "part" in path.name] == []
    with pytest.raises(WriteError, match="cannot be written"):
        make_backup(folder, backup.parent / "nowhere" / "x.backup")
    with pytest.raises(ReadError, match="no such file"):
        make_backup(backup.parent / "empty", backup.parent / "y.backup")


# Damaged, newer, older ----------------------------------------------------------------------------------------------


def test_no_flipped_bit_of_a_backup_is_restored_unseen(backup: Path, tmp_path: Path) -> None:
    raw = backup.read_bytes()
    rng = np.random.default_rng(4)
    refused: list[str] = []
    for number, place in enumerate(rng.integers(0, len(raw), 40)):
        changed = bytearray(raw)
        changed[place] ^= 1 << int(rng.integers(8))
        backup.write_bytes(bytes(changed))
        try:
            done = restore(tmp_path / f"try {number}", backup)
        except ReadError as error:
            refused.append(str(error))
        else:
            assert done.added == 23  # the bit lay in what only the ZIP itself uses
    assert all("damaged" in said or "later version" in said for said in refused)
    assert len(refused) > 30


@pytest.mark.parametrize("hurt", ["a bit", "cut", "no magic"])
def test_a_damaged_backup_gives_what_is_intact_and_says_what_is_lost(
    backup: Path, tmp_path: Path, hurt: str, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = bytearray(backup.read_bytes())
    place = raw.index(b"words 7 ")
    if hurt == "a bit":
        raw[place] ^= 1
    elif hurt == "no magic":
        start = raw.index(b"SQLite format 3")
        raw[start : start + 8] = b"\0" * 8
    else:
        del raw[len(raw) // 2 :]
    backup.write_bytes(bytes(raw))
    new = tmp_path / "new"
    with pytest.raises(CardioError, match="damaged, and nothing was restored"):
        restore(new, backup)
    assert main(["restore", str(backup), "--data", str(new), "--salvage"]) == 0
    told = capsys.readouterr().out
    store = Store(new)
    found = opinions(store) + len(store.calipers("a")) + len(store.conclusion("signed").signatures)
    found += store.conclusion("signed").draft is not None
    store.close()
    assert "The backup is damaged" in told
    if hurt == "a bit":
        assert found == 22
        assert "Lost: 1 items." in told
    elif hurt == "cut":
        assert 0 < found < 23
        assert f"Lost: {23 - found} items." in told
    else:
        assert found == 23


def remade(backup: Path, change: Callable[[dict[str, object]], None]) -> None:
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(members["manifest.json"])
    change(told)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in {**members, "manifest.json": json.dumps(told).encode()}.items():
            archive.writestr(name, data)


@pytest.mark.parametrize("name", ["format", "schema"])
def test_a_newer_backup_is_refused_also_for_salvage(backup: Path, tmp_path: Path, name: str) -> None:
    remade(backup, lambda told: told.update({name: 99, "program": "9.9"}))
    for salvage in (False, True):
        with pytest.raises(ReadError, match=r"later version of the program \(9\.9\); install"):
            restore(tmp_path / "new", backup, salvage=salvage)
    remade(backup, lambda told: told.update({name: "nonsense"}))
    with pytest.raises(ReadError, match="damaged"):
        restore(tmp_path / "new", backup)


def test_an_older_backup_and_a_copied_store_are_brought_up_to_date(qapp: object, tmp_path: Path) -> None:
    old = tmp_path / "copied.sqlite"
    with contextlib.closing(sqlite3.connect(old)) as base:
        for script in MIGRATIONS[:2]:
            base.executescript(script)
        body = json.dumps(CALIPER.to_dict())
        base.execute("INSERT INTO items VALUES ('a', 'caliper', ?, ?, 1, 'then')", (CALIPER.id, body))
        base.execute("PRAGMA user_version=2")
        base.commit()
    done = restore(tmp_path / "new", old)
    assert done.added == 1
    assert [remark.code for remark in done.remarks] == ["backup-older"]
    store = Store(tmp_path / "new")
    assert store.calipers("a") == (CALIPER,)
    store.close()
    old.write_bytes(old.read_bytes()[:5000])
    with pytest.raises(ReadError, match="damaged"):
        restore(tmp_path / "other", old)


# Commands -----------------------------------------------------------------------------------------------------------


def test_the_commands_back_up_and_bring_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, new = str(tmp_path / "x.backup"), str(tmp_path / "new")
    assert main(["backup", file, "--data", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == file
    assert "23 items are in the backup" in told.err
    assert main(["backup", file, "--data", str(folder)]) == 1
    assert main(["backup", file, "--data", str(folder), "--replace", "--language", "de"]) == 0
    assert main(["restore", file, "--data", new, "--language", "de"]) == 0
    assert "Zurückgekommen: 23 Einträge" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "missing"), "--data", new]) == 1
    assert main(["restore", file, "--salvage", "--replace"]) == 2


def test_replacing_puts_aside_what_is_there_and_not_while_the_program_runs(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.backup"
    make_backup(folder, file)
    store = Store(folder)
    store.set_opinion("record 50", Opinion("class:MI", "agree", "since"))
    windows = OpenWindows(store)
    assert main(["restore", str(file), "--data", str(folder), "--replace"]) == 1
    assert "close it first" in capsys.readouterr().err
    windows.close()
    store.close()
    assert main(["restore", str(file), "--data", str(folder), "--replace"]) == 0
    assert "before-restore" in capsys.readouterr().out
    store = Store(folder)
    assert store.problem == ""
    assert store.opinions("record 50") == {}
    assert opinions(store) == 20
    store.close()
    (aside,) = (path for path in folder.glob("*.before-restore-*") if path.name[-1].isdigit())
    assert restore(folder, aside).added == 1
    store = Store(folder)
    assert store.opinions("record 50")["class:MI"].comment == "since"
    store.close()


def test_a_damaged_store_is_not_backed_up_as_if_it_were_sound(folder: Path, tmp_path: Path) -> None:
    with sqlite3.connect(folder / FILE_NAME) as base:
        base.execute("UPDATE items SET body = '{}' WHERE record = 'record 3'")
    base.close()
    with pytest.raises(ReadError, match="start the program once"):
        make_backup(folder, tmp_path / "x.backup")
    assert not list(tmp_path.glob("x.backup*"))
    with pytest.raises(ReadError, match="cannot be read"):
        restore(folder, tmp_path)  # a folder
