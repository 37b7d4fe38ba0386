"""Heart rate and RR statistics."""

import numpy as np
import pytest

from cardio_desktop.analysis.beats import detect_beats
from cardio_desktop.analysis.global_waves import GlobalWave
from cardio_desktop.analysis.intervals import intervals_of, measure
from cardio_desktop.core.beat_waves import BeatWaves
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap
from cardio_desktop.simulate import simulate
from cardio_desktop.words import Remark, say


def beats(*times_s: float) -> list[Beat]:
    return [Beat(time_s) for time_s in times_s]


def test_regular_rhythm():
    found = measure(beats(*np.arange(0.2, 10, 0.8)))
    assert found.heart_rate_bpm == pytest.approx(75)
    assert found.rr_ms is not None
    assert found.rr_ms.mean == pytest.approx(800)
    assert found.rr_ms.sd == pytest.approx(0, abs=1e-6)


def test_one_pause_shows_in_rr_but_does_not_move_the_rate():
    times_s = np.cumsum([0.3, *[0.75] * 8, 2.5, *[0.75] * 6])
    found = measure(beats(*times_s))
    assert found.heart_rate_bpm == pytest.approx(80)
    assert found.rr_ms is not None
    assert found.rr_ms.max == pytest.approx(2500)
    assert found.rr_ms.min == pytest.approx(750)


def test_an_interval_over_a_gap_is_none():
    times_s = [1.0, 2.0, 3.0, 9.0, 10.0]
    found = measure(beats(*times_s), [Gap(3.5, 8.5)])
    assert found.rr_ms is not None
    assert found.rr_ms.max == pytest.approx(1000)
    assert found.heart_rate_bpm == pytest.approx(60)


@pytest.mark.parametrize("count", [0, 1])
def test_without_two_beats_there_is_no_rate_but_a_reason(count):
    found = measure(beats(*[1.0][:count]))
    assert found.heart_rate_bpm is None
    assert "fewer than two beats" in say(found.not_measured["heart_rate_bpm"])


def test_every_absent_measurement_has_its_reason():
    found = measure(beats(1.0, 2.0, 3.0))
    for name in ("p_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "p_axis_deg", "qrs_axis_deg", "t_axis_deg", "leads"):
        assert getattr(found, name) is None
        assert say(found.not_measured[name]) == "no waves were delineated"


def test_rate_of_a_simulated_record_is_that_of_its_beats():
    truth = simulate("normal", duration_s=30, rate_bpm=82)
    rate_bpm = measure(detect_beats(truth.record)).heart_rate_bpm
    assert rate_bpm == pytest.approx(60 / np.diff(truth.beats_s).mean(), abs=0.5)


def test_where_atria_fibrillate_p_is_absent_and_pr_not_measurable_with_the_reason():
    def beat(k: int) -> BeatWaves[GlobalWave]:
        p = GlobalWave("P", k - 0.2, k - 0.1, 12)
        return BeatWaves(p, GlobalWave("QRS", k - 0.04, k + 0.05, 12), GlobalWave("T", k + 0.2, k + 0.36, 12), k)

    waves, centres_s = [beat(k) for k in range(1, 9)], {k: float(k) for k in range(1, 9)}
    assert intervals_of(waves, centres_s).values_ms["pr_ms"] == pytest.approx(160)
    found = intervals_of(waves, centres_s, Remark("atria-fibrillate"))
    assert not {"p_ms", "pr_ms"} & found.values_ms.keys()
    assert not {"p_onset", "p_offset"} & found.marks_s.keys()
    assert say(found.reasons["p_ms"]) == "absent: the atria fibrillate, there is no P wave"
    assert say(found.reasons["pr_ms"]) == "not measurable: the atria fibrillate, there is no P wave"
    assert found.values_ms["qt_ms"] == pytest.approx(400)
