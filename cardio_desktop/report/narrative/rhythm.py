"""Rules on rhythm, rate, ectopic beats, and what could not be measured."""

from __future__ import annotations

from cardio_desktop.core.findings import Mark, Sentence
from cardio_desktop.report.narrative import limits
from cardio_desktop.report.narrative.case import Case
from cardio_desktop.report.narrative.german import reason_german
from cardio_desktop.report.narrative.rhythm_words import rhythm_german
from cardio_desktop.report.narrative.texts import MEASURED, MEASURED_DE, missing_measurements
from cardio_desktop.report.narrative.words import DE, EN, sentence

SURE = 0.8
NORMAL_RHYTHMS = ("sinus rhythm", "normal sinus rhythm", "sinus arrhythmia")
HALF_BEAT_S = 0.15


def rhythm(case: Case) -> list[Sentence]:
    """Return the rhythm in words, as probable where the program is not sure of it."""
    found = case.rhythm
    if found is None:
        return []
    sure = found.confidence >= SURE
    english, german = found.statement.strip().rstrip("."), rhythm_german(found.statement.strip().rstrip("."))
    if not sure:
        english = f"Probably {english[:1].lower()}{english[1:]}"
        german = f"Wahrscheinlich {german}"
    normal = found.statement.lower().startswith(NORMAL_RHYTHMS)
    return [
        Sentence(
            "rhythm",
            f"{english[:1].upper()}{english[1:]} (confidence {EN.percent(found.confidence)}).",
            f"{german[:1].upper()}{german[1:]} (Sicherheit {DE.percent(found.confidence)}).",
            values={"confidence": found.confidence},
            leads=case.good,
            marks=case.beat_marks(),
            verdict="normal" if normal and sure else "borderline" if normal else "abnormal",
            code="" if normal else "RHYTHM",
        )
    ]


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
                verdict="abnormal",
                code=code,
            )
        )
    return out


def rate(case: Case) -> list[Sentence]:
    """Return rate and RR intervals; slow and fast are named."""
    bpm, rr = case.measurements.heart_rate_bpm, case.measurements.rr_ms
    if bpm is None:
        why = case.measurements.not_measured.get("heart_rate_bpm", "not measured")
        return [
            Sentence(
                "rate",
                "Heart rate not measurable: " + sentence(why),
                "Herzfrequenz nicht messbar: " + sentence(reason_german(why)),
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


def not_measurable(case: Case) -> list[Sentence]:
    """Return, once, what has no value and why."""
    missing = missing_measurements(case.measurements)
    if not missing:
        return []
    english = "; ".join(f"{', '.join(MEASURED[n] for n in names)} ({why})" for why, names in missing.items())
    german = "; ".join(
        f"{', '.join(MEASURED_DE[n] for n in names)} ({reason_german(why)})" for why, names in missing.items()
    )
    return [
        Sentence("record", f"Not measurable: {english}.", f"Nicht messbar: {german}.", verdict="borderline"),
    ]
