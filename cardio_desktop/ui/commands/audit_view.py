"""The audit trail as a table: who did what with which ECG, whether the trail is sound, and its export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.audit_file import kept_heads
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.jobs import Job
from cardio_desktop.app.kept_items import FILE_NAME
from cardio_desktop.app.session import Session
from cardio_desktop.app.store_copy import kind_words
from cardio_desktop.core.audit import Entry, Verdict, verify, write_csv
from cardio_desktop.core.errors import WriteError, why_not_written
from cardio_desktop.core.progress import Progress
from cardio_desktop.words import Remark, say

SHORT = 10
"""So many letters of a record's key tell it from others."""
ROW_PX = 6
AnyIndex = QModelIndex | QPersistentModelIndex


def action_words() -> dict[str, str]:
    """Return what each action is called."""
    return {
        "open": tr("opened"),
        "edit": tr("edited"),
        "sign": tr("signed"),
        "amend": tr("amended"),
        "export": tr("exported"),
        "deidentify": tr("de-identified"),
        "delete": tr("deleted"),
        "restore": tr("restored"),
    }


class TrailModel(QAbstractTableModel):
    """Entries, the newest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: tuple[Entry, ...] = ()
        self._shown: list[Entry] = []
        self._actions = action_words()
        self._names: dict[str, str] = {}
        self._titles = (tr("Time"), tr("Who"), tr("Computer"), tr("What"), tr("ECG"), tr("Details"), tr("No."))

    def show(self, entries: Sequence[Entry]) -> None:
        """Take these entries over."""
        self._all = tuple(reversed(entries))
        opened = (entry.event for entry in entries if entry.event.action == "open" and entry.event.detail)
        self._names = {event.record: event.detail for event in opened}
        self.search("", "")

    def search(self, words: str, record: str) -> None:
        """Show the entries that hold all of `words`, of one record if `record` is its key."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [
            entry
            for entry in self._all
            if (not record or entry.event.record == record)
            and (not wanted or all(word in " ".join(self._cells(entry)).casefold() for word in wanted))
        ]
        self.endResetModel()

    def _cells(self, entry: Entry) -> tuple[str, ...]:
        event = entry.event
        name = self._names.get(event.record, event.record[:SHORT])
        details = "" if event.action in ("open", "sign", "amend") else event.detail
        if event.action in ("edit", "delete"):
            kind, _, more = event.detail.partition(": ")
            details = kind_words(kind) + (f" (+{more.split()[0]})" if more else "")
        what = self._actions[event.action]
        return _moment(event.time), event.who, event.station, what, name, details, str(entry.sequence)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell; the whole key of its record as a hint."""
        entry = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(entry)[index.column()]
        return entry.event.record if role == Qt.ItemDataRole.ToolTipRole and index.column() == 4 else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if across else None


def _moment(text: str) -> str:
    """Return an ISO time in this computer's zone, to the second."""
    try:
        return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return text


class TrailDialog(QDialog):
    """The trail with a search, a verdict, and a button that writes it as CSV."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._entries = session, list[Entry]()
        record = session.state.record
        self._key = session.store.known_key(record) if record is not None else ""
        self.setWindowTitle(tr("Audit trail"))
        self.resize(980, 560)
        self.verdict = QLabel(tr("The trail is being verified…"))
        self.verdict.setWordWrap(True)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Search, such as a name, a date or what was done"))
        self.words.setClearButtonEnabled(True)
        self.one = QCheckBox(tr("Only the ECG that is open"))
        self.one.setEnabled(bool(self._key))
        self.model = TrailModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROW_PX)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save = buttons.addButton(tr("Save as CSV…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.one)
        layout = QVBoxLayout(self)
        layout.addWidget(self.verdict)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.save.clicked.connect(self._ask_save)
        self.words.textChanged.connect(self._search)
        self.one.toggled.connect(self._search)
        self._job = self._load()

    def _load(self) -> Job:
        store = self._session.store

        def work(_progress: Progress) -> tuple[list[Entry], Verdict]:
            entries, spoilt = store.trail()
            folder = store.folder
            heads = {} if folder is None else {name: [head] for name, head in kept_heads(folder / FILE_NAME).items()}
            return entries, verify(entries, heads, spoilt)

        job = Job(tr("Verifying the audit trail"), work)
        job.done.connect(self._show)
        job.failed.connect(self._session.tell)
        return self._session.jobs.start(job)

    def _show(self, found: tuple[list[Entry], Verdict]) -> None:
        self._entries, verdict = found
        self.model.show(self._entries)
        self.table.resizeColumnsToContents()
        self.save.setEnabled(bool(self._entries))
        sound = Remark("audit-sound", {"count": len(self._entries), "chains": len(verdict.heads)})
        remarks = [*verdict.problems, *verdict.notes] if verdict.problems else [sound, *verdict.notes]
        self.verdict.setText("\n".join(say(remark, language()) for remark in remarks))
        self._search()

    def _search(self) -> None:
        self.model.search(self.words.text(), self._key if self.one.isChecked() else "")

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save as CSV"), "audit.csv", "CSV (*.csv)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write all entries as CSV, digests included, so that anybody can check them."""
        try:
            with path.open("w", encoding="utf-8", newline="") as stream:
                write_csv(self._entries, stream)
        except OSError as error:
            remark = Remark("cannot-write", {"why": why_not_written(error)})
            self._session.tell(WriteError(path, remark, Remark("other-folder")))
            return
        self._session.store.log("export", detail=path.name)

    def done(self, result: int) -> None:
        """Stop verifying when the dialog is closed."""
        self._job.cancel()
        super().done(result)


def show_trail(session: Session, frame: QWidget) -> None:
    """Show the audit trail."""
    dialog = TrailDialog(session, frame)
    dialog.exec()
    dialog.deleteLater()
