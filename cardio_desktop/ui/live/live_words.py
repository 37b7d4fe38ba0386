"""What is known of a live recording, in the words of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.live_now import Alarm, LiveNow
from cardio_desktop.app.terms import term
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.render.sheet import time_of_line
from cardio_desktop.ui.live.page_marks import LeadState
from cardio_desktop.words import Remark
from cardio_desktop.words.english.rhythm import SENTENCES
from cardio_desktop.words.writing import capital

SHORT_S = 10.0
"""What is shorter is told with a tenth of a second."""


def lead_words(code: str) -> str:
    """Return why a lead cannot be read, short enough to stand under its name."""
    words = {
        "missing": tr("no samples"),
        "railed": tr("at its limit"),
        "flat": tr("flat, electrode off?"),
        "noise": tr("noise"),
    }
    return words.get(code, tr("unusable"))


def lead_states(leads: Mapping[str, LiveEvent]) -> dict[str, LeadState]:
    """Return what stands beside the names of leads that cannot be read."""
    return {
        lead: LeadState(lead_words(event.code), "" if event.remark is None else term(event.remark))
        for lead, event in leads.items()
    }


def rhythm_words(now: LiveNow) -> str:
    """Return the rhythm: what is critical now, else what was read in the last ten seconds, "" for neither."""
    for alarm in now.going_on:
        if alarm.remark is not None:
            return capital(term(alarm.remark)).removesuffix(".")
    code = f"rhythm-{now.rhythm}"
    return capital(term(Remark(code))) if now.rhythm and code in SENTENCES else ""


def alarm_words(alarm: Alarm) -> str:
    """Return what a row of the list says."""
    words = alarm.code if alarm.remark is None else capital(term(alarm.remark)).replace("?.", "?")
    if alarm.end_s is None:
        return tr("{what} It goes on.").format(what=words)
    return words


def alarm_time(alarm: Alarm) -> str:
    """Return when an alarm began, and how long it lasted."""
    begin = time_of_line(float(round(alarm.start_s)))
    if alarm.end_s is None:
        return begin
    length_s = max(alarm.end_s - alarm.start_s, 0.0)
    length = decimals(f"{length_s:.1f}") if length_s < SHORT_S else f"{length_s:.0f}"
    return tr("{time}, {length} s").format(time=begin, length=length)
