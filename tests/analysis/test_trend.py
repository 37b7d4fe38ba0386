"""Trend and events of made-up rhythms whose truth is known."""

import numpy as np
import pytest

from cardio_desktop.analysis.trend import bigeminy, events_of, heart_rate_trend
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


def test_a_gap_is_neither_a_slow_beat_nor_a_pause():
    times = [0.0, 1.0, 2.0, 9.0, 10.0, 11.0]
    gap = [Gap(2.5, 8.5)]
    assert [event.kind for event in events_of(beats_at(times))] == ["pause"]
    assert events_of(beats_at(times), gap) == ()
    assert heart_rate_trend(beats_at(times), 0.0, 60.0, gap).slowest_bpm[0] == pytest.approx(60.0)


def test_pauses_have_their_length():
    (pause,) = events_of(beats_at([0.0, 0.9, 3.4, 4.3]))
    assert (pause.kind, pause.start_s, pause.end_s, pause.unit) == ("pause", 0.9, 3.4, "s")
    assert pause.value == pytest.approx(2.5)


def test_couplets_runs_and_bigeminy_are_told_apart():
    assert [e.kind for e in events_of(rhythm("NNNVNNNN"))] == []
    assert [e.kind for e in events_of(rhythm("NNNVVNNNN"))] == ["couplet"]
    (run,) = events_of(rhythm("NNNVVVVNNN"))
    assert (run.kind, run.beats) == ("ventricular run", 4)
    assert run.value == pytest.approx(120.0)
    assert [e.kind for e in events_of(rhythm("NNNSSSNNN"))] == ["supraventricular run"]
    (two,) = events_of(rhythm("NNNVNVNVNNN"))
    assert (two.kind, two.beats) == ("bigeminy", 7)
    assert bigeminy(["normal", "ventricular"] * 2) == []


def test_fast_and_slow_stretches():
    times = np.concatenate([np.arange(0.0, 10.0, 0.8), 10.0 + np.arange(0.0, 10.0, 0.4), 20.0 + np.arange(0, 30, 1.8)])
    events = events_of(beats_at(times))
    assert [e.kind for e in events] == ["fast", "slow"]
    assert events[0].value == pytest.approx(150.0)
    assert events[1].value == pytest.approx(60 / 1.8)
    assert 8.0 < events[0].start_s < 12.0


def test_flutter_is_an_event_and_no_pause():
    events = events_of(beats_at([0.0, 1.0, 2.0, 12.0, 13.0]), flutter_s=[(2.5, 11.5)])
    assert [(e.kind, e.start_s, e.end_s) for e in events] == [("ventricular flutter", 2.5, 11.5)]
