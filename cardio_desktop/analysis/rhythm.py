"""The rhythm, from beats and P waves, with what the network says of it beside it.

Definitions follow the AHA/ACC/HRS statements on interpretation (Circulation 2007;115:1306 and 2009;119) and, for sinus
arrhythmia, the usual 120 ms between the shortest and the longest interval. P waves are the truth for fibrillation:
irregular intervals alone do not make it, and where P waves were not looked for, the statement says less.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from cardio_desktop.analysis.atrial import Stretch, by_beats, overall
from cardio_desktop.analysis.beat_events import RUN, pattern
from cardio_desktop.analysis.p_waves import PWaves, p_waves_of
from cardio_desktop.analysis.pulse import Pulse, pulse_of
from cardio_desktop.core.findings import Beat, Measurements, Rhythm, Wave
from cardio_desktop.core.record import Gap

SLOW_BPM, FAST_BPM = 60.0, 100.0
"""Sinus bradycardia below 60, tachycardia above 100 per minute (AHA/ACC/HRS)."""
SINUS_ARRHYTHMIA_S = 0.12
LEAST_BEATS = 4
VERY_IRREGULAR = 0.10
"""Median change from one interval to the next, as a share of the interval."""
LONG_PR_MS, PR_DOUBT_MS = 200.0, 10.0
"""So near to the limit PR is called borderline, not a block."""
PR_SPREAD_S = 0.06
PACED_SHARE = 1 / 3
SAID = 0.5
"""Probability from which on a statement of the network counts as said."""

NETWORK_WORDS = {
    "AFIB": "atrial fibrillation",
    "AFLT": "atrial flutter",
    "STACH": "sinus tachycardia",
    "SBRAD": "sinus bradycardia",
    "SARRH": "sinus arrhythmia",
    "SR": "sinus rhythm",
    "SVARR": "supraventricular arrhythmia",
    "SVTAC": "supraventricular tachycardia",
    "PSVT": "paroxysmal supraventricular tachycardia",
    "PACE": "paced rhythm",
    "BIGU": "bigeminal pattern",
    "TRIGU": "trigeminal pattern",
    "PVC": "ventricular premature beats",
    "PAC": "supraventricular premature beats",
    "1AVB": "first-degree AV block",
    "2AVB": "second-degree AV block",
    "3AVB": "complete AV block",
}
"""PTB-XL's rhythm statements in this module's words."""


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
) -> Rhythm | None:
    """Return the rhythm of typed beats, ascending; None where there are too few to say anything.

    `waves` are delineated waves (global P and QRS where there are); none at all means that P waves were not looked for.
    `network` has probabilities of PTB-XL statements. `flutter_s` are stretches of ventricular flutter or fibrillation.
    `atria` say piece by piece whether they fibrillate, as they were judged when the waves were found; without them that
    is judged by the share of beats with a P wave. `measured` has the PR interval that is told, where it was measured.
    """
    said = {code: p for code, p in (network or {}).items() if code in NETWORK_WORDS}
    if len(beats) < LEAST_BEATS:
        return _flutter_alone(flutter_s, said) if flutter_s else None
    pulse = pulse_of(beats, gaps)
    if pulse is None:
        return None
    p = p_waves_of(beats, waves)
    pr_ms = _pr_ms(p, measured)
    judged = overall(atria) or by_beats(pulse.change, p.share if p is not None else None, pulse.rate_bpm, said)
    codes, statement, confidence = _underlying(beats, pulse, p, said, paced, judged)
    more = _blocks(pulse, p, pr_ms, codes) + _episodes(atria, codes) + _ectopy(beats, codes)
    if flutter_s:
        more.insert(0, ("VF", "stretches of ventricular flutter or fibrillation"))
    codes += [code for code, _ in more]
    statement += "".join(f", {text}" if k else f" with {text}" for k, (_, text) in enumerate(more))
    details = _details(pulse, p, pr_ms)
    disagreement = _disagreement(codes, said)
    if disagreement:
        details.append(disagreement)
        confidence = min(confidence, 0.6)
    return Rhythm(statement, round(confidence, 2), tuple(codes), tuple(details), said)


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
) -> tuple[list[str], str, float]:
    """Return (codes, words, confidence) of the basic rhythm."""
    kinds = [beat.kind for beat in beats]
    if paced or kinds.count("paced") >= PACED_SHARE * len(kinds):
        return ["PACE"], "Paced rhythm", 0.9
    if kinds.count("ventricular") > 0.8 * len(kinds):
        fast = pulse.rate_bpm > FAST_BPM
        return ["VT" if fast else "IVR"], "Ventricular tachycardia" if fast else "Ventricular rhythm", 0.6
    fibrillation = 1.0 / (1.0 + math.exp(-judged.log_odds))
    if fibrillation > 0.5:
        return _fibrillation(pulse, said, fibrillation)
    if judged.flutter:
        return ["AFLT"], "Atrial flutter", 0.6
    if atria is not None and not atria.present and pulse.change < VERY_IRREGULAR:
        return _without_p(pulse, said)
    return _sinus(pulse, atria, said, fibrillation)


def _fibrillation(pulse: Pulse, said: Mapping[str, float], sure: float) -> tuple[list[str], str, float]:
    if said.get("AFLT", 0.0) > max(SAID, said.get("AFIB", 0.0)):
        return ["AFLT"], "Atrial flutter with variable conduction", 0.6
    words = "Atrial fibrillation"
    if pulse.rate_bpm > FAST_BPM:
        words += " with rapid ventricular response"
    elif pulse.rate_bpm < SLOW_BPM:
        words += " with slow ventricular response"
    return ["AFIB"], words, sure


def _without_p(pulse: Pulse, said: Mapping[str, float]) -> tuple[list[str], str, float]:
    """Return the name of a regular rhythm that shows no P waves."""
    if pulse.rate_bpm > FAST_BPM:
        if said.get("STACH", 0.0) >= SAID:
            # P waves hide in the T waves before them.
            return ["STACH"], "Sinus tachycardia", 0.6
        return ["SVTAC"], "Supraventricular tachycardia or atrial flutter, P waves not found", 0.5
    return ["JUNC"], "Regular rhythm without P waves", 0.5


def _sinus(
    pulse: Pulse, atria: PWaves | None, said: Mapping[str, float], fibrillation: float
) -> tuple[list[str], str, float]:
    """Return the name of a rhythm that P waves, or want of a reason against it, make a sinus rhythm."""
    seen = atria is not None and atria.present
    if pulse.change > VERY_IRREGULAR and not seen:
        return ["IRREGULAR"], "Irregular rhythm", 0.5
    sure = (0.92 if seen else 0.65) * (1.0 - 0.6 * fibrillation)
    rate = pulse.rate_bpm
    name = "tachycardia" if rate > FAST_BPM else "bradycardia" if rate < SLOW_BPM else ""
    code = {"tachycardia": "STACH", "bradycardia": "SBRAD", "": "SR"}[name]
    near = min(abs(rate - SLOW_BPM), abs(rate - FAST_BPM))
    if pulse.range_s > SINUS_ARRHYTHMIA_S and pulse.change > 0.03 and name != "tachycardia":
        codes, words = (
            (["SARRH"], "Sinus arrhythmia") if not name else ([code, "SARRH"], "Sinus bradycardia with arrhythmia")
        )
    else:
        codes, words = [code], f"Sinus {name}" if name else "Sinus rhythm"
    if not seen and atria is None:
        word = {"STACH": "Regular tachycardia", "SBRAD": "Regular bradycardia", "SR": "Regular rhythm"}[code]
        if not any(said.get(c, 0.0) >= SAID for c in ("SR", "STACH", "SBRAD", "SARRH")):
            words = f"{word if 'SARRH' not in codes else 'Slightly irregular rhythm'}, P waves not assessed"
    return codes, words, min(sure, 0.95) if near > 3.0 else min(sure, 0.8)


def _blocks(pulse: Pulse, atria: PWaves | None, pr_ms: float | None, codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return AV blocks, where P waves and beats stand to one another as they must."""
    if atria is None or not {"SR", "SBRAD", "STACH", "SARRH"} & set(codes):
        return []
    pr = atria.pr_s[np.isfinite(atria.pr_s)]
    if pr.size < 3:
        return []
    spread = float(np.subtract(*np.quantile(pr, (0.9, 0.1))))
    if atria.blocked >= 2 and spread > 2 * PR_SPREAD_S and pulse.change < 0.05 and pulse.rate_bpm < 55.0:
        return [("AVB3", "complete AV block")]
    if atria.blocked >= 2 and pulse.rate_bpm < 85.0:
        return [("AVB2", "second-degree AV block")]
    if pr_ms is not None and pr_ms > LONG_PR_MS + PR_DOUBT_MS and spread < PR_SPREAD_S:
        return [("AVB1", f"first-degree AV block (PR {pr_ms:.0f} ms)")]
    return []


