"""The refitted head: better labels, the same network before it, and evidence that still adds up."""

import json

import numpy as np
import pytest
import torch

from cardio_desktop.training import dataset
from cardio_desktop.training.cli import main
from cardio_desktop.training.config import FitConfig
from cardio_desktop.training.export import export
from cardio_desktop.training.fit import fit, predict
from cardio_desktop.training.head import Cells, HeadConfig, Pooled, fit_head, refit_head
from cardio_desktop.training.loss import focal_loss
from cardio_desktop.training.mean import load_network, mean_network, settle_norms
from cardio_desktop.training.network import NetworkConfig
from cardio_desktop.training.noise import synthetic_bank


@pytest.fixture(scope="module")
def data(ptbxl, tmp_path_factory):
    return dataset.load(ptbxl, tmp_path_factory.mktemp("cache"), least_cases=10)


@pytest.fixture(scope="module")
def checkpoint(data, tmp_path_factory):
    torch.set_num_threads(1)
    shape = NetworkConfig(heads=len(data.heads), widths=(4, 6, 8, 8), gate_width=4)
    config = FitConfig(epochs=1, fine_epochs=0, batch=8, crop=200, masked=2, altered=2, locality=0.1)
    return fit(data, tmp_path_factory.mktemp("run"), synthetic_bank(100), config, shape, say=lambda line: None)


def test_the_refit_changes_the_head_alone_and_lowers_the_loss(data, checkpoint, tmp_path):
    config = HeadConfig(epochs=30, batch=16, rate=0.02, pairs=16, crop=200)
    path = refit_head([checkpoint], data, tmp_path, synthetic_bank(100), config)
    before, _ = load_network(checkpoint)
    after, state = load_network(path)
    for name, value in before.state_dict().items():
        if name not in ("weight", "bias"):
            assert torch.equal(value, after.state_dict()[name]), name
    truth = torch.from_numpy(data.train.labels)
    losses = [float(focal_loss(torch.from_numpy(predict(n, data.train)), truth, 1.0).mean()) for n in (before, after)]
    assert losses[1] < 0.7 * losses[0]
    assert state["head_refitted"]["epochs"] == 30
    assert state["validation"]["epoch"] == 1
    again = refit_head([checkpoint], data, tmp_path / "again", synthetic_bank(100), config)
    assert torch.equal(load_network(again)[0].weight, after.weight)


def test_consistency_prefers_the_lead_that_is_there_when_another_is_blank():
    """Two leads say the same; one of them changes as soon as a third is blank, as a gate would have it."""
    rng = np.random.default_rng(0)
    labels = (rng.random((400, 5)) < 0.5).astype(np.float32)
    sign = torch.from_numpy(2 * labels[:, 1] - 1)
    whole = torch.zeros(400, 1, 12)
    whole[:, 0, 0] = sign + 0.1
    whole[:, 0, 1] = sign + 0.1
    whole[:, 0, 2] = 0.1
    blank = whole.clone()
    blank[:, 0, 2] = 0
    blank[:, 0, 1] *= 0.2
    kept = torch.ones(400, 12)
    kept[:, 2] = 0
    pooled = Pooled(whole, torch.arange(400), blank, kept)
    shares = []
    for consistency in (0.0, 3.0):
        config = HeadConfig(epochs=60, batch=100, rate=0.05, weight_decay=0.0, consistency=consistency, locality=0.0)
        weight, _ = fit_head(torch.zeros(5, 1, 12), torch.zeros(5), pooled, None, labels, config)
        shares.append(float(weight[1, 0, 1].abs() / weight[1, 0, :2].abs().sum()))
    assert shares[1] < 0.5 * shares[0]


def test_locality_turns_from_the_channel_that_hears_its_neighbours():
    rng = np.random.default_rng(1)
    labels = (rng.random((200, 5)) < 0.5).astype(np.float32)
    sign = torch.from_numpy(2 * labels[:, 1] - 1)
    whole = torch.zeros(200, 2, 12)
    whole[:, :, 0] = sign[:, None]
    pooled = Pooled(whole, torch.zeros(0, dtype=torch.long), torch.zeros(0, 2, 12), torch.zeros(0, 12))
    before = torch.ones(20, 2, 12, 10)
    after = before.clone()
    after[:, 1] += 0.5 * torch.randn(20, 12, 10)
    pairs = Cells(before.half(), after.half(), torch.ones(20, 12, 10), torch.ones(20, 12, 10))
    config = HeadConfig(epochs=60, batch=50, rate=0.05, weight_decay=0.0, locality=1.0)
    weight, _ = fit_head(torch.zeros(5, 2, 12), torch.zeros(5), pooled, pairs, labels, config)
    assert float(weight[1, 0, 0]) > 3 * float(weight[1, 1, 0].abs())


