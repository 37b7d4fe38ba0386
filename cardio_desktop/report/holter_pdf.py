"""The Holter report as PDF: the table, trends and variability, and a strip at 25 mm/s of the worst of each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from cardio_desktop import __version__
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.holter import Extreme, Holter
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Lead, Record
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.narrative import texts as fixed
from cardio_desktop.report import fonts, style
from cardio_desktop.report.blocks import Block, paragraph, space, table_row
from cardio_desktop.report.holter_plots import Box, draw_histogram, draw_rates, draw_scatter, draw_st
from cardio_desktop.report.holter_text import (
    COLUMNS,
    cell,
    clock,
    extreme_words,
    limits_remark,
    problem_remarks,
    stretch_remark,
    variability_words,
)
from cardio_desktop.report.identity import Identity, identity
from cardio_desktop.report.language import Language
from cardio_desktop.report.page_ecg import thinned
from cardio_desktop.report.sheet import PAPER_SIZES_MM, Sheet, binary_streams
from cardio_desktop.words import Remark

SIDE_MM, TOP_MM, BOTTOM_MM = 12.0, 22.0, 16.0
MM_PER_S, MM_PER_MV = 25.0, 10.0
STRIP_MM, CAPTION_MM = 30.0, 6.0
"""The height of one lead of a strip, and of the words above it."""
MOST_LEADS = 3
SHOWN_FIRST = ("II", "MLII", "V5", "V1")
"""Leads of a strip where the recording has them: the rhythm, ischaemia, the atria."""
TIME_MM = 26.0
"""The first column of the table."""
TIERS = {tier.value: tier for tier in Tier}
WORST = (Tier.HIGH, Tier.MODERATE, Tier.LOW, Tier.NOT_ASSESSED)


def holter_pdf(
    record: Record,
    found: Holter,
    *,
    created: datetime,
    paper: str = "a4",
    language: str = "en",
    deidentify: bool = False,
    progress: Progress | None = None,
) -> bytes:
    """Return the report; the same reading and `created` give the same bytes. Raises ReportError for a language."""
    from reportlab.pdfgen.canvas import Canvas

    say = Language(language)
    wide, high = PAPER_SIZES_MM[paper]
    who = identity(record, created, deidentify, say)
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(wide * POINTS_PER_MM, high * POINTS_PER_MM),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.font(),
        lang=language,
    )
    canvas.setTitle(who.title)
    canvas.setAuthor("Cardio Desktop")
    canvas.setCreator(f"Cardio Desktop {__version__}")
    canvas.setSubject(fixed.disclaimer(say.code))
    canvas.setViewerPreference("PrintScaling", "None")
    sheet = Sheet(canvas, wide, high)
    job = _Job(sheet, record, found, who, say, deidentify)
    pages = [*job.table_pages(), job.trends, *job.strip_pages()]
    for number, draw in enumerate(pages, start=1):
        job.frame(number, len(pages))
        draw()
        canvas.showPage()
        if progress is not None:
            progress(100.0 * number / len(pages))
    with binary_streams():
        canvas.save()
    return target.getvalue()


@dataclass(frozen=True)
class _Job:
    """One report while it is drawn."""

    sheet: Sheet
    record: Record
    found: Holter
    who: Identity
    say: Language
    deidentify: bool

    def frame(self, number: int, total: int) -> None:
        """Draw what stands on every page."""
        sheet, say = self.sheet, self.say
        right, width = sheet.width_mm - SIDE_MM, sheet.width_mm - 2 * SIDE_MM
        if self.record.simulated:
            sheet.watermark(say("SIMULATED"), style.WATERMARK)
        head = f"{say.remark(Remark('holter-title'))}: {self.who.name}"
        sheet.text(SIDE_MM, 11.0, head, size_pt=11, bold=True, width_mm=0.6 * width)
        sheet.text(right, 11.0, self.who.details, size_pt=9, align="right", width_mm=0.38 * width)
        recorded = Remark("holter-recorded", {"when": self.who.recorded, "file": self.who.file})
        sheet.text(SIDE_MM, 15.5, say.remark(recorded), width_mm=0.6 * width)
        stretch = say.remark(stretch_remark(self.record, self.found, deidentify=self.deidentify))
        sheet.text(right, 15.5, stretch, align="right", width_mm=0.38 * width)
        sheet.lines([(SIDE_MM, 18.0, right, 18.0)], style.FAINT, 0.2)
        base = sheet.height_mm - 7.0
        sheet.lines([(SIDE_MM, base - 4.0, right, base - 4.0)], style.FAINT, 0.2)
        sheet.text(SIDE_MM, base, fixed.disclaimer(say.code), size_pt=7.5, bold=True, width_mm=0.66 * width)
        page = say("Page {number} of {total}", number=number, total=total)
        sheet.text(right, base, f"Cardio Desktop {__version__}   {page}", size_pt=7.5, align="right")

    # Pages ------------------------------------------------------------------------------------------------------

    def table_pages(self) -> list[Callable[[], None]]:
        """Return what draws the table and the notes below it, on as many pages as they need."""
        found, say = self.found, self.say
        width = self.sheet.width_mm - 2 * SIDE_MM
        widths = [TIME_MM, *[(width - TIME_MM) / len(COLUMNS)] * len(COLUMNS)]
        titles = [say.remark(Remark("column-time")), *(say.remark(Remark(code)) for code, _ in COLUMNS)]
        head = table_row(titles, widths, bold=True)
        total = [say.remark(Remark("column-all")), *(cell(found.total, name, say) for _, name in COLUMNS)]
        parts = [table_row(total, widths, bold_cells=[True] * len(total))]
        for hour in found.hours:
            when = clock(self.record, hour.start_s, seconds=False, deidentify=self.deidentify)
            parts.append(table_row([when, *(cell(hour, name, say) for _, name in COLUMNS)], widths))
        parts.append([space(3.0)])
        parts += [[block] for block in self._notes(width)]
        room = self.sheet.height_mm - TOP_MM - BOTTOM_MM - _height(head)
        pages: list[list[Block]] = [[]]
        for part in parts:
            if _height(pages[-1]) + _height(part) > room:
                pages.append([])
            pages[-1] += part
        return [partial(self._stack, [*head, *page]) for page in pages]

    def _stack(self, blocks: Sequence[Block]) -> None:
        y = TOP_MM
        for block in blocks:
            block.draw(self.sheet, SIDE_MM, y)
            y += block.height_mm

    def _notes(self, width: float) -> list[Block]:
        """Return what stands below the table: what was counted as what, the network, variability, the worst."""
        found, say = self.found, self.say
        blocks: list[Block] = []
        for item in found.extremes:
            blocks += paragraph(extreme_words(self.record, item, say, deidentify=self.deidentify), width, after_mm=0)
        blocks.append(space(2.0))
        blocks += paragraph(say.remark(Remark("holter-variability")), width, bold=True, after_mm=0)
        if found.no_variability is not None:
            words = say.remark(Remark("holter-no-variability", {"because": found.no_variability}))
        else:
            words = " · ".join(variability_words(found, say))
        blocks += paragraph(words, width, after_mm=2.0)
        blocks += paragraph(self._opinion(), width, after_mm=2.0)
        for problem in problem_remarks(self.record, found, deidentify=self.deidentify):
            blocks += paragraph(self.who.scrub(say.remark(problem)), width, color=style.ALERT, after_mm=0)
        notes = [say.remark(limits_remark(found))]
        if found.limits.premature:
            notes.append(say.remark(Remark("holter-premature", {"percent": 100.0 * found.limits.premature})))
        notes.append(say.remark(Remark("holter-not-all")))
        for note in notes:
            blocks += paragraph(note, width, color=style.NOTE, size_pt=7.5, after_mm=0)
        return blocks

    def _opinion(self) -> str:
        """Return the worst tier of all pieces, and where each pathology is likeliest."""
        say, spans = self.say, self.found.opinions
        tiers = {TIERS[span.tier] for span in spans if span.tier in TIERS}
        if not tiers - {Tier.NOT_ASSESSED}:
            return say.remark(Remark("holter-no-opinion" if spans else "holter-measure-only"))
        worst = next(tier for tier in WORST if tier in tiers)
        named = fixed.tier_name(worst, say.code)
        words = say.remark(Remark("holter-network", {"tier": named}))
        likely = max((span for span in spans if span.code is not None), key=lambda span: span.probability or 0.0)
        values = {
            "what": fixed.class_name(likely.code or "", say.code),
            "percent": 100.0 * (likely.probability or 0.0),
            "at": clock(self.record, likely.start_s, seconds=False, deidentify=self.deidentify),
        }
        return f"{words}. {say.remark(Remark('holter-network-at', values))}."

    def trends(self) -> None:
        """Draw the rate and ST along the time, and how RR intervals are spread."""
        found, say, sheet = self.found, self.say, self.sheet
        width = sheet.width_mm - 2 * SIDE_MM
        high = (sheet.height_mm - TOP_MM - BOTTOM_MM - 3 * CAPTION_MM - 9.0) / 3
        y = TOP_MM + CAPTION_MM
        hours = partial(clock, self.record, seconds=False, deidentify=self.deidentify)
        sheet.text(SIDE_MM, y - 2.2, say.remark(Remark("holter-rate")), bold=True)
        draw_rates(sheet, Box(SIDE_MM, y, width, high), found, hours)
        y += high + CAPTION_MM + 4.0
        sheet.text(SIDE_MM, y - 2.2, say.remark(Remark("holter-st")), bold=True)
        draw_st(sheet, Box(SIDE_MM, y, width, high), found, hours, say)
        y += high + CAPTION_MM + 4.0
        half = (width - 10.0) / 2
        sheet.text(SIDE_MM, y - 2.2, say.remark(Remark("holter-histogram")), bold=True)
        draw_histogram(sheet, Box(SIDE_MM, y, half, high), found)
        sheet.text(SIDE_MM + half + 10.0, y - 2.2, say.remark(Remark("holter-scatter")), bold=True)
        draw_scatter(sheet, Box(SIDE_MM + half + 10.0, y, min(half, high * 1.6), high), found)

    def strip_pages(self) -> list[Callable[[], None]]:
        """Return what draws the strips of the worst of each kind."""
        leads = shown_leads(self.record)
        if not leads:
            return []
        one = CAPTION_MM + STRIP_MM * len(leads) + 4.0
        each = max(int((self.sheet.height_mm - TOP_MM - BOTTOM_MM) // one), 1)
        found = self.found.extremes
        return [partial(self._strips, found[k : k + each], leads, one) for k in range(0, len(found), each)]

    def _strips(self, items: Sequence[Extreme], leads: Sequence[tuple[str, Lead]], one: float) -> None:
        width = self.sheet.width_mm - 2 * SIDE_MM
        lasts_s = width / MM_PER_S
        for k, item in enumerate(items):
            top = TOP_MM + k * one
            words = extreme_words(self.record, item, self.say, deidentify=self.deidentify)
            scale = f"{MM_PER_S:g} mm/s, {MM_PER_MV:g} mm/mV"
            self.sheet.text(SIDE_MM, top + 4.0, words, size_pt=9, bold=True, width_mm=0.7 * width)
            right = SIDE_MM + width
            self.sheet.text(right, top + 4.0, scale, color=style.NOTE, align="right", width_mm=0.28 * width)
            start_s = _first_shown(item, lasts_s, self.record.duration_s)
            for row, (name, lead) in enumerate(leads):
                box = Box(SIDE_MM, top + CAPTION_MM + row * STRIP_MM, width, STRIP_MM)
                self._strip(box, name, lead, start_s, lasts_s, item)

    def _strip(self, box: Box, name: str, lead: Lead, start_s: float, lasts_s: float, item: Extreme) -> None:
        sheet = self.sheet
        grid(sheet, box)
        low, high = (box.left + MM_PER_S * (at - start_s) for at in (item.start_s, item.end_s))
        low, high = max(low, box.left), min(high, box.left + box.width)
        if high > low:
            sheet.rectangles([(low, box.top + box.height - 1.0, high - low, 1.0)], style.MARK)
        first_s, mv = lead.between(start_s, min(start_s + lasts_s, self.record.duration_s))
        known = np.isfinite(mv)
        with sheet.clipped(box.left, box.top, box.width, box.height):
            if known.any():
                times = first_s + np.arange(mv.size) / lead.rate_hz
                # Baselines drift: the whole of the strip is brought between its edges where that can be.
                middle = float(np.mean([mv[known].min(), mv[known].max()]))
                for a, b in _runs(known):
                    t, v = thinned(times[a:b], mv[a:b], lead.rate_hz)
                    x = box.left + MM_PER_S * (t - start_s)
                    y = box.top + 0.5 * box.height - MM_PER_MV * (v - middle)
                    sheet.polyline(x, y, style.INK, style.TRACE_MM)
                if MM_PER_MV * np.ptp(mv[known]) > box.height:
                    words = self.say("cut at the paper's edge: {leads}", leads=name)
                    right = box.left + box.width - 1.2
                    sheet.text(right, box.top + 4.0, words, size_pt=7, color=style.NOTE, align="right")
        sheet.text(box.left + 1.2, box.top + 4.0, name, size_pt=9, bold=True)


def grid(sheet: Sheet, box: Box) -> None:
    """Draw the paper's millimetres."""
    for step, color, line in ((1.0, style.FINE_GRID, style.FINE_LINE_MM), (5.0, style.BOLD_GRID, style.BOLD_LINE_MM)):
        ends = [
            (box.left + x, box.top, box.left + x, box.top + box.height)
            for x in np.arange(0.0, box.width + 1e-6, step).tolist()
        ]
        ends += [
            (box.left, box.top + y, box.left + box.width, box.top + y)
            for y in np.arange(0.0, box.height + 1e-6, step).tolist()
        ]
        sheet.lines(ends, color, line)


def shown_leads(record: Record) -> list[tuple[str, Lead]]:
    """Return the leads of a strip: the customary ones that there are, else the first ones."""
    stored = {name: lead for name, lead in record.leads.items() if lead.stored}
    leads = {**stored, **record.other_ecg}
    order = [*(name for name in SHOWN_FIRST if name in leads), *(name for name in leads if name not in SHOWN_FIRST)]
    return [(name, leads[name]) for name in order[:MOST_LEADS]]


def _first_shown(item: Extreme, lasts_s: float, duration_s: float) -> float:
    """Return where a strip begins: what it shows in the middle, from a little before where it is longer."""
    length = item.end_s - item.start_s
    start_s = item.start_s - 1.0 if length > lasts_s - 2.0 else (item.start_s + item.end_s - lasts_s) / 2
    return float(max(min(start_s, duration_s - lasts_s), 0.0))


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height_mm for block in blocks)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
