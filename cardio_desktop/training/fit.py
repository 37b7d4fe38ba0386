"""The training loop: focal loss, one-cycle AdamW, averaged weights, lead-dropout consistency, resumable by epoch."""

from __future__ import annotations

import csv
import math
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor

from cardio_desktop.io.ptbxl import SUPERCLASSES
from cardio_desktop.model.metrics import class_aucs, macro_auc
from cardio_desktop.training.dataset import Data, Split, shuffled_batches
from cardio_desktop.training.network import LEADS, Network, NetworkConfig
from cardio_desktop.training.noise import HEAVY, NoiseBank, NoiseConfig, disturb

CLASSES = len(SUPERCLASSES)


@dataclass(frozen=True)
class FitConfig:
    """Everything that decides a training; kept in its checkpoints."""

    epochs: int = 16
    fine_epochs: int = 2
    batch: int = 64
    crop: int = 400
    rate: float = 3e-3
    fine_rate: float = 3e-4
    weight_decay: float = 0.03
    clip: float = 2.0
    gamma: float = 1.0
    statement_weight: float = 0.3
    average_decay: float = 0.998
    masked: int = 16
    """Records of each batch that are shown a second time with some leads missing."""
    consistency: float = 0.3
    bf16: bool = False
    seed: int = 1

    @property
    def total_epochs(self) -> int:
        """Epochs of both rounds."""
        return self.epochs + self.fine_epochs


def focal_loss(logits: Tensor, labels: Tensor, gamma: float) -> Tensor:
    """Return the binary focal loss of every logit (Lin et al. 2017): certain hits weigh less."""
    plain = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    return (1 - torch.exp(-plain)) ** gamma * plain


def learning_rate(step: int, steps_per_epoch: int, config: FitConfig) -> float:
    """Return the rate at `step`: one cycle (up for 30 %, then a cosine to nothing), then a cosine of the fine rate."""
    main = config.epochs * steps_per_epoch
    if step >= main:
        done = (step - main) / max(1, config.fine_epochs * steps_per_epoch)
        return config.fine_rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
    rise = 0.3 * main
    if step < rise:
        return config.rate * (0.04 + 0.96 * 0.5 * (1 - math.cos(math.pi * step / rise)))
    return config.rate * (0.5 * (1 + math.cos(math.pi * (step - rise) / (main - rise))) + 1e-4)


