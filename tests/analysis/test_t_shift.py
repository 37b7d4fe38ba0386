"""T waves that are known to change for a while, and such that do not."""

from __future__ import annotations

import numpy as np
import pytest

from cardio_desktop.analysis.course import LEAST_BEATS, smoothed, stretches
from cardio_desktop.core.findings import Findings
from cardio_desktop.narrative.consistency import contradictions
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import Noise, simulate_rhythm

NOISY = Noise(white_mv=0.008, wander_mv=0.06, muscle_mv=0.015, mains_mv=0.01)
T_CODES = {"T_INV", "T_FLAT", "T_UP", "T_ALT"}


def changed(findings: Findings) -> list:
    return [event for event in findings.events if event.code in T_CODES]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"scale": -0.9}, "T_INV"),
        ({"scale": 0.05}, "T_FLAT"),
        ({"scale": 2.6}, "T_UP"),
        ({"scale": 0.4, "alternating": True, "end_s": 60.0}, "T_ALT"),
    ],
)
@pytest.mark.parametrize(("rate_hz", "noise"), [(100.0, NOISY), (500.0, Noise())])
def test_a_change_of_t_is_told_with_its_begin_end_and_leads(options, code, rate_hz, noise) -> None:
    truth = simulate_rhythm("t", duration_s=75.0, rate_hz=rate_hz, noise=noise, **options)
    found = analyze(truth.record, None)
    (event,) = changed(found)
    assert event.code == code == truth.events[0].code
    assert event.start_s == pytest.approx(truth.events[0].start_s, abs=4.0)
    assert event.end_s == pytest.approx(truth.events[0].end_s, abs=4.0)
    assert {"II", "V4", "V5"} <= set(event.leads)
    (told,) = [item for item in found.sentences if item.remark.code == "t-episode"]
    assert told.section == "st_t"
    assert "T waves normal" not in " ".join(found.narrative)
    assert ("T wave" in found.sentences[1].text()) or ("T wave" in found.sentences[0].text())
    assert contradictions(found.sentences) == []


@pytest.mark.parametrize("options", [{"scale": 1.0}, {"scale": 0.8}, {"scale": 1.3}])
def test_what_posture_does_to_t_is_no_episode(options) -> None:
    assert changed(analyze(simulate_rhythm("t", duration_s=75.0, noise=NOISY, **options).record, None)) == []


@pytest.mark.parametrize("kind", ["sinus", "af", "ectopy", "wenckebach", "flutter", "paced", "vt"])
def test_other_rhythms_change_no_t(kind: str) -> None:
    assert changed(analyze(simulate_rhythm(kind, duration_s=60.0, rate_hz=250.0, noise=NOISY).record, None)) == []


def test_a_short_record_has_no_episode() -> None:
    truth = simulate_rhythm("t", duration_s=20.0, start_s=5.0, end_s=15.0)
    assert changed(analyze(truth.record, None)) == []


def test_a_stretch_ends_where_beats_are_missing_for_long() -> None:
    times = np.concatenate([np.arange(0.0, 30.0), np.arange(60.0, 90.0)])
    beyond = np.ones((2, times.size), dtype=bool)
    assert [(first, stop) for first, stop, _ in stretches(beyond, times)] == [(0, 30), (30, 60)]
    assert list(stretches(beyond[:1], times)) == []
    short = np.arange(LEAST_BEATS - 1) * 5.0
    assert list(stretches(np.ones((3, short.size), dtype=bool), short)) == []


def test_three_odd_beats_in_a_row_shift_nothing() -> None:
    values = np.zeros((1, 40))
    values[0, 20:23] = 5.0
    assert smoothed(values).max() == 0.0
