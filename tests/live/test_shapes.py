"""Beats of one kind resemble each other far more than those of another: the limit between lies where it says."""

from __future__ import annotations

import numpy as np
import pytest

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.live import shapes
from cardio_desktop.live.shapes import ALIKE, Shapes
from cardio_desktop.simulate.rhythms import simulate_rhythm


@pytest.mark.parametrize("shape", [0, 1, 2])
def test_usual_and_ventricular_complexes_are_told_apart(shape: int) -> None:
    truth = simulate_rhythm("ectopy", rate_hz=250.0, duration_s=30.0, pattern="NNV", shape=shape)
    usual = [beat for beat in truth.beats if beat.kind is BeatKind.NORMAL and 0.5 < beat.time_s < 29.5]
    odd = [beat for beat in truth.beats if beat.kind is BeatKind.VENTRICULAR and 0.5 < beat.time_s < 29.5]
    middle = shapes._middle(shapes._cuts(truth.record, 0.0, usual[:8]))
    own, other = (shapes._alike(shapes._cuts(truth.record, 0.0, beats), middle) for beats in (usual, odd))
    assert own.min() > 0.9
    assert other.max() < ALIKE
    assert own.min() - other.max() > 0.2


def test_a_tachycardia_is_found_again_by_its_shape_and_forgotten_later() -> None:
    truth = simulate_rhythm("vt", rate_hz=250.0, duration_s=20.0, start_s=8.0, shape=2, rate_bpm=200.0)
    known = Shapes()
    typed = [beat for beat in truth.beats if 0.5 < beat.time_s < 10.0]
    known.learn(truth.record, 0.0, [beat for beat in typed if beat.kind is BeatKind.NORMAL], tachycardia=False)
    known.learn(truth.record, 0.0, typed, tachycardia=True)
    found = known.found(truth.record, 12.0)
    true = [beat.time_s for beat in truth.beats if 12.1 < beat.time_s < 19.5]
    assert len(true) > 20
    for time_s in true:
        assert np.abs(found - time_s).min() < 0.05
    late = [beat for beat in truth.beats if beat.time_s > 11.0]
    again = known.typed(truth.record, 0.0, [type(beat)(beat.time_s, BeatKind.NORMAL) for beat in late[:-2]])
    assert {beat.kind for beat in again} == {BeatKind.VENTRICULAR}
    known.forget()
    assert known.found(truth.record, 12.0).size == 0
