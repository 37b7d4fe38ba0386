"""The panel beside the paper: what the reader reads, and what the program found, how sure it is, what it left out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.core.findings import Findings
from cardio_desktop.ui.panels.class_bars import ClassBars
from cardio_desktop.ui.panels.sections.base import Section
from cardio_desktop.ui.panels.sections.lists import (
    AfterEditsSection,
    FlaggedSection,
    NarrativeSection,
    StatementsSection,
)
from cardio_desktop.ui.panels.sections.measurements import MeasurementsSection, RhythmSection, VoltagesSection
from cardio_desktop.ui.panels.sections.opinion import OpinionButtons
from cardio_desktop.ui.panels.sections.quality import QualitySection
from cardio_desktop.ui.panels.sections.reading import Curtain, ReadingSection
from cardio_desktop.ui.panels.sections.stored import StoredSection
from cardio_desktop.ui.panels.sections.tier import TierCard
from cardio_desktop.ui.panels.sections.words import model_lines, threshold_ticks

NARROWEST_PX, WIDEST_PX = 290, 460


class FindingsPanel(QScrollArea):
    """Everything the program found in the session's record, as far as the reader may see it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.opinions = session.opinions
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Findings"))
        self.placeholder = QLabel()
        self.placeholder.setWordWrap(True)
        self.placeholder.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.curtain = Curtain(session)
        self.reading = ReadingSection(self.opinions)
        self.tier = TierCard(self.opinions, tr("Risk tier"))
        self.after_edits = AfterEditsSection(session)
        self.narrative = NarrativeSection(session, self.opinions)
        self.rhythm = RhythmSection(self.opinions)
        self.bars = ClassBars(self.opinions)
        self.bars.chosen.connect(self._class_chosen)
        self.probabilities = Section(tr("Probabilities (click for evidence)"), self.bars)
        self.flagged = FlaggedSection(session)
        self.warnings = Section(tr("Warnings"))
        self.measurements = MeasurementsSection()
        self.stored = StoredSection()
        self.voltages = VoltagesSection()
        self.statements = StatementsSection(session, self.opinions)
        self.quality = QualitySection()
        self.model = Section(tr("Model"))
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        for widget in (self.placeholder, self.curtain, self.reading, *self._parts()):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(inner)
        session.changed.connect(self._changed)
        self.opinions.changed.connect(self._opinions_changed)
        session.recounting.changed.connect(self.after_edits.show_recount)
        self._show(session.state)

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
            self.tier,
            self.warnings,
            self.after_edits,
            self.narrative,
            self.rhythm,
            self.probabilities,
            self.flagged,
            self.measurements,
            self.stored,
            self.voltages,
            self.statements,
            self.quality,
            self.model,
        )

    def _changed(self, old: State, new: State) -> None:
        if old.record is not new.record:
            self.reading.edit.load()
        if old.shown is not new.shown or old.record is not new.record:
            self._show(new)
        elif old.evidence_class != new.evidence_class:
            self._show_bars(new)
        if old.settled != new.settled:
            for buttons in self.findChildren(OpinionButtons):
                buttons.setEnabled(new.settled)
        if old.judged != new.judged:
            self._show_scope(new)
        if bool(old.busy) != bool(new.busy) or old.findings is not new.findings or old.hidden != new.hidden:
            self._show_placeholder(new)

    def _show(self, state: State) -> None:
        findings = state.shown
        for part in self._parts():
            part.setVisible(findings is not None)
        self.reading.setVisible(state.record is not None)
        self._show_placeholder(state)
        if findings is None:
            self._forget()
            return
        self._show_bars(state)
        self.after_edits.show_recount()
        for section in (
            self.narrative,
            self.rhythm,
            self.flagged,
            self.measurements,
            self.voltages,
            self.statements,
            self.quality,
        ):
            section.show_findings(findings)
        self.stored.show_stored(state.record, findings)
        self._show_scope(state)
        self.model.say(model_lines(findings))

    def _show_scope(self, state: State) -> None:
        """Show the tier and the warnings as they hold beside what was judged piece by piece."""
        if state.shown is not None:
            self.tier.show_findings(state.shown, state.scope)
            self.warnings.say([term(warning) for warning in state.warnings])

    def _forget(self) -> None:
        """Leave nothing of the last record, or of hidden findings, in widgets that cannot be seen."""
        self.bars.show_prediction(None, None, {})
        self.flagged.list.clear()
        self.narrative.fill([])
        self.after_edits.fill([])
        self.statements.fill([])
        self.rhythm.fill([])
        self.tier.forget()
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
        if findings is None or prediction is None:
            return
        self.bars.show_prediction(prediction, state.evidence_class, threshold_ticks(findings))

    def _opinions_changed(self) -> None:
        for buttons in self.findChildren(OpinionButtons):
            buttons.show_opinion()

    def _class_chosen(self, code: str) -> None:
        self._session.look(evidence_class=code)
