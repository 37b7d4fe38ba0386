"""Rules on what changed within a record, and when: the median beat of minutes shows nothing of it."""

from __future__ import annotations

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Mark, Sentence
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.secondary import wide_left
from cardio_desktop.narrative.territory import territory
from cardio_desktop.words import Remark

ST_CODES = {"ST_UP": ("ste-episode", "STE_"), "ST_DOWN": ("std-episode", "STD_")}
"""Event -> (remark, code of the sentence)."""
T_CODES = {
    "T_ALT": ("TALT", "abnormal"),
    "T_INV": ("INVT", "abnormal"),
    "T_FLAT": ("LOWT", "borderline"),
    "T_UP": ("NT_", "borderline"),
}
"""Event -> (code, verdict) of the sentence."""
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


def t_changes(case: Case) -> list[Sentence]:
    """Return episodes of changed T waves, of each kind the longest and how many more there are."""
    out = []
    for code, (own, verdict) in T_CODES.items():
        found = sorted(t_shifts(case, code), key=lambda event: -event.length_s)
        if not found:
            continue
        top = found[0]
        values = {"event": _told(top), "more": len(found) - 1}
        short = Remark(f"short-{code}", {**_told(top).values, **_when(top)})
        marks = tuple(Mark(lead, event.start_s, event.end_s) for event in found for lead in event.leads)
        out.append(Sentence("st_t", Remark("t-episode", values), short, "measured", top.leads, marks, verdict, own))
    return out


def t_shifts(case: Case, *codes: str) -> list[Event]:
    """Return the episodes of changed T in leads that may be judged; none that a wide QRS or raised ST explains.

    T that becomes taller together with ST is one wave with it, and has been told as ST elevation.
    """
    if wide_left(case):
        return []
    raised = shifts(case, "ST_UP")
    found = [
        event for event in case.events if event.code in (codes or T_CODES) and set(event.leads) <= set(case.amplitudes)
    ]
    return [event for event in found if event.code != "T_UP" or not any(_overlap(event, other) for other in raised)]


def _overlap(one: Event, other: Event) -> bool:
    """Return whether two events share a lead, and half of the first one's time."""
    together_s = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return bool(set(one.leads) & set(other.leads)) and together_s >= 0.5 * one.length_s


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
