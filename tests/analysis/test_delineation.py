"""Waves from probabilities: crossings between samples, agreement of leads."""

import numpy as np
import pytest

from cardio_desktop.analysis.delineation import (
    Segment,
    _meets,
    crossings,
    lead_segments,
    peak_of,
    peaks_of,
    without_lone_qrs,
)
from cardio_desktop.analysis.global_waves import global_waves
from cardio_desktop.core.beat_waves import assigned

RATE_HZ = 250.0


def bump(onset_s: float, offset_s: float, n: int = 500, height: float = 1.0) -> np.ndarray:
    """A probability that crosses one half of `height` exactly at the two times."""
    t = np.arange(n) / RATE_HZ
    edge = 0.008
    return height * np.clip(np.minimum(t - onset_s, offset_s - t) / edge + 0.5, 0, 1)


def probabilities(rows: dict[str, list[np.ndarray]]) -> np.ndarray:
    waves = np.stack([np.stack(rows[name]) for name in ("P", "QRS", "T")])
    return np.concatenate([1 - waves.sum(axis=0, keepdims=True), waves])


def twelve(**one: np.ndarray) -> dict[str, list[np.ndarray]]:
    return {name: [one.get(name, np.zeros(500))] * 12 for name in ("P", "QRS", "T")}


@pytest.mark.parametrize("shift_s", [0.0, 0.0007, 0.0013, 0.0031])
def test_a_boundary_is_found_between_samples(shift_s):
    (found,) = crossings(bump(0.5 + shift_s, 0.61 + shift_s), 0.5, 1, RATE_HZ)
    assert found[:2] == pytest.approx((0.5 + shift_s, 0.61 + shift_s), abs=2e-4)


def test_a_short_dip_lies_within_the_wave_and_a_long_one_divides_it():
    p = bump(0.5, 0.7)
    p[150:152] = 0.2
    assert len(crossings(p, 0.5, 5, RATE_HZ)) == 1
    p[145:160] = 0.2
    assert len(crossings(p, 0.5, 5, RATE_HZ)) == 2


def test_what_only_one_lead_shows_is_no_wave():
    rows = twelve(QRS=bump(0.8, 0.9))
    rows["P"] = [bump(0.6, 0.7), *[np.zeros(500)] * 11]
    assert all(s.wave == "QRS" for lead in lead_segments(probabilities(rows), RATE_HZ) for s in lead)


def test_a_faint_wave_is_found_where_the_other_leads_are_sure():
    rows = twelve(QRS=bump(0.8, 0.9))
    rows["P"] = [bump(0.6, 0.7, height=0.4), *[bump(0.6, 0.7)] * 11]
    faint = [s for s in lead_segments(probabilities(rows), RATE_HZ)[0] if s.wave == "P"]
    assert [(s.onset_s, s.offset_s) for s in faint] == [pytest.approx((0.6, 0.7), abs=0.004)]


def test_the_usual_error_is_taken_off():
    rows = twelve(QRS=bump(0.8, 0.9))
    bias = {"P": (0.0, 0.0), "QRS": (2.0, -3.0), "T": (0.0, 0.0)}
    (found,) = lead_segments(probabilities(rows), RATE_HZ, bias)[5]
    assert (found.onset_s, found.offset_s) == pytest.approx((0.798, 0.903), abs=3e-4)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_peak_is_the_largest_deflection_of_either_sign(sign):
    mv = np.full(1000, 0.7)
    mv[400:420] += sign * np.hanning(20)
    mv[430:450] -= sign * 0.4 * np.hanning(20)
    assert peak_of(mv, 500.0, Segment("QRS", 0.78, 0.92, 1.0)) == pytest.approx(0.819, abs=0.002)


def test_global_boundaries_are_the_outermost_but_one():
    onsets = [0.500, 0.480, 0.498, 0.502, 0.499, 0.501]
    leads = [[Segment("QRS", on, on + 0.1, 1.0)] for on in onsets]
    (found,) = global_waves(leads, "QRS", beyond_s=0.0)
    assert (found.onset_s, found.offset_s, found.leads) == (0.498, pytest.approx(0.601), 6)


