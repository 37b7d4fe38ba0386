"""A Lab Streaming Layer stream as a source. Nothing of it runs, and no socket opens, unless a reader asks for `lsl:`.

Discovery reaches this computer and the peers that are named, nobody else: liblsl is told so by a configuration of its
own before it is loaded, unless the reader has set one (LSLAPICFG).
Source: labstreaminglayer.readthedocs.io/info/lslapicfg.html.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.leads import canonical_lead, is_other_ecg
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.live.layouts import FLOAT_STEP_MV, counted
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.live.stamps import StampClock
from cardio_desktop.words import Remark

MOST = 2048
"""Samples of one read: four seconds at 500 Hz, so that what piled up meanwhile comes in few pieces."""
SILENT_S = 2.0
"""A stream that has sent nothing for so long is said to be silent: streams send many times a second."""
DOUBT_S = 0.5
"""So long a chunk that seems to lie beyond a gap waits for the next one."""
UNITS = {"microvolts": "uV", "microvolt": "uV", "millivolts": "mV", "millivolt": "mV", "volts": "V", "volt": "V"}
"""How the convention for streams spells units (github.com/sccn/xdf/wiki/EEG-Meta-Data)."""
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,200}")


class StreamError(CardioError):
    """A stream that is not there, or that does not say what is needed."""

    kind = "stream"


class LslSource:
    """The stream called `name`; `unit` is used where it does not say its own, `wait_s` how long it is looked for."""

    def __init__(
        self, name: str, *, peers: tuple[str, ...] = (), wait_s: float = 60.0, unit: str | None = None
    ) -> None:
        self.name = name
        self.ended = False
        self.trouble: Remark | None = None
        self._peers, self._wait_s, self._unit = peers, wait_s, unit
        self._known: Layout | None = None
        self._inlet: Any = None
        self._clock: StampClock | None = None
        self._rows = np.zeros(0, dtype=np.int64)
        self._factors = np.ones(0)
        self._ready: list[Block] = []
        self._heard = 0.0

    @property
    def layout(self) -> Layout:
        """What it sends; raises ValueError before it is open."""
        if self._known is None:
            raise ValueError(f"the stream {self.name} is not open")
        return self._known

    @property
    def clock(self) -> StampClock | None:
        """What places its samples, and knows the drift of its clock."""
        return self._clock

    def open(self) -> None:
        """Look for the stream and begin to listen; raises StreamError."""
        pylsl = load(self._peers)
        found = pylsl.resolve_byprop("name", self.name, timeout=self._wait_s)
        if not found:
            raise StreamError(Remark("live-no-stream", {"stream": one_line(self.name), "wait_s": self._wait_s}))
        inlet = pylsl.StreamInlet(found[0], max_buflen=60, recover=True)
        info = inlet.info(timeout=5.0)
        rate_hz = float(info.nominal_srate())
        if not rate_hz > 0:
            raise StreamError(Remark("live-no-rate", {"stream": one_line(self.name)}))
        self._describe(info, rate_hz)
        inlet.open_stream(timeout=5.0)
        self._inlet, self._clock, self._heard = inlet, StampClock(rate_hz), time.monotonic()

    def _describe(self, info: Any, rate_hz: float) -> None:
        """Take the leads and their units from what the stream says of itself."""
        count = info.channel_count()
        labels = [one_line(str(label or "")) for label in (info.get_channel_labels() or [])]
        units = [str(unit or "") for unit in (info.get_channel_units() or [])]
        labels += [f"Channel {k + 1}" for k in range(len(labels), count)]
        units += [""] * (count - len(units))
        chosen = [k for k in range(count) if canonical_lead(labels[k]) or is_other_ecg(labels[k])]
        chosen = chosen or list(range(count))
        factors = []
        for k in chosen:
            unit = UNITS.get(units[k].casefold(), units[k]) or self._unit or ""
            factor = millivolts_per(unit)
            if factor is None:
                raise StreamError(Remark("live-no-unit", {"stream": one_line(self.name), "lead": labels[k]}))
            factors.append(factor)
        self._rows, self._factors = np.array(chosen), np.array(factors)
        self._known = Layout(
            leads=tuple(canonical_lead(labels[k]) or labels[k] for k in chosen),
            rate_hz=rate_hz,
            gains=(FLOAT_STEP_MV,) * len(chosen),
            offsets=(0.0,) * len(chosen),
            simulated="simulated" in f"{info.name()} {info.source_id()}".casefold(),
            device=one_line(str(info.hostname() or "")),
        )

    def read(self, timeout_s: float) -> Block | None:
        """Return the next block; None where none came in time."""
        if self._ready:
            return self._ready.pop(0)
        if self.ended or self._inlet is None or self._clock is None:
            return None
        try:
            values, stamps = self._inlet.pull_chunk(timeout=timeout_s, max_samples=MOST, min_samples=1, as_numpy=True)
        except Exception as error:  # liblsl raises errors of many kinds where a peer goes away
            self.ended, self.trouble = True, Remark("live-stream-lost", {"why": one_line(str(error), 120)})
            return None
        silent_s = time.monotonic() - self._heard
        if len(stamps):
            self._heard, self.trouble = time.monotonic(), None
            millivolts = np.asarray(values, dtype=np.float64).T[self._rows] * self._factors[:, None]
            self._ready += self._clock.place(counted(millivolts), np.asarray(stamps, dtype=np.float64))
        elif silent_s > DOUBT_S:
            self._ready += self._clock.flush()
            if silent_s > SILENT_S:
                self.trouble = Remark("live-stream-silent", {"stream": one_line(self.name), "length_s": silent_s})
            self.ended = silent_s > self._wait_s and not self._ready
        return self._ready.pop(0) if self._ready else None

    def close(self) -> None:
        """Listen no longer."""
        self.ended = True
        if self._inlet is not None:
            self._inlet.close_stream()
            self._inlet = None


def load(peers: tuple[str, ...] = ()) -> Any:
    """Return pylsl, told to look for streams on this computer and on `peers` alone; raises StreamError.

    liblsl reads its configuration once: later peers of the same process count no more, which is refused.
    """
    for peer in peers:
        if not _ADDRESS.fullmatch(peer):
            raise StreamError(Remark("live-bad-peer", {"peer": one_line(peer, 60)}))
    if "pylsl" not in sys.modules:
        if "LSLAPICFG" not in os.environ:
            os.environ["LSLAPICFG"] = str(_configured(peers))
    elif peers and not set(peers) <= set(_LOADED):
        raise StreamError(Remark("live-peers-late"))
    try:
        import pylsl
    except (ImportError, RuntimeError, OSError) as error:  # no package, or none of liblsl for this system
        raise StreamError(Remark("live-no-lsl", {"why": one_line(str(error), 120)})) from error
    _LOADED.extend(peers)
    return pylsl


_LOADED: list[str] = []


def _configured(peers: tuple[str, ...]) -> Path:
    """Write liblsl's configuration and return where."""
    folder = Path(tempfile.mkdtemp(prefix="cardio-desktop-lsl-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "lsl_api.cfg"
    known = ", ".join(("127.0.0.1", *peers))
    path.write_text(
        "[ports]\nIPv6 = disable\n"
        "[multicast]\nResolveScope = machine\nAddressesOverride = {127.0.0.1}\nTTLOverride = 0\n"
        f"[lab]\nKnownPeers = {{{known}}}\n"
        "[log]\nlevel = -2\n",
        encoding="utf-8",
    )
    return path
