"""What keeps time between the complexes: saw teeth that are drawn, and rhythms that have none."""

import numpy as np
import pytest

from cardio_desktop.analysis.saw_teeth import saw_teeth
from cardio_desktop.simulate import Noise, simulate_rhythm

NAMES = ("II", "III", "aVF", "V1")


def drawn(kind, rate_hz=250.0, seed=1, noise=None, **options):
    """Return (leads, beats in s) of a simulated rhythm of ten seconds."""
    truth = simulate_rhythm(kind, rate_hz=rate_hz, seed=seed, noise=noise or Noise(), **options)
    mv = np.array([truth.record.leads[name].between(0.0, 10.0)[1] for name in NAMES])
    return mv, np.array([beat.time_s for beat in truth.beats])


@pytest.mark.parametrize("rate_hz", [100.0, 250.0, 500.0, 1000.0])
@pytest.mark.parametrize("atrial_bpm", [220.0, 290.0, 340.0])
@pytest.mark.parametrize("conduction", [(2,), (4,), (2, 3)])
def test_saw_teeth_keep_time_at_their_rate(rate_hz, atrial_bpm, conduction):
    mv, beats = drawn("flutter", rate_hz, atrial_bpm=atrial_bpm, conduction=conduction)
    found = saw_teeth(mv, rate_hz, beats)
    assert found.rate_bpm == pytest.approx(atrial_bpm, abs=4.0)
    assert found.kept_best > 0.6
    # T waves come with every second wave, where every second is conducted.
    if conduction != (2,):
        assert found.kept > 0.5
        assert found.halves < 0.15


@pytest.mark.parametrize("kind", ["af", "avb3"])
def test_what_drifts_or_rests_does_not(kind):
    mv, beats = drawn(kind, noise=Noise(white_mv=0.008))
    assert saw_teeth(mv, 250.0, beats).kept < 0.35


def test_gain_polarity_order_offset_and_sampling_rate_change_nothing():
    mv, beats = drawn("flutter", conduction=(4,))
    found = saw_teeth(mv, 250.0, beats)
    for other in (3.0 * mv, -mv, mv[::-1], mv + 2.0):
        changed = saw_teeth(other, 250.0, beats)
        assert changed.kept == pytest.approx(found.kept, abs=1e-6)
        assert changed.rate_bpm == found.rate_bpm
    thinner = saw_teeth(*(lambda mv, beats: (mv, 100.0, beats))(*drawn("flutter", 100.0, conduction=(4,))))
    assert thinner.kept == pytest.approx(found.kept, abs=0.05)


def test_where_complexes_fill_everything_nothing_is_said():
    mv, beats = drawn("flutter", conduction=(2,))
    assert saw_teeth(mv, 250.0, np.arange(0.1, 10.0, 0.15), qrs_s=0.14) is None
    assert saw_teeth(mv, 250.0, beats[:1]) is None
    assert saw_teeth(np.zeros_like(mv), 250.0, beats) is None
