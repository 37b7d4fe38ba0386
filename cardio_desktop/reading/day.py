"""A recording of any length, read piece by piece: memory does not grow with it but for beats and minutes."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np

from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.analysis.variability import frequency_domain, nn_intervals, time_domain
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.holter import DayBeats, Holter, HolterEdits, HolterLimits
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Gap, Record
from cardio_desktop.reading.day_piece import Piece, pieces_of, read_piece, unread_piece
from cardio_desktop.reading.day_shapes import edited, gathered
from cardio_desktop.reading.day_table import (
    ATRIAL,
    beats_together,
    day_events,
    episodes_together,
    extremes,
    judged_beats,
    lasting,
    minute_rates,
    st_together,
    table,
    unread_together,
    within,
)
from cardio_desktop.reading.models import Models, load_models
from cardio_desktop.reading.passage import RangeError
from cardio_desktop.words import Remark

LEAST_NORMAL = 0.5
"""Share of the beats that must be of the sinus node for its variability to mean anything."""
AHEAD = 2
"""Pieces that wait for each process: none is idle, and few are lost by a cancel."""
Told = Callable[[Piece], None]


def read_day(
    record: Record,
    models: Models | None,
    *,
    start_s: float = 0.0,
    end_s: float | None = None,
    limits: HolterLimits | None = None,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Holter:
    """Return the Holter reading of a record, made in this process.

    `told` hears of each piece as it is done; `progress` gets 0 to 100 and may raise to cancel. Raises RangeError for a
    stretch that the record does not have.
    """
    low, high = stretch(record, start_s, end_s)
    spans = pieces_of(low, high)

    def made() -> Iterator[Piece]:
        for span in spans:
            yield _piece(record, models, *span)

    return summed_up(_gathered(made(), len(spans), progress, told), low, high, limits or HolterLimits())


def read_day_file(
    path: Path,
    *,
    jobs: int,
    given: Mapping[str, float | str] | None = None,
    model_folder: Path | None = None,
    measure_only: bool = False,
    start_s: float = 0.0,
    end_s: float | None = None,
    limits: HolterLimits | None = None,
    progress: Progress | None = None,
    told: Told | None = None,
) -> tuple[Record, Holter]:
    """Return a record and its Holter reading, made in `jobs` processes that open the file each for itself.

    Raises ReadError for a file that cannot be read and RangeError for a stretch that it does not have.
    """
    from cardio_desktop.io import open_given

    record = open_given(path, given=given or {})
    low, high = stretch(record, start_s, end_s)
    limits = limits or HolterLimits()
    spans = pieces_of(low, high)
    if jobs <= 1 or len(spans) == 1:
        models = None if measure_only else load_models(model_folder)
        found = read_day(record, models, start_s=low, end_s=high, limits=limits, progress=progress, told=told)
        return record, found
    pool = ProcessPoolExecutor(
        min(jobs, len(spans)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(path, dict(given or {}), model_folder, measure_only),
    )
    try:
        made = _from_pool(pool, spans, jobs)
        return record, summed_up(_gathered(made, len(spans), progress, told), low, high, limits)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def stretch(record: Record, start_s: float, end_s: float | None) -> tuple[float, float]:
    """Return from where to where a record is read; RangeError for a stretch that it does not have."""
    high = record.duration_s if end_s is None else end_s
    if not (math.isfinite(start_s) and math.isfinite(high) and 0 <= start_s < high <= record.duration_s + 1e-6):
        raise RangeError(
            f"{record.path.name}: {start_s:g} to {high:g} s is not a stretch of this record; choose one within 0 to "
            f"{record.duration_s:g} s."
        )
    return start_s, min(high, record.duration_s)


def summed_up(
    pieces: Sequence[Piece],
    start_s: float,
    end_s: float,
    limits: HolterLimits,
    edits: HolterEdits | None = None,
) -> Holter:
    """Return what the pieces show together, with what the reader changed; pieces that are missing count as not read."""
    edits = edits or HolterEdits()
    pieces = sorted(pieces, key=lambda piece: piece.start_s)
    numbers, looks, leads = gathered(pieces)
    unread = unread_together(pieces)
    seen, shapes = edited(beats_together(pieces, numbers), looks, leads, edits)
    episodes = lasting(episodes_together(pieces), seen, limits)
    beats = judged_beats(seen, episodes, limits, unread)
    st = st_together(pieces, start_s, end_s)
    told = day_events(beats, episodes, limits, unread, st)
    events = tuple(event for event in told if not edits.rejects(event))
    total, hours = table(beats, events, unread, limits, start_s, end_s)
    variability, reason = _variability(beats, [(e.start_s, e.end_s) for e in events if e.code in ATRIAL], unread)
    return Holter(
        start_s=start_s,
        end_s=end_s,
        limits=limits,
        beats=beats,
        total=total,
        hours=hours,
        events=events,
        extremes=extremes(beats, events, unread, limits),
        unread_s=unread,
        st=st,
        variability=variability,
        no_variability=reason,
        opinions=tuple(piece.opinion for piece in pieces if piece.opinion is not None),
        problems=tuple((piece.start_s, piece.end_s, piece.problem) for piece in pieces if piece.problem),
        shapes=shapes,
        rejected=tuple(event for event in told if edits.rejects(event)),
        rates_bpm=minute_rates(beats, unread, start_s, end_s),
    )


def _variability(
    beats: DayBeats, atrial: Sequence[tuple[float, float]], unread: Sequence[tuple[float, float]]
) -> tuple[dict[str, float], Remark | None]:
    """Return the figures of variability, or why there are none: only the sinus node's rhythm has them."""
    if not beats.times_s.size:
        return {}, Remark("no-variability-few")
    normal = beats.are(BeatKind.NORMAL) & ~within(beats.times_s, atrial)
    if normal.mean() < LEAST_NORMAL:
        return {}, Remark("no-variability-rhythm")
    broken = np.isnan(rr_intervals(beats.times_s, [Gap(low, high) for low, high in unread]))
    ends_s, nn_ms = nn_intervals(beats.times_s, normal, broken)
    found = time_domain(ends_s, nn_ms)
    if not found:
        return {}, Remark("no-variability-few")
    return {**found, **frequency_domain(ends_s, nn_ms)}, None


