"""Checks of the evidence call honest maps honest and lies lies."""

import json

import numpy as np
import pytest

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation import cli, evidence_checks, maps, planted, removal
from cardio_desktop.io.ludb import read_ludb
from cardio_desktop.model.card import load_card
from cardio_desktop.paths import asset


def test_flattened_cells_stand_at_the_median():
    signal = np.random.default_rng(0).normal(size=(12, 80)).astype(np.float32)
    cells = np.zeros((12, 10), dtype=bool)
    cells[3, 2] = True
    found = removal.flatten_cells(signal, cells, 8)
    changed = found != signal
    assert set(zip(*np.nonzero(changed), strict=True)) == {(3, k) for k in range(16, 24)}
    np.testing.assert_allclose(found[3, 16:24], np.median(signal[3]))


class HonestNetwork:
    """A stand-in whose evidence is the truth: every cell adds its mean voltage to the logit, nothing else does."""

    def __init__(self, card, scale=1.0):
        self.card = card
        self.bias = np.full(len(card.heads), 0.25, dtype=np.float32)
        self.scale = np.float32(scale)

    def run(self, ecg_mv, heads=None):
        cells = ecg_mv.reshape(len(ecg_mv), 12, -1, self.card.bin_samples).mean(axis=3)
        logits = self.bias + cells.sum(axis=(1, 2))[:, None] * np.ones(len(self.bias), dtype=np.float32)
        return logits, self.scale * np.repeat(cells[:, None], len(heads or [0]), axis=1)


def test_checks_call_honest_evidence_honest(classifier):
    record = np.random.default_rng(0).normal(size=(12, 800)).astype(np.float32)
    found = removal.take_away(HonestNetwork(classifier.card), record, 1, np.random.default_rng(0))
    assert found.additivity_error < 1e-3
    assert found.faithfulness == pytest.approx(1)
    assert found.strongest_fall > 10 * abs(found.random_fall)
    assert found.strongest_fall > 5 * max(map(abs, found.moved_fall))  # noise: the next cell holds nothing


def test_evidence_that_comes_a_bin_late_costs_more_where_it_is_not(classifier):
    record = np.abs(np.random.default_rng(0).normal(size=(12, 800))).astype(np.float32)

    class Late(HonestNetwork):
        def run(self, ecg_mv, heads=None):
            logits, evidence = super().run(ecg_mv, heads)
            return logits, np.roll(evidence, 1, axis=3)

    found = removal.take_away(Late(classifier.card), record, 1, np.random.default_rng(0))
    assert found.additivity_error < 1e-3  # sums do not see it
    assert found.moved_fall[0] > found.strongest_fall


def test_checks_call_lies_lies(classifier):
    record = np.random.default_rng(0).normal(size=(12, 800)).astype(np.float32)
    found = removal.take_away(HonestNetwork(classifier.card, -1.0), record, 1, np.random.default_rng(0))
    assert found.faithfulness == pytest.approx(-1)
    assert found.strongest_fall < 0
    assert found.additivity_error > 0.01


def test_only_what_helps_is_inserted(classifier):
    record = np.abs(np.random.default_rng(0).normal(size=(12, 800))).astype(np.float32)
    record[:, 400:] *= -1  # medians are near 0, so that flattening half a record takes nothing away
    found = removal.take_away(HonestNetwork(classifier.card), record, 1, np.random.default_rng(0))
    assert found.strongest_rise > 5 * abs(found.random_rise)


@pytest.mark.parametrize(("strong", "weak", "times"), [(1.0, 0.2, 5.0), (1.0, -0.1, None), (None, None, None)])
def test_times_random(strong, weak, times):
    found = removal.times_random({"mean": strong}, {"mean": weak})
    assert found == (pytest.approx(times) if times else None)


def test_checks_run_over_a_folder(folder, classifier):
    found = evidence_checks.check_evidence(folder, [9], classifier, records=2)
    assert found["classes"].keys() == {"MI", "CD"}
    assert found["classes"]["CD"]["additivity_error_max"] < 1e-5
    assert found["random_weights"]["classes"].keys() <= {"MI", "CD"}
    assert found["waves"].keys() == {"MI", "CD"}
    assert "CD" in evidence_checks.as_text(found)
    assert "planted" not in found


def test_command_compares_a_model_with_itself(folder, tmp_path, capsys):
    out = tmp_path / "checks.json"
    model = str(asset("model_assets"))
    options = ["--data", str(folder), "--folds", "9", "--records", "2", "--threads", "1", "--against", model]
    assert cli.check_evidence([*options, "--json", str(out)]) == 0
    assert "agreement with another model" in capsys.readouterr().out
    found = json.loads(out.read_text(encoding="utf-8"))["agreement"]
    assert found["against"]["sha256"] == load_card(asset("model_assets")).sha256
    for row in found["classes"].values():
        assert row["spearman"]["mean"] == pytest.approx(1)
        assert row["structural_similarity"]["mean"] == pytest.approx(1)


def test_similarity_of_unrelated_maps_is_near_nothing():
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, 12, 125))
    assert maps.structural_similarity(first, first) == pytest.approx(1)
    assert abs(maps.structural_similarity(first, second)) < 0.1
    assert maps.structural_similarity(first, -first) < -0.5
    # Only the pattern counts, not how strong the evidence is.
    assert maps.structural_similarity(first, 7 * first) == pytest.approx(1)


