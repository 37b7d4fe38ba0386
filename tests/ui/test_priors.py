"""Earlier ECGs of the same patient: found, shown in a strip, compared with by one key, printed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cardio_desktop.app.priors import Priors
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.worklist import Entry
from cardio_desktop.core.conclusion import Draft, Signer, make_signature
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Patient, Record
from cardio_desktop.io.folder import Found
from cardio_desktop.io.writers.convert import convert
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.reading.survey import Details, details_of
from cardio_desktop.simulate import simulate
from cardio_desktop.ui.lists.priors_strip import prior_text
from cardio_desktop.ui.lists.worklist_words import Column
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.ui.paper.comparison_print import comparison_html, comparison_pdf
from cardio_desktop.ui.paper.comparison_window import ABOVE, ComparisonWindow
from tests.ui.test_worklist import summary
from tests.ui.test_worklist_reading import AF

ANNA = Patient(id="4711-0815", name="Doe^Anna", sex="female", birth_date="1950-01-02")


def made(tmp_path: Path, name: str, kind: str, year: int, patient: Patient = ANNA) -> Record:
    base = simulate(kind).record
    return replace(
        base,
        path=tmp_path / f"{name}.hea",
        format="DICOM",
        start_time=datetime(year, 3, 12, 8, 30),
        patient=patient,
        simulated=False,
    )


@pytest.fixture
def listed(window: MainWindow, tmp_path: Path) -> Callable[..., None]:
    """Puts records into the worklist as if a folder had been read, with a machine's reading of each."""
    window.worklist._analyze = False

    def put(*records: Record) -> None:
        worklist = window.worklist
        for record in records:
            entry = Entry(Found(record.path, record.path.stem, "s"), details_of(record))
            entry = replace(entry, summary=replace(summary("High", 0.9), told=AF))
            worklist._rows[record.path] = len(worklist.entries)
            worklist.entries.append(entry)
            worklist.priors.note(entry)
            worklist.added.emit(len(worklist.entries) - 1, len(worklist.entries) - 1)
        window.earlier.look()

    return put


def names(window: MainWindow) -> list[str]:
    return [button.path.stem for button in window.priors.buttons]


def test_earlier_ecgs_stand_in_a_strip_the_latest_first(
    window: MainWindow, tmp_path: Path, listed: Callable[..., None]
) -> None:
    now = made(tmp_path, "now", "normal", 2024)
    window.session.show_record(now)
    assert not window.priors.isVisible()
    assert not window.actions_table["compare-previous"].isEnabled()
    stranger = Patient(id="4711-0815", name="Doe^Anna", sex="female", birth_date="1951-01-02")
    listed(
        now,
        made(tmp_path, "a", "lbbb", 2017),
        made(tmp_path, "b", "anterior-mi", 2022),
        made(tmp_path, "later", "lbbb", 2025),
        made(tmp_path, "other", "lbbb", 2021, stranger),
        made(tmp_path, "nameless", "lbbb", 2020, Patient(name="Doe^Anna")),
    )
    assert names(window) == ["b", "a"]
    assert window.priors.isVisible()
    text = window.priors.buttons[0].text()
    assert text.startswith("2022-03-12 · Atrial fibrillation 52/min, infer… · ")
    assert window.priors.buttons[0].font().italic()  # the program's words
    assert "program: Atrial fibrillation" in window.priors.buttons[0].toolTip()
    assert text.endswith("· High")
    assert window.actions_table["compare-previous"].isEnabled()
    window.session.show_record(made(tmp_path, "else", "normal", 2024, Patient(id="0")))
    assert names(window) == []


@pytest.mark.parametrize("number", ["", "0", "unknown"])
def test_two_files_without_a_real_number_are_not_of_one_patient(
    window: MainWindow, tmp_path: Path, listed: Callable[..., None], number: str
) -> None:
    window.session.show_record(made(tmp_path, "now", "normal", 2024, Patient(id=number)))
    listed(made(tmp_path, "old", "lbbb", 2020, Patient(id=number)))
    assert names(window) == []


def test_the_same_ecg_in_two_files_is_no_earlier_one_and_is_shown_once(
    window: MainWindow, tmp_path: Path, listed: Callable[..., None]
) -> None:
    now = made(tmp_path, "now", "normal", 2024)
    window.session.show_record(now)
    copy = replace(now, path=tmp_path / "copy.hea", start_time=datetime(2024, 3, 12, 8, 29))
    old = made(tmp_path, "old", "lbbb", 2020)
    listed(now, copy, old, replace(old, path=tmp_path / "again.hea"))
    assert names(window) == ["old"]


