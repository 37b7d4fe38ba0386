"""Disturbances are what they are called, and the table counts what they do."""

import json
import shutil

import numpy as np
import pytest

from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation import cli, disturb, noise_checks
from cardio_desktop.model.card import load_card
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate


@pytest.fixture(scope="module")
def ecg():
    return np.stack([simulate(kind, rate_hz=100.0, seed=1).clean_mv for kind in ("normal", "lbbb")]).astype(np.float32)


def keeps_the_leads_laws(added):
    one, two, three, avr, avl, avf = np.moveaxis(added[:, :6], 1, 0)
    np.testing.assert_allclose(two - one, three, atol=1e-4)
    np.testing.assert_allclose(avr, -(one + two) / 2, atol=1e-4)
    np.testing.assert_allclose(avl + avf, -avr, atol=1e-4)


@pytest.mark.parametrize("snr_db", [24.0, 0.0])
def test_noise_has_the_power_it_is_said_to_have(ecg, snr_db):
    bank = np.random.default_rng(0).normal(size=(2, 5000)).astype(np.float32)
    added = disturb.with_noise(ecg, bank, snr_db, np.random.default_rng(1)) - ecg
    ratio = ecg.var(axis=2).mean(axis=1) / (added**2).mean(axis=(1, 2))
    np.testing.assert_allclose(10 * np.log10(ratio), snr_db, atol=0.05)
    keeps_the_leads_laws(added)


def test_mains_hum_is_where_sampling_puts_it(ecg):
    added = disturb.with_mains(ecg, 60.0, 100.0, 6.0, np.random.default_rng(0)) - ecg
    spectrum = np.abs(np.fft.rfft(added, axis=2)).mean(axis=(0, 1))
    assert np.fft.rfftfreq(1000, 0.01)[spectrum.argmax()] == pytest.approx(40.0, abs=0.2)
    keeps_the_leads_laws(added)


@pytest.mark.parametrize("rate_hz", [250.0, 500.0, 1000.0])
def test_a_higher_rate_changes_next_to_nothing(ecg, rate_hz):
    back = disturb.through_rate(ecg, 100.0, rate_hz)
    assert back.shape == ecg.shape
    # Within the passband of the product's own filter (45 Hz) nothing may change; the rest is small in an ECG.
    assert np.abs(back - ecg)[:, :, 20:-20].max() < 0.03
    assert np.sqrt(((back - ecg) ** 2).mean()) < 0.005


def test_swapped_arms_turn_lead_one_and_exchange_two_with_three(ecg):
    swapped = disturb.swapped_limbs(ecg, "RA", "LA")
    np.testing.assert_allclose(swapped[:, 0], -ecg[:, 0], atol=1e-5)
    np.testing.assert_allclose(swapped[:, 1], ecg[:, 2], atol=2e-3)
    np.testing.assert_allclose(swapped[:, 3], ecg[:, 4], atol=2e-3)
    np.testing.assert_array_equal(swapped[:, 6:], ecg[:, 6:])


def test_swapping_twice_is_not_swapping(ecg):
    for pair in noise_checks.SWAPS:
        np.testing.assert_allclose(
            disturb.swapped_limbs(disturb.swapped_limbs(ecg, *pair), *pair),
            disturb.swapped_limbs(ecg, "RA", "RA"),
            atol=1e-5,
        )


def test_flat_leads_are_flat(ecg):
    flat = disturb.without_leads(ecg, "III", "V4")
    changed = (flat != ecg).any(axis=(0, 2))
    assert [LEADS12[k] for k in np.flatnonzero(changed)] == ["III", "V4"]
    assert not flat[:, [2, 9]].any()


@pytest.fixture(scope="module")
def result(folder, classifier):
    return noise_checks.check_noise(folder, [9], classifier, records=12)


def test_every_lead_is_blanked_and_every_rate_tried(result):
    assert result["records"] == 12
    names = result["conditions"].keys()
    assert {f"{lead} flat" for lead in LEADS12} <= names
    assert {"50 Hz" not in names, "250 Hz" in names, "500 Hz" in names, "1000 Hz" in names} == {True}
    assert not any(name.endswith("dB") for name in names)
    assert result["worst_loss_at_6_db"] is None


def test_losses_are_differences_of_the_same_records(result):
    whole = result["undisturbed"]["macro_auc"]
    for row in result["conditions"].values():
        assert row["loss"] == pytest.approx(whole - row["macro_auc"])
    flat = [result["conditions"][f"{lead} flat"]["loss"] for lead in LEADS12]
    assert result["worst_loss_one_lead_flat"] == max(flat)
    assert result["conditions"]["500 Hz"]["mean_change_of_probability"] < 0.02
    assert result["conditions"]["6 random flat"]["mean_change_of_probability"] > 0.02


def test_normals_in_high_are_shares_of_pure_normals(result):
    for row in [result["undisturbed"], *result["conditions"].values()]:
        assert row["normals_in_high"]["of"] == result["normals"]


def test_command_with_real_noise_and_faster_copies(shared, folder, tmp_path, capsys):
    model = tmp_path / "model"
    shutil.copytree(asset("model_assets"), model)
    options = ["--data", str(folder), "--folds", "9", "--records", "9", "--threads", "1", "--model", str(model)]
    real = ["--noise", str(shared / "nstdb"), "--hr", str(shared / "ptbxl500")]
    assert cli.check_noise([*options, *real, "--write-card", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"wander 6 dB", "muscle 0 dB"} <= found["conditions"].keys()
    losses = [found["conditions"][f"{kind} 6 dB"]["loss"] for kind in ("wander", "muscle")]
    assert found["worst_loss_at_6_db"] == max(losses)
    assert found["high_rate_copies"] == {"records": 0}  # the simulated records have no copies there
    stored = load_card(model).raw["metrics"]["noise"]
    assert "--noise NSTDB_DIR --hr PTBXL500_DIR --records 9" in stored["command"]
    assert "noisy" in noise_checks.as_text(found)
