"""How numbers, leads and lists are written in each language, and how a template is filled with them."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cardio_desktop.words.remark import Remark

LIMB = ("I", "II", "III", "aVR", "aVL", "aVF")
CHEST = ("V1", "V2", "V3", "V4", "V5", "V6")
"""The order in which leads are listed."""


@dataclass(frozen=True)
class Words:
    """One language: its decimal sign and the words that join a list or a range."""

    language: str
    decimal: str
    conjunction: str
    to: str

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with this language's decimal sign; a negative zero is a zero."""
        text = f"{value:.{digits}f}"
        if float(text) == 0:
            text = text.removeprefix("-")
        return text.replace(".", self.decimal)

    def ms(self, value: float, spread: float | None = None) -> str:
        """Return milliseconds, with their uncertainty where it is known: "204 ± 6 ms"."""
        doubt = f" ± {self.number(max(spread, 1.0))}" if spread else ""
        return f"{self.number(value)}{doubt} ms"

    def mv(self, value: float, digits: int = 2) -> str:
        """Return millivolts with two digits: 0.01 mV is a tenth of a millimetre on paper."""
        return f"{self.number(value, digits)} mV"

    def degrees(self, value: float) -> str:
        """Return an angle."""
        return f"{self.number(value)}°"

    def percent(self, probability: float) -> str:
        """Return a probability as whole percent; never as 0 or 100."""
        if probability < 0.01:
            return "<1 %"
        return ">99 %" if probability > 0.99 else f"{100 * probability:.0f} %"

    def near_percent(self, probability: float) -> str:
        """Return a probability as percent, with one digit more where it lies at either end."""
        percent = 100 * probability
        return f"{self.number(percent, 0 if 1 <= percent <= 99 else 1)} %"

    def listed(self, items: Iterable[str]) -> str:
        """Return "a, b and c"."""
        parts = list(items)
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {self.conjunction} {parts[-1]}"


EN = Words("en", ".", "and", "to")
DE = Words("de", ",", "und", "bis")


class Writer(string.Formatter):
    """Fills templates in one language: `{pr_ms:ms}`, `{leads:leads}`, `{because:; }` ...

    Beside Python's own formats a number knows ms, mv, deg, pc and pc1 (a share in percent), percent (a probability,
    never 0 or 100), near (one with a digit more at the ends) and clock (seconds as hours, minutes and seconds). A list
    knows leads, and, or whatever text is to stand between its items (", " by default). A remark is said, with a capital
    first letter after `cap`.
    """

    def __init__(self, words: Words, say: Callable[[Remark], str]) -> None:
        self._words, self._say = words, say
        self._own: dict[str, Callable[[float], str]] = {
            "ms": words.ms,
            "mv": words.mv,
            "deg": words.degrees,
            "percent": words.percent,
            "near": words.near_percent,
            "clock": clock,
            "pc": lambda share: f"{words.number(100 * share)} %",
            "pc1": lambda share: f"{words.number(100 * share, 1)} %",
        }

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value as text."""
        if isinstance(value, Remark):
            return capital(self._say(value)) if format_spec == "cap" else self._say(value)
        if isinstance(value, tuple | list):
            if format_spec == "leads":
                return lead_list(value)
            parts = [self.format_field(item, "") for item in value]
            return self._words.listed(parts) if format_spec == "and" else (format_spec or ", ").join(parts)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, format_spec)
        return str(format(value, format_spec))

    def _number(self, value: float, spec: str) -> str:
        if spec in self._own:
            return self._own[spec](value)
        text = format(value, spec)
        if text.startswith("-") and not text.strip("-0.,"):
            text = text[1:]
        return text.translate(str.maketrans(".,", ",.")) if self._words.decimal == "," else text


def clock(seconds: float) -> str:
    """Return a time in a recording as "05:10", from an hour on as "1:05:10"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes:02d}:{rest:02d}"


def lead_list(leads: Iterable[str]) -> str:
    """Return leads in the order of limbs and chest, neighbours in the chest joined: "I, aVL, V2-V4"."""
    wanted = set(leads)
    limb = [name for name in LIMB if name in wanted]
    parts, run = [], [name for name in CHEST if name in wanted]
    k = 0
    while k < len(run):
        end = k
        while end + 1 < len(run) and CHEST.index(run[end + 1]) == CHEST.index(run[end]) + 1:
            end += 1
        parts.append(run[k] if end == k else f"{run[k]}-{run[end]}")
        k = end + 1
    others = sorted(wanted - set(limb) - set(run))
    return ", ".join([*limb, *parts, *others])


def sentence(text: str) -> str:
    """Return `text` with exactly one full stop, or its question mark, at its end."""
    bare = text.strip().rstrip(".")
    return bare if bare.endswith("?") else bare + "."


def capital(text: str) -> str:
    """Return `text` with a capital first letter; a wave keeps its own ("qR in V1")."""
    first_word = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first_word[1:]) else text[:1].upper() + text[1:]
