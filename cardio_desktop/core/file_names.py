"""Names of files that are no valid text: shown without losing a letter, kept without losing a byte.

Linux lets a name be any bytes, Windows any 16-bit units. Python holds what is no text as lone surrogates (PEP 383),
which neither SQLite nor a PDF nor Qt can take.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_STRAY = re.compile("[\ud800-\udfff]")
_BYTE = range(0xDC80, 0xDD00)
"""The surrogates that stand for a byte; the others are halves of letters, which only Windows has by themselves."""
_BYTES = "bytes:"


def shown(name: str) -> str:
    r"""Return `name` with each byte that is no text as its code ("M\xfcller.edf"): two names never look alike."""
    return _STRAY.sub(lambda found: _code(ord(found[0])), name)


def _code(unit: int) -> str:
    return f"\\x{unit - 0xDC00:02x}" if unit in _BYTE else f"\\u{unit:04x}"


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