def _gathered(made: Iterator[Piece], count: int, progress: Progress | None, told: Told | None) -> list[Piece]:
    pieces = []
    if progress is not None:
        progress(0.0)
    for piece in made:
        pieces.append(piece)
        if told is not None:
            told(piece)
        if progress is not None:
            progress(100.0 * len(pieces) / count)
    return pieces


def _piece(record: Record, models: Models | None, start_s: float, end_s: float) -> Piece:
    """Return a piece; one that cannot be read is told as such and the rest of the day is read all the same."""
    try:
        return read_piece(record, models, start_s, end_s)
    except CardioError as error:
        return unread_piece(start_s, end_s, str(error))


# The processes ------------------------------------------------------------------------------------------------------

_here: dict[str, object] = {}


def _begin(path: Path, given: Mapping[str, float | str], model_folder: Path | None, measure_only: bool) -> None:
    """Open the file and the models once for each process."""
    from cardio_desktop.io import open_given

    _here["record"] = open_given(path, given=given)
    _here["models"] = None if measure_only else load_models(model_folder, threads=1)


def _work(start_s: float, end_s: float) -> Piece:
    record, models = _here["record"], _here["models"]
    assert isinstance(record, Record)
    assert models is None or isinstance(models, Models)
    return _piece(record, models, start_s, end_s)


def _from_pool(pool: ProcessPoolExecutor, spans: Sequence[tuple[float, float]], jobs: int) -> Iterator[Piece]:
    """Yield pieces as they are done, a few of them waiting at a time."""
    waiting: dict[Future[Piece], tuple[float, float]] = {}
    left = list(spans)
    while left or waiting:
        while left and len(waiting) < AHEAD * jobs:
            span = left.pop(0)
            waiting[pool.submit(_work, *span)] = span
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            span = waiting.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool as error:
                raise RangeError(
                    f"{span[0]:g} to {span[1]:g} s: a process that read a piece was ended, perhaps for want of memory;"
                    " choose fewer with --jobs."
                ) from error
