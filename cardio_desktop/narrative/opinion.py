"""Rules on the network: its tier and probabilities, what it adds to the measurements, and where it contradicts them."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.findings import Flag, Mark, Sentence, StatementScore
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.texts import (
    SCOPE,
    SCOPE_DE,
    TIER_MEANINGS,
    TIER_MEANINGS_DE,
    TIERS_DE,
    UNTOLD_STATEMENTS,
    class_name,
)
from cardio_desktop.narrative.words import DE, EN, lead_list, sentence
from cardio_desktop.words import say
from cardio_desktop.words.statements import statement_name

MOST_STATEMENTS = 3
MOST_BEATS = 5
HALF_BEAT_S = 0.3
WAVES_EN = {"P": "P wave", "QRS": "QRS", "ST": "ST segment", "T": "T wave"}
WAVES_DE = {"P": "P-Welle", "QRS": "QRS", "ST": "ST-Strecke", "T": "T-Welle"}

SAME = {
    "CLBBB": ("CLBBB",),
    "CRBBB": ("CRBBB",),
    "IRBBB": ("IRBBB", "CRBBB"),
    "ILBBB": ("ILBBB", "CLBBB"),
    "LBBB": ("CLBBB", "ILBBB"),
    "LAFB": ("LAFB",),
    "LPFB": ("LPFB",),
    "1AVB": ("1AVB", "LPR"),
    "LVH": ("LVH", "VCLVH", "HYP"),
    "RVH": ("RVH", "HYP"),
    "LNGQT": ("LNGQT",),
    "ASMI": ("ASMI", "AMI", "MI"),
    "AMI": ("AMI", "ASMI", "ALMI", "MI"),
    "ALMI": ("ALMI", "AMI", "LMI", "MI"),
    "LMI": ("LMI", "ALMI", "ILMI", "MI"),
    "IMI": ("IMI", "ILMI", "MI"),
    "ILMI": ("ILMI", "IMI", "LMI", "MI"),
    "INVT": ("INVT", "NT_", "NDT", "STTC"),
    "STD_": ("STD_", "NST_", "STTC"),
    "STE_": ("STE_", "MI", "STTC"),
    "IVCD": ("IVCD", "CD"),
}
"""A measured finding's code -> the network's statements and classes that say the same."""
WELL_KNOWN = frozenset(("CLBBB", "CRBBB", "LAFB", "1AVB", "LVH", "ASMI", "AMI", "ALMI", "LMI", "IMI", "ILMI"))
"""Findings that the network misses so seldom that its silence weighs something."""
COVERED = {
    "PVC": ("PVC",),
    "PAC": ("PAC",),
    "LOWT": ("LOWT",),
    "LVOLT": ("LVOLT",),
    "HVOLT": ("HVOLT", "VCLVH"),
    "LAO/LAE": ("LAO/LAE",),
    "RAO/RAE": ("RAO/RAE",),
    **SAME,
}


def risk_tier(case: Case) -> list[Sentence]:
    """Return the risk tier with its reason, and what the tier means."""
    risk = case.risk
    source = "network" if case.prediction is not None else "measured"
    return [
        Sentence(
            "network",
            f"Risk tier {risk.tier.value}: {sentence(say(risk.reason))}",
            f"Risikostufe {TIERS_DE[risk.tier]}: {sentence(say(risk.reason, 'de'))}",
            source=source,
            values={score.code: score.probability for score in case.prediction.classes} if case.prediction else {},
        ),
        Sentence("network", TIER_MEANINGS[risk.tier], TIER_MEANINGS_DE[risk.tier], source=source),
    ]


def probabilities(case: Case) -> list[Sentence]:
    """Return the calibrated probabilities with the network's name, and the leads that it did not see."""
    prediction = case.prediction
    if prediction is None:
        return []
    who = f"{prediction.model_name} {prediction.model_version}"
    english = ", ".join(f"{class_name(s.code)} {EN.percent(s.probability)}" for s in prediction.classes)
    german = ", ".join(f"{class_name(s.code, 'de')} {DE.percent(s.probability)}" for s in prediction.classes)
    out = [
        Sentence(
            "network",
            f"The network ({who}) gives {english}.",
            f"Das Netz ({who}) gibt an: {german}.",
            source="network",
            values={score.code: score.probability for score in prediction.classes},
        )
    ]
    if prediction.missing_leads:
        named = ", ".join(prediction.missing_leads)
        out.append(
            Sentence(
                "network",
                f"The network did not see {named}: its opinion is less certain.",
                f"Das Netz sah {named} nicht: seine Meinung ist weniger sicher.",
                source="network",
                leads=prediction.missing_leads,
            )
        )
    return out


