"""What the recorder stored, as a block of its own: its numbers beside ours, its words as they are."""

from __future__ import annotations

from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.core.stored_told import StoredRow, stored_remarks, stored_rows
from cardio_desktop.report import style
from cardio_desktop.report.blocks import Block, heading, paragraph, table_row, together
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.words import Remark

SHARES = (0.40, 0.18, 0.20, 0.22)
"""Widths of name, recorder's number, ours and the difference."""


def stored_blocks(
    record: Record, findings: Findings, identity: Identity, width_mm: float, say: Language
) -> list[Block]:
    """Return the block, empty where the file stores nothing beside the trace."""
    if not record.stored:
        return []
    rows, remarks = stored_rows(record.stored, findings.measurements), stored_remarks(record.stored)
    if not rows and not remarks:
        return []
    blocks = heading(say.remark(Remark("stored-title")), width_mm)
    if rows:
        widths = tuple(share * width_mm for share in SHARES)
        head = tuple(say.remark(Remark(f"stored-head-{name}")) for name in ("what", "device", "ours", "difference"))
        blocks += table_row(head, widths, bold=True)
        table: list[Block] = []
        for row in rows:
            table += table_row(_cells(row, say), widths, bold_cells=(row.is_over,) * 4)
        blocks += together(table)
        if any(row.is_over for row in rows):
            blocks += paragraph(say.remark(Remark("stored-limits")), width_mm, size_pt=6.5, color=style.NOTE)
    for remark in remarks:
        blocks += paragraph(identity.scrub(say.remark(remark)), width_mm, size_pt=7.5, after_mm=0.4)
    return blocks


def _cells(row: StoredRow, say: Language) -> tuple[str, str, str, str]:
    """Return name, both numbers and their difference, with a mark that needs no bold letters to be seen."""
    name = say.remark(row.told)
    name = name[:1].upper() + name[1:]
    ours = "–" if row.ours is None else f"{say.number(row.ours, 0)}{row.unit}"
    away = "" if row.difference is None else f"{say.number(row.difference, 0)}{row.unit}"
    if row.difference is not None and round(row.difference) > 0:
        away = f"+{away}"
    return name, f"{say.number(row.device, 0)}{row.unit}", ours, f"{away} !" if row.is_over else away
