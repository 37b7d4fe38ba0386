"""What slow sampling leaves of a pacemaker's spikes: a ringing at half the rate, before it and after.

Brought down to 100 Hz, a spike of a millisecond becomes the impulse response of the filter that did it: samples that
alternate in sign, largest at the spike. Before a complex the trace is quiet, so that it can be measured there. A sharp
QRS complex rings a little too, but less high and less purely; the network's statement is weighed beside both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import detection_leads
from cardio_desktop.analysis.pacing import LEAST_HZ
from cardio_desktop.core.bridging import bridge_gaps
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Record

Floats = NDArray[np.float64]

RATES_HZ = (90.0, 130.0)
"""Measured at 100 Hz; from 250 Hz on spikes are seen themselves, and what filters between do was not at hand."""
FROM, TO = 9, 2
"""Samples before a spike in which its ringing is measured: nearer ones hold the spike, and with it a sharp complex."""
APART = 15
"""Samples between two of them at least: a P wave's spike and that of its QRS complex are farther apart."""
LEAST = 4
"""Beats from which on it is looked for: of three largest places of noise one may ring by chance."""
QUARTER = 0.75
"""Of as many places as there are beats, those that ring most, the height and purity that a quarter exceed: not every
beat needs a spike, and of those that have one some fall between two samples, where nothing rings."""
LEAST_MV = 1e-5
"""Counted where nothing rings at all: lower than any noise, so that there is a logarithm."""
WITH_NETWORK, ALONE = (15.0, 1.5, 1.2, -4.2), (20.7, 3.0, 0.0, -9.6)
"""Weights of purity, log of the height in mV and the network's log-odds of PACE, and the bias: logistic regression on
5,110 records of PTB-XL, folds 1 to 8, 236 of them stated as paced, the network's weight lowered from 1.8, as it learnt
from these. 89 % of those are found then and 0.1 % of the others called so, without the network 53 and 0.1 %; by the
network alone, from 0.4 on, 69 and 0.03 %. Some 8 in 100 of those stated as paced show narrow beats of their own."""
NETWORK_RANGE = (0.002, 0.998)
"""Its probability counts as no surer than this."""
FASTEST_BPM = 130.0
"""The usual upper tracking rate of pacemakers. Of 237 paced records of PTB-XL, folds 1 to 8, four seemed faster, three
of them because a spike was counted as a beat."""
NARROW_MS, NARROW_MV, NARROW_SAID = 130.0, 0.0185, 0.25
"""Complexes shorter than the first that ring lower than the second are no paced ones where the network gives less than
the third: of 209 records of PTB-XL, folds 1 to 8, stated as paced and found, one is such, and of 13 found that are not
stated so four, three of which fibrillate."""
LONGEST_S = 600.0
"""Of a longer stretch its beginning is looked at."""


SPIKE_PURE, SPIKE_SHARE = 0.9, 0.5
"""Purity, and share of the height, from which on a place that rings is a spike: one that a complex makes is lower."""
AT_SPIKE_S, FOLLOWED_S, LEAST_KNOWN = 0.03, 0.35, 3
"""How near to a spike what was taken for a beat lies, and within which time the beat follows that it made: atrial ones
have the AV delay, up to 300 ms, and a part of QRS before it. So many tell the delay."""
MOST_PER_S = 1.6
"""No more places than this are looked at: pacemakers hardly pace faster than 96 per minute, and where spikes were taken
for beats there are twice as many of these."""


@dataclass(frozen=True)
class Ringing:
    """How pure the ringing is, 1 where signs alternate in every lead, and how high (rms over the leads) in mV.

    `spikes_s` are the places that ring as spikes do, ascending.
    """

    purity: float
    height_mv: float
    spikes_s: tuple[float, ...] = ()

    def is_paced(
        self, network: float | None = None, qrs_ms: float | None = None, rate_bpm: float | None = None
    ) -> bool:
        """Return whether a pacemaker is at work, `network` being the probability that the network gives to that.

        `qrs_ms` is how long the complexes last, None where that is not known: narrow ones are sharp, and ring. Faster
        than a pacemaker beats none is told: in noise ventricular tachycardia seems to ring.
        """
        if rate_bpm is not None and rate_bpm > FASTEST_BPM:
            return False
        narrow = qrs_ms is not None and qrs_ms < NARROW_MS and self.height_mv < NARROW_MV
        if narrow and network is not None and network < NARROW_SAID:
            return False
        per_purity, per_log, per_network, bias = ALONE if network is None else WITH_NETWORK
        odds = bias + per_purity * self.purity + per_log * math.log(max(self.height_mv, LEAST_MV))
        if network is not None:
            p = min(max(network, NETWORK_RANGE[0]), NETWORK_RANGE[1])
            odds += per_network * math.log(p / (1.0 - p))
        return odds > 0.0


