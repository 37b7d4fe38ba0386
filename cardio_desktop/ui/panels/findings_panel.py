"""The panel beside the paper, in reading order: both conclusions, measurements, findings by weight, then the rest."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import Findings
from cardio_desktop.ui.panels.class_bars import ClassBars
from cardio_desktop.ui.panels.sections.base import Row, Section
from cardio_desktop.ui.panels.sections.conclusion import ConclusionSection
from cardio_desktop.ui.panels.sections.finding_row import FindingRow
from cardio_desktop.ui.panels.sections.fold import Fold
from cardio_desktop.ui.panels.sections.lists import (
    AfterEditsSection,
    FlaggedSection,
    SentencesSection,
    StatementsSection,
)
from cardio_desktop.ui.panels.sections.machine import MachineSection
from cardio_desktop.ui.panels.sections.measurements import MeasurementsSection, RhythmSection, VoltagesSection
from cardio_desktop.ui.panels.sections.quality import QualitySection
from cardio_desktop.ui.panels.sections.reading import Curtain
from cardio_desktop.ui.panels.sections.sorted_sentences import sort_sentences
from cardio_desktop.ui.panels.sections.stored import StoredSection
from cardio_desktop.ui.panels.sections.strip import MeasurementStrip
from cardio_desktop.ui.panels.sections.words import model_lines, score_lines, threshold_ticks

NARROWEST_PX, WIDEST_PX = 290, 460


class FindingsPanel(QScrollArea):
    """Everything the program found in the session's record, as far as the reader may see it.

    `focused()` tells that the keyboard has come to another finding, or left the findings.
    """

    focused = Signal()

    def __init__(self, session: Session, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self.opinions = session.opinions
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Findings"))
        self._row: FindingRow | None = None
        self.placeholder = QLabel()
        self.placeholder.setWordWrap(True)
        self.placeholder.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.curtain = Curtain(session)
        self.conclusion = ConclusionSection(session.conclusions, session.settings.reader, actions)
        self._make_parts()
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(5)
        for widget in (self.conclusion, self.placeholder, self.curtain, *self._parts()):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(inner)
        session.changed.connect(self._changed)
        self.opinions.changed.connect(self._opinions_changed)
        session.conclusions.changed.connect(self._allow_opinions)
        session.recounting.changed.connect(self._show_recount)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self._show(session.state)

    def _make_parts(self) -> None:
        session, opinions = self._session, self.opinions
        self.machine = MachineSection(session, opinions)
        self.tier = self.machine.tier
        self.strip = MeasurementStrip()
        self.warnings = Section(tr("Warnings"))
        self.after_edits = AfterEditsSection(session)
        self.narrative = SentencesSection(tr("Findings"), session, opinions)
        self.normal = SentencesSection(tr("Normal findings and remarks"), session, opinions, folded=True)
        self.opinion = SentencesSection(tr("What it says"), session, opinions)
        self.bars = ClassBars(opinions)
        self.bars.chosen.connect(self._class_chosen)
        self.probabilities = Section(tr("Probabilities (click for evidence)"), self.bars)
        self.flagged = FlaggedSection(session)
        self.statements = StatementsSection(session, opinions)
        self.network = Fold(tr("The network"), self.opinion, self.probabilities, self.statements, self.flagged)
        self.measurements = MeasurementsSection()
        self.stored = StoredSection()
        self.voltages = VoltagesSection()
        self.quality = QualitySection()
        self.rhythm = RhythmSection(opinions)
        self.scores = Section(tr("Scores of the network"))
        self.model = Section(tr("Model"))
        self.sure = Fold(tr("How sure is this?"), self.rhythm, self.scores, self.model)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which no word is cut off, as far as that leaves room for the paper."""
        inner, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        needed = inner.minimumSizeHint().width() + bar if inner is not None else 0
        return QSize(min(max(needed, NARROWEST_PX), WIDEST_PX), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width when what stands here needs one: larger letters, longer words."""
        done = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done

    def _parts(self) -> tuple[QWidget, ...]:
        """Return what shows findings, in reading order."""
        return (
            self.machine,
            self.strip,
            self.warnings,
            self.after_edits,
            self.narrative,
            self.stored,
            self.normal,
            self.network,
            self.measurements,
            self.voltages,
            self.quality,
            self.sure,
        )

    def _changed(self, old: State, new: State) -> None:
        if old.record is not new.record:
            self.conclusion.edit.load()
            self.conclusion.show_state()
        if old.shown is not new.shown or old.record is not new.record:
            self._show(new)
        elif old.evidence_class != new.evidence_class or old.evidence is not new.evidence:
            self._show_bars(new)
        if old.settled != new.settled:
            self._allow_opinions()
        if old.judged != new.judged:
            self._show_scope(new)
        if bool(old.busy) != bool(new.busy) or old.findings is not new.findings or old.hidden != new.hidden:
            self._show_placeholder(new)

    def _show(self, state: State) -> None:
        findings = state.shown
        if self._row is not self.tier:
            self._row = None  # it goes with the findings that it was about
        for part in self._parts():
            part.setVisible(findings is not None)
        self.conclusion.setVisible(state.record is not None)
        self._show_placeholder(state)
        if findings is None:
            self._forget()
            return
        self._show_bars(state)
        self.after_edits.show_recount()
        for section in (self.rhythm, self.flagged, self.measurements, self.voltages, self.statements, self.quality):
            section.show_findings(findings)
        sorted_out = sort_sentences(findings.sentences)
        self.machine.show_conclusion(sorted_out.conclusion)
        self.narrative.show_sentences(sorted_out.found, () if findings.sentences else findings.narrative)
        self.normal.show_sentences(sorted_out.normal)
        self.opinion.show_sentences(sorted_out.network)
        self.network.setVisible(findings.prediction is not None or bool(sorted_out.network))
        self.strip.show_findings(findings, state.record.patient.sex if state.record is not None else None)
        self.stored.show_stored(state.record, findings)
        self._show_scope(state)
        self.model.say(model_lines(findings))
        self._connect_rows()
        self._allow_opinions()

    def _show_scope(self, state: State) -> None:
        """Show the tier and the warnings as they hold beside what was judged piece by piece."""
        if state.shown is not None:
            self.tier.show_findings(state.shown, state.scope)
            self.warnings.say([term(warning) for warning in state.warnings])

    def _forget(self) -> None:
        """Leave nothing of the last record, or of hidden findings, in widgets that cannot be seen."""
        self.bars.show_prediction(None, None, {})
        self.flagged.list.clear()
        for rows in (self.narrative, self.normal, self.opinion):
            rows.fill([])
        self.after_edits.fill([])
        self.machine.forget()
        self.strip.forget()
        self.scores.text.clear()
        self.statements.fill([])
        self.rhythm.fill([])
        self.measurements.forget()
        self.stored.forget()
        self.voltages.table.clear()
        self.quality.forget()
        self.warnings.text.clear()
        self.model.text.clear()

    def _show_placeholder(self, state: State) -> None:
        self.curtain.show_state(state)
        self.placeholder.setVisible(state.findings is None and not state.hidden)
        if state.record is None:
            self.placeholder.setText(tr("Findings stand here once a record is open."))
        elif state.busy:
            self.placeholder.setText(tr("Analysing. The trace can be read meanwhile."))
        else:
            self.placeholder.setText(tr("This record has not been analysed. Press F5 to analyse it."))

    def _show_bars(self, state: State) -> None:
        findings: Findings | None = state.shown
        prediction = findings.prediction if findings else None
        self.probabilities.setVisible(prediction is not None)
        self.scores.say(score_lines(state))
        if findings is None or prediction is None:
            return
        self.bars.show_prediction(prediction, state.evidence_class, threshold_ticks(findings))

    # Opinions and the keyboard ----------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """Return the rows that can be seen, from the top."""
        seen = [row for row in self.findChildren(Row) if row.isVisibleTo(self)]
        return sorted(seen, key=lambda row: row.mapTo(self, row.rect().topLeft()).y())

    @property
    def row(self) -> FindingRow:
        """The finding that has the keyboard; the tier where none has it."""
        return self._row if self._row is not None else self.tier

    def _connect_rows(self) -> None:
        for row in self.findChildren(Row):
            if not row.is_led:
                row.is_led = True
                row.stepped.connect(self._step)

    def _step(self, direction: int) -> None:
        rows, here = self.rows(), self.sender()
        if isinstance(here, Row) and here in rows:
            row = rows[min(max(rows.index(here) + direction, 0), len(rows) - 1)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(row)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Show the buttons of the finding that the keyboard is in, and of no other."""
        found = now
        while found is not None and not isinstance(found, FindingRow) and found is not self:
            found = found.parentWidget()
        row = found if isinstance(found, FindingRow) and self.isAncestorOf(found) else None
        if row is self._row:
            return
        if self._row is not None:
            self._row.show_buttons(False)
        self._row = row
        if row is not None:
            row.show_buttons(True)
        self.focused.emit()

    def _allow_opinions(self) -> None:
        may = self._session.state.settled and not self._session.conclusions.present.final
        for row in self.findChildren(FindingRow):
            row.allow(may)
        for buttons in self.bars.buttons.values():
            buttons.setEnabled(may)

    def _opinions_changed(self) -> None:
        for row in self.findChildren(FindingRow):
            row.show_opinion()
        self.bars.show_opinions()

    def _show_recount(self) -> None:
        self.after_edits.show_recount()
        self._connect_rows()

    def _class_chosen(self, code: str) -> None:
        self._session.look(evidence_class=code)
