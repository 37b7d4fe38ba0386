"""The shapes of a day's beats: those of its pieces gathered, and what a reader says of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_shapes import BEFORE_S, RATE_HZ, SHIFT, distances
from cardio_desktop.core.holter import ARTEFACT, KINDS, NO_SHAPE, SAME_TIME_S, DayBeats, DayShape, HolterEdits
from cardio_desktop.reading.day_piece import Piece

Ints = NDArray[np.int32]

SAME = 0.15
"""Distance up to which shapes of two pieces are one, between the limits within a piece (0.10 and 0.30): templates are
means, with less noise than single beats."""
MOST = 60
"""From here on a shape joins the nearest: nobody looks through more."""
ZERO = round(BEFORE_S * RATE_HZ) + SHIFT


def gathered(pieces: Sequence[Piece]) -> tuple[list[Ints], list[NDArray[np.float32]], list[tuple[str, ...]]]:
    """Return, of each piece, the day's shape of each beat; and how those shapes look in which leads.

    The shapes of many beats found the day's, whichever piece they come from; others join the nearest that is alike.
    """
    counts = [
        (int((piece.shapes == k).sum()), n, k)
        for n, piece in enumerate(pieces)
        if piece.shapes is not None and piece.templates is not None
        for k in range(len(piece.templates))
    ]
    looks: list[NDArray[np.float32]] = []
    leads: list[tuple[str, ...]] = []
    place: dict[tuple[int, int], int] = {}
    for _, n, k in sorted(counts, key=lambda one: (-one[0], one[1], one[2])):
        piece = pieces[n]
        assert piece.templates is not None
        own = piece.templates[k]
        rivals = [j for j, names in enumerate(leads) if names == piece.template_leads]
        if rivals:
            far = distances(own.astype(np.float64), np.stack([looks[j] for j in rivals]).astype(np.float64))
            nearest = int(far.argmin())
            if far[nearest] <= SAME or len(looks) >= MOST:
                place[n, k] = rivals[nearest]
                continue
        place[n, k] = len(looks)
        looks.append(own)
        leads.append(piece.template_leads)
    found = []
    for n, piece in enumerate(pieces):
        numbers = np.full(piece.times_s.size, NO_SHAPE, np.int32)
        if piece.shapes is not None and piece.templates is not None:
            table = np.array([place[n, k] for k in range(len(piece.templates))], np.int32)
            numbers = table[piece.shapes]
        found.append(numbers)
    return found, looks, leads


def edited(
    beats: DayBeats, looks: Sequence[NDArray[np.float32]], leads: Sequence[tuple[str, ...]], edits: HolterEdits
) -> tuple[DayBeats, tuple[DayShape, ...]]:
    """Return the beats as the reader's edits make them, and the shapes, the commonest first."""
    numbers = beats.shapes if beats.shapes is not None else np.full(beats.times_s.size, NO_SHAPE, np.int32)
    kinds, kept = beats.kinds.copy(), np.ones(beats.times_s.size, dtype=bool)
    said = said_of(beats, numbers, edits)
    for number, kind in said.items():
        own = numbers == number
        if kind == ARTEFACT:
            kept &= ~own
        else:
            kinds[own] = next(k for k, known in enumerate(KINDS) if known.value == kind)
    shapes = []
    for number, look in enumerate(looks):
        own = np.flatnonzero(numbers == number)
        if not own.size:
            continue
        usual = KINDS[int(np.bincount(beats.kinds[own], minlength=len(KINDS)).argmax())].value
        first_s = float(beats.times_s[own[0]])
        kind = said.get(number, usual)
        shapes.append(DayShape(first_s, int(own.size), kind, leads[number], look, RATE_HZ, ZERO, edited=number in said))
    shapes.sort(key=lambda shape: (-shape.beats, shape.first_s))
    return DayBeats(beats.times_s[kept], kinds[kept], numbers[kept]), tuple(shapes)


def said_of(beats: DayBeats, numbers: Ints, edits: HolterEdits) -> dict[int, str]:
    """Return what the reader says of shapes, by their number; of a beat that is not found any more nothing."""
    found: dict[int, str] = {}
    if not beats.times_s.size:
        return found
    known = {kind.value for kind in KINDS} | {ARTEFACT}
    for first_s, kind in edits.shapes:
        near = int(np.abs(beats.times_s - first_s).argmin())
        if abs(beats.times_s[near] - first_s) <= SAME_TIME_S and numbers[near] != NO_SHAPE and kind in known:
            found[int(numbers[near])] = kind
    return found
