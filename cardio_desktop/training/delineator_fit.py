"""Training of the delineator: cross-entropy by sample, one-cycle AdamW, averaged weights, resumable by epoch."""

from __future__ import annotations

import csv
import math
import sys
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from cardio_desktop.io.ludb import LudbRecord
from cardio_desktop.model.conditioning import RATE_HZ, condition
from cardio_desktop.training.delineator_data import CLASSES, Marked, Noises, augmented, prepared, stretch
from cardio_desktop.training.delineator_network import DelineatorConfig, DelineatorNetwork
from cardio_desktop.training.fit import save

WINDOW = 2496


@dataclass(frozen=True)
class DelineatorFit:
    """Everything that decides a training; kept in its checkpoints."""

    epochs: int = 24
    passes: int = 5
    """Random stretches of each record in an epoch."""
    batch: int = 8
    samples: int = 1280
    rate: float = 4e-3
    weight_decay: float = 0.03
    clip: float = 1.0
    average_decay: float = 0.995
    subset: float = 0.4
    """Share of batches that see only some leads, down to one."""
    edges: float = 0.0
    """So much more the samples within 24 ms of a boundary count: where exactly it lies is the last thing learnt."""
    noise: float = 1.0
    """Factor on how often noise is added."""
    bf16: bool = False
    seed: int = 1


def learning_rate(step: int, steps: int, config: DelineatorFit) -> float:
    """Return the rate at `step` of `steps`: up for 15 %, then a cosine to nothing."""
    rise = max(0.15 * steps, 1.0)
    if step < rise:
        return config.rate * (0.04 + 0.96 * step / rise)
    return config.rate * (0.5 * (1 + math.cos(math.pi * (step - rise) / max(steps - rise, 1.0))) + 1e-3)


def sample_loss(logits: Tensor, labels: Tensor, weight: Tensor) -> Tensor:
    """Return the cross-entropy (record, class, lead, sample) against soft labels, over the samples that count."""
    entropy = -(labels * torch.log_softmax(logits, dim=1)).sum(1)
    return (entropy * weight).sum() / weight.sum().clamp(min=1.0)


def batch_of(
    records: Sequence[Marked], config: DelineatorFit, bank: Noises, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Return a batch of random stretches, sometimes with only some of the leads."""
    parts = [augmented(record, config.samples, bank, rng, config.noise) for record in records]
    ecg, labels, weight = (np.stack(arrays) for arrays in zip(*parts, strict=True))
    if config.edges:
        weight = weight * (1.0 + config.edges * near_edges(labels))
    if rng.random() < config.subset:
        count = int(rng.choice([1, 2, 3, 6, 8]))
        chosen = rng.permuted(np.tile(np.arange(12), (len(records), 1)), axis=1)[:, :count]
        rows = np.arange(len(records))[:, None]
        ecg, weight = ecg[rows, chosen], weight[rows, chosen]
        labels = labels.transpose(0, 2, 1, 3)[rows, chosen].transpose(0, 2, 1, 3)
    return torch.from_numpy(ecg), torch.from_numpy(np.ascontiguousarray(labels)), torch.from_numpy(weight)


def near_edges(labels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (record, lead, sample), 1 within 24 ms of where labels (record, class, lead, sample) change, else 0."""
    jump = np.abs(np.diff(labels, axis=3, prepend=labels[..., :1])).max(axis=1) > 0
    reach = round(0.024 * RATE_HZ)
    total = np.cumsum(np.pad(jump, ((0, 0), (0, 0), (reach + 1, reach))), axis=2)
    return (total[..., 2 * reach + 1 :] > total[..., : -2 * reach - 1]).astype(np.float32)


@torch.no_grad()
def select_loss(network: DelineatorNetwork, records: Sequence[Marked]) -> float:
    """Return the loss on whole clean records."""
    network.eval()
    losses = []
    for record in records:
        signal, labels, weight = stretch(record, 0.0, 500.0 / RATE_HZ, WINDOW)
        logits = network(torch.from_numpy(condition(signal))[None])
        losses.append(float(sample_loss(logits, torch.from_numpy(labels)[None], torch.from_numpy(weight)[None])))
    return float(np.mean(losses)) if losses else math.nan


def load_delineator(path: Path) -> tuple[DelineatorNetwork, dict[str, Any]]:
    """Return the averaged network of a checkpoint, ready for use, and the whole checkpoint."""
    state = torch.load(path, weights_only=True)
    options: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in state["network"].items()
    }
    network = DelineatorNetwork(DelineatorConfig(**options))
    network.load_state_dict(state["average"])
    return network.eval(), state


