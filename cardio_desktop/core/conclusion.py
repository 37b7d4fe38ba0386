"""What a reader concludes from an ECG, who signed it, and what was added afterwards: plain values.

A conclusion goes one way: new, read (there is a draft, or somebody marked it read), signed, amended. Whatever was
signed stays as it was signed; what has to be corrected is said in an addendum, which is signed as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

STATES = ("new", "read", "signed", "amended")
"""In the order in which an ECG goes through them."""
SOURCES = ("machine", "edited", "own")
"""Whose words a conclusion is in: the program's as they stand, those changed by the reader, the reader's own."""
MEANINGS = ("read", "second", "overread")
"""What a signature stands for: the reading, a second reader's agreement, an over-read by a superior."""
MOST_LETTERS = 20_000
"""A longer conclusion is a mistake of the clipboard."""


@dataclass(frozen=True)
class Signer:
    """Who signs: a name, and what that person is ("consultant cardiologist", "technician"), which may be empty."""

    name: str
    role: str = ""

    def __post_init__(self) -> None:
        """Refuse a signature without a name."""
        if not self.name.strip():
            raise ValueError("a signature needs a name")


@dataclass(frozen=True)
class Draft:
    """A conclusion that nobody has signed. `codes` are those of its statements, `by` names who wrote it where known."""

    text: str
    source: str = "own"
    codes: tuple[str, ...] = ()
    changed: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        """Check whose words they are."""
        if self.source not in SOURCES:
            raise ValueError(f"the source of a conclusion is one of {SOURCES}, not {self.source!r}")


@dataclass(frozen=True)
class Signature:
    """A conclusion as one person signed it.

    `meaning` is one of `MEANINGS`, `signed_at` an ISO time with its zone, `machine` the program's line at that moment,
    `source` whose words the text is in. `digest` is the SHA-256 of all the rest and of the record's key: it tells
    whether the text is what was signed.
    """

    id: str
    text: str
    signer: Signer
    meaning: str
    signed_at: str
    codes: tuple[str, ...] = ()
    source: str = "own"
    machine: str = ""
    digest: str = ""

    def __post_init__(self) -> None:
        """Check what the signature stands for."""
        if self.meaning not in MEANINGS:
            raise ValueError(f"the meaning of a signature is one of {MEANINGS}, not {self.meaning!r}")
        if self.source not in SOURCES:
            raise ValueError(f"the source of a conclusion is one of {SOURCES}, not {self.source!r}")

    def holds(self, key: str) -> bool:
        """Return whether this is what was signed for the record `key`."""
        return self.digest == _digest(key, self)


@dataclass(frozen=True)
class Addendum:
    """What was added after signing, by whom and when; `digest` as that of a signature."""

    id: str
    text: str
    signer: Signer
    signed_at: str
    digest: str = ""

    def holds(self, key: str) -> bool:
        """Return whether this is what was added for the record `key`."""
        return self.digest == _digest(key, self)


@dataclass(frozen=True)
class Conclusion:
    """Everything that readers concluded from one record; signatures and addenda from the first to the last."""

    draft: Draft | None = None
    signatures: tuple[Signature, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    read: bool = False
    """Whether somebody marked the record as read."""
    damaged: tuple[str, ...] = field(default=())
    """Ids of signatures and addenda that are not what was signed: they count for nothing and are told."""

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.signatures:
            return "amended" if self.addenda else "signed"
        return "read" if self.read or self.draft is not None else "new"

    @property
    def final(self) -> bool:
        """Whether it is signed, so that it may be handed on as confirmed."""
        return bool(self.signatures)

    @property
    def text(self) -> str:
        """The text that was signed last, else that of the draft; "" where there is none."""
        if self.signatures:
            return self.signatures[-1].text
        return self.draft.text if self.draft is not None else ""

    @property
    def readers(self) -> tuple[str, ...]:
        """The names of all who wrote, signed or added something, each once."""
        signers = [one.signer.name for one in self.signatures] + [one.signer.name for one in self.addenda]
        drafted = [self.draft.by] if self.draft is not None and self.draft.by else []
        return tuple(dict.fromkeys([*drafted, *signers]))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the statements in that text."""
        if self.signatures:
            return self.signatures[-1].codes
        return self.draft.codes if self.draft is not None else ()


def make_signature(
    key: str, draft: Draft, signer: Signer, when: datetime, *, meaning: str = "read", machine: str = ""
) -> Signature:
    """Return a draft signed for the record `key`; ValueError where there is nothing to sign or `when` has no zone."""
    if not draft.text.strip():
        raise ValueError("an empty conclusion cannot be signed")
    made = Signature(
        id=uuid4().hex,
        text=draft.text.strip(),
        signer=signer,
        meaning=meaning,
        signed_at=_moment(when),
        codes=draft.codes,
        source=draft.source,
        machine=machine,
    )
    return Signature(**{**vars(made), "digest": _digest(key, made)})


def make_addendum(key: str, text: str, signer: Signer, when: datetime) -> Addendum:
    """Return an addendum for the record `key`; ValueError where it says nothing or `when` has no zone."""
    if not text.strip():
        raise ValueError("an empty addendum says nothing")
    made = Addendum(uuid4().hex, text.strip(), signer, _moment(when))
    return Addendum(**{**vars(made), "digest": _digest(key, made)})


def draft_from(values: Mapping[str, Any]) -> Draft:
    """Return a draft from `asdict`'s values; what cannot be used is left out: no text is lost for a wrong word."""
    source = values.get("source")
    return Draft(
        str(values.get("text", "")),
        source if source in SOURCES else "own",
        _texts(values.get("codes")),
        str(values.get("changed", "")),
        str(values.get("by", "")),
    )


def signature_from(name: str, values: Mapping[str, Any]) -> Signature:
    """Return a signature from `asdict`'s values; KeyError, TypeError or ValueError where they are none."""
    fields = {k: str(values[k]) for k in ("text", "meaning", "signed_at", "source", "machine", "digest")}
    return Signature(id=name, signer=_signer(values["signer"]), codes=_texts(values["codes"]), **fields)


def addendum_from(name: str, values: Mapping[str, Any]) -> Addendum:
    """Return an addendum from `asdict`'s values; KeyError, TypeError or ValueError where they are none."""
    text, signed_at, digest = (str(values[k]) for k in ("text", "signed_at", "digest"))
    return Addendum(name, text, _signer(values["signer"]), signed_at, digest)


def _signer(values: Mapping[str, Any]) -> Signer:
    return Signer(str(values["name"]), str(values.get("role", "")))


def _texts(values: object) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, list | tuple) else ()


def _moment(when: datetime) -> str:
    if when.tzinfo is None:
        raise ValueError("the time of a signature needs its zone")
    return when.isoformat(timespec="microseconds")


def _digest(key: str, signed: Signature | Addendum) -> str:
    values = {**asdict(signed), "record": key}
    del values["digest"]
    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
