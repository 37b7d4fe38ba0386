"""Files of earlier versions are brought up to date without a loss; the tables are those that the program defines."""

import json
import sqlite3
from pathlib import Path

import pytest

from cardio_desktop.app import store_file
from cardio_desktop.app.store import FILE_NAME, Opinion, Store
from cardio_desktop.app.store_rows import digest_of
from cardio_desktop.app.store_tables import tables
from cardio_desktop.core.beat_edits import BeatEdit
from cardio_desktop.core.calipers import Caliper, CaliperKind

SCHEMA_0_3_0 = """
CREATE TABLE items (
    record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT, version INTEGER NOT NULL,
    changed TEXT NOT NULL, PRIMARY KEY (record, kind, id)
) WITHOUT ROWID;
CREATE TABLE past (
    record TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT, version INTEGER NOT NULL,
    changed TEXT NOT NULL
);
CREATE INDEX past_of ON past (record, kind, id, version);
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version=2;
"""
"""As release 0.3.0 made it."""
CALIPER = Caliper("c1", CaliperKind.TIME, "II", 1.5, 2.3)
EDIT = BeatEdit("at-1.000", None, original_s=1.0)
OPINION = Opinion("class:MI", "disagree", "early repolarisation – Prüfung", "2026-01-02T03:04:05+01:00")
READING = Opinion("reading", "", "Sinus rhythm, no ischaemia", "2026-01-02T03:05:05+01:00")


def old_items() -> list[tuple[str, str, str, str | None, int, str]]:
    then = "2026-01-02T03:04:05+01:00"
    many = [(f"record {n}", "caliper", "c1", json.dumps(CALIPER.to_dict()), 1, then) for n in range(50)]
    opinions = [("a", "opinion", one.finding, json.dumps(vars(one)), 3, then) for one in (OPINION, READING)]
    return [
        *many,
        *opinions,
        ("a", "caliper", "c1", json.dumps(CALIPER.to_dict()), 1, then),
        ("a", "caliper", "gone", None, 2, then),
        ("a", "beat", EDIT.id, json.dumps(EDIT.to_dict()), 1, then),
        ("a", "read", "read", json.dumps({"read": True, "changed": then}), 1, then),
    ]


def make_old(path: Path, version: int) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA_0_3_0)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executemany("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)", old_items())
        connection.execute("INSERT INTO past VALUES ('a', 'opinion', 'class:MI', '{}', 2, 'before')")
        connection.execute("INSERT INTO files VALUES ('/ecg/a.hea', 100, 5, 'a')")
        if version == 3:
            connection.execute("ALTER TABLE items ADD COLUMN digest TEXT NOT NULL DEFAULT ''")
            connection.create_function("digest_of", 6, digest_of)
            connection.execute("UPDATE items SET digest = digest_of(record, kind, id, body, version, changed)")
            connection.execute("PRAGMA user_version=3")
            connection.execute(f"PRAGMA application_id={store_file.APPLICATION_ID + 3}")
    connection.close()


@pytest.mark.parametrize("version", [2, 3])
def test_a_file_of_an_earlier_release_loses_nothing(qapp: object, tmp_path: Path, version: int) -> None:
    path = tmp_path / "data" / FILE_NAME
    make_old(path, version)
    for _ in ("first start", "the next"):
        store = Store(path.parent)
        assert store.problem == ""
        assert store.opinions("a") == {"class:MI": OPINION, "reading": READING}
        assert store.conclusion("a").text == READING.comment
        assert store.calipers("a") == (CALIPER,)
        assert store.beats("a") == (EDIT,)
        assert store.read_state("a").read
        assert all(store.calipers(f"record {n}") == (CALIPER,) for n in range(50))
        store.close()
    with sqlite3.connect(path) as connection:
        items = connection.execute("SELECT record, kind, id, body, version, changed FROM items").fetchall()
        assert sorted(items, key=str) == sorted(old_items(), key=str)
        assert connection.execute("SELECT id, version FROM past").fetchall() == [("class:MI", 2)]
        assert connection.execute("SELECT record FROM files").fetchall() == [("a",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (len(store_file.MIGRATIONS),)
    connection.close()
    with sqlite3.connect(f"{path}.version-{version}") as before:
        assert before.execute("SELECT count(*) FROM items").fetchone() == (len(old_items()),)
    before.close()


def test_the_file_has_the_tables_that_are_defined(qapp: object, tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        for table in tables().metadata.tables.values():
            found = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            wanted = [(column.name, column.primary_key) for column in table.columns]
            assert [(name, bool(key)) for _, name, _, _, _, key in found] == wanted
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert names == set(tables().metadata.tables)
    connection.close()
