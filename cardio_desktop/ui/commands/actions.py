"""The commands of a window as Qt's actions: enabled while they are possible, and saying why where they are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.record import Record
from cardio_desktop.ui.commands.command import Command, Menu

UNKNOWN = "?"
ROLES = {"about": QAction.MenuRole.AboutRole, "quit": QAction.MenuRole.QuitRole}


class Actions:
    """QActions by the id of their command; empty until `take` hands over the table."""

    def __init__(self, owner: QWidget, session: Session, say: Callable[[str], None]) -> None:
        self._owner, self._session, self._say = owner, session, say
        self.commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._reasons: dict[str, str] = {}
        self._waiting: list[Command] = []
        session.changed.connect(self._run_waiting)

    def take(self, commands: Iterable[Command]) -> None:
        """Make an action for each command; shortcuts hold in the owner's window."""
        for command in commands:
            if command.id in self.commands:
                raise ValueError(f"two commands are called {command.id}")
            action = QAction(command.text, self._owner)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(key) for key in command.keys])
            action.setCheckable(command.checked is not None)
            # macOS would otherwise move whatever is called "Settings..." or "About ..." into the program's own menu.
            action.setMenuRole(ROLES.get(command.id, QAction.MenuRole.NoRole))
            action.setAutoRepeat(command.repeats)
            if command.short:
                action.setIconText(command.short)
            action.triggered.connect(self._runner(command))
            self._owner.addAction(action)
            self.commands[command.id], self._actions[command.id] = command, action
            self._describe(command, "")
        self.refresh()

    def _runner(self, command: Command) -> Callable[[], None]:
        def run() -> None:
            if command.waits and self._session.state.awaited is not None:
                self._waiting.append(command)
            else:
                command.run()
            # Qt has turned the mark over by itself, also where the command changed nothing.
            if command.checked is not None:
                self.refresh()

        return run

    def _run_waiting(self, _old: State, new: State) -> None:
        """Run what was asked for while the record it was meant for was on its way; nothing if that never came."""
        if not self._waiting or new.awaited is not None:
            return
        waiting, self._waiting = self._waiting, []
        if new.refused is None and new is self._session.state:
            QTimer.singleShot(0, self._owner, partial(self._run_now, waiting, new.record))

    def _run_now(self, waiting: list[Command], record: Record | None) -> None:
        """Run commands once all views show the record, if it is still that one."""
        for command in waiting:
            state = self._session.state
            if state.record is not record or state.awaited is not None:
                return
            if reason := command.possible.why_not(state):
                self._say(tr("Not possible now: {reason}").format(reason=reason))
            else:
                command.run()
        self.refresh()

    def _describe(self, command: Command, reason: str) -> None:
        action = self._actions[command.id]
        keys = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys[:1]]
        tip = f"{command.tip} ({keys[0]})" if keys else command.tip
        words = tr("Not possible now: {reason}").format(reason=reason) if reason else ""
        action.setToolTip("\n".join(part for part in (tip, words) if part))
        action.setStatusTip("  ·  ".join(part for part in (command.tip, words) if part))
        self._reasons[command.id] = reason

    def __getitem__(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._actions[command_id]

    @property
    def by_id(self) -> Mapping[str, QAction]:
        """All actions, for parts of the window that show some of them."""
        return self._actions

    def of_menu(self, menu: Menu) -> list[tuple[int, QAction]]:
        """Return (group, action) of a menu's commands, in the order in which they stand there."""
        found = [command for command in self.commands.values() if command.menu is menu]
        return [(command.group, self._actions[command.id]) for command in sorted(found, key=lambda c: c.group)]

    def refresh(self) -> None:
        """Enable, check and describe every action as the session's state demands."""
        state = self._session.state
        reasons: dict[int, str] = {}  # most commands share a condition
        for command in self.commands.values():
            action, condition = self._actions[command.id], command.possible
            if command.waits and state.awaited is not None:
                reason = ""  # it is judged when that record is there
            elif command.waits and state.refused is not None:
                reason = tr("the list stands on {name}, which could not be opened").format(name=state.refused.name)
            elif (reason := reasons.get(id(condition), UNKNOWN)) == UNKNOWN:
                reason = reasons[id(condition)] = condition.why_not(state)
            if reason != self._reasons[command.id]:
                self._describe(command, reason)
                action.setEnabled(not reason)
            if command.checked is not None:
                action.setChecked(command.checked(state))
            if command.words is not None:
                action.setText(command.words())
