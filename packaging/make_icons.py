"""Draw the program's icon: an ECG on paper with the evidence behind its QRS; less detail where it is small.

Usage: python packaging/make_icons.py    writes resources/icons/, packaging/windows/*.ico and packaging/macos/*.icns

Run packaging/make_manifest.py afterwards.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "icons"
NAME = "cardio-desktop"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
SIDE = 64.0
"""Units of the drawing: one is a pixel at 64."""

PAPER, GRID, FRAME, TRACE, EVIDENCE = "#fff3ee", "#f3b3a6", "#a8392b", "#16202c", "#f28c1e"
BEAT = (
    (4.0, 36.0), (12.0, 36.0), (15.0, 32.0), (18.5, 36.0), (23.0, 36.0), (25.5, 40.0), (30.5, 10.0), (36.0, 53.0),
    (39.5, 36.0), (45.0, 36.0), (50.0, 29.0), (54.5, 36.0), (60.0, 36.0),
)  # fmt: skip
"""P, QRS and T of one beat."""
SMALL_BEAT = ((5.0, 37.0), (21.0, 37.0), (30.0, 9.0), (37.0, 55.0), (44.0, 37.0), (59.0, 37.0))
"""What 16 to 24 pixels can show of it."""


def svg(size_px: int) -> str:
    """Return the drawing for one size: below 48 pixels no fine grid, below 32 the QRS alone."""
    small = size_px < 32
    step = 16 if size_px < 48 else 8
    lines = [] if small else [k * step for k in range(1, int(SIDE) // step)]
    grid = "".join(
        f'<path d="M{k} 3V61M3 {k}H61" stroke="{GRID}" stroke-width="{1.4 if k % 16 == 0 else 0.7}" fill="none"/>'
        for k in lines
    )
    beat = SMALL_BEAT if small else BEAT
    width = 6.0 if small else 4.4 if size_px < 48 else 3.2
    points = " ".join(f"{x:g},{y:g}" for x, y in beat)
    left, right = (20.0, 46.0) if small else (23.0, 41.0)
    band = f'<rect x="{left}" y="3" width="{right - left}" height="58" fill="{EVIDENCE}" fill-opacity="0.55"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size_px}" height="{size_px}" viewBox="0 0 64 64">'
        f'<rect x="2" y="2" width="60" height="60" rx="11" fill="{PAPER}"/>{grid}{band}'
        f'<polyline points="{points}" fill="none" stroke="{TRACE}" stroke-width="{width}" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<rect x="2" y="2" width="60" height="60" rx="11" fill="none" stroke="{FRAME}" stroke-width="3"/></svg>\n'
    )


def main() -> int:
    """Write the SVG, a PNG of each size, and the bundles that Windows and macOS take."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    assert app is not None
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{NAME}.svg").write_text(svg(256), encoding="utf-8")
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer(svg(size).encode()).render(painter)
        painter.end()
        image.save(str(FOLDER / f"{NAME}-{size}.png"))
    pictures = {size: Image.open(FOLDER / f"{NAME}-{size}.png").convert("RGBA") for size in SIZES}
    largest = pictures[max(SIZES)]
    ico, icns = ROOT / "packaging" / "windows" / f"{NAME}.ico", ROOT / "packaging" / "macos" / f"{NAME}.icns"
    others = [pictures[size] for size in ICO_SIZES]
    largest.save(ico, sizes=[(size, size) for size in ICO_SIZES], append_images=others)
    largest.save(icns, append_images=[pictures[size] for size in SIZES])
    for path in (*sorted(FOLDER.iterdir()), ico, icns):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1024:.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
