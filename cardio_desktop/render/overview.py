"""The whole of a long record in a narrow bar: heart rate, envelope, events, the network's opinion, all on one axis."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.colors import BEAT_MARK, EVIDENCE_FOR, rgb
from cardio_desktop.render.traces import polygon

Values = NDArray[np.floating]

LEFT_PX, RIGHT_PX = 68.0, 10.0
RATE_PX, TRACE_PX, EVENT_PX, CLASS_PX, AXIS_PX, GAP_PX = 34.0, 22.0, 13.0, 12.0, 15.0, 2.0
HEIGHT_PX = RATE_PX + TRACE_PX + EVENT_PX + CLASS_PX + AXIS_PX + 5 * GAP_PX
_STEPS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400)


@dataclass(frozen=True)
class Mark:
    """One event on the axis: `row` 0 is the upper half of the lane (found), 1 the lower (the file's own marks)."""

    start_s: float
    end_s: float
    color: str
    row: int = 0
    words: str = ""


@dataclass(frozen=True, eq=False)
class Overview:
    """What the bar shows. `rate` is (start of each stretch in s, bpm), `envelope` (times in s, min, max in mV).

    `opinion` is a probability for each of equal stretches of `opinion_s`, NaN where none was given; `judged` says for
    each of them whether it was looked at.
    """

    duration_s: float
    rate_times_s: Values | None = None
    rate_bpm: Values | None = None
    envelope_s: Values | None = None
    envelope_mv: Values | None = None
    envelope_lead: str = ""
    opinion: Values | None = None
    judged: NDArray[np.bool_] | None = None
    opinion_s: float = 60.0
    opinion_name: str = ""
    marks: tuple[Mark, ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    clock_start_s: float | None = None
    """Seconds after midnight at which the record starts, where it is known."""


@dataclass(frozen=True)
class Axis:
    """The map from seconds to pixels."""

    duration_s: float
    width_px: float

    @property
    def room_px(self) -> float:
        """How wide the lanes are."""
        return max(self.width_px - LEFT_PX - RIGHT_PX, 1.0)

    def x(self, time_s: float) -> float:
        """Return the pixel of an instant."""
        return LEFT_PX + self.room_px * time_s / max(self.duration_s, 1e-9)

    def time(self, x_px: float) -> float:
        """Return the instant at a pixel, kept within the record."""
        return min(max((x_px - LEFT_PX) / self.room_px, 0.0), 1.0) * self.duration_s


@dataclass(frozen=True)
class Ink:
    """Colours of the bar around the data."""

    note: str
    lane: str
    rate: str = "#0072b2"
    trace: str = "#7a7a86"
    empty: str = "#d9d9df"


def paint_overview(painter: QPainter, overview: Overview, axis: Axis, ink: Ink) -> None:
    """Paint everything but the handle of the page that is shown."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    metrics = QFontMetricsF(painter.font())
    top = GAP_PX
    for height, paint, name in (
        (RATE_PX, _paint_rate, overview.words.get("rate", "Rate")),
        (TRACE_PX, _paint_envelope, overview.envelope_lead),
        (EVENT_PX, _paint_marks, overview.words.get("events", "Events")),
        (CLASS_PX, _paint_opinion, overview.opinion_name),
    ):
        lane = QRectF(LEFT_PX, top, axis.room_px, height)
        painter.fillRect(lane, QColor(ink.lane))
        painter.setPen(QColor(ink.note))
        label = QRectF(4, top, LEFT_PX - 8, height)
        painter.drawText(
            label,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, label.width()),
        )
        painter.save()
        painter.setClipRect(lane.adjusted(-1, -1, 1, 1))
        paint(painter, overview, axis, lane, ink)
        for start_s, end_s in overview.gaps:
            hole = QRectF(axis.x(start_s), top, max(axis.x(end_s) - axis.x(start_s), 1.0), height)
            painter.fillRect(hole, QBrush(QColor(ink.note), Qt.BrushStyle.BDiagPattern))
        painter.restore()
        top += height + GAP_PX
    _paint_axis(painter, overview, axis, top, ink)


def rate_range(rate_bpm: Values) -> tuple[float, float]:
    """Return the lowest and highest beats a minute of the rate's lane: whole twenties around what is there."""
    known = rate_bpm[np.isfinite(rate_bpm)]
    if not known.size:
        return 40.0, 120.0
    low = math.floor((float(known.min()) - 2) / 20) * 20
    high = math.ceil((float(known.max()) + 2) / 20) * 20
    return float(max(low, 0)), float(max(high, low + 40))


def _paint_rate(painter: QPainter, overview: Overview, axis: Axis, lane: QRectF, ink: Ink) -> None:
    if overview.rate_bpm is None or overview.rate_times_s is None:
        painter.setPen(QColor(ink.note))
        painter.drawText(lane, Qt.AlignmentFlag.AlignCenter, overview.words.get("no_rate", ""))
        return
    low, high = rate_range(overview.rate_bpm)
    painter.setPen(QColor(ink.note))
    font = painter.font()
    small = painter.font()
    small.setPixelSize(9)
    painter.setFont(small)
    painter.setClipping(False)
    for value, at in ((high, lane.top() + 4), (low, lane.bottom() - 4)):
        box = QRectF(lane.left() - 30, at - 5, 27, 10)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:.0f}")
    painter.setFont(font)
    painter.setClipping(True)
    known = np.isfinite(overview.rate_bpm)
    x = LEFT_PX + axis.room_px * overview.rate_times_s / max(overview.duration_s, 1e-9)
    y = lane.bottom() - (overview.rate_bpm - low) / (high - low) * lane.height()
    pen = QPen(QColor(ink.rate))
    pen.setWidthF(0.0)
    painter.setPen(pen)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if end - begin == 1:
            painter.drawEllipse(QPointF(float(x[begin]), float(y[begin])), 1.2, 1.2)
        else:
            painter.drawPolyline(polygon(x[begin:end].astype(np.float64), y[begin:end].astype(np.float64)))


def _paint_envelope(painter: QPainter, overview: Overview, axis: Axis, lane: QRectF, ink: Ink) -> None:
    if overview.envelope_s is None or overview.envelope_mv is None or not len(overview.envelope_s):
        return
    pairs = overview.envelope_mv
    known = np.isfinite(pairs[:, 0])
    if not known.any():
        return
    # Scaled to what nearly all of it stays within: one artefact must not flatten a day.
    middle = float(np.median(pairs[known]))
    reach = max(float(np.quantile(np.abs(pairs[known] - middle), 0.995)), 0.2)
    x = LEFT_PX + axis.room_px * overview.envelope_s / max(overview.duration_s, 1e-9)
    y = lane.center().y() - np.clip((pairs - middle) / reach, -1.0, 1.0) * (lane.height() / 2 - 1)
    pen = QPen(QColor(ink.trace))
    pen.setWidthF(0.0)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawLines(
        [QLineF(float(a), float(top), float(a), float(low)) for a, (low, top) in zip(x[known], y[known], strict=True)]
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_marks(painter: QPainter, overview: Overview, axis: Axis, lane: QRectF, _ink: Ink) -> None:
    half = lane.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    seen: set[tuple[int, int, str]] = set()
    for mark in overview.marks:
        left = axis.x(mark.start_s)
        width = max(axis.x(mark.end_s) - left, 1.5)
        place = (int(left), mark.row, mark.color)
        if place in seen and width <= 1.5:
            continue  # a thousand ectopic beats in one pixel are one stroke
        seen.add(place)
        painter.fillRect(QRectF(left, lane.top() + mark.row * half, width, half - 1), QColor(mark.color))


def _paint_opinion(painter: QPainter, overview: Overview, _axis: Axis, lane: QRectF, ink: Ink) -> None:
    if overview.opinion is None or overview.judged is None:
        painter.setPen(QColor(ink.note))
        metrics = QFontMetricsF(painter.font())
        words = metrics.elidedText(overview.words.get("no_opinion", ""), Qt.TextElideMode.ElideRight, lane.width() - 8)
        painter.drawText(lane, Qt.AlignmentFlag.AlignCenter, words)
        return
    # What was not looked at must not look like what was found harmless.
    painter.fillRect(lane, QBrush(QColor(ink.empty), Qt.BrushStyle.BDiagPattern))
    columns = max(int(lane.width()), 1)
    edges = np.arange(columns + 1) / columns * overview.duration_s / overview.opinion_s
    row = np.full((columns, 3), rgb(ink.lane), dtype=np.float64)
    alpha = np.zeros(columns)
    for column in range(columns):
        first, stop = int(edges[column]), max(math.ceil(edges[column + 1] - 1e-9), int(edges[column]) + 1)
        values, judged = overview.opinion[first:stop], overview.judged[first:stop]
        known = values[np.isfinite(values)]
        if known.size:
            share = float(known.max())
            row[column] = (1 - share) * np.array(rgb(ink.lane)) + share * np.array(rgb(EVIDENCE_FOR))
            alpha[column] = 1.0
        elif judged.any():
            row[column], alpha[column] = rgb(ink.empty), 1.0
    pixels = np.zeros((1, columns, 4), dtype=np.uint8)
    pixels[0, :, :3] = np.rint(row)[:, ::-1]
    pixels[0, :, 3] = np.rint(alpha * 255)
    image = QImage(pixels.tobytes(), columns, 1, 4 * columns, QImage.Format.Format_ARGB32).copy()
    painter.drawImage(lane, image)


def _paint_axis(painter: QPainter, overview: Overview, axis: Axis, top: float, ink: Ink) -> None:
    metrics = QFontMetricsF(painter.font())
    widest = metrics.horizontalAdvance("00:00:00") + 14
    fewest_s = overview.duration_s * widest / axis.room_px
    step_s = next((step for step in _STEPS_S if step >= fewest_s), _STEPS_S[-1])
    start_s = overview.clock_start_s or 0.0
    first = math.ceil(start_s / step_s) * step_s - start_s
    painter.setPen(QColor(ink.note))
    number = 0
    while (time_s := first + number * step_s) <= overview.duration_s:
        x = axis.x(time_s)
        painter.drawLine(QLineF(x, top, x, top + 3))
        text = clock_text(start_s + time_s, with_seconds=step_s < 60, of_day=overview.clock_start_s is not None)
        width = metrics.horizontalAdvance(text)
        left = min(max(x - width / 2, LEFT_PX - 20), axis.width_px - width - 2)
        painter.drawText(QPointF(left, top + 2 + metrics.ascent()), text)
        number += 1


def clock_text(time_s: float, *, with_seconds: bool, of_day: bool) -> str:
    """Return a time as hours and minutes, of the day (and then from midnight anew) or since the record's start."""
    whole = round(time_s) % 86400 if of_day else round(time_s)
    text = f"{whole // 3600:02d}:{whole // 60 % 60:02d}"
    return f"{text}:{whole % 60:02d}" if with_seconds else text


def paint_handle(painter: QPainter, axis: Axis, start_s: float, end_s: float, color: str) -> None:
    """Paint the page that is shown: a veil with two edges, and a triangle where it is too narrow to be seen."""
    left, right = axis.x(start_s), axis.x(end_s)
    height = HEIGHT_PX - AXIS_PX
    middle = (left + right) / 2
    width = max(right - left, 3.0)
    veil = QColor(color)
    veil.setAlpha(60)
    box = QRectF(middle - width / 2, 0.0, width, height)
    painter.fillRect(box, veil)
    pen = QPen(QColor(color))
    pen.setWidthF(0.0)
    painter.setPen(pen)
    painter.drawLine(QLineF(box.left(), 0, box.left(), height))
    painter.drawLine(QLineF(box.right(), 0, box.right(), height))
    painter.setBrush(QColor(color))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([QPointF(middle - 5, 0), QPointF(middle + 5, 0), QPointF(middle, 6)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


EVENT_COLORS: dict[str, str] = {
    BeatKind.VENTRICULAR: "#d58fc0",
    BeatKind.SUPRAVENTRICULAR: "#8fb8d5",
    "pause": "#a3261c",
    "couplet": BEAT_MARK,
    "ventricular run": "#c0006a",
    "supraventricular run": "#2f6f9f",
    "bigeminy": BEAT_MARK,
    "fast": "#c25a12",
    "slow": "#1d6a3a",
    "ventricular flutter": "#c0006a",
    "flag": BEAT_MARK,
    "file": "#5b5b66",
}
