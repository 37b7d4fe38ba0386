"""What is measured after a reader's edits of beats, on records whose truth is known."""

import dataclasses
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from cardio_desktop.core.beat_edits import BeatEdit, edit_id_of
from cardio_desktop.core.findings import Beat, Findings
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount
from cardio_desktop.reading.after_edits import after_edits
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.simulate import simulate_record


@pytest.fixture(scope="module")
def normal() -> tuple[Record, Findings]:
    record = simulate_record("normal")
    return record, analyze(record, load_models())


def edit(beat: Beat, time_s: float | None, kind: str = "") -> BeatEdit:
    return BeatEdit(edit_id_of(beat.time_s), time_s, kind or beat.kind, beat.time_s)


def recounted(normal: tuple[Record, Findings], *edits: BeatEdit) -> Recount:
    found = after_edits(normal[0], load_models(), normal[1], edits)
    assert found is not None
    return found


def english(found: Recount) -> str:
    return " ".join(item.english for item in found.sentences)


def test_without_changes_in_the_analysed_stretch_nothing_is_said(normal) -> None:
    record, findings = normal
    assert after_edits(record, load_models(), findings, ()) is None
    assert after_edits(record, load_models(), findings, (BeatEdit("x", findings.end_s + 5.0),)) is None


def test_a_beat_that_was_confirmed_as_it_was_found_changes_nothing(normal) -> None:
    record, findings = normal
    same = findings.beats[3]
    assert after_edits(record, load_models(), findings, (edit(same, same.time_s),)) is None


def test_every_second_beat_deleted_halves_the_rate(normal) -> None:
    findings = normal[1]
    found = recounted(normal, *(edit(beat, None) for beat in findings.beats[1::2]))
    was, now = findings.measurements, found.measurements
    assert len(found.beats) == len(findings.beats[::2])
    assert now.heart_rate_bpm == pytest.approx(was.heart_rate_bpm / 2, rel=0.03)
    assert now.rr_ms.mean == pytest.approx(2 * was.rr_ms.mean, rel=0.03)
    assert f"{len(findings.beats[1::2])} deleted; {len(found.beats)} beats count" in english(found)
    assert "bradycardia" in english(found).lower()
    assert "Schläge: " in found.sentences[0].german


def test_qt_is_corrected_by_the_new_rate(normal) -> None:
    findings = normal[1]
    found = recounted(normal, *(edit(beat, None) for beat in findings.beats[1::2]))
    now = found.measurements
    assert now.qt_ms == pytest.approx(findings.measurements.qt_ms, abs=8.0)
    assert now.qtc_ms["fridericia"] == pytest.approx(now.qt_ms * (now.heart_rate_bpm / 60.0) ** (1 / 3), abs=0.5)


def test_a_beat_moved_by_a_sample_leaves_the_measurements_alone(normal) -> None:
    findings = normal[1]
    beat = findings.beats[4]
    found = recounted(normal, edit(beat, beat.time_s + 0.002))
    was, now = findings.measurements, found.measurements
    for name in ("pr_ms", "qrs_ms", "qt_ms"):
        assert getattr(now, name) == pytest.approx(getattr(was, name), abs=3.0)
    assert now.heart_rate_bpm == pytest.approx(was.heart_rate_bpm, abs=0.5)
    assert found.rhythm.codes == findings.rhythm.codes
    assert "1 moved;" in english(found)


def test_a_beat_of_another_kind_is_told_as_ectopic(normal) -> None:
    beat = normal[1].beats[4]
    found = recounted(normal, edit(beat, beat.time_s, "ventricular"))
    assert "1 given another kind" in english(found)
    assert f"One ventricular premature beat among {len(found.beats)}" in english(found)
    assert "PVC" in found.rhythm.codes


def test_an_added_beat_counts(normal) -> None:
    findings = normal[1]
    middle = (findings.beats[3].time_s + findings.beats[4].time_s) / 2
    found = recounted(normal, BeatEdit("new", middle, "ventricular"))
    assert len(found.beats) == len(findings.beats) + 1
    assert found.measurements.rr_ms.min == pytest.approx(findings.measurements.rr_ms.mean / 2, rel=0.1)
    assert "1 added" in english(found)


def test_the_machine_s_findings_stay(normal) -> None:
    findings = normal[1]
    before = (findings.beats, findings.measurements, findings.rhythm, findings.sentences)
    recounted(normal, *(edit(beat, None) for beat in findings.beats))
    assert (findings.beats, findings.measurements, findings.rhythm, findings.sentences) == before


def test_all_beats_deleted_is_no_rate(normal) -> None:
    found = recounted(normal, *(edit(beat, None) for beat in normal[1].beats))
    assert found.measurements.heart_rate_bpm is None
    assert found.rhythm is None
    assert "Heart rate not measurable" in english(found)


def test_beats_of_an_unusable_record_give_the_rate_alone(normal) -> None:
    record, findings = normal
    quality = dataclasses.replace(findings.quality, usable=False)
    refused = dataclasses.replace(findings, quality=quality, beats=())
    edits = tuple(BeatEdit(f"n{k}", 1.0 + k, "normal") for k in range(8))
    found = after_edits(record, load_models(), refused, edits)
    assert found.measurements.heart_rate_bpm == pytest.approx(60.0)
    assert found.measurements.qt_ms is None


@pytest.mark.parametrize(("language", "title"), [("en", "After the reader's edits"), ("de", "Nach Änderungen")])
def test_the_report_prints_both(normal, language: str, title: str) -> None:
    record, findings = normal
    found = recounted(normal, *(edit(beat, None) for beat in findings.beats[1::2]))
    options = ReportOptions(language=language, recount=found)
    data = pdf_bytes(record, findings, options, created=datetime(2026, 1, 5, 10, 0, tzinfo=UTC))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
    assert title in text
    for bpm in (findings.measurements.heart_rate_bpm, found.measurements.heart_rate_bpm):
        assert f"{bpm:.0f}/min" in text
    assert found.sentences[0].text(language) in text
