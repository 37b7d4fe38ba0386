"""Beats written as WFDB annotations: what comes back, and what is never overwritten."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import wfdb
from hypothesis import given, settings
from hypothesis import strategies as st

from cardio_desktop.core.errors import WriteError
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.io import open_record
from cardio_desktop.io.wfdb_annotation_writer import is_own_file, suggested_path, write_beats

BEATS = [(0.5, "N"), (1.248, "V"), (1.248, "S"), (7.0, "/"), (3000.004, "Q")]


def wfdb_record(folder: Path, rate_hz: float = 250.0, seconds: int = 4000) -> Record:
    signal = np.zeros((round(rate_hz * seconds), 1))
    signal[::50] = 1.0
    wfdb.wrsamp("rec", fs=rate_hz, units=["mV"], sig_name=["II"], p_signal=signal, fmt=["16"], write_dir=str(folder))
    return open_record(folder / "rec.hea")


def test_they_come_back_and_wfdb_reads_them(tmp_path: Path) -> None:
    record = wfdb_record(tmp_path)
    path = suggested_path(record)
    assert path == tmp_path / "rec.beats"
    write_beats(path, record, BEATS)
    again = open_record(record.path)
    assert [(a.time_s, a.symbol, a.source) for a in again.annotations] == [(t, s, "beats") for t, s in BEATS]
    reference = wfdb.rdann(str(tmp_path / "rec"), "beats")
    beats = [(s, n) for s, n in zip(reference.sample, reference.symbol, strict=True) if n != '"']
    assert beats == [(round(t * 250), s) for t, s in BEATS]
    assert is_own_file(path)


def test_a_record_of_another_format_states_the_clock(tmp_path: Path) -> None:
    counts = ArraySamples(np.zeros(5000, dtype=np.int16))
    record = Record(tmp_path / "x.edf", "EDF+", (Channel("II", 512.5, "mV", 1000.0, 0.0, counts, lead="II"),))
    write_beats(tmp_path / "x.beats", record, [(1.0, "N"), (4.004, "V")])
    reference = wfdb.rdann(str(tmp_path / "x"), "beats")
    assert reference.fs == 512.5
    assert list(reference.sample[-2:]) == [512, 2052]


@pytest.mark.parametrize("replace_it", [False, True])
def test_a_file_that_is_not_ours_is_never_replaced(tmp_path: Path, replace_it: bool) -> None:
    record = wfdb_record(tmp_path, seconds=10)
    wfdb.wrann("rec", "atr", np.array([100, 300]), ["N", "V"], fs=250, write_dir=str(tmp_path))
    before = (tmp_path / "rec.atr").read_bytes()
    with pytest.raises(WriteError, match="exists and is not replaced"):
        write_beats(tmp_path / "rec.atr", record, [(1.0, "N")], replace=replace_it)
    for name in ("rec.hea", "rec.dat", "rec.edf", "rec.", "rec", "rec.a b"):
        with pytest.raises(WriteError):
            write_beats(tmp_path / name, record, [(1.0, "N")], replace=replace_it)
    assert (tmp_path / "rec.atr").read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_our_own_file_is_replaced_only_when_told(tmp_path: Path) -> None:
    record = wfdb_record(tmp_path, seconds=10)
    path = tmp_path / "rec.beats"
    write_beats(path, record, [(1.0, "N")])
    with pytest.raises(WriteError):
        write_beats(path, record, [(2.0, "N")])
    write_beats(path, record, [(2.0, "V")], replace=True)
    assert [(a.time_s, a.symbol) for a in open_record(record.path).annotations] == [(2.0, "V")]


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    record = wfdb_record(tmp_path, seconds=10)
    with pytest.raises(WriteError, match="choose another folder"):
        write_beats(tmp_path / "gone" / "rec.beats", record, [(1.0, "N")])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2**31 - 1), st.sampled_from("NLRaVFJASEj/Qfnr?eB")), max_size=60),
    st.sampled_from([100.0, 250.0, 360.0, 500.0, 1000.0, 333.333]),
)
def test_any_beats_come_back(
    tmp_path_factory: pytest.TempPathFactory, marks: list[tuple[int, str]], rate: float
) -> None:
    folder = tmp_path_factory.mktemp("any")
    counts = ArraySamples(np.zeros(10, dtype=np.int16))
    record = Record(folder / "x.edf", "EDF", (Channel("II", rate, "mV", 1000.0, 0.0, counts, lead="II"),))
    beats = sorted((sample / rate, symbol) for sample, symbol in marks)
    write_beats(folder / "x.beats", record, beats)  # reads every beat back itself
    assert is_own_file(folder / "x.beats")


def test_the_real_beats_of_mit_bih_come_back(tmp_path: Path, shared: Path) -> None:
    source = sorted((shared / "mitdb").glob("*.hea"))[0]
    record = open_record(source)
    beats = [(a.time_s, a.symbol) for a in record.annotations if a.source == "atr" and a.kind == "beat"]
    assert len(beats) > 1500
    path = tmp_path / f"{source.stem}.beats"
    write_beats(path, replace(record), beats)
    reference = wfdb.rdann(str(source.with_suffix("")), "atr")
    written = wfdb.rdann(str(path.with_suffix("")), "beats")
    ours = [(s, n) for s, n in zip(written.sample, written.symbol, strict=True) if n != '"']
    theirs = [(s, n) for s, n in zip(reference.sample, reference.symbol, strict=True) if n in "NLRaVFJASEj/Qfn"]
    assert ours == theirs
