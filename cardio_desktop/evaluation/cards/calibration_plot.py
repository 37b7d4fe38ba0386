"""Reliability of the five probabilities as one small SVG: what was said against what was seen, with intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cardio_desktop.core.findings import CLASS_NAMES

SIDE, GAP, TOP, LEFT = 108, 30, 30, 40
"""Pixels; five panels fit into the window's page."""
Z = 1.959964


def _wilson(share: float, count: int) -> tuple[float, float]:
    centre = share + Z * Z / (2 * count)
    spread = Z * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    scale = 1 + Z * Z / count
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def calibration_svg(classes: Mapping[str, Any]) -> str:
    """Return the plot of the card's `metrics.evaluation.classes`: one panel a class, one dot a bin of equal mass.

    The bars are Wilson's 95 % intervals of the share seen; the line is where said and seen agree.
    """
    width = LEFT + len(classes) * (SIDE + GAP)
    height = TOP + SIDE + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11" fill="#222">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="{TOP + SIDE / 2:g}" transform="rotate(-90 12 {TOP + SIDE / 2:g})" '
        'text-anchor="middle">seen, %</text>',
    ]
    for place, (code, values) in enumerate(classes.items()):
        x0, y0 = LEFT + place * (SIDE + GAP), TOP
        parts.append(
            f'<text x="{x0 + SIDE / 2:g}" y="{y0 - 10}" text-anchor="middle">{CLASS_NAMES.get(code, code)}</text>'
        )
        parts.append(f'<rect x="{x0}" y="{y0}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>')
        parts.append(
            f'<line x1="{x0}" y1="{y0 + SIDE}" x2="{x0 + SIDE}" y2="{y0}" stroke="#999" stroke-dasharray="3 3"/>'
        )
        for tick in (0, 50, 100):
            at = SIDE * tick / 100
            parts.append(f'<text x="{x0 + at:g}" y="{y0 + SIDE + 14}" text-anchor="middle">{tick}</text>')
            if place == 0:
                parts.append(f'<text x="{x0 - 4}" y="{y0 + SIDE - at + 4:g}" text-anchor="end">{tick}</text>')
        parts.append(f'<text x="{x0 + SIDE / 2:g}" y="{y0 + SIDE + 32}" text-anchor="middle">said, %</text>')
        for cell in values.get("reliability", ()):
            x, y = x0 + SIDE * cell["said"], y0 + SIDE * (1 - cell["seen"])
            low, high = _wilson(cell["seen"], cell["records"])
            ends = f'y1="{y0 + SIDE * (1 - low):.1f}" x2="{x:.1f}" y2="{y0 + SIDE * (1 - high):.1f}"'
            parts.append(f'<line x1="{x:.1f}" {ends} stroke="#2a6f97"/>')
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#2a6f97"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"
