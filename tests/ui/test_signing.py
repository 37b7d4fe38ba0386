"""From the program's line to a signed reading: by key, and never what nobody has seen."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.app.store import SignedError
from cardio_desktop.core.conclusion import Signer
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Findings, Sentence
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.sign_dialog import AddendumDialog, SignDialog
from cardio_desktop.words import Remark, verbatim
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of, key

ANNA = Signer("Anna Berg", "cardiologist")
LINE = "Sinus rhythm 60/min, normal ECG."
NORMAL = Sentence(
    "conclusion", Remark("conclusion-normal", {"rhythm": verbatim("sinus rhythm 60/min"), "codes": ("SR", "NORM")})
)


def concluded(record: Record) -> Findings:
    return replace(findings_of(record), sentences=(NORMAL,))


def show(window: MainWindow, record: Record, *, read: bool = True) -> None:
    window.session.show_record(record)
    window.session.show_findings(record, concluded(record))
    window.activateWindow()
    QApplication.processEvents()
    if read:
        window.panel.machine.shown_at -= 10.0


@pytest.fixture
def signer(window: MainWindow) -> MainWindow:
    """A window whose reader has signed before."""
    window.session.settings.reader.set_signer(ANNA)
    return window


def reason(window: MainWindow, name: str) -> str:
    return window.actions_table[name].toolTip()


def test_a_normal_ecg_is_accepted_and_signed_by_one_key(qtbot: QtBot, signer: MainWindow, steps: Record) -> None:
    show(signer, steps)
    panel = signer.panel
    assert panel.conclusion.badge.text() == "New"
    key(qtbot, signer, Qt.Key.Key_F4)
    present = signer.session.conclusions.present
    assert present.state == "signed"
    (signature,) = present.signatures
    assert (signature.text, signature.signer, signature.meaning) == (LINE, ANNA, "read")
    assert (signature.machine, signature.source, signature.codes) == (LINE, "machine", ("SR", "NORM"))
    assert panel.conclusion.badge.text() == "Signed"
    assert "Anna Berg, cardiologist" in panel.conclusion.signed.text()
    assert panel.conclusion.edit.toPlainText() == LINE
    assert "Anna Berg" in signer.statusBar().currentMessage()


def test_what_was_signed_is_frozen_and_says_why(qtbot: QtBot, signer: MainWindow, steps: Record) -> None:
    show(signer, steps)
    key(qtbot, signer, Qt.Key.Key_F4)
    edit = signer.panel.conclusion.edit
    assert edit.isReadOnly()
    QTest.keyClicks(edit, "changed")
    assert edit.toPlainText() == LINE
    for name in ("accept", "accept-and-sign", "sign", "write-reading", "agree", "disagree", "comment-tier", "add-beat"):
        assert not signer.actions_table[name].isEnabled(), name
        assert "only an addendum" in reason(signer, name)
    assert not signer.panel.tier.buttons.isEnabled()
    store, name = signer.session.store, signer.session.conclusions.key
    assert name is not None
    with pytest.raises(SignedError):
        store.put_draft(name, None)
    assert signer.actions_table["addendum"].isEnabled()


def test_nothing_is_accepted_before_it_is_shown(qtbot: QtBot, signer: MainWindow, steps: Record) -> None:
    signer.session.reading.set_on(True)
    show(signer, steps)
    for name in ("accept", "accept-and-sign"):
        assert not signer.actions_table[name].isEnabled()
        assert "hidden" in reason(signer, name)
    key(qtbot, signer, Qt.Key.Key_F4)
    assert signer.session.conclusions.present.state == "new"
    key(qtbot, signer, Qt.Key.Key_F2)
    QApplication.processEvents()
    signer.panel.machine.shown_at -= 10.0
    key(qtbot, signer, Qt.Key.Key_F4)
    assert signer.session.conclusions.present.state == "signed"


def test_a_key_that_comes_before_the_line_can_be_read_signs_nothing(
    qtbot: QtBot, signer: MainWindow, steps: Record
) -> None:
    show(signer, steps, read=False)
    signer.panel.machine.shown_at += 60.0
    key(qtbot, signer, Qt.Key.Key_F4)
    assert signer.session.conclusions.present.state == "new"
    assert "quicker" in signer.statusBar().currentMessage()
    assert not signer.actions_table["sign"].autoRepeat()
    assert not signer.actions_table["accept-and-sign"].autoRepeat()


def test_a_line_that_is_out_of_sight_is_brought_first(qtbot: QtBot, signer: MainWindow, steps: Record) -> None:
    show(signer, steps)
    signer.docks["findings"].hide()
    key(qtbot, signer, Qt.Key.Key_F4)
    assert signer.session.conclusions.present.state == "new"
    assert signer.docks["findings"].isVisible()
    QApplication.processEvents()
    key(qtbot, signer, Qt.Key.Key_F4)
    assert signer.session.conclusions.present.state == "signed"


def test_nothing_is_signed_of_a_record_that_is_on_its_way_or_being_analysed(
    qtbot: QtBot, signer: MainWindow, steps: Record, tmp_path: Path
) -> None:
    show(signer, steps)
    signer.session.await_record(tmp_path / "other.hea")
    key(qtbot, signer, Qt.Key.Key_F4)
    signer.session.await_record(None)
    QApplication.processEvents()
    assert signer.session.conclusions.present.state == "new", "the key was not kept for another record"
    signer.session._set(busy="Analysing")
    for name in ("accept", "accept-and-sign", "sign"):
        assert not signer.actions_table[name].isEnabled()
    signer.session._set(busy="")
    assert signer.actions_table["accept-and-sign"].isEnabled()


def test_own_words_are_signed_and_never_overwritten_by_one_key(qtbot: QtBot, signer: MainWindow, steps: Record) -> None:
    show(signer, steps)
    edit = signer.panel.conclusion.edit
    signer.actions_table["write-reading"].trigger()
    QTest.keyClicks(edit, "Left bundle branch block.")
    assert not signer.actions_table["accept-and-sign"].isEnabled()
    assert "your own words" in reason(signer, "accept-and-sign")
    QTest.keyClick(edit, Qt.Key.Key_F12)  # at once, from the box
    (signature,) = signer.session.conclusions.present.signatures
    assert (signature.text, signature.source, signature.machine) == ("Left bundle branch block.", "own", LINE)


def test_nothing_is_signed_over_something_critical_that_is_hidden(
    qtbot: QtBot, signer: MainWindow, steps: Record
) -> None:
    signer.session.reading.set_on(True)
    signer.session.show_record(steps)
    pause = Event("PAUSE", 4.0, 8.0, (), {})
    signer.session.show_findings(steps, replace(concluded(steps), critical=(pause,)))
    edit = signer.panel.conclusion.edit
    edit.setFocus()
    QTest.keyClicks(edit, "Normal.")
    edit.keep()
    for name in ("sign", "sign-as"):
        assert not signer.actions_table[name].isEnabled()
        assert "critical" in reason(signer, name)
    signer.session.reading.reveal()
    assert signer.actions_table["sign"].isEnabled()


def test_who_does_not_want_to_go_on_stays(signer: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[int] = []
    monkeypatch.setattr(type(signer.worklist_dock), "has_record", property(lambda _dock: True))
    monkeypatch.setattr(signer.worklist_dock, "step", lambda direction, _wanted: bool(went.append(direction)))
    reader = signer.session.settings.reader
    signer.actions_table["go-on"].trigger()
    assert not reader.goes_on()
    show(signer, steps)
    signer.actions_table["accept-and-sign"].trigger()
    assert went == []
    signer.actions_table["go-on"].trigger()
    assert signer.actions_table["go-on"].isChecked()


def test_at_the_end_of_the_list_it_is_said(signer: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(signer.worklist_dock), "has_record", property(lambda _dock: True))
    monkeypatch.setattr(signer.worklist_dock, "step", lambda _direction, _wanted: False)
    show(signer, steps)
    signer.actions_table["accept-and-sign"].trigger()
    assert "no further unsigned record" in signer.statusBar().currentMessage()


def test_accepting_over_own_words_can_be_undone(qtbot: QtBot, signer: MainWindow, steps: Record) -> None:
    show(signer, steps)
    edit = signer.panel.conclusion.edit
    edit.setFocus()
    QTest.keyClicks(edit, "my words")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    key(qtbot, signer, Qt.Key.Key_A)
    assert edit.toPlainText() == LINE
    assert signer.session.conclusions.present.state == "read"
    draft = signer.session.conclusions.present.draft
    assert draft is not None
    assert draft.by == "Anna Berg", "the list names who wrote it"
    assert "Ctrl+Z" in signer.statusBar().currentMessage()
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == "my words"
    edit.keep()
    assert signer.session.conclusions.present.text == "my words"


def test_the_first_signature_asks_who_and_the_next_do_not(
    window: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    asked: list[str] = []

    def answer(dialog: SignDialog) -> int:
        asked.append(dialog.name.currentText())
        dialog.accept()
        assert dialog.why_not() == "A signature needs a name."
        dialog.name.setCurrentText("Anna Berg")
        dialog.role.setText("cardiologist")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(SignDialog, "exec", answer)
    show(window, steps)
    window.actions_table["accept-and-sign"].trigger()
    assert window.session.conclusions.present.signatures[0].signer == ANNA
    show(window, step_record(tmp_path_factory.mktemp("next"), rate_hz=250.0))
    window.actions_table["accept-and-sign"].trigger()
    assert window.session.conclusions.present.signatures[0].signer == ANNA
    assert asked == [""]


def test_return_signs_in_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    dialog = SignDialog(window.session.settings.reader, LINE, ("read",), window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.setCurrentText("Anna Berg")
    dialog.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(dialog.role, Qt.Key.Key_Return)
    assert dialog.result() == SignDialog.DialogCode.Accepted
    assert dialog.signer() == Signer("Anna Berg")


def test_a_pin_is_asked_for_each_time_and_nobody_signs_without_it(
    signer: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = signer.session.settings.reader
    reader.set_pin("Anna Berg", "4711")
    assert "4711" not in reader._text("reader/signers")
    said: list[str] = []
    pins = iter(("1234", "4711"))

    def answer(dialog: SignDialog) -> int:
        for pin in pins:
            dialog.pin.setText(pin)
            dialog.accept()
            said.append(dialog.problem.text())
        return dialog.result()

    monkeypatch.setattr(SignDialog, "exec", answer)
    show(signer, steps)
    signer.actions_table["accept-and-sign"].trigger()
    assert said == ["This is not the PIN of Anna Berg.", ""]
    assert signer.session.conclusions.present.state == "signed"


def test_a_cancelled_signature_leaves_the_accepted_line_unsigned(
    window: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignDialog, "exec", lambda _dialog: 0)
    show(window, steps)
    window.actions_table["accept-and-sign"].trigger()
    assert window.session.conclusions.present.state == "read"
    assert window.panel.conclusion.badge.text() == "Read, not signed"
    assert window.actions_table["sign"].isEnabled()


def test_a_second_reader_and_an_addendum(
    qtbot: QtBot, signer: MainWindow, steps: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(signer, steps)
    key(qtbot, signer, Qt.Key.Key_F4)

    def second(dialog: SignDialog) -> int:
        dialog.accept()
        assert "another person" in dialog.why_not()
        dialog.name.setCurrentText("Bo Lind")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(SignDialog, "exec", second)
    signer.actions_table["sign-as"].trigger()
    assert [s.meaning for s in signer.session.conclusions.present.signatures] == ["read", "second"]
    assert "Second reading: Bo Lind" in signer.panel.conclusion.signed.text()

    def add(dialog: AddendumDialog) -> int:
        dialog.edit.setPlainText("Seen with the ward.")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(AddendumDialog, "exec", add)
    signer.actions_table["addendum"].trigger()
    present = signer.session.conclusions.present
    assert present.state == "amended"
    assert present.text == LINE
    assert signer.panel.conclusion.badge.text() == "Signed, amended"
    assert "Seen with the ward." in signer.panel.conclusion.signed.text()


def test_another_record_shows_its_own_state(
    qtbot: QtBot, signer: MainWindow, steps: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    show(signer, steps)
    width = signer.docks["findings"].width()
    key(qtbot, signer, Qt.Key.Key_F4)
    QApplication.processEvents()
    show(signer, step_record(tmp_path_factory.mktemp("other"), rate_hz=250.0))
    assert signer.docks["findings"].width() == width, "the paper keeps its room"
    panel = signer.panel
    assert panel.conclusion.badge.text() == "New"
    assert not panel.conclusion.signed.isVisible()
    assert not panel.conclusion.edit.isReadOnly()
    assert panel.conclusion.edit.toPlainText() == ""
