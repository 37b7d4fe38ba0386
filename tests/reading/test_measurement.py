"""From record to measurements: the simulator's truth, and what must not matter."""

from dataclasses import replace

import numpy as np
import pytest

from cardio_desktop.analysis.atrial import Stretch
from cardio_desktop.analysis.beats import detect_beats
from cardio_desktop.analysis.rhythm import rhythm_of
from cardio_desktop.core.findings import Beat, LeadQuality, Measurements, Quality
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.reading.measurement import _without_p, measure_passage
from cardio_desktop.reading.passage import Measured, Passage, with_beats
from cardio_desktop.reading.pipeline import analyze, own_delineator
from cardio_desktop.simulate import QUIET, simulate
from cardio_desktop.words import say, verbatim

GOOD = Quality(usable=True)


def measured(record: Record, quality: Quality = GOOD, start_s: float = 0.0) -> Measured:
    beats = detect_beats(record, start_s)
    passage = with_beats(Passage(record, start_s, record.duration_s, quality=quality), beats)
    return measure_passage(passage, own_delineator())


def changed(record: Record, change=lambda lead, mv: mv, leads=LEADS12, rate_hz: float | None = None) -> Record:
    """The record with other voltages, other leads or another order of leads."""
    channels = tuple(
        Channel(
            name,
            rate_hz or record.rate_hz,
            "mV",
            1.0,
            0.0,
            ArraySamples(change(name, record.leads[name].millivolts())),
            lead=name,
        )
        for name in leads
    )
    return replace(record, channels=channels)


def figures(found: Measurements) -> list[float]:
    names = ("p_ms", "pr_ms", "qrs_ms", "qt_ms", "p_axis_deg", "qrs_axis_deg", "t_axis_deg")
    values = [getattr(found, name) for name in names]
    assert None not in values, found.not_measured
    return values


@pytest.fixture(scope="module")
def normal():
    return simulate("normal", seed=3)


@pytest.fixture(scope="module")
def of_normal(normal) -> Measured:
    return measured(normal.record)


@pytest.mark.parametrize("pr_s", [0.12, 0.16, 0.22])
def test_pr_follows_the_truth(pr_s):
    found = measured(simulate("normal", pr_s=pr_s, rate_bpm=60, seed=2).record).measurements
    assert found.pr_ms == pytest.approx(1000 * pr_s, abs=15)


@pytest.mark.parametrize("qtc_s", [0.36, 0.42, 0.50])
def test_qt_and_qtc_follow_the_truth(qtc_s):
    found = measured(simulate("normal", qtc_s=qtc_s, rate_bpm=75, seed=2).record).measurements
    assert found.qt_ms == pytest.approx(1000 * qtc_s * np.cbrt(0.8), abs=25)
    assert found.qtc_ms["fridericia"] == pytest.approx(1000 * qtc_s, abs=25)


def test_a_wide_complex_is_wide_and_a_narrow_one_narrow():
    narrow = measured(simulate("normal").record).measurements.qrs_ms
    wide = measured(simulate("lbbb").record).measurements.qrs_ms
    assert 75 < narrow < 120
    assert 140 < wide < 200


def test_st_is_what_the_clean_trace_has_there():
    truth = simulate("anterior-mi", st_mv=0.3, noise=QUIET)
    found = measured(truth.record)
    leads, marks = found.measurements.leads, found.median.marks_s
    assert max(leads, key=lambda name: leads[name].st60_mv) in ("V2", "V3", "V4")
    beats_s = np.array([beat.time_s for beat in detect_beats(truth.record)])[1:-1]
    at, before = (
        np.round((beats_s + s) * 500).astype(int) for s in (marks["qrs_offset"] + 0.06, marks["qrs_onset"] - 0.012)
    )
    for k, name in enumerate(LEADS12):
        expected = np.median(truth.clean_mv[k, at] - truth.clean_mv[k, before])
        assert leads[name].st60_mv == pytest.approx(expected, abs=0.03), name


