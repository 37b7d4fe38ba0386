"""A record through every format and back: values, gaps, marks, patient, start; nothing is lost in silence."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.analysis.gaps import missing_everywhere
from cardio_desktop.core.errors import Cancelled, WriteError
from cardio_desktop.core.record import ArraySamples, Channel, Gap, Patient, Record
from cardio_desktop.io import open_record
from cardio_desktop.io.formats import writers
from cardio_desktop.io.writers.convert import Converted, convert, file_stem
from cardio_desktop.words import say

KINDS = ("wfdb", "edf", "dicom", "aecg", "csv")


def back(done: Converted) -> Record:
    return open_record(done.files[0] if done.files[0].suffix == ".csv" else done.files[-1])


def codes(done: Converted) -> set[str]:
    return {remark.code for remark in done.remarks}


def edges(gaps: tuple[Gap, ...]) -> list[float]:
    return [edge for gap in gaps for edge in (gap.start_s, gap.end_s)]


def worst_counts(record: Record, other: Record) -> float:
    """The largest difference in counts of the record, where both have samples."""
    worst = 0.0
    for name, lead in record.leads.items():
        if lead.stored:
            a, b = lead.millivolts(), other.leads[name].millivolts()
            length = min(len(a), len(b))
            channel = lead.terms[0][0]
            per_mv = abs(channel.counts_per_unit) * (1000.0 if channel.unit == "uV" else 1.0)
            worst = max(worst, float(np.nanmax(np.abs(a[:length] - b[:length]))) * per_mv)
    return worst


def test_the_table_names_what_is_written() -> None:
    assert set(writers()) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_values_gaps_start_and_patient_come_back(plain: Record, kind: str, tmp_path: Path) -> None:
    done = convert(plain, kind, tmp_path)
    found = back(done)
    assert worst_counts(plain, found) <= 0.5
    assert worst_counts(plain, found) < 1e-3  # nothing is rounded where counts fit
    ours, theirs = missing_everywhere(plain, 0, 10), missing_everywhere(found, 0, 10)
    assert edges(theirs) == pytest.approx(edges(ours))
    assert found.duration_s == pytest.approx(10.0)
    assert found.start_time == plain.start_time
    want = plain.patient
    assert (found.patient.id, found.patient.sex, found.patient.birth_date, found.patient.age_years) == (
        want.id,
        want.sex,
        want.birth_date,
        want.age_years,
    )
    assert found.patient.name == (want.name if kind != "edf" else "Mueller-Xanten, Annegret")
    assert "lost-stored" in codes(done)
    assert not found.warnings


@pytest.mark.parametrize("kind", ["wfdb", "edf", "dicom", "aecg"])
@pytest.mark.parametrize("dated", [True, False])
def test_annotations_come_back_at_their_times(plain: Record, kind: str, dated: bool, tmp_path: Path) -> None:
    record = plain if dated else replace(plain, start_time=None)
    done = convert(record, kind, tmp_path)
    found = back(done)
    assert [a.time_s for a in found.annotations] == pytest.approx([a.time_s for a in record.annotations], abs=0.0011)
    assert found.start_time == record.start_time
    if kind == "edf":
        assert [a.text for a in found.annotations][:2] == ["N", "V"]
        assert "marks-as-notes" in codes(done)
    else:
        ours = [(a.symbol, a.kind, a.text) for a in record.annotations if a.kind != "note"]
        assert [(a.symbol, a.kind, a.text) for a in found.annotations if a.kind != "note"] == ours
    assert "Sister Olga <says> & sees" in {a.text for a in found.annotations}


def test_csv_keeps_annotations_in_a_table_beside_it(plain: Record, tmp_path: Path) -> None:
    done = convert(plain, "csv", tmp_path)
    lines = done.files[1].read_text().splitlines()
    assert len(lines) == 1 + len(plain.annotations)
    assert lines[3].startswith("2.700000,0,rhythm,+,(AFIB")


@pytest.mark.parametrize("kind", KINDS)
def test_odd_scales_come_back_to_half_a_count(odd: Record, kind: str, tmp_path: Path) -> None:
    done = convert(odd, kind, tmp_path)
    found = back(done)
    floats = odd.channels[3]
    integers = replace(odd, channels=tuple(c for c in odd.channels if c is not floats))
    limit = 0.5 if not codes(done) & {"scale-rounded"} else 1.0
    assert worst_counts(integers, found) <= limit
    assert np.nanmax(np.abs(odd.leads["V2"].millivolts() - found.leads["V2"].millivolts()[:5000])) < 1e-5  # mV
    lost = np.isnan(found.leads["V3"].millivolts()[:5000])
    np.testing.assert_array_equal(lost, np.isnan(odd.leads["V3"].millivolts()))
    assert ("lost-partial" in codes(done)) == (kind == "edf")
    if kind == "edf":
        assert done.files[-1].suffix == ".bdf"
    if kind == "dicom":
        assert "dicom-32-bit" in codes(done)


def channel(name: str, rate_hz: float, samples: int, unit: str = "mV") -> Channel:
    rng = np.random.default_rng(samples)
    counts = rng.integers(-900, 900, samples).astype(np.int16)
    return Channel(name, rate_hz, unit, 200.0, 0.0, ArraySamples(counts), lead=name if name != "Resp" else None)


@pytest.mark.parametrize(("kind", "rate_hz"), [("edf", 360.0), ("edf", 128.0), ("wfdb", 257.0), ("edf", 1000 / 3)])
def test_odd_rates_are_kept_and_what_is_cut_is_told(kind: str, rate_hz: float, tmp_path: Path) -> None:
    record = Record(Path("x"), "simulated", (channel("II", rate_hz, 3605),))
    done = convert(record, kind, tmp_path)
    found = back(done)
    assert found.leads["II"].rate_hz == pytest.approx(rate_hz, rel=1e-9)
    held = len(found.leads["II"])
    np.testing.assert_allclose(
        found.leads["II"].millivolts()[: min(held, 3605)], record.leads["II"].millivolts()[:held], atol=0.0025
    )
    assert (held < 3605) == ("lost-run-ends" in codes(done))
    assert held > 3605 - 0.11 * rate_hz


def test_several_rates_keep_theirs(tmp_path: Path) -> None:
    record = Record(Path("x"), "simulated", (channel("II", 500.0, 5000), channel("V1", 1000.0, 10000)))
    for kind in ("wfdb", "edf", "dicom", "aecg"):
        found = back(convert(record, kind, tmp_path / kind))
        for name in ("II", "V1"):
            assert found.leads[name].rate_hz == record.leads[name].rate_hz
            np.testing.assert_allclose(found.leads[name].millivolts(), record.leads[name].millivolts(), atol=0.0025)
    done = convert(record, "csv", tmp_path / "csv")
    assert [path.name for path in done.files] == ["x-500Hz.csv", "x-1000Hz.csv"]
    assert open_record(done.files[1]).leads["V1"].rate_hz == 1000.0


def test_channels_that_a_format_does_not_take_are_named(tmp_path: Path) -> None:
    record = Record(Path("x"), "simulated", (channel("II", 500.0, 5000), channel("Resp", 500.0, 5000, "Ohm")))
    for kind in ("dicom", "aecg", "csv"):
        done = convert(record, kind, tmp_path)
        assert [remark.values["labels"] for remark in done.remarks if remark.code == "lost-channels"] == ["Resp"]
    for kind in ("wfdb", "edf"):
        done = convert(record, kind, tmp_path)
        assert "lost-channels" not in codes(done)
        found = back(done)
        assert found.channels[1].unit == "Ohm"
        np.testing.assert_allclose(found.channels[1].physical(), record.channels[1].physical(), atol=0.0025)
    only = replace(record, channels=record.channels[1:])
    for kind in ("dicom", "aecg", "csv"):
        with pytest.raises(WriteError, match="none of its signals is a voltage"):
            convert(only, kind, tmp_path, replace=True)


def test_edf_with_gaps_off_every_grid_is_discontinuous_and_exact(tmp_path: Path) -> None:
    counts = np.random.default_rng(1).integers(-900, 900, 5003).astype(np.int32)
    counts[1001:1308] = -(2**31)
    counts[3333:3334] = -(2**31)
    one = Channel("II", 500.0, "mV", 200.0, 0.0, ArraySamples(counts, missing=-(2**31)), lead="II")
    record = Record(Path("x"), "simulated", (one,), start_time=datetime(2019, 12, 31, 23, 59, 59))
    found = back(convert(record, "edf", tmp_path))
    assert found.format == "EDF+D"
    assert edges(found.gaps) == pytest.approx([2.002, 2.616, 6.666, 6.668])
    np.testing.assert_allclose(found.leads["II"].millivolts(), record.leads["II"].millivolts(), atol=1e-9)


def test_an_edf_that_begins_in_a_gap_begins_later(tmp_path: Path) -> None:
    counts = np.random.default_rng(1).integers(-900, 900, 5000).astype(np.int32)
    counts[:1000] = -(2**31)
    one = Channel("II", 500.0, "mV", 200.0, 0.0, ArraySamples(counts, missing=-(2**31)), lead="II")
    start = datetime(2019, 12, 31, 23, 59, 59)
    found = back(convert(Record(Path("x"), "simulated", (one,), start_time=start), "edf", tmp_path))
    assert found.start_time == start + timedelta(seconds=2)
    assert found.duration_s == pytest.approx(8.0)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_replaced_unasked_and_nothing_half_is_left(plain: Record, kind: str, tmp_path: Path) -> None:
    first = convert(plain, kind, tmp_path)
    before = {path: path.read_bytes() for path in first.files}
    with pytest.raises(WriteError, match="exists"):
        convert(plain, kind, tmp_path)

    def cancel(_: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        convert(plain, kind, tmp_path, replace=True, progress=cancel)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    convert(plain, kind, tmp_path, replace=True)


def test_an_empty_lead_and_an_unknown_patient_can_be_written(tmp_path: Path) -> None:
    silent = Channel("V1", 500.0, "mV", 200.0, 0.0, ArraySamples(np.full(5000, np.nan)), lead="V1")
    record = Record(Path("x"), "simulated", (channel("II", 500.0, 5000), silent))
    for kind in ("wfdb", "dicom", "csv"):
        found = back(convert(record, kind, tmp_path)) if kind != "csv" else None
        if found:
            assert np.isnan(found.leads["V1"].millivolts()).all()
            assert found.patient == Patient()
            assert found.start_time is None
    with pytest.raises(WriteError, match="no stretch"):
        convert(record, "edf", tmp_path)


def test_simulated_ecgs_say_so_in_every_format(plain: Record, tmp_path: Path) -> None:
    for kind in KINDS:
        assert back(convert(replace(plain, simulated=True), kind, tmp_path / kind)).simulated
        assert not back(convert(plain, kind, tmp_path / f"{kind}2")).simulated


def test_names_of_files_are_plain() -> None:
    assert file_stem("Müller / 12:30.x") == "M_ller_12_30_x"
    assert file_stem("...") == "ecg"


def test_every_remark_is_a_sentence(odd: Record, plain: Record, tmp_path: Path) -> None:
    for record in (odd, plain):
        for kind in KINDS:
            for remark in convert(record, kind, tmp_path, replace=True).remarks:
                assert say(remark).endswith(".")
                assert say(remark, "de").endswith(".")
