from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cardio_desktop.core.record import Patient, Record
from cardio_desktop.core.units import PaperScale
from cardio_desktop.ui.paper.captions import clock, header_line, number, recorder_filter, scale_line, time_line
from tests.ui.conftest import step_record


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (80, 0, "80"),
        (100, 0, "100"),
        (120.4, 0, "120"),
        (12.5, 2, "12.5"),
        (25.0, 2, "25"),
        (0.0, 2, "0"),
        (200, 1, "200"),
    ],
)
def test_numbers_lose_only_zeros_behind_the_point(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


@pytest.mark.parametrize("age", [1, 9, 80, 90, 100])
def test_an_age_is_told_as_it_is(tmp_path: Path, age: int) -> None:
    record = replace(step_record(tmp_path), patient=Patient(age_years=age))
    assert f"   {age} y   " in f"   {header_line(record)}   "


def test_full_size_is_a_hundred_percent() -> None:
    assert "at 100 %" in scale_line(PaperScale(), 1.001, known=True)
    assert "true size" in scale_line(PaperScale(), 1.0, known=True)
    assert "at 120 %: 30 mm/s, 12 mm/mV on this screen" in scale_line(PaperScale(), 1.2, known=True)


def test_true_size_is_not_claimed_for_a_screen_of_unknown_size() -> None:
    assert "true size" not in scale_line(PaperScale(), 1.0, known=False)
    assert "not calibrated" in scale_line(PaperScale(), 1.0, known=False)
    assert "not calibrated" in scale_line(PaperScale(), 1.2, known=False)


def test_the_paper_says_which_time_it_shows(tmp_path: Path) -> None:
    record: Record = replace(step_record(tmp_path, duration_s=45.0), start_time=datetime(2026, 1, 5, 23, 59, 50))
    assert time_line(record, 0.0, 10.0) == "0.0 to 10.0 s of 45 s"
    assert time_line(record, 20.0, 10.0) == "20.0 to 30.0 s of 45 s (from 00:00:10)"
    assert time_line(record, 40.0, 10.0).startswith("40.0 to 45.0 s")


def test_the_recorders_own_filter_is_told(tmp_path: Path) -> None:
    record = step_record(tmp_path)
    assert recorder_filter(record) == ""
    filtered = replace(record, channels=tuple(replace(c, prefilter="HP:0.5Hz LP:40Hz") for c in record.channels))
    assert recorder_filter(filtered) == "HP:0.5Hz LP:40Hz"


def test_durations_read_well() -> None:
    assert [clock(s) for s in (10, 125, 86_399)] == ["10 s", "2 min 5 s", "23 h 59 min"]
