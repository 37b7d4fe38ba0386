"""A box is as wide as its choices, also when these change."""

from __future__ import annotations

import pytest

from cardio_desktop.ui.choice_box import ChoiceBox


@pytest.fixture
def box(qtbot) -> ChoiceBox:
    made = ChoiceBox(letters=3)
    qtbot.addWidget(made)
    made.addItems(["I", "II"])
    made.show()
    return made


def dots(box: ChoiceBox) -> int:
    """How much narrower the box is when it may cut its longest choice off."""
    return box.width_px(narrow=False) - box.width_px(narrow=True)


def test_a_longer_choice_counts_from_the_moment_it_is_there(box):
    assert dots(box) == 0
    box.addItem("Rhythm, line after line")
    longer = dots(box)
    assert longer > 0
    box.setItemText(2, "Rhythm, line after line, without end")
    assert dots(box) > longer
    box.removeItem(2)
    assert dots(box) == 0
    box.addItem("Rhythm, line after line")
    box.clear()
    assert box.width_px(narrow=True) <= box.width_px(narrow=False)


def test_another_font_is_measured_anew(box):
    box.addItem("Rhythm, line after line")
    small = dots(box)
    font = box.font()
    font.setPointSizeF(2.0 * font.pointSizeF())
    box.setFont(font)
    assert dots(box) > 1.5 * small
