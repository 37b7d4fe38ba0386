"""The damaged and hostile files that are known: right values or one sentence, little memory, nothing read outside."""

import json
import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from cardio_desktop.io import open_record
from cardio_desktop.words import say


# In a process with its memory limited: opens each file, reads all of it, and tells which files were touched.
def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


CHILD = textwrap.dedent(
    """
    import json, resource, sys
    import wfdb, soundfile, numpy  # not charged to the records
    from cardio_desktop.core.errors import CardioError
    from cardio_desktop.io import open_record
    from cardio_desktop.words import say
    from tests.memory import peak_kib, reset_peak_kib

    usage = lambda: resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    touched = []
    # What os.open opened is given to `open` as a number once more.
    watched = lambda event, args: event == "open" and not isinstance(args[0], int)
    sys.addaudithook(lambda event, args: touched.append(str(args[0])) if watched(event, args) else None)
    for path in sys.argv[1:]:
        before, before_kib = usage(), reset_peak_kib()
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(before.ru_utime + before.ru_stime) + 6, hard))
        touched.clear()
        result = {"path": path, "error": None, "warnings": []}
        try:
            record = open_record(path)
            for channel in record.channels:
                channel.physical()
            result["warnings"] = [say(warning) for warning in record.warnings]
        except CardioError as error:
            result["error"] = str(error)
        result["touched"] = list(touched)
        result["grown_mib"] = (peak_kib() - before_kib) / 1024
        print(json.dumps(result), flush=True)
    """
)


