"""What a reader types to find records in a list: words, phrases and fields ("tier:high age>60 -rhythm:sinus").

Everything typed must hold. A word is looked for in all that a row says; a phrase stands in quotes; a minus before a
part asks for the rows without it. A field has a name and a value: `:` or `=` for equal or contained, `<`, `<=`, `>`,
`>=` for numbers and dates, `a..b` for a range. Names and values may be German. What a row does not know fulfils no
field, and every field with a minus.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cardio_desktop.core.errors import CardioError
from cardio_desktop.words import Remark, say

Value = float | str | bool
TEXT, NUMBER, CHOICE, DATE = "text", "number", "choice", "date"
FIELDS: Mapping[str, str] = {
    "state": CHOICE,
    "tier": CHOICE,
    "critical": CHOICE,
    "sex": CHOICE,
    "age": NUMBER,
    "rate": NUMBER,
    "pr": NUMBER,
    "qrs": NUMBER,
    "qt": NUMBER,
    "qtc": NUMBER,
    "axis": NUMBER,
    "prior": NUMBER,
    "date": DATE,
    "rhythm": TEXT,
    "statement": TEXT,
    "conclusion": TEXT,
    "patient": TEXT,
    "reader": TEXT,
    "record": TEXT,
}
"""The fields -> what kind of value they have."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "state": ("new", "read", "signed", "amended", "unread", "unsigned"),
    "tier": ("high", "moderate", "low", "none"),
    "critical": ("yes", "no"),
    "sex": ("f", "m"),
}
GERMAN: Mapping[str, str] = {say(Remark(f"filter-by-{name}"), "de"): name for name in FIELDS} | {"stufe": "tier"}
"""What the fields are called in German -> their names."""
MEANT: Mapping[str, str] = {
    **{say(Remark(f"filter-is-{name}"), "de"): name for choices in CHOICES.values() for name in choices},
    **dict.fromkeys(("not assessed", "nicht beurteilt"), "none"),
    **dict.fromkeys(("female", "weiblich", "frau"), "f"),
    **dict.fromkeys(("male", "männlich", "mann"), "m"),
    "mäßig": "moderate",
    "y": "yes",
    "n": "no",
    "true": "yes",
    "false": "no",
}
"""Other words for a choice -> the choice."""
_WIDER: Mapping[str, tuple[str, ...]] = {
    "unread": ("new",),
    "unsigned": ("new", "read"),
    "signed": ("signed", "amended"),
}
"""What a choice stands for beside itself: an amended reading is a signed one."""
_NAMING = frozenset({"patient", "record", "conclusion"})
"""Fields whose values may name a patient."""
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_PART = re.compile(
    r"""(?P<minus>-(?=\S))?
    (?:(?P<name>[^\W\d_]+)(?P<sign>[<>]=?|[:=])(?P<value>"[^"]*"?|[^\s"]*)
    |"(?P<phrase>[^"]*)"?
    |(?P<word>[^\s"]+))""",
    re.VERBOSE,
)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class FilterError(CardioError):
    """What was typed is no filter; its remark says why and what there is."""

    kind = "filter"


@dataclass(frozen=True)
class Row:
    """What is known of one record, as a filter sees it: `text` is all that it says, in small letters."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)


Test = Callable[[Row], bool]


@dataclass(frozen=True)
class Filter:
    """What was typed, understood. `accepts(row)` says whether a row fulfils every part of it."""

    tests: tuple[Test, ...] = ()

    def accepts(self, row: Row) -> bool:
        """Return whether a row is shown."""
        return all(test(row) for test in self.tests)


def parse(text: str) -> Filter:
    """Return the filter that `text` asks for; raises FilterError for a field or value that there is not."""
    return Filter(tuple(_test(match) for match in _PART.finditer(text)))


def _test(match: re.Match[str]) -> Test:
    test: Test = _field(match["name"], match["sign"], match["value"].strip('"')) if match["name"] else _text(match)
    return (lambda row: not test(row)) if match["minus"] else test


def _text(match: re.Match[str]) -> Test:
    wanted = (match["word"] if match["word"] is not None else match["phrase"]).casefold()
    return lambda row: wanted in row.text


def _field(typed: str, sign: str, value: str) -> Test:
    name = GERMAN.get(typed.casefold(), typed.casefold())
    kind = FIELDS.get(name)
    if kind is None:
        raise FilterError(Remark("filter-field", {"typed": typed, "fields": tuple(map(_named, FIELDS))}))
    value = value.casefold()
    if sign in _OPERATORS and kind in (CHOICE, TEXT):
        raise FilterError(Remark("filter-sign", {"field": _named(name), "sign": sign}))
    if kind == CHOICE:
        return _choice(name, value)
    if kind == TEXT:
        return lambda row: value in str(row.values.get(name, "")).casefold() and bool(row.values.get(name))
    return _date(name, sign, value) if kind == DATE else _number(name, sign, value)


def _named(name: str) -> Remark:
    return Remark(f"filter-by-{name}")


def _choice(name: str, value: str) -> Test:
    chosen = MEANT.get(value, value)
    if chosen not in CHOICES[name]:
        choices = tuple(Remark(f"filter-is-{choice}") for choice in CHOICES[name])
        raise FilterError(Remark("filter-choice", {"field": _named(name), "typed": value, "choices": choices}))
    accepted = _WIDER.get(chosen, (chosen,))
    return lambda row: row.values.get(name) in accepted


def _number(name: str, sign: str, value: str) -> Test:
    low, dots, high = value.replace(",", ".").partition("..")
    try:
        first = float(low)
        second = float(high) if dots else first
    except ValueError:
        raise FilterError(Remark("filter-number", {"field": _named(name), "typed": value})) from None

    def known(row: Row) -> float | None:
        found = row.values.get(name)
        return float(found) if isinstance(found, int | float) else None

    if sign in _OPERATORS:
        compare = _OPERATORS[sign]
        return lambda row: (found := known(row)) is not None and compare(found, first)
    if dots:
        return lambda row: (found := known(row)) is not None and first <= found <= second
    # Lists show whole numbers: what reads as 60 is found by 60.
    return lambda row: (found := known(row)) is not None and abs(found - first) <= 0.5


def _date(name: str, sign: str, value: str) -> Test:
    first, dots, last = value.partition("..")
    if not _DAY.fullmatch(first) or (dots and not _DAY.fullmatch(last)):
        raise FilterError(Remark("filter-date", {"field": _named(name), "typed": value}))

    def day(row: Row, like: str) -> str:
        return str(row.values.get(name, ""))[: len(like)]

    if dots:
        return lambda row: bool(day(row, first)) and day(row, first) >= first and day(row, last) <= last
    if sign in _OPERATORS:
        compare: Callable[[str, str], bool] = _OPERATORS[sign]  # type: ignore[assignment]
        return lambda row: bool(day(row, first)) and compare(day(row, first), first)
    return lambda row: day(row, first) == first


def fields_in(text: str) -> tuple[str, ...]:
    """Return the names of the fields that a filter asks for, each once, in their order."""
    typed = [(match["name"] or "").casefold() for match in _PART.finditer(text)]
    names = [GERMAN.get(name, name) for name in typed]
    return tuple(dict.fromkeys(name for name in names if name in FIELDS))


def lasting(text: str) -> str:
    """Return the parts of a filter that name no patient and may be remembered: fields, without words typed freely."""
    kept = []
    for match in _PART.finditer(text):
        name = GERMAN.get((match["name"] or "").casefold(), (match["name"] or "").casefold())
        if name in FIELDS and name not in _NAMING:
            kept.append(match[0])
    return " ".join(kept)
