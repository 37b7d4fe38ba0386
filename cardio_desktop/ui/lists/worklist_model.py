"""The worklist as a table: one row for each record, sorted and filtered as the reader likes."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)

from cardio_desktop.app.critical import words_of
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.terms import statement_name, term
from cardio_desktop.app.worklist import Entry, Worklist
from cardio_desktop.core.events import worst_of_each
from cardio_desktop.core.findings import CLASS_NAMES, Tier
from cardio_desktop.ui.paper.captions import clock

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
TOLD_MS = 200
"""Rows that change in quick succession are told together: each telling sorts and paints the table."""
MARK = "!"
"""Of a record in which something critical was found."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns from left to right."""

    RISK = 0
    NAME = 1
    TRACE = 2
    RATE = 3
    READ = 4
    PATIENT = 5
    TIME = 6
    REMARK = 7


def titles() -> dict[Column, str]:
    """Return what stands over the columns."""
    return {
        Column.RISK: tr("Risk"),
        Column.TRACE: tr("10 s"),
        Column.NAME: tr("Record"),
        Column.PATIENT: tr("Patient"),
        Column.TIME: tr("Recorded"),
        Column.RATE: tr("Rate"),
        Column.READ: tr("Read"),
        Column.REMARK: tr("Remark"),
    }


def tier_name(tier: str) -> str:
    """Return the name of a tier in the interface's language."""
    return {
        Tier.LOW.value: tr("Low"),
        Tier.MODERATE.value: tr("Moderate"),
        Tier.HIGH.value: tr("High"),
        Tier.NOT_ASSESSED.value: tr("Not assessed"),
    }.get(tier, tier)


def critical_words(entry: Entry) -> list[str]:
    """Return what is critical in a record, each kind once; nothing of findings that wait for the reader."""
    if entry.summary is None or entry.tier_only:
        return []
    return [words_of(event) for event, _ in worst_of_each(entry.summary.critical)]


def risk_text(entry: Entry) -> str:
    """Return what stands in the first column, after the mark of what is critical."""
    return f"{MARK} {tier_text(entry)}" if entry.critical else tier_text(entry)


def tier_text(entry: Entry) -> str:
    """Return the tier, or why there is none."""
    if entry.problem:
        return tr("Not readable")
    if entry.hidden:
        return tr("hidden")
    return tier_name(entry.summary.tier) if entry.summary else tr("waiting")


def patient_text(entry: Entry) -> str:
    """Return the patient in one line: name or number, sex, age."""
    details = entry.details
    if details is None:
        return ""
    sex = {"female": tr("f"), "male": tr("m")}.get(details.sex, "")
    age = tr("{years} y").format(years=f"{details.age_years:.0f}") if details.age_years is not None else ""
    return ", ".join(part for part in (details.patient, " ".join(p for p in (sex, age) if p)) if part)


def time_text(entry: Entry) -> str:
    """Return when the record was made, or how long it is where the file does not tell."""
    details = entry.details
    if details is None:
        return ""
    length = "" if abs(details.duration_s - 10.0) < 0.5 else clock(details.duration_s)
    return ", ".join(part for part in (details.start_time, length) if part)


def remark_text(entry: Entry) -> str:
    """Return the error's sentence, why there is no tier, or what the network holds most likely."""
    if entry.problem:
        return entry.problem
    summary = entry.summary
    if summary is None:
        return ""
    critical = critical_words(entry)
    if summary.tier == Tier.NOT_ASSESSED.value:
        return "; ".join([*critical, term(summary.why)])
    if entry.tier_only:
        return tr("findings are hidden until you ask for them")
    told = [(code, words) for code, words, _ in summary.statements if code not in ("NORM", "SR")]
    parts = [statement_name(code, words) for code, words in told[:3]]
    likely = max((c for c in summary.probabilities if c != "NORM"), key=summary.probabilities.__getitem__, default="")
    if likely and summary.tier != Tier.LOW.value:
        named = f"{term(CLASS_NAMES.get(likely, likely))} {100 * summary.probabilities[likely]:.0f} %"
        parts = [named, *parts]
    parts = [*critical, *parts]
    details = entry.details
    if details is not None and summary.analysed_s < details.duration_s - 1.0:
        parts.append(tr("judged by its first {length}").format(length=clock(summary.analysed_s)))
    return "; ".join(parts)


def tip_text(entry: Entry) -> str:
    """Return everything about a row, for its tooltip."""
    lines = [str(entry.path), entry.problem]
    if words := critical_words(entry):
        lines += [tr("Critical:"), *words]
    elif entry.critical:
        lines.append(tr("The program found something critical in this record."))
    if entry.summary is not None and not entry.tier_only:
        lines.append(term(entry.summary.why))
    lines += [patient_text(entry), time_text(entry)]
    if entry.details is not None and entry.details.simulated:
        lines.append(tr("simulated"))
    if entry.details is not None and entry.details.thumbnail_lead:
        lines.append(tr("The picture shows lead {lead}.").format(lead=entry.details.thumbnail_lead))
    return "\n".join(line for line in lines if line)


