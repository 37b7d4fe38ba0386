import numpy as np
import pytest

from cardio_desktop.core.leads import LAYOUTS
from cardio_desktop.core.paper import Strip, plan_paper
from cardio_desktop.core.pyramid import LONG_LEAD, build_pyramid
from cardio_desktop.core.record import MISSING, ArraySamples, Channel, GappedSamples, Lead
from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.device import Device
from cardio_desktop.render.traces import TraceSource, polygon, trace_lines


def source_of(counts: np.ndarray, rate_hz: float = 500.0) -> TraceSource:
    channel = Channel("II", rate_hz, "mV", 1000.0, 0.0, ArraySamples(counts, missing=-32768), lead="II")
    return TraceSource({"II": Lead("II", ((channel, 1.0),))})


def strip(start_s: float, seconds: float, scale: PaperScale) -> Strip:
    found = plan_paper(LAYOUTS["12x1"], scale, start_s=start_s, seconds=seconds, height_mm=120)
    return next(s for s in found.strips if s.lead == "II")


def test_a_polygon_has_exactly_the_points_it_was_given() -> None:
    x, y = np.array([0.5, 1.25, 1e5]), np.array([-3.0, 0.125, 7.0])
    points = polygon(x, y)
    assert [(p.x(), p.y()) for p in (points.at(k) for k in range(3))] == list(zip(x, y, strict=True))
    assert polygon(np.array([]), np.array([])).size() == 0


def test_each_sample_stands_at_its_time_and_height() -> None:
    counts = np.random.default_rng(0).integers(-900, 900, 5000).astype(np.int16)
    scale, device = PaperScale(), Device(4.0, 4.0, 17.0, 9.0)
    one = strip(2.0, 4.0, scale)
    (line,) = trace_lines(source_of(counts), one, scale, device).lines
    for k in (0, 1, 777, 1999):
        sample = 1000 + k
        assert line.at(k).x() == pytest.approx(17 + 4 * (one.x_mm + 25 * (sample / 500 - 2.0)))
        assert line.at(k).y() == pytest.approx(9 + 4 * (one.baseline_mm - 10 * counts[sample] / 1000))


@pytest.mark.parametrize("pyramid", [False, True])
def test_the_envelope_keeps_every_peak_and_has_a_column_a_pixel(pyramid: bool) -> None:
    counts = np.random.default_rng(1).integers(-50, 50, LONG_LEAD - 1).astype(np.int16)
    counts[123_456], counts[300_001] = 2000, -1500
    source = source_of(counts)
    if pyramid:
        source.pyramids["II"] = build_pyramid(source.leads["II"])
    scale, device = PaperScale(speed_mm_per_s=250.0 / 800), Device(4.0, 4.0)
    one = strip(0.0, 799.0, scale)
    drawing = trace_lines(source, one, scale, device)
    assert drawing.is_envelope
    (line,) = drawing.lines
    y = np.array([line.at(k).y() for k in range(line.size())])
    x = np.array([line.at(k).x() for k in range(line.size())])
    assert y.min() == pytest.approx(4 * (one.baseline_mm - 20.0))
    assert y.max() == pytest.approx(4 * (one.baseline_mm + 15.0))
    spike_px = 4 * one.x_of(123_456 / 500, scale)
    assert abs(x[y.argmin()] - spike_px) <= 1.5
    assert line.size() == pytest.approx(2 * one.width_mm * 4, abs=4)


def test_missing_samples_break_the_line() -> None:
    counts = np.zeros(5000, dtype=np.int16)
    counts[1000:1500] = -32768
    scale = PaperScale()
    drawing = trace_lines(source_of(counts), strip(0, 10, scale), scale, Device(4.0, 4.0))
    assert [line.size() for line in drawing.lines] == [1000, 3500]


def test_a_gap_of_an_hour_breaks_the_envelope() -> None:
    piece = ArraySamples(np.zeros(100_000, dtype=np.int16))
    samples = GappedSamples(((0, piece), (200_000, piece)), 300_000)
    assert samples.read(150_000, 150_001)[0] == MISSING
    source = TraceSource({"II": Lead("II", ((Channel("II", 100.0, "mV", 1.0, 0.0, samples, lead="II"), 1.0),))})
    scale = PaperScale(speed_mm_per_s=250 / 3000)
    one = strip(0, 3000, scale)
    first, second = trace_lines(source, one, scale, Device(4.0, 4.0)).lines
    assert first.at(first.size() - 1).x() <= 4 * one.x_of(1000.0, scale) + 1.5
    assert second.at(0).x() >= 4 * one.x_of(2000.0, scale) - 1.5


def test_a_lead_of_a_day_is_not_read_whole_before_its_pyramid_is_there() -> None:
    source = source_of(np.zeros(LONG_LEAD + 500_000, dtype=np.int16))
    scale = PaperScale(speed_mm_per_s=250 / 1800)
    drawing = trace_lines(source, strip(0, 1800, scale), scale, Device(4.0, 4.0))
    assert drawing.lines == ()
    assert drawing.pending
    assert trace_lines(source, strip(0, 10, PaperScale()), PaperScale(), Device(4.0, 4.0)).lines[0].size() == 5001


@pytest.mark.parametrize("density", [3.78, 3.94075, 4.0, 5.51])
def test_no_pixel_column_of_an_envelope_is_left_out(density: float) -> None:
    source = source_of(np.random.default_rng(2).integers(-99, 99, LONG_LEAD - 1).astype(np.int16))
    scale = PaperScale(speed_mm_per_s=250.0 / 799)
    drawing = trace_lines(source, strip(0.0, 799.0, scale), scale, Device(density, density))
    (line,) = drawing.lines
    columns = np.unique(np.floor([line.at(k).x() for k in range(line.size())]).astype(int))
    assert (np.diff(columns) == 1).all()


def test_holes_are_told_where_they_are() -> None:
    counts = np.zeros(5000, dtype=np.int16)
    counts[:500] = counts[1000:1500] = -32768
    scale, device = PaperScale(), Device(4.0, 4.0)
    one = strip(0, 10, scale)
    holes = trace_lines(source_of(counts), one, scale, device).holes
    expected = [(0.0, 1.0), (2.0, 3.0)]
    assert np.array(holes) == pytest.approx(
        np.array([[4 * one.x_of(a, scale), 4 * one.x_of(b, scale)] for a, b in expected]), abs=0.3
    )
