"""T waves that change and change back: inverted, flat or taller for a while, or every second one another.

Of each beat the largest deflection of T against the level before its QRS is taken, up or down; what is usual is the
middle of the record. Beats of another breadth are left out: a block turns T by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.course import LEAST_BEATS, LONG_S, SHORTEST_RECORD_S, smoothed, stretches
from cardio_desktop.analysis.global_waves import GlobalWave
from cardio_desktop.analysis.st_shift import level_before
from cardio_desktop.core.beat_waves import BeatWaves
from cardio_desktop.core.events import Event

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

INVERTED_MV, UPRIGHT_MV = -0.1, 0.1
"""An inverted T is at least a millimetre deep (AHA/ACC/HRS IV); what turns over was as clear the other way before."""
FLAT_MV, FLAT_BEFORE_MV = 0.05, 0.2
"""Flat is half a millimetre, of a T that had two: a change that the eye sees on paper."""
TALLER_MV, TALLER_TIMES = 0.3, 2.0
"""Three millimetres and twice what is usual: hyperacute T, potassium. A choice, clear of what posture does to T."""
ALTERNANS_MV, ALTERNANS_TIMES, ALTERNANS_BEATS = 0.1, 3.0, 16
"""Alternans that is seen without averaging: a millimetre from one beat to the next, for 16 beats, and three times what
T differs otherwise (microvolts take a spectrum, and are not looked for)."""
STEADY_RR = 0.04
"""Median change of RR from beat to beat above which T alternates with the filling of the heart, as in bigeminy."""
SAME_QRS_S = 0.02
"""A complex so much broader or narrower than usual is of another path."""
SMOOTH_S = 0.02
"""One period of 50 Hz mains."""


def t_episodes(
    leads_mv: Floats,
    rate_hz: float,
    names: Sequence[str],
    own: Sequence[BeatWaves[GlobalWave]],
    ectopic: Sequence[bool],
    start_s: float,
) -> tuple[Event, ...]:
    """Return the episodes of changed T; `leads_mv` (lead, n) begins at `start_s`, and so do the waves of `own`."""
    n = leads_mv.shape[1]
    if n / rate_hz < SHORTEST_RECORD_S:
        return ()
    beats = _usual_beats(own, ectopic, n / rate_hz)
    if len(beats) < 2 * LEAST_BEATS:
        return ()
    t_mv = _t_waves(leads_mv, rate_hz, beats)
    times = np.array([w.complex.onset_s for w in beats]) + start_s
    smooth = smoothed(t_mv)
    usual = np.nanmedian(smooth, axis=1)[:, None]
    changes: dict[str, Bools] = {
        "T_INV": (usual >= UPRIGHT_MV) & (smooth <= INVERTED_MV),
        "T_FLAT": (usual >= FLAT_BEFORE_MV) & (np.abs(smooth) <= FLAT_MV),
        "T_UP": ((usual >= 0.0) & (smooth >= usual + TALLER_MV) & (smooth >= TALLER_TIMES * usual))
        | ((usual <= INVERTED_MV) & (smooth >= UPRIGHT_MV)),
    }
    found = []
    for code, beyond in changes.items():
        for first, stop, shown in stretches(beyond, times):
            part = smooth[shown, first:stop]
            away = np.abs(part - usual[shown])
            lead, beat = np.unravel_index(int(np.nanargmax(away)), away.shape)
            values = {"t_mv": float(part[lead, beat]), "usual_mv": float(usual[shown][lead, 0])}
            leads = tuple(name for name, yes in zip(names, shown, strict=True) if yes)
            found.append(Event(code, float(times[first]), float(times[stop - 1]), leads, values))
    found += _alternans(t_mv, times, names)
    return tuple(sorted(found, key=lambda event: event.start_s))


def _usual_beats(
    own: Sequence[BeatWaves[GlobalWave]], ectopic: Sequence[bool], length_s: float
) -> list[BeatWaves[GlobalWave]]:
    """Return the beats that are not ectopic, of the usual breadth, with room for their T wave."""
    beats = [w for w, odd in zip(own, ectopic, strict=True) if w.qrs is not None and not odd]
    beats = [w for w in beats if w.complex.onset_s > 0.05 and w.complex.offset_s + 0.5 < length_s]
    if not beats:
        return []
    usual_s = float(np.median([w.complex.offset_s - w.complex.onset_s for w in beats]))
    return [w for w in beats if abs(w.complex.offset_s - w.complex.onset_s - usual_s) <= SAME_QRS_S]


def _t_waves(leads_mv: Floats, rate_hz: float, beats: Sequence[BeatWaves[GlobalWave]]) -> Floats:
    """Return (lead, beat): the largest deflection of T in mV with its sign; NaN where nothing was recorded.

    Where no T was delineated, as of one that has become flat, it is looked for where the others have theirs.
    """
    begins = [w.t.onset_s - w.complex.offset_s for w in beats if w.t is not None]
    ends = [w.t.offset_s - w.complex.offset_s for w in beats if w.t is not None]
    usual = (float(np.median(begins)), float(np.median(ends))) if begins else (0.08, 0.32)
    level = level_before(leads_mv, rate_hz, np.array([w.complex.onset_s for w in beats]))
    width = max(round(SMOOTH_S * rate_hz), 1)
    spans_s = [
        (w.t.onset_s, w.t.offset_s) if w.t else (w.complex.offset_s + usual[0], w.complex.offset_s + usual[1])
        for w in beats
    ]
    first, last = np.rint(np.array(spans_s) * rate_hz).astype(np.intp).T
    first, stop = np.maximum(first, 0), np.minimum(last + 1, leads_mv.shape[1]) - width + 1
    out = np.full((leads_mv.shape[0], len(beats)), np.nan)
    inside = np.flatnonzero(stop - first > 1)
    if not inside.size:
        return out
    even = np.lib.stride_tricks.sliding_window_view(leads_mv, width, axis=1).mean(axis=2)
    # One sample more, so that a stretch may end with the last of them.
    even = np.concatenate([even, even[:, -1:]], axis=1)
    bounds = np.column_stack([first[inside], stop[inside]]).ravel()
    above, below = (f.reduceat(even, bounds, axis=1)[:, ::2] - level[:, inside] for f in (np.maximum, np.minimum))
    furthest = np.where(above >= -below, above, below)
    out[:, inside] = np.where(np.isfinite(furthest), furthest, np.nan)
    return out


def _alternans(t_mv: Floats, times_s: Floats, names: Sequence[str]) -> list[Event]:
    """Return where every second T is taller than the ones between, in two leads, of a steady rhythm."""
    count, width = t_mv.shape[1], ALTERNANS_BEATS
    if count < width:
        return []
    rr = np.diff(times_s)
    steps = np.abs(np.diff(rr))
    signs = np.where(np.arange(count) % 2, -1.0, 1.0)
    parts = np.lib.stride_tricks.sliding_window_view(t_mv * signs, width, axis=1)
    raw = np.lib.stride_tricks.sliding_window_view(t_mv, width, axis=1)
    # The mean of T times +1, -1, +1 ... is half of what the beats differ by in turn.
    size = 2.0 * np.abs(parts.mean(axis=2))
    turn = np.sign(parts.mean(axis=2))[:, :, None] * size[:, :, None] / 2.0
    phase = np.stack([signs[k : k + width] for k in range(raw.shape[1])])
    noise = (raw - raw.mean(axis=2)[:, :, None] - turn * phase[None]).std(axis=2)
    hit = (size >= ALTERNANS_MV) & (size >= ALTERNANS_TIMES * noise)
    starts = [k for k in np.flatnonzero(hit.sum(axis=0) >= 2).tolist() if _steady(rr, steps, k, width)]
    found: list[Event] = []
    while starts:
        first = last = starts.pop(0)
        while starts and starts[0] <= last + width:
            last = starts.pop(0)
        shown = hit[:, first : last + 1].mean(axis=1) >= 0.5
        stop_s = float(times_s[last + width - 1])
        if shown.sum() >= 2 and stop_s - times_s[first] >= LONG_S / 2:
            leads = tuple(name for name, yes in zip(names, shown, strict=True) if yes)
            values = {"t_mv": float(size[shown, first : last + 1].max())}
            found.append(Event("T_ALT", float(times_s[first]), stop_s, leads, values))
    return found


def _steady(rr_s: Floats, steps_s: Floats, first: int, width: int) -> bool:
    """Return whether a window of beats has no break and no interval that alternates."""
    own = rr_s[first : first + width - 1]
    middle = float(np.median(own))
    return bool(own.max() < 1.5 * middle and np.median(steps_s[first : first + width - 2]) <= STEADY_RR * middle)
