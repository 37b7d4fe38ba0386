"""The delineating network at work: any leads at any rate in, the probability of P, QRS and T at each moment out."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cardio_desktop.core.bridging import bridge_gaps
from cardio_desktop.core.errors import ModelError
from cardio_desktop.core.progress import Progress
from cardio_desktop.model.card import REMEDY, file_sha256
from cardio_desktop.model.conditioning import RATE_HZ, condition
from cardio_desktop.model.preprocess import resample
from cardio_desktop.model.runtime import open_session

Floats = NDArray[np.float32]
Layers = tuple[Floats, Floats, Floats, Floats]

CARD_FILE = "delineator.json"
EDGES_FILE = "delineator_edges.npz"
SCHEMA = 1
CLASSES = ("none", "P", "QRS", "T")
MULTIPLE = 32
WINDOW_S = 10.0
MARGIN_S = 1.0
"""So much of a window's ends is taken from its neighbour, which sees what lies beyond."""


@dataclass(frozen=True)
class DelineatorCard:
    """What the JSON beside the network says; `bias_ms` is wave -> (onset, offset), `raw` the whole of it.

    `edges` are the layers that move a boundary its last milliseconds, by (wave, "onset" or "offset").
    """

    name: str
    version: str
    onnx_path: Path
    sha256: str
    bias_ms: Mapping[str, tuple[float, float]]
    edges: Mapping[tuple[str, str], Layers]
    raw: Mapping[str, Any]


def _fault(path: Path, problem: str) -> ModelError:
    return ModelError(f"{path.name}: {problem}; {REMEDY} ({path.parent}).")


def parse_delineator_card(path: Path) -> DelineatorCard:
    """Read and check the card at `path`; raises ModelError naming the file, the fault and the remedy."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise _fault(path, f"cannot be read as a delineator's card ({error})") from error
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise _fault(path, f"is no delineator's card of schema {SCHEMA}")
    onnx, bias = raw.get("onnx"), raw.get("bias_ms")
    for key in ("name", "version"):
        if not isinstance(raw.get(key), str):
            raise _fault(path, f"lacks {key!r}")
    if not isinstance(onnx, dict) or not isinstance(bias, dict):
        raise _fault(path, "lacks 'onnx' or 'bias_ms'")
    file, sha256 = onnx.get("file"), onnx.get("sha256")
    if not isinstance(file, str) or Path(file).name != file or not file:
        raise _fault(path, "onnx.file must be a file name in the same folder")
    if not isinstance(sha256, str) or len(sha256) != 64:
        raise _fault(path, "onnx.sha256 is not a SHA-256")
    if raw.get("classes") != list(CLASSES) or raw.get("rate_hz") != RATE_HZ:
        raise _fault(path, f"is not for the classes {', '.join(CLASSES)} at {RATE_HZ} Hz")
    pairs: dict[str, tuple[float, float]] = {}
    for wave in CLASSES[1:]:
        pair = bias.get(wave)
        if not isinstance(pair, list) or len(pair) != 2 or not all(_small(value) for value in pair):
            raise _fault(path, f"bias_ms.{wave} must be two numbers within 50 ms")
        pairs[wave] = (float(pair[0]), float(pair[1]))
    edges = _edges(path, raw.get("edges"))
    return DelineatorCard(raw["name"], raw["version"], path.parent / file, sha256.lower(), pairs, edges, raw)


def _edges(card: Path, told: object) -> dict[tuple[str, str], Layers]:
    """Return the layers of the boundaries' last step; none where the card names none."""
    if told is None:
        return {}
    if not isinstance(told, dict) or told.get("file") != EDGES_FILE:
        raise _fault(card, f"edges.file must be {EDGES_FILE}")
    path = card.parent / EDGES_FILE
    if not path.is_file():
        raise _fault(path, "is missing")
    if (found := file_sha256(path)) != told.get("sha256"):
        raise _fault(path, f"has the SHA-256 {found[:12]}..., the card says {str(told.get('sha256'))[:12]}...")
    with np.load(path, allow_pickle=False) as arrays:
        names = sorted({name.rsplit("_", 1)[0] for name in arrays.files})
        return {
            (name.split("_")[0], name.split("_")[1]): (
                arrays[f"{name}_0"],
                arrays[f"{name}_1"],
                arrays[f"{name}_2"],
                arrays[f"{name}_3"],
            )
            for name in names
        }


def _small(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) <= 50


def load_delineator_card(folder: Path) -> DelineatorCard:
    """Read the card in `folder` and check that the network beside it is the one it speaks of; raises ModelError."""
    card = parse_delineator_card(Path(folder) / CARD_FILE)
    if not card.onnx_path.is_file():
        raise _fault(card.onnx_path, "is missing")
    if (found := file_sha256(card.onnx_path)) != card.sha256:
        raise _fault(card.onnx_path, f"has the SHA-256 {found[:12]}..., the card says {card.sha256[:12]}...")
    return card


