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


def merge_bodies(kind: str, theirs: str, mine: str) -> str:
    """Return what is kept where two windows changed one item: the later one, with both comments of an opinion."""
    if kind != "opinion":
        return mine
    other, own = parsed(theirs), parsed(mine)
    if not isinstance(other, dict) or not isinstance(own, dict):
        return mine
    first, second = str(other.get("comment", "")).strip(), str(own.get("comment", "")).strip()
    if first and first not in second:
        own["comment"] = f"{first}\n{second}" if second else first
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
