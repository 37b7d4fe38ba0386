"""From a shipped model folder back to a checkpoint, so that its network can be trained further.

The ONNX graph holds convolutions with their batch norm folded in. Here each norm is undone on some records: its mean
and variance are what the convolution gives there, its scale and shift such that it changes nothing; the network then
computes what it did, and training goes on from there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from cardio_desktop.model.card import load_card
from cardio_desktop.training.network import Network, NetworkConfig

CONVOLUTION = re.compile(r"/(stem|blocks\.\d+/(?:first|second))(?:_(\d+))?/Conv")


def restore(folder: Path, ecg_mv: Tensor, heads: tuple[str, ...], member: int = 0) -> tuple[Network, dict[str, Any]]:
    """Return a network of a model folder, its norms set by records (n, 12, time) in mV, and where it came from.

    A shipped network is the mean of its members; `member` is the one wanted. `heads` may hold codes that the model does
    not know; theirs start from nothing.
    """
    import onnx
    from onnx import numpy_helper

    card = load_card(folder)
    kept = card.raw["training"]["members"][member]["network"].items()
    options: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in kept}
    network = Network(NetworkConfig(**(options | {"heads": len(heads)})))
    graph = onnx.load(str(card.onnx_path)).graph
    values = {item.name: torch.from_numpy(numpy_helper.to_array(item).copy()) for item in graph.initializer}
    state = network.state_dict()
    prefix = f"members.{member}"
    for name in state:
        if f"{prefix}.{name}" in values and name not in ("weight", "bias"):
            state[name] = values[f"{prefix}.{name}"]
    known = numbered(card.heads)
    for k, code in enumerate(numbered(heads)):
        place = known.index(code) if code in known else None
        state["weight"][k] = 0.0 if place is None else values[f"{prefix}.weight"][place]
        state["bias"][k] = -4.0 if place is None else values[f"{prefix}.bias"][place]
    network.load_state_dict(state)
    folded = {
        found[1]: (values[node.input[1]], values[node.input[2]])
        for node in graph.node
        # The exporter numbers what it meets again: the convolutions of the first member have no number.
        if len(node.input) == 3 and (found := CONVOLUTION.fullmatch(node.name)) and int(found[2] or 0) == member
    }
    _undo_norms(network, folded, ecg_mv)
    network.eval()
    return network, {"model": card.name, "version": card.version, "sha256": card.sha256, "member": member}


def numbered(codes: tuple[str, ...] | list[str]) -> list[tuple[str, int]]:
    """Return each code with its number among its like: NORM is both a class and a statement."""
    return [(code, codes[:k].count(code)) for k, code in enumerate(codes)]


@torch.no_grad()
def _undo_norms(network: Network, folded: dict[str, tuple[Tensor, Tensor]], ecg_mv: Tensor) -> None:
    """Load the convolutions one after another and give each norm the statistics of what its convolution yields."""

    def settle(convolution: nn.Conv2d, norm: nn.BatchNorm2d, weight: Tensor, shift: Tensor) -> None:
        convolution.weight.copy_(weight)
        seen: list[Tensor] = []
        hook = convolution.register_forward_hook(lambda _module, _inputs, output: seen.append(output))
        network.features(ecg_mv)
        hook.remove()
        variance, mean = torch.var_mean(seen[0], dim=(0, 2, 3), unbiased=False)
        norm.running_mean = mean
        norm.running_var = variance
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.bias.copy_(mean + shift)

    network.eval()
    settle(network.stem, network.stem_norm, *folded["stem"])
    for k, block in enumerate(network.blocks):
        settle(block.first, block.first_norm, *folded[f"blocks.{k}/first"])
        settle(block.second, block.second_norm, *folded[f"blocks.{k}/second"])