def fit_delineator(
    train: Sequence[LudbRecord],
    select: Sequence[LudbRecord],
    out: Path,
    bank: Noises,
    config: DelineatorFit,
    network_config: DelineatorConfig,
    resume: bool = False,
    start: Path | None = None,
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> Path:
    """Train into the folder `out` and return the path of the last checkpoint.

    Writes `last.pt` after each epoch and `log.csv`. With `resume` it goes on after the last whole epoch; an epoch's
    random numbers depend on seed and epoch alone. `start` is a checkpoint whose averaged weights the run begins with.
    Raises SystemExit where the checkpoint has other settings.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    network = DelineatorNetwork(network_config).to(memory_format=torch.channels_last)
    began_with: list[dict[str, Any]] = []
    if start is not None:
        other, state = load_delineator(start)
        network.load_state_dict(other.state_dict())
        began_with = [*state.get("started_from", []), {key: state[key] for key in ("epoch", "fit", "train")}]
    average = deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=config.weight_decay)
    last, first_epoch, updates = out / "last.pt", 0, 0
    numbers = [record.number for record in train]
    rows: list[dict[str, Any]] = []
    if resume and last.is_file():
        state = torch.load(last, weights_only=True)
        if state["fit"] != asdict(config) or state["train"] != numbers:
            raise SystemExit(f"{last}: was made with other settings; leave out --resume or repeat its settings.")
        network.load_state_dict(state["weights"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        first_epoch, updates, rows = state["epoch"], state["updates"], state["log"]
        began_with = state["started_from"]
        say(f"resuming after epoch {first_epoch}")

    marked, chosen = [prepared(record) for record in train], [prepared(record) for record in select]
    steps = max(1, config.passes * len(marked) // config.batch)
    for epoch in range(first_epoch, config.epochs):
        began = time.monotonic()
        rng = np.random.default_rng([config.seed, epoch])
        torch.manual_seed(config.seed * 1000 + epoch)
        order = np.concatenate([rng.permutation(len(marked)) for _ in range(config.passes)])
        network.train()
        losses = []
        for step in range(steps):
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(epoch * steps + step, config.epochs * steps, config)
            batch = [marked[k] for k in order[step * config.batch : (step + 1) * config.batch]]
            ecg, labels, weight = batch_of(batch, config, bank, rng)
            with torch.autocast("cpu", torch.bfloat16, enabled=config.bf16):
                logits = network(ecg)
            loss = sample_loss(logits.float(), labels, weight)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), config.clip)
            optimizer.step()
            updates += 1
            _average(average, network, min(config.average_decay, (1 + updates) / (10 + updates)))
            losses.append(float(loss.detach()))
        row = {
            "epoch": epoch + 1,
            "loss": round(float(np.mean(losses)), 5),
            "select_loss": round(select_loss(average, chosen), 5),
            "seconds": round(time.monotonic() - began, 1),
        }
        rows.append(row)
        save(
            last,
            {
                "epoch": epoch + 1,
                "updates": updates,
                "classes": list(CLASSES),
                "network": {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(network_config).items()},
                "fit": asdict(config),
                "train": numbers,
                "select": [record.number for record in select],
                "started_from": began_with,
                "log": rows,
                "average": average.state_dict(),
                "weights": network.state_dict(),
                "optimizer": optimizer.state_dict(),
            },
        )
        _write_log(out / "log.csv", rows)
        say("  ".join(f"{key} {value}" for key, value in row.items()))
    return last


@torch.no_grad()
def _average(average: DelineatorNetwork, network: DelineatorNetwork, decay: float) -> None:
    """Take the weights after one step into the running average; young averages forget faster."""
    for mean, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(new, 1 - decay)
        else:
            mean.copy_(new)


def _write_log(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    partial = path.with_suffix(".part")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    partial.replace(path)


@torch.no_grad()
def probabilities(network: DelineatorNetwork, conditioned: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (class, lead, sample) of one conditioned record."""
    return torch.softmax(network(torch.from_numpy(conditioned)[None]), dim=1)[0].numpy()
