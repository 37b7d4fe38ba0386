"""Serial comparison: a second record beside the shown one, and what has changed between the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import decimals, language, tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import CLASS_NAMES, Findings, Measurements
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.quantities import LEAD_QUANTITIES, QUANTITIES, LeadQuantity
from cardio_desktop.core.record import Record
from cardio_desktop.narrative.changes import Changes, changes_between, is_notable


@dataclass(frozen=True)
class Difference:
    """One quantity in both records. `notable` says that the change is larger than the measurements are uncertain.

    `notable` is None where nothing is known of the uncertainty. `unit` is for `change` too.
    """

    name: str
    before: float
    after: float
    unit: str
    digits: int = 0
    notable: bool | None = None
    is_angle: bool = False

    @property
    def change(self) -> float:
        """After less before; for an angle the shorter way round."""
        change = self.after - self.before
        return (change + 180.0) % 360.0 - 180.0 if self.is_angle else change


class Comparison(QObject):
    """Holds the other record in a session of its own. `changed()` tells new content of either."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._other: Session | None = None
        self.swapped = False
        session.changed.connect(self._main_changed)

    @property
    def other(self) -> Session:
        """The session of the other record, made when it is first needed."""
        if self._other is None:
            self._other = Session(self.session.settings, self, analyze=self.session.analyzes, store=self.session.store)
            self._other.changed.connect(self._other_changed)
        return self._other

    @property
    def active(self) -> bool:
        """Whether there is a second record."""
        return self._other is not None and self._other.state.record is not None

    def open(self, path: Path) -> None:
        """Open the record to compare with."""
        self.swapped = False
        self.other.open(path)

    def swap(self) -> None:
        """Exchange before and after."""
        self.swapped = not self.swapped
        self.changed.emit()

    def order(self) -> tuple[Session, Session]:
        """Return (before, after): by the times of recording where both are known, else the other record first."""
        mine, other = self.session, self.other
        first, second = other, mine
        a, b = _start(other.state), _start(mine.state)
        if a is not None and b is not None and a > b:
            first, second = mine, other
        return (second, first) if self.swapped else (first, second)

    @property
    def revealed(self) -> bool:
        """Whether the findings of both may be seen."""
        return self.session.state.revealed and self.other.state.revealed

    def reveal(self) -> None:
        """Show the findings of both."""
        for session in (self.session, self.other):
            session.reading.reveal()

    def differences(self) -> list[Difference]:
        """Return what both records have, before and after; nothing while findings are hidden or missing."""
        before, after = (session.state.shown for session in self.order())
        return list(differences_between(before, after)) if before is not None and after is not None else []

    def changes(self) -> Changes | None:
        """Return what has changed in words; None while findings are hidden or missing."""
        before, after = (session.state for session in self.order())
        if before.shown is None or after.shown is None or before.record is None or after.record is None:
            return None
        return changes_between(before.shown, after.shown, before.record.start_time, after.record.start_time)

    def warnings(self) -> list[str]:
        """Return what makes the comparison doubtful."""
        before, after = (session.state for session in self.order())
        if before.record is None or after.record is None:
            return []
        found = list(_identity_warnings(before.record, after.record))
        if before.record.start_time is None or after.record.start_time is None:
            found.append(tr("The files do not tell which of the two is the earlier one."))
        for state in (before, after):
            reversal = state.findings.quality.reversal if state.findings else None
            if reversal and state.record is not None:
                found.append(
                    tr("{name}: the electrodes {pair} seem swapped.").format(name=state.record.path.name, pair=reversal)
                )
        return found

    def close(self) -> None:
        """Let the other record go."""
        if self._other is not None:
            self._other.close()

    def _main_changed(self, old: State, new: State) -> None:
        if self._other is None:
            return
        if old.viewport != new.viewport or old.evidence_class != new.evidence_class:
            self._follow(new)
        if (old.record, old.shown, old.hidden, old.busy) != (new.record, new.shown, new.hidden, new.busy):
            self.changed.emit()

    def _follow(self, state: State) -> None:
        """Look at the other record in the same way; its place in time is its own."""
        view = state.viewport
        self.other.look(
            layout_id=view.layout_id,
            rhythm_lead=view.rhythm_lead,
            speed_mm_per_s=view.speed_mm_per_s,
            gain_mm_per_mv=view.gain_mm_per_mv,
            zoom=view.zoom,
            span_s=view.span_s,
            # The same class on both, also where each record's own likeliest one is another.
            evidence_class=view.evidence_class or state.evidence_class,
            opacity=view.opacity,
        )

    def _other_changed(self, old: State, new: State) -> None:
        if old.record is not new.record:
            self._follow(self.session.state)
        if (old.record, old.shown, old.hidden, old.busy, old.problem) != (
            new.record,
            new.shown,
            new.hidden,
            new.busy,
            new.problem,
        ):
            self.changed.emit()


