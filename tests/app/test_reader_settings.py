"""The reader's part of the settings: a PIN is kept as a hash alone, and damage reads as nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from cardio_desktop.app.pin import hash_pin, is_pin
from cardio_desktop.app.reader_settings import ReaderSettings
from cardio_desktop.core.conclusion import Signer


@pytest.fixture
def reader(tmp_path: Path) -> ReaderSettings:
    return ReaderSettings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


def test_a_hash_tells_its_pin_only_to_who_knows_it() -> None:
    first, second = hash_pin("4711"), hash_pin("4711")
    assert first != second, "each has a salt of its own"
    assert "4711" not in first.split("$")
    assert is_pin("4711", first)
    assert is_pin("4711", second)
    assert not is_pin("4712", first)
    assert not is_pin("", first)
    with pytest.raises(ValueError, match="4 characters"):
        hash_pin("123")


@pytest.mark.parametrize("kept", ["", "scrypt", "scrypt$zz$00", "md5$00$00", "4711"])
def test_a_damaged_hash_is_nobodys_pin(kept: str) -> None:
    assert not is_pin("4711", kept)


def test_each_reader_has_a_role_and_a_pin_of_their_own(reader: ReaderSettings) -> None:
    assert reader.signer() is None
    reader.set_signer(Signer("Anna Berg", "cardiologist"))
    reader.set_pin("Anna Berg", "4711")
    reader.set_signer(Signer("Bo Lind", "technician"))
    assert reader.signer() == Signer("Bo Lind", "technician")
    assert reader.names() == ("Anna Berg", "Bo Lind")
    assert reader.has_pin("Anna Berg")
    assert not reader.has_pin("Bo Lind")
    assert reader.is_pin("Anna Berg", "4711")
    assert not reader.is_pin("Bo Lind", "4711")
    reader.set_signer(Signer("Anna Berg", "professor"))
    assert reader.has_pin("Anna Berg"), "signing again keeps the PIN"
    assert reader.role_of("Anna Berg") == "professor"
    reader.set_pin("Anna Berg", "")
    assert not reader.has_pin("Anna Berg")


def test_acronyms_and_favourites_come_back_and_damage_reads_as_none(reader: ReaderSettings) -> None:
    reader.set_acronyms({"NAD": "nothing abnormal detected"})
    reader.set_favourites(("SR", "CLBBB"))
    reader.set_goes_on(False)
    assert reader.acronyms() == {"nad": "nothing abnormal detected"}
    assert reader.favourites() == ("SR", "CLBBB")
    assert not reader.goes_on()
    for name in ("acronyms", "favourites", "signers"):
        reader._store.setValue(f"reader/{name}", "[not json")
    assert (reader.acronyms(), reader.favourites(), reader.names()) == ({}, (), ())
    for name, value in (("acronyms", "[1]"), ("favourites", "{}"), ("signers", '["x"]')):
        reader._store.setValue(f"reader/{name}", value)
    assert (reader.acronyms(), reader.favourites(), reader.names()) == ({}, (), ())
