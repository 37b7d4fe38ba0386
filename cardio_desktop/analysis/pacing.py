"""A pacemaker's spikes: where they are, the record without them, and the beats that follow them.

A spike leaves a quiet trace within one or two samples, in several leads at once, and is half gone after a few
milliseconds; what is left of it decays like a capacitor. No QRS complex does that: its slope grows over several
samples. Below `LEAST_HZ` a spike cannot be told from noise, and nothing is said.

The constants were chosen on simulated spikes. A fifth less or more of any of them changes none of 460 at 250 to 1000
Hz, and makes none in 28 simulated rhythms without pacemaker, in 40 records of PTB-XL at 500 Hz and in ten minutes of
each of eight MIT-BIH records. Recordings of real spikes were not at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import detection_leads
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import MISSING, Channel, Lead, Record, Samples
from cardio_desktop.words import Remark

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEAST_HZ = 250.0
"""Two samples are 8 ms then; recorders slower than that filter a spike of half a millisecond away."""
LEAST_MV = 0.15
"""A millimetre and a half on paper: bipolar spikes are often no larger; noise and notches are smaller."""
RISE_S, HALF_GONE_S, QUIET_S, LONGEST_S = 0.003, 0.008, 0.024, 0.024
"""A spike of 0.5 to 2 ms is up within a sample or two and half gone a few later; a QRS complex takes 20 ms and more to
either. So long before it the trace is quiet, and so long it lasts at most with its decay."""
QUIET = 0.2
"""Steps before the spike, as a share of it, from which on it does not leave a quiet trace."""
GONE = 0.5
"""Share of a spike that is gone within `HALF_GONE_S`."""
CHUNK_S = 300.0
"""So much of a long record is searched at a time, for speed and memory."""
APART_S = 0.010
"""Jumps nearer to one another are one spike: its beginning and its end."""
LEAST_SPIKES = 3
"""Of fewer nobody knows whether they keep a distance from their beats."""
BEFORE_BEAT_S = (0.005, 0.35)
"""How long before the largest deflection of its beat a spike comes: an atrial one has the AV delay, up to 300 ms, and a
part of QRS before it."""
PACED_S = 0.15
"""From a spike in the ventricle to the largest deflection of its beat; from one in the atrium it takes longer."""
REFRACTORY_S = 0.35
"""So soon after a beat no stimulus captures: the ventricle's refractory period, rounded up."""
STEADY_S, STEADY = 0.04, 0.4
"""Share of the spikes that must come at one distance, within so many seconds, before a beat: loose contacts do not."""


@dataclass(frozen=True)
class Spike:
    """One spike: when it begins and is over, the leads that show it, and the largest of its jumps in mV."""

    start_s: float
    end_s: float
    leads: tuple[str, ...]
    size_mv: float


