"""Rules on what changed within a record, and when: the median beat of minutes shows nothing of it."""

from __future__ import annotations

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Mark, Sentence
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.territory import territory
from cardio_desktop.words import Remark

ST_CODES = {"ST_UP": ("ste-episode", "STE_"), "ST_DOWN": ("std-episode", "STD_")}
"""Event -> (remark, code of the sentence)."""
RHYTHM_CODES = {"AF": "AFIB", "AFL": "AFLT", "SVT": "SVTAC", "VE_RUN": "PVC", "SVE_RUN": "PAC"}
LONG_S = 30.0
"""In shorter records the rhythm's own sentence tells everything."""
WHOLE_SHARE = 0.9
"""From this share of the record on, something is no episode but how the record is."""


def st_changes(case: Case) -> list[Sentence]:
    """Return episodes of ST shift, of each direction the largest and how many more there are."""
    out = []
    for code, (remark, own) in ST_CODES.items():
        found = sorted(shifts(case, code), key=lambda event: -abs(event.values["st_mv"]))
        if not found:
            continue
        top = found[0]
        marked = any(event.code == "STE" and _same(event, top) for event in case.events)
        values = {"event": _told(top), "more": len(found) - 1}
        short = Remark(f"short-{remark}", {"territory": territory(top.leads), "acute": marked, **_when(top)})
        marks = tuple(Mark(lead, event.start_s, event.end_s) for event in found for lead in event.leads)
        out.append(Sentence("ischaemia", Remark(remark, values), short, "measured", top.leads, marks, "abnormal", own))
    return out


def shifts(case: Case, *codes: str) -> list[Event]:
    """Return the episodes of ST shift in leads that may be judged."""
    wanted = codes or tuple(ST_CODES)
    return [event for event in case.events if event.code in wanted and set(event.leads) <= set(case.amplitudes)]


def is_episode(case: Case, event: Event) -> bool:
    """Return whether a marked ST elevation comes and goes, with an episode of ST shift as its ground."""
    return event.code == "STE" and any(_same(event, shift) for shift in shifts(case, "ST_UP"))


def fills(case: Case, *events: Event) -> bool:
    """Return whether events last nearly as long as the beats of the record do."""
    low, high = case.span_s
    return sum(event.length_s for event in events) >= WHOLE_SHARE * (high - low) > 0.0


def rhythm_changes(case: Case) -> list[Sentence]:
    """Return when another rhythm or a run began and ended, in a record of half a minute or more."""
    low, high = case.span_s
    if high - low < LONG_S:
        return []
    out = []
    for code, own in RHYTHM_CODES.items():
        found = [event for event in case.events if event.code == code]
        if not found or fills(case, *found):
            continue
        top = max(found, key=lambda event: event.length_s)
        marks = tuple(Mark(None, event.start_s, event.end_s) for event in found)
        told = Remark("episode", {"event": _told(top), "more": len(found) - 1})
        out.append(Sentence("rhythm", told, None, "measured", case.good, marks, "abnormal", own))
    return out


def _same(one: Event, other: Event) -> bool:
    return (one.start_s, one.end_s, one.leads) == (other.start_s, other.end_s, other.leads)


def _when(event: Event) -> dict[str, float]:
    return {"start_s": event.start_s, "end_s": event.end_s}


def _told(event: Event) -> Remark:
    values: dict[str, object] = {"length_s": event.length_s, **event.values, **_when(event), "leads": event.leads}
    if event.leads:
        values["territory"] = territory(event.leads)
    return Remark(f"event-{event.code}", values)
