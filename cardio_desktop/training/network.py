"""The classifier: a residual network that keeps the twelve leads apart, so that every logit splits over lead and time.

Every tensor is (batch, channel, lead, time). Convolutions run along time with weights shared by all leads, and no layer
adds one lead to another: leads meet only in squeeze-and-excitation gates, which may *scale* a cell but not write into
it, and in the final sum. The head is linear in the features averaged over time, hence exactly

    logit[c] = bias[c] + sum over lead and bin of evidence[c, lead, bin]
    evidence[c, lead, bin] = sum over channel of weight[c, channel, lead] * feature[channel, lead, bin] / bins

which is Grad-CAM of the last feature map without its ReLU (Selvaraju et al. 2017), got by one forward pass.

A `mixed` network sees the leads as channels of one trace instead. It is cheaper and a little more accurate, and says
nothing about leads: it serves as a teacher in training and is never shipped.
"""

from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

LEADS = 12


@dataclass(frozen=True)
class NetworkConfig:
    """The shape of the network; kept in checkpoints and in the model card."""

    heads: int
    """Number of logits: five superclasses, then the statements."""
    scale_mv: float = 0.235
    """Standard deviation of the training signals: one constant for all leads, so that voltages keep their meaning."""
    widths: tuple[int, ...] = (24, 48, 64, 96)
    strides: tuple[int, ...] = (1, 2, 2, 1)
    kernels: tuple[int, ...] = (7, 7, 5, 3)
    stem_kernel: int = 11
    stem_stride: int = 2
    shift: int = 3
    """Samples by which the stem looks ahead, so that a bin is centred on the span of time it stands for."""
    gate_width: int = 32
    dropout: float = 0.1
    mixed: bool = False
    """Leads are channels of one trace: a teacher, without evidence by lead."""

    @property
    def rows(self) -> int:
        """Length of the lead axis."""
        return 1 if self.mixed else LEADS

    @property
    def stride(self) -> int:
        """Input samples per evidence bin."""
        stride = self.stem_stride
        for factor in self.strides:
            stride *= factor
        return stride

    @property
    def receptive_field(self) -> int:
        """Input samples that one evidence bin can see (gates aside)."""
        seen, step = self.stem_kernel, self.stem_stride
        for kernel, stride in zip(self.kernels, self.strides, strict=True):
            seen += (kernel - 1) * step
            step *= stride
            seen += (kernel - 1) * step
        return seen


class TimeConvolution(nn.Conv2d):
    """A convolution along time with weights shared by all leads; beyond the ends the first and last value go on.

    Zeros there would be a wave of their own: a step from the signal's level to nothing at each end of a window.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1) -> None:
        super().__init__(inputs, outputs, (1, kernel), (1, stride), bias=False)
        self.ends = (kernel // 2, kernel // 2, 0, 0)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, inputs, lead, time) -> (batch, outputs, lead, ceil(time / stride))."""
        return super().forward(functional.pad(x, self.ends, mode="replicate") if self.ends[0] else x)


