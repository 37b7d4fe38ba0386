"""Findings put together by hand, so that a report's text can be foretold."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from cardio_desktop.core.findings import (
    Beat,
    ClassScore,
    Evidence,
    Findings,
    Flag,
    LeadQuality,
    Measurements,
    Prediction,
    Quality,
    Risk,
    RRIntervals,
    StatementScore,
    Tier,
    WindowScore,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Record
from cardio_desktop.narrative.telling import narrate, texts
from cardio_desktop.words import verbatim

CLASSES = ("NORM", "MI", "STTC", "CD", "HYP")
CHANCES = (0.04, 0.83, 0.61, 0.12, 0.07)
STATEMENTS = (("ASMI", "anteroseptal myocardial infarction", 0.77), ("NDT", "non-diagnostic T abnormalities", 0.41))
BIN_S = 0.08
UNMEASURED = ("p_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "p_axis_deg", "qrs_axis_deg", "t_axis_deg", "leads")


def made_findings(record: Record, **changes: object) -> Findings:
    seconds = min(record.duration_s, 10.0)
    bins = max(int(seconds / BIN_S), 1)
    values = np.random.default_rng(3).normal(0, 0.003, (5, 12, bins)).astype(np.float32)
    values[1, 6:10, 10:14] += 0.05
    bias = np.linspace(-0.2, 0.2, 5).astype(np.float32)
    evidence = Evidence(CLASSES, LEADS12, values, BIN_S, 0.0, bias + values.sum(axis=(1, 2)), bias)
    prediction = Prediction(
        model_name="test network",
        model_version="1.2",
        model_sha256="ab12" * 16,
        windows=(WindowScore(0.0, seconds, dict(zip(CLASSES, CHANCES, strict=True))),),
        classes=tuple(
            ClassScore(code, float(evidence.logit[k]), CHANCES[k], float(bias[k])) for k, code in enumerate(CLASSES)
        ),
        statements=tuple(StatementScore(*item) for item in STATEMENTS),
    )
    beats = tuple(
        Beat(
            0.9 + 0.8 * k,
            "normal",
            (Flag("MI", "V2", "ST", 0.21), Flag("MI", "V3", "T", 0.12)) if k == 0 else (),
            {"MI": 0.3},
        )
        for k in range(max(int((seconds - 1) / 0.8), 1))
    )
    measurements = Measurements(
        heart_rate_bpm=75.0,
        rr_ms=RRIntervals(800.0, 12.0, 780.0, 822.0),
        not_measured=dict.fromkeys(UNMEASURED, verbatim("not yet measured")),
    )
    quality = Quality(
        True,
        (verbatim("baseline wander in 1 of 12 leads"),),
        {name: LeadQuality(name != "V6", (verbatim("flat"),) if name == "V6" else (), 21.5) for name in record.leads},
    )
    limits = {"low_mi": 0.03, "low_any": 0.2, "high_any": 0.8}
    risk = Risk(Tier.HIGH, verbatim("Probability of myocardial infarction 83 %, at or above 80 %."), limits)
    parts: dict = {
        "start_s": 0.0,
        "end_s": record.duration_s,
        "quality": quality,
        "beats": beats,
        "waves": (),
        "measurements": measurements,
        "prediction": prediction,
        "evidence": evidence,
        "risk": risk,
        "rhythm": None,
        "warnings": (),
        "software": "0.1.0",
    } | changes
    told = {key: parts[key] for key in ("quality", "beats", "measurements", "prediction", "risk", "rhythm")}
    sentences = parts.pop("sentences", None) or narrate(record, **told)
    return Findings(narrative=parts.pop("narrative", None) or texts(sentences), sentences=sentences, **parts)


@pytest.fixture
def findings_of() -> Callable[..., Findings]:
    return made_findings


@pytest.fixture
def created() -> datetime:
    return datetime(2026, 3, 4, 5, 6)
