"""ECGs as plain text: Apple Watch, biosppy and tables with a column for each lead, separated by comma, tab or the like.

Such a file rarely says all: rate and unit are taken from it where they stand there, else they must be given. Nothing is
guessed from the values: a thousandfold error of the scale would be the price.
"""

from __future__ import annotations

import csv
import re
import warnings
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import NeedsOptionsError, ReadError, one_line
from cardio_desktop.core.leads import canonical_lead, is_other_ecg
from cardio_desktop.core.record import Channel, Record
from cardio_desktop.core.stored import Stored
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.files import decode_text, file_size, read_bytes
from cardio_desktop.io.formats import Start
from cardio_desktop.io.parts import MAX_CHANNELS, MAX_RATE_HZ, day_of, make_channel, make_patient, moment_of
from cardio_desktop.words import Remark

SUFFIXES = (".csv", ".tsv", ".txt")
MAX_TEXT_BYTES = 24 << 20
MAX_RAGGED_BYTES = 4 << 20
"""Of a table with empty cells, which is read line by line."""
_SEPARATORS = ("\t", ";", ",", "|", " ")
_HEAD_LINES = 40
_HERTZ = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:hz|hertz)\b", re.IGNORECASE)
_SAMPLING = re.compile(r"sampl\w*\s*(?:rate|freq\w*)|abtastrate|\bfs\b|rate.*hz", re.IGNORECASE)
_UNIT = re.compile(r"[(\[]\s*([^()\[\]]{1,12})\s*[)\]]\s*$|[_ ](mv|uv|µv|nv|s|ms|sec|seconds)$", re.IGNORECASE)
_TIME = re.compile(r"^(?:time|t|timestamp|zeit|elapsed|sec|seconds|ms)\b|^'?elapsed time", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?|nan", re.IGNORECASE)
_LEAD_WORD = re.compile(r"^ableitung\s+", re.IGNORECASE)
_SECONDS = {"s": 1.0, "sec": 1.0, "seconds": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6}
EVEN = 0.01
"""How far, in steps, the times of a table may be off an even spacing: they are often rounded."""


@dataclass(frozen=True)
class _Table:
    """A text: lines before the numbers as (key, value), names and units of columns, numbers, and one line as text."""

    said: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    units: tuple[str, ...]
    values: NDArray[np.float64]
    texts: tuple[str, ...]


def is_text(start: Start) -> bool:
    """Return whether a file is a text by its name and beginning, and no document in XML."""
    return start.suffix in SUFFIXES and b"\0" not in start.raw and not start.markup


def looks_like_ecg(start: Start) -> bool:
    """Return whether a text says of itself that it is an ECG: leads as names of columns, or a rate before numbers."""
    if not is_text(start):
        return False
    text = decode_text(start.raw)
    lines = text.splitlines()[:_HEAD_LINES]
    if any(_SAMPLING.search(line) and re.search(r"\d", line) for line in lines) and _first_numbers(lines) is not None:
        return True
    words = {word.strip().strip("'\"") for line in lines[:3] for word in re.split(r"[\t;,|]", line)}
    return len({lead for word in words if (lead := canonical_lead(_bare(word)))}) >= 2


def read_csv(
    path: Path,
    rate_hz: float | None = None,
    unit: str | None = None,
    separator: str | None = None,
    decimal: str | None = None,
) -> Record:
    """Return the record in a text file; raises NeedsOptionsError where rate or unit stand neither there nor here.

    Options win over what the file says. `separator` and `decimal` are single characters; they are found by themselves
    in ordinary files.
    """
    if file_size(path) > MAX_TEXT_BYTES:
        raise ReadError(path, Remark("text-too-large", {"most_mb": MAX_TEXT_BYTES >> 20}), Remark("export-edf-wfdb"))
    return record_in(path, read_bytes(path, MAX_TEXT_BYTES), rate_hz, unit, separator, decimal)


def record_in(
    path: Path,
    raw: bytes,
    rate_hz: float | None = None,
    unit: str | None = None,
    separator: str | None = None,
    decimal: str | None = None,
) -> Record:
    """Return the record in the bytes of the text file `path`, as `read_csv` does."""
    if b"\0" in raw:
        raise ReadError(path, Remark("no-text"), Remark("open-export"))
    table = _table(path, decode_text(raw), separator, decimal)
    time, leads = _columns(path, table)
    told_rate = rate_hz or _rate(path, table, time)
    units = {k: unit or _unit_of(table, k) for k in leads}
    needed = (*(["rate_hz"] if not told_rate else []), *(["unit"] if not all(units.values()) else []))
    if needed:
        problem = Remark("needs-options", {"names": tuple(Remark(f"needs-{name}") for name in needed)})
        raise NeedsOptionsError(path, problem, Remark("give-missing"), tuple(needed))
    channels = tuple(_channel(path, table, k, float(told_rate or 0.0), str(units[k])) for k in leads)
    said = dict(table.said)
    device = " ".join(v for k in ("device", "gerät", "software version") if (v := _value(said, k)))
    statement = _value(said, "classification") or _value(said, "klassifizierung")
    stored = Stored(device=one_line(device), statements=(one_line(statement),) if statement else ())
    stamp = _value(said, "recorded date") or _value(said, "aufgezeichnet am") or ""
    start = moment_of(day_of(stamp[:10], "ymd"), re.sub(r"[^0-9:.].*", "", stamp[11:26]))
    return Record(
        path=path,
        format="CSV",
        channels=channels,
        start_time=start,
        patient=make_patient(
            start.date() if start else None,
            id=_value(said, "patient id") or "",
            name=_value(said, "name") or "",
            sex=_value(said, "sex") or "",
            birth=day_of(_value(said, "birth date") or ""),
            age_years=_age(_value(said, "age") or ""),
        ),
        warnings=_given(path, rate_hz, unit),
        device=stored.device,
        simulated=(_value(said, "simulated") or "").casefold() == "yes",
        stored=stored or None,
    )


def _given(path: Path, rate_hz: float | None, unit: str | None) -> tuple[Remark, ...]:
    """Return what is said of a record whose rate or unit somebody entered: nothing in the file proves it."""
    told = []
    if rate_hz:
        told.append(Remark("rate-given", {"file": one_line(path.name), "rate_hz": float(rate_hz)}))
    if unit:
        told.append(Remark("unit-given", {"file": one_line(path.name), "unit": one_line(unit, 20)}))
    return tuple(told)


def _value(said: dict[str, str], key: str) -> str | None:
    return next((value for name, value in said.items() if name.casefold() == key), None)


def _age(text: str) -> float | None:
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]+)?)(?:\s*years)?", text.strip(), re.IGNORECASE)
    return float(found[1]) if found else None


