"""The rhythm, from beats and P waves, with what the network says of it beside it.

Definitions follow the AHA/ACC/HRS statements on interpretation (Circulation 2007;115:1306 and 2009;119) and, for sinus
arrhythmia, the usual 120 ms between the shortest and the longest interval. P waves are the truth for fibrillation:
irregular intervals alone do not make it, and where P waves were not looked for, the statement says less.

Where a constant says what a fifth less or more changes, that is the number of statements that change in 945 records of
PTB-XL, folds 1 to 8, among which rare rhythms are many, and in 45 simulated ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from cardio_desktop.analysis.atrial import Stretch, by_beats, overall
from cardio_desktop.analysis.beat_events import RUN, pattern
from cardio_desktop.analysis.p_waves import PWaves, p_waves_of
from cardio_desktop.analysis.pulse import Pulse, pulse_of
from cardio_desktop.analysis.wide import WIDE_S, Wide, wide_rhythm
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.beat_waves import GLOBAL
from cardio_desktop.core.findings import Beat, Measurements, Rhythm, Wave
from cardio_desktop.core.leads import CHEST_LEADS
from cardio_desktop.core.record import Gap
from cardio_desktop.words import Remark

SLOW_BPM, FAST_BPM = 50.0, 100.4
"""Sinus bradycardia to 50 per minute (ACC/AHA/HRS 2018: below 50; readers of PTB-XL, folds 1 to 8, begin there too),
tachycardia above 100, of the rate as it is told, without decimals."""
SINUS_ARRHYTHMIA_S = 0.12
"""Between the shortest and the longest interval, the usual definition; a fifth less makes 23 more of it, a fifth more
22 fewer. Readers of PTB-XL say it more rarely: of 108 records that are called so here 13 bear the statement."""
LEAST_BEATS = 4
"""Three intervals: with fewer there is no usual one. Three or five beats change nothing."""
VERY_IRREGULAR = 0.10
"""Median change from one interval to the next, as a share of the interval; 0.08 to 0.12 changes nothing."""
LONG_PR_MS, PR_DOUBT_MS, PR_SURE_MS = 200.0, 10.0, 240.0
"""Longer is a first-degree block (AHA/ACCF/HRS 2009). Measured from the earliest onset in any lead PR is longer than
what a reader measures in one: so near to the limit it is called borderline, not a block; above the last one always."""
PR_PER_MS, PR_PER_BPM, PR_FROM, PR_USUAL_BPM = 0.06, 0.03, -1.1, 70.0
"""Between the two the network's word decides: its log-odds of 1AVB, so much for each ms above the limit and for each
beat a minute above the last (PR of a healthy conduction shortens as the heart beats faster), together exceed the third.
After a logistic regression on 4,376 records of PTB-XL, folds 1 to 8, 583 of them labelled 1AVB and 105 more LPR, a
prolonged PR: 68 % of these are found so, and 65 % of what is found is one of both (without the rate 63 and 65 %; no
limit of PR, rate and the word together finds 80 % with more than 57 %: readers leave PR of 230 to 250 ms unsaid)."""
PR_SPREAD_S = 0.06
"""Between the ninth and the first tenth of PR: what changes more is Wenckebach's block, or atria that beat apart. With
0.048 s two statements change, with 0.072 none."""
BLOCKED_SHARE = 0.05
"""Blocked P waves, as a share of the beats, that make a second-degree block of a whole record; two at least. In five
minutes of MIT-BIH 100, which has none, some waves of 384 beats are taken for such."""
ESCAPE_BPM, APART_S = 60.0, 0.2
"""Escape rhythms are slower (junction 40 to 60, ventricle 20 to 40 per minute); from beat to beat the distance to the
last P wave changes by as much, of regular beats. A fifth less or more of either changes nothing."""
PACED_SHARE = 1 / 3
"""So many paced beats make a paced rhythm; fewer are a pacemaker that helps out. A choice: nothing at hand measures it,
as spikes need 250 Hz and PTB-XL's paced records have 100."""
PACED_SAID = 0.4
"""Probability of the network's PACE from which on it is believed: on PTB-XL, folds 1 to 8, 98 % of those are paced."""
MERGED_BPM, MERGED_S = 130.0, (0.100, 0.140)
"""Above that rate, of complexes of at least so much in the middle, a quarter being longer than that tells the breadth
(simulated tachycardias, whose complexes of 165 ms were measured as 63 to 177)."""
LIMB_SHORTER_S = 0.005
"""By so much the limb leads alone show QRS shorter than all twelve (1,244 records of PTB-XL, folds 1 to 8)."""
LIMB_SHORTER_MOST_S, LIMB_FAST_BPM = 0.010, 140.0
"""By so much in one of ten, which counts where a rhythm is too fast for a sinus node at rest: what may be ventricular
is not narrow only because the chest leads are missing. At that rate 5 of 100 narrow rhythms show more than 110 ms in
the limb leads, and 5 of 100 broad ones less than 112 (1,033 fast records of PTB-XL, folds 1 to 8)."""
FLUTTER_SAID, BROAD_MS = 0.6, 140.0
"""Broad complexes themselves repeat as flutter waves do: between them flutter needs the network's word."""
HALF_FLUTTER_BPM = (120.0, 170.0)
"""Typical atrial flutter of 240 to 340 per minute (ESC 2019) conducted 2:1: a regular tachycardia that shows no P waves
at such a rate may be it, whose waves hide in QRS and T. Of 59 records of PTB-XL, folds 1 to 8, labelled flutter, 34 are
regular and as fast: 27 are named, 5 bear this doubt, one broad and one taken for fibrillation do not; 22 others bear
it, of 4,376 records in which rare rhythms are many."""
VARIABLE = 0.05
"""Median change of RR, as a share of it, from which on flutter is conducted variably."""
WIDE = ("VT", "WCT", "IVR", "PACE")
"""Rhythms of wide complexes: nothing among them is ectopic."""
SAID = 0.5
"""Probability from which on a statement of the network counts as said. Of 43 records of PTB-XL, folds 1 to 8,
that show no P waves, beat regularly and not fast or very irregularly, and were not called fibrillation by the trace, 7
have that for AFIB, and 5 of these are labelled so."""
HIDDEN_BPM, HIDDEN_SAID = 130.0, 0.27
"""Rate up to which, and probability of STACH from which on, a regular tachycardia without P waves is taken for a
sinus tachycardia. Of 41 such among 2,620 records of PTB-XL, folds 1 to 8, 37 are labelled so; with them 93 % of all
with STACH are found, and 91 % of what is called so has that statement (78 and 91 % without)."""

