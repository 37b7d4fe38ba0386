"""Electrodes of a live recording: which leads are off, still or noisy in the newest seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cardio_desktop.analysis.disturbances import LIMITS, drowned, remark_on, value_of
from cardio_desktop.analysis.signal_features import LeadFeatures, measure_leads
from cardio_desktop.analysis.stretches import enough_leads, judged_names
from cardio_desktop.live.ring import Ring
from cardio_desktop.words import Remark

SPAN_S = 3.0
"""What is looked at: it holds a beat or two at 40 per minute, as the limits of `analysis.disturbances` need."""
OFF_S = 1.0
"""A lead that is missing, at the end of its range or still to the count for so long is told at once."""
AGAIN = 2
"""So many looks in a row must find noise, or find it gone: half a second apart, so that one jerk is not told."""
STILL_MV = 0.002
"""A lead that moves by no more is off: electrodes that hold give 10 microvolts of noise peak to peak and more."""


@dataclass(frozen=True)
class LeadState:
    """Why a lead cannot be used now: "missing", "railed", "flat" or "noise", since when, and what is said of it."""

    lead: str
    code: str
    start_s: float
    remark: Remark


@dataclass
class _Count:
    bad: int = 0
    good: int = 0


class LeadWatch:
    """Looks at the newest seconds of every lead; `take` is asked for twice a second."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._on: dict[str, LeadState] = {}
        self._counts: dict[str, _Count] = {name: _Count() for name in ring.layout.leads}
        self.readable = self.trusted = True

    @property
    def bad(self) -> Mapping[str, LeadState]:
        """The leads that cannot be used now."""
        return dict(self._on)

    def take(self, *, silent: bool) -> tuple[tuple[LeadState, ...], tuple[LeadState, ...]]:
        """Return (what began, what is over). While the heart is `silent` no lead is called noisy for showing no beats.

        Afterwards `readable` says whether beats and rhythm can be seen in the leads that are left, and `trusted`
        whether that holds of the newest second, too: noise that has just begun looks like a tachycardia at first.
        """
        layout, stop = self._ring.layout, self._ring.stop
        rate_hz = layout.rate_hz
        first = max(stop - round(SPAN_S * rate_hz), self._ring.first)
        if stop - first < 2.0 * rate_hz:
            return (), ()
        counts = self._ring.counts(first, stop)
        millivolts = layout.millivolts(counts).astype(np.float64)
        features = measure_leads(millivolts, rate_hz)
        newest = round(OFF_S * rate_hz)
        latest = measure_leads(millivolts[:, -newest:], rate_hz)
        begun, over = [], []
        for name, mv, raw, found in zip(layout.leads, millivolts, counts, features, strict=True):
            what = _off(mv[-newest:], raw[-newest:], layout.lowest, layout.highest) or _noise(found, silent)
            count, known = self._counts[name], self._on.get(name)
            count.bad, count.good = (count.bad + 1, 0) if what else (0, count.good + 1)
            if what and not known and (what[0] != "noise" or count.bad >= AGAIN):
                self._on[name] = LeadState(name, what[0], stop / rate_hz, what[1])
                begun.append(self._on[name])
            elif known and what and what[0] != "noise" and known.code != what[0]:
                over.append(known)
                self._on[name] = LeadState(name, what[0], stop / rate_hz, what[1])
                begun.append(self._on[name])
            elif known and count.good >= AGAIN:
                over.append(self._on.pop(name))
        names = judged_names(list(layout.leads))
        shaken = {name for name, found in zip(layout.leads, latest, strict=True) if _noise(found, True)}
        self.trusted = enough_leads(names, [name for name in names if name in self._on or name in shaken])
        self.readable = enough_leads(names, [name for name in names if name in self._on])
        return tuple(begun), tuple(over)


def _off(mv: np.ndarray, raw: np.ndarray, lowest: int, highest: int) -> tuple[str, Remark] | None:
    """Return why a lead shows nothing at all in these samples."""
    known = mv[np.isfinite(mv)]
    if known.size < 0.5 * mv.size:
        return "missing", Remark("live-lead-missing")
    if float(np.mean((raw <= lowest) | (raw >= highest))) > 0.5:
        return "railed", Remark("live-lead-railed")
    if float(np.ptp(known)) <= STILL_MV:
        return "flat", Remark("live-lead-flat")
    return None


def _noise(found: LeadFeatures, silent: bool) -> tuple[str, Remark] | None:
    """Return what hides the heart in a lead, by the product's limits."""
    for limit in LIMITS:
        if limit.hides and value_of(found, limit) >= limit.spoilt:
            return "noise", remark_on(limit, value_of(found, limit), found)
    if drowned(found) and not silent:
        return "noise", Remark("noise", {"snr_db": found.snr_db})
    return None
