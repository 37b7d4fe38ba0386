"""Every rule of the narrative, with findings that set it off and findings that do not."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardio_desktop.core.findings import (
    Beat,
    ClassScore,
    Flag,
    LeadQuality,
    Prediction,
    Quality,
    Rhythm,
    Risk,
    StatementScore,
    Tier,
    WindowScore,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.morphology import Deflection, QrsShape
from cardio_desktop.narrative import (
    MEASURED_RULES,
    OPINION_RULES,
    UNJUDGED_RULES,
    conduction,
    hypertrophy,
    infarction,
    ischaemia,
    limits,
    opinion,
    recording,
    repolarisation,
    tell,
)
from cardio_desktop.narrative import axis as axis_rules
from cardio_desktop.narrative import rhythm as rhythms
from cardio_desktop.narrative.rhythm_words import rhythm_german
from cardio_desktop.words import Remark, verbatim
from tests.report.measured import case_of, measured, with_leads


def shape(*parts: tuple[str, float, float, float], notched: bool = False) -> QrsShape:
    return QrsShape(tuple(Deflection(*part) for part in parts), notched)


def opinion_of(**chances: float) -> Prediction:
    """Return a prediction whose statements have these probabilities."""
    return Prediction(
        "test network",
        "1.2",
        "ab" * 32,
        (WindowScore(0.0, 10.0, {}),),
        tuple(ClassScore(code, 0.0, 0.3, 0.0) for code in ("NORM", "MI", "STTC", "CD", "HYP")),
        tuple(StatementScore(code, f"statement {code}", p) for code, p in chances.items()),
    )


NORMAL = case_of()
RBBB = replace(
    measured(NORMAL, qrs_ms=138.0),
    shapes={
        **NORMAL.shapes,
        "V1": shape(("R", 0.2, 20, 30), ("S", -0.25, 45, 30), ("R'", 0.8, 95, 60)),
        "I": shape(("R", 0.7, 30, 50), ("S", -0.3, 100, 70)),
    },
)
BROAD = measured(case_of("lbbb"), qrs_ms=156.0)
Q_IN_V6 = replace(BROAD, shapes={**BROAD.shapes, "V6": shape(("Q", -0.04, 8, 12), ("R", 0.9, 80, 120))})
LAFB = replace(
    measured(NORMAL, qrs_axis_deg=-52.0),
    shapes={
        **NORMAL.shapes,
        "aVL": shape(("Q", -0.1, 10, 15), ("R", 0.9, 50, 70)),
        "III": shape(("R", 0.2, 20, 30), ("S", -1.0, 60, 60)),
        "aVF": shape(("R", 0.2, 20, 30), ("S", -0.8, 60, 60)),
    },
)
RS = shape(("R", 0.2, 20, 30), ("S", -0.9, 60, 60))
QR = shape(("Q", -0.1, 10, 15), ("R", 0.9, 50, 70))
LPFB = replace(measured(NORMAL, qrs_axis_deg=112.0), shapes={**NORMAL.shapes, "I": RS, "aVL": RS, "III": QR, "aVF": QR})
SEPTAL_Q = replace(
    NORMAL,
    shapes={
        **NORMAL.shapes,
        **{lead: shape(("Q", -0.14, 15, 34), ("R", 1.0, 55, 60)) for lead in ("I", "aVL")},
    },
)
INFERIOR_Q = replace(
    NORMAL,
    shapes={
        **NORMAL.shapes,
        **dict.fromkeys(("II", "III", "aVF"), shape(("Q", -0.28, 20, 44), ("R", 0.5, 60, 40))),
    },
)
Q_IN_III = replace(NORMAL, shapes={**NORMAL.shapes, "III": shape(("Q", -0.28, 20, 44), ("R", 0.5, 60, 40))})
ANTERIOR_ST = with_leads(
    NORMAL,
    V2={"j_mv": 0.24, "st60_mv": 0.28},
    V3={"j_mv": 0.27, "st60_mv": 0.32},
    V4={"j_mv": 0.15, "st60_mv": 0.20},
    V5={"j_mv": 0.02, "st60_mv": 0.02},
)
LATERAL_DOWN = with_leads(
    NORMAL, **{lead: {"j_mv": -0.12, "st60_mv": -0.14, "st80_mv": -0.15} for lead in ("V4", "V5", "V6")}
)
INVERTED = with_leads(NORMAL, **{lead: {"t_mv": -0.3} for lead in ("V3", "V4", "V5")})
FLAT = with_leads(NORMAL, **{lead: {"t_mv": 0.03, "r_mv": 1.2, "s_mv": -0.1} for lead in ("V5", "V6")})
LVH = measured(NORMAL, criteria={"sokolow_lyon_mv": 4.2, "cornell_mv": 2.1})
RVH = with_leads(measured(NORMAL, qrs_axis_deg=118.0), V1={"r_mv": 0.9, "s_mv": -0.2})
SMALL = with_leads(NORMAL, **{lead: {"q_mv": None, "r_mv": 0.2, "s_mv": -0.1} for lead in LEADS12[:6]})
POOR_R = with_leads(NORMAL, V2={"r_mv": 0.15}, V3={"r_mv": 0.2, "s_mv": -1.2}, V4={"r_mv": 0.5})
FLAGGED = replace(
    NORMAL,
    prediction=opinion_of(),
    beats=(NORMAL.beats[0], replace(NORMAL.beats[1], flags=(Flag("MI", "V2", "ST", 0.2), Flag("MI", "V3", "ST", 0.1)))),
)
PVC = replace(
    NORMAL, beats=(*NORMAL.beats[:3], replace(NORMAL.beats[3], kind="ventricular", shape=1), *NORMAL.beats[4:])
)
ONE_EARLY = replace(
    NORMAL, beats=(*NORMAL.beats[:3], replace(NORMAL.beats[3], kind="supraventricular"), *NORMAL.beats[4:])
)
NOISY_QUALITY = Quality(
    True,
    (verbatim("muscle noise in most leads"),),
    {**NORMAL.quality.leads, "V6": LeadQuality(False, (verbatim("flat"),))},
)

ECTOPIC = Rhythm(
    "Sinus rhythm with a ventricular premature beat",
    0.92,
    ("SR", "PVC"),
    ("rate 70/min", "P waves before 96 % of the beats", "PR 160 ms"),
)
DISPUTED = Rhythm("Sinus rhythm", 0.6, ("SR",), ("The network disagrees: atrial fibrillation (83 %)",))
CHILD = replace(NORMAL, age_years=9.0)
PACED = replace(NORMAL, rhythm=Rhythm("Paced rhythm", 0.9, ("PACE",)))

CASES = {
    # rule: [(name, case that sets it off, code, verdict, words that must be there)], cases on which it is silent
    recording.simulated: ([("simulated", replace(NORMAL, simulated=True), "", "", "simulated")], [NORMAL]),
    recording.recording: (
        [
            (
                "unusable",
                replace(NORMAL, quality=Quality(False, (verbatim("too noisy"),))),
                "",
                "abnormal",
                "does not allow",
            ),
            ("remark", replace(NORMAL, quality=NOISY_QUALITY), "", "borderline", "muscle noise"),
        ],
        [NORMAL],
    ),
    recording.lead_quality: (
        [
            ("bad lead", replace(NORMAL, quality=NOISY_QUALITY), "", "borderline", "V6 (flat)"),
            ("good", NORMAL, "", "normal", "All 12 leads"),
        ],
        [replace(NORMAL, quality=Quality(True))],
    ),
    recording.electrodes: (
        [("swapped", replace(NORMAL, quality=replace(NORMAL.quality, reversal="RA/LA")), "", "abnormal", "RA/LA")],
        [NORMAL],
    ),
    rhythms.rhythm: (
        [
            ("sinus", replace(NORMAL, rhythm=Rhythm("sinus rhythm", 0.95)), "", "normal", "Sinus rhythm"),
            (
                "AF",
                replace(NORMAL, rhythm=Rhythm("Atrial fibrillation", 0.9, ("AFIB",))),
                "AFIB",
                "abnormal",
                "Atrial fib",
            ),
            ("ectopy", replace(NORMAL, rhythm=ECTOPIC), "PVC", "abnormal", "P waves before 96 % of the beats"),
            (
                "slow",
                replace(NORMAL, rhythm=Rhythm("Sinus bradycardia", 0.9, ("SBRAD",))),
                "SBRAD",
                "borderline",
                "Sinus",
            ),
            ("disputed", replace(NORMAL, rhythm=DISPUTED), "", "borderline", "The network disagrees: atrial fib"),
            ("unsure", replace(NORMAL, rhythm=Rhythm("sinus rhythm", 0.6)), "", "borderline", "Probably sinus rhythm"),
        ],
        [NORMAL],
    ),
    rhythms.ectopy: (
        [
            ("PVC", PVC, "PVC", "abnormal", "1 ventricular premature beat of"),
            ("PAC", ONE_EARLY, "PAC", "borderline", "1 supraventricular premature beat of"),
        ],
        [NORMAL],
    ),
    rhythms.rate: (
        [
            ("normal", NORMAL, "", "normal", "Heart rate 70/min"),
            ("fast", measured(NORMAL, heart_rate_bpm=112.0), "", "abnormal", "tachycardia"),
            ("slow", measured(NORMAL, heart_rate_bpm=44.0), "", "abnormal", "bradycardia"),
            ("none", measured(NORMAL, heart_rate_bpm=None), "", "borderline", "not measurable"),
        ],
        [],
    ),
    axis_rules.qrs_axis: (
        [
            ("normal", NORMAL, "", "normal", "Normal axis (QRS axis 44°)"),
            ("left", measured(NORMAL, qrs_axis_deg=-38.0), "ALS", "abnormal", "Moderate left"),
            ("marked left", measured(NORMAL, qrs_axis_deg=-60.0), "ALS", "abnormal", "Marked left"),
            ("right", measured(NORMAL, qrs_axis_deg=105.0), "ARS", "abnormal", "Moderate right"),
            ("marked right", measured(NORMAL, qrs_axis_deg=150.0), "ARS", "abnormal", "Marked right"),
            ("extreme", measured(NORMAL, qrs_axis_deg=-140.0), "AXIS", "abnormal", "Extreme"),
        ],
        [measured(NORMAL, qrs_axis_deg=None)],
    ),
    conduction.p_wave: (
        [
            ("long", measured(NORMAL, p_ms=154.0), "LAO/LAE", "abnormal", "left atrial"),
            ("rather long", measured(NORMAL, p_ms=142.0), "LAO/LAE", "borderline", "Borderline long P wave"),
            ("tall", with_leads(NORMAL, II={"p_mv": 0.3}), "RAO/RAE", "abnormal", "right atrial"),
            ("rather tall", with_leads(NORMAL, II={"p_mv": 0.26}), "RAO/RAE", "borderline", "Borderline tall P"),
        ],
        [NORMAL, measured(NORMAL, p_ms=None), measured(NORMAL, p_ms=134.0)],
    ),
    conduction.pr_interval: (
        [
            ("normal", NORMAL, "", "normal", "PR interval 160 ± 4 ms, normal"),
            ("block", measured(NORMAL, pr_ms=224.0), "1AVB", "abnormal", "First-degree AV block"),
            ("borderline", measured(NORMAL, pr_ms=203.0), "1AVB", "borderline", "Borderline PR"),
            ("short", measured(NORMAL, pr_ms=100.0), "SPR", "abnormal", "Short PR"),
            ("short and wide", measured(NORMAL, pr_ms=100.0, qrs_ms=124.0), "SPR", "abnormal", "pre-excitation"),
        ],
        [measured(NORMAL, pr_ms=None)],
    ),
    conduction.qrs_duration: (
        [
            ("normal", NORMAL, "", "normal", "QRS duration 77 ± 4 ms, normal"),
            ("LBBB", BROAD, "CLBBB", "abnormal", "Complete left bundle branch block: QRS duration 156"),
            ("LBBB?", case_of("lbbb"), "LBBB", "abnormal", "complete block not certain (QRS does not last clearly"),
            ("woman", replace(case_of("lbbb"), sex="female"), "CLBBB", "abnormal", "Complete left bundle branch block"),
            ("q in V6", Q_IN_V6, "LBBB", "abnormal", "complete block not certain (q in V6): QRS duration 156"),
            ("RBBB", RBBB, "CRBBB", "abnormal", "rsR' in V1"),
            ("incomplete", measured(RBBB, qrs_ms=114.0), "IRBBB", "abnormal", "Incomplete right"),
            ("near 120", measured(RBBB, qrs_ms=122.0), "CRBBB", "abnormal", "borderline against the limit of 120"),
            ("wide", measured(NORMAL, qrs_ms=128.0), "IVCD", "abnormal", "Nonspecific intraventricular"),
            ("borderline", measured(NORMAL, qrs_ms=117.0), "IVCD", "borderline", "Borderline QRS"),
            ("still normal", measured(NORMAL, qrs_ms=110.0), "", "normal", "normal"),
        ],
        [measured(NORMAL, qrs_ms=None)],
    ),
    conduction.late_r: (
        [("rSR'", measured(RBBB, qrs_ms=98.0), "IRBBB", "borderline", "rsR' in V1 with QRS duration 98")],
        [NORMAL, RBBB],
    ),
    conduction.fascicles: (
        [
            ("LAFB", LAFB, "LAFB", "abnormal", "Left anterior fascicular block: QRS axis -52"),
            ("LPFB", LPFB, "LPFB", "abnormal", "Left posterior fascicular block"),
        ],
        [NORMAL, measured(LAFB, qrs_axis_deg=-38.0), measured(LAFB, qrs_ms=150.0)],
    ),
    hypertrophy.left_ventricle: (
        [
            ("Sokolow", LVH, "LVH", "borderline", "Sokolow-Lyon 4.20 mV (limit 3.5 mV)"),
            ("two, woman", replace(LVH, sex="female"), "LVH", "abnormal", "Cornell voltage 2.10 mV (limit 2.0"),
            ("young", replace(LVH, age_years=24.0), "HVOLT", "borderline", "High QRS voltage"),
            ("none", NORMAL, "", "normal", "No voltage criteria"),
        ],
        [case_of("lbbb"), measured(NORMAL, criteria={})],
    ),
    hypertrophy.right_ventricle: (
        [("RVH", RVH, "RVH", "abnormal", "R 0.90 mV")],
        [NORMAL, measured(RVH, qrs_axis_deg=60.0)],
    ),
    hypertrophy.low_voltage: ([("limbs", SMALL, "LVOLT", "abnormal", "limb leads")], [NORMAL]),
    hypertrophy.r_progression: (
        [("poor", POOR_R, "RPROG", "borderline", "R only 0.20 mV in V3")],
        [NORMAL, case_of("lbbb")],
    ),
    ischaemia.st_segment: (
        [
            ("none", NORMAL, "", "normal", "No ST elevation"),
            (
                "elevation",
                ANTERIOR_ST,
                "STE_",
                "abnormal",
                "Marked ST elevation in V2-V4 (anteroseptal), up to 0.32 mV 60 ms after the J point in V3",
            ),
            (
                "depression",
                LATERAL_DOWN,
                "STD_",
                "abnormal",
                "ST depression in V4-V6 (anterolateral), down to -0.14 mV",
            ),
            ("simulated infarction", case_of("anterior-mi"), "STE_", "abnormal", "V1-V5"),
            ("secondary", case_of("lbbb"), "", "", "secondary to the wide QRS"),
            (
                "Sgarbossa",
                with_leads(case_of("lbbb"), V5={"j_mv": 0.2}),
                "STE_",
                "abnormal",
                "Concordant ST elevation in V5",
            ),
            (
                "main stem",
                with_leads(
                    NORMAL,
                    aVR={"j_mv": 0.2},
                    **{
                        lead: {"j_mv": -0.15, "st60_mv": -0.15, "st80_mv": -0.15}
                        for lead in ("I", "II", "V3", "V4", "V5", "V6")
                    },
                ),
                "ISC_",
                "abnormal",
                "ST elevation in aVR of 0.20 mV",
            ),
        ],
        [measured(NORMAL, leads=None)],
    ),
    infarction.q_waves: (
        [
            ("none", NORMAL, "", "normal", "No pathological Q"),
            ("septal q", SEPTAL_Q, "LMI", "borderline", "short and small against R, borderline for lateral"),
            ("inferior", INFERIOR_Q, "IMI", "abnormal", "II, III, aVF (longest 44 ms, -0.28 mV"),
            ("anterior", case_of("anterior-mi"), "ASMI", "abnormal", "anteroseptal infarction, possibly recent"),
            ("III alone", Q_IN_III, "", "normal", "(III alone does not count)"),
        ],
        [case_of("lbbb"), replace(NORMAL, shapes={})],
    ),
    repolarisation.t_waves: (
        [
            ("inverted", INVERTED, "INVT", "abnormal", "Inverted T waves in V3-V5"),
            ("flat", FLAT, "LOWT", "borderline", "Flat T waves in V5-V6"),
            ("one lead", with_leads(NORMAL, V6={"t_mv": -0.15}), "NT_", "borderline", "T waves not upright in V6"),
            ("upright", NORMAL, "", "normal", "T waves upright"),
        ],
        [case_of("lbbb"), measured(NORMAL, leads=None)],
    ),
    repolarisation.qt_interval: (
        [
            ("normal", NORMAL, "", "normal", "QTc (Fridericia) 410"),
            ("long", measured(NORMAL, qtc_ms={"fridericia": 478.0}), "LNGQT", "abnormal", "Prolonged QT interval"),
            ("very long", measured(NORMAL, qtc_ms={"fridericia": 520.0}), "LNGQT", "abnormal", "Markedly prolonged"),
            ("borderline", measured(NORMAL, qtc_ms={"fridericia": 452.0}), "LNGQT", "borderline", "Borderline QT"),
            ("short", measured(NORMAL, qtc_ms={"fridericia": 340.0}), "SHORTQT", "abnormal", "Short QT"),
            (
                "sex unknown",
                replace(measured(NORMAL, qtc_ms={"fridericia": 455.0}, uncertainty_ms={}), sex=None),
                "LNGQT",
                "borderline",
                "limit 450 ms in men, 460 ms in women",
            ),
        ],
        [measured(NORMAL, qtc_ms=None), measured(NORMAL, qt_ms=None)],
    ),
    rhythms.not_measurable: (
        [
            (
                "PR",
                measured(NORMAL, pr_ms=None, not_measured={"pr_ms": verbatim("no P waves")}),
                "",
                "borderline",
                "PR interval (no P waves)",
            ),
            (
                "P absent",
                measured(
                    NORMAL,
                    p_ms=None,
                    not_measured={"p_ms": Remark("absent", {"because": Remark("few-p-waves")})},
                ),
                "",
                "borderline",
                "Absent: P duration (no P waves",
            ),
        ],
        [NORMAL],
    ),
    rhythms.not_judged: (
        [
            ("child", CHILD, "", "borderline", "the patient is under 18"),
            ("paced", PACED, "", "borderline", "the rhythm is paced"),
        ],
        [NORMAL],
    ),
    opinion.risk_tier: ([("tier", NORMAL, "", "", "Risk tier Not assessed")], []),
    opinion.probabilities: ([("told", replace(NORMAL, prediction=opinion_of()), "", "", "test network 1.2")], [NORMAL]),
    opinion.flagged_beats: ([("flag", FLAGGED, "", "", "MI: ST segment V2-V3")], [NORMAL]),
    opinion.scope: ([("scope", NORMAL, "", "", "Not assessed by this program")], []),
}
TRIGGERS = [
    pytest.param(rule, *trigger[1:], id=f"{rule.__name__}-{trigger[0]}")
    for rule, (triggers, _) in CASES.items()
    for trigger in triggers
]
SILENT = [
    pytest.param(rule, case, id=f"{rule.__name__}-{k}")
    for rule, (_, cases) in CASES.items()
    for k, case in enumerate(cases)
]
MARKLESS = {"quality", "network", "record"}
NUMBER = re.compile(r"(?<![\w,.'])-?\d+(?:[.,]\d+)?(?![\w.,]*[-]?[VI]\d)")
LEAD = re.compile(r"\b(?:III|II|I|aVR|aVL|aVF|V[1-6](?:-V[1-6])?)(?![\w/])")


def numbers(text: str) -> list[float]:
    """Return the numbers of a sentence, without those in names of leads and fixed names."""
    bare = re.sub(r"V\d(?:-V\d)?|\(in \d+ %.*?\)|network 1[.]2|1AVB|AV-Block I", " ", text)
    return sorted(float(found.replace(",", ".")) for found in re.findall(r"-?\d+(?:[.,]\d+)?", bare))


def leads_in(text: str) -> set[str]:
    out: set[str] = set()
    for found in LEAD.findall(re.sub(r"V7-V9|AV-Block I\.|V1-V3:", " ", text)):
        first, _, last = found.partition("-")
        names = LEADS12[LEADS12.index(first) : LEADS12.index(last) + 1] if last else (first,)
        out |= set(names)
    return out


def assert_grounded(sentence) -> None:
    """Check that a sentence says nothing that it does not carry, in both languages."""
    for text in (sentence.english, sentence.german):
        assert text.endswith(".")
        assert not text.endswith("..")
        assert "  " not in text
        assert "None" not in text
        assert "nan" not in text.split()
    assert numbers(sentence.english) == numbers(sentence.german)
    # Numbers: each is one of the values as it is rounded in print, or in percent.
    allowed = {0.0}
    for value in sentence.values.values():
        allowed |= {round(scale * value, digits) for digits in (0, 1, 2) for scale in (1, 100)}
    allowed |= {max(round(value), 1.0) for name, value in sentence.values.items() if name == "uncertainty_ms"}
    if sentence.section != "network" and sentence.verdict and sentence.section not in ("quality", "record"):
        for number in numbers(sentence.english):
            assert any(abs(number - value) < 1e-6 for value in allowed), (number, sentence)
        assert sentence.values
        assert sentence.leads
        assert leads_in(sentence.english) <= set(sentence.leads) | {"V1", "V2", "V3"} & leads_in("V1-V3"), sentence
        assert leads_in(sentence.english) == leads_in(sentence.german)
    if sentence.section not in MARKLESS:
        assert sentence.marks, sentence
        assert all(mark.start_s < mark.end_s for mark in sentence.marks)
        named = {mark.lead for mark in sentence.marks if mark.lead}
        assert named <= set(sentence.leads)


def test_every_rule_is_walked():
    rules = {*MEASURED_RULES, *UNJUDGED_RULES, *OPINION_RULES, opinion.flagged_beats, opinion.scope}
    assert rules == set(CASES)


@pytest.mark.parametrize(("rule", "case", "code", "verdict", "words"), TRIGGERS)
def test_a_rule_speaks_with_its_grounds(rule, case, code, verdict, words):
    told = rule(case)
    assert any((item.code, item.verdict) == (code, verdict) and words in item.english for item in told), told
    if case.measurements.heart_rate_bpm is not None:
        for item in told:
            assert_grounded(item)


@pytest.mark.parametrize(("rule", "case"), SILENT)
def test_a_rule_is_silent_without_grounds(rule, case):
    told = rule(case)
    assert [item for item in told if item.verdict in ("abnormal", "borderline")] == []
    if rule not in (recording.lead_quality, hypertrophy.left_ventricle):
        assert not [
            item for item in told if item.verdict == "normal" and case is not NORMAL and "shapes" in item.values
        ]


@pytest.mark.parametrize("kind", ["normal", "anterior-mi", "lbbb", "noisy-normal"])
def test_every_sentence_of_a_whole_reading_is_grounded(kind):
    for item in tell(case_of(kind)):
        assert_grounded(item)


def test_a_normal_ecg_is_called_normal():
    told = tell(replace(NORMAL, rhythm=Rhythm("sinus rhythm", 0.97)))
    assert not [item for item in told if item.verdict in ("abnormal", "borderline")]
    assert "By its measurements an ECG within normal limits." in [item.english for item in told]
    assert "Nach den Messungen ein EKG im Normbereich." in [item.german for item in told]


def test_nothing_is_called_normal_where_something_was_not_measured():
    told = tell(measured(NORMAL, qt_ms=None, not_measured={"qt_ms": verbatim("T ends in noise")}))
    assert not [item for item in told if "within normal limits" in item.english]
    assert sum("T ends in noise" in item.english for item in told) == 1


def test_sections_come_in_the_order_of_reading():
    order = ["quality", "rhythm", "rate", "axis", "conduction", "hypertrophy", "ischaemia", "infarction", "st_t", "qt"]
    case = replace(case_of("anterior-mi"), rhythm=Rhythm("sinus rhythm", 0.97), prediction=opinion_of(ASMI=0.9))
    sections = [item.section for item in tell(case)]
    measured_part = [name for name in sections if name in order]
    assert measured_part == sorted(measured_part, key=order.index)
    assert sections.index("network") > sections.index("qt")


@pytest.mark.parametrize(
    ("sex", "age", "mv", "verdict"),
    [
        ("male", 60, 0.24, "abnormal"),
        ("male", 60, 0.21, "borderline"),
        ("male", 30, 0.24, "normal"),
        ("male", 30, 0.28, "abnormal"),
        ("female", 30, 0.18, "abnormal"),
        ("female", 70, 0.14, "normal"),
        (None, None, 0.18, "borderline"),
        (None, None, 0.3, "abnormal"),
    ],
)
def test_st_elevation_in_v2_v3_has_limits_by_age_and_sex(sex, age, mv, verdict):
    case = with_leads(
        replace(NORMAL, sex=sex, age_years=age), V2={"j_mv": mv, "st60_mv": mv}, V3={"j_mv": mv, "st60_mv": mv}
    )
    case = with_leads(case, V4={"j_mv": 0.0, "st60_mv": 0.0, "st80_mv": 0.0}, V5={"j_mv": 0.0}, V6={"j_mv": 0.0})
    assert ischaemia.st_segment(case)[0].verdict == verdict


def test_elevation_in_leads_that_are_no_neighbours_is_none():
    case = with_leads(NORMAL, V1={"j_mv": 0.15}, V5={"j_mv": 0.15}, II={"j_mv": 0.15})
    assert ischaemia.st_segment(case)[0].code != "STE_"


def test_upsloping_depression_does_not_count():
    case = with_leads(
        NORMAL, **{lead: {"j_mv": -0.12, "st60_mv": -0.02, "st80_mv": 0.02} for lead in ("V4", "V5", "V6")}
    )
    assert not [item for item in ischaemia.st_segment(case) if item.code == "STD_"]


@pytest.mark.parametrize("case", [CHILD, PACED], ids=["child", "paced"])
def test_children_and_paced_rhythms_are_measured_but_not_judged(case):
    told = tell(replace(case, measurements=ANTERIOR_ST.measurements))
    sections = {item.section for item in told}
    assert not {"axis", "conduction", "hypertrophy", "ischaemia", "infarction", "st_t", "qt"} & sections
    assert sum("measured but not judged" in item.english for item in told) == 1
    assert not any("within normal limits" in item.english for item in told)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Sinus rhythm with first-degree AV block (PR 252 ms)", "Sinusrhythmus mit AV-Block I. Grades (PQ 252 ms)"),
        ("Atrial fibrillation with rapid ventricular response", "Vorhofflimmern mit schneller Überleitung"),
        ("Sinus bradycardia with arrhythmia", "Sinusbradykardie mit Arrhythmie"),
        (
            "Sinus rhythm with a run of 4 ventricular beats",
            "Sinusrhythmus mit einer Salve von 4 ventrikulären Schlägen",
        ),
        (
            "successive RR intervals differ by 3 % (median)",
            "aufeinanderfolgende RR-Intervalle differieren um 3 % (Median)",
        ),
        ("Irregular rhythm", "unregelmäßiger Rhythmus"),
    ],
)
def test_rhythms_are_told_in_german(english, german):
    assert rhythm_german(english) == german


def test_leads_of_bad_quality_and_swapped_electrodes_ground_nothing():
    bad = replace(
        ANTERIOR_ST.quality,
        leads={**ANTERIOR_ST.quality.leads, **dict.fromkeys(("V2", "V3"), LeadQuality(False, (verbatim("noise"),)))},
    )
    for item in tell(replace(ANTERIOR_ST, quality=bad)):
        if item.section not in ("quality", "network", "record"):
            assert not {"V2", "V3"} & set(item.leads)
    swapped = replace(INFERIOR_Q, quality=replace(INFERIOR_Q.quality, reversal="RA/LA"))
    assert not infarction.q_waves(swapped) or infarction.q_waves(swapped)[0].verdict == "normal"
    assert "not to be relied on" in axis_rules.qrs_axis(swapped)[0].english


@given(
    pr=st.floats(60, 400),
    qrs=st.floats(60, 220),
    qtc=st.floats(300, 600),
    axis=st.floats(-179, 180),
    doubt=st.floats(0, 15),
    j=st.lists(st.floats(-0.6, 0.9), min_size=12, max_size=12),
    t=st.lists(st.floats(-1.4, 1.4), min_size=12, max_size=12),
    sex=st.sampled_from(["male", "female", None]),
    age=st.sampled_from([None, 25.0, 50.0, 80.0]),
    kind=st.sampled_from(["normal", "lbbb", "anterior-mi"]),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_measured_every_sentence_is_grounded(pr, qrs, qtc, axis, doubt, j, t, sex, age, kind):
    case = measured(
        replace(case_of(kind), sex=sex, age_years=age),
        pr_ms=pr,
        qrs_ms=qrs,
        qtc_ms={"fridericia": qtc},
        qrs_axis_deg=axis,
        uncertainty_ms=dict.fromkeys(("pr_ms", "qrs_ms", "qt_ms", "p_ms"), doubt),
    )
    leads = {
        lead: {"j_mv": a, "st60_mv": a * 1.1, "st80_mv": a * 1.2, "t_mv": b}
        for lead, a, b in zip(LEADS12, j, t, strict=True)
    }
    for item in tell(with_leads(case, **leads)):
        assert_grounded(item)


@pytest.mark.parametrize("limit", [limits.PR_LONG_MS])
def test_doubt_around_a_limit_is_called_borderline_on_both_sides(limit):
    for value in np.linspace(limit - 20, limit + 20, 41):
        told = conduction.pr_interval(measured(NORMAL, pr_ms=float(value), uncertainty_ms={"pr_ms": 6.0}))[0]
        wanted = "borderline" if abs(value - limit) <= 6.0 else "abnormal" if value > limit else "normal"
        assert told.verdict == wanted


def test_the_network_agrees_contradicts_and_adds():
    case = BROAD
    agreed = " ".join(item.english for item in tell(replace(case, prediction=opinion_of(CLBBB=0.97))))
    assert "The network agrees with the measurement: statement CLBBB (CLBBB) 97 %." in agreed
    denied = tell(replace(case, prediction=opinion_of(CLBBB=0.02)))
    contradiction = [item for item in denied if "contradicts" in item.english]
    assert contradiction[0].source == "both"
    assert contradiction[0].marks
    assert "Complete left bundle branch block" in contradiction[0].english
    assert "Kompletter Linksschenkelblock" in contradiction[0].german
    added = [item for item in tell(replace(NORMAL, prediction=opinion_of(ASMI=0.8))) if "adds" in item.english]
    assert added[0].source == "network"
    assert "(ASMI, 80 %)" in added[0].english
    assert "anteroseptaler Infarkt (ASMI, 80 %)" in added[0].german
    undecided = tell(replace(case, prediction=opinion_of(CLBBB=0.3)))
    assert not [item for item in undecided if "contradicts" in item.english or "agrees" in item.english]


def test_without_a_network_nothing_of_it_is_told():
    for item in tell(replace(NORMAL, risk=Risk(Tier.NOT_ASSESSED, verbatim("No model was asked.")))):
        assert item.source == "measured"


def test_beats_without_waves_take_the_marks_of_the_median():
    case = replace(NORMAL, waves=())
    told = conduction.pr_interval(case)[0]
    assert len(told.marks) == len(NORMAL.beats)
    lengths = [1000 * (mark.end_s - mark.start_s) for mark in told.marks]
    assert lengths == pytest.approx([160.0] * len(lengths), abs=8.0)
    alone = replace(case, beats=(Beat(1.0, "normal"),))
    assert conduction.pr_interval(alone)[0].marks[0].end_s < 1.0
