"""Keeps a reader's file and the clinic's database alike: what is done here is sent, what others did is fetched.

The file is written first and always; the database may be away for as long as it likes.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cardio_desktop.app import store_outbox as outbox
from cardio_desktop.app.audit_file import begin_new_chain
from cardio_desktop.app.audit_log import station
from cardio_desktop.app.clinic_database import ClinicDatabase, ClinicError
from cardio_desktop.app.store_file import StoreFile
from cardio_desktop.app.store_items import merge_bodies
from cardio_desktop.app.store_rows import DamagedError
from cardio_desktop.core.audit import Head, from_body, head_of

_log = logging.getLogger(__name__)

FIRST_S = 1.5
"""The first connection waits until the window stands."""
PERIOD_S = 1.0
RETRY_S = (2.0, 5.0, 15.0)
"""After a failed attempt, after the next, and after every further one."""
BATCH = 500
STOP_S = 5.0


@dataclass(frozen=True)
class News:
    """What a round has brought: `lost` tells why the database is away, `back` how many items were sent on its return.

    `changed` are the records that others changed, `met` the kinds of items that others had changed as well as we.
    `forked`: the audit trail here is not the one that the database has of this store.
    """

    lost: str | None = None
    back: int | None = None
    changed: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    forked: bool = False


class ClinicSync:
    """A thread that does rounds: send the outbox, send the audit trail, fetch what others changed."""

    def __init__(self, address: str, file: Callable[[], StoreFile | None], tell: Callable[[News], None]) -> None:
        """`file` gives the file of this moment; `tell` is called on the thread."""
        self._address, self._file, self._tell = address, file, tell
        self._wake = threading.Event()
        self._closing = False
        self._database: ClinicDatabase | None = None
        self._heads: dict[str, Head] = {}
        self._left: set[str] = set()
        self.lost = False
        self._thread = threading.Thread(target=self._work, name="clinic", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """Do the next round at once: there is something to send."""
        self._wake.set()

    def close(self) -> None:
        """Send what is left if the database is there, and end the thread; what is not sent waits in the file."""
        self._closing = True
        self._wake.set()
        self._thread.join(STOP_S)

    def _work(self) -> None:
        self._wake.wait(FIRST_S)
        failures = 0
        while True:
            closing = self._closing
            self._wake.clear()
            try:
                file = self._file()
                if file is not None and not (closing and self._database is None):
                    self._round(file)
                failures = 0
            except ClinicError as error:
                self._let_go()
                failures += 1
                if not self.lost:
                    _log.warning("the clinic's database is away: %s", error)
                    self.lost = True
                    self._tell(News(lost=str(error)))
            except (sqlite3.Error, DamagedError) as error:
                _log.warning("no exchange with the clinic's database: %s", error)  # the store itself tells and mends it
                failures += 1
            except Exception:
                _log.exception("the exchange with the clinic's database failed")
                self._let_go()
                failures += 1
            if closing:
                self._let_go()
                return
            if failures:
                self._pause(RETRY_S[min(failures, len(RETRY_S)) - 1])
            else:
                self._wake.wait(PERIOD_S)

    def _pause(self, seconds: float) -> None:
        """Wait so long whatever there is to send, but not when the store is closed."""
        until = time.monotonic() + seconds
        while not self._closing and (left := until - time.monotonic()) > 0:
            self._wake.wait(min(left, 0.2))
            if not self._closing:
                self._wake.clear()
                time.sleep(min(left, 0.05))

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _round(self, file: StoreFile) -> None:
        database = self._database
        if database is None:
            database = ClinicDatabase(self._address)
            self._database = database
            database.prepare()
            self._heads = {}
        outbox.join(file, database.identity)
        sent, changed, met = self._send(file, database)
        self._send_trail(file, database)
        if self.lost:
            self.lost = False
            self._tell(News(back=sent))
        changed += self._fetch(file, database)
        if changed or met:
            self._tell(News(changed=tuple(dict.fromkeys(changed)), met=tuple(dict.fromkeys(met))))

    def _send(self, file: StoreFile, database: ClinicDatabase) -> tuple[int, list[str], list[str]]:
        count = 0
        changed: list[str] = []
        met: list[str] = []
        while rows := outbox.unsent(file, BATCH):
            answers = database.write([row for row, _ in rows], merge_bodies, station())
            changed += outbox.note_sent(file, rows, answers)
            met += [answer.row.kind for answer in answers if answer.met]
            count += len(rows)
            if len(rows) < BATCH:
                break
        return count, changed, met

    def _send_trail(self, file: StoreFile, database: ClinicDatabase) -> None:
        for chain, last in outbox.chains(file).items():
            if chain in self._left:
                continue
            if chain not in self._heads:
                head = database.head(chain)
                if not self._continues(file, head):
                    self._left.add(chain)
                    begin_new_chain(file, chain)
                    self._tell(News(forked=True))
                    continue
                self._heads[chain] = head
            while (head := self._heads[chain]).count < last:
                rows = outbox.entries_after(file, chain, head.count, BATCH)
                if not rows:
                    break
                database.add_entries(rows)
                entry = from_body(rows[-1].body or "")
                if entry is None:
                    raise DamagedError
                self._heads[chain] = head_of(entry)

    @staticmethod
    def _continues(file: StoreFile, head: Head) -> bool:
        """Whether the chain here goes on from where the database has it; else its numbers are taken by others there."""
        if not head.count:
            return True
        found = outbox.entries_after(file, head.chain, head.count - 1, 1)
        entry = from_body(found[0].body or "") if found else None
        return entry is not None and head_of(entry) == head

    def _fetch(self, file: StoreFile, database: ClinicDatabase) -> Sequence[str]:
        changed: list[str] = []
        cursor = outbox.cursor_of(file)
        while True:
            found, last = database.changes(cursor, BATCH)
            if last == cursor:
                return changed
            changed += outbox.take_changes(file, found, last)
            cursor = last
