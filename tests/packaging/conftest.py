"""The scripts of packaging/ are no package (the name would hide PyPI's `packaging`): they are loaded by path."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    def load(name: str) -> ModuleType:
        key = f"cardio_packaging_{name}"
        if key not in sys.modules:
            spec = importlib.util.spec_from_file_location(key, ROOT / "packaging" / f"{name}.py")
            assert spec is not None
            assert spec.loader is not None
            sys.modules[key] = importlib.util.module_from_spec(spec)
            sys.path.insert(0, str(ROOT / "packaging"))  # as Python itself does when the script is called
            try:
                spec.loader.exec_module(sys.modules[key])
            finally:
                sys.path.remove(str(ROOT / "packaging"))
        return sys.modules[key]

    return load


@pytest.fixture(scope="session")
def dev(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("dev")
