"""Letters that a report can print, and what stands in place of those it cannot."""

from __future__ import annotations

import unicodedata
from functools import cache

from cardio_desktop.paths import intact

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"
ELLIPSIS = "…"


@cache
def _covered() -> frozenset[int]:
    """Register both fonts with reportlab and return the characters that both have."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = [TTFont(name, str(intact(f"resources/fonts/{name}.ttf"))) for name in (REGULAR, BOLD)]
    for font in fonts:
        pdfmetrics.registerFont(font)
    return frozenset(set(fonts[0].face.charToGlyph) & set(fonts[1].face.charToGlyph))


def font(bold: bool = False) -> str:
    """Return the name of the font for reportlab."""
    _covered()
    return BOLD if bold else REGULAR


def drawable(text: str) -> str:
    """Return `text` with every character that cannot be printed rightly as its code, "[U+4E2D]".

    That is what the font lacks, and scripts written from right to left or shaped by their neighbours, which would come
    out in the wrong order. A code is ugly, but nobody takes it for the whole name.
    """
    covered = _covered()
    out = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            out.append(" ")
        elif unicodedata.category(char) == "Cc":
            continue
        elif ord(char) in covered and unicodedata.bidirectional(char) not in ("R", "AL", "RLE", "RLO", "RLI", "LRO"):
            out.append(char)
        else:
            out.append(f"[U+{ord(char):04X}]")
    return "".join(out)


def width(text: str, size_pt: float, bold: bool = False) -> float:
    """Return the width in points of a drawable text."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font(bold), size_pt))


def wrap(text: str, width_pt: float, size_pt: float, bold: bool = False) -> list[str]:
    """Return the drawable lines of `text`, none wider than `width_pt`; a word wider than that is broken."""
    lines: list[str] = []
    line = ""
    for word in drawable(text).split():
        longer = f"{line} {word}" if line else word
        if width(longer, size_pt, bold) <= width_pt:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size_pt, bold) > width_pt:
            cut = _fitting(word, width_pt, size_pt, bold)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line or not lines else lines


def shorten(text: str, width_pt: float, size_pt: float, bold: bool = False) -> str:
    """Return the drawable `text`, cut with an ellipsis where it is wider than `width_pt`."""
    whole = drawable(text)
    if width(whole, size_pt, bold) <= width_pt:
        return whole
    cut = _fitting(whole, width_pt - width(ELLIPSIS, size_pt, bold), size_pt, bold)
    return whole[:cut].rstrip() + ELLIPSIS


def _fitting(text: str, width_pt: float, size_pt: float, bold: bool) -> int:
    """Return how many leading characters fit, at least one."""
    low, high = 1, max(len(text), 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle], size_pt, bold) <= width_pt else (low, middle - 1)
    return low
