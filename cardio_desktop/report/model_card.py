"""The model card as a page: what the network is, and how good it was measured to be, from its JSON alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cardio_desktop.core.findings import CLASS_NAMES


def card_markdown(card: Mapping[str, Any]) -> str:
    """Return the page in Markdown; figures that the card does not hold are left out, none is made up here."""
    metrics = card.get("metrics", {})
    parts = [
        _heading(card),
        _training(card["training"]),
        _accuracy(metrics.get("evaluation", {})),
        _tiers(metrics.get("evaluation", {}).get("tiers", {})),
        _evidence(metrics.get("checks", {})),
        _missing(card, metrics.get("checks", {}).get("missing", {})),
        _list("Not assessed", card.get("not_assessed", ())),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(card: Mapping[str, Any]) -> str:
    onnx = card["onnx"]
    return (
        f"# {card['name']} {card['version']}\n\n{card['intended_use']}\n\n"
        f"A convolutional network on the twelve leads at {card['rate_hz']} Hz with {onnx['parameters']:,} parameters "
        f"({onnx['bytes'] / 1e6:.1f} MB, ONNX opset {onnx['opset']}). Leads are never mixed, except by gates that "
        f"scale them; the head is linear, so each score is exactly its bias plus the evidence of each lead and each "
        f"{1000 * card['bin_s']:.0f} ms. SHA-256 `{onnx['sha256']}`."
    )


def _training(training: Mapping[str, Any]) -> str:
    folds = training["folds"]
    return (
        f"## Data\n\n{training['data']}. Folds {_numbers(folds['train'])} train, {_numbers(folds['select'])} selects, "
        f"{_numbers(folds['calibrate'])} calibrates and is what is reported below; fold 10 was never seen. "
        f"Labels: {training['labels']}.\n\n`{training['command']}`"
    )


def _accuracy(found: Mapping[str, Any]) -> str:
    if not found:
        return ""
    rows = [
        f"| {CLASS_NAMES.get(code, code)} | {values['cases']} | {_share(values['auc'], values['auc_interval'])} | "
        f"{values['ece_cross_fitted']:.3f} |"
        for code, values in found["classes"].items()
    ]
    rows.append(f"| **mean of the five** | | **{_share(found['macro_auc'], found['macro_auc_interval'])}** | |")
    rows.append(
        f"| {found['statements_scored']} SCP-ECG statements, mean | | "
        f"{_share(found['statements_macro_auc'], found['statements_macro_auc_interval'])} | |"
    )
    return (
        f"## Accuracy\n\n{found['records']:,} records of {found['patients']:,} patients ({found['data']}); area under "
        "the ROC curve with 95 % bootstrap interval, and expected calibration error (15 bins, cross-fitted).\n\n"
        "| class | cases | AUC | calibration error |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\n`{found['command']}`"
    )


def _tiers(tiers: Mapping[str, Any]) -> str:
    if not tiers:
        return ""
    limits = tiers["thresholds"]
    rows = []
    for group, by_tier in tiers["share of class in tier"].items():
        cells = " | ".join(
            f"{100 * cell['share']:.1f} % ({100 * cell['interval'][0]:.1f} to {100 * cell['interval'][1]:.1f})"
            for cell in by_tier.values()
        )
        rows.append(f"| {group} | {next(iter(by_tier.values()))['of']} | {cells} |")
    names = list(next(iter(tiers["share of class in tier"].values())))
    diseased = ", ".join(
        f"{tier} {100 * cell['share']:.1f} %" for tier, cell in tiers["share of tier with any pathology"].items()
    )
    return (
        f"## Risk tiers\n\nLow: infarction below {100 * limits['low_mi']:.1f} % and every pathology below "
        f"{100 * limits['low_any']:.1f} %. High: some pathology from {100 * limits['high_any']:.1f} % on. The "
        "thresholds were chosen on these same records, so the table flatters them. Shares with 95 % interval:\n\n"
        f"| true class | records | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}\n"
        + "\n".join(rows)
        + f"\n\nShare of each tier with any pathology: {diseased}. **A Low tier does not rule out disease.**"
    )


def _evidence(checks: Mapping[str, Any]) -> str:
    if not checks:
        return ""
    rows = []
    for code, values in checks["classes"].items():
        faithful = values["lead_faithfulness"]
        strong, chance = values["deletion_strongest_tenth"]["mean"], values["deletion_random_tenth"]["mean"]
        rows.append(
            f"| {CLASS_NAMES.get(code, code)} | {_share(faithful['mean'], faithful['interval'])} | "
            f"{strong:.2f} : {chance:.2f} |"
        )
    territory = "; ".join(
        f"{code} in {', '.join(values['leads'])}: {values['inside']} of {values['records']}"
        for code, values in checks.get("territory", {}).items()
    )
    return (
        "## Does the evidence mean what it shows?\n\nFaithfulness: rank correlation, over leads, of their evidence "
        "with the fall of the score when that lead is blanked (1 is perfect). Deletion: logits lost when the strongest "
        "tenth of the cells is flattened, against a random tenth.\n\n"
        "| class | faithfulness over leads | deletion, strongest : random |\n|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\nStrongest lead within the territory: {territory}.\n\n`{checks['command']}`"
    )


def _missing(card: Mapping[str, Any], missing: Mapping[str, Any]) -> str:
    if not missing:
        return ""
    worst = min(missing["one_lead"], key=missing["one_lead"].get)
    several = ", ".join(f"{count}: {auc:.3f}" for count, auc in missing["random_leads"].items())
    short = ", ".join(f"{length}: {auc:.3f}" for length, auc in missing["short"].items())
    return (
        f"## Missing leads and short records\n\nMean AUC of the five classes on {missing['records']} of these records: "
        f"{missing['whole']:.3f} as they are; worst single lead blanked ({worst}): {missing['one_lead'][worst]:.3f}; "
        f"random leads blanked: {several}; cut to {short}. At most {card['max_missing_leads']} leads may be missing "
        f"and {card['min_s']} s is the shortest record that is judged."
    )


def _list(title: str, items: Any) -> str:
    return f"## {title}\n\n" + "\n".join(f"* {item}" for item in items) if items else ""


def _share(value: float, interval: Any) -> str:
    low, high = interval
    return f"{value:.3f} ({low:.3f} to {high:.3f})"


def _numbers(values: list[int]) -> str:
    if len(values) > 2 and values == list(range(values[0], values[-1] + 1)):
        return f"{values[0]} to {values[-1]}"
    return ", ".join(str(value) for value in values)
