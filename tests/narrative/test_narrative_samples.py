"""The program's own samples read as they were made, measurements and sentences together."""

from __future__ import annotations

import pytest

from cardio_desktop.io import open_record
from cardio_desktop.narrative.german import reason_german
from cardio_desktop.paths import asset
from cardio_desktop.reading.pipeline import analyze

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
        assert "By its measurements an ECG within normal limits." in findings.narrative
        assert codes - {""} == set()
    if kind == "anterior-mi":
        assert {"STE_", "AMI"} <= codes or {"STE_", "ASMI"} <= codes
        elevation = next(item for item in findings.sentences if item.code == "STE_")
        assert {"V2", "V3", "V4"} <= set(elevation.leads)
        assert "LBBB" not in " ".join(codes)
    if kind == "lbbb":
        block = next(item for item in findings.sentences if item.code == "CLBBB")
        assert f"QRS duration {findings.measurements.qrs_ms:.0f}" in block.english
        assert "STE_" not in codes


def test_every_sentence_on_a_sample_is_grounded_and_german(read):
    _, findings = read
    for item in findings.sentences:
        assert_grounded(item)
    untold: list[str] = []
    for reasons in (findings.quality.reasons, *(lead.reasons for lead in findings.quality.leads.values())):
        for reason in reasons:
            reason_german(reason, untold.append)
    for reason in findings.measurements.not_measured.values():
        reason_german(reason, untold.append)
    reason_german(findings.risk.reason, untold.append)
    assert untold == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "The signal quality does not allow it: only 6 of 8 independent leads can be used; too noisy",
            "Die Signalqualität erlaubt es nicht: nur 6 von 8 unabhängigen Ableitungen sind verwertbar; "
            "zu stark gestört",
        ),
        (
            "Missing leads: I, II, V2; the network allows at most 4 of 12 to be missing.",
            "Fehlende Ableitungen: I, II, V2; das Netz erlaubt, dass höchstens 4 von 12 fehlen",
        ),
        (
            "V4 cannot be used: the baseline jumps every 1.7 s: loose electrode or movement",
            "V4 nicht verwertbar: Grundliniensprünge alle 1,7 s: lose Elektrode oder Bewegung",
        ),
    ],
)
def test_a_reason_within_a_reason_is_german_too(english, german):
    assert reason_german(english) == german
