"""Puts remarks into words."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache, partial

from cardio_desktop.words.remark import Remark, Value
from cardio_desktop.words.writing import DE, EN, Writer

LANGUAGES: Mapping[str, str] = {"en": "english", "de": "german"}
"""Language code -> package of its tables, each a module with `SENTENCES`."""
WORDS = {"en": EN, "de": DE}
TABLES: tuple[str, ...] = (
    "quality",
    "measurements",
    "tier",
    "analysis",
    "files",
    "stored",
    "readers",
    "handing_out",
    "letterhead",
    "events",
    "rhythm",
    "conduction",
    "voltage",
    "ischaemia",
    "reading",
    "holter",
    "keeping",
    "worklist",
    "changes",
    "archive",
    "live",
)
"""The modules that each language has, one a subject."""

Template = str | Callable[[Mapping[str, Value]], str]
"""A text with {names} in the formats of `Writer`, or a function of the values where words must be chosen."""


@cache
def sentences(language: str) -> Mapping[str, Template]:
    """Return every code's template in one language; KeyError for a language that is not there."""
    package = f"cardio_desktop.words.{LANGUAGES[language]}"
    found: dict[str, Template] = {"verbatim": "{text}"}
    for table in TABLES:
        found |= importlib.import_module(f"{package}.{table}").SENTENCES
    return found


@cache
def codes_of(*tables: str) -> frozenset[str]:
    """Return the codes of some tables."""
    found = (importlib.import_module(f"cardio_desktop.words.english.{table}").SENTENCES for table in tables)
    return frozenset().union(*found)


@cache
def _writer(language: str) -> Writer:
    return Writer(WORDS[language], partial(say, language=language))


def say(remark: Remark, language: str = "en") -> str:
    """Return a remark in words; KeyError for a code that the language lacks."""
    template = sentences(language)[remark.code]
    if callable(template):
        template = template(remark.values)
    return _writer(language).vformat(template, (), remark.values)
