"""What the recorder stored, apart from what the program found: its numbers beside ours, its words as they are."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cardio_desktop.app.i18n import language
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.core.stored_told import StoredRow, stored_remarks, stored_rows
from cardio_desktop.ui.panels.sections.base import Section, escape, selectable_label
from cardio_desktop.ui.panels.sections.measurements import table_label
from cardio_desktop.words import Remark, say


class StoredSection(Section):
    """The recorder's numbers and words; hidden where the file stores none."""

    def __init__(self) -> None:
        title = told("stored-short")
        self.table = table_label(title)
        self.lines = selectable_label(title)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.table)
        layout.addWidget(self.lines)
        super().__init__(title, body)

    def show_stored(self, record: Record | None, findings: Findings) -> None:
        """Show what another record's file stores beside what was measured."""
        stored = record.stored if record is not None else None
        rows = stored_rows(stored, findings.measurements) if stored else ()
        lines = [say(remark, language()) for remark in stored_remarks(stored)] if stored else []
        if any(row.is_over for row in rows):
            lines.insert(0, told("stored-limits"))
        if rows or lines:
            lines.insert(0, told("stored-note"))
        self.table.setText(_table(rows))
        self.table.setAccessibleDescription("; ".join(_spoken(row) for row in rows))
        self.table.setVisible(bool(rows))
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        self.setVisible(bool(rows or lines))

    def forget(self) -> None:
        """Keep nothing of the last record."""
        self.table.clear()
        self.table.setAccessibleDescription("")
        self.lines.clear()


def told(code: str) -> str:
    """Return fixed words in the language of the interface."""
    return say(Remark(code), language())


def _table(rows: tuple[StoredRow, ...]) -> str:
    if not rows:
        return ""
    heads = [told(f"stored-head-{name}") for name in ("what", "device", "ours", "difference")]
    lines = [_line(heads, "th")]
    for row in rows:
        name, device, ours, away = _cells(row)
        lines.append(_line((name, device, ours, f"{away} !" if row.is_over else away), "th" if row.is_over else "td"))
    return f"<table cellspacing='0' width='100%'>{''.join(lines)}</table>"


def _line(cells: tuple[str, ...] | list[str], tag: str) -> str:
    first, *rest = cells
    more = "".join(f"<{tag} align='right' style='padding-left:6px'>{escape(cell)}</{tag}>" for cell in rest)
    return f"<tr><{tag} align='left'>{escape(first)}</{tag}>{more}</tr>"


def _cells(row: StoredRow) -> tuple[str, str, str, str]:
    name = say(row.told, language())
    ours = "–" if row.ours is None else f"{row.ours:.0f}{row.unit}"
    away = "" if row.difference is None else f"{round(row.difference):+d}{row.unit}".replace("+0", "0")
    return name[:1].upper() + name[1:], f"{row.device:.0f}{row.unit}", ours, away


def _spoken(row: StoredRow) -> str:
    name, device, ours, away = _cells(row)
    words = f"{name}: {told('stored-head-device')} {device}, {told('stored-head-ours')} {ours}"
    return f"{words}, {away}, {told('stored-over')}" if row.is_over else words
