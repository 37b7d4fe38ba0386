"""The reader's changes of beats over what a detector found."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cardio_desktop.core.beat_edits import (
    KIND_OF_SYMBOL,
    SYMBOL_OF_KIND,
    BeatEdit,
    annotated_beats,
    edit_id_of,
    edited_beats,
    edits_to_file,
)
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Annotation

FOUND = tuple(Beat(t, "normal") for t in (1.0, 2.0, 3.0))


def test_each_change_does_what_it_says() -> None:
    edits = (
        BeatEdit(edit_id_of(1.0), None, "normal", 1.0),
        BeatEdit(edit_id_of(2.0), 2.1, "ventricular", 2.0),
        BeatEdit("new", 2.5, "paced"),
    )
    assert [(beat.time_s, beat.kind) for beat in edited_beats(FOUND, edits)] == [
        (2.1, "ventricular"),
        (2.5, "paced"),
        (3.0, "normal"),
    ]
    assert [beat.time_s for beat in FOUND] == [1.0, 2.0, 3.0]


def test_a_change_stands_when_the_detector_changes() -> None:
    later = (Beat(1.012, "normal"), Beat(3.0, "normal"))
    edits = (BeatEdit("at-1.000", 1.05, "ventricular", 1.0), BeatEdit("at-2.000", 2.0, "paced", 2.0))
    assert [(b.time_s, b.kind) for b in edited_beats(later, edits)] == [
        (1.05, "ventricular"),
        (2.0, "paced"),
        (3.0, "normal"),
    ]
    assert edited_beats(later, (BeatEdit("at-2.000", None, "normal", 2.0),)) == later


def test_a_beat_added_before_the_detector_was_asked_does_not_count_twice() -> None:
    assert [b.time_s for b in edited_beats(FOUND, (BeatEdit("new", 2.03, "ventricular"),))] == [1.0, 2.03, 3.0]


def test_a_change_reads_back_from_the_store() -> None:
    for edit in (BeatEdit("a", None, "normal", 1.0), BeatEdit("b", 2.5, "paced", None, "/")):
        assert BeatEdit.from_dict(edit.id, edit.to_dict()) == edit


def test_every_kind_has_a_symbol_that_means_it() -> None:
    assert all(KIND_OF_SYMBOL[symbol] == kind for kind, symbol in SYMBOL_OF_KIND.items())


def test_annotators_are_kept_apart() -> None:
    marks = [
        Annotation(1.0, "N", "beat", source="atr"),
        Annotation(1.1, "+", "rhythm", "(AFIB", "atr"),
        Annotation(0.5, "V", "beat", source="atr"),
        Annotation(1.0, "N", "beat", source="qrs"),
        Annotation(1.2, "p", "wave", source="pwave"),
    ]
    found = annotated_beats(marks)
    assert list(found) == ["atr", "qrs"]
    assert [a.time_s for a in found["atr"]] == [0.5, 1.0]


times = st.lists(st.integers(1, 4000), max_size=40, unique=True).map(lambda values: sorted(v / 100 for v in values))


@given(times, times)
def test_taking_over_gives_exactly_the_files_beats(found_s: list[float], marked_s: list[float]) -> None:
    found = tuple(Beat(t, "normal") for t in found_s if not any(0 < t - o < 0.2 for o in found_s))
    marked = [t for t in marked_s if not any(0 < t - o < 0.2 for o in marked_s)]
    marks = [Annotation(t, "V" if round(t * 100) % 2 else "L", "beat", source="atr") for t in marked]
    edits = edits_to_file(found, marks)
    after = edited_beats(found, edits)
    assert [b.time_s for b in after] == marked
    assert [b.kind for b in after] == [KIND_OF_SYMBOL[m.symbol] for m in marks]
    assert len({edit.id for edit in edits}) == len(edits)
    assert np.all(np.diff([b.time_s for b in after]) > 0)