def test_ecgs_of_a_folder_that_was_opened_before_are_still_known(
    window: MainWindow, tmp_path: Path, listed: Callable[..., None]
) -> None:
    old, now = made(tmp_path, "old", "lbbb", 2020), made(tmp_path, "now", "normal", 2024)
    listed(old)
    window.worklist.clear()
    listed(now)
    window.session.show_record(now)
    assert names(window) == ["old"]
    order = window.worklist_dock.order
    assert order.index(0, Column.PRIORS).data() == "1"
    key = window.session.store.key_of(old)
    window.session.store.sign(
        key, make_signature(key, Draft("Old block"), Signer("Dr. Ada"), datetime(2026, 1, 5, tzinfo=UTC))
    )
    window.earlier.look()
    assert "· Old block ·" in window.priors.buttons[0].text()


def test_a_reader_who_reads_first_sees_of_an_earlier_ecg_what_readers_concluded(
    window: MainWindow, tmp_path: Path, listed: Callable[..., None]
) -> None:
    old, now = made(tmp_path, "old", "lbbb", 2020), made(tmp_path, "now", "normal", 2024)
    window.session.show_record(now)
    listed(old, now)
    window.session.reading.set_on(True)
    window.earlier.look()
    button = window.priors.buttons[0]
    assert button.text() == "2020-03-12 · hidden"
    told = button.toolTip() + button.accessibleName()
    assert not any(word in told for word in ("High", "fibrillation", "infarction", "why"))
    key = window.session.store.key_of(old)
    window.session.store.put_draft(key, Draft("Left bundle branch block"))
    window.earlier.look()
    assert window.priors.buttons[0].text() == "2020-03-12 · Left bundle branch block"
    window.session.reading.set_on(False)
    window.earlier.look()
    assert window.priors.buttons[0].text().endswith("· High")


def test_long_conclusions_are_cut_and_ampersands_are_no_shortcuts() -> None:
    entry = Entry(Found(Path("a.hea"), "a", "s"), Details(start_time="2020-01-01 10:00"))
    entry = replace(entry, conclusion=replace(entry.conclusion, draft=Draft("x" * 200)))
    assert len(prior_text(entry)) < 80
    assert "…" in prior_text(entry)
    assert prior_text(entry, with_time=True).startswith("2020-01-01 10:00 · xxx")


@pytest.fixture(scope="module")
def found() -> dict[str, Findings]:
    return {kind: analyze(simulate(kind).record, None) for kind in ("normal", "anterior-mi")}


@pytest.fixture
def pair(
    window: MainWindow, tmp_path: Path, listed: Callable[..., None], found: dict[str, Findings]
) -> tuple[MainWindow, Record, Record]:
    """A patient's normal ECG of 2019 and an infarction of 2024, which is shown; both can be opened by their paths."""
    old, now = made(tmp_path, "old", "normal", 2019), made(tmp_path, "now", "anterior-mi", 2024)
    records = {old.path: (old, found["normal"]), now.path: (now, found["anterior-mi"])}

    def open_in(session: Session) -> None:
        def open_it(path: Path) -> None:
            record, findings = records[path]
            session.show_record(record, known=findings)

        session.open = open_it  # type: ignore[method-assign,assignment]

    for session in (window.session, window.comparison.other):
        open_in(session)
    listed(old, now)
    window.session.open(now.path)
    return window, old, now


def test_one_key_opens_the_latest_earlier_ecg_above_with_a_sentence(
    qtbot: QtBot, pair: tuple[MainWindow, Record, Record]
) -> None:
    window, old, _ = pair
    window.session.look(evidence_class="CD")
    qtbot.keyClick(window.paper, Qt.Key.Key_V)
    comparison = window.comparison_place.window
    assert isinstance(comparison, ComparisonWindow)
    assert window.comparison.other.state.record is old
    assert comparison._ways.checkedId() == ABOVE
    assert comparison.side.orientation() is Qt.Orientation.Vertical
    assert comparison.side.widget(0).isAncestorOf(comparison.papers[window.comparison.other])  # type: ignore[union-attr]
    assert window.comparison.other.state.viewport.evidence_class == "CD"
    sentence = comparison.sentence.text()
    assert sentence.startswith("Since 12 March 2019: <b>rate +18/min</b>, ")
    assert "<b>new ST elevation V1-V5</b>" in sentence
    assert "<b>QRS" not in sentence
    assert "Within the error of measurement: " in sentence
    window.session.reading.set_on(True)
    window.comparison.other.reading.set_on(True)
    assert not comparison.sentence.isVisible()
    assert comparison.sentence.text() == ""
    window.session.reading.set_on(False)
    comparison.close()


