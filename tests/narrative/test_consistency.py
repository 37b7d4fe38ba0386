"""No two sentences of a reading may contradict each other: the table itself, and readings walked by it."""

from pathlib import Path

import pytest

from cardio_desktop.core.findings import Sentence
from cardio_desktop.io import open_record
from cardio_desktop.narrative.consistency import EXCLUSIVE, SAME_LEAD, claims, contradictions, inside
from cardio_desktop.paths import asset
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.simulate import KINDS, NOISY, QUIET, RHYTHMS, Noise, simulate_record, simulate_rhythm
from cardio_desktop.words import Remark
from cardio_desktop.words.say import sentences

DERIVED = {
    *("no-p-seen", "p-seen", "rate-slow", "rate-fast", "rate-not-slow", "rate-not-fast", "critical", "finding"),
    *("finding-beyond-rhythm", "deviation-as-normal", "rhythm-PACE"),
}
NO_ST = Sentence("ischaemia", Remark("st-normal"), leads=("V2",), verdict="normal")
UP = Sentence(
    "ischaemia",
    Remark("ste?", {"leads": ("V2", "V3"), "top": "V2", "top_mv": 0.21}),
    leads=("V2", "V3"),
    verdict="borderline",
    code="STE_",
)


def rhythm(code: str, rate_bpm: float, share: float | None = None) -> Sentence:
    at = Remark("rhythm-at", {"basic": Remark(f"rhythm-{code}"), "rate_bpm": rate_bpm, "more": ()})
    grounds = () if share is None else (Remark("ground-p", {"share": share}),)
    told = Remark("rhythm-told", {"at": at, "sure": True, "grounds": grounds})
    return Sentence("rhythm", told, verdict="normal", code=code)


def kinds(*told: Sentence) -> set[str]:
    return {found.kind for found in contradictions(told)}


def test_every_claim_of_the_table_is_one_that_a_sentence_can_make() -> None:
    known = {*sentences("en"), *DERIVED}
    for table in (EXCLUSIVE, SAME_LEAD):
        for kind, (first, second) in table.items():
            assert set(first) | set(second) <= known, kind


def test_what_cannot_be_true_together_is_found() -> None:
    assert kinds(NO_ST, UP) == {"no ST shift beside one"}
    assert kinds(UP, NO_ST) == {"no ST shift beside one"}
    assert kinds(NO_ST) == set()
    pr = Sentence("conduction", Remark("pr", {"pr_ms": 160.0}), verdict="normal")
    assert "P or PR without P waves" in kinds(pr, rhythm("AFIB", 80.0))
    assert kinds(pr, rhythm("SR", 80.0, 1.0)) == set()
    assert "sinus rhythm beside another" in kinds(rhythm("SR", 70.0, 0.0))
    assert "slow by name, not by rate" in kinds(rhythm("SBRAD", 60.0))
    assert "fast by name, not by rate" in kinds(rhythm("STACH", 88.0))
    assert kinds(rhythm("SBRAD", 55.0, 1.0)) == set()
    assert "slow beside fast" in kinds(rhythm("SBRAD", 55.0), rhythm("STACH", 120.0))
    left = Sentence("conduction", Remark("short-CLBBB"), code="CLBBB")
    right = Sentence("conduction", Remark("short-CRBBB"), code="CRBBB")
    assert "left beside right bundle branch block" in kinds(left, right)
    normal = Sentence("conclusion", Remark("conclusion-normal", {"rhythm": Remark("rhythm-SR")}), verdict="normal")
    assert "normal ECG beside a finding" in kinds(normal, UP)
    assert "said twice" in kinds(UP, UP.__class__(**{**UP.__dict__, "section": "st_t"}))
    low = Sentence("network", Remark("tier-Low"), source="network")
    pause = Sentence("critical", Remark("event-PAUSE", {"length_s": 3.1, "start_s": 2.0}), verdict="abnormal")
    assert "Low beside what is critical" in kinds(low, pause)


def test_leads_that_are_not_judged_may_not_be_judged() -> None:
    chest = Sentence("quality", Remark("electrodes-chest", {"swap": "V2/V3"}), leads=("I", "V2"), verdict="abnormal")
    limb = Sentence("quality", Remark("electrodes-limb", {"swap": "RA/LA"}), leads=("I", "V2"), verdict="abnormal")
    assert kinds(chest, UP) == {"judged in leads that are not"}
    assert kinds(limb, UP) == set()


def test_a_remark_is_walked_to_its_innermost() -> None:
    assert [part.code for part in inside(rhythm("SR", 70.0, 1.0).remark)] == [
        *("rhythm-told", "rhythm-at", "rhythm-SR", "ground-p")
    ]
    assert {"rhythm-SR", "rate-not-slow", "rate-not-fast", "p-seen"} <= set(claims(rhythm("SR", 70.0, 1.0)))


@pytest.fixture(scope="module")
def models():  # type: ignore[no-untyped-def]
    return load_models()


def shown(told: tuple[Sentence, ...]) -> list[tuple[str, str, str]]:
    return [(found.kind, found.one.text(), found.other.text()) for found in contradictions(told)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_simulated_record_contradicts_itself(kind: str, models) -> None:  # type: ignore[no-untyped-def]
    assert shown(analyze(simulate_record(kind), models).sentences) == []


@pytest.mark.parametrize(("rate_hz", "noise"), [(100.0, QUIET), (500.0, NOISY)], ids=["100 Hz", "500 Hz, noisy"])
@pytest.mark.parametrize("kind", RHYTHMS)
def test_no_simulated_rhythm_contradicts_itself(kind: str, rate_hz: float, noise: Noise, models) -> None:  # type: ignore[no-untyped-def]
    duration_s = 60.0 if kind == "st" else 10.0
    record = simulate_rhythm(kind, rate_hz=rate_hz, duration_s=duration_s, noise=noise).record
    assert shown(analyze(record, models).sentences) == []


@pytest.mark.parametrize("name", ["anterior-mi", "lbbb", "noisy-normal", "normal"])
def test_no_sample_contradicts_itself(name: str, models) -> None:  # type: ignore[no-untyped-def]
    record = open_record(asset("resources/samples") / f"{name}.hea")
    assert shown(analyze(record, models).sentences) == []


def test_no_record_of_patients_contradicts_itself(shared: Path, models) -> None:  # type: ignore[no-untyped-def]
    records = sorted((shared / "ptbxl500").glob("*.hea")) or sorted((shared / "ptbxl500").rglob("*.hea"))
    assert len(records) >= 30
    for path in records:
        assert shown(analyze(open_record(path), models).sentences) == [], path.name
