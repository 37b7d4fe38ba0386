"""The reader's work on records by kind: calipers, beats, opinions and read marks."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from cardio_desktop.app.kept_items import FILE_NAME as FILE_NAME
from cardio_desktop.app.kept_items import KeptItems
from cardio_desktop.app.store_items import VERDICTS, now_text
from cardio_desktop.app.store_items import Opinion as Opinion
from cardio_desktop.app.store_items import ReadState as ReadState
from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.calipers import Caliper

FOLDER_VARIABLE = "CARDIO_DESKTOP_DATA"


def default_folder() -> Path:
    """Return the user's data folder; the variable CARDIO_DESKTOP_DATA names another one."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


class Store(KeptItems):
    """The work of the reader on all records, as calipers, beats, opinions and read marks."""

    # Opinions ---------------------------------------------------------------------------------------------------

    def opinions(self, key: str) -> dict[str, Opinion]:
        """Return the opinions on one record by finding."""
        found = self._bodies(key, "opinion")
        return {
            name: Opinion(name, str(v.get("verdict", "")), str(v.get("comment", "")), str(v.get("changed", "")))
            for name, v in found.items()
            if v.get("verdict", "") in VERDICTS
        }

    def set_opinion(self, key: str, opinion: Opinion) -> None:
        """Keep an opinion; one without verdict and comment is taken back. An empty time becomes now."""
        if opinion.verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {VERDICTS}, not {opinion.verdict!r}")
        stamped = opinion if opinion.changed else replace(opinion, changed=now_text())
        empty = not (opinion.verdict or opinion.comment)
        self._put(key, [("opinion", opinion.finding, None if empty else asdict(stamped))])

    # Calipers and beats -----------------------------------------------------------------------------------------

    def calipers(self, key: str) -> tuple[Caliper, ...]:
        """Return the calipers of one record from left to right."""
        return self._ordered(key, "caliper", Caliper.from_dict, lambda c: (c.start_s, c.id))

    def put_caliper(self, key: str, caliper: Caliper) -> None:
        """Keep a caliper, in the place of the one with its id."""
        self._put(key, [("caliper", caliper.id, caliper.to_dict())])

    def remove_caliper(self, key: str, caliper_id: str) -> None:
        """Forget a caliper."""
        self._put(key, [("caliper", caliper_id, None)])

    def beats(self, key: str) -> tuple[BeatEdit, ...]:
        """Return the reader's changes of beats of one record."""
        return self._ordered(key, "beat", BeatEdit.from_dict, lambda b: (b.time_s or b.original_s or 0.0, b.id))

    def put_beats(self, key: str, edits: Iterable[BeatEdit], removed: Iterable[str] = ()) -> None:
        """Keep changes of beats and take those named in `removed` back, all together."""
        self._put(key, [*(("beat", e.id, e.to_dict()) for e in edits), *(("beat", i, None) for i in removed)])

    # Reading ----------------------------------------------------------------------------------------------------

    def read_state(self, key: str) -> ReadState:
        """Return whether a record has been read."""
        values = self._bodies(key, "read").get("read", {})
        return ReadState(bool(values.get("read", False)), str(values.get("changed", "")))

    def set_read(self, key: str, read: bool) -> None:
        """Say that a record has, or has not, been read."""
        self._put(key, [("read", "read", {"read": read, "changed": now_text()})])
