"""The state of a reading, who signed it, when and as what, in the language of the interface."""

from __future__ import annotations

from datetime import datetime

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.core.conclusion import Addendum, Conclusion, Signature, Signer


def state_words(state: str) -> str:
    """Return the state of a reading in words."""
    return {
        "new": tr("New"),
        "read": tr("Read, not signed"),
        "signed": tr("Signed"),
        "amended": tr("Signed, amended"),
    }[state]


def meaning_words(meaning: str) -> str:
    """Return what a signature stands for."""
    return {"read": tr("reading"), "second": tr("second reading"), "overread": tr("over-read")}[meaning]


def source_words(source: str) -> str:
    """Return whose words a conclusion is in."""
    return {
        "machine": tr("the program's words, accepted"),
        "edited": tr("the program's words, edited"),
        "own": tr("own words"),
    }[source]


def moment_words(iso: str) -> str:
    """Return a moment as the clock on the wall here tells it; what is no moment stays as it is."""
    try:
        moment = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    return moment.strftime("%d.%m.%Y %H:%M" if language() == "de" else "%Y-%m-%d %H:%M")


def signer_words(signer: Signer) -> str:
    """Return a name with the role, where there is one."""
    return ", ".join(part for part in (signer.name, signer.role) if part)


def signature_words(signature: Signature) -> str:
    """Return one signature in a line: what it stands for, whose it is, when it was given."""
    words = tr("{meaning}: {who}, {time}")
    return words.format(
        meaning=meaning_words(signature.meaning).capitalize(),
        who=signer_words(signature.signer),
        time=moment_words(signature.signed_at),
    )


def addendum_words(addendum: Addendum) -> str:
    """Return an addendum with who wrote it and when."""
    words = tr("Addendum ({who}, {time}): {text}")
    return words.format(who=signer_words(addendum.signer), time=moment_words(addendum.signed_at), text=addendum.text)


def signed_lines(conclusion: Conclusion) -> list[str]:
    """Return signatures, addenda, and whether something of them is not what was signed."""
    lines = [signature_words(item) for item in conclusion.signatures]
    lines += [addendum_words(item) for item in conclusion.addenda]
    if conclusion.damaged:
        words = tr("{count} signed entries of this record are not what was signed and count for nothing.")
        lines.append(words.format(count=len(conclusion.damaged)))
    return lines
