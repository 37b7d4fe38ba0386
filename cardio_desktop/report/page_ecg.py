"""The page with the ECG on millimetre paper, at 25 mm/s and 10 mm/mV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.findings import Evidence, Findings
from cardio_desktop.core.label_room import LabelRoom
from cardio_desktop.core.leads import LAYOUTS, Layout, layout_for
from cardio_desktop.core.paper import BOLD_MM, FINE_MM, PULSE_ROOM_MM, PaperPlan, Strip, plan_paper
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import POINTS_PER_MM, PaperScale
from cardio_desktop.narrative.texts import class_name
from cardio_desktop.report import style
from cardio_desktop.report.calipers import draw_report_calipers
from cardio_desktop.report.ecg_room import ABOVE_MM, BELOW_MM, course, leads_outside, settled
from cardio_desktop.report.fonts import width
from cardio_desktop.report.language import Language
from cardio_desktop.report.sheet import SIZE_PT, Sheet
from cardio_desktop.report.style import RGB

SCALE = PaperScale(25.0, 10.0, POINTS_PER_MM, POINTS_PER_MM)
SHEET_S = 10.0
PAPER_MM = PULSE_ROOM_MM + SHEET_S * SCALE.speed_mm_per_s
TOP_MM = 24.0
BOTTOM_MM = 22.0
MOST_STRIPS = 12
"""More leads than this on one sheet leave less than a millivolt of room to each."""
MOST_POINTS_PER_S = 1000.0
EVIDENCE_STEPS = 16
EVIDENCE_COVER = 0.6
FAINTEST = 0.04
"""Evidence below this share of full colour is not painted: a veil over everything says nothing."""


@dataclass(frozen=True)
class EcgPage:
    """Which leads one sheet shows, from when on and where on the sheet; `layout` already fits the record.

    The traces fill `height_mm` below `top_mm`; None: what the sheet has room for. `above_mm` is how far they may leave
    the grid before they run into text. Where `is_settled`, rows make room for one another before a trace is cut, and
    `goes_on` says that what is missing stands on the next page.
    """

    layout: Layout
    start_s: float
    seconds: float
    top_mm: float = TOP_MM
    height_mm: float | None = None
    above_mm: float = ABOVE_MM
    is_settled: bool = False
    goes_on: bool = False

    def plan(self, record: Record, sheet_mm: float, rhythm_lead: str | None = None) -> PaperPlan:
        """Return where everything stands on a sheet `sheet_mm` high."""
        most_mm = sheet_mm - self.top_mm - BOTTOM_MM
        plan = plan_paper(
            self.layout,
            SCALE,
            start_s=self.start_s,
            seconds=self.seconds,
            height_mm=(most_mm if self.height_mm is None else self.height_mm) // BOLD_MM * BOLD_MM,
            available=record.traces,
            rhythm_lead=rhythm_lead if rhythm_lead in record.traces else None,
        )
        return settled(plan, record, self.above_mm) if self.is_settled else plan


def ecg_pages(record: Record, layout_id: str, start_s: float) -> list[EcgPage]:
    """Return the sheets for the ten seconds from `start_s` on: one, or more where there are too many single strips."""
    seconds = max(min(SHEET_S, record.duration_s - start_s), 0.1)
    layout = layout_for(layout_id, record.drawable, record.has_twelve, seconds)
    if layout.id in LAYOUTS or len(layout.rows) <= MOST_STRIPS:
        return [EcgPage(layout, start_s, seconds)]
    groups = [layout.rows[k : k + MOST_STRIPS] for k in range(0, len(layout.rows), MOST_STRIPS)]
    return [EcgPage(Layout("strips", layout.title, rows), start_s, seconds) for rows in groups]


def draw_ecg(
    sheet: Sheet,
    page: EcgPage,
    record: Record,
    findings: Findings,
    evidence_class: str | None,
    evidence_note: str,
    rhythm_lead: str | None = None,
    say: Language | None = None,
    calipers: Sequence[Caliper] = (),
) -> None:
    """Draw paper, evidence, pulses, traces, calipers, labels and the lines below them."""
    say = say or Language()
    left, top = (sheet.width_mm - PAPER_MM) / 2, page.top_mm
    plan = page.plan(record, sheet.height_mm, rhythm_lead)
    height_mm = plan.height_mm
    evidence = findings.evidence if evidence_class else None
    if evidence is not None and evidence_class is not None:
        _evidence(sheet, plan, evidence, evidence_class, left, top)
    _grid(sheet, left, top, height_mm)
    for strip in plan.strips:
        _label(sheet, strip, left, top)
    for strip in plan.absent:
        _label(sheet, strip, left, top, say("not in the file"))
    _pulses(sheet, plan, left, top)
    with sheet.clipped(left, top - page.above_mm, PAPER_MM, height_mm + page.above_mm + BELOW_MM):
        for strip in plan.strips:
            _trace(sheet, strip, record, left, top, say)
    _change_marks(sheet, (*plan.strips, *plan.absent), left, top)
    if evidence_class is not None:
        _beat_marks(sheet, plan, findings, evidence_class, left, top)
    room = LabelRoom(plan, lambda strip: course(record, strip)) if calipers else None
    calipers_elsewhere = draw_report_calipers(sheet, plan, calipers, left, top, say.code, room)
    below = top + height_mm + 4.2
    words = scale_line(record, page, say)
    sheet.text(left, below, words, width_mm=PAPER_MM * 0.75)
    if remark := _remark(record, page, leads_outside(plan, record, page.above_mm), calipers_elsewhere, say):
        room_mm = PAPER_MM - 5.0 - min(width(words, SIZE_PT) / POINTS_PER_MM, PAPER_MM * 0.75)
        sheet.text(left + PAPER_MM, below, remark, align="right", bold=True, width_mm=room_mm)
    if evidence is not None and evidence_class is not None:
        _legend(sheet, findings, evidence, evidence_class, evidence_note, left, below + 4.4, say)


def scale_line(record: Record, page: EcgPage, say: Language | None = None) -> str:
    """Return speed, gain, filters and the span shown, in words."""
    say = say or Language()
    shown = [record.traces[name] for name in page.layout.leads if name in record.traces]
    rates = sorted({lead.rate_hz for lead in shown})
    prefilters = sorted({channel.prefilter for lead in shown for channel, _ in lead.terms if channel.prefilter})
    parts = [
        f"{say.number(SCALE.speed_mm_per_s)} mm/s",
        f"{say.number(SCALE.gain_mm_per_mv)} mm/mV",
        say("no display filter"),
        say("{rates} Hz samples", rates=say(" and ").join(say.number(rate) for rate in rates)),
    ]
    start, end = say.number(page.start_s), say.number(round(page.start_s + page.seconds, 3))
    parts.append(
        say("{start} to {end} s of {whole} s", start=start, end=end, whole=say.number(round(record.duration_s, 3)))
    )
    parts.append(say("print at 100 %"))
    # Last: it may be long, and what is cut off must be neither the scale nor the time.
    parts += [say("recorder's filter {text}", text=text) for text in prefilters[:1]]
    return "   ".join(parts)


def _remark(record: Record, page: EcgPage, outside: Sequence[str], calipers_elsewhere: int, say: Language) -> str:
    remarks = []
    if page.goes_on:
        remarks.append(say("continued on the next page"))
    if calipers_elsewhere:
        remarks.append(say("calipers not on this sheet: {number}", number=str(calipers_elsewhere)))
    if outside:
        remarks.append(say("cut at the paper's edge: {leads}", leads=", ".join(dict.fromkeys(outside))))
    elsewhere = [name for name in record.drawable if name not in page.layout.leads and name not in ("aVR", "-aVR")]
    if elsewhere and page.layout.id in LAYOUTS:
        remarks.append(say("not on this sheet: {leads}", leads=", ".join(elsewhere)))
    return " · ".join(remarks)


def _grid(sheet: Sheet, left: float, top: float, height_mm: float) -> None:
    for step, color, line in (
        (FINE_MM, style.FINE_GRID, style.FINE_LINE_MM),
        (BOLD_MM, style.BOLD_GRID, style.BOLD_LINE_MM),
    ):
        across = [left + k * step for k in range(round(PAPER_MM / step) + 1)]
        down = [top + k * step for k in range(round(height_mm / step) + 1)]
        ends = [(x, top, x, top + height_mm) for x in across] + [(left, y, left + PAPER_MM, y) for y in down]
        sheet.lines(ends, color, line)


def _evidence(sheet: Sheet, plan: PaperPlan, evidence: Evidence, code: str, left: float, top: float) -> None:
    """Fill each bin's place, one path for each shade: colour grows linearly with the evidence."""
    full = evidence.scale(code)
    shades: dict[int, list[tuple[float, float, float, float]]] = {}
    for strip in plan.strips:
        row = evidence.trace(code, strip.lead)
        if row is None or not len(row):
            continue
        share = np.clip(row / full, -1.0, 1.0)
        steps = np.rint(np.where(np.abs(share) < FAINTEST, 0.0, share) * EVIDENCE_STEPS).astype(int)
        for begin, stop in _runs(steps):
            start_s = max(evidence.start_s + begin * evidence.bin_s, strip.start_s)
            end_s = min(evidence.start_s + stop * evidence.bin_s, strip.end_s)
            if steps[begin] and start_s < end_s:
                x = strip.x_of(start_s, plan.scale)
                box = (left + x, top + strip.top_mm, plan.scale.mm_of_s(end_s - start_s), strip.height_mm)
                shades.setdefault(int(steps[begin]), []).append(box)
    for step in sorted(shades):
        sheet.rectangles(shades[step], _shade(step))


