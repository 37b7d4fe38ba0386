"""Puts remarks into words."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache

from cardio_desktop.words.remark import Remark, Value

LANGUAGES: Mapping[str, str] = {"en": "english", "de": "german"}
"""Language code -> package of its tables, each a module with `SENTENCES`."""
TABLES: tuple[str, ...] = ()
"""The modules that each language has, one a subject."""

Template = str | Callable[[Mapping[str, Value]], str]
"""A text with {names}, or a function of the values where numbers must be rounded or words counted."""


@cache
def sentences(language: str) -> Mapping[str, Template]:
    """Return every code's template in one language; KeyError for a language that is not there."""
    package = f"cardio_desktop.words.{LANGUAGES[language]}"
    found: dict[str, Template] = {}
    for table in TABLES:
        found |= importlib.import_module(f"{package}.{table}").SENTENCES
    return found


def say(remark: Remark, language: str = "en") -> str:
    """Return a remark in words; KeyError for a code that the language lacks."""
    template = sentences(language)[remark.code]
    if callable(template):
        return template(remark.values)
    values = {name: say(v, language) if isinstance(v, Remark) else v for name, v in remark.values.items()}
    return template.format(**values)
