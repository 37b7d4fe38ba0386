"""Scoring a PTB-XL-shaped folder with the shipped network, and its tables by hand."""

import json
import shutil

import numpy as np
import pytest

from cardio_desktop import evaluate, evidence_checks
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.model.card import load_card
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import macro_auc
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate

KINDS = {"normal": "{'NORM': 100.0}", "anterior-mi": "{'ASMI': 100.0}", "lbbb": "{'CLBBB': 100.0}"}
STATEMENTS = """,description,diagnostic,diagnostic_class
NORM,normal ECG,1.0,NORM
ASMI,anteroseptal infarction,1.0,MI
CLBBB,left bundle branch block,1.0,CD
SR,sinus rhythm,,
"""


@pytest.fixture(scope="module")
def classifier():
    return Classifier.load(asset("model_assets"), threads=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Thirty simulated records in fold 9."""
    made = tmp_path_factory.mktemp("ptbxl")
    (made / "scp_statements.csv").write_text(STATEMENTS, encoding="utf-8")
    rows = ["ecg_id,patient_id,age,sex,scp_codes,strat_fold,filename_lr"]
    rng = np.random.default_rng(0)
    for ecg_id in range(30):
        kind = list(KINDS)[ecg_id % 3]
        signal = simulate(kind, rate_hz=100.0, seed=ecg_id // 3).clean_mv + rng.normal(0, 0.01, (12, 1000))
        base = made / f"{ecg_id:05d}_lr"
        np.rint(1000 * signal.T).astype("<i2").tofile(base.with_suffix(".dat"))
        lines = [f"{base.name} 12 100 1000"] + [f"{base.name}.dat 16 1000/mV 16 0 0 0 0 {lead}" for lead in LEADS12]
        base.with_suffix(".hea").write_text("\n".join(lines) + "\n", encoding="ascii")
        rows.append(f'{ecg_id},{ecg_id // 2},60,0,"{KINDS[kind]}",9,{base.name}')
    (made / "ptbxl_database.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def result(folder, classifier):
    return evaluate.evaluate(folder, [9], classifier)


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
    assert json.loads(json.dumps(evaluate.rounded(result)))["classes"]["HYP"]["auc"] is None


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
    table = evaluate.tier_table(probability, truth, classifier, np.array([True, False, False]))
    shares = table["share of class in tier"]
    assert shares["MI"]["High"]["n"] == 1
    assert (shares["NORM"]["Low"]["n"], shares["NORM"]["High"]["n"]) == (1, 1)
    assert shares["MI, likelihood 100"]["Low"]["share"] == 0
    assert table["share of tier with any pathology"]["High"]["share"] == 0.5


@pytest.mark.parametrize("seed", range(4))
def test_the_fast_auc_is_the_auc_of_the_drawn_records(seed):
    rng = np.random.default_rng(seed)
    truth, score = rng.random((50, 3)) < 0.4, rng.integers(0, 9, (50, 3)).astype(float)
    fast = evaluate.fast_macro_auc(truth, score)
    for _ in range(3):
        drawn = rng.integers(0, 50, 50)
        assert fast(drawn) == pytest.approx(macro_auc(truth[drawn], score[drawn]), abs=1e-12)


def test_text_names_model_classes_and_tiers(result):
    text = evaluate.as_text(result)
    for word in ("macro-AUC", "MI Myocardial infarction", "Moderate", "MI, likelihood 100", "cross-fitted"):
        assert word in text


def test_absent_folds_are_refused(folder, classifier):
    with pytest.raises(CardioError, match=r"no records of fold \[4\]"):
        evaluate.evaluate(folder, [4], classifier)


def test_command_writes_json_and_card(folder, tmp_path, capsys):
    model = tmp_path / "model"
    shutil.copytree(asset("model_assets"), model)
    options = ["--data", str(folder), "--folds", "9", "--model", str(model), "--threads", "1"]
    assert evaluate.main([*options, "--json", str(tmp_path / "out.json"), "--write-card"]) == 0
    assert "macro-AUC" in capsys.readouterr().out
    stored = load_card(model).raw["metrics"]["evaluation"]
    assert stored["command"].startswith("cardio-desktop evaluate --data")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["macro_auc"] == stored["macro_auc"]
    assert evaluate.main([*options, "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 30


def test_command_says_what_is_wrong_in_one_sentence(tmp_path, capsys):
    assert evaluate.main(["--data", str(tmp_path), "--folds", "9"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "point --data at a PTB-XL folder" in captured.err


def test_flattened_cells_stand_at_the_median():
    signal = np.random.default_rng(0).normal(size=(12, 80)).astype(np.float32)
    cells = np.zeros((12, 10), dtype=bool)
    cells[3, 2] = True
    found = evidence_checks.flatten_cells(signal, cells, 8)
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
    found = evidence_checks.take_away(HonestNetwork(classifier.card), record, 1, np.random.default_rng(0))
    assert found.additivity_error < 1e-3
    assert found.faithfulness == pytest.approx(1)
    assert found.strongest_fall > 10 * abs(found.random_fall)


def test_checks_call_lies_lies(classifier):
    record = np.random.default_rng(0).normal(size=(12, 800)).astype(np.float32)
    found = evidence_checks.take_away(HonestNetwork(classifier.card, -1.0), record, 1, np.random.default_rng(0))
    assert found.faithfulness == pytest.approx(-1)
    assert found.strongest_fall < 0
    assert found.additivity_error > 0.01


def test_checks_run_over_a_folder(folder, classifier):
    found = evidence_checks.check(folder, [9], classifier, records=2)
    assert found["classes"].keys() == {"MI", "CD"}
    assert found["classes"]["CD"]["additivity_error_max"] < 1e-5
    assert found["missing"]["one_lead"].keys() == set(LEADS12)
    assert "CD" in evidence_checks.as_text(found)


def test_every_tier_has_a_column():
    assert [tier.value for tier in evaluate.TIERS] == [t.value for t in Tier if t is not Tier.NOT_ASSESSED]
