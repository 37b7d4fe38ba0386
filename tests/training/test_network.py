"""The network keeps leads apart and splits every logit exactly."""

import numpy as np
import pytest
import torch

from cardio_desktop.training.network import LeadGate, Network, NetworkConfig

CONFIG = NetworkConfig(heads=7, widths=(4, 6, 8, 8), gate_width=4)


@pytest.fixture
def network():
    torch.manual_seed(0)
    made = Network(CONFIG)
    for module in made.modules():  # untrained gates and running statistics would hide faults
        if isinstance(module, LeadGate):
            torch.nn.init.normal_(module.excite.weight, std=0.5)
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    made.lead_offset.data.normal_(0, 0.2)
    made.bias.data.normal_(0, 1)
    return made.eval()


@pytest.fixture
def ecg_mv():
    return 0.3 * torch.randn(3, 12, 400, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("samples", [8, 400, 504, 1000])
def test_evidence_adds_up_at_any_length(network, samples):
    x = 0.3 * torch.randn(2, 12, samples)
    with torch.no_grad():
        features = network.features(x)
        evidence = network.evidence(features, slice(None))
        logits = network(x)
    assert evidence.shape == (2, 7, 12, samples // CONFIG.stride)
    torch.testing.assert_close(evidence.sum((2, 3)) + network.bias, logits, atol=1e-5, rtol=0)


def test_evidence_is_grad_cam_without_relu(network, ecg_mv):
    features = network.features(ecg_mv)
    logits = network.lead_scores(features).sum(2) + network.bias
    for head in range(CONFIG.heads):
        (gradient,) = torch.autograd.grad(logits[:, head].sum(), features, retain_graph=True)
        grad_cam = (gradient * features).sum(1)  # weights are the gradients of the last feature map
        evidence = network.evidence(features, slice(head, head + 1))[:, 0]
        torch.testing.assert_close(evidence, grad_cam, atol=1e-6, rtol=1e-4)


def test_no_lead_writes_into_another(network, ecg_mv):
    # With the gates held still, a change of one lead stays in that lead.
    for module in network.modules():
        if isinstance(module, LeadGate):
            torch.nn.init.zeros_(module.excite.weight)
    other = ecg_mv.clone()
    other[:, 7] += 0.5 * torch.randn(3, 400)
    with torch.no_grad():
        changed = (network.features(ecg_mv) - network.features(other)).abs().amax((0, 1, 3))
    assert changed[7] > 0
    assert changed[torch.arange(12) != 7].max() == 0


def test_gates_only_scale(network, ecg_mv):
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, LeadGate):
                width = module.squeeze.in_features // 12
                x = torch.randn(2, width, 12, 9)
                ratio = module(x) / x
                assert (ratio > 0).all()
                assert (ratio < 2).all()
                torch.testing.assert_close(ratio, ratio[..., :1].expand_as(ratio))


@pytest.mark.parametrize("level_mv", [0.0, 0.7])
def test_a_flat_lead_has_no_evidence(network, ecg_mv, level_mv):
    ecg_mv[:, 4] = level_mv
    with torch.no_grad():
        evidence = network.evidence(network.features(ecg_mv), slice(None))
    assert not evidence[:, :, 4].any()
    assert evidence[:, :, 5].any()


def test_the_ends_of_a_window_are_no_wave(network):
    # A level that goes on for ever looks the same at the edge of the window as in its middle.
    with torch.no_grad():
        x = torch.full((1, 12, 400), 0.4)
        x[..., 200] += 1e-6  # a lead without any change counts as missing
        features = network.features(x)
    torch.testing.assert_close(features[..., 0], features[..., 5], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(features[..., -1], features[..., -5], atol=1e-4, rtol=1e-4)


def test_a_mixed_network_has_one_row():
    made = Network(NetworkConfig(heads=7, widths=(4, 6), strides=(2, 2), kernels=(5, 3), mixed=True)).eval()
    with torch.no_grad():
        features = made.features(0.3 * torch.randn(2, 12, 400))
        assert features.shape == (2, 6, 1, 50)
        assert made(0.3 * torch.randn(2, 12, 400)).shape == (2, 7)


def test_a_bin_sees_no_further_than_the_receptive_field(network):
    x = (0.3 * torch.randn(1, 12, 1000)).requires_grad_()
    for module in network.modules():  # gates see the whole record
        if isinstance(module, LeadGate):
            torch.nn.init.zeros_(module.excite.weight)
    features = network.features(x)
    bin_index = 60
    (gradient,) = torch.autograd.grad(features[0, :, 3, bin_index].sum(), x)
    seen = np.flatnonzero(gradient[0, 3].numpy())
    span = seen.max() - seen.min() + 1
    assert span <= CONFIG.receptive_field < 160
    centre = (seen.max() + seen.min() + 1) / 2
    assert centre == pytest.approx((bin_index + 0.5) * CONFIG.stride, abs=CONFIG.stride / 2)
