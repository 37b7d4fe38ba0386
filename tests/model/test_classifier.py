"""The shipped network: exact evidence, any rate, any length, and silence where it may not speak."""

import json
import threading

import numpy as np
import pytest

from cardio_desktop.core.errors import Cancelled, ModelError
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.model.card import CARD_FILE, file_sha256
from cardio_desktop.model.classifier import Classifier, NotAssessedError


def logits_of(prediction):
    return np.array([score.logit for score in prediction.classes])


@pytest.mark.parametrize("duration_s", [5.0, 7.3, 10.0, 20.0, 33.4])
def test_bias_and_evidence_add_up_to_the_logit(classifier, ecg, duration_s):
    prediction, evidence = classifier.predict(ecg("anterior-mi", duration_s=duration_s), 100)
    total = evidence.bias + evidence.values.sum(axis=(1, 2), dtype=np.float64)
    np.testing.assert_allclose(total, evidence.logit, atol=1e-5)
    np.testing.assert_allclose(evidence.logit, logits_of(prediction), atol=1e-6)
    np.testing.assert_allclose(evidence.bias, [score.bias for score in prediction.classes], atol=1e-6)
    assert evidence.leads == LEADS12
    assert evidence.values.shape == (5, 12, int(duration_s * 100) // 8)
    assert evidence.end_s == pytest.approx(duration_s, abs=0.081)


def test_simulated_diseases_are_told_from_normal(classifier, ecg):
    normal, infarction, block = (classifier.predict(ecg(k), 100)[0] for k in ("normal", "anterior-mi", "lbbb"))
    assert infarction.probability("MI") > normal.probability("MI") + 0.2
    assert block.probability("CD") > normal.probability("CD") + 0.2
    assert normal.probability("NORM") > max(infarction.probability("NORM"), block.probability("NORM"))


@pytest.mark.parametrize("rate_hz", [250.0, 360.0, 500.0, 1000.0])
def test_any_rate_gives_what_100_hz_gives(classifier, ecg, rate_hz):
    kind = "anterior-mi"
    fine = ecg(kind, 1000.0)
    # One recording, carried by 100 Hz without loss, sampled twice.
    from scipy.signal import firwin, resample_poly

    smooth = np.stack([np.convolve(np.pad(x, 500, mode="edge"), firwin(1001, 40, fs=1000), "valid") for x in fine])
    hundred = smooth[:, ::10]
    # Upsampling as a device would have recorded it; the ends are cut off, where no filter knows what came before.
    other = resample_poly(smooth, round(rate_hz), 1000, axis=1, padtype="edge") if rate_hz < 1000 else smooth
    expected, _ = classifier.predict(hundred[:, 100:900], 100)
    found, _ = classifier.predict(other[:, round(rate_hz) : round(9 * rate_hz)], rate_hz)
    np.testing.assert_allclose(logits_of(found), logits_of(expected), atol=0.02)


def test_real_records_at_500_hz_give_what_their_100_hz_copies_give(classifier, shared):
    from cardio_desktop.io.ptbxl import read_signal
    from cardio_desktop.model.preprocess import resample

    for path in sorted((shared / "ptbxl500").glob("*.hea"))[:5]:
        fine = read_signal(path.with_suffix(""), 500).astype(np.float32) / 1000
        direct, _ = classifier.predict(fine, 500)
        by_hand, _ = classifier.predict(resample(fine, 500, 100), 100)
        np.testing.assert_allclose(logits_of(direct), logits_of(by_hand), atol=1e-5)


def test_start_time_moves_the_evidence_only(classifier, ecg):
    first, here = classifier.predict(ecg(), 100)
    second, there = classifier.predict(ecg(), 100, start_s=120.0)
    assert there.start_s == 120.0
    assert second.windows[0].start_s == 120.0
    np.testing.assert_array_equal(here.values, there.values)
    assert first.classes == second.classes


def test_a_long_recording_is_the_mean_of_its_windows(classifier, ecg):
    signal = np.concatenate([ecg("normal"), ecg("lbbb"), ecg("normal")[:, :400]], axis=1)
    prediction, evidence = classifier.predict(signal, 100)
    spans = [(w.start_s, w.end_s) for w in prediction.windows]
    assert spans == [(0.0, 8.0), (8.0, 16.0), (16.0, 24.0)]
    alone = [classifier.predict(signal[:, a : a + 800], 100) for a in (0, 800, 1600)]
    np.testing.assert_allclose(logits_of(prediction), np.mean([logits_of(p) for p, _ in alone], axis=0), atol=1e-5)
    expected = np.concatenate([found.values for _, found in alone], axis=2) / 3
    np.testing.assert_allclose(evidence.values, expected, atol=1e-6)
    for window, (single, _) in zip(prediction.windows, alone, strict=True):
        for score in single.classes:
            assert window.probabilities[score.code] == pytest.approx(score.probability, abs=1e-5)


def test_missing_leads_are_named_and_have_no_evidence(classifier, ecg):
    signal = ecg("anterior-mi")
    signal[[7, 8]] = np.nan
    prediction, evidence = classifier.predict(signal, 100)
    assert prediction.missing_leads == ("V2", "V3")
    assert not evidence.values[:, [7, 8]].any()
    total = evidence.bias + evidence.values.sum(axis=(1, 2), dtype=np.float64)
    np.testing.assert_allclose(total, evidence.logit, atol=1e-5)


def test_too_many_missing_leads_are_not_assessed(classifier, ecg):
    signal = ecg()
    signal[: classifier.card.max_missing_leads + 1] = np.nan
    with pytest.raises(NotAssessedError, match=r"Missing leads: I, II"):
        classifier.predict(signal, 100)


def test_a_stretch_without_leads_is_left_out(classifier, ecg):
    signal = ecg(duration_s=30.0)
    signal[:, 1000:2000] = np.nan
    prediction, evidence = classifier.predict(signal, 100)
    assert [window.start_s for window in prediction.windows] == [0.0, 20.0]
    assert not evidence.values[:, :, 125:250].any()


def test_too_short_is_not_assessed(classifier, ecg):
    with pytest.raises(NotAssessedError, match=r"4\.9 s long, the network needs at least 5 s"):
        classifier.predict(ecg()[:, :490], 100)
    with pytest.raises(NotAssessedError, match=r"0\.0 s long"):
        classifier.predict(np.zeros((12, 0)), 100)


def test_a_dead_flat_lead_speaks_neither_for_nor_against(classifier, ecg):
    signal = ecg("lbbb")
    signal[6] = 1.3
    _, evidence = classifier.predict(signal, 100)
    assert not evidence.values[:, 6].any()


def test_silence_scores_the_bias(classifier):
    _, evidence = classifier.predict(np.zeros((12, 1000)), 100)
    np.testing.assert_allclose(evidence.logit, evidence.bias, atol=1e-6)


def test_evidence_of_one_statement_on_request(classifier, ecg):
    signal = ecg("lbbb")
    default, _ = classifier.predict(signal, 100)
    prediction, evidence = classifier.predict(signal, 100, codes=("CLBBB",))
    assert evidence.classes == ("CLBBB",)
    total = evidence.bias + evidence.values.sum(axis=(1, 2), dtype=np.float64)
    np.testing.assert_allclose(total, evidence.logit, atol=1e-5)
    assert prediction == default


def test_the_network_reads_voltage(classifier, ecg):
    # Hypertrophy is a matter of millivolts: a network that normalised each record would not see this.
    small, large = (classifier.predict(ecg() * gain, 100)[0] for gain in (1.0, 3.0))
    assert large.score("HYP").logit > small.score("HYP").logit


def test_progress_and_cancel(classifier, ecg):
    told = []
    classifier.predict(ecg(duration_s=40.0), 100, progress=told.append)
    assert told == [0, 25, 50, 75, 100]

    def stop(percent):
        if percent >= 50:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        classifier.predict(ecg(duration_s=40.0), 100, progress=stop)


def test_threads_share_one_session(classifier, ecg):
    fresh = Classifier(classifier.card, threads=1)
    signal, found, sessions = ecg(), [], set()

    def work():
        found.append(logits_of(fresh.predict(signal, 100)[0]))
        sessions.add(id(fresh.session))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sessions) == 1
    assert len(found) == 4
    for logits in found:
        np.testing.assert_array_equal(logits, found[0])


def test_the_input_is_left_alone(classifier, ecg):
    signal = ecg()
    signal[3, 100:150] = np.nan
    before = signal.copy()
    classifier.predict(signal, 100)
    np.testing.assert_array_equal(signal, before)


def test_a_network_of_another_shape_is_refused(model_copy):
    path = model_copy / CARD_FILE
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["statements"].pop()
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ModelError, match=r"classifier\.onnx: returns logits"):
        Classifier.load(model_copy).predict(np.zeros((12, 1000)), 100)


def test_a_file_that_is_no_network_is_refused(model_copy):
    network, path = model_copy / "classifier.onnx", model_copy / CARD_FILE
    network.write_bytes(b"no network")
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["onnx"]["sha256"] = file_sha256(network)
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ModelError, match=r"classifier\.onnx: does not run"):
        Classifier.load(model_copy).predict(np.zeros((12, 1000)), 100)
