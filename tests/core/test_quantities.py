"""The table of quantities: every row has its name, unit and digits, and is told by every front end."""

from __future__ import annotations

import dataclasses
import json

import pytest

from cardio_desktop.core.findings import LeadAmplitudes, Measurements
from cardio_desktop.core.quantities import BY_KEY, FROM_WAVES, LEAD_QUANTITIES, QUANTITIES, Usual, usual, usual_by_sex
from cardio_desktop.narrative.measured import measured_rows, missing_measurements
from cardio_desktop.words import LANGUAGES, Remark, say
from cardio_desktop.words.say import WORDS, sentences
from tests.quantities import whole


def test_every_quantity_has_a_name_in_each_language_a_unit_and_digits():
    for language in LANGUAGES:
        names = [item.name(language) for item in (*QUANTITIES, *LEAD_QUANTITIES)]
        assert len(set(names)) == len(names)
        assert all(f"name-{item.key}" in sentences(language) for item in (*QUANTITIES, *LEAD_QUANTITIES))
        assert all(f"name-{name}" in sentences(language) for name in FROM_WAVES)
    for item in QUANTITIES:
        assert item.unit in {"/min", "ms", "°", "mV"} or item.mark
        ending = {"/min": "_bpm", "ms": "_ms", "°": "_deg", "mV": "_mv"}.get(item.unit, "")
        assert item.key.endswith(ending)
        assert item.digits == (2 if item.unit == "mV" else 0)
    assert all(item.unit == "mV" and item.key.endswith("_mv") and item.digits == 2 for item in LEAD_QUANTITIES)


def test_the_table_is_all_that_measurements_hold():
    fields = {item.name for item in dataclasses.fields(Measurements)}
    told = {item.field for item in QUANTITIES} | {"leads", "not_measured", "uncertainty_ms"}
    assert told == fields
    assert {item.key for item in LEAD_QUANTITIES} == {item.name for item in dataclasses.fields(LeadAmplitudes)}
    assert len(BY_KEY) == len(QUANTITIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantity_is_a_row_with_its_value(language):
    found = whole()
    rows = {row.key: row for row in measured_rows(found, language)}
    assert list(rows) == [item.key for item in QUANTITIES]
    for k, item in enumerate(QUANTITIES):
        assert item.value(found) == 3.0 + k
        assert str(3 + k) in rows[item.key].value
        assert rows[item.key].value.endswith(item.unit)
        assert bool(rows[item.key].limits) == (item.usual is not None)


def test_what_has_no_value_is_one_row_with_its_reason():
    why = Remark("no-t-end")
    rows = list(measured_rows(Measurements(not_measured={"qtc_ms": why})))
    assert [row.key for row in rows] == ["heart_rate_bpm", "rr_ms", *FROM_WAVES]
    assert {row.key: row.reason for row in rows}["qtc_ms"] == why
    assert not any(row.value or row.limits for row in rows)
    missing = missing_measurements(Measurements(not_measured={"qtc_ms": why}))
    assert missing[why] == ["qtc_ms"]
    assert sorted(name for names in missing.values() for name in names) == sorted(FROM_WAVES)
    assert list(measured_rows(whole()))[-1].key == QUANTITIES[-1].key  # voltages that are there stand elsewhere


def test_corrected_qt_is_as_uncertain_as_qt():
    found = Measurements(
        qt_ms=400.0,
        qtc_ms={"bazett": 500.0, "fridericia": 480.0, "hodges": 460.0, "framingham": 450.0},
        uncertainty_ms={"qt_ms": 10.0},
    )
    spread = {key: BY_KEY[f"qtc_{key}_ms"].spread(found) for key in found.qtc_ms or {}}
    # Bazett and Fridericia divide QT by a number, Hodges and Framingham add one to it.
    assert spread == {"bazett": 12.5, "fridericia": 12.0, "hodges": 10.0, "framingham": 10.0}
    assert BY_KEY["qtc_bazett_ms"].spread(dataclasses.replace(found, uncertainty_ms={})) is None


def test_values_and_limits_are_written_as_each_language_does():
    en, de = WORDS["en"], WORDS["de"]
    assert BY_KEY["pr_ms"].text(en, 204.4, 0.3) == "204 ± 1 ms"
    assert BY_KEY["heart_rate_bpm"].text(en, 72.0) == "72/min"
    assert BY_KEY["qrs_axis_deg"].text(en, -0.2) == "0°"
    assert BY_KEY["sokolow_lyon_mv"].text(de, 3.61) == "3,61 mV"
    assert BY_KEY["transition_lead"].text(en, 4.0) == "V4"
    assert BY_KEY["qrs_ms"].usual == Usual(by_sex={"male": 125.0, "female": 117.0})
    limits = BY_KEY["cornell_mv"].usual
    assert limits is not None
    assert limits.text(de) == "≤ 2,8 ♂, 2,0 ♀"
    assert limits.text(en, "female") == "≤ 2.0"
    axis = BY_KEY["qrs_axis_deg"].usual
    assert axis is not None
    assert axis.text(de, unit="°") == "-30 bis 90°"


def test_limits_are_asked_for_only_where_there_are_some():
    assert usual("pr_ms") == (120.0, 200.0)
    assert usual("p_ms")[0] == -float("inf")
    assert usual_by_sex("qtc_fridericia_ms") == {"male": 450.0, "female": 460.0}
    for ask in (usual, usual_by_sex):
        with pytest.raises(KeyError, match="qt_ms"):
            ask("qt_ms")


def test_rr_tells_how_beats_differ():
    row = next(row for row in measured_rows(whole(), "de") if row.key == "rr_ms")
    assert row.value == "Mittel 4, 980 bis 1020, SD 12 ms"
    assert say(Remark("name-rr_ms")) == "RR intervals"


def test_json_has_every_quantity():
    from cardio_desktop.report.json_report import findings_to_json
    from cardio_desktop.simulate import simulate_record
    from tests.report.conftest import made_findings

    found = whole()
    record = simulate_record("normal")
    made = json.loads(json.dumps(findings_to_json(record, made_findings(record, measurements=found))))["measurements"]
    for item in QUANTITIES:
        value = made[item.field][item.entry] if item.entry else made[item.key]
        assert value == item.value(found)
    for part in LEAD_QUANTITIES:
        assert made["leads"]["V2"][part.key] == part.value((found.leads or {})["V2"])
