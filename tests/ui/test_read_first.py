"""Reading first: nothing the program found may be seen before it is asked for."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cardio_desktop.app.settings import Settings
from cardio_desktop.core.findings import CLASS_NAMES, Mark, Sentence, StatementScore
from cardio_desktop.core.record import Record
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.words import verbatim
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of, key

GIVEAWAYS = (
    "<b>High.",
    "how probable",
    "80 %",
    "80.0",
    "A warning.",
    "A sentence.",
    "Beat 4",
    "Septal secret",
    "Marked secret",
    "60 /min",
    "baseline wander",
)


@pytest.fixture
def hiding(window: MainWindow) -> MainWindow:
    window.session.reading.set_on(True)
    return window


def found_in(record: Record):  # type: ignore[no-untyped-def]
    plain = findings_of(record)
    assert plain.prediction is not None
    prediction = replace(plain.prediction, statements=(StatementScore("ASMI", "Septal secret", 0.9),))
    sentence = Sentence("infarction", verbatim("Marked secret."), marks=(Mark("V3", 4.1, 4.2),))
    return replace(plain, prediction=prediction, sentences=(sentence,))


def everything_said(window: MainWindow) -> str:
    """Every text, tool tip and accessible description of the window, visible or not."""
    parts = [window.windowTitle(), window.statusBar().currentMessage()]
    for widget in window.findChildren(QWidget):
        parts += [widget.accessibleDescription(), widget.accessibleName(), widget.toolTip()]
        if isinstance(widget, QLabel):
            parts.append(widget.text())
        items = getattr(widget, "count", None), getattr(widget, "item", None)
        if all(callable(part) for part in items):
            parts += [widget.item(k).text() for k in range(widget.count())]  # type: ignore[attr-defined]
    return "\n".join(parts)


def test_findings_are_hidden_by_default(settings: Settings) -> None:
    settings._store.remove("reading/read_first")
    assert settings.read_first()


def test_nothing_leaks_before_it_is_asked_for(hiding: MainWindow, steps: Record) -> None:
    session = hiding.session
    session.show_record(steps)
    bare = hiding.paper.picture()
    session.show_findings(steps, found_in(steps))
    said = everything_said(hiding)
    assert [word for word in GIVEAWAYS if word in said] == []
    assert session.state.evidence_class is None
    assert session.state.evidence is None
    assert not hiding.beat_strip.isVisible()
    sheet = hiding.paper.sheet()
    assert sheet is not None
    assert (sheet.evidence, sheet.evidence_class, sheet.beats, sheet.withheld) == (None, None, (), frozenset())
    assert np.array_equal(bare.bits(), hiding.paper.picture().bits())
    table = hiding.actions_table
    for name in ("report", "evidence", "strongest", "next-beat", "agree", "class:MI"):
        assert not table[name].isEnabled(), name
    assert hiding.panel.curtain.isVisible()
    assert "findings are ready" in hiding.panel.curtain.words.text()


def test_a_key_shows_everything_and_hides_it_again(qtbot: QtBot, hiding: MainWindow, steps: Record) -> None:
    hiding.session.show_record(steps)
    hiding.session.show_findings(steps, found_in(steps))
    key(qtbot, hiding, Qt.Key.Key_F2)
    said = everything_said(hiding)
    assert [word for word in ("<b>High.", "A warning.", "Marked secret", "Septal secret") if word not in said] == []
    assert hiding.session.state.evidence_class == "MI"
    assert hiding.actions_table["report"].isEnabled()
    assert not hiding.panel.curtain.isVisible()
    key(qtbot, hiding, Qt.Key.Key_F2)
    said = everything_said(hiding)
    assert [word for word in GIVEAWAYS if word in said] == []


def test_the_button_reveals_and_the_next_record_is_hidden_again(
    qtbot: QtBot, hiding: MainWindow, steps: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = hiding.session
    session.show_record(steps)
    session.show_findings(steps, found_in(steps))
    qtbot.mouseClick(hiding.panel.curtain.button, Qt.MouseButton.LeftButton)
    assert session.state.revealed
    other = step_record(tmp_path_factory.mktemp("other"))
    session.show_record(other)
    session.show_findings(other, found_in(other))
    assert not session.state.revealed
    assert not session.reading.may_show(other.path)
    session.show_record(steps)  # what was asked for once stays shown
    assert session.state.revealed
    assert session.reading.may_show(steps.path)


def test_the_mode_is_remembered_and_can_be_switched_off_in_the_panel(
    qtbot: QtBot, hiding: MainWindow, steps: Record
) -> None:
    hiding.session.show_record(steps)
    hiding.session.show_findings(steps, found_in(steps))
    assert hiding.actions_table["read-first"].isChecked()
    hiding.panel.curtain.always.click()
    assert not hiding.session.settings.read_first()
    assert not hiding.actions_table["read-first"].isChecked()
    assert hiding.session.state.revealed
    hiding.actions_table["read-first"].trigger()
    assert hiding.session.settings.read_first()
    assert not hiding.session.state.revealed
    assert hiding.panel.curtain.always.isChecked()


def test_the_evidence_of_a_class_chosen_while_hidden_stays_hidden(hiding: MainWindow, steps: Record) -> None:
    hiding.session.show_record(steps)
    hiding.session.show_findings(steps, found_in(steps))
    for code in CLASS_NAMES:
        hiding.session.look(evidence_class=code)
        assert hiding.session.state.evidence_class is None
    readout = hiding.paper.readout_at(hiding.paper.rect().center().toPointF())
    assert readout is None or readout.evidence is None


def test_the_readers_own_reading_is_kept_apart_and_before_the_findings(
    qtbot: QtBot, hiding: MainWindow, steps: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = hiding.session
    session.show_record(steps)
    session.show_findings(steps, found_in(steps))
    edit = hiding.panel.conclusion.edit
    assert edit.isVisible()
    hiding.actions_table["write-reading"].trigger()
    qtbot.keyClicks(edit, "Anterior STEMI")
    edit.keep()
    assert session.conclusions.present.text == "Anterior STEMI"
    assert session.state.hidden
    other = step_record(tmp_path_factory.mktemp("other"), rate_hz=250.0)
    session.show_record(other)
    assert edit.toPlainText() == ""
    session.show_record(steps)
    assert edit.toPlainText() == "Anterior STEMI"
    session.reading.reveal()
    assert edit.isVisible()


def test_what_is_being_typed_is_not_lost_when_the_next_record_comes(
    qtbot: QtBot, hiding: MainWindow, steps: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = hiding.session
    session.show_record(steps)
    hiding.panel.conclusion.edit.setFocus()
    qtbot.keyClicks(hiding.panel.conclusion.edit, "typed and at once the next")
    session.show_record(step_record(tmp_path_factory.mktemp("other"), rate_hz=250.0))
    assert hiding.panel.conclusion.edit.toPlainText() == ""
    session.show_record(steps)
    assert hiding.panel.conclusion.edit.toPlainText() == "typed and at once the next"


def test_the_worklist_tells_no_tier_of_a_record_that_was_not_asked_for(hiding: MainWindow, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from cardio_desktop.reading.row_filter import Filter
    from cardio_desktop.ui.lists.worklist_order import WorklistOrder
    from cardio_desktop.ui.lists.worklist_words import Column
    from tests.ui.test_worklist import ROWS, fill, shown

    hiding.worklist._analyze = False
    fill(hiding, tmp_path)
    order: WorklistOrder = hiding.worklist_dock.order
    cells = [
        str(order.index(row, column).data(role))
        for row in range(order.rowCount())
        for column in range(len(Column))
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    ]
    said = "\n".join(cells)
    assert [word for word in ("High", "Moderate", "infarction", "81 %", "why") if word in said] == []
    assert shown(hiding, Column.RISK).count("hidden") == len(ROWS)
    # Neither does the order, nor the filter.
    order.choose(Filter(), "High")
    assert order.rowCount() == 0
    order.choose(Filter(), "")
    hiding.session.reading._asked.add(tmp_path / "b.hea")
    hiding.session.reading.changed.emit()
    assert sorted(shown(hiding, Column.RISK))[0] == "High"
    hiding.session.reading.set_on(False)
    assert shown(hiding)[:3] == ["d", "b", "c"]
