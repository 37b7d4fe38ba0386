"""One row of the worklist: a record's file and what is known of it, and how far the analysis of all has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.events import CRITICAL
from cardio_desktop.core.findings import Tier
from cardio_desktop.reading.survey import Details, Summary

if TYPE_CHECKING:
    from cardio_desktop.io.folder import Found

NAME_WAITS = "…"
"""See `survey_cache`, which is not imported at the start."""
# Worst first; what could not be judged needs a physician's eye more than what was found Low.
TIER_ORDER = {Tier.HIGH.value: 4, Tier.MODERATE.value: 3, Tier.NOT_ASSESSED.value: 2, Tier.LOW.value: 0}
PROBLEM_ORDER, WAITING_ORDER = 1, -1
CRITICAL_ORDER = 6
"""What is critical stands above every tier, the most urgent first."""


@dataclass(frozen=True)
class Entry:
    """One row: a record and what is known of it so far. `problem` is the sentence of one that cannot be used."""

    found: Found
    details: Details | None = None
    summary: Summary | None = None
    problem: str = ""
    conclusion: Conclusion = field(default_factory=Conclusion)
    hidden: bool = False
    """Whether its findings are kept from the reader, who wants to read first; `summary` is None then."""
    tier_only: bool = False
    """Whether only the tier may be told, to sort the work by; the findings behind it wait for the reader."""

    alarmed: bool = False
    """Whether something critical was found, where what it is waits for the reader."""

    @property
    def read(self) -> bool:
        """Whether somebody has read it: marked it so, or concluded something."""
        return self.conclusion.state != "new"

    @property
    def signed(self) -> bool:
        """Whether somebody signed the reading."""
        return self.conclusion.final

    @property
    def reader(self) -> str:
        """Who signed last, else who wrote what stands there, as far as that is known."""
        if self.conclusion.signatures:
            return self.conclusion.signatures[-1].signer.name
        return self.conclusion.draft.by if self.conclusion.draft is not None else ""

    @property
    def withheld(self) -> bool:
        """Whether what the program found waits for the reader."""
        return self.hidden or self.tier_only

    def machine_line(self, language: str) -> str:
        """Return the program's conclusion in words; "" where there is none or it waits for the reader."""
        return self.summary.told.line(language) if self.summary is not None and not self.withheld else ""

    @property
    def critical(self) -> bool:
        """Whether something critical was found, be it told or not."""
        return self.alarmed or (self.summary is not None and bool(self.summary.critical))

    @property
    def key(self) -> str:
        """What the reader's work on the record is kept under; "" until its details are known."""
        return self.details.key if self.details else ""

    @property
    def path(self) -> Path:
        """The file to open."""
        return self.found.path

    @property
    def looked_at(self) -> bool:
        """Whether the record's own file has told everything: names of patients are kept nowhere else."""
        return self.details is not None and self.details.patient != NAME_WAITS

    @property
    def waits(self) -> bool:
        """Whether its analysis has not ended."""
        return self.summary is None and not self.problem

    @property
    def risk_rank(self) -> float:
        """The place among the others, the highest first: what is critical, then tier, then the network's probability.

        Of records whose findings wait for the reader no order may tell what is critical in them.
        """
        if self.alarmed:
            return CRITICAL_ORDER
        if self.summary is None:
            return PROBLEM_ORDER if self.problem else WAITING_ORDER
        if self.summary.critical:
            return CRITICAL_ORDER + 1 - CRITICAL.index(self.summary.critical[0].code) / len(CRITICAL)
        return TIER_ORDER.get(self.summary.tier, 0) + min(self.summary.highest, 0.999)


@dataclass(frozen=True)
class Progress:
    """How far the analysis has come. `speed` is records a second of late, 0 while unknown."""

    total: int = 0
    done: int = 0
    problems: int = 0
    scanning: bool = False
    paused: bool = False
    stopped: bool = False
    speed: float = 0.0

    @property
    def running(self) -> bool:
        """Whether anything is under way."""
        return self.scanning or (not self.stopped and self.done < self.total)