def test_every_lead_and_beat_has_its_waves(normal, of_normal):
    for lead in ("global", *LEADS12):
        for wave in ("P", "QRS", "T"):
            own = [w for w in of_normal.waves if w.lead == lead and w.wave == wave]
            true = [w for w in normal.waves if w.wave == wave]
            assert abs(len(own) - len(true)) <= 1, (lead, wave)
            assert all(w.onset_s < w.offset_s for w in own)


def test_the_median_beat_is_against_the_pr_baseline_and_marked(of_normal):
    beat = of_normal.median
    assert beat is not None
    assert beat.rate_hz >= 500
    assert beat.beats >= 8
    order = [beat.marks_s[n] for n in ("p_onset", "p_offset", "qrs_onset", "qrs_offset", "t_peak", "t_offset")]
    assert order == sorted(order)
    before = beat.zero + round((beat.marks_s["qrs_onset"] - 0.012) * beat.rate_hz)
    assert np.abs(beat.samples_mv[:, before]).max() < 0.05


def test_gain_changes_voltages_alone(normal, of_normal):
    tripled = measured(changed(normal.record, lambda _, mv: 3 * mv))
    # Where a reader sees the first bend of QRS depends a little on its height.
    assert figures(tripled.measurements) == pytest.approx(figures(of_normal.measurements), abs=3.5)
    own, base = tripled.measurements.leads["V2"], of_normal.measurements.leads["V2"]
    assert own.s_mv == pytest.approx(3 * base.s_mv, rel=0.02)


def test_low_voltage_is_measured_like_any_other(normal, of_normal):
    low = measured(changed(normal.record, lambda _, mv: 0.25 * mv))
    assert figures(low.measurements) == pytest.approx(figures(of_normal.measurements), abs=7)


def test_an_inverted_record_has_the_same_intervals_and_the_opposite_axis(normal, of_normal):
    turned = measured(changed(normal.record, lambda _, mv: -mv)).measurements
    assert figures(turned)[:4] == pytest.approx(figures(of_normal.measurements)[:4], abs=12)
    away = abs(turned.qrs_axis_deg - of_normal.measurements.qrs_axis_deg)
    assert away == pytest.approx(180, abs=5)


def test_offset_of_an_electrode_does_not_matter(normal, of_normal):
    moved = measured(changed(normal.record, lambda lead, mv: mv + 0.4 * len(lead)))
    assert figures(moved.measurements) == pytest.approx(figures(of_normal.measurements), abs=1.0)
    assert moved.measurements.leads["V1"].st60_mv == pytest.approx(of_normal.measurements.leads["V1"].st60_mv, abs=5e-3)


def test_order_of_leads_does_not_matter(normal, of_normal):
    backwards = measured(changed(normal.record, leads=LEADS12[::-1]))
    assert figures(backwards.measurements) == pytest.approx(figures(of_normal.measurements), abs=0.5)


@pytest.mark.parametrize("rate_hz", [250.0, 360.0, 1000.0])
def test_rate_does_not_matter(rate_hz):
    found = measured(simulate("normal", seed=3, rate_hz=rate_hz, noise=replace(QUIET, white_mv=0.0)).record)
    same = measured(simulate("normal", seed=3, noise=replace(QUIET, white_mv=0.0)).record)
    assert figures(found.measurements) == pytest.approx(figures(same.measurements), abs=5)


def test_time_shift_does_not_matter(normal, of_normal):
    late = measured(normal.record, start_s=1.3)
    assert figures(late.measurements) == pytest.approx(figures(of_normal.measurements), abs=5)


