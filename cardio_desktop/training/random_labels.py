"""Do labels make the map? A small network is trained twice, with true and with shuffled labels, and the maps compared.

python -m cardio_desktop.training.random_labels --data PTBXL_DIR --out DIR [--card MODEL_DIR]
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from cardio_desktop.evaluation.cards.page import write_page
from cardio_desktop.evaluation.maps import compare_maps
from cardio_desktop.evaluation.store import rounded, store_in_card
from cardio_desktop.io.ptbxl import SUPERCLASSES
from cardio_desktop.model.metrics import macro_auc
from cardio_desktop.training import dataset
from cardio_desktop.training.config import FitConfig
from cardio_desktop.training.fit import fit, predict
from cardio_desktop.training.mean import load_network
from cardio_desktop.training.network import Network, NetworkConfig
from cardio_desktop.training.noise import synthetic_bank

WIDTHS = (16, 24, 32, 48)
CLASSES = len(SUPERCLASSES)


@torch.no_grad()
def class_maps(network: Network, ecg_mv: NDArray[np.float32], batch: int = 64) -> NDArray[np.float32]:
    """Return the evidence (record, class, 12, bin) of the five classes."""
    parts = [
        network.evidence(network.features(torch.from_numpy(ecg_mv[k : k + batch])), slice(CLASSES))
        for k in range(0, len(ecg_mv), batch)
    ]
    return torch.cat(parts).numpy()


def check_random_labels(
    data: Path, out: Path, records: int, epochs: int, map_records: int = 100, batch: int = 64
) -> dict[str, Any]:
    """Return how alike the maps of networks trained on true and on shuffled labels are, over records of fold 8.

    Both see the same records in the same order from the same first weights; only the labels' order differs.
    """
    loaded = dataset.load(data, out, limit=records)
    order = np.random.default_rng(0).permutation(len(loaded.train))
    shuffled = replace(loaded, train=replace(loaded.train, labels=loaded.train.labels[order]))
    config = FitConfig(epochs=epochs, fine_epochs=0, batch=batch)
    shape = NetworkConfig(heads=len(loaded.heads), widths=WIDTHS)
    truth = loaded.select.labels[:, :CLASSES] > 0
    rows = np.flatnonzero(truth[:, 1:].any(axis=1))[:map_records]
    maps, aucs = [], []
    for name, given in (("true", loaded), ("shuffled", shuffled)):
        network, _ = load_network(fit(given, out / name, synthetic_bank(dataset.RATE_HZ), config, shape))
        maps.append(class_maps(network, loaded.select.ecg_mv(rows)))
        aucs.append(macro_auc(truth, predict(network, loaded.select)[:, :CLASSES]))
    return {
        "records": len(rows),
        "trained_on": len(loaded.train),
        "epochs": epochs,
        "macro_auc": {"true": aucs[0], "shuffled": aucs[1]},
        "classes": compare_maps(maps[0], maps[1], truth[rows]),
        "note": f"Random labels: a smaller network trained for {epochs} epochs on {len(loaded.train):,} records, once "
        f"with true and once with shuffled labels (mean AUC on fold 8: {aucs[0]:.3f} and {aucs[1]:.3f}).",
    }


def main(argv: list[str] | None = None) -> int:
    """Run the check as the command line `argv` says and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m cardio_desktop.training.random_labels", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the two trainings go here")
    parser.add_argument("--records", type=int, default=3000, metavar="N", help="training records")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--threads", type=int, default=0, help="threads of torch (default: all cores)")
    parser.add_argument("--card", type=Path, metavar="DIR", help="model folder whose card keeps the result")
    args = parser.parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    result = rounded(check_random_labels(args.data, args.out, args.records, args.epochs))
    if args.card:
        command = "python -m cardio_desktop.training.random_labels --data PTBXL_DIR --out DIR"
        store_in_card(args.card, "random_labels", f"{command} --records {args.records} --epochs {args.epochs}", result)
        write_page(args.card)
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
