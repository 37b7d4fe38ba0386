"""Words on the paper in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from cardio_desktop.core import numerals


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the language of the interface (as `app.i18n.tr` does)."""
    return QCoreApplication.translate("cardio", text)


def decimals(text: str) -> str:
    """Return a text with its numbers as the language of the interface writes them."""
    return numerals.decimals(text, QLocale().name()[:2])
