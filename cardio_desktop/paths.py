"""Where the program's own files lie: in a checkout, an installed wheel or the frozen application."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from cardio_desktop.core.errors import CardioError

PACKAGE = Path(__file__).resolve().parent
FOLDERS = ("model_assets", "resources")
MANIFEST = "model_assets/manifest.json"
DOCUMENTS = frozenset({".md", ".svg"})
"""What stands among the assets for people, and is not read by the program."""


class AssetError(CardioError):
    """A file that belongs to the program is missing or damaged."""

    kind = "installation"


def asset(name: str) -> Path:
    """Return the file or folder `name` ("resources/fonts", "model_assets") of the program itself.

    Raises AssetError where it is missing.
    """
    for root in asset_roots():
        if (path := root / name).exists():
            return path
    raise AssetError(f"{name} is missing from this installation of Cardio Desktop; install it again.")


def intact(name: str) -> Path:
    """Return the asset `name` once it, or each file in it, has proved to be what was shipped.

    A threshold that is off by one digit changes an opinion as much as a weight does. Raises AssetError naming the file.
    """
    path = asset(name)
    listed = _manifest()
    own = {file: digest for file, digest in listed.items() if file == name or file.startswith(f"{name}/")}
    if not own:
        raise AssetError(f"{name} does not stand in {MANIFEST}; install Cardio Desktop again.")
    root = path.parents[name.count("/")]
    for file, digest in own.items():
        _check(root / file, file, digest)
    return path


def listed_assets() -> dict[str, str]:
    """Return the SHA-256 that each of the program's own files was shipped with; raises AssetError without the list."""
    return dict(_manifest())


def _check(path: Path, name: str, digest: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise AssetError(f"{name} is missing or cannot be read; install Cardio Desktop again.") from error
    if found != digest:
        raise AssetError(
            f"{name} is damaged: its SHA-256 begins with {found[:12]}, {MANIFEST} says {digest[:12]}; install Cardio "
            "Desktop again."
        )


def _manifest() -> Mapping[str, str]:
    path = asset(MANIFEST)
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssetError(f"{MANIFEST} is damaged; install Cardio Desktop again.") from error
    if not isinstance(files, dict) or not all(isinstance(digest, str) for digest in files.values()):
        raise AssetError(f"{MANIFEST} is damaged; install Cardio Desktop again.")
    return files


def manifest_of(root: Path) -> dict[str, str]:
    """Return the SHA-256 of every asset under `root` by its name, as the manifest lists them."""
    files = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    names = {path.relative_to(root).as_posix(): path for path in files if path.suffix not in DOCUMENTS}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in names.items() if name != MANIFEST}


def write_manifest(root: Path) -> int:
    """Write the manifest of the checkout `root` and return how many files it names."""
    files = manifest_of(root)
    (root / MANIFEST).write_text(json.dumps({"schema": 1, "files": files}, indent=1) + "\n", encoding="utf-8")
    return len(files)


def asset_roots() -> tuple[Path, ...]:
    """Return the folders that may hold `resources` and `model_assets`, the likeliest first."""
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen), Path(frozen) / PACKAGE.name / "_assets"] if frozen else []
    # The wheel's folder stands before the checkout's: the latter is site-packages once the wheel is installed.
    return (*roots, PACKAGE / "_assets", PACKAGE.parent)
