"""A strip of beats under the paper, each a cell coloured by its evidence for the class that is shown."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.colors import BEAT_MARK, EVIDENCE_AGAINST, EVIDENCE_FOR
from cardio_desktop.ui.panels.evidence_beats import BeatEvidence, beat_evidence
from cardio_desktop.ui.paper.evidence_words import class_words

HEIGHT_PX = 24
NUMBERS_FROM_PX = 22.0


class BeatStrip(QWidget):
    """Cells in the order of time; a click, or Left and Right while it has the focus, goes to a beat."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: BeatEvidence | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Evidence by beat"))
        session.changed.connect(self._changed)
        self._show(session.state)

    @property
    def found(self) -> BeatEvidence | None:
        """What is shown."""
        return self._found

    def sizeHint(self) -> QSize:
        """Return the height of one row of cells."""
        return QSize(400, max(HEIGHT_PX, self.fontMetrics().height() + 8))

    minimumSizeHint = sizeHint

    def _changed(self, old: State, new: State) -> None:
        if (old.shown, old.evidence, old.evidence_class) != (new.shown, new.evidence, new.evidence_class):
            self._show(new)
        elif old.viewport != new.viewport:
            self.update()

    def _show(self, state: State) -> None:
        self._found = beat_evidence(state)
        self.setVisible(self._found is not None)
        if self._found is not None:
            ranked = self._found.ranking()[:3]
            words = ", ".join(self.words(k) for k in ranked)
            self.setAccessibleDescription(words or tr("No beat speaks for it."))
        else:
            self.setAccessibleDescription("")
        self.update()

    def words(self, index: int) -> str:
        """Return one beat in words."""
        assert self._found is not None
        beat, total = self._found.beats[index], float(self._found.totals[index])
        line = tr("Beat {number}, {time} s: {evidence} logit for {name}, strongest in {lead}")
        said = line.format(
            number=index + 1,
            time=decimals(f"{beat.time_s:.2f}"),
            evidence=decimals(f"{total:+.3f}"),
            name=class_words(self._session.state.shown, self._found.code),
            lead=self._found.strongest_lead(index),
        )
        if self._found.near_edge[index]:
            said += "\n" + tr("Near the edge of what the network saw: less reliable.")
        return said

    def cell(self, index: int) -> QRectF:
        """Return where a beat's cell lies."""
        count = len(self._found.beats) if self._found else 1
        wide = self.width() / count
        return QRectF(index * wide, 0, wide, self.height())

    def index_at(self, x: float) -> int | None:
        """Return the beat at a pixel."""
        if self._found is None or not 0 <= x < self.width():
            return None
        return min(int(x * len(self._found.beats) / self.width()), len(self._found.beats) - 1)

    def paintEvent(self, _event: QEvent) -> None:
        """Paint the cells; of those that share a pixel the strongest is shown, none is averaged away."""
        found = self._found
        if found is None:
            return
        painter = QPainter(self)
        base, text = (self.palette().color(role) for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Text))
        painter.fillRect(self.rect(), base)
        count, totals = len(found.beats), found.totals
        columns = min(count, max(self.width(), 1))
        edges = np.linspace(0, count, columns + 1).astype(int)
        wide = self.width() / columns
        state = self._session.state
        for column in range(columns):
            part = totals[edges[column] : edges[column + 1]]
            value = float(part[np.abs(part).argmax()])
            color = QColor(EVIDENCE_FOR if value >= 0 else EVIDENCE_AGAINST)
            color.setAlphaF(min(abs(value) / found.full, 1.0) * 0.85)
            box = QRectF(column * wide, 1, wide - (1 if wide > 4 else 0), self.height() - 2)
            painter.fillRect(box, color)
            if columns == count and found.near_edge[column]:
                painter.setPen(QPen(text, 1, Qt.PenStyle.DotLine))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
            if columns == count and wide >= NUMBERS_FROM_PX:
                painter.setPen(text)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(column + 1))
        selected = state.viewport.selected_beat_s
        for index, beat in enumerate(found.beats):
            if selected is not None and abs(beat.time_s - selected) < 1e-6:
                painter.setPen(QPen(QColor(BEAT_MARK), 2))
                painter.drawRect(self.cell(index).adjusted(1, 1, -1, -1))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _go(self, index: int) -> None:
        if self._found is not None:
            self._session.go_to(self._found.beats[index].time_s, select=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the beat that was clicked."""
        index = self.index_at(event.position().x())
        if index is not None:
            self._go(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from beat to beat."""
        if self._found is None or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
            return
        selected = self._session.state.viewport.selected_beat_s
        times = [beat.time_s for beat in self._found.beats]
        here = next((k for k, t in enumerate(times) if selected is not None and abs(t - selected) < 1e-6), None)
        step = 1 if event.key() == Qt.Key.Key_Right else -1
        index = (0 if step > 0 else len(times) - 1) if here is None else min(max(here + step, 0), len(times) - 1)
        self._go(index)

    def event(self, event: QEvent) -> bool:
        """Claim the arrow keys while it has the focus, and say in a tool tip what a beat carries."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(event.pos().x())
            if index is not None:
                QToolTip.showText(event.globalPos(), self.words(index), self)
            return True
        return super().event(event)
