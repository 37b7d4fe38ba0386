"""What a training minimises: wrong scores, and evidence that does not mean what it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from cardio_desktop.training.config import CLASSES, FitConfig
from cardio_desktop.training.copies import Copies
from cardio_desktop.training.network import Network


@dataclass(frozen=True)
class Batch:
    """One step's records (record, lead, time) in mV, their labels, the teachers' probabilities, the changed copies."""

    ecg_mv: Tensor
    labels: Tensor
    soft: Tensor | None = None
    copies: Copies | None = None

    def to(self, device: torch.device) -> Batch:
        """Return the batch on `device`."""
        copies = self.copies
        if copies is not None:
            ecg_mv, keep, known = (part.to(device) for part in (copies.ecg_mv, copies.keep, copies.known))
            copies = Copies(ecg_mv, keep, known, copies.labelled)
        soft = None if self.soft is None else self.soft.to(device)
        return Batch(self.ecg_mv.to(device), self.labels.to(device), soft, copies)


def focal_loss(logits: Tensor, labels: Tensor, gamma: float) -> Tensor:
    """Return the binary focal loss of every logit (Lin et al. 2017): certain hits weigh less."""
    plain = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    return (1 - torch.exp(-plain)) ** gamma * plain


def batch_loss(network: Network, batch: Batch, config: FitConfig) -> Tensor:
    """Return the loss of one batch: its records, their copies as records of their own, and what the two disagree on.

    Consistency: the score of a copy must be the bias plus the evidence that what remains had in the whole record; that
    is, the evidence painted on a cell is what that cell adds. Locality says the same of each cell by itself, since
    sums let evidence lie beside the wave it comes from.
    """
    whole, copies = len(batch.labels), batch.copies
    x, labels, shown_twice, labelled = batch.ecg_mv, batch.labels, 0, whole
    if copies is not None:
        shown_twice = len(copies.ecg_mv)
        x = torch.cat([x, copies.ecg_mv])
        labels = torch.cat([labels, labels[: copies.labelled]])
        labelled = whole + copies.labelled
    with torch.autocast(x.device.type, torch.bfloat16, enabled=config.bf16):
        features = network.features(x, shown_twice)
    logits = network.lead_scores(features).sum(2) + network.bias
    loss = focal_loss(logits[:labelled], labels, config.gamma)
    if batch.soft is not None:
        known = ~batch.soft.isnan()
        plain = functional.binary_cross_entropy_with_logits(logits[:whole], batch.soft.nan_to_num(), reduction="none")
        taught = torch.where(known, loss[:whole].lerp(plain, config.soft_weight), loss[:whole])
        loss = torch.cat([taught, loss[whole:]])
    total = _weighted(loss, config)
    if copies is not None:
        before = network.evidence(features[:shown_twice], slice(None))  # (copy, head, lead, bin)
        after = network.evidence(features[whole:], slice(None))
        slip = (after - copies.keep.unsqueeze(1) * before) * copies.known.unsqueeze(1)
        gap = slip.sum((2, 3))
        gap = functional.smooth_l1_loss(gap, torch.zeros_like(gap), reduction="none")
        total = total + config.consistency * (gap[:, :CLASSES].mean() + config.statement_weight * gap.mean())
        if config.locality:
            total = total + config.locality * slip[:, :CLASSES].abs().sum((2, 3)).mean()
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
