"""Rate, rhythm and tier in large letters above the live paper, and that this is no monitor."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.live_now import LiveNow
from cardio_desktop.app.terms import term, tier_name
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Tier
from cardio_desktop.live.events import NOT_A_MONITOR
from cardio_desktop.ui.live.live_words import rhythm_words

NONE = "–"
RATE_TIMES, RHYTHM_TIMES = 3.0, 1.7
"""How much larger than the interface's letters rate and rhythm are."""


class VitalsBar(QFrame):
    """What is large."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("vitals")
        self.rate = QLabel(NONE)
        self.rate.setAccessibleName(tr("Heart rate"))
        self.unit = QLabel(tr("per minute"))
        self.rhythm = QLabel()
        self.rhythm.setAccessibleName(tr("Rhythm"))
        self.rhythm.setWordWrap(True)
        self.rhythm.setTextFormat(Qt.TextFormat.PlainText)
        self.rhythm.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.tier = QLabel()
        self.tier.setObjectName("tier")
        self.tier.setAccessibleName(tr("Tier"))
        self.tier.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.simulated = QLabel(tr("SIMULATED"))
        self.simulated.setObjectName("simulated")
        self.simulated.setStyleSheet(f"QLabel#simulated {{ color: {TIER_COLORS[Tier.HIGH]}; font-weight: bold; }}")
        self.simulated.hide()
        self.disclaimer = QLabel(term(NOT_A_MONITOR))
        self.disclaimer.setWordWrap(True)
        self.disclaimer.setMinimumWidth(260)
        self.disclaimer.setMaximumWidth(380)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(self.rate)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.rhythm, 1)
        row.addWidget(self.simulated, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.tier, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.disclaimer)
        self._shown: tuple[object, ...] = ()
        self._fit_letters()

    def _fit_letters(self) -> None:
        for label, times in ((self.rate, RATE_TIMES), (self.rhythm, RHYTHM_TIMES)):
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * times)
            font.setBold(label is self.rate)
            label.setFont(font)
        # The widest rate keeps its room: what stands beside it must not move with every beat.
        self.rate.setMinimumWidth(self.rate.fontMetrics().horizontalAdvance("888"))
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_now(self, now: LiveNow, now_s: float, *, comes: bool = True) -> None:
        """Show what is known at `now_s`; where nothing `comes` any more, only what was critical stays."""
        rate = now.rate_bpm(now_s) if comes else None
        alarmed = bool(now.going_on)
        rhythm = rhythm_words(now) if comes or alarmed else ""
        tier = now.tier if comes else Tier.NOT_ASSESSED
        shown = (NONE if rate is None else f"{rate:.0f}", rhythm, tier, alarmed)
        if shown == self._shown:
            return
        self._shown = shown
        self.rate.setText(shown[0])
        self.rhythm.setText(shown[1] or NONE)
        self._paint_rhythm(alarmed=alarmed)
        words = tr("Tier: {tier}").format(tier=tier_name(tier))
        self.tier.setText(words)
        self.tier.setStyleSheet(
            f"QLabel#tier {{ background: {TIER_COLORS[tier]}; color: white; border-radius: 5px; padding: 5px 9px; }}"
        )
        reason = "" if now.opinion is None or tier is not now.opinion.risk.tier else term(now.opinion.risk.reason)
        self.tier.setToolTip(reason)

    def _paint_rhythm(self, *, alarmed: bool) -> None:
        """White on red while something is critical, as the bar over the paper of a record."""
        self.rhythm.setObjectName("rhythm")
        self.rhythm.setStyleSheet(
            f"QLabel#rhythm {{ background: {TIER_COLORS[Tier.HIGH]}; color: white; padding: 3px 9px; }}"
            if alarmed
            else "QLabel#rhythm { padding: 3px 0; }"
        )
