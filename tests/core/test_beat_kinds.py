"""Beat kinds are one enum: its values are what JSON and the store hold, and no bare text stands for one."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import cardio_desktop
from cardio_desktop.core.beat_edits import KIND_OF_SYMBOL, SYMBOL_OF_KIND, BeatEdit
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat


def test_the_store_and_json_keep_their_words():
    kinds = ["normal", "supraventricular", "ventricular", "paced", "unknown"]
    assert [kind.value for kind in BeatKind] == kinds
    assert json.loads(json.dumps([Beat(1.0, kind).kind for kind in BeatKind])) == kinds
    assert SYMBOL_OF_KIND == {
        "normal": "N",
        "supraventricular": "S",
        "ventricular": "V",
        "paced": "/",
        "unknown": "Q",
    }
    assert all(KIND_OF_SYMBOL[symbol] is kind for kind, symbol in SYMBOL_OF_KIND.items())


def test_a_change_comes_back_from_the_store_as_a_kind():
    edit = BeatEdit("at-1.000", 1.02, BeatKind.PACED, 1.0)
    back = BeatEdit.from_dict(edit.id, json.loads(json.dumps(edit.to_dict())))
    assert back == edit
    assert back.kind is BeatKind.PACED
    with pytest.raises(ValueError, match="sinus"):
        BeatEdit.from_dict("at-1.000", {**edit.to_dict(), "kind": "sinus"})


def test_no_beat_kind_is_a_bare_text():
    """A text is compared with, or given as, the kind of a beat nowhere in the program."""
    root = Path(cardio_desktop.__file__).parent
    bare, kinds = [], {kind.value for kind in BeatKind}

    def texts(node: ast.AST) -> bool:
        return any(isinstance(part, ast.Constant) and part.value in kinds for part in ast.walk(node))

    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                named = any(getattr(part, "attr", None) == "kind" for part in (node.left, *node.comparators))
                found = named and any(texts(part) for part in (node.left, *node.comparators))
            elif isinstance(node, ast.Call):
                own = getattr(node.func, "id", "") in ("Beat", "BeatEdit")
                given = node.args if own else []
                counted = getattr(node.func, "attr", "") == "count" and any(map(texts, node.args))
                keywords = own or getattr(node.func, "id", "") == "replace"
                found = counted or any(map(texts, given))
                found |= keywords and any(item.arg == "kind" and texts(item.value) for item in node.keywords)
            else:
                continue
            if found:
                bare.append(f"{path.relative_to(root)}:{node.lineno}")
    assert bare == []
