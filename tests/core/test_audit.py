"""The audit trail hangs together: whatever is changed, exchanged, removed or cut off is found."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardio_desktop.core.audit import (
    ACTIONS,
    Entry,
    Event,
    Head,
    append,
    from_body,
    head_of,
    to_body,
    verify,
    write_csv,
)

CHAIN = "c" * 32


def chain(count: int, name: str = CHAIN) -> list[Entry]:
    head, entries = Head.before(name), []
    for n in range(count):
        event = Event(
            f"2026-01-02T03:04:{n:02}+01:00", "Dr. Ä", "room 3", ACTIONS[n % len(ACTIONS)], "key", f"file {n}"
        )
        entries.append(append(head, event))
        head = head_of(entries[-1])
    return entries


def codes(entries: list[Entry], *heads: Head, spoilt: int = 0) -> list[str]:
    kept: dict[str, list[Head]] = {}
    for head in heads:
        kept.setdefault(head.chain, []).append(head)
    return [remark.code for remark in verify(entries, kept, spoilt).problems]


def test_a_whole_chain_is_sound_in_any_order_and_beside_another() -> None:
    entries, other = chain(9), chain(3, "d" * 32)
    verdict = verify([*reversed(entries), *other], {CHAIN: [head_of(entries[-1])], "d" * 32: [head_of(other[1])]})
    assert verdict.problems == ()
    assert verdict.notes == ()
    assert verdict.heads == (head_of(entries[-1]), head_of(other[-1]))
    assert [remark.code for remark in verify(entries, {}).notes] == ["audit-no-head"]


@given(number=st.integers(0, 8), part=st.sampled_from(["time", "who", "station", "action", "record", "detail"]))
def test_a_changed_value_is_found(number: int, part: str) -> None:
    entries = chain(9)
    event = entries[number].event
    value = "delete" if part == "action" and event.action != "delete" else "edit" if part == "action" else "x"
    entries[number] = replace(entries[number], event=replace(event, **{part: value}))
    assert "audit-changed" in codes(entries, head_of(chain(9)[-1]))


def test_a_changed_entry_with_a_new_digest_breaks_the_next_one_and_the_last_one_the_head() -> None:
    for number, problem in ((3, "audit-out-of-place"), (8, "audit-written-anew")):
        entries = chain(9)
        forged = replace(entries[number], event=replace(entries[number].event, who="somebody else"))
        entries[number] = replace(forged, digest=forged.computed)
        assert codes(entries, head_of(chain(9)[-1])) == [problem]


def test_a_chain_that_is_written_anew_from_some_entry_on_is_found_by_its_head() -> None:
    entries = chain(9)
    head = head_of(entries[3])
    anew = entries[:4]
    for entry in entries[4:]:
        anew.append(append(head, replace(entry.event, who="somebody else")))
        head = head_of(anew[-1])
    assert codes(anew) == []  # whole in itself
    assert codes(anew, head_of(entries[-1])) == ["audit-written-anew"]
    assert codes(anew, head_of(entries[5])) == ["audit-written-anew"]


def test_removed_exchanged_doubled_and_cut_entries_are_found() -> None:
    entries = chain(9)
    end = head_of(entries[-1])
    assert codes([*entries[:3], *entries[5:]], end) == ["audit-missing"]
    assert codes(entries[2:], end) == ["audit-missing"]
    assert codes(entries[:7], end) == ["audit-cut"]
    assert codes([], end) == ["audit-cut"]
    assert codes([*entries, entries[4]], end) == ["audit-twice"]
    swapped = [replace(entries[n], event=entries[m].event) for n, m in ((2, 3), (3, 2))]
    assert "audit-changed" in codes([*entries[:2], *swapped, *entries[4:]], end)
    numbers = [replace(entries[2], sequence=4), replace(entries[3], sequence=3)]
    assert "audit-out-of-place" in codes([*entries[:2], *numbers, *entries[4:]], end)
    assert codes(entries, end, spoilt=1) == ["audit-unreadable"]
    verdict = verify([*entries[:3], *entries[5:]], {})
    assert (verdict.problems[0].values["first"], verdict.problems[0].values["last"]) == (4, 5)


def test_an_entry_passes_through_json_and_what_is_none_is_none() -> None:
    for entry in chain(9):
        assert from_body(to_body(entry)) == entry
    for odd in ("", "[]", "{}", '{"chain": 1}', to_body(chain(1)[0]).replace('"open"', '"steal"')):
        assert from_body(odd) is None
    with pytest.raises(ValueError, match="steal"):
        Event("", "", "", "steal")


def test_the_table_holds_all_that_a_digest_needs() -> None:
    stream = io.StringIO()
    assert write_csv(chain(3), stream) == 3
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    told = ("time", "who", "station", "action", "record", "detail")
    again = [
        Entry(r["chain"], int(r["sequence"]), Event(*(r[n] for n in told)), r["previous"], r["digest"]) for r in rows
    ]
    assert again == chain(3)
