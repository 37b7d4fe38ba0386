"""Listing a folder off the window's thread: batches of records as they are found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.jobs import Job, Jobs
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.progress import Progress

if TYPE_CHECKING:
    from cardio_desktop.io.folder import Found, Listing


class FolderScan(QObject):
    """One walk through a folder, or over chosen files. `found` comes batch by batch, `finished(listing)` last, once.

    `failed(error)` comes before `finished` where the folder cannot be listed.
    """

    found = Signal(object)
    failed = Signal(object)
    finished = Signal(object)

    def __init__(self, paths: list[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._listing: Listing | None = None
        self._job = Job(tr("Looking into {folder}").format(folder=paths[0].name if paths else ""), self._work)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._finished)

    def start(self, jobs: Jobs) -> None:
        """Begin."""
        jobs.start(self._job)

    def cancel(self) -> None:
        """Stop at the next folder; nothing more is told of what it finds."""
        self._job.cancel()

    def _work(self, progress: Progress) -> None:
        from cardio_desktop.io.folder import Listing, describe_file, list_records

        listing = self._listing = Listing()
        chosen: list[Found] = []
        for path in self._paths:
            if path.is_dir() or not path.exists():
                for batch in list_records(path, listing, progress):
                    progress(0.0)
                    self.found.emit(batch)
            else:
                try:
                    chosen.append(describe_file(path))
                except CardioError as error:
                    listing.problems.append(error.remark)
        if chosen:
            self.found.emit(chosen)

    def _finished(self) -> None:
        self.finished.emit(self._listing)
