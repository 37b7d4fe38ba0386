"""The linear head refitted on whole records: the network before it stays as it is, so that its features are found once.

A head trained on short crops has seen each record's label beside a part of its beats. Here the features are pooled over
the whole ten seconds, and the head is fitted to them in minutes. What the head says must go on meaning what it shows:
the score of a record with leads blank is held to the bias plus the evidence of the leads that remain, and on crops the
evidence of each cell is held as in training (see `loss.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor

from cardio_desktop.training.config import CLASSES
from cardio_desktop.training.copies import make_copies
from cardio_desktop.training.dataset import Data, Split
from cardio_desktop.training.fit import save, scores
from cardio_desktop.training.loss import focal_loss
from cardio_desktop.training.mean import mean_network, settle_norms
from cardio_desktop.training.network import LEADS, Network
from cardio_desktop.training.noise import NoiseBank, NoiseConfig, disturb

CHUNK = 16
"""Records at once: larger stacks of whole records outgrow the processor's caches and take twice as long."""

FORMER_LEAST_SPREAD = 0.001
"""That of heads whose checkpoints do not say theirs."""


@dataclass(frozen=True)
class HeadConfig:
    """How a head is refitted; kept in its checkpoint.

    Lengths and weights were chosen on fold 8, with heads fitted on folds 1 to 7: the highest AUC at which blank leads
    change the scores no more than they did with the head as trained.
    """

    epochs: int = 8
    batch: int = 512
    rate: float = 5e-4
    weight_decay: float = 0.03
    gamma: float = 1.0
    statement_weight: float = 3.0
    """Of their mean beside that of the classes: features are frozen, so that statements cost the classes nothing."""
    consistency: float = 2.0
    locality: float = 0.08
    blanked: float = 0.4
    """Share of the records shown a second time with leads blank."""
    noisy: float = 0.5
    """Share of the records shown with the noise of training."""
    pairs: int = 1500
    """Records of which a crop and its changed copy are kept cell by cell."""
    waves: float = 0.0
    """Share of these whose copy has one wave of every beat changed; of the others half have cells hidden."""
    crop: int = 400
    least_spread: float = 0.05
    """Features that vary less are divided by this while fitting, so that none of them gets a weight out of proportion.

    The step of a weight is the rate over this: 0.001 gave a near-dead channel weights over 30, 0.02 up to 2.7, 0.05
    none above 1.4, with the same AUC on fold 8 (0.9493). A tenth of the features vary less than 0.033, half of them
    more than 0.095.
    """
    seed: int = 1


@dataclass(frozen=True)
class Pooled:
    """Features of whole records, mean over time: (record, channel, lead)."""

    whole: Tensor
    blank_rows: Tensor
    """Which records (row,) have a second showing with leads blank."""
    blank: Tensor
    """(row, channel, lead) of these."""
    kept: Tensor
    """(row, lead): 1 where the lead was not blank."""


@dataclass(frozen=True)
class Cells:
    """Features of crops and of their changed copies, cell by cell."""

    before: Tensor
    """(pair, channel, lead, bin), half precision."""
    after: Tensor
    keep: Tensor
    """(pair, lead, bin): as of `Copies`."""
    known: Tensor


@torch.no_grad()
def pool(network: Network, split: Split, bank: NoiseBank, config: HeadConfig, say: Callable[[str], None]) -> Pooled:
    """Return the pooled features of all records of `split`, some with noise, some shown again with leads blank."""
    rng = np.random.default_rng([config.seed, 1])
    device = network.bias.device
    whole, rows, blank, kept = [], [], [], []
    for first in range(0, len(split), CHUNK):
        x = split.ecg_mv(slice(first, first + CHUNK))
        noisy = rng.random(len(x)) < config.noisy
        if noisy.any():
            x[noisy] = disturb(x[noisy], bank, rng, NoiseConfig())
        again = np.flatnonzero(rng.random(len(x)) < config.blanked)
        dropped = rng.choice([1, 2, 3, 6], len(again), p=[0.5, 0.2, 0.2, 0.1])
        keep = rng.random((len(again), LEADS)).argsort(axis=1) >= dropped[:, None]
        shown = np.concatenate([x, x[again] * keep[:, :, None].astype(np.float32)])
        found = network.features(torch.from_numpy(shown).to(device)).float().mean(3).cpu()
        whole.append(found[: len(x)])
        blank.append(found[len(x) :])
        rows.append(torch.from_numpy(first + again))
        kept.append(torch.from_numpy(keep.astype(np.float32)))
        if first // CHUNK % 100 == 0:
            say(f"features of {first + len(x)} of {len(split)} records")
    return Pooled(torch.cat(whole), torch.cat(rows), torch.cat(blank), torch.cat(kept))


