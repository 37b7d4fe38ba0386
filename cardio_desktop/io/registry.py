"""Which reader opens a file: its content decides, its name only helps to find the header."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cardio_desktop.core.errors import CardioError, ReadError, UnknownFormatError
from cardio_desktop.core.leads import is_other_ecg
from cardio_desktop.core.record import Record
from cardio_desktop.io.csv_reader import SUFFIXES as TEXT_SUFFIXES
from cardio_desktop.io.csv_reader import looks_like_ecg
from cardio_desktop.io.dicom_reader import is_dicom_waveform
from cardio_desktop.io.edf_reader import read_edf
from cardio_desktop.io.files import decode_text, file_size, os_problem, read_bytes
from cardio_desktop.io.wfdb_annotations import USUAL_EXTENSIONS
from cardio_desktop.io.wfdb_header import read_header
from cardio_desktop.io.wfdb_reader import read_wfdb

RECORD_SUFFIXES = (
    ".hea",
    ".edf",
    ".bdf",
    ".dat",
    ".mat",
    ".rec",
    ".dcm",
    ".scp",
    ".xml",
    ".ecg",
    ".atc",
    ".csv",
    ".tsv",
    ".txt",
)
"""Suffixes that a file dialog offers; content decides what a file is."""

_SNIFF_BYTES = 4096
_SIGNAL_SUFFIXES = frozenset({".dat", ".mat"})
_MAX_SCANNED_HEADERS = 2000
_EXPORT = "export it as EDF or WFDB and open that"

Report = Callable[[float], None]


def open_record(path: str | Path, report: Report | None = None) -> Record:
    """Return the ECG record that `path` names: a header, a signal file, a bare record name, an EDF or BDF file.

    `report` gets percentages 0..100 and may raise core.errors.Cancelled. Raises ReadError: one sentence that names
    file, value and remedy.
    """
    path = Path(path)
    try:
        return _with_unit_warnings(_open(path, report))
    except CardioError:
        raise
    except OSError as error:
        raise os_problem(path, error) from error
    except ValueError as error:  # a path with a null character
        raise ReadError(path, "this is no file name", "check the name") from error


def _open(path: Path, report: Report | None) -> Record:
    if not path.is_file() and path.name:
        bare = path.with_name(path.name + ".hea")
        if bare.is_file():
            return read_wfdb(bare, report)
    if file_size(path) == 0:
        raise ReadError(path, "the file is empty", "copy it again from its source")
    start = read_bytes(path, _SNIFF_BYTES)
    if start[:8] == b"0       " or start[:8] == b"\xffBIOSEMI":
        return read_edf(path, report)
    suffix = path.suffix.casefold()
    if reader := _reader_of(start):
        return reader(path)
    if suffix == ".hea" or _is_header(path, start):
        return read_wfdb(path, report)
    # Before the guesses from the first bytes: in a signal file any bytes can come first.
    if header := _header_of(path):
        return read_wfdb(header, report)
    if problem := _known_but_not_read(start):
        raise UnknownFormatError(path, problem, _EXPORT)
    if reader := _reader_of(start, suffix):
        return reader(path)
    if suffix[1:] in USUAL_EXTENSIONS and path.with_suffix(".hea").is_file():
        return read_wfdb(path.with_suffix(".hea"), report)
    if suffix in {".edf", ".bdf", ".rec"}:
        raise UnknownFormatError(path, "it does not start as an EDF or BDF file does", "export it again")
    if suffix in _SIGNAL_SUFFIXES:
        raise UnknownFormatError(path, "no header (.hea) beside it describes this signal file", "copy the header to it")
    raise UnknownFormatError(path, "its content is none of the known ECG formats", "open a WFDB, EDF or BDF record")


def _reader_of(start: bytes, suffix: str = "") -> Callable[[Path], Record] | None:
    """Return the reader of a format that its first bytes tell, imported when it is needed."""
    text = _markup(start)
    for module, name, mark in (
        ("dicom_reader", "read_dicom", start[128:132] == b"DICM"),
        ("scp_reader", "read_scp", start[16:22] == b"SCPECG"),
        ("ishne_reader", "read_ishne", start[:8] == b"ISHNE1.0"),
        ("alivecor_reader", "read_atc", start[:5] == b"ALIVE"),
        ("aecg_reader", "read_aecg", "<AnnotatedECG" in text or ":AnnotatedECG" in text),
        ("muse_reader", "read_muse", re.search(r"<RestingECG[\s/>]", text) is not None),
        ("sierra_reader", "read_sierra", "<restingecgdata" in text),
        ("schiller_reader", "read_schiller", "schillerEDI" in text),
        ("cardiosoft_reader", "read_cardiosoft", "<CardiologyXML" in text),
        ("mortara_reader", "read_mortara", "<ECG" in text and "ACQUISITION_TIME" in text),
        ("csv_reader", "read_csv", suffix in TEXT_SUFFIXES and not text and b"\0" not in start),
    ):
        if mark:
            found: Callable[[Path], Record] = getattr(importlib.import_module(f"cardio_desktop.io.{module}"), name)
            return found
    return None


def _markup(start: bytes) -> str:
    """Return the beginning of an XML or HTML document, "" for everything else; it is looked at, never parsed."""
    wide = start[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = (start.decode("utf-16", "replace") if wide else decode_text(start)).lstrip("\ufeff \t\r\n")
    return text if text.startswith("<") else ""


def _is_header(path: Path, start: bytes) -> bool:
    """Return whether a file that is not called so is a WFDB header."""
    if b"\0" in start:
        return False
    try:
        read_header(path)
    except ReadError:
        return False
    return True


def _header_of(path: Path) -> Path | None:
    """Return the header of a signal file: the one of the same name, else the only one beside it that names the file."""
    own = path.with_suffix(".hea")
    if path.suffix.casefold() in _SIGNAL_SUFFIXES and own.is_file():
        return own
    naming = []
    for header in sorted(path.parent.glob("*.hea"))[:_MAX_SCANNED_HEADERS]:
        try:
            lines = read_header(header).signals
        except CardioError:
            continue
        if any(line.file_name == path.name for line in lines):
            naming.append(header)
    return naming[0] if len(naming) == 1 else None


def _with_unit_warnings(record: Record) -> Record:
    """Return the record with a warning for each ECG lead that is no voltage and can therefore not be drawn."""
    unknown = [c for c in record.channels if not c.is_voltage and (c.lead or is_other_ecg(c.label))]
    sentences = [
        f"{channel.label} is given in {channel.unit or 'no unit'}, not in a voltage, and is not shown as an ECG lead."
        for channel in unknown
    ]
    return replace(record, warnings=(*record.warnings, *sentences)) if sentences else record


def is_ecg(start: bytes, suffix: str = "") -> bool:
    """Return whether a file that begins with `start` is of a format that holds ECGs; of DICOM only the waveforms."""
    if start[128:132] == b"DICM":  # a folder of DICOM files is mostly pictures
        return is_dicom_waveform(start)
    if start[:8] == b"0       " or start[:8] == b"\xffBIOSEMI" or _reader_of(start):
        return True
    return looks_like_ecg(start, suffix)


def _known_but_not_read(start: bytes) -> str | None:
    """Return what a file is that starts so, if it is known but not read here; XML is looked at, never parsed."""
    for magic, offset, name in (
        (b"GDF ", 0, "this is a GDF file"),
        (b"MATLAB 5.0", 0, "this is a MATLAB 5 file, of which WFDB knows only version 4"),
        (b"\x89HDF", 0, "this is an HDF5 file"),
        (b"%PDF", 0, "this is a PDF document"),
        (b"PK\x03\x04", 0, "this is a ZIP archive or office document"),
        (b"\x1f\x8b", 0, "this is a compressed file"),
        (b"\x89PNG", 0, "this is a picture"),
        (b"\xff\xd8\xff", 0, "this is a picture"),
    ):
        if start[offset : offset + len(magic)] == magic:
            return f"{name}, which is not read yet" if "file" in name else name
    text = _markup(start)
    if not text:
        return None
    return "this is an XML or HTML document of an unknown kind"
