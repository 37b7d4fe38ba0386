"""A day is read piece by piece as a whole would be: nothing is lost or counted twice at the seams."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.events import Event
from cardio_desktop.core.holter import KINDS, DayBeats, HolterLimits, OpinionSpan, StTrend
from cardio_desktop.core.record import Record
from cardio_desktop.reading.day import read_day, read_day_file, summed_up
from cardio_desktop.reading.day_piece import PIECE_S, Piece, piece_from, pieces_of, unread_piece
from cardio_desktop.reading.day_table import beats_together, episodes_together, judged_beats, lasting, st_events, table
from cardio_desktop.reading.passage import RangeError
from cardio_desktop.simulate.record import simulate_record

N, V, S = (KINDS.index(kind) for kind in (BeatKind.NORMAL, BeatKind.VENTRICULAR, BeatKind.SUPRAVENTRICULAR))
LIMITS = HolterLimits()


def made(start_s: float, end_s: float, times: list[float], kinds: list[int] | None = None, **more: object) -> Piece:
    return Piece(start_s, end_s, np.array(times), np.array(kinds or [N] * len(times), np.uint8), **more)  # type: ignore[arg-type]


def steady(start_s: float, end_s: float, rr_s: float = 0.8) -> list[float]:
    return np.arange(start_s, end_s, rr_s).tolist()


def test_pieces_cover_everything_once() -> None:
    spans = pieces_of(0.0, 86400.0)
    assert spans[0][0] == 0.0
    assert spans[-1][1] == 86400.0
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert max(high - low for low, high in spans) <= PIECE_S + 30.0
    assert pieces_of(0.0, PIECE_S + 10.0) == [(0.0, PIECE_S + 10.0)]


@pytest.mark.parametrize("second", [99.95, 100.03, 100.0])
def test_a_beat_on_a_seam_counts_once_wherever_the_pieces_place_it(second: float) -> None:
    first = made(0.0, 100.0, [98.4, 99.2, 99.99])
    other = made(100.0, 200.0, [second, 100.8, 101.6])
    assert beats_together([other, first]).times_s.tolist() == [98.4, 99.2, 99.99, 100.8, 101.6]


def test_episodes_that_a_seam_cuts_are_one() -> None:
    pieces = [
        made(0.0, 100.0, [], episodes=(("AF", 40.0, 100.0), ("PACE_FAIL", 99.9, 99.9))),
        made(100.0, 200.0, [], episodes=(("AF", 100.0, 130.0), ("AF", 170.0, 180.0), ("PACE_FAIL", 100.1, 100.1))),
    ]
    found = [(e.code, e.start_s, e.end_s) for e in episodes_together(pieces)]
    assert found == [
        ("AF", 40.0, 130.0),
        ("PACE_FAIL", 99.9, 99.9),
        ("PACE_FAIL", 100.1, 100.1),
        ("AF", 170.0, 180.0),
    ]


def test_fibrillation_is_told_from_thirty_seconds_and_no_beat_is_early_in_it() -> None:
    beats = DayBeats(np.array([1.0, 2.0, 3.0, 50.0]), np.array([N, S, N, S], np.uint8))
    events = (Event("AF", 0.0, 40.0), Event("AF", 45.0, 60.0))
    told = lasting(events, beats, LIMITS)
    assert told == events[:1]
    kinds = judged_beats(beats, told, LIMITS, ()).kinds.tolist()
    assert kinds == [N, N, N, S]
    run = DayBeats(beats.times_s, np.array([V, V, V, S], np.uint8))
    assert lasting(events[:1], run, LIMITS) == ()  # that were ventricular beats


def test_prematurity_counts_what_the_reader_asks_for() -> None:
    beats = DayBeats(np.array([0.0, 1.0, 2.0, 2.85, 4.0, 4.6]), np.array([N, N, N, S, N, S], np.uint8))
    assert judged_beats(beats, (), LIMITS, ()).kinds.tolist() == [N, N, N, S, N, S]
    strict = replace(LIMITS, premature=0.3)
    assert judged_beats(beats, (), strict, ()).kinds.tolist() == [N, N, N, N, N, S]


def test_the_table_counts_each_hour_and_the_whole() -> None:
    times = np.concatenate([np.arange(0.0, 3600.0, 1.0), np.arange(3600.0, 7000.0, 0.5)])
    kinds = np.full(times.size, N, np.uint8)
    kinds[[10, 11, 4000]] = V
    beats = DayBeats(times, kinds)
    events = (
        Event("COUPLET", 10.0, 11.0),
        Event("PAUSE", 3599.0, 3601.5, values={"length_s": 2.5}),
        Event("AF", 3500.0, 3700.0),
        Event("ST_UP", 0.0, 120.0),
    )
    total, hours = table(beats, events, ((6000.0, 6600.0),), LIMITS, 0.0, 7200.0)
    assert [hour.beats for hour in hours] == [3600, times.size - 3600]
    assert total.beats == times.size
    assert [hour.ve for hour in hours] == [2, 1]
    assert [hour.ve_couplets for hour in hours] == [1, 0]
    assert [hour.pauses for hour in hours] == [1, 0]
    assert [hour.fibrillation_s for hour in hours] == [100.0, 100.0]
    assert [hour.unread_s for hour in hours] == [0.0, 600.0]
    assert hours[0].st_s == 120.0
    assert hours[0].mean_bpm == pytest.approx(60.0, abs=0.1)
    assert hours[1].mean_bpm == pytest.approx(120.0, abs=0.1)
    assert hours[0].lowest_bpm == pytest.approx(60.0)
    assert total.highest_bpm == pytest.approx(120.0)


def test_rates_are_never_counted_over_what_could_not_be_read() -> None:
    beats = DayBeats(np.array([*steady(0.0, 50.0), *steady(100.0, 150.0)]), np.full(126, N, np.uint8))
    total, _ = table(beats, (), ((49.0, 100.0),), LIMITS, 0.0, 150.0)
    assert total.lowest_bpm == pytest.approx(75.0)


def test_st_shifts_from_the_lead_s_own_level_and_in_two_leads() -> None:
    level = np.zeros((3, 60), np.float32)
    level[2] = 0.3  # one lead always high: no episode
    level[:2, 20:25] = -0.2
    level[0, 40:50] = 0.2  # one lead alone
    found = st_events(StTrend(("II", "V5", "V2"), 0.0, level), LIMITS)
    assert [(e.code, e.start_s, e.end_s, e.leads) for e in found] == [("ST_DOWN", 1200.0, 1500.0, ("II", "V5"))]
    assert found[0].values["shift_mv"] == pytest.approx(-0.2)
    alone = st_events(StTrend(("II",), 0.0, level[:1]), LIMITS)
    assert sorted(e.code for e in alone) == ["ST_DOWN", "ST_UP"]


def test_a_pause_over_a_seam_is_found_and_one_in_a_gap_is_not() -> None:
    first, second = steady(0.0, 99.0), steady(102.0, 200.0)
    found = summed_up([made(0.0, 100.0, first), made(100.0, 200.0, second)], 0.0, 200.0, LIMITS)
    pauses = [event for event in found.events if event.code == "PAUSE"]
    assert [(p.start_s, p.end_s) for p in pauses] == [(pytest.approx(first[-1]), 102.0)]
    assert found.total.pauses == 1
    assert found.extremes[0].code == "longest-pause"
    silent = [made(0.0, 100.0, first, unread_s=((99.5, 100.0),)), made(100.0, 200.0, second)]
    assert summed_up(silent, 0.0, 200.0, LIMITS).total.pauses == 0


def test_the_reader_s_limits_decide_what_is_a_pause_and_a_run() -> None:
    times = [*steady(0.0, 20.0), 22.1, *steady(22.9, 60.0)]
    kinds = [N] * len(times)
    kinds[40:43] = [V, V, V]
    piece = made(0.0, 60.0, times, kinds)
    usual = summed_up([piece], 0.0, 60.0, LIMITS).total
    strict = summed_up([piece], 0.0, 60.0, replace(LIMITS, pause_s=3.0, run_beats=4)).total
    assert (usual.pauses, usual.ve_runs) == (1, 1)
    assert (strict.pauses, strict.ve_runs) == (0, 0)


def test_a_piece_travels_as_plain_values() -> None:
    st = np.array([[0.1, np.nan]], np.float32)
    piece = made(
        0.0, 100.0, [1.0, 2.0], [N, V], episodes=(("AF", 1.0, 2.0),), unread_s=((5.0, 6.0),), leads=("II",), st_mv=st,
        opinion=OpinionSpan(0.0, 100.0, "Low", "MI", 0.02),
    )  # fmt: skip
    back = piece_from(piece.plain())
    assert back.plain() == piece.plain()
    assert (back.episodes, back.unread_s, back.opinion) == (piece.episodes, piece.unread_s, piece.opinion)
    np.testing.assert_array_equal(back.st_mv, st)


def test_a_piece_that_cannot_be_read_is_told_and_counts_as_unread() -> None:
    found = summed_up(
        [made(0.0, 100.0, steady(0.0, 100.0)), unread_piece(100.0, 200.0, "the disk is gone")], 0.0, 200.0, LIMITS
    )
    assert found.problems == ((100.0, 200.0, "the disk is gone"),)
    assert found.total.unread_s == 100.0


@pytest.fixture(scope="module")
def record() -> Record:
    return simulate_record("normal", rate_hz=250.0, duration_s=70.0)


def test_a_short_record_is_one_piece(record: Record) -> None:
    percents: list[float] = []
    pieces: list[Piece] = []
    found = read_day(record, None, progress=percents.append, told=pieces.append)
    assert len(pieces) == 1
    assert (percents[0], percents[-1]) == (0.0, 100.0)
    rate = found.total.mean_bpm
    assert rate is not None
    assert found.total.beats == pytest.approx(rate * 70.0 / 60.0, abs=2)
    assert (found.total.ve, found.total.sve, found.total.pauses, found.total.unread_s) == (0, 0, 0, 0.0)
    assert np.nanmax(np.abs(found.st.level_mv)) < 0.15
    assert found.variability["sdnn_ms"] > 0


def test_a_cancel_ends_it(record: Record) -> None:
    def stop(percent: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_day(record, None, progress=stop)


@pytest.mark.parametrize(("start_s", "end_s"), [(-1.0, 5.0), (5.0, 5.0), (0.0, 100.0), (float("nan"), None)])
def test_a_stretch_that_is_not_there_is_refused(record: Record, start_s: float, end_s: float | None) -> None:
    with pytest.raises(RangeError, match="choose one within 0 to 70 s"):
        read_day(record, None, start_s=start_s, end_s=end_s)


@pytest.mark.parametrize("name", ["pause_s", "run_beats", "st_mv"])
def test_limits_that_nobody_can_mean_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        HolterLimits(**{name: 1000})
    with pytest.raises(ValueError, match="not below"):
        HolterLimits(slow_bpm=100.0, fast_bpm=60.0)


def test_half_an_hour_agrees_with_its_annotations(shared: Path) -> None:
    """MIT-BIH 119: 1,987 beats, 444 of them ventricular, by two cardiologists; read in two processes."""
    import wfdb

    path = shared / "mitdb" / "119"
    truth = wfdb.rdann(str(path), "atr")
    beats = [symbol for symbol in truth.symbol if symbol in "NLRBAaJSVrFejnE/fQ?"]
    record, found = read_day_file(path.with_suffix(".hea"), jobs=2, measure_only=True)
    assert record.duration_s > 1800
    assert abs(found.total.beats - len(beats)) <= 3
    assert abs(found.total.ve - beats.count("V")) <= 5
    assert found.total.pauses == 0
