"""The table of sentences against labels counts what it says it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardio_desktop.core.findings import Sentence
from cardio_desktop.evaluation.validate import narrative
from cardio_desktop.io.ptbxl import Database, Entry
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark, verbatim


def entry(number: int, *codes: str, age: float = 50.0, sex: int = 0) -> Entry:
    return Entry(number, number, 9, Path("none"), dict.fromkeys(codes, 100.0), age, sex, (), False)


def said(code: str, verdict: str) -> Sentence:
    return Sentence("conduction", verbatim(f"{code}."), verdict=verdict, code=code)


SUMMARY = Sentence("conclusion", verbatim("Sinus rhythm, something."), verdict="abnormal")


def test_agreement_counts_sure_and_borderline_sentences_apart():
    rows = [
        (entry(1, "1AVB"), (said("1AVB", "abnormal"),)),
        (entry(2, "LPR"), (said("1AVB", "borderline"),)),
        (entry(3, "NORM"), (said("1AVB", "abnormal"),)),
        (entry(4, "NORM"), ()),
    ]
    found = narrative.agreement(rows, ("1AVB",), ("1AVB", "LPR"))
    assert (found["labelled"], found["said"], found["both"]) == (2, 2, 1)
    assert (found["sensitivity"], found["sensitivity_with_borderline"], found["precision"]) == (0.5, 1.0, 0.5)
    nothing = narrative.agreement(rows, ("CLBBB",), ("CLBBB",))
    assert nothing["sensitivity"] is None
    assert nothing["precision"] is None


def test_only_adults_with_normal_labels_alone_are_healthy():
    database = Database(Path("none"), (), {"NORM": "NORM", "IMI": "MI"}, {})
    assert narrative.is_healthy(entry(1, "NORM", "SR"), database)
    assert not narrative.is_healthy(entry(2, "NORM", "IMI"), database)
    assert not narrative.is_healthy(entry(3, "NORM", age=12.0), database)
    assert not narrative.is_healthy(entry(4, "SR"), database)


def test_age_and_sex_come_from_the_table():
    record = simulate_record("normal")
    woman = narrative.with_patient(record, entry(1, age=61.0, sex=1))
    assert (woman.patient.sex, woman.patient.age_years) == ("female", 61.0)
    assert narrative.with_patient(record, entry(1, age=float("nan"))).patient.age_years is None


@pytest.mark.parametrize(("told", "verdict"), [((SUMMARY,), "abnormal"), ((), "none")])
def test_the_summary_is_the_outcome(told, verdict):
    assert narrative.outcome(told) == verdict


def test_the_table_names_data_folds_and_every_pair(monkeypatch):
    database = Database(Path("none"), (entry(1, "NORM"), entry(2, "CLBBB")), {"NORM": "NORM", "CLBBB": "CD"}, {})
    monkeypatch.setattr(narrative, "read_database", lambda folder: database)
    told = {1: (), 2: (SUMMARY, said("CLBBB", "abnormal"))}
    monkeypatch.setattr(narrative, "sentences_of", lambda item, models: told[item.ecg_id])
    options = type("Options", (), {"folds": [9], "limit": None})
    text = narrative.table(narrative.validate(Path("none"), options))
    assert "fold 9, 2 records, 1 adults with NORM alone" in text
    for name in narrative.PAIRS:
        assert name in text
    line = next(line for line in text.splitlines() if line.startswith("complete LBBB"))
    assert line.split()[2:] == ["1", "1", "100.0", "%", "100.0", "%", "100.0", "%"]


def test_contradictions_are_counted_by_record_and_kind():
    normal = Sentence("conclusion", Remark("conclusion-normal", {"rhythm": Remark("rhythm-SR")}), verdict="normal")
    rows = [
        (entry(1, "NORM"), (normal,)),
        (entry(2, "CLBBB"), (normal, said("CLBBB", "abnormal"), said("1AVB", "abnormal"))),
    ]
    found = narrative.contradicting(rows)
    assert (found["records"], found["pairs"]) == (1, 2)
    assert found["kinds"] == {"normal ECG beside a finding": 2}
    assert found["examples"][0][0] == "none"
    assert narrative.lines_of_normal([(normal,), (normal, said("X", "normal")), (SUMMARY,)]) == {"1": 1, "2": 1}