def test_no_weight_is_larger_than_the_spread_of_its_feature_justifies():
    """A channel that hardly varies follows the labels all the same; no weight may make up for what it lacks."""
    rng = np.random.default_rng(2)
    labels = (rng.random((400, 5)) < 0.5).astype(np.float32)
    spreads = torch.tensor([1.0, 0.1, 1e-3, 0.0])
    sign = torch.from_numpy(2 * labels[:, 1] - 1)
    whole = (sign[:, None] + torch.from_numpy(rng.standard_normal((400, 4)).astype(np.float32))) * spreads
    pooled = Pooled(
        whole[:, :, None].repeat(1, 1, 12), torch.zeros(0, dtype=torch.long), torch.zeros(0, 4, 12), torch.zeros(0, 12)
    )
    config = HeadConfig(epochs=60, batch=100, weight_decay=0.0, locality=0.0)
    weight, _ = fit_head(torch.zeros(5, 4, 12), torch.zeros(5), pooled, None, labels, config)
    # AdamW moves a weight by at most about its rate in each step; the rate falls as a half cosine, to half on average.
    most = 0.5 * config.rate * config.epochs * 4
    size = pooled.whole.std(0).clamp_min(config.least_spread)
    assert (weight.abs() * size <= 1.5 * most).all()
    by_channel = weight.abs().amax((0, 2))
    assert by_channel[0] > 0
    assert (by_channel[2:] <= 1.5 * most / config.least_spread).all()
    # Told in what is shown: over its usual range such a channel moves no score as far as one that varies does.
    assert by_channel[2] * spreads[2] < 0.1 * by_channel[0] * spreads[0]
    assert by_channel[3] == 0


def test_the_command_refits_and_exports(ptbxl, tmp_path):
    options = ["--data", str(ptbxl), "--cache", str(tmp_path), "--limit", "32", "--threads", "1", "--device", "cpu"]
    train = ["--epochs", "1", "--fine-epochs", "0", "--batch", "8", "--crop", "200", "--widths", "4", "4", "4", "4"]
    assert main([*options, *train, "--out", str(tmp_path / "run")]) == 0
    refit = ["--refit-head", str(tmp_path / "run" / "last.pt"), "--head-locality", "0.1"]
    assert main([*options, *refit, "--out", str(tmp_path / "head")]) == 0
    card = (tmp_path / "head" / "model" / "classifier.json").read_text(encoding="utf-8")
    assert "--refit-head DIR/last.pt --head-locality 0.1" in card


@pytest.fixture(scope="module")
def further(data, checkpoint, tmp_path_factory):
    shape = NetworkConfig(heads=len(data.heads), widths=(4, 6, 8, 8), gate_width=4)
    config = FitConfig(epochs=1, fine_epochs=0, batch=8, crop=200, masked=0, rate=3e-4, seed=5)
    out = tmp_path_factory.mktemp("further")
    return fit(data, out, synthetic_bank(100), config, shape, start=[checkpoint], say=lambda line: None)


def test_a_mean_lies_where_its_members_are_counted_and_says_what_it_is(checkpoint, further):
    near, far = (load_network(path)[0].state_dict() for path in (checkpoint, further))
    mean, state = mean_network([checkpoint, checkpoint, checkpoint, further])
    name = "blocks.2.first.weight"
    torch.testing.assert_close(mean.state_dict()[name], 0.75 * near[name] + 0.25 * far[name])
    assert not torch.equal(near[name], far[name])
    assert len(state["mean_of"]) == 4
    assert state["mean_of"][3]["started_from"]["fit"]["locality"] == 0.1


def test_settled_norms_see_their_own_signals(data, checkpoint, further):
    network, _ = mean_network([checkpoint, further])
    norm = network.blocks[0].first_norm
    norm.running_mean.add_(100.0)
    settle_norms(network, data.train, synthetic_bank(100))
    assert norm.running_mean.abs().max() < 20
    seen = []
    hook = norm.register_forward_hook(lambda _module, inputs, _output: seen.append(inputs[0]))
    with torch.no_grad():
        network.features(torch.from_numpy(data.train.ecg_mv(slice(0, 32))))
    hook.remove()
    assert (seen[0].mean((0, 2, 3)) - norm.running_mean).abs().max() < 0.5 * seen[0].std()
    assert not network.training
    assert norm.momentum == 0.1


def test_the_head_of_a_mean_is_refitted_and_its_card_says_so(data, checkpoint, further, ptbxl, tmp_path):
    config = HeadConfig(epochs=1, batch=16, pairs=16, crop=200, waves=0.5)
    path = refit_head([checkpoint, further], data, tmp_path, synthetic_bank(100), config)
    card = json.loads(export([path], ptbxl, tmp_path / "model").read_text(encoding="utf-8"))
    member = card["training"]["members"][0]
    assert "--refit-head DIR/last.pt CHECKPOINT --head-waves 0.5" in member["command"]
    assert [origin["epoch"] for origin in member["mean_of"]] == [1, 1]


def test_networks_of_other_shapes_have_no_mean(data, checkpoint, tmp_path):
    shape = NetworkConfig(heads=len(data.heads), widths=(4, 6, 8, 12), gate_width=4)
    config = FitConfig(epochs=1, fine_epochs=0, batch=8, crop=200, masked=0)
    other = fit(data, tmp_path, synthetic_bank(100), config, shape, say=lambda line: None)
    with pytest.raises(SystemExit, match="another shape"):
        mean_network([checkpoint, other])
