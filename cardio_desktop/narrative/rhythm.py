"""Rules on rhythm, rate, ectopic beats, and what could not be measured."""

from __future__ import annotations

import re

from cardio_desktop.core.findings import ABSENT, Mark, Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.rhythm_words import rhythm_german
from cardio_desktop.narrative.texts import measurement_name, missing_measurements
from cardio_desktop.narrative.words import DE, EN, sentence
from cardio_desktop.words import Remark, say

SURE = 0.8
NORMAL, VARIANTS = {"SR", "SARRH"}, {"SR", "SARRH", "SBRAD", "STACH"}
"""Rhythms of a healthy heart, and those that are so within limits."""
ECTOPY = {"PVC", "PAC", "BIGU", "COUPLET", "VRUN", "SVRUN"}
DISAGREES = "The network disagrees: "
HALF_BEAT_S = 0.15
FIGURE = re.compile(r"\d+(?:\.\d+)?")


def rhythm(case: Case) -> list[Sentence]:
    """Return the rhythm with its grounds, as probable where the program is not sure; then the network's other word."""
    found = case.rhythm
    if found is None:
        return []
    sure = found.confidence >= SURE
    name = found.statement.strip().rstrip(".")
    # Rate and PR have sentences of their own, from all leads.
    grounds = [text for text in found.details if not text.startswith(("rate ", "PR ", DISAGREES))]
    english, german = name, rhythm_german(name)
    if not sure:
        english, german = f"Probably {english[:1].lower()}{english[1:]}", f"Wahrscheinlich {german}"
    english += f" (confidence {EN.percent(found.confidence)})"
    german += f" (Sicherheit {DE.percent(found.confidence)})"
    if grounds:
        english += ": " + ", ".join(grounds)
        german += ": " + ", ".join(rhythm_german(text) for text in grounds)
    codes = set(found.codes)
    harmless = VARIANTS | ({"PAC"} if _single_early(case) else set())
    known = bool(codes) or name.lower().startswith("sinus rhythm")
    normal = known and codes <= NORMAL
    figures = FIGURE.findall(f"{name} {' '.join(grounds)}")
    values = {"confidence": found.confidence} | {f"ground_{k + 1}": float(text) for k, text in enumerate(figures)}
    verdict = (
        ("normal" if normal else "borderline" if codes and codes <= harmless else "abnormal") if sure else "borderline"
    )
    told = Sentence(
        "rhythm",
        f"{english[:1].upper()}{english[1:]}.",
        f"{german[:1].upper()}{german[1:]}.",
        values=values,
        leads=case.good,
        marks=case.beat_marks(),
        verdict=verdict,
        code="" if normal else next((code for code in found.codes if code not in NORMAL), "RHYTHM"),
    )
    return [told, *(_other_opinion(case, text) for text in found.details if text.startswith(DISAGREES))]


def _other_opinion(case: Case, text: str) -> Sentence:
    other = text.removeprefix(DISAGREES)
    return Sentence(
        "rhythm",
        sentence(text),
        f"Das Netz widerspricht: {sentence(rhythm_german(other))}",
        source="both",
        values={f"ground_{k + 1}": float(found) for k, found in enumerate(FIGURE.findall(other))},
        leads=case.good,
        marks=case.beat_marks(),
        verdict="borderline",
    )


def ectopy(case: Case) -> list[Sentence]:
    """Return how many beats were typed ventricular or supraventricular, and when."""
    out = []
    for kind, code, english, german in (
        ("ventricular", "PVC", "ventricular premature", "ventrikuläre"),
        ("supraventricular", "PAC", "supraventricular premature", "supraventrikuläre"),
    ):
        own = [beat for beat in case.beats if beat.kind == kind]
        if not own or len(own) == len(case.beats):
            continue
        shown = [EN.number(beat.time_s, 2) for beat in own[:5]]
        shown_de = [DE.number(beat.time_s, 2) for beat in own[:5]]
        more = len(own) - len(shown)
        values = {"beats": float(len(own)), "all_beats": float(len(case.beats))}
        values |= {f"at_{k + 1}_s": beat.time_s for k, beat in enumerate(own[:5])}
        if more:
            values["more"] = float(more)
        tail = f" and {more} more" if more else ""
        tail_de = f" und {more} weitere" if more else ""
        beats = "beat" if len(own) == 1 else "beats"
        extra = "Extrasystole" if len(own) == 1 else "Extrasystolen"
        out.append(
            Sentence(
                "rhythm",
                f"{len(own)} {english} {beats} of {len(case.beats)}, at {', '.join(shown)} s{tail}.",
                f"{len(own)} {german} {extra} unter {len(case.beats)} Schlägen, bei {'; '.join(shown_de)} s{tail_de}.",
                values=values,
                leads=case.good,
                marks=tuple(Mark(None, beat.time_s - HALF_BEAT_S, beat.time_s + HALF_BEAT_S) for beat in own),
                verdict="borderline" if kind == "supraventricular" and _single_early(case) else "abnormal",
                code=code,
            )
        )
    return out


