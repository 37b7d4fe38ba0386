"""What a reader thinks of the findings, as the report prints it: apart from what the program says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cardio_desktop.core.findings import Findings
from cardio_desktop.report.language import Language
from cardio_desktop.report.narrative.german import statement_german
from cardio_desktop.report.narrative.texts import TIERS_DE, class_name


@dataclass(frozen=True)
class ReaderOpinion:
    """A reader's word on one finding: `subject` names it in the reader's language, "" for a reading of the whole ECG.

    `verdict` is "agree", "disagree" or "".
    """

    subject: str
    verdict: str = ""
    comment: str = ""


class KeptOpinion(Protocol):
    """An opinion as the program keeps it: `finding` is its key."""

    @property
    def finding(self) -> str:
        """Return "reading", "tier", "rhythm", "class:CODE", "statement:CODE" or "sentence:" with its English text."""
        ...

    @property
    def verdict(self) -> str:
        """Return "agree", "disagree" or ""."""
        ...

    @property
    def comment(self) -> str:
        """Return what the reader wrote."""
        ...


def printed_opinions(
    kept: Iterable[KeptOpinion], findings: Findings, language: str = "en"
) -> tuple[ReaderOpinion, ...]:
    """Return kept opinions in words, the reader's own reading first; those that say nothing are left out."""
    said = [item for item in kept if item.verdict or item.comment]
    said.sort(key=lambda item: item.finding != "reading")
    return tuple(ReaderOpinion(_subject(item.finding, findings, language), item.verdict, item.comment) for item in said)


def _subject(key: str, findings: Findings, language: str) -> str:
    say = Language(language)
    kind, _, rest = key.partition(":")
    if key == "reading":
        return ""
    if key == "tier":
        tier = findings.risk.tier
        return say("Risk tier: {tier}", tier=TIERS_DE[tier] if say.german else tier.value)
    if key == "rhythm":
        return say("Rhythm")
    if kind == "class":
        return class_name(rest, language)
    if kind == "sentence":
        found = next((item for item in findings.sentences if item.english == rest), None)
        return (found.text(language) if found is not None else rest).rstrip(".")
    if kind == "statement":
        known = findings.prediction.statements if findings.prediction is not None else ()
        described = {item.code: item.description for item in known}.get(rest, rest)
        return f"{statement_german(rest, described) if say.german else described} ({rest})"
    return key
