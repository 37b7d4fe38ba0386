"""The program's own samples read as they were made, measurements and sentences together."""

from __future__ import annotations

import pytest

from cardio_desktop.io import open_record
from cardio_desktop.paths import asset
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.words import say

from .test_narrative_rules import assert_grounded


@pytest.fixture(scope="module", params=["normal", "noisy-normal", "anterior-mi", "lbbb"])
def read(request):
    return request.param, analyze(open_record(asset(f"resources/samples/{request.param}.hea")), None)


def test_samples_read_as_what_they_are(read):
    kind, findings = read
    text = " ".join(findings.narrative)
    codes = {item.code for item in findings.sentences if item.verdict == "abnormal"}
    assert "Sinus rhythm" in text
    if kind in ("normal", "noisy-normal"):
        assert any(text.endswith("normal ECG.") for text in findings.narrative)
        assert codes - {""} == set()
    if kind == "anterior-mi":
        assert {"STE_", "AMI"} <= codes or {"STE_", "ASMI"} <= codes
        elevation = next(item for item in findings.sentences if item.code == "STE_")
        assert {"V2", "V3", "V4"} <= set(elevation.leads)
        assert "LBBB" not in " ".join(codes)
    if kind == "lbbb":
        block = next(item for item in findings.sentences if item.code == "CLBBB")
        assert f"QRS {findings.measurements.qrs_ms:.0f} ms" in block.english
        assert "STE_" not in codes


def test_every_sentence_on_a_sample_is_grounded_and_german(read):
    _, findings = read
    for item in findings.sentences:
        assert_grounded(item)
    whole = (findings.risk.reason, *findings.quality.reasons, *findings.measurements.not_measured.values())
    for reason in (*whole, *(reason for lead in findings.quality.leads.values() for reason in lead.reasons)):
        assert say(reason, "de") != say(reason, "en")
