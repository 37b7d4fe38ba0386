"""Noise must not widen QRS: boundaries of twelve leads are compared only after each has been brought to its middle."""

from __future__ import annotations

import numpy as np
import pytest

from cardio_desktop.analysis.delineation import Segment
from cardio_desktop.analysis.global_waves import global_waves, steady_complex
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import NOISY, Noise, simulate_rhythm

CENTRES = {k: 1.0 + k for k in range(9)}


def leads_of(scatter_s: float, count: int = 12, loose: int | None = None, seed: int = 0) -> list[list[Segment]]:
    """Return complexes from 40 ms before to 50 ms after each centre, in each lead displaced by chance."""
    rng = np.random.default_rng(seed)
    out = []
    for lead in range(count):
        size = 0.03 if lead == loose else scatter_s
        onsets, offsets = -0.04 + rng.normal(0, size, len(CENTRES)), 0.05 + rng.normal(0, size, len(CENTRES))
        out.append(
            [Segment("QRS", t + a, t + b, 1.0) for t, a, b in zip(CENTRES.values(), onsets, offsets, strict=True)]
        )
    return out


@pytest.mark.parametrize("seed", range(5))
def test_trembling_boundaries_make_no_broad_complex(seed: int) -> None:
    segments = leads_of(0.008, seed=seed)
    steady = steady_complex(segments, CENTRES)
    assert steady is not None
    each = np.median([w.offset_s - w.onset_s for w in global_waves(segments, "QRS")])
    assert each > 0.104  # the outermost of twelve, beat by beat
    assert 0.086 < steady[1] - steady[0] < 0.09 + 0.65 * (each - 0.09)


def test_without_noise_it_is_what_the_beats_say() -> None:
    assert steady_complex(leads_of(0.0), CENTRES) == (pytest.approx(-0.04), pytest.approx(0.05))


def test_a_loose_lead_decides_nothing() -> None:
    steady = steady_complex(leads_of(0.001, loose=4), CENTRES)
    assert steady is not None
    assert steady[1] - steady[0] == pytest.approx(0.09, abs=0.004)


def test_few_beats_or_leads_have_no_middle() -> None:
    assert steady_complex(leads_of(0.0), {0: 1.0, 1: 2.0}) is None
    assert steady_complex([[] for _ in range(12)], CENTRES) is None
    assert steady_complex([*leads_of(0.0, 2), *([] for _ in range(10))], CENTRES) is None
    assert steady_complex(leads_of(0.0, 1), CENTRES) == (pytest.approx(-0.04), pytest.approx(0.05))


@pytest.mark.parametrize("rate_hz", [100.0, 500.0])
@pytest.mark.parametrize(
    ("noise", "most_ms"), [(Noise(white_mv=0.008, wander_mv=0.06, muscle_mv=0.015, mains_mv=0.01), 7.0), (NOISY, 11.0)]
)
def test_noise_widens_no_qrs(rate_hz: float, noise: Noise, most_ms: float) -> None:
    quiet, loud = (
        analyze(simulate_rhythm("sinus", rate_hz=rate_hz, noise=own).record, None).measurements.qrs_ms
        for own in (Noise(), noise)
    )
    assert quiet is not None
    assert loud is not None
    assert loud - quiet <= most_ms
