"""Rules on rhythm, rate, ectopic beats, and what could not be measured."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import ABSENT, Mark, Rhythm, Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.measured import missing_measurements
from cardio_desktop.words import Remark

SURE = 0.8
HIDDEN = {"rhythm-SVTAC-no-P": "rhythm-TACH-no-P", "rhythm-SVTAC-no-P-2:1": "rhythm-TACH-no-P-2:1"}
"""Tachycardias without visible P waves, and what they are called where a sinus node may be behind them."""
WIDE_HIDDEN = {"rhythm-TACH-wide-no-P", "rhythm-TACH-wide-no-P-2:1"}
"""The same of broad complexes that a bundle branch block explains: where it comes from is left open at any rate."""
HEDGED = {"rhythm-WCT", "rhythm-JUNC", "rhythm-IRREGULAR", *HIDDEN, *HIDDEN.values(), *WIDE_HIDDEN}
"""Rhythms whose names say no more than is seen: to call them probable would doubt what is certain."""
NAMES_GROUNDS = {"rhythm-JUNC", *HIDDEN, *HIDDEN.values(), *WIDE_HIDDEN}
"""Rhythms whose names say that they are regular and show no P waves."""
ELSEWHERE = {"AVB1", "PVC", "PAC"}
"""What comes with a rhythm and has a sentence of its own."""
QUIET = {"SR", "SARRH", "SBRAD"}
"""Rhythms of a healthy heart; the rate decides on a slow one."""
DISAGREES = "network-disagrees"
TOLD_GROUNDS = ("ground-rate", "ground-pr", DISAGREES)
"""Grounds that stand elsewhere: rate and PR have words of their own, from all leads."""
WITHOUT_P = {"AFIB", "AFLT", "VT", "WCT", "VF", "IVR", "JUNC", "PACE", "SVTAC"}
NO_ATRIAL_WAVE = {"atria-fibrillate", "atria-flutter", "few-p-waves"}
"""Why P was not measured -> nothing to say beside the rhythms that mean it."""
SUPRAVENTRICULAR_BPM = 150.0
"""Up to here a regular tachycardia without visible P waves may be a sinus rhythm whose P lies in T; from here on it is
told at once as one that may need treatment (ACLS 2020)."""
HALF_BEAT_S = 0.15
MOST_NAMED = 5


def rhythm_at(case: Case, rhythm: Rhythm, without: set[str], also: Sequence[Remark] = ()) -> Remark:
    """Return the rhythm with its rate, and with what comes with it but `without`, then `also`."""
    parts = rhythm.remark.values
    more = tuple(item for item in parts.get("more", ()) if item.code.removeprefix("with-") not in without)
    more = tuple(dict.fromkeys((*more, *also)))
    basic = parts.get("basic", rhythm.remark)
    if is_hidden_p(case, rhythm):
        basic = Remark(HIDDEN.get(basic.code, basic.code))
    values: dict[str, object] = {"basic": basic, "more": more}
    if case.measurements.heart_rate_bpm is not None:
        values["rate_bpm"] = case.measurements.heart_rate_bpm
    return Remark("rhythm-at", values)


def is_hidden_p(case: Case, rhythm: Rhythm) -> bool:
    """Return whether nothing but hidden P waves makes a tachycardia supraventricular."""
    basic, rate = rhythm.remark.values.get("basic", rhythm.remark), case.measurements.heart_rate_bpm
    return basic.code in {*HIDDEN, *WIDE_HIDDEN} and rate is not None and rate < SUPRAVENTRICULAR_BPM


def is_told_plainly(rhythm: Rhythm, at: Remark) -> bool:
    """Return whether a rhythm is named without a word of doubt: it is sure, or its name doubts enough."""
    return rhythm.confidence >= SURE or at.values["basic"].code in HEDGED


def grounds_of(rhythm: Rhythm, at: Remark) -> tuple[Remark, ...]:
    """Return what a rhythm rests on, without what has been told elsewhere or by its name."""
    named = {"ground-p", "ground-change"} if at.values["basic"].code in NAMES_GROUNDS else set()
    return tuple(item for item in rhythm.details if item.code not in {*TOLD_GROUNDS, *named})


def verdict_of(case: Case, rhythm: Rhythm) -> str:
    """Return whether a rhythm is normal, borderline or abnormal; ectopic beats are judged by themselves."""
    codes = set(rhythm.codes) - ELSEWHERE
    rate = case.measurements.heart_rate_bpm or 0.0
    if rhythm.confidence < SURE:
        return "borderline"
    if codes <= QUIET:
        slow = "SBRAD" in codes
        return (
            "normal"
            if not slow or rate >= limits.SLOW_BPM
            else "borderline"
            if rate >= limits.VERY_SLOW_BPM
            else "abnormal"
        )
    if codes <= QUIET | {"STACH"}:
        return "normal" if rate <= limits.QUICK_BPM else "borderline" if rate <= limits.VERY_FAST_BPM else "abnormal"
    return "abnormal"


def rhythm(case: Case) -> list[Sentence]:
    """Return a rhythm that is not normal, or not sure, with its grounds; then the network's other word."""
    found = case.rhythm
    if found is None:
        return []
    verdict = verdict_of(case, found)
    out = []
    if verdict != "normal":
        at = rhythm_at(case, found, ELSEWHERE)
        grounds = grounds_of(found, at)
        sure = is_told_plainly(found, at)
        told = Remark("rhythm-told", {"at": at, "sure": sure, "grounds": grounds, "confidence": found.confidence})
        code = next(
            (code for code in found.codes if code not in QUIET | ELSEWHERE), found.codes[0] if found.codes else "RHYTHM"
        )
        out.append(Sentence("rhythm", told, leads=case.good, marks=case.beat_marks(), verdict=verdict, code=code))
    for item in found.details:
        if item.code == DISAGREES:
            marks = case.beat_marks()
            out.append(Sentence("rhythm", item, None, "both", case.good, marks, "borderline", "RHYTHM?"))
    return out