class WorklistModel(QAbstractTableModel):
    """Shows the entries of a `Worklist` to Qt's views."""

    def __init__(self, worklist: Worklist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worklist = worklist
        # As the table was told of them: what changes without its knowing would upset its order.
        self._entries = list(worklist.entries)
        self._titles = titles()
        self._untold: set[int] = set()
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(TOLD_MS)
        self._tell.timeout.connect(self._tell_changed)
        worklist.restarted.connect(self._restarted)
        worklist.added.connect(self._added)
        worklist.changed.connect(self._row_changed)
        worklist.reading.changed.connect(self._reading_changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, sorts by or says."""
        entry = self._worklist.shown(self._entries[index.row()])
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTS[column](entry)
        if role == SORT_ROLE:
            return _SORTS[column](entry, index.row())
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(entry)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == Column.RATE else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.RISK and entry.critical:
            return tr("critical, {tier}").format(tier=tier_text(entry))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.TRACE:
            return tr("Small picture of the trace")
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.READ:
            return tr("read") if entry.read else tr("not read")
        return None

    def _restarted(self) -> None:
        self._untold.clear()
        self.beginResetModel()
        self._entries = list(self._worklist.entries)
        self.endResetModel()

    def _added(self, first: int, last: int) -> None:
        self.beginInsertRows(QModelIndex(), first, last)
        self._entries += self._worklist.entries[first : last + 1]
        self.endInsertRows()

    def _reading_changed(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Column) - 1))

    def _row_changed(self, row: int) -> None:
        """Tell a row at once; those that are analysed closely after it wait for each other."""
        self._untold.add(row)
        if not self._tell.isActive() or self._entries[row].read != self._worklist.entries[row].read:
            self._tell_changed()

    def _tell_changed(self) -> None:
        rows = sorted(self._untold)
        self._untold.clear()
        if rows:
            self._tell.start()
        for row in rows:
            self._entries[row] = self._worklist.entries[row]
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))


def _rate_text(entry: Entry) -> str:
    rate = entry.summary.heart_rate_bpm if entry.summary else None
    return f"{rate:.0f}" if rate is not None else ""


_TEXTS: dict[Column, Callable[[Entry], str]] = {
    Column.RISK: risk_text,
    Column.TRACE: lambda _entry: "",
    Column.NAME: lambda entry: entry.found.name,
    Column.PATIENT: patient_text,
    Column.TIME: time_text,
    Column.RATE: _rate_text,
    Column.READ: lambda entry: "✓" if entry.read else "",
    Column.REMARK: remark_text,
}


def _sort_rate(entry: Entry, _row: int) -> float:
    rate = entry.summary.heart_rate_bpm if entry.summary else None
    return -1.0 if rate is None else rate


_SORTS: dict[Column, Callable[[Entry, int], float | str]] = {
    Column.RISK: lambda entry, _row: entry.risk_rank,
    Column.TRACE: lambda _entry, row: row,
    Column.NAME: lambda _entry, row: row,  # the scan's own order is the natural one
    Column.PATIENT: lambda entry, _row: patient_text(entry).casefold(),
    Column.TIME: lambda entry, _row: entry.details.start_time if entry.details else "",
    Column.RATE: _sort_rate,
    Column.READ: lambda entry, _row: int(entry.read),
    Column.REMARK: lambda entry, _row: remark_text(entry).casefold(),
}

ALL, CRITICAL, UNREAD, UNUSABLE = "", "critical", "unread", "unusable"


class WorklistOrder(QSortFilterProxyModel):
    """Sorts by the column's own values and keeps rows that hold every typed word and the chosen kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self._words: tuple[str, ...] = ()
        self._kind = ALL

    def choose(self, text: str, kind: str) -> None:
        """Show rows with every word of `text`, of one tier, unread, unusable, or all."""
        words = tuple(text.casefold().split())
        if (words, kind) != (self._words, self._kind):
            self._words, self._kind = words, kind
            self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Return whether a row is shown."""
        model = self.sourceModel()
        entry = model.data(model.index(source_row, 0, source_parent), ENTRY_ROLE)
        if self._kind == UNREAD and entry.read:
            return False
        if self._kind == CRITICAL and not entry.critical:
            return False
        if self._kind == UNUSABLE and not entry.problem:
            return False
        if self._kind not in (ALL, CRITICAL, UNREAD, UNUSABLE) and (
            entry.summary is None or entry.summary.tier != self._kind
        ):
            return False
        if not self._words:
            return True
        told = entry.summary if not entry.tier_only else None
        codes = " ".join(code for code, _, _ in told.statements) if told else ""
        said = (entry.found.name, patient_text(entry), time_text(entry), remark_text(entry), risk_text(entry), codes)
        text = " ".join(said).casefold()
        return all(word in text for word in self._words)
