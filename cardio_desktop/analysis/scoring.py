"""Compare detected beats with marked ones: one to one, within a tolerance (150 ms after ANSI/AAMI EC57)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

TOLERANCE_S = 0.150
"""ANSI/AAMI EC57: a detected beat within 150 ms of a marked one is that beat."""


@dataclass(frozen=True)
class BeatScore:
    """Counts of found, missed and invented beats; `errors_s` are detected minus marked times of the found ones."""

    found: int
    missed: int
    invented: int
    errors_s: tuple[float, ...] = ()

    @property
    def sensitivity(self) -> float:
        """Share of marked beats that were found; 1 where none is marked."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self) -> float:
        """Share of detected beats that are marked; 1 where none was detected."""
        return self.found / (self.found + self.invented) if self.found + self.invented else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of sensitivity and precision."""
        total = 2 * self.found + self.missed + self.invented
        return 2 * self.found / total if total else 1.0

    def __add__(self, other: BeatScore) -> BeatScore:
        """Return the score of both records together."""
        return BeatScore(
            self.found + other.found,
            self.missed + other.missed,
            self.invented + other.invented,
            self.errors_s + other.errors_s,
        )


def match_beats(
    marked_s: Sequence[float], detected_s: Sequence[float], tolerance_s: float = TOLERANCE_S
) -> list[tuple[int, int]]:
    """Return pairs (index marked, index detected) at most `tolerance_s` apart, the closest first, each used once."""
    marked, detected = np.asarray(marked_s, float), np.asarray(detected_s, float)
    near: list[tuple[float, int, int]] = []
    for i, time_s in enumerate(marked):
        low, high = np.searchsorted(detected, (time_s - tolerance_s - 1e-9, time_s + tolerance_s + 1e-9))
        near += [(abs(float(detected[j]) - time_s), i, int(j)) for j in range(int(low), int(high))]
    pairs, used_marked, used_detected = [], set(), set()
    for _, i, j in sorted(near):
        if i not in used_marked and j not in used_detected:
            pairs.append((i, j))
            used_marked.add(i)
            used_detected.add(j)
    return sorted(pairs)


def score_beats(
    marked_s: Sequence[float],
    detected_s: Sequence[float],
    tolerance_s: float = TOLERANCE_S,
    ignored_s: Sequence[tuple[float, float]] = (),
) -> BeatScore:
    """Score detected beats against marked ones; both ascending, in seconds.

    Nothing counts inside the spans `ignored_s` (ventricular flutter, stretches without marks): neither a marked beat
    there nor a detection that matches no mark outside.
    """
    pairs = match_beats(marked_s, detected_s, tolerance_s)

    def ignored(time_s: float) -> bool:
        return any(low <= time_s <= high for low, high in ignored_s)

    kept = [(i, j) for i, j in pairs if not ignored(marked_s[i])]
    of_marked, of_detected = {i for i, _ in pairs}, {j for _, j in pairs}
    return BeatScore(
        found=len(kept),
        missed=sum(1 for i, t in enumerate(marked_s) if i not in of_marked and not ignored(t)),
        invented=sum(1 for j, t in enumerate(detected_s) if j not in of_detected and not ignored(t)),
        errors_s=tuple(float(detected_s[j] - marked_s[i]) for i, j in kept),
    )
