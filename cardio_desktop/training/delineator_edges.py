"""Training of the boundaries' last step on the records that the delineator was trained on.

python -m cardio_desktop.training.delineator_edges --ludb DIR --out model_assets
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cardio_desktop.analysis.delineation import lead_segments
from cardio_desktop.analysis.edges import BOUND_S, EdgeView, complex_height, features, turning
from cardio_desktop.core.findings import Wave
from cardio_desktop.evaluation.validate.boundaries import matched
from cardio_desktop.io.ludb import LudbRecord, read_ludb
from cardio_desktop.model.card import file_sha256
from cardio_desktop.model.conditioning import RATE_HZ
from cardio_desktop.model.delineator import CARD_FILE, EDGES_FILE, Delineator
from cardio_desktop.model.preprocess import resample
from cardio_desktop.training.delineator_export import write_card

HIDDEN = 32
SLOWER_HZ = 250.0
BATCH = 256
EPOCHS = 25
RATE = 2e-3
Arrays = tuple[NDArray[np.float32], NDArray[np.float32]]


def examples(delineator: Delineator, records: Sequence[LudbRecord]) -> dict[tuple[str, str], Arrays]:
    """Return for each boundary (example, feature) and by how many bounds the mark lies behind the crossing.

    Each boundary is shown twice, in the recording and in a copy at `SLOWER_HZ`, as other recorders write it.
    """
    found: dict[tuple[str, str], tuple[list[NDArray[np.float32]], list[float]]] = {key: ([], []) for key in BOUND_S}
    for record in records:
        probabilities, ecg = delineator.look(record.leads_mv, record.rate_hz)
        segments = lead_segments(probabilities, float(RATE_HZ), delineator.card.bias_ms)
        slower = resample(record.leads_mv, record.rate_hz, SLOWER_HZ)
        views = [
            EdgeView(ecg, probabilities, float(RATE_HZ), mv, rate_hz, complex_height(segments, mv, rate_hz))
            for mv, rate_hz in ((record.leads_mv, record.rate_hz), (slower, SLOWER_HZ))
        ]
        for k, (lead, marked) in enumerate(record.waves.items()):
            for (wave, side), (seen, moves) in found.items():
                own = [s for s in segments[k] if s.wave == wave]
                reference = [m for m in marked if m.wave == wave and getattr(m, side) is not None]
                waves = [Wave(lead, wave, s.onset_s, s.middle_s, s.offset_s) for s in own]
                partner, _ = matched(reference, waves, record.rate_hz)
                pairs = [(m, own[j]) for m, j in zip(reference, partner, strict=True) if j is not None]
                if not pairs:
                    continue
                chosen = [s for _, s in pairs]
                seen += [features(chosen, [k] * len(chosen), side, view) for view in views]
                moves += [
                    (getattr(m, side) / record.rate_hz - getattr(s, f"{side}_s")) / BOUND_S[wave, side]
                    for _ in views
                    for m, s in pairs
                ]
    return {key: (np.concatenate(seen), np.array(moves, dtype=np.float32)) for key, (seen, moves) in found.items()}


def fit(
    seen: NDArray[np.float32], moves: NDArray[np.float32], turning: int, epochs: int = EPOCHS
) -> list[NDArray[np.float32]]:
    """Return the layers that say the moves; the loss rewards nearness and forgives what lies far off anyhow.

    The first `turning` features are the trace itself, which may stand either way up.
    """
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    mean, size = seen.mean(axis=0), seen.std(axis=0) + 1e-3
    mean[:turning] = 0.0
    x, y = torch.from_numpy((seen - mean) / size), torch.from_numpy(moves)
    hidden, last = nn.Linear(x.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
    network = nn.Sequential(nn.Dropout(0.1), hidden, nn.ReLU(), nn.Dropout(0.2), last)
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.1)
    steps = max(epochs * len(moves) // BATCH, 1)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        rows = torch.from_numpy(rng.integers(0, len(moves), BATCH))
        given = x[rows]
        given[:, :turning] *= torch.from_numpy(rng.choice([-1.0, 1.0], (BATCH, 1)).astype(np.float32))
        error = (network(given)[:, 0] - y[rows]).abs()
        loss = (error / (1 + error)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    first = hidden.weight.detach().numpy().T / size[:, None]
    offset = hidden.bias.detach().numpy() - mean @ first
    return [first, offset, last.weight.detach().numpy()[0], last.bias.detach().numpy()[0]]


def main(argv: list[str] | None = None) -> int:
    """Train as the command line `argv` says, put the layers beside the delineator and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m cardio_desktop.training.delineator_edges")
    parser.add_argument("--ludb", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="model folder")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    delineator = Delineator.load(args.out)
    numbers = set(delineator.card.raw["training"]["train"])
    found = examples(delineator, [record for record in read_ludb(args.ludb) if record.number in numbers])
    arrays = {
        f"{wave}_{side}_{n}": np.asarray(array, dtype=np.float32)
        for (wave, side), (seen, moves) in found.items()
        for n, array in enumerate(fit(seen, moves, turning(wave)))
    }
    path = args.out / EDGES_FILE
    np.savez(path, allow_pickle=False, **arrays)
    card = json.loads((args.out / CARD_FILE).read_text(encoding="utf-8"))
    card["edges"] = {"file": path.name, "sha256": file_sha256(path), "bytes": path.stat().st_size}
    write_card(card, args.out)
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
