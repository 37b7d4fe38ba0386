"""What is kept of a reading for lists: it says what the whole reading says, and survives being written down."""

import json
from dataclasses import asdict

import pytest

from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.reading.told import MOST_TOLD, Told, told_from, told_of
from cardio_desktop.simulate import simulate, simulate_rhythm
from cardio_desktop.words import Remark


def told(record) -> Told:  # type: ignore[no-untyped-def]
    found = analyze(record, None)
    made = told_of(found.sentences, found.rhythm, found.measurements)
    conclusion = next(item for item in found.sentences if item.section == "conclusion")
    for language in ("en", "de"):
        assert made.line(language) == conclusion.text(language).rstrip(".")
    assert told_from(json.loads(json.dumps(asdict(made)))).line("de") == made.line("de")
    return made


def test_an_infarction_is_told_with_rhythm_codes_and_figures() -> None:
    made = told(simulate("anterior-mi").record)
    assert made.rhythm_words("en") == "Sinus rhythm"
    assert made.rhythm_words("de") == "Sinusrhythmus"
    assert {"SR", "STE_", "ASMI"} <= set(made.codes)
    assert "ST elevation in V1-V5" in made.rest("en")
    assert "ST-Hebung" in made.rest("de")
    assert made.measured["heart_rate_bpm"] == pytest.approx(88.0, abs=1.5)
    assert set(made.measured) >= {"pr_ms", "qrs_ms", "qtc_fridericia_ms", "qrs_axis_deg"}
    assert 0 < len(made.sentences) <= MOST_TOLD


def test_fibrillation_has_no_pr_and_a_normal_ecg_nothing_that_is_not_normal() -> None:
    made = told(simulate_rhythm("af").record)
    assert "Atrial fibrillation" in made.rhythm_words("en")
    assert "pr_ms" not in made.measured
    normal = told(simulate("normal").record)
    assert normal.sentences == ()
    assert normal.codes == ("SR",)


def test_nothing_told_says_nothing_and_what_is_no_remark_is_refused() -> None:
    assert Told().line("en") == Told().rhythm_words("en") == Told().rest("en") == ""
    assert told_from({}) == Told()
    with pytest.raises(KeyError):
        told_from({"conclusion": {"values": {}}})
    assert told_from({"rhythm": Remark("rhythm-SR").plain()}).rhythm_words("de") == "Sinusrhythmus"
