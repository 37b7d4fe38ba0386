"""Every rule of the narrative, with findings that set it off and findings that do not."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardio_desktop.core.events import Event
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
    Wave,
    WindowScore,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.morphology import Deflection, QrsShape
from cardio_desktop.narrative import axis as axis_rules
from cardio_desktop.narrative import (
    conduction,
    episodes,
    hypertrophy,
    infarction,
    ischaemia,
    opinion,
    recording,
    repolarisation,
)
from cardio_desktop.narrative import rhythm as rhythms
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.critical import events_of
from cardio_desktop.narrative.telling import MEASURED_RULES, OPINION_RULES, QUALITY_RULES, UNJUDGED_RULES, tell
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


def rhythm_of(basic: str, confidence: float, more: tuple[Remark, ...] = (), details: tuple[Remark, ...] = ()) -> Rhythm:
    codes = (*basic.split("-")[:1], *(item.code.removeprefix("with-") for item in more))
    remark = Remark("rhythm", {"basic": Remark(f"rhythm-{basic}"), "more": more})
    return Rhythm(remark, confidence, codes, details)


ECTOPIC = rhythm_of("SR", 0.92, (Remark("with-BIGU"),), (Remark("ground-p", {"share": 0.96}),))
WIDE_HIDDEN = replace(rhythm_of("TACH-wide-no-P", 0.5), codes=("SVTAC",))
OTHER = Remark("network-disagrees", {"rhythm": Remark("rhythm-AFIB"), "probability": 0.83})
DISPUTED = rhythm_of("SR", 0.6, (), (OTHER,))
CHILD = replace(NORMAL, age_years=9.0)
PACED = replace(NORMAL, rhythm=rhythm_of("PACE", 0.9))


def with_pr(pr_ms: float, *more: str) -> Case:
    """Return sinus rhythm with a PR interval, and with what the rhythm comes with."""
    return measured(
        replace(NORMAL, rhythm=rhythm_of("SR", 0.9, tuple(Remark(f"with-{code}") for code in more))), pr_ms=pr_ms
    )


def reversed_by(swap: str) -> Case:
    return replace(NORMAL, quality=replace(NORMAL.quality, reversal=swap))


SHIFTED = replace(
    NORMAL,
    beats=tuple(Beat(0.5 + 0.8 * k, "normal", shape=0) for k in range(120)),
    events=(
        Event("AF", 20.0, 31.5, values={"rate_bpm": 96.0}),
        Event("ST_UP", 40.0, 85.0, ("V2", "V3", "V4"), {"st_mv": 0.42, "shift_mv": 0.4}),
        Event("ST_DOWN", 41.0, 84.0, ("II", "III", "aVF"), {"st_mv": -0.15, "shift_mv": -0.14}),
    ),
)
TURNED = replace(
    SHIFTED,
    events=(
        Event("T_INV", 40.0, 85.0, ("V2", "V3", "V4"), {"t_mv": -0.31, "usual_mv": 0.42}),
        Event("T_FLAT", 20.0, 45.0, ("I", "II"), {"t_mv": 0.02, "usual_mv": 0.25}),
        Event("T_UP", 10.0, 35.0, ("V5", "V6"), {"t_mv": 0.9, "usual_mv": 0.3}),
        Event("T_ALT", 60.0, 80.0, ("V2", "V3"), {"t_mv": 0.2}),
    ),
)
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
        ],
        [NORMAL, replace(NORMAL, quality=Quality(True))],
    ),
    recording.electrodes: (
        [
            (
                "swapped",
                reversed_by("RA/LA"),
                "SWAP",
                "abnormal",
                "RA/LA may be swapped: the limb leads are not judged",
            ),
            ("chest", reversed_by("V2/V3"), "SWAP", "abnormal", "V2/V3 may be swapped: the chest leads are not judged"),
        ],
        [NORMAL],
    ),
    rhythms.rhythm: (
        [
            ("AF", replace(NORMAL, rhythm=rhythm_of("AFIB", 0.9)), "AFIB", "abnormal", "Atrial fibrillation 70/min"),
            ("ectopy", replace(NORMAL, rhythm=ECTOPIC), "BIGU", "abnormal", "P waves before most beats"),
            (
                "slow",
                measured(replace(NORMAL, rhythm=rhythm_of("SBRAD", 0.9)), heart_rate_bpm=43.0),
                "SBRAD",
                "borderline",
                "Sinus bradycardia 43/min",
            ),
            (
                "disputed",
                replace(NORMAL, rhythm=DISPUTED),
                "RHYTHM?",
                "borderline",
                "The network disagrees: atrial fib",
            ),
            (
                "hidden P",
                measured(replace(NORMAL, rhythm=rhythm_of("SVTAC-no-P", 0.5)), heart_rate_bpm=132.0),
                "SVTAC",
                "borderline",
                "Regular tachycardia 132/min, P waves not seen",
            ),
            (
                "hidden P at half the rate of flutter",
                measured(replace(NORMAL, rhythm=rhythm_of("SVTAC-no-P-2:1", 0.5)), heart_rate_bpm=145.0),
                "SVTAC",
                "borderline",
                "Regular tachycardia 145/min, P waves not seen, atrial flutter with 2:1 conduction possible",
            ),
            (
                "hidden P and wide complexes",
                measured(replace(NORMAL, rhythm=WIDE_HIDDEN), heart_rate_bpm=132.0),
                "SVTAC",
                "borderline",
                "Regular wide-complex tachycardia 132/min, P waves not seen",
            ),
            (
                "too fast at rest at half the rate of flutter",
                measured(replace(NORMAL, rhythm=rhythm_of("SVTAC-no-P-2:1", 0.5)), heart_rate_bpm=152.0),
                "SVTAC",
                "borderline",
                "Supraventricular tachycardia 152/min, P waves not seen, atrial flutter with 2:1 conduction possible",
            ),
            (
                "too fast for the sinus node",
                measured(replace(NORMAL, rhythm=rhythm_of("SVTAC-no-P", 0.5)), heart_rate_bpm=182.0),
                "SVTAC",
                "borderline",
                "Supraventricular tachycardia 182/min, P waves not seen",
            ),
            (
                "unsure",
                replace(NORMAL, rhythm=rhythm_of("SR", 0.6)),
                "SR",
                "borderline",
                "probably sinus rhythm 70/min",
            ),
        ],
        [NORMAL, replace(NORMAL, rhythm=rhythm_of("SR", 0.95)), replace(NORMAL, rhythm=rhythm_of("SBRAD", 0.9))],
    ),
    rhythms.ectopy: (
        [
            ("PVC", PVC, "PVC", "borderline", "One ventricular premature beat among"),
            ("PAC", ONE_EARLY, "PAC", "normal", "One supraventricular premature beat among"),
        ],
        [NORMAL],
    ),
    rhythms.rate: (
        [
            ("normal", NORMAL, "", "normal", "Heart rate 70/min"),
            ("fast", measured(NORMAL, heart_rate_bpm=112.0), "", "borderline", "tachycardia"),
            ("slow", measured(NORMAL, heart_rate_bpm=44.0), "", "borderline", "bradycardia"),
            ("none", measured(NORMAL, heart_rate_bpm=None), "", "borderline", "not measurable"),
        ],
        [replace(NORMAL, rhythm=rhythm_of("SR", 0.95))],
    ),
    axis_rules.qrs_axis: (
        [
            ("normal", NORMAL, "", "normal", "Axis 44°"),
            ("left", measured(NORMAL, qrs_axis_deg=-38.0), "ALS", "borderline", "Moderate left"),
            ("marked left", measured(NORMAL, qrs_axis_deg=-60.0), "ALS", "abnormal", "Left axis deviation (-60°)"),
            ("right", measured(NORMAL, qrs_axis_deg=105.0), "ARS", "borderline", "Moderate right"),
            ("marked right", measured(NORMAL, qrs_axis_deg=150.0), "ARS", "abnormal", "Right axis deviation (150°)"),
            ("extreme", measured(NORMAL, qrs_axis_deg=-140.0), "AXIS", "abnormal", "Extreme"),
        ],
        [measured(NORMAL, qrs_axis_deg=None), reversed_by("RA/LA")],
    ),
    axis_rules.qrs_t_angle: (
        [("wide", measured(NORMAL, t_axis_deg=160.0), "ANGLE", "borderline", "Wide frontal QRS-T angle")],
        [NORMAL, measured(BROAD, t_axis_deg=-160.0)],
    ),
    conduction.p_wave: (
        [
            ("normal", measured(NORMAL, p_ms=100.0), "", "normal", "P 100 ms"),
            ("long", measured(NORMAL, p_ms=156.0), "LAO/LAE", "abnormal", "left atrial abnormality."),
            ("rather long", measured(NORMAL, p_ms=150.0), "LAO/LAE", "borderline", "left atrial abnormality?"),
            ("tall", with_leads(NORMAL, II={"p_mv": 0.34}), "RAO/RAE", "abnormal", "right atrial"),
            (
                "rather tall",
                with_leads(NORMAL, II={"p_mv": 0.28}),
                "RAO/RAE",
                "borderline",
                "right atrial abnormality?",
            ),
        ],
        [measured(NORMAL, p_ms=None)],
    ),
    conduction.pr_interval: (
        [
            ("normal", NORMAL, "", "normal", "PR 160 ms"),
            ("block", with_pr(208.0, "AVB1"), "1AVB", "abnormal", "First-degree AV block, PR 208 ms"),
            ("no block", with_pr(232.0), "1AVB", "borderline", "PR slightly prolonged, 232 ms (limit 200 ms)"),
            ("noted", with_pr(213.0), "", "normal", "PR slightly prolonged, 213 ms (limit 200 ms)"),
            ("no rhythm", measured(NORMAL, pr_ms=244.0), "1AVB", "abnormal", "First-degree AV block"),
            ("short", measured(NORMAL, pr_ms=100.0), "SPR", "borderline", "Short PR"),
            ("short and wide", measured(NORMAL, pr_ms=100.0, qrs_ms=124.0), "SPR", "abnormal", "pre-excitation"),
        ],
        [measured(NORMAL, pr_ms=None)],
    ),
    conduction.qrs_duration: (
        [
            ("normal", NORMAL, "", "normal", "QRS 77 ms"),
            ("LBBB", BROAD, "CLBBB", "abnormal", "Left bundle branch block, QRS 156 ms"),
            ("LBBB?", measured(BROAD, qrs_ms=132.0), "LBBB", "abnormal", "complete left block lasts 140 ms or more"),
            (
                "woman",
                replace(measured(BROAD, qrs_ms=134.0), sex="female"),
                "CLBBB",
                "abnormal",
                "Left bundle branch block",
            ),
            ("q in V6", Q_IN_V6, "LBBB", "abnormal", "q in V6"),
            ("RBBB", RBBB, "CRBBB", "abnormal", "rsR' in V1"),
            ("incomplete", measured(RBBB, qrs_ms=114.0), "IRBBB", "borderline", "Incomplete right"),
            (
                "near 120",
                measured(RBBB, qrs_ms=122.0),
                "CRBBB",
                "abnormal",
                "borderline between incomplete and complete",
            ),
            ("wide", measured(NORMAL, qrs_ms=133.0), "IVCD", "abnormal", "Nonspecific intraventricular"),
            ("borderline", measured(NORMAL, qrs_ms=127.0), "IVCD", "borderline", "QRS slightly widened"),
            (
                "woman's",
                replace(measured(NORMAL, qrs_ms=119.0), sex="female"),
                "IVCD",
                "borderline",
                "slightly widened",
            ),
            ("still normal", measured(NORMAL, qrs_ms=118.0), "", "normal", "QRS 118 ms"),
        ],
        [measured(NORMAL, qrs_ms=None)],
    ),
    conduction.late_r: (
        [("rSR'", measured(RBBB, qrs_ms=98.0), "RSR", "normal", "rsR' in V1 with QRS 98 ms, normal variant")],
        [NORMAL, RBBB],
    ),
    conduction.fascicles: (
        [
            ("LAFB", LAFB, "LAFB", "abnormal", "Left anterior fascicular block: axis -52°"),
            ("LPFB", LPFB, "LPFB", "abnormal", "Left posterior fascicular block"),
        ],
        [NORMAL, measured(LAFB, qrs_axis_deg=-38.0), measured(LAFB, qrs_ms=150.0), measured(LPFB, qrs_axis_deg=95.0)],
    ),
    hypertrophy.left_ventricle: (
        [
            ("Sokolow", LVH, "LVH", "borderline", "Sokolow-Lyon 4.20 mV (limit 3.5 mV)"),
            (
                "near",
                measured(LVH, criteria={"sokolow_lyon_mv": 3.6}),
                "",
                "normal",
                "No more than Sokolow-Lyon 3.60 mV",
            ),
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
    hypertrophy.low_voltage: ([("limbs", SMALL, "LVOLT", "borderline", "limb leads")], [NORMAL]),
    hypertrophy.r_progression: (
        [("poor", POOR_R, "RPROG", "borderline", "R 0.20 mV in V3")],
        [NORMAL, case_of("lbbb"), with_leads(POOR_R, V4={"r_mv": 1.1})],
    ),
    episodes.st_changes: (
        [
            ("up", SHIFTED, "STE_", "abnormal", "ST elevation in V2-V4 (anteroseptal), up to 0.42 mV, 40.0 to 85.0 s"),
            ("down", SHIFTED, "STD_", "abnormal", "ST depression in II, III, aVF (inferior), up to -0.15 mV, 41.0 to"),
        ],
        [NORMAL],
    ),
    episodes.t_changes: (
        [
            (
                "turned",
                TURNED,
                "INVT",
                "abnormal",
                "T wave inversion in V2-V4 (anteroseptal), -0.31 mV instead of 0.42",
            ),
            ("flat", TURNED, "LOWT", "borderline", "Flat T waves in I, II (lateral), 0.02 mV instead of"),
            (
                "tall",
                TURNED,
                "NT_",
                "borderline",
                "Taller T waves in V5-V6 (lateral), 0.90 mV instead of 0.30 mV, 10.0 to",
            ),
            (
                "alternans",
                TURNED,
                "TALT",
                "abnormal",
                "T wave alternans in V2-V3 (anteroseptal), 0.20 mV, 60.0 to 80.0 s",
            ),
        ],
        [NORMAL, measured(TURNED, qrs_ms=150.0)],
    ),
    episodes.rhythm_changes: (
        [("fibrillation", SHIFTED, "AFIB", "abnormal", "Atrial fibrillation, 96/min, 20.0 to 31.5 s")],
        [NORMAL, replace(SHIFTED, beats=SHIFTED.beats[:3])],
    ),
    ischaemia.st_segment: (
        [
            ("none", NORMAL, "", "normal", "No ST shift"),
            (
                "elevation",
                ANTERIOR_ST,
                "STE_",
                "abnormal",
                "ST elevation in V2-V4 (anteroseptal), 0.27 mV at the J point in V3",
            ),
            (
                "depression",
                LATERAL_DOWN,
                "STD_",
                "abnormal",
                "ST depression in V4-V6 (anterolateral), -0.14 mV",
            ),
            ("simulated infarction", case_of("anterior-mi"), "STE_", "abnormal", "V1-V5"),
            ("secondary", case_of("lbbb"), "", "", "secondary to the wide QRS"),
            (
                "fast",
                measured(with_leads(BROAD, V5={"j_mv": 0.2}), heart_rate_bpm=130.0),
                "",
                "",
                "not judged at 130/min",
            ),
            (
                "Sgarbossa",
                with_leads(BROAD, V5={"j_mv": 0.2, "st60_mv": 0.2}),
                "STE_",
                "abnormal",
                "Concordant ST elevation in V5",
            ),
            (
                "Smith",
                with_leads(BROAD, V2={"j_mv": 0.4, "st60_mv": 0.5, "s_mv": -1.2, "r_mv": 0.1}),
                "STE_",
                "abnormal",
                "discordant ST elevation in V2",
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
                "ST elevation in aVR (0.20 mV)",
            ),
        ],
        [measured(NORMAL, leads=None)],
    ),
    infarction.q_waves: (
        [
            ("none", NORMAL, "", "normal", "No pathological Q"),
            ("septal q", SEPTAL_Q, "LMI", "normal", "Small Q waves in I, aVL"),
            ("inferior", INFERIOR_Q, "IMI", "abnormal", "II, III, aVF (44 ms and -0.28 mV"),
            ("anterior", case_of("anterior-mi"), "ASMI", "abnormal", "anteroseptal infarction, possibly recent"),
            ("III alone", Q_IN_III, "", "normal", "No pathological Q"),
        ],
        [case_of("lbbb"), replace(NORMAL, shapes={})],
    ),
    repolarisation.t_waves: (
        [
            ("inverted", INVERTED, "INVT", "abnormal", "Inverted T waves in V3-V5"),
            ("flat", FLAT, "LOWT", "borderline", "Flat T waves in V5-V6"),
            ("one lead", with_leads(NORMAL, V6={"t_mv": -0.15}), "NT_", "borderline", "T waves not upright in V6"),
            ("upright", NORMAL, "", "normal", "T waves normal"),
            (
                "concordant",
                with_leads(BROAD, **{lead: {"t_mv": -0.3} for lead in ("V1", "V2", "V3")}),
                "INVT",
                "abnormal",
                "not explained by the bundle branch block",
            ),
        ],
        [case_of("lbbb"), measured(NORMAL, leads=None)],
    ),
    repolarisation.qt_interval: (
        [
            ("normal", NORMAL, "", "normal", "QTc 410 ms (Fridericia)"),
            ("long", measured(NORMAL, qtc_ms={"fridericia": 478.0}), "LNGQT", "abnormal", "Prolonged QT interval"),
            ("very long", measured(NORMAL, qtc_ms={"fridericia": 520.0}), "LNGQT", "abnormal", "Markedly prolonged"),
            ("borderline", measured(NORMAL, qtc_ms={"fridericia": 452.0}), "LNGQT", "borderline", "Borderline QT"),
            ("short", measured(NORMAL, qtc_ms={"fridericia": 340.0}), "SHORTQT", "abnormal", "Short QT"),
            ("wide", measured(BROAD, qtc_ms={"fridericia": 480.0}), "", "normal", "long through the wide QRS alone"),
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
    opinion.risk_tier: ([("tier", NORMAL, "", "", "risk tier Not assessed. No model")], []),
    opinion.flagged_beats: ([("flag", FLAGGED, "", "", "MI: ST segment V2-V3")], [NORMAL]),
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
    bare = re.sub(r"V\d(?:-V\d)?|\(in \d+ %.*?\)|network 1[.]2|2:1|1AVB|AV-Block I", " ", text)
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
        assert text.endswith((".", "?"))
        assert not text.endswith("..")
        assert "  " not in text
        assert "None" not in text
        assert "nan" not in text.split()
    assert numbers(sentence.english) == numbers(sentence.german)
    # Numbers: each is one of the values as it is rounded in print, or in percent.
    allowed = {0.0}
    for value in sentence.values.values():
        allowed |= {round(scale * value, digits) for digits in (0, 1, 2) for scale in (1, 100)}
    if sentence.section != "network" and sentence.verdict and sentence.section not in ("quality", "record"):
        for number in numbers(sentence.english):
            assert any(abs(number - value) < 1e-6 for value in allowed), (number, sentence)
        assert sentence.leads
        assert leads_in(sentence.english) <= set(sentence.leads), sentence
        assert leads_in(sentence.english) == leads_in(sentence.german)
    if sentence.section not in MARKLESS:
        assert sentence.marks, sentence
        assert all(mark.start_s < mark.end_s for mark in sentence.marks)
        named = {mark.lead for mark in sentence.marks if mark.lead}
        assert named <= set(sentence.leads)


def test_every_rule_is_walked():
    rules = {*QUALITY_RULES, *MEASURED_RULES, *UNJUDGED_RULES, *OPINION_RULES, opinion.flagged_beats}
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


def test_a_normal_ecg_is_read_in_four_lines():
    told = tell(replace(NORMAL, rhythm=rhythm_of("SR", 0.97), prediction=opinion_of()))
    assert not [item for item in told if item.verdict in ("abnormal", "borderline")]
    assert len(told) <= 4
    assert told[0].english == "Sinus rhythm 70/min, normal ECG."
    assert told[0].german == "Sinusrhythmus 70/min, normales EKG."
    assert told[0].remark.values["codes"] == ("SR", "NORM")


def test_nothing_is_called_normal_where_something_was_not_measured():
    case = measured(
        replace(NORMAL, rhythm=rhythm_of("SR", 0.97)), qt_ms=None, not_measured={"qt_ms": verbatim("noise")}
    )
    told = tell(case)
    assert not [item for item in told if "normal ECG" in item.english]
    assert "nothing abnormal in what could be measured" in told[0].english
    assert told[0].verdict == ""
    assert sum("QT interval" in item.english for item in told) == 1


def test_a_reading_begins_with_its_conclusion_and_goes_by_weight():
    case = replace(case_of("anterior-mi"), rhythm=rhythm_of("SR", 0.97), prediction=opinion_of(ASMI=0.9))
    told = tell(case)
    assert told[0].section == "conclusion"
    assert told[0].english.startswith("Sinus rhythm 84/min, extensive anterior ST elevation") or "ST elevation" in (
        told[0].english
    )
    verdicts = [item.verdict for item in told if item.source == "measured" and item.section != "conclusion"]
    assert verdicts == sorted(verdicts, key=["abnormal", "borderline", "", "normal"].index)
    assert [item.code for item in told if item.verdict == "abnormal"][1] == "STE_"
    assert [item.section for item in told][-1] == "network"


def test_critical_events_come_first_and_are_told_once():
    case = replace(ANTERIOR_ST, rhythm=rhythm_of("SR", 0.97))
    case = with_leads(case, V3={"j_mv": 0.4, "st60_mv": 0.4})
    pause = Event("PAUSE", 2.1, 5.9, values={"length_s": 3.8})
    told = tell(replace(case, events=events_of(replace(case, events=(pause,)))))
    assert [item.section for item in told[:3]] == ["critical", "critical", "conclusion"]
    assert told[0].english == "Pause of 3.8 s at 2.1 s."
    assert told[0].german == "Pause von 3,8 s bei 2,1 s."
    assert told[1].english.startswith("Marked ST elevation in V2-V4 (anteroseptal), up to 0.40 mV")
    assert sum("ST elevation in V2-V4" in item.english for item in told) == 1
    assert "anteroseptal ST elevation: acute infarction?" in told[2].english


@pytest.mark.parametrize("kind", ["normal", "anterior-mi", "lbbb"])
def test_no_sentence_is_told_twice(kind):
    texts = [item.english for item in tell(replace(case_of(kind), rhythm=rhythm_of("SR", 0.97)))]
    assert len(texts) == len(set(texts))


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
    (conclusion,) = [item for item in told if "not judged" in item.english]
    assert conclusion.section == "conclusion"
    assert ("below the age of 18" if case is CHILD else "in a paced rhythm") in conclusion.english
    assert not any("within normal limits" in item.english for item in told)


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
    assert not axis_rules.qrs_axis(swapped)
    limbs = {"I", "II", "III", "aVR", "aVL", "aVF"}
    for swap, silent in (("RA/LA", limbs), ("V2/V3", set(LEADS12) - limbs)):
        for item in tell(replace(ANTERIOR_ST, quality=replace(NORMAL.quality, reversal=swap))):
            if item.section not in ("quality", "network", "record", "conclusion"):
                assert not silent & set(item.leads), (swap, item)


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


def test_every_value_has_one_verdict_and_they_ascend():
    for name, rule in (("pr_ms", conduction.pr_interval), ("qrs_ms", conduction.qrs_duration)):
        found = [rule(measured(NORMAL, **{name: float(value)}))[0].verdict for value in np.linspace(120, 260, 71)]
        order = ["normal", "borderline", "abnormal"]
        assert found == sorted(found, key=order.index)
        assert set(found) == set(order)


def test_the_network_agrees_contradicts_and_adds():
    case = BROAD
    agreed = " ".join(item.english for item in tell(replace(case, prediction=opinion_of(CLBBB=0.97))))
    assert "The network agrees: statement CLBBB (CLBBB) 97 %." in agreed
    denied = tell(replace(case, prediction=opinion_of(CLBBB=0.02)))
    contradiction = [item for item in denied if "contradicts" in item.english]
    assert contradiction[0].source == "both"
    assert contradiction[0].marks
    assert "left bundle branch block" in contradiction[0].english
    assert "kompletter Linksschenkelblock" in contradiction[0].german
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


def test_what_is_critical_is_concluded_from_a_recording_that_is_otherwise_unusable():
    from cardio_desktop.core.events import Event

    wide = Event("WCT", 0.2, 9.9, values={"rate_bpm": 166.0})
    case = case_of(quality=Quality(False, (Remark("noisy"),)), events=(wide,))
    concluded = next(item for item in tell(case) if item.section == "conclusion")
    assert concluded.verdict == "abnormal"
    assert "ide-complex tachycardia" in concluded.text()
    assert "no more can be assessed" in concluded.text()
    assert sum("too noisy" in item.text() for item in tell(case) if item.source == "measured") == 1
    assert concluded.remark.values["codes"] == ("WCT",)


def test_a_raised_j_point_that_falls_back_is_no_elevation():
    for st60_mv, code in ((0.02, ""), (0.28, "STE_")):
        case = with_leads(NORMAL, **{lead: {"j_mv": 0.27, "st60_mv": st60_mv} for lead in ("V2", "V3")})
        assert ischaemia.st_segment(case)[0].code == code


@pytest.mark.parametrize(("bpm", "word"), [(60.0, False), (59.6, False), (59.0, True), (100.0, False), (101.0, True)])
def test_sixty_is_not_slow_and_a_hundred_not_fast(bpm, word):
    (told,) = rhythms.rate(measured(NORMAL, heart_rate_bpm=bpm))
    assert ("cardia" in told.english) is word


@pytest.mark.parametrize(
    ("p_ms", "verdict", "words"),
    [
        (118.0, "normal", "P 118 ms"),
        (125.0, "normal", "P slightly prolonged, 125 ms in II (limit 120 ms)"),
        (133.0, "borderline", "Prolonged P wave, 133 ms in II: left atrial abnormality?"),
        (140.0, "abnormal", "Prolonged P wave, 140 ms in II: left atrial abnormality."),
    ],
)
def test_p_over_120_ms_in_lead_two_is_prolonged(p_ms, verdict, words):
    waves = tuple(Wave("II", "P", t, None, t + p_ms / 1000.0) for t in (0.3, 1.1, 1.9))
    told = conduction.p_wave(measured(replace(NORMAL, waves=waves), p_ms=p_ms))[0]
    assert told.verdict == verdict
    assert words in told.english


@pytest.mark.parametrize("rate_bpm", [70.0, 130.0])
def test_no_criterion_of_infarction_in_block_is_asked_of_a_tachycardia_or_a_paced_rhythm(rate_bpm):
    shifted = with_leads(measured(BROAD, heart_rate_bpm=rate_bpm), V5={"j_mv": 0.2, "st60_mv": 0.2})
    asked = any("infarction in left bundle branch block" in item.english for item in tell(shifted))
    assert asked is (rate_bpm < 100.0)
    paced = replace(shifted, rhythm=rhythm_of("PACE", 0.9))
    assert not any("infarction" in item.english for item in tell(paced))


def test_a_loose_electrode_is_blamed_once():
    why = (Remark("step", {"step_mv": 1.4}), Remark("steps", {"period_s": 1.1}), Remark("wander", {"wander_mv": 2.2}))
    quality = replace(NORMAL.quality, leads={**NORMAL.quality.leads, "V6": LeadQuality(False, why)})
    (told,) = recording.lead_quality(replace(NORMAL, quality=quality))
    assert told.english.count("loose electrode") == 1
    assert "wanders by 2.2 mV" in told.english
