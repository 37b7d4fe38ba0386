"""A stream on this computer is read as it was sent, and liblsl looks for streams nowhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

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


def test_an_address_that_is_none_is_refused_before_anything_is_loaded() -> None:
    with pytest.raises(lsl.StreamError, match="is no address"):
        lsl.load(("10.0.0.5} \n[log]",))


def test_pylsl_is_not_loaded_by_the_command_line(tmp_path: Path) -> None:
    code = "import sys, cardio_desktop.cli, cardio_desktop.live.lsl; sys.exit('pylsl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0
