"""A stream on this computer is read as it was sent, and liblsl looks for streams nowhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from cardio_desktop.live import lsl

pytest.importorskip("pylsl", reason="the extra `live` is not installed")

LOOPBACK = """
import json, sys, threading, time
import numpy as np
from cardio_desktop.live.lsl import LslSource, load
from cardio_desktop.live.layouts import FLOAT_STEP_MV

pylsl = load(("127.0.0.1",))
config = open(__import__("os").environ["LSLAPICFG"]).read()
name = sys.argv[1]
info = pylsl.StreamInfo(name, "ECG", 3, 250.0, "float32", "simulated-" + name)
info.set_channel_labels(["ECG II", "breathing", "V5"])
info.set_channel_units(["microvolts", "a.u.", "millivolts"])
outlet = pylsl.StreamOutlet(info)
source = LslSource(name, wait_s=20.0)
source.open()
outlet.wait_for_consumers(10.0)

def send():
    start = pylsl.local_clock()
    for first in range(0, 1500, 25):
        if 500 <= first < 600:
            continue  # 0.4 s are lost
        places = np.arange(first, first + 25)
        values = np.stack([places * 1.0, places * 0 + 7.0, places * 1e-3], axis=1).astype(np.float32)
        outlet.push_chunk(values.tolist(), start + (first + 24) / 250.0)
        time.sleep(0.002)

thread = threading.Thread(target=send)
thread.start()
blocks, until = [], time.monotonic() + 15.0
while time.monotonic() < until and (not blocks or blocks[-1].stop < 1500):
    block = source.read(0.2)
    if block is not None:
        blocks.append(block)
