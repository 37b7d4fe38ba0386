"""The page of measurements: median beats at 50 mm/s with the marks they were measured at, intervals, voltages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cardio_desktop.core.findings import Findings, Measurements, MedianBeat
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.paper import BOLD_MM, FINE_MM
from cardio_desktop.core.quantities import LEAD_QUANTITIES, LeadQuantity
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import POINTS_PER_MM, PaperScale
from cardio_desktop.narrative.measured import measured_rows
from cardio_desktop.report import style
from cardio_desktop.report.blocks import HEADING_BASE_MM, Block, heading, paragraph, table_row, unsplit_ends
from cardio_desktop.report.language import Language
from cardio_desktop.report.sheet import Sheet
from cardio_desktop.words.writing import capital

SPEED_MM_PER_S = 50.0
GAINS_MM_PER_MV = (10.0, 5.0, 2.5)
"""The usual gain, and those for beats that would leave their cell."""
CELL_MM = (45.0, 35.0)
GAP_MM = 2.0
CAPTION_MM = 6.0
BEFORE_S = 0.3
"""How much is shown before the R peak where P begins later than this."""
ROUND_P_S = 0.06
ORDER = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"))
MARKS = ("p_onset", "p_offset", "qrs_onset", "qrs_offset", "t_offset")
LABEL_MM = 22.0
ROW_MM = 4.0


def has_page(findings: Findings) -> bool:
    """Return whether there is enough for a page of its own: median beats with voltages."""
    return findings.median is not None and bool(findings.measurements.leads)


def scale_of(median: MedianBeat) -> PaperScale:
    """Return the scale of all cells: 50 mm/s, and 10 mm/mV unless a lead is too tall for its cell."""
    known = median.samples_mv[:, np.isfinite(median.samples_mv).all(axis=0)]
    tallest = float(np.ptp(known, axis=1).max()) if known.size else 0.0
    room = CELL_MM[1] - 2.0
    gain = next((g for g in GAINS_MM_PER_MV if tallest * g <= room), GAINS_MM_PER_MV[-1])
    return PaperScale(SPEED_MM_PER_S, gain, POINTS_PER_MM, POINTS_PER_MM)


def draw_measurements(
    sheet: Sheet, record: Record, findings: Findings, say: Language, left: float, top: float, width: float
) -> None:
    """Draw the whole page below `top`, `width` wide."""
    median = findings.median
    assert median is not None
    scale = scale_of(median)
    grid_mm = 4 * CELL_MM[0] + 3 * GAP_MM
    _caption(sheet, median, scale, say, left, top, grid_mm)
    for row, leads in enumerate(ORDER):
        for column, lead in enumerate(leads):
            x = left + column * (CELL_MM[0] + GAP_MM)
            y = top + CAPTION_MM + row * (CELL_MM[1] + GAP_MM)
            _cell(sheet, median, scale, lead, say, x, y, known=lead in record.leads)
    table_left = left + grid_mm + 5.0
    y = top + 3.6 - HEADING_BASE_MM  # the heading on one line with the caption
    for block in measurement_blocks(record, findings, say, left + width - table_left):
        block.draw(sheet, table_left, y)
        y += block.height_mm
    below = top + CAPTION_MM + 3 * (CELL_MM[1] + GAP_MM) + 2.0
    _voltages(sheet, findings.measurements, say, left, below, width)


def _caption(
    sheet: Sheet, median: MedianBeat, scale: PaperScale, say: Language, left: float, top: float, width: float
) -> None:
    words = say(
        "Median of {beats} beats, {speed} mm/s, {gain} mm/mV",
        beats=median.beats,
        speed=say.number(scale.speed_mm_per_s),
        gain=say.number(scale.gain_mm_per_mv),
    )
    sheet.text(left, top + 3.6, words, size_pt=9.5, bold=True, width_mm=0.52 * width)
    note = say("dotted lines: P onset and end, QRS onset and J point, T end")
    sheet.text(left + width, top + 3.6, note, size_pt=7, align="right", color=style.NOTE, width_mm=0.47 * width)


def _cell(
    sheet: Sheet,
    median: MedianBeat,
    scale: PaperScale,
    lead: str,
    say: Language,
    left: float,
    top: float,
    known: bool,
) -> None:
    """Draw one lead's median beat on millimetre paper, R at the same place in every cell."""
    wide, high = CELL_MM
    _paper(sheet, left, top)
    sheet.text(left + 1.0, top + 3.4, lead, size_pt=8.5, bold=True)
    if lead not in median.leads:
        words = say("not measured") if known else say("not in the file")
        sheet.text(left + wide / 2, top + high / 2, words, size_pt=7, align="center", color=style.NOTE)
        return
    start_s = shown_from_s(median)
    samples = median.of(lead).astype(np.float64)
    times = (np.arange(len(samples)) - median.zero) / median.rate_hz
    inside = (times >= start_s) & (times <= start_s + scale.s_of_mm(wide)) & np.isfinite(samples)
    if not inside.any():
        return
    highest, lowest = (scale.mm_of_mv(float(end)) for end in (samples[inside].max(), samples[inside].min()))
    base = _base_mm(highest, lowest, high)
    x = left + scale.mm_of_s(1.0) * (times[inside] - start_s)
    y = top + base - scale.mm_of_mv(1.0) * samples[inside]
    with sheet.clipped(left, top, wide, high):
        for name in MARKS:
            if (at := median.marks_s.get(name)) is not None:
                place = left + scale.mm_of_s(at - start_s)
                sheet.dotted(place, top + 4.5, top + high, style.MARK, 0.2)
        sheet.polyline(x, y, style.INK, style.TRACE_MM)