def _bare(name: str) -> str:
    return _UNIT.sub("", name).strip().strip("'\"")


def _first_numbers(lines: list[str]) -> int | None:
    """Return the number of the first line of nothing but numbers, or None."""
    for number, line in enumerate(lines):
        words = [word for word in re.split(r"[\t;| ]|,(?=\s)|,(?=[+-])", line.strip()) if word]
        words = [part for word in words for part in ([word] if _NUMBER.fullmatch(word) else word.split(","))]
        if words and all(_NUMBER.fullmatch(word.strip()) or not word.strip() for word in words):
            return number
    return None


def _table(path: Path, text: str, separator: str | None, decimal: str | None) -> _Table:
    lines = [line for line in text.splitlines() if line.strip()]
    first = _first_numbers(lines[: _HEAD_LINES * 5])
    if first is None:
        raise ReadError(path, Remark("no-numbers"), Remark("export-table"))
    head, body = lines[:first], lines[first:]
    separator = separator or _separator(body, head)
    if decimal not in {None, ".", ","} or (decimal and decimal == separator):
        raise ReadError(
            path, Remark("decimal-separator", {"text": decimal, "separator": separator}), Remark("choose-other")
        )
    comma = decimal == "," or (decimal is None and separator != "," and any("," in line for line in body[:200]))
    said, candidates, unit_rows = _head(head, separator)
    width = len(_split(body[0], separator))
    if not 0 < width <= MAX_CHANNELS:
        raise ReadError(path, Remark("lines-hold", {"count": width}), Remark("export-table"))
    while len(body) > 1 and len(_split(body[-1], separator)) != width:
        body.pop()  # a last line that was cut off, or a summary
    values = _numbers(path, body, separator, comma, width, first)
    names = next((words for words in reversed(candidates) if len(words) == width), ("",) * width)
    units = next((words for words in reversed(unit_rows) if len(words) == width), ("",) * width)
    texts = tuple(_split(body[min(1, len(body) - 1)], separator))
    return _Table(said, names, units, values, texts)


