"""The delineating network: a small U-Net over time, the same for every lead, that hears what the other leads say.

Leads are neither ordered nor named: at each level the mean and the maximum over all leads are offered to each of them,
so that any set of leads, even a single one, can be read and their order cannot matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

CLASSES = ("none", "P", "QRS", "T")


@dataclass(frozen=True)
class DelineatorConfig:
    """Sizes: channels at 125, 62, 31, 16, 8 Hz, of the full-rate branch, and of the temporal filters."""

    widths: tuple[int, ...] = (16, 24, 32, 32, 32)
    fine: int = 8
    taps: int = 7
    dropout: float = 0.1

    @property
    def multiple(self) -> int:
        """Samples of which the input's length must be a multiple."""
        return 2 ** len(self.widths)


class _Step(nn.Module):
    """Temporal convolution, normalisation, ReLU."""

    def __init__(self, inputs: int, outputs: int, taps: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, (1, taps), (1, stride), (0, taps // 2), bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.norm(self.conv(x)))


class _Share(nn.Module):
    """Adds to every lead what mean and maximum over the leads say; tensors are (record, channel, lead, time)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mix = nn.Conv2d(2 * channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        pooled = torch.cat([x.mean(2, keepdim=True), x.amax(2, keepdim=True)], 1)
        return x + self.mix(pooled)


class _Level(nn.Module):
    """Two steps with a shortcut, then the exchange between leads."""

    def __init__(self, channels: int, taps: int, dropout: float) -> None:
        super().__init__()
        self.steps = nn.Sequential(_Step(channels, channels, taps), _Step(channels, channels, taps))
        self.share = _Share(channels)
        self.drop = nn.Dropout2d(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.drop(self.share(x + self.steps(x)))


class DelineatorNetwork(nn.Module):
    """(record, lead, sample) conditioned at 250 Hz -> logits (record, class, lead, sample)."""

    def __init__(self, config: DelineatorConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or DelineatorConfig()
        widths, taps = config.widths, config.taps
        self.fine = _Step(1, config.fine, 9)
        self.down = nn.ModuleList(
            _Step(before, width, taps, stride=2)
            for before, width in zip((config.fine, *widths[:-1]), widths, strict=True)
        )
        self.levels = nn.ModuleList(_Level(width, taps, config.dropout) for width in widths)
        self.up = nn.ModuleList(_Step(upper + lower, upper, taps) for upper, lower in pairwise(widths))
        self.shares = nn.ModuleList(_Share(width) for width in widths[:-1])
        self.last = _Step(config.fine + widths[0], 8, 5)
        self.head = nn.Conv2d(8, len(CLASSES), (1, 3), padding=(0, 1))

    def forward(self, ecg: Tensor) -> Tensor:
        """(record, lead, sample) -> logits (record, class, lead, sample)."""
        x = fine = self.fine(ecg[:, None])
        kept = []
        for down, level in zip(self.down, self.levels, strict=True):
            x = level(down(x))
            kept.append(x)
        for k in range(len(self.up) - 1, -1, -1):
            x = self.shares[k](self.up[k](torch.cat([kept[k], _double(x)], 1)))
        return self.head(self.last(torch.cat([fine, _double(x)], 1)))


def _double(x: Tensor) -> Tensor:
    """Return `x` at twice the rate, between neighbours by straight lines."""
    return functional.interpolate(x, scale_factor=(1.0, 2.0), mode="bilinear", align_corners=False)
