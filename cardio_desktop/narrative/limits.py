"""The limits that sentences go by, each with its source.

AHA/ACC/HRS means the recommendations for the standardization and interpretation of the electrocardiogram: part III,
intraventricular conduction (Circulation 2009;119:e235); IV, ST, T, U and QT (e241); V, hypertrophy (e251); VI,
ischaemia and infarction (e262). UDMI4 is the fourth universal definition of myocardial
infarction (Circulation 2018;138:e618). Limits that are printed beside a measurement stand in its row of
`core.quantities`.
"""

from __future__ import annotations

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.quantities import usual, usual_by_sex

SLOW_LABEL_BPM = 60
"""A rate that is written as 60 is not slow; below it a reader writes bradycardia."""
SLOW_BPM, VERY_SLOW_BPM = 46.0, 40.0
FAST_BPM, QUICK_BPM, VERY_FAST_BPM = usual("heart_rate_bpm")[1], 106.0, 120.0
"""Slow and fast sinus rhythm is a finding below 46 and above 106 per minute: of 800 healthy adults of PTB-XL (folds 1
to 8) 1 % lie below 45 and 2 % above 106. It is abnormal below 40 (of symptoms in the bradycardia guideline, Circulation
2019;140:e382) and above 120."""
FEW_ECTOPIC = {BeatKind.VENTRICULAR: 2, BeatKind.SUPRAVENTRICULAR: 2}
"""So many in ten seconds are seen in healthy hearts; more are abnormal."""

AXIS_LEFT_DEG, AXIS_RIGHT_DEG = usual("qrs_axis_deg")
AXIS_MARKED_LEFT_DEG = -45.0
AXIS_FAR_LEFT_DEG, AXIS_FAR_RIGHT_DEG = -35.0, 95.0
AXIS_MARKED_RIGHT_DEG = 120.0
"""Frontal axis of adults, AHA/ACC/HRS III; between -35 and 95 degrees, where 99 % of
the healthy lie, a deviation is no finding."""
LPFB_AXIS_DEG = 100.0
"""Of 800 healthy adults of PTB-XL (folds 1 to 8) 2 % have an axis beyond 90 degrees, and some the shapes beside it."""
QRS_T_ANGLE_DEG = 100.0
"""Frontal angle; 99 % of the same healthy adults stay below 88 degrees, the literature calls it wide from 90 to 105."""

PR_SHORT_MS, PR_LONG_MS = usual("pr_ms")
PR_SEEN_MS, PR_SURE_MS = 220.0, 240.0
"""First-degree AV block: longer than 200 ms (ACC/AHA/HRS bradycardia guideline, Circulation 2019;140:e382). Whether a
PR above that is one, the rhythm decides (`analysis.rhythm`), for sentence and rhythm alike; where it has no name, from
the second on. What is no block is borderline from the first on: measured from the first onset of P in any lead, 95 % of
800 healthy adults of PTB-XL (folds 1 to 8) reach 206 and 98 % 219 ms."""
P_LONG_MS = (120.0, 131.0, 136.0)
"""P in lead II is prolonged over 120 ms (AHA/ACC/HRS V); of the healthy 10 % lie above 123, 2 % above 131 and 1 % above
134 ms, so that it is a finding from the second on and abnormal from the third."""
P_LONG_GLOBAL_MS = (usual("p_ms")[1], 148.0, 153.0)
"""The same from the first onset to the last offset in twelve leads, where lead II shows no P: P is longer there."""
P_TALL_MV = 0.275
P_TALL_DOUBT_MV = 0.025
"""Right atrial abnormality: P taller than 0.25 mV in II, AHA/ACC/HRS V. From the PR segment 2.5 % of 800 healthy adults
of PTB-XL (folds 1 to 8) exceed that, so a quarter of a millimetre is allowed for, and one more is borderline."""

QRS_INCOMPLETE_MS = 110.0
QRS_BLOCK_MS = 120.0
"""AHA/ACC/HRS III, of shapes that make a block: incomplete from 110 ms, complete from 120 ms."""
QRS_LONG_MS = usual_by_sex("qrs_ms")
QRS_SURE_MS = {"male": 130.0, "female": 121.0}
"""Without the shape of a block: over all leads 98 % of 800 healthy adults of PTB-XL (folds 1 to 8) reach 116 (women)
and 125.5 ms (men), 99 % 118.6 and 126; so the first is borderline, the second abnormal."""
QRS_CLEAR_BLOCK_MS = 130.0
QRS_WIDE_MS = 140.0
"""A QRS as wide as this carries ST and T of its own even without the criteria of a block; an anterior infarction, whose
ST rises out of the S, can measure 130 ms."""
LBBB_R_PEAK_MS = 60.0
LBBB_SURE_MS = {"male": 140.0, "female": 130.0}
"""From here on a left bundle branch block is likely to be complete; below, hypertrophy with a left anterior fascicular
block looks the same: Strauss, Am J Cardiol 2011;107:927."""
RBBB_R_PEAK_MS = 50.0
RBBB_S_MS = 40.0
LAFB_R_PEAK_AVL_MS = 45.0
"""AHA/ACC/HRS III."""

