"""What is critical, in a bar above the paper: it takes room of its own and never covers the trace."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from cardio_desktop.app import critical
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.events import Event, worst_of_each
from cardio_desktop.core.findings import Tier

MOST_NAMED = 4
SHOW = "show"


class CriticalBar(QFrame):
    """Names the critical events, each a link to its place; of findings that are hidden, only that there is something.

    It stands wherever the findings hold something critical, whatever the network's tier is.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._events: tuple[Event, ...] = ()
        self.setObjectName("critical")
        # The same red on both themes, with white letters on it: a contrast of more than 7.
        self.setStyleSheet(
            f"QFrame#critical {{ background: {TIER_COLORS[Tier.HIGH]}; }} QFrame#critical QLabel {{ color: white; }}"
        )
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setAccessibleName(tr("Critical findings"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text.linkActivated.connect(self._chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.addWidget(self.text)
        session.changed.connect(self._changed)
        self._show(session.state)

    def _changed(self, old: State, new: State) -> None:
        if old.findings is not new.findings or old.hidden != new.hidden:
            # A view before us may have changed the state again: what is shown last must be what holds now.
            self._show(self._session.state)

    def _show(self, state: State) -> None:
        self._events = state.shown.critical if state.shown is not None else ()
        if self._events:
            self.text.setText(self._named())
            self.text.setToolTip(tr("Click to go to the place; ! goes from one to the next"))
        elif state.alarmed:
            told = escape(tr("The program found something critical in this record."))
            self.text.setText(f"<b>{told}</b> {_link(SHOW, tr('Show the findings (F2)'))}")
            self.text.setToolTip("")
        else:
            self.text.clear()
        self.setVisible(bool(self.text.text()))

    def _named(self) -> str:
        worst = worst_of_each(self._events)
        parts = []
        for event, count in worst[:MOST_NAMED]:
            many = escape(" " + tr("({count} in all)").format(count=count)) if count > 1 else ""
            parts.append(_link(str(self._events.index(event)), critical.words_of(event)) + many)
        if len(worst) > MOST_NAMED:
            parts.append(escape(tr("and {count} more").format(count=len(worst) - MOST_NAMED)))
        return f"<b>{escape(tr('Critical:'))}</b> " + " &nbsp;·&nbsp; ".join(parts)

    def _chosen(self, link: str) -> None:
        if link == SHOW:
            self._session.reading.reveal()
        elif int(link) < len(self._events):
            critical.go_to(self._session, self._events[int(link)])


def _link(target: str, words: str) -> str:
    return f'<a href="{target}" style="color: white;">{escape(words)}</a>'
