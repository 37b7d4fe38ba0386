"""Layouts, gains, filters, colours and letters in the real window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cardio_desktop.analysis.display_filters import MONITOR, DisplayFilter
from cardio_desktop.app.settings import Settings
from cardio_desktop.core.findings import LeadQuality, Quality, QualityStretch
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from cardio_desktop.render.colors import PAPERS
from cardio_desktop.ui.main_window import MainWindow
from cardio_desktop.words import verbatim
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def key(qtbot: QtBot, window: MainWindow, code: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    qtbot.keyClick(window.paper, code, modifier)


def noisy(record: Record) -> Record:
    """The same steps under 50 Hz of 0.3 mV."""
    times = np.arange(5000) / 500.0
    mains = (300 * np.sin(2 * np.pi * 50 * times)).astype(np.int16)
    channels = tuple(
        Channel(c.label, 500.0, "mV", 1000.0, 0.0, ArraySamples(c.counts().astype(np.int16) + mains), lead=c.lead)
        for c in record.channels
    )
    return replace(record, channels=channels)


def test_every_layout_has_a_key_and_shows_its_leads(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    for index, layout_id in enumerate((*LAYOUTS, *LEAD_LAYOUTS), start=1):
        key(qtbot, window, Qt.Key(Qt.Key.Key_0 + index % 10))
        assert window.session.state.viewport.layout_id == layout_id
        assert window.toolbar.layout_box.currentData() == layout_id
        assert window.actions_table[f"layout:{layout_id}"].isChecked()
        plan = window.paper.plan
        assert plan is not None
        assert {strip.lead for strip in plan.strips} == set(window.session.state.viewport.layout(steps).leads)
        # A mark stands at each change of lead, and a pulse in each row.
        assert all(strip.continues == (strip.column > 0) for strip in plan.strips)
        feet = {round(p.baseline_mm, 6) for p in plan.pulses}
        assert feet == {round(s.baseline_mm, 6) for s in plan.strips}


def test_the_rhythm_lead_changes_by_key(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    key(qtbot, window, Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier)
    assert window.paper.plan is not None
    assert window.paper.plan.strips[-1].lead == "III"
    assert window.toolbar.rhythm_box.currentData() == "III"
    key(qtbot, window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert window.paper.plan.strips[-1].lead == "II"
    window.session.look(layout_id="6x2")
    assert not window.actions_table["rhythm-next"].isEnabled()
    assert not window.toolbar.rhythm_box.isEnabled()


@pytest.mark.parametrize("speed", SPEEDS_MM_PER_S)
@pytest.mark.parametrize("gain", GAINS_MM_PER_MV)
def test_the_scale_that_is_stated_is_the_scale_that_is_drawn(
    window: MainWindow, steps: Record, speed: float, gain: float
) -> None:
    window.session.show_record(steps)
    window.actions_table[f"speed:{speed:g}"].trigger()
    window.actions_table[f"gain:{gain:g}"].trigger()
    window.session.look(zoom=1.0)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert f"{speed:g} mm/s  ·  {gain:g} mm/mV  ·  no display filter" in sheet.scale_line
    strip = sheet.plan.strips[0]
    assert strip.x_of(strip.start_s + 1, sheet.plan.scale) - strip.x_mm == pytest.approx(speed)
    assert strip.baseline_mm - strip.y_of(1.0, sheet.plan.scale) == pytest.approx(gain)


def test_a_split_gain_is_stated_with_both_gains(qtbot: QtBot, window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    key(qtbot, window, Qt.Key.Key_G, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "limb 10, chest 5 mm/mV" in sheet.scale_line
    assert window.toolbar.gain_box.currentText() == "10/5 mm/mV"
    window.toolbar.gain_box.setCurrentIndex(window.toolbar.gain_box.findText("20/10 mm/mV"))
    window.toolbar.gain_box.activated.emit(window.toolbar.gain_box.currentIndex())
    view = window.session.state.viewport
    assert (view.gain_mm_per_mv, view.chest_half) == (20.0, True)


def test_automatic_gain_keeps_waves_in_their_rows_and_says_which_it_took(
    qtbot: QtBot, window: MainWindow, steps: Record
) -> None:
    window.session.show_record(steps)
    window.session.look(layout_id="12x1")
    key(qtbot, window, Qt.Key.Key_G)
    sheet = window.paper.sheet()
    assert sheet is not None
    gain, row_mm = sheet.plan.scale.gain_mm_per_mv, sheet.plan.strips[0].height_mm
    assert gain <= 0.55 * row_mm < 2 * gain  # the largest at which the step of 1 mV fits
    assert f"auto: {gain:g} mm/mV" in sheet.scale_line
    key(qtbot, window, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    view = window.session.state.viewport
    assert not view.auto_gain
    assert view.gain_mm_per_mv == GAINS_MM_PER_MV[GAINS_MM_PER_MV.index(gain) + 1]


def drawn_ripple(window: MainWindow) -> float:
    """Return the spread, in mV, that mains give to what is drawn of lead I where the record is level."""
    paper = window.paper.paper_map()
    assert paper is not None
    piece = paper.source.between("I", 5.2, 5.8, 10_000)
    assert piece is not None
    period = np.convolve(piece.millivolts, np.full(10, 0.1), "same")
    return float(np.ptp((piece.millivolts - period)[20:-20]))


def test_one_key_compares_the_filtered_trace_with_the_recorded_one(
    qtbot: QtBot, window: MainWindow, steps: Record
) -> None:
    window.session.show_record(noisy(steps))
    assert drawn_ripple(window) > 0.55
    recorded = window.paper.picture()
    key(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier)
    assert window.session.state.viewport.shown_filter == MONITOR
    window.actions_table["notch:50"].trigger()
    assert drawn_ripple(window) < 0.05
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "display filter 0.5–40 Hz, notch 50 Hz" in sheet.scale_line
    assert "Not diagnostic bandwidth" in sheet.warning
    assert window.paper.picture() != recorded
    assert window.toolbar.filter_button.defaultAction().isChecked()
    key(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier)
    assert drawn_ripple(window) > 0.55
    sheet = window.paper.sheet()
    assert sheet is not None
    assert ("no display filter" in sheet.scale_line, sheet.warning) == (True, "")


def test_the_warning_is_on_the_paper_itself(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.session.look(filter=DisplayFilter(lowpass_hz=40.0), filter_on=True)
    device, plan = window.paper.device, window.paper.plan
    assert plan is not None
    image = window.paper.picture()
    rgb = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), 2::-1]
    row = round(device.y(-4.5))
    line = rgb[row - 6 : row + 7].reshape(-1, 3).astype(int)
    assert (np.abs(line - (0xB0, 0x00, 0x20)).max(axis=1) < 40).sum() > 100


def test_the_readout_and_what_is_measured_stay_those_of_the_file(window: MainWindow, steps: Record) -> None:
    record = noisy(steps)
    window.session.show_record(record)
    paper = window.paper.paper_map()
    assert paper is not None
    strip = paper.plan.strips[0]
    place = paper.position_of(strip, 0.5, 0.0)
    before = window.paper.readout_at(place)
    window.session.look(filter=DisplayFilter(0.5, 40.0, 50.0, True), filter_on=True)
    assert window.paper.readout_at(place) == before


def test_findings_are_the_same_with_and_without_a_display_filter(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    from cardio_desktop.simulate import simulate_record

    (tmp_path / "x.hea").touch()
    record = replace(simulate_record("anterior-mi"), path=tmp_path / "x.hea")
    found = []
    for chosen in (DisplayFilter(), DisplayFilter(0.5, 40.0, 50.0, True)):
        window.session.show_record(record)
        window.session.look(filter=chosen, filter_on=chosen.active)
        window.session.analyze()
        qtbot.waitUntil(lambda: window.session.state.findings is not None, timeout=60_000)
        found.append(window.session.state.findings)
    plain, filtered = found
    assert plain is not None
    assert filtered is not None
    assert plain.prediction == filtered.prediction
    assert (plain.beats, plain.measurements, plain.quality) == (filtered.beats, filtered.measurements, filtered.quality)
    assert plain.evidence is not None
    assert filtered.evidence is not None
    assert np.array_equal(plain.evidence.values, filtered.evidence.values)


def test_a_filter_that_cannot_be_shown_is_not_claimed(window: MainWindow, tmp_path: Path) -> None:
    window.session.show_record(step_record(tmp_path, rate_hz=100.0, duration_s=300.0))
    window.session.look(layout_id="12x1", filter=DisplayFilter(lowpass_hz=100.0, notch_hz=60.0), filter_on=True)
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "no display filter (low-pass 100 Hz, notch 60 Hz does not exist at 100 samples a second)" in sheet.scale_line
    window.session.look(filter=DisplayFilter(lowpass_hz=40.0), filter_on=True)
    window.actions_table["whole"].trigger()
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "no display filter (low-pass 40 Hz needs lines of at most 120 s)" in sheet.scale_line
    assert sheet.warning == ""


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_has_its_colours(window: MainWindow, steps: Record, name: str) -> None:
    window.session.show_record(steps)
    window.actions_table[f"paper:{name}"].trigger()
    assert window.actions_table[f"paper:{name}"].isChecked()
    image = window.paper.picture()
    colors = {image.pixelColor(x, y).name() for x in range(2, 60) for y in range(2, 40)}
    assert {PAPERS[name].paper, PAPERS[name].bold, PAPERS[name].fine} <= colors


def test_the_paper_follows_the_theme_unless_one_is_chosen(window: MainWindow, steps: Record) -> None:
    window.session.show_record(steps)
    window.actions_table["theme:dark"].trigger()
    QApplication.processEvents()
    assert window.actions_table["theme:dark"].isChecked()
    assert window.paper.colors() is PAPERS["dark"]
    window.actions_table["paper:blue"].trigger()
    assert window.paper.colors() is PAPERS["blue"]
    window.actions_table["paper:auto"].trigger()
    window.actions_table["theme:light"].trigger()
    QApplication.processEvents()
    assert window.paper.colors() is PAPERS["red"]
    window.actions_table["theme:system"].trigger()


def test_letters_grow_and_shrink_and_are_remembered(window: MainWindow, settings: Settings) -> None:
    usual = QApplication.font().pointSizeF()
    try:
        window.actions_table["letters-larger"].trigger()
        window.actions_table["letters-larger"].trigger()
        assert QApplication.font().pointSizeF() == pytest.approx(1.2 * usual)
        QApplication.processEvents()
        assert window.toolbar.speed_box.font().pointSizeF() == pytest.approx(1.2 * usual)
        assert settings.font_percent() == 120
    finally:
        window.actions_table["letters-usual"].trigger()
    assert QApplication.font().pointSizeF() == pytest.approx(usual)


def test_the_look_is_there_again_after_a_restart(
    qtbot: QtBot, window: MainWindow, steps: Record, tmp_path: Path
) -> None:
    window.session.show_record(steps)
    for name in ("layout:cabrera-12x1", "speed:12.5", "gain:chest-half", "highpass:0.15", "paper:grey"):
        window.actions_table[name].trigger()
    again = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)).viewport()
    shown = window.session.state.viewport
    assert again == replace(shown, start_s=0.0)
    assert again.shown_filter == DisplayFilter(highpass_hz=0.15)


@pytest.mark.parametrize("layout", ["12x1", "3x4+1", "6x2"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_fitted_page_cuts_no_complex_and_says_what_it_did(
    window: MainWindow, tmp_path: Path, layout: str, size: tuple[int, int]
) -> None:
    times = np.arange(5000) / 500.0
    spikes = np.where(times % 1.0 < 0.06, 4500, 0) + np.where((times % 1.0 > 0.06) & (times % 1.0 < 0.1), -3000, 0)
    record = step_record(tmp_path)
    channels = tuple(replace(c, samples=ArraySamples(spikes.astype(np.int16))) for c in record.channels)
    window.resize(*size)
    window.session.show_record(replace(record, channels=channels))
    window.session.look(layout_id=layout, zoom=None, gain_mm_per_mv=10.0)
    QApplication.processEvents()
    paper = window.paper.paper_map()
    scale = paper.plan.scale
    for strip in paper.plan.strips:
        for millivolts in (4.5, -3.0):
            y = paper.position_of(strip, strip.start_s, millivolts).y()
            assert 0 <= y <= window.paper.height() or window.paper.room_mm()[1] > 0
            assert -5.1 <= strip.y_of(millivolts, scale) <= paper.plan.height_mm + 5.1
    assert scale.gain_mm_per_mv < 10.0
    assert f"{scale.gain_mm_per_mv:g} mm/mV" in window.paper.sheet().scale_line
    assert "mm/mV (lowered from 10: no wave is cut)" in window.paper.sheet().scale_line
    window.session.look(zoom=1.0)  # at a size of its own the gain is what was chosen
    assert window.paper.plan.scale.gain_mm_per_mv == 10.0
    assert "lowered" not in window.paper.sheet().scale_line


UNSURE = verbatim("noise")


def with_noise(record: Record, lead: str, start_s: float = 0.0, end_s: float = 10.0) -> Record:
    """The same steps, but noise of 15 mV in one lead."""
    dice = np.random.default_rng(7)
    wild = dice.choice(np.array([-15_000, 15_000], dtype=np.int16), 5000)
    times = np.arange(5000) / 500.0
    channels = tuple(
        replace(c, samples=ArraySamples(np.where((times >= start_s) & (times < end_s), wild, c.counts())))
        if c.lead == lead
        else c
        for c in record.channels
    )
    return replace(record, channels=channels)


@pytest.mark.parametrize("looks", [{"auto_gain": True, "zoom": 1.0}, {"auto_gain": False, "zoom": None}], ids=str)
@pytest.mark.parametrize(
    ("noise_s", "quality"),
    [
        ((0.0, 10.0), Quality(True, leads={"V4": LeadQuality(False, (UNSURE,)), "I": LeadQuality(True)})),
        ((2.0, 6.0), Quality(True, stretches=(QualityStretch(2.0, 6.0, ("V4",), UNSURE),))),
    ],
    ids=["lead", "stretch"],
)
def test_a_lead_that_cannot_be_read_does_not_choose_the_gain(
    window: MainWindow, steps: Record, looks: dict[str, object], noise_s: tuple[float, float], quality: Quality
) -> None:
    window.session.look(layout_id="12x1", gain_mm_per_mv=10.0, **looks)
    window.session.show_record(steps)
    assert window.paper.plan is not None
    clean = window.paper.plan.scale.gain_mm_per_mv
    noisy_record = with_noise(steps, "V4", *noise_s)
    window.session.show_record(noisy_record)
    assert window.paper.plan.scale.gain_mm_per_mv < clean  # nobody has said yet that it cannot be read
    window.session.show_findings(noisy_record, replace(findings_of(noisy_record), quality=quality))
    assert window.paper.plan.scale.gain_mm_per_mv == clean
    sheet = window.paper.sheet()
    assert sheet is not None
    assert f"{clean:g} mm/mV" in sheet.scale_line
    assert "lowered" not in sheet.scale_line
    assert ("not counted for the gain, being unusable: V4" in sheet.scale_line) == bool(quality.leads)


def test_what_hidden_findings_know_of_a_lead_changes_no_gain(window: MainWindow, steps: Record) -> None:
    record = with_noise(steps, "V4")
    bad = Quality(True, leads={"V4": LeadQuality(False, (UNSURE,))})
    window.session.look(layout_id="12x1", gain_mm_per_mv=10.0, zoom=None)
    window.session.settings.set_read_first(True)
    window.session.show_record(record)
    assert window.paper.plan is not None
    lowest = window.paper.plan.scale.gain_mm_per_mv
    window.session.show_findings(record, replace(findings_of(record), quality=bad))
    assert window.session.state.hidden
    assert window.paper.plan.scale.gain_mm_per_mv == lowest
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "not counted" not in sheet.scale_line
    assert "lowered from 10" in sheet.scale_line


def test_where_no_lead_can_be_read_all_of_them_count(window: MainWindow, steps: Record) -> None:
    window.session.look(layout_id="12x1", gain_mm_per_mv=40.0, zoom=None)
    window.session.show_record(steps)
    assert window.paper.plan is not None
    before = window.paper.plan.scale.gain_mm_per_mv
    assert before < 40.0
    none = Quality(False, leads={name: LeadQuality(False, (UNSURE,)) for name in steps.traces})
    window.session.show_findings(steps, replace(findings_of(steps), quality=none))
    assert window.paper.plan.scale.gain_mm_per_mv == before
    sheet = window.paper.sheet()
    assert sheet is not None
    assert "not counted" not in sheet.scale_line
