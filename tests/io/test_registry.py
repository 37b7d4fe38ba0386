"""What opens what: content decides, and everything else gets one clear sentence."""

import os
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError, UnknownFormatError
from cardio_desktop.io import formats, open_record
from cardio_desktop.ui.dialogs import file_filter
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


def refusal(path: Path | str) -> str:
    with pytest.raises(ReadError) as error:
        open_record(path)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "; " in sentence  # the remedy
    return sentence


@pytest.mark.parametrize("name", ["x.hea", "x.dat", "x.jpg", "x"])
def test_an_edf_file_opens_under_any_name(tmp_path, twelve_leads, name):
    path = tmp_path / name
    path.write_bytes(twelve_leads().to_bytes())
    record = open_record(path)
    assert record.format == "EDF+C"
    assert list(record.leads)[-1] == "V6"


@pytest.mark.parametrize("width", [2, 3])
def test_the_format_is_named_as_the_user_knows_it(tmp_path, twelve_leads, width):
    path = tmp_path / "x"
    path.write_bytes(twelve_leads(width=width, onsets=None, reserved="24BIT" if width == 3 else "").to_bytes())
    assert open_record(path).format == {2: "EDF", 3: "BDF"}[width]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><body>404</body></html>", "XML or HTML"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08....", "compressed"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"MATLAB 5.0 MAT-file", "MATLAB 5"),
        (b"GDF 2.20", "GDF"),
    ],
)
def test_a_known_format_that_is_not_read_is_named(tmp_path, content, name):
    path = tmp_path / "ecg.bin"
    path.write_bytes(content)
    with pytest.raises(UnknownFormatError, match=name):
        open_record(path)
    assert "EDF or WFDB" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.edf", b"no edf at all", "does not start as EDF"),
        ("x.dat", b"\1\2\3\4", "no header"),
        ("x.mat", b"\1\2\3\4", "no header"),
        ("x.hea", b"\xff\xfe\0\1", "binary"),
        ("x.hea", b"# only a comment\n", "empty"),
        ("x.txt", b"time,I,II\n0,1,2\n", "sampling rate and unit"),
        ("x.xyz", b"time,I,II\n0,1,2\n", "none of the known"),
        ("x.csv", b"1 2 3\n4 5 6\n", "sampling rate and unit"),
        ("x.edf", b"", "empty"),
        ("x", b"\0", "none of the known"),
    ],
)
def test_unknown_content_gets_one_sentence(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


def test_missing_file_and_folder(tmp_path):
    assert "no such file" in refusal(tmp_path / "nothing.edf")
    assert "folder" in refusal(tmp_path)
    assert "no file name" in refusal("a\0b")
    assert refusal("")
    assert "no such file" in refusal(tmp_path / "nothing" / "x.hea")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no device files")
def test_a_device_is_refused():
    assert "device" in refusal("/dev/zero")


def test_a_file_that_may_not_be_read(tmp_path, twelve_leads, monkeypatch):
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads().to_bytes())
    if os.name == "nt" or os.geteuid() == 0:  # root may read everything

        def refuse(*_args, **_kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
    else:
        path.chmod(0)
    assert "not permitted" in refusal(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_a_long_name_of_control_characters_stays_one_line(tmp_path):
    path = tmp_path / ("a\nb\r\x1b[31m" + "x" * 180 + ".edf")
    path.write_bytes(b"zzz")
    assert "\x1b" not in refusal(path)


def test_an_annotation_file_opens_its_record_but_a_damaged_edf_beside_it_does_not(tmp_path, wfdb_spec):
    header = wfdb_spec(np.ones((1, 100), int)).write(tmp_path)
    (tmp_path / "rec.atr").write_bytes(b"\x0a\x04\0\0")
    (tmp_path / "rec.edf").write_bytes(b"1       damaged")
    assert open_record(tmp_path / "rec.atr").path == header
    assert "does not start as EDF" in refusal(tmp_path / "rec.edf")


def test_a_signal_file_may_start_with_any_bytes(tmp_path, wfdb_spec):
    header = wfdb_spec(np.frombuffer(b"<html>%PDF-1" * 50, "<i2").reshape(1, -1)).write(tmp_path)
    assert open_record(tmp_path / "rec.dat").path == header


def test_an_ecg_lead_without_a_voltage_is_said(tmp_path, edf_spec, edf_signal):
    path = tmp_path / "x.edf"
    signals = [edf_signal(np.zeros((2, 10), int), "ECG I", ""), edf_signal(np.zeros((2, 10), int), "SpO2", "%")]
    path.write_bytes(edf_spec(signals).to_bytes())
    (warning,) = said(open_record(path))
    assert "ECG I is given in no unit" in warning


def test_two_headers_that_name_a_signal_file_do_not_decide(tmp_path, wfdb_spec):
    header = wfdb_spec(np.ones((1, 100), int)).write(tmp_path)
    text = header.read_text(encoding="utf-8")
    header.unlink()
    for name in ("a", "b"):
        (tmp_path / f"{name}.hea").write_text(text, encoding="utf-8")
    assert "no header" in refusal(tmp_path / "rec.dat")


def test_the_dialog_filter_offers_every_suffix():
    assert all(f"*{suffix}" in file_filter().split(";;")[0] for suffix in formats.record_suffixes())