def _numbers(path: Path, body: list[str], separator: str, comma: bool, width: int, first: int) -> NDArray[np.float64]:
    """Return the lines as numbers, NaN in empty cells; raises ReadError."""
    plain = "\n".join(body)
    if comma:
        plain = plain.replace(",", ".")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            delimiter = None if separator == " " else separator
            values = np.loadtxt(StringIO(plain), dtype=np.float64, delimiter=delimiter, comments=None, ndmin=2)
        if values.shape == (len(body), width):
            return values
    except ValueError:
        pass
    if len(plain) > MAX_RAGGED_BYTES:
        raise ReadError(path, Remark("odd-cells"), Remark("export-edf-wfdb"))
    rows = [_split(line, separator) for line in plain.splitlines()]
    wrong = next((k for k, row in enumerate(rows) if len(row) != width), None)
    if wrong is not None:
        problem = Remark("line-values", {"number": first + wrong + 1, "held": len(rows[wrong]), "count": width})
        raise ReadError(path, problem, Remark("choose-separator"))
    try:
        return np.array([[_float(word) for word in row] for row in rows], dtype=np.float64)
    except ValueError as error:
        problem = Remark("value-no-number", {"text": one_line(str(error), 60)})
        raise ReadError(path, problem, Remark("choose-decimal")) from error


def _split(line: str, separator: str) -> list[str]:
    if separator == " ":
        return line.split()
    words = [word.strip() for word in line.split(separator)]
    return words[:-1] if len(words) > 1 and not words[-1] else words


def _float(word: str) -> float:
    return float(word) if word and word != "-" else float("nan")


def _separator(body: list[str], head: list[str]) -> str:
    """Return the separator: one that cuts all lines into as many numbers; of comma and another, the other one."""
    sample = body[:50]
    for separator in _SEPARATORS:
        counts = {len(_split(line, separator)) for line in sample}
        if len(counts) == 1 and counts.pop() > 1:
            if (
                separator == ","
                and all(line.count(",") == 1 for line in sample)
                and not any("," in h for h in head[-1:])
            ):
                continue  # one column of numbers with decimal commas
            return separator
    everywhere = [separator for separator in _SEPARATORS[:2] if all(separator in line for line in sample)]
    return everywhere[0] if everywhere else ";" if any("," in line for line in sample) else ","


