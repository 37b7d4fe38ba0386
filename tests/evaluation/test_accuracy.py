"""Scoring a PTB-XL-shaped folder with the shipped network, and its tables by hand."""

import json
import shutil

import numpy as np
import pytest

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Tier
from cardio_desktop.evaluation import accuracy, cli, store, tiers
from cardio_desktop.model.calibration import fit_curve
from cardio_desktop.model.card import load_card
from cardio_desktop.model.metrics import macro_auc
from cardio_desktop.model.thresholds import choose_thresholds
from cardio_desktop.paths import asset


@pytest.fixture(scope="module")
def result(folder, classifier):
    return accuracy.evaluate(folder, [9], classifier)


def test_simulated_diseases_are_ranked(result):
    assert result["records"] == 30
    assert result["patients"] == 15
    assert result["classes"]["CD"]["cases"] == 10
    assert result["classes"]["CD"]["auc"] > 0.9
    assert result["macro_auc"] == pytest.approx(np.mean([result["classes"][c]["auc"] for c in ("NORM", "MI", "CD")]))
    low, high = result["macro_auc_interval"]
    assert low <= result["macro_auc"] <= high


def test_classes_without_cases_have_no_auc(result):
    assert result["classes"]["HYP"]["cases"] == 0
    assert np.isnan(result["classes"]["HYP"]["auc"])
    assert json.loads(json.dumps(store.rounded(result)))["classes"]["HYP"]["auc"] is None


def test_tier_table_counts_every_record_once(result):
    for row in result["tiers"]["share of class in tier"].values():
        total = {cell["of"] for cell in row.values()}
        assert sum(cell["n"] for cell in row.values()) == total.pop()
    everyone = result["tiers"]["share of class in tier"]["all"]
    with_disease = result["tiers"]["share of tier with any pathology"]
    for tier in ("Low", "Moderate", "High"):
        assert everyone[tier]["n"] == with_disease[tier]["of"]
        assert with_disease[tier]["n"] <= with_disease[tier]["of"]


def test_tier_table_by_hand(classifier):
    limits = classifier.card.thresholds
    over, under = min(1.0, limits.high_any + 0.01), 0.0
    probability = np.array([[0, over, 0, 0, 0], [1, under, 0, 0, 0], [0, under, 0, over, 0]])
    truth = np.array([[0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]], dtype=bool)
    table = tiers.tier_table(probability, truth, classifier.card, np.array([True, False, False]), np.full(3, 60.0))
    shares = table["share of class in tier"]
    assert shares["MI"]["High"]["n"] == 1
    assert (shares["NORM"]["Low"]["n"], shares["NORM"]["High"]["n"]) == (1, 1)
    assert shares["MI, likelihood 100"]["Low"]["share"] == 0
    assert table["share of tier with any pathology"]["High"]["share"] == 0.5


def test_thresholds_from_nine_tenths_are_nearer_to_those_of_all_than_those_from_half(classifier):
    rng = np.random.default_rng(2)
    count, ill = 2000, 540  # infarctions of the calibration fold
    truth = np.zeros((count, 5), dtype=bool)
    truth[:ill, 1], truth[ill:, 0] = True, True
    logits = rng.normal(0, 1, (count, 5)).astype(np.float32)
    logits[:, 2:] -= 6  # nothing else is ever found
    logits[:ill, 1] += 2.5
    patients, ages, nobody = np.arange(count) // 2, np.full(count, 60.0), np.zeros(count, dtype=bool)
    curves = [fit_curve(logits[:, k], truth[:, k]) for k in range(5)]
    own = np.stack([curve(logits[:, k]) for k, curve in enumerate(curves)], axis=1)
    shipped = choose_thresholds(own, truth, nobody)
    away = {}
    for parts in (2, 10):
        table = tiers.cross_fitted_tiers(logits, truth, nobody, patients, classifier.card, ages, parts=parts)
        assert len(table["thresholds"]) == table["parts"] == parts
        by_tier = table["share of class in tier"]["all"]
        assert sum(cell["n"] for cell in by_tier.values()) == count
        assert table["share of class in tier"]["MI"]["Low"]["n"] <= 0.01 * ill
        found = np.array([limits["low_mi"] for limits in table["thresholds"]])
        away[parts] = np.abs(np.log(found / shipped.low_mi)).mean()
    assert away[10] < 0.6 * away[2]


@pytest.mark.parametrize("seed", range(4))
def test_the_fast_auc_is_the_auc_of_the_drawn_records(seed):
    rng = np.random.default_rng(seed)
    truth, score = rng.random((50, 3)) < 0.4, rng.integers(0, 9, (50, 3)).astype(float)
    fast = accuracy.fast_macro_auc(truth, score)
    for _ in range(3):
        drawn = rng.integers(0, 50, 50)
        assert fast(drawn) == pytest.approx(macro_auc(truth[drawn], score[drawn]), abs=1e-12)


def test_text_names_model_classes_and_tiers(result):
    text = accuracy.as_text(result)
    for word in ("macro-AUC", "MI Myocardial infarction", "Moderate", "MI, likelihood 100", "cross-fitted"):
        assert word in text


def test_absent_folds_are_refused(folder, classifier):
    with pytest.raises(CardioError, match=r"no records of fold 4"):
        accuracy.evaluate(folder, [4], classifier)


def test_command_writes_json_and_card(folder, tmp_path, capsys):
    model = tmp_path / "model"
    shutil.copytree(asset("model_assets"), model)
    options = ["--data", str(folder), "--folds", "9", "--model", str(model), "--threads", "1"]
    assert cli.evaluate([*options, "--json", str(tmp_path / "out.json"), "--write-card"]) == 0
    assert "macro-AUC" in capsys.readouterr().out
    stored = load_card(model).raw["metrics"]["evaluation"]
    assert stored["command"].startswith("cardio-desktop evaluate --data")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["macro_auc"] == stored["macro_auc"]
    assert cli.evaluate([*options, "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 30


def test_command_says_what_is_wrong_in_one_sentence(tmp_path, capsys):
    assert cli.evaluate(["--data", str(tmp_path), "--folds", "9"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "point --data at a PTB-XL folder" in captured.err


def test_every_tier_has_a_column():
    assert [tier.value for tier in tiers.TIERS] == [t.value for t in Tier if t is not Tier.NOT_ASSESSED]
