"""What stands in the windows of this run, kept so that a run that ends badly can be taken up again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_type_hints

from PySide6.QtCore import QLockFile

from cardio_desktop.app.store import Store
from cardio_desktop.app.viewport import Viewport
from cardio_desktop.core.calipers import new_id

KIND = "session"
NO_RECORD = ""


@dataclass(frozen=True)
class OpenWindow:
    """One window: the file it shows, and how (the plain fields of its viewport)."""

    path: Path
    viewport: Mapping[str, Any]

    @classmethod
    def of(cls, path: Path, viewport: Viewport) -> OpenWindow:
        """Return what is to be remembered of a window."""
        plain = {name: value for name, value in asdict(viewport).items() if _is_plain(value)}
        return cls(path, plain)

    def applied_to(self, viewport: Viewport) -> Viewport:
        """Return `viewport` as it was remembered; a value that no longer fits its field is left out."""
        hints = get_type_hints(Viewport)
        kept = {
            name: value
            for name, value in self.viewport.items()
            if name in hints and _is_plain(value) and _fits(value, hints[name])
        }
        try:
            return replace(viewport, **kept)
        except (TypeError, ValueError):
            return viewport


class OpenWindows:
    """Remembers the windows of this run in the store, and tells which windows runs have left that did not end properly.

    A run holds a lock file as long as it lives; the system lets go of it when the process dies, however it dies.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run = new_id()
        self._lock: QLockFile | None = None
        folder = store.folder
        if folder is not None:
            self._lock = _lock(folder, self._run)
            self._lock.tryLock(0)

    def remember(self, window: str, state: OpenWindow | None) -> None:
        """Keep what `window` shows; None when it was closed."""
        if self._store.folder is None:
            return
        values = None if state is None else {"path": str(state.path), "viewport": dict(state.viewport)}
        self._store.put_item(NO_RECORD, KIND, f"{self._run}/{window}", values)

    def left_behind(self) -> dict[str, OpenWindow]:
        """Return the windows of runs that are dead but never said goodbye, by item name."""
        folder = self._store.folder
        if folder is None:
            return {}
        found = {}
        alive: dict[str, bool] = {self._run: True}
        for name, values in self._store.items(NO_RECORD, KIND).items():
            run = name.partition("/")[0]
            if run not in alive:
                alive[run] = self._is_alive(folder, run)
            path, viewport = values.get("path"), values.get("viewport")
            if not alive[run] and isinstance(path, str) and isinstance(viewport, dict):
                found[name] = OpenWindow(Path(path), viewport)
        return found

    @staticmethod
    def _is_alive(folder: Path, run: str) -> bool:
        lock = _lock(folder, run)
        if not lock.tryLock(0):
            return True
        lock.unlock()
        return False

    def forget(self, names: list[str]) -> None:
        """Ask about these windows never again."""
        for name in names:
            self._store.put_item(NO_RECORD, KIND, name, None)

    def close(self) -> None:
        """Say goodbye: whatever is still remembered of this run was closed with it."""
        own = [name for name in self._store.items(NO_RECORD, KIND) if name.startswith(f"{self._run}/")]
        self.forget(own)
        if self._lock is not None:
            self._lock.unlock()


def running(folder: Path) -> bool:
    """Return whether a program has windows open that keep their work in `folder`."""
    runs = [path.name.removeprefix("run-").removesuffix(".lock") for path in folder.glob("run-*.lock")]
    return any(OpenWindows._is_alive(folder, run) for run in runs)


def _lock(folder: Path, run: str) -> QLockFile:
    lock = QLockFile(str(folder / f"run-{run}.lock"))
    lock.setStaleLockTime(0)  # only a dead process loses its lock
    return lock


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, bool | str) or (isinstance(value, int | float) and math.isfinite(value))


def _fits(value: object, hint: Any) -> bool:
    try:
        return isinstance(value, hint)
    except TypeError:  # a parametrized type: nothing plain
        return False
