"""Help within the window: manual, what is new, about, report of a problem."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import use_language
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.record import Record
from cardio_desktop.ui.about import AboutDialog, program_icon
from cardio_desktop.ui.application import Program
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.manual_window import ManualWindow, show_manual
from cardio_desktop.ui.problem_dialog import ProblemDialog, save_report


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    use_language("de")
    yield
    use_language("en")


def test_f1_opens_the_manual_once_and_links_lead_through_it(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_table["manual"].trigger()
    (manual,) = window.findChildren(ManualWindow)
    assert "five minutes" in manual.browser.toPlainText()
    manual.browser.anchorClicked.emit(QUrl("intended-use.md"))
    assert "not a certified medical device" in manual.browser.toPlainText()
    manual.go_back()
    assert "five minutes" in manual.browser.toPlainText()
    manual.go_on()
    assert "Intended use" in manual.browser.toPlainText()
    window.actions_table["news"].trigger()
    assert window.findChildren(ManualWindow) == [manual]
    assert "Keep a Changelog" in manual.browser.toPlainText()
    manual.close()


def test_pictures_are_no_wider_than_the_page(qtbot: QtBot, window: MainWindow) -> None:
    manual = show_manual(window)
    picture = manual.browser.loadResource(2, QUrl("../../pictures/window-infarction.png"))
    assert 0 < picture.width() <= manual.browser.viewport().width()
    assert manual.browser.loadResource(2, QUrl("https://example.org/x.png")) is None
    manual.close()


def test_search_lists_sections_and_enter_goes_to_the_first(qtbot: QtBot, window: MainWindow) -> None:
    manual = show_manual(window)
    pages = manual.contents.topLevelItemCount()
    qtbot.keyClicks(manual.field, "calipers")
    assert 0 < manual.contents.topLevelItemCount() < pages
    qtbot.keyClick(manual.field, Qt.Key.Key_Return)
    assert "march-out" in manual.browser.toPlainText()
    manual.field.setText("xyzzy")
    (nothing,) = (manual.contents.topLevelItem(k) for k in range(manual.contents.topLevelItemCount()))
    assert nothing is not None
    assert not nothing.flags() & Qt.ItemFlag.ItemIsEnabled
    manual.field.clear()
    assert manual.contents.topLevelItemCount() == pages
    manual.close()


def test_an_address_in_the_world_is_copied_and_not_opened(qtbot: QtBot, window: MainWindow) -> None:
    manual = show_manual(window, "developers")
    address = "https://github.com/cardio-desktop/cardio-desktop/blob/main/CONTRIBUTING.md"
    manual.browser.anchorClicked.emit(QUrl(address))
    assert QGuiApplication.clipboard().text() == address
    assert address in manual.told.text()
    manual.close()


def test_the_german_manual_is_german(german: None, qtbot: QtBot, window: MainWindow) -> None:
    manual = show_manual(window)
    assert "fünf Minuten" in manual.browser.toPlainText()
    manual.show_page("CHANGELOG.md")
    assert "auf Englisch" in manual.browser.toPlainText()
    manual.close()


def test_about_tells_versions_digests_and_that_nothing_was_changed(qtbot: QtBot, window: MainWindow) -> None:
    about = AboutDialog(window)
    assert "as they were shipped" in about.state.text()
    about.copy.click()
    told = QGuiApplication.clipboard().text()
    assert "onnxruntime: " in told
    assert "model_assets/classifier.onnx: SHA-256 " in told
    about.deleteLater()
    assert {16, 256} <= {size.width() for size in program_icon().availableSizes()}


def test_a_problem_is_reported_into_one_file(
    qtbot: QtBot, window: MainWindow, steps: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda *words: said.append(words[2]))
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[2]))
    assert not ProblemDialog(False, window).with_record.isEnabled()
    window.session.show_record(steps)
    assert not ProblemDialog(True, window).with_record.isChecked()
    target = tmp_path / "p.zip"
    save_report(window.session, window, target, "it blinked", False)
    assert str(target) in said[-1]
    with zipfile.ZipFile(target) as bundle:
        assert bundle.read("problem.txt") == b"it blinked\n"
        assert not any(name.startswith("record/") for name in bundle.namelist())
    save_report(window.session, window, target, "", True)
    with zipfile.ZipFile(target) as bundle:
        assert any(name.endswith(".hea") for name in bundle.namelist())
    save_report(window.session, window, tmp_path / "none" / "p.zip", "", False)
    assert "p.zip" in said[-1]


def test_an_update_is_told_once_and_a_first_start_is_none(settings: Settings) -> None:
    assert settings.came_from("0.3.0") == ""
    assert settings.came_from("0.3.0") == ""
    assert settings.came_from("0.4.0") == "0.3.0"
    assert settings.came_from("0.4.0") == ""


def test_a_file_that_macos_hands_over_is_wanted(qtbot: QtBot) -> None:
    """The event of a double click; the test's application is not ours, so its handler is called by itself."""
    wanted: list[str] = []

    class Stand:
        class file_wanted:  # noqa: N801
            emit = staticmethod(wanted.append)

    event = QFileOpenEvent("/data/x.edf")
    assert event.type() == QEvent.Type.FileOpen
    assert Program.event(Stand(), event)  # type: ignore[arg-type]
    assert wanted == ["/data/x.edf"]
    assert QApplication.instance() is not None
