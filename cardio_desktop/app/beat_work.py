"""What the reader does to beats: going from one to the next, adding, moving, deleting, retyping, taking over."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

import numpy as np

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.marks import Marks
from cardio_desktop.core.beat_edits import (
    SAME_BEAT_S,
    SYMBOL_OF_KIND,
    BeatEdit,
    edit_id_of,
    edits_to_file,
)
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.calipers import new_id
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.history import Change, Step
from cardio_desktop.core.record import Record

PEAK_S = 0.04


def kind_name(kind: BeatKind) -> str:
    """Return what a kind of beat is called."""
    return {
        BeatKind.NORMAL: tr("normal"),
        BeatKind.SUPRAVENTRICULAR: tr("supraventricular"),
        BeatKind.VENTRICULAR: tr("ventricular"),
        BeatKind.PACED: tr("paced"),
        BeatKind.UNKNOWN: tr("unknown"),
    }[kind]


def chosen_beat(marks: Marks) -> Beat | None:
    """Return the selected beat as it is now."""
    time_s = marks.session.state.viewport.selected_beat_s
    return None if time_s is None else beat_at(marks, time_s, 1e-6)


def beat_at(marks: Marks, time_s: float, reach_s: float = SAME_BEAT_S) -> Beat | None:
    """Return the beat nearest to an instant, None if none lies within `reach_s`."""
    beats = marks.beats()
    place = bisect_left(beats, time_s, key=lambda beat: beat.time_s)
    near = [beat for beat in beats[max(place - 1, 0) : place + 1] if abs(beat.time_s - time_s) <= reach_s]
    return min(near, key=lambda beat: abs(beat.time_s - time_s), default=None)


def go_to_beat(marks: Marks, direction: int) -> None:
    """Select the next or previous of all beats; without a selected one, the first that is on the page."""
    times = [beat.time_s for beat in marks.beats()]
    if not times:
        return
    viewport = marks.session.state.viewport
    here = viewport.selected_beat_s
    if here is None:
        here = viewport.start_s - 1e-3
        if direction < 0 and marks.record is not None:
            here += viewport.page_s(marks.record)
    if direction > 0:
        target = next((t for t in times if t > here + 1e-6), times[0])
    else:
        target = next((t for t in reversed(times) if t < here - 1e-6), times[-1])
    marks.session.go_to(target, select=True)
    beat = beat_at(marks, target, 1e-6)
    if beat is not None:
        number = times.index(target) + 1
        marks.said.emit(
            tr("Beat {number} of {total} at {time} s: {kind}").format(
                number=number, total=len(times), time=decimals(f"{target:.3f}"), kind=kind_name(beat.kind)
            )
        )


def edit_of(marks: Marks, beat: Beat) -> BeatEdit | None:
    """Return the change that made `beat` what it is, None where it is as the detector found it."""
    return next((e for e in marks.edits if e.time_s is not None and abs(e.time_s - beat.time_s) < 1e-6), None)


def changed_beat(marks: Marks, beat: Beat, time_s: float | None, kind: BeatKind) -> Change:
    """Return the change that puts `beat` to `time_s` (None: deletes it) as `kind`."""
    before = edit_of(marks, beat)
    original_s = before.original_s if before is not None else beat.time_s
    name = before.id if before is not None else edit_id_of(beat.time_s)
    found = next((b for b in marks.found_beats() if original_s is not None and b.time_s == original_s), None)
    as_found = found is not None and time_s == found.time_s and kind == found.kind
    if as_found or (original_s is None and time_s is None):
        return Change(before, None)
    symbol = before.symbol if before is not None and before.kind == kind and time_s is not None else ""
    return Change(before, BeatEdit(name, time_s, kind, original_s, symbol))


def add_beat(marks: Marks, time_s: float, kind: BeatKind = BeatKind.UNKNOWN) -> None:
    """Add a beat and select it; where there is one already, that one is selected."""
    record = marks.record
    if record is None or marks.key is None or not 0 <= time_s <= record.duration_s:
        return
    there = beat_at(marks, time_s)
    if there is None:
        marks.do(Step(tr("add beat"), (Change(None, BeatEdit(new_id(), time_s, kind)),)))
    marks.session.go_to(there.time_s if there is not None else time_s, select=True)
    marks.said.emit(
        tr("There is a beat already at {time} s.").format(time=decimals(f"{there.time_s:.3f}"))
        if there is not None
        else tr("Beat added at {time} s; press Y for its type.").format(time=decimals(f"{time_s:.3f}"))
    )


def add_beat_by_key(marks: Marks) -> None:
    """Add a beat at the caliper's end, else halfway to the next beat, else in the middle of the page."""
    record = marks.record
    if record is None:
        return
    chosen, caliper = chosen_beat(marks), marks.caliper
    if caliper is not None:
        time_s = caliper.end_s
    elif chosen is not None:
        later = [beat.time_s for beat in marks.beats() if beat.time_s > chosen.time_s + 1e-6]
        time_s = (chosen.time_s + later[0]) / 2 if later else chosen.time_s + 0.8
    else:
        viewport = marks.session.state.viewport
        time_s = viewport.start_s + viewport.page_s(record) / 2
    time_s = min(time_s, record.duration_s)
    add_beat(marks, round(time_s * record.rate_hz) / record.rate_hz)


