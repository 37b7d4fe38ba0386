"""Copies of records in which known cells were changed: what the evidence of all other cells must not notice.

Four kinds. Whole leads blank. Short runs of cells flat at their lead's median. Single stretches altered as the body
might: a wave flattened or moved, a stretch taken from another beat, a bump put on. And one wave of every beat flat, or
exchanged for that of another record. Of a cell that was not touched the evidence must stay, that of a blank or flat
cell must go; of a cell that was altered nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from cardio_desktop.training.network import LEADS

Floats = NDArray[np.float32]
WAVES = ((-28, -8), (-8, 8), (8, 20), (15, 45))
"""P wave, QRS, ST segment and T wave, in samples of 10 ms from the steepest point of a QRS: generous spans, since they
need hold a wave, not measure it."""
PARTS_OF_QRS = ((-7, -2), (-3, 2), (1, 7))
"""The beginning, middle and end of a QRS, likewise: a Q wave must be told from the R that follows in the next bin."""
LONGEST_STRETCH = 24
"""Samples of the longest stretch altered at random: three bins of 80 ms."""
REFRACTORY = 30
"""Samples of 10 ms between two QRS at least: 200 beats a minute."""
BEAT_SHARE = 0.4
"""A QRS is as steep as this share of the record's steepest one at least: beats that are missed only go unchanged."""
RUN_SHARES = (0.45, 0.3, 0.1, 0.05, 0.05, 0.05)
"""How often a hidden run has one, two, ... bins where its longest is short: mostly one or two."""


@dataclass(frozen=True)
class Copies:
    """Changed copies of the first records of a batch."""

    ecg_mv: Tensor
    """(copy, lead, time)."""
    keep: Tensor
    """(copy, lead, bin): 0 where a cell is blank or flat, else 1."""
    known: Tensor
    """(copy, lead, bin): 0 where a cell was altered, so that its evidence may be anything, else 1."""
    labelled: int
    """How many, the first ones, are still what their record's labels say; a bump may be a sign of disease."""


