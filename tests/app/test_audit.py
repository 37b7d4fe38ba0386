"""What is done with records stands in the audit trail, survives damage of the file, and is verified by a command."""

import csv
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app import audit_log
from cardio_desktop.app.audit_file import heads_file, kept_heads, row_of
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import FILE_NAME, FOLDER_VARIABLE, Opinion, Store
from cardio_desktop.app.store_commands import audit
from cardio_desktop.app.store_copy import copy_of
from cardio_desktop.cli import main
from cardio_desktop.core.audit import Entry, from_body
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.conclusion import Draft, Signer, make_addendum, make_signature
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.paths import asset

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SIGNER = Signer("Dr. Grün", "cardiologist")


@pytest.fixture
def store(qapp: object, tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "data")
    yield store
    store.close()


def actions(store: Store) -> list[tuple[str, str, str]]:
    entries, spoilt = store.trail()
    assert spoilt == 0
    return [(entry.event.action, entry.event.record, entry.event.detail) for entry in entries]


def fill(folder: Path, count: int = 8) -> Path:
    store = Store(folder)
    for n in range(count):
        store.log("open", f"record {n}", f"{n}.hea")
    store.close()
    return folder / FILE_NAME


def verified(path: Path, *more: str) -> int:
    return audit(["verify", "--data", str(path.parent), *more])


def test_opening_editing_signing_amending_and_deleting_are_written_with_who_did_it(store: Store) -> None:
    caliper = make_caliper(CaliperKind.TIME, "II", (1.5, 0.1), (2.3, -0.2))
    store.log("open", "a", "a.hea")
    store.set_opinion("a", Opinion("class:MI", "agree"))
    store.put_caliper("a", caliper)
    store.remove_caliper("a", caliper.id)
    draft = Draft("sinus rhythm")
    store.put_draft("a", draft)
    signature = make_signature("a", draft, SIGNER, WHEN)
    addendum = make_addendum("a", "seen before", Signer("Dr. Blau"), WHEN)
    store.sign("a", signature)
    store.add_addendum("a", addendum)
    store.log("deidentify", "a", "x.edf")
    assert actions(store) == [
        ("open", "a", "a.hea"),
        ("edit", "a", "opinion"),
        ("edit", "a", "caliper"),
        ("delete", "a", "caliper"),
        ("edit", "a", "draft"),
        ("sign", "a", signature.id),
        ("amend", "a", addendum.id),
        ("deidentify", "a", "x.edf"),
    ]
    who = {entry.event.action: entry.event.who for entry in store.trail("a")[0]}
    assert (who["sign"], who["amend"], who["open"]) == ("Dr. Grün", "Dr. Blau", audit_log.user())
    assert store.trail("b") == ([], 0)
    store.close()
    assert verified(store.folder / FILE_NAME if store.folder else Path()) == 0


def test_a_caliper_that_is_dragged_is_two_entries_not_hundreds(store: Store) -> None:
    caliper = make_caliper(CaliperKind.TIME, "II", (1.5, 0.1), (2.3, -0.2))
    for n in range(300):
        store.put_caliper("a", caliper.moved(n / 1000))
    folder = store.folder
    store.close()
    assert folder is not None
    again = Store(folder)
    assert actions(again) == [("edit", "a", "caliper"), ("edit", "a", "caliper: 299 more")]
    again.close()


def test_changes_that_go_on_are_told_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(audit_log.time, "monotonic", lambda: moment[0])
    log = audit_log.EditLog()
    row = row_of(Entry("c", 1, audit_log.event("open", "a"), "", ""))
    changed = type(row)("a", "beat", "n", "{}", 1, "")
    assert [event.detail for event in log.events([changed])] == ["beat"]
    assert log.events([changed, changed]) == []
    assert log.gathered() == []
    moment[0] = 61.0
    assert [event.detail for event in log.gathered()] == ["beat: 2 more"]
    assert log.gathered(closing=True) == []
    assert [event.detail for event in log.events([changed])] == ["beat"]


def test_the_window_writes_opening_and_exports(qtbot: QtBot, tmp_path: Path, store: Store) -> None:
    counts = (np.sin(np.arange(5000) / 20) * 500).astype(np.int16)
    record = Record(
        tmp_path / "x.hea", "made", (Channel("II", 500.0, "mV", 1000.0, 0.0, ArraySamples(counts), lead="II"),)
    )
    key = store.key_of(record)
    session = Session(Settings(), analyze=False, store=store)
    session.show_record(record)
    session.note_written(record, [tmp_path / "x.pdf"])
    session.note_written(record, [tmp_path / "y.edf", tmp_path / "z.edf"], deidentified=True)
    assert actions(store) == [("open", key, "x.hea"), ("export", key, "x.pdf"), ("deidentify", key, "y.edf, z.edf")]
    session.close()


