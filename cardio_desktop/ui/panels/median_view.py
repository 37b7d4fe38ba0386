"""The median beat of each lead with its marks, over the single beats and the evidence by phase."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import MedianBeat
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.render.colors import RED_PAPER
from cardio_desktop.render.evidence import evidence_image
from cardio_desktop.ui.panels.median_beat import PHASE_STEP_S, Phase, evidence_by_phase, single_beats

SPEED_MM_PER_S = 50.0
GAIN_MM_PER_MV = 10.0
MARK_NAMES = {
    "p_onset": "P",
    "p_offset": "",
    "qrs_onset": "QRS",
    "qrs_offset": "J",
    "t_peak": "T",
    "t_offset": "",
}


class MedianCanvas(QWidget):
    """Draws one lead, or all of them in a grid, on paper of 50 mm/s and 10 mm/mV, scaled alike to fit."""

    resized = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.lead: str | None = None
        self.show_beats = True
        self.median: MedianBeat | None = None
        self._phase: Phase | None = None
        self._beats: dict[str, list[np.ndarray]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setAccessibleName(tr("Median beat"))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(320, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the scale may be another."""
        super().resizeEvent(event)
        self.resized.emit()

    def show_state(self, state: State) -> None:
        """Show the median of other findings."""
        findings, median = state.shown, state.shown.median if state.shown else None
        if median is not self.median:
            self._beats = {}
        self.median = median
        evidence, code = state.evidence, state.evidence_class
        self._phase = None
        if findings is not None and median is not None and evidence is not None and code is not None:
            self._phase = evidence_by_phase(evidence, code, findings, median)
        self.update()

    def leads(self) -> list[str]:
        """Return the leads that are drawn."""
        if self.median is None:
            return []
        if self.lead in self.median.leads:
            return [self.lead]
        known = [lead for lead in LEADS12 if lead in self.median.leads]
        return known or list(self.median.leads)

    def cells(self) -> list[tuple[str, QRectF]]:
        """Return the place of each lead: columns of limb and chest leads in the usual order."""
        leads = self.leads()
        if not leads:
            return []
        columns = 1 if len(leads) == 1 else 2 if self.width() < 1.2 * self.height() else 4
        rows = -(-len(leads) // columns)
        wide, high = self.width() / columns, self.height() / rows
        return [(lead, QRectF(k // rows * wide, k % rows * high, wide, high)) for k, lead in enumerate(leads)]

    def px_per_mm(self) -> float:
        """Return the scale at which every lead fits its cell."""
        cells = self.cells()
        if self.median is None or not cells:
            return 1.0
        box = cells[0][1]
        low, high = self._range_mv()
        across = self.median.samples_mv.shape[1] / self.median.rate_hz * SPEED_MM_PER_S
        fitting = min(box.width() / across, (box.height() - 4) / ((high - low) * GAIN_MM_PER_MV))
        return float(max(fitting, 0.2))

    def _range_mv(self) -> tuple[float, float]:
        assert self.median is not None
        rows = [self.median.of(lead) for lead in self.leads()]
        low = min((float(np.nanmin(row)) for row in rows if np.isfinite(row).any()), default=-0.5)
        high = max((float(np.nanmax(row)) for row in rows if np.isfinite(row).any()), default=0.5)
        return min(low, -0.2) - 0.15, max(high, 0.4) + 0.3

    def paintEvent(self, _event: QEvent) -> None:
        """Paint every cell."""
        if self.median is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lead, box in self.cells():
            painter.save()
            painter.setClipRect(box)
            self._paint_lead(painter, lead, box.adjusted(0, 0, -1, -1))
            painter.restore()
        painter.end()

    def _paint_lead(self, painter: QPainter, lead: str, box: QRectF) -> None:
        median = self.median
        assert median is not None
        scale, (_, high) = self.px_per_mm(), self._range_mv()
        seconds, mv = scale * SPEED_MM_PER_S, scale * GAIN_MM_PER_MV
        count = median.samples_mv.shape[1]
        left = box.left() + max((box.width() - count / median.rate_hz * seconds) / 2, 0)
        zero_x, zero_y = left + median.zero / median.rate_hz * seconds, box.top() + 2 + high * mv
        painter.fillRect(box, QColor(RED_PAPER.paper))
        _paint_grid(painter, box, zero_x, zero_y, scale)
        self._paint_phase(painter, lead, box, zero_x, seconds)
        x = zero_x + (np.arange(count) - median.zero) / median.rate_hz * seconds
        if self.show_beats:
            faint = QColor(RED_PAPER.trace)
            faint.setAlpha(46)
            painter.setPen(QPen(faint, 1))
            for row in self._single(lead):
                _line(painter, x, zero_y - row * mv)
        painter.setPen(QPen(QColor(RED_PAPER.trace), 1))
        _line(painter, x, zero_y - median.of(lead) * mv)
        self._paint_marks(painter, box, zero_x, seconds, named=len(self.leads()) == 1)
        painter.setPen(QColor(RED_PAPER.label))
        painter.drawText(QPointF(box.left() + 4, box.top() + QFontMetricsF(painter.font()).ascent() + 2), lead)

    def _single(self, lead: str) -> list[np.ndarray]:
        if lead not in self._beats:
            state = self._session.state
            rows: list[np.ndarray] = []
            if state.record is not None and state.shown is not None and self.median is not None:
                try:
                    rows = single_beats(state.record, state.shown, self.median, lead)
                except CardioError:
                    rows = []  # the paper tells that the file cannot be read
            self._beats[lead] = rows
        return self._beats[lead]

    def _paint_phase(self, painter: QPainter, lead: str, box: QRectF, zero_x: float, seconds: float) -> None:
        phase, evidence = self._phase, self._session.state.evidence
        code, view = self._session.state.evidence_class, self._session.state.viewport
        if phase is None or evidence is None or code is None or lead not in phase.leads:
            return
        row = phase.values[phase.leads.index(lead)]
        full = max(float(np.abs(phase.values).max()), 1e-9)
        band = QRectF(zero_x + phase.start_s * seconds, box.top(), len(row) * PHASE_STEP_S * seconds, box.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(band, evidence_image(row, full, view.opacity, lowest=view.evidence_from))

    def _paint_marks(self, painter: QPainter, box: QRectF, zero_x: float, seconds: float, *, named: bool) -> None:
        assert self.median is not None
        color = QColor(RED_PAPER.mark)
        color.setAlpha(255 if named else 110)
        painter.setPen(QPen(color, 1))
        for name, time_s in self.median.marks_s.items():
            x = zero_x + time_s * seconds
            painter.drawLine(QLineF(x, box.top() + (14 if named else 0), x, box.bottom()))
            if named and MARK_NAMES.get(name):
                painter.drawText(QPointF(x + 2, box.bottom() - 4), MARK_NAMES[name])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show one lead alone, or all again."""
        hit = next((lead for lead, box in self.cells() if box.contains(event.position())), None)
        parent = self.parentWidget()
        if isinstance(parent, MedianView) and hit is not None:
            parent.choose(None if self.lead else hit)


class MedianView(QWidget):
    """The canvas with its choices; says why where there is no median beat."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        self.lead = QComboBox()
        self.lead.setAccessibleName(tr("Lead of the median beat"))
        self.lead.setToolTip(tr("All leads, or one of them large (a double click does the same)"))
        self.lead.activated.connect(self._lead_chosen)
        self.beats = QCheckBox(tr("Single beats"))
        self.beats.setToolTip(tr("Draw the beats that the median was made of over one another"))
        self.beats.setChecked(True)
        self.beats.toggled.connect(self._beats_chosen)
        row.addWidget(self.lead)
        row.addWidget(self.beats)
        row.addStretch(1)
        self.canvas = MedianCanvas(session)
        self.canvas.resized.connect(self._say_scale)
        self.words = QLabel()
        self.words.setWordWrap(True)
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.words)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.empty, 1)
        session.changed.connect(self._changed)
        self._show(session.state)

    def choose(self, lead: str | None) -> None:
        """Show one lead large; None shows all."""
        self.canvas.lead = lead
        self._show(self._session.state)

    def _lead_chosen(self, index: int) -> None:
        self.choose(self.lead.itemData(index))

    def _beats_chosen(self, on: bool) -> None:
        self.canvas.show_beats = on
        self.canvas.update()

    def _changed(self, old: State, new: State) -> None:
        def seen(state: State) -> tuple[object, ...]:
            view = state.viewport
            return state.record, state.shown, state.evidence, state.evidence_class, view.opacity, view.evidence_from

        if seen(old) != seen(new) or bool(old.busy) != bool(new.busy):
            self._show(new)

    def _show(self, state: State) -> None:
        self.canvas.show_state(state)
        median = self.canvas.median
        for widget in (self.bar, self.canvas, self.words):
            widget.setVisible(median is not None)
        self.empty.setVisible(median is None)
        self.empty.setText(_reason(state))
        if median is None:
            return
        names = [lead for lead in LEADS12 if lead in median.leads] or list(median.leads)
        if self.canvas.lead not in names:
            self.canvas.lead = None
        items: list[str | None] = [None, *names]
        if [self.lead.itemData(k) for k in range(self.lead.count())] != items:
            self.lead.clear()
            for name in items:
                self.lead.addItem(name or tr("All leads"), name)
        self.lead.setCurrentIndex(items.index(self.canvas.lead))
        self._say_scale()

    def _say_scale(self) -> None:
        """Say what was averaged and how long a millimetre of this paper is."""
        median = self.canvas.median
        if median is None:
            return
        words = tr("Median of {count} beats. 1 mm of its grid is 20 ms and 0.1 mV (50 mm/s, 10 mm/mV).")
        self.words.setText(words.format(count=median.beats))


def _reason(state: State) -> str:
    if state.record is None:
        return tr("The median beat stands here once a record is open.")
    if state.hidden:
        return tr("The median beat is hidden with the findings. F2 shows them.")
    if state.findings is None:
        return tr("There is no median beat yet: the record has not been analysed.")
    if not state.findings.beats:
        return tr("No beats were found, so there is no median beat.")
    return tr(
        "No median beat could be made of this record: too few beats of one shape, or the signal does not allow it."
    )


def _paint_grid(painter: QPainter, box: QRectF, zero_x: float, zero_y: float, px_per_mm: float) -> None:
    """Draw lines of 5 mm through the R peak and zero, and of 1 mm where they stand far enough apart."""
    for step_mm, color in ((1.0, RED_PAPER.fine), (5.0, RED_PAPER.bold)):
        step = step_mm * px_per_mm
        if step < 3:
            continue
        painter.setPen(QPen(QColor(color), 1))
        first = zero_x - np.floor((zero_x - box.left()) / step) * step
        lines = [QLineF(x, box.top(), x, box.bottom()) for x in np.arange(first, box.right(), step)]
        first = zero_y - np.floor((zero_y - box.top()) / step) * step
        lines += [QLineF(box.left(), y, box.right(), y) for y in np.arange(first, box.bottom(), step)]
        painter.drawLines(lines)


def _line(painter: QPainter, x: np.ndarray, y: np.ndarray) -> None:
    """Draw a curve, broken where it has no value."""
    known = np.isfinite(y)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x[start:stop], y[start:stop], strict=True)]))
