"""Make the README's pictures from the real program and the simulated samples: docs/pictures/*.png.

Usage: python packaging/make_pictures.py [FOLDER]    (needs pdftoppm of poppler-utils for the report's pages)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "resources" / "samples"
WINDOW = (1600, 1000)
# Name of the picture: (sample, layout, evidence).
WINDOWS = {
    "window-infarction": ("anterior-mi.hea", "3x4+1", "MI"),
    "window-bundle-branch-block": ("lbbb.hea", "12x1", "CD"),
    "window-noise": ("noisy-normal.hea", "3x4+1", None),
}
REPORT_PAGES = ("report-ecg", "report-findings", "report-measurements")
REPORT_SAMPLE = "anterior-mi.hea"
REPORT_DPI = 100
MOST_BYTES = 1_500_000
MOST_CHANGE = 24
MOST_WAITS = 2400


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


def window_pictures(folder: Path) -> list[Path]:
    """Grab the window with each sample."""
    from cardio_desktop.ui.screenshot import save_screenshot

    made = []
    for name, (sample, layout, evidence) in WINDOWS.items():
        target = folder / f"{name}.png"
        save_screenshot(SAMPLES / sample, target, layout=layout, evidence=evidence, size=WINDOW)
        made.append(target)
    return made


def worklist_picture(folder: Path) -> list[Path]:
    """Grab the window with the folder of samples as a worklist, all of it analysed, in the dark theme."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from cardio_desktop.app.session import Session
    from cardio_desktop.app.settings import Settings
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.commands_worklist import open_folder
    from cardio_desktop.ui.main_window import MainWindow

    make_application()
    target = folder / "window-worklist.png"
    with tempfile.TemporaryDirectory() as temporary:
        settings = Settings(QSettings(str(Path(temporary) / "settings.ini"), QSettings.Format.IniFormat))
        settings.set_read_first(False)
        window = MainWindow(Session(settings))
        window.choose_theme("dark")
        window.resize(*WINDOW)
        window.show()
        open_folder(window, SAMPLES)
        window.session.open(SAMPLES / "lbbb.hea")
        window.session.look(layout_id="6x2")
        for _ in range(MOST_WAITS):
            QApplication.processEvents()
            time.sleep(0.05)  # QTest.qWait would hold the interpreter and starve the threads that read
            progress = window.worklist.progress
            if window.session.state.findings is not None and progress.done == progress.total and not progress.scanning:
                break
        for _ in range(10):
            QApplication.processEvents()
            time.sleep(0.05)
        window.grab().save(str(target))
        window.close()
    return [target]


def report_pictures(folder: Path) -> list[Path]:
    """Write the sample's report and render its pages."""
    from cardio_desktop.io import open_record
    from cardio_desktop.pipeline import analyze, load_models
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
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    pictures = window_pictures(folder) + worklist_picture(folder) + report_pictures(folder)
    for picture in pictures:
        shrink(picture)
        print(f"{picture}  {picture.stat().st_size // 1024} kB")
    total = sum(picture.stat().st_size for picture in pictures)
    if total > MOST_BYTES:
        print(f"{total} bytes in all, more than {MOST_BYTES}.", file=sys.stderr)
    return int(total > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
