"""The binding itself: PySide6 6.12.0 loses a reference to None with each call, until Python 3.11 aborts."""

import sys

from PySide6.QtWidgets import QApplication, QWidget


def test_calls_that_return_nothing_keep_the_references_to_none(qapp: QApplication) -> None:
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    # Other threads and caches may move it by a few; the fault takes a thousand.
    assert abs(sys.getrefcount(None) - before) < 100
