"""What a reader thinks of the findings, as the report prints it: apart from what the program says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReaderOpinion:
    """A reader's word on one finding: `subject` names it in the reader's language, "" for a reading of the whole ECG.

    `verdict` is "agree", "disagree" or "".
    """

    subject: str
    verdict: str = ""
    comment: str = ""
