"""The audit trail: who did what with which record, each entry tied to the one before it by a digest.

An entry's digest is the SHA-256 of all its values and of the digest before it, so that a changed, exchanged, added or
removed entry breaks the chain from there on. A chain that was cut at its end, or written anew from some entry on, is
whole in itself: it is found against a `Head` that was kept elsewhere, or not at all.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from typing import TextIO

from cardio_desktop.words import Remark

ACTIONS = ("open", "edit", "sign", "amend", "export", "deidentify", "delete", "restore")
START = "0" * 64
"""What stands before the first entry of a chain."""


@dataclass(frozen=True)
class Event:
    """Something that was done: when (ISO time with its zone), by whom, at which computer, to which record."""

    time: str
    who: str
    station: str
    action: str
    record: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        """Refuse what nobody could look for."""
        if self.action not in ACTIONS:
            raise ValueError(f"an action is one of {ACTIONS}, not {self.action!r}")


@dataclass(frozen=True)
class Entry:
    """An event in its place: `sequence` counts from 1 within its chain, one chain for each store."""

    chain: str
    sequence: int
    event: Event
    previous: str
    digest: str

    @property
    def computed(self) -> str:
        """The digest that these values have."""
        return digest_of(self.chain, self.sequence, self.event, self.previous)


@dataclass(frozen=True)
class Head:
    """How far a chain went when somebody looked: its number of entries and the digest of the last one."""

    chain: str
    count: int
    digest: str

    @classmethod
    def before(cls, chain: str) -> Head:
        """Return the head of a chain without entries."""
        return cls(chain, 0, START)


@dataclass(frozen=True)
class Verdict:
    """What a check of the trail found: `problems` break it, `notes` say what could not be told."""

    heads: tuple[Head, ...] = ()
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = field(default=())


def append(head: Head, event: Event) -> Entry:
    """Return the entry of an event that follows `head`."""
    sequence = head.count + 1
    return Entry(head.chain, sequence, event, head.digest, digest_of(head.chain, sequence, event, head.digest))


def head_of(entry: Entry) -> Head:
    """Return the head of a chain that ends with an entry."""
    return Head(entry.chain, entry.sequence, entry.digest)


def digest_of(chain: str, sequence: int, event: Event, previous: str) -> str:
    """Return the SHA-256 of an entry as hexadecimal text."""
    values = [chain, sequence, *(getattr(event, part.name) for part in fields(Event)), previous]
    return sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()


def to_body(entry: Entry) -> str:
    """Return an entry as JSON."""
    values = {"chain": entry.chain, "sequence": entry.sequence, **asdict(entry.event)}
    return json.dumps({**values, "previous": entry.previous, "digest": entry.digest})


def from_body(body: str) -> Entry | None:
    """Return the entry of a JSON text, None where it is none."""
    try:
        values = json.loads(body)
        event = Event(**{part.name: str(values[part.name]) for part in fields(Event)})
        return Entry(
            str(values["chain"]), int(values["sequence"]), event, str(values["previous"]), str(values["digest"])
        )
    except (ValueError, KeyError, TypeError):
        return None


def verify(entries: Iterable[Entry], heads: Mapping[str, Sequence[Head]], spoilt: int = 0) -> Verdict:
    """Check the trail: each entry by its digest, its place by the one before, the end by what was kept elsewhere.

    `heads` are the heads that were kept, by chain; `spoilt` is how many entries could not be read at all.
    """
    chains: dict[str, list[Entry]] = {}
    for entry in entries:
        chains.setdefault(entry.chain, []).append(entry)
    problems = [Remark("audit-unreadable", {"count": spoilt})] if spoilt else []
    notes: list[Remark] = []
    ends: list[Head] = []
    for chain in sorted({*chains, *heads}):
        found = sorted(chains.get(chain, []), key=lambda entry: entry.sequence)
        problems += _broken(chain, found)
        kept = heads.get(chain, ())
        problems += [remark for head in kept if (remark := _beyond(chain, found, head)) is not None]
        if not kept:
            notes.append(Remark("audit-no-head", {"chain": chain}))
        if found:
            ends.append(head_of(found[-1]))
    return Verdict(tuple(ends), tuple(dict.fromkeys(problems)), tuple(notes))


def _broken(chain: str, found: Sequence[Entry]) -> list[Remark]:
    problems = []
    before = Head.before(chain)
    for entry in found:
        place = {"chain": chain, "number": entry.sequence}
        if entry.sequence > before.count + 1:
            first, last = before.count + 1, entry.sequence - 1
            problems.append(Remark("audit-missing", {"chain": chain, "first": first, "last": last}))
        elif entry.sequence <= before.count:
            problems.append(Remark("audit-twice", place))
        elif entry.previous != before.digest:
            problems.append(Remark("audit-out-of-place", place))
        if entry.digest != entry.computed:
            problems.append(Remark("audit-changed", place))
        before = head_of(entry)
    return problems


def _beyond(chain: str, found: Sequence[Entry], head: Head) -> Remark | None:
    """Return what is wrong with the end of a chain, given a head that was kept elsewhere."""
    last = found[-1].sequence if found else 0
    if last < head.count:
        return Remark("audit-cut", {"chain": chain, "first": last + 1, "last": head.count})
    there = next((entry for entry in found if entry.sequence == head.count), None)
    if there is not None and there.digest != head.digest:
        return Remark("audit-written-anew", {"chain": chain, "number": head.count})
    return None


def write_csv(entries: Iterable[Entry], stream: TextIO) -> int:
    """Write entries as a table, digests included; returns how many."""
    names = [part.name for part in fields(Event)]
    writer = csv.writer(stream)
    writer.writerow(["chain", "sequence", *names, "previous", "digest"])
    count = 0
    for entry in entries:
        told = [getattr(entry.event, name) for name in names]
        writer.writerow([entry.chain, entry.sequence, *told, entry.previous, entry.digest])
        count += 1
    return count
