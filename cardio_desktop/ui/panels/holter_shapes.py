"""The shapes of a day's beats: how each looks, how many there are, and of what kind they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.holter import ARTEFACT, DayShape

LOOK = QSize(190, 64)
MOST_ROWS = 60


def kind_names() -> dict[str, str]:
    """Return what each kind of a shape is called."""
    return {
        BeatKind.NORMAL.value: tr("normal"),
        BeatKind.SUPRAVENTRICULAR.value: tr("supraventricular"),
        BeatKind.VENTRICULAR.value: tr("ventricular"),
        BeatKind.PACED.value: tr("paced"),
        BeatKind.UNKNOWN.value: tr("unknown"),
        ARTEFACT: tr("artefact, no beat"),
    }


KEYS = {
    Qt.Key.Key_N: BeatKind.NORMAL.value,
    Qt.Key.Key_S: BeatKind.SUPRAVENTRICULAR.value,
    Qt.Key.Key_V: BeatKind.VENTRICULAR.value,
    Qt.Key.Key_P: BeatKind.PACED.value,
    Qt.Key.Key_A: ARTEFACT,
}


class ShapesTable(QTableWidget):
    """One row a shape; N, S, V, P and A say of what kind the chosen one is, Backspace leaves it to the program."""

    called = Signal(object, object)
    """(shape, kind or None): what the reader says of a shape."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.shapes: tuple[DayShape, ...] = ()
        self.setAccessibleName(tr("Shapes of beats"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setIconSize(LOOK)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LOOK.height() + 6)

    def show_shapes(self, shapes: Sequence[DayShape], times: Sequence[str]) -> None:
        """Show shapes with the moment of the first beat of each; the chosen row stays."""
        row = self.currentRow()
        self.shapes = tuple(shapes[:MOST_ROWS])
        names = kind_names()
        self.setHorizontalHeaderLabels([tr("Shape"), tr("Beats"), tr("Kind"), tr("First at")])
        self.setRowCount(len(self.shapes))
        for k, shape in enumerate(self.shapes):
            look = QTableWidgetItem()
            look.setIcon(QIcon(self._drawn(shape)))
            look.setData(Qt.ItemDataRole.UserRole, shape.first_s)
            kind = QTableWidgetItem(names.get(shape.kind, shape.kind))
            if shape.edited:
                font = kind.font()
                font.setBold(True)
                kind.setFont(font)
                kind.setToolTip(tr("You said so; Backspace leaves it to the program"))
            for column, item in enumerate((look, QTableWidgetItem(str(shape.beats)), kind, QTableWidgetItem(times[k]))):
                self.setItem(k, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        if 0 <= row < len(self.shapes):
            self.setCurrentCell(row, 0)

    def call(self, kind: str | None) -> None:
        """Say of what kind the chosen shape is."""
        if 0 <= self.currentRow() < len(self.shapes):
            self.called.emit(self.shapes[self.currentRow()], kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the kinds; others move in the table."""
        key = Qt.Key(event.key())
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and key in KEYS:
            self.call(KEYS[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.call(None)
        else:
            super().keyPressEvent(event)

    def _drawn(self, shape: DayShape) -> QPixmap:
        """Return how a shape looks, its leads one beside the other on one scale."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(LOOK * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(0, 0, 0, 0))
        mv = shape.samples_mv
        reach = max(float(np.abs(mv).max()), 0.1)
        wide = LOOK.width() / len(mv)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 0))
        font = painter.font()
        font.setPointSizeF(7.0)
        painter.setFont(font)
        for k, (name, row) in enumerate(zip(shape.leads, mv, strict=True)):
            xs = wide * (k + np.linspace(0.05, 0.95, row.size))
            ys = LOOK.height() * (0.55 - 0.4 * row / reach)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))
            painter.drawText(QPointF(wide * k + 2.0, 9.0), name)
        painter.end()
        return picture


class ShapesTab(QWidget):
    """The table with a button for each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.table = ShapesTable()
        row = QHBoxLayout()
        letters = {kind: key.name[-1] for key, kind in KEYS.items()}
        for kind, name in kind_names().items():
            if kind not in letters:
                continue
            button = QPushButton(f"{name} ({letters[kind]})")
            button.clicked.connect(lambda _checked=False, kind=kind: self.table.call(kind))
            row.addWidget(button)
        back = QPushButton(tr("As the program says"))
        back.clicked.connect(lambda: self.table.call(None))
        row.addWidget(back)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
