"""What every test may use."""

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says nothing on a busy machine; timings are benchmarks.
hypothesis.settings.register_profile("cardio", deadline=None)
hypothesis.settings.load_profile("cardio")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # some tests import ONNX Runtime before the program does
# No test may touch the data folder of whoever runs it.
_DATA = tempfile.TemporaryDirectory(prefix="cardio-desktop-test-")
os.environ["CARDIO_DESKTOP_DATA"] = _DATA.name

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    return Path(os.environ.get("CARDIO_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the checkout; without it these tests are skipped, in CI that is an error."""
    folder = shared_folder()
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have the real data in {folder}")
        pytest.skip(f"no real data in {folder} (set CARDIO_SHARED to its folder)")
    return folder