def differences_between(before: Findings, after: Findings) -> Iterator[Difference]:
    """Yield the quantities that both have, in the order in which an ECG is read."""
    a, b = before.measurements, after.measurements
    for item in QUANTITIES:
        first, second = item.value(a), item.value(b)
        if item.compared and first is not None and second is not None:
            notable = is_notable(item.key, before, after)
            yield Difference(item.name(language()), first, second, item.unit, item.digits, notable, item.is_angle)
    if before.prediction is not None and after.prediction is not None:
        known = {score.code: score.probability for score in before.prediction.classes}
        for score in after.prediction.classes:
            if score.code in known:
                name = term(CLASS_NAMES.get(score.code, score.code))
                yield Difference(name, 100 * known[score.code], 100 * score.probability, "%", 0)
    for quantity in LEAD_QUANTITIES:
        if quantity.counts_mv is not None:
            yield from _voltages(a, b, quantity, quantity.counts_mv)


def _voltages(a: Measurements, b: Measurements, item: LeadQuantity, counts_mv: float) -> Iterator[Difference]:
    """Yield one voltage of every lead. A T wave that has turned over counts whatever its change in millivolts."""
    for lead in LEADS12:
        first, second = item.value((a.leads or {}).get(lead)), item.value((b.leads or {}).get(lead))
        if first is not None and second is not None:
            turned = first * second < 0 and max(abs(first), abs(second)) >= counts_mv
            notable = turned if item.turns else abs(second - first) >= counts_mv - 1e-9
            name = f"{item.name(language())}, {lead}"
            yield Difference(name, first, second, item.unit, item.digits, notable)


def _start(state: State) -> datetime | None:
    start = state.record.start_time if state.record else None
    return start.replace(tzinfo=None) if start else None


def _identity_warnings(before: Record, after: Record) -> Iterator[str]:
    first, second = before.patient, after.patient
    for a, b in ((first.id, second.id), (first.name, second.name)):
        if a and b and a.strip().casefold() != b.strip().casefold():
            yield tr("The files name different patients: {first} and {second}.").format(first=a, second=b)
            return
    if first.sex and second.sex and first.sex != second.sex:
        yield tr("The files give different sexes; this may not be the same patient.")
    if not (first.id and second.id) and not (first.name and second.name):
        yield tr("The files do not tell whether this is the same patient.")
    if before.path == after.path:
        yield tr("Both are the same file.")


def time_between(before: Record, after: Record) -> str:
    """Return how long lies between two recordings, "" where the files do not tell."""
    if before.start_time is None or after.start_time is None:
        return ""
    seconds = abs((after.start_time.replace(tzinfo=None) - before.start_time.replace(tzinfo=None)).total_seconds())
    days = int(seconds // 86400)
    if days >= 730:
        return tr("{years} years between them").format(years=decimals(f"{days / 365.25:.1f}"))
    if days >= 2:
        return tr("{days} days between them").format(days=days)
    if seconds < 60:
        return tr("recorded at the same time")
    if seconds < 3600:
        return tr("{minutes} min between them").format(minutes=round(seconds / 60))
    return tr("{hours} h between them").format(hours=decimals(f"{seconds / 3600:.1f}"))
