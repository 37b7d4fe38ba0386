"""Findings as short sentences, each of which says only what was measured or computed."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.findings import Beat, Measurements, Prediction, Quality, Risk, Tier
from cardio_desktop.core.record import Record

DISCLAIMER = "Not a diagnosis: a computer's opinion for physicians, to be checked against the ECG and the patient."
LOW_IS_NOT_NO = "A Low tier does not rule out disease."
SCOPE = "Not assessed by this program: heart rhythm, paced rhythms, and anyone under 18."
TIER_MEANINGS: dict[Tier, str] = {
    Tier.LOW: LOW_IS_NOT_NO,
    Tier.MODERATE: "The probabilities lie between those of Low and of High: neither reassuring nor convincing.",
    Tier.HIGH: "A pathology is probable by the thresholds fixed on the calibration records. The tier says nothing of "
    "urgency.",
    Tier.NOT_ASSESSED: "The network gave no opinion that may be used; the ECG has to be read without it.",
}
MOST_STATEMENTS = 3
MOST_BEATS = 5
LIKELY = 0.5
# fmt: off
RHYTHM_STATEMENTS = (
    "SR", "AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "SVARR", "SVTAC", "PSVT", "BIGU", "TRIGU", "PACE",
)
# fmt: on
"""The rhythms of PTB-XL's statements."""
UNTOLD_STATEMENTS = ("NORM", *RHYTHM_STATEMENTS)
"""A class already, and rhythms, of which `SCOPE` says that they are not assessed; the JSON lists them all."""


def narrate(
    record: Record,
    *,
    quality: Quality,
    beats: Sequence[Beat],
    measurements: Measurements,
    prediction: Prediction | None,
    risk: Risk,
) -> tuple[str, ...]:
    """Return what was found, the most important first, and what was not looked for."""
    sentences = ["This is a simulated record, not a patient's."] if record.simulated else []
    sentences += quality_sentences(quality)
    sentences += [f"Risk tier {risk.tier.value}: {sentence(risk.reason)}", TIER_MEANINGS[risk.tier]]
    if prediction is not None:
        sentences += prediction_sentences(prediction)
    if flagged := flagged_sentence([beat for beat in beats if beat.flags]):
        sentences.append(flagged)
    sentences += measurement_sentences(measurements)
    sentences.append(SCOPE)
    return tuple(sentences)


def quality_sentences(quality: Quality) -> list[str]:
    """Return what can be used of the recording, and why not the rest."""
    out, whole = [], "; ".join(record_reasons(quality))
    if not quality.usable:
        out.append("The recording's quality does not allow an assessment: " + sentence(whole or "too noisy"))
    elif whole:
        out.append("Recording: " + sentence(whole))
    if bad := unusable_leads(quality):
        out.append(f"Leads not usable: {bad}.")
    elif quality.usable and quality.leads:
        count = len(quality.leads)
        out.append("The one lead checked is usable." if count == 1 else f"All {count} leads checked are usable.")
    if quality.reversal:
        out.append(f"The electrodes {quality.reversal} may be swapped: check them before reading on.")
    return out


def record_reasons(quality: Quality) -> list[str]:
    """Return the reasons that concern the record as a whole; those of single leads stand with the leads."""
    return [
        reason for reason in quality.reasons if not any(reason.startswith(f"{name} cannot") for name in quality.leads)
    ]


def unusable_leads(quality: Quality) -> str:
    """Return the leads that cannot be used, those with the same reasons together."""
    by_reason: dict[str, list[str]] = {}
    for name, lead in quality.leads.items():
        if not lead.usable:
            by_reason.setdefault(", ".join(lead.reasons) or "no reason given", []).append(name)
    return "; ".join(f"{', '.join(names)} ({reason})" for reason, names in by_reason.items())


def prediction_sentences(prediction: Prediction) -> list[str]:
    """Return the network's calibrated probabilities and its most probable statements."""
    chances = ", ".join(f"{score.name} {percent(score.probability)}" for score in prediction.classes)
    out = [f"The network ({prediction.model_name} {prediction.model_version}) gives {chances}."]
    likely = [s for s in prediction.statements if s.probability >= LIKELY and s.code not in UNTOLD_STATEMENTS]
    likely = sorted(likely, key=lambda s: -s.probability)[:MOST_STATEMENTS]
    if likely:
        named = ", ".join(f"{s.description} ({s.code}, {percent(s.probability)})" for s in likely)
        out.append(f"Most probable statements: {named}.")
    if prediction.missing_leads:
        out.append(f"The network did not see {', '.join(prediction.missing_leads)}: its opinion is less certain.")
    return out


def flagged_sentence(flagged: Sequence[Beat]) -> str | None:
    """Return which beats carry most of the evidence, and in which leads."""
    if not flagged:
        return None
    named = []
    for beat in flagged[:MOST_BEATS]:
        leads: dict[str, list[str]] = {}
        for flag in beat.flags:
            leads.setdefault(flag.code, []).append(flag.lead)
        why = "; ".join(f"{code} in {', '.join(dict.fromkeys(names))}" for code, names in leads.items())
        named.append(f"{beat.time_s:.2f} s ({why})")
    more = len(flagged) - len(named)
    return f"Beats that carry most of the evidence: {', '.join(named)}" + (f", and {more} more." if more else ".")


def measurement_sentences(measurements: Measurements) -> list[str]:
    """Return rate and RR intervals, and one sentence for what is missing."""
    out = []
    if measurements.heart_rate_bpm is None:
        out.append("Heart rate: " + sentence(measurements.not_measured.get("heart_rate_bpm", "not measured")))
    else:
        rate = f"Heart rate {measurements.heart_rate_bpm:.0f}/min"
        if rr := measurements.rr_ms:
            rate += f"; RR intervals {rr.mean:.0f} ms on average ({rr.min:.0f} to {rr.max:.0f}, SD {rr.sd:.0f})"
        out.append(rate + ".")
    if missing := missing_measurements(measurements):
        reasons = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in missing.items())
        out.append(f"Without a value: {reasons}.")
    return out


MEASURED = {
    "p_ms": "P duration",
    "pr_ms": "PR interval",
    "qrs_ms": "QRS duration",
    "qt_ms": "QT interval",
    "qtc_ms": "QTc",
    "p_axis_deg": "P axis",
    "qrs_axis_deg": "QRS axis",
    "t_axis_deg": "T axis",
    "leads": "wave voltages by lead",
}
"""The measurements beside rate and RR, in words."""


def missing_measurements(measurements: Measurements) -> dict[str, list[str]]:
    """Return the names of measurements without a value, by reason."""
    by_reason: dict[str, list[str]] = {}
    for name, words in MEASURED.items():
        if getattr(measurements, name) is None:
            by_reason.setdefault(measurements.not_measured.get(name, "not measured"), []).append(words)
    return by_reason


def percent(probability: float) -> str:
    """Return a probability as whole percent; never as 0 or 100."""
    if probability < 0.01:
        return "<1 %"
    return ">99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


def sentence(text: str) -> str:
    """Return `text` with exactly one full stop at its end."""
    return text.strip().rstrip(".") + "."
