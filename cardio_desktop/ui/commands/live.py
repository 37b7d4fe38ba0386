"""Commands that follow a recording while it grows."""

from __future__ import annotations

from collections.abc import Callable

from cardio_desktop.app.i18n import tr
from cardio_desktop.ui.commands.command import Command, Menu, placed


def live_commands(follow_file: Callable[[], object], follow_stream: Callable[[], object]) -> list[Command]:
    """Return the commands that open a live window."""
    return placed(
        Menu.FILE,
        0,
        Command(
            "follow-file",
            tr("Follow a growing recor&ding…"),
            ("Ctrl+Shift+L",),
            tr("Show a file while a recorder writes it: EDF, BDF, WFDB or a table"),
            follow_file,
        ),
        Command(
            "follow-stream",
            tr("Follow a networ&k stream…"),
            (),
            tr("Show a stream of the Lab Streaming Layer, of this computer or of others that are named"),
            follow_stream,
        ),
    )
