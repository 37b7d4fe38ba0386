"""The sample records can be made again byte by byte, and hold what the simulator made."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.simulate import KINDS, simulate_record

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "packaging" / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    folder = tmp_path_factory.mktemp("samples")
    script.main(folder)
    return folder


def test_samples_in_the_project_are_what_the_script_makes(made):
    names = sorted(path.name for path in made.iterdir())
    assert names == sorted(path.name for path in SAMPLES.iterdir())
    for name in names:
        assert (made / name).read_bytes() == (SAMPLES / name).read_bytes(), name


def test_samples_stay_small():
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 1_000_000


@pytest.mark.parametrize("name", [*(f"{kind}.hea" for kind in KINDS), "anterior-mi-edf.edf"])
def test_samples_read_back_as_simulated_with_the_same_voltages(name):
    from cardio_desktop.io import open_record

    record = open_record(SAMPLES / name)
    source = simulate_record(name.split(".")[0].removesuffix("-edf"))
    assert record.simulated
    assert tuple(record.leads) == tuple(source.leads)
    for lead in source.leads:
        np.testing.assert_allclose(record.leads[lead].millivolts(), source.leads[lead].millivolts(), atol=1e-5)
