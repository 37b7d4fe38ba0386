"""How numbers and lists are written in English and in German."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cardio_desktop.core.leads import CHEST_LEADS

CABRERA = ("aVL", "I", "aVR", "II", "aVF", "III")
ORDER = (*CABRERA, *CHEST_LEADS)


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

    def listed(self, items: Iterable[str]) -> str:
        """Return "a, b and c"."""
        parts = list(items)
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {self.conjunction} {parts[-1]}"


EN = Words("en", ".", "and", "to")
DE = Words("de", ",", "und", "bis")


def lead_list(leads: Iterable[str]) -> str:
    """Return leads in the order of limbs and chest, neighbours in the chest joined: "I, aVL, V2-V4"."""
    wanted = set(leads)
    limb = [name for name in ("I", "II", "III", "aVR", "aVL", "aVF") if name in wanted]
    parts, run = [], [name for name in CHEST_LEADS if name in wanted]
    k = 0
    while k < len(run):
        end = k
        while end + 1 < len(run) and CHEST_LEADS.index(run[end + 1]) == CHEST_LEADS.index(run[end]) + 1:
            end += 1
        parts.append(run[k] if end == k else f"{run[k]}-{run[end]}")
        k = end + 1
    others = sorted(wanted - set(limb) - set(run))
    return ", ".join([*limb, *parts, *others])


def neighbours(leads: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the groups of two or more contiguous leads among `leads`.

    Contiguous are leads next to each other in the chest (V1 to V6), the lateral limb leads I and aVL, and the inferior
    leads II, III and aVF (fourth universal definition of myocardial infarction, Circulation 2018;138:e618).
    """
    wanted = set(leads)
    groups = []
    run: list[str] = []
    for name in (*CHEST_LEADS, ""):
        if name in wanted:
            run.append(name)
            continue
        if len(run) >= 2:
            groups.append(tuple(run))
        run = []
    for family in (("I", "aVL"), ("II", "III", "aVF")):
        own = tuple(name for name in family if name in wanted)
        if len(own) >= 2:
            groups.append(own)
    return groups


def sentence(text: str) -> str:
    """Return `text` with exactly one full stop at its end."""
    return text.strip().rstrip(".") + "."
