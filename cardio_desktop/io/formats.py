"""The table of formats: a format is one row here and a module that reads it, and nothing else knows of it.

Whoever asks which files can be opened, what a file is, which files belong to it or what a dialog offers looks here.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.io.files import decode_text
from cardio_desktop.words import Remark

if TYPE_CHECKING:
    from cardio_desktop.io.whole_files import WholeFiles

START_BYTES = 4096
"""What is read of a file, once, to tell what it is: one page of the disk."""


@dataclass(frozen=True)
class Start:
    """A file's path and its first `START_BYTES` bytes."""

    path: Path
    raw: bytes

    @property
    def suffix(self) -> str:
        """The suffix in small letters, with its dot."""
        return self.path.suffix.casefold()

    @cached_property
    def markup(self) -> str:
        """The beginning of an XML or HTML document as text, "" for everything else; it is looked at, never parsed."""
        wide = self.raw[:2] in {b"\xff\xfe", b"\xfe\xff"}
        if not wide and b"<" not in self.raw[:64]:
            return ""
        text = self.raw.decode("utf-16", "replace") if wide else decode_text(self.raw)
        text = text.lstrip("\ufeff \t\r\n")
        return text if text.startswith("<") else ""


class Read(Protocol):
    """A reader: the record in a file; `progress` gets percentages and may raise Cancelled. Raises ReadError."""

    def __call__(self, path: Path, progress: Progress | None = None, /, **options: float | str) -> Record:
        """Return the record; `options` are among those that the format's row names."""
        ...


class Write(Protocol):
    """A writer: puts the record into `files` and says what the format cannot hold of it. Raises WriteError."""

    def __call__(self, record: Record, files: WholeFiles, progress: Progress | None = None, /) -> tuple[Remark, ...]:
        """Return the remarks."""
        ...


@dataclass(frozen=True)
class Format:
    """One format, or a few with one reader.

    `names`: as users know them. `suffixes`: customary ones, which a file dialog offers. `sniff`: whether a file that
    begins so is of this format; rows are asked in order, the sure ones come first. `read` is None for a format that is
    recognised but not read.
    `writes_as`: the word by which a user asks for this format, where it is written; `write`: what writes it.

    `lists`: whether a folder lists a file that begins so, where that is not the same (of all DICOM files the waveforms,
    of all texts those that say what they are).
    `listed`: suffixes that no other kind of file has: in a folder such a file is a record even if it cannot be read.
    `options`: what the reader must be told by the user where the file does not say it ("rate_hz", "unit").
    `index_names`: files that only list the records of their folder, in small letters ("dicomdir").

    A format of several files also has `main`: the main file of the record that a file belongs to, or None;
    `main_suffix`: what the main file is called; `names_in`: which files, and which records' names, the bytes of a
    main file name; `files`: all files of a record; `part_suffixes`: of files that may lie beside.
    """

    names: tuple[str, ...]
    suffixes: tuple[str, ...]
    sniff: Callable[[Start], bool]
    read: Read | None = None
    writes_as: str = ""
    write: Write | None = None
    lists: Callable[[Start], bool] | None = None
    listed: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    index_names: frozenset[str] = frozenset()
    main: Callable[[Path], Path | None] | None = None
    main_suffix: str = ""
    names_in: Callable[[bytes], tuple[list[str], list[str]]] | None = None
    files: Callable[[Path], set[Path]] | None = None
    part_suffixes: tuple[str, ...] = ()


def _in(module: str, name: str) -> Callable[..., Any]:
    """Return a function of a module of this package that is imported once it is called: the window asks for names."""

    def call(*values: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(f"cardio_desktop.io.{module}"), name)(*values, **options)

    return call


def _at_once(module: str, name: str) -> Read:
    """Return a reader of files that are small enough to be read at once, without percentages."""
    read = _in(module, name)

    def call(path: Path, progress: Progress | None = None, /, **options: float | str) -> Record:  # noqa: ARG001
        record: Record = read(path, **options)
        return record

    return call


def _begins(*magics: bytes, at: int = 0) -> Callable[[Start], bool]:
    return lambda start: any(start.raw[at : at + len(magic)] == magic for magic in magics)


def _mentions(*marks: str) -> Callable[[Start], bool]:
    """Return whether a document's beginning holds all of some marks: names of elements ("<ECG>") or plain words."""
    patterns = [re.compile(rf"<(?:\w+:)?{mark[1:-1]}[\s/>]") if mark[0] == "<" else re.compile(mark) for mark in marks]
    return lambda start: bool(start.markup) and all(pattern.search(start.markup) for pattern in patterns)


