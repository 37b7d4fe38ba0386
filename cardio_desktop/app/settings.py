"""What the program remembers between two starts: recent files, the way of looking, window places, screen densities."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from cardio_desktop.app.i18n import LANGUAGES
from cardio_desktop.app.viewport import MAX_EVIDENCE_FROM, Viewport
from cardio_desktop.core.leads import LAYOUTS
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S

RECENT_FILES = 12
ORGANIZATION = "CardioDesktop"
APPLICATION = "Cardio Desktop"


class Settings:
    """Typed access to QSettings; whatever is damaged or from another version reads as the default."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._is_own = store is None
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANIZATION, APPLICATION
        )

    def recent_files(self) -> list[Path]:
        """Return the files opened last, newest first, without those that are gone."""
        value = self._store.value("recent_files", [])
        listed = value if isinstance(value, list) else [value]
        names = [name for name in listed if isinstance(name, str) and name]
        return [path for path in (Path(name) for name in names) if path.exists()][:RECENT_FILES]

    def add_recent_file(self, path: Path) -> None:
        """Put `path` first among the recent files."""
        resolved = path.resolve()
        others = [other for other in self.recent_files() if other != resolved]
        self._store.setValue("recent_files", [str(p) for p in [resolved, *others]][:RECENT_FILES])

    def clear_recent_files(self) -> None:
        """Forget the recent files and folders."""
        self._store.remove("recent_files")
        self._store.remove("recent_folders")

    def last_folder(self) -> str:
        """Return the folder of the file opened last, or an empty text."""
        recent = self.recent_files()
        return str(recent[0].parent) if recent else ""

    def recent_folders(self) -> list[Path]:
        """Return the folders whose worklists were opened last, newest first, without those that are gone."""
        value = self._store.value("recent_folders", [])
        listed = value if isinstance(value, list) else [value]
        names = [name for name in listed if isinstance(name, str) and name]
        return [path for path in (Path(name) for name in names) if path.is_dir()][:RECENT_FILES]

    def add_recent_folder(self, path: Path) -> None:
        """Put `path` first among the recent folders."""
        resolved = path.resolve()
        others = [other for other in self.recent_folders() if other != resolved]
        self._store.setValue("recent_folders", [str(p) for p in [resolved, *others]][:RECENT_FILES])

    def cache_folder(self) -> Path:
        """Return where results that can be worked out again are kept: beside settings that are not the user's own."""
        if self._is_own:
            return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)) / (
                ORGANIZATION
            )
        return Path(self._store.fileName()).parent / "cache"

    def viewport(self) -> Viewport:
        """Return the remembered way of looking at a record."""
        default = Viewport()
        layout = self._text("view/layout", default.layout_id)
        speed = self._number("view/speed_mm_per_s", default.speed_mm_per_s)
        gain = self._number("view/gain_mm_per_mv", default.gain_mm_per_mv)
        zoom = self._text("view/zoom", "fit")
        return replace(
            default,
            layout_id=layout if layout in LAYOUTS else default.layout_id,
            speed_mm_per_s=speed if speed in SPEEDS_MM_PER_S else default.speed_mm_per_s,
            gain_mm_per_mv=gain if gain in GAINS_MM_PER_MV else default.gain_mm_per_mv,
            zoom=1.0 if zoom == "true" else None,
            opacity=min(max(self._number("view/opacity", default.opacity), 0.1), 1.0),
            evidence_from=min(max(self._number("view/evidence_from", default.evidence_from), 0.0), MAX_EVIDENCE_FROM),
        )

    def set_viewport(self, viewport: Viewport) -> None:
        """Remember how the reader looks: layout, speed, gain, size, opacity."""
        self._store.setValue("view/layout", viewport.layout_id)
        self._store.setValue("view/speed_mm_per_s", viewport.speed_mm_per_s)
        self._store.setValue("view/gain_mm_per_mv", viewport.gain_mm_per_mv)
        self._store.setValue("view/zoom", "true" if viewport.zoom == 1.0 else "fit")
        self._store.setValue("view/opacity", viewport.opacity)
        self._store.setValue("view/evidence_from", viewport.evidence_from)

    def read_first(self) -> bool:
        """Return whether findings stay hidden until the reader asks for them (as long as nobody chose otherwise)."""
        return self._text("reading/read_first", "on") != "off"

    def set_read_first(self, on: bool) -> None:
        """Remember whether findings stay hidden until the reader asks for them."""
        self._store.setValue("reading/read_first", "on" if on else "off")

    def language(self) -> str:
        """Return the language of the interface: "system", "en" or "de"."""
        value = self._text("interface/language", "system")
        return value if value in LANGUAGES else "system"

    def set_language(self, language: str) -> None:
        """Remember the language of the interface."""
        self._store.setValue("interface/language", language)

    def screen_px_per_mm(self, screen: str) -> float | None:
        """Return the measured logical pixels per millimetre of a screen, or None where nobody has measured it."""
        value = self._number(f"screens/{screen}", 0.0)
        return value if 1.0 <= value <= 60.0 else None

    def set_screen_px_per_mm(self, screen: str, px_per_mm: float | None) -> None:
        """Remember the measured density of a screen; None forgets it."""
        if px_per_mm is None:
            self._store.remove(f"screens/{screen}")
        else:
            self._store.setValue(f"screens/{screen}", px_per_mm)

    def window(self) -> tuple[QByteArray, QByteArray]:
        """Return the remembered geometry and dock state."""
        geometry, state = self._store.value("window/geometry"), self._store.value("window/state")
        empty = QByteArray()
        return (
            geometry if isinstance(geometry, QByteArray) else empty,
            state if isinstance(state, QByteArray) else empty,
        )

    def set_window(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember the geometry and dock state."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/state", state)

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _number(self, key: str, default: float) -> float:
        try:
            value = float(str(self._store.value(key, default)))
        except ValueError:
            return default
        return value if math.isfinite(value) else default
