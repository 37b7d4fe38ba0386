"""The evidence tools: whose evidence is shown, from what strength on, and which leads it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import statement_name, term
from cardio_desktop.app.viewport import MAX_EVIDENCE_FROM, NO_CLASS
from cardio_desktop.core.findings import CLASS_NAMES, Findings
from cardio_desktop.narrative.texts import UNTOLD_STATEMENTS
from cardio_desktop.ui.panels.evidence_beats import lead_shares
from cardio_desktop.ui.panels.lead_bars import LeadBars
from cardio_desktop.ui.panels.sections.fold import Fold
from cardio_desktop.ui.panels.sections.words import evidence_sum
from cardio_desktop.ui.paper.evidence_words import class_words, faithfulness_words


def evidence_choices(findings: Findings | None, shown: str | None, *, every: bool) -> list[tuple[str, str]]:
    """Return (words, code) of what evidence can be shown for: nothing, the classes, then statements.

    `every` lists all statements, the most probable first; otherwise only the one that is `shown`.
    """
    choices = [(tr("none"), NO_CLASS), *((term(name), code) for code, name in CLASS_NAMES.items())]
    if findings is None or findings.prediction is None:
        return choices
    if every:
        ranked = sorted(findings.prediction.statements, key=lambda s: -s.probability)
        told = [s for s in ranked if s.code not in UNTOLD_STATEMENTS]
        return choices + [
            (f"{100 * s.probability:.0f} %  {statement_name(s.code, s.description)}", s.code) for s in told
        ]
    if shown is not None and shown not in CLASS_NAMES:
        choices.append((class_words(findings, shown), shown))
    return choices


def fill_choices(box: QComboBox, choices: list[tuple[str, str]], code: str) -> None:
    """Put choices into a box, if they are others, and choose one of them."""
    if [(box.itemText(k), box.itemData(k)) for k in range(box.count())] != choices:
        box.clear()
        for words, value in choices:
            box.addItem(words, value)
    index = box.findData(code)
    if index != box.currentIndex():
        box.setCurrentIndex(index)


class EvidencePanel(QScrollArea):
    """Everything about the evidence that is painted behind the traces."""

    def __init__(self, session: Session, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Evidence"))
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(10, 8, 10, 8)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        layout.addWidget(self.empty)
        self.tools = QWidget()
        tools = QVBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Evidence for"))
        self.choice.setToolTip(
            tr("The class or statement whose evidence is painted; statements are computed on request")
        )
        self.choice.setMinimumContentsLength(12)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.activated.connect(self._chosen)
        self.threshold = self._slider(
            0, round(100 * MAX_EVIDENCE_FROM), tr("Hide evidence below this share of the strongest")
        )
        self.threshold.valueChanged.connect(self._threshold_chosen)
        self.threshold_words = QLabel()
        self.opacity = self._slider(10, 100, tr("How strongly evidence is painted"))
        self.opacity.valueChanged.connect(self._opacity_chosen)
        form.addRow(tr("Evidence for"), self.choice)
        row = QHBoxLayout()
        row.addWidget(self.threshold, 1)
        row.addWidget(self.threshold_words)
        form.addRow(tr("Hide below"), row)
        form.addRow(tr("Colours"), self.opacity)
        tools.addLayout(form)
        keys = QHBoxLayout()
        for command in ("previous-strongest", "strongest"):
            button = QToolButton()
            button.setDefaultAction(actions[command])
            button.setAccessibleName(actions[command].text().replace("&", ""))
            keys.addWidget(button)
        keys.addStretch(1)
        tools.addLayout(keys)
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        self.sum.setAccessibleName(tr("How the score adds up"))
        self.bars_head = QLabel(tr("Evidence by lead"))
        font = self.bars_head.font()
        font.setBold(True)
        self.bars_head.setFont(font)
        self.bars = LeadBars()
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAccessibleName(tr("Faithfulness"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.sure = Fold(tr("How sure is this?"), self.sum, self.note)
        for widget in (self.said, self.bars_head, self.bars, self.sure):
            tools.addWidget(widget)
        layout.addWidget(self.tools)
        layout.addStretch(1)
        self.setWidget(inner)
        self._session.changed.connect(self._changed)
        self._session.statement_evidence.changed.connect(self._again)
        self._show(self._session.state)

    @staticmethod
    def _slider(low: int, high: int, tip: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(low, high)
        slider.setToolTip(tip)
        slider.setAccessibleName(tip)
        return slider

    def _again(self) -> None:
        self._show(self._session.state)

    def _changed(self, old: State, new: State) -> None:
        shown = (old.shown, old.evidence, old.evidence_class, old.record, old.hidden, old.viewport.opacity)
        now = (new.shown, new.evidence, new.evidence_class, new.record, new.hidden, new.viewport.opacity)
        if shown != now or old.viewport.evidence_from != new.viewport.evidence_from or bool(old.busy) != bool(new.busy):
            self._show(new)

    def _show(self, state: State) -> None:
        findings, code = state.shown, state.evidence_class
        has_evidence = findings is not None and findings.evidence is not None
        self.tools.setVisible(has_evidence)
        self.empty.setVisible(not has_evidence)
        self.empty.setText(self._reason(state))
        if findings is None or findings.evidence is None:
            fill_choices(self.choice, evidence_choices(None, None, every=True), NO_CLASS)
            self.bars.show_shares([])
            self.sum.clear()
            return
        fill_choices(self.choice, evidence_choices(findings, code, every=True), code or NO_CLASS)
        view = state.viewport
        for slider, value in ((self.threshold, view.evidence_from), (self.opacity, view.opacity)):
            slider.blockSignals(True)
            slider.setValue(round(100 * value))
            slider.blockSignals(False)
        self.threshold_words.setText(f"{100 * view.evidence_from:.0f} %")
        evidence = state.evidence
        self.bars_head.setVisible(evidence is not None)
        self.sure.setVisible(evidence is not None)
        self.note.setText(faithfulness_words(code) if code else "")
        if evidence is None or code is None:
            self.bars.show_shares([])
            computing = self._session.statement_evidence.running
            self.said.setText(tr("Computing the evidence…") if computing else tr("No evidence is shown."))
            self.sum.clear()
            return
        self.said.setText(tr("Orange speaks for it, blue against it."))
        self.sum.setText(evidence_sum(evidence, code))
        self.bars.show_shares(lead_shares(evidence, code))

    @staticmethod
    def _reason(state: State) -> str:
        """Return why there are no tools."""
        if state.record is None:
            return tr("Evidence stands here once a record is open.")
        if state.hidden:
            return tr("The evidence is hidden with the findings. F2 shows them.")
        if state.findings is None:
            return tr("There is no evidence yet: the record has not been analysed.")
        return tr("The network gave no opinion on this record, so there is no evidence.")

    def _chosen(self, index: int) -> None:
        self._session.look(evidence_class=self.choice.itemData(index))

    def _threshold_chosen(self, value: int) -> None:
        self._session.look(evidence_from=value / 100)

    def _opacity_chosen(self, value: int) -> None:
        self._session.look(opacity=value / 100)
