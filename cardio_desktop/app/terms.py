"""The words of the layers below the window (classes, tiers, statements, reasons, warnings) in the reader's language.

Those layers speak English and, for the report, German; what they have in German is used here, the rest stands in
`TEMPLATES` and is translated like every other text of the interface.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from cardio_desktop.app.i18n import CONTEXT, language
from cardio_desktop.core.findings import CLASS_NAMES, Tier
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS

TEMPLATES = (
    "The electrodes {leads} seem swapped: the leads that they make, and whatever was judged by them, may be wrong; "
    "check them and record again.",
    "Nothing was recorded for {seconds} s of the analysed time: {stretches}.",
    "Only {held} of the {whole} s that were analysed hold a recording.",
    "Only the first {part} s of {whole} s were analysed.",
    "Only {start} to {end} s of {whole} s were analysed.",
    "Leads that are not in the file, and that the network did not see: {leads}.",
    "Leads withheld from the network for their quality: {leads}.",
    "Leads withheld from the network for fewer than {rate} samples a second: {leads}.",
    "The network did not judge {start} to {end} s: too many leads are missing there.",
    "The file does not tell the age; the network is not made for anyone under {age}.",
)
"""Sentences of `pipeline` with their values; a test compares them with what the pipeline says."""


def tables() -> tuple[str, ...]:
    """Return the fixed texts that are translated beside the literals of `tr`."""
    layouts = (*(layout.title for layout in LAYOUTS.values()), *LEAD_LAYOUTS.values())
    return (*layouts, *TEMPLATES, "before this beat", "mean of the record")


def term(text: str) -> str:
    """Return a class, tier, reason, warning or fixed sentence in the language of the interface.

    What has no translation, and what a file says of itself, stays as it is.
    """
    if language() == "en" or not text:
        return text
    if (known := _fixed().get(text)) is not None:
        return known
    translated = QCoreApplication.translate(CONTEXT, text)
    if translated != text:
        return translated
    for pattern, template in _templates():
        match = pattern.fullmatch(text)
        if match is not None:
            values = {name: _values(value) for name, value in match.groupdict().items()}
            return QCoreApplication.translate(CONTEXT, template).format(**values)
    from cardio_desktop.report.narrative.german import reason_german

    german = reason_german(text)
    return german + "." if text.endswith(".") and not german.endswith(".") else german


def statement_name(code: str, description: str) -> str:
    """Return an SCP-ECG statement in the language of the interface."""
    from cardio_desktop.report.narrative.german import statement_german

    return description if language() == "en" else statement_german(code, description)


def rhythm_name(statement: str) -> str:
    """Return a rhythm in the language of the interface."""
    from cardio_desktop.report.narrative.rhythm_words import rhythm_german

    return statement if language() == "en" else rhythm_german(statement)


def tier_name(tier: Tier) -> str:
    """Return the one word of a tier."""
    return term(tier.value)


def _values(text: str) -> str:
    """Return the value of a template in German: its joining words."""
    return text.replace(" to ", " bis ").replace(" and ", " und ").replace(" more", " weitere")


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for template in TEMPLATES:
        parts = re.split(r"\{(\w+)\}", template)
        pattern = "".join(f"(?P<{part}>.+?)" if k % 2 else re.escape(part) for k, part in enumerate(parts))
        out.append((re.compile(pattern), template))
    return tuple(out)


@cache
def _fixed() -> dict[str, str]:
    """Return what the report has in German already, by its English text."""
    from cardio_desktop.report.narrative.texts import (
        CLASS_NAMES_DE,
        DISCLAIMER,
        DISCLAIMER_DE,
        LOW_IS_NOT_NO,
        LOW_IS_NOT_NO_DE,
        SCOPE,
        SCOPE_DE,
        TIER_MEANINGS,
        TIER_MEANINGS_DE,
        TIERS_DE,
    )

    pairs = [
        (DISCLAIMER, DISCLAIMER_DE),
        (SCOPE, SCOPE_DE),
        (LOW_IS_NOT_NO, LOW_IS_NOT_NO_DE),
        *((TIER_MEANINGS[tier], TIER_MEANINGS_DE[tier]) for tier in Tier),
        *((tier.value, TIERS_DE[tier]) for tier in Tier),
        *((name, CLASS_NAMES_DE[code]) for code, name in CLASS_NAMES.items()),
    ]
    return dict(pairs)
