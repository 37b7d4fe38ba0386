"""Where nothing was recorded: what the file itself calls a gap, and stretches in which every ECG lead is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.record import MISSING, Channel, Gap, Lead, Record

SHORTEST_S = 0.2
"""Shorter stretches without samples are no gap: they hide no whole wave, though an RR over them counts for nothing."""
CHUNK_S = 300.0
"""Signals are looked through in pieces of this length: a day needs no more memory than five minutes."""
_TOUCH_S = 1e-6
"""Stretches nearer than this touch: rounding of times."""

Span = tuple[float, float]


def missing_everywhere(record: Record, start_s: float, end_s: float) -> tuple[Gap, ...]:
    """Return the stretches between two times, however short, in which no ECG lead has a sample; ascending."""
    channels = {id(c): c for name, lead in record.traces.items() if name != "-aVR" for c, _ in lead.terms}
    found: list[Span] | None = None
    for channel in channels.values():
        spans = _missing(channel, start_s, end_s)
        found = spans if found is None else common_spans(found, spans)
        if not found:
            break
    told = [(max(gap.start_s, start_s), min(gap.end_s, end_s)) for gap in record.gaps]
    return tuple(Gap(low, high) for low, high in union_of([*(found or []), *(s for s in told if s[0] < s[1])]))


def long_gaps(missing: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the stretches that are long enough to be called gaps."""
    return tuple(gap for gap in missing if gap.end_s - gap.start_s >= SHORTEST_S - _TOUCH_S)


def recorded_stretches(gaps: Sequence[Gap], start_s: float, end_s: float) -> tuple[Span, ...]:
    """Return what lies between the gaps (ascending) from `start_s` to `end_s`."""
    edge, out = start_s, []
    for gap in gaps:
        if gap.start_s > edge:
            out.append((edge, min(gap.start_s, end_s)))
        edge = max(edge, gap.end_s)
    if edge < end_s:
        out.append((edge, end_s))
    return tuple((low, high) for low, high in out if high > low)


def missing_in(lead: Lead, start_s: float, end_s: float) -> list[Span]:
    """Return the stretches without a sample of one lead, gaps of the whole record included; ascending."""
    return union_of([span for channel, _ in lead.terms for span in _missing(channel, start_s, end_s)])


def _missing(channel: Channel, start_s: float, end_s: float) -> list[Span]:
    rate_hz, total = channel.rate_hz, len(channel.samples)
    first, stop = (max(int(np.ceil(time_s * rate_hz - 1e-6)), 0) for time_s in (start_s, end_s))
    spans: list[Span] = []
    size = max(round(CHUNK_S * rate_hz), 1)
    for low in range(first, min(stop, total), size):
        high = min(low + size, stop, total)
        spans += [((low + a) / rate_hz, (low + b) / rate_hz) for a, b in _runs(_absent(channel.counts(low, high)))]
    if total < stop:
        spans.append((max(total, first) / rate_hz, end_s))
    return union_of((max(low, start_s), min(high, end_s)) for low, high in spans)


def _absent(counts: NDArray[np.generic]) -> NDArray[np.bool_]:
    return ~np.isfinite(counts) if np.issubdtype(counts.dtype, np.floating) else np.asarray(counts == MISSING)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (begin, stop) of the stretches that are true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def common_spans(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return what two ascending lists of spans have in common."""
    out, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        low, high = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if high > low:
            out.append((low, high))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return out


def union_of(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that touch as one."""
    out: list[Span] = []
    for low, high in sorted(spans):
        if out and low <= out[-1][1] + _TOUCH_S:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        elif high > low:
            out.append((low, high))
    return out
