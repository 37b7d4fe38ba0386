"""How large a millimetre is on each screen: as the reader has measured it, else as the system reports."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen, QWindow
from PySide6.QtWidgets import QWidget

from cardio_desktop.app.settings import Settings
from cardio_desktop.core.units import MM_PER_INCH

PLAUSIBLE_DPI = (50.0, 500.0)
USUAL_PX_PER_MM = 96.0 / MM_PER_INCH


def screen_key(screen: QScreen) -> str:
    """Return what tells a screen from others: name, maker, model, serial number and size in device pixels.

    The size in device pixels stays the same when the reader changes the system's magnification.
    """
    ratio, size = screen.devicePixelRatio(), screen.geometry().size()
    pixels = f"{round(size.width() * ratio)}x{round(size.height() * ratio)}"
    parts = (screen.name(), screen.manufacturer(), screen.model(), screen.serialNumber(), pixels)
    return " ".join(part.strip() for part in parts if part.strip())


def known_px_per_mm(settings: Settings, screen: QScreen) -> tuple[float, float] | None:
    """Return logical pixels per millimetre across and down, None where the size of the screen is not known."""
    measured = settings.screen_density(screen_key(screen))
    if measured is not None:
        # Measured in device pixels, which the system's magnification does not change.
        return measured[0] / screen.devicePixelRatio(), measured[1] / screen.devicePixelRatio()
    dots = screen.physicalDotsPerInchX(), screen.physicalDotsPerInchY()
    # Projectors, virtual machines and remote desktops report nonsense.
    if not all(PLAUSIBLE_DPI[0] <= value <= PLAUSIBLE_DPI[1] for value in dots):
        return None
    return dots[0] / MM_PER_INCH, dots[1] / MM_PER_INCH


def is_calibrated(settings: Settings, screen: QScreen) -> bool:
    """Return whether the reader has measured a screen; what systems report is often wrong."""
    return settings.screen_density(screen_key(screen)) is not None


def px_per_mm(settings: Settings, screen: QScreen) -> tuple[float, float]:
    """Return logical pixels per millimetre, those of a usual screen where its size is not known."""
    return known_px_per_mm(settings, screen) or (USUAL_PX_PER_MM, USUAL_PX_PER_MM)


def calibrate(settings: Settings, screen: QScreen, logical_px_per_mm: tuple[float, float] | None) -> None:
    """Remember what the reader has measured on a screen; None goes back to what the system reports."""
    ratio = screen.devicePixelRatio()
    density = None if logical_px_per_mm is None else (logical_px_per_mm[0] * ratio, logical_px_per_mm[1] * ratio)
    settings.set_screen_density(screen_key(screen), density)


class ScreenWatch(QObject):
    """Tells when a widget's window moves to another screen, or when the size of the one it is on is told otherwise.

    Screens outlive windows: as a child of the widget it is told nothing once that is gone.
    """

    def __init__(self, parent: QWidget, changed: Callable[[], None]) -> None:
        super().__init__(parent)
        self._changed = changed
        self._window: QWindow | None = None
        self._screen: QScreen | None = None

    def follow(self, widget: QWidget) -> None:
        """Watch the window that `widget` is in; call it whenever the widget is shown."""
        handle = widget.window().windowHandle()
        if handle is not None and handle is not self._window:
            if self._window is not None and shiboken6.isValid(self._window):
                self._window.screenChanged.disconnect(self._moved)
            self._window = handle
            handle.screenChanged.connect(self._moved)
        self._watch(widget.screen())

    def _moved(self, screen: QScreen) -> None:
        self._watch(screen)
        self._changed()

    def _watch(self, screen: QScreen) -> None:
        if screen is self._screen:
            return
        if self._screen is not None and shiboken6.isValid(self._screen):
            self._screen.physicalDotsPerInchChanged.disconnect(self._told)
            self._screen.geometryChanged.disconnect(self._told)
        self._screen = screen
        screen.physicalDotsPerInchChanged.connect(self._told)
        screen.geometryChanged.connect(self._told)

    def _told(self, *_what: object) -> None:
        self._changed()
