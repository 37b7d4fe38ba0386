"""The line of what is critical, on top of every page."""

from __future__ import annotations

from cardio_desktop.core.events import worst_of_each
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.narrative.critical import event_remark
from cardio_desktop.report import fonts
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.words.writing import capital

SIZES_PT = (8.0, 7.5, 7.0, 6.5)
"""Tried one after the other until the line has room."""


def critical_line(findings: Findings, who: Identity, say: Language, width_mm: float) -> tuple[str, float]:
    """Return what is critical, each kind once with how often it is there, and the size of its letters.

    The line may still be longer than `width_mm`; without anything critical it is empty.
    """
    if not findings.critical:
        return "", SIZES_PT[0]
    parts = []
    for event, count in worst_of_each(findings.critical):
        many = f" (×{count})" if count > 1 else ""
        parts.append(f"{capital(say.remark(event_remark(event)))}{many}")
    told = who.scrub(f"{say('Critical')}: {' · '.join(parts)}")
    room = (width_mm - 2.0) * POINTS_PER_MM
    fitting = (size for size in SIZES_PT if fonts.width(fonts.drawable(told), size, True) <= room)
    return told, next(fitting, SIZES_PT[-1])
