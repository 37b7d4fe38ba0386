"""What a reading says in short, as plain values: for lists of many records, which keep it and look for words in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cardio_desktop.core.findings import Measurements, Rhythm, Sentence
from cardio_desktop.core.quantities import BY_KEY
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import capital, sentence

MOST_TOLD = 12
"""So many sentences of one record are kept, the weightiest first."""
KEPT = ("heart_rate_bpm", "pr_ms", "qrs_ms", "qt_ms", "qtc_fridericia_ms", "qrs_axis_deg")
"""The quantities that a list can be asked for."""


@dataclass(frozen=True)
class Told:
    """The conclusion, the rhythm and what is not normal, each a remark as `Remark.plain` makes it; `codes` name all.

    `measured` holds the `KEPT` quantities by their keys, those that were measured.
    """

    conclusion: Mapping[str, Any] | None = None
    rhythm: Mapping[str, Any] | None = None
    sentences: tuple[Mapping[str, Any], ...] = ()
    codes: tuple[str, ...] = ()
    measured: Mapping[str, float] = field(default_factory=dict)

    def line(self, language: str) -> str:
        """Return the conclusion in words, "" where there is none."""
        return _words(self.conclusion, language) if self.conclusion else ""

    def rhythm_words(self, language: str) -> str:
        """Return the rhythm in words, "" where it is not known."""
        return _words(self.rhythm, language) if self.rhythm else ""

    def rest(self, language: str) -> str:
        """Return what is not normal in words and all codes, to be searched."""
        return " ".join([*(_words(part, language) for part in self.sentences), *self.codes])


def told_of(sentences: Sequence[Sentence], rhythm: Rhythm | None, found: Measurements) -> Told:
    """Return what is kept of a reading's sentences, its rhythm and its measurements."""
    conclusion = next((item.remark for item in sentences if item.section == "conclusion"), None)
    weighty = [
        item
        for item in sentences
        if item.verdict in ("abnormal", "borderline")
        and item.source == "measured"
        and item.section not in ("conclusion", "record", "quality")
    ]
    codes = [*(rhythm.codes if rhythm else ()), *(item.code for item in weighty if item.code)]
    values = {key: BY_KEY[key].value(found) for key in KEPT}
    return Told(
        conclusion=conclusion.plain() if conclusion else None,
        rhythm=rhythm.remark.plain() if rhythm else None,
        sentences=tuple(item.remark.plain() for item in weighty[:MOST_TOLD]),
        codes=tuple(dict.fromkeys(codes)),
        measured={key: round(value, 1) for key, value in values.items() if value is not None},
    )


def told_from(values: Mapping[str, Any]) -> Told:
    """Return `Told` from plain JSON values; TypeError, KeyError or ValueError where they do not fit."""
    found = Told(
        **{**values, "sentences": tuple(values.get("sentences", ())), "codes": tuple(map(str, values.get("codes", ())))}
    )
    for part in (found.conclusion, found.rhythm, *found.sentences):
        if part is not None:
            Remark.of(part)
    return found


def _words(plain: Mapping[str, Any], language: str) -> str:
    return capital(sentence(say(Remark.of(plain), language)).rstrip("."))
