"""One sheet of ECG paper: what it shows is `EcgSheet`, and `paint_sheet` draws it on screen, PNG or printer alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from cardio_desktop.core.findings import CLASS_NAMES, Beat, Evidence, QualityStretch
from cardio_desktop.core.paper import PaperPlan, Pulse, Strip
from cardio_desktop.core.record import Annotation
from cardio_desktop.render.colors import RED_PAPER, PaperColors
from cardio_desktop.render.device import Device
from cardio_desktop.render.evidence import Look, evidence_tile, paint_evidence, paint_legend, strip_rows
from cardio_desktop.render.grid import ScreenPaper
from cardio_desktop.render.overlay import Layer, Overlay, PaperMap, paint_overlays
from cardio_desktop.render.traces import Drawing, TraceSource, trace_lines
from cardio_desktop.render.words import tr

MOST_WORDS = 400
"""More marks of the file than this on one page are drawn without their words."""
HEADER_MM = 9.0
FOOTER_MM = 11.0
SIDE_MM = 5.0


@dataclass(frozen=True, eq=False)
class EcgSheet:
    """Everything that stands on the paper.

    `evidence_class` None paints no evidence and no flags; `withheld` are leads that the network was not shown. The
    legend calls the class `evidence_words`; evidence below `evidence_from`, a share of
    `evidence_full`, is left out.
    """

    plan: PaperPlan
    source: TraceSource
    header: str = ""
    scale_line: str = ""
    warning: str = ""
    evidence: Evidence | None = None
    evidence_class: str | None = None
    evidence_full: float = 1.0
    evidence_from: float = 0.0
    evidence_words: str = ""
    opacity: float = 0.6
    beats: Sequence[Beat] = ()
    annotations: Sequence[Annotation] = ()
    withheld: frozenset[str] = frozenset()
    unread: Sequence[QualityStretch] = ()
    selected_beat_s: float | None = None
    simulated: bool = False
    colors: PaperColors = RED_PAPER

    @property
    def look(self) -> Look:
        """How its evidence is painted."""
        return Look(self.opacity, self.evidence_full, self.evidence_from, self.colors)


def paint_sheet(
    painter: QPainter,
    sheet: EcgSheet,
    device: Device,
    overlays: tuple[Overlay, ...] = (),
    paper: ScreenPaper | None = None,
) -> None:
    """Draw everything; the grid only if it is given as the `paper` of a screen (else see `render.grid`).

    Of `overlays` only those that lie under the traces are painted.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    plan = sheet.plan
    drawings = [trace_lines(sheet.source, strip, plan.scale, device) for strip in plan.strips]
    if paper is not None:
        _paint_screen_ground(painter, sheet, device, paper)
    elif sheet.evidence is not None and sheet.evidence_class is not None:
        for strip in plan.strips:
            paint_evidence(painter, sheet.evidence, sheet.evidence_class, strip, plan.scale, device, sheet.look)
    for strip, drawing in zip(plan.strips, drawings, strict=True):
        _paint_nothing(painter, sheet, strip, drawing, device)
        _paint_unread(painter, sheet, strip, device)
    if overlays:
        paint_overlays(painter, overlays, Layer.UNDER, PaperMap(plan, device, sheet.source, sheet.colors))
    _paint_beats(painter, sheet, device)
    painter.setPen(_pen(sheet.colors.trace, device))
    for pulse in plan.pulses:
        _paint_pulse(painter, pulse, device)
    for drawing in drawings:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not drawing.is_envelope)
        for shift in _strokes(device):
            painter.translate(shift, shift)
            for line in drawing.lines:
                if line.size() == 1:
                    painter.drawPoint(line.at(0))
                else:
                    painter.drawPolyline(line)
            painter.translate(-shift, -shift)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    _paint_annotations(painter, sheet, device)
    _paint_labels(painter, sheet, device)
    _paint_lines_of_text(painter, sheet, device)


def _paint_screen_ground(painter: QPainter, sheet: EcgSheet, device: Device, paper: ScreenPaper) -> None:
    """Paint paper and evidence in one: evidence is laid over the three kinds of rows, which are then repeated."""
    evidence, code, done = sheet.evidence, sheet.evidence_class, 0
    if evidence is not None and code is not None:
        for _, row in groupby(sheet.plan.strips, lambda strip: strip.row):
            strips = list(row)
            top, bottom = strip_rows(strips[0], device)
            if bottom <= 0 or top >= paper.height:
                continue
            rows = paper.row_image()
            over = QPainter(rows)
            for strip in strips:
                tile = evidence_tile(evidence, code, strip, sheet.plan.scale, device, sheet.look)
                if tile is not None:
                    place = QRect(tile.left, 0, tile.pixels.width(), rows.height())
                    over.drawTiledPixmap(place, tile.pixels)
            over.end()
            paper.paint(painter, done, top)
            paper.paint(painter, top, bottom, rows)
            done = bottom
    paper.paint(painter, done)


