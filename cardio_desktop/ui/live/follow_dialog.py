"""What shall be followed, and whether it is kept: asked before a live window opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from cardio_desktop.app.i18n import decimals, said, tr
from cardio_desktop.app.live_settings import LiveSettings
from cardio_desktop.app.live_streams import Stream, StreamSearch
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.file_names import shown
from cardio_desktop.live.growing import open_growing
from cardio_desktop.live.source import Source

GROWING = "*.edf *.bdf *.hea *.dat *.csv *.tsv *.txt"
WIDE_PX = 420


class FollowDialog(QDialog):
    """The part that all sources share: whether, and where, the recording is kept. `source` is what was chosen."""

    def __init__(self, title: str, settings: LiveSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.source: Source | None = None
        self.setWindowTitle(title)
        self.form = QFormLayout(self)
        self.keep = QCheckBox(tr("&Keep what is shown"))
        self.keep.setChecked(settings.keeps())
        self.folder = QLineEdit(str(settings.folder()))
        self.folder.setMinimumWidth(WIDE_PX)
        self.folder.setAccessibleName(tr("Folder of kept recordings"))
        self.choose_folder = QPushButton(tr("Choose…"))
        self.choose_folder.clicked.connect(self._choose_folder)
        self.keep.toggled.connect(self.folder.setEnabled)
        self.keep.toggled.connect(self.choose_folder.setEnabled)
        self.folder.setEnabled(self.keep.isChecked())
        self.choose_folder.setEnabled(self.keep.isChecked())
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel)
        self.follow = self.buttons.button(buttons.Ok)
        self.follow.setText(tr("&Follow"))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    def _add_rest(self) -> None:
        """Add what stands below the choice of a source."""
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_folder)
        self.form.addRow("", self.keep)
        self.form.addRow(tr("Folder"), row)
        note = QLabel(tr("What is shown and said live is no monitor and no alarm: watch the patient."))
        note.setWordWrap(True)
        self.form.addRow("", note)
        self.form.addRow(self.problem)
        self.form.addRow(self.buttons)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder of kept recordings"), self.folder.text())
        if name:
            self.folder.setText(name)

    def kept_in(self) -> Path | None:
        """Return the folder in which the recording is kept, None for not at all."""
        text = self.folder.text().strip()
        return Path(text).expanduser() if self.keep.isChecked() and text else None

    def _chosen(self) -> Source | None:
        """Return the source, None where nothing is chosen; raises CardioError where it cannot be followed."""
        raise NotImplementedError

    def _accept(self) -> None:
        folder = self.kept_in()
        try:
            if self.keep.isChecked() and folder is None:
                self._say(tr("Choose a folder, or do not keep the recording."))
                return
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            self.source = self._chosen()
        except CardioError as error:  # told here, where it can be corrected
            self._say(said(error))
            return
        except OSError as error:
            words = tr("{folder} cannot be used ({problem}); choose another folder.")
            self._say(words.format(folder=folder, problem=error.strerror or error))
            return
        if self.source is None:
            return
        self._settings.set_keeps(self.keep.isChecked())
        if folder is not None:
            self._settings.set_folder(folder)
        self.accept()

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


class FollowFileDialog(FollowDialog):
    """A file that a recorder still writes."""

    def __init__(self, settings: LiveSettings, parent: QWidget) -> None:
        super().__init__(tr("Follow a growing recording"), settings, parent)
        self.file = QLineEdit()
        self.file.setAccessibleName(tr("File that grows"))
        self.file.setPlaceholderText(tr("EDF, BDF, WFDB or a table that is still being written"))
        self.choose = QPushButton(tr("Choose…"))
        self.choose.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(self.choose)
        self.form.addRow(tr("File"), row)
        self._add_rest()
        self.file.textChanged.connect(self._check)
        self._check()

    def ask(self) -> None:
        """Ask for the file."""
        start = self.file.text() or self._settings.source_folder()
        kinds = f"{tr('Recordings that can grow')} ({GROWING});;{tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Follow a growing recording"), start, kinds)
        if name:
            self.file.setText(name)

    def _check(self) -> None:
        self._say("")
        self.follow.setEnabled(bool(self.file.text().strip()))

    def _chosen(self) -> Source | None:
        path = Path(self.file.text().strip()).expanduser()
        source = open_growing(path)
        self._settings.set_source_folder(str(path.parent))
        return source


class StreamDialog(FollowDialog):
    """A stream of the Lab Streaming Layer, on this computer or on others that are named."""

    def __init__(self, settings: LiveSettings, parent: QWidget) -> None:
        super().__init__(tr("Follow a network stream"), settings, parent)
        self.streams = QListWidget()
        self.streams.setAccessibleName(tr("Streams"))
        self.streams.itemActivated.connect(self._accept)
        self.streams.currentRowChanged.connect(self._check)
        self.peers = QLineEdit(" ".join(settings.peers()))
        self.peers.setPlaceholderText(tr("this computer alone; or names or addresses of others"))
        self.peers.setAccessibleName(tr("Computers"))
        self.search = QPushButton(tr("&Search"))
        self.search.clicked.connect(self.look)
        row = QHBoxLayout()
        row.addWidget(self.peers, 1)
        row.addWidget(self.search)
        self.form.addRow(tr("Computers"), row)
        self.form.addRow(tr("Streams"), self.streams)
        self._add_rest()
        self._finder = StreamSearch(self)
        self._finder.found.connect(self.show_streams)
        self._finder.failed.connect(self._failed)
        self.finished.connect(self._finder.close)
        self._check()

    def look(self) -> None:
        """Look for streams."""
        if self._finder.running:
            return
        self._say(tr("Looking for streams"))
        self.streams.clear()
        self.search.setEnabled(False)
        self._finder.start(tuple(self.peers.text().split()))

    def show_streams(self, streams: Sequence[Stream]) -> None:
        """List what answered."""
        self.search.setEnabled(True)
        self.streams.clear()
        for stream in streams:
            words = tr("{name}: {kind}, {channels} channels at {rate} Hz").format(
                name=shown(stream.name), kind=shown(stream.kind), channels=stream.channels, rate=f"{stream.rate_hz:g}"
            )
            item = QListWidgetItem(decimals(words))
            item.setData(Qt.ItemDataRole.UserRole, stream.name)
            self.streams.addItem(item)
        if streams:
            self._say("")
            self.streams.setCurrentRow(0)
        else:
            self._say(tr("No stream answered. Start the sender, name its computer, and search again."))
        self._check()

    def _failed(self, error: CardioError) -> None:
        self.search.setEnabled(True)
        self._say(said(error))

    def _check(self) -> None:
        self.follow.setEnabled(self.streams.currentRow() >= 0)

    def _chosen(self) -> Source | None:
        from cardio_desktop.live.lsl import LslSource

        if self.streams.currentRow() < 0:
            return None
        peers = tuple(self.peers.text().split())
        self._settings.set_peers(peers)
        return LslSource(self.streams.currentItem().data(Qt.ItemDataRole.UserRole), peers=peers)
