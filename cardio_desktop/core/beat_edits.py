"""What a reader changed about the beats; the machine's own beats stay as they were found."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cardio_desktop.core.findings import Beat

BEAT_KINDS = ("normal", "supraventricular", "ventricular", "paced", "unknown")
SAME_BEAT_S = 0.06
"""Two beats closer than this are one: no two ventricles' contractions are, and detectors differ by less."""


@dataclass(frozen=True)
class BeatEdit:
    """One change: the beat found at `original_s` (None: an added one) is now at `time_s` and of `kind`.

    `time_s` None means that the reader deleted it.
    """

    id: str
    time_s: float | None
    kind: str = "unknown"
    original_s: float | None = None

    def __post_init__(self) -> None:
        """Refuse a change of nothing, or to nothing known."""
        if self.time_s is None and self.original_s is None:
            raise ValueError("an added beat needs a time")
        if self.kind not in BEAT_KINDS:
            raise ValueError(f"no kind of beat is called {self.kind!r}")
        for value in (self.time_s, self.original_s):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ValueError("a beat lies within its record")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for the store."""
        return {"time_s": self.time_s, "kind": self.kind, "original_s": self.original_s}

    @classmethod
    def from_dict(cls, edit_id: str, values: Mapping[str, Any]) -> BeatEdit:
        """Return the change that `to_dict` described; KeyError, TypeError or ValueError for anything else."""
        time_s, original_s = values["time_s"], values["original_s"]
        return cls(
            edit_id,
            None if time_s is None else float(time_s),
            str(values["kind"]),
            None if original_s is None else float(original_s),
        )


def edit_id_of(original_s: float) -> str:
    """Return the name of the change to the beat found at `original_s`: two windows that edit one beat mean one item."""
    return f"at-{original_s:.3f}"


def edited_beats(found: Sequence[Beat], edits: Iterable[BeatEdit]) -> tuple[Beat, ...]:
    """Return the beats in time order with the reader's changes applied.

    A change whose original is no longer found (another version of the detector) still stands: its beat is the reader's.
    """
    beats: list[Beat | None] = list(found)
    times = [beat.time_s for beat in found]
    added: list[Beat] = []
    for edit in edits:
        index = None if edit.original_s is None else _nearest(times, edit.original_s)
        if index is None:
            if edit.time_s is not None:
                added.append(Beat(edit.time_s, edit.kind))
        elif edit.time_s is None:
            beats[index] = None
        else:
            beats[index] = replace(found[index], time_s=edit.time_s, kind=edit.kind)
    return tuple(sorted([*added, *(beat for beat in beats if beat is not None)], key=lambda beat: beat.time_s))


def _nearest(times: Sequence[float], time_s: float) -> int | None:
    place = bisect_left(times, time_s)
    near = [i for i in (place - 1, place) if 0 <= i < len(times) and abs(times[i] - time_s) < SAME_BEAT_S]
    return min(near, key=lambda i: abs(times[i] - time_s), default=None)
