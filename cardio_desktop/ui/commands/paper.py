"""Commands of the paper: layouts, speeds, gains, filters, colours, letters."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace

from cardio_desktop.analysis.display_filters import HIGHPASS_HZ, LOWPASS_HZ, NOTCH_HZ
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.app.viewport import next_step
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import HAS_RECORD, condition
from cardio_desktop.ui.paper.captions import figure, number
from cardio_desktop.ui.paper.paper_place import PaperPlace

FILTER_FIELDS: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("highpass", "highpass_hz", HIGHPASS_HZ),
    ("lowpass", "lowpass_hz", LOWPASS_HZ),
    ("notch", "notch_hz", NOTCH_HZ),
)

HAS_LIMB_LEADS = HAS_RECORD & condition(
    lambda state: state.record is not None and state.record.has_twelve,
    lambda: tr("the record lacks the six limb leads"),
)


def has_strip_lead(state: State) -> bool:
    """Return whether the layout has a strip of a lead of choice."""
    if state.record is None or len(state.record.drawable) < 2:
        return False
    layout = state.viewport.layout(state.record)
    return bool(layout.rhythm) or state.viewport.layout_id in LEAD_LAYOUTS


HAS_STRIP_LEAD = HAS_RECORD & condition(has_strip_lead, lambda: tr("the layout has no rhythm strip"))


def paper_commands(session: Session, paper: PaperPlace) -> list[Command]:
    """Return the commands that change how a record is drawn."""
    return [*_layouts(session), *_speeds(session), *_gains(session, paper), *_filters(session)]


def _looks(session: Session, **changes: object) -> Callable[[], None]:
    return lambda: session.look(**changes)


def _shows(field: str, value: object) -> Callable[[State], bool]:
    return lambda state: getattr(state.viewport, field) == value


def _layouts(session: Session) -> list[Command]:
    def rhythm(direction: int) -> Callable[[], None]:
        def change() -> None:
            record = session.state.record
            if record is not None:
                names = list(record.drawable)
                here = names.index(session.state.viewport.strip_lead(record))
                session.look(rhythm_lead=names[(here + direction) % len(names)])

        return change

    commands = []
    for index, (layout_id, title) in enumerate(_titles().items(), start=1):
        one = layout_id in LEAD_LAYOUTS
        commands.append(
            Command(
                f"layout:{layout_id}",
                title,
                (f"Ctrl+{index % 10}",) if index <= len(string.digits) else (),
                tr("Show the leads as {layout}").format(layout=title),
                _looks(session, layout_id=layout_id, span_s=None, offset_y_mm=0.0),
                HAS_RECORD if one else HAS_LIMB_LEADS,
                _shows("layout_id", layout_id),
            )
        )
    return [
        *placed(Menu.LAYOUT, 0, *commands),
        *placed(
            Menu.LAYOUT,
            1,
            Command(
                "rhythm-next",
                tr("Next &rhythm lead"),
                ("R",),
                tr("Another lead as rhythm strip"),
                rhythm(1),
                HAS_STRIP_LEAD,
            ),
            Command(
                "rhythm-previous",
                tr("Previous r&hythm lead"),
                ("Shift+R",),
                tr("The lead before as rhythm strip"),
                rhythm(-1),
                HAS_STRIP_LEAD,
            ),
        ),
    ]


def _titles() -> dict[str, str]:
    return {
        **{layout.id: term(layout.title) for layout in LAYOUTS.values()},
        **{k: term(t) for k, t in LEAD_LAYOUTS.items()},
    }


def _speeds(session: Session) -> list[Command]:
    def speed(direction: int) -> Callable[[], None]:
        def change() -> None:
            now = session.state.viewport.speed_mm_per_s
            _set_speed(session, next_step(SPEEDS_MM_PER_S, now, direction))

        return change

    def setter(value: float) -> Callable[[], None]:
        return lambda: _set_speed(session, value)

    return [
        *placed(
            Menu.SPEED,
            0,
            *(
                Command(
                    f"speed:{number(value)}",
                    f"{figure(value)} mm/s",
                    (),
                    tr("Paper speed {speed} mm/s").format(speed=figure(value)),
                    setter(value),
                    HAS_RECORD,
                    _shows("speed_mm_per_s", value),
                )
                for value in SPEEDS_MM_PER_S
            ),
        ),
        *placed(
            Menu.SPEED,
            1,
            Command(
                "speed-up", tr("&Faster paper"), ("Ctrl+Right",), tr("Raise the paper speed"), speed(1), HAS_RECORD
            ),
            Command(
                "speed-down", tr("Slo&wer paper"), ("Ctrl+Left",), tr("Lower the paper speed"), speed(-1), HAS_RECORD
            ),
        ),
    ]


def _set_speed(session: Session, speed_mm_per_s: float) -> None:
    """Change the speed; slower paper shows more of the record, so its start is kept within it."""
    state = session.state
    viewport = replace(state.viewport, speed_mm_per_s=speed_mm_per_s, span_s=None)
    session.set_viewport(viewport.moved_to(state.record, viewport.start_s) if state.record else viewport)


def _gains(session: Session, paper: PaperPlace) -> list[Command]:
    def gain(direction: int) -> Callable[[], None]:
        def change() -> None:
            plan = paper.view.plan
            now = plan.scale.gain_mm_per_mv if plan else session.state.viewport.gain_mm_per_mv
            session.look(gain_mm_per_mv=next_step(GAINS_MM_PER_MV, now, direction), auto_gain=False)

        return change

    def toggle(field: str) -> Callable[[], None]:
        return lambda: session.look(**{field: not getattr(session.state.viewport, field)})

    def fixed(value: float) -> Callable[[State], bool]:
        return lambda state: not state.viewport.auto_gain and state.viewport.gain_mm_per_mv == value

    return [
        *placed(
            Menu.GAIN,
            0,
            *(
                Command(
                    f"gain:{number(value)}",
                    f"{figure(value)} mm/mV",
                    (),
                    tr("Gain {gain} mm/mV").format(gain=figure(value)),
                    _looks(session, gain_mm_per_mv=value, auto_gain=False),
                    HAS_RECORD,
                    fixed(value),
                )
                for value in GAINS_MM_PER_MV
            ),
            Command(
                "gain:auto",
                tr("&Automatic gain"),
                ("Ctrl+G",),
                tr("The largest gain at which the waves of this record stay in their rows"),
                toggle("auto_gain"),
                HAS_RECORD,
                _shows("auto_gain", True),
            ),
        ),
        *placed(
            Menu.GAIN,
            1,
            Command(
                "gain:chest-half",
                tr("&Chest leads at half the gain"),
                ("Ctrl+Shift+G",),
                tr("Draw chest leads with half the gain of the limb leads (10/5 mm/mV)"),
                toggle("chest_half"),
                HAS_RECORD,
                _shows("chest_half", True),
            ),
        ),
        *placed(
            Menu.GAIN,
            2,
            Command("gain-up", tr("&Larger waves"), ("Up",), tr("Raise the gain"), gain(1), HAS_RECORD),
            Command("gain-down", tr("S&maller waves"), ("Down",), tr("Lower the gain"), gain(-1), HAS_RECORD),
        ),
    ]


def _filters(session: Session) -> list[Command]:
    def choose(field: str, value: object) -> Callable[[], None]:
        def change() -> None:
            viewport = session.state.viewport
            session.set_viewport(viewport.with_filter(replace(viewport.filter, **{field: value})))  # type: ignore[arg-type]

        return change

    def chosen(field: str, value: object) -> Callable[[State], bool]:
        return lambda state: getattr(state.viewport.filter, field) == value

    def toggle_baseline() -> None:
        choose("baseline", not session.state.viewport.filter.baseline)()

    def toggle() -> None:
        session.set_viewport(session.state.viewport.with_filter_toggled())

    titles = {"highpass": tr("High-pass"), "lowpass": tr("Low-pass"), "notch": tr("Notch")}
    first = [
        Command(
            "filter",
            tr("&Display filter"),
            ("F",),
            tr("Show the traces with the display filter or as they were recorded; measurement never uses it"),
            toggle,
            HAS_RECORD,
            _shows("filter_on", True),
        )
    ]
    commands = placed(Menu.FILTER, 0, *first)
    for group, (name, field, steps) in enumerate(FILTER_FIELDS, start=1):
        steps_of = [
            Command(
                f"{name}:none",
                tr("{filter}: none").format(filter=titles[name]),
                (),
                tr("{filter}: none").format(filter=titles[name]),
                choose(field, None),
                HAS_RECORD,
                chosen(field, None),
            )
        ]
        steps_of += [
            Command(
                f"{name}:{number(value)}",
                f"{titles[name]} {figure(value)} Hz",
                (),
                tr("Filter the display: {filter} {hz} Hz").format(filter=titles[name], hz=figure(value)),
                choose(field, value),
                HAS_RECORD,
                chosen(field, value),
            )
            for value in steps
        ]
        commands += placed(Menu.FILTER, group, *steps_of)
    commands += placed(
        Menu.FILTER,
        len(FILTER_FIELDS) + 1,
        Command(
            "filter:baseline",
            tr("Remove the &baseline's wander"),
            (),
            tr("Filter the display: subtract the slow wander under the waves"),
            toggle_baseline,
            HAS_RECORD,
            chosen("baseline", True),
        ),
    )
    return commands
