"""Opinions on sentences are kept by what a sentence states, and found again under the words of older programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from cardio_desktop.app.i18n import _Language
from cardio_desktop.app.opinions import sentence_key, subject_of
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Opinion, Store
from cardio_desktop.core.findings import Findings, Sentence
from cardio_desktop.core.record import Record
from cardio_desktop.words import Remark
from tests.ui.conftest import step_record
from tests.ui.test_window import findings_of

LONG = Sentence("qt", Remark("qtc", {"qtc_fridericia_ms": 421.4, "qt_ms": 402.3}))
FAST = Sentence("rate", Remark("fast", {}))
OLD = f"sentence:{LONG.english}"


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Session, Record, Findings]]:
    store = Store(tmp_path / "kept")
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    session = Session(settings, analyze=False, store=store)
    record = step_record(tmp_path)
    findings = replace(findings_of(record), sentences=(LONG, FAST))
    session.show_record(record)
    session.show_findings(record, findings)
    yield session, record, findings
    session.close()
    store.close()


def test_the_name_of_a_sentence_is_its_code_and_values_not_its_words() -> None:
    assert '"code": "qtc"' in sentence_key(LONG)
    assert LONG.english not in sentence_key(LONG)
    near = Sentence("qt", Remark("qtc", {"qt_ms": 402.3004, "qtc_fridericia_ms": 421.40001}))
    far = Sentence("qt", Remark("qtc", {"qt_ms": 402.3, "qtc_fridericia_ms": 441.4}))
    assert sentence_key(near) == sentence_key(LONG)  # whatever the order of its values
    assert sentence_key(far) != sentence_key(LONG)
    nested = Sentence("rhythm", Remark("rhythm", {"basic": Remark("rhythm-SR"), "more": ()}))
    assert "rhythm-SR" in sentence_key(nested)


def test_what_was_kept_under_the_words_is_found_and_moves_when_it_is_changed(
    opened: tuple[Session, Record, Findings],
) -> None:
    session, record, findings = opened
    key = session.store.key_of(record)
    session.store.set_opinion(key, Opinion(OLD, "agree", "seen before"))
    name = sentence_key(LONG)
    assert session.opinions.of(name).verdict == "agree"
    assert session.opinions.of(name).comment == "seen before"
    assert OLD not in session.opinions.all()
    (told,) = session.opinions.told(findings)
    assert told.subject == LONG.english.rstrip(".")
    session.opinions.toggle(name, "disagree")
    kept = session.store.opinions(key)
    assert OLD not in kept
    assert (kept[name].verdict, kept[name].comment) == ("disagree", "seen before")
    session.opinions.toggle(name, "disagree")
    session.opinions.comment(name, "")
    assert session.store.opinions(key) == {}  # taken back, it does not come back from the old name


def test_comments_under_both_names_are_both_told(opened: tuple[Session, Record, Findings]) -> None:
    session, record, _ = opened
    key, name = session.store.key_of(record), sentence_key(LONG)
    session.store.set_opinion(key, Opinion(name, "disagree", "second"))
    session.store.set_opinion(key, Opinion(OLD, "agree", "first"))
    found = session.opinions.of(name)
    assert (found.verdict, found.comment) == ("disagree", "first\nsecond")


def test_an_opinion_on_a_sentence_that_is_gone_is_still_told(
    opened: tuple[Session, Record, Findings], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, findings = opened
    gone = replace(findings, sentences=(FAST,))
    assert "421 ms" in subject_of(sentence_key(LONG), gone)
    assert subject_of(OLD, gone) == LONG.english.rstrip(".")
    assert subject_of('sentence:{"code": 1}', gone) == '{"code": 1}'
    monkeypatch.setattr(_Language, "code", "de")
    assert subject_of(sentence_key(LONG), gone) == LONG.german.rstrip(".")
