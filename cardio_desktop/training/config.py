"""What decides a training: everything here is kept in its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.io.ptbxl import SUPERCLASSES

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
    altered: int = 0
    """Records of each batch that are shown a second time with single waves or short stretches changed."""
    waves: int = 0
    """Records of each batch that are shown a second time with one wave of every beat flat or exchanged."""
    longest_run: int = 6
    """Bins of the longest stretch hidden in a masked record; the shorter, the finer the evidence must be in time."""
    consistency: float = 0.3
    locality: float = 0.0
    """Weight of the sum over cells by which evidence changes where nothing changed, or stays where all is gone."""
    mixup: float = 0.0
    """Parameter of the beta distribution by which records are mixed in pairs (Zhang et al. 2018); 0 mixes none."""
    soft_weight: float = 0.0
    """Weight of the teachers' opinion beside the labels (Hinton et al. 2015)."""
    clean: bool = False
    """Whether records are shown as they are, without noise: only to tell what noise in training is good for."""
    bf16: bool = False
    seed: int = 1

    @property
    def total_epochs(self) -> int:
        """Epochs of both rounds."""
        return self.epochs + self.fine_epochs
