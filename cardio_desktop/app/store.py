"""The reader's work on records by kind: calipers, beats, opinions, read marks, and what was concluded and signed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QStandardPaths

from cardio_desktop.app.kept_items import FILE_NAME as FILE_NAME
from cardio_desktop.app.kept_items import KeptItems
from cardio_desktop.app.settings import APPLICATION, ORGANIZATION
from cardio_desktop.app.store_items import VERDICTS, now_text
from cardio_desktop.app.store_items import Opinion as Opinion
from cardio_desktop.app.store_items import ReadState as ReadState
from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.conclusion import (
    Addendum,
    Conclusion,
    Draft,
    Signature,
    addendum_from,
    draft_from,
    signature_from,
)
from cardio_desktop.core.errors import CardioError
from cardio_desktop.words import Remark

FOLDER_VARIABLE = "CARDIO_DESKTOP_DATA"
READING = "reading"
"""The finding under which the reader's own reading of the whole ECG was kept before it could be signed."""


class SignedError(CardioError):
    """What a reader would change after the reading was signed."""

    kind = "signed"

    def __init__(self) -> None:
        """Say that only an addendum can follow."""
        super().__init__(Remark("signed-already"))


def default_folder() -> Path:
    """Return the user's data folder, the same for the window and for commands; CARDIO_DESKTOP_DATA names another."""
    named = os.environ.get(FOLDER_VARIABLE)
    if QCoreApplication.instance() is None:  # a command: nobody has said whose folder it is
        QCoreApplication.setOrganizationName(ORGANIZATION)
        QCoreApplication.setApplicationName(APPLICATION)
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
        """Keep an opinion; one without verdict and comment is taken back. An empty time becomes now.

        Raises SignedError where the reading is signed.
        """
        if opinion.verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {VERDICTS}, not {opinion.verdict!r}")
        self._refuse_if_signed(key)
        stamped = opinion if opinion.changed else replace(opinion, changed=now_text())
        empty = not (opinion.verdict or opinion.comment)
        self._put(key, [("opinion", opinion.finding, None if empty else asdict(stamped))])

    # Calipers and beats -----------------------------------------------------------------------------------------

    def calipers(self, key: str) -> tuple[Caliper, ...]:
        """Return the calipers of one record from left to right."""
        return self._ordered(key, "caliper", Caliper.from_dict, lambda c: (c.start_s, c.id))

    # Calipers measure and claim nothing: they may be placed on what is signed, too.

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
        """Keep changes of beats and take those named in `removed` back, all together.

        Raises SignedError where the reading is signed: a rhythm that was signed must not count other beats later.
        """
        self._refuse_if_signed(key)
        self._put(key, [*(("beat", e.id, e.to_dict()) for e in edits), *(("beat", i, None) for i in removed)])

    # Reading ----------------------------------------------------------------------------------------------------

    def read_state(self, key: str) -> ReadState:
        """Return whether a record has been read."""
        values = self._bodies(key, "read").get("read", {})
        return ReadState(bool(values.get("read", False)), str(values.get("changed", "")))

    def set_read(self, key: str, read: bool) -> None:
        """Say that a record has, or has not, been read."""
        self._put(key, [("read", "read", {"read": read, "changed": now_text()})])

    # Conclusion -------------------------------------------------------------------------------------------------

    def conclusion(self, key: str) -> Conclusion:
        """Return what was concluded from a record; a reading that was kept before it could be signed is the draft."""
        values = self._bodies(key, "draft").get("draft")
        draft = draft_from(values) if values is not None else None
        if draft is None and (old := self.opinions(key).get(READING)) is not None and old.comment.strip():
            draft = Draft(old.comment, "own", (), old.changed)
        signatures, addenda = self._signatures(key), self._addenda(key)
        good = tuple(item for item in signatures if item.holds(key))
        more = tuple(item for item in addenda if item.holds(key))
        signed: tuple[Signature | Addendum, ...] = (*signatures, *addenda)
        odd = (item.id for item in signed if not item.holds(key))
        return Conclusion(draft, good, more, self.read_state(key).read, tuple(odd))

    def signed(self, key: str) -> bool:
        """Return whether somebody signed what stands there of a record."""
        return any(item.holds(key) for item in self._signatures(key))

    def put_draft(self, key: str, draft: Draft | None) -> None:
        """Keep a conclusion that is not signed yet; None takes it back. Raises SignedError once it is signed."""
        self._refuse_if_signed(key)
        changes: list[tuple[str, str, Mapping[str, Any] | None]] = []
        if draft is not None and not draft.changed:
            draft = replace(draft, changed=now_text())
        changes.append(("draft", "draft", None if draft is None else asdict(draft)))
        if READING in self.opinions(key):
            changes.append(("opinion", READING, None))  # it is part of the draft, or was taken back with it
        self._put(key, changes)

    def sign(self, key: str, signature: Signature) -> None:
        """Keep a signature; nothing changes or removes it. ValueError for one that is not of this record."""
        if not signature.holds(key):
            raise ValueError("the signature is not of this record")
        self._append(key, "signature", signature)

    def add_addendum(self, key: str, addendum: Addendum) -> None:
        """Keep an addendum to what was signed; ValueError where nothing is signed, or it is not of this record."""
        if not addendum.holds(key) or not self.signed(key):
            raise ValueError("an addendum follows a signature, of the same record")
        self._append(key, "addendum", addendum)

    def _append(self, key: str, kind: str, signed: Signature | Addendum) -> None:
        if signed.id in self._bodies(key, kind):
            raise ValueError(f"there is a {kind} of this id already")
        self._put(key, [(kind, signed.id, asdict(signed))])

    def _signatures(self, key: str) -> tuple[Signature, ...]:
        return self._ordered(key, "signature", signature_from, _signed_order)

    def _addenda(self, key: str) -> tuple[Addendum, ...]:
        return self._ordered(key, "addendum", addendum_from, _signed_order)

    def _refuse_if_signed(self, key: str) -> None:
        if self.signed(key):
            raise SignedError


def _signed_order(item: Signature | Addendum) -> tuple[float, str]:
    """Return the place among others: by time, whatever zone it was written in."""
    try:
        return datetime.fromisoformat(item.signed_at).timestamp(), item.id
    except ValueError:
        return 0.0, item.id
