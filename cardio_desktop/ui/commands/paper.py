"""Commands of the paper: layouts, speeds, gains, filters, colours, letters."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from cardio_desktop.analysis.display_filters import HIGHPASS_HZ, LOWPASS_HZ, NOTCH_HZ
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import State
from cardio_desktop.app.terms import term
from cardio_desktop.app.viewport import next_step
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from cardio_desktop.ui.commands.actions import Command, has_record
from cardio_desktop.ui.paper.captions import figure, number

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

SEPARATOR = ""
FILTER_FIELDS: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("highpass", "highpass_hz", HIGHPASS_HZ),
    ("lowpass", "lowpass_hz", LOWPASS_HZ),
    ("notch", "notch_hz", NOTCH_HZ),
)

LAYOUT_IDS = [f"layout:{layout_id}" for layout_id in (*LAYOUTS, *LEAD_LAYOUTS)]
RHYTHM_IDS = ["rhythm-next", "rhythm-previous"]
SPEED_IDS = [*(f"speed:{number(v)}" for v in SPEEDS_MM_PER_S), SEPARATOR, "speed-up", "speed-down"]
GAIN_IDS = [
    *(f"gain:{number(v)}" for v in GAINS_MM_PER_MV),
    "gain:auto",
    SEPARATOR,
    "gain:chest-half",
    SEPARATOR,
    "gain-up",
    "gain-down",
]
FILTER_IDS = ["filter", SEPARATOR]
for _name, _field, _steps in FILTER_FIELDS:
    FILTER_IDS += [f"{_name}:none", *(f"{_name}:{number(v)}" for v in _steps), SEPARATOR]
FILTER_IDS += ["filter:baseline"]
PAPER_IDS = [f"paper:{name}" for name in ("auto", "red", "blue", "grey", "white", "dark")]
THEME_IDS = [f"theme:{name}" for name in ("system", "light", "dark")]
LETTER_IDS = ["letters-larger", "letters-smaller", "letters-usual"]


def is_layout_possible(state: State) -> bool:
    """Possible where a record has the six limb leads that twelve-lead layouts need."""
    return state.record is not None and state.record.has_twelve


def has_strip_lead(state: State) -> bool:
    """Possible where the layout has a strip of a lead of choice."""
    if state.record is None or len(state.record.drawable) < 2:
        return False
    layout = state.viewport.layout(state.record)
    return bool(layout.rhythm) or state.viewport.layout_id in LEAD_LAYOUTS


def paper_commands(window: MainWindow) -> list[Command]:
    """Return the commands that change how a record is drawn."""
    return [*_layouts(window), *_speeds(window), *_gains(window), *_filters(window), *_colours(window)]


def _looks(window: MainWindow, **changes: object) -> Callable[[], None]:
    return lambda: window.session.look(**changes)


def _shows(field: str, value: object) -> Callable[[State], bool]:
    return lambda state: getattr(state.viewport, field) == value


def _layouts(window: MainWindow) -> list[Command]:
    session = window.session

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
                _looks(window, layout_id=layout_id, span_s=None, offset_y_mm=0.0),
                has_record if one else is_layout_possible,
                _shows("layout_id", layout_id),
            )
        )
    return [
        *commands,
        Command(
            "rhythm-next",
            tr("Next &rhythm lead"),
            ("R",),
            tr("Another lead as rhythm strip"),
            rhythm(1),
            has_strip_lead,
        ),
        Command(
            "rhythm-previous",
            tr("Previous r&hythm lead"),
            ("Shift+R",),
            tr("The lead before as rhythm strip"),
            rhythm(-1),
            has_strip_lead,
        ),
    ]


def _titles() -> dict[str, str]:
    return {
        **{layout.id: term(layout.title) for layout in LAYOUTS.values()},
        **{k: term(t) for k, t in LEAD_LAYOUTS.items()},
    }


def _speeds(window: MainWindow) -> list[Command]:
    session = window.session

    def speed(direction: int) -> Callable[[], None]:
        def change() -> None:
            now = session.state.viewport.speed_mm_per_s
            _set_speed(window, next_step(SPEEDS_MM_PER_S, now, direction))

        return change

    def setter(value: float) -> Callable[[], None]:
        return lambda: _set_speed(window, value)

    return [
        *(
            Command(
                f"speed:{number(value)}",
                f"{figure(value)} mm/s",
                (),
                tr("Paper speed {speed} mm/s").format(speed=figure(value)),
                setter(value),
                has_record,
                _shows("speed_mm_per_s", value),
            )
            for value in SPEEDS_MM_PER_S
        ),
        Command("speed-up", tr("&Faster paper"), ("Ctrl+Right",), tr("Raise the paper speed"), speed(1), has_record),
        Command("speed-down", tr("Slo&wer paper"), ("Ctrl+Left",), tr("Lower the paper speed"), speed(-1), has_record),
    ]


def _set_speed(window: MainWindow, speed_mm_per_s: float) -> None:
    """Change the speed; slower paper shows more of the record, so its start is kept within it."""
    state = window.session.state
    viewport = replace(state.viewport, speed_mm_per_s=speed_mm_per_s, span_s=None)
    window.session.set_viewport(viewport.moved_to(state.record, viewport.start_s) if state.record else viewport)


def _gains(window: MainWindow) -> list[Command]:
    session = window.session

    def gain(direction: int) -> Callable[[], None]:
        def change() -> None:
            plan = window.paper.plan
            now = plan.scale.gain_mm_per_mv if plan else session.state.viewport.gain_mm_per_mv
            session.look(gain_mm_per_mv=next_step(GAINS_MM_PER_MV, now, direction), auto_gain=False)

        return change

    def toggle(field: str) -> Callable[[], None]:
        return lambda: session.look(**{field: not getattr(session.state.viewport, field)})

    def fixed(value: float) -> Callable[[State], bool]:
        return lambda state: not state.viewport.auto_gain and state.viewport.gain_mm_per_mv == value

    return [
        *(
            Command(
                f"gain:{number(value)}",
                f"{figure(value)} mm/mV",
                (),
                tr("Gain {gain} mm/mV").format(gain=figure(value)),
                _looks(window, gain_mm_per_mv=value, auto_gain=False),
                has_record,
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
            has_record,
            _shows("auto_gain", True),
        ),
        Command(
            "gain:chest-half",
            tr("&Chest leads at half the gain"),
            ("Ctrl+H",),
            tr("Draw chest leads with half the gain of the limb leads (10/5 mm/mV)"),
            toggle("chest_half"),
            has_record,
            _shows("chest_half", True),
        ),
        Command("gain-up", tr("&Larger waves"), ("Up",), tr("Raise the gain"), gain(1), has_record),
        Command("gain-down", tr("S&maller waves"), ("Down",), tr("Lower the gain"), gain(-1), has_record),
    ]


def _filters(window: MainWindow) -> list[Command]:
    session = window.session

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
    commands = [
        Command(
            "filter",
            tr("&Display filter"),
            ("F",),
            tr("Show the traces with the display filter or as they were recorded; measurement never uses it"),
            toggle,
            has_record,
            _shows("filter_on", True),
        )
    ]
    for name, field, steps in FILTER_FIELDS:
        commands.append(
            Command(
                f"{name}:none",
                tr("{filter}: none").format(filter=titles[name]),
                (),
                tr("{filter}: none").format(filter=titles[name]),
                choose(field, None),
                has_record,
                chosen(field, None),
            )
        )
        commands += [
            Command(
                f"{name}:{number(value)}",
                f"{titles[name]} {figure(value)} Hz",
                (),
                tr("Filter the display: {filter} {hz} Hz").format(filter=titles[name], hz=figure(value)),
                choose(field, value),
                has_record,
                chosen(field, value),
            )
            for value in steps
        ]
    commands.append(
        Command(
            "filter:baseline",
            tr("Remove the &baseline's wander"),
            (),
            tr("Filter the display: subtract the slow wander under the waves"),
            toggle_baseline,
            has_record,
            chosen("baseline", True),
        )
    )
    return commands


def _colours(window: MainWindow) -> list[Command]:
    papers = {
        "auto": tr("&As the theme"),
        "red": tr("&Red"),
        "blue": tr("&Blue"),
        "grey": tr("&Grey"),
        "white": tr("Black on &white"),
        "dark": tr("&Dark"),
    }
    themes = {"system": tr("As the &system"), "light": tr("&Light"), "dark": tr("&Dark")}

    def choose(theme: str) -> Callable[[], None]:
        return lambda: window.choose_theme(theme)

    def chosen(theme: str) -> Callable[[State], bool]:
        return lambda _state: window.session.settings.theme() == theme

    def letters(steps: int | None) -> Callable[[], None]:
        return lambda: window.resize_letters(steps)

    return [
        *(
            Command(
                f"paper:{name}",
                title,
                (),
                tr("Colour of the paper: {paper}").format(paper=title.replace("&", "")),
                _looks(window, paper=name),
                checked=_shows("paper", name),
            )
            for name, title in papers.items()
        ),
        *(
            Command(
                f"theme:{name}",
                title,
                (),
                tr("Theme of the window: {theme}").format(theme=title.replace("&", "")),
                choose(name),
                checked=chosen(name),
            )
            for name, title in themes.items()
        ),
        Command(
            "letters-larger", tr("&Larger letters"), ("Ctrl+Alt++", "Ctrl+Alt+="), tr("Larger letters"), letters(1)
        ),
        Command("letters-smaller", tr("&Smaller letters"), ("Ctrl+Alt+-",), tr("Smaller letters"), letters(-1)),
        Command("letters-usual", tr("&Usual letters"), ("Ctrl+Alt+0",), tr("Letters as large as usual"), letters(None)),
    ]
