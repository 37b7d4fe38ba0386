"""The fixed words of the layers below the window (classes, tiers, statements, warnings) in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cardio_desktop.app.i18n import CONTEXT


def term(text: str) -> str:
    """Return a text of one of the fixed tables in the language of the interface, or as it is where it is in none."""
    return QCoreApplication.translate(CONTEXT, text) if text else text
