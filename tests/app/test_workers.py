"""Helper processes: order, pause, cancel, crashes and hanging files."""

import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

import cardio_desktop.app.workers as module
from cardio_desktop.app.workers import Answer, Request, Workers

# Answers each request with its own number; "crash" ends the helper, "hang" never answers, "noise" is no JSON.
HELPER = """
import json, sys, time
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "crash":
        sys.exit(3)
    if request["do"] == "hang":
        time.sleep(600)
    if request["do"] == "noise":
        print("{", flush=True)
    if request["do"] == "fail":
        print(json.dumps({"id": request["id"], "error": {"kind": "k", "message": "no"}}), flush=True)
        continue
    print(json.dumps({"id": request["id"], "result": {"n": request["n"]}}), flush=True)
"""


ME = object()


class Listener:
    def __init__(self, workers: Workers) -> None:
        self.answers: list[tuple[Request, Answer]] = []
        workers.answered.connect(self.take)

    def take(self, request: Request, answer: Answer) -> None:
        self.answers.append((request, answer))


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[Workers]:
    pool = Workers(count=1, command=[sys.executable, "-c", HELPER])
    yield pool
    pool.shut_down()
    assert pool.running == 0


def ask(owner: object, n: int, do: str = "say", rank: int = 0) -> Request:
    return Request(owner, do, {"n": n, "path": f"/x/{n}.hea"}, rank, n)


def test_answers_come_in_order_of_rank_then_of_asking(qtbot: QtBot, workers: Workers) -> None:
    heard = Listener(workers)
    workers.hold(True)
    workers.submit([ask(ME, 1, rank=2), ask(ME, 2, rank=2), ask(ME, 3, rank=1)])
    workers.prefer(ME, {2}, "say")
    workers.hold(False)
    qtbot.waitUntil(lambda: len(heard.answers) == 3, timeout=20_000)
    assert [answer.result["n"] for _, answer in heard.answers] == [3, 2, 1]
    assert workers.open_requests(ME) == 0


def test_a_crash_costs_one_request_and_no_more(qtbot: QtBot, workers: Workers) -> None:
    heard = Listener(workers)
    workers.submit([ask(ME, 1), ask(ME, 2, "crash"), ask(ME, 3, "noise"), ask(ME, 4, "fail")])
    qtbot.waitUntil(lambda: len(heard.answers) == 4, timeout=20_000)
    problems = [answer.problem for _, answer in heard.answers]
    assert problems == ["", "2.hea: analysing it ended unexpectedly; open it by itself.", "", "no"]


def test_a_file_that_hangs_is_given_up(qtbot: QtBot, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.5)
    heard = Listener(workers)
    workers.submit([ask(ME, 1, "hang"), ask(ME, 2)])
    qtbot.waitUntil(lambda: len(heard.answers) == 2, timeout=20_000)
    assert "1.hea: it took longer" in heard.answers[0][1].problem
    assert heard.answers[1][1].result == {"n": 2}


def test_cancel_ends_the_work_at_hand_and_spares_other_owners(qtbot: QtBot, workers: Workers) -> None:
    heard = Listener(workers)
    mine, other = object(), object()
    workers.submit([ask(mine, 1, "hang"), ask(mine, 2), ask(other, 3)])
    workers.cancel(mine)
    qtbot.waitUntil(lambda: len(heard.answers) == 1, timeout=20_000)
    assert heard.answers[0][0].owner is other
    assert workers.open_requests(mine) == 0


def test_a_paused_owner_waits_while_others_go_on(qtbot: QtBot, workers: Workers) -> None:
    heard = Listener(workers)
    mine, other = object(), object()
    workers.pause(mine, True)
    workers.submit([ask(mine, 1), ask(other, 2)])
    qtbot.waitUntil(lambda: len(heard.answers) == 1, timeout=20_000)
    assert heard.answers[0][0].owner is other
    workers.pause(mine, False)
    qtbot.waitUntil(lambda: len(heard.answers) == 2, timeout=20_000)


def test_helpers_that_cannot_start_are_told_once(qtbot: QtBot) -> None:
    pool = Workers(count=1, command=[sys.executable, "-c", "raise SystemExit(1)"])
    heard = Listener(pool)
    with qtbot.waitSignal(pool.failed, timeout=30_000) as caught:
        pool.submit([ask(ME, n) for n in range(20)])
    assert "cannot run" in caught.args[0]
    assert pool.open_requests(ME) == 0
    assert all(answer.problem for _, answer in heard.answers)
    pool.shut_down()
    missing = Workers(count=1, command=["/no/such/program"])
    with qtbot.waitSignal(missing.failed, timeout=30_000):
        missing.submit([ask(ME, n) for n in range(20)])
    missing.shut_down()
