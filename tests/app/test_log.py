"""The log holds nothing by which a patient could be known, whatever was logged."""

import ast
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardio_desktop.app.log import MOST_BYTES, log_file, note_qt, start_log, stop_log

SECRET = "Erika Mustermann"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    start_log(tmp_path)
    yield tmp_path
    stop_log()
    root = logging.getLogger()
    if logging.lastResort in root.handlers:
        root.removeHandler(logging.lastResort)


def written(folder: Path) -> str:
    stop_log()
    return log_file(folder).read_text(encoding="utf-8")


def test_names_in_messages_faults_and_paths_are_withheld(folder: Path) -> None:
    log = logging.getLogger("cardio_desktop.app.store_file")
    log.warning("the work on %s is damaged, %d times", f"/home/{SECRET}/x.hea", 3)
    log.warning("no copy: %s", PermissionError(13, "denied", f"/home/{SECRET}"))
    logging.getLogger("pydicom").warning(f"bad value of {SECRET}")
    logging.getLogger("wfdb").warning("cannot read %s", SECRET)
    try:
        raise ValueError(f"{SECRET} has no leads")
    except ValueError:
        log.exception("%s failed", f"Reading {SECRET}.hea")
    note_qt(f"QImage::load: {SECRET}.png is damaged")
    note_qt(f"Could not open {SECRET}")
    text = written(folder)
    assert SECRET not in text
    assert "Mustermann" not in text
    assert str(Path.home()) not in text
    for told in (
        "the work on ... is damaged, 3 times",
        "PermissionError 13",
        "  ValueError",
        "test_log.py:",
        "Qt: QImage::load",
    ):
        assert told in text, told


def test_a_long_log_gives_way_to_a_new_one(tmp_path: Path) -> None:
    path = log_file(tmp_path)
    path.parent.mkdir()
    path.write_bytes(b"x" * (MOST_BYTES + 1))
    start_log(tmp_path)
    assert written(tmp_path).count("\n") == 1
    assert path.with_suffix(".old.log").stat().st_size == MOST_BYTES + 1


def test_a_folder_that_takes_no_log_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    start_log(tmp_path)
    note_qt("QFoo::bar")
    stop_log()


def test_our_own_messages_are_literals() -> None:
    """A text put together before it is logged would go into the log as it is."""
    root = Path(__file__).resolve().parents[2] / "cardio_desktop"
    loose = []
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in {"_log", "log", "logger", "logging"}
                and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical"}
                and not isinstance(node.args[0], ast.Constant)
            ):
                loose.append(f"{path.name}:{node.lineno}")
    assert loose == []