FORMATS: tuple[Format, ...] = (
    Format(
        ("EDF", "BDF"),
        (".edf", ".bdf", ".rec"),
        lambda start: start.raw[:1] in {b"0", b"\xff"} and _in("edf_header", "begins_edf")(start),
        _in("edf_reader", "read_edf"),
        writes_as="edf",
        write=_in("writers.edf_writer", "write_edf"),
        listed=frozenset({".edf", ".bdf", ".rec"}),
    ),
    Format(
        ("DICOM",),
        (".dcm",),
        _begins(b"DICM", at=128),
        _at_once("dicom_reader", "read_dicom"),
        writes_as="dicom",
        write=_in("writers.dicom_writer", "write_dicom"),
        lists=lambda start: b"1.2.840.10008.5.1.4.1.1.9." in start.raw[132:],  # the classes of waveforms
        index_names=frozenset({"dicomdir"}),
    ),
    Format(
        ("SCP-ECG",),
        (".scp",),
        _begins(b"SCPECG", at=16),
        _at_once("scp_reader", "read_scp"),
        listed=frozenset({".scp"}),
    ),
    Format(("ISHNE",), (".ecg",), _begins(b"ISHNE"), _at_once("ishne_reader", "read_ishne")),
    Format(
        ("AliveCor",),
        (".atc",),
        _begins(b"ALIVE"),
        _at_once("alivecor_reader", "read_atc"),
        listed=frozenset({".atc"}),
    ),
    Format(
        ("HL7 aECG",),
        (".xml",),
        _mentions("<AnnotatedECG>"),
        _at_once("aecg_reader", "read_aecg"),
        writes_as="aecg",
        write=_in("writers.aecg_writer", "write_aecg"),
    ),
    Format(("GE MUSE",), (".xml",), _mentions("<RestingECG>"), _at_once("muse_reader", "read_muse")),
    Format(("Philips Sierra ECG",), (".xml",), _mentions("<restingecgdata>"), _at_once("sierra_reader", "read_sierra")),
    Format(("Schiller",), (".xml",), _mentions("schillerEDI"), _at_once("schiller_reader", "read_schiller")),
    Format(("CardioSoft",), (".xml",), _mentions("<CardiologyXML>"), _at_once("cardiosoft_reader", "read_cardiosoft")),
    Format(("ELI",), (".xml",), _mentions("<ECG>", "ACQUISITION_TIME"), _at_once("mortara_reader", "read_mortara")),
    Format(
        ("WFDB",),
        (".hea", ".dat", ".mat"),
        _in("wfdb_reader", "begins_wfdb"),
        _in("wfdb_reader", "read_wfdb"),
        writes_as="wfdb",
        write=_in("writers.wfdb_writer", "write_wfdb"),
        listed=frozenset({".dat"}),
        main=_in("wfdb_reader", "header_of"),
        main_suffix=".hea",
        names_in=_in("wfdb_header", "named_files"),
        files=_in("wfdb_reader", "record_files"),
        part_suffixes=(".hea", ".dat", ".mat", ".atr"),
    ),
    Format(
        ("CSV",),
        (".csv", ".tsv", ".txt"),
        _in("csv_reader", "is_text"),
        _at_once("csv_reader", "read_csv"),
        writes_as="csv",
        write=_in("writers.csv_writer", "write_csv"),
        lists=_in("csv_reader", "looks_like_ecg"),
        options=frozenset({"rate_hz", "unit", "separator", "decimal"}),
    ),
)

OTHER_KINDS: Mapping[str, Callable[[Start], bool]] = {
    "gdf": _begins(b"GDF "),
    "matlab-5": _begins(b"MATLAB 5.0"),
    "hdf5": _begins(b"\x89HDF"),
    "pdf": _begins(b"%PDF"),
    "zip": _begins(b"PK\x03\x04"),
    "compressed": _begins(b"\x1f\x8b"),
    "picture": _begins(b"\x89PNG", b"\xff\xd8\xff"),
    "markup": lambda start: bool(start.markup),
}
"""What users try to open and what holds no ECG that could be read: the end of its code -> whether a file begins so."""


def readable() -> tuple[Format, ...]:
    """Return the formats that are read."""
    return tuple(row for row in FORMATS if row.read)


def writers() -> dict[str, Format]:
    """Return the formats that are written, by the words that ask for them."""
    return {row.writes_as: row for row in FORMATS if row.write}


def format_names() -> tuple[str, ...]:
    """Return the names of the formats that are read, as users know them."""
    return tuple(name for row in readable() for name in row.names)


def record_suffixes() -> tuple[str, ...]:
    """Return the suffixes that a file dialog offers."""
    return tuple(dict.fromkeys(suffix for row in readable() for suffix in row.suffixes))


def listed_suffixes() -> frozenset[str]:
    """Return the suffixes whose files are listed as records whatever they hold."""
    return frozenset().union(*(row.listed for row in FORMATS))


def is_index(path: Path) -> bool:
    """Return whether a file only lists the records of its folder."""
    return path.name.casefold() in index_names()


def index_names() -> frozenset[str]:
    """Return the names, in small letters, of files that only list the records of their folder."""
    return frozenset().union(*(row.index_names for row in FORMATS))


def is_ecg(start: Start) -> bool:
    """Return whether a file is of a format that holds ECGs, be it read here or not; only its first bytes count.

    Formats of several files have no place here: their records are found by what the main files name.
    """
    return any((row.lists or row.sniff)(start) for row in FORMATS if not row.names_in)
