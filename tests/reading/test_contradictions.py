"""Two opinions never contradict each other without a word."""

from dataclasses import replace

import pytest

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import ClassScore, Prediction, Risk, Sentence, Tier, WindowScore
from cardio_desktop.core.record import Record
from cardio_desktop.reading import contradictions
from cardio_desktop.reading.contradictions import doubted
from cardio_desktop.reading.passage import Opinion, Passage
from cardio_desktop.reading.pipeline import analyze, load_models, survey
from cardio_desktop.simulate import simulate_record
from cardio_desktop.simulate.rhythms import simulate_rhythm
from cardio_desktop.words import Remark, say

LIMITS = {"low_mi": 0.05, "low_any": 0.2, "high_any": 0.6}


def passage(tier: Tier = Tier.LOW, events: tuple[Event, ...] = (), **other: float) -> Passage:
    chances = {"NORM": 0.9, "MI": 0.01, "STTC": 0.05, "CD": 0.03, "HYP": 0.05}
    chances |= {code.upper(): probability for code, probability in other.items()}
    prediction = Prediction(
        *("m", "1", "0"),
        (WindowScore(0.0, 10.0, chances),),
        tuple(ClassScore(code, 0.0, p, 0.0) for code, p in chances.items()),
    )
    chance = Remark("chance", {"what": Remark("class-CD"), "probability": chances["CD"]})
    risk = Risk(tier, Remark("tier-low", {"chance": chance}), LIMITS)
    return Passage(simulate_record("normal"), 0.0, 10.0, events=events, opinion=Opinion(risk, prediction))


@pytest.mark.parametrize(
    "event",
    [
        Event("VT", 2.0, 6.0, values={"rate_bpm": 187.0}),
        Event("STE", 0.0, 10.0, ("V2", "V3"), {"st_mv": 0.35}),
        Event("AF", 0.0, 10.0, values={"rate_bpm": 90.0}),
        Event("PAUSE", 3.0, 6.0, values={"length_s": 3.0}),
    ],
)
def test_low_over_such_an_event_becomes_moderate_and_says_why(event: Event) -> None:
    before = passage(events=(event,))
    risk = doubted(before).opinion.risk
    assert risk.tier is Tier.MODERATE
    assert say(before.opinion.risk.reason) in say(risk.reason)
    assert "contradicts" in say(risk.reason)
    assert "widerspricht" in say(risk.reason, "de")
    assert risk.thresholds == LIMITS


def test_low_without_one_stays_low_and_what_is_not_low_stays_as_it_is() -> None:
    calm = passage(events=(Event("COUPLET", 2.0, 3.0), Event("GAP", 4.0, 5.0)))
    assert doubted(calm) is calm
    high = passage(Tier.HIGH, (Event("VT", 2.0, 6.0, values={"rate_bpm": 187.0}),))
    assert doubted(high) is high


CODES = {"CLBBB": "CD", "q-infarct": "MI", "sgarbossa-up": "STTC", "std-episode": "STTC", "left-main": "STTC"}


def with_finding(monkeypatch, told: Sentence, before: Passage) -> Risk:
    monkeypatch.setattr(contradictions, "RULES", (lambda _case: [told],))
    return doubted(before).opinion.risk


@pytest.mark.parametrize(("code", "denied"), CODES.items())
def test_a_certain_finding_that_the_network_does_not_see_is_told_and_one_that_it_sees_is_not(
    monkeypatch, code: str, denied: str
) -> None:
    told = Sentence("x", Remark(code, {}), Remark("short-CLBBB"), verdict="abnormal")
    risk = with_finding(monkeypatch, told, passage())
    assert risk.tier is Tier.MODERATE
    assert "left bundle branch block, where the network gives" in say(risk.reason)
    assert risk.reason.values["because"][0].values["what"] == Remark(f"class-{denied}")
    seen = passage(**{denied.lower(): 0.5})
    assert with_finding(monkeypatch, told, seen) is seen.opinion.risk
    borderline = replace(told, verdict="borderline")
    assert with_finding(monkeypatch, borderline, passage()).tier is Tier.LOW


