"""`cardio-desktop train-delineator`: train on the LUDB folder; leaves a checkpoint, a log and the exported network."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from cardio_desktop.io.ludb import FOLDS, TEST_FOLD, parts_of, read_ludb
from cardio_desktop.training.delineator_data import noises
from cardio_desktop.training.delineator_export import export
from cardio_desktop.training.delineator_fit import DelineatorFit, fit_delineator
from cardio_desktop.training.delineator_network import DelineatorConfig


def parser() -> argparse.ArgumentParser:
    """Return the parser of `cardio-desktop train-delineator`."""
    defaults = DelineatorFit()
    made = argparse.ArgumentParser(prog="cardio-desktop train-delineator", description=__doc__)
    made.add_argument(
        "--ludb", type=Path, required=True, metavar="DIR", help="signals.flac, delineation.json, labels.csv"
    )
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="checkpoint, log and network go here")
    made.add_argument("--noise", type=Path, metavar="DIR", help="nstdb folder (bw, ma); without it noise is made up")
    made.add_argument("--resume", action="store_true", help="go on after the last whole epoch in --out")
    made.add_argument("--start", type=Path, metavar="FILE", help="begin with the averaged weights of this checkpoint")
    made.add_argument("--epochs", type=int, default=defaults.epochs)
    made.add_argument("--passes", type=int, default=defaults.passes, help="stretches of each record in an epoch")
    made.add_argument("--rate", type=float, default=defaults.rate)
    made.add_argument("--edges", type=float, default=defaults.edges, help="extra weight of samples near boundaries")
    made.add_argument("--less-noise", type=float, default=defaults.noise, help="factor on how often noise is added")
    made.add_argument("--bf16", action="store_true", help="bfloat16 autocast, faster where the processor has it")
    made.add_argument("--seed", type=int, default=defaults.seed)
    made.add_argument("--test-fold", type=int, default=TEST_FOLD, choices=range(FOLDS), help="records left out")
    made.add_argument("--with-select", action="store_true", help="train on the selecting records as well")
    made.add_argument("--threads", type=int, default=1)
    return made


def main(argv: list[str] | None = None) -> int:
    """Train as the command line `argv` says and return the exit status."""
    args = parser().parse_args(argv)
    torch.set_num_threads(args.threads)
    records = read_ludb(args.ludb)
    parts = parts_of(records, args.test_fold)
    wanted = ("train", "select") if args.with_select else ("train",)
    train = [record for record in records if parts[record.number] in wanted]
    select = [record for record in records if parts[record.number] == "select"]
    config = DelineatorFit(
        epochs=args.epochs,
        passes=args.passes,
        rate=args.rate,
        seed=args.seed,
        edges=args.edges,
        noise=args.less_noise,
        bf16=args.bf16,
    )
    checkpoint = fit_delineator(
        train,
        select,
        args.out,
        noises(args.noise),
        config,
        DelineatorConfig(),
        resume=args.resume,
        start=args.start,
    )
    print(export(checkpoint, args.ludb, args.out))
    return 0