def test_two_windows_write_one_chain_and_a_copy_elsewhere_begins_its_own(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Store(tmp_path / "data"), Store(tmp_path / "data")
    for n in range(6):
        (first, second)[n % 2].log("open", "a", str(n))
        assert (first, second)[n % 2].flush()
    first.close()
    second.close()
    path = tmp_path / "data" / FILE_NAME
    assert [head.count for head in kept_heads(path).values()] == [6]
    assert verified(path) == 0
    monkeypatch.setattr(audit_log, "station", lambda: "another computer")
    fill(tmp_path / "data", 2)
    assert sorted(head.count for head in kept_heads(path).values()) == [2, 6]
    assert verified(path) == 0


# Tampering ----------------------------------------------------------------------------------------------------------


def tamper(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as base:
        base.execute("DROP TRIGGER audit_stays")
        base.execute("DROP TRIGGER audit_holds")
        for statement in statements:
            base.execute(statement)
    base.close()


def test_the_file_itself_refuses_to_change_or_remove_an_entry(qapp: object, tmp_path: Path) -> None:
    path = fill(tmp_path / "data")
    with sqlite3.connect(path) as base:
        for statement in ("DELETE FROM audit", "UPDATE audit SET body = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                base.execute(statement)
    base.close()
    assert verified(path) == 0


def test_no_changed_byte_of_an_entry_passes(qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = fill(tmp_path / "data")
    raw = path.read_bytes()
    rng = np.random.default_rng(3)
    with sqlite3.connect(path) as base:
        bodies = [body.encode() for (body,) in base.execute("SELECT body FROM audit")]
    base.close()
    for body in bodies:
        start = raw.index(body)
        for place in start + rng.integers(0, len(body), 6):
            changed = bytearray(raw)
            changed[place] ^= 1 << int(rng.integers(7))
            path.write_bytes(bytes(changed))
            assert verified(path) == 1
            assert "cannot be read" in capsys.readouterr().err
    path.write_bytes(raw)
    assert verified(path) == 0


def forged(path: Path, number: int) -> None:
    """What somebody does who knows how it works: change who did it, and make both digests of the entry anew."""
    with sqlite3.connect(path) as base:
        body = base.execute("SELECT body FROM audit WHERE version = ?", (number,)).fetchone()[0]
    base.close()
    values = json.loads(body) | {"who": "somebody else"}
    entry = from_body(json.dumps(values))
    assert entry is not None
    again = Entry(entry.chain, entry.sequence, entry.event, entry.previous, entry.computed)
    row = row_of(again)
    tamper(path, f"UPDATE audit SET body = '{row.body}', digest = '{row.digest}' WHERE version = {number}")


def test_forging_removing_exchanging_and_cutting_are_found(
    qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = {path.name: path.read_bytes() for path in fill(tmp_path / "data").parent.iterdir()}

    def path_for(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for file, data in raw.items():
            (folder / file).write_bytes(data)
        return folder / FILE_NAME

    for number, words in ((4, "Entry 5 .* does not follow"), (8, "written anew up to entry 8")):
        path = path_for(f"forged {number}")
        forged(path, number)
        assert verified(path) == 1
        assert re.search(words, capsys.readouterr().err)
    path = path_for("removed")
    tamper(path, "DELETE FROM audit WHERE version = 3")
    assert verified(path) == 1
    assert "Entries 3 to 3" in capsys.readouterr().err
    path = path_for("cut")
    tamper(path, "DELETE FROM audit WHERE version > 6")
    assert verified(path) == 1
    assert "Entries 7 to 8 at the end" in capsys.readouterr().err
    copy = copy_of(path).read_bytes()
    copy_of(path).unlink()
    fill(path.parent, 1)  # what is written later does not close the gap
    assert verified(path) == 1
    assert "Entries 7 to 8" in capsys.readouterr().err
    path = path_for("cut, with the copy")
    tamper(path, "DELETE FROM audit WHERE version > 6")
    copy_of(path).write_bytes(copy)
    fill(path.parent, 1)
    assert verified(path) == 0
    path = path_for("exchanged")
    tamper(
        path,
        "UPDATE audit SET version = 99 WHERE version = 2",
        "UPDATE audit SET version = 2 WHERE version = 3",
        "UPDATE audit SET version = 3 WHERE version = 99",
    )
    assert verified(path) == 1


def test_a_folder_put_back_whole_is_found_only_by_a_head_that_was_noted_elsewhere(
    qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(tmp_path / "data", 3)
    raw = {file: file.read_bytes() for file in path.parent.iterdir()}
    fill(tmp_path / "data", 2)
    capsys.readouterr()
    assert verified(path) == 0
    noted = capsys.readouterr().out.splitlines()[0]
    for file in path.parent.iterdir():
        file.unlink()
    for file, data in raw.items():
        file.write_bytes(data)
    assert verified(path) == 0
    told = capsys.readouterr()
    assert "put back whole" in told.err
    assert verified(path, "--head", noted) == 1
    assert "Entries 4 to 5 at the end" in capsys.readouterr().err
    heads_file(path).unlink()
    assert verified(path) == 0
    assert "cannot be told whether its last entries" in capsys.readouterr().err


def test_entries_come_back_from_a_damaged_file_and_what_is_lost_stays_a_gap(qapp: object, tmp_path: Path) -> None:
    path = fill(tmp_path / "data", 30)
    raw = bytearray(path.read_bytes())
    for place in range(16, 100):
        raw[place] ^= 0x5A
    path.write_bytes(bytes(raw))
    store = Store(path.parent)
    assert "was damaged" in store.problem
    assert len(store.trail()[0]) == 30
    store.close()
    assert verified(path) == 0
    with sqlite3.connect(path) as base:
        body = base.execute("SELECT body FROM audit WHERE version = 7").fetchone()[0].encode()
    base.close()
    path.write_bytes(path.read_bytes().replace(body, body.replace(b"6.hea", b"8.hea")))
    copy_of(path).unlink()
    store = Store(path.parent)
    assert "entries of the audit trail" in store.problem
    store.log("open", "later")
    store.close()
    assert verified(path) == 1


def test_a_full_disk_for_the_head_costs_nothing(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patch:
        patch.setattr("cardio_desktop.app.store_file.keep_heads", full)
        path = fill(tmp_path / "data", 3)
    assert verified(path) == 0
    fill(tmp_path / "data", 1)
    assert [head.count for head in kept_heads(path).values()] == [4]
    assert os.name != "posix" or heads_file(path).stat().st_mode & 0o077 == 0


# Commands -----------------------------------------------------------------------------------------------------------


def test_the_trail_is_listed_and_written_as_a_table(
    qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(tmp_path / "data", 3)
    assert main(["audit", "list", "--data", str(path.parent), "--last", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "3"]
    assert audit_log.user() in lines[0]
    out = tmp_path / "trail.csv"
    assert main(["audit", "csv", "--data", str(path.parent), str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as stream:
        assert [row["detail"] for row in csv.DictReader(stream)] == ["0.hea", "1.hea", "2.hea"]
    capsys.readouterr()
    assert main(["audit", "csv", "--data", str(path.parent), "-"]) == 0
    assert capsys.readouterr().out.count("open") == 3
    assert verified(path, "--language", "de") == 0
    assert "Unversehrt: 3 Einträge" in capsys.readouterr().out


def test_what_commands_write_out_stands_in_the_trail_where_there_is_one(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = str(asset("resources/samples") / "lbbb.hea")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "none"))
    assert main(["convert", sample, "--to", "edf", "--out", str(tmp_path / "a")]) == 0
    assert not (tmp_path / "none").exists()
    path = fill(tmp_path / "data", 1)
    monkeypatch.setenv(FOLDER_VARIABLE, str(path.parent))
    assert main(["convert", sample, "--to", "edf", "--out", str(tmp_path / "b")]) == 0
    assert main(["convert", sample, "--to", "edf", "--out", str(tmp_path / "c"), "--deidentify"]) == 0
    capsys.readouterr()
    assert main(["audit", "list", "--of", sample]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[3] for line in lines] == ["export", "deidentify"]
    assert "lbbb.edf" in lines[0]
    assert verified(path) == 0
    path.write_bytes(b"no store")
    capsys.readouterr()
    assert main(["convert", sample, "--to", "edf", "--out", str(tmp_path / "d")]) == 0
    assert "the audit trail could not be" in capsys.readouterr().err


def test_what_cannot_be_verified_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CardioError, match="no such file"):
        audit(["verify", "--data", str(tmp_path)])
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    with pytest.raises(CardioError, match="cannot be read"):
        audit(["list", "--data", str(tmp_path)])
    assert audit(["verify", "--head", "nonsense"]) == 2
    assert audit([]) == 2
    assert audit(["--help"]) == 0
