"""What the reader thinks of the present record's findings, in the store and apart from the findings themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.store import Opinion
from cardio_desktop.core.errors import CardioError

if TYPE_CHECKING:
    from cardio_desktop.app.session import Session

READING = "reading"
"""The finding under which the reader's own reading of the whole ECG is kept, as the comment."""
TIER = "tier"


class Opinions(QObject):
    """The opinions on the record that is open. `changed()` tells any change, also one made in another window."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.store.changed.connect(self._told)

    @property
    def key(self) -> str | None:
        """The record's key in the store; None without a record or where its samples cannot be read."""
        record = self._session.state.record
        if record is None:
            return None
        try:
            return self._session.store.key_of(record)
        except CardioError:
            return None

    def all(self) -> dict[str, Opinion]:
        """Return the opinions by finding, without those that say nothing."""
        key = self.key
        stored = self._session.store.opinions(key) if key is not None else {}
        return {name: opinion for name, opinion in stored.items() if opinion.verdict or opinion.comment}

    def of(self, finding: str) -> Opinion:
        """Return the opinion on one finding, an empty one where there is none."""
        return self.all().get(finding, Opinion(finding))

    def toggle(self, finding: str, verdict: str) -> None:
        """Give a verdict on a finding, or take it back where it was given already."""
        now = self.of(finding)
        self._keep(replace(now, verdict="" if now.verdict == verdict else verdict))

    def comment(self, finding: str, text: str) -> None:
        """Keep a comment on a finding; an empty one takes it away."""
        now = self.of(finding)
        if text.strip() != now.comment:
            self._keep(replace(now, comment=text.strip()))

    @property
    def reading(self) -> str:
        """The reader's own reading of the ECG."""
        return self.of(READING).comment

    def write_reading(self, key: str, text: str) -> None:
        """Keep the reader's own reading of the record `key`, which may have been left meanwhile."""
        self._keep(Opinion(READING, comment=text.strip()), key)

    def _keep(self, opinion: Opinion, key: str | None = None) -> None:
        key = key or self.key
        if key is not None:
            stamp = datetime.now(UTC).isoformat(timespec="seconds")
            self._session.store.set_opinion(key, replace(opinion, changed=stamp))

    def _told(self, key: str) -> None:
        if key == self.key:
            self.changed.emit()
