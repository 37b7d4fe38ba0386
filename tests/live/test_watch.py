"""`watch` on the command line: one line of JSON an event, readable lines without, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cardio_desktop.cli import main
from cardio_desktop.io.registry import open_record
from cardio_desktop.live.events import KINDS
from cardio_desktop.live.growing_writers import writer_for
from cardio_desktop.live.replay import ReplaySource, write_growing
from cardio_desktop.simulate.rhythms import simulate_rhythm

KEYS = {"live", "kind", "code", "at_s", "start_s", "end_s", "leads", "values", "text"}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("watch") / "vt.edf"
    truth = simulate_rhythm("vt", rate_hz=250.0, duration_s=22.0, start_s=14.0)
    write_growing(truth.record, path, speed=0.0)
    return path


def test_each_event_is_one_line_of_json(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "watch",
        str(recorded),
        "--json",
        "-",
        "--from-start",
        "--wait",
        "0.2",
        "--keep",
        str(tmp_path / "kept"),
    ]
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert said.err.count("Not a monitor") == 1, "once, where no result goes"
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert all(set(line) == KEYS and line["live"] == 1 and line["kind"] in KINDS for line in lines)
    assert all(line["at_s"] >= line["start_s"] for line in lines)
    kinds = {line["kind"] for line in lines}
    assert {"beat", "rate", "critical", "opinion", "tier", "source"} <= kinds
    critical = [(line["code"], line["end_s"] is None) for line in lines if line["kind"] == "critical"]
    assert critical == [("VT", True), ("VT", False)]
    opinions = [line for line in lines if line["kind"] == "opinion"]
    assert [line["at_s"] for line in opinions] == [10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 22.0]
    assert opinions[0]["values"]["tier"] == "Low"
    assert opinions[0]["values"]["rhythm"] == "SR"
    assert {"NORM", "MI", "STTC", "CD", "HYP"} <= set(opinions[0]["values"])
    assert opinions[-1]["values"] == {"tier": "Not assessed"}, "no opinion while a critical rhythm stands in it"
    assert all(line["text"]["en"] and line["text"]["de"] for line in lines if line["kind"] != "beat")
    (header,) = (tmp_path / "kept").glob("*.hea")
    record = open_record(header)
    assert record.duration_s == 22.0
    assert any("tachycardia" in mark.text for mark in record.annotations)


def test_without_json_a_reader_reads_what_matters(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["watch", str(recorded), "--from-start", "--wait", "0.2", "--no-opinion", "--language", "de"]
    assert main([*arguments, "--seconds", "18"]) == 0
    said = capsys.readouterr()
    assert "Kein Überwachungsmonitor" in said.err
    assert "ventrikuläre Tachykardie" in said.out or "Ventrikuläre Tachykardie" in said.out
    assert "normal" not in said.out, "beats are left out"


def test_a_file_that_its_recorder_has_not_begun_is_waited_for_and_ctrl_c_ends_cleanly(tmp_path: Path) -> None:
    path = tmp_path / "later.edf"
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "cardio_desktop", "watch", str(path), "--json", "-", "--no-opinion"]
    process = subprocess.Popen(
        [*command, "--keep", str(tmp_path / "kept")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment,
    )  # fmt: skip
    try:
        time.sleep(0.5)
        replay = ReplaySource(simulate_rhythm("sinus", rate_hz=250.0, duration_s=8.0).record)
        writer = writer_for(path, replay.layout)
        while (block := replay.read(0.0)) is not None:
            writer.write(block)
        writer.close()
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert first["kind"] == "beat"
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    if os.name == "posix":
        assert process.returncode == 130
        assert json.loads(out.splitlines()[-1])["code"] == "ended"
        assert "Traceback" not in err
        (header,) = (tmp_path / "kept").glob("*.hea")
        assert open_record(header).duration_s > 0.5


def test_wrong_usage_is_a_sentence(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(recorded), "--peer", "10.0.0.5"]) == 2
    assert main(["watch", str(recorded), "--json", str(recorded)]) == 2
    assert main(["watch", str(tmp_path / "nothing.edf"), "--wait", "0.1"]) == 1
    assert main(["watch", str(recorded), "--speed", "0"]) == 2
    err = capsys.readouterr().err
    assert "no such file" in err
    assert "Traceback" not in err
