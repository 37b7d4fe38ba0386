"""Where a recording cannot be read: stretches of flat line or noise, with their times, leads and reasons.

A recording is judged in pieces of about ten seconds. Where so many leads of a piece are spoilt by what hides the heart
that a record of it would be refused, nothing is read there ("blind") and the rest is read as if that piece were a gap.
The ends of such stretches are then looked for in steps of two seconds; those of a flat line to the sample.

A flat line between two beats may be a heart that stands still: it stays in for the rhythm to name, unless it is too
level for any amplifier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.disturbances import is_hidden, is_spoilt, worst_of
from cardio_desktop.analysis.gaps import Span, common_spans, recorded_stretches, union_of
from cardio_desktop.analysis.signal_features import FLAT_MV, LeadFeatures, measure_leads
from cardio_desktop.core.findings import QualityStretch
from cardio_desktop.core.leads import INDEPENDENT_LEADS, LEADS12
from cardio_desktop.core.record import Gap, Lead
from cardio_desktop.words import Remark

PIECE_S = 10.0
"""The length of the records by whose quality the limits were set (CinC 2011), and of a usual ECG."""
MOST_BAD = 0.375
"""Share of independent leads that may be unusable: 3 of 8; 0.30 or 0.45 changes none of the records of `LIMITS`."""
STEP_S = 2.0
"""So finely the ends of noise are looked for; the limits need a beat or two."""
REACH_S = 4.0
"""So far beyond a spoilt piece its noise may begin or end: less of it does not spoil the piece beside."""
FLAT_STEP_S = 0.2
"""A flat line is looked for in such steps, shorter than QRS and T, and its ends then to the sample."""
FLAT_LEAST_S = 3.0
"""A flat line at either end of what was recorded, or of one lead alone, counts from here on."""
STILL_LEAST_S, STILL_MV = 20.0, 0.0015
"""A flat line between beats counts only if it is as long as hardly any heart that beats again stands still, and moves
less than the noise of any amplifier (IEC 60601-2-25 allows 30 uV; those of Holter recorders have 2 or more)."""
AT_ONCE = 16
"""So many pieces are measured together: one after the other takes twice as long, and all of a day too much memory."""
CHUNK_S, OVERLAP_S = 300.0, 4.0
"""So much is read at a time, for speed and memory; a flat line of `FLAT_LEAST_S` over the seam lies in the overlap."""

Judge = Callable[[Mapping[str, LeadFeatures]], bool]


@dataclass(frozen=True)
class Piece:
    """About ten seconds of the recording, and what disturbs each lead in it."""

    start_s: float
    end_s: float
    leads: Mapping[str, LeadFeatures]


def judged_names(leads: Sequence[str]) -> list[str]:
    """Return the leads that decide on a record: the independent ones, where there are few of them all."""
    names = [name for name in leads if name in INDEPENDENT_LEADS]
    if len(names) < 3:
        names = [name for name in leads if name in names or name not in LEADS12] or list(leads)
    return names


def enough_leads(names: Sequence[str], bad: Sequence[str]) -> bool:
    """Return whether the leads `names` can be read without those that are `bad`.

    Of two leads, as Holter recorders have, one is enough to find beats.
    """
    if {"I", "II"} <= set(bad) and len(names) > 2:
        return False
    return len(bad) < len(names) and (len(bad) <= MOST_BAD * len(names) or len(names) == 2)


def pieces_of(leads: Mapping[str, Lead], spans: Sequence[Span], length_s: float = PIECE_S) -> list[Piece]:
    """Return the spans in pieces of about `length_s`; leads of one rate are measured together."""
    edges: list[Span] = []
    for start_s, end_s in spans:
        count = max(round((end_s - start_s) / length_s), 1)
        edges += pairwise(np.linspace(start_s, end_s, count + 1).tolist())
    found: list[Piece] = []
    for first in range(0, len(edges), AT_ONCE):
        part = edges[first : first + AT_ONCE]
        features = _features(leads, part)
        found += [Piece(*span, own) for span, own in zip(part, features, strict=True)]
    return found


def _features(leads: Mapping[str, Lead], spans: Sequence[Span]) -> list[dict[str, LeadFeatures]]:
    """Return the features of each lead in each span; traces of one rate and length are measured together."""
    alike: dict[tuple[float, int], list[tuple[int, str, NDArray[np.float64]]]] = {}
    for k, (low, high) in enumerate(spans):
        for name, lead in leads.items():
            mv = lead.between(low, high)[1]
            alike.setdefault((lead.rate_hz, mv.size), []).append((k, name, mv))
    found: list[dict[str, LeadFeatures]] = [{} for _ in spans]
    for (rate_hz, _), group in alike.items():
        measured = measure_leads(np.array([mv for _, _, mv in group]), rate_hz)
        for (k, name, _), own in zip(group, measured, strict=True):
            found[k][name] = own
    return [{name: own[name] for name in leads} for own in found]


def flat_everywhere(leads: Mapping[str, Lead], spans: Sequence[Span]) -> list[Span]:
    """Return the flat lines of all leads together that are no heart standing still; nothing if that were all."""
    flat: list[Span] | None = None
    for lead in leads.values():
        own = [span for low, high in spans for span in flat_spans(lead, low, high)]
        flat = own if flat is None else common_spans(flat, own)
        if not flat:
            return []
    edges = {round(edge, 1) for span in spans for edge in span}
    found = [
        (low, high)
        for low, high in flat or []
        if high - low >= FLAT_LEAST_S
        and ({round(low, 1), round(high, 1)} & edges or (high - low >= STILL_LEAST_S and _still(leads, low, high)))
    ]
    left = without(spans, found)
    return found if any(high - low >= FLAT_LEAST_S for low, high in left) else []


def _still(leads: Mapping[str, Lead], low: float, high: float) -> bool:
    return all(np.nanmax(mv) - np.nanmin(mv) <= STILL_MV for mv in (x.between(low, high)[1] for x in leads.values()))


def flat_spans(lead: Lead, start_s: float, end_s: float) -> list[Span]:
    """Return where a lead stays within `FLAT_MV` for `FLAT_LEAST_S` or longer, to the sample."""
    found: list[Span] = []
    at_s = start_s
    while at_s < end_s - FLAT_STEP_S:
        until_s = min(at_s + CHUNK_S + OVERLAP_S, end_s)
        first_s, mv = lead.between(at_s, until_s)
        step_s = 1.0 / lead.rate_hz
        found += [(first_s + low * step_s, first_s + high * step_s) for low, high in _flat(mv, lead.rate_hz)]
        at_s += CHUNK_S
    return [(max(low, start_s), min(high, end_s)) for low, high in union_of(found)]


def _flat(mv: NDArray[np.float64], rate_hz: float) -> list[tuple[int, int]]:
    """Return (first sample, after the last) of the flat lines."""
    step = max(round(FLAT_STEP_S * rate_hz), 1)
    count, width = mv.size // step, round(FLAT_LEAST_S / FLAT_STEP_S)
    if count < width:
        return []
    blocks = np.where(np.isfinite(mv[: count * step]), mv[: count * step], 1e9).reshape(count, step)
    top, bottom = blocks.max(axis=1), blocks.min(axis=1)
    quiet = np.flatnonzero((top - bottom <= FLAT_MV) & (top < 1e8))
    spans: list[tuple[int, int]] = []
    k = 0
    while k < quiet.size:
        first = last = int(quiet[k])
        high, low = top[first], bottom[first]
        while k + 1 < quiet.size and quiet[k + 1] == last + 1:
            wider = max(high, top[last + 1]) - min(low, bottom[last + 1])
            if wider > FLAT_MV:
                break
            high, low, last, k = max(high, top[last + 1]), min(low, bottom[last + 1]), last + 1, k + 1
        k += 1
        if last - first + 1 >= width - 1:
            spans.append(_to_the_sample(mv, first * step, (last + 1) * step, float(0.5 * (high + low))))
    return [(first, last) for first, last in spans if last - first >= FLAT_LEAST_S * rate_hz - 1]


def _to_the_sample(mv: NDArray[np.float64], first: int, last: int, level_mv: float) -> tuple[int, int]:
    while first > 0 and abs(mv[first - 1] - level_mv) <= FLAT_MV:
        first -= 1
    while last < mv.size and abs(mv[last] - level_mv) <= FLAT_MV:
        last += 1
    return first, last


def blind_pieces(pieces: Sequence[Piece], names: Sequence[str]) -> list[bool]:
    """Return of each piece whether nothing can be read in it: what hides the heart leaves too few of the leads."""
    return [_blind(piece.leads, names) for piece in pieces]


def _blind(leads: Mapping[str, LeadFeatures], names: Sequence[str]) -> bool:
    return not enough_leads(names, [name for name in names if is_hidden(leads[name])])


def stretches_of(
    leads: Mapping[str, Lead], pieces: Sequence[Piece], flat: Sequence[Span], skipped: Sequence[str]
) -> tuple[QualityStretch, ...]:
    """Return where nothing, or one lead not, can be read, ascending in time.

    `flat` are the flat lines of all leads, which lie outside the pieces; `skipped` the leads that are not read anyway.
    """
    names = judged_names(list(leads))
    everything = tuple(leads)
    found = [QualityStretch(low, high, everything, Remark("flat-line"), blind=True) for low, high in flat]
    blind = [_blind(piece.leads, names) for piece in pieces]
    for run in _runs(pieces, blind):
        span = _ends(leads, run, lambda features: _blind(features, names), pieces[0].start_s, pieces[-1].end_s)
        found.append(QualityStretch(*span, everything, _reason(run, names), blind=True))
    for name in leads:
        if name in skipped:
            continue
        spoilt = [not dark and is_spoilt(piece.leads[name]) for piece, dark in zip(pieces, blind, strict=True)]
        for run in _runs(pieces, spoilt):
            found.append(QualityStretch(run[0].start_s, run[-1].end_s, (name,), _reason(run, [name])))
    return tuple(sorted(_together(found), key=lambda one: (one.start_s, one.end_s)))


def _runs(pieces: Sequence[Piece], flags: Sequence[bool]) -> list[list[Piece]]:
    """Return the pieces that are flagged, those that touch together."""
    runs: list[list[Piece]] = []
    for piece, flagged in zip(pieces, flags, strict=True):
        if flagged and runs and abs(runs[-1][-1].end_s - piece.start_s) < 1e-6:
            runs[-1].append(piece)
        elif flagged:
            runs.append([piece])
    return runs


def _ends(leads: Mapping[str, Lead], run: Sequence[Piece], judge: Judge, first_s: float, last_s: float) -> Span:
    """Return where noise that spoils a run of pieces begins and ends, to `STEP_S`."""
    low = max(run[0].start_s - REACH_S, first_s)
    high = min(run[-1].end_s + REACH_S, last_s)
    before = [(p.start_s, judge(p.leads)) for p in pieces_of(leads, [(low, run[0].end_s)], STEP_S)]
    after = [(p.end_s, judge(p.leads)) for p in pieces_of(leads, [(run[-1].start_s, high)], STEP_S)]
    start_s = before[_change([bad for _, bad in before])][0] if any(bad for _, bad in before) else run[0].start_s
    back = after[::-1]
    end_s = back[_change([bad for _, bad in back])][0] if any(bad for _, bad in back) else run[-1].end_s
    return start_s, end_s


def _change(flags: Sequence[bool]) -> int:
    """Return the place from which on flags are best called true, and false before it."""
    wrong = [sum(flags[:k]) + sum(not flag for flag in flags[k:]) for k in range(len(flags))]
    return wrong.index(min(wrong))


def _reason(run: Sequence[Piece], names: Sequence[str]) -> Remark:
    return max((worst_of(piece.leads[name]) for piece in run for name in names), key=lambda worst: worst[0])[1]


def _together(found: Sequence[QualityStretch]) -> list[QualityStretch]:
    """Return the stretches, those of several leads at one time and for one kind of reason as one."""
    out: dict[tuple[float, float, str, bool], QualityStretch] = {}
    for one in found:
        key = (one.start_s, one.end_s, one.reason.code, one.blind)
        known = out.get(key)
        out[key] = one if known is None else replace(known, leads=(*known.leads, *one.leads))
    return list(out.values())


def without(spans: Sequence[Span], removed: Sequence[Span]) -> list[Span]:
    """Return what is left of ascending spans without others."""
    holes = [Gap(low, high) for low, high in union_of(removed)]
    return [part for low, high in spans for part in recorded_stretches([h for h in holes if h.end_s > low], low, high)]


def blanked(mv: NDArray[np.float64], first_s: float, rate_hz: float, spans: Sequence[Span]) -> NDArray[np.float64]:
    """Return the samples of a lead, the first at `first_s`, with NaN within the spans."""
    if not spans:
        return mv
    out = mv.astype(np.float64)
    for low, high in spans:
        first, stop = (max(int(np.ceil((edge - first_s) * rate_hz - 1e-6)), 0) for edge in (low, high))
        out[first:stop] = np.nan
    return out
