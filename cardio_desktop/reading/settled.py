"""What the rhythm settles once it has a name: why there is no P wave, and that a swap of electrodes was no such thing.

Waves and electrodes are judged before the rhythm; what was said of them then must not contradict it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cardio_desktop.core.findings import Quality, Risk
from cardio_desktop.reading.passage import Passage
from cardio_desktop.words import Remark

ATRIA = {"AFIB": Remark("atria-fibrillate"), "AFLT": Remark("atria-flutter")}
"""Rhythm -> why there is no P wave in it."""
OTHER = Remark("few-p-waves")
FROM_VENTRICLES = frozenset(("PACE", "VT", "WCT", "VF", "IVR"))
"""Rhythms whose complexes begin where electrodes are not judged by: in front or below, as swapped ones would show."""


def settled(passage: Passage) -> Passage:
    """Return the passage with nothing left that its rhythm contradicts."""
    codes = passage.rhythm.codes if passage.rhythm is not None else ()
    basic = codes[0] if codes else ""
    measurements = passage.measured.measurements
    reasons = {name: _reworded(why, basic) for name, why in measurements.not_measured.items()}
    if reasons != measurements.not_measured:
        told = replace(measurements, not_measured=reasons)
        passage = replace(passage, measured=replace(passage.measured, measurements=told))
    if passage.quality.reversal and (basic in FROM_VENTRICLES or passage.spikes or passage.opinion.risk.paced):
        opinion = replace(passage.opinion, risk=_without_swap(passage.opinion.risk))
        passage = replace(passage, quality=_unswapped(passage.quality), opinion=opinion)
    return passage


def _reworded(why: Remark, basic: str) -> Remark:
    """Return the reason with the atria doing what the rhythm says that they do."""
    inner = why.values.get("because")
    if not isinstance(inner, Remark) or inner not in ATRIA.values():
        return why
    values: Mapping[str, object] = {**why.values, "because": ATRIA.get(basic, OTHER)}
    return Remark(why.code, values)


def _unswapped(quality: Quality) -> Quality:
    reasons = tuple(reason for reason in quality.reasons if not reason.code.startswith("swap-"))
    return replace(quality, reasons=reasons, reversal=None)


def _without_swap(risk: Risk) -> Risk:
    inner = risk.reason.values.get("reason")
    if risk.reason.code != "tier-swapped" or not isinstance(inner, Remark):
        return risk
    return replace(risk, reason=inner)
