"""Beats kept up to date change by change are those that are worked out anew."""

import random
from dataclasses import replace

import pytest

from cardio_desktop.core import edited_beats as module
from cardio_desktop.core.beat_edits import BeatEdit, edited_beats
from cardio_desktop.core.edited_beats import EditedBeats, changed_span
from cardio_desktop.core.findings import Beat


def order(edit: BeatEdit) -> tuple[float, str]:
    return edit.time_s or edit.original_s or 0.0, edit.id


@pytest.mark.parametrize("seed", range(30))
def test_any_changes_one_after_another(seed: int) -> None:
    rng = random.Random(seed)
    found = [Beat(round(0.1 * k + 0.05 * rng.randrange(2), 2), "normal") for k in range(40)]
    kept, edits = EditedBeats(found), {}
    for _ in range(150):
        for _ in range(rng.choice([1, 1, 2, 3, 120])):
            name = f"n{rng.randrange(40)}"
            if rng.random() < 0.3:
                edits.pop(name, None)
                continue
            time_s = None if rng.random() < 0.3 else rng.choice([0.0, rng.randrange(80) * 0.05, rng.uniform(0, 4)])
            of = rng.random() < 0.6 or time_s is None
            original_s = rng.choice([rng.choice(found).time_s, rng.uniform(0, 6)]) if of else None
            edits[name] = BeatEdit(name, time_s, rng.choice(["ventricular", "paced"]), original_s)
        now = tuple(sorted(edits.values(), key=order))
        assert kept.update(now) == edited_beats(found, now)


def test_one_more_change_is_not_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Beat(float(k), "normal") for k in range(2000)]
    edits = tuple(BeatEdit(f"n{k:04}", float(k), "ventricular", float(k)) for k in range(2000))
    kept = EditedBeats(found)
    kept.update(edits)
    one = (*edits[:700], replace(edits[700], kind="paced"), *edits[701:])
    kept.update(one)
    looked: list[BeatEdit] = []
    real = module.found_index
    monkeypatch.setattr(module, "found_index", lambda *given: looked.append(given[-1]) or real(*given))
    monkeypatch.setattr(module, "edited_beats", None)
    two = (*one[:900], BeatEdit("new", 899.5, "paced"), *one[900:])
    beats = kept.update(two)
    assert len(looked) == 1
    monkeypatch.undo()
    assert beats == edited_beats(found, two)


def test_the_changed_span_holds_every_difference() -> None:
    a, b, c, d = (object() for _ in range(4))
    assert changed_span((a, b, c), (a, d, c)) == (1, 2, 2)
    assert changed_span((a, b), (a, b)) == (2, 2, 2)
    assert changed_span((), (a, b)) == (0, 0, 2)
    assert changed_span((a, a), (a,)) == (1, 2, 1)


def test_after_all_are_deleted_at_once_one_can_come_back() -> None:
    found = [Beat(float(k), "normal") for k in range(300)]
    kept = EditedBeats(found)
    none = tuple(BeatEdit(f"n{k:04}", None, "normal", float(k)) for k in range(300))
    for edits in ((), none[:1], none, none[1:], none, ()):
        assert kept.update(edits) == edited_beats(found, edits)