def test_shuffled_weights_are_the_same_numbers_in_another_order(classifier, tmp_path):
    import onnx
    from onnx import numpy_helper

    path = maps.shuffle_weights(classifier.card, tmp_path, 0)
    before, after = (onnx.load(str(p)).graph.initializer for p in (classifier.card.onnx_path, path))
    moved = 0
    for old, new in zip(before, after, strict=True):
        a, b = numpy_helper.to_array(old), numpy_helper.to_array(new)
        np.testing.assert_array_equal(np.sort(a, axis=None), np.sort(b, axis=None))
        moved += int((a != b).sum())
    assert moved > 1e5


def test_other_bins_cannot_be_compared(classifier):
    from dataclasses import replace

    from cardio_desktop.model.classifier import Classifier

    other = Classifier(replace(classifier.card, bin_s=0.16))
    with pytest.raises(CardioError, match="compare models with the same bins"):
        maps.check_agreement(classifier, other, np.zeros((1, 12, 1000)), np.zeros((1, 5), dtype=bool))


@pytest.fixture(scope="module")
def ludb(shared):
    return planted.healthy(read_ludb(shared / "ludb"))


def test_healthy_records_have_nothing_said_about_them(ludb):
    assert len(ludb) >= 10
    assert all(record.labels["rhythm"].startswith("Sinus") and not record.labels["ischemia"] for record in ludb)


@pytest.mark.parametrize("kind", planted.RELEVANT)
@pytest.mark.parametrize("group", planted.GROUPS, ids="-".join)
def test_findings_are_planted_where_they_are_said_to_be(ludb, kind, group):
    record = ludb[0]
    changed, stretches = planted.plant(record, kind, group)
    difference = changed - record.leads_mv
    touched = np.zeros(difference.shape, dtype=bool)
    for lead, first, last in stretches:
        touched[lead, first:last] = True
    assert not difference[~touched].any()
    # Einthoven's and Goldberger's laws hold for what was planted.
    one, two, three, avr, avl, avf = difference[:6]
    np.testing.assert_allclose(two - one, three, atol=1e-5)
    np.testing.assert_allclose(avr + avl + avf, 0, atol=1e-5)
    if kind.startswith("ST"):
        sign = 1 if kind == "ST elevation" else -1
        assert (sign * difference[LEADS12.index(group[0])]).max() == pytest.approx(0.35 if sign > 0 else 0.2, abs=0.01)
    leads = {LEADS12[k] for k in np.flatnonzero(difference.any(axis=1))}
    assert set(group) <= leads
    assert len(leads) <= 5


def test_an_inverted_t_is_the_mirror_image_about_its_line(ludb):
    record = ludb[0]
    beat = planted.marked_beats(record, "V4")[2]
    lead = record.leads_mv[LEADS12.index("V4")]
    first, added = planted.change_of("T inversion", lead, beat, record.rate_hz)
    line = np.linspace(lead[beat.t_on], lead[beat.t_off - 1], added.size)
    after = lead[first : first + added.size] + added
    np.testing.assert_allclose(after - line, line - lead[beat.t_on : beat.t_off], atol=1e-4)


def test_a_q_wave_lies_at_the_onset_and_lasts_forty_ms(ludb):
    record = ludb[0]
    beat = planted.marked_beats(record, "V2")[2]
    first, added = planted.change_of("Q wave", record.leads_mv[7], beat, record.rate_hz)
    assert added.size / record.rate_hz == pytest.approx(0.04)
    assert added.min() == pytest.approx(-0.35, abs=0.01)
    assert abs(first - beat.qrs_on) / record.rate_hz <= 0.01


class Seismograph:
    """A stand-in whose evidence in a cell is how far the voltages there go up and down; its logit is their sum."""

    def __init__(self, card):
        self.card, self.bias = card, np.zeros(len(card.heads), dtype=np.float32)

    def run(self, ecg_mv, heads=None):
        cells = np.abs(ecg_mv).reshape(len(ecg_mv), 12, -1, self.card.bin_samples).mean(axis=3)
        return cells.sum(axis=(1, 2))[:, None], np.repeat(cells[:, None], len(heads), axis=1)


def test_honest_evidence_rises_where_it_was_planted(ludb, classifier):
    found = planted.check_planted(Seismograph(classifier.card), ludb[:3])["kinds"]
    for kind in ("ST elevation", "Q wave"):
        row = found[kind]
        assert row["plantings"] == 9
        assert row["strongest_inside"] == 9
        assert row["share_of_rise_inside"]["mean"] > 0.95
        assert row["share_of_cells"] < 0.05
        assert abs(row["centre_error_ms"]["mean"]) < 40  # half a bin


def test_evidence_that_comes_late_is_told_in_milliseconds(ludb, classifier):
    class Late(Seismograph):
        def run(self, ecg_mv, heads=None):
            logits, evidence = super().run(ecg_mv, heads)
            return logits, np.roll(evidence, 2, axis=3)

    honest = planted.check_planted(Seismograph(classifier.card), ludb[:2])["kinds"]["Q wave"]
    late = planted.check_planted(Late(classifier.card), ludb[:2])["kinds"]["Q wave"]
    moved = late["centre_error_ms"]["mean"] - honest["centre_error_ms"]["mean"]
    assert moved == pytest.approx(2000 * classifier.card.bin_s, abs=25)
    assert late["strongest_inside"] < honest["strongest_inside"]


def test_planting_without_healthy_records_is_refused(classifier):
    with pytest.raises(CardioError, match="no healthy record"):
        planted.check_planted(classifier, [])
