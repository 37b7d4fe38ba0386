"""What is typed into a list's filter, and which rows it leaves."""

import pytest

from cardio_desktop.reading.row_filter import CHOICES, FIELDS, FilterError, Row, fields_in, parse
from cardio_desktop.words.german import worklist as german

ROWS = {
    "af": Row(
        "doe anna atrial fibrillation 52/min, inferior infarction. imi",
        {"state": "new", "tier": "high", "age": 71.0, "sex": "f", "rhythm": "Atrial fibrillation", "qtc": 512.0,
         "rate": 52.0, "critical": "no", "date": "2019-03-12", "prior": 2.0, "axis": -58.0},
    ),
    "sr": Row(
        "roe bob sinus rhythm 64/min, normal ecg",
        {"state": "signed", "tier": "low", "age": 45.0, "sex": "m", "rhythm": "Sinus rhythm", "qtc": 410.0,
         "rate": 64.4, "critical": "no", "date": "2021-07-01", "prior": 0.0, "reader": "Dr. Ada"},
    ),
    "vt": Row("poe ventricular tachycardia", {"state": "amended", "critical": "yes", "tier": "none"}),
    "waits": Row("file.hea", {"state": "read"}),
}  # fmt: skip


def found(text: str) -> set[str]:
    wanted = parse(text)
    return {name for name, row in ROWS.items() if wanted.accepts(row)}


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("", {"af", "sr", "vt", "waits"}),
        ("ANNA", {"af"}),
        ("rhythm normal", {"sr"}),
        ('"sinus rhythm"', {"sr"}),
        ('"rhythm sinus"', set()),
        ('"sinus rhy', {"sr"}),
        ("-sinus", {"af", "vt", "waits"}),
        ('-"sinus rhythm" -file', {"af", "vt"}),
        ("state:unsigned", {"af", "waits"}),
        ("state:unread", {"af"}),
        ("state:signed", {"sr", "vt"}),
        ("-state:signed", {"af", "waits"}),
        ("tier:high age>60", {"af"}),
        ("tier:none", {"vt"}),
        ("-tier:high", {"sr", "vt", "waits"}),
        ("age>=45 age<71", {"sr"}),
        ("age:40..71", {"af", "sr"}),
        ("rate:64", {"sr"}),
        ("rate<50", set()),
        ("qtc>500", {"af"}),
        ("axis<-30", {"af"}),
        ("critical:yes", {"vt"}),
        ("sex:f", {"af"}),
        ("rhythm:fibrillation", {"af"}),
        ('rhythm:"atrial fib"', {"af"}),
        ("-rhythm:sinus", {"af", "vt", "waits"}),
        ("date<2020", {"af"}),
        ("date>=2019-03-12", {"af", "sr"}),
        ("date:2019-03", {"af"}),
        ("date:2019..2021", {"af", "sr"}),
        ("prior>0", {"af"}),
        ("reader:ada", {"sr"}),
        ("64/min", {"sr"}),
        ("10:30", set()),
        ("zustand:unsigniert risiko:hoch alter>60 geschlecht:w", {"af"}),
        ("KRITISCH:ja", {"vt"}),
    ],
)  # fmt: skip
def test_what_is_typed_leaves_the_rows_that_hold_all_of_it(typed: str, rows: set[str]) -> None:
    assert found(typed) == rows


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("colour:red", "There is no field “colour”; the fields are state, tier, critical, sex, age, rate"),
        ("age>old", "“age” takes a number or a range such as 50..60, not “old”."),
        ("age>", "“age” takes a number"),
        ("tier:worst", "“tier” takes high, moderate, low, none, not “worst”."),
        ("tier>low", "“tier” takes a word after a colon; “>” is for numbers and dates."),
        ("date:yesterday", "“date” takes a date such as 2019"),
        ("date:2019..x", "“date” takes a date"),
    ],
)
def test_what_is_no_filter_is_said_in_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(typed)
    assert str(caught.value).startswith(sentence)
    assert caught.value.said("de") != str(caught.value)


def test_a_filter_tells_which_fields_it_asks_for() -> None:
    assert fields_in('tier:high -ALTER>60 "age:1" anna tier:low colour:red') == ("tier", "age")
    assert fields_in("anna") == ()


def test_a_part_and_the_same_with_a_minus_share_out_every_row() -> None:
    parts = [
        "anna",
        '"sinus rhythm"',
        "age>60",
        "tier:low",
        "rhythm:sinus",
        "date<2020",
        "state:unsigned",
        "qtc:1..999",
    ]
    for part in parts:
        assert found(part) | found(f"-{part}") == set(ROWS)
        assert not found(part) & found(f"-{part}")


def test_every_german_word_stands_for_a_field_or_choice_and_is_told_in_german() -> None:
    assert len(set(german.FIELDS.values())) == len(FIELDS)
    for choices in CHOICES.values():
        assert len({german.CHOICES[choice] for choice in choices}) == len(choices)
    with pytest.raises(FilterError) as caught:
        parse("farbe:rot")
    assert "zustand" in caught.value.said("de")
    with pytest.raises(FilterError) as caught:
        parse("risiko:rot")
    assert caught.value.said("de") == "„risiko“ nimmt hoch, mittel, niedrig, keine, nicht „rot“."
