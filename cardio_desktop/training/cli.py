"""`cardio-desktop train`: train on a PTB-XL folder and leave checkpoints, a log and the exported model."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from cardio_desktop.training import dataset
from cardio_desktop.training.config import FitConfig
from cardio_desktop.training.device import DEVICES, chosen_device
from cardio_desktop.training.export import export
from cardio_desktop.training.fit import fit
from cardio_desktop.training.head import HeadConfig, refit_head
from cardio_desktop.training.network import NetworkConfig
from cardio_desktop.training.noise import real_bank, synthetic_bank


def parser() -> argparse.ArgumentParser:
    """Return the parser of `cardio-desktop train`."""
    defaults, shape, head = FitConfig(), NetworkConfig(1), HeadConfig()
    made = argparse.ArgumentParser(prog="cardio-desktop train", description=__doc__)
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder")
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="checkpoints, log and model go here")
    made.add_argument("--resume", action="store_true", help="go on after the last whole epoch in --out")
    made.add_argument(
        "--start",
        type=Path,
        nargs="+",
        default=[],
        metavar="CHECKPOINT",
        help="begin with another run's weights, the mean of several runs', or a model folder's",
    )
    made.add_argument(
        "--start-member", type=int, default=0, metavar="N", help="which network of the model folder (0 is the first)"
    )
    made.add_argument("--noise", type=Path, metavar="DIR", help="nstdb folder with real noise (else synthesised)")
    made.add_argument("--clean", action="store_true", help="no noise: to tell what noise is good for")
    made.add_argument("--cache", type=Path, metavar="DIR", help="where signals are cached (default: --out)")
    made.add_argument("--epochs", type=int, default=defaults.epochs)
    made.add_argument("--fine-epochs", type=int, default=defaults.fine_epochs, help="low-rate epochs with more noise")
    made.add_argument("--rate", type=float, default=defaults.rate, help="highest learning rate")
    made.add_argument("--fine-rate", type=float, default=defaults.fine_rate, help="highest rate of the fine round")
    made.add_argument("--batch", type=int, default=defaults.batch)
    made.add_argument("--crop", type=int, default=defaults.crop, metavar="SAMPLES", help="length of a training crop")
    made.add_argument("--seed", type=int, default=defaults.seed)
    made.add_argument("--consistency", type=float, default=defaults.consistency, help="weight of the lead consistency")
    made.add_argument(
        "--masked", type=int, default=defaults.masked, help="records a batch shown again with cells hidden"
    )
    made.add_argument(
        "--altered", type=int, default=defaults.altered, help="records a batch shown again with stretches altered"
    )
    made.add_argument(
        "--waves", type=int, default=defaults.waves, help="records a batch shown again with a wave of all beats changed"
    )
    made.add_argument("--longest-run", type=int, default=defaults.longest_run, metavar="BINS", help="of hidden cells")
    made.add_argument("--locality", type=float, default=defaults.locality, help="weight of the locality of each cell")
    made.add_argument(
        "--statement-weight", type=float, default=defaults.statement_weight, help="of their mean, beside the classes'"
    )
    made.add_argument("--mixup", type=float, default=defaults.mixup, metavar="ALPHA", help="mix records in pairs")
    made.add_argument("--gamma", type=float, default=defaults.gamma, help="focal loss; 0 is plain cross entropy")
    made.add_argument("--dropout", type=float, default=shape.dropout)
    made.add_argument("--widths", type=int, nargs="+", default=shape.widths, help="channels of each block")
    made.add_argument("--strides", type=int, nargs="+", default=shape.strides)
    made.add_argument("--kernels", type=int, nargs="+", default=shape.kernels)
    made.add_argument("--stem-kernel", type=int, default=shape.stem_kernel)
    made.add_argument("--stem-stride", type=int, default=shape.stem_stride)
    made.add_argument("--mixed", action="store_true", help="a teacher: leads are mixed, nothing is exported")
    made.add_argument(
        "--refit-head",
        type=Path,
        nargs="+",
        metavar="CHECKPOINT",
        help="train nothing but the linear head of this checkpoint, or of the mean of several, on whole records",
    )
    made.add_argument("--head-consistency", type=float, default=head.consistency, help="of leads, in the refit")
    made.add_argument("--head-locality", type=float, default=head.locality, help="of cells, in the refit")
    made.add_argument(
        "--head-waves", type=float, default=head.waves, help="share of its copies with a wave of all beats changed"
    )
    made.add_argument(
        "--head-least-spread",
        type=float,
        default=head.least_spread,
        help="features that vary less are divided by this in the refit",
    )
    made.add_argument("--head-statements", type=float, default=head.statement_weight, help="their weight in the refit")
    made.add_argument("--teachers", type=Path, nargs="+", default=[], metavar="CHECKPOINT", help="learn from these too")
    made.add_argument("--soft-weight", type=float, default=0.5, help="weight of the teachers beside the labels")
    made.add_argument("--folds", type=int, nargs="+", default=list(dataset.TRAIN_FOLDS), help="folds to train on")
    made.add_argument("--bf16", action="store_true", help="bfloat16 autocast, faster where the processor has AMX")
    made.add_argument("--device", choices=DEVICES, default="auto", help="auto: a GPU if there is one")
    made.add_argument("--threads", type=int, default=0, help="threads of torch (default: all cores)")
    made.add_argument("--limit", type=int, metavar="N", help="use only N records of each split (for trials)")
    return made


def main(argv: list[str] | None = None) -> int:
    """Train as the command line `argv` says and return the exit status."""
    args = parser().parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if not len(args.widths) == len(args.strides) == len(args.kernels):
        raise SystemExit("--widths, --strides and --kernels need one number for each block; give them alike.")
    data = dataset.load(args.data, args.cache or args.out, tuple(args.folds), limit=args.limit)
    config = FitConfig(
        epochs=args.epochs,
        fine_epochs=args.fine_epochs,
        batch=args.batch,
        rate=args.rate,
        fine_rate=args.fine_rate,
        crop=args.crop,
        seed=args.seed,
        masked=args.masked,
        altered=args.altered,
        waves=args.waves,
        longest_run=args.longest_run,
        consistency=args.consistency,
        locality=args.locality,
        statement_weight=args.statement_weight,
        mixup=args.mixup,
        gamma=args.gamma,
        soft_weight=args.soft_weight if args.teachers else 0.0,
        clean=args.clean,
        bf16=args.bf16,
    )
    bank = real_bank(args.noise, dataset.RATE_HZ) if args.noise else synthetic_bank(dataset.RATE_HZ)
    device = chosen_device(args.device)
    if args.refit_head:
        refit = HeadConfig(
            consistency=args.head_consistency,
            locality=args.head_locality,
            waves=args.head_waves,
            statement_weight=args.head_statements,
            least_spread=args.head_least_spread,
            seed=args.seed,
        )
        found = refit_head(args.refit_head, data, args.out, bank, refit, device, _say)
        export([found], args.data, args.out / "model", folds=args.folds)
        return 0
    shape = NetworkConfig(
        heads=len(data.heads),
        widths=tuple(args.widths),
        strides=tuple(args.strides),
        kernels=tuple(args.kernels),
        stem_kernel=args.stem_kernel,
        stem_stride=args.stem_stride,
        dropout=args.dropout,
        mixed=args.mixed,
    )
    if args.crop % shape.stride:
        nearest = args.crop // shape.stride * shape.stride
        raise SystemExit(f"--crop {args.crop} is no multiple of the network's stride; use {nearest}.")
    bar = sys.stderr.isatty()
    last = fit(
        data,
        args.out,
        bank,
        config,
        shape,
        resume=args.resume,
        start=args.start,
        start_member=args.start_member,
        teachers=args.teachers,
        device=device,
        bar=bar,
    )
    if not args.mixed:
        export([last], args.data, args.out / "model", folds=args.folds)
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
