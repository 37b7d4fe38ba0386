import gc
import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from cardio_desktop.app.jobs import Job, Jobs
from cardio_desktop.core.errors import CardioError


def listen(job: Job) -> list[str]:
    heard: list[str] = []
    job.progress.connect(lambda percent: heard.append(f"progress {percent}"))
    job.done.connect(lambda result: heard.append(f"done {result}"))
    job.failed.connect(lambda error: heard.append(f"failed {error}"))
    job.finished.connect(lambda: heard.append("finished"))
    return heard


def test_the_work_needs_no_qt_and_tells_whole_percents_once() -> None:
    def work(progress):  # type: ignore[no-untyped-def]
        for percent in (0.2, 10.1, 10.9, 50.0, 130.0):
            progress(percent)
        return 7

    job = Job("work", work)
    heard = listen(job)
    job.run()
    assert heard == ["progress 0", "progress 10", "progress 50", "progress 100", "done 7", "finished"]


def test_an_error_for_the_user_is_told_as_it_is() -> None:
    def work(_report):  # type: ignore[no-untyped-def]
        raise CardioError("x.edf: no signal; open another file.")

    job = Job("work", work)
    heard = listen(job)
    job.run()
    assert heard[1:] == ["failed x.edf: no signal; open another file.", "finished"]


def test_a_fault_of_the_program_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    def work(_report):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("oops")

    job = Job("Analysing", work)
    heard = listen(job)
    job.run()
    assert heard[1:] == ["failed Analysing failed by a fault of the program (ZeroDivisionError: oops).", "finished"]
    assert "oops" in caplog.text


def test_a_cancelled_job_ends_without_a_result(qtbot: QtBot) -> None:
    started = threading.Event()

    def work(progress):  # type: ignore[no-untyped-def]
        started.set()
        while True:
            time.sleep(0.001)
            progress(1)

    jobs = Jobs()
    job = Job("endless", work)
    heard = listen(job)
    with qtbot.waitSignal(job.finished, timeout=30_000):
        jobs.start(job)
        assert started.wait(5)
        job.cancel()
    assert not any(word.startswith(("done", "failed")) for word in heard)
    assert heard[-1] == "finished"
    qtbot.waitUntil(lambda: not jobs.running)


def test_of_many_jobs_each_finishes_exactly_once_and_last(qtbot: QtBot) -> None:
    jobs = Jobs()
    heard: dict[int, list[str]] = {}
    for number in range(300):

        def work(progress, number=number):  # type: ignore[no-untyped-def]
            for percent in range(0, 101, 20):
                progress(percent)
            if number % 7 == 0:
                raise CardioError("no")
            return number

        job = Job(str(number), work)
        heard[number] = listen(job)
        jobs.start(job)
        if number % 5 == 0:
            job.cancel()
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
    for number, words in heard.items():
        assert words.count("finished") == 1
        assert words[-1] == "finished"
        ends = [word for word in words if word.startswith(("done", "failed"))]
        assert len(ends) <= 1
        if number % 5:
            assert ends == (["failed no"] if number % 7 == 0 else [f"done {number}"])
    assert jobs.shut_down()


def test_closing_waits_for_the_threads(qtbot: QtBot) -> None:
    jobs = Jobs()
    ended = threading.Event()

    def work(progress):  # type: ignore[no-untyped-def]
        try:
            while True:
                time.sleep(0.001)
                progress(0)
        finally:
            ended.set()

    jobs.start(Job("endless", work))
    assert jobs.shut_down()
    qtbot.waitUntil(lambda: not jobs.running)


def test_a_finished_job_is_gone_with_all_that_its_work_held(qtbot: QtBot) -> None:
    """A record of a day is held by the work that opens it: it must go when the reader goes on."""
    gone: list[int] = []

    class Held:
        def __del__(self) -> None:
            gone.append(1)

    def job() -> Job:
        held = Held()
        return Job("quick", lambda _progress: id(held))

    jobs = Jobs()
    for _ in range(200):
        jobs.start(job())
        if len(jobs.running) > 5:
            qtbot.waitUntil(lambda: not jobs.running)
    qtbot.waitUntil(lambda: not jobs.running)
    assert jobs.shut_down()
    gc.collect()
    assert len(gone) == 200
