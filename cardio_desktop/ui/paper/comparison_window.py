"""Two records side by side or superimposed, with what has changed between them in a table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.comparison import Comparison, Difference, time_between
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.findings import MedianBeat
from cardio_desktop.ui.paper.comparison_beats import TwoBeats
from cardio_desktop.ui.paper.comparison_print import print_comparison, save_comparison
from cardio_desktop.ui.paper.comparison_words import (
    NOTABLE_COLOR,
    difference_cells,
    error_note,
    name_of,
    note_of,
    sentence_html,
)
from cardio_desktop.ui.paper.paper_view import PaperView

ABOVE, SUPERIMPOSED = 1, 2


class TwinPaper(PaperView):
    """A paper that is never magnified otherwise than its twin: waves must not look larger for a wider window."""

    twin: TwinPaper | None = None

    def effective_zoom(self) -> float:
        """Return the magnification in force, the smaller of the two where the page is fitted."""
        own = super().effective_zoom()
        return own if self.twin is None else min(own, PaperView.effective_zoom(self.twin))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay both papers out for the new size."""
        super().resizeEvent(event)
        if self.twin is not None:
            self.twin.refresh()


class ComparisonWindow(QWidget):
    """A window of its own over the comparison of a main window; it closes with it.

    `stepped(1)` asks for the next older ECG of the patient, `stepped(-1)` for the next newer one.
    """

    stepped = Signal(int)

    def __init__(self, comparison: Comparison, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("comparison")
        self.setWindowTitle(tr("Comparison - Cardio Desktop"))
        self.resize(1500, 900)
        self._comparison = comparison
        self.papers = {session: TwinPaper(session, self) for session in (comparison.session, comparison.other)}
        first, second = self.papers.values()
        first.twin, second.twin = second, first
        self.beats = TwoBeats()
        self.side = QSplitter(Qt.Orientation.Horizontal)
        self._names: list[QLabel] = []
        for paper in self.papers.values():
            self.side.addWidget(self._titled(paper))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.side)
        self.stack.addWidget(self.beats)
        self.table = QTableWidget(0, 4)
        self._build_table()
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setStyleSheet("background: #a62b17; color: white; padding: 6px;")
        self.warning.setAccessibleName(tr("Warnings on the comparison"))
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setAccessibleName(tr("What has changed, in words"))
        self.sentence.setToolTip(error_note())
        self.sentence.setContentsMargins(4, 2, 4, 4)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.reveal_button = QPushButton(tr("Show the findings of both"))
        self.reveal_button.clicked.connect(comparison.reveal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(self._build_bar())
        layout.addWidget(self.warning)
        layout.addWidget(self.sentence)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.stack)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.note)
        column.addWidget(self.reveal_button)
        column.addWidget(self.table, 1)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setSizes([1080, 400])
        layout.addWidget(split, 1)
        for keys, run in (
            ("Esc", self.close),
            ("S", self._other_way),
            ("Ctrl+Shift+X", comparison.swap),
            ("F2", comparison.reveal),
            ("PgUp", self._older),
            ("PgDown", self._newer),
            ("Ctrl+S", self._save),
            ("Ctrl+P", self._print),
        ):
            QShortcut(QKeySequence(keys), self, run)
        self.offer_steps(False)
        comparison.changed.connect(self.refresh)
        self.show_way(ABOVE)
        self.refresh()

    def _titled(self, paper: PaperView) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        name = QLabel()
        name.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont(name.font())
        font.setBold(True)
        name.setFont(font)
        self._names.append(name)
        layout.addWidget(name)
        layout.addWidget(paper, 1)
        return box

    def _build_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._ways = QButtonGroup(self)
        for k, (text, tip) in enumerate(
            (
                (tr("Side by side"), tr("Both ECGs on paper, in the same layout and scale (S changes)")),
                (tr("One above the other"), tr("The same, the earlier above the later: larger (S changes)")),
                (tr("Superimposed"), tr("The median beats of both over one another, R on R (S changes)")),
            )
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(k == 0)
            self._ways.addButton(button, k)
            row.addWidget(button)
        self._ways.idClicked.connect(self.show_way)
        self.swap_button = QToolButton()
        self.swap_button.setText(tr("Exchange before and after"))
        self.swap_button.setToolTip(tr("Exchange before and after (Ctrl+Shift+X)"))
        self.swap_button.clicked.connect(self._comparison.swap)
        row.addWidget(self.swap_button)
        self.steps = []
        for text, tip, step in (
            (tr("Older"), tr("Compare with the next older ECG of this patient (Page up)"), self._older),
            (tr("Newer"), tr("Compare with the next newer of the earlier ECGs (Page down)"), self._newer),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.clicked.connect(step)
            self.steps.append(button)
            row.addWidget(button)
        for text, tip, run in (
            (tr("Save as PDF…"), tr("The sentence, the table and both ECGs at true size (Ctrl+S)"), self._save),
            (tr("Print…"), tr("The sentence, the table and both ECGs at true size (Ctrl+P)"), self._print),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.clicked.connect(run)
            row.addWidget(button)
        row.addStretch(1)
        self.between = QLabel()
        row.addWidget(self.between)
        return row

    def _build_table(self) -> None:
        table = self.table
        table.setAccessibleName(tr("What has changed"))
        table.setHorizontalHeaderLabels([tr("Quantity"), tr("Before"), tr("After"), tr("Change")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(22)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setAlternatingRowColors(True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_way(self, way: int) -> None:
        """Show the records side by side (0), one above the other (1) or superimposed (2)."""
        self._ways.button(way).setChecked(True)
        self.stack.setCurrentWidget(self.beats if way == SUPERIMPOSED else self.side)
        if way != SUPERIMPOSED:
            self.side.setOrientation(Qt.Orientation.Vertical if way else Qt.Orientation.Horizontal)
            self.side.setSizes([10_000, 10_000])

    def _other_way(self) -> None:
        self.show_way((self._ways.checkedId() + 1) % 3)

    def offer_steps(self, on: bool) -> None:
        """Show the buttons that go from one earlier ECG to the next, where there are several."""
        for button in self.steps:
            button.setVisible(on)

    def _older(self) -> None:
        self.stepped.emit(1)

    def _newer(self) -> None:
        self.stepped.emit(-1)

    def in_time(self) -> list[TwinPaper]:
        """Return the two papers, the earlier ECG first."""
        return [self.papers[session] for session in self._comparison.order()]

    def _save(self) -> None:
        save_comparison(self._comparison, self.in_time(), self)

    def _print(self) -> None:
        print_comparison(self._comparison, self.in_time(), self)

    # Showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the comparison knows now."""
        comparison = self._comparison
        order = comparison.order()
        for place, session in enumerate(order):
            box = self.papers[session].parentWidget()
            if box is not None and self.side.indexOf(box) != place:
                self.side.insertWidget(place, box)
            words = (tr("Before: {name}"), tr("After: {name}"))[place]
            self._label_of(session).setText(words.format(name=name_of(session.state)))
        before, after = (session.state for session in order)
        warnings = comparison.warnings()
        warnings += [state.problem for state in (before, after) if state.problem]
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))
        first, second = before.record, after.record
        self.between.setText(time_between(first, second) if first is not None and second is not None else "")
        self.reveal_button.setVisible(not comparison.revealed)
        differences = comparison.differences()
        self._fill(differences)
        self.table.setVisible(bool(differences))
        self.note.setText(note_of(comparison, differences))
        changes = comparison.changes()
        self.sentence.setText(sentence_html(changes) if changes is not None else "")
        self.sentence.setVisible(changes is not None)
        self.beats.show_beats(_median(before), _median(after), _why_no_beats(comparison, before, after))

    def _label_of(self, session: Session) -> QLabel:
        return self._names[list(self.papers).index(session)]

    def _fill(self, differences: list[Difference]) -> None:
        table = self.table
        table.setRowCount(len(differences))
        for row, difference in enumerate(differences):
            cells = difference_cells(difference)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if difference.notable:
                    font = QFont(table.font())
                    font.setBold(True)
                    item.setFont(font)
                    if column == 3:
                        item.setForeground(QColor(NOTABLE_COLOR))
                table.setItem(row, column, item)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop work on the other record."""
        self._comparison.other.cancel()
        super().closeEvent(event)


def _median(state: State) -> MedianBeat | None:
    return state.shown.median if state.shown else None


def _why_no_beats(comparison: Comparison, before: State, after: State) -> str:
    if not comparison.revealed:
        return tr("Measurements and findings are hidden until you ask for them.")
    if before.busy or after.busy:
        return tr("Being analysed…")
    names = [s.record.path.name for s in (before, after) if s.record is not None and _median(s) is None]
    return tr("No median beat could be made of {names}.").format(names=", ".join(names)) if names else ""
