"""SCP-ECG statements in words: the model's card describes them in English, other languages have a table."""

from __future__ import annotations

from cardio_desktop.words.german.statements import STATEMENTS


def statement_name(code: str, description: str, language: str = "en") -> str:
    """Return a statement in one language; the English description where there is none."""
    return STATEMENTS.get(code, description) if language == "de" else description
