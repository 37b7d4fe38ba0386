"""The panels around the paper: a table of their kinds, which share a place, one in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session
from cardio_desktop.ui.panels.evidence_panel import EvidencePanel
from cardio_desktop.ui.panels.findings_panel import FindingsPanel
from cardio_desktop.ui.panels.median_view import MedianView
from cardio_desktop.ui.titled_dock import TitledDock

WIDTH_PX = 350
TAB_PX = 24
"""What the style leaves free beside the title of a tab."""


@dataclass(frozen=True)
class PanelKind:
    """A panel: the name its place is remembered under, its title, the command that shows it, and what makes it."""

    name: str
    title: str
    command: str
    text: str
    keys: tuple[str, ...]
    tip: str
    make: Callable[[Session, Mapping[str, QAction]], QWidget]


def panel_kinds() -> tuple[PanelKind, ...]:
    """Return the panels from the first tab to the last."""
    return (
        PanelKind(
            "findings",
            tr("Findings"),
            "panel",
            tr("F&indings panel"),
            ("F9",),
            tr("Show or hide the findings"),
            FindingsPanel,
        ),
        PanelKind(
            "evidence",
            tr("Evidence"),
            "evidence-panel",
            tr("&Evidence tools"),
            ("Shift+F9",),
            tr("Show or hide the evidence tools"),
            EvidencePanel,
        ),
        PanelKind(
            "median",
            tr("Median beat"),
            "median-panel",
            tr("Median &beat"),
            ("F7",),
            tr("Show or hide the median beat"),
            lambda session, _actions: MedianView(session),
        ),
    )


class Docks:
    """The docks of a window; they are empty until `fill`, which needs the window's commands."""

    def __init__(self, frame: QMainWindow) -> None:
        self.kinds = panel_kinds()
        frame.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
        self._docks = {kind.name: _make_dock(frame, kind) for kind in self.kinds}
        first, *others = self._docks.values()
        for before, dock in zip((first, *others), others, strict=False):
            frame.tabifyDockWidget(before, dock)
        first.raise_()
        frame.resizeDocks([first], [WIDTH_PX], Qt.Orientation.Horizontal)

    def fill(self, session: Session, actions: Mapping[str, QAction]) -> None:
        """Make the panels."""
        for kind in self.kinds:
            self._docks[kind.name].setWidget(kind.make(session, actions))
        self.fit_titles()

    def fit_titles(self) -> None:
        """Make the docks wide enough for the titles of all on their tabs, in the letters in force."""
        letters = QFontMetrics(QApplication.font())
        wide = sum(letters.horizontalAdvance(kind.title) + letters.averageCharWidth() + TAB_PX for kind in self.kinds)
        for dock in self._docks.values():
            dock.setMinimumWidth(wide)

    def __getitem__(self, name: str) -> QDockWidget:
        """Return the dock of a kind of panel."""
        return self._docks[name]

    @property
    def filled(self) -> bool:
        """Whether the panels are there."""
        return isinstance(self._docks["findings"].widget(), FindingsPanel)

    @property
    def findings(self) -> FindingsPanel:
        """The panel of findings."""
        panel = self._docks["findings"].widget()
        assert isinstance(panel, FindingsPanel)
        return panel

    def bring(self, name: str) -> None:
        """Show a panel in front of those it shares its place with."""
        self._docks[name].show()
        self._docks[name].raise_()

    def toggle(self, name: str) -> None:
        """Hide a panel that can be seen; show one that is hidden or behind another."""
        dock = self._docks[name]
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
        else:
            self.bring(name)


def _make_dock(frame: QMainWindow, kind: PanelKind) -> QDockWidget:
    """Return a dock at the right."""
    dock = TitledDock(kind.title, frame)
    dock.setObjectName(kind.name)
    dock.setFeatures(
        QDockWidget.DockWidgetFeature.DockWidgetClosable
        | QDockWidget.DockWidgetFeature.DockWidgetMovable
        | QDockWidget.DockWidgetFeature.DockWidgetFloatable
    )
    frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    return dock