def kept_cells(records: int, bins: int, rng: np.random.Generator, longest: int = 6) -> NDArray[np.bool_]:
    """Return (record, lead, bin) masks of the cells kept.

    Every other record loses whole leads (mostly one to three, sometimes half), the others about a quarter of their
    cells in runs of one to six bins, a third of those runs in all leads at once. With `longest` below six the runs are
    mostly of one or two bins.
    """
    keep = np.ones((records, LEADS, bins), dtype=bool)
    dropped = rng.choice([1, 2, 3, 6], records, p=[0.5, 0.2, 0.2, 0.1])
    order = rng.random((records, LEADS)).argsort(axis=1)
    keep[::2] &= (order >= dropped[:, None])[::2, :, None]
    shares = np.array(RUN_SHARES[:longest])
    for record in keep[1::2]:
        for lead in range(LEADS):
            for _ in range(max(1, bins // (25 if longest >= 6 else 12))):
                start = rng.integers(0, bins)
                length = rng.integers(1, 7) if longest >= 6 else 1 + rng.choice(longest, p=shares / shares.sum())
                leads = slice(None) if rng.random() < 0.03 else lead
                record[leads, start : start + length] = False
    return keep


def hide(ecg_mv: Tensor, keep: Tensor, stride: int) -> Tensor:
    """Return (record, lead, time) with a whole lead blank, or single cells flat at their lead's median."""
    held = keep.repeat_interleave(stride, 2).bool()
    level = ecg_mv.median(2, keepdim=True).values * keep.any(2, keepdim=True)
    return torch.where(held, ecg_mv, level)


def steepest(ecg_mv: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return a sample (record,) within a QRS of each record (record, lead, time): the steepest of some 1.5 s."""
    slope = np.abs(np.diff(ecg_mv, axis=2)).sum(axis=1)  # (record, time - 1)
    span = min(150, slope.shape[1])
    starts = rng.integers(0, slope.shape[1] - span + 1, len(slope))
    window = starts[:, None] + np.arange(span)
    return starts + np.take_along_axis(slope, window, axis=1).argmax(axis=1)


def altered(ecg_mv: Floats, rng: np.random.Generator) -> tuple[Floats, NDArray[np.bool_]]:
    """Return a copy of (record, lead, time) with one to three stretches of each record altered, and where (same shape).

    Half of the stretches are waves of a beat or parts of its QRS, half lie anywhere; each in one to twelve leads.
    """
    stretches = (*WAVES, *PARTS_OF_QRS)
    result = ecg_mv.copy()
    touched = np.zeros(ecg_mv.shape, dtype=bool)
    samples = ecg_mv.shape[2]
    for _ in range(3):
        peaks = steepest(ecg_mv, rng)
        for row, peak in enumerate(peaks):
            if rng.random() < 0.5:
                first, last = (peak + edge for edge in stretches[rng.integers(len(stretches))])
            else:
                first = rng.integers(0, samples)
                last = first + rng.integers(4, LONGEST_STRETCH + 1)
            first, last = max(int(first), 0), min(int(last), samples)
            if last - first < 3:
                continue
            leads = rng.permutation(LEADS)[: rng.choice([1, 3, 6, LEADS], p=[0.4, 0.3, 0.2, 0.1])]
            result[row, leads, first:last] = _alter(result[row][leads], first, last, rng)
            touched[row, leads, first:last] = True
    return result, touched


def _alter(ecg_mv: Floats, first: int, last: int, rng: np.random.Generator) -> Floats:
    """Return the samples `first` to `last` of some leads (lead, time) in another shape, joined to what stands beside.

    The shape is nothing at all, that of a stretch a little earlier or later, that of any other time, or a bump more.
    """
    length = last - first
    now = ecg_mv[:, first:last]
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    line = now[:, :1] * (1 - ramp) + now[:, -1:] * ramp
    kind = rng.integers(4)
    if kind == 0:
        return np.asarray(line, dtype=np.float32)
    if kind == 3:
        size = rng.normal(0, 0.3, (len(now), 1)) + np.float32(rng.choice([-0.2, 0.2]))
        bell = np.sin(np.pi * (np.arange(length) + 0.5) / length) ** rng.choice([0.3, 1, 2])
        return np.asarray(now + size * bell, dtype=np.float32)
    most = ecg_mv.shape[1] - length
    move = rng.integers(2, 9) * rng.choice([-1, 1]) if kind == 1 else rng.integers(-most, most + 1)
    start = int(np.clip(first + move, 0, most))
    return _joined(now, ecg_mv[:, start : start + length])


def beats_of(ecg_mv: Floats) -> list[int]:
    """Return a sample within each QRS of one record (lead, time), the steepest QRS first."""
    slope = np.abs(np.diff(ecg_mv, axis=1)).sum(axis=0)
    least = BEAT_SHARE * slope.max()
    peaks: list[int] = []
    for place in np.argsort(-slope):
        if slope[place] < least or slope[place] == 0:
            break
        if all(abs(place - peak) >= REFRACTORY for peak in peaks):
            peaks.append(int(place))
    return peaks


def waves_changed(ecg_mv: Floats, rng: np.random.Generator) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return a copy of (record, lead, time) with one wave of every beat changed, where it is flat, and where other.

    In a third of the records the wave is flat at its lead's median, in the others it has the shape that it has in
    another record, joined to what stands beside; in one to twelve leads.
    """
    result = ecg_mv.copy()
    flat, other = np.zeros(ecg_mv.shape, dtype=bool), np.zeros(ecg_mv.shape, dtype=bool)
    samples = ecg_mv.shape[2]
    beats = [beats_of(record) for record in ecg_mv]
    for row, peaks in enumerate(beats):
        wave = WAVES[rng.integers(len(WAVES))]
        leads = rng.permutation(LEADS)[: rng.choice([1, 3, 6, LEADS], p=[0.2, 0.2, 0.2, 0.4])]
        level = rng.random() < 1 / 3
        donor = int(rng.integers(len(ecg_mv)))
        whole = [peak for peak in beats[donor] if peak + wave[0] >= 0 and peak + wave[1] <= samples]
        if not level and (donor == row or not whole):
            continue
        shape = None if level else ecg_mv[donor][leads, whole[0] + wave[0] : whole[0] + wave[1]]
        for peak in peaks:
            first, last = max(peak + wave[0], 0), min(peak + wave[1], samples)
            if last - first < 3:
                continue
            if shape is None:
                result[row, leads, first:last] = np.median(ecg_mv[row, leads], axis=1, keepdims=True)
                flat[row, leads, first:last] = True
            else:
                start = first - peak - wave[0]
                part = shape[:, start : start + last - first]
                result[row, leads, first:last] = _joined(ecg_mv[row, leads, first:last], part)
                other[row, leads, first:last] = True
    return result, flat, other


def _joined(now: Floats, other: Floats) -> Floats:
    """Return the shape of `other` (lead, time) upon the line from the first to the last sample of `now`."""
    ramp = np.linspace(0, 1, now.shape[1], dtype=np.float32)
    line = now[:, :1] * (1 - ramp) + now[:, -1:] * ramp
    return np.asarray(line + other - (other[:, :1] * (1 - ramp) + other[:, -1:] * ramp), dtype=np.float32)


def make_copies(
    ecg_mv: Floats, masked: int, changed: int, stride: int, rng: np.random.Generator, longest: int = 6, waves: int = 0
) -> Copies:
    """Return copies of the first records (record, lead, time).

    First `masked` ones with cells hidden, then `changed` ones with stretches altered, then `waves` ones with one wave
    of every beat changed.
    """
    bins = ecg_mv.shape[2] // stride
    keep = torch.from_numpy(kept_cells(masked, bins, rng, longest).astype(np.float32))
    hidden = hide(torch.from_numpy(ecg_mv[:masked]), keep, stride)
    others, touched = altered(ecg_mv[masked : masked + changed], rng)
    free = touched.reshape(len(others), LEADS, bins, stride).any(axis=3)
    known = torch.from_numpy((~free).astype(np.float32))
    exchanged, flat, new = waves_changed(ecg_mv[masked + changed : masked + changed + waves], rng)
    level = flat.reshape(len(exchanged), LEADS, bins, stride).all(axis=3)
    unsure = (flat | new).reshape((*level.shape, stride)).any(axis=3) & ~level
    return Copies(
        torch.cat([hidden, torch.from_numpy(others), torch.from_numpy(exchanged)]),
        torch.cat([keep, torch.ones_like(known), torch.from_numpy((~level).astype(np.float32))]),
        torch.cat([torch.ones_like(keep), known, torch.from_numpy((~unsure).astype(np.float32))]),
        masked,
    )
