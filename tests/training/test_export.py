"""From a checkpoint to a model folder: what ONNX computes is what torch means, and the card says what was measured."""

import json
from dataclasses import replace

import numpy as np
import onnxruntime
import pytest
import torch

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation import accuracy, noise_checks
from cardio_desktop.evaluation.cards.page import write_page
from cardio_desktop.evaluation.store import read_card, write_card
from cardio_desktop.model.card import load_card
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.training import dataset
from cardio_desktop.training.cli import parser
from cardio_desktop.training.ensemble import Ensemble
from cardio_desktop.training.export import calibrate, export, main, newest
from cardio_desktop.training.fit import FitConfig, fit
from cardio_desktop.training.mean import load_network
from cardio_desktop.training.measure import Checks
from cardio_desktop.training.network import Network, NetworkConfig
from cardio_desktop.training.noise import synthetic_bank
from cardio_desktop.training.onnx_file import export_onnx, export_variant
from cardio_desktop.training.random_labels import check_random_labels
from cardio_desktop.training.restore import restore


@pytest.fixture(scope="module")
def trained(ptbxl, tmp_path_factory):
    """A folder with the checkpoints of a very short training."""
    torch.set_num_threads(1)
    out = tmp_path_factory.mktemp("run")
    data = dataset.load(ptbxl, tmp_path_factory.mktemp("cache"), least_cases=10)
    shape = NetworkConfig(heads=len(data.heads), widths=(6, 8, 8, 8), gate_width=4)
    config = FitConfig(epochs=3, fine_epochs=0, batch=8, crop=200, masked=2, seed=3)
    fit(data, out, synthetic_bank(100), config, shape, say=lambda line: None)
    return out


@pytest.fixture(scope="module")
def whole(trained, tmp_path_factory):
    path = tmp_path_factory.mktemp("onnx") / "classifier.onnx"
    export_onnx(Ensemble([load_network(trained / "last.pt")[0]]), path)
    return path


def run(path, x, heads=None):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    feed = {"ecg": x.numpy()} | ({} if heads is None else {"heads": np.asarray(heads, dtype=np.int64)})
    return session.run(["logits", "evidence"], feed)


def test_onnx_evidence_is_the_grad_cam_of_autograd_without_relu(trained, whole):
    network, _ = load_network(trained / "last.pt")
    x = 0.3 * torch.randn(2, 12, 400, generator=torch.Generator().manual_seed(0))
    features = network.features(x)
    logits = network.lead_scores(features).sum(2) + network.bias
    heads = range(network.config.heads)
    found_logits, found = run(whole, x, list(heads))
    np.testing.assert_allclose(found_logits, logits.detach().numpy(), atol=1e-4)
    for head in heads:
        (gradient,) = torch.autograd.grad(logits[:, head].sum(), features, retain_graph=True)
        weights = gradient.mean(3, keepdim=True)  # Grad-CAM's pooled gradient, here by lead
        grad_cam = (weights * features).sum(1).detach().numpy()
        np.testing.assert_allclose(found[:, head], grad_cam, atol=1e-4)


@pytest.mark.parametrize(("precision", "error"), [("float16", 5e-3), ("int8", 0.1)])
def test_variants_compute_nearly_the_same_from_smaller_files(whole, tmp_path, precision, error):
    path = tmp_path / "small.onnx"
    export_variant(whole, path, precision)
    x = 0.3 * torch.randn(4, 12, 400, generator=torch.Generator().manual_seed(1))
    (logits, evidence), (small_logits, small_evidence) = run(whole, x), run(path, x)
    np.testing.assert_allclose(small_logits, logits, atol=error)
    np.testing.assert_allclose(small_evidence, evidence, atol=error)
    assert (small_logits != logits).any()
    assert path.stat().st_size < whole.stat().st_size


def test_an_unknown_precision_is_refused(whole, tmp_path):
    with pytest.raises(ValueError, match="precision is 'int4'"):
        export_variant(whole, tmp_path / "x.onnx", "int4")


