"""Readings of calipers stand beside the traces, near their calipers and apart from one another."""

import numpy as np
import pytest

from cardio_desktop.core.caliper_paper import draw_calipers, reading_lines
from cardio_desktop.core.calipers import Caliper, CaliperKind
from cardio_desktop.core.label_room import Box, LabelRoom
from cardio_desktop.core.leads import LAYOUTS
from cardio_desktop.core.paper import PaperPlan, Strip, plan_paper
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import PaperScale
from cardio_desktop.simulate import simulate_record

SCALE = PaperScale(25.0, 10.0, 4.0, 4.0)


def plan_of(record: Record, layout: str, height_mm: float) -> PaperPlan:
    return plan_paper(
        LAYOUTS[layout],
        SCALE,
        start_s=0.0,
        seconds=10.0,
        height_mm=height_mm,
        available=record.traces,
        rhythm_lead="II",
    )


def course_of(record: Record):
    def course(strip: Strip) -> tuple[np.ndarray, np.ndarray]:
        lead = record.traces[strip.lead]
        first_s, millivolts = lead.between(strip.start_s, strip.end_s)
        return first_s + np.arange(len(millivolts)) / lead.rate_hz, millivolts

    return course


def crossed_mm(record: Record, plan: PaperPlan, box: Box) -> float:
    """How many millimetres of time any trace spends in a box, sample by sample."""
    total = 0.0
    for strip in plan.strips:
        times_s, millivolts = course_of(record)(strip)
        x = strip.x_mm + (times_s - strip.start_s) * 25.0
        y = strip.baseline_mm - 10.0 * millivolts
        inside = (x > box.left_mm) & (x < box.left_mm + box.width_mm) & (y > box.top_mm)
        total += float((inside & (y < box.top_mm + box.height_mm)).sum()) / record.rate_hz * 25.0
    return total


def boxes(record: Record, plan: PaperPlan, calipers: list[Caliper], room: bool = True) -> list[Box]:
    drawn = draw_calipers(calipers, plan, "en", LabelRoom(plan, course_of(record)) if room else None)
    found = []
    for drawing in drawn:
        if drawing.label:
            wide, tall = 1.45 * max(map(len, drawing.label)), 3.3 * len(drawing.label)
            found.append(Box(drawing.label_x_mm, drawing.label_y_mm - tall, wide, tall))
    return found


QT = Caliper("q", CaliperKind.QT, "II", 3.1, 3.5, rr_ms=800.0, rr_from="before this beat")


@pytest.mark.parametrize(("layout", "height_mm"), [("3x4+1", 160.0), ("12x1", 300.0), ("6x2", 150.0)])
@pytest.mark.parametrize("lead", ["II", "V2", "aVR"])
@pytest.mark.parametrize("kind", ["normal", "lbbb", "anterior-mi"])
def test_no_reading_of_an_interval_lies_on_a_trace(kind: str, lead: str, layout: str, height_mm: float) -> None:
    record = simulate_record(kind, duration_s=10.0)
    plan = plan_of(record, layout, height_mm)
    strip = max((s for s in plan.strips if s.lead == lead), key=lambda s: s.width_mm)
    start_s = strip.start_s + 1.0
    caliper = Caliper("a", CaliperKind.TIME, lead, start_s, start_s + 0.4)
    (box,) = boxes(record, plan, [caliper])
    assert crossed_mm(record, plan, box) == 0.0
    middle = strip.x_of(start_s + 0.2, SCALE)
    assert box.left_mm - 16.0 < middle < box.left_mm + box.width_mm + 16.0  # near its caliper


def test_qt_with_all_its_lines_covers_less_of_the_trace_than_at_the_foot_of_the_strip() -> None:
    record = simulate_record("lbbb", duration_s=10.0)
    plan = plan_of(record, "3x4+1", 160.0)
    (foot,), (beside,) = boxes(record, plan, [QT], room=False), boxes(record, plan, [QT])
    assert crossed_mm(record, plan, beside) <= crossed_mm(record, plan, foot)
    assert crossed_mm(record, plan, beside) < 1.0


def test_readings_stand_apart() -> None:
    record = simulate_record("normal", duration_s=10.0)
    plan = plan_of(record, "12x1", 240.0)
    calipers = [Caliper(str(k), CaliperKind.TIME, "II", 3.0 + 0.1 * k, 3.4 + 0.1 * k) for k in range(5)]
    found = boxes(record, plan, calipers)
    assert len(found) == 5
    for k, one in enumerate(found):
        for other in found[:k]:
            apart = (
                one.left_mm + one.width_mm <= other.left_mm + 0.5 or other.left_mm + other.width_mm <= one.left_mm + 0.5
            )
            above = (
                one.top_mm + one.height_mm <= other.top_mm + 0.5 or other.top_mm + other.height_mm <= one.top_mm + 0.5
            )
            assert apart or above


def test_the_room_is_the_same_for_every_painting() -> None:
    record = simulate_record("normal", duration_s=10.0)
    plan = plan_of(record, "3x4+1", 160.0)
    room = LabelRoom(plan, course_of(record))
    first = draw_calipers([QT], plan, "en", room)
    assert draw_calipers([QT], plan, "en", room) == first


def test_no_line_of_a_reading_ends_in_a_separator() -> None:
    for caliper in (QT, Caliper("t", CaliperKind.TIME, "II", 1.0, 1.8)):
        for line in reading_lines(caliper):
            assert line == line.strip(" ·;")
    assert "· ;" not in "; ".join(reading_lines(QT))
