"""The measurements that every reading begins with, in one small table: rate, PR, QRS, QT and QTc, axes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.quantities import BY_KEY, Quantity
from cardio_desktop.narrative.measured import NOT_MEASURED
from cardio_desktop.ui.panels.sections.base import escape, selectable_label
from cardio_desktop.words.say import WORDS

COLUMNS = 3
UNJUDGED = frozenset(("unjudged", "conclusion-unjudged"))
"""Remarks that say that the limits of adults are not those of this record."""


@dataclass(frozen=True)
class Cell:
    """One place of the strip: its head, the quantities that stand there, and how many columns it takes."""

    head: str
    keys: tuple[str, ...]
    wide: int = 1


@dataclass(frozen=True)
class Figure:
    """A quantity as it is told: its value without unit ("–" for none), whether it is out of limits, and a tool tip."""

    text: str
    unusual: bool
    tip: str


def cells() -> tuple[Cell, ...]:
    """Return what stands in the strip, in reading order."""
    return (
        Cell(tr("Rate /min"), ("heart_rate_bpm",)),
        Cell(tr("PR ms"), ("pr_ms",)),
        Cell(tr("QRS ms"), ("qrs_ms",)),
        Cell(tr("QT / QTc ms"), ("qt_ms", "qtc_fridericia_ms")),
        Cell(tr("Axes P / QRS / T"), ("p_axis_deg", "qrs_axis_deg", "t_axis_deg"), 2),
    )


def figure_of(item: Quantity, findings: Findings, sex: str | None) -> Figure:
    """Return one quantity of some findings as it is told."""
    words = WORDS[language()]
    value = item.value(findings.measurements)
    if value is None:
        reason = term(findings.measurements.not_measured.get(item.field, NOT_MEASURED))
        return Figure("–", False, f"{item.name(language())}: {reason}")
    rounded = round(value, item.digits)
    judged = not any(sentence.remark.code in UNJUDGED for sentence in findings.sentences)
    unusual = judged and item.usual is not None and not item.usual.holds(rounded, sex)
    unit = item.unit if item.is_angle else ""
    tip = f"{item.name(language())}: {item.text(words, value, item.spread(findings.measurements))}"
    if item.usual is not None and judged:
        tip += " " + tr("(usual: {limits})").format(limits=item.usual.text(words, sex, unit))
    return Figure(f"{words.number(value, item.digits)}{unit}", unusual, tip)


class MeasurementStrip(QWidget):
    """Heads over figures; those out of the usual limits are bold, and said to be so."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Rate, intervals and axes"))
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        self._cells = cells()
        self.figures: dict[str, QLabel] = {}
        row = column = 0
        for cell in self._cells:
            if column + cell.wide > COLUMNS:
                row, column = row + 1, 0
            place = QVBoxLayout()
            place.setSpacing(0)
            head = QLabel(cell.head)
            head.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label = selectable_label(cell.head)
            label.setTextFormat(Qt.TextFormat.RichText)
            place.addWidget(head)
            place.addWidget(label)
            grid.addLayout(place, row, column, 1, cell.wide)
            self.figures[cell.head] = label
            column += cell.wide

    def show_findings(self, findings: Findings, sex: str | None) -> None:
        """Show the measurements of other findings; a patient's sex decides some limits."""
        spoken = []
        for cell in self._cells:
            found = [figure_of(BY_KEY[key], findings, sex) for key in cell.keys]
            label = self.figures[cell.head]
            label.setText(" / ".join(f"<b>{escape(f.text)}</b>" if f.unusual else escape(f.text) for f in found))
            label.setToolTip("\n".join(f.tip for f in found))
            spoken += [f"{f.tip} {tr('out of the usual limits')}" if f.unusual else f.tip for f in found]
        self.setAccessibleDescription("; ".join(spoken))

    def forget(self) -> None:
        """Keep nothing of the last findings."""
        self.setAccessibleDescription("")
        for label in self.figures.values():
            label.clear()
            label.setToolTip("")
