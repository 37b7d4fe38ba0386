"""Hundreds of damaged files of each format: a record whose values can be trusted, or one sentence; quick and small."""

import re
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.record import MISSING
from cardio_desktop.core.stored import stored_to_json
from cardio_desktop.io import open_record
from cardio_desktop.io.csv_reader import read_csv
from cardio_desktop.io.files import MAX_RECORD_S
from cardio_desktop.words import say
from tests.memory import peak_kib, reset_peak_kib

pytestmark = pytest.mark.fuzz

CASES = 400
FUZZ = settings(
    max_examples=CASES,
    deadline=timedelta(seconds=5),  # what counts as a hang
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NASTY = st.sampled_from(
    [
        b"", b" ", b"-1", b"0", b"1", b"99999999", b"-99999999", b"1e308", b"nan", b"inf", b"1,5", b"\0", b"\xff" * 8,
        b"<a>", b"</a>", b"&x;", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b'"', b"'", b"=", b"2147483648", b"32768", b"\n",
        b"\x00\x00\x00\x80", b"\xff\xff\xff\x7f", b"\x01", "é".encode(), b"1e-308", b"500",
    ]
)  # fmt: skip
KINDS = st.sampled_from(["flip", "flip", "flip", "field", "field", "digit", "insert", "delete", "cut", "double"])


@st.composite
def mutations(draw, size, header):
    changes = []
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, (header if draw(st.integers(0, 2)) else size) - 1))
        changes.append((draw(KINDS), place, draw(NASTY), draw(st.integers(1, 255))))
    return changes


def mutate(raw, changes):
    data = bytearray(raw)
    for kind, place, payload, number in changes:
        at = min(place, len(data))
        if kind == "flip" and at < len(data):
            data[at] ^= number
        elif kind == "digit":  # the next number of a text
            if found := re.compile(rb"[0-9.]+").search(bytes(data), at):
                data[found.start() : found.end()] = payload
        elif kind == "field":
            data[at : at + len(payload)] = payload
        elif kind == "insert":
            data[at:at] = payload
        elif kind == "delete":
            del data[at : at + number]
        elif kind == "cut":
            del data[at:]
        elif kind == "double":
            data[at:at] = data[at : at + number]
    return bytes(data)


def check(record):
    assert record.channels
    for channel in record.channels:
        length = len(channel.samples)
        assert 0 < length < 1e9
        assert 0 < channel.rate_hz < 1e9
        assert 0 < channel.duration_s <= MAX_RECORD_S * 1.001
        for start in (0, max(length - 300, 0)):
            counts, values = (read(start, min(start + 300, length)) for read in (channel.counts, channel.physical))
            assert len(counts) == len(values) == min(300, length - start)
            missing = counts == MISSING if np.issubdtype(counts.dtype, np.integer) else np.isnan(counts)
            assert np.isfinite(values[~missing]).all()
            assert np.isnan(values[missing]).all()
    ends = 0.0
    for gap in record.gaps:
        assert ends <= gap.start_s < gap.end_s <= record.duration_s + 1e-6
        ends = gap.end_s
    assert all(0 <= mark.time_s <= record.duration_s for mark in record.annotations)
    texts = [*map(say, record.warnings), *(a.text for a in record.annotations), record.device]
    if record.stored:
        texts += [*record.stored.statements, *map(say, record.stored.doubts), *record.stored.remarks]
        stored_to_json(record.stored)
    assert all(text.isprintable() for text in texts)


@pytest.fixture(autouse=True)
def memory_stays_low():
    """Fail where one of the files made the process grow by 500 MB."""
    before_kib = reset_peak_kib()
    yield
    assert (peak_kib() - before_kib) / 1024 < 500


@pytest.fixture(scope="module")
def samples(tmp_path_factory, counts8, counts12, scp_spec, muse_xml, aecg_xml, sierra_xml, other_xml, atc_bytes,
            ishne_file, dicom_file):  # fmt: skip
    """A small file of each format: name -> (bytes, bytes that count as its header)."""
    folder = tmp_path_factory.mktemp("samples")
    few, twelve = counts8[:, :320], counts12[:, :320]
    reference = few[:, :100]
    beats = [(0, 60, 100, 140), (0, 200, 240, 280)]
    zones = [(60, 140), (200, 280)]
    dicom = dicom_file(folder / "d", [{"counts": few}, {"counts": few[:, :100], "label": "MEDIAN BEAT"}])
    ishne = ishne_file(folder / "i.ecg", few[:3])
    table = "time (s);I (mV);II (mV)\n" + "\n".join(f"{n / 500:.3f};{n % 9};{n % 7}" for n in range(200))
    found = {
        "scp": scp_spec(few).to_bytes(),
        "scp_own_tables": scp_spec(few, coding="own", order=1).to_bytes(),
        "scp_reference": scp_spec(few, reference=reference, fiducial=41, beats=beats, protected=zones, subtracted=True,
                                  decimation=2).to_bytes(),
        "muse": muse_xml(few), "aecg": aecg_xml([("20200301101112", few)]), "sierra": sierra_xml(twelve),
        **{name: make(few) for name, make in other_xml.items()},
        "atc": atc_bytes({"ecg ": few[0], "ecg2": few[1]}),
        "ishne": ishne.read_bytes(), "dicom": dicom.read_bytes(), "csv": table.encode(),
    }  # fmt: skip
    return {name: (raw, min(len(raw), 1500)) for name, raw in found.items()}


NAMES = [
    "scp", "scp_own_tables", "scp_reference", "muse", "aecg", "sierra", "schiller", "cardiosoft", "mortara", "atc",
    "ishne", "dicom", "csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_fuzz(tmp_path_factory, samples, name):
    raw, header = samples[name]
    path = tmp_path_factory.mktemp("fuzz") / ("f.csv" if name == "csv" else "f.bin")
    path.write_bytes(raw)
    check(open_record(path))
    tally = {"read": 0, "refused": 0}

    @FUZZ
    @given(changes=mutations(len(raw), header))
    def run(changes):
        path.write_bytes(mutate(raw, changes))
        try:
            check(read_csv(path, 250.0, "mV") if name == "csv" else open_record(path))
            tally["read"] += 1
        except CardioError as error:
            sentence = str(error)
            assert sentence.isprintable()
            assert len(sentence) < 1000
            assert re.match(r"f\.(bin|csv): .+; .+\.$", sentence), sentence
            tally["refused"] += 1

    run()
    assert sum(tally.values()) >= CASES * 9 // 10
    assert min(tally.values()) > 0, tally
