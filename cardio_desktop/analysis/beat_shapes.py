"""The shapes of QRS complexes: cut out, compared with one another over all leads, and gathered in clusters.

What a fifth less or more of a constant changes was measured as `beat_types` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beats import detection_leads
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Lead, Record

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RATE_HZ = 125.0
"""As fast as beats are looked for; 100 Hz: 13 V more missed, 14 fewer wrong, 150 Hz: 32 fewer missed; 49 records."""
BEFORE_S, AFTER_S = 0.16, 0.24
"""What is compared: from before the QRS onset to after the J point of a broad complex."""
SHIFT = 4
"""Samples by which a complex may be shifted to fit another: detectors mark different deflections of one shape."""
BAND_HZ = (0.7, 35.0)
"""Complexes without wander, mains and most of the tremor; 0.56 Hz: 31 V wrong, 28 Hz: 67 V wrong, 48 records; 0.84 Hz
and 42 Hz: some 20 fewer missed."""
CHUNK_S = 300.0
"""So much of a long record is read at a time, for speed and memory. The first piece also tells `SAME`: with 240 s 89
beats more are called ventricular, with 360 s 7."""
BORDER_S = 2.0
"""What the filter needs on both sides: one record."""
SAME = (0.10, 0.30)
"""Least and largest limit of the distance within a cluster: power of the difference over that of the larger of the two.

