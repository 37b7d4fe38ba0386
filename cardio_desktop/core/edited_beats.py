"""The beats as a reader left them, kept up to date: one more change costs what it changes, not what there is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not

from cardio_desktop.core.beat_edits import SAME_BEAT_S, BeatEdit, edited_beats, found_index, without_rival
from cardio_desktop.core.findings import Beat

MANY = 100
"""More changes than this are worked out anew, together with all others."""
Place = tuple[float, int, float, str]
"""Where a beat stands: its time, and at one time added ones before moved ones before those found."""


def changed_span(old: Sequence[object], new: Sequence[object]) -> tuple[int, int, int]:
    """Return (first, end in `old`, end in `new`) of the stretch in which two sequences do not hold the same objects."""
    least = min(len(old), len(new))
    first = next(compress(count(), map(is_not, old, new)), least)
    behind = next(compress(count(), map(is_not, reversed(old), reversed(new))), least)
    behind = min(behind, least - first)
    return first, len(old) - behind, len(new) - behind


class EditedBeats:
    """Gives what `edited_beats` gives, for changes in the order of the store: by their time, then by id."""

    def __init__(self, found: Sequence[Beat]) -> None:
        """`found` are the detector's beats in time order."""
        self.found = found
        self._times = [beat.time_s for beat in found]
        self._exact = {time_s: index for index, time_s in enumerate(self._times)}
        self._edits: tuple[BeatEdit, ...] | None = None
        self._by_index: dict[int, list[BeatEdit]] = {}
        self._added: list[float] = []
        self._places: list[Place] = []
        self._beats: list[Beat] = []
        self._whole: tuple[Beat, ...] = ()
        self._begun = False

    def update(self, edits: tuple[BeatEdit, ...]) -> tuple[Beat, ...]:
        """Return the beats with these changes applied."""
        if edits is self._edits:
            return self._whole
        before = self._edits
        gone, fresh = self._difference(before or (), edits)
        self._edits = edits
        if before is None or len(gone) + len(fresh) > MANY:
            self._whole = edited_beats(self.found, edits)
            self._begun = False
            return self._whole
        if not self._begun:
            self._begin(before)
        self._apply(gone, fresh)
        self._whole = tuple(self._beats)
        return self._whole

    @staticmethod
    def _difference(old: tuple[BeatEdit, ...], new: tuple[BeatEdit, ...]) -> tuple[list[BeatEdit], list[BeatEdit]]:
        first, old_end, new_end = changed_span(old, new)
        olds, news = old[first:old_end], new[first:new_end]
        in_old, in_new = set(map(id, olds)), set(map(id, news))
        return [e for e in olds if id(e) not in in_new], [e for e in news if id(e) not in in_old]

    def _begin(self, edits: Iterable[BeatEdit]) -> None:
        """Sort everything once, before the first single change."""
        self._begun = True
        self._by_index, self._added = {}, []
        entries: list[tuple[Place, Beat]] = []
        for edit in edits:
            index = found_index(self._times, self._exact, edit)
            if index is not None:
                self._by_index.setdefault(index, []).append(edit)
            elif edit.time_s is not None:
                self._added.append(edit.time_s)
                entries.append(_added(edit))
        self._added.sort()
        for index in range(len(self.found)):
            entry = self._entry(index)
            if entry is not None:
                entries.append(entry)
        entries.sort(key=lambda entry: entry[0])
        self._places = [place for place, _ in entries]
        self._beats = [beat for _, beat in entries]

    def _entry(self, index: int) -> tuple[Place, Beat] | None:
        """Return where a found beat stands now, and as what; None where it does not count."""
        own = self._by_index.get(index)
        if own:
            beat = own[-1].applied_to(self.found[index])
            return None if beat is None else ((beat.time_s, 1, *_order(own[0])), beat)
        beat = self.found[index]
        if not without_rival(self._added, beat.time_s):
            return None
        return (beat.time_s, 2, float(index), ""), beat

    def _apply(self, gone: list[BeatEdit], fresh: list[BeatEdit]) -> None:
        placed = [
            (edit, found_index(self._times, self._exact, edit), keep)
            for edit, keep in [*((e, False) for e in gone), *((e, True) for e in fresh)]
        ]
        touched: set[int] = set()
        for edit, index, _ in placed:
            if index is not None:
                touched.add(index)
            elif edit.time_s is not None:
                low = bisect_left(self._times, edit.time_s - 2 * SAME_BEAT_S)
                touched.update(range(low, bisect_right(self._times, edit.time_s + 2 * SAME_BEAT_S)))
        for index in touched:
            self._take_out(self._entry(index))
        for edit, index, keep in placed:
            if index is not None:
                own = self._by_index.setdefault(index, [])
                if keep:
                    insort(own, edit, key=_order)
                else:
                    own[:] = [other for other in own if other is not edit]
            elif edit.time_s is not None and keep:
                insort(self._added, edit.time_s)
                self._put_in(_added(edit))
            elif edit.time_s is not None:
                del self._added[bisect_left(self._added, edit.time_s)]
                self._take_out(_added(edit))
        for index in touched:
            self._put_in(self._entry(index))

    def _take_out(self, entry: tuple[Place, Beat] | None) -> None:
        if entry is not None:
            at = bisect_left(self._places, entry[0])
            del self._places[at], self._beats[at]

    def _put_in(self, entry: tuple[Place, Beat] | None) -> None:
        if entry is not None:
            at = bisect_left(self._places, entry[0])
            self._places.insert(at, entry[0])
            self._beats.insert(at, entry[1])


def _order(edit: BeatEdit) -> tuple[float, str]:
    return edit.time_s or edit.original_s or 0.0, edit.id


def _added(edit: BeatEdit) -> tuple[Place, Beat]:
    assert edit.time_s is not None
    return (edit.time_s, 0, *_order(edit)), Beat(edit.time_s, edit.kind)
