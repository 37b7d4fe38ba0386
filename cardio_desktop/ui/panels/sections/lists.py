"""Parts of the panel that are lists of things to choose: sentences, beats, statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.opinions import Opinions, sentence_key
from cardio_desktop.app.session import Session
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import Findings, Sentence
from cardio_desktop.ui.panels.sections.base import Row, Section, clear
from cardio_desktop.ui.panels.sections.finding_row import FindingRow
from cardio_desktop.ui.panels.sections.words import beat_line, flag_words, statement_line, told_statements

TIME_ROLE = int(Qt.ItemDataRole.UserRole)
MOST_ROWS = 8


class Rows(QWidget):
    """Rows under one another."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.rows: list[Row] = []

    def fill(self, rows: list[Row]) -> None:
        """Show other rows."""
        clear(self._layout)
        self.rows = rows
        for row in rows:
            self._layout.addWidget(row)


class RowsSection(Section):
    """A section whose body is rows; hidden while it has none."""

    def __init__(self, title: str, *, folded: bool = False) -> None:
        self._rows = Rows()
        super().__init__(title, self._rows, folded=folded)

    @property
    def rows(self) -> list[Row]:
        """The rows that are shown."""
        return self._rows.rows

    def fill(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._rows.fill(list(rows))
        self.setVisible(bool(rows))


class SentencesSection(RowsSection):
    """Some of the sentences; a click marks on the paper what a sentence rests on."""

    def __init__(self, title: str, session: Session, opinions: Opinions, *, folded: bool = False) -> None:
        super().__init__(title, folded=folded)
        self._session, self._opinions = session, opinions

    def show_sentences(self, sentences: Sequence[Sentence], plain: Sequence[str] = ()) -> None:
        """Show sentences, each a row that can be agreed with; `plain` are those whose grounds are not known."""
        rows: list[Row] = [sentence_row(sentence, self._session, self._opinions) for sentence in sentences]
        for text in plain:
            row = Row(term(text))
            row.unsetCursor()
            rows.append(row)
        self.fill(rows)


def sentence_row(sentence: Sentence, session: Session, opinions: Opinions) -> FindingRow:
    """Return a sentence as a row that marks on the paper what it rests on, and takes the marks away again."""
    row = FindingRow(opinions, sentence_key(sentence), sentence.text(language()))
    row.setToolTip(grounds(sentence))

    def choose() -> None:
        marks = sentence.marks
        session.highlight(() if marks == session.state.highlights else marks)

    row.chosen.connect(choose)
    if not sentence.marks:
        row.unsetCursor()
    return row


class AfterEditsSection(RowsSection):
    """What holds after the reader's changes of beats; hidden while there are none."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("After your edits of beats"))
        self._session = session

    def show_recount(self) -> None:
        """Show rate, rhythm and QT of the beats as they are now, or that they are being measured."""
        work = self._session.recounting
        rows = [Row(item.text(language())) for item in work.result.sentences] if work.result is not None else []
        if work.running:
            rows = [Row(tr("Measuring after your edits…"))]
        for row in rows:
            row.unsetCursor()
        self.fill(rows)


def grounds(sentence: Sentence) -> str:
    """Return where a sentence comes from."""
    lines = [
        {
            "measured": tr("Measured"),
            "network": tr("The network's opinion"),
            "both": tr("Measured, and the network's opinion"),
        }.get(sentence.source, sentence.source)
    ]
    if sentence.leads:
        lines.append(tr("Leads: {leads}").format(leads=", ".join(sentence.leads)))
    if sentence.marks:
        lines.append(tr("Click to see on the paper what it rests on ({count} marks)").format(count=len(sentence.marks)))
    return "\n".join(lines)


class FlaggedSection(Section):
    """The beats that the network's evidence points at; a click goes there."""

    def __init__(self, session: Session) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Beats with network evidence"))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setWordWrap(True)
        super().__init__(tr("Beats with network evidence"), self.list)
        self._session = session
        self.list.itemActivated.connect(self._beat_chosen)
        self.list.itemClicked.connect(self._beat_chosen)

    def show_findings(self, findings: Findings) -> None:
        """Show the beats of other findings that the network points at."""
        self.list.clear()
        numbers = {beat.time_s: index + 1 for index, beat in enumerate(findings.beats)}
        for beat in findings.flagged:
            item = QListWidgetItem(beat_line(beat, numbers[beat.time_s]))
            item.setData(TIME_ROLE, beat.time_s)
            item.setToolTip("\n".join(flag_words(beat)))
            self.list.addItem(item)
        self.setVisible(self.list.count() > 0)
        rows = [self.list.sizeHintForRow(k) for k in range(min(self.list.count(), MOST_ROWS))]
        self.list.setFixedHeight(sum(rows) + 2 * self.list.frameWidth() + 2)

    def _beat_chosen(self, item: QListWidgetItem) -> None:
        self._session.go_to(float(item.data(TIME_ROLE)), select=True)


class StatementsSection(RowsSection):
    """The network's statements, secondary to the classes; a click shows where one comes from."""

    def __init__(self, session: Session, opinions: Opinions) -> None:
        super().__init__(tr("Statements (click for evidence)"))
        self._session, self._opinions = session, opinions

    def show_findings(self, findings: Findings) -> None:
        """Show the statements of other findings."""
        rows: list[Row] = []
        for statement in told_statements(findings):
            row = FindingRow(self._opinions, f"statement:{statement.code}", statement_line(statement))
            row.setToolTip(tr("Secondary: less well calibrated than the five classes. Click for its evidence."))
            row.chosen.connect(self._chooser(statement.code))
            rows.append(row)
        self.fill(rows)

    def _chooser(self, code: str) -> Callable[[], None]:
        def choose() -> None:
            self._session.look(evidence_class=code)

        return choose
