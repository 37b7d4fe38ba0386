"""What has been judged of a record: the stretch that findings stand for, and what was judged beside it in pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cardio_desktop.core.findings import Findings
from cardio_desktop.words import Remark

PART = frozenset({"first-only", "part-only"})
NEAR_S = 0.5
"""Ends of stretches that lie nearer than this are one: pieces end on whole samples, findings on the last one."""
MOST_NAMED = 5

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Judged:
    """What was judged piece by piece: from where to where, where the network said nothing, what it held likeliest.

    `highest` is (pathology, probability, begin of its window in s), None where the network gave no opinion at all.
    """

    spans_s: Spans = ()
    silent_s: Spans = ()
    highest: tuple[str, float, float] | None = None


NOTHING = Judged()


def joined(spans_s: Iterable[tuple[float, float]]) -> Spans:
    """Return stretches in order, those that touch or overlap as one."""
    made: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spans_s):
        if made and start_s <= made[-1][1] + NEAR_S:
            made[-1] = made[-1][0], max(made[-1][1], end_s)
        else:
            made.append((start_s, end_s))
    return tuple(made)


def reaches_beyond(findings: Findings, judged: Judged) -> bool:
    """Return whether anything was judged in pieces that the findings do not stand for."""
    low_s, high_s = findings.start_s - NEAR_S, findings.end_s + NEAR_S
    return any(span[0] < low_s or span[1] > high_s for span in judged.spans_s)


def is_judged(judged: Judged, start_s: float, end_s: float) -> bool:
    """Return whether all of a stretch was judged in pieces."""
    return any(low_s <= start_s + NEAR_S and end_s <= high_s + NEAR_S for low_s, high_s in judged.spans_s)


def warnings_beside(findings: Findings, judged: Judged, duration_s: float) -> tuple[Remark, ...]:
    """Return the warnings on findings as they hold once more of the record has been judged in pieces.

    That only a part was analysed no longer holds then; that the measurements and the tier are those of a part does.
    """
    if not reaches_beyond(findings, judged):
        return findings.warnings
    told = _told(findings, judged, duration_s)
    made: list[Remark] = []
    for warning in findings.warnings:
        made += told if warning.code in PART else [warning]
    return tuple(made)


def scope(findings: Findings, judged: Judged, duration_s: float) -> tuple[Remark, ...]:
    """Return what the tier stands for where more was judged than that, and what is likeliest in all of it."""
    if not reaches_beyond(findings, judged):
        return ()
    values = {"low_s": findings.start_s, "high_s": findings.end_s, "whole_s": duration_s}
    said = [Remark("tier-of-part", values)]
    if judged.highest is not None:
        code, probability, start_s = judged.highest
        chance = Remark("chance", {"what": Remark(f"class-{code}"), "probability": probability})
        name = "highest-of-whole" if _is_whole(findings, judged, duration_s) else "highest-of-pieces"
        said.append(Remark(name, {"chance": chance, "low_s": start_s}))
    return tuple(said)


def _is_whole(findings: Findings, judged: Judged, duration_s: float) -> bool:
    every = joined([*judged.spans_s, (findings.start_s, findings.end_s)])
    return len(every) == 1 and every[0][0] <= NEAR_S and every[0][1] >= duration_s - NEAR_S


def _told(findings: Findings, judged: Judged, duration_s: float) -> list[Remark]:
    values = {"low_s": findings.start_s, "high_s": findings.end_s, "whole_s": duration_s}
    if _is_whole(findings, judged, duration_s):
        said = [Remark("whole-in-pieces", values)]
    else:
        said = [Remark("more-in-pieces", {**values, **_named(judged.spans_s)})]
    if judged.silent_s:
        said.append(Remark("silent-in-pieces", _named(judged.silent_s)))
    return said


def _named(spans_s: Spans) -> dict[str, object]:
    named = tuple(Remark("span", {"low_s": low_s, "high_s": high_s}) for low_s, high_s in spans_s[:MOST_NAMED])
    return {"spans": named, "more": max(len(spans_s) - MOST_NAMED, 0)}
