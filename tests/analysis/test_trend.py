"""The trend of made-up rhythms whose truth is known."""

import numpy as np
import pytest

from cardio_desktop.analysis.trend import heart_rate_trend
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap


def beats_at(times_s, kinds="normal"):
    kinds = [kinds] * len(times_s) if isinstance(kinds, str) else kinds
    return [Beat(float(t), kind) for t, kind in zip(times_s, kinds, strict=True)]


def rhythm(kinds: str, rr_s=0.8, early_s=0.5, late_s=1.1):
    """Beats N, V, S: those that are no N come early, and after V there is a pause."""
    times, now = [], 0.0
    for k, kind in enumerate(kinds):
        before = kinds[k - 1] if k else "N"
        now += early_s if kind in "VS" else late_s if before == "V" else rr_s
        times.append(now)
    names = {"N": "normal", "V": "ventricular", "S": "supraventricular"}
    return beats_at(times, [names[kind] for kind in kinds])


def test_the_rate_of_each_minute_is_that_of_its_beats():
    times = np.concatenate([np.arange(0.0, 60.0, 1.0), np.arange(60.0, 120.0, 0.5)])
    trend = heart_rate_trend(beats_at(times), 0.0, 180.0)
    np.testing.assert_allclose(trend.rate_bpm[:2], [60.0, 120.0])
    assert np.isnan(trend.rate_bpm[2])
    assert trend.beats.tolist() == [60, 120, 0]
    assert trend.times_s.tolist() == [30.0, 90.0, 150.0]


def test_shares_of_ectopic_beats():
    trend = heart_rate_trend(rhythm("NNSNNVNNNN"), 0.0, 60.0)
    assert trend.ectopic[0] == pytest.approx(0.2)
    assert trend.ventricular[0] == pytest.approx(0.1)


def test_a_gap_is_no_slow_beat():
    times = [0.0, 1.0, 2.0, 9.0, 10.0, 11.0]
    trend = heart_rate_trend(beats_at(times), 0.0, 60.0, [Gap(2.5, 8.5)])
    assert trend.slowest_bpm[0] == pytest.approx(60.0)
