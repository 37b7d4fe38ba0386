"""The order of the reading: the conclusion in one line, what is abnormal by weight, then what is normal, folded."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.rhythm import is_told_plainly, rhythm_at, verdict_of
from cardio_desktop.words import Remark

NEEDED = ("axis", "conduction", "ischaemia", "infarction", "st_t", "qt")
"""What has to be judged before an ECG is called normal."""
MOST_FINDINGS = 4
# fmt: off
WEIGHTS = (
    "VT", "WCT", "VF", "IVR", "AVB3", "AVB2", "STE_", "ISC_", "MI", "AMI", "ASMI", "ALMI", "IMI", "ILMI", "LMI", "STD_",
    "AFIB", "AFLT", "SVTAC", "CLBBB", "LBBB", "CRBBB", "LNGQT", "SPR", "1AVB", "LAFB", "LPFB", "IVCD", "ILBBB", "IRBBB",
    "TALT", "INVT", "LVH", "RVH", "SHORTQT", "PVC", "PAC", "AXIS", "ALS", "ARS", "LAO/LAE", "RAO/RAE", "RPROG", "LVOLT",
    "HVOLT", "LOWT", "NT_", "ANGLE",
)
# fmt: on
"""Codes of findings, those first that change what is done first."""
IMPLIED = {"LAFB": ("ALS",), "LPFB": ("ARS",), "RVH": ("ARS",), "AXIS": (), "STE_": ("ANGLE",), "INVT": ("ANGLE",)}
"""A finding -> those that only say the same again."""


def weight(item: Sentence) -> tuple[int, int]:
    """Return where a finding stands: abnormal before borderline, critical ones and rhythm first, then by `WEIGHTS`."""
    place = WEIGHTS.index(item.code) if item.code in WEIGHTS else len(WEIGHTS)
    first = item.section == "rhythm" and item.remark.code != "ectopy"
    return item.verdict != "abnormal", -2 if item.section == "critical" else -1 if first else place


def without_implied(told: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences without those that another one implies."""
    implied = {code for item in told if item.verdict == "abnormal" for code in IMPLIED.get(item.code, ())}
    return [item for item in told if item.code not in implied]


def sum_up(case: Case, told: Sequence[Sentence], urgent: Sequence[Sentence] = ()) -> Sentence:
    """Return the conclusion: rhythm and rate, then findings by weight; normal only where everything was measured."""
    if not case.quality.usable:
        because = case.quality.of_record or (Remark("noisy"),)
        if urgent:
            # What kills may be all that a noisy trace shows: it must not be hidden by the noise.
            critical, critical_codes = tuple(item.remark for item in urgent), tuple(item.code for item in urgent)
            critical_values = {"findings": critical, "because": because, "codes": critical_codes}
            return _made(case, Remark("conclusion-critical", critical_values), "abnormal", ())
        return _made(case, Remark("conclusion-unusable", {"because": because, "codes": ()}), "", ())
    rhythm, rhythm_codes, rhythm_verdict = _rhythm(case, told, urgent)
    if case.unjudged is not None:
        events = tuple(item.remark for item in told if item.section == "critical")
        values = {"rhythm": rhythm, "findings": events, "codes": rhythm_codes, "why": case.unjudged}
        worse = "abnormal" if urgent else rhythm_verdict
        return _made(case, Remark("conclusion-unjudged", values), worse, ())
    judged = [item for item in told if item.source == "measured" and item.section not in ("quality", "record")]
    found = sorted((item for item in judged if item.verdict in ("abnormal", "borderline")), key=weight)
    worst = [item for item in found if item.verdict == "abnormal"] or found
    named = [item for item in (*_doubts(told), *worst) if item.short is not None]
    named = named or [item for item in found if item.short is not None]
    shorts = tuple(dict.fromkeys(item.short for item in named))
    codes = tuple(dict.fromkeys([*rhythm_codes, *(item.code for item in found if item.code)]))
    verdicts = {rhythm_verdict, *(item.verdict for item in found)}
    verdict = "abnormal" if "abnormal" in verdicts else "borderline" if "borderline" in verdicts else "normal"
    whole = set(NEEDED) <= {item.section for item in judged if item.verdict}
    if shorts:
        more = max(len(shorts) - MOST_FINDINGS, 0)
        values = {"rhythm": rhythm, "findings": shorts[:MOST_FINDINGS], "more": more, "codes": codes}
        return _made(case, Remark("conclusion", values), verdict, tuple(worst))
    if verdict != "normal" or not whole:
        # The rhythm alone is not normal, or too little was measured to say that the rest is.
        rest = whole and case.rhythm is not None
        code = "conclusion-otherwise" if rest else "conclusion-open"
        verdict = verdict if verdict != "normal" or rest else ""
        return _made(case, Remark(code, {"rhythm": rhythm, "codes": codes}), verdict, tuple(worst))
    plain = case.rhythm is not None and set(case.rhythm.codes) == {"SR"} and not any(map(is_noted, judged))
    code = "conclusion-normal" if plain else "conclusion-otherwise"
    return _made(case, Remark(code, {"rhythm": rhythm, "codes": (*codes, "NORM")}), "normal", ())


def _doubts(told: Sequence[Sentence]) -> list[Sentence]:
    return [item for item in told if item.code == "SWAP"]


def _rhythm(case: Case, said: Sequence[Sentence], urgent: Sequence[Sentence]) -> tuple[Remark, tuple[str, ...], str]:
    """Return the rhythm with its rate, its codes, and its verdict; as sure as a critical event has said it already."""
    found = case.rhythm
    if found is None:
        return Remark("conclusion-no-rhythm"), (), "borderline"
    # A paced or ventricular rhythm comes with nothing; beats of another shape are told beside it all the same.
    ectopy = [item for item in said if item.remark.code == "ectopy" and case.unjudged is not None]
    also = [Remark(f"with-{item.code}", {"beats": item.values["beats"]}) for item in ectopy]
    named = {item.code.removeprefix("with-") for item in found.remark.values.get("more", ())}
    at = rhythm_at(case, found, {"AVB1"}, () if named else also)
    sure = is_told_plainly(found, at) or bool({item.code for item in urgent} & set(found.codes[:1]))
    return (
        at if sure else Remark("rhythm-probably", {"at": at}),
        found.codes,
        verdict_of(case, found),
    )


def _made(case: Case, remark: Remark, verdict: str, grounds: Sequence[Sentence]) -> Sentence:
    marks = tuple(dict.fromkeys(mark for item in grounds for mark in item.marks)) or case.beat_marks()
    leads = tuple(dict.fromkeys(lead for item in grounds for lead in item.leads)) or case.good
    return Sentence("conclusion", remark, None, "measured", leads, marks, verdict)


def is_noted(item: Sentence) -> bool:
    """Return whether a finding deviates within what healthy adults have: told beside what is normal, not as it."""
    return item.verdict == "normal" and item.short is None and item.section not in ("rhythm", "conclusion")


def fold(case: Case, told: Sequence[Sentence]) -> list[Sentence]:
    """Return what is normal as one sentence."""
    noted = tuple(dict.fromkeys(item.remark for item in told if is_noted(item)))
    normal = [item for item in told if item.verdict == "normal" and (item.short is not None or is_noted(item))]
    parts = tuple(dict.fromkeys(item.short for item in normal if item.short is not None))
    if not normal:
        return []
    leads = tuple(dict.fromkeys(lead for item in normal if item.section != "rate" for lead in item.leads))
    told_once = Remark("normal", {"parts": parts, "noted": noted})
    return [Sentence("normal", told_once, None, "measured", leads, case.beat_marks(), "normal")]
