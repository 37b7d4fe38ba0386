"""What a tachycardia looked like when it began, so that its beats are known once there is nothing to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import REFRACTORY_S
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Record

BEFORE_S, AFTER_S = 0.08, 0.14
"""From the beginning of a broad complex to its end around its largest deflection."""
ALIKE = 0.7
"""Correlation over all leads from which on a beat counts as of a shape. A choice between those of one kind and others:
`tests/live/test_shapes.py` says what the simulator's reach."""
KEPT_S = 15.0
"""So long after a tachycardia its shape is remembered: until it has left the ten seconds that are looked at."""
NEWEST = 8
"""Of so many beats the middle makes a shape."""

Floats = NDArray[np.float64]


class Shapes:
    """The usual complex, and that of a tachycardia while it goes on and a while longer."""

    def __init__(self) -> None:
        self._usual: Floats | None = None
        self._odd: Floats | None = None
        self._until_s = -1e9

    @property
    def known(self) -> bool:
        """Whether a tachycardia's shape is remembered."""
        return self._odd is not None

    def typed(self, record: Record, start_s: float, beats: Sequence[Beat]) -> tuple[Beat, ...]:
        """Return the beats, told apart by the two shapes while that of a tachycardia is remembered."""
        if self._odd is None or not beats or beats[-1].time_s > self._until_s:
            self._odd = None
            return tuple(beats)
        cuts = _cuts(record, start_s, beats)
        odd, usual = _alike(cuts, self._odd), _alike(cuts, self._usual)
        return tuple(
            beat
            if beat.kind is BeatKind.PACED or not np.isfinite(like_odd)
            else replace(beat, kind=_kind(float(like_odd), float(like_usual), beat.kind))
            for beat, like_odd, like_usual in zip(beats, odd, usual, strict=True)
        )

    def kind(self, record: Record, start_s: float, beat: Beat) -> BeatKind:
        """Return what a complex is that the search did not see: ventricular where it is unlike the usual ones."""
        like = float(_alike(_cuts(record, start_s, [beat]), self._usual)[0])
        return BeatKind.VENTRICULAR if like < ALIKE else BeatKind.UNKNOWN

    def found(self, record: Record, from_s: float) -> Floats:
        """Return where the tachycardia's complex is seen after a time, both in seconds from the record's start.

        Complexes that go over into one another like waves are no peaks for the search, but keep their shape.
        """
        if self._odd is None:
            return np.zeros(0)
        rate_hz, width = record.rate_hz, self._odd.shape[1]
        leads = [lead for name, lead in record.traces.items() if lead.stored and name != "-aVR"]
        first = max(round((from_s - BEFORE_S) * rate_hz), 0)
        mv = np.array([lead.millivolts(first) for lead in leads])
        if mv.shape[0] != self._odd.shape[0] or mv.shape[1] < width:
            return np.zeros(0)
        parts = np.lib.stride_tricks.sliding_window_view(mv, width, axis=1)
        size = np.sqrt((parts.var(axis=2) * width).sum(axis=0) * (self._odd**2).sum())
        # The shape has no mean, so that of the parts does not count.
        alike = np.einsum("lnw,lw->n", parts, self._odd) / np.maximum(size, 1e-9)
        peaks = np.flatnonzero((alike[1:-1] >= alike[:-2]) & (alike[1:-1] > alike[2:]) & (alike[1:-1] >= ALIKE)) + 1
        kept: list[int] = []
        for peak in peaks.tolist():
            if kept and (peak - kept[-1]) / rate_hz < REFRACTORY_S:
                kept[-1] = max(kept[-1], peak, key=lambda place: float(alike[place]))
            else:
                kept.append(peak)
        return np.asarray((np.array(kept, dtype=np.float64) + first) / rate_hz + BEFORE_S)

    def learn(self, record: Record, start_s: float, beats: Sequence[Beat], *, tachycardia: bool) -> None:
        """Remember the usual complex, or that of the tachycardia that goes on."""
        if tachycardia:
            run = []
            for beat in reversed(beats):
                if beat.kind is not BeatKind.VENTRICULAR:
                    break
                run.append(beat)
            if run and self._odd is None:
                self._odd = _middle(_cuts(record, start_s, run[:NEWEST]))
            self._until_s = beats[-1].time_s + KEPT_S
        elif self._odd is None and beats:
            usual = [beat for beat in beats if beat.kind is BeatKind.NORMAL][-NEWEST:]
            if len(usual) >= NEWEST // 2:
                self._usual = _middle(_cuts(record, start_s, usual))

    def forget(self) -> None:
        """Take the tachycardia's shape for none of a tachycardia."""
        self._odd = None


def _kind(odd: float, usual: float, typed: BeatKind) -> BeatKind:
    """Return the kind of a beat that resembles the two shapes so much; NaN where a shape is not known."""
    if np.isfinite(usual):
        return BeatKind.NORMAL if usual >= ALIKE and usual > odd else BeatKind.VENTRICULAR
    return BeatKind.VENTRICULAR if odd >= ALIKE else typed


def _cuts(record: Record, start_s: float, beats: Sequence[Beat]) -> Floats:
    """Return the complexes (beat, lead, sample) without their means; NaN where one is cut off."""
    leads = [lead for name, lead in record.traces.items() if lead.stored and name != "-aVR"]
    rate_hz = record.rate_hz
    before, width = round(BEFORE_S * rate_hz), round((BEFORE_S + AFTER_S) * rate_hz)
    mv = np.array([lead.millivolts() for lead in leads])
    out = np.full((len(beats), len(leads), width), np.nan)
    for k, beat in enumerate(beats):
        low = round((beat.time_s - start_s) * rate_hz) - before
        if low >= 0 and low + width <= mv.shape[1]:
            out[k] = mv[:, low : low + width]
    return np.asarray(out - out.mean(axis=2, keepdims=True))


def _middle(cuts: Floats) -> Floats | None:
    whole = cuts[np.isfinite(cuts).all(axis=(1, 2))]
    return np.median(whole, axis=0) if len(whole) else None


def _alike(cuts: Floats, shape: Floats | None) -> Floats:
    """Return the correlation of each complex with a shape over all leads, the best within 24 ms; NaN without one."""
    if shape is None or shape.shape != cuts.shape[1:]:
        return np.full(len(cuts), np.nan)
    reach = max(round(shape.shape[1] * 0.024 / (BEFORE_S + AFTER_S)), 1)
    best = np.full(len(cuts), -1.0)
    for shift in range(-reach, reach + 1):
        own = cuts[:, :, max(shift, 0) : cuts.shape[2] + min(shift, 0)]
        other = shape[:, max(-shift, 0) : shape.shape[1] + min(-shift, 0)]
        size = np.sqrt((own**2).sum(axis=(1, 2)) * (other**2).sum())
        best = np.fmax(best, (own * other).sum(axis=(1, 2)) / np.maximum(size, 1e-9))
    best[~np.isfinite(cuts).all(axis=(1, 2))] = np.nan
    return best
