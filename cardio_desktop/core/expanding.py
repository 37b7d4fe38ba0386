"""Acronyms that expand while one types, and which statements a text really makes: neither denied nor doubted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cardio_desktop.core.statements import acronyms

SEPARATORS = " ,;.)?\n\t"
"""What ends an acronym. Not a hyphen or a colon: "sr-like" and "lbbb: new" are somebody's own way of writing."""
SENTENCE_ENDS = ".!?\n"
LONGEST = 24
_TOKEN = re.compile(r"(?:^|(?<=[\s(,;.]))[^\W_]+$")
_CLAUSE = re.compile(r"[,;.!\n]")
# fmt: off
DENIED = frozenset((
    "no", "not", "without", "never", "neither", "nor", "denied", "excluded", "absent",
    "kein", "keine", "keinen", "keiner", "keines", "keinem", "nicht", "ohne", "weder", "noch", "ausgeschlossen",
))
DOUBTED = frozenset((
    "possible", "possibly", "probable", "probably", "suspected", "suspicion", "consider", "questionable", "doubtful",
    "borderline", "rule", "r/o", "dd", "versus", "vs", "or", "suggests", "suggestive", "if",
    "möglich", "mögliche", "möglicher", "mögliches", "möglichen", "möglicherweise", "wahrscheinlich", "wahrscheinliche",
    "wahrscheinlicher", "verdacht", "v.a", "va", "fraglich", "fragliche", "fraglicher", "fragliches", "eventuell",
    "ggf", "grenzwertig", "grenzwertige", "grenzwertiger", "oder", "wie", "vereinbar",
))
# fmt: on
"""A statement behind one of these words is not made: a code would say more than the reader did."""
ABBREVIATED = re.compile(r"\b(v)\.\s?(a)\.", re.IGNORECASE)


@dataclass(frozen=True)
class Expansion:
    """What takes the place of the letters from `start` to `end`; `code` is "" for an acronym of the reader's own."""

    start: int
    end: int
    text: str
    code: str


def expansion_at(text: str, end: int, language: str, own: Mapping[str, str]) -> Expansion | None:
    """Return what the word that ends at `end` expands to; None where it is no acronym. Own ones go first."""
    found = _TOKEN.search(text[max(end - LONGEST, 0) : end])
    if found is None:
        return None
    token = found.group()
    start, typed = end - len(token), token.casefold()
    if start > 0 and text[start - 1] not in " \t\n(,;.":
        return None
    statement = acronyms(language).get(typed)
    words, code = own.get(typed, ""), ""
    if not words and statement is not None:
        words, code = statement.name(language), statement.code
    return Expansion(start, end, begun(text[:start], words), code) if words else None


def begun(before: str, words: str) -> str:
    """Return words as they are written after `before`: with a capital letter where a sentence begins."""
    rest = before.rstrip(" \t(")
    if rest and rest[-1] not in SENTENCE_ENDS:
        return words
    return words[:1].upper() + words[1:]


def stands(text: str, phrase: str) -> bool:
    """Return whether a text states a phrase at least once, without denying or doubting it there."""
    plain = ABBREVIATED.sub(r"\1\2", text)
    for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", plain, re.IGNORECASE):
        clause = _CLAUSE.split(plain[: found.start()])[-1]
        words = {word.strip("().:\"'").casefold() for word in clause.split()}
        after = plain[found.end() :].lstrip(" )")
        if not words & (DENIED | DOUBTED) and not after.startswith("?"):
            return True
    return False
