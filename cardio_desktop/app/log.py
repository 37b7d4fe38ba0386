"""The log: what went wrong in the program, for those who mend it, and nothing by which a patient could be known.

It is safe by how it is written, not by what is filtered out: of a message only its fixed words and numbers are kept, of
a fault its type and the places in the code it went through; texts of exceptions, which name files, never are.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import platform
import re
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from cardio_desktop import __version__

FOLDER, NAME = "log", "cardio-desktop.log"
MOST_BYTES = 1_000_000
"""A log that is longer when the program starts becomes the old one, of which one is kept."""
MOST_FRAMES = 40
WITHHELD = "..."
NUMBERED = re.compile(r"%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")


def fixed_words(record: logging.LogRecord) -> str:
    """Return a message with its numbers but without any text that was put into it."""
    if not isinstance(record.msg, str):
        return WITHHELD
    values = list(record.args) if isinstance(record.args, tuple) else []

    def told(_: re.Match[str]) -> str:
        value = values.pop(0) if values else None
        if isinstance(value, OSError):
            return f"{type(value).__name__} {value.errno}"
        if isinstance(value, BaseException):
            return type(value).__name__
        return repr(value) if isinstance(value, bool | int | float) else WITHHELD

    # Without arguments the text may have been put together from anything: it is taken only from our own modules, whose
    # messages are literals; a test sees to that.
    if not record.args and not record.name.startswith("cardio_desktop"):
        return WITHHELD
    return NUMBERED.sub(told, record.msg)


def places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return a fault's type and the places in the code that it went through, innermost last."""
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    lines = [f"    {_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"  {kind.__name__}", *lines])


def _module(file: str) -> str:
    """Return a source file's path from its package on: what lies before may name the user."""
    parts = Path(file).parts
    for root in ("cardio_desktop", "site-packages", "dist-packages"):
        if root in parts:
            place = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[place if root == "cardio_desktop" else place + 1 :])
    return Path(file).name


class PlainFormatter(logging.Formatter):
    """Time, level, logger, fixed words; of a fault its type and places."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of one entry."""
        when = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
        line = f"{when} {record.levelname} {record.name}: {fixed_words(record)}"
        if record.exc_info and record.exc_info[0] is not None:
            line += "\n" + places(record.exc_info[0], record.exc_info[2])
        return line


def qt_words(text: str) -> str:
    """Return which of Qt's functions complains; what follows may name a file."""
    found = re.match(r"[A-Za-z]\w*(?:::\w+)+", text)
    return found[0] if found else WITHHELD


def note_qt(text: str) -> None:
    """Write that Qt complained, where a log is written."""
    if _Kept.stream is not None:
        _write_line(_Kept.stream, f"WARNING Qt: {qt_words(text)}")


def _write_line(stream: TextIO, words: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # a full disk is told of elsewhere
        stream.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {words}\n")
        stream.flush()


class _Kept:
    """What `start_log` opened: faulthandler wants the file to stay open."""

    handler: logging.Handler | None = None
    stream: TextIO | None = None


def log_file(folder: Path) -> Path:
    """Return where the log lies in a data folder."""
    return folder / FOLDER / NAME


def start_log(folder: Path) -> None:
    """Write the log in a data folder from now on; a folder that takes none is no reason not to start."""
    stop_log()
    path = log_file(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > MOST_BYTES:
            with contextlib.suppress(OSError):  # another window of ours may have it open, which Windows forbids
                path.replace(path.with_suffix(".old.log"))
        stream = path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError:
        return
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    # Python's own way of showing warnings ends with the first handler; who starts it from a terminal still sees them.
    if logging.lastResort is not None and logging.lastResort not in root.handlers:
        root.addHandler(logging.lastResort)
    _Kept.handler, _Kept.stream = handler, stream
    faulthandler.enable(stream)  # it writes frames, never values
    _write_line(stream, f"start {__version__} {sys.platform} {platform.machine()} Python {platform.python_version()}")


def stop_log() -> None:
    """Write no log any more."""
    if _Kept.handler is not None:
        logging.getLogger().removeHandler(_Kept.handler)
    if _Kept.stream is not None:
        if faulthandler.is_enabled():
            faulthandler.disable()
        _Kept.stream.close()
    _Kept.handler = _Kept.stream = None
