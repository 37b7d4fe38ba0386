"""What a reader may send to those who mend the program: one file to look through first, without patients or names.

In it: the reader's own words, versions, the state of the program's own files, settings out of a list of harmless ones,
the log, and, only if chosen, the open record without whom it is of. Nothing is sent.
"""

from __future__ import annotations

import json
import secrets
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from cardio_desktop.app.installation import installation
from cardio_desktop.app.log import log_file
from cardio_desktop.core.errors import WriteError, why_not_written
from cardio_desktop.core.record import Record
from cardio_desktop.words import Remark

HARMLESS = (
    "interface/language", "look/font_percent", "look/theme", "print/paper", "reading/read_first", "view/auto_gain",
    "view/baseline", "view/chest_half", "view/filter_on", "view/gain_mm_per_mv", "view/layout", "view/opacity",
    "view/paper", "view/speed_mm_per_s", "view/zoom", "worklist/narrow", "worklist/triage",
)  # fmt: skip
"""The settings that are told: how things look. Those with folders, files, filters or labels of a file are not."""
MOST_LETTERS = 40
"""A value that is longer is no choice out of a few."""
LOG_BYTES = 2_000_000


def told_settings(values: Mapping[str, object]) -> dict[str, str]:
    """Return the settings that can hold no name: of the harmless ones those with a short plain value."""
    kept = {}
    for key, value in sorted(values.items()):
        if key in HARMLESS and isinstance(value, str | int | float | bool) and len(str(value)) <= MOST_LETTERS:
            kept[key] = str(value)
    return kept


def write_report(path: Path, words: str, settings: Mapping[str, object], folder: Path, record: Record | None) -> None:
    """Write the file: `words` of the reader, all `settings`, the data `folder` with the log, and a record if chosen.

    Raises WriteError where it cannot be written; then no file is left.
    """
    new = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("problem.txt", words.strip() + "\n")
            found = {"written": datetime.now().astimezone().isoformat(timespec="seconds"), **asdict(installation())}
            bundle.writestr("installation.json", json.dumps(found, indent=1) + "\n")
            bundle.writestr("settings.json", json.dumps(told_settings(settings), indent=1) + "\n")
            log = log_file(folder)
            for file in (log.with_suffix(".old.log"), log):
                if file.is_file():
                    bundle.writestr(f"log/{file.name}", file.read_bytes()[-LOG_BYTES:])
            if record is not None:
                _add_record(bundle, record)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        problem = Remark("cannot-write", {"why": why_not_written(error)})
        raise WriteError(path, problem, Remark("other-folder")) from error
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _add_record(bundle: zipfile.ZipFile, record: Record) -> None:
    """Add the record as WFDB without identity, under a key made for this once: no other copy can be tied to it."""
    from cardio_desktop.io.writers.convert import convert
    from cardio_desktop.io.writers.deidentify import Pseudonyms
    from cardio_desktop.words import say

    with tempfile.TemporaryDirectory() as name:
        done = convert(record, "wfdb", Path(name), names=Pseudonyms(secrets.token_bytes(32)))
        for file in done.files:
            bundle.write(file, f"record/{file.name}")
        told = [say(remark, "en") for remark in done.remarks]
        bundle.writestr("record/removed.txt", "\n".join([f"format: {record.format}", *told]) + "\n")
