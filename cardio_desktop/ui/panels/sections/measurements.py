"""Rhythm, intervals, axes and voltages as tables, each with its uncertainty, and what could not be measured."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.app.terms import rhythm_name
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.quantities import LEAD_QUANTITIES
from cardio_desktop.ui.panels.sections.base import Row, Section, escape, selectable_label
from cardio_desktop.ui.panels.sections.finding_row import FindingRow
from cardio_desktop.ui.panels.sections.lists import RowsSection
from cardio_desktop.ui.panels.sections.words import measurement_rows, unmeasured_lines
from cardio_desktop.words.say import WORDS

RHYTHM = "rhythm"


class RhythmSection(RowsSection):
    """The rhythm in words and how sure the program is of it."""

    def __init__(self, opinions: Opinions) -> None:
        super().__init__(tr("Rhythm"))
        self._opinions = opinions

    def show_findings(self, findings: Findings) -> None:
        """Show the rhythm of other findings; nothing where none was determined."""
        rhythm = findings.rhythm
        rows: list[Row] = []
        if rhythm is not None:
            sure = tr("confidence {percent} %").format(percent=f"{100 * rhythm.confidence:.0f}")
            row = FindingRow(self._opinions, RHYTHM, f"{rhythm_name(rhythm)} ({sure})")
            row.unsetCursor()
            rows.append(row)
        self.fill(rows)


class MeasurementsSection(Section):
    """The table of rate, intervals, QTc by four formulas, axes and criteria."""

    def __init__(self) -> None:
        self.table = table_label(tr("Measurements"))
        self.missing = selectable_label(tr("Without a value"))
        self.missing.setEnabled(True)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.table)
        layout.addWidget(self.missing)
        super().__init__(tr("All measurements"), body, folded=True)

    def show_findings(self, findings: Findings) -> None:
        """Show the measurements of other findings."""
        rows = [(row.name, row.value) for row in measurement_rows(findings)]
        missing = unmeasured_lines(findings)
        self.table.setText(html_table(rows))
        self.table.setAccessibleDescription("; ".join(f"{name}: {value}" for name, value in rows))
        self.table.setVisible(bool(rows))
        self.missing.setText("\n".join(missing))
        self.missing.setVisible(bool(missing))
        self.setVisible(bool(rows or missing))

    def forget(self) -> None:
        """Keep nothing of the last findings."""
        self.table.clear()
        self.table.setAccessibleDescription("")
        self.missing.clear()


class VoltagesSection(Section):
    """The voltages of each wave in each lead; folded, as it is long."""

    def __init__(self) -> None:
        self.table = table_label(tr("Voltages by lead"))
        super().__init__(tr("Voltages by lead, mV"), self.table, folded=True)

    def show_findings(self, findings: Findings) -> None:
        """Show the voltages of other findings; nothing where there are none."""
        leads, words = findings.measurements.leads, WORDS[language()]
        self.setVisible(bool(leads))
        if not leads:
            self.table.clear()
            return
        rows = [("", *(item.symbol for item in LEAD_QUANTITIES))]
        for lead, found in leads.items():
            values = ((item.value(found), item.digits) for item in LEAD_QUANTITIES)
            rows.append((lead, *("–" if value is None else words.number(value, digits) for value, digits in values)))
        self.table.setText(html_table(rows))


def table_label(name: str) -> QLabel:
    """Return a label for a table whose words can be copied."""
    label = selectable_label(name)
    label.setTextFormat(Qt.TextFormat.RichText)
    return label


def html_table(rows: list[tuple[str, ...]] | list[tuple[str, str]]) -> str:
    """Return rows as a table, all columns but the first to the right."""
    lines = []
    for first, *rest in rows:
        cells = "".join(f"<td align='right' style='padding-left:8px'>{escape(cell)}</td>" for cell in rest)
        lines.append(f"<tr><td>{escape(first)}</td>{cells}</tr>")
    return f"<table cellspacing='0' width='100%'>{''.join(lines)}</table>" if rows else ""
