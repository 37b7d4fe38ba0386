"""The table of formats: one row is enough for a format to be known everywhere."""

from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.cli import main
from cardio_desktop.core.errors import ReadError, UnknownFormatError
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io import formats, open_record
from cardio_desktop.io.folder import Listing, list_records
from cardio_desktop.io.formats import FORMATS, Format, Start
from cardio_desktop.io.registry import files_of
from cardio_desktop.ui.dialogs import file_filter
from cardio_desktop.ui.lists.worklist_panel import chosen_paths


def read_toy(path: Path, progress=None, /, rate_hz: float = 100.0) -> Record:
    samples = ArraySamples(np.frombuffer(path.read_bytes()[3:], "<i2").copy())
    return Record(path=path, format="TOY", channels=(Channel("II", rate_hz, "mV", 1000.0, 0.0, samples, "II"),))


TOY = Format(
    ("Toy", "Toy+"),
    (".toy",),
    lambda start: start.raw.startswith(b"TOY"),
    read_toy,
    listed=frozenset({".toy"}),
    options=frozenset({"rate_hz"}),
    index_names=frozenset({"toydir"}),
)


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, TOY))
    path = tmp_path / "a.bin"
    path.write_bytes(b"TOY" + bytes(200))
    return path


def test_one_row_makes_a_format_known_everywhere(toy: Path) -> None:
    (toy.parent / "damaged.toy").write_bytes(b"no")
    (toy.parent / "TOYDIR").write_bytes(b"TOY")
    assert open_record(toy).format == "TOY"
    assert "Toy, Toy+ (*.toy)" in file_filter()
    assert formats.format_names()[-2:] == ("Toy", "Toy+")
    listed = [found.name for batch in list_records(toy.parent, Listing()) for found in batch]
    assert listed == ["a.bin", "damaged.toy"]
    with pytest.raises(UnknownFormatError, match="does not start as Toy/Toy\\+ files do"):
        open_record(toy.parent / "damaged.toy")


def test_a_result_never_takes_the_place_of_a_record(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert files_of(toy) == {toy}
    for out in (toy, toy.with_suffix(".toy")):
        assert main(["report", str(toy), "-o", str(out)]) == 2
        assert "belongs to the record" in capsys.readouterr().err


def test_a_reader_gets_the_options_that_its_row_names_and_no_others(toy: Path, tmp_path: Path, twelve_leads) -> None:
    assert open_record(toy, None, {"rate_hz": 250.0}).rate_hz == 250
    with pytest.raises(ReadError, match="gain cannot be given for Toy/Toy"):
        open_record(toy, None, {"gain": 1.0})
    (tmp_path / "x.edf").write_bytes(twelve_leads().to_bytes())
    with pytest.raises(ReadError, match="rate_hz cannot be given for EDF/BDF; leave it out"):
        open_record(tmp_path / "x.edf", None, {"rate_hz": 250.0})


def test_a_file_that_lists_records_stands_for_its_folder(toy: Path) -> None:
    index = toy.parent / "ToyDir"
    index.write_bytes(b"TOY")
    assert chosen_paths([str(index)]) == ([toy.parent], [])
    with pytest.raises(ReadError, match="lists records and holds none; open its folder"):
        open_record(index)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.names[0])
def test_every_row_is_whole(row: Format, tmp_path: Path) -> None:
    assert all(suffix.startswith(".") and suffix == suffix.casefold() for suffix in (*row.suffixes, *row.listed))
    assert row.listed <= set(row.suffixes)
    path = tmp_path / "x.bin"
    path.write_bytes(b"\0nothing")
    assert row.sniff(Start(path, b"\0nothing")) is False
    assert bool(row.main) == bool(row.main_suffix) == bool(row.names_in) == bool(row.files)
    if row.main and row.names_in and row.files:
        assert row.main(path) is None
        assert row.names_in(b"") == ([], [])
        assert row.files(path) == {path}
    if row.read:
        with pytest.raises(ReadError):
            row.read(path)