class Delineator:
    """A loaded delineator. Safe to use from several threads; the session starts with the first call."""

    def __init__(self, card: DelineatorCard, threads: int = 1) -> None:
        """Take a checked `card`; `threads` of ONNX Runtime for one call."""
        self.card = card
        self.threads = threads
        self._lock = threading.Lock()
        self._session: Any = None

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Delineator:
        """Return the delineator in `folder`; raises ModelError where card or network are missing or damaged."""
        return cls(load_delineator_card(Path(folder)), threads)

    @property
    def session(self) -> Any:
        """The ONNX Runtime session, made once; it is tried on silence when it is made."""
        with self._lock:
            if self._session is None:
                self._session = self._open()
            return self._session

    def _open(self) -> Any:
        path = self.card.onnx_path
        try:
            session = open_session(path, self.threads)
            found = session.run(["probability"], {"ecg": np.zeros((1, 2, 4 * MULTIPLE), dtype=np.float32)})[0]
        except Exception as error:  # ONNX Runtime raises many kinds, none of them public
            raise ModelError(f"{path.name}: does not run ({str(error)[:120]}); {REMEDY} ({path.parent}).") from error
        if found.shape != (1, len(CLASSES), 2, 4 * MULTIPLE):
            raise _fault(path, f"returns {found.shape} where the program wants (1, {len(CLASSES)}, 2, {4 * MULTIPLE})")
        return session

    def probabilities(self, leads_mv: ArrayLike, rate_hz: float) -> Floats:
        """Return (class, lead, sample) at `RATE_HZ`, see `look`."""
        return self.look(leads_mv, rate_hz)[0]

    def look(self, leads_mv: ArrayLike, rate_hz: float, progress: Progress | None = None) -> tuple[Floats, Floats]:
        """Return (class, lead, sample) at `RATE_HZ` for any leads (lead, n) in mV, NaN where there is no sample.

        The second array is the conditioned trace (lead, sample) that was read. Sample 0 lies at the time of the first
        sample given. Up to 10 s are read at once, more in windows that overlap. Where a lead has no samples, the
        probability of "none" is 1. `progress` gets 0 to 100 and may raise to cancel.
        """
        signal = np.asarray(leads_mv, dtype=np.float32)
        if signal.ndim != 2 or not signal.shape[0]:
            raise ValueError(f"expected leads x samples, got an array of shape {signal.shape}")
        filled, known = bridge_gaps(signal)
        ecg = resample(filled, rate_hz, float(RATE_HZ))
        n = ecg.shape[1]
        out = np.zeros((len(CLASSES), signal.shape[0], n), dtype=np.float32)
        trace = np.zeros((signal.shape[0], n), dtype=np.float32)
        for low, high, first, last in window_spans(n):
            found, read = self._window(ecg[:, first:last])
            out[:, :, low:high] = found[:, :, low - first : high - first]
            trace[:, low:high] = read[:, low - first : high - first]
            if progress is not None:
                progress(100.0 * high / n)
        nearest = np.clip(np.rint(np.arange(n) * rate_hz / RATE_HZ).astype(np.intp), 0, signal.shape[1] - 1)
        unknown = ~known[:, nearest] if n else np.zeros((signal.shape[0], 0), dtype=bool)
        out[0][unknown] = 1.0
        out[1:, unknown] = 0.0
        return out, trace

    def _window(self, ecg: Floats) -> tuple[Floats, Floats]:
        """Return (class, lead, sample) and the conditioned trace of one stretch; leads without signal do not speak."""
        out = np.zeros((len(CLASSES), *ecg.shape), dtype=np.float32)
        trace = np.zeros_like(ecg)
        out[0] = 1.0
        alive = np.flatnonzero(np.ptp(ecg, axis=1) > 1e-4)
        if not alive.size or ecg.shape[1] < MULTIPLE:
            return out, trace
        trace[alive] = condition(ecg[alive])
        padded = np.pad(trace[alive], ((0, 0), (0, -ecg.shape[1] % MULTIPLE)), mode="edge")
        found = self.session.run(["probability"], {"ecg": padded[None]})[0][0]
        out[:, alive] = found[:, :, : ecg.shape[1]]
        return out, trace


def window_spans(samples: int) -> list[tuple[int, int, int, int]]:
    """Return (first kept, after the last kept, first read, after the last read) of the windows over `samples`."""
    whole, margin = round(WINDOW_S * RATE_HZ), round(MARGIN_S * RATE_HZ)
    if samples <= whole:
        return [(0, samples, 0, samples)] if samples else []
    count = math.ceil((samples - 2 * margin) / (whole - 2 * margin))
    edges = [margin + round(k * (samples - 2 * margin) / count) for k in range(count + 1)]
    edges[0], edges[-1] = 0, samples
    return [(low, high, max(low - margin, 0), min(high + margin, samples)) for low, high in pairwise(edges)]
