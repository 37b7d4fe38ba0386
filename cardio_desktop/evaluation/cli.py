"""The commands `evaluate`, `evidence-checks` and `noise-checks`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation import accuracy, edge, evidence_checks, noise_checks, story
from cardio_desktop.evaluation.store import rounded, store_in_card
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.paths import asset

Run = Callable[[argparse.Namespace, Classifier, Progress], dict[str, Any]]


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"cardio-desktop {name}", description=description)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="PTB-XL folder")
    parser.add_argument("--folds", type=int, nargs="+", required=True)
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the shipped one)")
    parser.add_argument("--precision", default="float32", help="float32, or a smaller variant of the network")
    parser.add_argument("--json", metavar="OUT", help="write the result as JSON to this file, - for standard output")
    parser.add_argument("--threads", type=int, default=0, help="threads of ONNX Runtime (default: all cores)")
    parser.add_argument("--write-card", action="store_true", help="store the figures in the model's card")
    return parser


def _finish(
    args: argparse.Namespace, name: str, options: str, run: Run, as_text: Callable[[dict[str, Any]], str]
) -> int:
    folder = args.model or asset("model_assets")
    try:
        classifier = Classifier.load(folder, args.threads, args.precision)
        result = run(args, classifier, _progress)
    except CardioError as error:
        print(error, file=sys.stderr)
        return 1
    result = rounded(result)
    if args.write_card:
        folds = " ".join(map(str, args.folds))
        store_in_card(folder, name, f"cardio-desktop {options.format(data='PTBXL_DIR', folds=folds)}", result)
    if args.json == "-":
        print(json.dumps(result))
        return 0
    if args.json:
        Path(args.json).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(as_text(result))
    return 0


def _progress(percent: float) -> None:
    print(f"\r{percent:3.0f} %", end="\n" if percent >= 100 else "", file=sys.stderr, flush=True)


def evaluate(argv: list[str] | None = None) -> int:
    """Run `cardio-desktop evaluate` with the arguments `argv` and return the exit status."""
    parser = _parser("evaluate", accuracy.__doc__ or "")
    parser.add_argument(
        "--story", action="store_true", help="instead: the noisy healthy man against confirmed infarctions"
    )
    parser.add_argument("--edge", action="store_true", help="instead: each size of the network on one thread")
    parser.add_argument(
        "--before", type=Path, nargs="+", default=[], metavar="DIR", help="model folders that the story begins with"
    )
    args = parser.parse_args(argv)
    if args.before and not args.story:
        parser.error("--before belongs to --story")
    if args.edge and args.story:
        parser.error("--edge and --story are two questions; ask one at a time")

    def run(args: argparse.Namespace, classifier: Classifier, progress: Progress) -> dict[str, Any]:
        if args.story:
            earlier = [Classifier.load(folder, args.threads) for folder in args.before]
            return story.tell_story(args.data, args.folds, classifier, earlier, progress)
        if args.edge:
            return edge.check_edge(args.model or asset("model_assets"), args.data, args.folds, progress=progress)
        return accuracy.evaluate(args.data, args.folds, classifier, progress)

    options = "evaluate --data {data} --folds {folds}"
    if args.story:
        options += " --story" + (f" --before{' DIR' * len(args.before)}" if args.before else "")
        return _finish(args, "story", options, run, story.as_text)
    if args.edge:
        return _finish(args, "edge", f"{options} --edge", run, edge.as_text)
    return _finish(args, "evaluation", options, run, accuracy.as_text)


def check_evidence(argv: list[str] | None = None) -> int:
    """Run `cardio-desktop evidence-checks` with the arguments `argv` and return the exit status."""
    parser = _parser("evidence-checks", evidence_checks.__doc__ or "")
    parser.add_argument("--ludb", type=Path, metavar="DIR", help="LUDB folder: plant findings into its healthy records")
    parser.add_argument("--against", type=Path, metavar="DIR", help="another model folder: compare the maps")
    parser.add_argument("--records", type=int, default=0, metavar="N", help="records per class (default: all)")
    args = parser.parse_args(argv)

    def run(args: argparse.Namespace, classifier: Classifier, progress: Progress) -> dict[str, Any]:
        other = Classifier.load(args.against, args.threads) if args.against else None
        return evidence_checks.check_evidence(
            args.data, args.folds, classifier, args.records, args.ludb, other, progress
        )

    options = "evidence-checks --data {data} --folds {folds}"
    options += (" --ludb LUDB_DIR" if args.ludb else "") + (" --against DIR" if args.against else "")
    return _finish(args, "checks", options + _limit(args), run, evidence_checks.as_text)


def check_noise(argv: list[str] | None = None) -> int:
    """Run `cardio-desktop noise-checks` with the arguments `argv` and return the exit status."""
    parser = _parser("noise-checks", noise_checks.__doc__ or "")
    parser.add_argument("--noise", type=Path, metavar="DIR", help="nstdb folder: add real wander and muscle noise")
    parser.add_argument("--hr", type=Path, metavar="DIR", help="folder of 500 Hz copies (NNNNN_hr.hea) to compare")
    parser.add_argument("--records", type=int, default=0, metavar="N", help="records in all (default: all)")
    args = parser.parse_args(argv)

    def run(args: argparse.Namespace, classifier: Classifier, progress: Progress) -> dict[str, Any]:
        return noise_checks.check_noise(args.data, args.folds, classifier, args.noise, args.hr, args.records, progress)

    options = "noise-checks --data {data} --folds {folds}"
    options += (" --noise NSTDB_DIR" if args.noise else "") + (" --hr PTBXL500_DIR" if args.hr else "")
    return _finish(args, "noise", options + _limit(args), run, noise_checks.as_text)


def _limit(args: argparse.Namespace) -> str:
    return f" --records {args.records}" if args.records else ""
