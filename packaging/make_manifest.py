"""Write model_assets/manifest.json: the SHA-256 of every file that the program reads of its own.

Usage: python packaging/make_manifest.py

To be run after anything in model_assets/ or resources/ was made anew, last of all.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cardio_desktop.paths import MANIFEST, write_manifest

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write the manifest of this checkout and say how many files it names."""
    print(f"{MANIFEST}: {write_manifest(ROOT)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
