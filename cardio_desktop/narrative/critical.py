"""What is said first, apart from any network: the critical events, those of ST and QT found here among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cardio_desktop.core.events import Event, critical_of, worst_of_each
from cardio_desktop.core.findings import Mark, Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.episodes import fills, is_episode
from cardio_desktop.narrative.ischaemia import st_segment
from cardio_desktop.narrative.repolarisation import qt_interval
from cardio_desktop.narrative.rhythm import is_hidden_p
from cardio_desktop.narrative.territory import territory
from cardio_desktop.words import Remark

FOUND_HERE = {"STE": "ste", "QT500": "qt-long"}
"""Event -> the remarks (those that begin so) of the sentences that it takes the place of."""
SAME_RHYTHM = {"VT": ("VT",), "WCT": ("WCT",), "VF": ("VF",), "AVB3": ("AVB3", "3AVB"), "AVB2": ("AVB2", "2AVB")}
"""Event -> rhythms that say the same."""
SHIFTS = ("STE", "ST_UP", "ST_DOWN", "T_INV", "T_FLAT", "T_UP", "T_ALT")
RATES = ("TACHY", "BRADY")
RHYTHMS = (*SAME_RHYTHM, *RATES, "AF", "AFL")


def events_of(case: Case) -> tuple[Event, ...]:
    """Return the events of a case with those of ST and QT as the rules see them, ascending.

    An event and a sentence must not contradict each other: ST elevation and a very long QTc stand only where a sentence
    says so too, and wherever one does.
    """
    if case.unjudged is not None or not case.beats:
        return tuple(case.events)
    st, qt = st_segment(case), qt_interval(case)
    own = _found(case, st, qt)
    hidden = {"SVT"} if case.rhythm is not None and is_hidden_p(case, case.rhythm) else set()
    said = {event.code for event in own}
    sure = {item.remark.code for item in (*st, *qt) if item.verdict == "abnormal"}
    kept = [
        event
        for event in case.events
        if event.code not in FOUND_HERE
        or is_episode(case, event)
        or (event.code not in said and any(code.startswith(FOUND_HERE[event.code]) for code in sure))
    ]
    every = [event for event in (*kept, *own) if event.code not in hidden]
    return tuple(sorted(every, key=lambda event: (event.start_s, event.code)))


def _found(case: Case, st: Sequence[Sentence], qt: Sequence[Sentence]) -> list[Event]:
    """Return ST elevation that is marked or as of an acute infarction, and a QTc of 500 ms or more."""
    low, high = case.span_s
    out = []
    for item in st:
        if item.remark.code == "ste" and (item.remark.values["marked"] or "reading" in item.remark.values):
            values = {"st_mv": float(item.remark.values["top_mv"])}
            out.append(Event("STE", low, high, item.leads, values))
    for item in qt:
        qtc = case.qtc()
        if item.code != "LNGQT" or item.verdict != "abnormal" or qtc is None:
            continue
        if item.remark.values.get("narrow_ms", qtc) >= limits.QTC_VERY_LONG_MS:
            out.append(Event("QT500", low, high, (), {"qtc_ms": qtc}))
    return out


def event_remark(event: Event, case: Case | None = None) -> Remark:
    """Return an event as a remark; of a rhythm that fills the record of `case` that it does, without times."""
    values: dict[str, object] = {"length_s": event.length_s, **event.values}
    values |= {"start_s": event.start_s, "end_s": event.end_s, "leads": event.leads}
    if event.code in SHIFTS and event.leads:
        values["territory"] = territory(event.leads)
    if case is not None and event.code in RHYTHMS and fills(case, event):
        values["throughout"] = True
    return Remark(f"event-{event.code}", values)


def critical(case: Case, told: Sequence[Sentence]) -> list[Sentence]:
    """Return the critical events as sentences, the most urgent first, on the grounds of those they replace.

    Of many events of one code the worst is told, with how many there are.
    """
    out = []
    found = critical_of(case.events)
    for event, count in worst_of_each(found):
        grounds = next((item for item in told if _replaces(event, item)), None)
        remark = event_remark(event, case)
        if count > 1:
            remark = Remark("event-many", {"event": remark, "count": count})
        marks = tuple(Mark(None, other.start_s, other.end_s) for other in found if other.code == event.code)
        if grounds is not None:
            out.append(replace(grounds, section="critical", remark=remark, marks=grounds.marks or marks))
        else:
            out.append(Sentence("critical", remark, remark, "measured", event.leads, marks, "abnormal", event.code))
    return out


def untold(urgent: Sequence[Sentence], told: Sequence[Sentence]) -> list[Sentence]:
    """Return the critical sentences that no rule but the event's has; the conclusion would miss them."""
    codes = {item.code for item in told}
    alone = [item for item in urgent if item.short is item.remark and item.code not in codes]
    # A rate that the whole record has stands with the rhythm.
    return [item for item in alone if not (item.code in RATES and "throughout" in item.remark.values)]


def without_told(events: Iterable[Event], told: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences without those that a critical event has said already."""
    urgent = critical_of(events)
    return [item for item in told if not any(_replaces(event, item) for event in urgent)]


def _replaces(event: Event, item: Sentence) -> bool:
    if item.remark.code == "rhythm-told":
        return item.code in SAME_RHYTHM.get(event.code, ())
    return (
        event.code in FOUND_HERE and item.verdict == "abnormal" and item.remark.code.startswith(FOUND_HERE[event.code])
    )
