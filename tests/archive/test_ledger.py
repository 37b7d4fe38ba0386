"""The ledger keeps what is finished."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cardio_desktop.archive.ledger import Ledger, LedgerError, Outcome
from cardio_desktop.archive.places import Place

KILLED = """
import sys
from cardio_desktop.archive.ledger import Ledger, Outcome
from cardio_desktop.archive.places import Place

ledger = Ledger(sys.argv[1])
for k in range(100_000):
    ledger.add("analyze", Outcome(Place(f"/{k}", f"{k:06d}", "1.1"), {"tier": "Low"}, b"x" * 5000, "h"), "v")
    print(k, flush=True)
"""


def outcome(name: str, stamp: str = "10.1", document: bytes = b"made", **row: object) -> Outcome:
    return Outcome(Place(f"/archive/{name}", name, stamp), {"tier": "Low", **row}, document, "hash", 10, 0.5)


def test_a_result_is_found_again_with_its_versions(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger.add("analyze", outcome("b"), "v1")
        ledger.add("analyze", outcome("a", error="unreadable", message="why"), "v2")
    with Ledger(tmp_path / "l", write=False) as ledger:
        first, second = ledger.entries("analyze")
        assert (first.name, first.row["error"], first.versions) == ("a", "unreadable", "v2")
        assert (second.name, second.sha256, second.bytes, second.took_s) == ("b", "hash", 10, 0.5)
        assert ledger.document(second.id) == b"made"
        assert ledger.entry("analyze", "b") == second
        assert ledger.entry("measure", "b") is None
        known = ledger.known("analyze", "b")
        assert known is not None
        assert (known.stamp, known.error) == ("10.1", "")
        assert ledger.counts() == [("analyze", 2)]


def test_a_newer_result_stands_and_the_older_one_stays(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger.add("analyze", outcome("a", document=b"old"), "v1")
        older = next(ledger.entries())
        ledger.add("analyze", outcome("a", "11.2", b"new"), "v1")
        (newer,) = ledger.entries()
        assert ledger.document(newer.id) == b"new"
        assert ledger.document(older.id) == b"old"


def test_a_file_that_was_only_copied_keeps_its_result(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger.add("analyze", outcome("a"), "v1")
        (before,) = ledger.entries()
        ledger.add("analyze", Outcome(Place("/elsewhere/a", "a", "10.99"), {}, sha256="hash", same=True), "v1")
        assert list(ledger.entries()) == [before]
        known = ledger.known("analyze", "a")
        assert known is not None
        assert known.stamp == "10.99"


@pytest.mark.parametrize("table", ["results", "documents", "versions"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET rowid = 9"])
def test_no_program_can_change_or_remove_what_is_finished(tmp_path: Path, table: str, statement: str) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger.add("analyze", outcome("a"), "v1")
    base = sqlite3.connect(tmp_path / "l")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        base.execute(statement.format(table))
    base.close()


def test_what_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    text, other, folder = tmp_path / "text", tmp_path / "other", tmp_path / "folder"
    text.write_text("a letter of some length")
    folder.mkdir()
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE patients (name)")
    base.commit()
    base.close()
    before = other.read_bytes()
    for path in (text, other, folder):
        with pytest.raises(LedgerError, match=path.name):
            Ledger(path)
        if not path.is_dir():
            with pytest.raises(LedgerError, match=path.name):
                Ledger(path, write=False)
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(tmp_path / "missing", write=False)
    assert not (tmp_path / "missing").exists()
    assert other.read_bytes() == before
    with pytest.raises(LedgerError, match="nowhere"):
        Ledger(tmp_path / "nowhere" / "l")


def test_a_ledger_of_another_form_is_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger.note("form", "99")
    with pytest.raises(LedgerError, match="another version of Cardio Desktop"):
        Ledger(tmp_path / "l")


def test_asking_changes_nothing_and_leaves_nothing_behind_even_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger.add("analyze", outcome("a"), "v1")
    for writable in (True, False):
        monkeypatch.setattr(os, "access", lambda *_, writable=writable: writable)
        with Ledger(tmp_path / "l", write=False) as ledger:
            assert [entry.name for entry in ledger.entries()] == ["a"]
            with pytest.raises(LedgerError):
                ledger.add("analyze", outcome("b"), "v1")
        assert [path.name for path in tmp_path.iterdir()] == ["l"]


def test_a_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"Frau M\xfcller.hea")
    with Ledger(tmp_path / "l") as ledger:
        ledger.add("analyze", outcome(name), "v1")
        assert ledger.known("analyze", name) is not None
        assert ledger.entry("analyze", name) is not None


@pytest.mark.skipif(os.name == "nt", reason="no signal ends a process there without a trace")
def test_a_writer_that_is_killed_leaves_whole_rows_and_all_that_it_told_of(tmp_path: Path) -> None:
    told = -1
    for run in range(3):
        command = [sys.executable, "-c", KILLED, str(tmp_path / f"l{run}")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                told = int(line)
                if told >= 20 + 7 * run:
                    process.send_signal(signal.SIGKILL)
                    break
            told = max([told, *map(int, process.stdout.read().split())])
        with Ledger(tmp_path / f"l{run}") as ledger:
            entries = list(ledger.entries())
            assert len(entries) - 1 in (told, told + 1)
            assert all(len(ledger.document(entry.id)) == 5000 for entry in entries)