def test_one_lead_carries_a_boundary_on_by_a_few_milliseconds_only():
    leads = [[Segment("QRS", on, 0.6, 1.0)] for on in (0.3, 0.498, 0.499, 0.5, 0.5)]
    (found,) = global_waves(leads, "QRS")
    assert found.onset_s == pytest.approx(0.495)


def test_with_few_leads_the_outermost_counts():
    leads = [[Segment("QRS", on, on + 0.1, 1.0)] for on in (0.500, 0.490)]
    (found,) = global_waves(leads, "QRS")
    assert (found.onset_s, found.offset_s) == (0.490, 0.600)


def test_order_of_leads_does_not_matter():
    rng = np.random.default_rng(3)
    leads = [
        [Segment("T", at + rng.normal(0, 0.01), at + 0.2 + rng.normal(0, 0.01), 1.0) for at in (1.0, 1.8, 2.7)]
        for _ in range(12)
    ]
    assert global_waves(leads, "T") == global_waves(leads[::-1], "T")


def test_waves_belong_to_their_beats_and_a_blocked_p_to_none():
    def everywhere(wave: str, *spans: tuple[float, float]):
        return global_waves([[Segment(wave, *span, 1.0) for span in spans]] * 8, wave)

    p = everywhere("P", (0.80, 0.90), (1.50, 1.60), (2.20, 2.30))
    qrs = everywhere("QRS", (1.00, 1.09), (2.40, 2.49))
    t = everywhere("T", (1.20, 1.40), (2.60, 2.80))
    first, second = assigned([1.04, 2.44], p, qrs, t)
    assert first.p is not None
    assert first.p.onset_s == 0.80
    assert second.p is not None
    assert second.p.onset_s == 2.20
    assert first.t is not None
    assert first.t.offset_s == 1.40


def test_peaks_found_together_are_those_found_one_by_one() -> None:
    rng = np.random.default_rng(2)
    trace = rng.normal(0, 1, 2000)
    onsets = np.sort(rng.uniform(0, 3.8, 30))
    segments = [Segment("QRS", float(on), float(on + rng.uniform(0.02, 0.15)), 1.0) for on in onsets]
    for holes in (slice(0, 0), slice(400, 700)):
        trace[holes] = np.nan
        assert peaks_of(trace, 500.0, segments) == [peak_of(trace, 500.0, s) for s in segments]
    assert peaks_of(trace, 500.0, []) == []


def test_a_stretch_meets_those_that_it_overlaps_and_no_other() -> None:
    starts, ends = [1.0, 2.0, 3.0], [1.5, 2.5, 3.5]
    for low, high in ((0.0, 1.0), (0.0, 1.1), (1.5, 2.0), (1.4, 1.6), (2.1, 2.2), (2.6, 2.9), (3.4, 9.0), (3.5, 9.0)):
        overlaps = any(start < high and low < end for start, end in zip(starts, ends, strict=True))
        assert _meets(low, high, starts, ends) == overlaps
    assert not _meets(1.0, 2.0, [], [])


@pytest.mark.parametrize(("showing", "left"), [(5, 0), (6, 6)])
def test_a_complex_of_few_leads_that_no_beat_stands_in_is_none(showing: int, left: int) -> None:
    beats = (1.0, 2.0, 3.0)
    own = [Segment("QRS", at - 0.05, at + 0.05, 0.9) for at in beats]
    wrong, p = Segment("QRS", 2.62, 2.72, 0.6), Segment("P", 2.62, 2.72, 0.6)
    cut = Segment("QRS", 3.95, 3.99, 0.6)
    found = [sorted([*own, wrong if k < showing else p, cut], key=lambda s: s.onset_s) for k in range(12)]
    cleaned = without_lone_qrs(found, beats)
    assert sum(wrong in lead for lead in cleaned) == left
    assert all(lead == [s for s in before if s != wrong or left] for lead, before in zip(cleaned, found, strict=True))
    assert without_lone_qrs(found, beats[:1]) == found
