"""Where the program's own files lie: in a checkout, an installed wheel or the frozen application."""

from __future__ import annotations

import sys
from pathlib import Path

from cardio_desktop.core.errors import CardioError

PACKAGE = Path(__file__).resolve().parent


class AssetError(CardioError):
    """A file that belongs to the program is missing."""

    kind = "installation"


def asset(name: str) -> Path:
    """Return the file or folder `name` ("resources/fonts", "model_assets") of the program itself.

    Raises AssetError where it is missing.
    """
    for root in asset_roots():
        if (path := root / name).exists():
            return path
    raise AssetError(f"{name} is missing from this installation of Cardio Desktop; install it again.")


def asset_roots() -> tuple[Path, ...]:
    """Return the folders that may hold `resources` and `model_assets`, the likeliest first."""
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen), Path(frozen) / PACKAGE.name / "_assets"] if frozen else []
    # The wheel's folder stands before the checkout's: the latter is site-packages once the wheel is installed.
    return (*roots, PACKAGE / "_assets", PACKAGE.parent)
