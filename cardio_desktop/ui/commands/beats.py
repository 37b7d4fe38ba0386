"""Commands of beats: going along them, changing them, saving them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStatusBar, QWidget

from cardio_desktop.app import beat_work
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.marks import Marks, Tool
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, Condition, condition, unsigned_of
from cardio_desktop.ui.commands.save_beats import ask_save_beats

# Not Ctrl+Alt and a letter: that is how Polish or Czech letters are typed where AltGr counts as Ctrl+Alt.
KEYS = {
    BeatKind.NORMAL: "2",
    BeatKind.SUPRAVENTRICULAR: "3",
    BeatKind.VENTRICULAR: "4",
    BeatKind.PACED: "5",
    BeatKind.UNKNOWN: "6",
}


def chosen_beat_of(marks: Marks) -> Condition:
    """Return the condition that a beat is selected."""
    return HAS_RECORD & condition(
        lambda state: state.viewport.selected_beat_s is not None and beat_work.chosen_beat(marks) is not None,
        lambda: tr("no beat is selected"),
    )


def beat_commands(session: Session, frame: QWidget, status: QStatusBar) -> list[Command]:
    """Return the commands of the menu Beats."""
    marks = session.marks
    has_beats = HAS_RECORD & condition(lambda _state: bool(marks.beats()), lambda: tr("no beats are known"))
    unsigned = unsigned_of(session)
    has_chosen = chosen_beat_of(marks) & unsigned
    has_edits = (
        HAS_RECORD & unsigned & condition(lambda _state: bool(marks.edits), lambda: tr("you have changed no beat"))
    )
    has_marked = (
        HAS_RECORD
        & unsigned
        & condition(lambda _state: bool(marks.file_beats), lambda: tr("the file marks no beats"))
        & condition(lambda state: state.findings is not None, lambda: tr("the record is not analysed yet"))
    )

    def go(direction: int) -> Callable[[], None]:
        return lambda: beat_work.go_to_beat(marks, direction)

    def retype(kind: BeatKind) -> Callable[[], None]:
        return lambda: beat_work.retype(marks, kind)

    def is_kind(kind: BeatKind) -> Callable[[State], bool]:
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
        for kind in BeatKind
    ]
    return [
        *placed(
            Menu.BEATS,
            0,
            Command("any-beat", tr("&Next beat"), ("B",), tr("Go to the next of all beats"), go(1), has_beats),
            Command(
                "any-beat-back", tr("&Previous beat"), ("Shift+B",), tr("Go to the beat before"), go(-1), has_beats
            ),
        ),
        *placed(
            Menu.BEATS,
            1,
            Command(
                "beat-tool",
                tr("&Edit beats by mouse"),
                ("Ctrl+B",),
                tr("Click on the paper to add beats, drag to move them"),
                lambda: marks.take(Tool.HAND if marks.tool is Tool.BEAT else Tool.BEAT),
                HAS_RECORD & unsigned,
                lambda _state: marks.tool is Tool.BEAT,
            ),
            Command(
                "add-beat",
                tr("&Add a beat"),
                ("Ins",),
                tr("Add a beat at the caliper, after the selected beat, or in the middle of the page"),
                lambda: beat_work.add_beat_by_key(marks),
                HAS_RECORD & unsigned,
            ),
        ),
        *placed(
            Menu.BEATS,
            2,
            *kinds,
            Command(
                "beat-kind",
                tr("Next &type"),
                ("Y",),
                tr("Give the selected beat the next type"),
                lambda: beat_work.retype_on(marks),
                has_chosen,
            ),
        ),
        *placed(
            Menu.BEATS,
            3,
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
                lambda: ask_save_beats(session, frame, status),
                has_beats,
            ),
        ),
    ]