def _episodes(atria: Sequence[Stretch], codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return fibrillation that fills only some pieces of a long record."""
    silent = [stretch for stretch in atria if stretch.log_odds > 0.0]
    if not silent or {"AFIB", "AFLT", "PACE", "VT", "IVR"} & set(codes):
        return []
    length_s = sum(stretch.end_s - stretch.start_s for stretch in silent)
    return [("AFIB", f"atrial fibrillation for {length_s:.0f} s")]


def _ectopy(beats: Sequence[Beat], codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return ectopic beats and their patterns."""
    kinds = [beat.kind for beat in beats]
    out: list[tuple[str, str]] = []
    longest = dict.fromkeys(("ventricular", "supraventricular"), 0)
    run = 0
    for before, kind in zip(["", *kinds], kinds, strict=False):
        run = run + 1 if kind == before else 1
        if kind in longest:
            longest[kind] = max(longest[kind], run)
    if 0 < kinds.count("ventricular") <= 0.8 * len(kinds):
        if pattern(kinds, 2):
            out.append(("BIGU", "ventricular bigeminy"))
        elif longest["ventricular"] >= RUN:
            out.append(("VRUN", f"a run of {longest['ventricular']} ventricular beats"))
        elif longest["ventricular"] == 2:
            out.append(("COUPLET", "ventricular couplets"))
        else:
            many = kinds.count("ventricular") > 1
            out.append(("PVC", "ventricular premature beats" if many else "a ventricular premature beat"))
    # Where atria fibrillate or flutter no beat comes early.
    if kinds.count("supraventricular") and not {"AFIB", "AFLT"} & set(codes[:1]):
        if longest["supraventricular"] >= RUN:
            out.append(("SVRUN", f"a run of {longest['supraventricular']} supraventricular beats"))
        else:
            many = kinds.count("supraventricular") > 1
            out.append(("PAC", "supraventricular premature beats" if many else "a supraventricular premature beat"))
    return out


def _details(pulse: Pulse, atria: PWaves | None, pr_ms: float | None) -> list[str]:
    """Return what the statement rests on."""
    out = [f"rate {pulse.rate_bpm:.0f}/min", f"successive RR intervals differ by {100 * pulse.change:.0f} % (median)"]
    if atria is None:
        return [*out, "P waves were not looked for"]
    out.append(f"P waves before {100 * atria.share:.0f} % of the beats")
    if atria.until_s is not None:
        out.append(f"atria judged up to {atria.until_s:.0f} s only")
    if pr_ms is not None:
        out.append(f"PR {pr_ms:.0f} ms")
    return out


def _disagreement(codes: Sequence[str], said: Mapping[str, float]) -> str:
    """Return one sentence where the network names another basic rhythm, else ""."""
    basic = {
        code: p for code, p in said.items() if code in ("AFIB", "AFLT", "STACH", "SBRAD", "SR", "PACE") and p >= SAID
    }
    if not basic or set(codes) & set(basic):
        return ""
    other = max(basic, key=lambda code: basic[code])
    sinus = {"SR", "SBRAD", "STACH", "SARRH"}
    if other in sinus and sinus & set(codes):
        # Both say sinus; which side of 60 or 100 per minute the rate lies on is measured, not a matter of opinion.
        return ""
    return f"The network disagrees: {NETWORK_WORDS[other]} ({100 * basic[other]:.0f} %)"


def _flutter_alone(flutter_s: Sequence[tuple[float, float]], said: Mapping[str, float]) -> Rhythm:
    length_s = sum(high - low for low, high in flutter_s)
    return Rhythm(
        "Ventricular flutter or fibrillation",
        0.7,
        ("VF",),
        (f"{length_s:.1f} s of one wave after another without QRS complexes",),
        dict(said),
    )
