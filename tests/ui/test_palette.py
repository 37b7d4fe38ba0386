"""Finding and running commands by words; the table of commands as a whole."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QListWidget, QSlider, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.ui.commands.palette import KeysDialog, PaletteDialog, plain
from cardio_desktop.ui.main_window import MainWindow
from tests.ui.test_window import findings_of


def show(qtbot: QtBot, dialog: QDialog) -> None:
    """Show a dialog in front: keys typed into one behind the window would be the window's shortcuts."""
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()


def test_typing_and_enter_runs_a_command(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    palette = PaletteDialog(window.actions_table, window.session, window)
    show(qtbot, palette)
    qtbot.keyClicks(palette.search, "larger waves")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.session.state.viewport.gain_mm_per_mv == 20.0
    assert not palette.isVisible()
    palette.deleteLater()


def test_a_command_that_is_not_possible_says_why_and_does_not_run(qtbot: QtBot, window: MainWindow) -> None:
    palette = PaletteDialog(window.actions_table, window.session, window)
    show(qtbot, palette)
    palette.search.setText("save pdf")
    assert palette.list.ids()[0] == "report"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert "no record is open" in palette.tip.text()
    palette.search.setText("xyzzy")
    assert palette.list.ids() == []
    assert palette.tip.text() == "No command answers this search."
    palette.reject()
    palette.deleteLater()


def test_keys_tips_and_names_are_searched_and_arrows_choose(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    dialog = KeysDialog(window.actions_table, window.session, window)
    show(qtbot, dialog)
    assert dialog.list.ids() == list(window.actions_table.commands)  # everything, in the order of the menus
    dialog.search.setText("F2")
    assert "reveal" in dialog.list.ids()
    dialog.search.setText("theme dark")
    assert dialog.list.ids()[0] == "theme:dark"
    dialog.search.setText("page")
    assert dialog.list.currentIndex().row() == 0
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    dialog.reject()
    dialog.deleteLater()


def test_every_command_has_words_a_tip_and_its_own_key(window: MainWindow) -> None:
    table = window.actions_table
    seen: dict[str, str] = {}
    for command in table.commands.values():
        assert plain(command.text).strip(), command.id
        assert command.tip.strip(), command.id
        assert command.tip in table[command.id].toolTip(), command.id
        for key in table[command.id].shortcuts():
            assert not key.isEmpty(), command.id
            assert seen.setdefault(key.toString(), command.id) == command.id, key.toString()


def test_every_command_is_enabled_exactly_when_it_is_possible(window: MainWindow, steps: Record) -> None:
    session, table = window.session, window.actions_table
    found = findings_of(steps)

    def check() -> None:
        for command in table.commands.values():
            possible = command.possible(session.state)
            assert table[command.id].isEnabled() == possible, command.id
            assert bool(command.possible.why_not(session.state)) != possible, command.id

    check()
    session.show_record(steps)
    check()
    session.show_findings(steps, found)
    check()
    session.reading.set_on(True)
    check()
    assert "F2" in table.commands["report"].possible.why_not(session.state)
    session.reading.reveal()
    check()
    session.look(evidence_class="")
    check()
    assert table.commands["strongest"].possible.why_not(session.state) == "no evidence is shown"
    session.look(layout_id="12x1", selected_beat_s=4.0)
    check()


def test_whatever_takes_the_focus_has_a_name_for_screen_readers(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.show_findings(steps, findings_of(steps))
    kinds = (QAbstractButton, QComboBox, QDialog, QLineEdit, QListWidget, QSlider)
    nameless = []
    for widget in window.findChildren(QWidget):
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        internal = widget.objectName().startswith("qt_") or widget.parent().__class__.__name__.startswith("QDockWidget")
        shown = widget.isVisibleTo(window)
        if (
            shown
            and isinstance(widget, kinds)
            and not name
            and not internal
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_entry_stands_twice_in_the_palette(qtbot: QtBot, settings: Settings, language: str) -> None:
    use_language(language)
    try:
        window = MainWindow(Session(settings, analyze=False))
        qtbot.addWidget(window)
        dialog = PaletteDialog(window.actions_table, window.session, window)
        shown = [dialog.list.topLevelItem(k).text(0) for k in range(dialog.list.topLevelItemCount())]
        assert len(shown) == len(window.actions_table.commands)
        assert [text for text, count in Counter(shown).items() if count > 1] == []
        dialog.deleteLater()
    finally:
        use_language("en")
