"""The table of a window's commands: each module is handed the few things that its commands work on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStatusBar, QWidget

from cardio_desktop.app.earlier import Earlier
from cardio_desktop.app.long_analysis import LongAnalysis
from cardio_desktop.app.session import Session
from cardio_desktop.app.worklist import Worklist
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.beats import beat_commands
from cardio_desktop.ui.commands.calipers import caliper_commands
from cardio_desktop.ui.commands.command import Command
from cardio_desktop.ui.commands.comparison import comparison_commands
from cardio_desktop.ui.commands.evidence import evidence_commands
from cardio_desktop.ui.commands.file import file_commands
from cardio_desktop.ui.commands.go import go_commands
from cardio_desktop.ui.commands.help import help_commands
from cardio_desktop.ui.commands.live import live_commands
from cardio_desktop.ui.commands.long import long_commands
from cardio_desktop.ui.commands.look import look_commands
from cardio_desktop.ui.commands.panels import panel_commands
from cardio_desktop.ui.commands.paper import paper_commands
from cardio_desktop.ui.commands.reading import reading_commands
from cardio_desktop.ui.commands.signing import signing_commands
from cardio_desktop.ui.commands.statements import statement_commands
from cardio_desktop.ui.commands.view import view_commands
from cardio_desktop.ui.commands.worklist import worklist_commands
from cardio_desktop.ui.lists.priors_strip import PriorsStrip
from cardio_desktop.ui.lists.worklist_panel import WorklistDock
from cardio_desktop.ui.panels.docks import Docks
from cardio_desktop.ui.panels.holter_place import HolterPlace
from cardio_desktop.ui.paper.comparison_place import ComparisonPlace
from cardio_desktop.ui.paper.overview_bar import OverviewBar
from cardio_desktop.ui.paper.paper_place import PaperPlace
from cardio_desktop.ui.theme import Theme


def build_commands(
    *,
    session: Session,
    paper: PaperPlace,
    docks: Docks,
    worklist: Worklist,
    worklist_dock: WorklistDock,
    analysis: LongAnalysis,
    holter: HolterPlace,
    overview: OverviewBar,
    follow_file: Callable[[], object],
    follow_stream: Callable[[], object],
    earlier: Earlier,
    priors: PriorsStrip,
    comparison: ComparisonPlace,
    theme: Theme | None,
    actions: Actions,
    frame: QWidget,
    status: QStatusBar,
    quit_: Callable[[], object],
    speak: Callable[[], None],
    say_lasting: Callable[[str], None],
) -> list[Command]:
    """Return every command of a window, in the order of the list of keys.

    `frame` is what dialogs stand before, `quit_` closes it, `follow_file` and `follow_stream` open a live window,
    `speak` tells that another language was chosen, `say_lasting` says what holds beyond the record that is open.
    """
    return [
        *file_commands(session, paper, frame, status, quit_),
        *live_commands(follow_file, follow_stream),
        *paper_commands(session, paper),
        *look_commands(session, theme, status),
        *view_commands(session, paper, frame, status),
        *panel_commands(docks, paper, session),
        *reading_commands(session, docks),
        *statement_commands(session, docks, frame),
        *signing_commands(session, docks, worklist_dock, frame, say_lasting),
        *evidence_commands(session, paper, status),
        *go_commands(session, paper),
        *worklist_commands(session, worklist, worklist_dock, frame, status),
        *long_commands(session, analysis, holter, overview, status),
        *comparison_commands(session, earlier, priors, comparison, frame),
        *caliper_commands(session, paper, frame, status),
        *beat_commands(session, frame, status),
        *help_commands(session, actions, frame, speak),
    ]
