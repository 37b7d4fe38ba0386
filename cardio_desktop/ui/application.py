"""Starts the window."""

from __future__ import annotations

import logging
import sys
from functools import partial
from types import TracebackType

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QSettings,
    QStandardPaths,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from cardio_desktop import __version__
from cardio_desktop.app.clinic_address import AddressError, clinic_address
from cardio_desktop.app.i18n import said, tr, use_language
from cardio_desktop.app.log import note_qt, start_log, stop_log
from cardio_desktop.app.open_windows import OpenWindows
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import APPLICATION, ORGANIZATION, Settings
from cardio_desktop.app.store import Store, default_folder
from cardio_desktop.ui.about import program_icon
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.renewal import renew
from cardio_desktop.ui.reopen import Remembering, ask_to_reopen

_log = logging.getLogger(__name__)


SETTLED_MS, ASK_MS = 200, 1200
"""After the first events the store gets ready; later the reader is asked about windows of a run that ended badly."""
NOISE = "This plugin does not support propagateSizeHints"
"""What the platform without a screen says of every window that is shown."""
SAID_MS = 60_000
"""How long the status bar tells of an update: until the first look at it."""


def _pass_on(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Write what Qt says to standard error, but for what means nothing; the log gets the complaining function alone."""
    if not text.startswith(NOISE):
        print(text, file=sys.stderr)
        note_qt(text)
    if kind is QtMsgType.QtFatalMsg:
        sys.stderr.flush()


class Program(QApplication):
    """The application; on macOS a double click on a file is an event, also while the program runs."""

    file_wanted = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Tell which file the system wants to be opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(event.file())
            return True
        return super().event(event)


def make_application() -> QApplication:
    """Return the one QApplication, made if need be."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    qInstallMessageHandler(_pass_on)
    app = Program(sys.argv[:1])
    app.setOrganizationName(ORGANIZATION)
    app.setApplicationName(APPLICATION)
    app.setApplicationVersion(__version__)
    app.setWindowIcon(program_icon())
    app.setDesktopFileName("cardio-desktop")  # by which Wayland finds name and icon
    if sys.platform.startswith("linux"):
        app.setStyle("Fusion")
        # Qt's own file dialog notes the folders that were looked into, for all programs alike: it shall note them here.
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        own = f"{folder}/{ORGANIZATION}"
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, own)
    return app


def clinic_of(settings: Settings) -> tuple[str, str]:
    """Return the address of the clinic's database, and a sentence where what was named is none."""
    try:
        return clinic_address(setting=settings.clinic_database()), ""
    except AddressError as error:
        return "", said(error)


def run(files: list[str]) -> int:
    """Show the window on the first of `files` (or empty) until it is closed; returns the exit status.

    Further files open windows of their own; a folder opens as a worklist.
    """
    app = make_application()
    settings = Settings()
    use_language(settings.language())
    start_log(default_folder())
    address, refused = clinic_of(settings)
    store = Store(default_folder(), clinic=address)
    left = OpenWindows(store)

    def finish() -> None:
        left.close()
        store.close()
        stop_log()

    app.aboutToQuit.connect(finish)
    windows: list[MainWindow] = []

    def new_window() -> Remembering:
        window = MainWindow(Session(settings, store=store))
        window.show()
        windows.append(window)
        # Later: the menu that was clicked belongs to the window that goes.
        window.language_chosen.connect(speak, Qt.ConnectionType.QueuedConnection)
        return Remembering(window, left)

    def speak() -> None:
        use_language(settings.language())
        for window in [window for window in windows if window.isVisible()]:
            renew(window, lambda: new_window().window)

    opened: list[Remembering] = []
    names: list[str | None] = [*files] or [None]
    for name in names:
        opened.append(new_window())
        if name is not None:
            # After the first paint: the reader sees a window at once.
            QTimer.singleShot(0, partial(opened[-1].window.open_paths, [name]))

    def settled() -> None:
        store.prepare()
        QTimer.singleShot(ASK_MS, partial(ask_to_reopen, opened[0], left, new_window))

    # Once windows are painted: the reader sees one before anything is asked of the store.
    QTimer.singleShot(0, partial(QTimer.singleShot, SETTLED_MS, settled))

    def take(file: str) -> None:
        """Open a file in an empty window, or in one of its own."""
        empty = [window for window in windows if window.isVisible() and window.session.state.record is None]
        (empty[0] if empty else new_window().window).open_paths([file])

    if isinstance(app, Program):
        app.file_wanted.connect(take)
    if before := settings.came_from(__version__):
        words = tr("Updated from {before} to {now}: what is new stands in the Help menu.")
        opened[0].window.statusBar().showMessage(words.format(before=before, now=__version__), SAID_MS)
    if refused:
        opened[0].window.message.say(refused)

    def complain(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.error("fault", exc_info=(kind, error, trace))
        for open_window in windows:
            words = tr("A fault of the program: {error}. What you see is unchanged.")
            open_window.message.say(words.format(error=f"{kind.__name__}: {error}"))

    sys.excepthook = complain
    return app.exec()
