"""The beat detector: truth from the simulator, invariants, and real records."""

import json
from dataclasses import replace

import numpy as np
import pytest

from cardio_desktop.analysis.beats import detect_beats, find_beats
from cardio_desktop.analysis.scoring import BeatScore, match_beats, score_beats
from cardio_desktop.core.errors import Cancelled
from cardio_desktop.core.leads import INDEPENDENT_LEADS, LEADS12
from cardio_desktop.evaluation.validate.simulated import NOISES
from cardio_desktop.simulate import KINDS, NOISY, Noise, Simulation, simulate, simulate_rhythm

BEAT_SYMBOLS = set("NLRBAaJSVrFejnE/fQ?")
MITDB = (100, 103, 106, 119, 207, 222, 223, 231)


def times(beats) -> list[float]:
    return [beat.time_s for beat in beats]


def leads_of(record) -> dict[str, np.ndarray]:
    return {name: lead.millivolts() for name, lead in record.leads.items()}


def assert_all_found(truth: Simulation, found_s, within_s=0.012, outside_s=(0.0, 0.0)):
    """What the ends of the record, or the stretch `outside_s`, cut may be found or not."""
    low, high = outside_s

    def whole(times_s) -> list[float]:
        end_s = truth.record.duration_s - 0.1
        return [t for t in times_s if 0.1 < t < end_s and not low - 0.1 < t < high + 0.1]

    assert len(whole(found_s)) == len(whole(truth.beats_s))
    np.testing.assert_allclose(whole(found_s), whole(truth.beats_s), atol=within_s)


@pytest.mark.parametrize("rate_hz", [100, 128, 250, 257, 360, 500, 1000])
@pytest.mark.parametrize("kind", KINDS)
def test_every_simulated_beat_is_found_at_its_peak_at_any_rate(kind, rate_hz):
    truth = simulate(kind, rate_hz=rate_hz, duration_s=20)
    assert_all_found(truth, times(detect_beats(truth.record)))


@pytest.mark.parametrize("name", ["I", "II", "V1", "V5"])
@pytest.mark.parametrize("kind", ["normal", "lbbb"])
def test_one_lead_is_enough(kind, name, record_of):
    truth = simulate(kind, duration_s=30)
    found = times(detect_beats(record_of({name: truth.record.leads[name].millivolts()}, 500)))
    # A single lead's largest deflection is its own, not that of the heart vector.
    assert_all_found(truth, found, 0.07)


@pytest.mark.parametrize("rate_bpm", [35, 60, 110, 170])
def test_slow_and_fast_rhythms(rate_bpm):
    truth = simulate("normal", duration_s=30, rate_bpm=rate_bpm)
    assert_all_found(truth, times(detect_beats(truth.record)))


def test_polarity_gain_and_order_of_leads_change_nothing(record_of):
    truth = simulate("anterior-mi", duration_s=20)
    leads = leads_of(truth.record)
    usual = times(detect_beats(truth.record))
    inverted = {name: -mv for name, mv in leads.items()}
    assert times(detect_beats(record_of(inverted, 500))) == usual
    for gain in (0.2, 6.0):
        np.testing.assert_allclose(
            times(detect_beats(record_of({name: gain * mv for name, mv in leads.items()}, 500))), usual, atol=1e-9
        )
    shuffled = dict(reversed(leads.items()))
    np.testing.assert_allclose(times(detect_beats(record_of(shuffled, 500))), usual, atol=1e-9)
    offset = {name: mv + 3.0 for name, mv in leads.items()}
    np.testing.assert_allclose(times(detect_beats(record_of(offset, 500))), usual, atol=1e-9)


def test_noisy_leads_do_not_outvote_clean_ones(record_of):
    truth = simulate("normal", duration_s=30)
    rng = np.random.default_rng(0)
    leads = leads_of(truth.record)
    for name in ("V1", "V2", "V3", "V4", "V5"):
        leads[name] = leads[name] + rng.normal(size=leads[name].size) * 1.5
    assert_all_found(truth, times(detect_beats(record_of(leads, 500))), 0.03)


def test_muscle_noise_and_wander_are_survived():
    truth = simulate("normal", duration_s=30, noise=Noise(muscle_mv=0.08, wander_mv=0.5, mains_mv=0.1))
    assert_all_found(truth, times(detect_beats(truth.record)), 0.03)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("rate_bpm", [85.0, 110.0, 130.0])
def test_t_waves_of_blunt_complexes_in_noise_are_no_low_beats(rate_bpm, seed):
    truth = simulate_rhythm(
        "sinus", heart="lbbb", rate_bpm=rate_bpm, noise=NOISES["everyday"], seed=seed, duration_s=12.0
    )
    assert_rhythm_found(truth)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("sinus", {"heart": "lbbb", "rate_bpm": 130.0}),
        ("vt", {"shape": 2, "rate_bpm": 150.0}),
        ("paced", {}),
        ("junctional", {}),
    ],
)
def test_a_loose_electrode_does_not_outvote_wide_complexes(kind, options, seed):
    truth = simulate_rhythm(kind, noise=NOISY, seed=seed, duration_s=12.0, **options)
    assert NOISY.loose == "V4"
    assert_rhythm_found(truth)


@pytest.mark.parametrize("electrode", ["RA", "LA", "LL"])
@pytest.mark.parametrize("rate_hz", [100.0, 500.0])
def test_knocks_of_a_limb_electrode_in_all_leads_are_no_beats_of_a_slow_rhythm(rate_hz, electrode):
    noise = replace(NOISY, loose=electrode)
    for seed in (1, 2, 3):
        assert_rhythm_found(simulate_rhythm("avb3", rate_hz=rate_hz, noise=noise, seed=seed, duration_s=12.0))


