"""Write model_assets/manifest.json: the SHA-256 of every file that the program reads of its own.

Usage: python packaging/make_manifest.py

To be run after anything in model_assets/ or resources/ was made anew, last of all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cardio_desktop.paths import MANIFEST, manifest_of

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Write the manifest of this checkout and say how many files it names."""
    files = manifest_of(ROOT)
    (ROOT / MANIFEST).write_text(json.dumps({"schema": 1, "files": files}, indent=1) + "\n", encoding="utf-8")
    print(f"{MANIFEST}: {len(files)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
