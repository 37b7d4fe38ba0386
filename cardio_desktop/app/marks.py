"""What the reader has put on the record that is shown: calipers and changed beats, with undo, kept in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.desk import Desk, Shown
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.store import SignedError
from cardio_desktop.core.beat_edits import BeatEdit, annotated_beats, edited_beats
from cardio_desktop.core.caliper_paper import Part
from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.edited_beats import EditedBeats, changed_span
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Beat, Findings
from cardio_desktop.core.history import Change, History, Item, Step
from cardio_desktop.core.record import Annotation, Record


class Tool(StrEnum):
    """What the next press of the mouse on the paper places; the calipers' names are those of their kinds."""

    HAND = "hand"
    TIME = "time"
    AMPLITUDE = "amplitude"
    BOTH = "both"
    MARCH = "march"
    QT = "qt"
    BEAT = "beat"


class Marks(QObject):
    """Calipers and changed beats of the session's record; every change is a `Step` that can be undone.

    `changed()` tells every change of what is seen or possible, `said(sentence)` what the reader should know.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, session: Desk) -> None:
        super().__init__(session)
        self.session = session
        self.store = session.store
        self.tool = Tool.HAND
        self.turn = 0
        """Counts tools taken, let go and records left: what the mouse began in an earlier turn is over."""
        self.snap = True
        self.selected: str | None = None
        self.part = Part.END
        self.draft: Caliper | None = None
        """The caliper that is being placed or dragged, shown in place of the kept one with its id."""
        self.beat_draft: BeatEdit | None = None
        self.file_beats: dict[str, tuple[Annotation, ...]] = {}
        """The beats that the file itself marks, by source."""
        self.key: str | None = None
        self.calipers: tuple[Caliper, ...] = ()
        self.edits: tuple[BeatEdit, ...] = ()
        self._histories: dict[str, History] = {}
        self._beats: tuple[object, tuple[BeatEdit, ...], tuple[Beat, ...]] | None = None
        self._kept: EditedBeats | None = None
        self._edit_times: tuple[tuple[BeatEdit, ...], NDArray[np.float64]] | None = None
        session.changed.connect(self._session_changed)
        self.store.changed.connect(self._stored)

    # The record -------------------------------------------------------------------------------------------------

    @property
    def record(self) -> Record | None:
        """The record that is shown."""
        return self.session.state.record

    @property
    def findings(self) -> Findings | None:
        """What the machine found in it, as far as the reader may see it."""
        return self.session.state.shown

    def _session_changed(self, old: Shown, new: Shown) -> None:
        if old.record is new.record:
            return
        self.tool, self.selected, self.draft, self.beat_draft, self.key = Tool.HAND, None, None, None, None
        self.turn += 1
        self.file_beats = annotated_beats(new.record.annotations) if new.record is not None else {}
        if new.record is not None:
            try:
                self.key = self.store.key_of(new.record)
            except CardioError as error:
                self.session.tell(error)
        self._load()

    def _stored(self, key: str) -> None:
        if key == self.key:
            self._load()

    def _load(self) -> None:
        """Take over what the store holds: this window's own work and that of others."""
        self.calipers = self.store.calipers(self.key) if self.key is not None else ()
        self.edits = self.store.beats(self.key) if self.key is not None else ()
        if self.caliper is None:
            self.selected = None
        self.changed.emit()

    # What is seen -----------------------------------------------------------------------------------------------

    @property
    def caliper(self) -> Caliper | None:
        """The selected caliper."""
        return next((caliper for caliper in self.calipers if caliper.id == self.selected), None)

    def shown(self) -> tuple[Caliper, ...]:
        """Return the calipers as they are drawn: the one in hand last."""
        if self.draft is None:
            return self.calipers
        return (*(caliper for caliper in self.calipers if caliper.id != self.draft.id), self.draft)

    def found_beats(self) -> tuple[Beat, ...]:
        """Return the beats as the detector found them."""
        return self.findings.beats if self.findings is not None else ()

    def beats(self) -> tuple[Beat, ...]:
        """Return the beats as the reader left them."""
        found, edits = self.found_beats(), self.edits
        if self.beat_draft is not None:
            edits = (*(edit for edit in edits if edit.id != self.beat_draft.id), self.beat_draft)
        known = self._beats
        if known is None or known[0] is not found or (known[1] is not edits and known[1] != edits):
            if self.beat_draft is not None:  # stands last, out of the store's order
                made = edited_beats(found, edits)
            else:
                if self._kept is None or self._kept.found is not found:
                    self._kept = EditedBeats(found)
                made = self._kept.update(edits)
            known = self._beats = (found, edits, made)
        return known[2]

    def edits_between(self, start_s: float, end_s: float) -> list[BeatEdit]:
        """Return the changes whose beat is, or was, in a stretch of time; the one in hand as it is now."""
        if self._edit_times is None or self._edit_times[0] is not self.edits:
            old, table = self._edit_times or ((), np.empty((0, 2)))
            first, old_end, new_end = changed_span(old, self.edits)
            times = np.array([[e.time_s, e.original_s] for e in self.edits[first:new_end]], dtype=np.float64)
            self._edit_times = (self.edits, np.concatenate([table[:first], times.reshape(-1, 2), table[old_end:]]))
        table = self._edit_times[1]
        near = np.flatnonzero(((table >= start_s) & (table < end_s)).any(axis=1))
        draft = self.beat_draft
        edits = [self.edits[i] for i in near if draft is None or self.edits[i].id != draft.id]
        return edits if draft is None else [*edits, draft]

    def select(self, caliper_id: str | None, part: Part | None = None) -> None:
        """Select a caliper, and what of it keys move."""
        self.selected = caliper_id
        caliper = self.caliper
        if caliper is not None:
            self.part = part or (Part.END if caliper.kind.has_time else Part.HIGH)
        self.changed.emit()

    def take(self, tool: Tool) -> None:
        """Take a tool in hand."""
        self.tool, self.draft, self.beat_draft = tool, None, None
        self.turn += 1
        self.changed.emit()

    def show_draft(self, caliper: Caliper | None) -> None:
        """Show a caliper that is not placed yet."""
        self.draft = caliper
        self.changed.emit()

    def show_beat_draft(self, edit: BeatEdit | None) -> None:
        """Show a beat that is being moved."""
        self.beat_draft = edit
        self.changed.emit()

    @property
    def is_holding(self) -> bool:
        """Whether there is something to let go of."""
        return self.tool is not Tool.HAND or self.selected is not None or self.draft is not None

    def let_go(self) -> None:
        """Put the tool away and select nothing."""
        self.tool, self.selected, self.draft, self.beat_draft = Tool.HAND, None, None, None
        self.turn += 1
        self.changed.emit()

    def set_snap(self, snap: bool) -> None:
        """Let ends jump to waves and samples, or leave them where they are put."""
        self.snap = snap
        self.said.emit(
            tr("Ends snap to waves and samples.") if snap else tr("Ends stay where you put them, between samples too.")
        )
        self.changed.emit()

    # Doing and undoing ------------------------------------------------------------------------------------------

    @property
    def history(self) -> History:
        """What can be undone and done again on this record."""
        return self._histories.get(self.key or "", History())

    def do(self, step: Step) -> None:
        """Change items, and remember how they were."""
        changes = tuple(change for change in step.changes if change.before != change.after)
        if not changes or self.key is None or self._refused(changes):
            return
        step = replace(step, changes=changes)
        self._histories[self.key] = self.history.doing(step)
        self._apply(step)

    def undo(self) -> None:
        """Take the last step back."""
        self._travel(self.history.back(), tr("Undone: {step}"))

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._travel(self.history.forth(), tr("Done again: {step}"))

    def _travel(self, way: tuple[Step, History] | None, words: str) -> None:
        if way is None or self.key is None or self._refused(way[0].changes):
            return
        step, self._histories[self.key] = way
        items: list[Item] = [*self.calipers, *self.edits]
        present = {item.id: item for item in items}
        open_ = tuple(change for change in step.changes if present.get(change.item.id) == change.before)
        self.draft = self.beat_draft = None
        self._apply(replace(step, changes=open_))
        if len(open_) == len(step.changes):
            self.said.emit(words.format(step=step.title))
        else:
            self.said.emit(
                tr("{step}: what another window has changed since was left as it is.").format(step=step.title)
            )

    def _refused(self, changes: Sequence[Change]) -> bool:
        """Say that beats of a signed reading stay as they are, where these changes are of beats."""
        if self.key is None or not self.store.signed(self.key):
            return False
        if all(isinstance(change.item, Caliper) for change in changes):
            return False
        self.session.tell(SignedError())
        return True

    def _apply(self, step: Step) -> None:
        assert self.key is not None
        put: list[BeatEdit] = []
        removed: list[str] = []
        for change in step.changes:
            item = change.item
            if isinstance(item, Caliper):
                if change.after is None:
                    self.store.remove_caliper(self.key, item.id)
                else:
                    self.store.put_caliper(self.key, item)
            elif change.after is None:
                removed.append(item.id)
            else:
                put.append(item)
        if put or removed:
            self.store.put_beats(self.key, put, removed)

    def change_caliper(self, title: str, after: Caliper | None, group: str = "") -> None:
        """Replace the caliper with the id of `after`, or remove the selected one for None."""
        name = self.selected if after is None else after.id
        before = next((caliper for caliper in self.calipers if caliper.id == name), None)
        self.draft = None
        self.do(Step(title, (Change(before, after),), group))
        self.changed.emit()

    def clear_calipers(self) -> None:
        """Remove all calipers of this record, as one step."""
        self.do(Step(tr("remove all calipers"), tuple(Change(caliper, None) for caliper in self.calipers)))
