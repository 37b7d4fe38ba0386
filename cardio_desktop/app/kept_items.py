"""The reader's work, kept safe: items of every record, written as they are made.

Everything said here stands in memory at once and in the user's data folder within half a second, written by a thread of
its own. Other windows and other processes see it within two seconds.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

from cardio_desktop.app import audit_log
from cardio_desktop.app.audit_file import read_trail
from cardio_desktop.app.clinic_words import sentences
from cardio_desktop.app.disk_words import why
from cardio_desktop.app.i18n import tr
from cardio_desktop.app.kept_order import KeptOrder
from cardio_desktop.app.store_copy import open_or_put_aside, snapshot
from cardio_desktop.app.store_file import DamagedError, StoreFile, TooNewError
from cardio_desktop.app.store_helper import StoreHelper
from cardio_desktop.app.store_items import merge_bodies, now_text, parsed
from cardio_desktop.app.store_rows import TRANSIENT, Row
from cardio_desktop.core.audit import Entry, Event
from cardio_desktop.core.file_names import kept_path
from cardio_desktop.core.record import Record
from cardio_desktop.core.record_key import content_key

if TYPE_CHECKING:
    from cardio_desktop.app.clinic_sync import ClinicSync, News

_log = logging.getLogger(__name__)

FILE_NAME = "reading-room.sqlite"
DELAY_S = 0.25
"""Changes are gathered this long before they are written together."""
LOOK_S = 1.0
"""How often the thread looks for what other processes have written."""
CLOSE_S = 20.0
COPY_S = 30.0
"""A checked copy of the file is made so long after a change: no damage costs more than a minute of work."""
_T = TypeVar("_T")


class KeptItems(QObject):
    """Items of the reader's work by record, kind and id. Without a folder they are kept in memory only.

    `changed(key)` tells that something of the record `key` changed here, in another window or in another process;
    `failed(sentence)` that it could not be kept on disk, `recovered()` that it is kept again.
    """

    changed = Signal(str)
    failed = Signal(str)
    recovered = Signal()
    said = Signal(str)
    """A sentence about the clinic's database: that it is away, that it is back, that two readers met."""
    _seen = Signal()
    # The thread speaks through these: whoever listens to the public ones is called on the store's own thread.
    _merged = Signal(str)
    _complained = Signal(str)
    _eased = Signal()
    _news = Signal(object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None, *, clinic: str = "") -> None:
        """Keep the work in `folder`, and share it through the clinic's database at the address `clinic`, if any."""
        super().__init__(parent)
        self.problem = ""
        """The sentence about what is wrong with the file, empty where all is well."""
        self._items: dict[str, dict[tuple[str, str], Row]] = {}
        self._orders: dict[tuple[str, str], KeptOrder[Any]] = {}
        self._changed_ids: dict[tuple[str, str], set[str]] = {}
        self._keys: WeakKeyDictionary[Record, str] = WeakKeyDictionary()
        self._pending: dict[tuple[str, str, str], Row] = {}
        self._places: dict[str, tuple[int, int, str]] = {}
        self._events: list[Event] = []
        self._edits = audit_log.EditLog()
        self._lock = threading.RLock()
        self._wake = threading.Condition(self._lock)
        self._closing = False
        self._damaged = False
        self._wanted_soon = False
        self._file: StoreFile | None = None
        self._thread: threading.Thread | None = None
        self._helper = StoreHelper(lambda: self._closing, self._hurt, self._restored)
        self._seen.connect(self._look)
        self._merged.connect(self._tell_changed)
        self._complained.connect(self._tell_failed)
        self._eased.connect(self._tell_recovered)
        self._folder = folder
        self._sync: ClinicSync | None = None
        self._news.connect(self._tell_news)
        if folder is not None:
            self._open(folder / FILE_NAME)
            if clinic:
                from cardio_desktop.app.clinic_sync import ClinicSync

                self._sync = ClinicSync(clinic, lambda: self._file, self._news.emit)

    def _open(self, path: Path) -> None:
        lost = tr("what you mark and write is kept only until you close the program")
        try:
            self._file, self.problem = open_or_put_aside(path)
        except TooNewError:
            self.problem = tr(
                "The file of your calipers, beats and opinions was written by a newer version of this program; {lost}; "
                "install that version."
            ).format(lost=lost)
        except (OSError, sqlite3.Error, DamagedError) as error:
            self.problem = tr("{path} cannot be written ({error}); {lost}; check the folder and the disk.").format(
                path=path, error=why(error), lost=lost
            )
            # What was kept before can still be looked at where the folder lets nobody write.
            for row in snapshot(path):
                self._items.setdefault(row.record, {})[row.kind, row.id] = row
            self._orders.clear()
            self._changed_ids.clear()
        if self._file is not None:
            self._thread = threading.Thread(target=self._work, name="store", daemon=True)
            self._thread.start()

    @property
    def persistent(self) -> bool:
        """Whether the work is kept on disk."""
        return self._file is not None

    @property
    def folder(self) -> Path | None:
        """The folder in which the work is kept, None where it is in memory only."""
        return self._folder if self._file is not None else None

    @property
    def unsaved(self) -> int:
        """How many changes would be lost if the program ended now; none where nobody asked for a folder."""
        with self._lock:
            return sum(row.kind not in TRANSIENT for row in self._pending.values())

    def retry(self) -> None:
        """Try once more to open the file; what waits is then written to it."""
        if self._file is not None or self._folder is None or self._thread is not None:
            return
        with self._lock:
            self._open(self._folder / FILE_NAME)

    # Records ----------------------------------------------------------------------------------------------------

    def key_of(self, record: Record) -> str:
        """Return the key of a record, and remember where it lies; raises ReadError if its samples cannot be read.

        The first call reads samples all along the file; it may be made on any thread.
        """
        key = self._keys.get(record)
        if key is None:
            key = content_key(record)
            self._keys[record] = key
            try:
                status = record.path.stat()
            except OSError:  # a record that lies in memory only, or was taken away
                return key
            with self._lock:
                if self._file is not None:
                    self._places[kept_path(record.path.resolve())] = (status.st_size, status.st_mtime_ns, key)
                    self._wake.notify_all()
        return key

    def key_at(self, path: Path) -> str | None:
        """Return the key of the record that was opened from `path` before, None if never or if the file changed."""
        if self._file is None:
            return next((key for record, key in list(self._keys.items()) if record.path == path), None)
        try:
            status, name = path.stat(), kept_path(path.resolve())
            with self._lock:
                waiting = self._places.get(name)
            if waiting is not None and waiting[:2] == (status.st_size, status.st_mtime_ns):
                return waiting[2]
            return self._file.record_at(name, status.st_size, status.st_mtime_ns)
        except (OSError, sqlite3.Error):
            return None

    def prepare(self) -> None:
        """Get ready, on the store's own thread, for the first question about a record."""
        with self._lock:
            self._wanted_soon = True
            self._wake.notify_all()

    def load(self, keys: Iterable[str]) -> None:
        """Read the items of many records together, before a list asks for one after the other."""
        with self._lock:
            wanted = [key for key in dict.fromkeys(keys) if key not in self._items]
            if self._file is None or len(wanted) < 2:
                return
            found: dict[str, dict[tuple[str, str], Row]] = {key: {} for key in wanted}
            try:
                for row in self._file.rows_of_many(wanted):
                    found[row.record][row.kind, row.id] = row
            except (sqlite3.Error, DamagedError):
                return  # the first that asks for such a record finds out what is wrong, and tells it
            for (record, kind, name), row in self._pending.items():
                if record in found:
                    found[record][kind, name] = row
            self._items.update(found)

    # Other items ------------------------------------------------------------------------------------------------

    def items(self, key: str, kind: str) -> dict[str, dict[str, Any]]:
        """Return items of a kind that only its owner understands, by id."""
        return self._bodies(key, kind)

    def put_item(self, key: str, kind: str, name: str, values: Mapping[str, Any] | None) -> None:
        """Keep such an item; None takes it back."""
        self._put(key, [(kind, name, values)])

    # Audit trail ------------------------------------------------------------------------------------------------

    def log(self, action: str, key: str = "", detail: str = "", who: str = "") -> None:
        """Write into the audit trail what is done now; changes of items write themselves."""
        if self._folder is None:
            return
        with self._lock:
            self._events.append(audit_log.event(action, key, detail, who))
            self._wake.notify_all()

    def log_of(self, record: Record, action: str, detail: str = "") -> None:
        """Write into the audit trail what is done with a record that was opened."""
        self.log(action, self.known_key(record), detail)

    def known_key(self, record: Record) -> str:
        """Return the key of a record, "" where nobody has asked for it yet: nothing is read."""
        return self._keys.get(record, "")

    def trail(self, key: str | None = None) -> tuple[list[Entry], int]:
        """Return the entries of the audit trail, and how many are not what was written; of one record or of all."""
        self.flush()
        return read_trail(self._file.path, key) if self._file is not None else ([], 0)

    # Items in memory --------------------------------------------------------------------------------------------

    def _bodies(self, key: str, kind: str) -> dict[str, dict[str, Any]]:
        with self._lock:
            found = [row for row in self._rows(key).values() if row.kind == kind and row.body is not None]
        return {row.id: values for row in found if isinstance(values := parsed(row.body), dict)}

    def _ordered(
        self, key: str, kind: str, read: Callable[[str, dict[str, Any]], _T], place: Callable[[_T], tuple[float, str]]
    ) -> tuple[_T, ...]:
        """Return the items of a kind in the order of `place`; only those that changed since the last call are read."""
        with self._lock:
            rows = self._rows(key)
            order: KeptOrder[_T] | None = self._orders.get((key, kind))
            if order is None:
                order = KeptOrder(read, place)
                order.update((row.id, row.body) for row in rows.values() if row.kind == kind)
                if key in self._items:  # else the file could not be read: the next call tries again
                    self._orders[key, kind] = order
                    self._changed_ids[key, kind] = set()
                return order.items
            changed = self._changed_ids[key, kind]
            order.update([(name, row.body if (row := rows.get((kind, name))) else None) for name in changed])
            changed.clear()
            return order.items

    def _note(self, key: str, kind: str, name: str) -> None:
        """Remember that an item has changed, for whoever has read its kind; call it with the lock held."""
        changed = self._changed_ids.get((key, kind))
        if changed is not None:
            changed.add(name)

    def _rows(self, key: str) -> dict[tuple[str, str], Row]:
        """Return the items of a record; call it with the lock held."""
        if key not in self._items:
            rows = self._read(key)
            if rows is None:
                return {}
            self._items[key] = rows
        return self._items[key]

    def _read(self, key: str) -> dict[tuple[str, str], Row] | None:
        """Return what the file holds of a record, and what is still to be written over it; None if unreadable."""
        try:
            rows = {(row.kind, row.id): row for row in self._file.rows(key)} if self._file is not None else {}
        except DamagedError:
            _log.warning("the work on %s is damaged", key)
            self._damaged = True
            self._wake.notify_all()
            return None
        except sqlite3.Error as error:
            _log.warning("reading the work on %s failed: %s", key, error)
            return None
        rows.update({(kind, name): row for (record, kind, name), row in self._pending.items() if record == key})
        return rows

    def _put(self, key: str, changes: list[tuple[str, str, Mapping[str, Any] | None]]) -> None:
        changed, now = False, now_text()
        with self._lock:
            if key not in self._items:
                self._items[key] = self._rows(key)
            rows = self._items[key]
            for kind, name, values in changes:
                old = rows.get((kind, name))
                body = None if values is None else json.dumps(values)
                if body == (old.body if old else None):
                    continue
                row = Row(key, kind, name, body, old.version if old else 0, now)
                rows[kind, name] = row
                self._note(key, kind, name)
                if self._folder is not None:
                    self._pending[key, kind, name] = row
                    self._events += self._edits.events([row])
                changed = True
            self._wake.notify_all()
        if changed:
            self.changed.emit(key)

    # The thread -------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        """Write what is said until the store is closed. What goes wrong is told and tried again; it never ends this."""
        version, told = -1, ""
        changed_at: float | None = None
        while True:
            with self._lock:
                if not (self._pending or self._places or self._events or self._closing or self._damaged):
                    self._wake.wait(LOOK_S)
                if (self._pending or self._places or self._events) and not self._closing:
                    self._wake.wait_for(lambda: self._closing, DELAY_S)
                self._events += self._edits.gathered(closing=self._closing)
                batch, places, closing = dict(self._pending), dict(self._places), self._closing
                events = tuple(self._events)
            file = self._file
            if file is None:
                return
            problem: Exception | None = None
            try:
                if self._damaged or not file.is_in_place():
                    raise DamagedError(f"{file.path} is damaged or was taken away")
                problem = self._write(file, batch, events)
                self._remember(file, places)
                if (batch or events) and problem is None:
                    changed_at = changed_at or time.monotonic()
                now = file.data_version()
                if now != version:
                    version = now
                    self._seen.emit()
                if not file.checked:
                    self._helper.check(file)
                since_s = None if changed_at is None else time.monotonic() - changed_at
                if since_s is not None and self._helper.copy_due(file, since_s, COPY_S) and self._helper.copy(file):
                    changed_at = None
                if self._wanted_soon:
                    file.warm()
                    self._wanted_soon = False
            except sqlite3.OperationalError as error:
                problem = error
            except (sqlite3.DatabaseError, DamagedError) as error:
                _log.warning("the store is damaged: %s", error)
                self._reopen()
                changed_at = changed_at or time.monotonic()
            except Exception as error:
                _log.exception("the store failed")
                problem = error
            told = self._tell(problem, told)
            if closing:
                return
            if problem is not None:
                with self._lock:
                    self._wake.wait_for(lambda: self._closing, LOOK_S)

    def _write(
        self, file: StoreFile, batch: Mapping[tuple[str, str, str], Row], events: Sequence[Event] = ()
    ) -> Exception | None:
        """Write changes together; where one of them cannot be written, the others by themselves. Returns its error."""
        if not batch and not events:
            return None
        try:
            self._written(batch, file.write(list(batch.values()), merge_bodies, events), events)
        except (sqlite3.Error, DamagedError):
            raise
        except Exception as error:
            _log.exception("a change cannot be written")
            for name, row in batch.items():
                try:
                    self._written({name: row}, file.write([row], merge_bodies))
                except (sqlite3.Error, DamagedError):
                    raise
                except Exception:
                    _log.warning("the change of %s %s cannot be written", row.kind, ascii(row.id))
            return error
        return None

    def _remember(self, file: StoreFile, places: Mapping[str, tuple[int, int, str]]) -> None:
        """Write where records lie. That only saves a search: a place that cannot be written is forgotten."""
        for path, (size, modified_ns, key) in places.items():
            try:
                file.remember_file(path, size, modified_ns, key)
            except sqlite3.Error:
                raise
            except Exception:
                _log.exception("the place of a record cannot be written")
        with self._lock:
            self._places = {path: place for path, place in self._places.items() if places.get(path) != place}

    def _hurt(self, file: StoreFile) -> None:
        """Remember that a file proved damaged: the thread puts it aside."""
        with self._lock:
            self._damaged = file is self._file
            self._wake.notify_all()

    def _restored(self, sentence: str) -> None:
        self.problem = sentence
        self._complained.emit(sentence)
        self._seen.emit()

    def _tell(self, problem: Exception | None, told: str) -> str:
        """Say once what is wrong, and once that it is right again; returns what is said now."""
        if problem is None:
            if told:
                self.problem = ""
                self._eased.emit()
            return ""
        if told != str(problem):
            self._complain(problem)
        return str(problem)

    def _written(
        self, batch: Mapping[tuple[str, str, str], Row], rows: list[Row], events: Sequence[Event] = ()
    ) -> None:
        """Take over what now stands in the file; what was changed again meanwhile is based on it."""
        touched = set()
        with self._lock:
            del self._events[: len(events)]
            if self._sync is not None:
                self._sync.nudge()
            for row in rows:
                name = (row.record, row.kind, row.id)
                waiting = self._pending.get(name)
                if waiting is batch[name]:
                    del self._pending[name]
                    if self._items[row.record].get((row.kind, row.id)) is waiting:
                        self._items[row.record][row.kind, row.id] = row
                        self._note(*name)
                    if row.body != waiting.body:
                        touched.add(row.record)
                elif waiting is not None:
                    again = replace(waiting, version=row.version)
                    self._pending[name] = again
                    self._items[row.record][row.kind, row.id] = again
            self._wake.notify_all()
        for record in touched:
            self._merged.emit(record)

    def _complain(self, error: Exception) -> None:
        self.problem = tr(
            "Your calipers, beats and opinions cannot be saved at the moment ({error}); keep the program open and free "
            "the disk or the file."
        ).format(error=why(error))
        self._complained.emit(self.problem)

    def _reopen(self) -> None:
        """Put a file aside that was damaged while in use, and write everything that is in memory to a new one."""
        if self._file is None:
            return
        path = self._file.path
        self._damaged = False
        self._file.close()
        try:
            file, problem = open_or_put_aside(path, thorough=True)
        except (OSError, sqlite3.Error, DamagedError, TooNewError) as error:
            self._complain(error)
            with self._lock:
                self._wake.wait_for(lambda: self._closing, LOOK_S)
            return
        with self._lock:
            self._file = file
            for key, rows in self._items.items():
                there = {(row.kind, row.id): row for row in file.rows(key)}
                for place, row in {**there, **rows}.items():
                    saved = there.get(place)
                    rows.setdefault(place, row)
                    if saved is None or saved.body != row.body:
                        again = replace(row, version=saved.version if saved else 0)
                        rows[place] = self._pending[(key, *place)] = again
        if problem:
            self.problem = problem
            self._complained.emit(problem)

    @Slot(str)
    def _tell_changed(self, key: str) -> None:
        self.changed.emit(key)

    @Slot(str)
    def _tell_failed(self, sentence: str) -> None:
        self.failed.emit(sentence)

    @Slot()
    def _tell_recovered(self) -> None:
        self.recovered.emit()

    @Slot(object)
    def _tell_news(self, news: News) -> None:
        """Tell what has become of the exchange with the clinic's database."""
        self._look(news.changed)
        for sentence in sentences(news):
            self.said.emit(sentence)

    @Slot()
    def _look(self, keys: Sequence[str] | None = None) -> None:
        """Take over what others have written to the records that are in use here, or to those of `keys` among them."""
        for key in list(self._items) if keys is None else [key for key in keys if key in self._items]:
            with self._lock:
                rows, before = self._read(key), self._items[key]
                if rows is None or rows == before:
                    continue
                self._items[key] = rows
                for kind, name in rows.keys() | before.keys():
                    if rows.get((kind, name)) != before.get((kind, name)):
                        self._note(key, kind, name)
            self.changed.emit(key)

    def flush(self, wait_s: float = 10.0) -> bool:
        """Wait until everything said so far is on disk; returns whether it is."""
        if self._file is None:
            return False
        with self._lock:
            return self._wake.wait_for(lambda: not self._pending and not self._events, wait_s)

    def close(self) -> None:
        """Write what is left and end the thread; the store is not used after that."""
        with self._lock:
            self._closing = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(CLOSE_S)
            self._thread = None
        if self._sync is not None:
            self._sync.close()
        if self._file is not None:
            self._file.close()
