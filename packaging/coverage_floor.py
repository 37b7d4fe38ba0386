"""Compares the share of the code that the tests reached with its floors: `[tool.cardio.coverage]` of pyproject.toml.

Reads `.coverage.json`, which `make test` writes in continuous integration. Lines and branches count alike; code that
only runs in helper processes counts as not reached.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def reached(files: Mapping[str, Any], part: str = "") -> float:
    """Return the share in percent that was reached of the files below `part` of the package (or of that file)."""
    place = f"cardio_desktop/{part}"
    own = [
        found["summary"]
        for name, found in files.items()
        if (path := name.replace("\\", "/")) == place or path.startswith(f"{place}/" if part else place)
    ]
    possible = sum(item["num_statements"] + item["num_branches"] for item in own)
    hit = sum(item["covered_lines"] + item["covered_branches"] for item in own)
    return 100.0 * hit / possible if possible else 0.0


def below(files: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """Return a line for each floor that is not reached."""
    wanted = {"": floors["whole"], **floors["parts"]}
    return [
        f"{part or 'the whole'}: {share:.1f} % of {floor} % reached"
        for part, floor in wanted.items()
        if (share := reached(files, part)) < floor
    ]


def main() -> int:
    """Print what was reached and return 1 where that is less than a floor."""
    files = json.loads((ROOT / ".coverage.json").read_text(encoding="utf-8"))["files"]
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["cardio"]["coverage"]
    for part in ("", *floors["parts"]):
        print(f"{part or 'the whole':24} {reached(files, part):5.1f} %")
    short = below(files, floors)
    for line in short:
        print(f"too little is tested: {line}", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