def assert_rhythm_found(truth):
    score = score_beats(
        *([t for t in found if 0.3 < t < 11.7] for found in (times(truth.beats), times(detect_beats(truth.record))))
    )
    assert (score.missed, score.invented) == (0, 0)


def test_nothing_is_found_in_gaps_and_all_around_them(record_of):
    truth = simulate("normal", duration_s=60)
    leads = leads_of(truth.record)
    for mv in leads.values():
        mv[10000:13000] = np.nan
    found = times(detect_beats(record_of(leads, 500)))
    assert not [t for t in found if 20.0 <= t <= 26.0]
    assert_all_found(truth, found, outside_s=(20.0, 26.0))


def test_a_pause_stays_a_pause(record_of):
    truth = simulate("normal", duration_s=60)
    rng = np.random.default_rng(1)
    leads = leads_of(truth.record)
    for mv in leads.values():
        mv[10000:20000] = 0.01 * rng.normal(size=10000)
    found = times(detect_beats(record_of(leads, 500)))
    assert not [t for t in found if 20.1 < t < 39.9]


@pytest.mark.parametrize("size_mv", [0.0, 0.002, 0.02, 0.3])
def test_noise_alone_and_flat_lines_have_no_beats(size_mv, record_of):
    rng = np.random.default_rng(3)
    leads = {name: size_mv * rng.normal(size=5000) for name in LEADS12}
    assert detect_beats(record_of(leads, 500)) == ()


def test_empty_and_tiny_records_have_no_beats(record_of):
    assert find_beats([], []).size == 0
    assert detect_beats(record_of({"II": np.zeros(0)}, 500)) == ()
    assert detect_beats(record_of({"II": np.ones(40)}, 500)) == ()
    assert detect_beats(record_of({"II": np.full(5000, np.nan)}, 500)) == ()


def test_a_long_record_in_chunks_gives_the_beats_of_its_parts_and_reports():
    truth = simulate("normal", rate_hz=100, duration_s=900)
    seen: list[float] = []
    found = times(detect_beats(truth.record, progress=seen.append))
    assert_all_found(truth, found)
    assert seen == sorted(seen)
    assert seen[-1] == 100
    part = times(detect_beats(truth.record, 290.0, 330.0))
    assert part == [t for t in found if 290.0 <= t < 330.0]


def test_cancel_stops_the_work():
    def cancel(_percent: float) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        detect_beats(simulate("normal", rate_hz=100, duration_s=700).record, progress=cancel)


def test_scoring_matches_one_to_one():
    assert match_beats([1.0, 2.0], [1.1, 1.05, 2.2]) == [(0, 1)]
    score = score_beats([1.0, 2.0, 3.0, 9.0], [1.1, 2.14, 2.9, 3.05, 8.0], ignored_s=[(8.5, 9.5)])
    assert (score.found, score.missed, score.invented) == (3, 0, 2)
    assert score.sensitivity == 1.0
    assert score.precision == pytest.approx(0.6)
    assert score + BeatScore(1, 1, 0, (0.0,)) == BeatScore(4, 1, 2, (*score.errors_s, 0.0))
    assert score_beats([], []).f1 == 1.0


@pytest.mark.parametrize("leads", [1, 2], ids=["first lead", "two leads"])
def test_mit_bih_beats(shared, leads, record_of):
    import wfdb

    total = BeatScore(0, 0, 0)
    for number in MITDB:
        path = str(shared / "mitdb" / str(number))
        signals, header = wfdb.rdsamp(path)
        marks = wfdb.rdann(path, "atr")
        marked = list(zip(marks.sample / header["fs"], marks.symbol, strict=True))
        # Ventricular flutter has no beats to count: "[" to "]" is left out, as EC57 does.
        opened = [t for t, symbol in marked if symbol == "["]
        flutter = list(zip(opened, [t for t, symbol in marked if symbol == "]"], strict=True))
        record = record_of({name: signals[:, k] for k, name in enumerate(header["sig_name"][:leads])}, header["fs"])
        truth = [t for t, symbol in marked if symbol in BEAT_SYMBOLS]
        total += score_beats(truth, times(detect_beats(record)), ignored_s=flutter)
    assert total.found + total.missed > 16_000
    assert total.sensitivity >= 0.9985
    assert total.precision >= 0.9985


def test_ludb_beats(shared):
    import soundfile

    signals, rate_hz = soundfile.read(shared / "ludb" / "signals.flac", dtype="int16")
    marks = json.loads((shared / "ludb" / "delineation.json").read_text())
    rows = (shared / "ludb" / "labels.csv").read_text().splitlines()[1:]
    total = BeatScore(0, 0, 0)
    for k, row in enumerate(rows):
        leads = signals[5000 * k : 5000 * (k + 1)].T / 1000.0
        peaks = np.sort([s / rate_hz for lead in marks[row.split(",")[0]].values() for s, mark in lead if mark == "N"])
        groups = np.split(peaks, np.flatnonzero(np.diff(peaks) > 0.12) + 1)
        truth = [float(np.median(group)) for group in groups if group.size >= 3]
        found = find_beats(list(leads), [float(rate_hz)] * len(INDEPENDENT_LEADS))
        # The first and last beats of a record are not marked.
        total += score_beats(truth, list(found), ignored_s=[(-1.0, truth[0] - 0.2), (truth[-1] + 0.2, 99.0)])
    assert total.found > 1200
    assert total.f1 >= 0.999
