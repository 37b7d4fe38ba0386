"""The training loop: focal loss, one-cycle AdamW, averaged weights, honest-evidence consistency, resumable by epoch."""

from __future__ import annotations

import csv
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from cardio_desktop.io.ptbxl import SUPERCLASSES
from cardio_desktop.model.metrics import class_aucs, macro_auc
from cardio_desktop.training.config import CLASSES, FitConfig
from cardio_desktop.training.copies import make_copies
from cardio_desktop.training.dataset import Data, Split, shuffled_batches
from cardio_desktop.training.loss import Batch, batch_loss, mix
from cardio_desktop.training.mean import load_network, mean_network, origin
from cardio_desktop.training.network import Network, NetworkConfig
from cardio_desktop.training.noise import HEAVY, NoiseBank, NoiseConfig, disturb
from cardio_desktop.training.progress import Progress, draw_log
from cardio_desktop.training.restore import numbered, restore


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


def teach(checkpoints: Sequence[Path], data: Data) -> NDArray[np.float32]:
    """Return the mean probability (record, head) that some checkpoints' networks give to the whole training records.

    NaN where no teacher knows the head.
    """
    total, counted = np.zeros(data.train.labels.shape), np.zeros(len(data.heads))
    for path in checkpoints:
        network, state = load_network(path)
        found = 1 / (1 + np.exp(-predict(network, data.train)))
        # A code may stand twice (NORM is class and statement): the n-th here is the n-th there.
        places = {name: k for k, name in enumerate(numbered(state["heads"]))}
        for k, name in enumerate(numbered(data.heads)):
            if name in places:
                total[:, k] += found[:, places[name]]
                counted[k] += 1
    with np.errstate(invalid="ignore"):
        return (total / counted).astype(np.float32)


@torch.no_grad()
def predict(network: Network, split: Split, batch: int = 128) -> NDArray[np.float32]:
    """Return the logits (record, head) of whole records."""
    network.eval()
    device = network.bias.device
    starts = range(0, len(split), batch)
    parts = [network(torch.from_numpy(split.ecg_mv(slice(k, k + batch))).to(device)) for k in starts]
    return torch.cat(parts).float().cpu().numpy()


def scores(network: Network, split: Split) -> dict[str, float]:
    """Return macro-AUC, that of each class, and the statements' mean on whole records."""
    logits = predict(network, split)
    per_class = class_aucs(split.labels[:, :CLASSES], logits[:, :CLASSES])
    return {
        "macro_auc": round(float(np.nanmean(per_class)), 5),
        **{name: round(float(value), 5) for name, value in zip(SUPERCLASSES, per_class, strict=True)},
        "statements_auc": round(macro_auc(split.labels[:, CLASSES:], logits[:, CLASSES:]), 5),
    }


def _begin(start: Sequence[Path], member: int, data: Data) -> tuple[Network, dict[str, Any]]:
    """Return the network of a checkpoint, or a member of a shipped model folder's, and where it came from.

    Of several checkpoints it is the mean of their weights (Wortsman et al. 2022): they must be trainings that began
    with the same network.
    """
    if len(start) > 1:
        network, state = mean_network(start)
        return network, {"mean_of": state["mean_of"]}
    if not start[0].is_dir():
        return load_network(start[0])[0], origin(start[0])
    some = np.random.default_rng(0).permutation(len(data.train))[:256]
    return restore(start[0], torch.from_numpy(data.train.ecg_mv(np.sort(some))), data.heads, member)


class Average:
    """Exponential average of all weights and running statistics."""

    def __init__(self, network: Network, decay: float) -> None:
        device = network.bias.device
        self.network = Network(replace(network.config)).to(device, memory_format=torch.channels_last)
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


class Trainer:
    """One network with its optimizer on its way through the epochs."""

    def __init__(
        self,
        network: Network,
        average: Average,
        optimizer: torch.optim.Optimizer,
        data: Data,
        bank: NoiseBank,
        config: FitConfig,
        soft: NDArray[np.float32] | None = None,
    ) -> None:
        self.network, self.average, self.optimizer = network, average, optimizer
        self.data, self.bank, self.config, self.soft = data, bank, config, soft
        self.steps = max(1, len(data.train) // config.batch)

    def epoch(self, epoch: int) -> Iterator[float]:
        """Take every step of one epoch, yielding its loss; all chance comes from the seed and the epoch's number."""
        config = self.config
        rng = np.random.default_rng([config.seed, epoch])
        torch.manual_seed(config.seed * 1000 + epoch)
        self.network.train()
        for step, rows in enumerate(shuffled_batches(len(self.data.train), config.batch, rng)):
            for group in self.optimizer.param_groups:
                group["lr"] = learning_rate(epoch * self.steps + step, self.steps, config)
            batch = self.draw(rows, epoch >= config.epochs, rng).to(self.network.bias.device)
            loss = batch_loss(self.network, batch, config)
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), config.clip)
            self.optimizer.step()
            self.average.update(self.network)
            yield float(loss.detach())

    def draw(self, rows: NDArray[np.intp], fine: bool, rng: np.random.Generator) -> Batch:
        """Return disturbed crops of some training records, ready for `batch_loss`."""
        config, shape = self.config, self.network.config
        clean = self.data.train.crops(rows, config.crop, rng)
        noisy = clean if config.clean else disturb(clean, self.bank, rng, HEAVY if fine else NoiseConfig())
        soft = None if self.soft is None else torch.from_numpy(self.soft[rows])
        batch = Batch(torch.from_numpy(noisy), torch.from_numpy(self.data.train.labels[rows]), soft)
        if config.mixup:
            batch = mix(batch, config.mixup, rng)
        if config.masked + config.altered + config.waves and not shape.mixed:
            altered = min(config.altered, len(rows))
            masked = min(config.masked, len(rows) - altered)
            waves = min(config.waves, len(rows) - altered - masked)
            ecg_mv = batch.ecg_mv.numpy()
            copies = make_copies(ecg_mv, masked, altered, shape.stride, rng, config.longest_run, waves)
            batch = replace(batch, copies=copies)
        return batch


