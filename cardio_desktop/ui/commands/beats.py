"""Commands of beats: going along them, changing them, saving them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cardio_desktop.app import beat_work
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.marks import Tool
from cardio_desktop.app.session import State
from cardio_desktop.core.beat_edits import BEAT_KINDS
from cardio_desktop.ui.commands.actions import Command, has_record
from cardio_desktop.ui.commands.save_beats import ask_save_beats

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

BEAT_MENU = (
    "any-beat", "any-beat-back", "", "beat-tool", "add-beat", "", *(f"beat-kind:{kind}" for kind in BEAT_KINDS),
    "beat-kind", "", "beats-of-file", "beats-of-detector", "save-beats",
)  # fmt: skip
# Not Ctrl+Alt and a letter: that is how Polish or Czech letters are typed where AltGr counts as Ctrl+Alt.
KEYS = {"normal": "2", "supraventricular": "3", "ventricular": "4", "paced": "5", "unknown": "6"}


def beat_commands(window: MainWindow) -> list[Command]:
    """Return the commands of the menu Beats."""
    marks = window.session.marks

    def has_beats(_state: State) -> bool:
        return bool(marks.beats())

    def has_chosen(state: State) -> bool:
        return state.viewport.selected_beat_s is not None and beat_work.chosen_beat(marks) is not None

    def has_edits(_state: State) -> bool:
        return bool(marks.edits)

    def has_marked(state: State) -> bool:
        return state.findings is not None and bool(marks.file_beats)

    def retype(kind: str) -> Callable[[], None]:
        return lambda: beat_work.retype(marks, kind)

    def is_kind(kind: str) -> Callable[[State], bool]:
        def check(state: State) -> bool:
            beat = beat_work.chosen_beat(marks) if state.viewport.selected_beat_s is not None else None
            return beat is not None and beat.kind == kind

        return check

    kinds = [
        Command(
            f"beat-kind:{kind}",
            tr("It is {kind}").format(kind=beat_work.kind_name(kind)),
            (KEYS[kind],),
            tr("The selected beat is {kind}").format(kind=beat_work.kind_name(kind)),
            retype(kind),
            has_chosen,
            is_kind(kind),
        )
        for kind in BEAT_KINDS
    ]
    return [
        Command("any-beat", tr("&Next beat"), ("B",), tr("Go to the next of all beats"), _go(window, 1), has_beats),
        Command(
            "any-beat-back", tr("&Previous beat"), ("Shift+B",), tr("Go to the beat before"), _go(window, -1), has_beats
        ),
        Command(
            "beat-tool",
            tr("&Edit beats by mouse"),
            ("Ctrl+B",),
            tr("Click on the paper to add beats, drag to move them"),
            lambda: marks.take(Tool.HAND if marks.tool is Tool.BEAT else Tool.BEAT),
            has_record,
            lambda _state: marks.tool is Tool.BEAT,
        ),
        Command(
            "add-beat",
            tr("&Add a beat"),
            ("Ins",),
            tr("Add a beat at the caliper, after the selected beat, or in the middle of the page"),
            lambda: beat_work.add_beat_by_key(marks),
            has_record,
        ),
        *kinds,
        Command(
            "beat-kind",
            tr("Next &type"),
            ("Y",),
            tr("Give the selected beat the next type"),
            lambda: beat_work.retype_on(marks),
            has_chosen,
        ),
        Command(
            "beats-of-file",
            tr("Take over the &file's beats"),
            (),
            tr("Replace the detector's beats by those that the file marks"),
            lambda: beat_work.take_over_file(marks),
            has_marked,
        ),
        Command(
            "beats-of-detector",
            tr("&Back to the detector's beats"),
            (),
            tr("Take every change of a beat back"),
            lambda: beat_work.drop_edits(marks),
            has_edits,
        ),
        Command(
            "save-beats",
            tr("&Save beats as WFDB annotations…"),
            ("Ctrl+Shift+B",),
            tr("Write the beats, as you left them, to an annotation file of their own"),
            lambda: ask_save_beats(window),
            has_beats,
        ),
    ]


def _go(window: MainWindow, direction: int) -> Callable[[], None]:
    return lambda: beat_work.go_to_beat(window.session.marks, direction)
