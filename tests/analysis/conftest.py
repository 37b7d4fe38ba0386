"""Records made from plain arrays."""

from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.record import ArraySamples, Channel, Record


@pytest.fixture(scope="session")
def record_of():
    def build(leads_mv: dict[str, np.ndarray], rate_hz: float) -> Record:
        channels = tuple(
            Channel(name, rate_hz, "mV", 1.0, 0.0, ArraySamples(np.array(mv, dtype=float)), lead=canonical_lead(name))
            for name, mv in leads_mv.items()
        )
        return Record(Path("array"), "array", channels)

    return build
