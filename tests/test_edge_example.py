"""The example for small devices gives what the program gives."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.preprocess import resample
from cardio_desktop.model.risk import stratify
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate

PATH = Path(__file__).parents[1] / "docs" / "edge_example.py"


@pytest.fixture(scope="module")
def edge():
    spec = importlib.util.spec_from_file_location("edge_example", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_short_and_needs_numpy_and_onnxruntime_alone():
    text = PATH.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported - set(sys.stdlib_module_names) == {"numpy", "onnxruntime"}


@pytest.mark.parametrize("rate_hz", [100.0, 250.0, 360.0, 500.0, 1000.0])
def test_it_resamples_as_the_program_does(edge, rate_hz):
    signal = np.random.default_rng(0).normal(size=(12, int(6 * rate_hz))).astype(np.float32)
    np.testing.assert_allclose(edge.resample(signal, rate_hz, 100), resample(signal, rate_hz, 100), atol=2e-5)


@pytest.mark.parametrize("kind", ["normal", "anterior-mi", "lbbb"])
@pytest.mark.parametrize(("rate_hz", "age"), [(500.0, 25.0), (100.0, None)])
def test_it_says_what_the_program_says(edge, kind, rate_hz, age):
    folder = asset("model_assets")
    classifier = Classifier.load(folder, threads=1)
    signal = simulate(kind, rate_hz=rate_hz, seed=4).clean_mv[:, : int(10 * rate_hz)].astype(np.float32)
    signal[7] += 3.0  # an electrode's offset
    signal[3] = np.nan  # a missing lead
    found = edge.judge(folder, signal, rate_hz, age)
    prediction, evidence = classifier.predict(signal, rate_hz)
    for score in prediction.classes:
        assert found["probabilities"][score.code] == pytest.approx(score.probability, abs=1e-4)
    assert found["tier"] == stratify(prediction, classifier.card, age_years=age).tier.value
    np.testing.assert_allclose(found["evidence"], evidence.values, atol=1e-4)
    np.testing.assert_allclose(found["bias"] + found["evidence"].sum(axis=(1, 2)), found["logits"], atol=1e-4)
    small = edge.judge(folder, signal, rate_hz, age, "classifier-int8.onnx")
    for code in PATHOLOGIES:
        assert small["probabilities"][code] == pytest.approx(found["probabilities"][code], abs=0.05)


def test_what_cannot_be_judged_is_refused(edge):
    signal = np.zeros((12, 1000), dtype=np.float32)
    with pytest.raises(ValueError, match="expected 5 to 10 s"):
        edge.judge(asset("model_assets"), signal[:, :300], 100.0)
    signal[:5] = np.nan
    with pytest.raises(ValueError, match="5 leads are missing"):
        edge.judge(asset("model_assets"), signal, 100.0)
    signal[:5] = 0
    signal[2, 4] = np.nan
    with pytest.raises(ValueError, match="without gaps"):
        edge.judge(asset("model_assets"), signal, 100.0)