def test_the_strip_is_walked_and_left_by_keys(qtbot: QtBot, pair: tuple[MainWindow, Record, Record]) -> None:
    window, *_ = pair
    window.activateWindow()
    window.actions_table["priors"].trigger()
    (button,) = window.priors.buttons
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Right)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert window.paper.hasFocus()
    window.actions_table["priors"].trigger()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.comparison.active
    window.comparison_place.window.close()  # type: ignore[union-attr]


def test_the_comparison_goes_from_one_earlier_ecg_to_the_next(
    qtbot: QtBot,
    pair: tuple[MainWindow, Record, Record],
    tmp_path: Path,
    listed: Callable[..., None],
    found: dict[str, Findings],
) -> None:
    window, old, _ = pair
    qtbot.keyClick(window.paper, Qt.Key.Key_V)
    comparison = window.comparison_place.window
    assert comparison is not None
    assert not comparison.steps[0].isVisible()  # there is one only
    older = replace(made(tmp_path, "older", "noisy-normal", 2015))
    listed(older)
    assert comparison.steps[0].isVisible()
    records = {old.path: (old, found["normal"]), older.path: (older, found["normal"])}
    other = window.comparison.other
    other.open = lambda path: other.show_record(*records[path])  # type: ignore[method-assign,assignment,return-value]
    qtbot.waitUntil(comparison.isActiveWindow)
    shown = []
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
        qtbot.keyClick(comparison, key)
        shown.append(other.state.record.path.stem)  # type: ignore[union-attr]
    assert shown == ["older", "older", "old", "old"]
    assert comparison.sentence.text().startswith("Since 12 March 2019: ")
    comparison.close()


def test_the_comparison_is_printed_with_sentence_table_errors_and_both_ecgs(
    pair: tuple[MainWindow, Record, Record],
) -> None:
    window, *_ = pair
    window.actions_table["compare-previous"].trigger()
    comparison = window.comparison_place.window
    assert comparison is not None
    html = comparison_html(window.comparison)
    assert html.index("Before: old.hea") < html.index("After: now.hea") < html.index("Since 12 March 2019")
    assert "<b>new ST elevation V1-V5</b>" in html
    assert "1.96 standard deviations" in html
    assert "ST at J + 60 ms, V3" in html
    assert "ST at J + 60 ms, aVR" not in html or "<b>ST at J + 60 ms, aVR</b>" in html
    pdf = comparison_pdf(window.comparison, comparison.in_time())
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 3
    window.session.reading.set_on(True)
    assert "hidden" in comparison_html(window.comparison)
    assert "ST elevation" not in comparison_html(window.comparison)
    window.session.reading.set_on(False)
    comparison.close()


def test_nothing_of_who_patients_are_reaches_the_settings_or_the_cache(
    window: MainWindow, tmp_path: Path, settings: Settings, listed: Callable[..., None]
) -> None:
    listed(made(tmp_path, "old", "lbbb", 2020), made(tmp_path, "now", "normal", 2024))
    window.remember_place()
    settings._store.sync()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"4711" not in file.read_bytes()
            assert b"Anna" not in file.read_bytes()


def test_a_folder_of_files_is_read_and_its_earlier_ecgs_are_found_again_though_no_name_was_kept(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    ward, stem = tmp_path / "ward", {2019: "old", 2024: "now"}
    for year, kind in ((2019, "normal"), (2024, "anterior-mi")):
        convert(made(tmp_path, stem[year], kind, year), "edf", ward)
    convert(made(tmp_path, "other", "lbbb", 2018, Patient(id="998877", name="Roe^Bob")), "edf", ward)
    for opening in ("first", "again"):
        window.worklist_dock.open_folder(ward)
        entries = window.worklist.entries
        qtbot.waitUntil(lambda: len(entries) == 3 and all(e.looked_at for e in entries), timeout=60_000)  # noqa: B023
        window.session.open(ward / "now.edf")
        qtbot.waitUntil(lambda: names(window) == ["old"], timeout=20_000)
        assert window.earlier.newest == ward.resolve() / "old.edf", opening
        window.worklist.clear()
        window.worklist.priors = Priors()  # as after a new start: nothing is known but what lies in files
        window.earlier.look()
        assert names(window) == []
    cache = window.session.settings.cache_folder()
    kept = b"".join(file.read_bytes() for file in cache.rglob("*") if file.is_file())
    assert b"old.edf" in kept
    for told in (b"Doe", b"Anna", b"4711", b"1950-01-02", b"Roe", b"998877"):
        assert told not in kept
