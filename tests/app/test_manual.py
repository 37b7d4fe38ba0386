"""The manual: both languages have the same pages, the site lists them, every link within leads somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from cardio_desktop.app import manual
from cardio_desktop.io.formats import format_names
from cardio_desktop.paths import asset

ROOT = Path(__file__).resolve().parents[2]
BOOKS = {language: manual.pages(language) for language in ("en", "de")}


def test_both_languages_and_the_site_have_the_same_pages() -> None:
    for language, book in BOOKS.items():
        names = {path.stem for path in (ROOT / "docs" / "manual" / language).glob("*.md")}
        assert names == set(manual.PAGES)
        assert all(page.title for page in book)
    listed = re.findall(r"manual/(en|de)/([\w-]+)\.md", (ROOT / "packaging" / "mkdocs.yml").read_text(encoding="utf-8"))
    assert listed == [(language, name) for language in ("en", "de") for name in manual.PAGES]


@pytest.mark.parametrize("name", manual.PAGES)
def test_a_page_says_the_same_in_both_languages(name: str) -> None:
    """As far as a program can tell: the same sections, tables, pictures and links, in the same order."""
    english, german = (next(page for page in BOOKS[language] if page.name == name) for language in ("en", "de"))
    assert [level for level, _ in english.headings()] == [level for level, _ in german.headings()]
    for shape in (r"^\|", r"^\* ", r"!\[[^\]]*\]\(([^)]*)\)", r"(?<!!)\[[^\]]*\]\(([^)]*)\)", r"^```"):
        assert len(re.findall(shape, english.text, re.M)) == len(re.findall(shape, german.text, re.M)), shape
    assert re.findall(r"\]\(([^)]*)(?<!png)\)", english.text) == re.findall(r"\]\(([^)]*)(?<!png)\)", german.text)


@pytest.mark.parametrize("language", BOOKS)
def test_links_and_pictures_are_there(language: str) -> None:
    folder = asset(f"docs/manual/{language}")
    targets = [target for page in BOOKS[language] for target in re.findall(r"\]\(([^)]*)\)", page.text)]
    assert targets
    for target in targets:
        assert target.startswith("https://github.com/cardio-desktop/") or (folder / target).resolve().is_file(), target


@pytest.mark.parametrize("language", BOOKS)
def test_search_finds_sections_by_all_words_and_prefers_headings(language: str) -> None:
    words = {"en": "critical findings", "de": "kritische befunde"}[language]
    hits = manual.search(words, BOOKS[language])
    assert hits[0].heading.casefold() == words
    assert len(hits) > 1
    assert all(len(hit.snippet) <= manual.LONGEST_SNIPPET + 2 for hit in hits)
    assert manual.search("xyzzy", BOOKS[language]) == []
    assert manual.search("  ", BOOKS[language]) == []


def test_what_is_new_tells_of_this_version() -> None:
    from cardio_desktop import __version__

    assert f"## [{__version__}]" in manual.changes()


def test_a_headings_anchor_is_the_sites() -> None:
    assert manual.slug("Filter sind nur für das Auge") == "filter-sind-nur-fur-das-auge"
    assert manual.slug("R1: units & words") == "r1-units-words"


@pytest.mark.parametrize("language", BOOKS)
def test_the_plain_sentence_stands_where_a_reader_begins_and_where_risks_are_told(language: str) -> None:
    plain = {"en": "not a certified medical device", "de": "kein zertifiziertes Medizinprodukt"}[language]
    for name in ("index", "intended-use", "risks"):
        assert plain in next(page for page in BOOKS[language] if page.name == name).text


@pytest.mark.parametrize("language", BOOKS)
def test_every_part_and_format_is_listed(language: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = {page.name: page.text for page in BOOKS[language]}
    for requirement in (*project["dependencies"], *project["optional-dependencies"].get("clinic", ())):
        name = re.match(r"[\w-]+", requirement)
        assert name is not None
        assert name[0] in text["dependencies"], requirement
    for name in format_names():
        assert name.split()[-1] in text["formats"] or name.split()[0] in text["formats"], name
