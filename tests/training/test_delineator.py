"""Training of the delineator: exact labels, a tiny run that resumes, and the exported network."""

import csv

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from cardio_desktop.core.leads import LEADS12  # noqa: E402
from cardio_desktop.io.ludb import LudbRecord, MarkedWave  # noqa: E402
from cardio_desktop.model.conditioning import condition  # noqa: E402
from cardio_desktop.model.delineator import Delineator  # noqa: E402
from cardio_desktop.simulate import simulate  # noqa: E402
from cardio_desktop.training.delineator_data import CLASSES, Noises, augmented, prepared, stretch  # noqa: E402
from cardio_desktop.training.delineator_export import export_onnx  # noqa: E402
from cardio_desktop.training.delineator_fit import (  # noqa: E402
    DelineatorFit,
    fit_delineator,
    load_delineator,
    probabilities,
)
from cardio_desktop.training.delineator_network import DelineatorConfig, DelineatorNetwork  # noqa: E402

SMALL = DelineatorConfig(widths=(8, 8, 8, 8, 8), fine=4, taps=3)
TINY = DelineatorFit(epochs=2, passes=2, batch=2, samples=640)


def marked_record(seed: int) -> LudbRecord:
    """A simulated record with its true waves as marks, none in the first and last second."""
    truth = simulate("normal", seed=seed)
    waves = tuple(
        MarkedWave(w.wave, round(w.onset_s * 500), round(w.peak_s * 500), round(w.offset_s * 500))
        for w in sorted(truth.waves, key=lambda w: w.onset_s)
        if w.onset_s > 1 and w.offset_s < 9
    )
    leads_mv = np.stack([lead.millivolts() for lead in truth.record.leads.values()]).astype(np.float32)
    return LudbRecord(str(seed), 500.0, leads_mv, dict.fromkeys(LEADS12, waves), {"rhythm": "Sinus rhythm"})


@pytest.fixture(scope="module")
def records() -> list[LudbRecord]:
    return [marked_record(seed) for seed in (1, 2, 3)]


@pytest.fixture(scope="module")
def bank() -> Noises:
    rng = np.random.default_rng(0)
    return Noises(*(rng.standard_normal((2, 20_000)).astype(np.float32) for _ in range(2)))


@pytest.mark.parametrize("step", [1.6, 2.0, 2.7])
def test_a_label_crosses_one_half_at_its_mark(records, step):
    record = records[0]
    _, labels, _ = stretch(prepared(record), 600.0, step, 1200)
    for name in ("P", "QRS", "T"):
        row = labels[CLASSES.index(name), 4]
        rising = np.flatnonzero((row[:-1] < 0.5) & (row[1:] >= 0.5))
        at = 600 + step * (rising + (0.5 - row[rising]) / (row[rising + 1] - row[rising]))
        true = [w.onset for w in record.waves["aVL"] if w.wave == name and 610 < w.onset < 600 + 1150 * step]
        assert np.min(np.abs(at[:, None] - true), axis=0) == pytest.approx(np.zeros(len(true)), abs=0.51)


def test_nothing_is_learnt_outside_the_marks(records):
    _, labels, weight = stretch(prepared(records[0]), 0.0, 2.0, 2500)
    first = min(w.onset for w in records[0].waves["I"]) / 2
    last = max(w.offset for w in records[0].waves["I"]) / 2
    assert not weight[:, : int(first) - 6].any()
    assert not weight[:, int(last) + 6 :].any()
    assert weight[:, int(first) + 1 : int(last) - 1].all()
    assert labels.sum(axis=0)[weight > 0] == pytest.approx(1.0, abs=1e-5)


def test_a_wave_with_a_boundary_unmarked_is_left_out():
    record = marked_record(1)
    waves = list(record.waves["V1"])
    k = next(i for i, w in enumerate(waves) if w.wave == "QRS" and i > 3)
    waves[k] = MarkedWave("QRS", None, waves[k].peak, waves[k].offset)
    record.waves["V1"] = tuple(waves)
    _, _, weight = stretch(prepared(record), 0.0, 2.0, 2500)
    around = slice(waves[k].peak // 2 - 30, waves[k].peak // 2 + 30)
    assert not weight[6, around].any()
    assert weight[5, around].all()


def test_augmented_stretches_are_finite_and_repeatable(records, bank):
    first, second = (augmented(prepared(records[0]), 640, bank, np.random.default_rng(7)) for _ in range(2))
    for one, two in zip(first, second, strict=True):
        assert np.isfinite(one).all()
        assert np.array_equal(one, two)


def test_a_killed_and_resumed_run_equals_an_unbroken_one(records, bank, tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    fit_delineator(records[:2], records[2:], whole, bank, TINY, SMALL, say=lambda _: None)

    def stop_after_one(line: str) -> None:
        if line.startswith("epoch 1"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit_delineator(records[:2], records[2:], broken, bank, TINY, SMALL, say=stop_after_one)
    fit_delineator(records[:2], records[2:], broken, bank, TINY, SMALL, resume=True, say=lambda _: None)
    one, two = (load_delineator(folder / "last.pt")[0].state_dict() for folder in (whole, broken))
    assert all(torch.allclose(one[key].float(), two[key].float(), atol=1e-6) for key in one)
    with (whole / "log.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert float(rows[1]["loss"]) < float(rows[0]["loss"])


def test_resuming_with_other_settings_is_refused(records, bank, tmp_path):
    fit_delineator(records[:2], [], tmp_path, bank, TINY, SMALL, say=lambda _: None)
    with pytest.raises(SystemExit, match="other settings"):
        fit_delineator(records[:1], [], tmp_path, bank, TINY, SMALL, resume=True, say=lambda _: None)


def test_the_exported_network_computes_the_same_for_any_leads_and_length(tmp_path):
    import onnxruntime

    torch.manual_seed(3)
    network = DelineatorNetwork(SMALL).eval()
    export_onnx(network, tmp_path / "x.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "x.onnx"), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    for leads, samples in ((12, 640), (1, 320), (3, 2496)):
        ecg = rng.standard_normal((leads, samples)).astype(np.float32)
        found = session.run(None, {"ecg": ecg[None]})[0][0]
        assert found == pytest.approx(probabilities(network, ecg), abs=1e-4)


def test_the_network_reads_leads_in_any_order():
    torch.manual_seed(3)
    network = DelineatorNetwork(SMALL).eval()
    ecg = condition(np.random.default_rng(0).standard_normal((5, 640)).astype(np.float32))
    assert probabilities(network, ecg[::-1].copy())[:, ::-1] == pytest.approx(probabilities(network, ecg), abs=1e-5)


def test_the_shipped_card_names_what_it_was_trained_on(shared):
    from cardio_desktop.io.ludb import parts_of, read_ludb
    from cardio_desktop.paths import asset

    training = Delineator.load(asset("model_assets")).card.raw["training"]
    parts = parts_of(read_ludb(shared / "ludb"))
    assert {parts[number] for number in training["train"]} <= {"train", "select"}
    assert {number for number, part in parts.items() if part == "test"} == set(training["test"])
