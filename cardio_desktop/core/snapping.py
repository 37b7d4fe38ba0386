"""Where a caliper's end jumps to: the wave or beat nearby, else the nearest sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import Beat, Findings


def landmarks_s(findings: Findings | None, beats: tuple[Beat, ...], lead: str) -> NDArray[np.float64]:
    """Return, in order, the times in s at which a wave of the lead begins, peaks or ends, and of beats."""
    times = [beat.time_s for beat in beats]
    for wave in findings.waves if findings is not None else ():
        if wave.lead in (lead, "global"):
            times += [wave.onset_s, wave.offset_s]
            if wave.peak_s is not None:
                times.append(wave.peak_s)
    return np.unique(np.array(times, dtype=np.float64))


def nearest_s(landmarks: NDArray[np.float64], time_s: float, reach_s: float) -> float | None:
    """Return the landmark nearest to `time_s`, None if none lies within `reach_s`."""
    place = int(np.searchsorted(landmarks, time_s))
    near = landmarks[max(place - 1, 0) : place + 1]
    if near.size == 0:
        return None
    best = float(near[np.argmin(np.abs(near - time_s))])
    return best if abs(best - time_s) <= reach_s else None


def sample_s(time_s: float, rate_hz: float) -> float:
    """Return the time of the sample nearest to `time_s`."""
    return round(time_s * rate_hz) / rate_hz
