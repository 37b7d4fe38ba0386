"""A titled part of the panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import tr

HEAD_STYLE = (
    "QToolButton { border: none; padding: 2px 0; color: palette(window-text); }"
    "QToolButton:focus { color: palette(link); }"
)


class Section(QWidget):
    """A title over a text or a widget; hidden while it has nothing to say, folded by its arrow."""

    def __init__(self, title: str, body: QWidget | None = None, *, folded: bool = False) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(3)
        self.head = QToolButton()
        self.head.setText(title)
        self.head.setAccessibleName(title)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setCheckable(True)
        self.head.setStyleSheet(HEAD_STYLE)
        # A long title may not make the panel wider than its place.
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.head.setToolTip(tr("Fold or unfold this part"))
        font = self.head.font()
        font.setBold(True)
        self.head.setFont(font)
        layout.addWidget(self.head)
        self.text = selectable_label(title)
        self.body = body or self.text
        layout.addWidget(self.body)
        self.head.toggled.connect(self._fold)
        self.head.setChecked(not folded)
        self._fold(not folded)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme: a style sheet keeps those that it was made with."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "head"):
            self.head.setStyleSheet(HEAD_STYLE)

    def _fold(self, is_open: bool) -> None:
        self.head.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.body.setVisible(is_open)

    def say(self, lines: list[str]) -> None:
        """Show these lines, or hide the section when there are none."""
        self.text.setText("\n".join(lines))
        self.setVisible(bool(lines))


def selectable_label(name: str) -> QLabel:
    """Return an empty label whose words wrap and can be copied."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    # Read with Tab through the lists and the bars; plain text need not stop the focus.
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    label.setAccessibleName(name)
    return label


class Row(QWidget):
    """Something to choose by click, Enter or Space; the arrows go from row to row."""

    chosen = Signal()
    stepped = Signal(int)
    """1 asks for the row below, -1 for the one above."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.is_led = False
        """Whether somebody leads the keyboard from this row to others."""
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 1, 2, 1)
        layout.setSpacing(0)
        self.setObjectName("row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            "QWidget#row:hover { background: rgba(127, 127, 140, 45); border-radius: 3px; }"
            "QWidget#row:focus { background: rgba(127, 127, 140, 75); border-radius: 3px; }"
        )
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def event(self, event: QEvent) -> bool:
        """Claim the keys of a row before they become commands of the paper."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_rows_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it by key, or go on to the next."""
        if event.key() in CHOOSING and _is_plain(event):
            self.chosen.emit()
        elif event.key() in STEPS and _is_plain(event):
            self.stepped.emit(STEPS[event.key()])
        else:
            super().keyPressEvent(event)


STEPS: dict[int, int] = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
CHOOSING = (int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_Space))


def _is_rows_own(event: QKeyEvent) -> bool:
    return _is_plain(event) and event.key() in (*STEPS, *CHOOSING)


def _is_plain(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def clear(layout: QVBoxLayout) -> None:
    """Remove and delete every widget of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def escape(text: str) -> str:
    """Return `text` safe for rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
