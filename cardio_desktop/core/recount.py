"""What holds once the reader has changed beats, beside what the machine found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.findings import Beat, Measurements, Rhythm, Sentence
from cardio_desktop.words import Remark


@dataclass(frozen=True, eq=False)
class Recount:
    """Rate, intervals and rhythm of the beats as the reader left them; `sentences` tell them, changes first."""

    beats: tuple[Beat, ...]
    measurements: Measurements
    rhythm: Rhythm | None
    sentences: tuple[Sentence, ...]


def edits_within(edits: Iterable[BeatEdit], start_s: float, end_s: float) -> tuple[BeatEdit, ...]:
    """Return the changes of which a beat is, or was, from `start_s` to before `end_s`."""

    def inside(time_s: float | None) -> bool:
        return time_s is not None and start_s <= time_s < end_s

    return tuple(edit for edit in edits if inside(edit.time_s) or inside(edit.original_s))


def edits_sentence(found: Sequence[Beat], edits: Sequence[BeatEdit], counted: int) -> Sentence:
    """Return how many beats were added, deleted, moved and given another kind, and how many count now."""
    kinds = {beat.time_s: beat.kind for beat in found}
    added = sum(edit.original_s is None for edit in edits)
    deleted = sum(edit.time_s is None for edit in edits)
    stayed = [edit for edit in edits if edit.time_s is not None and edit.original_s is not None]
    moved = sum(edit.time_s != edit.original_s for edit in stayed)
    retyped = sum(kinds.get(edit.original_s or 0.0, edit.kind) != edit.kind for edit in stayed)
    tally = {"added": added, "deleted": deleted, "moved": moved, "retyped": retyped}
    changes = tuple(Remark(f"edits-{name}", {"count": count}) for name, count in tally.items() if count)
    return Sentence("rhythm", Remark("edits", {**tally, "changes": changes, "counted": counted}))
