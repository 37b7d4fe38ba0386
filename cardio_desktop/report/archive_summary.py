"""An archive summed up on a page or more of PDF: counts as bars, rates and QTc as histograms, failures by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from cardio_desktop import __version__
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import fonts, style
from cardio_desktop.report.sheet import PAPER_SIZES_MM, Sheet, binary_streams, line_height_mm
from cardio_desktop.report.style import RGB

CRITICAL_NAMES: Mapping[str, str] = {
    "VF": "Ventricular fibrillation or flutter",
    "ASYSTOLE": "Asystole",
    "VT": "Ventricular tachycardia",
    "WCT": "Wide-complex tachycardia",
    "AVB3": "Complete AV block",
    "PAUSE": "Pause",
    "STE": "Marked ST elevation",
    "PACE_FAIL": "Pacing without capture or sensing",
    "AVB2": "Second-degree AV block",
    "BRADY": "Very slow ventricular rate",
    "TACHY": "Very fast ventricular rate",
    "QT500": "Very long QT interval",
}
SIDE_MM, TOP_MM, BOTTOM_MM = 15.0, 16.0, 16.0
ROW_MM, BAR_MM, BAND_MM, GAP_MM = 5.2, 3.2, 7.0, 5.0
NAME_MM, COUNT_MM = 92.0, 30.0
PLOT_MM, AXIS_MM, BETWEEN_MM = 38.0, 8.0, 16.0
MOST_RHYTHMS, MOST_ERRORS = 16, 12
SMALL_PT = 7.5


@dataclass(frozen=True)
class Histogram:
    """A histogram of one column: `bars` of `step` from `low` on; the outer ones hold what lies beyond."""

    column: str
    title: str
    low: float
    step: float
    bars: int
    mark_every: int


HISTOGRAMS = (
    Histogram("heart_rate_bpm", "Heart rate, per minute", 30, 5, 34, 6),
    Histogram("qtc_fridericia_ms", "QTc (Fridericia), ms", 320, 10, 26, 4),
    Histogram("qrs_ms", "QRS, ms", 60, 5, 30, 4),
    Histogram("pr_ms", "PR, ms", 80, 10, 28, 4),
)


@dataclass
class Tally:
    """What is counted over an archive's results; `errors` are sentences without what is one record's own."""

    records: int = 0
    bytes: int = 0
    took_s: float = 0.0
    first: str = ""
    last: str = ""
    tiers: Counter[str] = field(default_factory=Counter)
    rhythms: Counter[str] = field(default_factory=Counter)
    critical: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    histograms: dict[str, Counter[int]] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """How many records have no result."""
        return sum(self.errors.values())

    @property
    def analysed(self) -> int:
        """How many have one."""
        return self.records - self.failed


def summary_pdf(found: Tally, title: str, *, created: datetime, paper: str = "a4") -> bytes:
    """Return the summary; the same counts and `created` give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    wide, high = PAPER_SIZES_MM[paper]
    target = BytesIO()
    size = (wide * POINTS_PER_MM, high * POINTS_PER_MM)
    canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1, initialFontName=fonts.font(), lang="en")
    canvas.setTitle(f"Archive: {title}")
    canvas.setAuthor("Cardio Desktop")
    canvas.setCreator(f"Cardio Desktop {__version__}")
    with binary_streams():
        page = _Page(Sheet(canvas, wide, high), created)
        page.head(title, _facts(found))
        order = [tier.value for tier in (Tier.HIGH, Tier.MODERATE, Tier.LOW, Tier.NOT_ASSESSED)]
        colors = {tier.value: color for tier, color in style.TIER_COLORS.items()}
        page.bars("Risk tier", [(name, found.tiers[name]) for name in order], found.analysed, colors)
        page.bars("Rhythm", _most(found.rhythms, MOST_RHYTHMS, "other rhythms"), found.analysed)
        critical = [(CRITICAL_NAMES.get(code, code), count) for code, count in found.critical.most_common()]
        page.bars("Critical (a record may have several)", critical, found.analysed)
        page.histograms(found)
        page.bars("File format", found.formats.most_common(), found.analysed)
        page.sentences("Not analysed", found.errors, "Every record was analysed.")
        page.sentences("Made by", found.versions, "")
        page.end()
        canvas.save()
    return target.getvalue()


def _facts(found: Tally) -> str:
    facts = [f"{found.records:,} records, {found.analysed:,} analysed, {found.failed:,} not"]
    if found.records:
        facts.append(f"{found.bytes / 1e6:,.1f} MB read")
        facts.append(f"{1000 * found.took_s / found.records:,.0f} ms of work a record")
        facts.append(f"{found.first[:16].replace('T', ' ')} to {found.last[:16].replace('T', ' ')} UTC")
    return "; ".join(facts)


