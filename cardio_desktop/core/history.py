"""What was done and can be undone: one frozen value for calipers and beats together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.calipers import Caliper

LONGEST = 500

Item = Caliper | BeatEdit


@dataclass(frozen=True)
class Change:
    """One item before and after; None where there is none."""

    before: Item | None
    after: Item | None

    @property
    def item(self) -> Item:
        """The item it is about, as it is or was."""
        item = self.after or self.before
        if item is None:
            raise ValueError("a change of nothing")
        return item

    def reversed(self) -> Change:
        """Return the way back."""
        return Change(self.after, self.before)


@dataclass(frozen=True)
class Step:
    """What one key or one drag did: it is undone as a whole. Steps of one `group` in a row are one."""

    title: str
    changes: tuple[Change, ...]
    group: str = ""

    def reversed(self) -> Step:
        """Return the way back."""
        return replace(self, changes=tuple(change.reversed() for change in reversed(self.changes)))


@dataclass(frozen=True)
class History:
    """Steps that were done, and those that were undone and can be done again; the last of each is the next."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def doing(self, step: Step) -> History:
        """Return the history with one more step; what had been undone is gone."""
        last = self.done[-1] if self.done else None
        if last is not None and not self.undone and step.group and last.group == step.group:
            merged = _merged(last, step)
            if merged is not None:
                return History((*self.done[:-1], merged))
        return History((*self.done, step)[-LONGEST:])

    def back(self) -> tuple[Step, History] | None:
        """Return the step that leads back and the history after it, None at the beginning."""
        if not self.done:
            return None
        return self.done[-1].reversed(), History(self.done[:-1], (*self.undone, self.done[-1]))

    def forth(self) -> tuple[Step, History] | None:
        """Return the step to do again and the history after it, None at the end."""
        if not self.undone:
            return None
        return self.undone[-1], History((*self.done, self.undone[-1]), self.undone[:-1])


def _merged(first: Step, second: Step) -> Step | None:
    """Return two steps on one and the same item as one, None where they are on more."""
    if len(first.changes) != 1 or len(second.changes) != 1:
        return None
    (one,), (two,) = first.changes, second.changes
    if one.item.id != two.item.id or one.after != two.before:
        return None
    return replace(second, changes=(Change(one.before, two.after),))
