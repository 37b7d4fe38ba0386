"""What the recorder stored stands beside what the program measured, and apart from it."""

import numpy as np
import pytest

from cardio_desktop.core.findings import Measurements, RRIntervals
from cardio_desktop.core.stored import PLAUSIBLE, Stored, StoredBeat, checked_measurements, without_identity
from cardio_desktop.core.stored_told import ALLOWED_MS, ORDER, WORDS, stored_remarks, stored_rows
from cardio_desktop.words import LANGUAGES, say
from cardio_desktop.words.say import sentences

OURS = Measurements(
    heart_rate_bpm=61.0,
    rr_ms=RRIntervals(mean=984.0, sd=10.0, min=960.0, max=1000.0),
    pr_ms=158.0,
    qrs_ms=131.0,
    qt_ms=446.0,
    qtc_ms={"bazett": 440.0, "fridericia": 430.0},
    qrs_axis_deg=175.0,
)


def rows_of(**values):
    return {row.name: row for row in stored_rows(Stored(measurements=values), OURS)}


def test_the_limits_are_those_that_the_program_is_judged_by():
    assert ALLOWED_MS == {"p_ms": 10.0, "pr_ms": 10.0, "qrs_ms": 10.0, "qt_ms": 25.0}  # IEC 60601-2-25:2011


def test_a_difference_is_marked_beyond_the_limit_and_not_at_it():
    rows = rows_of(pr_ms=148.0, qrs_ms=120.0, qt_ms=420.0)
    assert (rows["pr_ms"].difference, rows["pr_ms"].is_over) == (10.0, False)
    assert (rows["qrs_ms"].difference, rows["qrs_ms"].is_over) == (11.0, True)
    assert (rows["qt_ms"].difference, rows["qt_ms"].is_over) == (26.0, True)


def test_what_we_do_not_measure_stands_alone():
    rows = rows_of(p_ms=110.0, atrial_rate_bpm=60.0, qtc_ms=443.0, qtc_hodges_ms=430.0)
    assert [row.ours for row in rows.values()] == [None] * 4
    assert not any(row.is_over for row in rows.values())


def test_a_correction_is_compared_with_the_same_formula_only():
    rows = rows_of(qtc_ms=500.0, qtc_bazett_ms=441.0, qtc_fridericia_ms=430.0, rr_ms=983.0)
    assert rows["qtc_ms"].difference is None
    assert rows["qtc_bazett_ms"].difference == -1.0
    assert rows["qtc_fridericia_ms"].difference == 0.0
    assert rows["rr_ms"].difference == 1.0


def test_angles_differ_by_the_shorter_way():
    assert rows_of(qrs_axis_deg=-175.0)["qrs_axis_deg"].difference == pytest.approx(-10.0)


def test_every_measurement_that_a_reader_may_store_is_shown():
    assert set(ORDER) == set(PLAUSIBLE)
    for language in LANGUAGES:
        known = sentences(language)
        assert {f"stored-name-{name}" for name in ORDER} | {f"stored-word-{name}" for name in WORDS} <= set(known)


def test_everything_else_is_said_in_every_language():
    beat = StoredBeat(500.0, {"I": np.zeros(600), "II": np.zeros(600)}, "median")
    stored = Stored(
        statements=("SINUS RHYTHM",), confirmed=True, confirmed_by="Dr House", device="ELI250",
        filters={"low_pass_hz": 150.0, "notch_hz": 50.0}, median=beat,
        patient={"medication": "Digoxin", "referring_physician": "Dr Cuddy"}, remarks=("walked",),
    )  # fmt: skip
    english, german = ([say(remark, language) for remark in stored_remarks(stored)] for language in ("en", "de"))
    assert "Filters of the recording: low-pass 150 Hz, mains 50 Hz" in english
    assert "Average beat of 2 leads (1200 ms at 500 Hz), not drawn here" in english
    assert "Medikamente: Digoxin" in german
    assert "Bestätigt von: Dr House" in german
    words = " ".join(german)
    assert all(text in words for text in ("SINUS RHYTHM", "ELI250", "Dr Cuddy", "walked"))
    gone = " ".join(say(remark) for remark in stored_remarks(without_identity(stored)))
    assert "Removed, as it may tell who somebody is: statements" in gone
    assert not any(text in gone for text in ("House", "ELI250", "Digoxin", "Cuddy", "walked"))


def test_signed_or_not_is_only_said_where_the_file_says_it():
    said = {value: [say(r) for r in stored_remarks(Stored(confirmed=value))] for value in (True, False, None)}
    assert said == {True: ["A physician confirmed it."], False: ["Nobody has confirmed it."], None: []}


def test_numbers_that_cannot_be_are_said_in_german_too():
    _, doubts = checked_measurements({"qt_ms": 9000.0, "heart_rate_bpm": 60.0, "rr_ms": 216.0})
    assert [say(doubt, "de").partition(" ")[0] for doubt in doubts] == ["Gespeichert", "Die"]
    assert "QT-Zeit 9000" in say(doubts[0], "de")


def test_a_heart_rate_is_marked_beyond_five_a_minute_or_a_tenth():
    def marked(device, ours):
        rows = stored_rows(Stored(measurements={"heart_rate_bpm": device}), Measurements(heart_rate_bpm=ours))
        return rows[0].is_over

    assert [marked(40.0, 45.0), marked(40.0, 45.5), marked(100.0, 110.0), marked(100.0, 111.0)] == [
        *(False, True, False, True)
    ]
