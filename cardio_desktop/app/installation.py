"""What is installed: versions of the program and its parts, and whether its own files are what was shipped."""

from __future__ import annotations

import hashlib
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion

from cardio_desktop import __version__
from cardio_desktop.paths import MANIFEST, AssetError, asset, listed_assets

PARTS = (
    "PySide6-Essentials", "pyqtgraph", "numpy", "scipy", "onnxruntime", "wfdb", "pydicom", "reportlab", "SQLAlchemy",
)  # fmt: skip
MODELS = ("model_assets/classifier.onnx", "model_assets/delineator.onnx")
SHORT = 16


@dataclass(frozen=True)
class Installation:
    """Versions by part; the digests of the models and of the list of all files; and which files are not as shipped."""

    versions: dict[str, str]
    digests: dict[str, str]
    files: int
    changed: tuple[str, ...]


def part_version(name: str) -> str:
    """Return a part's version, "?" where the installation does not say it."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def installation() -> Installation:
    """Look at all of it; reads a few megabytes."""
    versions = {
        "Cardio Desktop": __version__,
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "frozen": str(bool(getattr(sys, "frozen", False))).lower(),
        **{name: part_version(name) for name in PARTS},
    }
    try:
        listed = listed_assets()
        manifest = hashlib.sha256(asset(MANIFEST).read_bytes()).hexdigest()
    except (AssetError, OSError):
        return Installation(versions, {}, 0, (MANIFEST,))
    digests = {name: listed[name] for name in MODELS if name in listed} | {MANIFEST: manifest}
    return Installation(versions, digests, len(listed), tuple(name for name in listed if not _as_shipped(name, listed)))


def _as_shipped(name: str, listed: dict[str, str]) -> bool:
    try:
        return hashlib.sha256(asset(name).read_bytes()).hexdigest() == listed[name]
    except (AssetError, OSError):
        return False


def as_text(found: Installation) -> str:
    """Return it as lines to be copied."""
    lines = [f"{name}: {told}" for name, told in found.versions.items()]
    lines += [f"{name}: SHA-256 {digest}" for name, digest in found.digests.items()]
    lines.append(f"files checked: {found.files}; not as shipped: {', '.join(found.changed) or 'none'}")
    return "\n".join(lines)
