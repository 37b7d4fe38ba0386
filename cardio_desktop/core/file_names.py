"""Names of files that are no valid text: shown without losing a letter, kept without losing a byte.

Linux lets a name be any bytes. Python holds those that are no UTF-8 as lone surrogates (PEP 383), which neither SQLite
nor a PDF nor Qt can take.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_STRAY = re.compile("[\udc80-\udcff]")
_BYTES = "bytes:"


def shown(name: str) -> str:
    r"""Return `name` with each byte that is no text as its code ("M\xfcller.edf"): two names never look alike."""
    return _STRAY.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", name)


def kept_path(path: Path) -> str:
    """Return `path` as text that any file takes and `path_from` understands; a usual path is its own text."""
    text = str(path)
    return f"{_BYTES}{os.fsencode(text).hex()}" if _STRAY.search(text) else text


def path_from(text: str) -> Path:
    """Return the path that `kept_path` made a text of."""
    if text.startswith(_BYTES):
        try:
            return Path(os.fsdecode(bytes.fromhex(text.removeprefix(_BYTES))))
        except ValueError:
            return Path(text)
    return Path(text)
