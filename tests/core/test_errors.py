"""Errors are remarks: one sentence in every language, the file's own words kept short and on one line."""

from pathlib import Path

import pytest

from cardio_desktop.core.errors import CardioError, ReadError, WriteError
from cardio_desktop.io import open_record
from cardio_desktop.words import Remark, say


@pytest.mark.parametrize("kind", [ReadError, WriteError])
def test_an_error_of_a_file_is_said_in_each_language(kind: type[ReadError]) -> None:
    error = kind(Path("a/b\n.edf"), Remark("cannot-read", {"why": "x\ny" * 500}), Remark("open-again"))
    assert str(error) == error.said("en") == say(error.remark)
    assert error.remark.code == "file-problem"
    assert error.remark.values["problem"].code == "cannot-read"
    assert error.said("de").startswith("b .edf: sie ist nicht lesbar (x yx y")
    assert error.said("de").endswith("; öffnen Sie sie noch einmal.")
    assert "\n" not in str(error)
    assert len(str(error)) < 500


def test_words_of_nobody_stay_as_they_are() -> None:
    assert CardioError("{x} is odd.").said("de") == str(CardioError("{x} is odd.")) == "{x} is odd."


def test_a_reader_speaks_german_in_german(tmp_path: Path) -> None:
    path = tmp_path / "x.edf"
    path.write_bytes(b"0       ")
    with pytest.raises(ReadError) as caught:
        open_record(path)
    assert caught.value.said("de") == "x.edf: sie endet nach 8 Byte, noch im Kopf; kopieren Sie die Datei noch einmal."
    with pytest.raises(ReadError) as caught:
        open_record(tmp_path / "none.edf")
    assert caught.value.said("de") == "none.edf: diese Datei gibt es nicht; prüfen Sie Namen und Ordner."
