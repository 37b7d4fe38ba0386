"""What every test may use."""

import gc
import itertools
import os
import tempfile
import uuid
from collections.abc import Iterator
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
    """The folder of real data beside the checkout; where there is none, tests that need it are skipped."""
    folder = shared_folder()
    if not folder.is_dir():
        pytest.skip(f"no real data in {folder} (set CARDIO_SHARED to its folder)")
    return folder


@pytest.fixture
def counted_uuids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Number the random identifiers of files: their digits hold a birth year by chance, where nobody told it."""
    numbers = itertools.count(1 << 127)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers)))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn every skip into a failure where the real data is there: then nothing has a reason to be left out.

    What a test says of the operating system (`skipif`) stays a skip.
    """
    outcome = yield
    report = outcome.get_result()
    if not report.skipped or hasattr(report, "wasxfail") or not shared_folder().is_dir():
        return
    if any(mark.args and mark.args[0] for mark in item.iter_markers("skipif")):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{item.nodeid} was skipped although the real data is in {shared_folder()}: {reason}"


def _shows_widgets(item: pytest.Item) -> bool:
    return "qapp" in getattr(item, "fixturenames", ())


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Let no collection destroy a widget in the midst of a test or in another thread (see `ui.garbage`)."""
    if _shows_widgets(item):
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()
    yield


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Collect what a test with widgets left, when nothing of it runs any more."""
    yield
    if _shows_widgets(item):
        from cardio_desktop.ui.garbage import collect_due

        collect_due()
