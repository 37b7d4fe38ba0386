"""Rules on the recording itself: simulated, quality of the record and of its leads, swapped electrodes."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.texts import leads_by_reason
from cardio_desktop.narrative.words import sentence
from cardio_desktop.words import Remark, say


def simulated(case: Case) -> list[Sentence]:
    """Return that the record is not a patient's."""
    if not case.simulated:
        return []
    return [
        Sentence(
            "record",
            "This is a simulated record, not a patient's.",
            "Dies ist eine simulierte Aufzeichnung, nicht die eines Patienten.",
        )
    ]


def recording(case: Case) -> list[Sentence]:
    """Return whether the recording can be used as a whole, and what disturbs it."""
    quality = case.quality
    whole = quality.of_record
    if not quality.usable:
        why = Remark("because", {"because": whole or (Remark("noisy"),)})
        return [
            Sentence(
                "quality",
                "The recording's quality does not allow an assessment: " + sentence(say(why)),
                "Die Qualität der Aufzeichnung erlaubt keine Beurteilung: " + sentence(say(why, "de")),
                leads=tuple(quality.leads),
                verdict="abnormal",
            )
        ]
    if not whole:
        return []
    return [
        Sentence(
            "quality",
            "Recording: " + sentence("; ".join(say(why) for why in whole)),
            "Aufzeichnung: " + sentence("; ".join(say(why, "de") for why in whole)),
            leads=tuple(quality.leads),
            verdict="borderline",
        )
    ]


def lead_quality(case: Case) -> list[Sentence]:
    """Return the leads that cannot be used with their reasons, or that all can."""
    quality = case.quality
    if bad := leads_by_reason(quality):
        english = "; ".join(
            f"{', '.join(names)} ({', '.join(map(say, why)) or 'no reason given'})" for names, why in bad
        )
        german = "; ".join(
            f"{', '.join(names)} ({', '.join(say(one, 'de') for one in why) or 'kein Grund angegeben'})"
            for names, why in bad
        )
        return [
            Sentence(
                "quality",
                f"Leads not usable: {english}.",
                f"Nicht verwertbare Ableitungen: {german}.",
                leads=tuple(name for names, _ in bad for name in names),
                verdict="borderline",
            )
        ]
    if not quality.usable or not quality.leads:
        return []
    count = len(quality.leads)
    return [
        Sentence(
            "quality",
            "The one lead checked is usable." if count == 1 else f"All {count} leads checked are usable.",
            "Die eine geprüfte Ableitung ist verwertbar."
            if count == 1
            else f"Alle {count} geprüften Ableitungen sind verwertbar.",
            values={"leads_checked": float(count)},
            leads=tuple(quality.leads),
            verdict="normal",
        )
    ]


def electrodes(case: Case) -> list[Sentence]:
    """Return which electrodes seem swapped."""
    swapped = case.quality.reversal
    if not swapped:
        return []
    return [
        Sentence(
            "quality",
            f"The electrodes {swapped} may be swapped: check them before reading on.",
            f"Die Elektroden {swapped} sind möglicherweise vertauscht: vor der Befundung prüfen.",
            leads=tuple(case.quality.leads),
            verdict="abnormal",
        )
    ]