@pytest.mark.parametrize(
    ("code", "slight", "marked"),
    [
        ("ste", {"marked": False}, {"marked": True}),
        ("ste", {"marked": False}, {"marked": False, "reading": Remark("acute")}),
        ("std", {"marked": False}, {"marked": True}),
        ("t-inverted", {"degree": "inverted"}, {"degree": "deep"}),
    ],
)
def test_what_healthy_adults_have_too_moves_no_tier(monkeypatch, code: str, slight: dict, marked: dict) -> None:
    short = Remark("short-LOWT")
    for values, tier in ((slight, Tier.LOW), (marked, Tier.MODERATE)):
        told = Sentence("x", Remark(code, values), short, verdict="abnormal")
        assert with_finding(monkeypatch, told, passage()).tier is tier


def test_a_denied_finding_is_told_in_every_tier_and_moves_none_but_low(monkeypatch) -> None:
    told = Sentence("x", Remark("CLBBB", {}), Remark("short-CLBBB"), verdict="abnormal")
    for tier in (Tier.MODERATE, Tier.HIGH):
        risk = with_finding(monkeypatch, told, passage(tier))
        assert risk.tier is tier
        assert "contradicts it: left bundle branch block" in say(risk.reason)


def test_what_the_network_has_no_class_for_stands_beside_moderate() -> None:
    event = Event("VT", 2.0, 6.0, values={"rate_bpm": 187.0})
    risk = doubted(passage(Tier.MODERATE, (event,))).opinion.risk
    assert risk.tier is Tier.MODERATE
    assert "does not judge: ventricular tachycardia" in say(risk.reason)
    assert "nicht beurteilt: ventrikuläre Tachykardie" in say(risk.reason, "de")


def test_st_elevation_beside_an_improbable_infarction_is_a_contradiction_in_every_tier() -> None:
    event = Event("STE", 60.0, 120.0, ("V2", "V3"), {"st_mv": 0.35})
    denied = doubted(passage(Tier.MODERATE, (event,))).opinion.risk
    assert "contradicts it: marked ST elevation in V2-V3" in say(denied.reason)
    believed = passage(Tier.MODERATE, (event,), sttc=0.5)
    assert doubted(believed) is believed


def test_a_minute_of_st_elevation_in_a_long_record_is_never_low() -> None:
    record = simulate_rhythm("st", duration_s=180.0, start_s=60.0, end_s=120.0).record
    found = analyze(record, load_models())
    assert "STE" in {event.code for event in found.critical}
    assert found.risk.tier is not Tier.LOW
    assert survey(record, load_models()).risk.tier is found.risk.tier


def test_no_finding_of_the_whole_analysis_is_low_beside_a_critical_event() -> None:
    record = simulate_record("normal")
    findings = analyze(replace(record, simulated=True), load_models())
    assert not (findings.risk.tier is Tier.LOW and findings.critical)


def with_pause() -> Record:
    return simulate_rhythm("pause", duration_s=10.0, seed=3).record


def test_a_list_shows_the_tier_that_the_opened_record_has() -> None:
    models = load_models()
    for record in (simulate_record("normal"), simulate_record("anterior-mi"), with_pause()):
        assert survey(record, models).risk.tier is analyze(record, models).risk.tier


def test_the_conclusion_names_a_pause_and_calls_nothing_else_normal() -> None:
    findings = analyze(with_pause(), load_models())
    assert [event.code for event in findings.critical] == ["PAUSE"]
    told = next(item for item in findings.sentences if item.section == "conclusion")
    assert told.verdict == "abnormal"
    assert "pause of" in told.text()
    assert "normal ECG" not in told.text()


def test_alternans_that_the_network_does_not_see_is_not_low() -> None:
    truth = simulate_rhythm("t", duration_s=75.0, rate_hz=250.0, scale=0.4, alternating=True, end_s=60.0)
    risk = analyze(truth.record, load_models()).risk
    assert risk.tier is not Tier.LOW
    if risk.tier is Tier.MODERATE:
        assert "T wave alternans" in say(risk.reason)


def test_of_an_episode_the_network_s_word_then_counts() -> None:
    event = Event("STE", 60.0, 120.0, ("V2", "V3"), {"st_mv": 0.35})
    before = passage(Tier.MODERATE, (event,))
    calm = before.opinion.prediction.windows[0]
    there = WindowScore(60.0, 70.0, {**calm.probabilities, "MI": 0.4})
    prediction = replace(before.opinion.prediction, windows=(calm, there))
    seen = replace(before, opinion=replace(before.opinion, prediction=prediction))
    assert doubted(seen) is seen
    assert "contradicts" in say(doubted(before).opinion.risk.reason)
