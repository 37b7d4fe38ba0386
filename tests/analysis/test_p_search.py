"""P waves that no beat follows are found by the atria's own time, in a long trace as in a short one."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from cardio_desktop.analysis.p_search import marched_out, thinned
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.simulate.rhythms import simulate_rhythm


def hidden(duration_s: float, kind: str = "sinus"):
    """Return what `marched_out` takes, every fourth P wave kept back, and the onsets of those kept back."""
    made = simulate_rhythm(kind, duration_s=duration_s, seed=2)
    mv, rate_hz = thinned(np.array([made.record.leads[name].millivolts() for name in LEADS12]), 500.0)
    p = [(onset_s, onset_s + 0.1) for onset_s in made.p_s]
    back = [onset_s for k, (onset_s, _) in enumerate(p) if k % 4 == 2]
    known = [span for k, span in enumerate(p) if k % 4 != 2]
    qrs = [(beat.time_s - 0.04, beat.time_s + 0.05) for beat in made.beats]
    t = [(beat.time_s + 0.2, beat.time_s + 0.36) for beat in made.beats]
    return (mv, rate_hz, known, qrs, t), back


@pytest.mark.parametrize("duration_s", [20.0, 120.0])
def test_p_waves_kept_back_are_found_where_they_are_and_nowhere_else(duration_s):
    asked, back = hidden(duration_s)
    found = [onset_s for onset_s, _ in marched_out(*asked)]
    assert len(found) >= 0.9 * len(back)
    assert all(min(abs(onset_s - other) for other in back) < 0.03 for onset_s in found)


def test_ten_minutes_take_no_more_memory_than_what_is_compared_at_a_time():
    asked, _ = hidden(600.0)
    tracemalloc.start()
    marched_out(*asked)
    peak_mb = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert peak_mb < 40.0, "the windows of ten minutes together would be 80 MB, three times over"
