"""Text tables: what the file says is used, what it does not say is asked for and never guessed."""

from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import NeedsOptionsError, ReadError
from cardio_desktop.io import open_record
from cardio_desktop.io.csv_reader import read_csv
from cardio_desktop.io.formats import Start, is_ecg


def put(tmp_path, text, name="x.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


VALUES = [0.0, 1.25, -2.5, 300.125] * 20
APPLE = (
    'Name,Jane Doe\nDate of Birth,\nRecorded Date,2019-05-01 10:11:12 +0200\nClassification,Sinus Rhythm\n'
    'Software Version,1.11\nDevice,"Watch4,3"\nSample Rate,512 hertz\n\nLead,Lead I\nUnit,µV\n\n'
)  # fmt: skip


def test_an_apple_watch_export_says_all(tmp_path):
    record = open_record(put(tmp_path, APPLE + "\n".join(map(str, VALUES))))
    assert record.rate_hz == 512
    np.testing.assert_allclose(record.leads["I"].millivolts(), np.array(VALUES) / 1000)
    assert record.patient.name == "Jane Doe"
    assert record.stored.statements == ("Sinus Rhythm",)
    assert record.start_time.isoformat() == "2019-05-01T10:11:12"


def test_a_german_export_has_decimal_commas(tmp_path):
    head = "Abtastrate;512,5 Hertz\nAbleitung;Ableitung I\nEinheit;µV\n"
    record = open_record(put(tmp_path, head + "\n".join(str(v).replace(".", ",") for v in VALUES)))
    assert record.rate_hz == 512.5
    np.testing.assert_allclose(record.leads["I"].millivolts(), np.array(VALUES) / 1000)


@pytest.mark.parametrize(
    ("separator", "decimal"), [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), (" ", "."), ("|", ".")]
)
def test_separators_and_decimal_signs_are_found(tmp_path, separator, decimal):
    lines = [separator.join(["time_s", "I_mV", "aVF_mV"])]
    for n in range(100):
        lines.append(separator.join(f"{x:.3f}".replace(".", decimal) for x in (n / 250, n * 0.01, -n * 0.02)))
    record = open_record(put(tmp_path, "\n".join(lines)))
    assert record.rate_hz == 250
    np.testing.assert_allclose(record.leads["aVF"].millivolts(), -np.arange(100) * 0.02, atol=1e-12)


def test_units_in_a_row_of_their_own(tmp_path):
    text = "'Elapsed time','ECG'\n'seconds','mV'\n" + "\n".join(f"{n / 360:.3f},{n % 7 - 0.25}" for n in range(700))
    record = open_record(put(tmp_path, text, "x.txt"))
    assert record.rate_hz == 360
    np.testing.assert_allclose(record.other_ecg["ECG"].millivolts(), np.arange(700) % 7 - 0.25)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("1 2 3\n4 5 6\n", ("rate_hz", "unit")),
        ("time (s),I,II\n0,1,2\n0.01,1,2\n0.02,2,2\n", ("unit",)),
        ("I (mV),II (mV)\n1,2\n1,2\n", ("rate_hz",)),
        ("time,I (mV)\n0,1\n2,1\n4,1\n", ("rate_hz",)),  # seconds or milliseconds?
        ("# Simple Text Format\n# Sampling Rate (Hz):= 1000.00\n# Labels:= ECG\n2044.0\n2045.0\n", ("unit",)),
    ],
)
def test_what_is_missing_is_asked_for(tmp_path, text, needed):
    path = put(tmp_path, text)
    with pytest.raises(NeedsOptionsError) as error:
        open_record(path)
    assert error.value.needed == needed
    assert error.value.kind == "needs options"
    record = read_csv(path, rate_hz=500.0, unit="mV")
    assert record.rate_hz == 500
    assert record.channels


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time (s),I (mV)\n0,1\n1,2\n5,3\n6,4\n", "evenly"),
        ("only words\nand more words\n", "no line of numbers"),
        ("a;b\n1;2\n1;2;3\n1;2\n", "line 3 holds 3 values"),
        ("1;2\n1;1e999\n", "out of all measure"),
    ],
)
def test_a_table_that_cannot_be_an_ecg_is_refused(tmp_path, text, words):
    with pytest.raises(ReadError, match=words):
        read_csv(put(tmp_path, text), rate_hz=None if "time" in text else 100.0, unit="mV")


def test_an_empty_cell_is_a_missing_sample(tmp_path):
    record = read_csv(put(tmp_path, "I;II\n1;2\n;3\n2;4\n"), rate_hz=100.0, unit="mV")
    assert np.isnan(record.leads["I"].millivolts()).tolist() == [False, True, False]


def looks_like_ecg(raw, suffix):
    return is_ecg(Start(Path(f"x{suffix}"), raw))


def test_a_folder_lists_only_texts_that_say_what_they_are():
    assert looks_like_ecg(APPLE.encode() + b"1\n2\n", ".csv")
    assert looks_like_ecg(b"time (s),I (mV),II (mV)\n0,1,2\n", ".csv")
    assert not looks_like_ecg(b"1 2 3\n4 5 6\n", ".csv")
    assert not looks_like_ecg(b"Dear colleague,\nI saw your patient\n", ".txt")
    assert not looks_like_ecg(b"time (s),I (mV),II (mV)\n0,1,2\n", ".log")