@torch.no_grad()
def cells(network: Network, split: Split, config: HeadConfig) -> Cells:
    """Return the features of crops of some records and of their copies: cells hidden, stretches or waves changed."""
    rng = np.random.default_rng([config.seed, 2])
    device, stride = network.bias.device, network.config.stride
    chosen = rng.permutation(len(split))[: config.pairs]
    parts: list[tuple[Tensor, ...]] = []
    for first in range(0, len(chosen), CHUNK):
        rows = chosen[first : first + CHUNK]
        x = split.crops(rows, config.crop, rng)
        waves = round(config.waves * len(rows))
        hidden = (len(rows) - waves) // 2
        copies = make_copies(x, hidden, len(rows) - waves - hidden, stride, rng, longest=2, waves=waves)
        both = torch.cat([torch.from_numpy(x), copies.ecg_mv]).to(device)
        found = network.features(both).half().cpu()
        parts.append((found[: len(rows)], found[len(rows) :], copies.keep, copies.known))
    return Cells(*(torch.cat(column) for column in zip(*parts, strict=True)))


def fit_head(
    weight: Tensor, bias: Tensor, pooled: Pooled, pairs: Cells | None, labels: NDArray[np.float32], config: HeadConfig
) -> tuple[Tensor, Tensor]:
    """Return weight (head, channel, lead) and bias (head,) fitted from the given ones on; AdamW with a falling rate.

    Features are divided by their size while fitting, channel and lead apart, so that one rate suits all.
    """
    rng = np.random.default_rng([config.seed, 3])
    size = pooled.whole.std(0).clamp_min(config.least_spread)  # (channel, lead)
    w = (weight.detach().float().cpu() * size).requires_grad_()
    b = bias.detach().float().cpu().clone().requires_grad_()
    groups = [{"params": [w], "weight_decay": config.weight_decay}, {"params": [b], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, config.rate)
    truth = torch.from_numpy(labels)
    whole, blank = pooled.whole / size, pooled.blank / size
    place = torch.full((len(whole),), -1)
    place[pooled.blank_rows] = torch.arange(len(pooled.blank_rows))
    steps = max(1, math.ceil(len(whole) / config.batch))
    total = config.epochs * steps
    for epoch in range(config.epochs):
        order = torch.from_numpy(rng.permutation(len(whole)))
        for step, rows in enumerate(order.split(config.batch)):
            rate = config.rate * 0.5 * (1 + math.cos(math.pi * (epoch * steps + step) / total))
            for group in optimizer.param_groups:
                group["lr"] = rate
            by_lead = torch.einsum("ncl,hcl->nhl", whole[rows], w)
            loss = _weighted(by_lead.sum(2) + b, truth[rows], config)
            second = place[rows]
            has = second >= 0
            if has.any():
                again = torch.einsum("ncl,hcl->nh", blank[second[has]], w)
                loss = loss + float(has.float().mean()) * _weighted(again + b, truth[rows[has]], config)
                gap = again - torch.einsum("nhl,nl->nh", by_lead[has], pooled.kept[second[has]])
                gap = functional.smooth_l1_loss(gap, torch.zeros_like(gap), reduction="none")
                loss = loss + config.consistency * (gap[:, :CLASSES].mean() + 0.3 * gap.mean())
            if pairs is not None and config.locality:
                some = torch.from_numpy(rng.integers(0, len(pairs.keep), 24))
                loss = loss + config.locality * _slip(w[:CLASSES] / size, pairs, some)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return (w / size).detach(), b.detach()


def _slip(weight: Tensor, pairs: Cells, rows: Tensor) -> Tensor:
    """Return the mean, over records and classes, of the sum over cells of evidence that moved without cause."""
    change = pairs.after[rows].float() - pairs.keep[rows][:, None] * pairs.before[rows].float()
    found = torch.einsum("nclt,hcl->nhlt", change * pairs.known[rows][:, None], weight) / change.shape[3]
    return found.abs().sum((2, 3)).mean()


def _weighted(logits: Tensor, labels: Tensor, config: HeadConfig) -> Tensor:
    loss = focal_loss(logits, labels, config.gamma)
    statements = loss[:, CLASSES:]
    return loss[:, :CLASSES].mean() + config.statement_weight * statements.sum() / max(1, statements.numel())


def refit_head(
    checkpoints: Sequence[Path],
    data: Data,
    out: Path,
    bank: NoiseBank,
    config: HeadConfig,
    device: torch.device | str = "cpu",
    say: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write a copy of a checkpoint with its head refitted to `out`/head.pt and return that path.

    Of several checkpoints it is the mean of their weights. `data` must have the heads that they were trained for (else
    SystemExit).
    """
    network, state = mean_network(checkpoints)
    if list(state["heads"]) != list(data.heads):
        raise SystemExit(f"{checkpoints[0]}: knows other statements than these data; give the folds it was trained on.")
    out.mkdir(parents=True, exist_ok=True)
    network = network.to(device)
    if len(checkpoints) > 1:
        settle_norms(network, data.train, bank, config.seed)
    pooled = pool(network, data.train, bank, config, say)
    pairs = cells(network, data.train, config) if config.locality else None
    weight, bias = fit_head(network.weight, network.bias, pooled, pairs, data.train.labels, config)
    with torch.no_grad():
        network.weight.copy_(weight)
        network.bias.copy_(bias)
    row = state["validation"] | scores(network, data.select)
    say("  ".join(f"{key} {value}" for key, value in row.items()))
    average = {key: value.cpu() for key, value in network.state_dict().items()}
    kept = {key: value for key, value in state.items() if key not in ("weights", "optimizer", "average_steps")}
    path = out / "head.pt"
    save(path, kept | {"average": average, "validation": row, "head_refitted": asdict(config)})
    return path