def _strokes(device: Device) -> tuple[float, ...]:
    """Return by how much, in logical pixels, a trace is shifted each time it is drawn.

    On dense screens one device pixel is too thin to read. Two strokes half a device pixel to either side of the true
    place make it thicker at twice the cost; a wider pen costs fifty times as much.
    """
    return (0.0,) if device.ratio < 1.5 or device.line_mm else (-0.5 * device.hairline_px, 0.5 * device.hairline_px)


def _pen(color: str, device: Device, width_px: float | None = None) -> QPen:
    pen = QPen(QColor(color))
    pen.setWidthF(device.hairline_px if width_px is None else width_px)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def text_font(device: Device, height_mm: float, *, bold: bool = False) -> QFont:
    """Return a font whose letters are about `height_mm` high on this device, never too small to read."""
    font = QFont()
    font.setPixelSize(max(round(height_mm * device.px_per_mm_y), 9))
    font.setBold(bold)
    return font


def _paint_pulse(painter: QPainter, pulse: Pulse, device: Device) -> None:
    lead_in = min(1.5, pulse.x_mm)
    foot, top = device.y(pulse.baseline_mm), device.y(pulse.baseline_mm - pulse.height_mm)
    left, right = device.x(pulse.x_mm), device.x(pulse.x_mm + pulse.width_mm)
    points = (
        (device.x(pulse.x_mm - lead_in), foot),
        (left, foot),
        (left, top),
        (right, top),
        (right, foot),
        (device.x(pulse.x_mm + pulse.width_mm + lead_in), foot),
    )
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _paint_nothing(painter: QPainter, sheet: EcgSheet, strip: Strip, drawing: Drawing, device: Device) -> None:
    """Hatch what was not recorded, over any evidence: empty paper could be taken for a flat line."""
    top, height = device.y(strip.top_mm), strip.height_mm * device.px_per_mm_y
    right = device.x(strip.x_mm + strip.width_mm)
    painter.setFont(text_font(device, 2.6))
    metrics = QFontMetricsF(painter.font())
    places = [(begin, end, tr("no signal")) for begin, end in drawing.holes]
    if drawing.ends is not None:
        places.append((drawing.ends, right, tr("the record ends")))
    if drawing.pending:
        places.append((device.x(strip.x_mm), right if drawing.ends is None else drawing.ends, tr("being read…")))
    for begin, end, words in places:
        band = QRectF(begin, top, max(end - begin, 1.0), height)
        painter.fillRect(band, QColor(sheet.colors.paper))
        painter.fillRect(band, QBrush(QColor(sheet.colors.gap), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QColor(sheet.colors.note))
        if band.width() > metrics.horizontalAdvance(words) + 4:
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, words)


def _paint_unread(painter: QPainter, sheet: EcgSheet, strip: Strip, device: Device) -> None:
    """Hatch what cannot be read for its noise, under the trace: beats, measurements and opinion come from the rest."""
    top, height = device.y(strip.top_mm), strip.height_mm * device.px_per_mm_y
    per_s = strip.width_mm / (strip.end_s - strip.start_s)
    for one in sheet.unread:
        begin, end = max(one.start_s, strip.start_s), min(one.end_s, strip.end_s)
        if end > begin and strip.lead.removeprefix("-") in one.leads:
            left = device.x(strip.x_mm + (begin - strip.start_s) * per_s)
            right = device.x(strip.x_mm + (end - strip.start_s) * per_s)
            brush = QBrush(QColor(sheet.colors.gap), Qt.BrushStyle.FDiagPattern)
            painter.fillRect(QRectF(left, top, max(right - left, 1.0), height), brush)


