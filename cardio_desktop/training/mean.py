"""Several trainings as one network of the same size: the mean of their weights, with norms settled anew.

Trainings that began with the same network stay near enough to each other for their mean to work as well as each, or
better (Wortsman et al. 2022, "Model soups"); between one that is more accurate and one whose evidence is truer it is a
choice by degrees (a checkpoint that is named twice counts twice). What a norm sees in the mean is not the mean of what
it saw, so that it must look again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from cardio_desktop.training.dataset import Split
from cardio_desktop.training.network import Network, NetworkConfig
from cardio_desktop.training.noise import NoiseBank, NoiseConfig, disturb

SETTLED_ON = 1024
"""Records on whose crops the norms settle: 64 batches' worth of a norm's usual memory are some 640; chosen."""
CHUNK = 64
CROP = 400


def load_network(path: Path) -> tuple[Network, dict[str, Any]]:
    """Return the averaged network of a checkpoint, ready for use, and the whole checkpoint."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    options: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in state["network"].items()
    }
    network = Network(NetworkConfig(**options))
    network.load_state_dict(state["average"])
    return network.eval(), state


def origin(path: Path) -> dict[str, Any]:
    """Return which training a checkpoint came from, for the card of the one that starts with it."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    found = {"epoch": state["epoch"], "fit": state["fit"], "earlier": state.get("earlier", [])}
    return found | ({"started_from": state["started_from"]} if state.get("started_from") else {})


def mean_network(checkpoints: Sequence[Path]) -> tuple[Network, dict[str, Any]]:
    """Return the mean of the weights of checkpoints of one shape, and the first checkpoint with what it is a mean of.

    Raises SystemExit where they differ in shape or heads.
    """
    loaded = [load_network(path) for path in checkpoints]
    network, state = loaded[0]
    for path, (other, its) in zip(checkpoints, loaded, strict=True):
        if other.config != network.config or list(its["heads"]) != list(state["heads"]):
            raise SystemExit(f"{path}: holds a network of another shape than {checkpoints[0]}; they have no mean.")
    if len(loaded) == 1:
        return network, state
    states = [other.state_dict() for other, _ in loaded]
    mean = {
        name: torch.stack([each[name] for each in states]).mean(0) if value.dtype.is_floating_point else value
        for name, value in states[0].items()
    }
    network.load_state_dict(mean)
    return network, state | {"mean_of": [origin(path) for path in checkpoints]}


@torch.no_grad()
def settle_norms(network: Network, split: Split, bank: NoiseBank, seed: int = 0) -> None:
    """Give the norms the mean and variance of crops of some records of `split`, every other one with noise."""
    rng = np.random.default_rng([seed, 4])
    rows = rng.permutation(len(split))[:SETTLED_ON]
    network.eval()
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    usual = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over the chunks
        norm.train()
    for first in range(0, len(rows), CHUNK):
        ecg_mv = split.crops(rows[first : first + CHUNK], min(CROP, split.signals.shape[2]), rng)
        ecg_mv[::2] = disturb(ecg_mv[::2], bank, rng, NoiseConfig())
        network.features(torch.from_numpy(ecg_mv).to(network.bias.device))
    for norm, momentum in zip(norms, usual, strict=True):
        norm.momentum = momentum
    network.eval()