In between it is `SAME_TIMES` the distance of the most alike quarter of successive beats: noise must not split one shape
into many, and in a clean trace small differences count."""
SAME_TIMES = 6.0
"""4.8 or 7.2: 3 V wrong, 2 records."""
MOST_CLUSTERS = 40
"""From here on a new shape joins the nearest, for speed; 32: 2 V more missed, 48: 20 fewer, no record."""
AT_ONCE = 256
"""So many complexes are shifted at a time, for memory: nine times what they take."""
LEARN = 0.08
"""Share of a new complex in its template, which so follows a slow change; 0.064: 13, 0.096: 21 V more missed."""


@dataclass(frozen=True, eq=False)
class Shapes:
    """Clusters of shapes: `cluster` of each beat, 0 the commonest; `templates` (cluster, lead, sample) in mV.

    `distance` is that of each beat from its own template, `size_mv` the rms of its complex, `width_s` its duration.
    """

    cluster: Ints
    templates: Floats
    counts: Ints
    distance: Floats
    size_mv: Floats
    width_s: Floats

    def between(self, first: int, second: int) -> float:
        """Return the distance of the templates of two clusters."""
        return float(_distances(_shifted(self.templates[first]), self.templates[second : second + 1])[0])

    def least_between(self, first: int, second: int) -> float:
        """Return the distance of two templates in the lead where they are most alike, of those that show `second`."""
        one, two = self.templates[first], self.templates[second]
        size = (two**2).sum(axis=1)
        shown = np.flatnonzero(size >= 0.05 * size.max())
        return min(float(_distances(_shifted(one[k : k + 1]), two[None, k : k + 1])[0]) for k in shown)


def distances(one: Floats, templates: Floats) -> Floats:
    """Return the distance of a template (lead, sample) from each of others (n, lead, sample), as between complexes."""
    return _distances(_shifted(one), templates)


def shapes_of(record: Record, times_s: Sequence[float], progress: Progress | None = None) -> Shapes:
    """Return the shapes of the beats at `times_s`, ascending, of a record of any length, block by block."""
    gathered = _Clusters()
    leads = detection_leads(record)
    times = np.asarray(times_s, dtype=np.float64)
    starts = np.arange(times[0], times[-1] + CHUNK_S, CHUNK_S) if times.size else times
    cut = [*np.searchsorted(times, starts).tolist(), times.size]
    for first, stop in pairwise(cut):
        if stop > first:
            gathered.add(cut_out(leads, times[first:stop]))
            if progress:
                progress(100.0 * stop / times.size)
    return gathered.result()


def cut_out(leads: Sequence[Lead], times_s: Floats) -> Floats:
    """Return the complexes (beat, lead, sample) in mV at `RATE_HZ`, with `SHIFT` samples more at both ends."""
    low_s, high_s = float(times_s[0]) - BORDER_S, float(times_s[-1]) + BORDER_S
    offsets = np.arange(-round(BEFORE_S * RATE_HZ) - SHIFT, round(AFTER_S * RATE_HZ) + SHIFT + 1)
    index = np.round((times_s - low_s) * RATE_HZ).astype(int)[:, None] + offsets
    out = np.zeros((times_s.size, len(leads), offsets.size))
    for k, lead in enumerate(leads):
        first_s, mv = lead.between(low_s, high_s)
        whole = _filtered(mv, lead.rate_hz, round((high_s - low_s) * RATE_HZ), first_s - low_s)
        out[:, k] = whole[np.clip(index, 0, whole.size - 1)]
    return out


def _filtered(mv: Floats, rate_hz: float, count: int, offset_s: float) -> Floats:
    """Return one lead between `BAND_HZ` at `count` samples of `RATE_HZ`; 0 where it has none."""
    from scipy.fft import irfft, rfft

    present = np.isfinite(mv)
    if present.sum() < 0.2 * rate_hz:
        return np.zeros(count)
    index = np.arange(mv.size)
    whole = mv if present.all() else np.interp(index, index[present], mv[present])
    pad = min(round(1.0 * rate_hz), mv.size - 1)
    padded = np.concatenate([2 * whole[0] - whole[pad:0:-1], whole, 2 * whole[-1] - whole[-2 : -pad - 2 : -1]])
    n = padded.size
    out = max(round(n / rate_hz * RATE_HZ), 2)
    # Beats decide the length, which may be prime: then numpy's transform takes three times as long.
    spectrum = rfft(padded)[: out // 2 + 1]
    slow: NDArray[np.float64] = irfft(spectrum * _gain(n, rate_hz, spectrum.size), out) * (out / n)
    grid = (np.arange(out) * n / out - pad) / rate_hz + offset_s
    return np.asarray(np.interp(np.arange(count) / RATE_HZ, grid, slow, left=0.0, right=0.0))


@lru_cache(maxsize=8)
def _gain(n: int, rate_hz: float, count: int) -> Floats:
    """Return the first `count` gains of `BAND_HZ` for a spectrum of n samples; all leads of a record share them."""
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)[:count]
    gain: Floats = 1.0 / np.sqrt((1.0 + (BAND_HZ[0] / np.maximum(f, 1e-9)) ** 4) * (1.0 + (f / BAND_HZ[1]) ** 8))
    gain.flags.writeable = False
    return gain


def _shifted(complex_mv: Floats) -> Floats:
    """Return all shifts (shift, lead x sample) of one complex (lead, sample with margins)."""
    length = complex_mv.shape[1] - 2 * SHIFT
    return np.concatenate([complex_mv[:, k : k + length] for k in range(2 * SHIFT + 1)]).reshape(2 * SHIFT + 1, -1)


def _all_shifted(complexes: Floats) -> Floats:
    """Return all shifts (complex, shift, lead x sample) of complexes (complex, lead, sample with margins)."""
    windows = np.lib.stride_tricks.sliding_window_view(complexes, complexes.shape[2] - 2 * SHIFT, axis=2)
    return windows.transpose(0, 2, 1, 3).reshape(len(complexes), 2 * SHIFT + 1, -1)


def _middle(complexes: Floats) -> Floats:
    """Return complexes without their margins, flattened: (..., lead x sample)."""
    inner = complexes[..., SHIFT:-SHIFT]
    return inner.reshape(*inner.shape[:-2], -1)


def _distances(shifts: Floats, templates: Floats) -> Floats:
    """Return the least distance over the shifts (shift, x) from each of the templates (cluster, lead, sample)."""
    flat = _middle(templates)
    own, theirs = (shifts**2).sum(axis=1), (flat**2).sum(axis=1)
    power = own[:, None] + theirs[None] - 2.0 * shifts @ flat.T
    distance = power / np.maximum(np.maximum(own[:, None], theirs[None]), 1e-12)
    return np.asarray(distance.min(axis=0))


def _beat_to_beat(complexes: Floats) -> float:
    """Return the distance of a complex from the one before that a quarter of them do not exceed."""
    shifts, before = _all_shifted(complexes[1:]), _middle(complexes[:-1])
    own, theirs = (shifts**2).sum(axis=2), (before**2).sum(axis=1)[:, None]
    power = own + theirs - 2.0 * (shifts @ before[..., None])[..., 0]
    distance = power / np.maximum(np.maximum(own, theirs), 1e-12)
    return float(np.quantile(distance.min(axis=1), 0.25))


class _Clusters:
    """Clusters that grow beat by beat: each beat joins the nearest, or founds one."""

    def __init__(self) -> None:
        self._templates: list[Floats] = []
        self._flat = np.zeros((MOST_CLUSTERS, 0))
        self._powers = np.zeros(MOST_CLUSTERS)
        self._counts: list[int] = []
        self._cluster: list[int] = []
        self._distance: list[float] = []
        self._size: list[float] = []
        self._width: list[Floats] = []
        self._same = SAME[1]

    def add(self, complexes: Floats) -> None:
        """Add a block of complexes (beat, lead, sample)."""
        if not self._templates and len(complexes) > 2:
            self._same = float(np.clip(SAME_TIMES * _beat_to_beat(complexes), *SAME))
        self._width.append(durations(complexes))
        self._size += list(np.sqrt((_middle(complexes) ** 2).mean(axis=1)))
        for first in range(0, len(complexes), AT_ONCE):
            part = complexes[first : first + AT_ONCE]
            shifts = _all_shifted(part)
            for one, own, power in zip(part, 2.0 * shifts, (shifts**2).sum(axis=2)[..., None], strict=True):
                self._join(one, own, power)

    def _join(self, one: Floats, twice: Floats, power: Floats) -> None:
        """Add one complex with all its shifts (shift, lead x sample), times two, and their power (shift, 1)."""
        count = len(self._templates)
        nearest, found, moved = count, 0.0, SHIFT
        if count:
            theirs = self._powers[:count]
            distance = power + theirs - twice @ self._flat[:count].T
            distance /= np.maximum(np.maximum(power, theirs), 1e-12)
            best = distance.min(axis=0)
            nearest = int(best.argmin())
            found, moved = float(best[nearest]), int(distance[:, nearest].argmin())
        if not count or (found > self._same and count < MOST_CLUSTERS):
            self._templates.append(one.copy())
            self._counts.append(0)
            nearest, found, moved = count, 0.0, SHIFT
            if not count:
                self._flat = np.zeros((MOST_CLUSTERS, twice.shape[1]))
        self._cluster.append(nearest)
        self._distance.append(found)
        self._counts[nearest] += 1
        if found <= self._same:
            template = self._templates[nearest]
            template += max(1.0 / self._counts[nearest], LEARN) * (_rolled(one, SHIFT - moved) - template)
            own = _middle(template)
            self._flat[nearest], self._powers[nearest] = own, (own**2).sum()

    def result(self) -> Shapes:
        """Return the clusters, the commonest first."""
        counts = np.array(self._counts, dtype=np.int64)
        order = np.argsort(-counts, kind="stable")
        rank = np.empty(order.size, dtype=np.int64)
        rank[order] = np.arange(order.size)
        return Shapes(
            cluster=rank[np.array(self._cluster, dtype=np.int64)],
            templates=np.array(self._templates)[order] if self._templates else np.zeros((0, 0, 0)),
            counts=counts[order],
            distance=np.array(self._distance),
            size_mv=np.array(self._size),
            width_s=np.concatenate(self._width) if self._width else np.zeros(0),
        )


def _rolled(one: Floats, by: int) -> Floats:
    """Return what `np.roll` does along the samples (lead, sample), which takes many times as long for so few."""
    return np.concatenate([one[:, -by:], one[:, :-by]], axis=1) if by else one


def durations(complexes: Floats) -> Floats:
    """Return how long each complex (beat, lead, sample) lasts in s, by the speed of its vector over the leads.

    From the first to the last moment at which the speed exceeds a fifth of its largest: shorter than what a reader
    measures, but in proportion.
    """
    speed = np.sqrt((np.diff(complexes, axis=2) ** 2).sum(axis=1))
    middle = round(BEFORE_S * RATE_HZ) + SHIFT
    near = speed[:, middle - round(0.1 * RATE_HZ) : middle + round(0.12 * RATE_HZ)]
    fast = near >= 0.2 * near.max(axis=1, keepdims=True)
    first, last = fast.argmax(axis=1), near.shape[1] - 1 - fast[:, ::-1].argmax(axis=1)
    return np.asarray((last - first + 1) / RATE_HZ)
