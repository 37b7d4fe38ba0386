"""Every command of the window in one table: name, key, menu, when it is possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import State

Condition = Callable[[State], bool]


def always(_state: State) -> bool:
    """Possible at any time."""
    return True


def has_record(state: State) -> bool:
    """Possible while a record is shown."""
    return state.record is not None


def has_findings(state: State) -> bool:
    """Possible once the record has been analysed and the reader may see what was found."""
    return state.shown is not None


def has_evidence(state: State) -> bool:
    """Possible where the network gave an opinion that the reader may see."""
    return state.shown is not None and state.shown.evidence is not None


def shows_evidence(state: State) -> bool:
    """Possible while evidence is painted."""
    return state.evidence is not None


def has_flags(state: State) -> bool:
    """Possible where beats are flagged that the reader may see."""
    return state.shown is not None and bool(state.shown.flagged)


def is_hidden(state: State) -> bool:
    """Possible while the findings of a record are kept back."""
    return state.record is not None and state.hidden


def is_busy(state: State) -> bool:
    """Possible while something runs."""
    return bool(state.busy)


def is_strips(state: State) -> bool:
    """Possible where each lead has a row of its own."""
    return state.record is not None and state.viewport.layout(state.record).columns == 1


def why_not(command: Command, state: State) -> str:
    """Return why a command is not possible now, as a short sentence; "" where it is."""
    if command.possible(state):
        return ""
    if state.record is None and command.possible is not is_busy:
        return tr("no record is open")
    if state.hidden and command.possible in (has_findings, has_evidence, shows_evidence, has_flags):
        return tr("the findings are hidden (F2 shows them)")
    if state.findings is None and command.possible in (has_findings, has_evidence, shows_evidence, has_flags):
        return tr("the record is not analysed yet")
    if command.possible in (has_evidence, shows_evidence) and (state.shown is None or state.shown.evidence is None):
        return tr("the network gave no opinion")
    words: dict[Condition, str] = {
        shows_evidence: tr("no evidence is shown"),
        has_flags: tr("no beat is flagged"),
        is_busy: tr("nothing is running"),
        is_strips: tr("leads stand side by side (choose 12 × 1)"),
        is_hidden: tr("the findings are shown"),
    }
    return words.get(command.possible, tr("there is nothing to do it with"))


@dataclass(frozen=True)
class Command:
    """One command. `keys` are QKeySequence texts, the first is shown in the menu."""

    id: str
    text: str
    keys: tuple[str, ...]
    tip: str
    run: Callable[[], None]
    possible: Condition = always
    checked: Callable[[State], bool] | None = None


class Actions:
    """QActions of a window by id, each enabled exactly while its condition holds."""

    def __init__(self, window: QMainWindow, commands: list[Command]) -> None:
        self.commands = {command.id: command for command in commands}
        self._actions: dict[str, QAction] = {}
        self._state: State | None = None
        for command in commands:
            action = QAction(command.text, window)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            keys = (
                f" ({QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"
                if command.keys
                else ""
            )
            action.setToolTip(f"{command.tip}{keys}")
            action.setStatusTip(command.tip)
            action.setCheckable(command.checked is not None)
            action.triggered.connect(self._runner(command))
            window.addAction(action)
            self._actions[command.id] = action

    def _runner(self, command: Command) -> Callable[[], None]:
        def run() -> None:
            command.run()
            # Qt has turned the mark over by itself, also where the command changed nothing.
            if command.checked is not None and self._state is not None:
                self._actions[command.id].setChecked(command.checked(self._state))

        return run

    def __getitem__(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._actions[command_id]

    def update(self, state: State) -> None:
        """Enable and check every action as the state demands."""
        self._state = state
        for command_id, command in self.commands.items():
            action = self._actions[command_id]
            action.setEnabled(command.possible(state))
            if command.checked is not None:
                action.setChecked(command.checked(state))
