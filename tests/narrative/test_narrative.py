import dataclasses

import pytest

from cardio_desktop.core.findings import (
    Beat,
    Flag,
    LeadQuality,
    Measurements,
    Quality,
    Risk,
    RRIntervals,
    StatementScore,
    Tier,
)
from cardio_desktop.narrative.telling import narrate, texts
from cardio_desktop.narrative.texts import percent
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark, verbatim


@pytest.fixture(scope="module")
def record():
    return dataclasses.replace(simulate_record("normal"), simulated=False)


def told(record, findings, **changes):
    parts = ("quality", "beats", "measurements", "prediction", "risk")
    return texts(narrate(record, **({name: getattr(findings, name) for name in parts} | changes)))


def test_every_sentence_ends_with_one_full_stop(record, findings_of):
    for sentence in told(record, findings_of(record)):
        assert sentence.endswith((".", "?"))
        assert not sentence.endswith("..")
        assert "\n" not in sentence


def test_what_is_not_assessed_and_that_low_is_no_all_clear_is_always_said(record, findings_of):
    findings = findings_of(record)
    for tier in Tier:
        text = " ".join(told(record, findings, risk=Risk(tier, verbatim("Because."))))
        assert f"risk tier {tier.value}. Because." in text
        assert ("A Low tier does not rule out disease." in text) == (tier is Tier.LOW)


def test_probabilities_are_named_with_their_network(record, findings_of):
    text = " ".join(told(record, findings_of(record)))
    assert "risk tier High. Probability of myocardial infarction 83 %" in text
    assert "anteroseptal myocardial infarction (ASMI, 77 %)" in text
    assert "NDT" not in text  # 41 %: less likely than not


def test_without_a_prediction_no_probability_is_told(record, findings_of):
    text = " ".join(
        told(record, findings_of(record), prediction=None, risk=Risk(Tier.NOT_ASSESSED, verbatim("Too short.")))
    )
    assert "%" not in text
    assert "network (" not in text
    assert "risk tier Not assessed. Too short." in text


def test_missing_leads_and_swapped_electrodes_are_told(record, findings_of):
    findings = findings_of(record)
    prediction = dataclasses.replace(findings.prediction, missing_leads=("V3", "V4"))
    quality = Quality(
        True, (), {"I": LeadQuality(True), "V2": LeadQuality(False, (verbatim("flat"), verbatim("no signal")))}, "RA/LA"
    )
    text = " ".join(told(record, findings, prediction=prediction, quality=quality))
    assert "did not see V3-V4" in text
    assert "Leads not usable: V2 (flat, no signal)." in text
    assert "electrodes RA/LA may be swapped" in text
    assert "All " not in text


def test_unusable_recordings_are_told_with_the_reason(record, findings_of):
    quality = Quality(False, (verbatim("only noise in 11 of 12 leads"),))
    text = " ".join(told(record, findings_of(record), quality=quality))
    assert "does not allow an assessment: only noise in 11 of 12 leads." in text


def test_rate_and_what_is_missing_are_told(record, findings_of):
    findings = findings_of(record)
    text = " ".join(told(record, findings))
    assert "heart rate 75/min" in text
    assert "QT interval" in text
    assert "(not yet measured)" in text
    none = Measurements(not_measured={"heart_rate_bpm": verbatim("fewer than two beats were found")})
    assert "Heart rate not measurable: fewer than two beats were found." in told(record, findings, measurements=none)
    full = Measurements(
        *(
            60.0,
            RRIntervals(1000.0, 1.0, 999.0, 1001.0),
            100.0,
            160.0,
            90.0,
            400.0,
            {"fridericia": 400.0},
            40.0,
            50.0,
            60.0,
        ),
        leads={},
    )
    assert "Not measurable" not in " ".join(told(record, findings, measurements=full))


def test_flagged_beats_are_told_with_class_and_leads(record, findings_of):
    findings = findings_of(record)
    assert "beat 1 at 0.90 s (MI: ST segment V2, T wave V3)." in " ".join(told(record, findings))
    many = tuple(Beat(float(k), "unknown", (Flag("CD", "V1", "QRS", 0.2),)) for k in range(8))
    assert "beat 3 at 2.00 s (CD: QRS V1); and 5 more." in " ".join(told(record, findings, beats=many))
    assert "evidence is strongest" not in " ".join(told(record, findings, beats=(Beat(1.0),)))


def test_simulated_records_say_so_first(record, findings_of):
    assert "simulated" in told(dataclasses.replace(record, simulated=True), findings_of(record))[0]


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0, "<1 %"), (0.0099, "<1 %"), (0.014, "1 %"), (0.5, "50 %"), (0.99, "99 %"), (0.995, ">99 %"), (1, ">99 %")],
)
def test_no_probability_is_told_as_certain(probability, text):
    assert percent(probability) == text


@pytest.mark.parametrize("code", ["SR", "AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "SVARR", "BIGU", "PACE", "NORM"])
def test_no_rhythm_is_told_by_a_program_that_does_not_assess_it(record, findings_of, code):
    findings = findings_of(record)
    prediction = dataclasses.replace(findings.prediction, statements=(StatementScore(code, "some rhythm", 0.98),))
    assert "some rhythm" not in " ".join(told(record, findings, prediction=prediction))


def test_leads_with_the_same_fault_stand_together_and_once(record, findings_of):
    leads = {name: LeadQuality(False, (verbatim("flat"),)) for name in ("I", "II", "V1")} | {
        "V2": LeadQuality(False, (verbatim("noise"),))
    }
    each = (Remark("lead-unusable", {"lead": name, "because": leads[name].reasons}) for name in leads)
    reasons = (verbatim("only 1 of 8 leads can be used"), *each)
    text = " ".join(told(record, findings_of(record), quality=Quality(False, reasons, leads)))
    assert "does not allow an assessment: only 1 of 8 leads can be used." in text
    assert "Leads not usable: I, II, V1 (flat); V2 (noise)." in text
    assert "cannot be used:" not in text
