"""Every command of the window in one table: name, key, menu, when it is possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from cardio_desktop.app.session import State

Condition = Callable[[State], bool]


def always(_state: State) -> bool:
    """Possible at any time."""
    return True


def has_record(state: State) -> bool:
    """Possible while a record is shown."""
    return state.record is not None


def has_findings(state: State) -> bool:
    """Possible once the record has been analysed."""
    return state.findings is not None


def has_evidence(state: State) -> bool:
    """Possible where the network gave an opinion."""
    return state.findings is not None and state.findings.evidence is not None


def has_flags(state: State) -> bool:
    """Possible where beats are flagged."""
    return state.findings is not None and bool(state.findings.flagged)


def is_busy(state: State) -> bool:
    """Possible while something runs."""
    return bool(state.busy)


def is_strips(state: State) -> bool:
    """Possible where each lead has a row of its own."""
    return state.record is not None and state.viewport.layout(state.record).columns == 1


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
            keys = f" ({QKeySequence(command.keys[0]).toString()})" if command.keys else ""
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
