"""Concluding at the keyboard: acronyms expand and come back, codes go with what is stated, statements are found."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.core.conclusion import Signer, make_signature
from cardio_desktop.core.record import Record
from cardio_desktop.core.statements import BY_CODE
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.sections.conclusion_edit import ConclusionEdit
from cardio_desktop.ui.statement_dialog import AcronymsDialog, StatementDialog
from tests.ui.test_signing import LINE, show


@pytest.fixture
def edit(window: MainWindow, steps: Record) -> ConclusionEdit:
    show(window, steps)
    found = window.panel.conclusion.edit
    found.setFocus()
    return found


def kept(window: MainWindow) -> tuple[str, tuple[str, ...]]:
    window.panel.conclusion.edit.keep()
    present = window.session.conclusions.present
    return present.text, present.codes


def test_an_acronym_expands_with_its_code(window: MainWindow, edit: ConclusionEdit) -> None:
    QTest.keyClicks(edit, "sr, lbbb.")
    assert kept(window) == ("Sinus rhythm, left bundle branch block.", ("SR", "CLBBB"))
    QTest.keyClicks(edit, " no af, possible lvh, irbbb?")
    assert kept(window)[1] == ("SR", "CLBBB"), "what is denied or doubted is not coded"


def test_an_expansion_is_taken_back_by_one_key_and_stays_back(window: MainWindow, edit: ConclusionEdit) -> None:
    QTest.keyClicks(edit, "sr ")
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == "sr "
    QTest.keyClicks(edit, "and sr ")
    assert edit.toPlainText() == "sr and sr "
    assert kept(window) == ("sr and sr", ())


def test_leaving_expands_the_last_word_and_keeps_it(window: MainWindow, edit: ConclusionEdit) -> None:
    QTest.keyClicks(edit, "sr, 1avb")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.paper.hasFocus()
    assert kept(window) == ("Sinus rhythm, first degree AV block", ("SR", "1AVB"))


def test_typing_in_the_middle_expands_there_and_leaves_the_rest(window: MainWindow, edit: ConclusionEdit) -> None:
    QTest.keyClicks(edit, "Old .")
    cursor = edit.textCursor()
    cursor.setPosition(4)
    edit.setTextCursor(cursor)
    QTest.keyClicks(edit, "imi ")
    assert edit.toPlainText() == "Old inferior myocardial infarction ."


def test_codes_of_an_accepted_line_hold_while_it_is_unchanged(
    qtbot: QtBot, window: MainWindow, edit: ConclusionEdit
) -> None:
    window.actions_table["accept"].trigger()
    assert kept(window) == (LINE, ("SR", "NORM"))
    cursor = edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    edit.setTextCursor(cursor)
    QTest.keyClicks(edit, " lvh.")
    text, codes = kept(window)
    assert text == LINE + " Left ventricular hypertrophy."
    assert codes == ("SR", "NORM", "LVH")
    assert window.session.conclusions.present.draft is not None
    assert window.session.conclusions.present.draft.source == "edited"
    edit.setPlainText(LINE.replace("normal ECG", "abnormal"))
    assert kept(window)[1] == ("SR",), "a statement that was taken out takes its code with it"


def test_a_statement_is_found_and_put_in_with_its_comma(
    window: MainWindow, edit: ConclusionEdit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pick(dialog: StatementDialog) -> int:
        dialog.show()
        dialog.activateWindow()
        QApplication.processEvents()
        QTest.keyClicks(dialog.search, "bundle left")
        QTest.keyClick(dialog.search, Qt.Key.Key_Down)
        assert dialog.current is BY_CODE["ILBBB"]
        QTest.keyClick(dialog.search, Qt.Key.Key_Up)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert dialog.search.text() == ""
        QTest.keyClicks(dialog.search, "1avb")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(StatementDialog, "exec", pick)
    window.actions_table["pick-statement"].trigger()
    assert kept(window) == ("Left bundle branch block, first degree AV block", ("CLBBB", "1AVB"))
    assert window.focusWidget() is edit


def test_favourites_stand_first_and_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    reader = ReaderSettings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    dialog = StatementDialog(reader, lambda _statement: None, None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.search, "lvh")
    QTest.keyClick(dialog.search, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog.search.clear()
    first = dialog.list.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "★ left ventricular hypertrophy"
    assert reader.favourites() == ("LVH",)
    dialog.list.setCurrentItem(first)
    QTest.keyClick(dialog.search, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert reader.favourites() == ()
    QTest.keyClicks(dialog.search, "no statement at all")
    assert dialog.current is None
    dialog.take(stay=False)
    dialog.toggle_favourite()
    assert not dialog.result()


def test_own_acronyms_are_edited_and_expand(qtbot: QtBot, window: MainWindow, edit: ConclusionEdit) -> None:
    reader = window.session.settings.reader
    dialog = AcronymsDialog(reader, window)
    qtbot.addWidget(dialog)
    dialog.add("NAD", "nothing abnormal detected")
    dialog.add("", "no acronym")
    dialog.add("x y", "two words")
    dialog.accept()
    assert reader.acronyms() == {"nad": "nothing abnormal detected"}
    QTest.keyClicks(edit, "nad ")
    assert edit.toPlainText() == "Nothing abnormal detected "
    again = AcronymsDialog(reader, window)
    qtbot.addWidget(again)
    again.table.removeRow(0)
    again.accept()
    assert reader.acronyms() == {}


def test_words_that_came_after_another_window_signed_are_not_lost(window: MainWindow, edit: ConclusionEdit) -> None:
    conclusions, store = window.session.conclusions, window.session.store
    QTest.keyClicks(edit, "first")
    edit.keep()
    QTest.keyClicks(edit, " and more")
    key, draft = conclusions.key, conclusions.present.draft
    assert key is not None
    assert draft is not None
    store.sign(key, make_signature(key, draft, Signer("Bo Lind"), datetime.now(UTC)))
    edit.keep()
    assert edit.toPlainText() == "first"
    assert edit.isReadOnly()
    assert QApplication.clipboard().text() == "first and more"
    assert "clipboard" in window.statusBar().currentMessage()


def test_no_key_of_the_box_is_lost_or_runs_a_command(window: MainWindow, edit: ConclusionEdit) -> None:
    QApplication.processEvents()
    QTest.keyClicks(edit, "A4 n x")
    assert edit.toPlainText() == "A4 n x"
    assert window.session.conclusions.present.signatures == ()
