from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardio_desktop.analysis.display_filters import MONITOR, DisplayFilter
from cardio_desktop.app.viewport import Viewport, next_step
from cardio_desktop.core.record import ArraySamples, Channel, Record


def record(duration_s: float, *names: str, rate_hz: float = 100.0) -> Record:
    counts = np.zeros(round(duration_s * rate_hz), dtype=np.int16)
    return Record(
        Path("x.hea"), "made", tuple(Channel(n, rate_hz, "mV", 1.0, 0.0, ArraySamples(counts), lead=n) for n in names)
    )


def test_a_page_is_ten_seconds_or_the_whole_of_a_shorter_record() -> None:
    view = Viewport()
    assert view.page_s(record(60, "I", "II")) == 10.0
    assert view.page_s(record(7.43, "I", "II")) == pytest.approx(7.6)
    assert view.page_s(record(0.1, "I", "II")) == 1.0


@given(st.floats(-1e6, 1e6), st.floats(0.5, 5000))
def test_no_move_leaves_the_record(start_s: float, duration_s: float) -> None:
    rec = record(min(duration_s, 500), "II", rate_hz=10)
    view = Viewport().moved_to(rec, start_s)
    assert 0 <= view.start_s <= max(rec.duration_s - view.page_s(rec), 0.0) + 1e-9


def test_one_lead_gets_strips_and_twelve_the_chosen_layout() -> None:
    assert Viewport().layout(record(10, "II")).columns == 1
    assert Viewport().layout(record(10, "I", "II")).id == "3x4+1"


def test_a_span_presses_the_record_into_the_page_and_says_its_speed() -> None:
    rec = record(1000, "II")
    view = Viewport().with_span(rec, 1000.0)
    assert view.page_s(rec) == 1000
    assert view.scale(rec, 1, 1).speed_mm_per_s == pytest.approx(0.25)
    assert view.width_mm(rec) == pytest.approx(260.0)
    assert Viewport(span_s=1000.0).page_s(record(1000, "I", "II")) == 10.0  # columns cannot be compressed


def test_zooming_time_keeps_the_instant_under_the_mouse() -> None:
    rec = record(1000, "II")
    view = Viewport(span_s=100.0).moved_to(rec, 400.0)
    new = view.with_span(rec, 50.0, anchor_s=440.0)
    assert (440.0 - new.start_s) / 50.0 == pytest.approx(0.4)


def test_going_to_an_instant_moves_only_when_it_is_out_of_view() -> None:
    rec = record(100, "I", "II")
    view = Viewport(start_s=20.0)
    assert view.around(rec, 25.0) is view
    assert view.around(rec, 50.0).start_s == pytest.approx(45.0)
    assert view.around(rec, 99.9).start_s == pytest.approx(90.0)


@pytest.mark.parametrize("speed", [6.25, 12.5, 25.0])
def test_slower_paper_shows_more_of_a_long_record_on_the_same_width(speed: float) -> None:
    view = Viewport(speed_mm_per_s=speed)
    for rec in (record(300, "II"), record(300, "I", "II")):
        assert view.page_s(rec) == pytest.approx(250.0 / speed)
        assert view.width_mm(rec) == pytest.approx(260.0)
        assert view.scale(rec, 1, 1).speed_mm_per_s == speed


def test_columns_keep_ten_seconds_on_fast_paper() -> None:
    view = Viewport(speed_mm_per_s=50.0)
    assert view.page_s(record(300, "I", "II")) == 10.0
    assert view.page_s(record(300, "II")) == 5.0


def test_a_rhythm_strip_goes_on_line_after_line_over_the_whole_record() -> None:
    view = Viewport(layout_id="disclosure", rhythm_lead="II")
    rec = record(62.0, "I", "II")
    assert [view.layout(rec).wrapped, len(view.layout(rec).rows), view.page_s(rec)] == [True, 7, 70.0]
    assert view.layout(rec).leads == ("II",)
    long = record(3600.0, "I", "II", rate_hz=10)
    assert len(view.layout(long).rows) == 12
    whole = view.with_span(long, 3600.0)
    assert whole.scale(long, 1, 1).speed_mm_per_s == pytest.approx(250 / 300)
    assert whole.width_mm(long) == pytest.approx(260.0)


def test_a_lead_that_the_record_lacks_is_replaced_by_one_it_has() -> None:
    assert Viewport(layout_id="single", rhythm_lead="V5").layout(record(10, "I", "II")).leads == ("I",)


def test_one_key_compares_filtered_with_recorded() -> None:
    view = Viewport()
    assert not view.shown_filter.active
    first = view.with_filter_toggled()
    assert (first.filter, first.shown_filter) == (MONITOR, MONITOR)
    chosen = first.with_filter(DisplayFilter(notch_hz=50.0))
    off = chosen.with_filter_toggled()
    assert not off.shown_filter.active
    assert off.with_filter_toggled().shown_filter == DisplayFilter(notch_hz=50.0)
    assert not chosen.with_filter(DisplayFilter()).filter_on


def test_a_report_of_a_single_lead_view_shows_twelve() -> None:
    assert Viewport(layout_id="single").report_layout_id == "3x4+1"
    assert Viewport(layout_id="cabrera-12x1").report_layout_id == "cabrera-12x1"


def test_steps_end_at_the_first_and_last() -> None:
    steps = (5.0, 10.0, 20.0)
    assert [next_step(steps, 10.0, d) for d in (1, -1)] == [20.0, 5.0]
    assert [next_step(steps, 20.0, 1), next_step(steps, 5.0, -1)] == [20.0, 5.0]