def move_beat(marks: Marks, beat: Beat, time_s: float, group: str = "") -> None:
    """Move a beat, within the record, and keep it selected."""
    record = marks.record
    if record is None:
        return
    inside = min(max(time_s, 0.0), record.duration_s)
    change = changed_beat(marks, beat, inside, beat.kind)
    marks.beat_draft = None
    marks.do(Step(tr("move beat"), (change,), group))
    marks.session.look(selected_beat_s=inside)
    marks.changed.emit()


def nudge_beat(marks: Marks, samples: int) -> None:
    """Move the selected beat by samples."""
    beat, record = chosen_beat(marks), marks.record
    if beat is None or record is None or not samples or record.rate_hz <= 0:
        return
    edit = edit_of(marks, beat)
    name = edit.id if edit is not None else edit_id_of(beat.time_s)
    move_beat(marks, beat, beat.time_s + samples / record.rate_hz, group=f"nudge:{name}")


def delete_beat(marks: Marks) -> None:
    """Delete the selected beat and select the next."""
    beat = chosen_beat(marks)
    if beat is None:
        return
    later = [other.time_s for other in marks.beats() if other.time_s > beat.time_s + 1e-6]
    marks.do(Step(tr("delete beat"), (changed_beat(marks, beat, None, beat.kind),)))
    marks.session.look(selected_beat_s=later[0] if later else None)


def retype(marks: Marks, kind: BeatKind) -> None:
    """Say what kind the selected beat is."""
    beat = chosen_beat(marks)
    if beat is not None:
        marks.do(
            Step(
                tr("type of beat: {kind}").format(kind=kind_name(kind)), (changed_beat(marks, beat, beat.time_s, kind),)
            )
        )
        marks.said.emit(
            tr("Beat at {time} s: {kind}").format(time=decimals(f"{beat.time_s:.3f}"), kind=kind_name(kind))
        )


def retype_on(marks: Marks) -> None:
    """Give the selected beat the next kind."""
    beat = chosen_beat(marks)
    if beat is not None:
        kinds = list(BeatKind)
        retype(marks, kinds[(kinds.index(beat.kind) + 1) % len(kinds)])


def take_over_file(marks: Marks) -> None:
    """Make the beats those that the file's annotations mark, as one step."""
    if not marks.file_beats:
        return
    source, beats = next(iter(marks.file_beats.items()))
    findings = marks.session.state.findings  # also hidden ones: they must not come up again when they are revealed
    wanted = {edit.id: edit for edit in edits_to_file(findings.beats if findings is not None else (), beats)}
    present = {edit.id: edit for edit in marks.edits}
    changes = tuple(Change(present.get(name), wanted.get(name)) for name in dict.fromkeys([*present, *wanted]))
    marks.do(Step(tr("take over the file's beats"), changes))
    marks.said.emit(
        tr("{number} beats taken over from {source}.").format(number=len(beats), source=source or tr("the file"))
    )


def drop_edits(marks: Marks) -> None:
    """Go back to the detector's beats, as one step."""
    marks.do(Step(tr("back to the detector's beats"), tuple(Change(edit, None) for edit in marks.edits)))


def peak_near(record: Record, lead: str, time_s: float) -> float:
    """Return the time of the largest deflection of a lead within 40 ms of an instant; the instant where there is none.

    Raises ReadError if the samples cannot be read.
    """
    first_s, values = record.traces[lead].between(max(time_s - PEAK_S, 0.0), time_s + PEAK_S)
    around_s, wide = record.traces[lead].between(max(time_s - 0.4, 0.0), time_s + 0.4)
    del around_s
    if not np.isfinite(values).any() or not np.isfinite(wide).any():
        return time_s
    distance = np.abs(values - np.nanmedian(wide))
    return first_s + int(np.nanargmax(distance)) / record.traces[lead].rate_hz


def moved_edit(marks: Marks, beat: Beat, time_s: float) -> BeatEdit | None:
    """Return the change that shows `beat` at `time_s` while it is dragged."""
    change = changed_beat(marks, beat, time_s, beat.kind)
    return change.after if isinstance(change.after, BeatEdit) else replace_time(change, beat)


def replace_time(change: Change, beat: Beat) -> BeatEdit | None:
    """Return the change without effect of a beat that is back where it was found."""
    before = change.before
    return replace(before, time_s=beat.time_s) if isinstance(before, BeatEdit) else None


def symbols_to_save(marks: Marks) -> list[tuple[float, str]]:
    """Return every beat as (time in s, WFDB symbol); a beat taken over from the file keeps its own symbol."""
    own = {edit.time_s: edit.symbol for edit in marks.edits if edit.time_s is not None and edit.symbol}
    return [(beat.time_s, own.get(beat.time_s) or SYMBOL_OF_KIND[beat.kind]) for beat in marks.beats()]
