"""What is written into the audit trail of what is done in the window, and who does it."""

from __future__ import annotations

import getpass
import json
import platform
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from cardio_desktop.app.store_rows import LOCAL, Row
from cardio_desktop.core.audit import Event

SIGNED = {"signature": "sign", "addendum": "amend"}
GATHERED_S = 60.0
"""Of what is changed again and again in one record, the first change is told at once, the others once a minute."""


@cache
def user() -> str:
    """Return who is at work, as the operating system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "?"


@cache
def station() -> str:
    """Return the name of this computer."""
    return platform.node() or "?"


def event(action: str, record: str = "", detail: str = "", who: str = "") -> Event:
    """Return what is done now; by whoever signs, else by the system's user."""
    return Event(datetime.now().astimezone().isoformat(), who or user(), station(), action, record, detail)


class EditLog:
    """Makes events of changed items; a caliper that is dragged is one, not hundreds."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, str, str], float] = {}
        self._more: Counter[tuple[str, str, str]] = Counter()

    def events(self, rows: Iterable[Row]) -> list[Event]:
        """Return what is to be told at once of changes that were just made."""
        told = []
        for row in rows:
            if row.kind in LOCAL:
                continue
            if row.kind in SIGNED:
                told.append(event(SIGNED[row.kind], row.record, row.id, _signer(row.body)))
                continue
            what = (row.record, row.kind, "delete" if row.body is None else "edit")
            if what in self._since:
                self._more[what] += 1
            else:
                self._since[what] = time.monotonic()
                told.append(event(what[2], row.record, row.kind))
        return told

    def gathered(self, *, closing: bool = False) -> list[Event]:
        """Return what is to be told of changes that have gone on since; all of it when the store is `closing`."""
        now, told = time.monotonic(), []
        for what, since in list(self._since.items()):
            if closing or now - since >= GATHERED_S:
                del self._since[what]
                if more := self._more.pop(what, 0):
                    told.append(event(what[2], what[0], f"{what[1]}: {more} more"))
        return told


def _signer(body: str | None) -> str:
    try:
        return str(json.loads(body or "")["signer"]["name"])
    except (ValueError, KeyError, TypeError):
        return ""