thread.join()
source.close()
mv = np.concatenate([source.layout.millivolts(b.counts) for b in blocks], axis=1)
print(json.dumps({
    "config": config, "leads": source.layout.leads, "rate_hz": source.layout.rate_hz,
    "simulated": source.layout.simulated,
    "places": [p for b in blocks for p in range(b.first, b.stop)], "ii": mv[0].tolist(), "v5": mv[1].tolist(),
}))
"""


@pytest.fixture(scope="module")
def heard() -> dict[str, object]:
    # A process of its own: liblsl reads its configuration once.
    environment = {name: value for name, value in os.environ.items() if name != "LSLAPICFG"}
    done = subprocess.run(
        [sys.executable, "-c", LOOPBACK, f"cardio-test-{os.getpid()}"],
        capture_output=True, text=True, timeout=90, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_voltages_arrive_in_their_units_and_at_their_places(heard: dict[str, object]) -> None:
    assert (heard["leads"], heard["rate_hz"], heard["simulated"]) == (["II", "V5"], 250.0, True)
    places, ii, v5 = heard["places"], heard["ii"], heard["v5"]
    assert isinstance(places, list)
    assert isinstance(ii, list)
    assert isinstance(v5, list)
    assert len(places) == 1400
    lost = set(range(places[0], places[-1] + 1)) - set(places)
    assert len(lost) == pytest.approx(100, abs=2), "what the sender left out is a gap of its length"
    assert ii == pytest.approx([1e-3 * k for k in (*range(500), *range(600, 1500))], abs=1e-4)
    assert v5 == pytest.approx(ii, abs=1e-4)


def test_nobody_but_this_computer_and_named_peers_is_asked(heard: dict[str, object]) -> None:
    config = str(heard["config"])
    assert "KnownPeers = {127.0.0.1, 127.0.0.1}" in config
    assert "AddressesOverride = {127.0.0.1}" in config
    assert "IPv6 = disable" in config


class FakeInfo:
    """What a stream says of itself, as pylsl gives it."""

    def __init__(self, rate_hz: float = 100.0, units: list[str] | None = None) -> None:
        self._rate_hz, self._units = rate_hz, units

    def nominal_srate(self) -> float:
        return self._rate_hz

    def channel_count(self) -> int:
        return 2

    def get_channel_labels(self) -> list[str]:
        return ["II", "V1"]

    def get_channel_units(self) -> list[str] | None:
        return self._units

    def name(self) -> str:
        return "bed 3"

    def source_id(self) -> str:
        return "holter"

    def hostname(self) -> str:
        return "ward"


class FakeInlet:
    """An inlet whose chunks are given."""

    def __init__(self, info: FakeInfo, chunks: list[object]) -> None:
        self._info, self._chunks, self.closed = info, chunks, False

    def info(self, timeout: float) -> FakeInfo:
        return self._info

    def open_stream(self, timeout: float) -> None:
        assert timeout > 0

    def pull_chunk(self, timeout: float, max_samples: int, min_samples: int, as_numpy: bool) -> tuple[object, object]:
        assert as_numpy
        chunk = self._chunks.pop(0) if self._chunks else (np.zeros((0, 2)), np.zeros(0))
        if isinstance(chunk, Exception):
            raise chunk
        return chunk  # type: ignore[return-value]

    def close_stream(self) -> None:
        self.closed = True


def faked(
    monkeypatch: pytest.MonkeyPatch, info: FakeInfo, chunks: list[object] | None = None, found: bool = True
) -> lsl.LslSource:
    inlet = FakeInlet(info, chunks or [])
    module = SimpleNamespace(
        resolve_byprop=lambda prop, value, timeout: [info] if found else [],
        StreamInlet=lambda one, max_buflen, recover: inlet,
    )
    monkeypatch.setattr(lsl, "load", lambda peers: module)
    return lsl.LslSource("bed 3", wait_s=0.5, unit=None if info._units else "uV")


def chunk_of(first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    places = np.arange(first, first + count)
    return np.stack([places, places * 2.0], axis=1), 50.0 + places / 100.0


def test_a_unit_is_taken_from_the_reader_where_the_stream_says_none(monkeypatch: pytest.MonkeyPatch) -> None:
    source = faked(monkeypatch, FakeInfo(), [chunk_of(0, 5), chunk_of(5, 5)])
    source.open()
    blocks = [source.read(0.1), source.read(0.1)]
    assert [(b.first, len(b)) for b in blocks if b is not None] == [(0, 5), (5, 5)]
    assert blocks[1] is not None
    assert source.layout.millivolts(blocks[1].counts)[1].tolist() == pytest.approx([0.010, 0.012, 0.014, 0.016, 0.018])
    assert (source.layout.device, source.layout.simulated) == ("ward", False)
    source.close()
    assert source.ended


def test_a_stream_that_falls_silent_or_is_lost_is_told_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    source = faked(monkeypatch, FakeInfo(units=["mV", "mV"]), [chunk_of(0, 5)])
    source.open()
    assert source.read(0.1) is not None
    monkeypatch.setattr(lsl, "SILENT_S", -1.0)
    monkeypatch.setattr(lsl, "DOUBT_S", -1.0)
    assert source.read(0.1) is None
    assert source.trouble is not None
    assert (source.trouble.code, source.ended) == ("live-stream-silent", False)
    lost = faked(monkeypatch, FakeInfo(units=["mV", "mV"]), [RuntimeError("the stream has been lost")])
    lost.open()
    assert lost.read(0.1) is None
    assert lost.trouble is not None
    assert (lost.trouble.code, lost.ended) == ("live-stream-lost", True)
    assert lost.read(0.1) is None


@pytest.mark.parametrize(
    ("info", "found", "words"),
    [
        (FakeInfo(units=["mV", "mV"]), False, "No stream called bed 3"),
        (FakeInfo(rate_hz=0.0, units=["mV", "mV"]), True, "no sampling rate"),
        (FakeInfo(units=["bpm", "mV"]), True, "in which voltage II is"),
    ],
)
def test_what_a_stream_lacks_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, info: FakeInfo, found: bool, words: str
) -> None:
    source = faked(monkeypatch, info, found=found)
    with pytest.raises(lsl.StreamError, match=words):
        source.open()
    with pytest.raises(ValueError, match="not open"):
        _ = source.layout


def test_the_configuration_names_peers_and_no_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lsl.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    text = lsl._configured(("10.0.0.5",)).read_text()
    assert "KnownPeers = {127.0.0.1, 10.0.0.5}" in text
    assert "AddressesOverride = {127.0.0.1}" in text


def test_an_address_that_is_none_is_refused_before_anything_is_loaded() -> None:
    with pytest.raises(lsl.StreamError, match="is no address"):
        lsl.load(("10.0.0.5} \n[log]",))


def test_pylsl_is_not_loaded_by_the_command_line(tmp_path: Path) -> None:
    code = "import sys, cardio_desktop.cli, cardio_desktop.live.lsl; sys.exit('pylsl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0
