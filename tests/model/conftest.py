import shutil

import numpy as np
import pytest

from cardio_desktop.model.classifier import Classifier
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate


@pytest.fixture(scope="session")
def classifier():
    return Classifier.load(asset("model_assets"), threads=1)


@pytest.fixture
def model_copy(tmp_path):
    """A model folder that a test may damage."""
    folder = tmp_path / "model"
    shutil.copytree(asset("model_assets"), folder)
    return folder


@pytest.fixture(scope="session")
def ecg():
    """Twelve simulated leads in mV: ecg(kind, rate_hz, duration_s)."""

    def made(kind="normal", rate_hz=100.0, duration_s=10.0):
        return simulate(kind, rate_hz=rate_hz, duration_s=duration_s, seed=3).clean_mv.astype(np.float32)

    return made
