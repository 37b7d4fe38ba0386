"""All episodes of a stretch, gathered from beats, waves, measurements, atria, spikes and gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from cardio_desktop.analysis.atrial import Stretch
from cardio_desktop.analysis.beat_events import beat_events
from cardio_desktop.analysis.pacing import Spike, failures
from cardio_desktop.analysis.pulse import pulse_of
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Beat, LeadAmplitudes, Measurements, Quality, Rhythm
from cardio_desktop.core.leads import CHEST_LEADS
from cardio_desktop.core.record import Gap

LONG_QTC_MS = 500.0
"""Torsades become likely above (AHA/ACC/HRS 2009 and ESC 2022)."""
WIDE_QRS_MS, WIDE_SHARE = 120.0, 0.485
"""In bundle branch block so much of QRS is taken off QT (Bogossian, Heart Rhythm 2014;11:2273)."""
MARKED_ST_MV, MARKED_ST_CHEST_MV = 0.2, 0.3
"""ST elevation at J and J+60 that is told at once, in V2 and V3 more: twice the limits of the fourth universal
definition of infarction, so that early repolarisation seldom reaches them."""
NEIGHBOURS = (
    *pairwise(CHEST_LEADS),
    ("II", "aVF"), ("III", "aVF"), ("II", "III"), ("I", "aVL"), ("V5", "I"), ("V6", "I"), ("V6", "aVL"),
)  # fmt: skip
"""Leads that look at one wall from beside one another."""
WHOLE = {"VT": "VT", "WCT": "WCT", "IVR": "VE_RUN", "SVTAC": "SVT", "AVB2": "AVB2", "AVB3": "AVB3"}
"""Rhythm that fills the stretch -> its event."""
NO_ATRIA = {"PACE", "VT", "WCT", "VF", "IVR"}
"""Rhythms in which nothing was judged of the atria."""


def events_of(
    beats: Sequence[Beat],
    start_s: float,
    end_s: float,
    *,
    rhythm: Rhythm | None = None,
    measurements: Measurements | None = None,
    quality: Quality | None = None,
    atria: Sequence[Stretch] = (),
    spikes: Sequence[Spike] = (),
    gaps: Sequence[Gap] = (),
    unproven: Sequence[Gap] = (),
    flutter_s: Sequence[tuple[float, float]] = (),
    st: Sequence[Event] = (),
) -> tuple[Event, ...]:
    """Return every episode between two times, ascending.

    `gaps` hold no signal, in the silences `unproven` nobody knows whether the heart beat, `flutter_s` are stretches of
    ventricular fibrillation, `st` episodes of ST shift.
    """
    codes = rhythm.codes if rhythm is not None else ()
    found = list(beat_events(beats, [*gaps, *unproven], flutter_s, span_s=(start_s, end_s)))
    found += [Event("GAP", gap.start_s, gap.end_s, values={"length_s": gap.end_s - gap.start_s}) for gap in gaps]
    found += [Event("NOISE", gap.start_s, gap.end_s, values={"length_s": gap.end_s - gap.start_s}) for gap in unproven]
    if not NO_ATRIA & set(codes[:1]):
        # What the rhythm as a whole was refused to be is no episode either.
        refused = len(atria) == 1 and atria[0].flutter and bool(codes) and "AFLT" not in codes
        found += _atrial(() if refused else atria, beats)
    found += _shifts(st, codes)
    if len(beats) > 1:
        low_s, high_s = beats[0].time_s, beats[-1].time_s
        pulse = pulse_of(beats, gaps)
        values = {"rate_bpm": pulse.rate_bpm} if pulse is not None else {}
        for code, name in WHOLE.items():
            if code in codes:
                found = [event for event in found if event.code not in _SAME.get(name, ())]
                found.append(Event(name, low_s, high_s, values=values))
    if "PACE" in codes or spikes:
        found += [Event("PACE_FAIL", at_s, at_s) for at_s in failures(spikes, beats)]
    if measurements is not None and not {"VT", "WCT", "VF", "PACE", "IVR"} & set(codes):
        found += _measured(measurements, quality, start_s, end_s)
    return tuple(sorted(found, key=lambda event: (event.start_s, event.code)))


_SAME = {"VT": ("VT", "WCT", "VE_RUN", "SVT"), "WCT": ("VT", "WCT", "VE_RUN", "SVT"), "VE_RUN": ("VE_RUN",)}


def _shifts(st: Sequence[Event], codes: Sequence[str]) -> list[Event]:
    """Return the ST shifts, those of marked elevation once more as such; none of a paced or ventricular rhythm."""
    if NO_ATRIA & set(codes[:1]):
        return []
    marked = [
        Event("STE", event.start_s, event.end_s, event.leads, event.values)
        for event in st
        if event.code == "ST_UP" and event.values["st_mv"] >= MARKED_ST_CHEST_MV
    ]
    return [*st, *marked]


def _atrial(atria: Sequence[Stretch], beats: Sequence[Beat]) -> list[Event]:
    """Return fibrillation and flutter, pieces that touch as one."""
    spans: list[tuple[str, float, float]] = []
    for piece in atria:
        if not piece.without_p:
            continue
        code = "AFL" if piece.flutter else "AF"
        if spans and spans[-1][0] == code and piece.start_s - spans[-1][2] < 1e-6:
            spans[-1] = (code, spans[-1][1], piece.end_s)
        else:
            spans.append((code, piece.start_s, piece.end_s))
    out = []
    for code, low_s, high_s in spans:
        pulse = pulse_of([beat for beat in beats if low_s <= beat.time_s < high_s])
        out.append(Event(code, low_s, high_s, values={"rate_bpm": pulse.rate_bpm} if pulse is not None else {}))
    return out


def _measured(found: Measurements, quality: Quality | None, start_s: float, end_s: float) -> list[Event]:
    out = []
    qtc_ms = _qtc_ms(found)
    if qtc_ms is not None and qtc_ms >= LONG_QTC_MS:
        values = {"qtc_ms": (found.qtc_ms or {}).get("fridericia", qtc_ms), "qrs_ms": found.qrs_ms or 0.0}
        out.append(Event("QT500", start_s, end_s, values=values))
    if found.leads and (found.qrs_ms is None or found.qrs_ms < WIDE_QRS_MS):
        usable = {name for name, lead in quality.leads.items() if lead.usable} if quality is not None else None
        leads = {k: v for k, v in found.leads.items() if usable is None or k in usable}
        if raised := elevated(leads):
            values = {"st_mv": max(leads[name].st60_mv or 0.0 for name in raised)}
            out.append(Event("STE", start_s, end_s, raised, values))
    return out


def _qtc_ms(found: Measurements) -> float | None:
    """Return QTc by Fridericia, of a broad complex what a narrow one would have."""
    qtc_ms = (found.qtc_ms or {}).get("fridericia")
    if qtc_ms is None or not found.qrs_ms or found.qrs_ms < WIDE_QRS_MS or not found.qt_ms:
        return qtc_ms
    return qtc_ms * (1.0 - WIDE_SHARE * (found.qrs_ms - 100.0) / found.qt_ms)


def elevated(leads: Mapping[str, LeadAmplitudes]) -> tuple[str, ...]:
    """Return the leads of marked ST elevation that have a neighbour with it."""

    def marked(name: str) -> bool:
        limit = MARKED_ST_CHEST_MV if name in ("V2", "V3") else MARKED_ST_MV
        lead = leads.get(name)
        return lead is not None and all(value is not None and value >= limit for value in (lead.j_mv, lead.st60_mv))

    pairs = [pair for pair in NEIGHBOURS if marked(pair[0]) and marked(pair[1])]
    return tuple(name for name in leads if any(name in pair for pair in pairs))
