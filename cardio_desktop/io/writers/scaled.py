"""Channels as whole counts with a positive scale: what every format stores, whatever a record was read from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.record import MISSING, Channel, Record

CHUNK = 1 << 18
"""Samples that are held at once."""
MOST_DECIMALS = 6
_WIDEST_BITS = 24
"""Of counts made from values that are no counts: finer than any converter."""
_SAME = 1e-4
"""How far, in steps, values may be off a whole number to be taken for one: single floats keep seven digits."""


@dataclass(frozen=True, eq=False)
class Scaled:
    """A channel as whole counts: value = (count - baseline) / counts_per_unit, `counts_per_unit` > 0.

    A count is (the channel's own count x `factor` - `shift`), rounded where the factor is no whole number. `low` and
    `high` are the smallest and the largest; both are 0 where there is no sample at all.
    """

    channel: Channel
    counts_per_unit: float
    baseline: float
    factor: float
    shift: int
    low: int
    high: int

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.channel.samples)

    @property
    def rate(self) -> Fraction:
        """The rate in Hz as an exact number."""
        return Fraction(self.channel.rate_hz).limit_denominator(10_000)

    def counts(self, start: int = 0, stop: int | None = None) -> NDArray[np.int64]:
        """Return counts, `MISSING` where there is no sample; places behind the last sample are missing."""
        stop = len(self) if stop is None else stop
        out = np.full(max(stop - start, 0), MISSING, dtype=np.int64)
        own = self.channel.counts(start, min(stop, len(self)))
        held = np.isfinite(own) if np.issubdtype(own.dtype, np.floating) else own != MISSING
        out[: len(own)][held] = np.rint(own[held] * self.factor).astype(np.int64) - self.shift
        return out

    def fits(self, bits: int) -> bool:
        """Return whether all counts go into signed numbers of so many bits, the lowest of them left free."""
        top: int = 2 ** (bits - 1)
        return -top < self.low and self.high < top

    def within(self, bits: int) -> Scaled:
        """Return the channel moved, and made coarser where it must be, so that its counts fit."""
        if self.fits(bits):
            return self
        room = 2**bits - 4  # two to spare for rounding
        step = -(-(self.high - self.low) // room)
        factor = self.factor / step
        middle = round((self.low + self.high + 2 * self.shift) / 2 / step)
        low, high = (round((edge + self.shift) / step) - middle for edge in (self.low, self.high))
        whole = (self.baseline + self.shift) / step - middle
        return Scaled(self.channel, self.counts_per_unit / step, whole, factor, middle, low, high)


def scaled(record: Record) -> tuple[Scaled, ...]:
    """Return all channels of a record as whole counts."""
    return tuple(_scaled(channel) for channel in record.channels)


def _scaled(channel: Channel) -> Scaled:
    sign = -1.0 if channel.counts_per_unit < 0 else 1.0
    factor = sign * _factor(channel)
    low, high = math.inf, -math.inf
    for _, own in chunks(channel):
        values = own[np.isfinite(own)] if np.issubdtype(own.dtype, np.floating) else own[own != MISSING]
        if len(values):
            ends = np.rint(np.array([values.min(), values.max()], dtype=np.float64) * factor)
            low, high = min(low, *ends), max(high, *ends)
    low, high = (low, high) if low <= high else (0.0, 0.0)
    return Scaled(
        channel, channel.counts_per_unit * factor, channel.baseline * factor, factor, 0, int(low), int(high)
    )  # fmt: skip


def _factor(channel: Channel) -> float:
    """Return what makes the channel's own counts whole: 1, a power of ten, or as much as 24 bits hold."""
    largest, decimals = 0.0, 0
    for _, own in chunks(channel):
        if not np.issubdtype(own.dtype, np.floating):
            return 1.0
        values = own[np.isfinite(own)]
        if len(values):
            largest = max(largest, float(np.abs(values).max()))
        while decimals <= MOST_DECIMALS and not _whole(values * 10.0**decimals):
            decimals += 1
    if decimals <= MOST_DECIMALS and largest * 10.0**decimals < 2 ** (_WIDEST_BITS - 1):
        return 10.0**decimals
    return 10.0 ** math.floor(math.log10((2 ** (_WIDEST_BITS - 1) - 1) / largest)) if largest else 1.0


def _whole(values: NDArray[np.float64]) -> bool:
    return bool((np.abs(values - np.rint(values)) <= _SAME).all())


def chunks(channel: Channel) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield a channel's own counts piece by piece, with the number of the first."""
    for start in range(0, len(channel.samples), CHUNK):
        yield start, channel.counts(start, min(start + CHUNK, len(channel.samples)))


def frame_rate(channels: Sequence[Scaled]) -> Fraction:
    """Return the rate of which all channels' rates are whole multiples."""
    rate = channels[0].rate
    for channel in channels[1:]:
        rate = Fraction(
            math.gcd(rate.numerator * channel.rate.denominator, channel.rate.numerator * rate.denominator),
            rate.denominator * channel.rate.denominator,
        )
    return rate


def frames_of(channels: Sequence[Scaled], rate: Fraction) -> int:
    """Return how many frames hold all samples of all channels."""
    return max(-(-len(c) // int(c.rate / rate)) for c in channels)


Runs = tuple[tuple[int, int], ...]


def present_runs(channels: Sequence[Scaled], rate: Fraction, frames: int) -> Runs:
    """Return the stretches of frames (first, one after the last) in which every channel has all its samples."""
    runs: list[tuple[int, int]] = []
    per_frame = [int(c.rate / rate) for c in channels]
    step = max(CHUNK // sum(per_frame), 1)
    for start in range(0, frames, step):
        stop = min(start + step, frames)
        held = np.ones(stop - start, dtype=bool)
        for channel, n in zip(channels, per_frame, strict=True):
            held &= (channel.counts(start * n, stop * n).reshape(-1, n) != MISSING).all(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(np.int8)))
        for first, last in edges.reshape(-1, 2) + start:
            if runs and runs[-1][1] == first:
                runs[-1] = (runs[-1][0], int(last))
            else:
                runs.append((int(first), int(last)))
    return tuple(runs)


def decimal(value: float, digits: int = 12) -> str:
    """Return a number as shortly as `digits` digits allow, without an exponent."""
    text = f"{value:.{digits}g}"
    if "e" in text:
        text = f"{value:.{max(digits - 1 - math.floor(math.log10(abs(value))), 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
