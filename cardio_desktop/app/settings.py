"""What the program remembers between two starts: recent files, the way of looking, window places, screen densities."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths, QUrl

from cardio_desktop.analysis.display_filters import HIGHPASS_HZ, LOWPASS_HZ, NOTCH_HZ, DisplayFilter
from cardio_desktop.app.i18n import LANGUAGES
from cardio_desktop.app.live_settings import LiveSettings
from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.app.viewport import MAX_EVIDENCE_FROM, Viewport
from cardio_desktop.core.file_names import kept_path, path_from
from cardio_desktop.core.holter import HolterLimits
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S, millivolts_per

RECENT_FILES = 12
GIVEN_FOLDERS = 50
FONT_PERCENT = (70, 250)
PAPERS = ("auto", "red", "blue", "grey", "white", "dark")
EVIDENCE_KEY = "view/evidence_shown_from"
"""Another key than that of 0.3, which remembered "everything" of every reader who had chosen nothing."""
ORGANIZATION = "CardioDesktop"
APPLICATION = "Cardio Desktop"

_PASSING: dict[str, Any] = {
    name: getattr(Viewport(), name)
    for name in ("start_s", "span_s", "offset_x_mm", "offset_y_mm", "evidence_class", "selected_beat_s")
}
"""What belongs to the record that is open, and its values for none."""


class Settings:
    """Typed access to QSettings; whatever is damaged or from another version reads as the default."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._is_own = store is None
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANIZATION, APPLICATION
        )
        self._known: Viewport | None = None
        self.reader = ReaderSettings(self._store)
        self.live = LiveSettings(self._store)

    def recent_files(self) -> list[Path]:
        """Return the files opened last, newest first, without those that are gone."""
        value = self._store.value("recent_files", [])
        listed = value if isinstance(value, list) else [value]
        names = [name for name in listed if isinstance(name, str) and name]
        return [path for path in map(path_from, names) if path.exists()][:RECENT_FILES]

    def add_recent_file(self, path: Path) -> None:
        """Put `path` first among the recent files."""
        resolved = path.resolve()
        others = [other for other in self.recent_files() if other != resolved]
        self._store.setValue("recent_files", [kept_path(p) for p in [resolved, *others]][:RECENT_FILES])

    def values(self) -> dict[str, object]:
        """Return everything that is remembered, by its key."""
        return {key: self._store.value(key) for key in self._store.allKeys()}

    def came_from(self, version: str) -> str:
        """Return the version that ran here before `version`, "" for none or the same, and remember this one."""
        before = self._text("program/version", "")
        self._store.setValue("program/version", version)
        return before if before != version else ""

    def clear_recent_files(self) -> None:
        """Forget the recent files and folders."""
        self._store.remove("recent_files")
        self._store.remove("recent_folders")

    def given_options(self, folder: Path) -> dict[str, float | str]:
        """Return what was entered last for tables of numbers in `folder`: "rate_hz" in Hz and "unit"."""
        try:
            found = json.loads(self._text("tables/given", "{}"))[kept_path(folder.resolve())]
            rate, unit = found.get("rate_hz"), found.get("unit")
        except (ValueError, KeyError, TypeError, AttributeError):
            return {}
        kept: dict[str, float | str] = {}
        if isinstance(rate, int | float) and math.isfinite(rate) and rate > 0:
            kept["rate_hz"] = float(rate)
        if isinstance(unit, str) and millivolts_per(unit) is not None:
            kept["unit"] = unit
        return kept

    def set_given_options(self, folder: Path, given: Mapping[str, float | str]) -> None:
        """Remember what was entered for tables of numbers in `folder`; the folders entered last are kept."""
        try:
            found = json.loads(self._text("tables/given", "{}"))
        except ValueError:
            found = {}
        folders: dict[str, Any] = found if isinstance(found, dict) else {}
        name = kept_path(folder.resolve())
        before = self.given_options(folder)
        folders.pop(name, None)
        folders[name] = {**before, **given}
        self._store.setValue("tables/given", json.dumps(dict(list(folders.items())[-GIVEN_FOLDERS:])))

    def holter_limits(self) -> HolterLimits:
        """Return the limits by which Holter readings are counted, the usual ones at first."""
        try:
            return HolterLimits(**json.loads(self._text("holter/limits", "{}")))
        except (ValueError, TypeError):
            return HolterLimits()

    def set_holter_limits(self, limits: HolterLimits) -> None:
        """Remember the limits by which Holter readings are counted."""
        self._store.setValue("holter/limits", json.dumps(asdict(limits)))

    def last_folder(self) -> str:
        """Return the folder of the file opened last, or an empty text."""
        recent = self.recent_files()
        return str(recent[0].parent) if recent else ""

    def last_export(self) -> tuple[str, str]:
        """Return folder and format that an ECG was saved in last, empty texts at first."""
        return self._text("export/folder", ""), self._text("export/format", "")

    def set_last_export(self, folder: str, kind: str) -> None:
        """Remember where, and in which format, an ECG was saved."""
        self._store.setValue("export/folder", folder)
        self._store.setValue("export/format", kind)

    def last_outbox(self) -> tuple[str, tuple[str, ...]]:
        """Return folder and kinds that results were handed out in last, empty at first."""
        return self._text("outbox/folder", ""), tuple(self._text("outbox/kinds", "").split())

    def set_last_outbox(self, folder: str, kinds: Sequence[str]) -> None:
        """Remember where, and as what, results were handed out."""
        self._store.setValue("outbox/folder", folder)
        self._store.setValue("outbox/kinds", " ".join(kinds))

    def clinic_database(self) -> str:
        """Return the address of the clinic's database where an administrator set it for this user alone, else ""."""
        return self._text("clinic/database", "")

    def recent_folders(self) -> list[Path]:
        """Return the folders whose worklists were opened last, newest first, without those that are gone."""
        value = self._store.value("recent_folders", [])
        listed = value if isinstance(value, list) else [value]
        names = [name for name in listed if isinstance(name, str) and name]
        return [path for path in map(path_from, names) if path.is_dir()][:RECENT_FILES]

    def add_recent_folder(self, path: Path) -> None:
        """Put `path` first among the recent folders."""
        resolved = path.resolve()
        others = [other for other in self.recent_folders() if other != resolved]
        self._store.setValue("recent_folders", [kept_path(p) for p in [resolved, *others]][:RECENT_FILES])

    def triage(self) -> bool:
        """Return whether the worklist tells tiers before reading; off unless it was switched on."""
        return self._text("worklist/triage", "off") == "on"

    def set_triage(self, on: bool) -> None:
        """Remember whether the worklist tells tiers before reading."""
        self._store.setValue("worklist/triage", "on" if on else "off")

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
        chosen = DisplayFilter(
            _among(self._number("view/highpass_hz", 0.0), HIGHPASS_HZ),
            _among(self._number("view/lowpass_hz", 0.0), LOWPASS_HZ),
            _among(self._number("view/notch_hz", 0.0), NOTCH_HZ),
            self._text("view/baseline", "no") == "yes",
        )
        return replace(
            default,
            layout_id=layout if layout in LAYOUTS or layout in LEAD_LAYOUTS else default.layout_id,
            rhythm_lead=self._text("view/rhythm_lead", default.rhythm_lead),
            speed_mm_per_s=speed if speed in SPEEDS_MM_PER_S else default.speed_mm_per_s,
            gain_mm_per_mv=gain if gain in GAINS_MM_PER_MV else default.gain_mm_per_mv,
            paper=self._one_of("view/paper", PAPERS),
            auto_gain=self._text("view/auto_gain", "no") == "yes",
            chest_half=self._text("view/chest_half", "no") == "yes",
            filter=chosen,
            filter_on=chosen.active and self._text("view/filter_on", "no") == "yes",
            zoom=1.0 if zoom == "true" else None,
            opacity=min(max(self._number("view/opacity", default.opacity), 0.1), 1.0),
            evidence_from=min(max(self._number(EVIDENCE_KEY, default.evidence_from), 0.0), MAX_EVIDENCE_FROM),
        )

    def set_viewport(self, viewport: Viewport) -> None:
        """Remember how the reader looks: layout, speed, gain, filters, paper, size, opacity."""
        # Called for every step of a drag, which changes nothing of it.
        known = replace(viewport, **_PASSING)
        if known == self._known:
            return
        self._known = known
        self._store.setValue("view/paper", viewport.paper)
        for key, number in (
            ("highpass_hz", viewport.filter.highpass_hz),
            ("lowpass_hz", viewport.filter.lowpass_hz),
            ("notch_hz", viewport.filter.notch_hz),
        ):
            self._store.setValue(f"view/{key}", number or 0.0)
        for key, on in (
            ("baseline", viewport.filter.baseline),
            ("filter_on", viewport.filter_on),
            ("auto_gain", viewport.auto_gain),
            ("chest_half", viewport.chest_half),
        ):
            self._store.setValue(f"view/{key}", "yes" if on else "no")
        self._store.setValue("view/rhythm_lead", viewport.rhythm_lead)
        self._store.setValue("view/layout", viewport.layout_id)
        self._store.setValue("view/speed_mm_per_s", viewport.speed_mm_per_s)
        self._store.setValue("view/gain_mm_per_mv", viewport.gain_mm_per_mv)
        self._store.setValue("view/zoom", "true" if viewport.zoom == 1.0 else "fit")
        self._store.setValue("view/opacity", viewport.opacity)
        self._store.setValue(EVIDENCE_KEY, viewport.evidence_from)

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

    def screen_density(self, screen: str) -> tuple[float, float] | None:
        """Return the measured device pixels per millimetre, across and down, of a screen; None if nobody has measured.

        `screen` is a name that `ui.screens.screen_key` makes.
        """
        found = [self._number(f"screens/{_key(screen)}/{axis}", 0.0) for axis in ("x", "y")]
        return (found[0], found[1]) if all(1.0 <= value <= 100.0 for value in found) else None

    def set_screen_density(self, screen: str, px_per_mm: tuple[float, float] | None) -> None:
        """Remember the measured density of a screen in device pixels; None forgets it."""
        if px_per_mm is None:
            self._store.remove(f"screens/{_key(screen)}")
            return
        for axis, value in zip(("x", "y"), px_per_mm, strict=True):
            self._store.setValue(f"screens/{_key(screen)}/{axis}", value)

    def paper_size(self) -> str:
        """Return the paper used last for printing: "a4" or "letter"."""
        return self._one_of("print/paper", ("a4", "letter"))

    def set_paper_size(self, size: str) -> None:
        """Remember the paper used for printing."""
        self._store.setValue("print/paper", size)

    def report_annex(self) -> bool:
        """Return whether a saved report has its annex; it has, as long as nobody chose otherwise."""
        return self._text("report/annex", "on") != "off"

    def set_report_annex(self, on: bool) -> None:
        """Remember whether a saved report has its annex."""
        self._store.setValue("report/annex", "on" if on else "off")

    def print_annex(self) -> bool:
        """Return whether a printed report has its annex; it has none as long as nobody chose otherwise."""
        return self._text("print/annex", "off") == "on"

    def set_print_annex(self, on: bool) -> None:
        """Remember whether a printed report has its annex."""
        self._store.setValue("print/annex", "on" if on else "off")

    def letterhead(self) -> Path | None:
        """Return the file of the letterhead that stands above reports, None for none."""
        name = self._text("report/letterhead", "")
        return path_from(name) if name else None

    def set_letterhead(self, path: Path | None) -> None:
        """Remember the letterhead."""
        self._store.setValue("report/letterhead", "" if path is None else kept_path(path))

    def theme(self) -> str:
        """Return "system", "light" or "dark"."""
        return self._one_of("look/theme", ("system", "light", "dark"))

    def set_theme(self, theme: str) -> None:
        """Remember the theme."""
        self._store.setValue("look/theme", theme)

    def font_percent(self) -> int:
        """Return the size of the interface's letters in percent of the system's."""
        return round(min(max(self._number("look/font_percent", 100.0), FONT_PERCENT[0]), FONT_PERCENT[1]))

    def set_font_percent(self, percent: int) -> None:
        """Remember the size of the letters."""
        self._store.setValue("look/font_percent", percent)

    def worklist_header(self) -> QByteArray:
        """Return widths, order, sort and hidden columns of the worklist as its header keeps them; empty for none."""
        value = self._store.value("worklist/columns")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_worklist_header(self, state: QByteArray) -> None:
        """Remember the columns of the worklist."""
        self._store.remove("worklist/header")  # of an earlier version, which had other columns
        self._store.setValue("worklist/columns", state)

    def worklist_filter(self) -> tuple[str, str]:
        """Return what the worklist was filtered by: fields as they were typed, and a kind; empty for all."""
        return self._text("worklist/filter", ""), self._text("worklist/kind", "")

    def set_worklist_filter(self, text: str, kind: str) -> None:
        """Remember the filter of the worklist; `text` must name no patient."""
        self._store.setValue("worklist/filter", text)
        self._store.setValue("worklist/kind", kind)

    def narrow_worklist(self) -> bool:
        """Return whether the worklist is narrow while a record is read."""
        return self._text("worklist/narrow", "off") == "on"

    def set_narrow_worklist(self, on: bool) -> None:
        """Remember whether the worklist is narrow while a record is read."""
        self._store.setValue("worklist/narrow", "on" if on else "off")

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

    def _one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._text(key, allowed[0])
        return value if value in allowed else allowed[0]

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _number(self, key: str, default: float) -> float:
        try:
            value = float(str(self._store.value(key, default)))
        except ValueError:
            return default
        return value if math.isfinite(value) else default


def _among(value: float, allowed: tuple[float, ...]) -> float | None:
    return value if value in allowed else None


def _key(name: str) -> str:
    """Return a name as one part of a settings key."""
    return bytes(QUrl.toPercentEncoding(name).data()).decode("ascii")
