"""The median of the beats of the dominant shape: less noise, and one place to measure voltages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cardio_desktop.analysis.medians import median

Floats = NDArray[np.float64]

LEAST_HZ = 500.0
"""The median beat is made at this rate at least: at 100 Hz R peaks that fall between samples would be cut off."""
ALIKE = 0.90
"""Correlation over QRS with the first median that a beat needs to count; chosen: an ectopic beat falls below it."""
MOST_BEATS = 200
"""With 0.02 mV of noise the median of 200 beats errs by 2 microvolt (1.25 sigma / root n): more cost only time."""
SHIFT_S = 0.020
"""How far a beat is moved to fit the others best: more than the detector errs."""
QRS_HALF_S = 0.10
"""Half of the stretch that is compared: the widest QRS fits."""
BASELINE_S = (0.020, 0.004)
"""The PR baseline is what a lead shows between these times before the onset of QRS."""


@dataclass(frozen=True, eq=False)
class Stack:
    """Beats cut out and aligned: (beat, lead, sample) in mV against the PR baseline, and which beats they were."""

    samples_mv: Floats
    rate_hz: float
    zero: int
    beats: tuple[int, ...]
    centres_s: tuple[float, ...]

    def median(self) -> NDArray[np.float32]:
        """Return (lead, sample); NaN where no beat has a sample."""
        if not np.isnan(self.samples_mv).any():
            return median(self.samples_mv, axis=0).astype(np.float32)
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a lead without any sample stays NaN
            return np.nanmedian(self.samples_mv, axis=0).astype(np.float32)


def fine_grid(leads_mv: Floats, rate_hz: float) -> tuple[Floats, float]:
    """Return the leads on a time base of at least 500 Hz: slow recordings are interpolated between their samples."""
    factor = int(np.ceil(LEAST_HZ / rate_hz - 1e-9))
    if factor <= 1:
        return leads_mv, rate_hz
    from scipy.signal import resample_poly

    known = np.isfinite(leads_mv)
    filled = np.where(known, leads_mv, 0.0)
    fine = resample_poly(filled, factor, 1, axis=1, padtype="line")
    if not known.all():
        fine[~np.repeat(known, factor, axis=1)[:, : fine.shape[1]]] = np.nan
    return np.asarray(fine), rate_hz * factor


def window_s(rr_s: float) -> tuple[float, float]:
    """Return how far a beat is shown before and after its R peak at the usual RR interval."""
    return min(0.50, 0.60 * rr_s), min(0.75, 0.85 * rr_s)


def dominant_stack(
    leads_mv: Floats,
    rate_hz: float,
    beats_s: Sequence[float],
    onsets_s: ArrayLike,
    candidates: Sequence[int],
) -> Stack | None:
    """Return the beats of the commonest shape, aligned by the correlation of their QRS complexes over all leads.

    `leads_mv` (lead, n) begins at 0 s, `onsets_s` is the onset of QRS of each beat, `candidates` are the beats among
    which to look (such as those of one shape cluster). None where no beat lies wholly inside.
    """
    beats, onsets = np.asarray(beats_s, dtype=np.float64), np.asarray(onsets_s, dtype=np.float64)
    rr_s = float(np.median(np.diff(beats))) if beats.size > 1 else 0.8
    before, after = (round(side * rate_hz) for side in window_s(rr_s))
    n, shift = leads_mv.shape[1], round(SHIFT_S * rate_hz)
    inside = [k for k in candidates if before + shift <= round(beats[k] * rate_hz) < n - after - shift - 1]
    if not inside:
        return None
    chosen = (
        inside
        if len(inside) <= MOST_BEATS
        else [inside[i] for i in np.linspace(0, len(inside) - 1, MOST_BEATS).astype(int)]
    )
    centres = np.round(beats[chosen] * rate_hz).astype(int)
    half = round(QRS_HALF_S * rate_hz)
    # Two rounds: the first template is the middle of unaligned beats, the second that of those that agree with it.
    keep = np.arange(len(chosen))
    for _ in range(2):
        template = _middle(_cut(leads_mv, centres[keep], half, half)) if keep.size else None
        if template is None:
            break
        best, alike = _aligned(leads_mv, centres, template, half, shift)
        centres = centres + best
        good = np.flatnonzero(alike >= ALIKE)
        keep = good if good.size else np.array([int(alike.argmax())])
    samples = _cut(leads_mv, centres[keep], before, after).astype(np.float64)
    lag = centres[keep] / rate_hz - beats[np.asarray(chosen)[keep]]
    onset = float(np.median(onsets[np.asarray(chosen)[keep]] - beats[np.asarray(chosen)[keep]] - lag))
    low, high = (before + round((onset - side) * rate_hz) for side in BASELINE_S)
    low, high = max(low, 0), max(high, max(low, 0) + 1)
    samples -= _mean(samples[:, :, low:high])[:, :, None]
    numbers = tuple(int(chosen[k]) for k in keep)
    return Stack(samples, rate_hz, before, numbers, tuple(float(c / rate_hz) for c in centres[keep]))


def _middle(beats: Floats) -> Floats:
    """Return the median over beats, 0 where there is no sample."""
    if np.isfinite(beats).all():
        return median(beats, axis=0)
    known = np.isfinite(beats).any(axis=0)
    return np.asarray(np.nanmedian(np.where(known, beats, 0.0), axis=0))


def _mean(part: Floats) -> Floats:
    known = np.isfinite(part)
    return np.asarray(np.where(known, part, 0.0).sum(axis=2) / np.where(known.any(axis=2), known.sum(axis=2), np.nan))


def _cut(leads_mv: Floats, centres: NDArray[np.int64], before: int, after: int) -> Floats:
    """Return (beat, lead, sample) around the centres."""
    places = centres[:, None] + np.arange(-before, after + 1)
    return np.asarray(leads_mv[:, places].transpose(1, 0, 2))


def _aligned(
    leads_mv: Floats, centres: NDArray[np.int64], template: Floats, half: int, shift: int
) -> tuple[NDArray[np.int64], Floats]:
    """Return for each beat the shift in samples at which it is most like the template, and how alike it then is."""
    wide = np.nan_to_num(_cut(leads_mv, centres, half + shift, half + shift))
    ideal = template - template.mean(axis=1, keepdims=True)
    norm = np.sqrt((ideal**2).sum()) + 1e-12
    width = template.shape[1]
    # The template has no mean, so that of the beat drops out of their product; its power is taken off the sum of
    # squares. A lead's own mean first, else an offset of many millivolts would leave nothing of the difference.
    wide = wide - wide.mean(axis=2, keepdims=True)
    parts = np.lib.stride_tricks.sliding_window_view(wide, width, axis=2)
    product = np.zeros((len(centres), 2 * shift + 1))
    for lead, row in enumerate(ideal):
        product += parts[:, lead] @ row
    sums, squares = (
        running[:, :, width:] - running[:, :, :-width]
        for running in (np.cumsum(np.pad(x, ((0, 0), (0, 0), (1, 0))), axis=2) for x in (wide, wide**2))
    )
    power = np.maximum((squares - sums**2 / width).sum(axis=1), 0.0)
    scores = product / (norm * np.sqrt(power) + 1e-12)
    best = scores.argmax(axis=1)
    return best - shift, scores[np.arange(len(centres)), best]
