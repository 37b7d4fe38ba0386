"""A day's shapes are those of all its pieces, and what a reader says of one holds for each of its beats."""

import numpy as np
import pytest

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.holter import ARTEFACT, KINDS, HolterEdits, HolterLimits
from cardio_desktop.reading.day import read_day, summed_up
from cardio_desktop.reading.day_piece import Piece, piece_from
from cardio_desktop.reading.day_shapes import gathered
from cardio_desktop.simulate.record import simulate_record

N, V = KINDS.index(BeatKind.NORMAL), KINDS.index(BeatKind.VENTRICULAR)
LENGTH = 59


def look(width: float, height: float = 1.0) -> np.ndarray:
    x = np.arange(LENGTH) - 24.0
    return np.stack([height * np.exp(-((x / width) ** 2)), 0.5 * height * np.exp(-((x / width) ** 2))]).astype(
        np.float32
    )


NARROW, BROAD = look(3.0), look(9.0, -1.5)


def piece(start_s: float, shapes: list[int], templates: list[np.ndarray], kinds: list[int]) -> Piece:
    times = start_s + np.arange(len(shapes)) * 0.8
    return Piece(
        start_s,
        start_s + len(shapes) * 0.8,
        times,
        np.array(kinds, np.uint8),
        shapes=np.array(shapes, np.int32),
        templates=np.stack(templates),
        template_leads=("II", "V5"),
    )


@pytest.fixture
def pieces() -> list[Piece]:
    """In the second piece the shapes are numbered the other way round, and a little different."""
    return [
        piece(0.0, [0, 0, 0, 1, 0, 0], [NARROW, BROAD], [N, N, N, V, N, N]),
        piece(4.8, [1, 0, 0, 1, 1], [BROAD * 1.05, NARROW * 0.97], [N, V, V, N, N]),
    ]


def test_shapes_of_all_pieces_are_gathered_whatever_their_numbers(pieces: list[Piece]) -> None:
    numbers, looks, leads = gathered(pieces)
    assert len(looks) == 2
    assert leads == [("II", "V5")] * 2
    assert numbers[0].tolist() == [0, 0, 0, 1, 0, 0]
    assert numbers[1].tolist() == [0, 1, 1, 0, 0]


def test_shapes_in_other_leads_are_not_compared(pieces: list[Piece]) -> None:
    other = piece_from({**pieces[1].plain(), "template_leads": ["I", "V1"]})
    assert len(gathered([pieces[0], other])[1]) == 4


def test_a_kind_is_said_of_every_beat_of_a_shape_and_taken_back(pieces: list[Piece]) -> None:
    found = summed_up(pieces, 0.0, 8.8, HolterLimits())
    assert (found.total.ve, found.total.ve_couplets) == (3, 1)
    assert [(shape.beats, shape.kind, shape.edited) for shape in found.shapes] == [
        (8, "normal", False),
        (3, "ventricular", False),
    ]
    edits = HolterEdits().with_shape(found.shapes[1].first_s, "normal")
    changed = summed_up(pieces, 0.0, 8.8, HolterLimits(), edits)
    assert (changed.total.ve, changed.total.ve_couplets) == (0, 0)
    assert changed.shapes[1].edited
    assert changed.shapes[1].kind == "normal"
    back = edits.with_shape(found.shapes[1].first_s, None)
    assert summed_up(pieces, 0.0, 8.8, HolterLimits(), back).total == found.total


def test_an_artefact_is_no_beat(pieces: list[Piece]) -> None:
    found = summed_up(pieces, 0.0, 8.8, HolterLimits())
    edits = HolterEdits().with_shape(found.shapes[1].first_s, ARTEFACT)
    changed = summed_up(pieces, 0.0, 8.8, HolterLimits(), edits)
    assert changed.total.beats == found.total.beats - 3
    assert [shape.beats for shape in changed.shapes] == [8, 3]  # it can be taken back


def test_an_edit_of_a_beat_that_is_not_there_any_more_changes_nothing(pieces: list[Piece]) -> None:
    edits = HolterEdits().with_shape(99.0, "ventricular").with_shape(0.0, "nonsense")
    assert summed_up(pieces, 0.0, 8.8, HolterLimits(), edits).total == summed_up(pieces, 0.0, 8.8, HolterLimits()).total


def test_a_rejected_event_counts_for_nothing(pieces: list[Piece]) -> None:
    found = summed_up(pieces, 0.0, 8.8, HolterLimits())
    couplet = next(event for event in found.events if event.code == "COUPLET")
    edits = HolterEdits().toggled(couplet.code, couplet.start_s)
    changed = summed_up(pieces, 0.0, 8.8, HolterLimits(), edits)
    assert changed.total.ve_couplets == 0
    assert changed.rejected == (couplet,)
    assert edits.toggled(couplet.code, couplet.start_s + 0.05) == HolterEdits()


def test_a_record_s_beats_have_shapes_that_look_like_them() -> None:
    record = simulate_record("normal", rate_hz=250.0, duration_s=40.0)
    found = read_day(record, None)
    assert found.shapes[0].beats >= 0.9 * found.total.beats
    assert found.shapes[0].kind == "normal"
    shape = found.shapes[0]
    lead = int(np.abs(shape.samples_mv).max(axis=1).argmax())
    peak = int(np.abs(shape.samples_mv[lead]).argmax())
    assert abs(peak - shape.zero) <= 0.05 * shape.rate_hz