def ringing_in(record: Record, beats: Sequence[Beat], start_s: float, end_s: float) -> Ringing | None:
    """Return the ringing in a stretch of a record sampled at about 100 Hz; None at other rates, or of few beats."""
    leads = [lead for lead in record.leads.values() if RATES_HZ[0] <= lead.rate_hz <= min(RATES_HZ[1], LEAST_HZ)]
    leads = leads or [lead for lead in detection_leads(record) if RATES_HZ[0] <= lead.rate_hz <= RATES_HZ[1]]
    rates = {lead.rate_hz for lead in leads}
    if len(rates) != 1:
        return None
    end_s = min(end_s, start_s + LONGEST_S)
    rows = [lead.between(start_s, end_s)[1] for lead in leads]
    n = min(row.size for row in rows)
    count = sum(start_s <= beat.time_s < end_s for beat in beats)
    whole = np.array([row[:n] for row in rows], dtype=np.float64)
    first_s = leads[0].between(start_s, end_s)[0]
    return None if count < LEAST else ringing(bridge_gaps(whole)[0], count, rates.pop(), first_s)


def without_spike_beats(beats: Sequence[Beat], found: Ringing) -> tuple[Beat, ...]:
    """Return the beats without spikes that were counted as one: the beat that each of them made follows.

    A spike that does not ring, as it fell between two samples, is known by the delay that it shares with the others.
    """
    times_s = np.array([beat.time_s for beat in beats])
    spikes_s = np.array([-np.inf, *found.spikes_s, np.inf])
    place = np.searchsorted(spikes_s, times_s)
    near = np.minimum(times_s - spikes_s[place - 1], spikes_s[place] - times_s) <= AT_SPIKE_S
    until_s = np.append(np.diff(times_s), np.inf)
    known = near & (until_s <= FOLLOWED_S)
    if known.sum() < LEAST_KNOWN:
        return tuple(beats)
    as_late = np.abs(until_s - float(np.median(until_s[known]))) <= AT_SPIKE_S
    return tuple(beat for beat, spike in zip(beats, known | as_late, strict=True) if not spike)


def ringing(leads_mv: Floats, beats: int, rate_hz: float = 100.0, first_s: float = 0.0) -> Ringing | None:
    """Return the ringing of leads (lead, n) in mV, without gaps, that hold so many beats; None where it is too short.

    The fourth difference leaves what alternates in sign from sample to sample and takes waves out.
    """
    n = leads_mv.shape[1]
    if n < 4 * (FROM + APART):
        return None
    quick = np.zeros_like(leads_mv)
    quick[:, 3:-3] = np.diff(leads_mv, n=4, axis=1)[:, 1:-1] / 16.0
    index = np.arange(n)
    low, high = np.clip(index - FROM, 0, n), np.clip(index - TO, 0, n)

    def before(values: Floats) -> Floats:
        total = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
        return np.asarray((total[:, high] - total[:, low]) / (FROM - TO))

    alternating, all_of_it = before(quick * (-1.0) ** index), before(np.abs(quick))
    height = np.sqrt((alternating**2).mean(axis=0))
    purity = height / (np.sqrt((all_of_it**2).mean(axis=0)) + 1e-9)
    size = np.sqrt((quick**2).mean(axis=0))
    peaks = np.flatnonzero(size == np.lib.stride_tricks.sliding_window_view(np.pad(size, 4), 9).max(axis=1))
    peaks = peaks[(peaks >= FROM + 1) & (peaks < n - FROM + 1)]
    most = min(beats, max(math.ceil(MOST_PER_S * n / rate_hz), LEAST))
    chosen: list[int] = []
    taken = np.zeros(n + 2 * APART + 1, dtype=bool)
    for k in peaks[np.argsort(-(height * purity)[peaks], kind="stable")].tolist():
        if len(chosen) == most:
            break
        if not taken[k + APART]:
            chosen.append(k)
            taken[k : k + 2 * APART + 1] = True
    if len(chosen) < LEAST - 1:
        return None
    height_mv = float(np.quantile(height[chosen], QUARTER))
    spikes = [k for k in sorted(chosen) if purity[k] >= SPIKE_PURE and height[k] >= SPIKE_SHARE * height_mv]
    spikes_s = tuple(first_s + k / rate_hz for k in spikes)
    return Ringing(float(np.quantile(purity[chosen], QUARTER)), height_mv, spikes_s)
