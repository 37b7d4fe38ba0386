"""Which records a folder holds."""

import os
import sys
from pathlib import Path

import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io.folder import Found, Listing, describe_file, list_records
from cardio_desktop.paths import asset

HEADER = "{name} 1 100 10\n{name}.dat 16 200 16 0 0 0 0 II\n"


def names(root: Path, listing: Listing | None = None) -> list[str]:
    return [found.name for found in every(root, listing)]


def every(root: Path, listing: Listing | None = None) -> list[Found]:
    return [found for batch in list_records(root, listing or Listing()) for found in batch]


def write(folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.hea").write_text(HEADER.format(name=name))
    (folder / f"{name}.dat").write_bytes(bytes(20))


def test_a_wfdb_record_is_one_entry_whatever_its_signal_file_is_called(tmp_path: Path) -> None:
    write(tmp_path, "a")
    (tmp_path / "b.hea").write_text("b 2 100 10\nsignals.bin 16 200 16 0 0 0 0 I\nsignals.bin 16 200 16 0 0 0 0 II\n")
    (tmp_path / "signals.bin").write_bytes(b"0       " + bytes(100))
    (tmp_path / "a.atr").write_bytes(bytes(8))
    assert names(tmp_path) == ["a", "b"]


def test_segments_belong_to_their_record(tmp_path: Path) -> None:
    write(tmp_path, "s1")
    write(tmp_path, "s2")
    write(tmp_path, "alone")
    (tmp_path / "whole.hea").write_text("whole/3 1 100 30\ns1 10\n~ 10\ns2 10\n")
    assert names(tmp_path) == ["alone", "whole"]


def test_content_decides_what_a_file_without_a_known_name_is(tmp_path: Path) -> None:
    (tmp_path / "holter").write_bytes(b"0       " + bytes(300))
    (tmp_path / "old.xyz").write_bytes(bytes(128) + b"DICM" + b"1.2.840.10008.5.1.4.1.1.9.1.1")
    (tmp_path / "muse.xml").write_text("<?xml version='1.0'?><RestingECG></RestingECG>")
    (tmp_path / "notes.txt").write_text("0 1 2 3")
    (tmp_path / "page.xml").write_text("<html></html>")
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "broken.edf").write_bytes(b"")
    (tmp_path / "lost.dat").write_bytes(bytes(20))
    assert names(tmp_path) == ["broken.edf", "holter", "lost.dat", "muse.xml", "old.xyz"]


def test_names_come_in_natural_order_and_folders_are_looked_into(tmp_path: Path) -> None:
    for name in ("r10", "r2", "r1"):
        write(tmp_path, name)
    write(tmp_path / "day 2", "x")
    write(tmp_path / "day 10" / "evening", "y")
    assert names(tmp_path) == ["r1", "r2", "r10", "day 2/x", "day 10/evening/y"]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights on Windows")
def test_no_link_is_followed_and_nothing_hidden_is_listed(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    write(root, "a")
    write(root / ".hidden", "b")
    write(root, ".c")
    write(outside, "secret")
    (root / "loop").symlink_to(root)
    (root / "away").symlink_to(outside)
    (root / "secret.hea").symlink_to(outside / "secret.hea")
    os.mkfifo(root / "pipe.edf")
    listing = Listing()
    assert names(root, listing) == ["a"]
    assert listing.links == 3


def test_a_folder_that_is_not_there_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        every(tmp_path / "gone")
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadError, match="no folder"):
        every(tmp_path / "file")


def test_the_stamp_changes_with_any_file_of_the_record(tmp_path: Path) -> None:
    write(tmp_path, "a")
    (before,) = every(tmp_path)
    assert describe_file(before.path).stamp == before.stamp
    (tmp_path / "a.dat").write_bytes(bytes(40))
    (after,) = every(tmp_path)
    assert after.stamp != before.stamp
    (tmp_path / "a.dat").unlink()
    (without,) = every(tmp_path)
    assert without.stamp not in {before.stamp, after.stamp}


def test_the_samples_are_listed_once_each() -> None:
    assert names(asset("resources/samples")) == ["anterior-mi", "anterior-mi-edf.edf", "lbbb", "noisy-normal", "normal"]


def test_damaged_files_are_listed(shared: Path) -> None:
    listed = names(shared / "formats" / "malformed")
    assert {"trav", "loop", "huge", "gain0", "edf_empty.edf", "trunc60pct_Example.scp", "xxe_muse.xml"} <= set(listed)
    assert "huge.dat" not in listed


def test_cancelling_ends_the_walk(tmp_path: Path) -> None:
    write(tmp_path, "a")

    def stop(_percent: float) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        list(list_records(tmp_path, Listing(), stop))
