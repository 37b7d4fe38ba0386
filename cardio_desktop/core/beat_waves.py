"""Which delineated waves belong to which beat."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cardio_desktop.core.findings import Beat, Wave

GLOBAL = "global"
QRS_REACH_S = 0.15
"""How far a beat's time may lie from its QRS: the R peak of one lead may lie at the edge of another lead's complex."""
LONGEST_PR_S = 0.6


@dataclass(frozen=True)
class BeatWaves:
    """P, QRS and T of one beat in one lead, or of all leads together; None where there is none."""

    p: Wave | None = None
    qrs: Wave | None = None
    t: Wave | None = None

    def spans(self) -> dict[str, tuple[float, float]]:
        """Return the times (start, end) of P, QRS, ST and T that are known; they do not overlap."""
        out = {}
        if self.p is not None:
            end = self.p.offset_s if self.qrs is None else min(self.p.offset_s, self.qrs.onset_s)
            out["P"] = (self.p.onset_s, end)
        if self.qrs is not None:
            out["QRS"] = (self.qrs.onset_s, self.qrs.offset_s)
        if self.t is not None:
            begin = self.t.onset_s if self.qrs is None else max(self.t.onset_s, self.qrs.offset_s)
            out["T"] = (begin, self.t.offset_s)
            if self.qrs is not None:
                out["ST"] = (self.qrs.offset_s, begin)
        return {name: (start, end) for name, (start, end) in out.items() if end > start}


def waves_of_beats(beats: Sequence[Beat], waves: Sequence[Wave], lead: str = GLOBAL) -> list[BeatWaves]:
    """Return the waves of each beat in one lead: its QRS, the P before and the T after it."""
    own: dict[str, list[Wave]] = {"P": [], "QRS": [], "T": []}
    for wave in waves:
        if wave.lead == lead and wave.wave in own:
            own[wave.wave].append(wave)
    for kind in own.values():
        kind.sort(key=lambda wave: wave.onset_s)
    onsets = {name: [wave.onset_s for wave in kind] for name, kind in own.items()}
    times = [beat.time_s for beat in beats]
    return [_of_beat(k, times, own, onsets) for k in range(len(times))]


def _of_beat(k: int, times: Sequence[float], own: dict[str, list[Wave]], onsets: dict[str, list[float]]) -> BeatWaves:
    time_s = times[k]
    last = times[k - 1] if k else float("-inf")
    following = times[k + 1] if k + 1 < len(times) else float("inf")
    qrs = _nearest(own["QRS"], onsets["QRS"], time_s)
    begin = qrs.onset_s if qrs else time_s
    end = qrs.offset_s if qrs else time_s
    place = bisect_left(onsets["P"], begin)
    p = own["P"][place - 1] if place else None
    if p is not None and (p.onset_s <= last or begin - p.onset_s > LONGEST_PR_S):
        p = None
    place = bisect_right(onsets["T"], end - 0.02)
    t = own["T"][place] if place < len(own["T"]) else None
    if t is not None and t.onset_s >= following:
        t = None
    return BeatWaves(p, qrs, t)


def _nearest(waves: Sequence[Wave], onsets_s: Sequence[float], time_s: float) -> Wave | None:
    """Return the QRS that holds a time, or the nearest within reach of it."""
    place = bisect_left(onsets_s, time_s)
    near = waves[max(place - 1, 0) : place + 1]

    def away(wave: Wave) -> float:
        return max(wave.onset_s - time_s, time_s - wave.offset_s, 0.0)

    best = min(near, key=away, default=None)
    return best if best is not None and away(best) <= QRS_REACH_S else None
