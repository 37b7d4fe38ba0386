"""Numbers in running text with the decimal sign of a language."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<![\w.])(\d+)\.(\d+)(?![\w.]*\d)")
"""A decimal number; not a version ("0.2.0"), nor a part of a name ("rec.1")."""
COMMA_LANGUAGES = ("de",)


def decimals(text: str, language: str) -> str:
    """Return an English text with its numbers as `language` writes them: "0.5 mV" is "0,5 mV" in German."""
    return _NUMBER.sub(r"\1,\2", text) if language in COMMA_LANGUAGES else text
