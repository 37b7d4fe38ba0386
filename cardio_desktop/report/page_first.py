"""The first page: who, what was measured, what the reader concludes, what the program says, the trace, who signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cardio_desktop.core.findings import Findings
from cardio_desktop.core.leads import LAYOUTS, SHORTEST_COLUMN_S, Layout
from cardio_desktop.core.paper import BOLD_MM
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts, style
from cardio_desktop.report.blocks import Block
from cardio_desktop.report.critical import critical_line
from cardio_desktop.report.ecg_room import ABOVE_MM, leads_outside
from cardio_desktop.report.head import SIDE_MM, Head
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.report.options import ReportOptions
from cardio_desktop.report.page_ecg import EcgPage, draw_ecg, ecg_pages
from cardio_desktop.report.rows import blocks_of, fitting, rows
from cardio_desktop.report.sheet import Sheet, line_height_mm
from cardio_desktop.report.signing import Told, machine_row, readers_rows, signature_lines
from cardio_desktop.report.strip_of_values import HEIGHT_MM as VALUES_MM
from cardio_desktop.report.strip_of_values import cells, draw_strip, notes

LETTERHEAD_MM = 16.0
LOGO_MM = (60.0, 12.0)
HEAD_MM = 8.0
"""Where the patient begins: below what is critical."""
PATIENT_MM = 11.2
NOTE_PT = 7.0
MOST_MACHINE_LINES = 4
LEAST_TRACE_MM = 95.0
"""Height that the traces keep whatever has to be said above them."""
MOST_ROW_MM, MOST_ALONE_MM = 32.5, 60.0
MOST_ROWS = 6
BELOW_TRACE_MM = 6.0
SIGNED_MM = 18.0
FOOT_MM = 12.5
SIGNED_LINES = 3
LONG_S = 1000.0


@dataclass(frozen=True)
class FirstPage:
    """The first page as it is laid out: what it tells and shows, and what has to go on behind it."""

    record: Record
    findings: Findings
    options: ReportOptions
    who: Identity
    say: Language
    head: Head
    ecg: EcgPage
    shown: tuple[Block, ...]
    rest: tuple[Block, ...]
    """What the page has no room for."""
    sheets: tuple[EcgPage, ...]
    """The sheets that show what is not on the page: other leads, another layout, traces that leave the paper."""
    width_mm: float
    height_mm: float

    def draw(self, sheet: Sheet) -> None:
        """Draw everything but what stands on every page."""
        top = HEAD_MM
        if self.options.letterhead is not None:
            self._letterhead(sheet, top)
            top += LETTERHEAD_MM
        self.head.draw(sheet, SIDE_MM, top)
        y = top + PATIENT_MM
        width = self.width_mm - 2 * SIDE_MM
        sheet.lines([(SIDE_MM, y, SIDE_MM + width, y)], style.FAINT, 0.2)
        draw_strip(sheet, cells(self.record, self.findings, self.findings.measurements, self.say), SIDE_MM, y, width)
        y += VALUES_MM
        for block in self.shown:
            block.draw(sheet, SIDE_MM, y)
            y += block.height_mm
        options = self.options
        draw_ecg(sheet, self.ecg, self.record, self.findings, None, "", options.rhythm_lead, self.say, options.calipers)
        self._signatures(sheet)

    def _letterhead(self, sheet: Sheet, top: float) -> None:
        head = self.options.letterhead
        assert head is not None
        x = SIDE_MM
        if head.logo:
            wide, high = head.logo_size
            scale = min(LOGO_MM[0] / wide, LOGO_MM[1] / high)
            sheet.picture(head.logo, x, top, wide * scale, high * scale)
            x += wide * scale + 4.0
        room = self.width_mm - SIDE_MM - x
        sheet.text(x, top + 4.2, head.clinic, size_pt=12, bold=True, width_mm=room)
        y = top + (7.6 if head.clinic else 3.0)
        step = min(3.2, (LETTERHEAD_MM - (y - top) - 1.5) / max(len(head.lines) - 1, 1))
        for k, line in enumerate(head.lines):
            sheet.text(x, y + k * step, line, size_pt=min(7.5, 2.4 * step), color=style.NOTE, width_mm=room)

    def _signatures(self, sheet: Sheet) -> None:
        """Write who signed, and leave a line for a hand."""
        say = self.say
        top = self.height_mm - FOOT_MM - SIGNED_MM + 4.0
        lines = signature_lines(self.options.concluded, self.who, say)
        right = self.width_mm - SIDE_MM
        if lines:
            sheet.text(SIDE_MM, top + 1.2, say("Signed electronically by"), size_pt=6.5, color=style.NOTE)
            room = 0.62 * (right - SIDE_MM)
            for k, line in enumerate(self._signed_lines(lines)):
                sheet.text(SIDE_MM, top + 5.0 + 3.7 * k, line, size_pt=8, width_mm=room)
            fields = [(right - 72.0, right, say("Signature"))]
        else:
            bounds = [SIDE_MM + share * (right - SIDE_MM) for share in (0.0, 0.29, 0.51, 0.7, 1.0)]
            names = (say("Name"), say("Role"), say("Date and time"), say("Signature"))
            fields = [
                (a, b - (4.0 if b < right else 0.0), n) for a, b, n in zip(bounds, bounds[1:], names, strict=False)
            ]
        base = top + 9.5
        for left, end, name in fields:
            sheet.lines([(left, base, end, base)], style.NOTE, 0.2)
            sheet.text(left, base + 2.9, name, size_pt=6.5, color=style.NOTE)

    def _signed_lines(self, lines: Sequence[str]) -> list[str]:
        if len(lines) <= SIGNED_LINES:
            return list(lines)
        return [*lines[: SIGNED_LINES - 1], self.say("… continued on the next page")]


def lay_out(
    record: Record,
    findings: Findings,
    options: ReportOptions,
    who: Identity,
    say: Language,
    start_s: float,
    size_mm: tuple[float, float],
) -> FirstPage:
    """Return the first page with as much of what readers say as leaves the trace its room, and what must follow."""
    width, height = size_mm[0] - 2 * SIDE_MM, size_mm[1]
    whole = ecg_pages(record, options.layout, start_s)
    layout = _layout(whole[0].layout, options.layout, whole[0].seconds)
    count = len(layout.rows) + len(layout.rhythm)
    bottom = height - FOOT_MM - SIGNED_MM - BELOW_TRACE_MM
    top = HEAD_MM + PATIENT_MM + VALUES_MM + (LETTERHEAD_MM if options.letterhead is not None else 0.0)
    room = bottom - top - LEAST_TRACE_MM
    told = _notes(notes(record, findings, options.recount, whole[0].seconds, say), width)
    told += _where(record, whole[0], who, say, width)
    machine = rows([machine_row(findings, options.concluded, options.scope, who, say)], width)
    kept, late = machine[:MOST_MACHINE_LINES], machine[MOST_MACHINE_LINES:]
    room -= sum(block.height_mm for block in (*told, *blocks_of(kept)))
    first_told, *others = readers_rows(options.conclusion, options.opinions, who, say)
    readers = rows((first_told, *_urgent(findings, who, say, width), *others), width)
    head = Head(record, options, who, say, width)
    late += rows(_missing_from_head(head, options, who, say), width)
    first, rest = fitting(readers, room, late, say, width)
    shown = (*told, _line(width), *first, *blocks_of(kept))
    used = top + sum(block.height_mm for block in shown)
    high = min(bottom - used, MOST_ROW_MM * count if count > 1 else MOST_ALONE_MM) // BOLD_MM * BOLD_MM
    gap = min(bottom - used - high, ABOVE_MM)
    ecg = EcgPage(layout, start_s, whole[0].seconds, used + gap, high, gap, is_settled=True)
    sheets = _sheets(record, ecg, whole, options, size_mm[1])
    ecg = replace(ecg, goes_on=bool(sheets))
    return FirstPage(record, findings, options, who, say, head, ecg, shown, tuple(rest), sheets, *size_mm)


def _layout(wanted: Layout, layout_id: str, seconds: float) -> Layout:
    """Return what the page has room for: the layout that is wanted, else one of the twelve leads side by side."""
    if len(wanted.rows) + len(wanted.rhythm) <= MOST_ROWS:
        return wanted
    family = "cabrera-" if layout_id.startswith("cabrera") else ""
    if wanted.id in LAYOUTS:
        for name in ("3x4+1", "6x2"):
            fits = LAYOUTS[f"{family}{name}"]
            if seconds / fits.columns >= SHORTEST_COLUMN_S:
                return fits
    return Layout("strips", wanted.title, wanted.rows[:MOST_ROWS])


def _sheets(
    record: Record, ecg: EcgPage, whole: Sequence[EcgPage], options: ReportOptions, height_mm: float
) -> tuple[EcgPage, ...]:
    """Return the sheets that show what is not, or not wholly, on the first page."""
    cut = leads_outside(ecg.plan(record, height_mm, options.rhythm_lead), record, ecg.above_mm)
    wanted = whole[0].layout.id in (options.layout, "strips") and ecg.layout != whole[0].layout
    needed = list(whole) if cut or wanted or len(whole) > 1 else []
    told = {name for page in (ecg, *needed) for name in (*page.layout.leads, options.rhythm_lead or "")}
    told |= {"aVR"} if "-aVR" in told else set()
    others = [name for name in record.drawable if name not in told]
    step = MOST_ROWS + 2
    for k in range(0, len(others), step):
        strips = tuple((name,) for name in others[k : k + step])
        needed.append(EcgPage(Layout("strips", f"{len(strips)} × 1", strips), ecg.start_s, ecg.seconds))
    return tuple(needed)


def _where(record: Record, page: EcgPage, who: Identity, say: Language, width: float) -> list[Block]:
    """Return which part of a longer record the page shows, by its clock too where the start is known."""
    if record.duration_s <= page.seconds + 1e-6:
        return []
    start, end = page.start_s, page.start_s + page.seconds
    words = say(
        "This page shows {start} to {end} of a record of {whole}",
        start=_span(start, say),
        end=_span(end, say),
        whole=_span(record.duration_s, say),
    )
    if record.start_time is not None and not who.hides:
        first, last = (record.start_time + timedelta(seconds=at) for at in (start, end))
        words += f" ({first:%Y-%m-%d %H:%M:%S} – {last:%H:%M:%S})"
    return _lines(words, width, NOTE_PT + 0.5, bold=True)


def _span(seconds: float, say: Language) -> str:
    """Return a time in seconds, of long records as hours, minutes and seconds."""
    if seconds < LONG_S:
        return f"{say.number(round(seconds, 3))} s"
    hours, rest = divmod(seconds, 3600)
    return f"{hours:.0f}:{rest // 60:02.0f}:{rest % 60:02.0f} h"


def _notes(told: Sequence[str], width: float) -> list[Block]:
    return _lines("   ".join(told), width, NOTE_PT) if told else []


def _lines(text: str, width_mm: float, size_pt: float, bold: bool = False) -> list[Block]:
    return [_text_block(line, size_pt, bold) for line in fonts.wrap(text, width_mm * POINTS_PER_MM, size_pt, bold)]


def _text_block(line: str, size_pt: float, bold: bool) -> Block:
    height = line_height_mm(size_pt)
    color = style.INK if bold else style.NOTE

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.text(left, top + 0.78 * height, line, size_pt=size_pt, bold=bold, color=color)

    return Block(height, draw)


def _line(width: float) -> Block:
    return Block(
        1.4, lambda sheet, left, top: sheet.lines([(left, top + 0.6, left + width, top + 0.6)], style.FAINT, 0.2)
    )


def _urgent(findings: Findings, who: Identity, say: Language, width: float) -> Iterable[Told]:
    """Yield in full what is critical where the line on top has no room for all of it."""
    told, size = critical_line(findings, who, say, width)
    if fonts.width(fonts.drawable(told), size, True) > (width - 2.0) * POINTS_PER_MM:
        yield Told(say("Critical, by the program"), told.partition(": ")[2])


def _missing_from_head(head: Head, options: ReportOptions, who: Identity, say: Language) -> Iterable[Told]:
    """Yield in full what the head of the page cuts, and signatures for which there is no line."""
    yield from head.missing()
    lines = signature_lines(options.concluded, who, say)
    room = 0.62 * head.width_mm * POINTS_PER_MM
    if len(lines) > SIGNED_LINES or any(fonts.width(fonts.drawable(line), 8) > room for line in lines):
        yield Told(say("Signed electronically by"), "\n".join(lines))
