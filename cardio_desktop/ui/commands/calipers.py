"""Commands of calipers, and of undoing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QStatusBar, QWidget

from cardio_desktop.app import beat_work, caliper_work
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.marks import Marks, Tool
from cardio_desktop.app.session import Session, State
from cardio_desktop.core.caliper_paper import RR_MEAN, caliper_text, lead_of
from cardio_desktop.core.calipers import CaliperKind
from cardio_desktop.core.errors import one_line
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.ui.commands.beats import chosen_beat_of
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, condition
from cardio_desktop.ui.paper.paper_place import PaperPlace

LONGEST_NAME = 60


def caliper_commands(session: Session, paper: PaperPlace, frame: QWidget, status: QStatusBar) -> list[Command]:
    """Return the commands of the menus Edit and Measure."""
    marks = session.marks
    holds_caliper = HAS_RECORD & condition(
        lambda _state: marks.caliper is not None, lambda: tr("no caliper is selected")
    )
    holds_qt = holds_caliper & condition(
        lambda _state: marks.caliper is not None and marks.caliper.kind is CaliperKind.QT,
        lambda: tr("the selected caliper is no QT caliper"),
    )
    has_calipers = HAS_RECORD & condition(lambda _state: bool(marks.calipers), lambda: tr("there is no caliper"))
    has_beat = chosen_beat_of(marks)
    can_nudge = HAS_RECORD & condition(
        lambda state: holds_caliper(state) or has_beat(state), lambda: tr("no caliper and no beat is selected")
    )

    def nudge(samples: int, steps_mv: int = 0) -> Callable[[], None]:
        def run() -> None:
            if marks.caliper is not None:
                caliper_work.nudge(marks, samples, steps_mv)
            else:
                beat_work.nudge_beat(marks, samples)

        return run

    def delete() -> None:
        if marks.caliper is not None:
            marks.change_caliper(tr("delete caliper"), None)
        else:
            beat_work.delete_beat(marks)

    def copy() -> None:
        chosen = (marks.caliper,) if marks.caliper is not None else marks.calipers
        QGuiApplication.clipboard().setText(caliper_text(chosen, language()))
        status.showMessage(tr("Calipers copied as text: {number}").format(number=len(chosen)), 5000)

    def name() -> None:
        caliper = marks.caliper
        if caliper is None:
            return
        text, sure = QInputDialog.getText(frame, tr("Name the caliper"), tr("Name"), text=caliper.label)
        if sure:
            label = one_line(text, LONGEST_NAME).strip()
            marks.change_caliper(tr("name caliper"), replace(caliper, label=label))

    def other_rr() -> None:
        caliper = marks.caliper
        if caliper is not None:
            mean = caliper.rr_from != RR_MEAN
            marks.change_caliper(tr("choose RR interval"), caliper_work.with_rr(caliper, marks, mean=mean))

    def lead(direction: int) -> Callable[[], None]:
        def run() -> None:
            plan = paper.view.plan
            if plan is not None:
                caliper_work.change_lead(marks, plan, direction)

        return run

    return [
        *_undoing(marks),
        *_placing(session, paper),
        *placed(
            Menu.EDIT,
            1,
            Command(
                "delete-mark",
                tr("&Delete"),
                ("Del",),
                tr("Remove the selected caliper or beat"),
                delete,
                can_nudge,
            ),
            Command(
                "clear-calipers",
                tr("Remove &all calipers"),
                ("Ctrl+Shift+Del",),
                tr("Remove every caliper of this record"),
                marks.clear_calipers,
                has_calipers,
            ),
            Command(
                "copy-calipers",
                tr("Copy &calipers as text"),
                ("Ctrl+Shift+C",),
                tr("Copy the readings of the selected caliper, or of all"),
                copy,
                has_calipers,
            ),
        ),
        *placed(
            Menu.MEASURE,
            1,
            Command(
                "snap",
                tr("S&nap to waves and samples"),
                ("S",),
                tr("Let the ends of calipers jump to waves, beats and samples"),
                lambda: marks.set_snap(not marks.snap),
                HAS_RECORD,
                lambda _state: marks.snap,
            ),
            Command(
                "caliper-name",
                tr("Name the &caliper…"),
                ("Ctrl+F2",),
                tr("Write a word beside the caliper, on screen and paper"),
                name,
                holds_caliper,
            ),
        ),
        *placed(
            Menu.MEASURE,
            2,
            Command(
                "next-caliper",
                tr("Ne&xt caliper"),
                ("G",),
                tr("Select the next caliper"),
                lambda: caliper_work.next_caliper(marks, 1),
                has_calipers,
            ),
            Command(
                "previous-caliper",
                tr("Pre&vious caliper"),
                ("Shift+G",),
                tr("Select the previous caliper"),
                lambda: caliper_work.next_caliper(marks, -1),
                has_calipers,
            ),
            Command(
                "caliper-part",
                tr("Other &end"),
                ("X",),
                tr("Choose what the keys move: beginning, end, lines or the whole caliper"),
                lambda: caliper_work.next_part(marks),
                holds_caliper,
            ),
            Command(
                "caliper-lead",
                tr("To the next &lead"),
                ("L",),
                tr("Move the caliper to the next lead"),
                lead(1),
                holds_caliper,
            ),
            Command(
                "caliper-lead-back",
                tr("To the previous lea&d"),
                ("Shift+L",),
                tr("Move the caliper to the previous lead"),
                lead(-1),
                holds_caliper,
            ),
            Command(
                "qt-rr",
                tr("Other &RR interval for QTc"),
                ("Shift+Q",),
                tr("Correct QT by the interval before its beat, or by the mean of the record"),
                other_rr,
                holds_qt,
            ),
        ),
        *placed(
            Menu.MEASURE,
            3,
            Command("nudge-left", tr("Move le&ft"), ("Alt+Left",), tr("One sample earlier"), nudge(-1), can_nudge),
            Command("nudge-right", tr("Move ri&ght"), ("Alt+Right",), tr("One sample later"), nudge(1), can_nudge),
            Command("nudge-up", tr("Move &up"), ("Alt+Up",), tr("0.01 mV higher"), nudge(0, 1), holds_caliper),
            Command("nudge-down", tr("Move d&own"), ("Alt+Down",), tr("0.01 mV lower"), nudge(0, -1), holds_caliper),
            Command(
                "stride-left",
                tr("Move far left"),
                ("Alt+Shift+Left",),
                tr("Ten samples earlier"),
                nudge(-10),
                can_nudge,
            ),
            Command(
                "stride-right",
                tr("Move far right"),
                ("Alt+Shift+Right",),
                tr("Ten samples later"),
                nudge(10),
                can_nudge,
            ),
        ),
    ]


def _undoing(marks: Marks) -> list[Command]:
    def undo_words() -> str:
        done = marks.history.done
        return f"{tr('&Undo')}: {done[-1].title}" if done else tr("&Undo")

    def redo_words() -> str:
        undone = marks.history.undone
        return f"{tr('&Redo')}: {undone[-1].title}" if undone else tr("&Redo")

    return placed(
        Menu.EDIT,
        0,
        Command(
            "undo",
            tr("&Undo"),
            ("Ctrl+Z",),
            tr("Take the last change of calipers or beats back"),
            marks.undo,
            HAS_RECORD & condition(lambda _state: bool(marks.history.done), lambda: tr("there is nothing to undo")),
            words=undo_words,
        ),
        Command(
            "redo",
            tr("&Redo"),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            tr("Do again what was taken back"),
            marks.redo,
            HAS_RECORD & condition(lambda _state: bool(marks.history.undone), lambda: tr("nothing was undone")),
            words=redo_words,
        ),
    )


def _placing(session: Session, paper: PaperPlace) -> list[Command]:
    marks = session.marks

    def place(kind: CaliperKind) -> Callable[[], None]:
        def run() -> None:
            strip = middle_strip(session, paper.view.plan)
            if strip is not None:
                caliper_work.place_by_key(marks, kind, strip)

        return run

    def take(tool: Tool) -> Callable[[], None]:
        return lambda: marks.take(Tool.HAND if marks.tool is tool else tool)

    def taken(tool: Tool) -> Callable[[State], bool]:
        return lambda _state: marks.tool is tool

    kinds = (
        (CaliperKind.TIME, tr("&Time caliper"), tr("Time caliper by &mouse"), "K", tr("milliseconds and rate")),
        (CaliperKind.AMPLITUDE, tr("&Amplitude caliper"), tr("Amplitude caliper by mouse"), "J", tr("millivolts")),
        (CaliperKind.BOTH, tr("Time and amplitude &both"), tr("Both by mouse"), "U", tr("time and millivolts")),
        (CaliperKind.MARCH, tr("&March out"), tr("March out by mouse"), "M", tr("an interval repeated over the strip")),
        (CaliperKind.QT, tr("&QT and QTc"), tr("QT and QTc by mouse"), "Q", tr("QT with four corrections")),
    )
    places, tools = [], []
    for kind, by_key, by_mouse, key, what in kinds:
        places.append(
            Command(
                f"place:{kind.value}",
                by_key,
                (key,),
                tr("Place a caliper in the middle of the page: {what}").format(what=what),
                place(kind),
                HAS_RECORD,
            )
        )
        tool = Tool(kind.value)
        tools.append(
            Command(
                f"tool:{kind.value}",
                by_mouse,
                (f"Shift+{key}",) if key != "Q" else ("Ctrl+Shift+Q",),
                tr("Drag on the paper, or click twice: {what}").format(what=what),
                take(tool),
                HAS_RECORD,
                taken(tool),
            )
        )
    return [*placed(Menu.MEASURE, 0, *places), *placed(Menu.TOOLS, 0, *tools)]


def middle_strip(session: Session, plan: PaperPlan | None) -> Strip | None:
    """Return where a caliper is placed by key: on the selected one's lead, the rhythm strip, or the first strip."""
    if plan is None or not plan.strips:
        return None
    held = session.marks.caliper
    own = [strip for strip in plan.strips if held is not None and lead_of(strip) == held.lead]
    rhythm = [strip for strip in plan.strips if strip.rhythm]
    wanted = [strip for strip in plan.strips if strip.lead == session.state.viewport.rhythm_lead]
    return [*own[-1:], *rhythm, *wanted, *plan.strips][0]