@dataclass(frozen=True, eq=False)
class _Bridged:
    """Samples of a channel with straight lines in place of spikes; `spans` are (first, stop), ascending."""

    inner: Samples
    spans: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.inner)

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Return the samples from `start` up to `stop`."""
        start, stop = max(start, 0), min(max(stop, 0), len(self.inner))
        out = self.inner.read(start, stop)
        for first, end in self.spans[(self.spans[:, 1] > start) & (self.spans[:, 0] < stop)]:
            around = self.inner.read(first - 1, end + 1)
            ends = np.array([around[0], around[-1]], dtype=np.float64)
            if not np.isfinite(ends).all() or (ends == MISSING).any():
                continue
            line = np.linspace(ends[0], ends[1], around.size)[1:-1]
            low, high = max(first, start), min(end, stop)
            part = line[low - first : high - first]
            out[low - start : high - start] = part if np.issubdtype(out.dtype, np.floating) else np.rint(part)
        return out


def find_spikes(record: Record, start_s: float, end_s: float) -> tuple[Spike, ...]:
    """Return what looks like pacing spikes between two times, ascending; nothing for fewer than three.

    `are_pacing` tells, once the beats are known, whether they belong to a pacemaker.
    """
    leads = [lead for lead in detection_leads(record) if lead.rate_hz >= LEAST_HZ]
    rates = {lead.rate_hz for lead in leads}
    leads = [lead for lead in leads if lead.rate_hz == max(rates)]
    found: list[Spike] = []
    low_s = start_s
    while leads and low_s < end_s:
        high_s = min(low_s + CHUNK_S, end_s)
        for spike in _spikes(leads, max(low_s - 1.0, start_s), min(high_s + 1.0, end_s)):
            if low_s <= spike.start_s < high_s and (not found or spike.start_s - found[-1].start_s > APART_S):
                found.append(spike)
        low_s = high_s
    return tuple(found) if len(found) >= LEAST_SPIKES else ()


def _spikes(leads: Sequence[Lead], start_s: float, end_s: float) -> list[Spike]:
    rate_hz = leads[0].rate_hz
    read = [lead.between(start_s, end_s) for lead in leads]
    n = min(mv.size for _, mv in read)
    mv = np.array([row[:n] for _, row in read])
    rise, gone, quiet, longest = (max(round(s * rate_hz), 1) for s in (RISE_S, HALF_GONE_S, QUIET_S, LONGEST_S))
    rise = min(rise, 2) if rate_hz <= 600.0 else rise
    if n < quiet + rise + longest + 4:
        return []
    jump = np.zeros_like(mv)
    jump[:, rise:] = mv[:, rise:] - mv[:, :-rise]
    size = np.abs(jump)
    several = min(2, len(leads)) if len(leads) >= 3 else 1
    # Cheap first: as many leads as are needed jump by so much (a comparison with NaN is false).
    at = np.flatnonzero((size >= LEAST_MV).sum(axis=0) >= several)
    at = at[(at >= quiet + 2 * rise) & (at < n - longest - 2)]
    if at.size == 0:
        return []
    before = size[:, at[:, None] - rise - np.arange(quiet)].max(axis=2)
    back = np.min(np.sign(jump[:, at, None]) * (mv[:, at[:, None] + np.arange(1, gone + 1)] - mv[:, at, None]), axis=2)
    good = (size[:, at] >= LEAST_MV) & (before <= QUIET * size[:, at]) & (-back >= GONE * size[:, at])
    spikes: list[Spike] = []
    strength = np.where(good, size[:, at], 0.0).max(axis=0)
    enough = good.sum(axis=0) >= several
    for k in np.flatnonzero(enough):
        near = enough & (np.abs(at - at[k]) <= APART_S * rate_hz)
        if strength[k] < strength[near].max() or (
            spikes and at[k] / rate_hz + read[0][0] - spikes[-1].start_s < APART_S
        ):
            continue
        first = int(at[k]) - rise
        strongest = int(np.where(good[:, k], size[:, at[k]], 0.0).argmax())
        stop = at[k] + _over(mv[strongest], first, int(at[k]), longest)
        names = tuple(leads[i].name for i in np.flatnonzero(good[:, k]).tolist())
        spikes.append(
            Spike(first / rate_hz + read[0][0], float(stop) / rate_hz + read[0][0], names, round(float(strength[k]), 2))
        )
    return spikes


def _over(mv: Floats, first: int, top: int, longest: int) -> int:
    """Return after how many samples from its top a spike is over: back at its level, or no longer on its way there."""
    away = np.abs(mv[top : top + longest + 1] - mv[first])
    for k in range(1, longest):
        if away[k] <= 0.1 * away[0] or away[k + 1] > away[k]:
            return k
    return longest


def without_spikes(record: Record, spikes: Sequence[Spike]) -> Record:
    """Return the record with straight lines in place of the spikes, in all voltages fast enough to show them."""

    def bridged(channel: Channel) -> Channel:
        if not channel.is_voltage or channel.rate_hz < LEAST_HZ:
            return channel
        spans = [
            (round(s.start_s * channel.rate_hz) + 1, round(s.end_s * channel.rate_hz) + 1)
            for s in spikes
            if s.start_s > 0.0 and round(s.end_s * channel.rate_hz) + 1 < len(channel.samples)
        ]
        return replace(channel, samples=_Bridged(channel.samples, np.array(spans, dtype=np.int64).reshape(-1, 2)))

    return replace(record, channels=tuple(bridged(channel) for channel in record.channels)) if spikes else record


def _delays(spikes: Sequence[Spike], beats: Sequence[Beat]) -> Floats:
    """Return how long after each spike the next beat comes in s; infinite where none does."""
    times = np.array([*(beat.time_s for beat in beats), np.inf])
    starts = np.array([spike.start_s for spike in spikes])
    return np.asarray(times[np.searchsorted(times, starts + BEFORE_BEAT_S[0])] - starts)


def are_pacing(spikes: Sequence[Spike], beats: Sequence[Beat]) -> bool:
    """Return whether the spikes keep one distance (or two, with two chambers) from the beats that follow them."""
    if len(spikes) < LEAST_SPIKES:
        return False
    delays = np.sort(_delays(spikes, beats))
    known = delays[delays <= BEFORE_BEAT_S[1]]
    steady = np.searchsorted(known, known + STEADY_S, side="right") - np.arange(known.size)
    return bool(known.size and steady.max() >= max(LEAST_SPIKES, STEADY * len(spikes)))


def paced_beats(spikes: Sequence[Spike], beats: Sequence[Beat]) -> Bools:
    """Return which beats follow a spike as closely as a paced chamber does."""
    times = np.array([beat.time_s for beat in beats], dtype=np.float64)
    starts = np.array([-np.inf, *(spike.start_s for spike in spikes)])
    since = times - starts[np.searchsorted(starts, times - BEFORE_BEAT_S[0], side="right") - 1]
    return np.asarray(since <= PACED_S)


def pacing_remark(spikes: Sequence[Spike]) -> Remark:
    """Return how many spikes there are, how large, and the leads that show them most often."""
    named: dict[str, int] = {}
    for spike in spikes:
        for name in spike.leads:
            named[name] = named.get(name, 0) + 1
    often = tuple(name for name, count in named.items() if count >= 0.5 * max(named.values()))
    largest_mv = max(spike.size_mv for spike in spikes)
    return Remark("pacing-spikes", {"leads": often, "spikes": len(spikes), "largest_mv": largest_mv})


def failures(spikes: Sequence[Spike], beats: Sequence[Beat]) -> list[float]:
    """Return when a spike was not followed by a beat that it should have made, where others were.

    A spike soon after a beat finds the chamber refractory, and one before another spike belongs to the atrium.
    """
    if not are_pacing(spikes, beats) or len(beats) < LEAST_SPIKES:
        return []
    times = np.array([-np.inf, *(beat.time_s for beat in beats), np.inf])
    starts = np.array([spike.start_s for spike in spikes])
    place = np.searchsorted(times, starts + BEFORE_BEAT_S[0])
    since, until = starts - times[place - 1], times[place] - starts
    following = np.append(starts[1:], np.inf) - starts
    failed = (until > BEFORE_BEAT_S[1]) & (since > REFRACTORY_S) & (following > BEFORE_BEAT_S[1])
    failed &= starts < beats[-1].time_s
    return [float(at_s) for at_s in starts[failed]]
