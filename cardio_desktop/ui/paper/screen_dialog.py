"""Asks how large a millimetre is on a screen: a bank card held to it, or a ruler's reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSlider,
    QStatusBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.core.units import MM_PER_INCH
from cardio_desktop.ui.paper import screens

if TYPE_CHECKING:
    from cardio_desktop.ui.paper.paper_view import PaperView

CARD_MM = (85.60, 53.98)
"""A bank card, ISO/IEC 7810 ID-1."""
CARD_RANGE_PX_PER_MM = (2.0, 12.0)
STEPS_PER_PX = 4


class Card(QWidget):
    """The outline of a bank card, as large as the two densities say."""

    def __init__(self, px_per_mm: tuple[float, float]) -> None:
        super().__init__()
        self.px_per_mm = px_per_mm
        self.setAccessibleName(tr("Outline of a bank card"))
        self.setMinimumSize(430, 260)

    def sizeHint(self) -> QSize:
        """Return room for the card."""
        return QSize(*(round(mm * px) + 40 for mm, px in zip(CARD_MM, self.px_per_mm, strict=True)))

    def card(self) -> QRectF:
        """Return the outline in logical pixels."""
        width, height = CARD_MM[0] * self.px_per_mm[0], CARD_MM[1] * self.px_per_mm[1]
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(self.palette().highlight().color())
        fill.setAlpha(50)
        painter.setBrush(fill)
        painter.setPen(QPen(self.palette().windowText().color(), 1))
        corner_px = 3.18
        painter.drawRoundedRect(self.card(), corner_px * self.px_per_mm[0], corner_px * self.px_per_mm[1])
        painter.drawText(self.card(), Qt.AlignmentFlag.AlignCenter, "85.60 × 53.98 mm")
        painter.end()


class Ruler(QWidget):
    """A line of a fixed number of logical pixels to hold a ruler to."""

    LENGTH_PX = 400

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Line to be measured"))

    def sizeHint(self) -> QSize:
        """Return room for the line."""
        return QSize(self.LENGTH_PX + 40, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line with its ends."""
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().windowText().color(), 1))
        left, middle = (self.width() - self.LENGTH_PX) / 2, self.height() / 2
        right = left + self.LENGTH_PX
        painter.drawLine(QLineF(left, middle, right, middle))
        for x in (left, right):
            painter.drawLine(QLineF(x, middle - 14, x, middle + 14))
        painter.end()


class ScreenDialog(QDialog):
    """Learns a screen's density: by a card whose outline is made to fit, or by a ruler's reading."""

    def __init__(self, view: PaperView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Screen calibration"))
        now = view.px_per_mm()
        layout = QVBoxLayout(self)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._card_page(now), tr("Bank &card"))
        self.tabs.addTab(self._ruler_page(now[0]), tr("&Ruler"))
        layout.addWidget(self.tabs)
        name = screens.screen_key(view.screen()) or tr("this screen")
        layout.addWidget(QLabel(tr("Remembered for: {screen}").format(screen=name)))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.Reset
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.reset = buttons.button(QDialogButtonBox.StandardButton.Reset)
        self.reset.setToolTip(tr("Trust what the system reports"))
        self.reset.clicked.connect(self._forget)
        layout.addWidget(buttons)
        self.forgotten = False

    def _card_page(self, now: tuple[float, float]) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        words = QLabel(
            tr("Hold a bank card to the screen and move the slider until the outline is exactly as large as the card.")
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        self.card = Card(now)
        layout.addWidget(self.card, 1)
        self.width_slider, self.height_slider = self._slider(0, now), self._slider(1, now)
        self.width_slider.setAccessibleName(tr("Width of the card"))
        self.height_slider.setAccessibleName(tr("Height of the card"))
        form = QFormLayout()
        form.addRow(tr("Width"), self.width_slider)
        form.addRow(tr("Height"), self.height_slider)
        layout.addLayout(form)
        self.square = QCheckBox(tr("Pixels are square: the height follows the width"))
        self.square.setChecked(abs(now[0] - now[1]) < 0.02 * now[0])
        self.square.toggled.connect(self._moved)
        layout.addWidget(self.square)
        self.width_slider.valueChanged.connect(self._moved)
        self.height_slider.valueChanged.connect(self._moved)
        self.height_slider.setEnabled(not self.square.isChecked())
        return page

    def _slider(self, axis: int, now: tuple[float, float]) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        low, high = (round(limit * CARD_MM[axis] * STEPS_PER_PX) for limit in CARD_RANGE_PX_PER_MM)
        slider.setRange(low, high)
        slider.setValue(round(now[axis] * CARD_MM[axis] * STEPS_PER_PX))
        slider.setSingleStep(1)
        slider.setPageStep(STEPS_PER_PX * 2)
        return slider

    def _ruler_page(self, now: float) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        words = QLabel(tr("Hold a ruler to the screen and type the distance between the two ends."))
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(Ruler(), 0, Qt.AlignmentFlag.AlignCenter)
        self.reading = QDoubleSpinBox()
        self.reading.setRange(20.0, 400.0)
        self.reading.setDecimals(1)
        self.reading.setSingleStep(0.5)
        self.reading.setSuffix(" mm")
        self.reading.setValue(Ruler.LENGTH_PX / now)
        self.reading.setAccessibleName(tr("Reading of the ruler"))
        layout.addWidget(self.reading)
        layout.addStretch(1)
        return page

    def _moved(self, *_what: object) -> None:
        across = self.width_slider.value() / STEPS_PER_PX / CARD_MM[0]
        square = self.square.isChecked()
        self.height_slider.setEnabled(not square)
        if square:
            self.height_slider.blockSignals(True)
            self.height_slider.setValue(round(across * CARD_MM[1] * STEPS_PER_PX))
            self.height_slider.blockSignals(False)
        down = across if square else self.height_slider.value() / STEPS_PER_PX / CARD_MM[1]
        self.card.px_per_mm = (across, down)
        self.card.update()

    def _forget(self) -> None:
        self.forgotten = True
        self.accept()

    def px_per_mm(self) -> tuple[float, float] | None:
        """Return the measured logical pixels per millimetre across and down, None to trust the system."""
        if self.forgotten:
            return None
        if self.tabs.currentIndex() == 0:
            return self.card.px_per_mm
        density = Ruler.LENGTH_PX / self.reading.value()
        return density, density


def calibrate_screen(view: PaperView, frame: QWidget, status: QStatusBar) -> None:
    """Ask how large a millimetre is on the screen that shows the paper, and remember it."""
    dialog = ScreenDialog(view, frame)
    if dialog.exec():
        screens.calibrate(view.session.settings, view.screen(), dialog.px_per_mm())
        view.refresh()
        dots = view.px_per_mm()[0] * MM_PER_INCH
        words = tr("This screen is now taken as {dots} dots per inch.").format(dots=decimals(f"{dots:.1f}"))
        status.showMessage(words, 10_000)
    dialog.deleteLater()
