"""Killed while reading, signing and sending: nothing older than two seconds is lost, and no chain breaks.

`python packaging/kill_store.py` does the same 200 times.
"""

import importlib.util
import signal
import sys
from pathlib import Path
from types import ModuleType

import pytest

KILLS = 4


@pytest.fixture
def kill_store(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    folder = Path(__file__).resolve().parents[2] / "packaging"
    monkeypatch.syspath_prepend(str(folder))
    spec = importlib.util.spec_from_file_location("cardio_kill_store", folder / "kill_store.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a thing of POSIX")
def test_kills_while_reading_signing_and_sending_lose_nothing_that_was_promised(
    qapp: object, tmp_path: Path, clinic: str, kill_store: ModuleType
) -> None:
    due, lost, problems = kill_store.kill_again_and_again(tmp_path, KILLS, clinic)
    assert due >= KILLS
    assert lost == 0
    assert problems == []
    assert kill_store.unlike(tmp_path, clinic) == []
