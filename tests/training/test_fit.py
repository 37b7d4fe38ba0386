"""A whole tiny training: learns, survives a kill, exports what torch computes."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from cardio_desktop.core.errors import ReadError
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.training import dataset
from cardio_desktop.training.cli import main
from cardio_desktop.training.config import FitConfig
from cardio_desktop.training.ensemble import Ensemble
from cardio_desktop.training.export import export, export_onnx
from cardio_desktop.training.fit import fit, learning_rate, teach
from cardio_desktop.training.loss import Batch, batch_loss, focal_loss, mix
from cardio_desktop.training.mean import load_network
from cardio_desktop.training.network import Network, NetworkConfig
from cardio_desktop.training.noise import synthetic_bank
from cardio_desktop.training.restore import restore

FIT = FitConfig(epochs=2, fine_epochs=1, batch=8, crop=200, masked=2, seed=3)


@pytest.fixture(scope="module")
def data(ptbxl, tmp_path_factory):
    return dataset.load(ptbxl, tmp_path_factory.mktemp("cache"), least_cases=10)


@pytest.fixture(scope="module")
def bank():
    return synthetic_bank(100)


@pytest.fixture(scope="module")
def shape(data):
    return NetworkConfig(heads=len(data.heads), widths=(4, 6, 8, 8), gate_width=4)


@pytest.fixture(scope="module")
def trained(data, bank, shape, tmp_path_factory):
    torch.set_num_threads(1)
    out = tmp_path_factory.mktemp("run")
    fit(data, out, bank, FIT, shape, say=lambda line: None)
    return out


def rows(out):
    with (out / "log.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_labels_follow_the_published_rule(data):
    assert data.heads == ("NORM", "MI", "STTC", "CD", "HYP", "NORM", "ASMI", "CLBBB", "SR")
    assert data.train.labels.shape == (63, 9)
    # Every record has one disease or none; ASMI is an infarction, CLBBB a conduction disturbance, SR is neither.
    np.testing.assert_array_equal(data.train.labels[:, 1], data.train.labels[:, 6])
    np.testing.assert_array_equal(data.train.labels[:, 3], data.train.labels[:, 7])
    np.testing.assert_array_equal(data.train.labels[:, :5].sum(axis=1), 1)


def test_crops_are_stretches_of_the_record_in_mv(data):
    rng = np.random.default_rng(0)
    chosen = np.array([3, 5])
    crops = data.train.crops(chosen, 200, rng)
    for row, crop in zip(chosen, crops, strict=True):
        whole = data.train.ecg_mv(slice(row, row + 1))[0]
        assert any(np.array_equal(whole[:, k : k + 200], crop) for k in range(801))
    assert 0.2 < np.abs(crops).max() < 5


def test_an_epoch_sees_each_record_at_most_once():
    seen = np.concatenate(list(dataset.shuffled_batches(70, 16, np.random.default_rng(0))))
    assert len(seen) == 64
    assert len(set(seen.tolist())) == 64


def test_focal_loss_by_hand():
    # p = 0.8 for a case: -(1 - 0.8) ln 0.8; gamma 0 is plain cross entropy.
    logit, case = torch.tensor([np.log(4.0)]), torch.ones(1, dtype=torch.float64)
    assert float(focal_loss(logit, case, 1.0)[0]) == pytest.approx(0.2 * -np.log(0.8), rel=1e-5)
    assert float(focal_loss(logit, case, 0.0)[0]) == pytest.approx(-np.log(0.8), rel=1e-5)


def test_learning_rate_rises_falls_and_starts_again_low():
    config = FitConfig(epochs=10, fine_epochs=2)
    rates = [learning_rate(step, 100, config) for step in range(1200)]
    assert max(rates) == pytest.approx(config.rate, rel=1e-3)
    assert np.argmax(rates) == pytest.approx(300, abs=2)
    assert rates[999] < 0.01 * config.rate
    assert max(rates[1000:]) == pytest.approx(config.fine_rate)
    assert rates[-1] < 0.01 * config.fine_rate


def test_a_teacher_counts_where_it_knows_the_head(shape):
    torch.manual_seed(0)
    network = Network(shape).eval()
    x, labels = 0.3 * torch.randn(4, 12, 200), torch.zeros(4, shape.heads)
    config = FitConfig(soft_weight=1.0)
    unknown = batch_loss(network, Batch(x, labels, torch.full((4, shape.heads), torch.nan)), config)
    torch.testing.assert_close(unknown, batch_loss(network, Batch(x, labels), config))
    # A teacher that agrees with the network is a minimum: the gradient at its opinion is nothing.
    soft = network(x).sigmoid().detach()
    batch_loss(network, Batch(x, labels, soft), config).backward()
    assert float(network.bias.grad.abs().max()) < 1e-7


def test_mixing_two_records_mixes_their_labels_alike():
    x, labels = torch.randn(8, 12, 40), torch.eye(8)
    mixed = mix(Batch(x, labels), 0.4, np.random.default_rng(1))
    torch.testing.assert_close(mixed.labels.sum(1), torch.ones(8))
    torch.testing.assert_close(mixed.ecg_mv, torch.einsum("nk,klt->nlt", mixed.labels, x))


def test_a_mixed_teacher_learns_and_teaches(data, bank, shape, tmp_path):
    mixed = replace(shape, mixed=True, strides=(2, 2, 1, 1))
    config = replace(FIT, epochs=1, fine_epochs=0, masked=0, mixup=0.3, gamma=0.0)
    last = fit(data, tmp_path / "teacher", bank, config, mixed, say=lambda line: None)
    soft = teach([last, last], data)
    network, _ = load_network(last)
    with torch.no_grad():
        expected = network(torch.from_numpy(data.train.ecg_mv(slice(0, 4)))).sigmoid()
    np.testing.assert_allclose(soft[:4], expected.numpy(), atol=1e-5)
    taught = fit(
        data,
        tmp_path / "pupil",
        bank,
        replace(FIT, epochs=1, fine_epochs=0, soft_weight=0.5),
        shape,
        teachers=[last],
        say=lambda line: None,
    )
    assert load_network(taught)[1]["taught_by"][0]["epoch"] == 1


def test_log_and_checkpoints(trained):
    log = rows(trained)
    assert [(row["epoch"], row["round"]) for row in log] == [("1", "main"), ("2", "main"), ("3", "fine")]
    assert all(0 <= float(row["macro_auc"]) <= 1 for row in log)
    assert sorted(path.name for path in trained.glob("epoch_*.pt")) == ["epoch_01.pt", "epoch_02.pt", "epoch_03.pt"]
    assert not list(trained.glob("*.part"))
    assert (trained / "log.png").read_bytes().startswith(b"\x89PNG")


def test_checkpoints_hold_no_code(trained):
    state = torch.load(trained / "last.pt", weights_only=True)
    assert state["heads"][:5] == ["NORM", "MI", "STTC", "CD", "HYP"]


def test_a_killed_run_resumes_to_the_same_weights(trained, data, bank, shape, tmp_path):
    class KilledError(Exception):
        pass

    def kill(line):
        if line.startswith("epoch 2/"):
            raise KilledError

    with pytest.raises(KilledError):
        fit(data, tmp_path, bank, FIT, shape, say=kill)
    said = []
    fit(data, tmp_path, bank, FIT, shape, resume=True, say=said.append)
    assert said[0] == "resuming after epoch 1"
    whole, _ = load_network(trained / "epoch_03.pt")
    resumed, _ = load_network(tmp_path / "epoch_03.pt")
    for name, value in whole.state_dict().items():
        torch.testing.assert_close(value, resumed.state_dict()[name], msg=name, atol=1e-6, rtol=1e-5)
    assert [row["epoch"] for row in rows(tmp_path)] == ["1", "2", "3"]


def test_resuming_with_other_settings_is_refused(trained, data, bank, shape):
    with pytest.raises(SystemExit, match="other settings"):
        fit(data, trained, bank, FitConfig(epochs=2, fine_epochs=1, batch=8, seed=4), shape, resume=True)


def test_a_run_can_start_from_another(trained, data, bank, shape, tmp_path):
    still = FitConfig(epochs=1, fine_epochs=0, batch=8, crop=200, masked=2, seed=3, rate=0.0)
    fit(data, tmp_path, bank, still, shape, start=[trained / "epoch_03.pt"], say=lambda line: None)
    begun, _ = load_network(trained / "epoch_03.pt")
    network, state = load_network(tmp_path / "epoch_01.pt")
    torch.testing.assert_close(network.weight, begun.weight)
    assert state["started_from"]["epoch"] == 3


def test_a_run_can_start_from_the_mean_of_several(trained, data, bank, shape, ptbxl, tmp_path):
    still = FitConfig(epochs=1, fine_epochs=0, batch=8, crop=200, masked=2, seed=3, rate=0.0)
    begun = [trained / "epoch_01.pt", trained / "epoch_03.pt"]
    last = fit(data, tmp_path / "mean", bank, still, shape, start=begun, say=lambda line: None)
    first, second = (load_network(path)[0] for path in begun)
    network, state = load_network(last)
    torch.testing.assert_close(network.weight, (first.weight + second.weight) / 2)
    assert not torch.equal(first.weight, second.weight)
    assert [origin["epoch"] for origin in state["started_from"]["mean_of"]] == [1, 3]
    card = json.loads(export([last], ptbxl, tmp_path / "model").read_text(encoding="utf-8"))
    assert "--start CHECKPOINT CHECKPOINT" in card["training"]["members"][0]["command"]


def test_a_shipped_model_can_be_trained_further(trained, data, ptbxl, shape, tmp_path):
    folder = export([trained / "last.pt"], ptbxl, tmp_path / "model").parent
    records = torch.from_numpy(data.train.ecg_mv(slice(0, 16)))
    network, _ = load_network(trained / "last.pt")
    heads = (*data.heads, "XYZ")  # a statement that the shipped model does not know
    restored, origin = restore(folder, records, heads)
    assert origin["sha256"] == Classifier.load(folder).card.sha256
    with torch.no_grad():
        torch.testing.assert_close(restored(records)[:, :-1], network(records), atol=1e-4, rtol=1e-4)
        # In training the norms follow the batch: on the very records that set them nothing changes.
        restored.train()
        for module in restored.modules():
            if isinstance(module, torch.nn.Dropout2d):
                module.eval()
        torch.testing.assert_close(restored(records)[:, :-1], network(records), atol=2e-2, rtol=2e-2)


def test_the_command_begins_with_a_model_folder_or_a_checkpoint_and_hears_its_teachers(trained, ptbxl, tmp_path):
    folder = export([trained / "last.pt"], ptbxl, tmp_path / "model").parent
    options = ["--data", str(ptbxl), "--cache", str(tmp_path), "--epochs", "1", "--fine-epochs", "0", "--batch", "8"]
    options += ["--crop", "200", "--threads", "1", "--widths", "4", "6", "8", "8", "--limit", "32", "--device", "cpu"]
    begun = tmp_path / "begun"
    with pytest.raises(SystemExit, match="network of another shape"):
        main([*options, "--out", str(begun), "--start", str(folder)])
    small = tmp_path / "small"
    assert main([*options, "--out", str(small)]) == 0
    assert (
        main([*options, "--out", str(begun), "--start", str(small / "model"), "--teachers", str(small / "last.pt")])
        == 0
    )
    _, state = load_network(begun / "last.pt")
    assert state["started_from"]["sha256"] == Classifier.load(small / "model").card.sha256
    assert [teacher["epoch"] for teacher in state["taught_by"]] == [1]
    assert state["fit"]["soft_weight"] == 0.5
    command = json.loads((begun / "model" / "classifier.json").read_text(encoding="utf-8"))["training"]["members"][0]
    assert "--teachers CHECKPOINT" in command["command"]


def test_onnx_computes_what_torch_computes(trained, tmp_path):
    import onnxruntime

    network, _ = load_network(trained / "last.pt")
    path = tmp_path / "network.onnx"
    export_onnx(Ensemble([network]), path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    network, _ = load_network(trained / "last.pt")
    for records, samples in ((1, 1000), (3, 504), (2, 40)):
        x = 0.3 * torch.randn(records, 12, samples)
        x[0, 3] = 0
        with torch.no_grad():
            logits, evidence = network(x), network.evidence(network.features(x), slice(None))
        found_logits, found_evidence = session.run(["logits", "evidence"], {"ecg": x.numpy()})
        np.testing.assert_allclose(found_logits, logits.numpy(), atol=1e-4)
        np.testing.assert_allclose(found_evidence, evidence[:, :5].numpy(), atol=1e-4)
        chosen = np.array([7, 6], dtype=np.int64)
        found = session.run(["evidence"], {"ecg": x.numpy(), "heads": chosen})[0]
        np.testing.assert_allclose(found, evidence[:, chosen].numpy(), atol=1e-4)


def test_the_exported_folder_loads_and_is_calibrated(trained, ptbxl, tmp_path):
    card_path = export([trained / "last.pt"], ptbxl, tmp_path / "model")
    classifier = Classifier.load(card_path.parent, threads=1)
    raw = json.loads(card_path.read_text(encoding="utf-8"))
    assert raw["training"]["members"][0]["epoch"] == 3
    assert raw["calibration"]["CD"] != {"slope": 1.0, "offset": 0.0}
    prediction, evidence = classifier.predict(0.2 * np.random.default_rng(0).normal(size=(12, 1000)), 100)
    total = evidence.bias + evidence.values.sum(axis=(1, 2), dtype=np.float64)
    np.testing.assert_allclose(total, evidence.logit, atol=1e-5)
    assert {s.code for s in prediction.statements} == set(classifier.card.statements)


def test_the_command_trains_and_exports(ptbxl, tmp_path, capsys):
    options = ["--epochs", "1", "--fine-epochs", "0", "--batch", "8", "--crop", "200", "--threads", "1"]
    small = ["--widths", "4", "4", "4", "4", "--limit", "32"]
    assert main(["--data", str(ptbxl), "--out", str(tmp_path), *options, *small]) == 0
    assert (tmp_path / "model" / "classifier.onnx").is_file()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "loss" in captured.err
    assert "macro_auc" in captured.err


def test_a_folder_that_is_not_ptbxl_is_refused(tmp_path):
    with pytest.raises(ReadError, match="point --data at a PTB-XL folder"):
        dataset.load(tmp_path, tmp_path)