def open_apart(paths):
    """Return what happened to each file; a file that kills the process or takes over 5 s of it fails the test."""
    command = [sys.executable, "-c", CHILD, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"after {len(results)} files: {done.stderr}"
    assert done.stderr == ""
    return dict(zip(paths, results, strict=True))


pytestmark = pytest.mark.skipif(os.name == "nt", reason="resource limits need POSIX")

REFUSED = {
    "abs.hea": "/etc/hostname",
    "trav.hea": "../wfdb/100.dat",
    "loop.hea": "names itself",
    "huge.hea": "99,999,999,999",
    "huge.dat": "99,999,999,999",
    "bomb_aecg.xml": "entities",
    "xxe_muse.xml": "entities",
    "invalid-doc-version.xml": "Sierra",
    "edf_empty.edf": "empty",
    "edf_header_only.edf": "no complete data record",
    "edf_nrec_huge.edf": "99,999,999",
    "edf_ns_9999.edf": "9999 signals",
    "noncompliant_62.scp": "does not start as SCP-ECG",
    "trunc60pct_Example.scp": "20,486 of 34,144 bytes",
    "trunc60pct_anonymous_ecg.dcm": "DICOM",
}
READ = {
    "edf_comma_decimal.edf": "signal 1 (ECG I) is left out: its physical minimum '-5000,0' is not a number",
    "edf_physmin_eq_physmax.edf": "signal 1 (ECG I) is left out: its physical minimum and maximum are both 5000",
    "edf_colon_date.edf": "01:01:85",
    "edf_zero_date.edf": "00.00.00",
    "edf_latin1_patient.edf": "Latin-1",
    "edf_nrec_minus1.edf": "not closed",
    "trunc60pct_ECG_P28.01.ecg": "57 of 96 s are there (60 %)",
    "trunc60pct_made_12lead_EDFplusC.edf": "5 of the 10 data records",
    "gain0.hea": "no gain",
}


def test_every_known_file_has_its_verdict(shared):
    names = {path.name for path in (shared / "formats/malformed").iterdir()}
    assert names == set(REFUSED) | set(READ)


@pytest.fixture(scope="module")
def verdicts(shared):
    results = open_apart([shared / "formats/malformed" / name for name in [*REFUSED, *READ]])
    return {path.name: result for path, result in results.items()}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_file_gets_one_sentence(verdicts, name):
    error = verdicts[name]["error"]
    assert REFUSED[name] in error
    assert error.startswith(name.replace(".dat", ".hea") + ": ")
    assert error.endswith(".")
    assert "\n" not in error


@pytest.mark.parametrize("name", READ)
def test_readable_file_is_read_with_one_warning(verdicts, name):
    assert verdicts[name]["error"] is None
    (warning,) = verdicts[name]["warnings"]
    assert READ[name] in warning


@pytest.mark.parametrize("name", [*REFUSED, *READ])
def test_nothing_outside_the_folder_is_read_and_little_memory_taken(shared, verdicts, name):
    program = (sys.prefix, sys.base_prefix, str(shared / "formats/malformed"))
    outside = [path for path in verdicts[name]["touched"] if not path.startswith(program)]
    assert [path for path in outside if not path.endswith((".py", ".pyc"))] == []
    assert verdicts[name]["grown_mib"] < 100


@pytest.mark.parametrize("name", [name for name in READ if name.startswith("edf_")])
def test_what_is_read_with_a_warning_has_the_right_values(shared, name):
    good = open_record(shared / "formats/edf/made_12lead_EDFplusC.edf")
    record = open_record(shared / "formats/malformed" / name)
    theirs = {channel.label: channel for channel in good.channels}
    assert len(record.channels) == len(theirs) - ("signal 1" in said(record)[0])
    for ours in record.channels:
        np.testing.assert_array_equal(ours.physical(), theirs[ours.label].physical())


def test_truncated_edf_keeps_the_values_it_has(shared):
    good = open_record(shared / "formats/edf/made_12lead_EDFplusC.edf")
    record = open_record(shared / "formats/malformed/trunc60pct_made_12lead_EDFplusC.edf")
    for ours, theirs in zip(record.channels, good.channels, strict=True):
        np.testing.assert_array_equal(ours.physical(), theirs.physical(0, 2500))


def flac_that_claims_much() -> bytes:
    """Return a STREAMINFO block of 2**36 - 1 samples with no frame behind it."""
    info = bytes([0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0]) + (96000 << 44 | 15 << 36 | (2**36 - 1)).to_bytes(8, "big")
    return b"fLaC\x80\0\0\x22" + info + b"\0" * 16


def test_hostile_headers_take_no_memory_and_no_time(tmp_path, twelve_leads):
    cases = [
        ("x 1 360 99999999999\nx.dat 16 200/mV 16 0 0 0 0 I\n", b"\0" * 100),
        ("x 1 360 99999999999\nx.dat 16x100000 200/mV 16 0 0 0 0 I\n", b"\0" * 100),
        ("x 1 360 100\nx.dat 16:99999999 200/mV 16 0 0 0 0 I\n", b"\0" * 200),
        ("x 1 360 100\nx.dat 16+99999999999 200/mV 16 0 0 0 0 I\n", b"\0" * 200),
        ("x 1 360 99999999999\nx.dat 516 200/mV 16 0 0 0 0 I\n", flac_that_claims_much()),
        ("x 1 360\nx.dat 516 200/mV 16 0 0 0 0 I\n", flac_that_claims_much()),
        ("x 1 40000000 68719476735\nx.dat 516 200/mV 16 0 0 0 0 I\n", flac_that_claims_much()),
        ("x 1 1000000\nx.dat 516 200/mV 16 0 0 0 0 I\n", flac_that_claims_much()),
        ("x/1 1 360 99999999999\n~ 99999999999\n", b""),
        ("x/2 1 360 200\ny 100\ny 100\n", b""),
        ("x 1 360\n" + "x.dat 16 200/mV 16 0 0 0 0 I\n" * 5000, b"\0" * 100),
        ("x 1 360 " + "9" * 5000 + "\nx.dat 16 200\n", b"\0" * 100),
    ]
    paths = []
    for number, (header, data) in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "x.hea").write_text(header, encoding="utf-8")
        (folder / "x.dat").write_bytes(data)
        paths.append(folder / "x.hea")
    # A year between two data records of one second.
    onsets = [f"+{i}" for i in range(9)] + ["+31536000"]
    (tmp_path / "x.edf").write_bytes(twelve_leads(reserved="EDF+D", onsets=onsets).to_bytes())
    paths.append(tmp_path / "x.edf")
    for path, result in open_apart(paths).items():
        assert result["error"], path
        assert result["grown_mib"] < 200, path