def drop_leads(records: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return (record, lead) masks of the leads kept: mostly all but one to three, sometimes half."""
    dropped = rng.choice([1, 2, 3, 6], records, p=[0.5, 0.2, 0.2, 0.1])
    order = rng.random((records, LEADS)).argsort(axis=1)
    return order >= dropped[:, None]


def batch_loss(network: Network, ecg_mv: Tensor, labels: Tensor, keep: Tensor, config: FitConfig) -> Tensor:
    """Return the loss of one batch, its first `len(keep)` records shown twice: whole, and with leads dropped.

    Consistency: the score of the remaining leads must be the bias plus those leads' evidence in the whole record, that
    is, the evidence painted for a lead is what that lead adds.
    """
    masked = len(keep)
    x = torch.cat([ecg_mv, ecg_mv[:masked] * keep[:, :, None]])
    with torch.autocast("cpu", torch.bfloat16, enabled=config.bf16):
        features = network.features(x)
    scores = network.lead_scores(features)  # (batch + masked, head, lead)
    logits = scores.sum(2) + network.bias
    loss = focal_loss(logits, torch.cat([labels, labels[:masked]]), config.gamma)
    total = loss[:, :CLASSES].mean() + config.statement_weight * loss[:, CLASSES:].sum() / max(
        1, loss[:, CLASSES:].numel()
    )
    if masked:
        expected = (scores[:masked] * keep[:, None, :]).sum(2) + network.bias
        gap = functional.smooth_l1_loss(logits[len(labels) :], expected, reduction="none")
        total = total + config.consistency * (gap[:, :CLASSES].mean() + config.statement_weight * gap.mean())
    return total


@torch.no_grad()
def predict(network: Network, split: Split, batch: int = 128) -> NDArray[np.float32]:
    """Return the logits (record, head) of whole records."""
    network.eval()
    parts = [network(torch.from_numpy(split.ecg_mv(slice(k, k + batch)))) for k in range(0, len(split), batch)]
    return torch.cat(parts).float().numpy()


def _origin(path: Path) -> dict[str, Any]:
    """Return which training a checkpoint came from, for the card of the one that starts with it."""
    state = torch.load(path, weights_only=True)
    return {"epoch": state["epoch"], "fit": state["fit"], "earlier": state.get("earlier", [])}


class Average:
    """Exponential average of all weights and running statistics."""

    def __init__(self, network: Network, decay: float) -> None:
        self.network = Network(replace(network.config)).to(memory_format=torch.channels_last)
        self.network.load_state_dict(network.state_dict())
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, network: Network) -> None:
        """Take in the weights after one step; young averages forget faster."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for mean, new in zip(self.network.state_dict().values(), network.state_dict().values(), strict=True):
            if mean.dtype.is_floating_point:
                mean.lerp_(new, 1 - decay)
            else:
                mean.copy_(new)


def save(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint so that a kill at any moment leaves the old or the new one whole."""
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.replace(path)


def load_network(path: Path) -> tuple[Network, dict[str, Any]]:
    """Return the averaged network of a checkpoint, ready for use, and the whole checkpoint."""
    state = torch.load(path, weights_only=True)
    options: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in state["network"].items()
    }
    network = Network(NetworkConfig(**options))
    network.load_state_dict(state["average"])
    return network.eval(), state


def fit(
    data: Data,
    out: Path,
    bank: NoiseBank,
    config: FitConfig,
    network_config: NetworkConfig,
    resume: bool = False,
    start: Path | None = None,
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> Path:
    """Train into the folder `out` and return the path of the last checkpoint.

    Writes `last.pt` (everything a resumed run needs), `epoch_NN.pt` (averaged weights) and `log.csv`. With `resume` it
    goes on after the last whole epoch; an epoch's random numbers depend on seed and epoch alone, so that a killed and
    resumed run equals an unbroken one. `start` is a checkpoint whose averaged weights the run begins with.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    network = Network(network_config).to(memory_format=torch.channels_last)
    if start is not None:
        network.load_state_dict(load_network(start)[0].state_dict())
    average = Average(network, config.average_decay)
    optimizer = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=config.weight_decay)
    last, log = out / "last.pt", out / "log.csv"
    first_epoch = 0
    earlier: list[dict[str, int]] = []
    began_with = {} if start is None else _origin(start)
    if resume and last.is_file():
        state = torch.load(last, weights_only=True)
        lengths = ("epochs", "fine_epochs")  # a run may be lengthened or cut short; the checkpoint says so
        if {k: v for k, v in state["fit"].items() if k not in lengths} != {
            k: v for k, v in asdict(config).items() if k not in lengths
        } or list(state["heads"]) != list(data.heads):
            raise SystemExit(f"{last}: was made with other settings; leave out --resume or repeat its settings.")
        earlier = list(state["earlier"]) if "earlier" in state else []
        if state["fit"] != asdict(config):
            earlier.append({"until_epoch": state["epoch"], **{key: state["fit"][key] for key in lengths}})
        network.load_state_dict(state["weights"])
        average.network.load_state_dict(state["average"])
        average.steps = state["average_steps"]
        optimizer.load_state_dict(state["optimizer"])
        first_epoch = state["epoch"]
        say(f"resuming after epoch {first_epoch}")
    elif log.is_file():
        log.unlink()

    steps = max(1, len(data.train) // config.batch)
    for epoch in range(first_epoch, config.total_epochs):
        began = time.monotonic()
        fine = epoch >= config.epochs
        if epoch == config.epochs:
            network.load_state_dict(average.network.state_dict())  # fine-tuning starts from the averaged weights
        rng = np.random.default_rng([config.seed, epoch])
        torch.manual_seed(config.seed * 1000 + epoch)
        network.train()
        losses = []
        for step, rows in enumerate(shuffled_batches(len(data.train), config.batch, rng)):
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(epoch * steps + step, steps, config)
            clean = data.train.crops(rows, config.crop, rng)
            noisy = disturb(clean, bank, rng, HEAVY if fine else NoiseConfig())
            keep = torch.from_numpy(drop_leads(min(config.masked, len(rows)), rng).astype(np.float32))
            labels = torch.from_numpy(data.train.labels[rows])
            loss = batch_loss(network, torch.from_numpy(noisy), labels, keep, config)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), config.clip)
            optimizer.step()
            average.update(network)
            losses.append(float(loss.detach()))
            if (step + 1) % 20 == 0 or step + 1 == steps:
                pace = (time.monotonic() - began) / (step + 1)
                say(
                    f"epoch {epoch + 1}/{config.total_epochs}{' fine' if fine else ''} step {step + 1}/{steps} "
                    f"loss {np.mean(losses[-100:]):.4f} {pace:.2f} s/step"
                )
        logits = predict(average.network, data.select)
        per_class = class_aucs(data.select.labels[:, :CLASSES], logits[:, :CLASSES])
        row = {
            "epoch": epoch + 1,
            "round": "fine" if fine else "main",
            "loss": round(float(np.mean(losses)), 5),
            "macro_auc": round(float(np.nanmean(per_class)), 5),
            **{name: round(float(value), 5) for name, value in zip(SUPERCLASSES, per_class, strict=True)},
            "statements_auc": round(macro_auc(data.select.labels[:, CLASSES:], logits[:, CLASSES:]), 5),
            "seconds": round(time.monotonic() - began, 1),
        }
        common = {
            "epoch": epoch + 1,
            "heads": list(data.heads),
            "descriptions": dict(data.descriptions),
            "network": {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(network_config).items()},
            "fit": asdict(config),
            "earlier": earlier,
            "started_from": began_with,
            "average": average.network.state_dict(),
            "validation": row,
        }
        save(out / f"epoch_{epoch + 1:02d}.pt", common)
        save(
            last,
            common
            | {"weights": network.state_dict(), "optimizer": optimizer.state_dict(), "average_steps": average.steps},
        )
        _append(log, row)
        say("  ".join(f"{key} {value}" for key, value in row.items()))
    return last


def _append(log: Path, row: dict[str, Any]) -> None:
    """Add one line to the log; an epoch that was already logged (killed before its checkpoint) is replaced."""
    rows = []
    if log.is_file():
        with log.open(newline="", encoding="utf-8") as file:
            rows = [old for old in csv.DictReader(file) if int(old["epoch"]) < row["epoch"]]
    partial = log.with_suffix(".part")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(row))
        writer.writeheader()
        writer.writerows([*rows, row])
    partial.replace(log)
