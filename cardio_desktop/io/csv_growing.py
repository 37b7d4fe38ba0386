"""A table that is still written: what its head and first lines say, and the numbers of lines that were added."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io import csv_reader
from cardio_desktop.io.files import decode_text
from cardio_desktop.words import Remark

FIRST_LINES = 64
"""In so many lines of numbers columns and separators are found, and about which rate it is."""
FIRST_S = 1.0
"""So much must be there before the rate is believed: times in whole milliseconds give it to a thousandth then."""


@dataclass(frozen=True, eq=False)
class GrowingTable:
    """How the lines of a table are read; `record` says what its head and first lines say, `body` where these begin.

    `columns` are those of the record's channels, `factors` make them mV; `time` is the column of the times.
    """

    record: Record
    body: int
    separator: str
    comma: bool
    width: int
    time: int | None
    columns: tuple[int, ...]
    factors: tuple[float, ...]

    def lines(self, path: Path, raw: bytes) -> NDArray[np.float64]:
        """Return whole lines as numbers (line, column), NaN in empty cells; raises ReadError."""
        body = [line for line in decode_text(raw).splitlines() if line.strip()]
        if not body:
            return np.zeros((0, self.width))
        return csv_reader._numbers(path, body, self.separator, self.comma, self.width, 0)

    def millivolts(self, lines: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the leads of some lines, (lead, line)."""
        return np.asarray(lines[:, list(self.columns)].T * np.array(self.factors)[:, None])


def growing_table(path: Path, raw: bytes, rate_hz: float | None = None, unit: str | None = None) -> GrowingTable:
    """Return how the table that begins with the whole lines `raw` is read; raises ReadError as `read_csv` does."""
    lines = [line for line in decode_text(raw).splitlines() if line.strip()]
    first = csv_reader._first_numbers(lines[: csv_reader._HEAD_LINES * 5])
    if first is None:
        raise ReadError(path, Remark("live-few-lines", {"least": FIRST_LINES}), Remark("live-wait"))
    needed = FIRST_LINES
    for _ in range(2):
        if len(lines) - first < needed:
            raise ReadError(path, Remark("live-few-lines", {"least": needed}), Remark("live-wait"))
        text = "\n".join(lines[: first + needed]) + "\n"
        record = csv_reader.record_in(path, text.encode(), rate_hz, unit)
        needed = max(round(FIRST_S * record.rate_hz) + 1, FIRST_LINES)
    table = csv_reader._table(path, text, None, None)
    time, columns = csv_reader._columns(path, table)
    separator = csv_reader._separator(lines[first:], lines[:first])
    comma = separator != "," and any("," in line for line in lines[first : first + 200])
    begin = raw.index(lines[first].strip().encode(), _length_of_head(raw, first))
    return GrowingTable(
        record,
        begin,
        separator,
        comma,
        table.values.shape[1],
        time,
        tuple(columns),
        tuple(millivolts_per(channel.unit) or 1.0 for channel in record.channels),
    )


def _length_of_head(raw: bytes, lines: int) -> int:
    """Return how many bytes the first `lines` lines that are not empty take."""
    place = 0
    while lines:
        end = raw.index(b"\n", place) + 1
        lines -= bool(raw[place:end].strip())
        place = end
    return place
