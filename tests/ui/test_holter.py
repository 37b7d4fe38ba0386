"""The Holter window reads the whole record in helpers, shows it by the hour, and counts anew as limits change."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.core.holter import HolterLimits
from cardio_desktop.paths import asset
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.panels.holter_window import HolterWindow, limit_names

SAMPLE = asset("resources/samples") / "lbbb.hea"


@pytest.fixture
def holter(window: MainWindow, qtbot: QtBot) -> HolterWindow:
    window.session.settings.set_read_first(False)
    window.session.open(SAMPLE)
    qtbot.waitUntil(lambda: window.session.state.record is not None, timeout=20_000)
    window.actions_table["holter"].trigger()
    found = window.findChild(HolterWindow)
    assert found is not None
    qtbot.waitUntil(lambda: window.holter.complete, timeout=90_000)
    return found


def test_the_whole_record_is_read_and_counted_anew_by_other_limits(
    holter: HolterWindow, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    found = window.holter.found
    assert found is not None
    assert found.problems == ()
    assert found.total.beats > 5
    assert holter.hours.rowCount() == 2
    assert holter.hours.item(0, 1).text() == str(found.total.beats)
    assert "could not be read" in holter.state.text()
    assert not holter.button.isEnabled()
    shown = holter.events.rows
    rows = [shown.index(k, 1).data() for k in range(shown.rowCount())]
    assert not any("pause" in row.lower() for row in rows)
    # An RR interval beyond any of theirs is a pause by nobody's limit; by the least limit some may be.
    holter._boxes["slow_bpm"].setValue(99.0)
    qtbot.waitUntil(lambda: window.holter.complete and window.holter.found is not found, timeout=20_000)
    assert window.holter.limits.slow_bpm == 99.0
    assert window.session.settings.holter_limits() == HolterLimits(slow_bpm=99.0)
    assert window.holter.found is not None
    assert [e.code for e in window.holter.found.events].count("BRADY") == 1
    assert shown.rowCount() == len(window.holter.found.events)
    holter.events.choose(0)
    holter.events.activated.emit(shown.index(0, 0))
    for kind in ("pdf", "csv", "json"):
        window.holter.write(tmp_path / f"out.{kind}", kind)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("out.*"))) == 3, timeout=30_000)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_shape_and_an_event_are_changed_undone_and_kept(
    holter: HolterWindow, window: MainWindow, qtbot: QtBot
) -> None:
    desk = window.holter
    first = desk.found
    assert first is not None
    beats = first.total.beats
    table = holter.shapes.table
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: desk.complete and desk.found is not first, timeout=20_000)
    assert desk.found is not None
    assert desk.found.total.ve >= first.shapes[0].beats
    assert table.item(0, 2).text() == "ventricular"
    run = next(event for event in desk.found.events if event.code in ("VT", "VE_RUN"))
    row = list(holter.events.rows.events).index(run)
    holter.events.choose(row)
    before = desk.found
    holter.reject.click()
    qtbot.waitUntil(lambda: desk.complete and desk.found is not before, timeout=20_000)
    assert desk.found.rejected == (run,)
    struck = holter.events.rows.index(row, 0)
    assert struck.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert "rejected" in struck.data(Qt.ItemDataRole.ToolTipRole)
    assert holter.events.chosen == run
    key = window.session.store.key_of(window.session.state.record)
    assert window.session.store.items(key, "holter")
    holter.undo.click()
    holter.undo.click()
    qtbot.waitUntil(lambda: desk.complete and desk.found is not None and desk.found.total.ve == 0, timeout=20_000)
    assert (desk.found.total.beats, desk.found.rejected) == (beats, ())
    assert window.session.store.items(key, "holter") == {}
    holter.redo.click()
    qtbot.waitUntil(lambda: desk.complete and desk.found is not None and desk.found.total.ve > 0, timeout=20_000)


def test_another_record_forgets_the_reading(holter: HolterWindow, window: MainWindow, qtbot: QtBot) -> None:
    window.session.open(SAMPLE.with_name("normal.hea"))
    qtbot.waitUntil(lambda: window.holter.found is None, timeout=20_000)
    assert holter.hours.rowCount() == 0
    assert holter.button.isEnabled()
    assert all(not button.isEnabled() for button in holter.savers)


def test_every_limit_has_its_box_and_its_name(qapp: object) -> None:
    assert set(limit_names()) == set(HolterLimits.__dataclass_fields__)
