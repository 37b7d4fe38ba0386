"""What readers say are remarks, so that it is said in every language: no sentence stands in their code."""

import ast
from pathlib import Path

import pytest

import cardio_desktop.io
from cardio_desktop.core.errors import ReadError
from cardio_desktop.io import open_record
from cardio_desktop.words import Remark, say

DATA_SETS = {"ptbxl", "ludb"}
"""Readers of public data sets, which only the developers' commands call; those speak English."""
MODULES = [path for path in sorted(Path(cardio_desktop.io.__file__).parent.glob("*.py")) if path.stem not in DATA_SETS]
ERRORS = {"ReadError", "NeedsOptionsError", "UnknownFormatError", "WriteError", "DamagedError"}


def prose(tree: ast.AST) -> list[str]:
    """Return texts that are handed to an error or appended to what is told."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if name in ERRORS or name == "verbatim" or (name == "append" and owner in {"told", "warnings", "doubts"}):
            found += [ast.unparse(a) for a in node.args if isinstance(a, ast.JoinedStr | ast.Constant)]
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_reader_says_anything_in_one_language_only(module):
    assert prose(ast.parse(module.read_text(encoding="utf-8"))) == []


def codes_of(remark: Remark) -> set[str]:
    inner = [value for value in remark.values.values() if isinstance(value, Remark)]
    return {remark.code}.union(*(codes_of(one) for one in inner))


def said_of(path: Path) -> tuple[Remark, ...]:
    """Return why a file is refused, or the warnings on it."""
    try:
        return open_record(path).warnings
    except ReadError as error:
        return (error.remark,)


def test_damaged_files_are_refused_in_german(shared):
    told = [(path, remark) for path in sorted((shared / "formats" / "malformed").iterdir()) for remark in said_of(path)]
    assert len(told) >= 15
    for path, remark in told:
        assert "verbatim" not in codes_of(remark), path.name
        assert say(remark, "de") != say(remark), path.name
