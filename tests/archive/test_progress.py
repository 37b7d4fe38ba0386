"""What a run says while it goes on."""

import io

import pytest

from cardio_desktop.archive.progress import ProgressLine, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_one_line_that_is_written_over() -> None:
    now = [0.0]
    stream = Terminal()
    progress = ProgressLine(1000, stream, lambda: now[0])
    for k in range(400):
        now[0] += 0.125
        progress.count("crash" if k % 200 == 0 else "", same=False)
    told = stream.getvalue().split("\r")
    assert told[-1].strip() == "400 of 1,000 (40 %), 8 a second, 1 min 15 s left, 2 failed"
    assert "\n" not in stream.getvalue()
    progress.end("Done")
    assert stream.getvalue().endswith("Done: 400 of 1,000 records; 2 of them failed; 50 s, 8 a second.\n")


def test_the_rate_is_that_of_the_last_minute() -> None:
    now = [0.0]
    progress = ProgressLine(10_000, Terminal(), lambda: now[0])
    for rate, seconds in ((1.0, 600), (10.0, 120)):
        for _ in range(int(rate * seconds)):
            now[0] += 1.0 / rate
            progress.count("", same=True)
    assert "10 a second" in progress.text(now[0])
    assert progress.same == 1800


def test_a_file_gets_a_line_now_and_then() -> None:
    now = [0.0]
    stream = io.StringIO()
    progress = ProgressLine(100, stream, lambda: now[0])
    for _ in range(100):
        now[0] += 1.0
        progress.count("", same=False)
    assert len(stream.getvalue().splitlines()) == 3
    assert "\r" not in stream.getvalue()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (44, "44 s"), (432, "7 min 12 s"), (11_100, "3 h 5 min"), (1_051_200, "12 d 4 h")],
)
def test_times_are_told_in_two_units_at_most(seconds: float, words: str) -> None:
    assert duration(seconds) == words
