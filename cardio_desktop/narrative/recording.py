"""Rules on the recording itself: simulated, quality of the record and of its leads, swapped electrodes."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.texts import leads_by_reason
from cardio_desktop.words import Remark

JUMPS = ("step", "steps")
"""Reasons that both tell of a loose electrode: how far the baseline jumps, and how often."""


def simulated(case: Case) -> list[Sentence]:
    """Return that the record is not a patient's."""
    return [Sentence("record", Remark("simulated"))] if case.simulated else []


def recording(case: Case) -> list[Sentence]:
    """Return whether the recording can be used as a whole, and what disturbs it."""
    quality = case.quality
    # Swapped electrodes have a sentence of their own.
    whole = tuple(reason for reason in quality.of_record if not reason.code.startswith("swap-"))
    leads = tuple(quality.leads)
    if not quality.usable:
        told = Remark("unusable", {"because": whole or (Remark("noisy"),)})
        return [Sentence("quality", told, leads=leads, verdict="abnormal")]
    if not whole:
        return []
    return [Sentence("quality", Remark("recording", {"because": whole}), leads=leads, verdict="borderline")]


def lead_quality(case: Case) -> list[Sentence]:
    """Return the leads that cannot be used with their reasons; that all can needs no word."""
    bad = leads_by_reason(case.quality)
    if not bad:
        return []
    groups = tuple(
        Remark("lead-group", {"leads": tuple(names), "because": _once(why) or (Remark("noisy"),)}) for names, why in bad
    )
    leads = tuple(name for names, _ in bad for name in names)
    return [Sentence("quality", Remark("leads-unusable", {"groups": groups}), leads=leads, verdict="borderline")]


def _once(reasons: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Return the reasons, of two that blame the same electrode's jumps the first."""
    jumps = [reason for reason in reasons if reason.code in JUMPS]
    return tuple(reason for reason in reasons if reason not in jumps[1:])


def electrodes(case: Case) -> list[Sentence]:
    """Return which electrodes seem swapped, and which leads are not judged for it."""
    swapped = case.quality.reversal
    if not swapped:
        return []
    told = Remark("electrodes-limb" if case.chest_trusted else "electrodes-chest", {"swap": swapped})
    short = Remark("short-electrodes", {"swap": swapped})
    return [Sentence("quality", told, short, leads=tuple(case.quality.leads), verdict="abnormal", code="SWAP")]
