"""The table of statements: each once, in both languages, and no acronym that would say another thing."""

import pytest

from cardio_desktop.core.expanding import SEPARATORS, Expansion, expansion_at, stands
from cardio_desktop.core.statements import BY_CODE, LANGUAGES, STATEMENTS, acronyms, search
from cardio_desktop.narrative.conclusion import WEIGHTS
from cardio_desktop.words.german.statements import STATEMENTS as SCP_GERMAN


def test_every_statement_has_a_code_and_names_of_its_own() -> None:
    assert 80 <= len(STATEMENTS) <= 130
    assert len(BY_CODE) == len(STATEMENTS)
    for language in LANGUAGES:
        names = [item.name(language) for item in STATEMENTS]
        assert len(set(names)) == len(names)
        assert all(name == name.strip() and name for name in names)
    assert all(item.aha is None or 1 <= item.aha <= 503 for item in STATEMENTS)


def test_the_table_knows_what_scp_and_the_program_name_most() -> None:
    rhythms = {"SR", "AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "SVTAC", "PSVT", "BIGU", "TRIGU", "PACE"}
    usual = {"CLBBB", "CRBBB", "IRBBB", "LAFB", "LPFB", "1AVB", "LVH", "RVH", "IMI", "AMI", "ASMI", "STE_", "STD_"}
    assert rhythms | usual <= set(BY_CODE)
    assert rhythms | usual <= {*SCP_GERMAN, "SVTAC", "PSVT", "TRIGU"}
    assert {"VT", "VF", "WCT", "IVR", "LNGQT", "WENCK", "NORM"} - {"WENCK", "NORM"} <= set(WEIGHTS)


@pytest.mark.parametrize(
    ("code", "number"),
    [("NORM", 1), ("SR", 20), ("AFIB", 50), ("PVC", 60), ("VT", 70), ("1AVB", 82), ("CLBBB", 104), ("LVH", 142),
     ("LNGQT", 148), ("ASMI", 165), ("VPACE", 181)],
)  # fmt: skip
def test_numbers_are_those_of_the_recommendations(code: str, number: int) -> None:
    assert BY_CODE[code].aha == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_acronym_stands_for_two_statements_or_is_an_ordinary_word(language: str) -> None:
    typed = [acronym for item in STATEMENTS for acronym in item.typed(language)]
    assert len(set(typed)) == len(typed)
    assert all(acronym == acronym.casefold() and acronym.isalnum() for acronym in typed)
    words = {"no", "not", "is", "an", "in", "old", "new", "art", "norm", "pace", "strain", "rad", "st", "pq", "lad"}
    german = {"lae", "art", "norm", "rad", "pq", "st", "ist", "der", "die", "und", "mit", "ohne", "bei", "im"}
    assert not (words - {"rad"} if language == "en" else german) & set(typed)


def expand(text: str, language: str = "en", own: dict[str, str] | None = None) -> str:
    """Type a text and return what stands there then."""
    shown = ""
    for letter in text:
        shown += letter
        if letter in SEPARATORS:
            found = expansion_at(shown, len(shown) - 1, language, own or {})
            if found is not None:
                shown = shown[: found.start] + found.text + shown[found.end :]
    return shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("sr, lbbb.", "Sinus rhythm, left bundle branch block."),
        ("SR 70/min, 1avb ", "Sinus rhythm 70/min, first degree AV block "),
        ("Old imi. af ", "Old inferior myocardial infarction. Atrial fibrillation "),
        ("(pvc) ", "(Ventricular premature complexes) "),
        ("sr-like lbbb: xsr srx ", "sr-like lbbb: xsr srx "),
        ("Critical LAD stenosis, OMI ", "Critical LAD stenosis, OMI "),
        ("vt? ", "Ventricular tachycardia? "),
        ("unknown words stay as they are.", "unknown words stay as they are."),
    ],
)
def test_acronyms_expand_and_nothing_else_is_touched(typed: str, shown: str) -> None:
    assert expand(typed) == shown


def test_german_acronyms_and_own_ones() -> None:
    assert expand("sr, klsb, vhf.", "de") == "Sinusrhythmus, Linksschenkelblock, Vorhofflimmern."
    assert expand("V.a. LAE ", "de") == "V.a. LAE ", "a pulmonary embolism to a German reader"
    assert expand("lae ", "en") == "Left atrial enlargement "
    assert expand("nad ", own={"nad": "nothing abnormal"}) == "Nothing abnormal "
    assert expansion_at("sr", 2, "en", {"sr": "my own"}) == Expansion(0, 2, "My own", "")
    assert expansion_at("sr", 2, "en", {}) == Expansion(0, 2, "Sinus rhythm", "SR")


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Sinus rhythm, left bundle branch block.", True),
        ("No left bundle branch block.", False),
        ("No ischaemia, left bundle branch block.", True),
        ("Possible left bundle branch block", False),
        ("Left bundle branch block?", False),
        ("V.a. left bundle branch block", False),
        ("Kein left bundle branch block; left bundle branch block", True),
        ("incomplete-left bundle branch blocks", False),
        ("Rule out left bundle branch block", False),
    ],
)
def test_only_what_is_stated_is_coded(text: str, does: bool) -> None:
    assert stands(text, "left bundle branch block") is does


def test_the_search_finds_words_codes_numbers_and_favourites_first() -> None:
    assert search("lbbb", "en")[0].code == "CLBBB"
    assert search("164", "en") == []
    assert search("104", "en")[0].code == "CLBBB"
    assert [item.code for item in search("bundle left", "en")][:2] == ["CLBBB", "ILBBB"]
    assert search("flimmern", "en")[0].code == "AFIB", "the other language is found, too"
    assert [item.code for item in search("", "en", ("LVH", "AFIB"))][:2] == ["LVH", "AFIB"]
    assert len(search("", "de")) == len(STATEMENTS)
    assert acronyms("en")["lbbb"].name("de") == "Linksschenkelblock"