def ectopy(case: Case) -> list[Sentence]:
    """Return how many beats were typed ventricular or supraventricular, and when."""
    out = []
    for kind, code in ((BeatKind.VENTRICULAR, "PVC"), (BeatKind.SUPRAVENTRICULAR, "PAC")):
        own = [beat for beat in case.beats if beat.kind == kind]
        if not own or len(own) == len(case.beats):
            continue
        values = {
            "beats": len(own),
            "ventricular": kind == BeatKind.VENTRICULAR,
            "all_beats": len(case.beats),
            "times": tuple(Remark("time", {"at_s": beat.time_s}) for beat in own[:MOST_NAMED]),
            "more": max(len(own) - MOST_NAMED, 0),
        }
        # Nearly every healthy heart has single early beats (Conen, Circulation 2012;126:2302).
        verdict = (
            "abnormal"
            if len(own) > limits.FEW_ECTOPIC[kind]
            else "borderline"
            if kind == BeatKind.VENTRICULAR
            else "normal"
        )
        if kind == BeatKind.SUPRAVENTRICULAR and len(own) > 1:
            verdict = "borderline" if len(own) <= limits.FEW_ECTOPIC[kind] else "abnormal"
        marks = tuple(Mark(None, beat.time_s - HALF_BEAT_S, beat.time_s + HALF_BEAT_S) for beat in own)
        out.append(
            Sentence("rhythm", Remark("ectopy", values), leads=case.good, marks=marks, verdict=verdict, code=code)
        )
    return out


def rate(case: Case) -> list[Sentence]:
    """Return the rate where no rhythm tells it, or that it could not be measured."""
    bpm = case.measurements.heart_rate_bpm
    if bpm is None:
        why = case.measurements.not_measured.get("heart_rate_bpm", Remark("not-measured"))
        return [Sentence("rate", Remark("rate-none", {"because": why}), verdict="borderline")]
    if case.rhythm is not None:
        return []
    values: dict[str, object] = {"rate_bpm": bpm}
    verdict = "normal"
    if bpm >= limits.FAST_BPM + 0.5 or bpm < limits.SLOW_LABEL_BPM - 0.5:
        values["word"] = Remark("fast" if bpm > limits.FAST_BPM else "slow")
        verdict = "borderline" if bpm > limits.QUICK_BPM or bpm < limits.SLOW_BPM else "normal"
    told = Remark("rate", values)
    return [Sentence("rate", told, told, leads=case.good, marks=case.beat_marks(), verdict=verdict)]


def after(case: Case) -> list[Sentence]:
    """Return rhythm, rate and ectopic beats whatever they are: what a reader's changes of beats come to."""
    if case.rhythm is None:
        return [*rate(case), *ectopy(case)]
    at = rhythm_at(case, case.rhythm, {"PVC", "PAC"})
    sure, grounds = is_told_plainly(case.rhythm, at), grounds_of(case.rhythm, at)
    told = Remark("rhythm-told", {"at": at, "sure": sure, "grounds": grounds})
    whole = Sentence(
        "rhythm", told, leads=case.good, marks=case.beat_marks(), verdict=verdict_of(case, case.rhythm), code="RHYTHM"
    )
    return [whole, *ectopy(case), *rate(case)]


def _means_no_p(why: Remark) -> bool:
    """Return whether a reason says no more than that there is no P wave."""
    inner = why.values.get("because", ())
    every = (why, *(inner if isinstance(inner, tuple) else (inner,)))
    return any(item.code in NO_ATRIAL_WAVE or item.values.get("wave") == "P" for item in every)


def not_measurable(case: Case) -> list[Sentence]:
    """Return, once each, what is absent, and what could not be measured and why."""
    missing = missing_measurements(case.measurements)
    if case.rhythm is not None and set(case.rhythm.codes[:1]) & WITHOUT_P:
        # The rhythm says it already.
        missing = {why: names for why, names in missing.items() if not _means_no_p(why)}
    absent = {why: names for why, names in missing.items() if why.code == ABSENT}
    rest = {why: names for why, names in missing.items() if why not in absent}
    out = []
    for found, code in ((absent, "told-absent"), (rest, "told-unmeasured")):
        if found:
            groups = tuple(
                Remark(
                    "measure-group",
                    {
                        "names": tuple(Remark(f"name-{name}") for name in names),
                        "because": why.values.get("because", why),
                    },
                )
                for why, names in found.items()
            )
            out.append(Sentence("record", Remark(code, {"groups": groups}), verdict="borderline"))
    return out
