"""Several trained networks read as one: the mean of their logits, and of their evidence.

The mean of exact splits is an exact split, so that nothing is lost of what a single network's evidence means; what one
seed has found by chance counts for less.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from cardio_desktop.training.network import Network


class Ensemble(nn.Module):
    """Networks with the same heads and evidence bins, each of any shape beside."""

    def __init__(self, members: Sequence[Network]) -> None:
        super().__init__()
        first = members[0].config
        for config in (member.config for member in members):
            if config.mixed or (config.heads, config.stride, config.scale_mv) != (
                first.heads,
                first.stride,
                first.scale_mv,
            ):
                raise ValueError("members differ in heads, evidence bins or scale, or mix the leads")
        self.members = nn.ModuleList(members)
        self.stride = first.stride
        self.scale_mv = first.scale_mv

    @property
    def receptive_field(self) -> int:
        """Input samples that an evidence bin can see: those of the member that sees most."""
        return max(member.config.receptive_field for member in self.networks())

    def networks(self) -> list[Network]:
        """Return the members."""
        return [member for member in self.members if isinstance(member, Network)]

    def forward(self, ecg_mv: Tensor, heads: Tensor | slice) -> tuple[Tensor, Tensor]:
        """(n, lead, time) in mV and head indices -> logits (n, head), evidence (n, chosen, lead, bin)."""
        logits, evidence = [], []
        for member in self.networks():
            features = member.features(ecg_mv)
            logits.append(member.lead_scores(features).sum(2) + member.bias)
            evidence.append(member.evidence(features, heads))
        return torch.stack(logits).mean(0), torch.stack(evidence).mean(0)