def save(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint so that a kill at any moment leaves the old or the new one whole."""
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.replace(path)


def fit(
    data: Data,
    out: Path,
    bank: NoiseBank,
    config: FitConfig,
    network_config: NetworkConfig,
    resume: bool = False,
    start: Sequence[Path] = (),
    start_member: int = 0,
    teachers: Sequence[Path] = (),
    device: torch.device | str = "cpu",
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
    bar: bool = False,
) -> Path:
    """Train into the folder `out` and return the path of the last checkpoint.

    Writes `last.pt` (everything a resumed run needs), `epoch_NN.pt` (averaged weights), `log.csv` and `log.png`. With
    `resume` it goes on after the last whole epoch; an epoch's random numbers depend on seed and epoch alone, so that a
    killed and resumed run equals an unbroken one. The run begins with the mean of the averaged weights of the
    checkpoints `start`, or with a shipped model's folder, of whose networks `start_member` is taken; `teachers` are
    checkpoints of networks whose mean probability of each training record counts beside its labels. Every `device` sees
    the same batches.
    `bar` draws a progress bar instead of saying a line every twenty steps.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    network = Network(network_config).to(device, memory_format=torch.channels_last)
    began_with: dict[str, Any] = {}
    if start:
        begun, began_with = _begin(start, start_member, data)
        if replace(begun.config, dropout=network_config.dropout) != network_config:
            raise SystemExit(f"{start[0]}: holds a network of another shape; repeat its options ({begun.config}).")
        network.load_state_dict(begun.state_dict())
    average = Average(network, config.average_decay)
    optimizer = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=config.weight_decay)
    last, log = out / "last.pt", out / "log.csv"
    first_epoch = 0
    earlier: list[dict[str, int]] = []
    if resume and last.is_file():
        state = torch.load(last, map_location="cpu", weights_only=True)
        lengths = ("epochs", "fine_epochs")  # a run may be lengthened or cut short; the checkpoint says so
        kept = asdict(FitConfig()) | state["fit"]  # what a checkpoint does not know was not there yet
        if {k: v for k, v in kept.items() if k not in lengths} != {
            k: v for k, v in asdict(config).items() if k not in lengths
        } or list(state["heads"]) != list(data.heads):
            raise SystemExit(f"{last}: was made with other settings; leave out --resume or repeat its settings.")
        earlier = list(state["earlier"]) if "earlier" in state else []
        if kept != asdict(config):
            earlier.append({"until_epoch": state["epoch"], **{key: state["fit"][key] for key in lengths}})
        network.load_state_dict(state["weights"])
        average.network.load_state_dict(state["average"])
        average.steps = state["average_steps"]
        optimizer.load_state_dict(state["optimizer"])
        first_epoch = state["epoch"]
        say(f"resuming after epoch {first_epoch}")
    elif log.is_file():
        log.unlink()

    soft = teach(teachers, data) if teachers and config.soft_weight else None
    trainer = Trainer(network, average, optimizer, data, bank, config, soft)
    score = ""
    for epoch in range(first_epoch, config.total_epochs):
        began = time.monotonic()
        fine = epoch >= config.epochs
        if epoch == config.epochs:
            network.load_state_dict(average.network.state_dict())  # fine-tuning starts from the averaged weights
        title = f"epoch {epoch + 1}/{config.total_epochs}{' fine' if fine else ''}"
        losses = []
        with Progress(title, trainer.steps, score, say, bar) as progress:
            for loss in trainer.epoch(epoch):
                losses.append(loss)
                progress.step(float(np.mean(losses[-100:])))
        row = {
            "epoch": epoch + 1,
            "round": "fine" if fine else "main",
            "loss": round(float(np.mean(losses)), 5),
            **scores(average.network, data.select),
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
            "taught_by": [origin(path) for path in teachers],
            "average": average.network.state_dict(),
            "validation": row,
        }
        save(out / f"epoch_{epoch + 1:02d}.pt", common)
        save(
            last,
            common
            | {"weights": network.state_dict(), "optimizer": optimizer.state_dict(), "average_steps": average.steps},
        )
        draw_log(_append(log, row), out / "log.png")
        score = f"{row['macro_auc']:.4f}"
        say("  ".join(f"{key} {value}" for key, value in row.items()))
    return last


def _append(log: Path, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Add one line to the log and return all; an epoch that was logged but killed before its checkpoint is replaced."""
    rows: list[dict[str, Any]] = []
    if log.is_file():
        with log.open(newline="", encoding="utf-8") as file:
            rows = [old for old in csv.DictReader(file) if int(old["epoch"]) < row["epoch"]]
    rows.append(row)
    partial = log.with_suffix(".part")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(row))
        writer.writeheader()
        writer.writerows(rows)
    partial.replace(log)
    return rows