def shown_from_s(median: MedianBeat) -> float:
    """Return where the cells begin, in seconds from the R peak: a little before P."""
    onset = median.marks_s.get("p_onset", -BEFORE_S + ROUND_P_S)
    return max(min(-BEFORE_S, onset - ROUND_P_S), -median.zero / median.rate_hz)


def _base_mm(highest: float, lowest: float, room: float) -> float:
    """Return where 0 mV lies below the cell's top, on a bold line, so that the beat stands in the middle."""
    middle = (room + highest + lowest) / 2.0
    return min(max(round(middle / BOLD_MM) * BOLD_MM, BOLD_MM), room - BOLD_MM)


def _paper(sheet: Sheet, left: float, top: float) -> None:
    wide, high = CELL_MM
    for step, color, line in (
        (FINE_MM, style.FINE_GRID, style.FINE_LINE_MM),
        (BOLD_MM, style.BOLD_GRID, style.BOLD_LINE_MM),
    ):
        across = [left + k * step for k in range(round(wide / step) + 1)]
        down = [top + k * step for k in range(round(high / step) + 1)]
        ends = [(x, top, x, top + high) for x in across] + [(left, y, left + wide, y) for y in down]
        sheet.lines(ends, color, line)


def measurement_blocks(record: Record, findings: Findings, say: Language, width_mm: float) -> list[Block]:
    """Return the table of rate, intervals and axes with uncertainty and limits."""
    blocks = heading(
        say("Measurements, {start} to {end} s", start=say.number(findings.start_s), end=say.number(findings.end_s)),
        width_mm,
    )
    widths = (0.38 * width_mm, 0.30 * width_mm, 0.32 * width_mm)
    rows, limited = list[Block](), False
    for row in measured_rows(findings.measurements, say.code, record.patient.sex):
        if row.limits:
            limited = True
            rows += table_row((row.name, row.value, row.limits), widths)
        else:  # a reason needs more room than a number
            told = row.value if row.reason is None else f"– ({say.remark(row.reason)})"
            rows += table_row((row.name, told), (widths[0], width_mm - widths[0]))
    if findings.rhythm is not None:
        # The statement is long: over the whole width.
        text = capital(say.remark(findings.rhythm.remark))
        rows += table_row((say("Rhythm"), text), (widths[0], width_mm - widths[0]))
    if limited:
        blocks += table_row(("", "", say("limit")), widths, bold=True)
    blocks += unsplit_ends(rows)
    if findings.measurements.uncertainty_ms:
        note = say("± is one standard deviation of the measurement.")
        blocks += paragraph(note, width_mm, size_pt=6.5, color=style.NOTE)
    return blocks


def _voltages(sheet: Sheet, found: Measurements, say: Language, left: float, top: float, width: float) -> None:
    """Draw the voltages of every lead: waves down, leads across."""
    block = heading(say("Voltages in mV against the PR baseline"), width)[0]
    block.draw(sheet, left, top)
    y = top + block.height_mm
    step = (width - LABEL_MM) / len(LEADS12)
    ends = [left + LABEL_MM + (k + 1) * step - 2.0 for k in range(len(LEADS12))]
    for lead, x in zip(LEADS12, ends, strict=True):
        sheet.text(x, y + 3.0, lead, size_pt=7.5, bold=True, align="right")
    for item in LEAD_QUANTITIES:
        y += ROW_MM
        sheet.text(left, y + 3.0, item.name(say.code), size_pt=7.5, bold=True)
        for text, x in zip(_row(found, item, say), ends, strict=True):
            sheet.text(x, y + 3.0, text, size_pt=7.5, align="right")
    sheet.lines([(left, y + ROW_MM, left + width, y + ROW_MM)], style.FAINT, 0.2)


def _row(found: Measurements, item: LeadQuantity, say: Language) -> Sequence[str]:
    values = [item.value((found.leads or {}).get(lead)) for lead in LEADS12]
    return ["–" if value is None else say.words.number(value, item.digits) for value in values]
