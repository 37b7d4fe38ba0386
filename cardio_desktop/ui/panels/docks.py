"""The panels around the paper: findings, evidence tools and the median beat share a place, one in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QTabWidget, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.ui.panels.evidence_panel import EvidencePanel
from cardio_desktop.ui.panels.median_view import MedianView

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

WIDTH_PX = 350


def make_dock(window: MainWindow, name: str, title: str, widget: QWidget | None = None) -> QDockWidget:
    """Return a dock at the right whose place is remembered under `name`."""
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setFeatures(
        QDockWidget.DockWidgetFeature.DockWidgetClosable
        | QDockWidget.DockWidgetFeature.DockWidgetMovable
        | QDockWidget.DockWidgetFeature.DockWidgetFloatable
    )
    if widget is not None:
        dock.setWidget(widget)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    return dock


def make_docks(window: MainWindow, panel: QWidget) -> tuple[QDockWidget, QDockWidget, QDockWidget]:
    """Return the docks of findings, evidence tools and median beat; the latter two are filled by `fill_docks`."""
    window.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
    findings = make_dock(window, "findings", tr("Findings"), panel)
    evidence = make_dock(window, "evidence", tr("Evidence"))
    median = make_dock(window, "median", tr("Median beat"))
    window.tabifyDockWidget(findings, evidence)
    window.tabifyDockWidget(evidence, median)
    findings.raise_()
    window.resizeDocks([findings], [WIDTH_PX], Qt.Orientation.Horizontal)
    return findings, evidence, median


def fill_docks(window: MainWindow) -> None:
    """Put the tools into their docks, once the window has its commands."""
    window.evidence_panel = EvidencePanel(window)
    window.evidence_dock.setWidget(window.evidence_panel)
    window.median_view = MedianView(window.session)
    window.median_dock.setWidget(window.median_view)