def _shade(step: int) -> RGB:
    color = style.EVIDENCE_FOR if step > 0 else style.EVIDENCE_AGAINST
    return style.mix(color, abs(step) / EVIDENCE_STEPS * EVIDENCE_COVER)


def _runs(values: NDArray[np.int_]) -> Iterator[tuple[int, int]]:
    """Yield (begin, stop) of the stretches of one value."""
    edges = np.flatnonzero(np.diff(values)) + 1
    yield from zip([0, *edges.tolist()], [*edges.tolist(), len(values)], strict=True)


def _pulses(sheet: Sheet, plan: PaperPlan, left: float, top: float) -> None:
    for pulse in plan.pulses:
        x0, x1 = left + pulse.x_mm, left + pulse.x_mm + pulse.width_mm
        foot, head = top + pulse.baseline_mm, top + pulse.baseline_mm - pulse.height_mm
        xs = np.array([x0 - 1.5, x0, x0, x1, x1, x1 + 1.5])
        ys = np.array([foot, foot, head, head, foot, foot])
        sheet.polyline(xs, ys, style.INK, style.TRACE_MM)


def _trace(sheet: Sheet, strip: Strip, record: Record, left: float, top: float, say: Language) -> None:
    """Draw one strip and shade where it has no signal."""
    lead = record.traces[strip.lead]
    times, millivolts = course(record, strip)
    for begin, stop in _runs(np.isfinite(millivolts).astype(int)) if len(millivolts) else ():
        if np.isnan(millivolts[begin]):
            _no_signal(sheet, strip, times[begin], times[stop - 1] + 1 / lead.rate_hz, left, top, say)
            continue
        t, mv = thinned(times[begin:stop], millivolts[begin:stop], lead.rate_hz)
        y = strip.baseline_mm - SCALE.mm_of_mv(1.0) * mv
        x = strip.x_mm + SCALE.mm_of_s(1.0) * (t - strip.start_s)
        sheet.polyline(left + x, top + y, style.INK, style.TRACE_MM)


