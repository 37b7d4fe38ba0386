"""Conclusions are kept, signed once, and frozen by that; another window's words are never lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings

from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Opinion, SignedError, Store
from cardio_desktop.app.store_items import merge_bodies, parsed
from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.conclusion import Draft, Signer, make_addendum, make_signature
from cardio_desktop.core.record import ArraySamples, Channel, Record
from cardio_desktop.simulate.record import simulate_record

ANNA = Signer("Anna Berg", "cardiologist")
WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def store(qapp: object, tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.close()


def test_a_signature_is_there_after_the_next_start_and_freezes_the_reading(store: Store, tmp_path: Path) -> None:
    draft = Draft("Left bundle branch block", codes=("CLBBB",))
    store.put_draft("a", draft)
    assert store.conclusion("a").state == "read"
    signature = make_signature("a", store.conclusion("a").draft or draft, ANNA, WHEN)
    store.sign("a", signature)
    store.close()
    again = Store(tmp_path)
    try:
        assert again.conclusion("a").signatures == (signature,)
        assert again.conclusion("a").state == "signed"
        with pytest.raises(SignedError, match="addendum"):
            again.put_draft("a", Draft("normal"))
        with pytest.raises(SignedError):
            again.set_opinion("a", Opinion("class:MI", "agree"))
        with pytest.raises(SignedError):
            again.put_beats("a", [BeatEdit("n", 2.0, "ventricular")])
        with pytest.raises(ValueError, match="already"):
            again.sign("a", signature)
        addendum = make_addendum("a", "seen with the ward", ANNA, WHEN)
        again.add_addendum("a", addendum)
        assert again.conclusion("a").state == "amended"
        assert again.conclusion("a").addenda == (addendum,)
        assert again.conclusion("b").state == "new"
    finally:
        again.close()


def test_a_signature_of_another_record_or_a_changed_one_counts_for_nothing(store: Store) -> None:
    signature = make_signature("a", Draft("normal"), ANNA, WHEN)
    with pytest.raises(ValueError, match="this record"):
        store.sign("b", signature)
    with pytest.raises(ValueError, match="follows a signature"):
        store.add_addendum("a", make_addendum("a", "x", ANNA, WHEN))
    forged = replace(signature, text="infarction")
    values = {**vars(forged), "signer": vars(ANNA), "codes": []}
    store.put_item("a", "signature", signature.id, values)
    found = store.conclusion("a")
    assert (found.state, found.damaged) == ("new", (signature.id,))


def test_signatures_stand_in_the_order_of_time(store: Store) -> None:
    late = make_signature("a", Draft("b"), ANNA, WHEN.replace(hour=9), meaning="overread")
    early = make_signature("a", Draft("a"), ANNA, WHEN)
    store.sign("a", late)
    store.sign("a", early)
    assert [item.text for item in store.conclusion("a").signatures] == ["a", "b"]
    assert store.conclusion("a").text == "b"


def test_a_reading_from_before_signing_is_the_draft(store: Store) -> None:
    store.set_opinion("a", Opinion("reading", comment="old inferior infarction"))
    draft = store.conclusion("a").draft
    assert draft is not None
    assert (draft.text, draft.source) == ("old inferior infarction", "own")
    store.put_draft("a", replace(draft, text="old inferior infarction, LAFB"))
    assert store.opinions("a") == {}
    store.put_draft("a", None)
    assert store.conclusion("a").state == "new"


def test_two_windows_that_write_one_conclusion_lose_no_words() -> None:
    merged = parsed(merge_bodies("draft", '{"text": "LBBB"}', '{"text": "AF"}'))
    assert merged == {"text": "LBBB\nAF"}


@pytest.fixture
def session(qapp: object, tmp_path: Path) -> Iterator[Session]:
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.set_read_first(False)
    session = Session(settings, analyze=False)
    yield session
    session.close()


def shown(session: Session) -> Record:
    record = simulate_record()
    session.show_record(record)
    return record


def analysed(session: Session) -> str:
    from cardio_desktop.reading.pipeline import analyze

    record = shown(session)
    session.show_findings(record, analyze(record, None))
    return session.conclusions.machine_line


def test_the_programs_line_is_accepted_as_it_stands_and_signed(session: Session) -> None:
    line = analysed(session)
    assert line.startswith("Sinus rhythm")
    assert session.conclusions.accept_machine()
    draft = session.conclusions.present.draft
    assert draft is not None
    assert (draft.text, draft.source) == (line, "machine")
    assert "SR" in draft.codes
    assert session.conclusions.sign(ANNA)
    signed = session.conclusions.present.signatures[0]
    assert (signed.text, signed.machine, signed.signer, signed.meaning) == (line, line, ANNA, "read")
    assert not session.conclusions.accept_machine()
    assert session.conclusions.amend("discussed", ANNA)
    assert session.conclusions.present.state == "amended"
    assert session.conclusions.sign(Signer("Bo Dahl"), "overread")
    assert [item.meaning for item in session.conclusions.present.signatures] == ["read", "overread"]


def test_a_changed_line_of_the_program_is_told_from_own_words(session: Session) -> None:
    line = analysed(session)
    session.conclusions.write("LBBB")
    assert session.conclusions.present.draft.source == "own"  # type: ignore[union-attr]
    session.conclusions.accept_machine()
    session.conclusions.write(line + ", slight artefact")
    assert session.conclusions.present.draft.source == "edited"  # type: ignore[union-attr]
    session.conclusions.write(line)
    assert session.conclusions.present.draft.source == "machine"  # type: ignore[union-attr]
    session.conclusions.write("")
    assert session.conclusions.present.state == "new"


def test_nothing_hidden_or_not_yet_shown_is_accepted_or_signed(session: Session) -> None:
    analysed(session)
    session.reading.set_on(True)
    assert session.conclusions.machine_line == ""
    assert not session.conclusions.accept_machine()
    session.reading.set_on(False)
    session.conclusions.write("normal")
    session.await_record(Path("other.hea"))
    assert not session.conclusions.accept_machine()
    assert not session.conclusions.sign(ANNA)
    assert not session.conclusions.amend("x", ANNA)


def test_after_signing_opinions_and_beats_are_refused_with_a_sentence(session: Session) -> None:
    analysed(session)
    session.conclusions.write("normal")
    assert session.conclusions.sign(ANNA)
    session.opinions.toggle("class:MI", "agree")
    assert "addendum" in session.state.problem
    assert session.opinions.all() == {}
    session.clear_problem()
    assert not session.conclusions.write("abnormal")
    assert "addendum" in session.state.problem


def test_without_a_record_there_is_nothing(session: Session) -> None:
    assert session.conclusions.present.state == "new"
    assert not session.conclusions.write("x")
    assert not session.conclusions.sign(ANNA)
    silent = Record(Path("x"), "made", (Channel("II", 500.0, "mV", 1.0, 0.0, ArraySamples(np.zeros(9)), lead="II"),))
    session.show_record(silent)
    assert not session.conclusions.sign(ANNA)
