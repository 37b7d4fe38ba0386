"""From record to findings, with the program's own network and with one whose answers are known."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import Cancelled, ModelError
from cardio_desktop.core.findings import (
    CLASS_NAMES,
    ClassScore,
    Evidence,
    Prediction,
    Quality,
    StatementScore,
    Tier,
    WindowScore,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Annotation, ArraySamples, Channel, Gap, Patient, Record
from cardio_desktop.core.stored import Stored
from cardio_desktop.model.classifier import NotAssessedError
from cardio_desktop.paths import asset
from cardio_desktop.reading.opinion import twelve_leads
from cardio_desktop.reading.pipeline import Models, RangeError, analyze, faithfulness_note, load_models, with_gaps
from cardio_desktop.reading.warnings import PART_WARNING
from cardio_desktop.report.json_report import findings_to_json
from cardio_desktop.simulate import simulate, simulate_record
from cardio_desktop.words import say, verbatim


class KnownClassifier:
    """Gives fixed probabilities and remembers what it was shown."""

    def __init__(self, card, pace: float = 0.0) -> None:
        self.card, self.pace = card, pace
        self.shown = None

    def predict(self, leads_mv, rate_hz, start_s=0.0, progress=None):
        self.shown = leads_mv, rate_hz, start_s
        if progress:
            progress(100)
        seconds = leads_mv.shape[1] / rate_hz
        if seconds < 2:
            raise NotAssessedError("The recording is too short.")
        bins = int(seconds / 0.08)
        values = np.zeros((5, 12, bins), dtype=np.float32)
        values[1, 6, 12:15] = 0.5
        chances = {"NORM": 0.05, "MI": 0.95, "STTC": 0.2, "CD": 0.1, "HYP": 0.1}
        zero = np.zeros(5, dtype=np.float32)
        prediction = Prediction(
            *("known", "1", "0" * 64),
            (WindowScore(start_s, start_s + seconds, chances),),
            tuple(ClassScore(code, 0.0, chances[code], 0.0) for code in CLASS_NAMES),
            (StatementScore("PACE", "paced", self.pace),),
        )
        return prediction, Evidence(tuple(CLASS_NAMES), LEADS12, values, 0.08, start_s, values.sum((1, 2)), zero)


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models()


@pytest.fixture
def known(models) -> Models:
    return Models(KnownClassifier(models.classifier.card))


@pytest.fixture(scope="module")
def record() -> Record:
    return simulate_record("normal")


def with_leads(record: Record, names: tuple[str, ...]) -> Record:
    return dataclasses.replace(record, channels=tuple(c for c in record.channels if c.lead in names))


def test_a_simulated_record_gets_an_opinion_whose_evidence_adds_up(models):
    simulation = simulate("anterior-mi")
    findings = analyze(simulation.record, models)
    assert findings.quality.usable
    assert len(findings.beats) == pytest.approx(len(simulation.beats_s), abs=1)
    assert findings.measurements.heart_rate_bpm == pytest.approx(60 / np.diff(simulation.beats_s).mean(), rel=0.02)
    assert findings.risk.tier is not Tier.NOT_ASSESSED
    evidence = findings.evidence
    total = evidence.values.sum(axis=(1, 2), dtype=np.float64) + evidence.bias
    assert total == pytest.approx([score.logit for score in findings.prediction.classes], abs=1e-3)
    assert findings.prediction.model_sha256 == models.classifier.card.sha256
    assert {wave.wave for wave in findings.waves if wave.lead == "global"} == {"P", "QRS", "T"}
    assert any("simulated" in sentence for sentence in findings.narrative)


def test_the_same_record_gives_the_same_findings(models, record):
    first, second = (json.dumps(findings_to_json(record, analyze(record, models))) for _ in range(2))
    assert first == second


def test_progress_never_falls_and_ends_at_100(models, record):
    said: list[float] = []
    analyze(record, models, progress=said.append)
    assert said == sorted(said)
    assert (said[0], said[-1]) == (0, 100)
    assert len(said) > 5


@pytest.mark.parametrize("limit", [0, 5, 30, 60, 95])
def test_the_user_can_stop_it(models, record, limit):
    def stop(percent: float) -> None:
        if percent >= limit:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        analyze(record, models, progress=stop)


def test_of_a_stretch_that_is_delineated_in_part_the_rest_is_not_held_against_it(monkeypatch):
    monkeypatch.setattr("cardio_desktop.reading.measurement.LONGEST_S", 30.0)
    monkeypatch.setattr("cardio_desktop.reading.warnings.LONGEST_S", 30.0)
    long = simulate_record("normal", rate_hz=250.0, duration_s=90.0)
    findings = analyze(long, None)
    assert findings.beats[-1].time_s > 80.0
    assert findings.rhythm.codes == ("SR",)
    assert "a P wave before every beat" in map(say, findings.rhythm.details)
    assert any(
        text.startswith(("atria judged up to 29", "atria judged up to 30"))
        for text in map(say, findings.rhythm.details)
    )
    assert PART_WARNING in findings.warnings
    assert "Vorhöfe nur bis" in " ".join(say(detail, "de") for detail in findings.rhythm.details)
    assert "beurteilt" in say(PART_WARNING, "de")
    assert PART_WARNING not in analyze(long, None, end_s=20.0).warnings


def test_without_models_the_rest_is_there(record):
    findings = analyze(record, None)
    assert findings.prediction is None
    assert findings.evidence is None
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert findings.measurements.heart_rate_bpm is not None


def test_a_long_record_is_analysed_for_ten_minutes_unless_asked(known):
    long = simulate_record("normal", rate_hz=100.0, duration_s=700.0)
    findings = analyze(long, None)
    assert (findings.start_s, findings.end_s) == (0.0, 600.0)
    assert "Only the first 600 s of 700 s were analysed." in map(say, findings.warnings)
    assert max(beat.time_s for beat in findings.beats) < 600
    late = analyze(long, known, start_s=650.0, end_s=690.0)
    assert min(beat.time_s for beat in late.beats) >= 650
    assert late.evidence.start_s == pytest.approx(650.0)
    assert known.classifier.shown[0].shape == (12, 4000)
    assert "Only 650 to 690 s of 700 s were analysed." in map(say, late.warnings)


@pytest.mark.parametrize("span", [(5.0, 5.0), (8.0, 2.0), (-1.0, 5.0), (0.0, 10.1), (float("nan"), 5.0), (11.0, None)])
def test_a_stretch_that_the_record_does_not_have_is_refused(record, span):
    with pytest.raises(RangeError, match="choose one within 0 to 10 s"):
        analyze(record, None, start_s=span[0], end_s=span[1])


def test_the_network_sees_the_recorded_millivolts(known, record):
    analyze(record, known)
    leads_mv, rate_hz, start_s = known.classifier.shown
    assert (rate_hz, start_s) == (500.0, 0.0)
    for k, name in enumerate(LEADS12):
        assert leads_mv[k] == pytest.approx(record.leads[name].millivolts(), abs=1e-6)


def test_leads_of_different_rates_meet_at_the_networks(known):
    fast, slow = simulate("normal", rate_hz=500.0), simulate("normal", rate_hz=250.0)
    channels = fast.record.channels[:6] + slow.record.channels[6:]
    analyze(dataclasses.replace(fast.record, channels=channels), known)
    leads_mv, rate_hz, _ = known.classifier.shown
    assert rate_hz == known.classifier.card.rate_hz
    assert leads_mv.shape == (12, 1000)
    assert np.isfinite(leads_mv).all()
    for k in (1, 7):  # II of the fast, V2 of the slow half
        clean = (fast if k == 1 else slow).record.leads[LEADS12[k]].millivolts()
        assert (
            np.corrcoef(
                leads_mv[k],
                clean[:: 5 if k == 1 else 1][: len(leads_mv[k])]
                if k == 1
                else np.interp(np.arange(1000) / 100, np.arange(2500) / 250, clean),
            )[0, 1]
            > 0.98
        )


def test_derived_leads_are_computed_and_missing_ones_said(known, record):
    eight = with_leads(record, ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6"))
    findings = analyze(eight, known)
    assert np.isfinite(known.classifier.shown[0]).all()
    assert findings.risk.tier is Tier.HIGH
    few = with_leads(record, ("I", "II", "V1", "V2", "V3", "V4"))
    analyze(few, known)
    assert np.isnan(known.classifier.shown[0][10:]).all()
    assert np.isfinite(known.classifier.shown[0][:10]).all()


@pytest.mark.parametrize("names", [("II",), ("I", "II"), ("V1", "V2")])
def test_too_few_leads_are_refused_with_their_names(models, record, names):
    findings = analyze(with_leads(record, names), models)
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert findings.prediction is None
    assert findings.evidence is None
    assert "V6" in say(findings.risk.reason) or not findings.quality.usable


def test_no_standard_lead_at_all_is_refused(known):
    channel = Channel("ECG", 250.0, "mV", 1.0, 0.0, ArraySamples(simulate("normal", rate_hz=250.0).clean_mv[1]))
    findings = analyze(Record(Path("holter.edf"), "test", (channel,)), known)
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert say(findings.risk.reason)
    assert len(findings.beats) > 5


@pytest.mark.parametrize("seconds", [0.2, 1.0, 1.9])
def test_too_short_is_refused_and_never_a_crash(models, seconds):
    findings = analyze(simulate_record("normal", duration_s=seconds), models)
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert findings.prediction is None


def test_flat_and_empty_signals_are_refused(models, record):
    for value in (0.0, np.nan):
        channels = tuple(dataclasses.replace(c, samples=ArraySamples(np.full(5000, value))) for c in record.channels)
        findings = analyze(dataclasses.replace(record, channels=channels), models)
        assert findings.risk.tier is Tier.NOT_ASSESSED
        assert not findings.quality.usable
        assert findings.prediction is None
        assert findings.beats == ()
        assert findings.measurements.heart_rate_bpm is None
        reason = say(findings.measurements.not_measured["heart_rate_bpm"])
        assert reason.startswith("flat line in every lead" if value == 0.0 else "nothing was recorded from 0.0 to 10.0")


def test_noise_has_no_heart_rate(models, record):
    rng = np.random.default_rng(11)
    channels = tuple(
        dataclasses.replace(c, counts_per_unit=1.0, samples=ArraySamples(rng.normal(0, 1.0, 5000)))
        for c in record.channels
    )
    findings = analyze(dataclasses.replace(record, channels=channels), models)
    assert findings.beats == ()
    assert findings.measurements.heart_rate_bpm is None
    assert findings.measurements.rr_ms is None


def test_a_record_without_channels_is_refused(models):
    with pytest.raises(RangeError):
        analyze(Record(Path("empty.edf"), "test", ()), models)


def test_children_are_refused_and_unknown_ages_said(known, record):
    child = dataclasses.replace(record, simulated=False, patient=Patient(age_years=17.0))
    findings = analyze(child, known)
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert "under 18" in say(findings.risk.reason)
    assert known.classifier.shown is None
    adult = dataclasses.replace(child, patient=Patient(age_years=18.0))
    assert analyze(adult, known).risk.tier is Tier.HIGH
    unknown = dataclasses.replace(child, patient=Patient())
    assert any("age" in warning for warning in map(say, analyze(unknown, known).warnings))
    assert not any("age" in warning for warning in map(say, analyze(adult, known).warnings))


def test_paced_rhythms_are_refused(known, models, record):
    marks = tuple(Annotation(k + 0.5, "/" if k < 8 else "N", "beat") for k in range(10))
    findings = analyze(dataclasses.replace(record, annotations=marks), known)
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert "pacemaker" in say(findings.risk.reason).lower()
    one = dataclasses.replace(record, annotations=(*marks[8:], *marks[8:], marks[0]))
    assert analyze(one, known).risk.tier is Tier.HIGH
    by_network = analyze(record, Models(KnownClassifier(models.classifier.card, pace=0.9)))
    assert by_network.risk.tier is Tier.NOT_ASSESSED
    assert by_network.prediction is None


def test_unusable_leads_are_withheld_and_said(known, record):
    flat = tuple(
        dataclasses.replace(c, samples=ArraySamples(np.zeros(5000))) if c.lead == "V3" else c for c in record.channels
    )
    findings = analyze(dataclasses.replace(record, channels=flat), known)
    assert not findings.quality.leads["V3"].usable
    assert np.isnan(known.classifier.shown[0][LEADS12.index("V3")]).all()
    assert "Leads withheld from the network for their quality: V3." in map(say, findings.warnings)


def test_gaps_are_said_and_not_judged(models, record):
    def holed(channel: Channel, first: int, stop: int) -> Channel:
        values = channel.counts().astype(np.float64)
        values[first:stop] = np.nan
        return dataclasses.replace(channel, samples=ArraySamples(values))

    long = simulate_record("normal", duration_s=40.0)
    gap = dataclasses.replace(
        long, channels=tuple(holed(c, 6000, 9000) for c in long.channels), gaps=(Gap(12.0, 18.0),)
    )
    findings = analyze(gap, models)
    assert "Nothing was recorded for 6.0 s of the analysed time: 12.0 to 18.0 s." in map(say, findings.warnings)
    assert not any(12.0 <= beat.time_s < 18.0 for beat in findings.beats)
    if findings.prediction is not None:
        assert not any(w.start_s < 18.0 and w.end_s > 12.0 for w in findings.prediction.windows)
        assert any("did not judge 10.0 to 20.0 s" in warning for warning in map(say, findings.warnings))
        inside = findings.evidence.between(12.0, 18.0)
        assert np.abs(inside).max() == 0
    else:
        assert findings.risk.tier is Tier.NOT_ASSESSED


def test_what_the_reader_of_the_file_said_comes_first(known, record):
    warned = dataclasses.replace(record, warnings=(verbatim("the header is odd."),))
    assert say(analyze(warned, known).warnings[0]) == "the header is odd."


def test_a_folder_without_a_model_is_one_sentence(tmp_path):
    with pytest.raises(ModelError, match=r"\.$"):
        load_models(tmp_path)


def test_the_programs_own_models_are_loaded_once():
    assert load_models() is load_models()
    assert load_models(Path(asset("model_assets"))) is not load_models()


def test_faithfulness_is_told_only_for_the_network_it_was_measured_on(models):
    card = models.classifier.card

    def noted(sha256: str) -> str:
        checks = {"model": {"sha256": sha256}, "classes": {"MI": {"lead_faithfulness": {"mean": 0.731}}}}
        raw = {**card.raw, "metrics": {"checks": checks}}
        return faithfulness_note(Models(KnownClassifier(dataclasses.replace(card, raw=raw))), "MI")

    assert noted(card.sha256) == "Faithfulness over leads, measured: 0.73 of 1."
    assert noted("0" * 64) == ""
    assert faithfulness_note(Models(KnownClassifier(dataclasses.replace(card, raw={"metrics": {}}))), "MI") == ""


def holed(record: Record, *spans_s: tuple[float, float], names: tuple[str, ...] = LEADS12) -> Record:
    """The record with samples missing in these leads, of which its list of gaps says nothing."""

    def without(channel: Channel) -> Channel:
        values = channel.counts().astype(np.float64)
        for low, high in spans_s if channel.lead in names else ():
            values[round(low * channel.rate_hz) : round(high * channel.rate_hz)] = np.nan
        return dataclasses.replace(channel, samples=ArraySamples(values))

    return dataclasses.replace(record, channels=tuple(map(without, record.channels)))


def test_samples_missing_in_every_lead_are_a_gap_to_everyone(known):
    long = holed(simulate_record("normal", rate_hz=250.0, duration_s=60.0), (20.0, 28.0))
    findings = analyze(long, known)
    assert "Nothing was recorded for 8.0 s of the analysed time: 20.0 to 28.0 s." in map(say, findings.warnings)
    assert findings.measurements.rr_ms.max < 2000
    assert findings.quality.usable
    assert not any(lead.reasons for lead in findings.quality.leads.values())
    made = findings_to_json(with_gaps(long, findings.start_s, findings.end_s), findings)
    assert made["record"]["gaps_s"] == [[20.0, 28.0]]


def test_an_interval_over_the_shortest_hole_in_all_leads_is_not_counted(record):
    whole = analyze(record, None)
    at_s = (whole.beats[4].time_s + whole.beats[5].time_s) / 2
    with_hole = holed(record, (at_s, at_s + 0.02))
    findings = analyze(with_hole, None)
    assert len(findings.beats) == len(whole.beats)
    rr = np.diff([beat.time_s for beat in findings.beats]) * 1000
    assert findings.measurements.rr_ms.mean == pytest.approx(np.delete(rr, 4).mean())
    # Too short to hide a wave.
    assert not any("Nothing was recorded" in warning for warning in map(say, findings.warnings))
    assert with_gaps(with_hole, 0.0, 10.0).gaps == ()


def test_a_hole_in_one_lead_is_a_remark_with_its_times(known, record):
    findings = analyze(holed(record, (2.0, 3.0), names=("V2",)), known)
    assert "no signal from 2.0 to 3.0 s" in map(say, findings.quality.leads["V2"].reasons)
    assert not any("Nothing was recorded" in warning for warning in map(say, findings.warnings))
    assert not any("no signal" in reason for reason in map(say, findings.quality.leads["V3"].reasons))


def test_a_range_that_is_almost_all_gap_is_judged_by_the_rest_and_said(known):
    mostly_gap = holed(simulate_record("normal", rate_hz=100.0, duration_s=300.0), (8.0, 292.0))
    findings = analyze(mostly_gap, known)
    assert findings.quality.usable
    assert "Only 16.0 of the 300.0 s that were analysed hold a recording." in map(say, findings.warnings)
    assert len(findings.beats) == pytest.approx(16 * findings.measurements.heart_rate_bpm / 60, abs=3)
    assert {beat.time_s > 292.0 for beat in findings.beats} == {True, False}


def test_swapped_electrodes_come_first_and_stand_in_the_reason(known, record):
    def swapped(channel: Channel) -> Channel:
        other = {"II": "III", "III": "II", "aVR": "aVL", "aVL": "aVR"}.get(channel.lead, channel.lead)
        return dataclasses.replace(
            record.leads[other].terms[0][0],
            label=channel.label,
            lead=channel.lead,
            counts_per_unit=channel.counts_per_unit * (-1 if channel.lead == "I" else 1),
        )

    wrong = dataclasses.replace(
        record, channels=tuple(map(swapped, record.channels)), warnings=(verbatim("An odd header."),)
    )
    findings = analyze(wrong, known)
    assert findings.quality.reversal == "RA/LA"
    assert "RA/LA" in say(findings.warnings[0])
    assert say(findings.warnings[1]) == "An odd header."
    assert findings.risk.tier is Tier.HIGH
    assert "RA/LA seem swapped: the network's opinion may be wrong" in say(findings.risk.reason)
    assert "swapped" not in say(analyze(record, known).risk.reason)


@pytest.mark.parametrize("label", ["EEG Fp1", "sig0", "Resp"])
def test_what_is_not_known_to_be_an_ecg_gets_no_heart_rate(known, label):
    channel = Channel(label, 250.0, "mV", 1.0, 0.0, ArraySamples(simulate("normal", rate_hz=250.0).clean_mv[1]))
    findings = analyze(Record(Path("other.edf"), "test", (channel,)), known)
    assert findings.beats == ()
    assert findings.measurements.heart_rate_bpm is None
    reason = f"channel {label} is not known to be an ECG"
    assert say(findings.measurements.not_measured["heart_rate_bpm"]) == reason
    assert f"Heart rate not measurable: {reason}." in findings.narrative
    assert findings.risk.tier is Tier.NOT_ASSESSED


def test_a_record_that_cannot_be_used_gets_no_heart_rate(known, record):
    rng = np.random.default_rng(2)
    noisy = tuple(
        dataclasses.replace(c, counts_per_unit=1.0, samples=ArraySamples(rng.normal(0, 1.0, 5000)))
        if c.lead not in ("V5", "V6")
        else c
        for c in record.channels
    )
    findings = analyze(dataclasses.replace(record, channels=noisy), known)
    assert not findings.quality.usable
    assert findings.beats == ()
    assert "only 2 of 8" in say(findings.measurements.not_measured["heart_rate_bpm"])


def test_one_good_lead_of_a_holter_is_enough_for_beats(record):
    noise = np.random.default_rng(2).normal(0, 1.0, 5000)
    lead, other = record.channels[1], record.channels[10]
    channels = (
        dataclasses.replace(lead, label="MLII", lead=None),
        dataclasses.replace(other, counts_per_unit=1.0, samples=ArraySamples(noise)),
    )
    findings = analyze(dataclasses.replace(record, channels=channels), None)
    assert not findings.quality.leads[other.lead].usable
    assert len(findings.beats) > 8


def test_an_implicit_end_is_ten_minutes_after_the_start_and_a_day_is_refused():
    samples = ArraySamples(np.zeros(24 * 3600 * 2))
    day = Record(Path("day.edf"), "test", (Channel("ECG", 2.0, "mV", 1.0, 0.0, samples),))
    for start_s, said in ((None, "the first 600 s of 86400 s"), (0.0, "the first 600 s"), (100.0, "100 to 700 s of")):
        findings = analyze(day, None, start_s=start_s)
        assert findings.end_s - findings.start_s == 600.0
        assert any(said in warning for warning in map(say, findings.warnings))
    with pytest.raises(RangeError, match=r"day.edf: 24.0 hours .* at most 6 with --from and --to"):
        analyze(day, None, start_s=0.0, end_s=86400.0)


def test_a_long_stretch_is_shown_to_the_network_at_its_own_rate():
    long = simulate_record("normal", rate_hz=250.0, duration_s=610.0)
    whole = twelve_leads(long, 0.0, 610.0, 100.0, Quality(usable=True))
    assert whole[:2] == (0.0, 100.0)
    assert whole[2].shape == (12, 61_000)
    assert twelve_leads(long, 0.0, 600.0, 100.0, Quality(usable=True))[1:2] == (250.0,)


def test_leads_sampled_too_slowly_are_not_shown_to_the_network(known):
    findings = analyze(simulate_record("normal", rate_hz=79.0), known)
    assert findings.risk.tier is Tier.NOT_ASSESSED
    assert say(findings.risk.reason) == "The leads have 79 samples a second, the network needs at least 80."
    assert known.classifier.shown is None
    fast, slow = simulate_record("normal", rate_hz=500.0), simulate_record("normal", rate_hz=50.0)
    mixed = dataclasses.replace(fast, channels=fast.channels[:11] + slow.channels[11:])
    told = analyze(mixed, known)
    assert np.isnan(known.classifier.shown[0][11]).all()
    assert "Leads withheld from the network for fewer than 80 samples a second: V6." in map(say, told.warnings)


def test_no_beat_is_flagged_where_the_tier_is_low(models, record):
    class Quiet(KnownClassifier):
        def predict(self, *arguments):
            prediction, evidence = super().predict(*arguments)
            low = self.card.thresholds
            chances = {"NORM": 0.9, "MI": low.low_mi / 2} | dict.fromkeys(("STTC", "CD", "HYP"), 0.95 * low.low_any)
            classes = tuple(dataclasses.replace(c, probability=chances[c.code]) for c in prediction.classes)
            windows = (dataclasses.replace(prediction.windows[0], probabilities=chances),)
            everywhere = dataclasses.replace(evidence, values=np.full(evidence.values.shape, 0.01, dtype=np.float32))
            return dataclasses.replace(prediction, classes=classes, windows=windows), everywhere

    findings = analyze(record, Models(Quiet(models.classifier.card)))
    assert findings.risk.tier is Tier.LOW
    assert findings.flagged == ()


@pytest.mark.parametrize("offset_mv", [-30.0, 6.0, 100.0])
def test_an_electrodes_offset_hides_no_infarction(offset_mv):
    record = simulate_record("anterior-mi")
    shifted = dataclasses.replace(
        record,
        channels=tuple(
            dataclasses.replace(c, baseline=c.baseline - round(offset_mv * c.counts_per_unit)) for c in record.channels
        ),
    )
    assert shifted.leads["V2"].millivolts(0, 5) == pytest.approx(record.leads["V2"].millivolts(0, 5) + offset_mv)
    usual, found = analyze(record, load_models()), analyze(shifted, load_models())
    assert usual.risk.tier is Tier.HIGH
    assert found.risk.tier is Tier.HIGH
    assert found.prediction.probability("MI") == pytest.approx(usual.prediction.probability("MI"), abs=0.1)


def test_a_very_different_stored_rate_is_said_first():
    record = simulate_record("normal")
    ours = analyze(record, None).measurements.heart_rate_bpm

    def told(rate_bpm: float) -> list[str]:
        stored = Stored(measurements={"heart_rate_bpm": rate_bpm})
        return [warning.code for warning in analyze(dataclasses.replace(record, stored=stored), None).warnings]

    assert told(5 * ours)[0] == "stored-other-rate"
    assert told(ours / 2)[0] == "stored-other-rate"
    assert "stored-other-rate" not in told(1.2 * ours)


def test_a_clock_that_the_recorders_own_rate_contradicts_makes_no_pauses():
    record = simulate_record("normal")
    slow = dataclasses.replace(
        record, channels=tuple(dataclasses.replace(c, rate_hz=c.rate_hz / 5.0) for c in record.channels)
    )

    def told(rate_bpm: float) -> set[str]:
        stored = Stored(measurements={"heart_rate_bpm": rate_bpm})
        return {event.code for event in analyze(dataclasses.replace(slow, stored=stored), None, end_s=40.0).events}

    assert "PAUSE" in told(15.0)
    assert not {"PAUSE", "ASYSTOLE", "BRADY"} & told(72.0)
    assert "PAUSE" in told(25.0)
