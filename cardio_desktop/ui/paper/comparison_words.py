"""A comparison in words: cells of its table, its sentence as rich text, and what the errors of measurement are."""

from __future__ import annotations

from html import escape

from cardio_desktop.app.comparison import Comparison, Difference
from cardio_desktop.app.i18n import decimals, language, tr
from cardio_desktop.app.session import State
from cardio_desktop.narrative.changes import AXIS_SD_DEG, COUNTS_MV, RATE_SD_BPM, SURE, T_COUNTS_MV, Changes

NOTABLE_COLOR = "#a3261c"


def sentence_html(changes: Changes) -> str:
    """Return the sentence of changes, in bold what is more than the error of measurement."""
    return "".join(f"<b>{escape(text)}</b>" if bold else escape(text) for text, bold in changes.parts(language()))


def error_note() -> str:
    """Return from when on a change is more than the error of measurement, and where that is known from."""
    return decimals(
        tr(
            "Bold: more than {sure} standard deviations of both measurements together. Intervals have the error found "
            "against the references of LUDB and the scatter of their own beats; the axis {axis}° and the rate at least "
            "{rate}/min (halves of 400 recordings of PTB-XL); ST counts from {step} mV, T where it has turned over, "
            "in the sentence by {turn} mV. Electrodes placed otherwise can change axis and voltages by more."
        ).format(
            sure=f"{SURE:.2f}",
            axis=f"{AXIS_SD_DEG:.1f}",
            rate=f"{RATE_SD_BPM:.1f}",
            step=f"{COUNTS_MV:.1f}",
            turn=f"{T_COUNTS_MV:.1f}",
        )
    )


def difference_cells(difference: Difference) -> tuple[str, str, str, str]:
    """Return the four cells of a row; a change too small for the digits shown is 0 and not -0."""
    digits = difference.digits
    change = round(difference.change, digits) + 0.0
    unit = difference.unit
    glue = "" if unit == "°" else " "
    change_unit = tr("points") if unit == "%" else unit

    def cell(value: float) -> str:
        if unit == "%" and not 1.0 <= value <= 99.0:
            return "<1 %" if value < 1.0 else ">99 %"  # a probability is never 0 or 100
        return decimals(f"{round(value, digits) + 0.0:.{digits}f}{glue}{unit}")

    moved = f"{change:+.{digits}f}{'' if change_unit == '°' else ' '}{change_unit}" if change else "0"
    return difference.name, cell(difference.before), cell(difference.after), decimals(moved)


def name_of(state: State) -> str:
    """Return which record a session shows, and when it was made."""
    record = state.record
    if record is None:
        return state.busy or tr("no record")
    when = record.start_time.strftime("%Y-%m-%d %H:%M") if record.start_time else tr("time not known")
    return f"{record.path.name}, {when}"


def note_of(comparison: Comparison, differences: list[Difference]) -> str:
    """Return what the bold rows of the table mean, or why there is no table."""
    before, after = (session.state for session in comparison.order())
    if not comparison.revealed:
        return tr("Measurements and findings are hidden until you ask for them.")
    if before.busy or after.busy:
        return tr("Being analysed…")
    if not differences:
        return tr("There is nothing that was measured in both.")
    return error_note()
