"""The nine electrodes of a twelve-lead record, and the leads as what they are: differences of their potentials."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ELECTRODES = ("RA", "LA", "LL", "C1", "C2", "C3", "C4", "C5", "C6")
"""Right and left arm, left leg, and the chest electrodes; that of the right leg is the amplifier's ground."""


def electrode_weights() -> NDArray[np.float32]:
    """Return (12 leads, 9 electrodes): each lead as a weighted sum of electrode potentials.

    After Einthoven, Goldberger and Wilson, whose terminal is the mean of the three limb electrodes.
    """
    limb = np.array([[-1, 1, 0], [-1, 0, 1], [0, -1, 1], [1, -0.5, -0.5], [-0.5, 1, -0.5], [-0.5, -0.5, 1]])
    weights = np.zeros((12, len(ELECTRODES)), dtype=np.float32)
    weights[:6, :3] = limb
    weights[6:, :3] = -1 / 3
    weights[6:, 3:] = np.eye(6)
    return weights
