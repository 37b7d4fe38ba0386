"""Results that are kept between two openings of a folder."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from cardio_desktop.app import worklist
from cardio_desktop.app.survey_cache import NAME_WAITS, SurveyCache
from cardio_desktop.app.worklist import Entry
from cardio_desktop.core.person import Person
from cardio_desktop.io.folder import Found
from cardio_desktop.reading.survey import Details, Summary
from cardio_desktop.words import verbatim

DETAILS, SUMMARY = (
    Details(patient="", duration_s=10.0),
    Summary("Low", verbatim("because").plain(), probabilities={"MI": 0.01}),
)


def test_what_is_kept_comes_back_only_for_the_same_files(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "cache.sqlite"
    cache = SurveyCache(file, "one")
    cache.put([("/a", "s", DETAILS, SUMMARY), ("/b", "s", DETAILS, None)])
    cache.close()
    again = SurveyCache(file, "one")
    assert again.get({"/a": "s", "/b": "s", "/c": "s"}) == {"/a": (DETAILS, SUMMARY), "/b": (DETAILS, None)}
    assert again.get({"/a": "changed"}) == {}
    again.close()


def test_another_model_makes_the_summary_void_but_not_the_details(tmp_path: Path) -> None:
    cache = SurveyCache(tmp_path / "c.sqlite", "one")
    cache.put([("/a", "s", DETAILS, SUMMARY)])
    cache.close()
    other = SurveyCache(tmp_path / "c.sqlite", "two")
    assert other.get({"/a": "s"}) == {"/a": (DETAILS, None)}
    other.close()


def test_a_damaged_file_is_replaced_and_an_impossible_one_ignored(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    file.write_bytes(b"no database" * 1000)
    cache = SurveyCache(file, "one")
    cache.put([("/a", "s", DETAILS, SUMMARY)])
    assert cache.get({"/a": "s"}) == {"/a": (DETAILS, SUMMARY)}
    cache.close()
    (tmp_path / "file").write_text("")
    nowhere = SurveyCache(tmp_path / "file" / "c.sqlite", "one")
    nowhere.put([("/a", "s", DETAILS, SUMMARY)])
    assert nowhere.get({"/a": "s"}) == {}
    nowhere.close()


def test_many_paths_are_asked_for_at_once(tmp_path: Path) -> None:
    cache = SurveyCache(tmp_path / "c.sqlite", "one")
    cache.put([(f"/{n}", "s", DETAILS, SUMMARY) for n in range(1200)])
    assert len(cache.get({f"/{n}": "s" for n in range(1300)})) == 1200
    cache.close()


def test_no_name_of_a_patient_reaches_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    with sqlite3.connect(file) as base:  # as an earlier version left it
        base.execute("CREATE TABLE survey (path TEXT PRIMARY KEY, stamp, fingerprint, details, summary)")
        base.execute("INSERT INTO survey VALUES ('/x', 's', 'one', '{\"patient\": \"Erika Beispiel\"}', NULL)")
    base.close()
    cache = SurveyCache(file, "one")
    person = Person("4711-0815", "Max Mustermann", "male", "1950-01-02", "edf")
    cache.put([("/a", "s", replace(DETAILS, patient="Max Mustermann", person=person), SUMMARY)])
    known = cache.get({"/a": "s"})["/a"][0]
    assert known is not None
    assert known.patient == NAME_WAITS == worklist.NAME_WAITS
    cache.close()
    for left in tmp_path.iterdir():
        assert b"Beispiel" not in left.read_bytes()
        for told in (b"Mustermann", b"4711", b"0815", b"1950-01-02"):
            assert told not in left.read_bytes()
    found = Found(Path("/a"), "a", "s")
    assert not Entry(found, known).looked_at
    assert Entry(found, replace(known, patient="")).looked_at


def test_a_path_that_is_no_text_is_kept_like_any_other(tmp_path: Path) -> None:
    cache = SurveyCache(tmp_path / "c.sqlite", "one")
    odd = "/d\udcff/M\udcfcller.edf"
    cache.put([(odd, "s", replace(DETAILS, patient=""), SUMMARY), ("/b", "s", replace(DETAILS, patient=""), None)])
    assert set(cache.get({odd: "s", "/b": "s"})) == {odd, "/b"}
    cache.close()