def _paint_beats(painter: QPainter, sheet: EcgSheet, device: Device) -> None:
    scale = sheet.plan.scale
    plan = sheet.plan
    shown = [beat for beat in sheet.beats if plan.start_s <= beat.time_s < plan.end_s]
    # Flags belong to a class: those of another one would point at places where this one's evidence is not.
    leads_of = {beat.time_s: {flag.lead for flag in beat.flags if flag.code == sheet.evidence_class} for beat in shown}
    if len(shown) > 500:
        shown = [beat for beat in shown if leads_of[beat.time_s]]
    mark = QColor(sheet.colors.mark)
    tick = _pen(sheet.colors.note, device)
    for beat in shown:
        leads = leads_of[beat.time_s]
        for strip in plan.strips_at_time(beat.time_s):
            x, top = device.x(strip.x_of(beat.time_s, scale)), device.y(strip.top_mm)
            size = 1.1 * device.px_per_mm_x
            if leads and (strip.rhythm or strip.lead.removeprefix("-") in leads):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mark)
                painter.drawPolygon(_triangle(x, top, size))
            elif strip.rhythm or (plan.strips and strip.row == plan.strips[-1].row):
                painter.setPen(tick)
                painter.drawLine(QLineF(x, top, x, top + size))
            if sheet.selected_beat_s is not None and abs(sheet.selected_beat_s - beat.time_s) < 1e-6:
                half = 0.3 * scale.speed_mm_per_s * device.px_per_mm_x
                left = max(x - half, device.x(strip.x_mm))
                right = min(x + half, device.x(strip.x_mm + strip.width_mm))
                veil = QColor(mark)
                veil.setAlpha(26)
                painter.fillRect(QRectF(left, top, right - left, strip.height_mm * device.px_per_mm_y), veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_annotations(painter: QPainter, sheet: EcgSheet, device: Device) -> None:
    """Write the file's own marks once for each time, over the lowest strip that shows it."""
    plan, scale = sheet.plan, sheet.plan.scale
    shown = [a for a in sheet.annotations if plan.start_s <= a.time_s < plan.end_s]
    if not shown:
        return
    crowded = len(shown) > MOST_WORDS
    painter.setPen(_pen(sheet.colors.mark, device))
    painter.setFont(text_font(device, 2.6))
    metrics = QFontMetricsF(painter.font())
    for strip in plan.strips:
        if strip.row != plan.strips[-1].row and not plan.wrapped:
            continue
        taken = -1e9
        for annotation in shown:
            if not strip.start_s <= annotation.time_s < strip.end_s:
                continue
            words = " ".join(part for part in (annotation.symbol, annotation.text) if part)[:40]
            x, bottom = device.x(strip.x_of(annotation.time_s, scale)), device.y(strip.top_mm + strip.height_mm)
            painter.drawLine(QLineF(x, bottom - 1.2 * device.px_per_mm_y, x, bottom))
            if crowded:
                continue
            width = metrics.horizontalAdvance(words)
            left = max(x - width / 2, device.x(strip.x_mm))
            if left > taken:
                painter.drawText(QPointF(left, bottom - 1.8 * device.px_per_mm_y), words)
                taken = left + width + 3


def _paint_labels(painter: QPainter, sheet: EcgSheet, device: Device) -> None:
    painter.setFont(text_font(device, 3.4, bold=True))
    metrics = QFontMetricsF(painter.font())
    halo = QColor(sheet.colors.paper)
    halo.setAlpha(200)
    for strip in sheet.plan.strips:
        x, top = device.x(strip.x_mm), device.y(strip.top_mm)
        if strip.continues:
            # The mark at a change of lead: two short strokes at the zero line's height, as on hospital prints.
            painter.setPen(_pen(sheet.colors.label, device))
            middle, reach = device.y(strip.baseline_mm), 5.0 * device.px_per_mm_y
            painter.drawLine(QLineF(x, middle - reach, x, middle - 0.5 * reach))
            painter.drawLine(QLineF(x, middle + 0.5 * reach, x, middle + reach))
        text = f"{strip.lead}  {time_of_line(strip.start_s)}" if sheet.plan.wrapped else strip.lead
        left, base = x + 1.2 * device.px_per_mm_x, top + metrics.ascent() + 0.6 * device.px_per_mm_y
        width = metrics.horizontalAdvance(text)
        _fill(painter, QRectF(left - 2, base - metrics.ascent(), width + 4, metrics.height()), halo)
        painter.setPen(QColor(sheet.colors.label))
        painter.drawText(QPointF(left, base), text)
    painter.setFont(text_font(device, 2.6))
    painter.setPen(QColor(sheet.colors.note))
    small = QFontMetricsF(painter.font())
    for strip in sheet.plan.absent:
        _note(painter, strip, tr("{lead}: not in the file").format(lead=strip.lead), small, device)
    for strip in sheet.plan.strips:
        if sheet.evidence_class is not None and strip.lead.removeprefix("-") in sheet.withheld:
            _note(painter, strip, tr("not shown to the network"), small, device)


def _fill(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Fill the ground of letters, to whole pixels: a smooth edge takes Qt twenty times as long."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, color)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def time_of_line(seconds: float) -> str:
    """Return where a line begins in the record ("0:10", "1:02:30")."""
    minutes, rest = divmod(seconds, 60.0)
    hours, minutes = divmod(int(minutes), 60)
    tail = f"{int(rest):02d}" if abs(rest - round(rest)) < 0.05 else f"{rest:04.1f}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"


def _note(painter: QPainter, strip: Strip, words: str, metrics: QFontMetricsF, device: Device) -> None:
    """Write a remark at the foot of a strip."""
    bottom = device.y(strip.top_mm + strip.height_mm) - metrics.descent() - 2
    painter.drawText(QPointF(device.x(strip.x_mm) + 1.2 * device.px_per_mm_x, bottom), words)


def _paint_lines_of_text(painter: QPainter, sheet: EcgSheet, device: Device) -> None:
    plan = sheet.plan
    painter.setFont(text_font(device, 2.9))
    metrics = QFontMetricsF(painter.font())
    width = plan.width_mm * device.px_per_mm_x
    left = device.x(0.0)
    halo = QColor(sheet.colors.paper)
    halo.setAlpha(210)
    # The scale has a line of its own: nothing may push it off the paper.
    scale_mm, legend_mm = plan.height_mm + 3.2, plan.height_mm + 7.8
    # Letters that are never too small to read need more room than a much reduced paper leaves them.
    middle = max(device.y(legend_mm), device.y(scale_mm) + metrics.height())
    start = device.x(plan.width_mm)
    if sheet.evidence is not None and sheet.evidence_class is not None:
        name = sheet.evidence_words or CLASS_NAMES.get(sheet.evidence_class, sheet.evidence_class)
        right = start
        full, lowest = sheet.evidence_full, sheet.evidence_from
        start = paint_legend(painter, right, middle, name, full, sheet.opacity, sheet.colors, lowest)
    _paint_legend_of_marks(painter, sheet, device, left + 2, start - metrics.horizontalAdvance("m"), middle)
    # What must not be missed stands at the right of the first line and is never shortened; the header gives way.
    right_px = device.x(plan.width_mm)
    if sheet.simulated:
        right_px = _right(painter, tr("SIMULATED"), text_font(device, 3.4, bold=True), right_px, sheet, device)
    if sheet.warning:
        right_px = _right(painter, sheet.warning, text_font(device, 2.9, bold=True), right_px, sheet, device)
    painter.setFont(text_font(device, 2.9))
    for text, y_mm, color, room in (
        (sheet.header, -0.5 * HEADER_MM, sheet.colors.label, max(right_px - left - 4, 0.0)),
        (sheet.scale_line, scale_mm, sheet.colors.note, width),
    ):
        if not text:
            continue
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        middle = device.y(y_mm)
        box = QRectF(left, middle - metrics.height() / 2, metrics.horizontalAdvance(shown) + 4, metrics.height())
        _fill(painter, box, halo)
        painter.setPen(QColor(color))
        painter.drawText(QPointF(left + 2, middle + (metrics.ascent() - metrics.descent()) / 2), shown)


def _paint_legend_of_marks(
    painter: QPainter, sheet: EcgSheet, device: Device, left: float, right: float, middle: float
) -> None:
    """Say what the marks of beats on this paper are; one that finds no room before `right` is left out."""
    metrics = QFontMetricsF(painter.font())
    base = middle + (metrics.ascent() - metrics.descent()) / 2
    size = 0.28 * metrics.height()
    marks = []
    if any(flag.code == sheet.evidence_class for beat in sheet.beats for flag in beat.flags):
        marks.append((True, tr("beat with network evidence")))
    if sheet.beats:
        marks.append((False, tr("detected beat")))
    for is_flag, words in marks:
        wide = 4 * size + metrics.horizontalAdvance(words)
        if left + wide > right:
            return
        if is_flag:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(sheet.colors.mark))
            painter.drawPolygon(_triangle(left + size, middle - 0.9 * size, size))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(_pen(sheet.colors.note, device))
            painter.drawLine(QLineF(left + size, middle - size, left + size, middle + size))
        painter.setPen(QColor(sheet.colors.note))
        painter.drawText(QPointF(left + 3 * size, base), words)
        left += wide + 3 * size


def _triangle(x: float, top: float, size: float) -> QPolygonF:
    return QPolygonF([QPointF(x - size, top), QPointF(x + size, top), QPointF(x, top + 1.8 * size)])


def _right(painter: QPainter, words: str, font: QFont, right_px: float, sheet: EcgSheet, device: Device) -> float:
    """Write `words` in the first line so that they end at `right_px`, and return where the free room ends."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    middle, width = device.y(-0.5 * HEADER_MM), metrics.horizontalAdvance(words)
    box = QRectF(right_px - width - 2, middle - metrics.height() / 2, width + 4, metrics.height())
    _fill(painter, box, QColor(sheet.colors.paper))
    painter.setPen(QColor(sheet.colors.alert))
    painter.drawText(QPointF(right_px - width, middle + (metrics.ascent() - metrics.descent()) / 2), words)
    return right_px - width - 2 * metrics.averageCharWidth()
