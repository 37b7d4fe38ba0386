"""Evidence beat by beat and lead by lead: what the strip, the bars and the key for the strongest place show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.flags import away_from_edges, evidence_by_beat
from cardio_desktop.app.session import State
from cardio_desktop.core.findings import Beat, Evidence


@dataclass(frozen=True, eq=False)
class BeatEvidence:
    """The evidence (logits) for one class or statement in each beat: `by_lead` is [beat, lead]."""

    code: str
    beats: tuple[Beat, ...]
    leads: tuple[str, ...]
    by_lead: NDArray[np.float64]
    near_edge: NDArray[np.bool_]

    @cached_property
    def totals(self) -> NDArray[np.float64]:
        """Evidence of each beat over all leads."""
        return np.asarray(self.by_lead.sum(axis=1))

    @cached_property
    def full(self) -> float:
        """The evidence of a beat that is painted in full colour."""
        return max(float(np.abs(self.totals).max(initial=0.0)), 1e-9)

    def ranking(self) -> list[int]:
        """Return the indices of the beats that speak for it, strongest first; those near an edge only where no other.

        Near the edges of a window the network partly judges its own padding.
        """
        totals = self.totals
        order = [int(k) for k in np.argsort(-totals, kind="stable") if totals[k] > 0.0]
        return [k for k in order if not self.near_edge[k]] or order

    def strongest_lead(self, beat: int) -> str:
        """Return the lead that speaks loudest in a beat."""
        return self.leads[int(self.by_lead[beat].argmax())]


def beat_evidence(state: State) -> BeatEvidence | None:
    """Return the evidence by beat of what is shown; None where no evidence is shown or there are no beats."""
    findings, evidence, code = state.shown, state.evidence, state.evidence_class
    if findings is None or evidence is None or code is None or not findings.beats:
        return None
    by_lead = evidence_by_beat(findings.beats, evidence)[:, evidence.classes.index(code), :]
    windows = findings.prediction.windows if findings.prediction is not None else ()
    near = [bool(windows) and not away_from_edges(beat.time_s, windows) for beat in findings.beats]
    return BeatEvidence(code, findings.beats, evidence.leads, by_lead, np.array(near, dtype=bool))


def lead_shares(evidence: Evidence, code: str) -> list[tuple[str, float]]:
    """Return the evidence of each lead over the whole analysed time; with the bias they add up to the logit."""
    sums = evidence.of(code).sum(axis=1, dtype=np.float64)
    return [(lead, float(value)) for lead, value in zip(evidence.leads, sums, strict=True)]


def next_in_ranking(found: BeatEvidence, selected_s: float | None, direction: int) -> int | None:
    """Return the rank after (direction 1) or before the selected beat's; the first where it has none; None if empty."""
    ranked = found.ranking()
    if not ranked:
        return None
    here = [rank for rank, k in enumerate(ranked) if selected_s is not None and _same(found.beats, k, selected_s)]
    if not here:
        return 0 if direction > 0 else len(ranked) - 1
    return (here[0] + direction) % len(ranked)


def _same(beats: Sequence[Beat], index: int, time_s: float) -> bool:
    return abs(beats[index].time_s - time_s) < 1e-6
