"""Waves exchanged for a normal record's: only they change, and evidence that claims rightly is ranked rightly."""

from itertools import pairwise

import numpy as np
import pytest

from cardio_desktop.evaluation.waves import (
    WAVES,
    Beats,
    check_waves,
    claims_of_normal_waves,
    exchanged,
    find_beats,
    flattened,
    parts_of_bins,
)
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate


@pytest.fixture(scope="module")
def found():
    delineator = Delineator.load(asset("model_assets"))
    made = {}
    for kind in ("normal", "anterior-mi", "lbbb"):
        signal = simulate(kind, rate_hz=100.0, seed=1).clean_mv[:, :1000].astype(np.float32)
        made[kind] = find_beats(delineator, signal, 100.0)
    return made


def test_the_waves_of_a_beat_follow_one_another(found):
    for record in found.values():
        assert len(record.beats) >= 6
        for spans in record.beats:
            present = [spans[wave] for wave in WAVES if wave in spans]
            assert all(a[1] <= b[0] for a, b in pairwise(present))
            assert 4 <= spans["QRS"][1] - spans["QRS"][0] <= 25


@pytest.mark.parametrize("wave", WAVES)
def test_an_exchange_changes_that_wave_alone(found, wave):
    record = found["lbbb"]
    changed = exchanged(record, wave, found["normal"], 7)
    touched = np.zeros(record.ecg_mv.shape, dtype=bool)
    for spans in record.beats:
        if wave in spans:
            touched[7, slice(*spans[wave])] = True
    assert touched.any()
    np.testing.assert_array_equal(changed[~touched], record.ecg_mv[~touched])
    assert not np.array_equal(changed[touched], record.ecg_mv[touched])


def test_the_donor_s_own_waves_change_little(found):
    record = found["normal"]
    changed = exchanged(record, "QRS", record)
    # The middle beat stands for all: in a regular rhythm the others are like it.
    inside = np.concatenate([np.arange(*spans["QRS"]) for spans in record.beats])
    error = np.abs(changed - record.ecg_mv)[:, inside].mean()
    assert error < 0.35 * np.abs(record.ecg_mv[:, inside]).mean()


def test_a_flat_wave_lies_at_the_median_and_the_rest_stays(found):
    record = found["anterior-mi"]
    changed = flattened(record, "T")
    inside = np.zeros(record.ecg_mv.shape[1], dtype=bool)
    for spans in record.beats:
        if "T" in spans:
            inside[slice(*spans["T"])] = True
    assert inside.any()
    np.testing.assert_array_equal(changed[:, ~inside], record.ecg_mv[:, ~inside])
    level = np.median(record.ecg_mv, axis=1, keepdims=True)
    np.testing.assert_allclose(changed[:, inside], np.repeat(level, inside.sum(), axis=1))


def test_parts_of_the_bins_never_exceed_them(found):
    parts = parts_of_bins(found["normal"], 8)
    whole = sum(parts.values())
    assert whole.max() <= 1 + 1e-9
    assert 0.7 < whole[20:100].mean() <= 1
    assert 0.04 < parts["QRS"].mean() < 0.2


class HeightOfT:
    """A stand-in that knows the height of T waves in V4 and says so in those cells, or `late` bins later."""

    def __init__(self, card, record, late=0):
        self.card, self.late = card, late
        self.mask = np.zeros(1000, dtype=np.float32)
        for spans in record.beats:
            if "T" in spans:
                self.mask[slice(*spans["T"])] = 1

    def run(self, ecg_mv, heads=None):
        strength = np.zeros((len(ecg_mv), 1, 12, 125), dtype=np.float32)
        strength[:, 0, 9] = (ecg_mv[:, 9] * self.mask).reshape(len(ecg_mv), 125, 8).sum(axis=2)
        logits = np.repeat(strength.sum(axis=(2, 3)), len(self.card.heads), axis=1)
        return logits, np.roll(strength, self.late, axis=3)


def test_a_network_of_one_wave_is_told_by_its_claim_and_its_cost(classifier, found):
    record = found["normal"]
    flat = Beats(np.where(np.arange(12)[:, None] == 9, 0.2, 1.0).astype(np.float32) * record.ecg_mv, record.beats)
    honest = check_waves(HeightOfT(classifier.card, record), [record], [flat], "MI")
    assert honest["claims"]["T"] > 5 * abs(honest["claims"]["QRS"])
    assert honest["falls"]["T"] > 0.5 * honest["claims"]["T"]
    assert honest["falls"]["QRS"] == pytest.approx(0, abs=1e-3)
    assert honest["rank_of_lost_over_waves"]["mean"] > 0.7
    assert honest["on_p_and_tp"]["mean"] < 0.2
    late = check_waves(HeightOfT(classifier.card, record, late=6), [record], [flat], "MI")
    assert late["on_p_and_tp"]["mean"] > 0.5
    assert late["claims"]["T"] < 0.5 * honest["claims"]["T"]


class AgainstNormalT(HeightOfT):
    """A stand-in for a class that a T wave speaks against, the more the taller, while QRS says a little for it always.

    So it is with repolarisation disorders: a flat T wave claims nothing, and yet it is the whole reason.
    """

    def __init__(self, card, record):
        super().__init__(card, record)
        self.qrs = np.zeros(1000, dtype=np.float32)
        for spans in record.beats:
            self.qrs[slice(*spans["QRS"])] = 1

    def run(self, ecg_mv, heads=None):
        against = (ecg_mv[:, 9] * self.mask).reshape(len(ecg_mv), 125, 8).sum(axis=2)
        strong = (np.abs(ecg_mv[:, 9]) * self.qrs).reshape(len(ecg_mv), 125, 8).sum(axis=2) ** 0.5
        strength = np.zeros((len(ecg_mv), 1, 12, 125), dtype=np.float32)
        strength[:, 0, 9] = 0.01 * strong - against
        return np.repeat(strength.sum(axis=(2, 3)), len(self.card.heads), axis=1), strength


def test_a_claim_above_normal_tells_of_a_wave_that_is_missing(classifier, found):
    normal = found["normal"]
    stand_in = AgainstNormalT(classifier.card, normal)
    ill = flattened(normal, "T")  # what is ill about it: it has no T waves
    record = Beats(ill, normal.beats)
    usual = claims_of_normal_waves(stand_in, [normal], 0)
    assert usual[WAVES.index("T")] < 0 < usual[WAVES.index("QRS")]
    told = check_waves(stand_in, [record], [normal], "STTC", [normal])
    # An exchange of the flat T wave for a normal one costs most; by itself it claims least.
    assert told["falls"]["T"] > 10 * abs(told["falls"]["QRS"])
    assert told["claims"]["T"] < told["claims"]["QRS"]
    assert told["rank_above_normal_over_waves"]["mean"] > told["rank_over_waves"]["mean"] + 0.3
    assert told["rank_of_flat_over_waves"]["mean"] > told["rank_of_costs_over_waves"]["mean"]


def test_without_normal_records_nothing_is_said_of_claims_above_them(classifier, found):
    told = check_waves(HeightOfT(classifier.card, found["normal"]), [found["lbbb"]], [found["normal"]], "CD")
    assert told["rank_above_normal_over_waves"] == {"mean": None, "interval": None}
    assert np.isnan(claims_of_normal_waves(HeightOfT(classifier.card, found["normal"]), [], 0)).all()
