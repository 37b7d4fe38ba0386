"""One key a computer, for nobody else to read."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from cardio_desktop.app.pseudonym_key import FILE_NAME, pseudonyms
from cardio_desktop.app.store import FOLDER_VARIABLE
from cardio_desktop.core.errors import WriteError


def test_the_key_is_made_once_and_is_the_owners(tmp_path: Path) -> None:
    first = pseudonyms(tmp_path / "data")
    assert pseudonyms(tmp_path / "data") == first
    assert pseudonyms(tmp_path / "other") != first
    if os.name == "posix":
        assert (tmp_path / "data" / FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_key_that_commands_left_elsewhere_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    left = pseudonyms(tmp_path)
    assert pseudonyms() == left
    assert not (tmp_path / FILE_NAME).exists()
    assert pseudonyms() == left


def test_a_damaged_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"short")
    with pytest.raises(WriteError, match="remove it"):
        pseudonyms(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError):
        pseudonyms(tmp_path / "file" / "data")
