"""Words on the paper in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the language of the interface (as `app.i18n.tr` does)."""
    return QCoreApplication.translate("cardio", text)
