import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardio_desktop.core.leads import CHEST_LEADS, LAYOUTS, LEADS12, one_lead
from cardio_desktop.core.paper import PULSE_ROOM_MM, PaperPlan, plan_paper
from cardio_desktop.core.units import PaperScale


def plan(layout: str, **changes: object) -> PaperPlan:
    values: dict[str, object] = {"start_s": 0.0, "seconds": 10.0, "height_mm": 160.0}
    return plan_paper(LAYOUTS[layout], PaperScale(), **{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_each_of_the_twelve_leads(layout: str) -> None:
    shown = {strip.lead.removeprefix("-") for strip in plan(layout).strips}
    assert shown == set(LEADS12)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_above_one_another_happened_at_once(layout: str) -> None:
    found = plan(layout, start_s=3.0)
    for x_mm in (PULSE_ROOM_MM + 1.0, PULSE_ROOM_MM + 100.0, PULSE_ROOM_MM + 249.0):
        times = {round(s.time_at(x_mm, found.scale), 9) for s in found.strips if s.x_mm <= x_mm < s.x_mm + s.width_mm}
        assert times == {round(3.0 + (x_mm - PULSE_ROOM_MM) / 25.0, 9)}


def test_a_page_of_ten_seconds_is_250_mm_wide() -> None:
    assert plan("3x4+1").width_mm - PULSE_ROOM_MM == pytest.approx(250.0)


def test_each_row_has_a_calibration_pulse_of_one_millivolt_and_200_ms() -> None:
    for layout, rows in (("3x4+1", 4), ("3x4+3", 6), ("6x2", 6), ("12x1", 12)):
        pulses = plan(layout).pulses
        assert len(pulses) == rows
        assert {(p.width_mm, p.height_mm) for p in pulses} == {(5.0, 10.0)}


def test_the_pulse_stays_in_its_room_at_every_speed() -> None:
    for speed in (6.25, 12.5, 25.0, 50.0):
        for layout in ("12x1", "3x4+1"):
            for chest in (1.0, 0.5):
                found = plan_paper(
                    LAYOUTS[layout], PaperScale(speed), start_s=0, seconds=10, height_mm=150, chest_factor=chest
                )
                room = found.strips[0].x_mm
                assert room % 5 == 0  # traces begin on a bold line
                assert all(p.width_mm == pytest.approx(0.2 * speed) for p in found.pulses)
                assert all(p.x_mm >= 0 and p.x_mm + p.width_mm <= room for p in found.pulses)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_split_gain_halves_chest_leads_and_their_pulses_alone(layout: str) -> None:
    found = plan(layout, chest_factor=0.5)
    for strip in found.strips:
        high_mm = strip.baseline_mm - strip.y_of(1.0, found.scale)
        assert high_mm == pytest.approx(5.0 if strip.lead in CHEST_LEADS else 10.0)
        assert strip.mv_at(strip.y_of(0.7, found.scale), found.scale) == pytest.approx(0.7)
    rows = {strip.row: [s for s in found.strips if s.row == strip.row] for strip in found.strips}
    for strips in rows.values():
        heights = [p.height_mm for p in found.pulses if p.baseline_mm == pytest.approx(strips[0].baseline_mm)]
        assert heights == list(dict.fromkeys(10.0 * strip.gain_factor for strip in strips))


def test_one_lead_goes_on_line_after_line() -> None:
    found = plan_paper(one_lead("II", 4), PaperScale(), start_s=100.0, seconds=40.0, height_mm=160.0)
    assert [(s.start_s, s.end_s) for s in found.strips] == [(100, 110), (110, 120), (120, 130), (130, 140)]
    assert {s.width_mm for s in found.strips} == {250.0}
    assert found.width_mm == PULSE_ROOM_MM + 250.0
    assert [s.row for s in found.strips_at_time(125.0)] == [2]
    assert len(found.pulses) == 4


@given(st.floats(0, 9.99), st.floats(-5, 5), st.sampled_from(sorted(LAYOUTS)))
def test_place_and_value_are_inverse(time_s: float, millivolts: float, layout: str) -> None:
    found = plan(layout)
    for strip in found.strips_at_time(time_s):
        assert strip.time_at(strip.x_of(time_s, found.scale), found.scale) == pytest.approx(time_s, abs=1e-9)
        assert strip.mv_at(strip.y_of(millivolts, found.scale), found.scale) == pytest.approx(millivolts, abs=1e-9)


def test_missing_leads_leave_their_place_empty() -> None:
    found = plan("3x4+1", available={"I": 1, "II": 1})
    assert [strip.lead for strip in found.strips] == ["I", "II", "II"]
    assert found.strips[2].rhythm


def test_the_rhythm_lead_is_of_choice() -> None:
    assert plan("3x4+1", rhythm_lead="V1").strips[-1].lead == "V1"
    assert [s.lead for s in plan("3x4+3", rhythm_lead="V6").strips[-3:]] == ["V6", "V1", "V5"]
    assert [s.lead for s in plan("3x4+3", rhythm_lead="V1").strips[-3:]] == ["V1", "II", "V5"]


def test_strip_at_finds_what_is_drawn_there() -> None:
    found = plan("3x4+1")
    v3 = next(s for s in found.strips if s.lead == "V3")
    assert found.strip_at(v3.x_mm + 1, v3.baseline_mm) is v3
    assert found.strip_at(1.0, v3.baseline_mm) is None
