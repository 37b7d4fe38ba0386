"""Rules on the network: its tier and probabilities, what it adds to the measurements, and where it contradicts them."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.findings import Flag, Mark, Sentence, StatementScore, Tier
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.texts import UNTOLD_STATEMENTS
from cardio_desktop.words import Remark, say

MOST_STATEMENTS = 3
MOST_BEATS = 3
HALF_BEAT_S = 0.3

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
    """Return the risk tier with its reason, and what the tier means; then the leads that the network did not see."""
    risk, prediction = case.risk, case.prediction
    tier = Remark(f"tier-{risk.tier.value}")
    chances = {score.code: score.probability for score in prediction.classes} if prediction is not None else {}
    values = {"tier": tier, "reason": risk.reason, "meaning": Remark(f"meaning-{risk.tier.value}"), **chances}
    source = "network" if prediction is not None else "measured"
    out = [Sentence("network", Remark("tier", values), source=source)]
    if prediction is not None and prediction.missing_leads:
        told = Remark("network-unseen", {"leads": prediction.missing_leads})
        out.append(Sentence("network", told, source="network", leads=prediction.missing_leads))
    return out


def comparison(case: Case, told: Sequence[Sentence]) -> list[Sentence]:
    """Return where the network agrees with what was measured, contradicts it, and what it adds."""
    if case.prediction is None:
        return []
    known = case.chances
    measured = [item for item in told if item.code in SAME and item.source == "measured"]
    out: dict[str, Sentence] = {}
    for item in measured:
        chances = {code: known[code] for code in SAME[item.code] if code in known}
        if not chances or item.verdict != "abnormal":
            continue
        best = max(chances, key=lambda code: chances[code])
        # One statement may agree with several findings; it is told once.
        if chances[best] >= limits.LIKELY:
            out.setdefault(best, _beside(case, item, "network-agrees", best, chances[best], ""))
        elif chances[best] < limits.UNLIKELY and item.code in WELL_KNOWN:
            out.setdefault(best, _beside(case, item, "network-contradicts", best, chances[best], "borderline"))
    covered = {code for item in told for code in COVERED.get(item.code, ())} | set(out)
    added = [
        item
        for item in case.prediction.statements
        if item.probability >= limits.LIKELY and item.code not in UNTOLD_STATEMENTS and item.code not in covered
    ]
    return [*out.values(), *_adds(sorted(added, key=lambda item: -item.probability)[:MOST_STATEMENTS])]


def _beside(case: Case, item: Sentence, code: str, said: str, chance: float, verdict: str) -> Sentence:
    values = {"what": _named(case, said), "probability": chance}
    if code == "network-contradicts":
        values["finding"] = item.short or item.remark
    return Sentence("network", Remark(code, values), None, "both", item.leads, item.marks, verdict)


def _named(case: Case, code: str) -> Remark:
    """Return a statement or class of the network as a remark."""
    if case.prediction is not None:
        for item in case.prediction.statements:
            if item.code == code:
                return Remark("finding", {"statement": code, "description": item.description})
    return Remark(f"class-{code}")


def _adds(added: Sequence[StatementScore]) -> list[Sentence]:
    if not added:
        return []
    statements = tuple(
        Remark("statement", {"statement": s.code, "description": s.description, "probability": s.probability})
        for s in added
    )
    return [
        Sentence("network", Remark("network-adds", {"statements": statements}), source="network", verdict="borderline")
    ]


def flagged_beats(case: Case) -> list[Sentence]:
    """Return which beats carry most of the evidence, in which wave and in which leads; of a low risk nobody asks."""
    numbered = [(k, beat) for k, beat in enumerate(case.beats, start=1) if beat.flags]
    if not numbered or case.risk.tier is Tier.LOW:
        return []
    shown, more = numbered[:MOST_BEATS], max(len(numbered) - MOST_BEATS, 0)
    beats = tuple(
        Remark("flagged-beat", {"number": k, "at_s": beat.time_s, "flags": flags_of(beat.flags)}) for k, beat in shown
    )
    marks = dict.fromkeys(
        Mark(flag.lead, beat.time_s - HALF_BEAT_S, beat.time_s + HALF_BEAT_S)
        for _, beat in shown
        for flag in beat.flags
    )
    return [
        Sentence(
            "network",
            Remark("flagged", {"beats": beats, "more": more}),
            source="network",
            leads=tuple(dict.fromkeys(flag.lead for _, beat in shown for flag in beat.flags)),
            marks=tuple(marks),
        )
    ]


def flags_of(flags: Sequence[Flag]) -> tuple[Remark, ...]:
    """Return flags by class and wave, the leads of one wave together."""
    by_class: dict[str, dict[str, list[str]]] = {}
    for flag in flags:
        by_class.setdefault(flag.code, {}).setdefault(flag.wave or "", []).append(flag.lead)
    return tuple(
        Remark(
            "flags",
            {
                "class_code": code,
                "waves": tuple(Remark(f"flag-{wave}", {"leads": tuple(leads)}) for wave, leads in waves.items()),
            },
        )
        for code, waves in by_class.items()
    )


def flags_text(flags: Sequence[Flag], language: str = "en") -> str:
    """Return flags in words, contiguous leads joined: "MI: ST segment V2-V3, T wave V4"."""
    return "; ".join(say(item, language) for item in flags_of(flags))
