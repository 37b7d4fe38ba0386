"""Several computers share a clinic's database; a lost server loses no work, and two readers keep both their words."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app import audit_log, clinic_sync
from cardio_desktop.app.clinic_address import VARIABLE, AddressError, clinic_address
from cardio_desktop.app.clinic_database import ClinicDatabase, ClinicError
from cardio_desktop.app.store import FILE_NAME, Opinion, Store
from cardio_desktop.app.store_items import merge_bodies
from cardio_desktop.app.store_outbox import CLINIC, note, waiting
from cardio_desktop.app.store_rows import Row
from cardio_desktop.core.audit import verify
from cardio_desktop.core.calipers import CaliperKind, make_caliper
from cardio_desktop.core.conclusion import Draft, Signer, make_addendum, make_signature

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CALIPER = make_caliper(CaliperKind.TIME, "II", (1.5, 0.1), (2.312, -0.2))
PATIENCE_MS = 30_000
Open = Callable[[str], Store]


@pytest.fixture
def room(
    qtbot: QtBot, tmp_path: Path, clinic: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Store]]:
    """Opens the store of a computer by its name."""
    monkeypatch.setattr(clinic_sync, "FIRST_S", 0.0)
    monkeypatch.setattr(clinic_sync, "PERIOD_S", 0.1)
    monkeypatch.setattr(clinic_sync, "RETRY_S", (0.1,))
    stores: list[Store] = []

    def open_(name: str) -> Store:
        stores.append(Store(tmp_path / name, clinic=clinic))
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


def all_sent(store: Store) -> bool:
    assert store.flush()
    file = store._file
    if file is None:
        return False
    with file.reading() as connection:
        joined = note(connection, CLINIC) != ""
    return joined and waiting(file) == 0


def sentences(store: Store) -> list[str]:
    heard: list[str] = []
    store.said.connect(heard.append)
    return heard


def test_what_one_computer_keeps_the_other_shows(qtbot: QtBot, room: Open) -> None:
    one, two = room("one"), room("two")
    one.set_opinion("a", Opinion("class:MI", "agree", "Q in III"))
    one.put_caliper("a", CALIPER)
    qtbot.waitUntil(lambda: two.calipers("a") == (CALIPER,), timeout=PATIENCE_MS)
    assert two.opinions("a")["class:MI"].comment == "Q in III"
    two.remove_caliper("a", CALIPER.id)
    qtbot.waitUntil(lambda: one.calipers("a") == (), timeout=PATIENCE_MS)
    moved = CALIPER.moved(0.25)
    for n in range(20):
        one.put_caliper("b", moved.moved(n / 100))
    qtbot.waitUntil(lambda: two.calipers("b") == one.calipers("b"), timeout=PATIENCE_MS)


def test_work_of_before_the_clinic_is_sent_and_what_stands_there_is_joined(
    qtbot: QtBot, tmp_path: Path, room: Open
) -> None:
    for name in ("one", "two"):
        alone = Store(tmp_path / name)
        alone.set_opinion("a", Opinion("class:MI", "agree", f"words of {name}"))
        alone.set_read(f"only {name}", True)
        alone.close()
    one, two = room("one"), room("two")
    heard = [*map(sentences, (one, two))]

    def both() -> bool:
        found = [set(store.opinions("a")["class:MI"].comment.splitlines()) for store in (one, two)]
        return found == [{"words of one", "words of two"}] * 2

    qtbot.waitUntil(both, timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: any("Another reader changed opinions" in s for said in heard for s in said), timeout=PATIENCE_MS
    )
    assert one.read_state("only two").read or not one._items  # fetched although nobody has looked at it here
    assert two.read_state("only one").read


def test_a_lost_server_loses_nothing_and_is_told_once_and_again_when_it_is_back(
    qtbot: QtBot, room: Open, postgres: Any
) -> None:
    one, two = room("one"), room("two")
    one.set_read("a", True)
    qtbot.waitUntil(lambda: two.read_state("a").read, timeout=PATIENCE_MS)
    heard = sentences(one)
    postgres.stop()
    try:
        for n in range(30):
            one.set_opinion("a", Opinion(f"finding {n}", "agree", "while it is away"))
        one.sign("b", make_signature("b", Draft("sinus rhythm"), Signer("Dr. Grün"), WHEN))
        assert one.flush()
        assert one.unsaved == 0
        qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
        qtbot.wait(600)
        assert [said for said in heard if "cannot be reached" in said] == heard
        assert len(heard) == 1
        one.close()
    finally:
        postgres.start()
    again = room("one")
    qtbot.waitUntil(lambda: len(two.opinions("a")) == 30, timeout=PATIENCE_MS)
    assert two.conclusion("b").state == "signed"
    assert all_sent(again)


def test_a_server_that_comes_back_gets_what_was_done_meanwhile_and_that_is_said(
    qtbot: QtBot, room: Open, postgres: Any
) -> None:
    one = room("one")
    one.set_read("a", True)
    qtbot.waitUntil(lambda: all_sent(one), timeout=PATIENCE_MS)
    heard = sentences(one)
    postgres.stop()
    one.set_read("b", True)
    one.set_read("c", True)
    assert one.flush()
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=PATIENCE_MS)
    postgres.start()
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    assert "is back; 2 changes were sent" in heard[1]


def test_two_readers_of_one_draft_keep_both_their_words_and_are_told(qtbot: QtBot, room: Open, postgres: Any) -> None:
    one, two = room("one"), room("two")
    one.put_draft("a", Draft("sinus rhythm"))
    qtbot.waitUntil(lambda: two.conclusion("a").text == "sinus rhythm", timeout=PATIENCE_MS)
    heard = [*map(sentences, (one, two))]
    postgres.stop()
    try:
        one.put_draft("a", Draft("sinus rhythm, LBBB"))
        two.put_draft("a", Draft("atrial fibrillation"))
        assert one.flush()
        assert two.flush()
    finally:
        postgres.start()

    def joined() -> bool:
        texts = [store.conclusion("a").text for store in (one, two)]
        return texts[0] == texts[1] and set(texts[0].splitlines()) == {"sinus rhythm, LBBB", "atrial fibrillation"}

    qtbot.waitUntil(joined, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: any("Another reader" in s for said in heard for s in said), timeout=PATIENCE_MS)


def test_signatures_of_two_readers_are_both_kept_and_nothing_changes_them(
    qtbot: QtBot, room: Open, clinic: str
) -> None:
    one, two = room("one"), room("two")
    draft = Draft("sinus rhythm")
    first = make_signature("a", draft, Signer("Dr. Grün"), WHEN)
    second = make_signature("a", draft, Signer("Dr. Blau"), WHEN, meaning="second")
    one.sign("a", first)
    two.sign("a", second)
    two.add_addendum("a", make_addendum("a", "seen before", Signer("Dr. Blau"), WHEN))

    def alike() -> bool:
        return all(
            len(store.conclusion("a").signatures) == 2 and store.conclusion("a").state == "amended"
            for store in (one, two)
        )

    qtbot.waitUntil(alike, timeout=PATIENCE_MS)
    database = ClinicDatabase(clinic)
    database.prepare()
    (answer,) = database.write([Row("a", "signature", first.id, "{}", 1, "now")], merge_bodies, "elsewhere")
    assert answer.stood
    assert answer.met
    assert first.text in (answer.row.body or "")
    with psycopg.connect(clinic) as connection, pytest.raises(psycopg.Error, match="only grow"):
        connection.execute("DELETE FROM items WHERE kind = 'signature'")
    with psycopg.connect(clinic) as connection, pytest.raises(psycopg.Error, match="only grow"):
        connection.execute("UPDATE audit SET body = ''")
    database.close()


def test_each_computer_has_its_chain_in_the_database_and_it_tells_of_a_cut(
    qtbot: QtBot, room: Open, clinic: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from cardio_desktop.app.store_commands import audit

    one, two = room("one"), room("two")
    one.log("open", "a", "0")
    one.close()
    first_day = {path: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    one = room("one")
    for n in range(1, 5):
        one.log("open", "a", f"{n}")
        two.log("export", "b", f"{n}")
    database = ClinicDatabase(clinic)
    database.prepare()
    qtbot.waitUntil(lambda: len(database.trail()[0]) == 9, timeout=PATIENCE_MS)
    entries, spoilt = database.trail()
    assert spoilt == 0
    verdict = verify(entries, {})
    assert verdict.problems == ()
    assert sorted(head.count for head in verdict.heads) == [4, 5]
    database.close()
    one.close()
    folder = str(tmp_path / "one")
    assert audit(["verify", "--data", folder, "--database", clinic]) == 0
    assert "chains of this computer" in capsys.readouterr().err
    for path in (tmp_path / "one").iterdir():
        path.unlink()
    for path, data in first_day.items():
        path.write_bytes(data)
    assert audit(["verify", "--data", folder]) == 0
    assert audit(["verify", "--data", folder, "--database", clinic]) == 1
    assert "Entries 2 to 5 at the end" in capsys.readouterr().err
    one = room("one")
    heard = sentences(one)
    qtbot.waitUntil(lambda: any("A new chain was begun" in said for said in heard), timeout=PATIENCE_MS)
    one.log("open", "a", "after that")
    database = ClinicDatabase(clinic)
    qtbot.waitUntil(lambda: len(database.trail()[0]) == 10, timeout=PATIENCE_MS)
    assert verify(database.trail()[0], {}).problems == ()
    database.close()


def test_an_item_that_is_changed_while_it_is_sent_is_sent_again(qtbot: QtBot, tmp_path: Path, clinic: str) -> None:
    from cardio_desktop.app import store_outbox as outbox
    from cardio_desktop.app.store_file import StoreFile

    file, database = StoreFile(tmp_path / FILE_NAME), ClinicDatabase(clinic)
    database.prepare()
    outbox.join(file, database.identity)

    def write(body: str, version: int) -> int:
        (row,) = file.write([Row("a", "opinion", "x", f'{{"comment": "{body}"}}', version, "then")], merge_bodies)
        return row.version

    version = write("first", 0)
    sent = outbox.unsent(file, 10)
    write("second", version)
    answers = database.write([row for row, _ in sent], merge_bodies, "here")
    assert outbox.note_sent(file, sent, answers) == []
    again = outbox.unsent(file, 10)
    assert [(row.body, row.version) for row, _ in again] == [('{"comment": "second"}', 1)]
    assert outbox.take_changes(file, database.changes(0, 10)[0], 1) == []  # ours is newer
    answers = database.write([row for row, _ in again], merge_bodies, "here")
    assert not answers[0].met
    outbox.note_sent(file, again, answers)
    assert outbox.waiting(file) == 0
    file.close()
    database.close()


def test_an_administrator_names_the_database_and_nobody_else_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clinic.toml"
    monkeypatch.delenv(VARIABLE, raising=False)
    assert clinic_address(file) == ""
    assert clinic_address(file, "postgresql://set/ecg") == "postgresql://set/ecg"
    file.write_text('database = "postgresql://named/ecg"\n')
    assert clinic_address(file, "postgresql://set/ecg") == "postgresql://named/ecg"
    monkeypatch.setenv(VARIABLE, "postgresql://variable/ecg")
    assert clinic_address(file) == "postgresql://variable/ecg"
    monkeypatch.setenv(VARIABLE, "http://somewhere")
    with pytest.raises(AddressError, match="begins with postgresql"):
        clinic_address(file)
    monkeypatch.delenv(VARIABLE)
    file.write_text("no toml")
    with pytest.raises(AddressError, match=r"clinic\.toml"):
        clinic_address(file)


def test_what_cannot_be_used_is_said_without_the_password(clinic: str) -> None:
    for address, words in (
        ("postgresql://reader:secret@/ecg?host=/nowhere", "No such file"),
        ("postgresql://reader:secret@127.0.0.1:1/ecg", "refused"),
        ("postgresql://reader:secret@host:notaport/ecg", "cannot be read"),
    ):
        with pytest.raises(ClinicError, match=words) as told:
            ClinicDatabase(address).prepare()
        assert "secret" not in str(told.value)
    database = ClinicDatabase(clinic)
    database.prepare()
    database.prepare()
    with psycopg.connect(clinic) as connection:
        connection.execute("UPDATE notes SET value = '99' WHERE name = 'schema'")
    with pytest.raises(ClinicError, match="version 99"):
        database.prepare()
    database.close()


def test_no_clinic_no_thread(qapp: object, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.set_read("a", True)
    assert store.flush()
    assert store._sync is None
    assert store._file is not None
    assert waiting(store._file) == 0
    assert audit_log.station()
    store.close()
