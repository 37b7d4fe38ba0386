"""What the store keeps, as plain values: opinions and read marks, and how two versions of one item become one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

VERDICTS = ("", "agree", "disagree")


@dataclass(frozen=True)
class Opinion:
    """What the reader thinks of one finding: `verdict` is "agree", "disagree" or "", `changed` an ISO time."""

    finding: str
    verdict: str = ""
    comment: str = ""
    changed: str = ""


@dataclass(frozen=True)
class ReadState:
    """Whether the reader has read a record, and since when (ISO time, empty where it was never said)."""

    read: bool = False
    changed: str = ""


JOINED = {"opinion": "comment", "draft": "text"}
"""Kinds whose words are never lost when two windows change one item -> the value that holds them."""


def merge_bodies(kind: str, theirs: str, mine: str) -> str:
    """Return what is kept where two windows changed one item: the later one, with the words of both."""
    if kind not in JOINED:
        return mine
    words, other, own = JOINED[kind], parsed(theirs), parsed(mine)
    if not isinstance(other, dict) or not isinstance(own, dict):
        return mine
    first, second = str(other.get(words, "")).strip(), str(own.get(words, "")).strip()
    if first and first not in second:
        own[words] = f"{first}\n{second}" if second else first
    return json.dumps(own)


def now_text() -> str:
    """Return the present moment as ISO text."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def parsed(body: str | None) -> object:
    """Return what a JSON body holds, None for one that is damaged."""
    try:
        return json.loads(body or "null")
    except ValueError:
        return None
