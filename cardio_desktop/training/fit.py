"""The training loop: focal loss, one-cycle AdamW, averaged weights, honest-evidence consistency, resumable by epoch."""

from __future__ import annotations

import csv
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
from cardio_desktop.training.progress import Progress, draw_log
from cardio_desktop.training.restore import numbered, restore

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
    """Records of each batch that are shown a second time with some leads or cells missing."""
    consistency: float = 0.3
    mixup: float = 0.0
    """Parameter of the beta distribution by which records are mixed in pairs (Zhang et al. 2018); 0 mixes none."""
    soft_weight: float = 0.0
    """Weight of the teachers' opinion beside the labels (Hinton et al. 2015)."""
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


def kept_cells(records: int, bins: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return (record, lead, bin) masks of the cells kept.

    Every other record loses whole leads (mostly one to three, sometimes half), the others about a quarter of their
    cells in runs of one to six bins, a third of those runs in all leads at once.
    """
    keep = np.ones((records, LEADS, bins), dtype=bool)
    dropped = rng.choice([1, 2, 3, 6], records, p=[0.5, 0.2, 0.2, 0.1])
    order = rng.random((records, LEADS)).argsort(axis=1)
    keep[::2] &= (order >= dropped[:, None])[::2, :, None]
    for record in keep[1::2]:
        for lead in range(LEADS):
            for _ in range(max(1, bins // 25)):
                start, length = rng.integers(0, bins), rng.integers(1, 7)
                leads = slice(None) if rng.random() < 0.03 else lead
                record[leads, start : start + length] = False
    return keep


def hide(ecg_mv: Tensor, keep: Tensor, stride: int) -> Tensor:
    """Return (record, lead, time) with a whole lead blank, or single cells flat at their lead's median."""
    held = keep.repeat_interleave(stride, 2).bool()
    level = ecg_mv.median(2, keepdim=True).values * keep.any(2, keepdim=True)
    return torch.where(held, ecg_mv, level)


@dataclass(frozen=True)
class Batch:
    """One step's records (record, lead, time) in mV, their labels, the teachers' probabilities, the cells to hide."""

    ecg_mv: Tensor
    labels: Tensor
    soft: Tensor | None = None
    keep: Tensor | None = None


def batch_loss(network: Network, batch: Batch, config: FitConfig) -> Tensor:
    """Return the loss of one batch, its first `len(keep)` records shown twice: whole, and with cells hidden.

    Consistency: the score of what remains must be the bias plus the evidence that these cells had in the whole record;
    that is, the evidence painted on a cell is what that cell adds.
    """
    whole, masked = len(batch.labels), 0 if batch.keep is None else len(batch.keep)
    x, labels = batch.ecg_mv, batch.labels
    if batch.keep is not None:
        x = torch.cat([x, hide(x[:masked], batch.keep, network.config.stride)])
        labels = torch.cat([labels, labels[:masked]])
    with torch.autocast("cpu", torch.bfloat16, enabled=config.bf16):
        features = network.features(x)
    logits = network.lead_scores(features).sum(2) + network.bias
    loss = focal_loss(logits, labels, config.gamma)
    if batch.soft is not None:
        known = ~batch.soft.isnan()
        plain = functional.binary_cross_entropy_with_logits(logits[:whole], batch.soft.nan_to_num(), reduction="none")
        taught = torch.where(known, loss[:whole].lerp(plain, config.soft_weight), loss[:whole])
        loss = torch.cat([taught, loss[whole:]])
    total = _weighted(loss, config)
    if batch.keep is not None:
        evidence = network.evidence(features[:masked], slice(None))  # (masked, head, lead, bin)
        expected = torch.einsum("nhlb,nlb->nh", evidence, batch.keep) + network.bias
        gap = functional.smooth_l1_loss(logits[whole:], expected, reduction="none")
        total = total + config.consistency * (gap[:, :CLASSES].mean() + config.statement_weight * gap.mean())
    return total


def _weighted(loss: Tensor, config: FitConfig) -> Tensor:
    """Return the mean loss of the classes and, with its weight, that of the statements."""
    statements = loss[:, CLASSES:]
    return loss[:, :CLASSES].mean() + config.statement_weight * statements.sum() / max(1, statements.numel())


def mix(batch: Batch, alpha: float, rng: np.random.Generator) -> Batch:
    """Return the batch with each record mixed with another one, labels alike."""
    share = float(rng.beta(alpha, alpha))
    order = torch.from_numpy(rng.permutation(len(batch.labels)))

    def mixed(values: Tensor) -> Tensor:
        return share * values + (1 - share) * values[order]

    soft = None if batch.soft is None else mixed(batch.soft)
    return replace(batch, ecg_mv=mixed(batch.ecg_mv), labels=mixed(batch.labels), soft=soft)


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
    parts = [network(torch.from_numpy(split.ecg_mv(slice(k, k + batch)))) for k in range(0, len(split), batch)]
    return torch.cat(parts).float().numpy()


def _origin(path: Path) -> dict[str, Any]:
    """Return which training a checkpoint came from, for the card of the one that starts with it."""
    state = torch.load(path, weights_only=True)
    return {"epoch": state["epoch"], "fit": state["fit"], "earlier": state.get("earlier", [])}


def _begin(start: Path, member: int, data: Data) -> tuple[Network, dict[str, Any]]:
    """Return the network of a checkpoint, or a member of a shipped model folder's, and where it came from."""
    if not start.is_dir():
        return load_network(start)[0], _origin(start)
    some = np.random.default_rng(0).permutation(len(data.train))[:256]
    return restore(start, torch.from_numpy(data.train.ecg_mv(np.sort(some))), data.heads, member)


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
            loss = batch_loss(self.network, self.draw(rows, epoch >= config.epochs, rng), config)
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
        noisy = disturb(clean, self.bank, rng, HEAVY if fine else NoiseConfig())
        soft = None if self.soft is None else torch.from_numpy(self.soft[rows])
        batch = Batch(torch.from_numpy(noisy), torch.from_numpy(self.data.train.labels[rows]), soft)
        if config.mixup:
            batch = mix(batch, config.mixup, rng)
        if config.masked and not shape.mixed:
            cells = kept_cells(min(config.masked, len(rows)), config.crop // shape.stride, rng)
            batch = replace(batch, keep=torch.from_numpy(cells.astype(np.float32)))
        return batch


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
    start_member: int = 0,
    teachers: Sequence[Path] = (),
    say: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
    bar: bool = False,
) -> Path:
    """Train into the folder `out` and return the path of the last checkpoint.

    Writes `last.pt` (everything a resumed run needs), `epoch_NN.pt` (averaged weights), `log.csv` and `log.png`. With
    `resume` it goes on after the last whole epoch; an epoch's random numbers depend on seed and epoch alone, so that a
    killed and resumed run equals an unbroken one. `start` is a checkpoint whose averaged weights the run begins with,
    or a shipped model's folder, of whose networks `start_member` is taken; `teachers` are checkpoints of networks whose
    mean probability of each training record counts beside its labels.
    `bar` draws a progress bar instead of saying a line every twenty steps.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    network = Network(network_config).to(memory_format=torch.channels_last)
    began_with: dict[str, Any] = {}
    if start is not None:
        begun, began_with = _begin(start, start_member, data)
        network.load_state_dict(begun.state_dict())
    average = Average(network, config.average_decay)
    optimizer = torch.optim.AdamW(network.parameters(), config.rate, weight_decay=config.weight_decay)
    last, log = out / "last.pt", out / "log.csv"
    first_epoch = 0
    earlier: list[dict[str, int]] = []
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
            "taught_by": [_origin(path) for path in teachers],
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
