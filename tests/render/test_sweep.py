"""The live paper: millimetres of a known signal, pieces that make the whole, gaps that stay gaps."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from cardio_desktop.core.units import PaperScale
from cardio_desktop.render.colors import RED_PAPER, WHITE_PAPER
from cardio_desktop.render.sweep import SweepPicture, covered, logical, rows_of

pytestmark = pytest.mark.usefixtures("qapp")

RATE = 500.0
PX = 4.0
WIDTH, HEIGHT = 500, 240


def picture(speed: float = 25.0, gain: float = 10.0, rows: int = 2, rate_hz: float = RATE) -> SweepPicture:
    scale = PaperScale(speed, gain, PX, PX)
    return SweepPicture(WIDTH, HEIGHT, rows_of(rows, 0, HEIGHT), scale, rate_hz, WHITE_PAPER)


def pixels(image: QImage) -> NDArray[np.uint8]:
    whole = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return whole[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[:, :, :3].copy()


def dark(image: QImage) -> NDArray[np.bool_]:
    """Where the trace is: no line of the paper is nearly so dark."""
    return pixels(image).max(axis=2) < 150


def draw(one: SweepPicture, signal: NDArray[np.floating], first: int, stop: int, known_from: int = 0) -> None:
    low, high = one.samples_of(first, stop)
    values = np.full((len(one.rows), high - low), np.nan)
    begin, end = max(low, 0), min(high, signal.shape[1])
    values[:, begin - low : end - low] = signal[:, begin:end]
    one.draw(first, stop, low, values, known_from=known_from)


def steps(seconds: float = 12.0, rate_hz: float = RATE) -> NDArray[np.float64]:
    """0 mV, and 1 mV in every second half second; the second lead upside down."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    up = np.where(times % 1.0 >= 0.5, 1.0, 0.0)
    return np.stack([up, -up])


def test_a_known_signal_stands_at_its_millimetres() -> None:
    one = picture()
    assert one.seconds == pytest.approx(5.0)
    draw(one, steps(), 0, WIDTH)
    drawn = dark(one.image)
    for row, sign in ((0, 1), (1, -1)):
        base = one.rows[row].baseline
        # 25 mm/s at 4 px/mm: the step at 0.5 s stands at 12.5 mm; 1 mV is 10 mm high.
        foot = np.flatnonzero(drawn[one.rows[row].top : one.rows[row].bottom, 30]) + one.rows[row].top
        assert abs(foot.mean() + 0.5 - base) <= 1.0
        top = np.flatnonzero(drawn[one.rows[row].top : one.rows[row].bottom, 80]) + one.rows[row].top
        assert abs(top.mean() + 0.5 - (base - sign * 10.0 * PX)) <= 1.0
    flank = drawn[round(one.rows[0].baseline - 20), :]
    assert np.flatnonzero(flank)[0] == pytest.approx(0.5 * 25 * PX, abs=1)


@pytest.mark.parametrize("rate_hz", [125.0, 500.0, 2000.0])
def test_drawn_in_frames_it_is_the_trace_drawn_at_once(rate_hz: float) -> None:
    rng = np.random.default_rng(2)
    signal = rng.normal(0.0, 0.4, (2, round(12 * rate_hz)))
    signal[:, round(3.1 * rate_hz) : round(3.4 * rate_hz)] = np.nan
    whole, pieces = picture(rate_hz=rate_hz), picture(rate_hz=rate_hz)
    draw(whole, signal, 200, 200 + WIDTH)
    at = 0
    while at < 200 + WIDTH:  # two or one columns a frame, as at 60 frames a second
        end = min(at + 1 + at % 2, 200 + WIDTH)
        draw(pieces, signal, at, end)
        at = end
    assert np.array_equal(pixels(whole.image), pixels(pieces.image))


def test_nothing_beside_the_new_columns_is_touched() -> None:
    one = picture()
    draw(one, steps(), 0, WIDTH)
    before = pixels(one.image)
    draw(one, steps(), WIDTH + 100, WIDTH + 103)
    one.erase(WIDTH + 103, WIDTH + 119)
    after = pixels(one.image)
    changed = np.flatnonzero((before != after).any(axis=(0, 2)))
    assert changed.min() >= 100
    assert changed.max() < 119
    assert not dark(one.image)[:, 103:119].any()


def test_a_sweep_goes_round_and_the_newest_stands_over_the_oldest() -> None:
    one, fresh = picture(), picture()
    draw(one, steps(), 0, WIDTH + 200)
    draw(fresh, steps(), 200, WIDTH + 200)
    assert np.array_equal(pixels(one.image), pixels(fresh.image))
    assert [(begin, end) for begin, end, _ in one.places(WIDTH - 3, WIDTH + 2)] == [
        (WIDTH - 3, WIDTH),
        (WIDTH, WIDTH + 2),
    ]


def test_a_gap_is_hatched_and_never_bridged_and_paper_before_the_recording_stays_bare() -> None:
    signal = steps()
    signal[0, round(1.0 * RATE) : round(2.0 * RATE)] = np.nan
    one = picture()
    draw(one, signal, 0, WIDTH)
    rows = slice(one.rows[0].top, one.rows[0].bottom)
    inside = slice(round(1.0 * 25 * PX) + 2, round(2.0 * 25 * PX) - 2)
    assert not dark(one.image)[rows, inside].any()
    bare = picture()
    hatched = (pixels(one.image) != pixels(bare.image)).any(axis=2)[rows, inside]
    assert hatched.mean() > 0.1
    # The other lead has its samples there.
    assert dark(one.image)[one.rows[1].top : one.rows[1].bottom, inside].any(axis=0).all()
    early = picture()
    draw(early, np.full((2, 10), np.nan), 0, WIDTH, known_from=10_000)
    assert np.array_equal(pixels(early.image), pixels(bare.image))


def test_only_columns_are_drawn_whose_samples_have_come() -> None:
    one = picture()
    for stop in (1, 2, 500, 501, 777):
        whole = one.whole_columns(stop)
        assert one.samples_of(whole - 1, whole)[0] < stop
        # The last sample that touches the last whole column is there: what follows it cannot change it.
        assert (whole + 1) / one.scale.px_per_s <= (stop - 1) / RATE + 1e-9


def test_the_grid_has_no_seam_where_the_picture_goes_round() -> None:
    scale = PaperScale(25.0, 10.0, 3.7795, 3.7795)
    width = int(10 * 5 * 3.7795)
    one = SweepPicture(width, 60, rows_of(1, 0, 60), scale, RATE, RED_PAPER)
    bold = QColor(RED_PAPER.bold).rgb()
    places = [x for x in range(width) if one.image.pixel(x, 5) == bold]
    round_trip = np.diff([*places, places[0] + width])
    assert round_trip.min() >= 18
    assert round_trip.max() <= 20


def test_half_a_logical_pixel_is_repainted_and_counts_as_bare() -> None:
    rect = QRect(101, 0, 300, 51)
    assert logical(rect, 2.0) == QRect(50, 0, 151, 26)
    assert covered(rect, 2.0) == QRect(51, 0, 149, 25)
    assert logical(rect, 1.0) == covered(rect, 1.0) == rect
