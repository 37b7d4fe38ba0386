"""Two opinions never contradict each other without a word."""

from dataclasses import replace

import pytest

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import ClassScore, Prediction, Risk, Tier, WindowScore
from cardio_desktop.core.record import Record
from cardio_desktop.reading import contradictions
from cardio_desktop.reading.contradictions import doubted
from cardio_desktop.reading.passage import Opinion, Passage
from cardio_desktop.reading.pipeline import analyze, load_models, survey
from cardio_desktop.simulate import simulate, simulate_record
from cardio_desktop.simulate.rhythms import simulate_rhythm
from cardio_desktop.words import Remark, say

LIMITS = {"low_mi": 0.05, "low_any": 0.2, "high_any": 0.6}


def passage(tier: Tier = Tier.LOW, events: tuple[Event, ...] = (), cd: float = 0.03) -> Passage:
    chances = {"NORM": 0.9, "MI": 0.01, "STTC": 0.05, "CD": cd, "HYP": 0.05}
    prediction = Prediction(
        *("m", "1", "0"),
        (WindowScore(0.0, 10.0, chances),),
        tuple(ClassScore(code, 0.0, p, 0.0) for code, p in chances.items()),
    )
    chance = Remark("chance", {"what": Remark("class-CD"), "probability": cd})
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


def test_a_left_block_that_the_network_does_not_see_is_told_and_one_that_it_sees_is_not(monkeypatch) -> None:
    found = analyze(simulate("lbbb").record, None)
    assert any(item.code == "CLBBB" for item in found.sentences)
    block = type("Block", (), {"code": "CLBBB"})()
    monkeypatch.setattr(contradictions, "bundle_block", lambda _case: block)
    risk = doubted(passage(cd=0.03)).opinion.risk
    assert risk.tier is Tier.MODERATE
    assert "left bundle branch block by its shape" in say(risk.reason)
    assert doubted(passage(cd=0.5)).opinion.risk.tier is Tier.LOW


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