def _single_early(case: Case) -> bool:
    """Return whether one early beat is all: nearly every healthy heart has some (Conen, Circulation 2012;126:2302)."""
    return [beat.kind for beat in case.beats].count("supraventricular") == 1


def rate(case: Case) -> list[Sentence]:
    """Return rate and RR intervals; slow and fast are named."""
    bpm, rr = case.measurements.heart_rate_bpm, case.measurements.rr_ms
    if bpm is None:
        why = case.measurements.not_measured.get("heart_rate_bpm", Remark("not-measured"))
        return [
            Sentence(
                "rate",
                "Heart rate not measurable: " + sentence(say(why)),
                "Herzfrequenz nicht messbar: " + sentence(say(why, "de")),
                verdict="borderline",
            )
        ]
    english, german = f"Heart rate {EN.number(bpm)}/min", f"Herzfrequenz {DE.number(bpm)}/min"
    values, verdict = {"heart_rate_bpm": bpm}, "normal"
    if bpm > limits.FAST_BPM or bpm < limits.SLOW_BPM:
        verdict = "abnormal" if bpm > limits.FAST_BPM or bpm < limits.SLOW_BPM - 10.0 else "borderline"
        english += " (tachycardia)" if bpm > limits.FAST_BPM else " (bradycardia)"
        german += " (Tachykardie)" if bpm > limits.FAST_BPM else " (Bradykardie)"
    if rr is not None:
        values |= {"rr_mean_ms": rr.mean, "rr_min_ms": rr.min, "rr_max_ms": rr.max, "rr_sd_ms": rr.sd}
        low, high, sd = rr.min, rr.max, rr.sd
        english += f"; RR intervals {EN.ms(rr.mean)} on average ({low:.0f} to {high:.0f}, SD {sd:.0f})"
        german += f"; RR-Intervalle im Mittel {DE.ms(rr.mean)} ({low:.0f} bis {high:.0f}, SD {sd:.0f})"
    return [
        Sentence(
            "rate",
            english + ".",
            german + ".",
            values=values,
            leads=case.good,
            marks=case.beat_marks(),
            verdict=verdict,
        )
    ]


def not_judged(case: Case) -> list[Sentence]:
    """Return why nothing beyond rhythm and rate is judged, where the limits of adults in sinus rhythm do not hold."""
    if case.unjudged is None:
        return []
    english, german = case.unjudged
    values = {"adult_years": limits.ADULT_YEARS} if "under" in english else {}
    return [
        Sentence(
            "record",
            f"Intervals and voltages are measured but not judged: {english}.",
            f"Intervalle und Amplituden werden gemessen, aber nicht beurteilt: {german}.",
            values=values,
            leads=case.good,
            marks=case.beat_marks(),
            verdict="borderline",
        )
    ]


def not_measurable(case: Case) -> list[Sentence]:
    """Return, once each, what is absent, and what could not be measured and why."""
    missing = missing_measurements(case.measurements)
    absent = {why: names for why, names in missing.items() if why.code == ABSENT}
    rest = {why: names for why, names in missing.items() if why not in absent}
    out = []
    for found, english, german in (
        (absent, "Absent", "Nicht vorhanden"),
        (rest, "Not measurable", "Nicht messbar"),
    ):
        if not found:
            continue
        whys = [(names, why.values.get("because", why)) for why, names in found.items()]
        told = "; ".join(f"{', '.join(measurement_name(n) for n in names)} ({say(why)})" for names, why in whys)
        gesagt = "; ".join(
            f"{', '.join(measurement_name(n, 'de') for n in names)} ({say(why, 'de')})" for names, why in whys
        )
        out.append(Sentence("record", f"{english}: {told}.", f"{german}: {gesagt}.", verdict="borderline"))
    return out
