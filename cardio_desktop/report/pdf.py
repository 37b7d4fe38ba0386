"""The printed report: vector PDF with the ECG on true millimetre paper, then what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.events import worst_of_each
from cardio_desktop.core.findings import PATHOLOGIES, Findings, Tier
from cardio_desktop.core.leads import DEFAULT_LAYOUT, LAYOUTS
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.narrative import texts as fixed
from cardio_desktop.narrative.critical import event_remark
from cardio_desktop.report import fonts, style
from cardio_desktop.report.blocks import Pages, flow
from cardio_desktop.report.files import write_whole
from cardio_desktop.report.identity import Identity, anonymous, identity, nameless
from cardio_desktop.report.language import Language
from cardio_desktop.report.page_ecg import draw_ecg, ecg_pages
from cardio_desktop.report.page_findings import findings_blocks
from cardio_desktop.report.page_measurements import draw_measurements, has_page
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.report.sheet import PAPER_SIZES_MM, Sheet, binary_streams
from cardio_desktop.words import Remark
from cardio_desktop.words.writing import capital

SIDE_MM = 12.0
CRITICAL_MM = 3.9
"""Top of the line of what is critical, above the patient's: printers reach that far."""
BODY_TOP_MM = 24.0
BODY_BOTTOM_MM = 15.0
COLUMNS = 2
COLUMN_GAP_MM = 9.0
SMALLER = (0.95, 0.9)
"""Sizes of the text that are tried where a page would hold but a few lines."""