def _head(
    lines: list[str], separator: str
) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what the lines before the numbers say: pairs of key and value, names of columns, units of columns."""
    said: list[tuple[str, str]] = []
    names: list[tuple[str, ...]] = []
    units: list[tuple[str, ...]] = []
    for line in lines:
        text = line.lstrip("#").strip()
        if pair := re.match(r"([^:=,;\t]{1,60})\s*(?::=|[:=,;\t])\s*(.+)$", text):
            value = next(iter(csv.reader([pair[2]])), [""])[0] if '"' in pair[2] else pair[2]
            said.append((one_line(pair[1].strip(), 60), one_line(value.strip().strip(";,"), 120)))
            if said[-1][0].casefold() in {"labels", "lead", "ableitung"}:
                names.append(tuple(_name(word) for word in re.split(r"[\t;,|]", said[-1][1])))
                continue
        words = tuple(_name(word) for word in _split(text, separator))
        if all(word.casefold() in _SECONDS or millivolts_per(word) is not None for word in words):
            units.append(words)
        elif any(_is_lead(word) or _TIME.match(_bare(word)) for word in words):
            names.append(words)
    return tuple(said), names, units


def _name(word: str) -> str:
    return one_line(_LEAD_WORD.sub("", word.strip().strip("'\"")), 40)


def _is_lead(name: str) -> bool:
    return bool(canonical_lead(_bare(name)) or is_other_ecg(_bare(name)))


def _columns(path: Path, table: _Table) -> tuple[int | None, list[int]]:
    """Return the column of the times, if there is one, and those of leads."""
    width = table.values.shape[1]
    time = next((k for k, name in enumerate(table.names) if _TIME.match(_bare(name))), None)
    named = [k for k, name in enumerate(table.names) if _is_lead(name)]
    leads = named or [k for k in range(width) if k != time]
    leads = [k for k in leads if k != time]
    if not leads:
        raise ReadError(path, Remark("no-ecg-column"), Remark("export-columns"))
    return time, leads


def _rate(path: Path, table: _Table, time: int | None) -> float | None:
    for key, value in table.said:
        found = _HERTZ.search(value) or (_HERTZ.search(key) if not re.search(r"\d", value) else None)
        if not found and _SAMPLING.search(key):
            found = re.match(r"([0-9]+(?:[.,][0-9]+)?)", value)
        if found:
            rate = float(found[1].replace(",", "."))
            if 0 < rate <= MAX_RATE_HZ:
                return rate
    if time is None or len(table.values) < 3:
        return None
    unit = _UNIT.search(table.names[time])
    word = (unit[1] or unit[2] or "").strip().casefold() if unit else table.units[time].casefold()
    factor = _SECONDS.get(word, 1e-3 if _bare(table.names[time]).casefold() == "ms" else None)
    if factor is None:
        return None  # seconds or milliseconds: the numbers do not tell
    steps = np.diff(table.values[:, time]) * factor
    step = (table.values[-1, time] - table.values[0, time]) * factor / (len(table.values) - 1)
    digits = max((len(text.replace(",", ".").partition(".")[2]) for text in table.texts[time : time + 1]), default=0)
    rounding = 10.0**-digits * factor
    if not np.isfinite(step) or step <= 0 or np.abs(steps - step).max() > EVEN * step + rounding:
        raise ReadError(path, Remark("times-uneven"), Remark("export-one-rate"))
    rate = 1.0 / step
    return float(round(rate)) if abs(rate - round(rate)) < 1e-3 * rate and round(rate) else rate


def _unit_of(table: _Table, column: int) -> str | None:
    """Return the voltage that the column's name, its unit or the head of the file names."""
    found = _UNIT.search(table.names[column])
    if found and millivolts_per((found[1] or found[2] or "").strip()) is not None:
        return (found[1] or found[2]).strip()
    if millivolts_per(table.units[column]) is not None:
        return table.units[column]
    for key, value in table.said:
        if key.casefold() in {"unit", "units", "einheit", "einheiten"} and millivolts_per(value) is not None:
            return value
    return None


def _channel(path: Path, table: _Table, column: int, rate_hz: float, unit: str) -> Channel:
    """Return a column as a channel: whole numbers as counts, others as they are, gaps as missing."""
    if millivolts_per(unit) is None:
        raise ReadError(path, Remark("values-no-voltage", {"unit": one_line(unit, 20)}), Remark("choose-unit"))
    values = np.ascontiguousarray(table.values[:, column])
    if np.isinf(values).any() or (np.abs(values[np.isfinite(values)]) > 1e12).any():
        raise ReadError(path, Remark("value-huge"), Remark("choose-columns"))
    if not np.isfinite(values).any():
        raise ReadError(path, Remark("column-empty"), Remark("choose-columns"))
    name = _bare(table.names[column]) or f"Column {column + 1}"
    return make_channel(path, name, values, rate_hz, unit, 1.0)
