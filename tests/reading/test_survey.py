"""What a worklist shows of a record, and the helper that works it out."""

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.paths import asset
from cardio_desktop.reading.survey import (
    THUMBNAIL_COLUMNS,
    Summary,
    answer,
    details_from,
    details_of,
    fingerprint,
    serve,
    summary_from,
    thumbnail_mv,
)
from cardio_desktop.words import verbatim


def one_lead(millivolts: np.ndarray, rate_hz: float, missing: int | None = None) -> Record:
    counts = np.round(millivolts * 1000).astype(np.int16)
    channel = Channel("II", rate_hz, "mV", 1000.0, 0.0, ArraySamples(counts, missing), lead="II")
    return Record(Path("made.hea"), "made", (channel,))


@pytest.mark.parametrize("rate_hz", [8.0, 25.0, 100.0, 250.0, 1000.0])
def test_a_thumbnail_keeps_every_peak_at_its_place_and_invents_none(rate_hz: float) -> None:
    values = np.zeros(round(20 * rate_hz))
    at = round(5.0 * rate_hz)
    values[at] = 1.0
    pairs = thumbnail_mv(details_of(one_lead(values, rate_hz)))
    assert pairs.shape == (THUMBNAIL_COLUMNS, 2)
    high = np.flatnonzero(pairs[:, 1] == 1.0)
    width = max(round(THUMBNAIL_COLUMNS / (10 * rate_hz)), 1)
    assert 1 <= high.size <= width + 1
    assert abs(high[0] - at / rate_hz * THUMBNAIL_COLUMNS / 10.0) <= width
    assert (pairs[:, 0] == 0.0).sum() >= THUMBNAIL_COLUMNS - high.size


def test_a_short_record_and_a_gap_leave_empty_columns() -> None:
    values = np.zeros(500)
    values[200:300] = -32.768
    pairs = thumbnail_mv(details_of(one_lead(values, 100.0, missing=-32768)))
    empty = np.isnan(pairs[:, 0])
    assert empty[60:].all()
    assert empty[26:35].all()
    assert not empty[:23].any()
    assert not empty[37:59].any()


def test_a_helper_answers_each_line_and_ends_with_its_input() -> None:
    sample = str(asset("resources/samples") / "anterior-mi.hea")
    asked = [
        {"id": 1, "do": "look", "path": sample},
        {"id": 2, "do": "survey", "path": sample},
        {"id": 3, "do": "survey", "path": "/no/such.hea"},
    ]
    out = io.BytesIO()
    assert serve(io.BytesIO("".join(json.dumps(one) + "\n" for one in asked).encode()), out) == 0
    look, survey, missing = (json.loads(line) for line in out.getvalue().splitlines())
    details = details_from(look["result"])
    assert (details.duration_s, details.leads, details.simulated) == (10.0, 12, True)
    assert len(details.key) == 40
    found = summary_from(survey["result"])
    assert found.tier == Tier.HIGH.value
    assert found.highest == pytest.approx(found.probabilities["MI"])
    assert 40 < (found.heart_rate_bpm or 0) < 140
    assert found.statements[0][0] == "NORM" or found.statements
    assert missing["id"] == 3
    assert "such.hea: there is no such file" in missing["error"]["message"]


def test_a_fault_is_one_sentence_that_names_the_file() -> None:
    made = answer({"id": 7, "do": "nothing", "path": "/x/a.hea"})
    assert made["id"] == 7
    assert made["error"]["message"].startswith("a.hea: a fault of the program")


def test_the_fingerprint_is_the_same_twice_and_follows_the_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = fingerprint()
    assert before == fingerprint()
    (tmp_path / "classifier.json").write_text("{}")
    monkeypatch.setattr("cardio_desktop.reading.survey.asset", lambda _name: tmp_path)
    assert fingerprint() != before


def test_a_summary_survives_json() -> None:
    made = Summary("High", verbatim("why").plain(), 61.0, {"MI": 0.9, "NORM": 0.1}, (("IMI", "inferior", 0.8),), 10.0)
    made = replace(made, critical=(Event("STE", 0.0, 9.5, ("V2", "V3"), {"st_mv": 0.42}),))
    from dataclasses import asdict

    assert summary_from(json.loads(json.dumps(asdict(made)))) == made
    assert made.highest == 0.9


@pytest.mark.parametrize("name", ["anterior-mi", "lbbb", "noisy-normal", "normal"])
def test_the_short_way_finds_what_the_whole_analysis_finds(name: str) -> None:
    from cardio_desktop.io import open_record
    from cardio_desktop.reading.pipeline import analyze, load_models, survey
    from cardio_desktop.reading.survey import summary_of

    record, models = open_record(asset("resources/samples") / f"{name}.hea"), load_models()
    assert summary_of(survey(record, models)) == summary_of(analyze(record, models))


@pytest.mark.parametrize(("kind", "code"), [("vt", "VT"), ("pause", "PAUSE"), ("stemi", "STE")])
def test_a_list_knows_what_is_critical_as_the_opened_record_does(kind: str, code: str) -> None:
    from cardio_desktop.reading.pipeline import analyze, load_models, survey
    from cardio_desktop.simulate import simulate, simulate_rhythm

    made = simulate("anterior-mi", st_mv=0.45).record if kind == "stemi" else simulate_rhythm(kind).record
    models = load_models()
    short = survey(made, models)
    assert short.critical == analyze(made, models).critical
    assert code in {event.code for event in short.critical}
