"""Light and dark theme, the size of letters, and the colours of the window around the paper."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QComboBox

from cardio_desktop.app.settings import FONT_PERCENT, Settings

BAR = QColor("#3d6fa5")
BAR_CHOSEN = QColor("#c25a12")

FONT_STEP = 10
USUAL_FONT = "usual_font"
"""Property of the application: its font before any change."""

_DARK: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "#23262c",
    QPalette.ColorRole.WindowText: "#ececf0",
    QPalette.ColorRole.Base: "#1a1c21",
    QPalette.ColorRole.AlternateBase: "#23262c",
    QPalette.ColorRole.Text: "#ececf0",
    QPalette.ColorRole.Button: "#2e323a",
    QPalette.ColorRole.ButtonText: "#ececf0",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#33373f",
    QPalette.ColorRole.ToolTipText: "#ececf0",
    QPalette.ColorRole.PlaceholderText: "#9ea1ab",
    QPalette.ColorRole.Highlight: "#2f6fb0",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#6db3f2",
    QPalette.ColorRole.LinkVisited: "#b79cf0",
    QPalette.ColorRole.Light: "#444a55",
    QPalette.ColorRole.Midlight: "#383d46",
    QPalette.ColorRole.Mid: "#2a2e35",
    QPalette.ColorRole.Dark: "#15171b",
    QPalette.ColorRole.Shadow: "#000000",
}
_LIGHT: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "#f0f0f2",
    QPalette.ColorRole.WindowText: "#16161a",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f5f5f7",
    QPalette.ColorRole.Text: "#16161a",
    QPalette.ColorRole.Button: "#f0f0f2",
    QPalette.ColorRole.ButtonText: "#16161a",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#ffffe6",
    QPalette.ColorRole.ToolTipText: "#16161a",
    QPalette.ColorRole.PlaceholderText: "#73737d",
    QPalette.ColorRole.Highlight: "#2f6fb0",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#1a5fb4",
    QPalette.ColorRole.LinkVisited: "#6a3fb0",
    QPalette.ColorRole.Light: "#ffffff",
    QPalette.ColorRole.Midlight: "#f7f7f9",
    QPalette.ColorRole.Mid: "#b6b6bd",
    QPalette.ColorRole.Dark: "#9c9ca4",
    QPalette.ColorRole.Shadow: "#6c6c74",
}
_DIMMED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def is_dark(palette: QPalette) -> bool:
    """Return whether a palette writes light letters on a dark window."""
    return (
        palette.color(QPalette.ColorRole.Window).lightness() < palette.color(QPalette.ColorRole.WindowText).lightness()
    )


def palette_of(dark: bool) -> QPalette:
    """Return the colours of the dark or the light theme."""
    palette = QPalette()
    for role, color in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(color))
    for role in _DIMMED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#7d808a" if dark else "#9a9aa2"))
    return palette


class Theme(QObject):
    """The look of all windows: follows the system's light or dark scheme unless the reader has chosen one.

    `changed()` tells that theme or letters are others now.
    """

    changed = Signal()

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._application, self._settings = application, settings
        if application.property(USUAL_FONT) is None:
            application.setProperty(USUAL_FONT, application.font())
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    @property
    def choice(self) -> str:
        """What the reader has chosen: "system", "light" or "dark"."""
        return self._settings.theme()

    @property
    def font_percent(self) -> int:
        """The size of letters in percent of the system's."""
        return self._settings.font_percent()

    def choose(self, theme: str) -> None:
        """Follow the system, or keep to one theme."""
        self._settings.set_theme(theme)
        self.apply()

    def resize_letters(self, steps: int | None) -> None:
        """Make the letters larger or smaller; None gives them the system's size."""
        percent = 100 if steps is None else self.font_percent + FONT_STEP * steps
        self._settings.set_font_percent(min(max(percent, FONT_PERCENT[0]), FONT_PERCENT[1]))
        self.apply()

    def apply(self) -> None:
        """Give every window its colours and letters."""
        hints = self._application.styleHints()
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        choice = self.choice
        hints.setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
        dark = choice == "dark" or (choice == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        if sys.platform.startswith("linux") and is_dark(QGuiApplication.palette()) != dark:
            # Windows and macOS colour their own widgets; under Linux the style takes what it is given.
            self._application.setPalette(palette_of(dark))
        usual = self._application.property(USUAL_FONT)
        font = QFont(usual)
        if usual.pointSizeF() > 0:
            font.setPointSizeF(usual.pointSizeF() * self.font_percent / 100.0)
        else:
            font.setPixelSize(round(usual.pixelSize() * self.font_percent / 100.0))
        if font != self._application.font():
            self._application.setFont(font)
            for widget in self._application.allWidgets():
                # A style sheet keeps the letters it has met; boxes keep the width that was enough for them.
                if widget.styleSheet():
                    widget.setStyleSheet(widget.styleSheet())
                if isinstance(widget, QComboBox):
                    policy = widget.sizeAdjustPolicy()
                    widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                    widget.setSizeAdjustPolicy(policy)
        self.changed.emit()

    @property
    def settings(self) -> Settings:
        """Where the choices are remembered."""
        return self._settings

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.choice == "system":
            self.apply()


def theme_for(settings: Settings) -> Theme | None:
    """Return the application's theme, made anew for other settings; None where there is no application."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return None
    for present in application.findChildren(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if present.settings is settings:
            return present
        application.styleHints().colorSchemeChanged.disconnect(present._system_changed)
        present.setParent(None)
        present.deleteLater()
    return Theme(application, settings)