class LeadGate(nn.Module):
    """Squeeze-and-excitation over (channel x lead): the whole record decides how much each lead's channel counts."""

    def __init__(self, channels: int, leads: int, width: int) -> None:
        super().__init__()
        self.squeeze = nn.Linear(channels * leads, width)
        self.excite = nn.Linear(width, channels * leads)
        nn.init.zeros_(self.excite.weight)
        nn.init.zeros_(self.excite.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Scale (batch, channel, lead, time) by factors between 0 and 2."""
        pooled = x.mean(3).flatten(1)  # (batch, channel * lead)
        gate = 2 * torch.sigmoid(self.excite(functional.relu(self.squeeze(pooled))))
        return x * gate.view(x.shape[0], x.shape[1], x.shape[2], 1)


class SharedDropout(nn.Dropout2d):
    """Dropout of whole maps that drops the same ones of a record and of its copy.

    Otherwise the two would differ by chance, and evidence that should be alike could only agree by being small.
    """

    copies = 0
    """How many of the last records are copies of the first ones."""

    def forward(self, x: Tensor) -> Tensor:
        """Drop maps of (batch, channel, lead, time)."""
        if not (self.training and self.copies):
            return super().forward(x)
        mask = functional.dropout(x.new_ones(len(x) - self.copies, x.shape[1], 1, 1), self.p)
        return x * torch.cat([mask, mask[: self.copies]])


class ResidualBlock(nn.Module):
    """Two time convolutions, a lead gate and a shortcut."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, config: NetworkConfig) -> None:
        super().__init__()
        self.first = TimeConvolution(inputs, outputs, kernel, stride)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = TimeConvolution(outputs, outputs, kernel)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.gate = LeadGate(outputs, config.rows, config.gate_width)
        self.drop = SharedDropout(config.dropout)
        self.stride = stride
        self.match = nn.Conv2d(inputs, outputs, 1, bias=False) if inputs != outputs else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        """(batch, inputs, lead, time) -> (batch, outputs, lead, ceil(time / stride))."""
        y = functional.relu(self.first_norm(self.first(x)))
        y = self.gate(self.second_norm(self.second(self.drop(y))))
        if self.stride > 1:
            x = functional.avg_pool2d(x, (1, self.stride), ceil_mode=True)
        return functional.relu(y + self.match(x))


class Network(nn.Module):
    """Twelve leads in millivolt -> features, logits and evidence."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        first = config.widths[0]
        signals = LEADS if config.mixed else 1
        self.stem = nn.Conv2d(signals, first, (1, config.stem_kernel), (1, config.stem_stride), bias=False)
        half = config.stem_kernel // 2
        self.margins = (half - config.shift, half + config.shift, 0, 0)
        self.stem_norm = nn.BatchNorm2d(first)
        self.lead_offset = nn.Parameter(torch.zeros(1, first, config.rows, 1))
        inputs = (first, *config.widths[:-1])
        self.blocks = nn.ModuleList(
            ResidualBlock(i, o, kernel, stride, config)
            for i, o, kernel, stride in zip(inputs, config.widths, config.kernels, config.strides, strict=True)
        )
        self.head_drop = SharedDropout(config.dropout)
        self.weight = nn.Parameter(torch.empty(config.heads, config.widths[-1], config.rows))
        self.bias = nn.Parameter(torch.zeros(config.heads))
        nn.init.normal_(self.weight, std=(config.widths[-1] * config.rows) ** -0.5)

    def features(self, ecg_mv: Tensor, copies: int = 0) -> Tensor:
        """Return the last feature map (batch, channel, lead, bin) of (batch, lead, time) in mV.

        `time` is a multiple of the stride. A lead without any signal has features 0. The last `copies` records are
        copies of the first ones: dropout treats them alike.
        """
        for module in self.modules():
            if isinstance(module, SharedDropout):
                module.copies = copies
        present = (ecg_mv.amax(2) - ecg_mv.amin(2) > 0).to(ecg_mv.dtype)  # (batch, lead)
        axis = 2 if self.config.mixed else 1
        x = (ecg_mv / self.config.scale_mv).unsqueeze(axis).contiguous(memory_format=torch.channels_last)
        x = self.stem(functional.pad(x, self.margins, mode="replicate"))
        x = functional.relu(self.stem_norm(x) + self.lead_offset)
        for block in self.blocks:
            x = block(x)
        if self.config.mixed:
            return cast(Tensor, self.head_drop(x))
        # A lead that is missing or dead flat must speak neither for nor against anything.
        return cast(Tensor, self.head_drop(x) * present[:, None, :, None])

    def lead_scores(self, features: Tensor) -> Tensor:
        """Features -> each lead's share of each logit (batch, head, lead)."""
        return torch.einsum("bcl,hcl->bhl", features.float().mean(3), self.weight)

    def evidence(self, features: Tensor, heads: Tensor | slice) -> Tensor:
        """Features -> signed evidence (batch, head, lead, bin) of the chosen heads."""
        return torch.einsum("bclt,hcl->bhlt", features.float(), self.weight[heads]) / features.shape[3]

    def forward(self, ecg_mv: Tensor) -> Tensor:
        """(batch, lead, time) in mV -> logits (batch, head)."""
        return self.lead_scores(self.features(ecg_mv)).sum(2) + self.bias
