"""What was said while a record was recorded, from the lines beside it (`NAME.live.jsonl`), as marks of the record."""

from __future__ import annotations

import json
from pathlib import Path

from cardio_desktop.core.errors import ReadError, one_line
from cardio_desktop.core.record import Annotation
from cardio_desktop.io.files import read_bytes
from cardio_desktop.words import Remark

SUFFIX = ".live.jsonl"
MAX_BYTES = 64 << 20
"""A day of beats and opinions takes about 40 MB."""
SHOWN = ("critical", "quality", "tier", "source")
"""Kinds of lines that become marks: what has an end at the line that tells it; beats are found anew, and thousands."""
SOURCE = "live"


def live_marks(header: Path) -> tuple[tuple[Annotation, ...], tuple[Remark, ...]]:
    """Return the marks beside the record of a header file, ascending, and remarks on lines that cannot be read.

    Of what began and ended there is one mark. A last line that is cut off is no damage: power went while it was made.
    """
    path = header.with_suffix(SUFFIX)
    if not path.is_file():
        return (), ()
    try:
        raw = read_bytes(path, MAX_BYTES)
    except ReadError as error:
        return (), (error.remark,)
    lines = raw.split(b"\n")
    found: dict[tuple[str, str, float, str], Annotation] = {}
    damaged = 0
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        try:
            mark, key = _mark(json.loads(line))
        except (ValueError, KeyError, TypeError):
            damaged += number < len(lines) - 1
            continue
        if mark is not None:
            found[key] = mark
    marks = tuple(sorted(found.values(), key=lambda mark: mark.time_s))
    told = (Remark("annotations-damaged", {"file": one_line(path.name), "damaged": damaged}),) if damaged else ()
    return marks, told


def _mark(said: dict[str, object]) -> tuple[Annotation | None, tuple[str, str, float, str]]:
    """Return a line as a mark and what it is about; raises ValueError, KeyError or TypeError for anything else."""
    kind, code, start_s, end_s = str(said["kind"]), str(said["code"]), said["start_s"], said["end_s"]
    if not isinstance(start_s, float | int) or not (end_s is None or isinstance(end_s, float | int)):
        raise ValueError("times are numbers")
    leads = said["leads"]
    if kind not in SHOWN or not isinstance(leads, list):
        return None, (kind, code, float(start_s), "")
    text = said["text"]
    words = text["en"] if isinstance(text, dict) else code
    lasting = 0.0 if end_s is None else max(float(end_s) - float(start_s), 0.0)
    mark = Annotation(float(start_s), "", "note", f"Live: {one_line(str(words))}", SOURCE, lasting)
    return mark, (kind, code, float(start_s), ",".join(map(str, leads)))
