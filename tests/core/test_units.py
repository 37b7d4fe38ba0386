import pytest

from cardio_desktop.core.units import POINTS_PER_MM, PaperScale, millivolts_per


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("mV", 1.0), ("MV", 1.0), (" uV ", 1e-3), ("µV", 1e-3), ("μV", 1e-3), ("nV", 1e-6), ("V", 1e3), ("Volts", 1e3)],
)
def test_voltage_units_in_millivolts(unit: str, factor: float) -> None:
    assert millivolts_per(unit) == factor


@pytest.mark.parametrize("unit", ["mmHg", "", "bpm", "%", "mVs"])
def test_what_is_no_voltage_is_none(unit: str) -> None:
    assert millivolts_per(unit) is None


def test_standard_paper_is_25_mm_a_second_and_10_mm_a_millivolt() -> None:
    scale = PaperScale(px_per_mm_x=4.0, px_per_mm_y=5.0)
    assert scale.mm_of_s(0.04) == pytest.approx(1.0)
    assert scale.mm_of_mv(0.1) == pytest.approx(1.0)
    assert (scale.px_per_s, scale.px_per_mv) == (100.0, 50.0)
    assert scale.s_of_mm(scale.mm_of_s(3.7)) == pytest.approx(3.7)
    assert scale.mv_of_mm(scale.mm_of_mv(-0.3)) == pytest.approx(-0.3)


def test_ten_millimetres_are_28_35_points() -> None:
    points = 10 * POINTS_PER_MM
    assert points == pytest.approx(28.35, abs=0.005)


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_a_scale_that_draws_nothing_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="gain_mm_per_mv"):
        PaperScale(gain_mm_per_mv=value)
