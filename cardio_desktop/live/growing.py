"""Which source follows a file that a recorder still writes: its content decides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io.files import file_size
from cardio_desktop.live.followed import GrowingFile
from cardio_desktop.words import Remark


def open_growing(
    path: str | Path,
    *,
    from_start: bool = False,
    wait_s: float | None = None,
    given: Mapping[str, float | str] | None = None,
) -> GrowingFile:
    """Return the source for a growing file by its kind; `given` are rate and unit of a table that does not say them.

    Raises ReadError for a file that is no EDF, BDF, WFDB or table. The source is not open yet.
    """
    from cardio_desktop.io import wfdb_reader
    from cardio_desktop.io.csv_reader import is_text
    from cardio_desktop.io.edf_header import begins_edf
    from cardio_desktop.io.files import read_bytes
    from cardio_desktop.io.formats import START_BYTES, Start

    path = Path(path)
    bare = path.with_name(path.name + ".hea") if path.name and not path.is_file() else path
    if bare.is_file():
        path = bare
    size = file_size(path)
    start = Start(path, read_bytes(path, START_BYTES))
    header = path if wfdb_reader.begins_wfdb(start) else None
    if header is None and not begins_edf(start):
        header = wfdb_reader.header_of(path)
    if header is not None:
        from cardio_desktop.live.growing_wfdb import GrowingWfdb

        return GrowingWfdb(header, from_start=from_start, wait_s=wait_s)
    if begins_edf(start):
        from cardio_desktop.live.growing_edf import GrowingEdf

        return GrowingEdf(path, from_start=from_start, wait_s=wait_s)
    if is_text(start) and size:
        from cardio_desktop.live.growing_csv import GrowingCsv

        return GrowingCsv(path, from_start=from_start, wait_s=wait_s, given=given)
    raise ReadError(path, Remark("live-no-growing"), Remark("live-choose-growing"))
