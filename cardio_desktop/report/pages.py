"""The pages of a report, in order, as something that draws itself on any sheet: a PDF's or a printer's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.report.blocks import Block, Pages, flow, heading
from cardio_desktop.report.frame import Frame
from cardio_desktop.report.head import SIDE_MM
from cardio_desktop.report.identity import anonymous, identity, nameless
from cardio_desktop.report.language import Language
from cardio_desktop.report.options import ReportOptions
from cardio_desktop.report.page_ecg import EcgPage, draw_ecg, ecg_pages
from cardio_desktop.report.page_findings import findings_blocks
from cardio_desktop.report.page_first import FirstPage, lay_out
from cardio_desktop.report.page_measurements import draw_measurements, has_page
from cardio_desktop.report.sheet import PAPER_SIZES_MM, Sheet

BODY_TOP_MM = 24.0
BODY_BOTTOM_MM = 15.0
COLUMNS = 2
COLUMN_GAP_MM = 9.0
SMALLER = (0.95, 0.9)
"""Sizes of the text that are tried where a page would hold but a few lines."""

Draw = Callable[[Sheet], None]


@dataclass(frozen=True)
class Report:
    """A report of `size_mm` wide and high, page by page, with its title for a file's properties."""

    size_mm: tuple[float, float]
    title: str
    pages: tuple[Draw, ...]


def report_of(record: Record, findings: Findings, options: ReportOptions, *, created: datetime) -> Report:
    """Return the report of `findings`: the first page, what it has no room for, and the annex where it is wanted.

    Raises ReportError where the evidence asked for does not exist or the start lies outside the record.
    """
    if options.evidence is not None:
        _check_evidence(record, findings, options.evidence)
    start_s = findings.start_s if options.start_s is None else options.start_s
    if not 0 <= start_s < max(record.duration_s, 1e-9):
        raise ReportError(
            f"{record.path.name}: {start_s:g} s is not a time to print from; choose one from 0 up to "
            f"{record.duration_s:g} s, where it ends."
        )
    size_mm = PAPER_SIZES_MM[options.paper]
    say = Language(options.language)
    who = identity(record, created, options.deidentify, say, options.concluded.readers)
    if options.deidentify:
        options = replace(options, letterhead=None)  # it tells where the patient was
        record = anonymous(record)
        findings = replace(findings, warnings=tuple(map(nameless, findings.warnings)))
    first = lay_out(record, findings, options, who, say, start_s, size_mm)
    sheets = [(page, False) for page in first.sheets]
    if options.annex and options.evidence is not None:
        # The same sheets with the evidence behind the traces, in place of those without.
        whole = ecg_pages(record, options.layout, start_s)
        sheets = [(page, True) for page in whole] + [(page, False) for page in first.sheets if page not in whole]
    bodies: list[Draw] = [first.draw]
    bodies += _continued(first, size_mm)
    bodies += [_ecg(page, first, evidence) for page, evidence in sheets]
    if options.annex:
        bodies += _texts(first, size_mm)
        if has_page(findings):
            bodies.append(_measured(first, size_mm))

    def page(number: int, body: Draw) -> Draw:
        def draw(sheet: Sheet) -> None:
            final, stamp = options.concluded.final, say(options.stamp)
            frame = Frame(sheet, record, findings, who, say, len(bodies), options.recount, final, stamp)
            if number == 1:
                frame.draw_first()
            else:
                frame.draw(number)
            body(sheet)

        return draw

    return Report(size_mm, who.title, tuple(page(number, body) for number, body in enumerate(bodies, start=1)))


def _continued(first: FirstPage, size_mm: tuple[float, float]) -> list[Draw]:
    """Return the pages with what the first one has no room for."""
    if not first.rest:
        return []
    width, high = size_mm[0] - 2 * SIDE_MM, size_mm[1] - BODY_TOP_MM - BODY_BOTTOM_MM
    title = heading(first.say("Continued from the first page"), width)
    return [_columns(page, 1.0, width) for page in flow([*title, *first.rest], high, 1)]


def _ecg(page: EcgPage, first: FirstPage, evidence: bool) -> Draw:
    options = first.options
    shown, note = (options.evidence, options.evidence_note) if evidence else (None, "")

    def draw(sheet: Sheet) -> None:
        draw_ecg(
            sheet, page, first.record, first.findings, shown, note, options.rhythm_lead, first.say, options.calipers
        )

    return draw


def _texts(first: FirstPage, size_mm: tuple[float, float]) -> list[Draw]:
    options = first.options
    wide, high = size_mm
    column_mm = (wide - 2 * SIDE_MM - (COLUMNS - 1) * COLUMN_GAP_MM) / COLUMNS

    def flowed(scale: float) -> Pages:
        blocks = findings_blocks(
            first.record,
            first.findings,
            first.who,
            column_mm / scale,
            first.say,
            options.opinions,
            options.calipers,
            options.recount,
            options.scope,
        )
        return flow(blocks, (high - BODY_TOP_MM - BODY_BOTTOM_MM) / scale, COLUMNS)

    pages, scale = tightest(flowed)
    return [_columns(page, scale, column_mm) for page in pages]


def _columns(columns: Sequence[Sequence[tuple[float, Block]]], scale: float, column_mm: float) -> Draw:
    def draw(sheet: Sheet) -> None:
        with sheet.shrunk(scale):
            for k, column in enumerate(columns):
                left = SIDE_MM + k * (column_mm + COLUMN_GAP_MM)
                for top, block in column:
                    block.draw(sheet, left / scale, BODY_TOP_MM / scale + top)

    return draw


def _measured(first: FirstPage, size_mm: tuple[float, float]) -> Draw:
    width = size_mm[0] - 2 * SIDE_MM
    return lambda sheet: draw_measurements(sheet, first.record, first.findings, first.say, SIDE_MM, BODY_TOP_MM, width)


def tightest(flowed: Callable[[float], Pages]) -> tuple[Pages, float]:
    """Return the pages and the size of their letters: smaller ones only where that saves a page."""
    best, scale = flowed(1.0), 1.0
    for smaller in SMALLER:
        pages = flowed(smaller)
        if len(pages) < len(best):
            return pages, smaller
    return best, scale


def _check_evidence(record: Record, findings: Findings, code: str) -> None:
    name = record.path.name
    if findings.evidence is None:
        raise ReportError(f"{name}: there is no evidence for {code}, as the network gave no opinion; print without it.")
    if code not in findings.evidence.classes:
        known = ", ".join(findings.evidence.classes)
        raise ReportError(f"{name}: there is no evidence for {code!r}; choose one of {known} or none.")
