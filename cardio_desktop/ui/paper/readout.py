"""What lies under the mouse, in a bubble beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cardio_desktop.app.i18n import decimals, tr


@dataclass(frozen=True)
class Readout:
    """What stands under the mouse: the file's own millivolts, whatever filter is shown."""

    lead: str
    time_s: float
    millivolts: float | None
    evidence: float | None
    evidence_class: str | None
    evidence_words: str = ""

    def sentence(self) -> str:
        """Return it as one line."""
        parts = [self.lead, decimals(f"{self.time_s:.3f} s")]
        parts.append(tr("no sample") if self.millivolts is None else decimals(f"{self.millivolts:+.3f} mV"))
        if self.evidence is not None and self.evidence_class is not None:
            name = self.evidence_words or self.evidence_class
            words = tr("evidence for {name}") if self.evidence >= 0 else tr("evidence against {name}")
            parts.append(f"{words.format(name=name)}: {decimals(f'{self.evidence:+.4f}')} logit")
        return "  ·  ".join(parts)


class ReadoutBubble(QLabel):
    """A line of text that follows the mouse without ever taking its events."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readout")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setStyleSheet(
            "QLabel { background: palette(base); color: palette(text); border: 1px solid palette(mid);"
            " border-radius: 4px; padding: 3px 6px; }"
        )
        self.hide()

    def show_at(self, position: QPointF, readout: Readout | None) -> None:
        """Show a readout beside a point of the parent; None hides it."""
        parent = self.parentWidget()
        if readout is None or parent is None:
            self.hide()
            return
        self.setText(readout.sentence())
        self.adjustSize()
        x = min(position.x() + 14, parent.width() - self.width() - 4)
        y = position.y() - self.height() - 10
        self.move(round(max(x, 4)), round(y if y > 4 else position.y() + 18))
        self.show()
