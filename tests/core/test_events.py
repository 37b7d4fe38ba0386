"""Events are values that are checked when they are made."""

import pytest

from cardio_desktop.core.events import CODES, CRITICAL, Event, critical_of


def test_codes_are_known_and_unique():
    assert len(set(CODES)) == len(CODES)
    for code in ("VF", "VT", "WCT", "ASYSTOLE", "PAUSE", "AVB3", "AVB2", "BRADY", "TACHY", "STE", "QT500", "PACE_FAIL"):
        assert code in CRITICAL
    with pytest.raises(ValueError, match="no event of code 'FOO'"):
        Event("FOO", 0.0, 1.0)
    with pytest.raises(ValueError, match="ends before it begins"):
        Event("VT", 2.0, 1.0)


def test_the_most_urgent_comes_first_and_of_one_kind_the_longest():
    events = [
        Event("QT500", 0, 10),
        Event("PAUSE", 1, 3.2),
        Event("COUPLET", 4, 5),
        Event("PAUSE", 5, 9),
        Event("VT", 7, 9),
    ]
    assert [(e.code, e.start_s) for e in critical_of(events)] == [("VT", 7), ("PAUSE", 5), ("PAUSE", 1), ("QT500", 0)]


def test_a_fast_rate_is_told_by_the_rhythm_that_has_it() -> None:
    wide, fast = Event("WCT", 1.0, 9.0), Event("TACHY", 0.5, 9.5, values={"rate_bpm": 187.0})
    assert critical_of([fast, wide]) == (wide,)
    elsewhere = Event("TACHY", 20.0, 30.0, values={"rate_bpm": 187.0})
    assert critical_of([elsewhere, wide]) == (wide, elsewhere)