@dataclass(frozen=True)
class ReportOptions:
    """How a report looks.

    `layout` is one of core.leads.LAYOUTS, `paper` "a4" or "letter", `evidence` the class painted behind the traces or
    None, `start_s` where the printed ten seconds begin (None: where the analysis began), `rhythm_lead` replaces the
    first lead over the whole width. `evidence_note` is added to
    the legend of the evidence (how faithful it is). `language` is "en" or "de". `calipers` are drawn on the ECG,
    `opinions` and `recount` (after changes of beats) are printed apart from the program's words: all are the reader's.
    `scope` says what the tier stands for where more of the record was judged than that.
    """

    layout: str = DEFAULT_LAYOUT
    paper: str = "a4"
    evidence: str | None = None
    deidentify: bool = False
    start_s: float | None = None
    rhythm_lead: str | None = None
    evidence_note: str = ""
    language: str = "en"
    calipers: tuple[Caliper, ...] = ()
    opinions: tuple[ReaderOpinion, ...] = ()
    recount: Recount | None = None
    scope: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be printed."""
        if self.layout not in LAYOUTS:
            raise ReportError(f"There is no layout {self.layout!r}; choose one of {', '.join(LAYOUTS)}.")
        if self.paper not in PAPER_SIZES_MM:
            raise ReportError(f"There is no paper {self.paper!r}; choose one of {', '.join(PAPER_SIZES_MM)}.")
        Language(self.language)


def customary_evidence(findings: Findings) -> str | None:
    """Return the class whose evidence is worth painting: the most probable pathology where the tier is not Low."""
    if findings.prediction is None or findings.evidence is None:
        return None
    if findings.risk.tier in (Tier.LOW, Tier.NOT_ASSESSED):
        return None
    code = findings.prediction.leading_pathology
    return code if code in PATHOLOGIES else None


def write_pdf(
    record: Record,
    findings: Findings,
    path: str | Path,
    options: ReportOptions,
    *,
    created: datetime,
    progress: Progress | None = None,
) -> None:
    """Write the report of `findings` to `path`; the same input and `created` give the same bytes.

    Raises ReportError where the evidence asked for does not exist, the start lies outside the record or the file
    cannot be written.
    """
    write_whole(path, pdf_bytes(record, findings, options, created=created, progress=progress))


def pdf_bytes(
    record: Record,
    findings: Findings,
    options: ReportOptions,
    *,
    created: datetime,
    progress: Progress | None = None,
) -> bytes:
    """Return the report as `write_pdf` writes it."""
    from reportlab.pdfgen.canvas import Canvas

    tell = progress or (lambda _percent: None)
    if options.evidence is not None:
        _check_evidence(record, findings, options.evidence)
    start_s = findings.start_s if options.start_s is None else options.start_s
    if not 0 <= start_s < max(record.duration_s, 1e-9):
        raise ReportError(
            f"{record.path.name}: {start_s:g} s is not a time to print from; choose one from 0 up to "
            f"{record.duration_s:g} s, where it ends."
        )
    wide, high = PAPER_SIZES_MM[options.paper]
    say = Language(options.language)
    who = identity(record, created, options.deidentify, say)
    if options.deidentify:
        record = anonymous(record)
        findings = replace(findings, warnings=tuple(map(nameless, findings.warnings)))
    column_mm = (wide - 2 * SIDE_MM - (COLUMNS - 1) * COLUMN_GAP_MM) / COLUMNS
    ecgs = ecg_pages(record, options.layout, start_s)

    def flowed(scale: float) -> Pages:
        blocks = findings_blocks(
            record,
            findings,
            who,
            column_mm / scale,
            say,
            options.opinions,
            options.calipers,
            options.recount,
            options.scope,
        )
        return flow(blocks, (high - BODY_TOP_MM - BODY_BOTTOM_MM) / scale, COLUMNS)

    texts, scale = _tightest(flowed)
    measured = has_page(findings)
    total = len(ecgs) + len(texts) + measured

    # invariant: no date and no random identifier in the file.
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(wide * POINTS_PER_MM, high * POINTS_PER_MM),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.font(),  # reportlab's own first font would not be embedded
        lang=options.language,
    )
    canvas.setTitle(who.title)
    canvas.setAuthor("Cardio Desktop")
    canvas.setCreator(f"Cardio Desktop {findings.software}")
    canvas.setSubject(fixed.disclaimer(say.code))
    # A viewer that fits the page to the printer's margins would change 10 mm/mV.
    canvas.setViewerPreference("PrintScaling", "None")
    sheet = Sheet(canvas, wide, high)
    tell(5.0)
    frame = _Frame(sheet, record, findings, who, say, total, options.recount)
    for number, page in enumerate(ecgs, start=1):
        frame.draw(number)
        draw_ecg(
            sheet,
            page,
            record,
            findings,
            options.evidence,
            options.evidence_note,
            options.rhythm_lead,
            say,
            options.calipers,
        )
        canvas.showPage()
        tell(5.0 + 80.0 * number / len(ecgs))
    for number, columns in enumerate(texts, start=len(ecgs) + 1):
        frame.draw(number)
        with sheet.shrunk(scale):
            for k, column in enumerate(columns):
                left = SIDE_MM + k * (column_mm + COLUMN_GAP_MM)
                for top, block in column:
                    block.draw(sheet, left / scale, BODY_TOP_MM / scale + top)
        canvas.showPage()
    if measured:
        frame.draw(total)
        draw_measurements(sheet, record, findings, say, SIDE_MM, BODY_TOP_MM, wide - 2 * SIDE_MM)
        canvas.showPage()
    with binary_streams():
        canvas.save()
    tell(100.0)
    return target.getvalue()


def _tightest(flowed: Callable[[float], Pages]) -> tuple[Pages, float]:
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


@dataclass(frozen=True)
class _Frame:
    """What stands on every page: watermark, patient, time and file above, disclaimer and page number below."""

    sheet: Sheet
    record: Record
    findings: Findings
    who: Identity
    say: Language
    total: int
    recount: Recount | None = None

    def draw(self, number: int) -> None:
        """Draw it on page `number`."""
        sheet, say = self.sheet, self.say
        if self.record.simulated:
            sheet.watermark(say("SIMULATED"), style.WATERMARK)
        right = sheet.width_mm - SIDE_MM
        width = sheet.width_mm - 2 * SIDE_MM
        if self.findings.critical:
            sheet.rectangles([(SIDE_MM, CRITICAL_MM, width, 3.3)], style.TIER_COLORS[Tier.HIGH])
            base = CRITICAL_MM + 2.6
            told = self.who.scrub(self._critical())
            sheet.text(SIDE_MM + 1, base, told, size_pt=8, bold=True, color=style.WHITE, width_mm=width - 2)
        _patient_line(sheet, self.who, 0.72 * width if self.record.simulated else width)
        if self.record.simulated:
            words = say("SIMULATED, not a patient")
            room = 0.27 * width
            sheet.text(right, 11.1, words, size_pt=10, bold=True, color=style.ALERT, align="right", width_mm=room)
        words = say("Recorded: {when}   File: {file}", when=self.who.recorded, file=self.who.file)
        sheet.text(SIDE_MM, 15.5, words, size_pt=8, width_mm=0.6 * width)
        sheet.text(right, 15.5, self._summary(), size_pt=8, align="right", width_mm=0.39 * width)
        sheet.lines([(SIDE_MM, 18.0, right, 18.0)], style.FAINT, 0.2)
        base = sheet.height_mm - 7.0
        sheet.lines([(SIDE_MM, base - 4.0, right, base - 4.0)], style.FAINT, 0.2)
        disclaimer = fixed.disclaimer(say.code)
        sheet.text(SIDE_MM, base, disclaimer, size_pt=7.5, bold=True, width_mm=0.66 * width)
        page = say("Page {number} of {total}", number=number, total=self.total)
        words = f"Cardio Desktop {self.findings.software}   {page}"
        sheet.text(right, base, words, size_pt=7.5, align="right", width_mm=0.33 * width)

    def _critical(self) -> str:
        """Return what is critical, each kind once with how often it is there."""
        parts = []
        for event, count in worst_of_each(self.findings.critical):
            many = f" (×{count})" if count > 1 else ""
            parts.append(f"{capital(self.say.remark(event_remark(event)))}{many}")
        return f"{self.say('Critical')}: {' · '.join(parts)}"

    def _summary(self) -> str:
        say, found = self.say, self.findings
        rate, tier = found.measurements.heart_rate_bpm, found.risk.tier
        named = fixed.tier_name(tier, say.code)
        parts = [
            say("Heart rate {rate}/min", rate=say.number(rate, 0))
            if rate is not None
            else say("Heart rate not measured"),
            say("Risk tier: {tier}", tier=named),
        ]
        after = self.recount.measurements.heart_rate_bpm if self.recount is not None else None
        if after is not None:
            parts.insert(1, say("({rate}/min after the reader's edits)", rate=say.number(after, 0)))
        return "   ".join(parts)


def _patient_line(sheet: Sheet, who: Identity, width_mm: float) -> None:
    """Write the name as long as there is room, then the rest: a long name must not push number and age away."""
    size = 11.0
    rest = fonts.shorten(f" · {who.details}", 0.75 * width_mm * POINTS_PER_MM, size)
    rest_mm = fonts.width(rest, size) / POINTS_PER_MM
    name = fonts.shorten(who.name, (width_mm - rest_mm) * POINTS_PER_MM, size, bold=True)
    sheet.text(SIDE_MM, 11.1, name, size_pt=size, bold=True)
    sheet.text(SIDE_MM + fonts.width(name, size, bold=True) / POINTS_PER_MM, 11.1, rest, size_pt=size)
