"""Which records are of one patient, and which only seem to be."""

from dataclasses import replace

import pytest

from cardio_desktop.core.person import Person, person_of, same_person
from cardio_desktop.simulate import simulate_record

ANNA = Person("4711-0815", "Doe^Anna", "female", "1950-01-02", "dicom")


def both_ways(a: Person, b: Person) -> bool:
    found = same_person(a, b)
    assert same_person(b, a) is found
    if found:
        assert set(a.keys) & set(b.keys), "an index by keys would not find them"
    return found


@pytest.mark.parametrize("number", ["", "0", "000", "0000000", "X", "unknown", "Anonymous", "TEST", "1111111", "n/a"])
def test_numbers_that_name_nobody_bind_nobody(number: str) -> None:
    a, b = Person(number, source="edf"), Person(number, source="edf")
    assert not both_ways(a, b)
    assert a.keys == ()
    assert not both_ways(a, replace(b, source="muse"))


def test_one_number_binds_within_a_format_and_not_across_formats() -> None:
    a = Person("20417345", source="muse")
    assert both_ways(a, Person(" 2041-7345 ", source="muse"))
    assert not both_ways(a, Person("20417345", source="scp"))
    assert both_ways(replace(a, birth_date="1950-01-02"), Person("20417345", birth_date="1950-01-02", source="scp"))
    assert both_ways(replace(a, name="Anna Doe"), Person("20417345", name="DOE, ANNA", source="scp"))


def test_a_short_number_is_a_counter_unless_something_stands_beside_it() -> None:
    assert not both_ways(Person("7", source="edf"), Person("7", source="edf"))
    assert both_ways(Person("7", "Smith", source="edf"), Person("7", "Smith", source="edf"))


def test_a_name_alone_never_binds() -> None:
    assert not both_ways(Person(name="Anna Doe"), Person(name="Anna Doe"))
    assert both_ways(Person(name="Anna Doe", birth_date="1950-01-02"), replace(ANNA, id=""))
    assert not both_ways(Person(name="Anna Doe", birth_date="1950-01-03"), replace(ANNA, id=""))
    assert not both_ways(
        Person(name="Anonymous", birth_date="1950-01-02"), Person(name="Anonymous", birth_date="1950-01-02")
    )


def test_what_contradicts_parts_even_one_number() -> None:
    assert both_ways(ANNA, ANNA)
    assert both_ways(ANNA, replace(ANNA, name="Roe^Anna"))  # married: the birth date binds both names
    assert not both_ways(ANNA, replace(ANNA, name="Roe^Berta", birth_date=""))
    assert not both_ways(ANNA, replace(ANNA, birth_date="1950-02-01"))
    assert not both_ways(ANNA, replace(ANNA, sex="male"))
    assert not both_ways(ANNA, replace(ANNA, id="99887766"))  # two of one name and birthday in one hospital
    assert both_ways(ANNA, replace(ANNA, id="99887766", source="edf"))


def test_a_simulated_record_is_nobodys() -> None:
    assert person_of(simulate_record("normal")) == Person()


def test_versions_and_kinds_of_one_format_are_one_source() -> None:
    record = replace(simulate_record("normal"), simulated=False)
    formats = (
        "DICOM 12-lead ECG",
        "DICOM general ECG",
        "Philips Sierra ECG 1.03",
        "Philips Sierra ECG 1.04",
        "EDF+",
        "",
    )
    found = [person_of(replace(record, format=name)).source for name in formats]
    assert found == ["dicom", "dicom", "philips", "philips", "edf", ""]
