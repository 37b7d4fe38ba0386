"""What is said of a recording while it grows: values with times on the source's clock, never prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cardio_desktop.core.findings import Evidence
from cardio_desktop.reading.passage import Opinion
from cardio_desktop.words import Remark

KINDS = ("beat", "rate", "critical", "quality", "opinion", "tier", "source")
NOT_A_MONITOR = Remark("live-not-a-monitor")


@dataclass(frozen=True, eq=False)
class LiveEvent:
    """Something that was said at `at_s`, the time of the newest sample then, of what happened from `start_s` on.

    All times are seconds on the source's clock. `end_s` is None for what still goes on. A critical rhythm, a quality
    and a source's state are told twice: when they begin (`end_s` None) and, with the same `code` and `start_s`, when
    they end. `code` tells which: the kind of a beat; of what is critical one of `core.events.CRITICAL`; the tier;
    "flat", "noise" of a lead. `values` carry their unit in the name. `opinion` is the network's, whose evidence lies at
    its own `start_s` on the same clock.
    """

    kind: str
    code: str
    at_s: float
    start_s: float
    end_s: float | None = None
    leads: tuple[str, ...] = ()
    values: Mapping[str, float | str] = field(default_factory=dict)
    remark: Remark | None = None
    opinion: Opinion | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check the kind; raises ValueError."""
        if self.kind not in KINDS:
            raise ValueError(f"no live event of kind {self.kind!r}: one of {', '.join(KINDS)}")

    @property
    def delay_s(self) -> float:
        """Seconds of signal between what happened, or its end, and its being said."""
        return self.at_s - (self.start_s if self.end_s is None else self.end_s)


def moved(opinion: Opinion, by_s: float) -> Opinion:
    """Return an opinion with its times moved to another clock."""
    prediction, evidence = opinion.prediction, opinion.evidence
    if prediction is not None:
        windows = tuple(replace(w, start_s=w.start_s + by_s, end_s=w.end_s + by_s) for w in prediction.windows)
        prediction = replace(prediction, windows=windows)
    if evidence is not None:
        evidence = Evidence(**{**vars(evidence), "start_s": evidence.start_s + by_s})
    return replace(opinion, prediction=prediction, evidence=evidence)
