"""Circles of Python objects are taken apart on the window's thread alone, and only between two events.

Left to itself Python does so whenever enough objects were made, in whichever thread made the last of them. Windows and
widgets hang in such circles, and neither way is safe for them: another thread must not destroy a widget, and while
PySide turns Qt's list of widgets into a Python list the objects that it makes may set off the collection that destroys
a widget further down in the list, whose address is then read all the same.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

EVERY_MS = 1000
GROWTH = 1.25
"""Python's own measure for a collection of everything, which halts the window for part of a second: a quarter more."""

PATIENCE = 3
"""So many times in a row there must be more: what a calculation holds while it runs is no garbage, and summing up a day
makes a hundred thousand objects for a second or two."""

_kept = 0
"""How many objects the last collection of everything left."""
_grown = 0
"""How many times in a row there were more."""


class Garbage(QObject):
    """Takes the place of Python's own collection from now on."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> int | None:
    """Collect the oldest generation that is due by Python's own thresholds; returns which, None where none was."""
    global _kept, _grown
    counts, limits = gc.get_count(), gc.get_threshold()
    # What Python would have counted as collections of the younger generation, had it been left to itself.
    made = counts[0]
    due = [made > limits[0], made > limits[0] * limits[1] or counts[1] > limits[1]]
    due.append(made > limits[0] * limits[1] * limits[2] or counts[2] > limits[2])
    if due[2] or _grown:
        _grown = _grown + 1 if len(gc.get_objects()) > GROWTH * _kept else 0
    if _grown >= PATIENCE:
        gc.collect()
        _grown = 0
        _kept = len(gc.get_objects())
        return 2
    for generation in (1, 0):
        if due[generation]:
            gc.collect(generation)
            return generation
    return None


def collect_here() -> None:
    """Have garbage collected by the application's thread between events; without an application nothing changes."""
    application = QApplication.instance()
    if isinstance(application, QApplication) and application.findChild(Garbage) is None:
        Garbage(application)
