"""Quality: each disturbance is named in its lead and nowhere else; what experts read is not refused."""

import csv
from dataclasses import asdict

import numpy as np
import pytest

from cardio_desktop.analysis.electrodes import swap_beats
from cardio_desktop.analysis.quality import assess_quality, badness
from cardio_desktop.analysis.signal_features import measure_lead, measure_leads
from cardio_desktop.core.leads import EINTHOVEN, INDEPENDENT_LEADS, LEADS12
from cardio_desktop.simulate import KINDS, Noise, simulate, simulate_record
from cardio_desktop.words import say


def disturbed(record_of, name: str, change, rate_hz: float = 500.0, duration_s: float = 10.0):
    """Quality of a normal record of twelve stored leads, one of them changed."""
    record = simulate_record("normal", rate_hz=rate_hz, duration_s=duration_s)
    leads = {lead: record.leads[lead].millivolts() for lead in LEADS12}
    leads[name] = change(leads[name])
    return assess_quality(record_of(leads, rate_hz))


def flat_part(mv):
    mv = mv.copy()
    mv[1500:] = 0.13
    return mv


def missing_part(mv):
    mv = mv.copy()
    mv[:2000] = np.nan
    return mv


def steps(mv):
    return mv + 3.0 * (np.arange(mv.size) // 900 % 2)


def saturated(mv):
    wander = 4.0 * np.sin(np.arange(mv.size) / 300.0)
    return np.clip(mv + wander, -3.0, 3.0)


def muscle(mv):
    return mv + 0.7 * np.random.default_rng(0).normal(size=mv.size)


def mains(mv):
    return mv + 0.5 * np.sin(2 * np.pi * 50.0 * np.arange(mv.size) / 500.0)


def wander(mv):
    return mv + 4.0 * np.sin(2 * np.pi * 0.2 * np.arange(mv.size) / 500.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (flat_part, "flat line for 70 % of the time: electrode off or no electrical activity"),
        (missing_part, "40 % of the samples are missing"),
        (steps, "loose electrode"),
        (saturated, "saturated"),
        (muscle, "muscle noise"),
        (mains, "mains interference: 0.35 mV at 50 Hz"),
        (wander, "baseline wanders"),
        (lambda mv: 20.0 * mv, "check the gain"),
    ],
)
def test_a_disturbance_is_named_in_its_lead_alone(change, words, record_of):
    quality = disturbed(record_of, "V3", change)
    assert quality.usable
    assert not quality.leads["V3"].usable
    assert any(words in reason for reason in map(say, quality.leads["V3"].reasons)), quality.leads["V3"].reasons
    assert any(reason.startswith("V3 cannot be used") for reason in map(say, quality.reasons))
    for name in LEADS12:
        if name != "V3":
            assert quality.leads[name].usable
            assert not quality.leads[name].reasons


def test_a_flat_record_is_refused_without_calling_it_electrodes_only(record_of):
    quality = assess_quality(record_of({name: np.full(5000, 0.02) for name in LEADS12}, 500))
    assert not quality.usable
    assert "no electrical activity" in say(quality.reasons[0])


def test_too_many_bad_leads_refuse_the_record(record_of):
    record = simulate_record("normal")
    leads = {name: record.leads[name].millivolts() for name in LEADS12}
    for count, name in enumerate(("V1", "V2", "V3", "V4"), start=1):
        leads[name] = np.zeros(5000)
        assert assess_quality(record_of(leads, 500)).usable == (count <= 3)


def test_without_i_and_ii_a_twelve_lead_record_is_refused(record_of):
    record = simulate_record("normal")
    leads = {name: muscle(record.leads[name].millivolts()) for name in ("I", "II")}
    leads |= {name: record.leads[name].millivolts() for name in LEADS12 if name not in leads}
    assert not assess_quality(record_of(leads, 500)).usable


def test_snr_follows_the_noise_put_in():
    known = []
    for muscle_mv in (0.01, 0.02, 0.04, 0.08):
        quality = assess_quality(simulate("normal", noise=Noise(white_mv=0.0, muscle_mv=muscle_mv)).record)
        known.append(quality.leads["V4"].snr_db)
    assert np.all(np.abs(np.diff(known) + 6.0) < 1.5), known


@pytest.mark.parametrize("rate_hz", [100, 250, 500, 1000])
@pytest.mark.parametrize("kind", ["normal", "anterior-mi", "lbbb"])
def test_clean_records_have_no_remarks_at_any_rate(kind, rate_hz):
    quality = assess_quality(simulate_record(kind, rate_hz=rate_hz))
    assert quality.usable
    assert quality.reasons == ()
    assert all(lead.usable and not lead.reasons for lead in quality.leads.values())


def test_noisy_sample_is_read_without_its_loose_lead():
    quality = assess_quality(simulate_record("noisy-normal"))
    assert quality.usable
    assert [name for name, lead in quality.leads.items() if not lead.usable] == ["V4"]
    assert any("loose electrode" in reason for reason in map(say, quality.leads["V4"].reasons))
    assert any("50 Hz" in reason for lead in quality.leads.values() for reason in map(say, lead.reasons))


