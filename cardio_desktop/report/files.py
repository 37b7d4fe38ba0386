"""Files that appear whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from cardio_desktop.core.errors import ReportError, one_line, why_not_written


def write_whole(path: str | Path, data: bytes) -> None:
    """Put `data` in the place of `path` at once; where that fails, what stood there still stands.

    Raises ReportError where the target cannot be written.
    """
    target = Path(path)
    try:
        if target.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        # A pipe or /dev/null must stay what it is.
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        part = target.parent / f".{secrets.token_hex(8)}.part"
        try:
            with part.open("xb") as stream:
                stream.write(data)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        reason = why_not_written(error)
        raise ReportError(f"{one_line(str(target))}: cannot be written ({reason}); choose another place.") from error
