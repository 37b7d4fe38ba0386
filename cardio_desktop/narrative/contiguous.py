"""Which leads look at the heart side by side."""

from __future__ import annotations

from collections.abc import Sequence

from cardio_desktop.core.leads import CHEST_LEADS


def neighbours(leads: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the groups of two or more contiguous leads among `leads`.

    Contiguous are leads next to each other in the chest (V1 to V6), the lateral limb leads I and aVL, and the inferior
    leads II, III and aVF (fourth universal definition of myocardial infarction, Circulation 2018;138:e618).
    """
    wanted = set(leads)
    groups = []
    run: list[str] = []
    for name in (*CHEST_LEADS, ""):
        if name in wanted:
            run.append(name)
            continue
        if len(run) >= 2:
            groups.append(tuple(run))
        run = []
    for family in (("I", "aVL"), ("II", "III", "aVF")):
        own = tuple(name for name in family if name in wanted)
        if len(own) >= 2:
            groups.append(own)
    return groups
