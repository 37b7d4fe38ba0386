"""A row of buttons that never asks for more width than its widest."""

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.ui.panels.sections.wrapping_row import WrappingRow


def test_what_has_no_room_goes_below_and_what_is_hidden_takes_none(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    buttons = [QPushButton(words) for words in ("first", "the second of them", "third")]
    row = WrappingRow(buttons)
    layout = QVBoxLayout(frame)
    layout.addWidget(row)
    layout.addStretch(1)
    frame.resize(900, 300)
    frame.show()
    QApplication.processEvents()
    assert len({button.y() for button in buttons}) == 1
    assert row.minimumSizeHint().width() == max(button.sizeHint().width() for button in buttons)
    frame.resize(row.minimumSizeHint().width() + 40, 300)
    QApplication.processEvents()
    assert len({button.y() for button in buttons}) > 1
    for one, other in zip(buttons, buttons[1:], strict=False):
        assert not one.geometry().intersects(other.geometry())
    assert row.height() >= row.childrenRect().height()
    buttons[1].hide()
    QApplication.processEvents()
    assert row.minimumSizeHint().width() < buttons[1].sizeHint().width()
    assert row.heightForWidth(900) == buttons[0].sizeHint().height()
