"""The sentences by where the panel shows them: the conclusion, what was found, what is normal, what a network says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cardio_desktop.core.findings import Sentence

TOLD_ELSEWHERE = frozenset(("tier",))
"""The tier is a row of its own."""


@dataclass(frozen=True)
class Sorted:
    """Each sentence in one place; the order within a place is that of the narrative, which is by weight."""

    conclusion: Sentence | None
    found: tuple[Sentence, ...]
    normal: tuple[Sentence, ...]
    network: tuple[Sentence, ...]


def sort_sentences(sentences: Sequence[Sentence]) -> Sorted:
    """Return the sentences by place; what judges nothing stands with what was found, where it is about the trace."""
    conclusion = next((item for item in sentences if item.section == "conclusion"), None)
    rest = [item for item in sentences if item.section != "conclusion" and item.remark.code not in TOLD_ELSEWHERE]
    network = tuple(item for item in rest if item.section == "network")
    normal = tuple(item for item in rest if item.section != "network" and _is_quiet(item))
    found = tuple(item for item in rest if item.section != "network" and not _is_quiet(item))
    return Sorted(conclusion, found, normal, network)


def _is_quiet(item: Sentence) -> bool:
    return item.section in ("normal", "record") or item.verdict == "normal"
