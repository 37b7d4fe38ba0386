"""The manual that comes with the program: its pages in both languages, a search over them, and what is new.

The same files are the manual's site: docs/manual/LANGUAGE/NAME.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardio_desktop.core.errors import CardioError
from cardio_desktop.paths import asset

PAGES = (
    "index", "reading", "evidence", "measurement", "worklist", "signing", "report", "long-records", "live", "formats",
    "command-line", "archives", "administration", "developers", "intended-use", "risks", "anomalies", "dependencies",
)  # fmt: skip
"""The pages in the order of the contents; a test keeps folder and site to it."""
CHANGES = "CHANGELOG.md"
LONGEST_SNIPPET = 110


@dataclass(frozen=True)
class Page:
    """One page: its file, what it is called, and its text as Markdown."""

    path: Path
    title: str
    text: str

    @property
    def name(self) -> str:
        """The page's name, the same in every language."""
        return self.path.stem

    def headings(self) -> tuple[tuple[int, str], ...]:
        """Return the headings under the title with their level, 2 or 3."""
        return tuple((len(marks), plain(words)) for marks, words in re.findall(r"^(##{1,2}) (.+)$", self.text, re.M))


@dataclass(frozen=True)
class Hit:
    """A place that answers a search: its page, the heading it stands under ("" for the page's head), and its words."""

    page: Page
    heading: str
    snippet: str


def plain(markdown: str) -> str:
    """Return a line without the marks of Markdown."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*`_]{1,2}(?=\S)|(?<=\S)[*`_]{1,2}", "", text).strip(" |#")


def pages(language: str) -> tuple[Page, ...]:
    """Return the pages in a language; raises CardioError where the manual is missing or cannot be read."""
    folder = asset(f"docs/manual/{language}")
    return tuple(_page(folder / f"{name}.md") for name in PAGES)


def _page(path: Path) -> Page:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CardioError(
            f"{path.name}: this page of the manual cannot be read; install Cardio Desktop again."
        ) from error
    return Page(path, plain(text.partition("\n")[0]), text)


def search(wanted: str, book: Sequence[Page]) -> list[Hit]:
    """Return the sections that hold every word of a search, those that name them in a heading first."""
    words = wanted.casefold().split()
    found: list[tuple[int, int, Hit]] = []
    for page in book if words else ():
        heading = ""
        for order, section in enumerate(re.split(r"^(?=##{1,2} )", page.text, flags=re.M)):
            first, _, rest = section.partition("\n")
            heading = plain(first) if order else ""
            title = f"{page.title} {heading}".casefold()
            whole = f"{title} {plain(rest).casefold()}"
            if all(word in whole for word in words):
                rank = 0 if all(word in title for word in words) else 1
                found.append((rank, len(found), Hit(page, heading, _snippet(rest, words))))
    return [hit for *_, hit in sorted(found, key=lambda entry: entry[:2])]


def _snippet(text: str, words: Sequence[str]) -> str:
    """Return the line that holds most of the words, shortened around the first of them."""
    lines = [line for line in map(plain, text.splitlines()) if line]
    line = max(lines, key=lambda one: sum(word in one.casefold() for word in words), default="")
    places = [place for word in words if (place := line.casefold().find(word)) >= 0]
    start = max(min(places, default=0) - LONGEST_SNIPPET // 3, 0)
    part = line[start : start + LONGEST_SNIPPET]
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST_SNIPPET < len(line) else ''}"


def changes() -> str:
    """Return the changelog as Markdown; raises CardioError where it is missing."""
    return _page(asset(CHANGES)).text


def slug(heading: str) -> str:
    """Return the anchor that the manual's site gives to a heading."""
    import unicodedata

    plain_letters = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain_letters).strip().lower())
