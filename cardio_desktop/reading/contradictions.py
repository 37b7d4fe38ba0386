"""Where what was measured and what the network says cannot both be believed: no tier is Low over that."""

from __future__ import annotations

from dataclasses import replace

from cardio_desktop.core.findings import Tier, tier_limits
from cardio_desktop.narrative.bundle import bundle_block
from cardio_desktop.narrative.critical import event_remark
from cardio_desktop.reading.passage import Passage
from cardio_desktop.words import Remark

OTHER = ("AF", "AFL")
"""Beside what is critical: the network has no class for them, so that its Low says nothing of them."""
LEFT_BLOCK = ("CLBBB",)
MOST_NAMED = 3


def doubted(passage: Passage) -> Passage:
    """Return the passage with a tier of at least Moderate where a measured finding contradicts Low, which says so.

    These are critical events, atrial fibrillation and flutter, and a left bundle branch block by its shape where the
    network holds a conduction disturbance for as improbable as Low allows.
    """
    opinion = passage.opinion
    if opinion.prediction is None or opinion.risk.tier is not Tier.LOW:
        return passage
    because = [event_remark(event) for event in passage.events if event.critical or event.code in OTHER]
    because += _left_block(passage)
    if not because:
        return passage
    unique = tuple(dict.fromkeys(because))[:MOST_NAMED]
    reason = Remark("tier-contradicted", {"reason": opinion.risk.reason, "because": unique})
    risk = replace(opinion.risk, tier=Tier.MODERATE, reason=reason)
    return replace(passage, opinion=replace(opinion, risk=risk))


def _left_block(passage: Passage) -> list[Remark]:
    opinion, block = passage.opinion, bundle_block(passage.case())
    if block is None or block.code not in LEFT_BLOCK or opinion.prediction is None:
        return []
    probability = opinion.prediction.probability("CD")
    limits = tier_limits("CD", opinion.risk.thresholds)
    return [Remark("contra-lbbb", {"probability": probability})] if limits and probability < limits[0] else []
