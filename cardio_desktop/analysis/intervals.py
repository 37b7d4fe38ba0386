"""Intervals from beats: heart rate and RR statistics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cardio_desktop.core.findings import Beat, Measurements, RRIntervals
from cardio_desktop.core.record import Gap

NOT_YET = "not yet measured"
PENDING = ("p_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "p_axis_deg", "qrs_axis_deg", "t_axis_deg", "leads")
TRIM = 0.1


def measure(beats: Sequence[Beat], gaps: Sequence[Gap] = ()) -> Measurements:
    """Measure heart rate and RR intervals.

    The rate belongs to the mean RR without its longest and shortest tenth, so that one ectopic beat, pause or missed
    beat does not move it. `rr_ms` counts every interval, except those over a gap in the recording: a beat may lie in
    it, however short it is.
    """
    times_s = np.array([beat.time_s for beat in beats], dtype=np.float64)
    rr_ms = np.diff(times_s) * 1000.0
    kept = np.ones(rr_ms.size, dtype=bool)
    for gap in gaps:
        kept &= ~((times_s[:-1] < gap.end_s) & (times_s[1:] > gap.start_s))
    rr_ms = rr_ms[kept]
    not_measured = dict.fromkeys(PENDING, NOT_YET)
    if rr_ms.size == 0:
        reason = "fewer than two beats in a row were found"
        return Measurements(not_measured={"heart_rate_bpm": reason, "rr_ms": reason, **not_measured})
    cut = int(TRIM * rr_ms.size)
    usual_ms = float(np.sort(rr_ms)[cut : rr_ms.size - cut].mean())
    return Measurements(
        heart_rate_bpm=60_000.0 / usual_ms,
        rr_ms=RRIntervals(float(rr_ms.mean()), float(rr_ms.std()), float(rr_ms.min()), float(rr_ms.max())),
        not_measured=not_measured,
    )
