"""Which reader opens a file: its content decides, its name only helps to find the header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cardio_desktop.core.errors import CardioError, NeedsOptionsError, ReadError, UnknownFormatError
from cardio_desktop.core.leads import is_other_ecg
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.io import formats
from cardio_desktop.io.files import file_size, os_problem, read_bytes
from cardio_desktop.io.formats import Format, Start
from cardio_desktop.words import Remark

_EXPORT = Remark("export-other")
OLDEST_YEARS = 120.0
"""The oldest person whose age is proven reached 122 years; some data sets write 300 for everybody above 89."""
USUAL_RATES_HZ = (50.0, 20_000.0)
"""Holter recorders and wearables start at 64 Hz, channels for pacemaker spikes end at 16 kHz; chosen around them."""

Options = Mapping[str, float | str]


def open_record(path: str | Path, progress: Progress | None = None, options: Options | None = None) -> Record:
    """Return the ECG record that `path` names: any file of it, or the bare name of one that has a header.

    `progress` gets percentages 0..100 and may raise core.errors.Cancelled. `options` are what the user adds to a file
    that does not say it all; each format's row names its own. Raises ReadError: one sentence that names file, value and
    remedy.
    """
    path = Path(path)
    try:
        return _doubted(_open(path, progress, options or {}))
    except CardioError:
        raise
    except OSError as error:
        raise os_problem(path, error) from error
    except ValueError as error:  # a path with a null character
        raise ReadError(path, Remark("no-file-name"), Remark("check-name")) from error


def open_given(path: str | Path, progress: Progress | None = None, given: Options | None = None) -> Record:
    """Return the record like `open_record`; `given` is used only for what the file does not say itself."""
    try:
        return open_record(path, progress)
    except NeedsOptionsError as error:
        if not given or not set(error.needed) <= set(given):
            raise
        return open_record(path, progress, {name: given[name] for name in error.needed})


def _open(path: Path, progress: Progress | None, options: Options) -> Record:
    if found := _bare(path):
        return _read(*found, progress, options)
    if file_size(path) == 0:
        raise ReadError(path, Remark("file-empty"), Remark("copy-it-from-source"))
    start = Start(path, read_bytes(path, formats.START_BYTES))
    for row in formats.FORMATS:
        if row.sniff(start):
            return _read(row, path, progress, options)
    # Before the guesses from the first bytes: in a signal file any bytes can come first.
    for row in formats.FORMATS:
        if row.main and (main := row.main(path)):
            return _read(row, main, progress, options)
    raise _unknown(start)


def _bare(path: Path) -> tuple[Format, Path] | None:
    """Return the format and the main file of a record that is named without a suffix."""
    if not path.name or path.is_file():
        return None
    for row in formats.FORMATS:
        main = path.with_name(path.name + row.main_suffix)
        if row.main_suffix and main.is_file():
            return row, main
    return None


def _read(row: Format, path: Path, progress: Progress | None, options: Options) -> Record:
    if formats.is_index(path):
        raise ReadError(path, Remark("is-index"), Remark("open-folder"))
    if not row.read:
        raise UnknownFormatError(path, Remark("not-read-yet", {"format": row.names[0]}), _EXPORT)
    if unknown := set(options) - row.options:
        what, names = ", ".join(sorted(unknown)), row.names
        raise ReadError(path, Remark("option-not-taken", {"what": what, "names": names}), Remark("leave-out"))
    return row.read(path, progress, **options)


def _unknown(start: Start) -> UnknownFormatError:
    """Return what is said of a file that no format claims."""
    for kind, begins in formats.OTHER_KINDS.items():
        if begins(start):
            return UnknownFormatError(start.path, Remark("is-kind", {"kind": Remark(f"kind-{kind}")}), _EXPORT)
    for row in formats.FORMATS:
        if start.suffix not in row.suffixes:
            continue
        if row.main_suffix:
            problem = Remark("no-header-beside", {"suffix": row.main_suffix})
            return UnknownFormatError(start.path, problem, Remark("copy-header"))
        problem = Remark("starts-otherwise", {"formats": row.names})
        return UnknownFormatError(start.path, problem, Remark("export-again"))
    remedy = Remark("open-one-of", {"formats": ", ".join(formats.format_names())})
    return UnknownFormatError(start.path, Remark("unknown-content"), remedy)


def files_of(source: Path) -> set[Path]:
    """Return the files of the record that `source` names by its main file, another of its files or its bare name."""
    files = {source}
    for row in formats.FORMATS:
        if not (row.files and row.main and source.name):
            continue
        own = {source.with_name(source.name + row.main_suffix), source.with_suffix(row.main_suffix)}
        # A main file is no other one's part; asking for its own would read every header of a folder of thousands.
        is_main = source.suffix.casefold() == row.main_suffix
        other = source if is_main else row.main(source)
        mains = {main for main in (*own, other) if main and main.is_file()}
        if is_main:
            mains.add(source)
        # A file that is no header after all stands for itself alone.
        files |= set().union(*(found for main in mains if len(found := row.files(main)) > 1))
    return files


def may_be_part(out: Path, source: Path) -> bool:
    """Return whether `out` bears the record's name and the suffix of a record's file, even if there is none yet."""
    stems = {source.resolve(), source.resolve().with_suffix("")} if source.name else set()
    suffixes = frozenset().union(*(row.listed.union(row.part_suffixes) for row in formats.FORMATS))
    return out.suffix.casefold() in suffixes and out.resolve().with_suffix("") in stems


def _doubted(record: Record) -> Record:
    """Return the record with a warning for everything in it that cannot be, whatever its format.

    An age that nobody has is left out: normal limits and the network go by it.
    """
    doubts = [*_odd_leads(record), *_odd_times(record)]
    patient = record.patient
    if patient.age_years is not None and not 0 <= patient.age_years <= OLDEST_YEARS:
        doubts.append(Remark("age-impossible", {"age_years": patient.age_years}))
        patient = replace(patient, age_years=None)
    return replace(record, patient=patient, warnings=(*record.warnings, *doubts)) if doubts else record


def _odd_leads(record: Record) -> list[Remark]:
    """Return a sentence for each ECG lead that is no voltage and cannot be drawn, or sampled as no ECG is."""
    doubts = []
    for channel in record.channels:
        if not (channel.lead or is_other_ecg(channel.label)):
            continue
        if not channel.is_voltage:
            unit = channel.unit or Remark("no-unit")
            doubts.append(Remark("lead-no-voltage", {"label": channel.label, "unit": unit}))
    rates = {lead.rate_hz for lead in record.traces.values()}
    doubts += [
        Remark("rate-unusual", {"rate_hz": rate_hz})
        for rate_hz in sorted(rates)
        if not USUAL_RATES_HZ[0] <= rate_hz <= USUAL_RATES_HZ[1]
    ]
    return doubts


def _odd_times(record: Record) -> list[Remark]:
    """Return a sentence for a start in the future and for a birth after it."""
    doubts = []
    start = record.start_time
    if start and start.replace(tzinfo=None) > datetime.now() + timedelta(days=1):  # whatever the time zone
        doubts.append(Remark("date-in-future", {"date": start.date().isoformat()}))
    born = record.patient.birth_date
    if start and born and born > start.date().isoformat():
        doubts.append(Remark("born-after", {"born": born}))
    return doubts
