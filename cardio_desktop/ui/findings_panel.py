"""The panel beside the paper: what the program found, how sure it is, and what it did not look at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.session import Session, State
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import CLASS_NAMES, Beat, Findings, Tier, tier_limits
from cardio_desktop.report.narrative import DISCLAIMER, SCOPE, TIER_MEANINGS, UNTOLD_STATEMENTS
from cardio_desktop.ui.class_bars import ClassBars

STATEMENTS_SHOWN = 6
STATEMENT_FROM = 0.10
TIME_ROLE = int(Qt.ItemDataRole.UserRole)


class Section(QWidget):
    """A title over a text or a widget; hidden while it has nothing to say."""

    def __init__(self, title: str, body: QWidget | None = None) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(3)
        head = QLabel(title)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        self.head = head
        layout.addWidget(head)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # Read with Tab through the list and the bars; plain text need not stop the focus.
        self.text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.text.setAccessibleName(title)
        layout.addWidget(self.text)
        if body is not None:
            self.text.hide()
            layout.addWidget(body)

    def say(self, lines: list[str]) -> None:
        """Show these lines, or hide the section when there are none."""
        self.text.setText("\n".join(lines))
        self.setVisible(bool(lines))


class FindingsPanel(QScrollArea):
    """Tier, probabilities, beats, measurements, statements, quality and warnings of the session's findings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(270)
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        self.tier = QLabel()
        self.tier.setObjectName("tier")
        self.tier.setWordWrap(True)
        self.tier.setTextFormat(Qt.TextFormat.RichText)
        self.tier.setAccessibleName("Risk tier")
        self.placeholder = QLabel()
        self.placeholder.setWordWrap(True)
        self.placeholder.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bars = ClassBars()
        self.bars.chosen.connect(self._class_chosen)
        self.probabilities = Section("Probabilities (click for evidence)", self.bars)
        self.beats = QListWidget()
        self.beats.setAccessibleName("Flagged beats")
        self.beats.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.beats.itemActivated.connect(self._beat_chosen)
        self.beats.itemClicked.connect(self._beat_chosen)
        self.flagged = Section("Flagged beats (click to go there)", self.beats)
        self.measurements = Section("Measurements")
        self.statements = Section("Statements of the network")
        self.quality = Section("Signal quality")
        self.warnings = Section("Warnings")
        self.model = Section("Model")
        for widget in (
            self.placeholder,
            self.tier,
            self.probabilities,
            self.flagged,
            self.warnings,
            self.measurements,
            self.statements,
            self.quality,
            self.model,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setWidget(inner)
        session.changed.connect(self._changed)
        self._show(session.state)

    def _changed(self, old: State, new: State) -> None:
        if old.findings is not new.findings or old.record is not new.record:
            self._show(new)
        elif old.evidence_class != new.evidence_class:
            self._show_bars(new)
        elif bool(old.busy) != bool(new.busy):
            self._show_placeholder(new)

    def _show(self, state: State) -> None:
        findings = state.findings
        for section in (
            self.tier,
            self.probabilities,
            self.flagged,
            self.measurements,
            self.statements,
            self.quality,
            self.warnings,
            self.model,
        ):
            section.setVisible(findings is not None)
        self._show_placeholder(state)
        if findings is None:
            self.bars.show_prediction(None, None, {})
            self.beats.clear()
            return
        self._show_tier(findings)
        self._show_bars(state)
        self._show_beats(findings)
        self.measurements.say(measurement_lines(findings))
        self.statements.say(statement_lines(findings))
        self.quality.say(quality_lines(findings))
        self.warnings.say(list(findings.warnings))
        self.model.say(model_lines(findings))

    def _show_placeholder(self, state: State) -> None:
        self.placeholder.setVisible(state.findings is None)
        if state.record is None:
            self.placeholder.setText("Findings stand here once a record is open.")
        elif state.busy:
            self.placeholder.setText("Analysing. The trace can be read meanwhile.")
        else:
            self.placeholder.setText("This record has not been analysed. Press F5 to analyse it.")

    def _show_tier(self, findings: Findings) -> None:
        risk = findings.risk
        title = risk.tier.value if risk.tier is Tier.NOT_ASSESSED else f"{risk.tier.value} risk"
        reason = escape(risk.reason)
        self.tier.setText(
            f"<div style='font-size:x-large; font-weight:600'>{title}</div>"
            f"<div style='margin-top:3px'>{reason}</div>"
            f"<div style='margin-top:3px'>{TIER_MEANINGS[risk.tier]}</div>"
            f"<div style='margin-top:3px'><i>{DISCLAIMER}</i></div>"
        )
        self.tier.setAccessibleDescription(f"{title}. {risk.reason}")
        self.tier.setStyleSheet(
            f"QLabel#tier {{ background: {TIER_COLORS[risk.tier]}; color: white; border-radius: 6px; padding: 8px; }}"
        )

    def _show_bars(self, state: State) -> None:
        findings = state.findings
        prediction = findings.prediction if findings else None
        self.probabilities.setVisible(prediction is not None)
        if findings is None or prediction is None:
            return
        self.bars.show_prediction(prediction, state.evidence_class, threshold_ticks(findings))

    def _show_beats(self, findings: Findings) -> None:
        self.beats.clear()
        numbers = {beat.time_s: index + 1 for index, beat in enumerate(findings.beats)}
        for beat in findings.flagged:
            item = QListWidgetItem(beat_line(beat, numbers[beat.time_s]))
            item.setData(TIME_ROLE, beat.time_s)
            item.setToolTip("\n".join(flag_words(beat)))
            self.beats.addItem(item)
        self.flagged.setVisible(self.beats.count() > 0)
        row = max(self.beats.sizeHintForRow(0), 18)
        self.beats.setFixedHeight(min(self.beats.count(), 8) * row + 2 * self.beats.frameWidth())

    def _beat_chosen(self, item: QListWidgetItem) -> None:
        self._session.go_to(float(item.data(TIME_ROLE)), select=True)

    def _class_chosen(self, code: str) -> None:
        self._session.look(evidence_class=code)


def escape(text: str) -> str:
    """Return `text` safe for rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def threshold_ticks(findings: Findings) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return where Low ends and High begins for each class."""
    limits = {code: tier_limits(code, findings.risk.thresholds) for code in CLASS_NAMES}
    return {
        code: tuple(zip(("Low below", "High from"), values, strict=True)) for code, values in limits.items() if values
    }


def flag_words(beat: Beat) -> list[str]:
    """Return one line for each flag of a beat."""
    lines = []
    for flag in beat.flags:
        where = f", {flag.wave}" if flag.wave else ""
        lines.append(f"{CLASS_NAMES.get(flag.code, flag.code)}: {flag.lead}{where} {flag.evidence:+.3f} logit")
    return lines


def beat_line(beat: Beat, number: int) -> str:
    """Return a flagged beat as one line of the list."""
    by_class: dict[str, list[str]] = {}
    for flag in beat.flags:
        by_class.setdefault(flag.code, []).append(f"{flag.lead} {flag.wave}" if flag.wave else flag.lead)
    words = "; ".join(f"{code} in {', '.join(dict.fromkeys(leads))}" for code, leads in by_class.items())
    return f"Beat {number}, {beat.time_s:.2f} s: {words}"


def measurement_lines(findings: Findings) -> list[str]:
    """Return the measured values, and in one line what is not measured."""
    found = findings.measurements
    lines = []
    if found.heart_rate_bpm is not None:
        lines.append(f"Heart rate {found.heart_rate_bpm:.0f} /min ({len(findings.beats)} beats)")
    if found.rr_ms is not None:
        rr = found.rr_ms
        lines.append(f"RR {rr.mean:.0f} ± {rr.sd:.0f} ms ({rr.min:.0f} to {rr.max:.0f})")
    for name, value in (("P", found.p_ms), ("PR", found.pr_ms), ("QRS", found.qrs_ms), ("QT", found.qt_ms)):
        if value is not None:
            lines.append(f"{name} {value:.0f} ms")
    by_reason: dict[str, list[str]] = {}
    for name, reason in found.not_measured.items():
        by_reason.setdefault(reason, []).append(name)
    lines += [f"{', '.join(readable(n) for n in names)}: {reason}" for reason, names in by_reason.items()]
    return lines


def readable(key: str) -> str:
    """Return the name of a measurement without its unit ("qrs_axis_deg" gives "QRS axis")."""
    words = key.removesuffix("_ms").removesuffix("_bpm").removesuffix("_deg").split("_")
    names = {"p": "P", "pr": "PR", "qrs": "QRS", "qt": "QT", "qtc": "QTc", "rr": "RR", "t": "T", "leads": "voltages"}
    return " ".join(names.get(word, word) for word in words)


def statement_lines(findings: Findings) -> list[str]:
    """Return the most probable statements."""
    if findings.prediction is None:
        return []
    told = [
        statement
        for statement in findings.prediction.statements
        if statement.probability >= STATEMENT_FROM and statement.code not in UNTOLD_STATEMENTS
    ]
    ranked = sorted(told, key=lambda s: -s.probability)[:STATEMENTS_SHOWN]
    return [f"{100 * s.probability:.0f} %  {s.description} ({s.code})" for s in ranked]


def quality_lines(findings: Findings) -> list[str]:
    """Return what is wrong with the signal, or that nothing was found."""
    quality = findings.quality
    lines = list(quality.reasons)
    if quality.reversal:
        lines.append(f"Electrodes possibly swapped: {quality.reversal}")
    # What makes a lead unusable already stands among the reasons of the record.
    lines += [f"{lead}: {'; '.join(q.reasons)}" for lead, q in quality.leads.items() if q.usable and q.reasons]
    return lines or ["No lead failed a quality check."]


def model_lines(findings: Findings) -> list[str]:
    """Return which network spoke, and what nobody looked at."""
    lines = []
    if findings.prediction is not None:
        found = findings.prediction
        lines.append(f"{found.model_name} {found.model_version}, SHA-256 {found.model_sha256[:12]}…")
        if found.missing_leads:
            lines.append("Not shown to the network (missing or unusable): " + ", ".join(found.missing_leads))
    lines.append(SCOPE)
    return lines
