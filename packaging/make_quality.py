"""Fit `model_assets/quality.json` on CinC 2011: `python packaging/make_quality.py CINC2011_DIR`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from cardio_desktop.analysis.acceptability import FILE
from cardio_desktop.analysis.logistic import fit_logistic
from cardio_desktop.evaluation.validate.quality import PENALTY, cross_validated, read_features
from cardio_desktop.paths import asset


def main() -> None:
    """Fit on all records, report the cross-validated area under the curve, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="CINC2011_DIR")
    args = parser.parse_args()
    features, _, unacceptable = read_features(args.data)
    made = {
        "data": f"CinC 2011: {len(features)} records, {int(unacceptable.sum())} unacceptable",
        "command": "python packaging/make_quality.py CINC2011_DIR",
        "auc_cross_validated": round(float(np.mean(cross_validated(features, unacceptable))), 4),
        "weights": [float(f"{w:.6g}") for w in fit_logistic(features, unacceptable, PENALTY)],
    }
    (asset("model_assets") / Path(FILE).name).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(made["auc_cross_validated"])


if __name__ == "__main__":
    main()
