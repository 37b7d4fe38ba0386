"""CSV: a table of seconds and voltages for each sampling rate, said in its head; annotations in a table beside it."""

from __future__ import annotations

import csv
import io
import math
from fractions import Fraction

import numpy as np

from cardio_desktop.core.errors import WriteError, one_line
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import MISSING, Record
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.whole_files import WholeFiles
from cardio_desktop.io.writers.scaled import CHUNK, Scaled, decimal, scaled
from cardio_desktop.words import Remark

QUOTE = '"'


def write_csv(record: Record, files: WholeFiles, progress: Progress | None = None) -> tuple[Remark, ...]:
    """Write a record and return what the format cannot hold of it."""
    channels = scaled(record)
    others = [c.channel.label for c in channels if not c.channel.is_voltage]
    voltages = [c for c in channels if c.channel.is_voltage]
    if not voltages:
        raise WriteError(files.path(".csv"), Remark("no-voltages"), Remark("choose-another-format"))
    by_rate: dict[Fraction, list[Scaled]] = {}
    for channel in voltages:
        by_rate.setdefault(channel.rate, []).append(channel)
    for done, (rate, group) in enumerate(by_rate.items()):
        ending = ".csv" if len(by_rate) == 1 else f"-{decimal(float(rate), 6)}Hz.csv"
        length = max(len(channel) for channel in group)
        factors = [millivolts_per(c.channel.unit) or 1.0 for c in group]
        # A quarter of a count at least, so that rounding the text moves no count.
        form = ",".join(
            f"%.{max(math.ceil(-math.log10(f / c.counts_per_unit / 4)), 1)}f"
            for c, f in zip(group, factors, strict=True)
        )
        digits = 6 if float(rate) <= 1000 else 9
        step = max(CHUNK // len(group), 1)
        with files.open(ending) as stream:
            stream.write(_head(record, rate, group).encode())
            for start in range(0, length, step):
                stop = min(start + step, length)
                table = np.empty((stop - start, len(group) + 1))
                table[:, 0] = np.arange(start, stop) / float(rate)
                for k, (channel, factor) in enumerate(zip(group, factors, strict=True), start=1):
                    counts = channel.counts(start, stop)
                    values = (counts - channel.baseline) * (factor / channel.counts_per_unit)
                    values[counts == MISSING] = np.nan
                    table[:, k] = values
                text = io.StringIO()
                np.savetxt(text, table, fmt=f"%.{digits}f,{form}", delimiter=",")
                stream.write(text.getvalue().encode())
                if progress:
                    progress(99.0 * (done + (stop / length)) / len(by_rate))
    if record.annotations:
        files.write("-annotations.csv", _marks(record))
    return (Remark("lost-channels", {"labels": ", ".join(others)}),) if others else ()


def _head(record: Record, rate: Fraction, group: list[Scaled]) -> str:
    patient, start = record.patient, record.start_time
    said = (
        ("name", patient.name),
        ("patient id", patient.id),
        ("sex", patient.sex),
        ("birth date", patient.birth_date),
        ("age", f"{patient.age_years:g} years" if patient.age_years is not None else None),
        ("recorded date", f"{start:%Y-%m-%d %H:%M:%S.%f}" if start else None),
        ("simulated", "yes" if record.simulated else None),
        ("de-identified", record.deidentified or None),
        ("device", record.device or None),
        ("sampling rate", f"{decimal(float(rate))} Hz"),
        ("unit", "mV"),
    )  # fmt: skip
    lines = [f"# {name}: {one_line(value.replace(QUOTE, ' '))}" for name, value in said if value]
    names = [one_line(c.channel.label).replace(",", " ") or f"Column {k}" for k, c in enumerate(group, start=1)]
    return "\n".join([*lines, ",".join(["time (s)", *(f"{name} (mV)" for name in names)])]) + "\n"


def _marks(record: Record) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["time_s", "duration_s", "kind", "symbol", "text", "channel", "source"])
    for mark in record.annotations:
        label = record.channels[mark.channel].label if mark.channel is not None else ""
        table.writerow(
            [f"{mark.time_s:.6f}", f"{mark.duration_s:g}", mark.kind, mark.symbol, mark.text, label, mark.source]
        )
    return text.getvalue().encode()
