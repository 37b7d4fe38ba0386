"""What is known of a live recording now, from the events as they come: rate, rhythm, leads, alarms, tier, opinions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from cardio_desktop.core.findings import Evidence, Tier
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.reading.passage import Opinion
from cardio_desktop.words import Remark

STALE_S = 3.0
"""A rate without a newer beat for so long is no longer shown: at 40 per minute, the limit of what is called very slow,
two beats would have come."""
MOST_ALARMS = 2000
MOST_TIERS = 20_000
"""A change every two seconds, which the line's own rule makes impossible, would fill eleven hours."""
ENDS = frozenset(("ended", "live-over"))
"""A source that ends as it should is no alarm."""
OPINIONS = 60
"""Opinions that are held with their evidence: two minutes of one every two seconds."""


@dataclass(frozen=True)
class Alarm:
    """A row of the list: what was critical or lost, from when on, until when; None while it goes on."""

    kind: str
    code: str
    start_s: float
    end_s: float | None
    at_s: float
    remark: Remark | None

    @property
    def critical(self) -> bool:
        """Whether it is about the patient."""
        return self.kind == "critical"


@dataclass(frozen=True)
class TierChange:
    """The tier from an instant on."""

    at_s: float
    tier: Tier


@dataclass
class LiveNow:
    """Takes events one by one; everything else is asked of it. It never grows beyond its limits."""

    alarms: deque[Alarm] = field(default_factory=lambda: deque(maxlen=MOST_ALARMS))
    tiers: deque[TierChange] = field(default_factory=lambda: deque(maxlen=MOST_TIERS))
    opinions: deque[Opinion] = field(default_factory=lambda: deque(maxlen=OPINIONS))
    leads: dict[str, LiveEvent] = field(default_factory=dict)
    past: deque[LiveEvent] = field(default_factory=lambda: deque(maxlen=MOST_ALARMS))
    _rate: tuple[float, float] | None = None
    _rhythm: str = ""

    def take(self, event: LiveEvent) -> Alarm | None:
        """Take the next event; return the alarm that it begins, if it does."""
        match event.kind:
            case "rate":
                self._rate = (float(event.values["rate_bpm"]), event.start_s)
            case "critical" | "source":
                return self._alarm(event)
            case "quality":
                for lead in event.leads:
                    if event.end_s is None:
                        self.leads[lead] = event
                    elif lead in self.leads and self.leads[lead].code == event.code:
                        self.past.append(replace(self.leads.pop(lead), end_s=event.end_s))
            case "opinion":
                self._rhythm = str(event.values.get("rhythm", ""))
                if event.opinion is not None:
                    self.opinions.append(event.opinion)
            case "tier":
                self.tiers.append(TierChange(event.at_s, Tier(event.code)))
        return None

    def _alarm(self, event: LiveEvent) -> Alarm | None:
        if event.kind == "source" and event.code in ENDS:
            return None
        new = Alarm(event.kind, event.code, event.start_s, event.end_s, event.at_s, event.remark)
        for place, known in enumerate(self.alarms):
            if (known.code, known.start_s) == (new.code, new.start_s):
                # How it began stays said; only that it is over is added.
                self.alarms[place] = replace(known, end_s=new.end_s)
                return None
        self.alarms.appendleft(new)
        return new

    def leads_between(self, start_s: float, end_s: float) -> dict[str, LiveEvent]:
        """Return why leads could not be read in a stretch, of several reasons the last."""
        found = [event for event in self.past if event.start_s < end_s and start_s < (event.end_s or start_s)]
        found += [event for event in self.leads.values() if event.start_s < end_s]
        return {lead: event for event in found for lead in event.leads}

    @property
    def going_on(self) -> tuple[Alarm, ...]:
        """What is critical now, the newest first."""
        return tuple(alarm for alarm in self.alarms if alarm.critical and alarm.end_s is None)

    def rate_bpm(self, now_s: float) -> float | None:
        """Return the rate, None where no beat has told it lately or nothing that beats is critical."""
        if self._rate is None or now_s - self._rate[1] > STALE_S:
            return None
        return self._rate[0]

    @property
    def rhythm(self) -> str:
        """The code of the rhythm that was read in the last ten seconds, "" for none."""
        return self._rhythm

    @property
    def tier(self) -> Tier:
        """The tier of the line."""
        return self.tiers[-1].tier if self.tiers else Tier.NOT_ASSESSED

    @property
    def opinion(self) -> Opinion | None:
        """The newest opinion."""
        return self.opinions[-1] if self.opinions else None

    def evidence_on(self, start_s: float, end_s: float) -> tuple[Opinion, Evidence] | None:
        """Return the opinion with evidence that covers most of a stretch, of several the newest; None for none."""
        best: tuple[float, Opinion, Evidence] | None = None
        for opinion in self.opinions:
            evidence = opinion.evidence
            if evidence is None:
                continue
            shared_s = min(evidence.end_s, end_s) - max(evidence.start_s, start_s)
            if shared_s > 0 and (best is None or shared_s >= best[0] - 1e-6):
                best = (shared_s, opinion, evidence)
        return None if best is None else best[1:]


def shown_class(opinion: Opinion) -> str | None:
    """Return the class whose evidence is shown: the leading pathology, none at Low or where nothing was judged."""
    if opinion.prediction is None or opinion.risk.tier in (Tier.LOW, Tier.NOT_ASSESSED):
        return None
    return opinion.prediction.leading_pathology
