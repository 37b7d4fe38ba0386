"""Kill the program again and again while it reads, signs and sends, and tell what was lost.

Usage: python packaging/kill_store.py [--kills 200] [--clinic]

A process keeps opinions, drafts and signatures as fast as it can and says each time what it has done; it is killed
(`kill -9`) at a random moment, and what it had said two seconds or more before that must be there at the next start,
in an audit trail without a break. With --clinic it also sends everything to a PostgreSQL server of its own, and at the
end the server must have all that the file has. The exit status is 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from postgres import Server

ROOT = Path(__file__).resolve().parents[1]
PROMISED_S = 2.0
AFTER_S = (2.2, 4.0)
"""A run is killed so long after its first word."""
PAUSE_S = 0.02
WRITER = """
import sys, time
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from cardio_desktop.app.store import Opinion, Store
from cardio_desktop.core.conclusion import Draft, Signer, make_signature

app = QCoreApplication([])
folder, run, clinic, pause = Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
store = Store(folder, clinic=clinic)
if store.problem:
    sys.exit(store.problem)
signer = Signer("Dr. Reader")
number = 0
while True:
    key = f"{run}/{number}"
    store.log("open", key, f"{number}.hea")
    store.set_opinion("shared", Opinion(key, "agree", key))
    draft = Draft(f"reading {key}")
    store.put_draft(key, draft)
    store.sign(key, make_signature(key, draft, signer, datetime.now().astimezone()))
    print(number, time.time(), flush=True)
    number += 1
    time.sleep(pause)
"""


@dataclass
class Told:
    """What a killed run had said: numbers, and when."""

    run: str
    said: list[tuple[int, float]]
    killed: float

    @property
    def due(self) -> set[str]:
        """The records that must be there."""
        return {f"{self.run}/{number}" for number, moment in self.said if moment < self.killed - PROMISED_S}


def one_kill(folder: Path, run: str, clinic: str, chance: random.Random) -> Told:
    """Let the program work and kill it at a random moment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WRITER, str(folder), run, clinic, str(PAUSE_S)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    said: list[tuple[int, float]] = []
    after_s = chance.uniform(*AFTER_S)
    while not said or said[-1][1] - said[0][1] < after_s:
        line = process.stdout.readline().split()
        if len(line) != 2:
            raise SystemExit(f"the program ended by itself with {process.wait()}")
        said.append((int(line[0]), float(line[1])))
    killed = time.time()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return Told(run, said, killed)


def lost_of(folder: Path, told: Told) -> tuple[int, list[str]]:
    """Open the store as the next start does: return how much is missing of what is due, and what else is wrong."""
    from cardio_desktop.app.store import FILE_NAME, Store
    from cardio_desktop.app.store_commands import check_trail
    from cardio_desktop.words import say

    store = Store(folder)
    problems = [store.problem] if store.problem else []
    opinions = store.opinions("shared")
    due = told.due
    missing = sum(key not in opinions or store.conclusion(key).state != "signed" for key in due)
    store.close()
    verdict, _ = check_trail(folder / FILE_NAME)
    return missing, problems + [say(remark) for remark in verdict.problems]


def kill_again_and_again(folder: Path, kills: int, clinic: str = "", seed: int = 1) -> tuple[int, int, list[str]]:
    """Return how many readings were due, how many of them were lost, and everything else that was wrong."""
    chance = random.Random(seed)
    due = lost = 0
    problems: list[str] = []
    for run in range(kills):
        told = one_kill(folder, f"run {run}", clinic, chance)
        missing, wrong = lost_of(folder, told)
        due, lost = due + len(told.due), lost + missing
        problems += wrong
        print(f"kill {run + 1}: {len(told.said)} said, {len(told.due)} due, {missing} lost {wrong or ''}", flush=True)
    return due, lost, problems


def unlike(folder: Path, clinic: str, wait_s: float = 120.0) -> list[str]:
    """Let the program send what is left; return what the server then has otherwise than the file."""
    from cardio_desktop.app.clinic_database import ClinicDatabase
    from cardio_desktop.app.store import FILE_NAME, Store
    from cardio_desktop.app.store_file import StoreFile
    from cardio_desktop.app.store_outbox import waiting
    from cardio_desktop.app.store_rows import AUDIT, LOCAL
    from cardio_desktop.core.audit import verify
    from cardio_desktop.words import say

    store = Store(folder, clinic=clinic)
    until = time.monotonic() + wait_s
    database = ClinicDatabase(clinic)
    database.prepare()
    entries = store.trail()[0]
    while time.monotonic() < until:
        time.sleep(0.5)
        if store._file is not None and not waiting(store._file) and len(database.trail()[0]) == len(entries):
            break
    store.close()
    file = StoreFile(folder / FILE_NAME)
    here = {row.name: row.body for row in file.all_rows() if row.kind not in (AUDIT, *LOCAL)}
    file.close()
    there: dict[tuple[str, str, str], str | None] = {}
    serial = 0
    while True:
        changes, last = database.changes(serial, 1000)
        there.update({change.row.name: change.row.body for change in changes})
        if last == serial:
            break
        serial = last
    sent, spoilt = database.trail()
    database.close()
    verdict = verify(sent, {}, spoilt)
    wrong = [say(remark) for remark in verdict.problems]
    if here != there:
        wrong.append(f"{len(set(here.items()) ^ set(there.items()))} items differ between file and server")
    if {(e.chain, e.sequence, e.digest) for e in entries} != {(e.chain, e.sequence, e.digest) for e in sent}:
        wrong.append("the audit trails of file and server differ")
    return wrong


def main() -> int:
    """Kill, print what was lost, and return 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clinic", action="store_true", help="send everything to a PostgreSQL server as well")
    options = parser.parse_args()
    from PySide6.QtCore import QCoreApplication

    QCoreApplication([])
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as stack:
        clinic = stack.enter_context(Server(durable=True)).new_database() if options.clinic else ""
        due, lost, problems = kill_again_and_again(Path(place), options.kills, clinic)
        if clinic:
            problems += unlike(Path(place), clinic)
    print(f"{options.kills} kills{' with a clinic' if clinic else ''}: {due} readings due, {lost} lost")
    for problem in problems:
        print(problem)
    return 1 if lost or problems else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
