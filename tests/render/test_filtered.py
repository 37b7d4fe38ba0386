"""The filtered pieces that the view keeps."""

from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.analysis.display_filters import DisplayFilter, filtered
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.render.filtered import MOST_FILTERED_S
from cardio_desktop.render.traces import TraceSource

RATE = 250.0
LOW = DisplayFilter(highpass_hz=0.5, lowpass_hz=40.0)


def source(seconds: float, gap: tuple[int, int] | None = None) -> TraceSource:
    rng = np.random.default_rng(5)
    counts = (
        rng.normal(size=round(seconds * RATE)) * 200 + 300 * np.sin(np.arange(round(seconds * RATE)) / 900)
    ).astype(np.int16)
    if gap:
        counts[gap[0] : gap[1]] = -32768
    channel = Channel("II", RATE, "mV", 1000.0, 0.0, ArraySamples(counts, missing=-32768), lead="II")
    return TraceSource(Record(Path("x"), "made", (channel,)).traces)


@pytest.mark.parametrize("chosen", [LOW, DisplayFilter(highpass_hz=0.05), DisplayFilter(notch_hz=50.0, baseline=True)])
def test_a_page_looks_as_if_the_whole_record_had_been_filtered(chosen: DisplayFilter) -> None:
    found = source(200.0)
    whole = filtered(found.samples("II", 0, 50_000), RATE, chosen)
    found.filter = chosen
    for first, stop in ((0, 2500), (22_000, 24_000), (7_400, 7_600), (48_000, 50_000), (49_990, 99_999)):
        piece = found.shown("II", first, stop)
        assert np.abs(piece - whole[first:stop]).max() < 0.002


def test_a_wave_keeps_its_shape_while_the_view_moves() -> None:
    found = source(100.0)
    found.filter = LOW
    assert np.array_equal(found.shown("II", 7000, 9000)[500:1500], found.shown("II", 7500, 8500))


def test_what_is_measured_is_what_the_file_holds() -> None:
    found = source(20.0)
    plain = found.samples("II", 0, 5000).copy()
    found.filter = LOW
    assert not np.allclose(found.shown("II", 0, 5000), plain)
    assert np.array_equal(found.samples("II", 0, 5000), plain)


def test_a_gap_stays_a_gap_across_pieces() -> None:
    found = source(70.0, gap=(7000, 8000))
    found.filter = LOW
    shown = found.shown("II", 6000, 9000)
    assert np.array_equal(np.isnan(shown), (np.arange(6000, 9000) >= 7000) & (np.arange(6000, 9000) < 8000))


def test_only_strips_that_are_short_enough_are_filtered() -> None:
    found = source(200.0)
    raw = found.between("II", 0.0, MOST_FILTERED_S, 4000)
    long = found.between("II", 0.0, MOST_FILTERED_S + 10, 400)
    found.filter = LOW
    assert raw is not None
    assert long is not None
    some = found.between("II", 0.0, MOST_FILTERED_S, 4000)
    other = found.between("II", 0.0, MOST_FILTERED_S + 10, 400)
    assert some is not None
    assert other is not None
    assert not np.allclose(some.millivolts, raw.millivolts)
    assert np.array_equal(other.millivolts, long.millivolts)