class _Page:
    """Fills pages from the top; `_y` is where the next block begins."""

    def __init__(self, sheet: Sheet, created: datetime) -> None:
        self._sheet = sheet
        self._created = created
        self._wide = sheet.width_mm - 2 * SIDE_MM
        self._y = TOP_MM
        self._number = 1

    def head(self, title: str, facts: str) -> None:
        """Write what it is a summary of."""
        self._sheet.text(SIDE_MM, self._y + 4, f"Archive: {title}", size_pt=15, bold=True, width_mm=self._wide)
        self._sheet.text(SIDE_MM, self._y + 10, facts, color=style.NOTE, width_mm=self._wide)
        self._y += 15

    def bars(
        self, title: str, rows: Sequence[tuple[str, int]], whole: int, colors: Mapping[str, RGB] | None = None
    ) -> None:
        """Draw counts as bars with their shares of `whole`."""
        rows = [(name, count) for name, count in rows if count] or [("none", 0)]
        self._title(title, ROW_MM)
        most = max(max(count for _, count in rows), 1)
        room = self._wide - NAME_MM - COUNT_MM
        for name, count in rows:
            self._room(ROW_MM)
            base = self._y + BAR_MM
            self._sheet.text(SIDE_MM, base, name, width_mm=NAME_MM - 2)
            length = room * count / most
            if count:
                color = (colors or {}).get(name, style.BAR)
                self._sheet.rectangles([(SIDE_MM + NAME_MM, self._y + 0.4, max(length, 0.3), BAR_MM)], color)
            share = f" ({_share(count, whole)})" if whole and count else ""
            self._sheet.text(SIDE_MM + NAME_MM + length + 1.5, base, f"{count:,}{share}", color=style.NOTE)
            self._y += ROW_MM
        self._y += GAP_MM

    def histograms(self, found: Tally) -> None:
        """Draw all histograms, two in a row."""
        wide = (self._wide - BETWEEN_MM) / 2
        for k in range(0, len(HISTOGRAMS), 2):
            self._room(BAND_MM + PLOT_MM + AXIS_MM + GAP_MM)
            for place, histogram in enumerate(HISTOGRAMS[k : k + 2]):
                left = SIDE_MM + place * (wide + BETWEEN_MM)
                self._histogram(left, wide, histogram, found.histograms.get(histogram.column, Counter()))
            self._y += BAND_MM + PLOT_MM + AXIS_MM + GAP_MM

    def _histogram(self, left: float, wide: float, histogram: Histogram, counts: Counter[int]) -> None:
        total = sum(counts.values())
        self._sheet.text(left, self._y + 4, histogram.title, bold=True)
        told = f"{total:,} measured" if total else "none measured"
        self._sheet.text(left + wide, self._y + 4, told, size_pt=SMALL_PT, color=style.NOTE, align="right")
        bottom = self._y + BAND_MM + PLOT_MM
        step = wide / histogram.bars
        most = max(counts.values(), default=0)
        heights = [(k, PLOT_MM * counts[k] / most) for k in range(histogram.bars) if counts[k]]
        bars = [(left + k * step + 0.15, bottom - height, step - 0.3, height) for k, height in heights]
        if bars:
            self._sheet.rectangles(bars, style.BAR)
            self._sheet.text(left, self._y + BAND_MM + 1.5, f"{most:,}", size_pt=SMALL_PT, color=style.NOTE)
        self._sheet.lines([(left, bottom, left + wide, bottom)], style.NOTE, 0.2)
        for k in range(0, histogram.bars + 1, histogram.mark_every):
            x = left + k * step
            self._sheet.lines([(x, bottom, x, bottom + 1)], style.NOTE, 0.2)
            value = f"{histogram.low + k * histogram.step:g}"
            self._sheet.text(x, bottom + 4, value, size_pt=SMALL_PT, color=style.NOTE, align="center")

    def sentences(self, title: str, counts: Counter[str], none: str) -> None:
        """Write sentences with how often each holds."""
        rows = _most(counts, MOST_ERRORS, "others")
        if not rows and not none:
            return
        self._title(title, ROW_MM)
        if not rows:
            self._sheet.text(SIDE_MM, self._y + BAR_MM, none)
            self._y += ROW_MM
        for sentence, count in rows:
            lines = fonts.wrap(sentence, (self._wide - 20) * POINTS_PER_MM, 9.0)
            self._room(line_height_mm(9.0) * len(lines) + 1)
            self._sheet.text(SIDE_MM + 14, self._y + BAR_MM, f"{count:,}", size_pt=9.0, align="right")
            for text in lines:
                self._sheet.text(SIDE_MM + 18, self._y + BAR_MM, text, size_pt=9.0)
                self._y += line_height_mm(9.0)
            self._y += 1
        self._y += GAP_MM

    def end(self) -> None:
        """Write the foot of the last page."""
        foot = self._sheet.height_mm - 8
        told = f"Cardio Desktop {__version__}, {self._created:%Y-%m-%d %H:%M}. A program's opinions, not diagnoses."
        self._sheet.text(SIDE_MM, foot, told, size_pt=SMALL_PT, color=style.NOTE)
        self._sheet.text(
            SIDE_MM + self._wide, foot, str(self._number), size_pt=SMALL_PT, color=style.NOTE, align="right"
        )

    def _title(self, title: str, after_mm: float) -> None:
        self._room(BAND_MM + after_mm)
        self._sheet.text(SIDE_MM, self._y + 4, title, size_pt=11, bold=True)
        self._y += BAND_MM

    def _room(self, high_mm: float) -> None:
        """Begin a new page where the rest of this one is too small."""
        if self._y + high_mm > self._sheet.height_mm - BOTTOM_MM:
            self.end()
            self._sheet.canvas.showPage()
            self._number += 1
            self._y = TOP_MM


def _most(counts: Counter[str], most: int, others: str) -> list[tuple[str, int]]:
    """Return the most frequent, and all the rest together."""
    rows = counts.most_common(most)
    rest = counts.total() - sum(count for _, count in rows)
    return [*rows, *([(others, rest)] if rest else [])]


def _share(count: int, whole: int) -> str:
    share = 100 * count / whole
    return f"{share:.0f} %" if share >= 10 else f"{share:.2g} %"