SPOKEN = (
    *("AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "SR", "SVARR", "SVTAC", "PSVT", "PACE", "BIGU", "TRIGU", "PVC", "PAC"),
    *("1AVB", "2AVB", "3AVB"),
)
"""PTB-XL's statements that speak of the rhythm."""


def rhythm_of(
    beats: Sequence[Beat],
    waves: Sequence[Wave] = (),
    network: Mapping[str, float] | None = None,
    *,
    gaps: Sequence[Gap] = (),
    flutter_s: Sequence[tuple[float, float]] = (),
    paced: bool = False,
    atria: Sequence[Stretch] = (),
    measured: Measurements | None = None,
    breadth_s: float | None = None,
) -> Rhythm | None:
    """Return the rhythm of typed beats, ascending; None where there are too few to say anything.

    `waves` are delineated waves (global P and QRS where there are); none at all means that P waves were not looked for.
    `network` has probabilities of PTB-XL statements. `flutter_s` are stretches of ventricular flutter or fibrillation.
    `atria` say piece by piece whether they fibrillate, as they were judged when the waves were found; without them that
    is judged by the share of beats with a P wave. `measured` has the PR interval that is told, where it was measured,
    `breadth_s` how long the complexes last by the trace's speed alone, where a delineator may lose them.
    """
    said = {code: p for code, p in (network or {}).items() if code in SPOKEN}
    if len(beats) < LEAST_BEATS:
        return _flutter_alone(flutter_s, said) if flutter_s else None
    pulse = pulse_of(beats, gaps)
    if pulse is None:
        return None
    p = p_waves_of(beats, waves)
    pr_ms = _pr_ms(p, measured)
    judged = overall(atria) or by_beats(pulse.change, p.share if p is not None else None, pulse.rate_bpm, said)
    qrs_s = _qrs_s(waves, pulse, measured, breadth_s)
    wide = _wide(beats, pulse, p, network or {}, paced, judged, measured, qrs_s)
    judged = replace(judged, flutter=_flutters(judged, said, qrs_s))
    codes, basic, confidence = _underlying(beats, pulse, p, said, paced, judged, wide, _is_told_wide(measured))
    more = (
        _blocks(pulse, p, pr_ms, codes, (network or {}).get("1AVB")) + _episodes(atria, codes) + _ectopy(beats, codes)
    )
    if flutter_s:
        more.insert(0, Remark("with-VF"))
    codes += [item.code.removeprefix("with-") for item in more]
    details = _details(pulse, p, pr_ms)
    if (disagreement := _disagreement(codes, said)) is not None:
        details.append(disagreement)
        confidence = min(confidence, 0.6)
    remark = Remark("rhythm", {"basic": Remark(f"rhythm-{basic}"), "more": tuple(more)})
    return Rhythm(remark, round(confidence, 2), tuple(codes), tuple(details), said)


def _pr_ms(p: PWaves | None, measured: Measurements | None) -> float | None:
    """Return the PR interval as it was measured; by the P waves alone where nothing was."""
    if p is None or not p.present:
        return None
    if measured is not None:
        return measured.pr_ms
    return None if p.usual_s is None else 1000.0 * p.usual_s


def _underlying(
    beats: Sequence[Beat],
    pulse: Pulse,
    atria: PWaves | None,
    said: Mapping[str, float],
    paced: bool,
    judged: Stretch,
    wide: Wide | None,
    told_wide: bool,
) -> tuple[list[str], str, float]:
    """Return (codes, name, confidence) of the basic rhythm; the name is that of its remark."""
    kinds = [beat.kind for beat in beats]
    if paced or kinds.count(BeatKind.PACED) >= PACED_SHARE * len(kinds):
        return ["PACE"], "PACE", 0.9
    if kinds.count(BeatKind.VENTRICULAR) > 0.8 * len(kinds):
        fast = pulse.rate_bpm > FAST_BPM
        return ["VT" if fast else "IVR"], "VT" if fast else "IVR", 0.6
    if wide is not None:
        code = "IVR" if wide.code == "VE_RUN" else wide.code
        return [code], "IVR-fast" if code == "IVR" else code, wide.sure
    fibrillation = 1.0 / (1.0 + math.exp(-judged.log_odds))
    if judged.flutter:
        return ["AFLT"], "AFLT" if pulse.change < VARIABLE else "AFLT-variable", 0.7
    if fibrillation > 0.5:
        return _fibrillation(pulse, fibrillation)
    if atria is not None and not atria.present and pulse.change < VERY_IRREGULAR:
        return _without_p(pulse, said, told_wide)
    return _sinus(pulse, atria, said, fibrillation)


def _wide(
    beats: Sequence[Beat],
    pulse: Pulse,
    p: PWaves | None,
    said: Mapping[str, float],
    paced: bool,
    judged: Stretch,
    measured: Measurements | None,
    qrs_s: float | None,
) -> Wide | None:
    """Return what a rhythm of wide complexes is; None where most beats are narrow, conducted, paced or of flutter."""
    if measured is None or measured.qrs_ms is None or qrs_s is None:
        return None
    if _flutters(judged, said, qrs_s):
        return None
    kinds = [beat.kind for beat in beats]
    ventricular = kinds.count(BeatKind.VENTRICULAR) / len(kinds)
    return wide_rhythm(
        pulse,
        qrs_s,
        p,
        said,
        axis_deg=measured.qrs_axis_deg,
        unlike_others=ventricular > 0.5,
        paced=paced or BeatKind.PACED in kinds or said.get("PACE", 0.0) >= PACED_SAID,
        fibrillates=judged.log_odds > 0.0,
        all_leads=_chest(measured),
    )


def _flutters(judged: Stretch, said: Mapping[str, float], qrs_s: float | None) -> bool:
    """Return whether what was judged to be flutter is believed: of broad complexes only with the network's word."""
    broad = qrs_s is not None and 1000.0 * qrs_s >= BROAD_MS
    return judged.flutter and (not broad or said.get("AFLT", 0.0) >= FLUTTER_SAID)


def _qrs_s(waves: Sequence[Wave], pulse: Pulse, measured: Measurements | None, breadth_s: float | None) -> float | None:
    """Return how broad the complexes are: as measured, of a fast rhythm in the beats that show their whole length.

    A complex that goes over into T loses its end in some beats, and so in the middle of them.
    """
    if measured is None or measured.qrs_ms is None:
        return None
    shorter_s = LIMB_SHORTER_MOST_S if pulse.rate_bpm >= LIMB_FAST_BPM else LIMB_SHORTER_S
    usual_s = measured.qrs_ms / 1000.0 + (0.0 if _chest(measured) else shorter_s)
    if breadth_s is not None and breadth_s >= WIDE_S:
        usual_s = max(usual_s, breadth_s)
    found = [w.offset_s - w.onset_s for w in waves if w.lead == GLOBAL and w.wave == "QRS"]
    if pulse.rate_bpm < MERGED_BPM or len(found) < LEAST_BEATS or usual_s < MERGED_S[0]:
        return usual_s
    longer_s = float(np.quantile(found, 0.75))
    return max(usual_s, longer_s) if longer_s >= MERGED_S[1] else usual_s


def _is_told_wide(measured: Measurements | None) -> bool:
    """Return whether the QRS duration that is told is that of wide complexes."""
    return measured is not None and measured.qrs_ms is not None and measured.qrs_ms >= 1000.0 * WIDE_S


def _chest(measured: Measurements) -> bool:
    """Return whether chest leads were measured."""
    return any(name in (measured.leads or {}) for name in CHEST_LEADS)


def _fibrillation(pulse: Pulse, sure: float) -> tuple[list[str], str, float]:
    answer = "-fast" if pulse.rate_bpm > FAST_BPM else "-slow" if pulse.rate_bpm < SLOW_BPM else ""
    return ["AFIB"], f"AFIB{answer}", sure


def _without_p(pulse: Pulse, said: Mapping[str, float], told_wide: bool) -> tuple[list[str], str, float]:
    """Return the name of a regular rhythm that shows no P waves: they may hide in the T waves, and nobody knows.

    Not faster than a sinus node may be at rest, the network's word makes it a sinus tachycardia; slower, fibrillation
    over a regular escape. At half the rate of fluttering atria flutter is named as possible. Of complexes that
    are broad, which a block of the bundle branches then explains, the name does not say where they come from.
    """
    if pulse.rate_bpm <= FAST_BPM:
        return _fibrillation(pulse, SAID) if said.get("AFIB", 0.0) >= SAID else (["JUNC"], "JUNC", 0.5)
    if pulse.rate_bpm <= HIDDEN_BPM and said.get("STACH", 0.0) >= HIDDEN_SAID:
        return ["STACH"], "TACH-no-P", 0.5
    may_flutter = HALF_FLUTTER_BPM[0] <= pulse.rate_bpm <= HALF_FLUTTER_BPM[1] and pulse.change < VARIABLE
    name = "TACH-wide-no-P" if told_wide else "SVTAC-no-P"
    return ["SVTAC"], f"{name}-2:1" if may_flutter else name, 0.5


def _sinus(
    pulse: Pulse, atria: PWaves | None, said: Mapping[str, float], fibrillation: float
) -> tuple[list[str], str, float]:
    """Return the name of a rhythm that P waves, or want of a reason against it, make a sinus rhythm."""
    seen = atria is not None and atria.present
    if pulse.change > VERY_IRREGULAR and not seen:
        return _fibrillation(pulse, SAID) if said.get("AFIB", 0.0) >= SAID else (["IRREGULAR"], "IRREGULAR", 0.5)
    sure = (0.92 if seen else 0.65) * (1.0 - 0.6 * fibrillation)
    rate = pulse.rate_bpm
    code = "STACH" if rate > FAST_BPM else "SBRAD" if rate < SLOW_BPM else "SR"
    near = min(abs(rate - SLOW_BPM), abs(rate - FAST_BPM))
    if pulse.range_s > SINUS_ARRHYTHMIA_S and pulse.change > 0.03 and code != "STACH":
        codes = ["SARRH"] if code == "SR" else [code, "SARRH"]
    else:
        codes = [code]
    name = "-".join(codes)
    if not seen and atria is None and not any(said.get(c, 0.0) >= SAID for c in ("SR", "STACH", "SBRAD", "SARRH")):
        name = f"regular-{codes[-1]}"
    return codes, name, min(sure, 0.95) if near > 3.0 else min(sure, 0.8)


def _blocks(
    pulse: Pulse, atria: PWaves | None, pr_ms: float | None, codes: Sequence[str], said: float | None
) -> list[Remark]:
    """Return AV blocks, where P waves and beats stand to one another as they must."""
    if atria is None or not {"SR", "SBRAD", "STACH", "SARRH", "JUNC", "IRREGULAR"} & set(codes):
        return []
    if _complete(pulse, atria):
        return [Remark("with-AVB3")]
    pr = atria.known_s
    if pr.size < 3:
        return []
    spread = float(np.subtract(*np.quantile(pr, (0.9, 0.1))))
    if atria.blocked >= max(2.0, BLOCKED_SHARE * atria.pr_s.size) and pulse.rate_bpm < 85.0:
        return [Remark("with-AVB2")]
    if pr_ms is not None and _is_long(pr_ms, pulse.rate_bpm, said) and spread < PR_SPREAD_S:
        return [Remark("with-AVB1", {"pr_ms": pr_ms})]
    return []


def _is_long(pr_ms: float, rate_bpm: float, said: float | None) -> bool:
    """Return whether a PR interval is a first-degree block, `said` being the network's probability of it."""
    if said is None or pr_ms > PR_SURE_MS:
        return pr_ms > LONG_PR_MS + PR_DOUBT_MS
    p = min(max(said, 0.003), 0.997)
    above = PR_PER_MS * (pr_ms - LONG_PR_MS) + PR_PER_BPM * (rate_bpm - PR_USUAL_BPM)
    return pr_ms > LONG_PR_MS and math.log(p / (1.0 - p)) + above > PR_FROM


def _complete(pulse: Pulse, atria: PWaves) -> bool:
    """Return whether a slow regular escape rhythm and the atria take no notice of each other."""
    known = atria.last_p_s[np.isfinite(atria.last_p_s)]
    if known.size < LEAST_BEATS or pulse.rate_bpm > ESCAPE_BPM or pulse.change > 0.06:
        return False
    # Where a P wave before every beat keeps its distance, nothing is apart.
    apart = float(np.subtract(*np.quantile(known, (0.9, 0.1)))) > APART_S
    return apart and atria.count >= 0.75 * atria.pr_s.size and atria.conducted.mean() < 0.5


def _episodes(atria: Sequence[Stretch], codes: Sequence[str]) -> list[Remark]:
    """Return fibrillation that fills only some pieces of a long record."""
    silent = [stretch for stretch in atria if stretch.log_odds > 0.0]
    if not silent or {"AFIB", "AFLT", "PACE", "VT", "IVR"} & set(codes):
        return []
    length_s = sum(stretch.end_s - stretch.start_s for stretch in silent)
    return [Remark("with-AFIB", {"length_s": length_s})]


def _ectopy(beats: Sequence[Beat], codes: Sequence[str]) -> list[Remark]:
    """Return ectopic beats and their patterns."""
    kinds = [beat.kind for beat in beats]
    out: list[Remark] = []
    longest = dict.fromkeys((BeatKind.VENTRICULAR, BeatKind.SUPRAVENTRICULAR), 0)
    run = 0
    for before, kind in zip(["", *kinds], kinds, strict=False):
        run = run + 1 if kind == before else 1
        if kind in longest:
            longest[kind] = max(longest[kind], run)
    if codes[0] in WIDE:
        return out
    if 0 < kinds.count(BeatKind.VENTRICULAR) <= 0.8 * len(kinds):
        if pattern(kinds, 2):
            out.append(Remark("with-BIGU"))
        elif longest[BeatKind.VENTRICULAR] >= RUN:
            out.append(Remark("with-VRUN", {"beats": longest[BeatKind.VENTRICULAR]}))
        elif longest[BeatKind.VENTRICULAR] == 2:
            out.append(Remark("with-COUPLET"))
        else:
            out.append(Remark("with-PVC", {"beats": kinds.count(BeatKind.VENTRICULAR)}))
    # Where atria fibrillate or flutter no beat comes early.
    if kinds.count(BeatKind.SUPRAVENTRICULAR) and not {"AFIB", "AFLT"} & set(codes[:1]):
        if longest[BeatKind.SUPRAVENTRICULAR] >= RUN:
            out.append(Remark("with-SVRUN", {"beats": longest[BeatKind.SUPRAVENTRICULAR]}))
        else:
            out.append(Remark("with-PAC", {"beats": kinds.count(BeatKind.SUPRAVENTRICULAR)}))
    return out


def _details(pulse: Pulse, atria: PWaves | None, pr_ms: float | None) -> list[Remark]:
    """Return what the statement rests on."""
    out = [Remark("ground-rate", {"rate_bpm": pulse.rate_bpm}), Remark("ground-change", {"change": pulse.change})]
    if atria is None:
        return [*out, Remark("ground-no-search")]
    out.append(Remark("ground-p", {"share": atria.share}))
    if atria.until_s is not None:
        out.append(Remark("ground-until", {"until_s": atria.until_s}))
    if pr_ms is not None:
        out.append(Remark("ground-pr", {"pr_ms": pr_ms}))
    return out


def _disagreement(codes: Sequence[str], said: Mapping[str, float]) -> Remark | None:
    """Return the other basic rhythm where the network names one."""
    basic = {
        code: p for code, p in said.items() if code in ("AFIB", "AFLT", "STACH", "SBRAD", "SR", "PACE") and p >= SAID
    }
    if not basic or set(codes) & set(basic):
        return None
    other = max(basic, key=lambda code: basic[code])
    sinus = {"SR", "SBRAD", "STACH", "SARRH"}
    if other in sinus and sinus & set(codes):
        # Both say sinus; which side of 60 or 100 per minute the rate lies on is measured, not a matter of opinion.
        return None
    return Remark("network-disagrees", {"rhythm": Remark(f"rhythm-{other}"), "probability": basic[other]})


def _flutter_alone(flutter_s: Sequence[tuple[float, float]], said: Mapping[str, float]) -> Rhythm:
    length_s = sum(high - low for low, high in flutter_s)
    return Rhythm(
        Remark("rhythm", {"basic": Remark("rhythm-VF"), "more": ()}),
        0.7,
        ("VF",),
        (Remark("ground-waves", {"length_s": length_s}),),
        dict(said),
    )
