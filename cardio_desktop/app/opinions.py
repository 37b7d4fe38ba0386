"""What the reader thinks of the present record's findings, in the store and apart from the findings themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.desk import Desk
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.store import Opinion
from cardio_desktop.app.terms import rhythm_name, statement_name, term
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import CLASS_NAMES, Findings
from cardio_desktop.report.reader import ReaderOpinion

READING = "reading"
"""The finding under which the reader's own reading of the whole ECG is kept, as the comment."""
TIER = "tier"


class Opinions(QObject):
    """The opinions on the record that is open. `changed()` tells any change, also one made in another window."""

    changed = Signal()

    def __init__(self, session: Desk) -> None:
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

    @property
    def settled(self) -> bool:
        """Whether the record that is shown is the one that is chosen: an opinion on another would be taken for its."""
        return self._session.state.settled

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

    def told(self, findings: Findings) -> tuple[ReaderOpinion, ...]:
        """Return the reader's own reading and every opinion, as a report prints them: the reading first."""
        found = self.all()
        reading = [ReaderOpinion("", comment=found[READING].comment)] if READING in found else []
        others = sorted(
            (opinion for name, opinion in found.items() if name != READING), key=lambda o: _order(o.finding)
        )
        return (
            *reading,
            *(ReaderOpinion(subject_of(o.finding, findings), o.verdict, o.comment) for o in others),
        )

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


KINDS = (TIER, "rhythm", "class", "statement", "sentence")


def _order(finding: str) -> tuple[int, str]:
    kind = finding.partition(":")[0]
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), finding)


def subject_of(finding: str, findings: Findings) -> str:
    """Return the name under which a finding is kept in words of the interface's language."""
    kind, _, name = finding.partition(":")
    if kind == TIER:
        return f"{tr('Risk tier')} {term(findings.risk.tier.value)}"
    if kind == "rhythm":
        return f"{tr('Rhythm')} {rhythm_name(findings.rhythm)}" if findings.rhythm else tr("Rhythm")
    if kind == "class":
        return term(CLASS_NAMES.get(name, name))
    if kind == "statement":
        told = findings.prediction.statements if findings.prediction is not None else ()
        return next((statement_name(name, item.description) for item in told if item.code == name), name)
    if kind == "sentence":
        return next((item.text(language()) for item in findings.sentences if item.english == name), name).rstrip(".")
    return finding
