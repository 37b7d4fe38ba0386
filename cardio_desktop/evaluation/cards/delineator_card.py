"""The delineator's card as a page: what it is, and how good it was measured to be, from its JSON alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def delineator_markdown(card: Mapping[str, Any]) -> str:
    """Return the page in Markdown; figures that the card does not hold are left out, none is made up here."""
    metrics = card.get("metrics", {})
    parts = [
        _heading(card),
        _training(card["training"]),
        _boundaries(metrics.get("boundaries"), metrics.get("boundaries_classical")),
        _detection(metrics.get("boundaries"), metrics.get("boundaries_classical")),
        _intervals(metrics.get("intervals"), metrics.get("intervals_classical")),
        _noise(metrics.get("noise")),
        "## Limits\n\n" + "\n".join(f"* {limit}" for limit in card["limits"]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(card: Mapping[str, Any]) -> str:
    onnx = card["onnx"]
    return (
        f"# {card['name']} {card['version']}\n\n{card['intended_use']}\n\n"
        f"A U-Net over time at {card['rate_hz']} Hz, the same for every lead, with {onnx['parameters']:,} parameters "
        f"({onnx['bytes'] / 1e6:.2f} MB, ONNX opset {onnx['opset']}). Leads exchange their mean and maximum at each "
        "level, so that any set of leads in any order can be read. A boundary stands where the probability of its wave "
        f"crosses one half{_last_step(card)}. SHA-256 `{onnx['sha256']}`."
    )


def _last_step(card: Mapping[str, Any]) -> str:
    if "edges" not in card:
        return ""
    return (
        ", moved by some milliseconds by a network of one hidden layer for each boundary, which reads what surrounds "
        f"it ({card['edges']['bytes'] / 1e6:.2f} MB, trained on the same records)"
    )


def _training(training: Mapping[str, Any]) -> str:
    begun = "".join(
        f" It began with the averaged weights of epoch {part['epoch']} of a run planned for {part['fit']['epochs']} "
        "epochs, on the training records alone, that was cut short."
        for part in training.get("started_from", [])
    )
    return (
        f"## Data\n\n{training['data']}; {training['records']} records trained, {len(training['test'])} were kept for "
        "the figures below and were not trained on. "
        f"{training.get('looked', '')} Marks count only where both ends of a lead are marked.{begun}"
        f"\n\n`{training['command']}`"
    )


def _boundaries(network: Mapping[str, Any] | None, classical: Mapping[str, Any] | None) -> str:
    if network is None:
        return ""
    rows = []
    for name, row in network["boundaries"].items():
        low, high = row["interval"]
        other = f"{100 * classical['boundaries'][name]['share']:.1f} %" if classical else ""
        rows.append(
            f"| {name} | {row['bound_ms']:.1f} | {100 * row['share']:.1f} % ({100 * low:.1f} to {100 * high:.1f}) | "
            f"{row['mean_ms']:+.1f} / {row['sd_ms']:.1f} | {row['marks']:,} | {other} |"
        )
    return (
        f"## Boundaries\n\n{network['records']} records of {network['data']} ({network['part']}), all leads: share of "
        "all marks that lie within the CSE study's two standard deviations (a missed wave counts as outside), with "
        "95 % bootstrap interval over records; error of those found.\n\n"
        "| boundary | bound, ms | inside | mean / SD, ms | marks | classical, inside |\n|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\n`cardio-desktop validate --what boundaries --data LUDB_DIR --part {network['part']}`"
    )


def _detection(network: Mapping[str, Any] | None, classical: Mapping[str, Any] | None) -> str:
    if network is None:
        return ""
    rows = [
        f"| {name} | {row['f1']:.4f} | {row['missed']} | {row['false']} | "
        f"{format(classical['detection'][name]['f1'], '.4f') if classical else ''} |"
        for name, row in network["detection"].items()
    ]
    found = network["fibrillation"]
    fibrillation = (
        f"\n\nIn atrial fibrillation ({found['records']} records, {found['beats']} beats in all leads) a P wave was "
        f"marked in {100 * found['p_share']:.1f} % of beats."
        if found["beats"]
        else ""
    )
    return (
        "## Detection\n\nWaves within 150 ms of the marked peak.\n\n"
        "| wave | F1 | missed | false | classical, F1 |\n|---|---|---|---|---|\n" + "\n".join(rows) + fibrillation
    )


def _intervals(network: Mapping[str, Any] | None, classical: Mapping[str, Any] | None) -> str:
    if network is None:
        return ""
    rows = []
    for name, row in network["intervals"].items():
        other = classical["intervals"][name] if classical else None
        beside = f"{other['mean_ms']:+.1f} / {other['sd_ms']:.1f}" if other and other["sd_ms"] is not None else ""
        rows.append(
            f"| {name} | {row['mean_ms']:+.1f} / {row['sd_ms']:.1f} | {row['limit_ms'][0]:.0f} / "
            f"{row['limit_ms'][1]:.0f} | {row['records']} | {row['only_reference']} | {row['only_measured']} "
            f"| {beside} |"
        )
    return (
        f"## Global intervals\n\n{network['records']} records of {network['data']} ({network['part']}); "
        f"{network['reference']}.\n\n"
        "| interval | mean / SD of error, ms | IEC 60601-2-25 allows | records | only marked | only measured | "
        "classical |\n|---|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\n`cardio-desktop validate --what intervals --data LUDB_DIR --part {network['part']}`"
    )


def _noise(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return ""
    names = list(next(iter(found["cells"].values())))
    rows = []
    for cell, figures in found["cells"].items():
        parts = [
            "-" if row["sd_ms"] is None else f"{row['mean_ms']:+.1f} / {row['sd_ms']:.1f} ({row['lost']} lost)"
            for row in figures.values()
        ]
        rows.append(f"| {cell} | " + " | ".join(parts) + " |")
    few = f" --records {found['records']}"
    return (
        f"## Noise\n\n{found['records']} records of {found['data']} ({found['part']}): change in ms (mean / SD) with "
        "noise of so many dB below the complexes; lost: measured without noise, not with it (mostly because the "
        "recording is refused).\n\n| noise, dB | "
        + " | ".join(names)
        + " |\n|"
        + "---|" * (len(names) + 1)
        + "\n"
        + "\n".join(rows)
        + f"\n\n`cardio-desktop validate --what noise --data LUDB_DIR --noise NSTDB_DIR --part {found['part']}{few}`"
    )
