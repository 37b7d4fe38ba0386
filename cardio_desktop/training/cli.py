"""`cardio-desktop train`: train on a PTB-XL folder and leave checkpoints, a log and the exported model."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from cardio_desktop.training import dataset
from cardio_desktop.training.export import export
from cardio_desktop.training.fit import FitConfig, fit
from cardio_desktop.training.network import NetworkConfig
from cardio_desktop.training.noise import real_bank, synthetic_bank


def parser() -> argparse.ArgumentParser:
    """Return the parser of `cardio-desktop train`."""
    defaults = FitConfig(epochs=16)
    made = argparse.ArgumentParser(prog="cardio-desktop train", description=__doc__)
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder")
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="checkpoints, log and model go here")
    made.add_argument("--resume", action="store_true", help="go on after the last whole epoch in --out")
    made.add_argument("--start", type=Path, metavar="CHECKPOINT", help="begin with the weights of another run")
    made.add_argument("--noise", type=Path, metavar="DIR", help="nstdb folder with real noise (else synthesised)")
    made.add_argument("--cache", type=Path, metavar="DIR", help="where signals are cached (default: --out)")
    made.add_argument("--epochs", type=int, default=defaults.epochs)
    made.add_argument("--fine-epochs", type=int, default=defaults.fine_epochs, help="low-rate epochs with more noise")
    made.add_argument("--rate", type=float, default=defaults.rate, help="highest learning rate")
    made.add_argument("--batch", type=int, default=defaults.batch)
    made.add_argument("--crop", type=int, default=defaults.crop, metavar="SAMPLES", help="length of a training crop")
    made.add_argument("--seed", type=int, default=defaults.seed)
    made.add_argument("--consistency", type=float, default=defaults.consistency, help="weight of the lead consistency")
    made.add_argument("--widths", type=int, nargs=4, default=NetworkConfig(1).widths)
    made.add_argument("--bf16", action="store_true", help="bfloat16 autocast, faster where the processor has AMX")
    made.add_argument("--threads", type=int, default=0, help="threads of torch (default: all cores)")
    made.add_argument("--limit", type=int, metavar="N", help="use only N records of each split (for trials)")
    return made


def main(argv: list[str] | None = None) -> int:
    """Train as the command line `argv` says and return the exit status."""
    args = parser().parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    data = dataset.load(args.data, args.cache or args.out, limit=args.limit)
    config = FitConfig(
        epochs=args.epochs,
        fine_epochs=args.fine_epochs,
        batch=args.batch,
        rate=args.rate,
        crop=args.crop,
        seed=args.seed,
        consistency=args.consistency,
        bf16=args.bf16,
    )
    bank = real_bank(args.noise, dataset.RATE_HZ) if args.noise else synthetic_bank(dataset.RATE_HZ)
    shape = NetworkConfig(heads=len(data.heads), widths=tuple(args.widths))
    last = fit(data, args.out, bank, config, shape, resume=args.resume, start=args.start)
    export(last, args.data, args.out / "model")
    return 0
