"""The delineating network at work: any leads, any rate, any length; damaged files are named."""

import json
import shutil

import numpy as np
import pytest

from cardio_desktop.core.errors import ModelError
from cardio_desktop.model.conditioning import RATE_HZ, condition
from cardio_desktop.model.delineator import CARD_FILE, EDGES_FILE, Delineator, window_spans
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate


@pytest.fixture(scope="module")
def delineator() -> Delineator:
    return Delineator.load(asset("model_assets"))


@pytest.fixture(scope="module")
def leads_mv() -> np.ndarray:
    record = simulate("normal", seed=4).record
    return np.stack([lead.millivolts() for lead in record.leads.values()])


def test_probabilities_are_of_each_moment_and_add_up(delineator, leads_mv):
    found = delineator.probabilities(leads_mv, 500.0)
    assert found.shape == (4, 12, 2500)
    assert found.sum(axis=0) == pytest.approx(np.ones((12, 2500)), abs=1e-5)
    # Every second of a normal rhythm holds some of each wave.
    assert (found[1:].max(axis=2) > 0.8).all()


def test_order_of_leads_does_not_matter(delineator, leads_mv):
    turned = delineator.probabilities(leads_mv[::-1], 500.0)[:, ::-1]
    assert turned == pytest.approx(delineator.probabilities(leads_mv, 500.0), abs=1e-5)


def test_a_silent_lead_says_nothing_and_does_not_disturb_the_others(delineator, leads_mv):
    without = leads_mv.copy()
    without[3] = 0.0
    found = delineator.probabilities(without, 500.0)
    assert (found[0, 3] == 1).all()
    others = [k for k in range(12) if k != 3]
    alone = delineator.probabilities(leads_mv[others], 500.0)
    assert found[:, others] == pytest.approx(alone, abs=1e-5)


def test_where_nothing_was_recorded_there_is_no_wave(delineator, leads_mv):
    holed = leads_mv.copy()
    holed[:, 2000:3000] = np.nan
    found = delineator.probabilities(holed, 500.0)
    assert (found[1:, :, 1005:1495] == 0).all()
    assert np.isfinite(found).all()


def test_a_long_recording_is_read_in_windows_that_agree_with_one_another(delineator):
    record = simulate("normal", duration_s=27.0, seed=4).record
    leads_mv = np.stack([lead.millivolts() for lead in record.leads.values()])
    said: list[float] = []
    whole = delineator.look(leads_mv, 500.0, said.append)[0]
    part = delineator.probabilities(leads_mv[:, 5000:10000], 500.0)
    assert said[-1] == 100
    assert np.abs(whole[:, :, 2750:4750] - part[:, :, 250:2250]).mean() < 0.01


@pytest.mark.parametrize("samples", [0, 1, 20, 2499, 2500, 2501, 5000, 150_000])
def test_windows_cover_everything_once(samples):
    spans = window_spans(samples)
    kept = [k for low, high, _, _ in spans for k in range(low, high)] if samples < 10_000 else None
    if kept is not None:
        assert kept == list(range(samples))
    assert all(first <= low < high <= last and last - first <= 2500 for low, high, first, last in spans)


@pytest.mark.parametrize("samples", [0, 5, 60])
def test_a_few_samples_hold_no_wave(delineator, samples):
    found = delineator.probabilities(np.zeros((2, samples)), 500.0)
    assert found.shape[:2] == (4, 2)
    assert not found[1:].any()


def test_gain_offset_and_slow_wander_are_conditioned_away(leads_mv):
    ecg = leads_mv[:, ::2].astype(np.float32)
    drift = 0.5 * np.sin(2 * np.pi * 0.1 * np.arange(ecg.shape[1]) / RATE_HZ).astype(np.float32)
    base = condition(ecg)
    assert condition(7 * ecg + 3) == pytest.approx(base, abs=1e-3)
    assert np.abs(condition(ecg + drift) - base).mean() < 0.08


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda card: card | {"bias_ms": {"P": [0, 0], "QRS": [0, 900], "T": [0, 0]}}, "bias_ms.QRS"),
        (lambda card: card | {"schema": 9}, "schema"),
        (lambda card: card | {"classes": ["none", "P"]}, "classes"),
        (lambda card: card | {"onnx": {"file": "../x.onnx", "sha256": "0" * 64}}, "same folder"),
        (lambda card: card | {"onnx": {"file": "delineator.onnx", "sha256": "0" * 64}}, "SHA-256"),
        (lambda card: card | {"onnx": {"file": "gone.onnx", "sha256": "0" * 64}}, "is missing"),
    ],
)
def test_a_card_that_does_not_fit_is_refused_in_one_sentence(tmp_path, change, said):
    for name in ("delineator.onnx", EDGES_FILE, CARD_FILE):
        shutil.copy(asset("model_assets") / name, tmp_path)
    card = json.loads((tmp_path / CARD_FILE).read_text())
    (tmp_path / CARD_FILE).write_text(json.dumps(change(card)))
    with pytest.raises(ModelError, match=said) as found:
        Delineator.load(tmp_path)
    assert "\n" not in str(found.value)


def test_a_network_that_is_none_is_refused(tmp_path, leads_mv):
    from cardio_desktop.model.card import file_sha256

    for name in (EDGES_FILE, CARD_FILE):
        shutil.copy(asset("model_assets") / name, tmp_path)
    (tmp_path / "delineator.onnx").write_bytes(b"no network")
    card = json.loads((tmp_path / CARD_FILE).read_text())
    card["onnx"]["sha256"] = file_sha256(tmp_path / "delineator.onnx")
    (tmp_path / CARD_FILE).write_text(json.dumps(card))
    with pytest.raises(ModelError, match="does not run"):
        Delineator.load(tmp_path).probabilities(leads_mv, 500.0)


def test_the_file_is_small():
    assert (asset("model_assets") / "delineator.onnx").stat().st_size < 1.5e6
