"""A real PostgreSQL for what a clinic's computers share."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def _module() -> Any:
    path = Path(__file__).resolve().parents[2] / "packaging" / "postgres.py"
    spec = importlib.util.spec_from_file_location("cardio_postgres", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A server of this test run; see `packaging/postgres.py`."""
    module = _module()
    if module.programs() is None:
        pytest.skip("there is no PostgreSQL here (Debian: apt-get install postgresql)")
    with module.Server() as server:
        yield server


@pytest.fixture
def clinic(postgres: Any) -> str:
    """The address of an empty database."""
    return str(postgres.new_database())