def test_a_short_disturbance_of_a_long_record_is_a_remark_with_its_share(record_of):
    def burst(mv):
        mv = mv.copy()
        mv[10_000:14_000] += 3.0 * (np.arange(4000) // 300 % 2)
        return mv

    lead = disturbed(record_of, "V2", burst, duration_s=100.0).leads["V2"]
    assert lead.usable
    assert any("in 10 % of the record" in reason for reason in map(say, lead.reasons)), lead.reasons


def test_too_short_and_empty_records_are_refused(record_of):
    assert "at least 2 s" in say(assess_quality(record_of({"II": np.zeros(300)}, 500)).reasons[0])
    assert "no ECG lead" in say(assess_quality(record_of({}, 500)).reasons[0])


@pytest.mark.parametrize("kind", ["normal", "anterior-mi", "noisy-normal"])
def test_swapped_arms_are_named_and_right_ones_are_not(kind, record_of):
    record = simulate_record(kind)
    leads = {name: record.leads[name].millivolts() for name in LEADS12}
    assert assess_quality(record).reversal is None
    swapped = leads | {
        "I": -leads["I"],
        "II": leads["III"],
        "III": leads["II"],
        "aVR": leads["aVL"],
        "aVL": leads["aVR"],
    }
    quality = assess_quality(record_of(swapped, 500))
    assert quality.reversal == "RA/LA"
    assert any("swapped" in reason for reason in map(say, quality.reasons))


@pytest.mark.parametrize("swap", ["RA/LL", "RA/RL", "V1/V2", "V3/V4"])
@pytest.mark.parametrize("kind", ["normal"])
def test_other_swaps_are_named(kind, swap, record_of):
    record = simulate_record(kind)
    eight = np.array([record.leads[name].millivolts() for name in INDEPENDENT_LEADS])
    changed = twelve(swap_beats(eight[None], swap)[0])
    assert assess_quality(record_of(changed, 500)).reversal == swap


@pytest.mark.parametrize("kind", KINDS)
def test_records_as_they_are_have_no_swapped_electrodes(kind):
    assert assess_quality(simulate_record(kind)).reversal is None


def test_the_score_falls_with_disturbances_and_is_that_of_twelve_leads_alone(record_of):
    record = simulate_record("normal")
    leads = {name: record.leads[name].millivolts() for name in LEADS12}
    clean = assess_quality(record_of(leads, 500)).score
    noisy = assess_quality(record_of({name: muscle(mv) for name, mv in leads.items()}, 500)).score
    flat = assess_quality(record_of(leads | {"II": np.zeros(5000), "V3": np.zeros(5000)}, 500)).score
    assert clean > 0.8
    assert clean > flat > 0.0
    assert noisy < 0.3
    assert assess_quality(record_of({"II": leads["II"]}, 500)).score is None


def test_kinds_are_all_usable():
    assert all(assess_quality(simulate_record(kind)).usable for kind in KINDS)


def twelve(eight):
    leads = dict(zip(INDEPENDENT_LEADS, eight, strict=True))
    for name, (one, two) in EINTHOVEN.items():
        leads[name] = one * leads["I"] + two * leads["II"]
    return leads


def area_under_curve(bad, good):
    return float((np.array(bad)[:, None] > np.array(good)[None]).mean())


def test_cinc_2011_records_are_told_apart(shared):
    import soundfile

    signals, rate_hz = soundfile.read(shared / "cinc2011" / "signals.flac", dtype="int16")
    with (shared / "cinc2011" / "labels.csv").open() as file:
        labels = [row["quality"] == "acceptable" for row in csv.DictReader(file)]
    scores = []
    for k in range(len(labels)):
        leads = twelve(signals[5000 * k : 5000 * (k + 1)].T * 0.005)
        scores.append(badness([measure_lead(mv, rate_hz) for mv in leads.values()]))
    bad = [score for score, acceptable in zip(scores, labels, strict=True) if not acceptable]
    good = [score for score, acceptable in zip(scores, labels, strict=True) if acceptable]
    assert len(bad) == 75
    assert area_under_curve(bad, good) >= 0.93


def test_ludb_records_are_not_refused(shared, record_of):
    import soundfile

    signals, rate_hz = soundfile.read(shared / "ludb" / "signals.flac", dtype="int16")
    records = [record_of(twelve(signals[5000 * k : 5000 * k + 5000].T / 1000.0), rate_hz) for k in range(0, 140, 2)]
    refused = [k for k, record in enumerate(records) if not assess_quality(record).usable]
    assert len(refused) <= 0.01 * len(records)


def test_leads_measured_together_are_measured_as_each_alone() -> None:
    rng = np.random.default_rng(4)
    record = simulate_record("normal", duration_s=10.0)
    leads_mv = np.array([record.leads[name].millivolts() for name in ("I", "II", "V1", "V4", "V5", "V6")])
    leads_mv += rng.normal(0, 0.03, leads_mv.shape)
    leads_mv[1, 1000:1600] = np.nan
    leads_mv[2] = np.clip(leads_mv[2], -0.3, 0.3)
    leads_mv[3] = 0.0
    leads_mv[4, 300:] = np.nan
    together = measure_leads(leads_mv, 500.0)
    for own, alone in zip(together, (measure_lead(mv, 500.0) for mv in leads_mv), strict=True):
        assert (own.mains_mv is None) == (alone.mains_mv is None)
        values, expected = ([value or 0.0 for value in asdict(lead).values()] for lead in (own, alone))
        assert values == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert together[4].missing == 1.0
