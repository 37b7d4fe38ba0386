"""The model card as a page: what the network is, and how good it was measured to be, from its JSON alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.evaluation.cards.card_checks import evidence, known_failures, noise
from cardio_desktop.evaluation.cards.card_words import bullets, numbers, percent, table, with_interval
from cardio_desktop.evaluation.cards.story_page import as_text
from cardio_desktop.model.card import YOUNG_YEARS

PLOT_FILE = "calibration.svg"


def card_markdown(card: Mapping[str, Any], trials: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return the page in Markdown; figures that the card does not hold are left out, none is made up here.

    `trials` are rows of what was tried, best first, each with the same columns.
    """
    metrics = card.get("metrics", {})
    found = metrics.get("evaluation", {})
    parts = [
        _heading(card),
        _files(card),
        _edge(metrics.get("edge", {})),
        _training(card["training"]),
        _accuracy(found),
        _tiers(found, card["training"]),
        _subgroups(found.get("subgroups", {})),
        evidence(metrics.get("checks", {}), metrics.get("random_labels", {})),
        noise(card, metrics.get("noise", {})),
        _story(metrics.get("story", {})),
        known_failures(card, metrics),
        bullets("Not assessed", card.get("not_assessed", ())),
        _trials(trials),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(card: Mapping[str, Any]) -> str:
    onnx = card["onnx"]
    count = len(card["training"]["members"])
    what = "A convolutional network" if count == 1 else f"The mean of {count} convolutional networks"
    return (
        f"# {card['name']} {card['version']}\n\n## Intended use\n\n{card['intended_use']}\n\n## Network\n\n"
        f"{what} on the twelve leads at {card['rate_hz']} Hz with {onnx['parameters']:,} parameters in all. "
        "Leads are never mixed, except by gates that scale them; the head is linear, so each score is exactly its bias "
        f"plus the evidence of each lead and each {1000 * card['bin_s']:.0f} ms. It gives probabilities of "
        f"{len(card['classes'])} classes and {len(card['statements'])} SCP-ECG statements."
    )


def _files(card: Mapping[str, Any]) -> str:
    onnx = card["onnx"]
    rows = [["float32", f"`{onnx['file']}`", f"{onnx['bytes'] / 1e6:.2f} MB", "", "", f"`{onnx['sha256'][:16]}…`"]]
    for variant in card.get("variants", ()):
        rows.append(
            [
                f"weights in {variant['precision']}",
                f"`{variant['file']}`",
                f"{variant['bytes'] / 1e6:.2f} MB",
                f"{variant['loss_of_macro_auc']:+.5f} ({variant['records']:,} records)",
                f"{variant['mean_change_of_probability']:.4f}, {variant['largest_change_of_probability']:.3f}",
                f"`{variant['sha256'][:16]}…`",
            ]
        )
    titles = ["network", "file", "size", "loss of mean AUC", "change of probability: mean, largest", "SHA-256"]
    return f"ONNX opset {onnx['opset']}, SHA-256 of the whole network `{onnx['sha256']}`:\n\n" + table(titles, rows)


def _edge(found: Mapping[str, Any]) -> str:
    """Return what each size of the network costs on one thread."""
    if not found:
        return ""
    rows = []
    for name, row in found["precisions"].items():
        memory = "-" if row["memory_mb"] is None else f"{row['memory_mb']:.0f} MB"
        alike = f"{row['maps_mean']:.3f}, {row['maps_worst']:.3f}"
        change = f"{row['largest_change_of_probability']:.4f}"
        rows.append([name, f"{row['macro_auc']:.4f}", change, alike, f"{row['processor_ms']:.1f} ms", memory])
    titles = ["weights in", "mean AUC", "largest change of probability", "maps like those of float32: mean, worst"]
    return (
        f"On one thread, {found['records']} records of {found['data']}. Maps are compared by their rank correlation "
        "over cells. Time is that of the processor for one record with the evidence of the five classes, memory what a "
        "process grows by that opens the network and judges a record.\n\n"
        + table([*titles, "processor time", "memory"], rows)
        + f"\n\n`{found['command']}`"
    )


def _training(training: Mapping[str, Any]) -> str:
    folds = training["folds"]
    calibration = f" Calibration: {training['calibration']}." if "calibration" in training else ""
    noise = f" Noise: {training['noise']}." if "noise" in training else ""
    members = [f"`{member['command']}`" for member in training["members"]]
    commands = members[0] if len(members) == 1 else "\n".join(f"{k}. {one}" for k, one in enumerate(members, 1))
    return (
        f"## Data\n\n{training['data']}. Folds {numbers(folds['train'])} train, {numbers(folds['select'])} selects, "
        f"{numbers(folds['calibrate'])} calibrates and is what is reported below; fold 10 was never seen. "
        f"Labels: {training['labels']}.{noise}{calibration}\n\n{commands}"
    )


def _accuracy(found: Mapping[str, Any]) -> str:
    if not found:
        return ""
    rows = [
        [
            CLASS_NAMES.get(code, code),
            str(values["cases"]),
            with_interval(values["auc"], values["auc_interval"]),
            f"{values['ece_cross_fitted']:.3f}",
            f"{values['ece_floor']:.3f}" if "ece_floor" in values else "",
        ]
        for code, values in found["classes"].items()
    ]
    macro = with_interval(found["macro_auc"], found["macro_auc_interval"])
    rows.append(["**mean of the five**", "", f"**{macro}**", "", ""])
    if found["statements_macro_auc"] is not None:
        statements = with_interval(found["statements_macro_auc"], found["statements_macro_auc_interval"])
        rows.append([f"{found['statements_scored']} SCP-ECG statements, mean", "", statements, "", ""])
    titles = ["class", "cases", "AUC", "calibration error", "by chance"]
    return (
        f"## Accuracy\n\n{found['records']:,} records of {found['patients']:,} patients ({found['data']}); area under "
        "the ROC curve with 95 % bootstrap interval (patients are drawn), and expected calibration error (15 bins of "
        "equal mass, cross-fitted: no patient took part in fitting his own curve). *By chance* is the error that "
        "perfect probabilities would show on so many records.\n\n"
        + table(titles, rows)
        + f"\n\n![What was said against what was seen, cross-fitted]({PLOT_FILE})\n\n`{found['command']}`"
    )


def _tiers(found: Mapping[str, Any], training: Mapping[str, Any]) -> str:
    tiers = found.get("tiers", {})
    if not tiers:
        return ""
    limits = tiers["thresholds"]
    diseased = ", ".join(
        f"{tier} {100 * cell['share']:.1f} %" if cell["share"] is not None else f"{tier} none"
        for tier, cell in tiers["share of tier with any pathology"].items()
    )
    young = limits.get("low_any_young")
    under = "" if young is None else f", under {YOUNG_YEARS} years below {100 * young:.1f} %"
    text = (
        f"## Risk tiers\n\nLow: infarction below {100 * limits['low_mi']:.1f} % and every pathology below "
        f"{100 * limits['low_any']:.1f} %{under}. High: some pathology from {100 * limits['high_any']:.1f} % on. The "
        "thresholds were chosen on these same records, so this table flatters them. Shares with 95 % interval:\n\n"
        f"{_tier_rows(tiers)}\n\nShare of each tier with any pathology: {diseased}. "
        "**A Low tier does not rule out disease.**"
    )
    if promises := training.get("thresholds", {}).get("promises"):
        text += (
            f"\n\nPromises of the thresholds: Low misses no infarction of likelihood 100 here, at most "
            f"{100 - 100 * promises['mi_sensitivity']:.0f} % of all infarctions (lower bound of the share found "
            f"{100 * promises['mi_lower_bound']:.0f} %) and {100 - 100 * promises['any_sensitivity']:.0f} % of any "
            f"pathology; High is right in {100 * promises['high_precision']:.0f} %. They must hold here and, by "
            f"prediction, with {100 * promises['confidence']:.0f} % probability on another fold."
        )
        if "young_sensitivity" in promises:
            text += (
                f" Under {YOUNG_YEARS} years Low misses at most {100 - 100 * promises['young_sensitivity']:.0f} % of "
                "the ill here, a promise of its own since the ill are few among the young."
            )
    if fair := found.get("tiers_cross_fitted"):
        said = ", ".join(
            f"{tier} {100 * cell['share']:.1f} % ({100 * cell['interval'][0]:.1f} to {100 * cell['interval'][1]:.1f})"
            for tier, cell in fair["share of tier with any pathology"].items()
            if cell["share"] is not None
        )
        parts = fair.get("parts", 2)  # older cards do not say
        text += (
            f"\n\nThe same, patients dealt into {parts} parts, each counted with curves and thresholds from all others:"
            f"\n\n{_tier_rows(fair)}\n\nShare of each tier with any pathology: {said}."
        )
        if ages := fair.get("ages"):
            told = ", ".join(f"{name} {percent(row['any pathology in Low'])}" for name, row in ages.items())
            text += f" With any pathology and in Low: {told}."
    return text


def _tier_rows(tiers: Mapping[str, Any]) -> str:
    rows = []
    for group, by_tier in tiers["share of class in tier"].items():
        cells = [
            f"{100 * cell['share']:.1f} % ({100 * cell['interval'][0]:.1f} to {100 * cell['interval'][1]:.1f})"
            if cell["share"] is not None
            else "-"
            for cell in by_tier.values()
        ]
        rows.append([group, str(next(iter(by_tier.values()))["of"]), *cells])
    names = list(next(iter(tiers["share of class in tier"].values())))
    return table(["true class", "records", *names], rows)


def _subgroups(groups: Mapping[str, Any]) -> str:
    if not groups:
        return ""
    columns = ("any pathology in Low", "any pathology in High", "NORM alone in Low", "NORM alone in High")
    rows = [
        [name, str(row["records"]), with_interval(row["macro_auc"], row["macro_auc_interval"])]
        + [percent(row[column]) for column in columns]
        for name, row in groups.items()
        if row["macro_auc"] is not None
    ]
    return (
        "## Subgroups\n\nOf the same records, mean AUC of the five classes and tiers; recorders are known for some "
        "records only.\n\n" + table(["group", "records", "mean AUC", *columns], rows)
    )


def _story(found: Mapping[str, Any]) -> str:
    return f"## The man who began it\n\n{as_text(found)}\n\n`{found['command']}`" if found else ""


def _trials(trials: Sequence[Mapping[str, Any]]) -> str:
    if not trials:
        return ""
    titles: list[str] = []
    for row in trials:
        titles += [name for name in row if name not in titles]
    rows = [["" if row.get(name) is None else _plain(row[name]) for name in titles] for row in trials]
    return "## What was tried\n\nBest first.\n\n" + table(titles, rows)


def _plain(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value).replace("|", "/").replace("\n", " ")
