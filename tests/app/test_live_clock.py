"""The clock of a live trace: true speed although samples come in bursts, never beyond what has come."""

import numpy as np
import pytest
from numpy.typing import NDArray

from cardio_desktop.app.live_clock import JUMP_S, MOST_BEHIND_S, PlayClock

FRAME_S = 1 / 60


def played(arrivals: list[tuple[float, float]], seconds: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what was shown at each frame and what had come; `arrivals` are (wall s, newest s)."""
    clock, newest, shown, came = PlayClock(), 0.0, [], []
    pending = sorted(arrivals)
    for frame in range(round(seconds / FRAME_S)):
        wall = frame * FRAME_S
        while pending and pending[0][0] <= wall:
            newest = pending.pop(0)[1]
        shown.append(clock.at(wall, newest))
        came.append(newest)
    return np.array(shown), np.array(came)


@pytest.mark.parametrize("burst_s", [0.02, 0.1, 1.0])
def test_bursts_are_shown_at_an_even_speed_after_a_few(burst_s: float) -> None:
    arrivals = [(k * burst_s, k * burst_s) for k in range(1, round(20 / burst_s))]
    shown, came = played(arrivals, 20.0)
    assert (np.diff(shown) >= 0).all()
    assert (shown <= came + 1e-9).all()
    steps = np.diff(shown)[round(8 / FRAME_S) :]
    assert steps.max() <= 1.1 * FRAME_S + 1e-9
    assert steps.min() >= 0.89 * FRAME_S  # it never stands still
    late = (came - shown)[round(8 / FRAME_S) :]
    assert late.max() <= burst_s + 0.1


def test_a_file_that_held_minutes_is_shown_from_its_end() -> None:
    shown, _ = played([(0.0, 300.0), *((k * 0.1, 300.0 + k * 0.1) for k in range(1, 50))], 5.0)
    assert shown[0] == 300.0
    assert shown[-1] > 304.0


def test_after_a_silence_it_is_near_the_newest_again() -> None:
    arrivals = [(k * 0.1, k * 0.1) for k in range(1, 50)] + [(k * 0.1, k * 0.1) for k in range(150, 300)]
    shown, came = played(arrivals, 30.0)
    silent = slice(round(6 / FRAME_S), round(14 / FRAME_S))
    assert np.ptp(shown[silent]) == 0.0  # nothing new to show
    after = came - shown
    assert after[round(15.5 / FRAME_S)] <= MOST_BEHIND_S + JUMP_S
    assert after[-1] < 0.3


def test_nothing_is_shown_before_anything_came() -> None:
    clock = PlayClock()
    assert clock.at(5.0, 0.0) == 0.0
    assert clock.shown_s == 0.0
    assert clock.at(6.0, 2.0) == 2.0
    assert clock.behind_s == 0.0
