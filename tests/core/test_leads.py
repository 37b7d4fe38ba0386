"""Names of leads: the twelve under every alias that files use, and nothing else taken for one of them."""

import numpy as np
import pytest

from cardio_desktop.core.leads import (
    EINTHOVEN,
    LAYOUTS,
    LEADS12,
    canonical_lead,
    is_no_ecg,
    is_other_ecg,
    layout_for,
)


@pytest.mark.parametrize("name", LEADS12)
@pytest.mark.parametrize(
    "form",
    ["{}", "{} ", "Lead {}", "LEAD_{}", "lead {} (Einthoven)", "ECG {}", "EKG {}", "ECG Lead {}", "MDC_ECG_LEAD_{}",
     "{}-REF", "{} (uV)", "ECG-{}", "ecg:{}"],
)  # fmt: skip
def test_every_alias_gives_the_standard_name(form, name):
    for written in (name, name.upper(), name.lower()):
        assert canonical_lead(form.format(written)) == name


@pytest.mark.parametrize(
    ("label", "name"), [("DI", "I"), ("dii", "II"), ("DIII", "III"), ("AVR", "aVR"), ("avf", "aVF")]
)
def test_other_ways_to_write_a_limb_lead(label, name):
    assert canonical_lead(label) == name


@pytest.mark.parametrize(
    "label",
    ["MLII", "MLI", "V", "V3R", "V4R", "V7", "V8", "V9", "vx", "vy", "vz", "X", "MCL1", "CM5",
     "CC5", "ES", "AS", "AI",
     "ECG", "ECG 1", "ECG_2", "EKG1", "Lead 1", "D1"],
)  # fmt: skip
def test_ecg_leads_outside_the_twelve_are_ecg_but_never_one_of_the_twelve(label):
    assert canonical_lead(label) is None
    assert is_other_ecg(label)


@pytest.mark.parametrize(
    "label",
    ["", "IV", "V0", "V10", "V12", "VI", "IIII", "aV", "-aVR", "I-II", "RESP", "PLETH", "ABP", "SpO2", "EEG Fp1",
     "Vref", "EMG", "II,III", "1"],
)  # fmt: skip
def test_other_labels_are_no_standard_lead(label):
    assert canonical_lead(label) is None


@pytest.mark.parametrize("label", ["RESP", "PLETH", "ABP", "SpO2", "EEG Fp1", "Status", "EMG chin", "Temp"])
def test_other_signals_are_no_ecg(label):
    assert not is_other_ecg(label)


@pytest.mark.parametrize(
    "label",
    ["ECG L", "ECG-R", "EKG1-EKG2", "ECG2", "EEG ECG", "POL EKG", "POL ECG1-Ref", "RIP ECG", "CH1 ECG", "CH12 EKG-LA",
     "Lead MLII", "ECG MLII", "HR ECG", "ecg_raw", "Lead 2", "EKGL"],
)  # fmt: skip
def test_whatever_holds_the_word_is_an_ecg_but_none_of_the_twelve(label):
    assert is_other_ecg(label)
    assert not is_no_ecg(label)
    assert canonical_lead(label) is None


@pytest.mark.parametrize(
    ("label", "name"), [("CH1 II", "II"), ("ch 3: V2", "V2"), ("EEG I", "I"), ("POL III", "III"), ("RIP aVF", "aVF")]
)
def test_the_name_of_an_input_may_stand_before_that_of_a_lead(label, name):
    assert canonical_lead(label) == name


@pytest.mark.parametrize("label", ["POL V1", "EEG V5", "POL X1", "EEG V", "eeg-v3"])
def test_an_electrode_of_the_brain_is_no_chest_lead(label):
    assert canonical_lead(label) is None
    assert not is_other_ecg(label)
    assert is_no_ecg(label)


@pytest.mark.parametrize(
    "label",
    ["C3-A2", "Fp1", "EEG Fp1-Ref", "O2:M1", "Cz", "Chin", "Chin1-Chin2", "Thor", "ABDO", "LEOG", "E1-M2", "EOG L",
     "EMG chin", "LAT", "Leg/L", "Snore", "SpO2", "RESP", "Pleth"],
)  # fmt: skip
def test_voltages_of_brain_muscle_and_breath_are_known_not_to_be_an_ecg(label):
    assert is_no_ecg(label)


@pytest.mark.parametrize("label", ["", "sig0", "Ch 1", "II", "V1", "MLII", "vx", "A", "Voltage", "CS1", "AS", "CM5"])
def test_what_may_be_an_ecg_is_not_ruled_out(label):
    assert not is_no_ecg(label)


def test_derived_limb_leads_obey_einthoven_and_goldberger():
    rng = np.random.default_rng(0)
    right, left, foot = rng.normal(size=(3, 50))
    one, two = left - right, foot - right
    centre = (right + left + foot) / 3
    expected = {
        "III": foot - left,
        "aVR": 1.5 * (right - centre),
        "aVL": 1.5 * (left - centre),
        "aVF": 1.5 * (foot - centre),
    }
    for name, (a, b) in EINTHOVEN.items():
        np.testing.assert_allclose(a * one + b * two, expected[name])


def test_layouts_show_each_of_their_leads():
    for layout in LAYOUTS.values():
        assert len({name.removeprefix("-") for name in layout.leads}) == 12
        assert len({len(row) for row in layout.rows}) == 1


def test_cabrera_order_runs_from_avl_to_iii():
    columns = [row[0] for row in LAYOUTS["cabrera-6x2"].rows]
    assert columns == ["aVL", "I", "-aVR", "II", "aVF", "III"]


def test_a_record_without_limb_leads_gets_a_row_for_each_lead():
    layout = layout_for("3x4+1", ("MLII", "V5"), has_twelve=False, seconds=10.0)
    assert layout.rows == (("MLII",), ("V5",))
    assert layout_for("3x4+1", ("I", "II"), has_twelve=True, seconds=10.0) is LAYOUTS["3x4+1"]
    with pytest.raises(KeyError):
        layout_for("9x9", (), has_twelve=True, seconds=10.0)


def test_columns_too_short_for_a_beat_give_way_to_a_row_for_each_lead():
    assert layout_for("3x4+1", LEADS12, has_twelve=True, seconds=6.0).id == "3x4+1"
    assert layout_for("3x4+1", LEADS12, has_twelve=True, seconds=5.9).id == "12x1"
    assert layout_for("6x2", LEADS12, has_twelve=True, seconds=5.9).id == "6x2"
