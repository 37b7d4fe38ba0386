"""Results that are kept between two openings of a folder."""

from pathlib import Path

from cardio_desktop.app.survey_cache import SurveyCache
from cardio_desktop.reading.survey import Details, Summary
from cardio_desktop.words import verbatim

DETAILS, SUMMARY = (
    Details(patient="A", duration_s=10.0),
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