SOKOLOW_MV = usual("sokolow_lyon_mv")[1]
CORNELL_MV = usual_by_sex("cornell_mv")
R_AVL_MV = 1.1
"""SV1 + RV5 or RV6; RaVL + SV3 (greater than); RaVL (greater than): AHA/ACC/HRS V."""
VOLTAGE_NEAR_MV = 0.3
"""One criterion alone that exceeds its limit by less than three millimetres is no finding: 10 % of healthy adults."""
VOLTAGE_FROM_YEARS = 35.0
"""Below this age the voltage of a healthy heart is higher: voltage alone is called high, not hypertrophy."""
RVH_R_V1_MV = 0.6
"""R in V1 greater than 0.6 mV, with R greater than S and a right axis: AHA/ACC/HRS V."""
LOW_LIMB_MV = 0.5
LOW_CHEST_MV = 1.0
LOW_COUNT = 6
"""Low voltage: every limb (chest) lead smaller than this from peak to peak."""

ST_UP_MV = 0.1
ST_UP_V2V3_MV = {("male", "young"): 0.25, ("male", "old"): 0.2, ("female", "young"): 0.15, ("female", "old"): 0.15}
ST_OLD_YEARS = 40.0
ST_DOWN_MV = -0.05
"""At the J point in two contiguous leads; V2 and V3 by sex, and in men by age: UDMI4, AHA/ACC/HRS VI."""
ST_DOUBT_MV = 0.025
"""A quarter of a millimetre: so near a limit, the elevation or depression is called borderline."""
ST_MARKED_MV = 0.3
ST_DOWN_MARKED_MV = -0.2
AVR_UP_MV = 0.1
MANY_DOWN = 6
"""ST elevation in aVR with depression in six or more leads: multivessel or left main disease, AHA/ACC/HRS VI."""
SGARBOSSA_MV = 0.1
"""Concordant ST shift of left bundle branch block that speaks for infarction: Sgarbossa, N Engl J Med 1996;334:481."""
SMITH_RATIO = 0.25
SMITH_S_MV = 0.4
"""Discordant elevation as a share of S: Smith, Ann Emerg Med 2012;60:766. Of a smaller S, 0.1 mV would be enough."""

Q_MS = 30.0
Q_MV = -0.1
Q_SURE_MS = 40.0
Q_SURE_SHARE = 0.25
"""A Q that is neither this long nor this deep against its R may be the septum's: it is called borderline (Minnesota
code 1-1 and 1-2 ask for one or the other)."""
Q_V2V3_MS = 20.0
"""Q wave of a prior infarction: 0.03 s and 0.1 mV in two contiguous leads; longer than 0.02 s in V2-V3: UDMI4."""
SMALL_R_V3_MV = 0.2
"""Poor R progression: R in V3. The usual 0.3 mV is met by 6 % of the healthy adults of PTB-XL (folds 1 to 8), 0.2 mV by
1.5 % of them and by more than half of those with an anteroseptal infarction."""
TALL_R_V4_MV = 0.7
"""R that is this tall in V4 has come late, not poorly, as with electrodes that sit high. Of 2,501 healthy adults of
PTB-XL (folds 1 to 8) 1.8 % have a small R in V3 alone, 0.7 % one in V4 besides; of 401 with an anterior infarction 21
and 15 %."""

T_INVERTED_MV = -0.1
T_DEEP_MV = -0.5
T_GIANT_MV = -1.0
"""Inverted, deep and giant T waves, AHA/ACC/HRS IV."""
T_FLAT_SHARE = 0.1
T_FLAT_MV = 0.06
T_FLAT_R_MV = 0.3
"""A T of less than a tenth of R is low, AHA/ACC/HRS IV; beside a tall R it also has to be less than 0.06 mV: else 2 %
of 800 healthy adults of PTB-XL (folds 1 to 8) have it."""

QTC_LONG_MS = usual_by_sex("qtc_fridericia_ms")
QT_WIDE_SHARE = 0.485
"""Of QRS, taken from QT behind a wide one: Bogossian, Heart Rhythm 2014;11:2273."""
QTC_VERY_LONG_MS = 500.0
"""AHA/ACC/HRS IV; 500 ms is where the risk of torsade de pointes rises (Circulation 2010;121:1047)."""
QTC_SHORT_MS = 360.0
"""ESC guideline on ventricular arrhythmias, Eur Heart J 2022;43:3997. AHA/ACC/HRS IV puts it at 390 ms, where too many
healthy people lie."""

MOST_DOUBT_MS = {"p_ms": 10.0, "pr_ms": 10.0, "qrs_ms": 3.0, "qt_ms": 10.0}
"""How near to its limit an interval is called borderline at most, however uncertain it is: with more, every second
healthy QT would be borderline and the word would say nothing."""
ADULT_YEARS = 18.0

LIKELY = 0.5
UNLIKELY = 0.1
"""What the network's statements have to reach to agree, and to stay below to contradict."""


def qrs_limits(sex: str | None) -> tuple[float, float]:
    """Return from where on QRS is borderline and abnormal in ms; the wider limits where the sex is not known."""
    long = QRS_LONG_MS.get(sex or "", max(QRS_LONG_MS.values()))
    return long, QRS_SURE_MS.get(sex or "", max(QRS_SURE_MS.values()))
