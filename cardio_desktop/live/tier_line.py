"""The tier as a line over time that does not flicker.

The rule. Of the newest `LOOKS` opinions the middle probability of each class counts. The line leaves its tier only
where these probabilities pass the limit by `MARGIN` of it as well, and not before `LOOKS` // 2 + 1 opinions are there.
Where a measured finding lifts Low to Moderate in most of the newest looks, the line is Moderate at least. An opinion
that was refused takes the line away at once: nothing old stands beside noise.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from statistics import median

from cardio_desktop.core.findings import PATHOLOGIES, Tier
from cardio_desktop.model.card import Thresholds
from cardio_desktop.model.risk import tier_of
from cardio_desktop.reading.passage import Opinion

LOOKS = 5
"""Every two seconds on ten: five looks are those that share no more than the first second with the last."""
MARGIN = 0.1
"""A tenth of the limit: a choice; no clinical figure sets it."""
ORDER = (Tier.LOW, Tier.MODERATE, Tier.HIGH)


class TierLine:
    """The tier that is shown, from opinions as they come."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._looks: deque[tuple[dict[str, float], bool]] = deque(maxlen=LOOKS)
        self.tier = Tier.NOT_ASSESSED

    def take(self, opinion: Opinion | None) -> bool:
        """Add the newest opinion, None or a refused one included; return whether the line changed."""
        before = self.tier
        if opinion is None or opinion.prediction is None or opinion.risk.tier is Tier.NOT_ASSESSED:
            self._looks.clear()
            self.tier = Tier.NOT_ASSESSED
            return self.tier is not before
        chances = {score.code: score.probability for score in opinion.prediction.classes}
        doubted = opinion.risk.tier is Tier.MODERATE and tier_of(chances, self._thresholds) is Tier.LOW
        self._looks.append((chances, doubted))
        if len(self._looks) > LOOKS // 2:
            self.tier = self._shown()
        return self.tier is not before

    def _shown(self) -> Tier:
        """Return the tier by the middle of the newest looks, the shown one within the margin of a limit."""
        middle = {code: median(chances[code] for chances, _ in self._looks) for code in PATHOLOGIES}
        wanted = tier_of(middle, self._thresholds)
        if self.tier in ORDER and wanted is not self.tier:
            rises = ORDER.index(wanted) > ORDER.index(self.tier)
            wanted = tier_of(middle, _moved(self._thresholds, 1.0 + MARGIN if rises else 1.0 - MARGIN))
            if (ORDER.index(wanted) > ORDER.index(self.tier)) is not rises:
                wanted = self.tier
        doubts = sum(doubted for _, doubted in self._looks)
        return Tier.MODERATE if wanted is Tier.LOW and 2 * doubts > len(self._looks) else wanted


def _moved(thresholds: Thresholds, factor: float) -> Thresholds:
    low_mi, low_any, high_any = (
        min(value * factor, (1.0 + value) / 2.0)
        for value in (thresholds.low_mi, thresholds.low_any, thresholds.high_any)
    )
    return replace(thresholds, low_mi=low_mi, low_any=low_any, high_any=high_any)
