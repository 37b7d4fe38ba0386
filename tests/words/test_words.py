"""Every code in every language, and how a remark is put into words."""

from __future__ import annotations

import pickle
import re
import string
from collections import defaultdict

import pytest

from cardio_desktop.words import LANGUAGES, Remark, say, verbatim
from cardio_desktop.words.say import TABLES, sentences
from cardio_desktop.words.writing import capital, sentence

CODES = sorted(sentences("en"))


class Sample(dict[str, object]):
    """Values for any template, made as they are asked for: by their names, and by the format where there is one."""

    def __missing__(self, name: str) -> object:
        flags = ("near", "sure", "marked", "recent", "acute", "unknown", "strain", "ventricular", "gaps")
        one = (
            "what",
            "reason",
            "chance",
            "rhythm",
            "basic",
            "at",
            "territory",
            "tier",
            "meaning",
            "finding",
            "why",
            "word",
        )
        texts = {"degree": "deep", "statement": "SR", "description": "sinus rhythm", "kind": "Q", "lead": "V1"}
        texts |= {"top": "V1", "swap": "RA/LA", "class_code": "MI", "text": "words", "wave": "P", "shape": "rS"}
        if name in texts:
            value: object = texts[name]
        elif name in flags:
            value = True
        elif name in one or name in ("reading", "spread"):
            value = verbatim("something")
        elif name in LISTS:
            value = (verbatim("one"), verbatim("two"))
        elif name == "leads":
            value = ("V1", "V2")
        else:
            value = 2.5
        self[name] = value
        return value


LISTS = (
    *("spans", "because", "chances", "channels", "more_of", "findings", "parts", "groups", "names", "grounds", "times"),
    *("formats",),
    *("changes", "shapes", "doubts", "criteria", "walls", "statements", "beats_of", "flags", "waves"),
)


def fields(template: object, values: dict[str, object]) -> set[str]:
    text = template(values) if callable(template) else template
    assert isinstance(text, str)
    found = set()
    for _, name, spec, _ in string.Formatter().parse(text):
        if name:
            found.add(name)
            if spec in ("and", "; ") and not isinstance(values.get(name), tuple):
                values[name] = (verbatim("one"), verbatim("two"))
            values[name] = values[name]
    return found


def filled(code: str, language: str) -> str:
    values = Sample()
    fields(sentences(language)[code], values)
    return say(Remark(code, values), language)


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_english_is_said_in_every_language(code: str) -> None:
    for language in LANGUAGES:
        text = filled(code, language)
        assert text.strip()
        assert "{" not in text
    assert set(sentences("de")) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_languages_ask_for_the_same_values(code: str) -> None:
    asked = {language: fields(sentences(language)[code], Sample()) for language in LANGUAGES}
    # German has words of its own for the statements.
    assert asked["en"] - {"description"} == asked["de"] - {"description"}


def test_no_code_stands_in_two_tables() -> None:
    import importlib

    for package in LANGUAGES.values():
        where: dict[str, list[str]] = defaultdict(list)
        for table in TABLES:
            for code in importlib.import_module(f"cardio_desktop.words.{package}.{table}").SENTENCES:
                where[code].append(table)
        assert {code: found for code, found in where.items() if len(found) > 1} == {}


def test_numbers_have_the_signs_of_their_language() -> None:
    step = Remark("step", {"step_mv": 1.25})
    assert "1.2 mV" in say(step)
    assert "1,2 mV" in say(step, "de")
    assert not re.search(r"-0\b", say(Remark("noise", {"snr_db": -0.2})))


def test_a_remark_within_a_remark_is_said_in_the_same_language() -> None:
    why = Remark("few-leads", {"good": 6, "all": 8})
    refusal = Remark("tier-quality", {"because": (why, Remark("noisy"))})
    assert say(refusal) == (
        "The signal quality does not allow it: only 6 of 8 independent leads can be used; too noisy."
    )
    assert say(refusal, "de") == (
        "Die Signalqualität erlaubt es nicht: nur 6 von 8 unabhängigen Ableitungen sind verwertbar; zu stark gestört."
    )


def test_a_remark_passes_between_processes_and_through_json() -> None:
    inner = Remark("span", {"low_s": 1.0, "high_s": 2.0})
    remark = Remark("no-signal", {"spans": (inner,), "more": 3})
    assert pickle.loads(pickle.dumps(remark)) == remark
    assert Remark.of(remark.plain()) == remark
    assert say(Remark.of(remark.plain())) == "no signal from 1.0 to 2.0 s and 3 more"
    assert remark.numbers == {"more": 3.0, "low_s": 1.0, "high_s": 2.0}


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        say(Remark("no such code"))


def test_words_of_a_file_stay_as_they_are() -> None:
    assert say(verbatim("{braces} and 1.5"), "de") == "{braces} and 1.5"


@pytest.mark.parametrize(("text", "made"), [("a b", "A b."), ("A.", "A."), ("qR in V1", "qR in V1.")])
def test_a_sentence_has_a_capital_and_one_full_stop(text: str, made: str) -> None:
    assert capital(sentence(text)) == made