@pytest.fixture(scope="module")
def exported(trained, ptbxl, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "model"
    with pytest.MonkeyPatch.context() as patch:  # intervals of a handful of draws: they only cost time here
        for module, name in ((accuracy, "REPEATS"), (accuracy, "FEW_REPEATS"), (noise_checks, "REPEATS")):
            patch.setattr(module, name, 20)
        export([trained], ptbxl, folder, Checks(against=None, records=3, threads=1))
    return folder


def test_the_folder_holds_network_variants_card_page_and_plot(exported):
    card = load_card(exported)
    names = {path.name for path in exported.iterdir()}
    assert {"classifier.onnx", "classifier-float16.onnx", "classifier-int8.onnx", "classifier.json"} <= names
    assert {"MODEL_CARD.md", "calibration.svg"} <= names
    assert not [name for name in names if name.endswith(".part")]
    assert set(card.raw["metrics"]) == {"evaluation", "checks", "noise"}
    for found in card.raw["metrics"].values():
        assert found["model"]["sha256"] == card.sha256
        assert found["command"].startswith("cardio-desktop ")
    flat = card.raw["metrics"]["noise"]["conditions"]
    assert {f"{lead} flat" for lead in LEADS12} <= flat.keys()


def test_the_card_tells_a_command_that_trains_the_network(exported):
    words = load_card(exported).raw["training"]["members"][0]["command"].split()
    assert words[:2] == ["cardio-desktop", "train"]
    args = parser().parse_args(words[2:])
    assert (args.epochs, args.fine_epochs, args.batch, args.crop, args.seed, args.masked) == (3, 0, 8, 200, 3, 2)
    assert args.widths == [6, 8, 8, 8]


def test_additivity_is_not_rounded_to_nothing(exported):
    for row in load_card(exported).raw["metrics"]["checks"]["classes"].values():
        assert 0 < row["additivity_error_max"] < 1e-4


def test_variants_are_loaded_by_name_and_their_cost_is_told(exported):
    x = 0.2 * np.random.default_rng(0).normal(size=(1, 12, 1000)).astype(np.float32)
    logits, _ = Classifier.load(exported, 1).run(x)
    for variant in load_card(exported).raw["variants"]:
        small = Classifier.load(exported, 1, variant["precision"])
        np.testing.assert_allclose(small.run(x)[0], logits, atol=0.2)
        assert abs(variant["loss_of_macro_auc"]) < 0.2
        assert variant["bytes"] == (exported / variant["file"]).stat().st_size
    with pytest.raises(CardioError, match="holds no network in int4"):
        Classifier.load(exported, 1, "int4")


def test_the_page_tells_what_was_tried(exported):
    page = (exported / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "## What was tried" not in page
    trials = [
        {"name": "gates alone", "macro_auc": 0.93642},
        {"name": "mixed | leads", "macro_auc": 0.9, "note": "late"},
    ]
    (exported / "trials.json").write_text(json.dumps(trials), encoding="utf-8")
    page = write_page(exported).read_text(encoding="utf-8")
    assert "| name | macro_auc | note |" in page
    assert "| gates alone | 0.9364 |  |" in page
    (exported / "trials.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CardioError, match="holds no list of objects"):
        write_page(exported)
    (exported / "trials.json").unlink()


def test_a_card_without_checks_has_a_page_too(exported, tmp_path):
    raw = read_card(exported)
    for path in exported.glob("*.onnx"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    write_card(raw | {"metrics": {}}, tmp_path)
    assert "## Data" in write_page(tmp_path).read_text(encoding="utf-8")
    assert not (tmp_path / "calibration.svg").exists()


def test_a_training_folder_stands_for_its_last_checkpoint(trained, tmp_path):
    assert newest(trained) == trained / "last.pt"
    (tmp_path / "epoch_02.pt").touch()
    (tmp_path / "epoch_10.pt").touch()
    assert newest(tmp_path).name == "epoch_10.pt"
    with pytest.raises(CardioError, match="no such checkpoint"):
        newest(tmp_path / "epoch_11.pt")


def test_the_command_says_what_is_missing(ptbxl, tmp_path, capsys):
    assert main(["--checkpoint", str(tmp_path), "--data", str(ptbxl), "--out", str(tmp_path / "m")]) == 1
    assert "no such checkpoint" in capsys.readouterr().err


def test_rare_statements_share_a_line_and_useless_heads_say_the_share():
    rng = np.random.default_rng(0)
    heads = ("NORM", "MI", "STTC", "CD", "HYP", "RARE", "OTHER", "NORM")
    labels = (rng.random((3000, 8)) < 0.3).astype(np.float32)
    labels[:, 5] = np.arange(3000) < 5
    labels[:, 6] = np.arange(3000) < 9
    logits = (2 * labels - 1 + rng.normal(0, 1, labels.shape)).astype(np.float32)
    logits[:, 4] *= -1  # learnt the wrong way round
    found = calibrate(logits, labels, heads)
    assert found["RARE"] == found["OTHER"]
    assert found["HYP"](np.array([-5.0, 5.0])) == pytest.approx([labels[:, 4].mean()] * 2, abs=0.01)
    assert (np.diff(found["MI"](np.linspace(-4, 4, 50))) > 0).all()


def test_shuffled_labels_are_compared_with_true_ones(ptbxl, tmp_path):
    torch.set_num_threads(1)
    found = check_random_labels(ptbxl, tmp_path, records=32, epochs=1, batch=8)
    assert found["trained_on"] == 32
    assert found["macro_auc"].keys() == {"true", "shuffled"}
    for row in found["classes"].values():
        assert -1 <= row["spearman"]["mean"] <= 1


def test_several_checkpoints_ship_as_their_mean_with_an_exact_split(trained, ptbxl, tmp_path):
    checkpoints = [trained / "epoch_01.pt", trained / "epoch_03.pt"]
    folder = export(checkpoints, ptbxl, tmp_path / "model").parent
    members = [load_network(path)[0] for path in checkpoints]
    x = 0.3 * torch.randn(3, 12, 400, generator=torch.Generator().manual_seed(2))
    logits, evidence = run(folder / "classifier.onnx", x, range(members[0].config.heads))
    with torch.no_grad():
        alone = torch.stack([member(x) for member in members])
        bias = torch.stack([member.bias for member in members]).mean(0)
    assert (alone[0] - alone[1]).abs().max() > 1e-2  # two networks indeed
    np.testing.assert_allclose(logits, alone.mean(0).numpy(), atol=1e-4)
    np.testing.assert_allclose(bias.numpy() + evidence.sum(axis=(2, 3)), logits, atol=1e-4)
    card = load_card(folder).raw
    assert [member["epoch"] for member in card["training"]["members"]] == [1, 3]
    heads = tuple(card["classes"]) + tuple(s["code"] for s in card["statements"])
    restored, origin = restore(folder, x, heads, member=1)
    assert origin["member"] == 1
    with torch.no_grad():
        np.testing.assert_allclose(restored(x).numpy(), alone[1].numpy(), atol=1e-3)


def test_networks_with_other_bins_are_not_averaged(trained):
    network, _ = load_network(trained / "last.pt")
    finer = Network(replace(network.config, stem_stride=1))
    with pytest.raises(ValueError, match="bins"):
        Ensemble([network, finer])
