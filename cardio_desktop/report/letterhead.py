"""The letterhead of a clinic, from a small file: its name, a few lines, a logo."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from cardio_desktop.core.errors import ReportError, one_line
from cardio_desktop.core.file_names import shown
from cardio_desktop.words import Remark
from cardio_desktop.words.remark import Value

MOST_BYTES = 64 * 1024
MOST_LOGO_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 16_000_000
"""A small file can unfold to gigabytes; no logo needs more than this."""
KEPT_PIXELS = 1200
"""Longest side of what goes into the report: 25 mm at 1200 dots per inch."""
MOST_LINES = 4
MOST_LETTERS = 120
LOGO_KINDS = ("PNG", "JPEG")
KEYS = ("clinic", "lines", "logo")


@dataclass(frozen=True)
class Letterhead:
    """Name and lines of a clinic, and its logo as PNG, b"" without one, `logo_size` wide and high in pixels."""

    clinic: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    logo_size: tuple[int, int] = (0, 0)


def read_letterhead(path: str | Path) -> Letterhead:
    """Return the letterhead that a TOML or JSON file holds: `clinic`, `lines` (a list), `logo` (a PNG or JPEG file).

    A logo is looked for beside the file. Nothing else is read. Raises ReportError that names file, value and remedy.
    """
    path = Path(path)
    values = _values(path)
    for key in values:
        if key not in KEYS:
            raise _wrong(path, Remark("letterhead-unknown-key", {"value": _said(key)}), "keys")
    clinic, lines, logo = values.get("clinic", ""), values.get("lines", []), values.get("logo", "")
    if not isinstance(clinic, str):
        raise _wrong(path, Remark("letterhead-clinic", {"value": _said(clinic)}), "write-clinic")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise _wrong(path, Remark("letterhead-lines", {"value": _said(lines)}), "write-lines")
    if len(lines) > MOST_LINES:
        raise _wrong(path, Remark("letterhead-many-lines", {"number": len(lines)}), "most-lines", most=MOST_LINES)
    for text in (clinic, *lines):
        if len(text) > MOST_LETTERS:
            problem = Remark("letterhead-long", {"text": one_line(text, 40), "number": len(text)})
            raise _wrong(path, problem, "most-letters", most=MOST_LETTERS)
    if not isinstance(logo, str):
        raise _wrong(path, Remark("letterhead-logo", {"value": _said(logo)}), "name-logo")
    if not (clinic.strip() or any(line.strip() for line in lines) or logo):
        raise _wrong(path, Remark("letterhead-empty"), "write-something")
    picture, size = _picture(path, logo) if logo else (b"", (0, 0))
    return Letterhead(clinic.strip(), tuple(line.strip() for line in lines if line.strip()), picture, size)


def _values(path: Path) -> Mapping[str, Any]:
    data = _bytes(path, MOST_BYTES, "small-text")
    kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
    try:
        text = data.decode("utf-8-sig")
        made = json.loads(text) if kind == "JSON" else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _wrong(path, Remark("letterhead-not-utf-8"), "save-utf-8") from error
    except (ValueError, RecursionError) as error:
        problem = Remark("letterhead-syntax", {"kind": kind, "reason": one_line(str(error), 120)})
        raise _wrong(path, problem, "correct") from error
    if not isinstance(made, Mapping):
        raise _wrong(path, Remark("letterhead-holds", {"value": _said(made)}), "write-object")
    return made


def _picture(path: Path, name: str) -> tuple[bytes, tuple[int, int]]:
    """Return the logo as PNG no larger than needed, and its size in pixels; only local files are looked at."""
    from PIL import Image

    if "://" in name or "\0" in name:
        raise _wrong(path, Remark("letterhead-logo", {"value": _said(name)}), "name-logo")
    file = path.parent / name
    data = _bytes(file, MOST_LOGO_BYTES, "smaller")
    try:
        with Image.open(BytesIO(data), formats=LOGO_KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                problem = Remark("letterhead-pixels", {"wide": opened.width, "high": opened.height})
                raise _wrong(file, problem, "fewer-pixels", most=MOST_PIXELS // 1_000_000)
            opened.load()
            flat = opened.convert("RGBA")
    except ReportError:
        raise
    except Exception as error:  # whatever a damaged picture makes of the library that reads it
        raise _wrong(file, Remark("letterhead-no-picture"), "save-picture") from error
    paper = Image.new("RGB", flat.size, "white")
    paper.paste(flat, mask=flat.getchannel("A"))
    paper.thumbnail((KEPT_PIXELS, KEPT_PIXELS))
    target = BytesIO()
    paper.save(target, "PNG")
    return target.getvalue(), paper.size


def _bytes(path: Path, most: int, remedy: str) -> bytes:
    try:
        if not path.is_file():
            raise _wrong(path, Remark("letterhead-missing"), "other-file")
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        problem = Remark("letterhead-unreadable", {"reason": error.strerror or "?"})
        raise _wrong(path, problem, "other-file") from error
    if len(data) > most:
        raise _wrong(path, Remark("letterhead-too-large", {"most_kib": most // 1024}), remedy)
    return data


def _said(value: object) -> str:
    return one_line(json.dumps(value, ensure_ascii=False, default=str), 60)


def _wrong(path: Path, problem: Remark, remedy: str, **values: Value) -> ReportError:
    """Return the error; `remedy` is the code of what to do, without "letterhead-"."""
    told: dict[str, Value] = {"file": shown(path.name), "problem": problem}
    return ReportError(Remark("letterhead-problem", {**told, "remedy": Remark(f"letterhead-{remedy}", values)}))