def thinned(
    times: NDArray[np.float64], millivolts: NDArray[np.float64], rate_hz: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return at most about MOST_POINTS_PER_S points a second: each block's extremes at their own times."""
    size = int(2 * rate_hz // MOST_POINTS_PER_S)
    if size <= 2:
        return times, millivolts
    count = len(times) // size
    blocks = millivolts[: count * size].reshape(count, size)
    picks = np.sort(np.stack((blocks.argmin(axis=1), blocks.argmax(axis=1)), axis=1), axis=1)
    index = np.unique((picks + size * np.arange(count)[:, None]).ravel())
    index = np.concatenate((index, np.arange(count * size, len(times))))
    return times[index], millivolts[index]


def _no_signal(
    sheet: Sheet, strip: Strip, start_s: float, end_s: float, left: float, top: float, say: Language
) -> None:
    """Shade a stretch without samples: empty paper could be taken for a flat line."""
    x, wide = left + strip.x_of(start_s, SCALE), SCALE.mm_of_s(min(end_s, strip.end_s) - start_s)
    tall = min(strip.height_mm, 10.0)
    sheet.rectangles([(x, top + strip.baseline_mm - tall / 2, max(wide, 0.2), tall)], style.GAP)
    if wide > 16:
        middle = top + strip.baseline_mm + 1.0
        sheet.text(x + wide / 2, middle, say("no signal"), align="center", color=style.NOTE, size_pt=7)


def _label(sheet: Sheet, strip: Strip, left: float, top: float, remark: str = "") -> None:
    x, y = left + strip.x_mm, top + strip.top_mm
    sheet.text(x + 1.2, y + 3.6, strip.lead, size_pt=9, bold=True, width_mm=strip.width_mm - 2)
    if remark:
        sheet.text(x + 1.2, top + strip.baseline_mm, remark, size_pt=7, color=style.NOTE, width_mm=strip.width_mm - 2)


def _change_marks(sheet: Sheet, strips: Sequence[Strip], left: float, top: float) -> None:
    """Mark each change of lead by two short strokes around the zero line, as on hospital prints."""
    ends = []
    for strip in strips:
        if strip.continues:
            x, middle = left + strip.x_mm, top + strip.baseline_mm
            ends += [(x, middle - 5, x, middle - 2.5), (x, middle + 2.5, x, middle + 5)]
    if ends:
        sheet.lines(ends, style.INK, style.TRACE_MM)


def _beat_marks(sheet: Sheet, plan: PaperPlan, findings: Findings, code: str, left: float, top: float) -> None:
    tips = []
    for beat in findings.flagged:
        leads = {flag.lead for flag in beat.flags if flag.code == code}
        for strip in plan.strips_at_time(beat.time_s):
            if leads and (strip.rhythm or strip.lead.removeprefix("-") in leads):
                tips.append((left + strip.x_of(beat.time_s, SCALE), top + strip.top_mm + 2.2))
    if tips:
        sheet.triangles(tips, 1.1, style.MARK)


def _legend(
    sheet: Sheet, findings: Findings, evidence: Evidence, code: str, note: str, left: float, y: float, say: Language
) -> None:
    name = class_name(code, say.code)
    chance = f" ({say.words.percent(findings.prediction.probability(code))})" if findings.prediction else ""
    x = left
    for step, words in ((EVIDENCE_STEPS, say("speaks for it")), (-EVIDENCE_STEPS, say("speaks against it"))):
        sheet.rectangles([(x, y - 2.3, 4.0, 2.6)], _shade(step))
        sheet.text(x + 5.0, y, words, size_pt=7.5)
        x += 5.0 + width(words, 7.5) / POINTS_PER_MM + 4.0
    if findings.flagged:
        words = say("beat with network evidence")
        sheet.triangles([(x + 1.2, y - 0.2)], 1.1, style.MARK)
        sheet.text(x + 3.2, y, words, size_pt=7.5)
        x += 3.2 + width(words, 7.5) / POINTS_PER_MM + 4.0
    full = f"{evidence.scale(code):.2g}".replace(".", say.words.decimal)
    words = say(
        "Evidence of the network for {name}{chance}, each lead its own; full colour is {full} logits in {ms} ms.",
        name=name,
        chance=chance,
        full=full,
        ms=f"{1000 * evidence.bin_s:.0f}",
    )
    sheet.text(x, y, words, size_pt=7.5, width_mm=left + PAPER_MM - x)
    if note:
        sheet.text(x, y + 3.8, note, size_pt=7.5, width_mm=left + PAPER_MM - x)
