"""What fills the frozen program, and how long it takes to its first paint beside the checkout's.

Usage: python packaging/size_and_start.py [TIMES]    by an environment with the program installed; needs dist/ and Xvfb

Both are started in turn, TIMES times (5), so that a busy machine is busy for both; the fastest of each is compared.
Exit status 1 if the frozen program takes more than 1.3 times as long.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from smoke import Program, copy_records, program_path, watch_window

MOST_RATIO = 1.3
LISTED = 14
GROUPS = {"PySide6": "Qt", "shiboken6": "Qt", "pillow.libs": "PIL", "psycopg_binary.libs": "psycopg_binary"}


def sizes(folder: Path) -> Counter[str]:
    """Return bytes by part: a package with its libraries, or what lies loose."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(folder).parts
            part = inside[1] if inside[0] == "_internal" and len(inside) > 2 else "loose libraries and program"
            part = part.split("-")[0] if part.endswith(".dist-info") else part
            found[GROUPS.get(part, part.removesuffix(".libs"))] += path.stat().st_size
    return found


def main() -> int:
    """Print both; returns the exit status."""
    times = int(sys.argv[1]) if sys.argv[1:] else 5
    program = program_path()
    parts = sizes(program.parent)
    print(f"{sum(parts.values()) / 2**20:.0f} MB in all")
    for name, size in parts.most_common(LISTED):
        print(f"{size / 2**20:8.1f} MB  {name}")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        record, _ = copy_records(home)
        rivals = {
            "frozen": Program(program, home),
            "checkout": Program(Path("cardio_desktop"), home, (sys.executable, "-m")),
        }
        taken: dict[str, list[float]] = {name: [] for name in rivals}
        for _ in range(times):
            for rival, one in rivals.items():
                taken[rival].append(watch_window(one, record)[0])
    for rival, seconds in taken.items():
        print(f"{rival}: first paint after {', '.join(f'{s:.2f}' for s in sorted(seconds))} s")
    ratio = min(taken["frozen"]) / min(taken["checkout"])
    print(f"ratio {ratio:.2f}, at most {MOST_RATIO} wanted")
    return int(ratio > MOST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
