"""What a reader changed about the beats; the machine's own beats stay as they were found."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Annotation

SAME_BEAT_S = 0.06
"""Two marks closer than this mean one beat: ventricles do not contract twice so fast, and detectors differ by less."""
MATCH_S = 0.15
"""Two annotators mean the same beat if their marks are no further apart (ANSI/AAMI EC57)."""

KIND_OF_SYMBOL = {
    **dict.fromkeys("NLRBejn", BeatKind.NORMAL),
    **dict.fromkeys("AaJS", BeatKind.SUPRAVENTRICULAR),
    **dict.fromkeys("VrEF", BeatKind.VENTRICULAR),
    **dict.fromkeys("/f", BeatKind.PACED),
    **dict.fromkeys("Q?", BeatKind.UNKNOWN),
}
"""WFDB's beat symbols by kind, after the classes of ANSI/AAMI EC57; a fusion beat holds a ventricular one."""
SYMBOL_OF_KIND = {
    BeatKind.NORMAL: "N",
    BeatKind.SUPRAVENTRICULAR: "S",
    BeatKind.VENTRICULAR: "V",
    BeatKind.PACED: "/",
    BeatKind.UNKNOWN: "Q",
}


@dataclass(frozen=True)
class BeatEdit:
    """One change: the beat found at `original_s` (None: an added one) is now at `time_s` and of `kind`.

    `time_s` None means that the reader deleted it. `symbol` is what the file wrote of a beat taken over from it.
    """

    id: str
    time_s: float | None
    kind: BeatKind = BeatKind.UNKNOWN
    original_s: float | None = None
    symbol: str = ""

    def __post_init__(self) -> None:
        """Refuse a change of nothing, or to nothing known."""
        if self.time_s is None and self.original_s is None:
            raise ValueError("an added beat needs a time")
        if self.kind not in set(BeatKind):
            raise ValueError(f"no kind of beat is called {self.kind!r}")
        for value in (self.time_s, self.original_s):
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ValueError("a beat lies within its record")

    def applied_to(self, beat: Beat) -> Beat | None:
        """Return the found beat as it is after this change, None where it is deleted."""
        return None if self.time_s is None else replace(beat, time_s=self.time_s, kind=self.kind)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for the store."""
        return {"time_s": self.time_s, "kind": self.kind, "original_s": self.original_s, "symbol": self.symbol}

    @classmethod
    def from_dict(cls, edit_id: str, values: Mapping[str, Any]) -> BeatEdit:
        """Return the change that `to_dict` described; KeyError, TypeError or ValueError for anything else."""
        time_s, original_s = values["time_s"], values["original_s"]
        return cls(
            edit_id,
            None if time_s is None else float(time_s),
            BeatKind(str(values["kind"])),
            None if original_s is None else float(original_s),
            str(values.get("symbol", "")),
        )


def edit_id_of(original_s: float) -> str:
    """Return the name of the change to the beat found at `original_s`: two windows that edit one beat mean one item."""
    return f"at-{original_s:.3f}"


def edited_beats(found: Sequence[Beat], edits: Iterable[BeatEdit]) -> tuple[Beat, ...]:
    """Return the beats in time order with the reader's changes applied.

    A change whose original is no longer found (another version of the detector) still stands: its beat is the reader's.
    Where the reader has added a beat, one found at the same place does not count again.
    """
    times = [beat.time_s for beat in found]
    exact = {time_s: index for index, time_s in enumerate(times)}
    changed: dict[int, Beat | None] = {}
    added: list[Beat] = []
    for edit in edits:
        index = found_index(times, exact, edit)
        if index is not None:
            changed[index] = edit.applied_to(found[index])
        elif edit.time_s is not None:
            added.append(Beat(edit.time_s, edit.kind))
    places = sorted(beat.time_s for beat in added)
    kept = [beat for index, beat in enumerate(found) if index not in changed]
    if places:
        kept = [beat for beat in kept if without_rival(places, beat.time_s)]
    moved = [beat for beat in changed.values() if beat is not None]
    return tuple(sorted([*added, *moved, *kept], key=lambda beat: beat.time_s))


def found_index(times: Sequence[float], exact: Mapping[float, int], edit: BeatEdit) -> int | None:
    """Return which found beat a change is of, given all times and the index of each; None for an added one."""
    if edit.original_s is None:
        return None
    return exact[edit.original_s] if edit.original_s in exact else _nearest(times, edit.original_s)


def without_rival(added: Sequence[float], time_s: float) -> bool:
    """Return whether the reader has added no beat (ascending times) at the place of one found."""
    return not added or _nearest(added, time_s) is None


def annotated_beats(annotations: Iterable[Annotation]) -> dict[str, tuple[Annotation, ...]]:
    """Return the beats that a file's annotations mark, by source, the source with most beats first."""
    by_source: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        if annotation.symbol in KIND_OF_SYMBOL and annotation.kind == "beat":
            by_source.setdefault(annotation.source, []).append(annotation)
    ordered = sorted(by_source.items(), key=lambda item: (-len(item[1]), item[0]))
    return {source: tuple(sorted(marks, key=lambda a: a.time_s)) for source, marks in ordered}


def edits_to_file(found: Sequence[Beat], marks: Sequence[Annotation]) -> tuple[BeatEdit, ...]:
    """Return the changes that make the found beats those of the file: each mark meets at most one beat, the nearest."""
    pairs: dict[int, int] = {}  # found -> mark
    times = [beat.time_s for beat in found]
    for number, mark in enumerate(marks):
        place = bisect_left(times, mark.time_s)
        for index in sorted(
            (i for i in (place - 1, place) if 0 <= i < len(times)), key=lambda i: abs(times[i] - mark.time_s)
        ):
            distance = abs(times[index] - mark.time_s)
            rival = pairs.get(index)
            if distance <= MATCH_S and (rival is None or distance < abs(times[index] - marks[rival].time_s)):
                pairs[index] = number
                break
    met = set(pairs.values())
    edits = []
    for index, beat in enumerate(found):
        name = edit_id_of(beat.time_s)
        if index not in pairs:
            edits.append(BeatEdit(name, None, beat.kind, beat.time_s))
        else:
            mark = marks[pairs[index]]
            edits.append(BeatEdit(name, mark.time_s, KIND_OF_SYMBOL[mark.symbol], beat.time_s, mark.symbol))
    for number, mark in enumerate(marks):
        if number not in met:
            name = f"file-{mark.source}-{mark.time_s:.4f}"
            edits.append(BeatEdit(name, mark.time_s, KIND_OF_SYMBOL[mark.symbol], None, mark.symbol))
    return tuple(edits)


def _nearest(times: Sequence[float], time_s: float) -> int | None:
    place = bisect_left(times, time_s)
    near = [i for i in (place - 1, place) if 0 <= i < len(times) and abs(times[i] - time_s) < SAME_BEAT_S]
    return min(near, key=lambda i: abs(times[i] - time_s), default=None)