@pytest.mark.parametrize("leads", [("II",), ("V5",), ("I", "II"), ("I", "II", "V1", "V5")])
def test_a_few_leads_are_enough_for_intervals(normal, leads):
    found = measured(changed(normal.record, leads=leads)).measurements
    assert found.pr_ms == pytest.approx(160, abs=25)
    assert found.qrs_ms == pytest.approx(95, abs=25)
    assert found.qt_ms == pytest.approx(390, abs=35)
    assert (found.qrs_axis_deg is None) == ("II" not in leads or len(leads) == 1)
    if found.qrs_axis_deg is None:
        assert "leads I and II" in say(found.not_measured["qrs_axis_deg"])


def test_one_bad_lead_does_not_move_the_global_marks(normal, of_normal):
    rng = np.random.default_rng(0)
    noisy = measured(changed(normal.record, lambda lead, mv: mv + (rng.normal(0, 0.4, mv.size) if lead == "V3" else 0)))
    for name in ("pr_ms", "qrs_ms", "qt_ms"):
        assert getattr(noisy.measurements, name) == pytest.approx(getattr(of_normal.measurements, name), abs=10), name


def test_an_unusable_lead_is_not_measured(normal):
    found = measured(normal.record, Quality(usable=True, leads={"V3": LeadQuality(False, (verbatim("flat"),))}))
    assert "V3" not in found.measurements.leads
    assert not any(w.lead == "V3" for w in found.waves)


def test_without_p_waves_none_is_invented(normal):
    truth = simulate("normal", seed=5, rate_bpm=80)
    flat = {w.onset_s: w for w in truth.waves if w.wave == "P"}

    def without_p(_: str, mv: np.ndarray) -> np.ndarray:
        out = mv.copy()
        for w in flat.values():
            low, high = round((w.onset_s - 0.01) * 500), round((w.offset_s + 0.01) * 500)
            out[low:high] = np.linspace(out[low], out[high], high - low)
        return out

    found = measured(changed(truth.record, without_p))
    assert found.measurements.p_ms is None
    assert found.measurements.pr_ms is None
    assert "absent" in say(found.measurements.not_measured["pr_ms"])
    assert found.measurements.qrs_ms is not None
    assert found.measurements.leads["II"].p_mv is None


def test_qtc_formulas_meet_at_sixty(normal):
    from cardio_desktop.analysis.intervals import corrected_qt

    assert corrected_qt(400, 1000) == pytest.approx(
        dict.fromkeys(("bazett", "fridericia", "framingham", "hodges"), 400)
    )
    at_75 = corrected_qt(380, 800)
    assert at_75 == pytest.approx({"bazett": 424.9, "fridericia": 409.3, "framingham": 410.8, "hodges": 406.3}, abs=0.1)


def test_findings_carry_waves_median_and_uncertainty(normal):
    findings = analyze(normal.record, None)
    assert findings.median is not None
    assert findings.waves
    assert set(findings.measurements.uncertainty_ms) == {"p_ms", "pr_ms", "qrs_ms", "qt_ms"}
    assert all(0 < value < 40 for value in findings.measurements.uncertainty_ms.values())


def test_silence_has_no_measurements(normal):
    findings = analyze(changed(normal.record, lambda _, mv: 0 * mv), None)
    assert findings.waves == ()
    assert findings.median is None
    assert findings.measurements.qrs_ms is None


@pytest.mark.parametrize("odds", [(-4.0, -0.1, 0.5, 4.0), (-4.0, -0.9, 0.5, 4.0), (2.0, 3.0, -1.0), (-1.0, -2.0, 3.0)])
def test_p_is_absent_exactly_where_the_rhythm_is_fibrillation(odds):
    atria = [Stretch(15.0 * k, 15.0 * k + 15.0, value) for k, value in enumerate(odds)]
    beats = [Beat(float(t), "normal") for t in np.cumsum(np.tile([0.6, 0.9, 0.75, 1.1], 5))]
    named = rhythm_of(beats, [], atria=atria)
    assert named is not None
    assert (_without_p(atria) is not None) == (named.codes[0] == "AFIB")
