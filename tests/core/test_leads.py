"""Names of leads: the twelve under every alias that files use, and nothing else taken for one of them."""

import numpy as np
import pytest

from cardio_desktop.core.leads import (
    EINTHOVEN,
    LAYOUTS,
    LEADS12,
    canonical_lead,
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
