"""Every number that decides says where it comes from."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cardio_desktop.analysis

FOLDER = Path(cardio_desktop.analysis.__file__).parent
MODULES = sorted(path.name for path in FOLDER.glob("*.py"))


def unexplained(source: str) -> list[str]:
    """Return the module-level constants with a number in them that have neither a docstring below nor a comment.

    The comment stands behind the constant or in the line above. Conversions (MS_PER_S) explain themselves.
    """
    lines, found = source.splitlines(), []
    body = ast.parse(source).body
    for node, below in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or not has_number(node.value):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
        own = lines[node.lineno - 1 : node.end_lineno]
        commented = any("#" in line for line in own) or lines[node.lineno - 2].lstrip().startswith("#")
        if not (is_docstring(below) or commented or all("_PER_" in name for name in names)):
            found += names
    return found


def has_number(value: ast.expr) -> bool:
    return any(isinstance(node, ast.Constant) and type(node.value) in (int, float) for node in ast.walk(value))


def is_docstring(node: ast.stmt | None) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@pytest.mark.parametrize("name", MODULES)
def test_each_constant_has_its_source(name):
    assert unexplained((FOLDER / name).read_text(encoding="utf-8")) == []


def test_a_bare_number_is_seen():
    source = '''"""A module."""

LIMIT_S = 0.3
LOW, HIGH = (1.0, 2.0)
SCALE: float = 2.0
TOLD_S = 0.2
"""Found so."""
SAID = 3  # the field's usual number
NAMES = ("I", "II")
MS_PER_S = 1000.0
ON = True
'''
    assert unexplained(source) == ["LIMIT_S", "LOW", "HIGH", "SCALE"]