def comparison(case: Case, told: Sequence[Sentence]) -> list[Sentence]:
    """Return where the network agrees with what was measured, contradicts it, and what it adds."""
    if case.prediction is None:
        return []
    known = case.chances
    measured = [item for item in told if item.code in SAME and item.source == "measured"]
    out = []
    for item in measured:
        chances = {code: known[code] for code in SAME[item.code] if code in known}
        if not chances or item.verdict != "abnormal":
            continue
        best = max(chances, key=lambda code: chances[code])
        if chances[best] >= limits.LIKELY:
            out.append(_agrees(case, item, best, chances[best]))
        elif chances[best] < limits.UNLIKELY and item.code in WELL_KNOWN:
            out.append(_contradicts(case, item, best, chances[best]))
    covered = {code for item in told for code in COVERED.get(item.code, ())}
    added = [
        item
        for item in case.prediction.statements
        if item.probability >= limits.LIKELY and item.code not in UNTOLD_STATEMENTS and item.code not in covered
    ]
    out += _adds(sorted(added, key=lambda item: -item.probability)[:MOST_STATEMENTS])
    return out


def _agrees(case: Case, item: Sentence, code: str, chance: float) -> Sentence:
    english, german = _named(case, code)
    return Sentence(
        "network",
        f"The network agrees with the measurement: {english} {EN.percent(chance)}.",
        f"Das Netz stimmt mit der Messung überein: {german} {DE.percent(chance)}.",
        source="both",
        values={code: chance},
        leads=item.leads,
        marks=item.marks,
    )


def _contradicts(case: Case, item: Sentence, code: str, chance: float) -> Sentence:
    english, german = _named(case, code)
    short_en, short_de = item.english.split(":")[0].split(" (")[0].rstrip("."), item.german.split(":")[0]
    short_de = short_de.split(" (")[0].rstrip(".")
    return Sentence(
        "network",
        f"The network contradicts the measurement ({short_en}): it gives {english} {EN.percent(chance)}.",
        f"Das Netz widerspricht der Messung ({short_de}): es gibt {german} {DE.percent(chance)}.",
        source="both",
        values={code: chance},
        leads=item.leads,
        marks=item.marks,
        verdict="borderline",
    )


def _named(case: Case, code: str) -> tuple[str, str]:
    """Return a statement or class of the network in English and German."""
    if case.prediction is not None:
        for item in case.prediction.statements:
            if item.code == code:
                return f"{item.description} ({code})", f"{statement_name(code, item.description, 'de')} ({code})"
    return class_name(code), class_name(code, "de")


def _adds(added: Sequence[StatementScore]) -> list[Sentence]:
    if not added:
        return []
    english = ", ".join(f"{s.description} ({s.code}, {EN.percent(s.probability)})" for s in added)
    german = ", ".join(
        f"{statement_name(s.code, s.description, 'de')} ({s.code}, {DE.percent(s.probability)})" for s in added
    )
    return [
        Sentence(
            "network",
            f"The network adds, without support from the measurements: {english}.",
            f"Das Netz ergänzt, ohne Stütze in den Messungen: {german}.",
            source="network",
            values={s.code: s.probability for s in added},
            verdict="borderline",
        )
    ]


def flagged_beats(case: Case) -> list[Sentence]:
    """Return which beats carry most of the evidence, in which wave and in which leads."""
    numbered = [(k, beat) for k, beat in enumerate(case.beats, start=1) if beat.flags]
    if not numbered:
        return []
    shown, more = numbered[:MOST_BEATS], max(len(numbered) - MOST_BEATS, 0)
    english = "; ".join(f"beat {k} at {EN.number(b.time_s, 2)} s ({flags_text(b.flags)})" for k, b in shown)
    german = "; ".join(f"Schlag {k} bei {DE.number(b.time_s, 2)} s ({flags_text(b.flags, 'de')})" for k, b in shown)
    values = {f"beat_{k}_s": beat.time_s for k, beat in shown}
    if more:
        values["more"] = float(more)
    return [
        Sentence(
            "network",
            f"Beats that carry most of the evidence: {english}" + (f"; and {more} more." if more else "."),
            f"Schläge mit dem größten Anteil an der Evidenz: {german}" + (f"; und {more} weitere." if more else "."),
            source="network",
            values=values,
            leads=tuple(dict.fromkeys(flag.lead for _, beat in shown for flag in beat.flags)),
            marks=tuple(
                dict.fromkeys(
                    Mark(flag.lead, beat.time_s - HALF_BEAT_S, beat.time_s + HALF_BEAT_S)
                    for _, beat in shown
                    for flag in beat.flags
                )
            ),
        )
    ]


def flags_text(flags: Sequence[Flag], language: str = "en") -> str:
    """Return flags in words, contiguous leads joined: "MI: ST segment V2-V3, T wave V4"."""
    words = WAVES_DE if language == "de" else WAVES_EN
    by_class: dict[str, dict[str | None, list[str]]] = {}
    for flag in flags:
        by_class.setdefault(flag.code, {}).setdefault(flag.wave, []).append(flag.lead)
    return "; ".join(
        f"{code}: "
        + ", ".join(f"{words[wave] + ' ' if wave else ''}{lead_list(leads)}" for wave, leads in waves.items())
        for code, waves in by_class.items()
    )


def scope(_case: Case) -> list[Sentence]:
    """Return what the program does not look at."""
    return [Sentence("record", SCOPE, SCOPE_DE)]
