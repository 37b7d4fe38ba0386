"""The language of the interface: every text that a user reads goes through `tr`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "cardio"


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the language of the interface."""
    return QCoreApplication.translate(CONTEXT, text)
