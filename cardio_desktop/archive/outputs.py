"""Where results go: lines of JSON or text, tables as CSV or Parquet; of what a ledger keeps, files appear whole."""

from __future__ import annotations

import contextlib
import csv
import secrets
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from cardio_desktop.archive.flat import CLASSES, COLUMNS, NUMBERS
from cardio_desktop.core.errors import CardioError, ReportError, why_not_written

BATCH = 5000
"""Rows of a table that are held until they are written together: some 3 MB."""
FIRST = ("name", "sha256", "done_at")
"""What a table says of a record before the columns of its result."""


class Output(Protocol):
    """Takes results one by one."""

    def put(self, row: Mapping[str, Any], document: bytes) -> None:
        """Take one result: its flat row with `FIRST`, and the whole, compressed."""


class Lines:
    """Whole results as lines, JSON or text."""

    def __init__(self, stream: IO[str], at_once: bool) -> None:
        self._stream = stream
        self._at_once = at_once

    def put(self, row: Mapping[str, Any], document: bytes) -> None:  # noqa: ARG002 - as every output
        """Write one line, or the lines of one record's text; a failure without a document has none."""
        if text := zlib.decompress(document).decode("utf-8") if document else "":
            print(text, file=self._stream, flush=self._at_once)


class Table:
    """Flat rows as CSV with a heading; nothing in it is taken for a formula by a spreadsheet."""

    def __init__(self, stream: IO[str]) -> None:
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow([*FIRST, *COLUMNS])

    def put(self, row: Mapping[str, Any], document: bytes) -> None:  # noqa: ARG002 - as every output
        """Write one row."""
        self._writer.writerow([_harmless(row.get(column)) for column in (*FIRST, *COLUMNS)])


def _harmless(value: Any) -> Any:
    """Return text with a quote before what a spreadsheet would run (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


class Parquet:
    """Flat rows as Apache Parquet; columns of numbers are float64."""

    def __init__(self, path: Path) -> None:
        pyarrow, parquet = want_pyarrow()
        self._arrow = pyarrow
        numbers = {*NUMBERS, *(f"p_{code}" for code in CLASSES)}
        self._schema = pyarrow.schema(
            [(name, pyarrow.float64() if name in numbers else pyarrow.string()) for name in (*FIRST, *COLUMNS)]
        )
        self._writer = parquet.ParquetWriter(str(path), self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def put(self, row: Mapping[str, Any], document: bytes) -> None:  # noqa: ARG002 - as every output
        """Keep one row and write many together."""
        self._rows.append({name: row.get(name) for name in self._schema.names})
        if len(self._rows) >= BATCH:
            self._write()

    def close(self) -> None:
        """Write what is left and end the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()


def want_pyarrow() -> tuple[Any, Any]:
    """Return pyarrow and its parquet module; raises CardioError where the extra is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise CardioError(
            "Parquet needs pyarrow, which is not installed; run: pip install cardio-desktop[archive], or use --csv."
        ) from None
    return pyarrow, pyarrow.parquet


@contextmanager
def outputs(
    lines: str | None = None, table: str | None = None, parquet: str | None = None, *, whole: bool
) -> Iterator[Sequence[Output]]:
    """Give the outputs to the places named, "-" for standard output; `whole` files get their names at the end only.

    Raises ReportError where one cannot be written.
    """
    with ExitStack() as stack:
        made: list[Output] = []
        if lines is not None:
            made.append(Lines(stack.enter_context(_text(lines, whole)), at_once=not whole))
        if table is not None:
            made.append(Table(stack.enter_context(_text(table, whole))))
        if parquet is not None:
            part = stack.enter_context(_passing(Path(parquet)))
            made.append(stack.enter_context(contextlib.closing(Parquet(part))))
        yield made


@contextmanager
def _text(place: str, whole: bool) -> Iterator[IO[str]]:
    if place == "-":
        yield sys.stdout
        return
    path = Path(place)
    with ExitStack() as stack:
        target = stack.enter_context(_passing(path)) if whole and _is_file(path) else path
        with _told(path), target.open("w", encoding="utf-8", newline="") as stream:
            yield stream


def _is_file(path: Path) -> bool:
    return path.is_file() or not path.exists()


@contextmanager
def _passing(path: Path) -> Iterator[Path]:
    """Give a passing name beside `path`; what was written there gets its place once all went well."""
    part = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        with _told(path):
            yield part
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn an error of the disk into a ReportError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: cannot be written ({why_not_written(error)}); choose another place.") from error
