"""Events of made-up rhythms whose truth is known."""

import numpy as np
import pytest

from cardio_desktop.analysis.beat_events import beat_events, pattern
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


def codes(kinds):
    return [event.code for event in beat_events(rhythm(kinds))]


def test_a_gap_is_no_pause():
    times = [0.0, 1.0, 2.0, 8.0, 9.0, 10.0]
    assert [event.code for event in beat_events(beats_at(times))] == ["ASYSTOLE"]
    assert beat_events(beats_at(times), [Gap(2.5, 7.5)]) == ()


def test_pauses_have_their_length():
    (pause,) = beat_events(beats_at([0.0, 0.9, 3.4, 4.3]))
    assert (pause.code, pause.start_s, pause.end_s) == ("PAUSE", 0.9, 3.4)
    assert pause.values["length_s"] == pytest.approx(2.5)
    assert pause.critical
    assert beat_events(beats_at([0.0, 0.9, 2.88, 4.3])) == ()
    assert [e.code for e in beat_events(beats_at([0.0, 1.0, 3.0, 4.0]))] == ["PAUSE"]


def test_couplets_runs_and_patterns_are_told_apart():
    assert codes("NNNVNNNN") == []
    assert codes("NNNVVNNNN") == ["COUPLET"]
    (run,) = beat_events(rhythm("NNNVVVVNNN"))
    assert run.code == "VT"
    assert run.values["beats"] == 4
    assert run.values["rate_bpm"] == pytest.approx(120.0)
    assert [e.code for e in beat_events(rhythm("NNNVVVVNNN"), proven=False)] == ["WCT"]
    assert [e.code for e in beat_events(rhythm("NNNVVVVNNN", early_s=0.7))] == ["VE_RUN"]
    assert codes("NNNSSSNNN") == ["SVE_RUN"]
    (two,) = beat_events(rhythm("NNNVNVNVNNN"))
    assert (two.code, two.values["ventricular"]) == ("BIGEMINY", 1.0)
    assert [e.code for e in beat_events(rhythm("NNVNNVNNVNN"))] == ["TRIGEMINY"]
    assert pattern(["normal", "ventricular"] * 2, 2) == []


def test_fast_and_slow_stretches():
    times = np.concatenate([np.arange(0.0, 10.0, 0.8), 10.0 + np.arange(0.0, 10.0, 0.4), 20.0 + np.arange(0, 30, 1.8)])
    events = beat_events(beats_at(times))
    assert [e.code for e in events] == ["TACHY", "BRADY"]
    assert events[0].values["rate_bpm"] == pytest.approx(150.0)
    assert events[1].values["rate_bpm"] == pytest.approx(60 / 1.8)
    assert 8.0 < events[0].start_s < 12.0


def test_a_rate_that_wavers_about_the_limit_is_one_stretch():
    rng = np.random.default_rng(4)
    times = np.cumsum(60.0 / (150.0 + 2.0 * np.sin(np.arange(60) / 4.0)) + rng.normal(0.0, 0.002, 60))
    (event,) = beat_events(beats_at(times))
    assert event.code == "TACHY"
    assert event.length_s > 0.8 * (times[-1] - times[0])
    assert beat_events(beats_at(np.cumsum(np.full(40, 60.0 / 147.0)))) == ()


def test_a_short_record_has_a_rate_too():
    assert [e.code for e in beat_events(beats_at(0.5 + 1.7 * np.arange(6)))] == ["BRADY"]


def test_flutter_is_an_event_and_no_pause():
    events = beat_events(beats_at([0.0, 1.0, 2.0, 12.0, 13.0]), flutter_s=[(2.5, 11.5)])
    assert [(e.code, e.start_s, e.end_s) for e in events] == [("VF", 2.5, 11.5)]
