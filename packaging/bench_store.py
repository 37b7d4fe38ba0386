"""Cases of `bench.py` on the store: 100,000 signed readings are written, opened, read and saved again."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from bench_tools import Result, memory_mb

READINGS = 100_000
AT_ONCE = 2000
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def key_of(number: int) -> str:
    """Return a key such as records have."""
    return f"{number:040x}"


def write_store(folder: str) -> Result:
    """Write a store of many readings: a draft, a signature, a read mark and two entries of the audit trail each."""
    from dataclasses import asdict

    from cardio_desktop.app.audit_log import event
    from cardio_desktop.app.store import FILE_NAME
    from cardio_desktop.app.store_copy import make_copy
    from cardio_desktop.app.store_file import StoreFile
    from cardio_desktop.app.store_rows import Row
    from cardio_desktop.core.conclusion import Draft, Signer, make_signature

    file = StoreFile(Path(folder) / FILE_NAME)
    draft, signer = Draft("Sinus rhythm, 72/min. Normal ECG.", "machine", ("NORM",), "2026-01-02"), Signer("Dr. Reader")
    for start in range(0, READINGS, AT_ONCE):
        rows, events = [], []
        for number in range(start, start + AT_ONCE):
            key = key_of(number)
            signature = make_signature(key, draft, signer, WHEN)
            values = {
                ("draft", "draft"): asdict(draft),
                ("signature", signature.id): asdict(signature),
                ("read", "read"): {"read": True, "changed": "2026-01-02"},
            }
            rows += [Row(key, kind, name, json.dumps(body), 0, "2026-01-02") for (kind, name), body in values.items()]
            events += [event("open", key, f"{number}.hea"), event("sign", key, signature.id, signer.name)]
        file.write(rows, lambda _kind, _theirs, mine: mine, events)
    file.close()
    make_copy(file.path)
    return {"bytes": file.path.stat().st_size}


def open_store(folder: str) -> Result:
    """Open that store as the window does, read one record, keep one opinion; then let it check all and close."""
    from PySide6.QtCore import QCoreApplication

    from cardio_desktop.app.store import Opinion, Store

    QCoreApplication([])
    began = time.perf_counter()
    store = Store(Path(folder))
    opened = time.perf_counter()
    state = store.conclusion(key_of(READINGS // 2)).state
    read = time.perf_counter()
    assert (store.problem, state) == ("", "signed")
    store.set_opinion(f"new {began}", Opinion("class:MI", "agree", "words"))
    assert store.flush()
    kept = time.perf_counter()
    while store._file is not None and not store._file.checked:
        time.sleep(0.02)
    checked = time.perf_counter()
    store.close()
    return {
        "open_s": opened - began,
        "read_s": read - opened,
        "kept_s": kept - read,
        "checked_s": checked - began,
        "close_s": time.perf_counter() - checked,
        "memory_mb": memory_mb(),
    }


def verify_store(folder: str) -> Result:
    """Verify its audit trail, back it up and bring the backup back into an empty folder."""
    from cardio_desktop.app.backup import make_backup, restore
    from cardio_desktop.app.store import FILE_NAME
    from cardio_desktop.app.store_commands import check_trail

    began = time.perf_counter()
    verdict, count = check_trail(Path(folder) / FILE_NAME)
    verified = time.perf_counter()
    assert not verdict.problems
    assert count >= 2 * READINGS
    backup = Path(folder) / "bench.backup"
    make_backup(Path(folder), backup, replace=True)
    made = time.perf_counter()
    restore(Path(folder) / "restored", backup)
    restored = time.perf_counter()
    return {"verify_s": verified - began, "backup_s": made - verified, "restore_s": restored - made}
