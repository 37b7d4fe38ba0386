"""Who concluded what, in words: the stamp, the rows of the conclusion, the lines of the signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cardio_desktop.core.conclusion import Addendum, Conclusion, Signature
from cardio_desktop.core.findings import Findings, Sentence
from cardio_desktop.narrative import texts as fixed
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.words import Remark
from cardio_desktop.words.writing import capital, sentence

MEANINGS = {"read": "reading", "second": "second reading", "overread": "over-read"}
STAMPED = 2
"""More signatures than this are counted on the stamp; all of them stand below the trace or on the next page."""


@dataclass(frozen=True)
class Told:
    """One row of the first page: a label, its text, and whether it is the reader's or the program's."""

    label: str
    text: str
    machine: bool = False
    main: bool = False
    faint: bool = False


def stamp_lines(conclusion: Conclusion, who: Identity, say: Language, preliminary: str) -> list[str]:
    """Return what the stamp says: who confirmed it and when, without a signature that it is `preliminary`."""
    if not conclusion.final:
        return [say(preliminary)]
    if who.hides:
        lines = [say("Confirmed; names and times are removed")]
        return [*lines, say("Amended")] if conclusion.addenda else lines
    lines = [say("Confirmed by {who}", who=signed_by(one, who, say, 16)) for one in conclusion.signatures[:STAMPED]]
    if (more := len(conclusion.signatures) - STAMPED) > 0:
        lines.append(say("and {count} more", count=more))
    if conclusion.addenda:
        lines.append(f"{say('Amended')} {_moment(conclusion.addenda[-1].signed_at)[:16]}")
    return lines


def signed_by(one: Signature | Addendum, who: Identity, say: Language, letters: int | None = None) -> str:
    """Return name, role and time of who signed, of the time `letters`; de-identified reports name nobody, no time."""
    if who.hides:
        return say("name and time removed")
    parts = (one.signer.name, one.signer.role, _moment(one.signed_at)[:letters])
    return ", ".join(part for part in parts if part)


def signature_lines(conclusion: Conclusion, who: Identity, say: Language) -> list[str]:
    """Return a line for each signature: who, when, and what it stands for."""
    return [f"{signed_by(one, who, say)} ({say(MEANINGS[one.meaning])})" for one in conclusion.signatures]


def readers_rows(
    conclusion: Conclusion | None, opinions: Sequence[ReaderOpinion], who: Identity, say: Language
) -> Iterator[Told]:
    """Yield what readers say: the conclusion, what was added to it, then signed texts that differ from the last."""
    if conclusion is None:
        yield Told(say("Conclusion"), say("Nobody looked up what a reader concluded."), faint=True)
    else:
        yield from _concluded(conclusion, who, say)
    text = conclusion.text.strip() if conclusion is not None else None
    for item in opinions:
        if item.subject or item.comment.strip() != text:  # a reading of old, which is the draft as well
            yield Told(say("Reader's remark"), who.scrub(opinion_text(item, say)))


def _concluded(conclusion: Conclusion, who: Identity, say: Language) -> Iterator[Told]:
    label = say("Conclusion") if conclusion.final else say("Conclusion, draft")
    if conclusion.text.strip():
        yield Told(label, who.scrub(conclusion.text), main=True)
    else:
        yield Told(say("Conclusion"), say("No reader has concluded yet."), faint=True)
    for added in conclusion.addenda:
        yield Told(say("Addendum"), f"{signed_by(added, who, say)}: {who.scrub(added.text)}", main=True)
    told = {conclusion.text.strip()}
    for one in reversed(conclusion.signatures):
        if one.text.strip() not in told:
            told.add(one.text.strip())
            yield Told(say("Before that"), f"{signed_by(one, who, say)}: {who.scrub(one.text)}")
    if conclusion.damaged:
        words = say("{count} signatures or addenda are damaged and count for nothing.", count=len(conclusion.damaged))
        yield Told(say("Damaged"), words, main=True)


def opinion_text(item: ReaderOpinion, say: Language) -> str:
    """Return what a reader says of one finding, or of the whole."""
    if not item.subject:
        return item.comment or _verdict(item, say)
    return f"{item.subject}: {_verdict(item, say)}{f': {item.comment}' if item.comment else ''}"


def machine_row(
    findings: Findings, conclusion: Conclusion, scope: Sequence[Remark], who: Identity, say: Language
) -> Told:
    """Return the program's line, marked as such, with the tier."""
    line = machine_sentence(findings)
    text = line.text(say.code) if line is not None else say("There is none.")
    tier = fixed.tier_name(findings.risk.tier, say.code)
    told = [capital(sentence(text)), f"{say('Risk tier: {tier}', tier=tier)}."]
    told += [capital(sentence(say.remark(remark))) for remark in scope]
    label = (
        say("Automatic interpretation, confirmed by the reader")
        if is_confirmed(line, conclusion)
        else say("Automatic interpretation, not confirmed")
    )
    return Told(label, who.scrub(" ".join(told)), machine=True)


def machine_sentence(findings: Findings) -> Sentence | None:
    """Return the sentence in which the program concludes."""
    return next((item for item in findings.sentences if item.section == "conclusion"), None)


def is_confirmed(line: Sentence | None, conclusion: Conclusion) -> bool:
    """Return whether the newest signature stands under this very line, as the program wrote it in either language."""
    if line is None or not conclusion.final or conclusion.addenda:
        return False
    last = conclusion.signatures[-1]
    lines = {_bare(line.english), _bare(line.german)}
    return last.source == "machine" and _bare(last.text) in lines


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def _verdict(item: ReaderOpinion, say: Language) -> str:
    return {"agree": say("agrees"), "disagree": say("disagrees")}.get(item.verdict, say("comments"))


def _moment(signed_at: str) -> str:
    """Return an ISO time as it stood on the clock of who signed, with the zone."""
    try:
        when = datetime.fromisoformat(signed_at)
    except ValueError:
        return signed_at
    zone = when.strftime("%z")
    return f"{when:%Y-%m-%d %H:%M}{f' UTC{zone[:3]}:{zone[3:5]}' if zone else ''}"
