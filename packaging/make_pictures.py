"""Make the README's pictures from the real program and the simulated samples: docs/pictures/*.png.

Usage: python packaging/make_pictures.py            (needs pdftoppm of poppler-utils for the report's pages)
       python packaging/make_pictures.py FOLDER     every state of the window and every page, to be looked at
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from picture_states import STATES, photograph

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "resources" / "samples"
WINDOW = (1600, 1000)
SHOWN = (
    "window-infarction", "window-german", "window-calipers", "window-comparison", "window-long", "window-worklist",
    "window-live", "report-ecg",
)  # fmt: skip
"""What README and manual show."""
REPORT_PAGES = ("report-ecg", "report-evidence", "report-findings", "report-measurements")
REPORT_SAMPLE = "anterior-mi.hea"
REPORT_DPI = 100
MOST_BYTES = 900_000
MOST_CHANGE = 24


def shrink(path: Path) -> None:
    """Write a PNG again with a palette: a program's screen has few colours, and a README is loaded often.

    Raises ValueError if a pixel changed visibly: median cut would turn the rare blue of the evidence grey.
    """
    import numpy as np
    from PIL import Image, ImageChops

    with Image.open(path) as image:
        full = image.convert("RGB")
    method, no_dither = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE
    small = full.quantize(colors=256, method=method, kmeans=3, dither=no_dither)
    worst = int(np.asarray(ImageChops.difference(full, small.convert("RGB"))).max())
    if worst > MOST_CHANGE:
        raise ValueError(f"{path.name}: a palette changes a colour by {worst} of 255")
    small.save(path, optimize=True)


def window_pictures(folder: Path, names: Iterable[str]) -> list[Path]:
    """Photograph the window in each of these states."""
    made = []
    for name in names:
        photograph(name, folder / f"{name}.png", WINDOW)
        made.append(folder / f"{name}.png")
    return made


def report_pictures(folder: Path) -> list[Path]:
    """Write the sample's report and render its pages."""
    from cardio_desktop.io import open_record
    from cardio_desktop.reading.pipeline import analyze, load_models
    from cardio_desktop.report.pdf import ReportOptions, customary_evidence, write_pdf

    renderer = shutil.which("pdftoppm")
    if renderer is None:
        raise SystemExit("pdftoppm is missing; install poppler-utils.")
    record = open_record(SAMPLES / REPORT_SAMPLE)
    findings = analyze(record, load_models())
    with tempfile.TemporaryDirectory() as temporary:
        pdf = Path(temporary) / "report.pdf"
        # A fixed time, so that the pictures change only when the program does.
        created = datetime(2026, 1, 5, 10, 0).astimezone()
        write_pdf(record, findings, pdf, ReportOptions(evidence=customary_evidence(findings)), created=created)
        for number, name in enumerate(REPORT_PAGES, start=1):
            page = ["-f", str(number), "-l", str(number), "-singlefile"]
            subprocess.run([renderer, "-png", "-r", str(REPORT_DPI), *page, str(pdf), str(folder / name)], check=True)
    return [folder / f"{name}.png" for name in REPORT_PAGES]


def main() -> int:
    """Make all pictures; returns 1 if they are too large for a repository."""
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    every = bool(sys.argv[1:])
    folder = Path(sys.argv[1]) if every else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    wanted = [name for name in STATES if every or name in SHOWN]
    pictures = []
    for picture in window_pictures(folder, wanted) + report_pictures(folder):
        if every or picture.stem in SHOWN:
            pictures.append(picture)
        else:
            picture.unlink()
    for picture in pictures:
        shrink(picture)
        print(f"{picture}  {picture.stat().st_size // 1024} kB")
    total = sum(picture.stat().st_size for picture in pictures)
    too_large = not every and total > MOST_BYTES
    if too_large:
        print(f"{total} bytes in all, more than {MOST_BYTES}.", file=sys.stderr)
    return int(too_large)


if __name__ == "__main__":
    sys.exit(main())
