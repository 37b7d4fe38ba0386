"""The words of the layers below the window (classes, tiers, statements, reasons, warnings) in the reader's language.

Those layers speak English and, for the report, German; what they have in German is used here, the fixed
words in `tables()` are translated like every other text of the interface.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication

from cardio_desktop.app.i18n import CONTEXT, language
from cardio_desktop.core.errors import SQLITE_WHY, WHY
from cardio_desktop.core.findings import CLASS_NAMES, Rhythm, Tier
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.words import Remark, say, statements
from cardio_desktop.words.writing import capital


def tables() -> tuple[str, ...]:
    """Return the fixed texts that are translated beside the literals of `tr`."""
    why = dict.fromkeys((*WHY.values(), *SQLITE_WHY.values()))
    return (*(layout.title for layout in LAYOUTS.values()), *LEAD_LAYOUTS.values(), *why)


def term(text: str | Remark) -> str:
    """Return a remark, or a class, tier or fixed sentence, in the language of the interface.

    What has no translation, and what a file says of itself, stays as it is.
    """
    if isinstance(text, Remark):
        return say(text, language())
    if language() == "en" or not text:
        return text
    return _fixed().get(text) or QCoreApplication.translate(CONTEXT, text)


def statement_name(code: str, description: str) -> str:
    """Return an SCP-ECG statement in the language of the interface."""
    return statements.statement_name(code, description, language())


def rhythm_name(rhythm: Rhythm) -> str:
    """Return a rhythm in the language of the interface."""
    return capital(say(rhythm.remark, language()))


def tier_name(tier: Tier) -> str:
    """Return the one word of a tier."""
    return term(tier.value)


@cache
def _fixed() -> dict[str, str]:
    """Return what the report has in German already, by its English text."""
    from cardio_desktop.narrative.texts import class_name, disclaimer, scope, tier_meaning, tier_name

    pairs = [
        *((words(), words("de")) for words in (disclaimer, scope)),
        *((words(tier), words(tier, "de")) for words in (tier_meaning, tier_name) for tier in Tier),
        *((name, class_name(code, "de")) for code, name in CLASS_NAMES.items()),
    ]
    return dict(pairs)
