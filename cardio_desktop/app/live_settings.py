"""What the program remembers of how live recordings are followed."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from cardio_desktop.core.file_names import kept_path, path_from
from cardio_desktop.core.units import (
    DEFAULT_GAIN_MM_PER_MV,
    DEFAULT_SPEED_MM_PER_S,
    GAINS_MM_PER_MV,
    SPEEDS_MM_PER_S,
)

COLUMNS = (0, 1, 2)
"""How many columns of leads; 0 lets the window's shape decide."""


class LiveSettings:
    """Typed access to the live window's part of the settings; whatever is damaged reads as the default."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    def keeps(self) -> bool:
        """Return whether what is shown is kept; it is, as long as nobody chose otherwise."""
        return self._text("live/keeps", "yes") != "no"

    def set_keeps(self, on: bool) -> None:
        """Remember whether what is shown is kept."""
        self._store.setValue("live/keeps", "yes" if on else "no")

    def folder(self) -> Path:
        """Return the folder in which recordings are kept: one of the reader's documents, until another was chosen."""
        if name := self._text("live/folder"):
            return path_from(name)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents or Path.home()) / "Cardio Desktop"

    def set_folder(self, folder: Path) -> None:
        """Remember the folder in which recordings are kept."""
        self._store.setValue("live/folder", kept_path(folder))

    def source_folder(self) -> str:
        """Return the folder of the file that was followed last, "" at first."""
        return self._text("live/source_folder")

    def set_source_folder(self, folder: str) -> None:
        """Remember the folder of a file that is followed."""
        self._store.setValue("live/source_folder", folder)

    def peers(self) -> tuple[str, ...]:
        """Return the computers on which streams were looked for, none at first."""
        return tuple(self._text("live/peers").split())

    def set_peers(self, peers: tuple[str, ...]) -> None:
        """Remember the computers on which streams are looked for."""
        self._store.setValue("live/peers", " ".join(peers))

    def beeps(self) -> bool:
        """Return whether an alarm is heard; it is silent unless that was switched on."""
        return self._text("live/beeps", "no") == "yes"

    def set_beeps(self, on: bool) -> None:
        """Remember whether an alarm is heard."""
        self._store.setValue("live/beeps", "yes" if on else "no")

    def scrolls(self) -> bool:
        """Return whether the paper scrolls; it is swept as long as nobody chose otherwise."""
        return self._text("live/scrolls", "no") == "yes"

    def set_scrolls(self, on: bool) -> None:
        """Remember whether the paper scrolls."""
        self._store.setValue("live/scrolls", "yes" if on else "no")

    def shows_evidence(self) -> bool:
        """Return whether evidence is laid on the paper; it is, as long as nobody chose otherwise."""
        return self._text("live/evidence", "yes") != "no"

    def set_shows_evidence(self, on: bool) -> None:
        """Remember whether evidence is laid on the paper."""
        self._store.setValue("live/evidence", "yes" if on else "no")

    def columns(self) -> int:
        """Return in how many columns the leads stand, one of `COLUMNS`."""
        value = self._number("live/columns", 0)
        return int(value) if value in COLUMNS else 0

    def set_columns(self, columns: int) -> None:
        """Remember in how many columns the leads stand."""
        self._store.setValue("live/columns", columns)

    def speed_mm_per_s(self) -> float:
        """Return the paper's speed."""
        value = self._number("live/speed_mm_per_s", DEFAULT_SPEED_MM_PER_S)
        return value if value in SPEEDS_MM_PER_S else DEFAULT_SPEED_MM_PER_S

    def set_speed(self, mm_per_s: float) -> None:
        """Remember the paper's speed."""
        self._store.setValue("live/speed_mm_per_s", mm_per_s)

    def gain_mm_per_mv(self) -> float:
        """Return the paper's gain."""
        value = self._number("live/gain_mm_per_mv", DEFAULT_GAIN_MM_PER_MV)
        return value if value in GAINS_MM_PER_MV else DEFAULT_GAIN_MM_PER_MV

    def set_gain(self, mm_per_mv: float) -> None:
        """Remember the paper's gain."""
        self._store.setValue("live/gain_mm_per_mv", mm_per_mv)

    def geometry(self) -> QByteArray:
        """Return where the window stood, empty at first."""
        value = self._store.value("live/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window stands."""
        self._store.setValue("live/geometry", geometry)

    def _text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _number(self, key: str, default: float) -> float:
        try:
            value = float(str(self._store.value(key, default)))
        except ValueError:
            return default
        return value if math.isfinite(value) else default
