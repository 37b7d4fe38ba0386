"""The items of one kind of one record as objects, in order; only what changed is read anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from cardio_desktop.app.store_items import parsed

_T = TypeVar("_T")
MANY = 100
"""More changes than this are sorted together, fewer are put where they belong."""


class KeptOrder(Generic[_T]):
    """Objects read from the bodies of items and sorted; one more change costs what has changed, not what there is.

    An item that this version cannot understand is left out, and stays in the file.
    """

    def __init__(self, read: Callable[[str, dict[str, Any]], _T], place: Callable[[_T], tuple[float, str]]) -> None:
        """`read` makes an object of an id and its values, `place` tells where it stands, no two at one place."""
        self._read = read
        self._place = place
        self._known: dict[str, tuple[str, _T | None]] = {}
        self._places: list[tuple[float, str]] = []
        self._items: list[_T] = []
        self._whole: tuple[_T, ...] | None = ()

    def update(self, bodies: Iterable[tuple[str, str | None]]) -> None:
        """Take over (id, JSON body) of items that may have changed; None takes one away."""
        gone: list[_T] = []
        fresh: list[_T] = []
        for name, body in bodies:
            before = self._known.get(name)
            if body == (before[0] if before is not None else None):
                continue
            if before is not None and before[1] is not None:
                gone.append(before[1])
            if body is None:
                del self._known[name]
                continue
            item = self._object(name, body)
            self._known[name] = body, item
            if item is not None:
                fresh.append(item)
        if not gone and not fresh:
            return
        self._whole = None
        if len(gone) + len(fresh) > MANY:
            found = [item for _, item in self._known.values() if item is not None]
            self._items = sorted(found, key=self._place)
            self._places = [self._place(item) for item in self._items]
            return
        for item in gone:
            at = bisect_left(self._places, self._place(item))
            del self._places[at], self._items[at]
        for item in fresh:
            at = bisect_left(self._places, self._place(item))
            self._places.insert(at, self._place(item))
            self._items.insert(at, item)

    def _object(self, name: str, body: str) -> _T | None:
        values = parsed(body)
        try:
            return self._read(name, values) if isinstance(values, dict) else None
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def items(self) -> tuple[_T, ...]:
        """The objects in order; the same tuple until something changes."""
        if self._whole is None:
            self._whole = tuple(self._items)
        return self._whole
