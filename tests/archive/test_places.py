"""Files, folders and patterns become places with lasting names."""

import os
import shutil
from itertools import chain
from pathlib import Path

import pytest

from cardio_desktop.archive.places import PlacesError, Shard, is_many, places, root_of, shard_from
from cardio_desktop.core.errors import ReadError
from cardio_desktop.paths import asset


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for inner in ("a", "b/c"):
        (folder / inner).mkdir(parents=True)
        for suffix in (".hea", ".dat"):
            shutil.copy(asset("resources/samples") / f"normal{suffix}", folder / inner)
    (folder / "b" / "bad.edf").write_bytes(b"junk")
    (folder / "notes.txt").write_text("no record")
    return folder


def names(*arguments: str | Path, root: Path, shard: Shard | None = None) -> list[str]:
    return [place.name for place in places(list(map(str, arguments)), root, shard)]


def test_a_folder_gives_each_record_once_and_what_cannot_be_read_too(archive: Path) -> None:
    assert names(archive, archive / "a", archive / "a" / "normal.hea", root=archive) == [
        "a/normal.hea",
        "b/bad.edf",
        "b/c/normal.hea",
    ]


def test_names_go_with_the_archive_and_stamps_with_size_and_time(archive: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(archive, moved)
    before = list(places([str(archive)], root_of([str(archive)])))
    after = list(places([str(moved)], root_of([str(moved)])))
    assert [place.name for place in before] == [place.name for place in after]
    assert [place.stamp for place in before] == [place.stamp for place in after]
    os.utime(archive / "a" / "normal.dat", ns=(0, 1))
    changed = [new.name for old, new in zip(before, places([str(archive)], archive), strict=True) if old != new]
    assert changed == ["a/normal.hea"]


def test_a_file_has_the_same_stamp_by_itself_as_in_its_folder(archive: Path) -> None:
    one = next(places([str(archive / "a" / "normal.hea")], archive))
    assert one == next(places([str(archive)], archive))


def test_patterns_name_files_and_a_file_called_like_one_is_itself(archive: Path) -> None:
    pattern = str(archive / "**" / "*.hea")
    assert names(pattern, root=root_of([pattern])) == ["a/normal.hea", "b/c/normal.hea"]
    assert root_of([pattern]) == archive
    odd = archive / "x[1].edf"
    odd.write_bytes(b"junk")
    assert names(odd, root=archive) == ["x[1].edf"]
    assert is_many([pattern])
    assert is_many([str(archive)])
    assert not is_many([str(odd), "missing.edf"])
    with pytest.raises(PlacesError, match="nothing fits this pattern"):
        names(archive / "*.scp", root=archive)


def test_a_missing_file_is_a_place_whose_row_will_say_so_and_a_missing_folder_is_told(archive: Path) -> None:
    (place,) = places([str(archive / "missing.hea")], archive)
    assert place.stamp == "-"
    with pytest.raises(PlacesError, match="--root"):
        names(archive.parent / "x.edf", root=archive)


def test_a_folder_that_cannot_be_listed_is_an_error(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr("cardio_desktop.io.folder.os.scandir", refuse)
    with pytest.raises(ReadError):
        names(archive, root=archive)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_told_and_not_followed(archive: Path) -> None:
    (archive / "link").symlink_to(archive / "a")
    problems: list[str] = []
    list(places([str(archive)], archive, problems=problems))
    assert problems == ["archive: 1 links were not followed; name what they lead to."]


def test_the_parts_of_an_archive_are_all_of_it_and_share_nothing(archive: Path) -> None:
    names_ = [f"r{k:04d}.hea" for k in range(300)]
    parts = [[name for name in names_ if Shard(k, 7).has(name)] for k in range(1, 8)]
    assert sorted(chain(*parts)) == names_
    assert all(20 <= len(part) <= 70 for part in parts)
    whole = names(archive, root=archive)
    assert sorted(chain(*(names(archive, root=archive, shard=Shard(k, 2)) for k in (1, 2)))) == sorted(whole)


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", ""])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(PlacesError, match="write 3/8"):
        shard_from(text)
    assert shard_from(" 3/8 ") == Shard(3, 8)
