"""The model card's pages on evidence, noise and known failures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.evaluation.cards.card_words import bullets, mean, percent, table

RANK_TITLES = {
    "rank_over_waves": "claim : exchange",
    "rank_above_normal_over_waves": "claim above a normal wave : exchange",
    "rank_of_lost_over_waves": "lost in its own cells : exchange",
    "rank_of_flat_over_waves": "claim : flat",
    "rank_of_costs_over_waves": "flat : exchange",
}
"""Columns of the card's table of waves, by their names in the results."""
SWAPPED = "swapped"


def evidence(checks: Mapping[str, Any], random_labels: Mapping[str, Any]) -> str:
    """Return the section on whether the evidence means what it shows."""
    if not checks:
        return ""
    parts = [_removal(checks), _territory(checks.get("territory", {})), _waves(checks.get("waves", {}))]
    parts.append(_flags(checks.get("flags", {})))
    parts.append(_planted(checks.get("planted", {})))
    parts.append(_sanity(checks, random_labels))
    return "\n\n".join(part for part in [*parts, f"`{checks['command']}`"] if part)


def _removal(checks: Mapping[str, Any]) -> str:
    rows = []
    for code, values in checks["classes"].items():
        times = values.get("deletion_times_random")
        row = [
            CLASS_NAMES.get(code, code),
            str(values["records"]),
            f"{values['additivity_error_max']:.0e}",
            mean(values["lead_faithfulness"], 3),
            f"{mean(values['deletion_strongest_tenth'])} : {mean(values['deletion_random_tenth'])}",
            "nothing lost at random" if times is None else f"{times:.1f}",
        ]
        if "insertion_strongest_tenth" in values:
            row.append(f"{mean(values['insertion_strongest_tenth'])} : {mean(values['insertion_random_tenth'])}")
        if "deletion_times_moved" in values:
            moved = values["deletion_times_moved"]
            row.append(f"{'-' if moved is None else f'{moved:.2f}'} ({mean(values['deletion_moved_one_bin'])})")
        rows.append(row)
    titles = ["class", "records", "additivity", "faithfulness over leads", "deletion, strongest : random", "times"]
    titles += ["insertion, strongest : random", "in place : moved by one bin (moved)"][
        : len(rows[0]) - 6 if rows else 0
    ]
    return (
        f"## Does the evidence mean what it shows?\n\n{checks['data']}, records that have the class. "
        "Additivity: largest distance of bias + evidence from the logit. Faithfulness: rank correlation, over leads, "
        "of their evidence with the fall of the score when that lead is blanked (1 is perfect). Deletion: logits lost "
        "when the strongest tenth of the cells is flattened, against a random tenth. Insertion: logits gained when "
        "that tenth alone is given. Moved: the same cells one bin earlier and later cost less if the evidence is "
        "where it should be.\n\n" + table(titles, rows)
    )


def _territory(territory: Mapping[str, Any]) -> str:
    if not territory:
        return ""
    told = "; ".join(
        f"{code} in {', '.join(values['leads'])}: {values['inside']} of {values['records']} "
        f"({100 * values['share']:.0f} %)"
        for code, values in territory.items()
    )
    return f"Strongest lead within the territory: {told}."


def _waves(waves: Mapping[str, Any]) -> str:
    rows = []
    for code, row in waves.items():
        told = [
            "-" if row["falls"][wave] is None else f"{row['claims'][wave]:.2f} : {row['falls'][wave]:.2f}"
            for wave in ("P", "QRS", "ST", "T")
        ]
        time = row["time_on_p_and_tp"]
        idle = f"{mean(row['on_p_and_tp'])} in {'-' if time is None else f'{time:.2f}'} of the time"
        rows.append([CLASS_NAMES.get(code, code), str(row["records"]), *told, idle])
    if not rows:
        return ""
    titles = ["class", "records", "P", "QRS", "ST", "T", "evidence on P and TP"]
    known = [name for name in RANK_TITLES if all(name in row for row in waves.values())]  # older cards lack some
    ranks = [[CLASS_NAMES.get(code, code), *(mean(row[name]) for name in known)] for code, row in waves.items()]
    return (
        "Waves exchanged for those of a normal record, in every beat: evidence claimed : logits lost. Last, the share "
        "of the evidence for the class that lies on P waves and between beats.\n\n"
        + table(titles, rows)
        + "\n\nRank correlations over the four waves of a record. Evidence is counted from a flat lead: a wave that is "
        "flattened costs what it claims. A normal wave speaks against disease: an exchange for one costs what the wave "
        "claims above a normal one. Where the two costs rank waves differently (flat : exchange), no map can follow "
        "both with one number.\n\n" + table(["class", *(RANK_TITLES[name] for name in known)], ranks)
    )


def _flags(flags: Mapping[str, Any]) -> str:
    """Return which waves the flags name, class by class."""
    rows = [
        [
            CLASS_NAMES.get(code, code),
            f"{row['flagged']} of {row['records']}",
            *(str(row["named"].get(wave, 0)) for wave in ("P", "QRS", "ST", "T", "none")),
            _counted(row["misleading"]),
        ]
        for code, row in flags.items()
    ]
    if not rows:
        return ""
    titles = ["class", "records flagged", "P", "QRS", "ST", "T", "no wave", "P or no wave"]
    return (
        "Flags that the program sets on beats of records that have the class, by the wave that they name.\n\n"
        + table(titles, rows)
    )


def _planted(planted: Mapping[str, Any]) -> str:
    if not planted:
        return ""
    rows = [
        [
            kind,
            " + ".join(row["classes"]),
            f"{row['strongest_inside']} of {row['plantings']}",
            _centre(row.get("centre_error_ms")),
            mean(row["share_of_rise_inside"]),
            f"{row['share_of_cells']:.3f}",
            mean(row["rise_of_logits"]),
        ]
        for kind, row in planted["kinds"].items()
        if row["plantings"]
    ]
    titles = [
        "planted",
        "evidence of",
        "strongest rise inside",
        "centre",
        "share of the rise inside",
        "of the cells",
        "logits",
    ]
    return (
        f"Signs planted into two beats of three leads of {planted['records']} healthy LUDB records. Inside are the "
        "cells that were changed, no neighbour. Centre: how much later than the change the rise has its centre, with "
        "its standard deviation.\n\n" + table(titles, rows)
    )


def _centre(error: Mapping[str, Any] | None) -> str:
    return "" if not error or error["mean"] is None else f"{error['mean']:+.0f} ms (SD {error['spread']:.0f})"


def _sanity(checks: Mapping[str, Any], random_labels: Mapping[str, Any]) -> str:
    rows = []
    compared = [("shuffled weights", checks.get("random_weights", {})), ("random labels", random_labels)]
    compared.append(("another seed", checks.get("agreement", {})))
    for title, found in compared:
        for code, row in found.get("classes", {}).items():
            figures = [row["spearman"], row["structural_similarity"]]
            means = [figure["mean"] if isinstance(figure, Mapping) else figure for figure in figures]
            rows.append([title, CLASS_NAMES.get(code, code), *("-" if m is None else f"{m:.2f}" for m in means)])
    if not rows:
        return ""
    notes = []
    if weights := checks.get("random_weights"):
        notes.append(
            f"Mean AUC with shuffled weights {weights['macro_auc']:.3f} (mean of {weights['seeds']} shufflings)."
        )
    if random_labels:
        notes.append(random_labels["note"])
    titles = ["map compared with that of", "class", "rank correlation over cells", "structural similarity"]
    return (
        "A map must not survive the loss of what was learnt, and should be the same for another seed.\n\n"
        + table(titles, rows)
        + "".join(f"\n\n{note}" for note in notes)
    )


def noise(card: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """Return the section on noise, missing leads, other rates and swapped electrodes."""
    if not found:
        return ""
    whole = found["undisturbed"]
    rows = [["undisturbed", f"{whole['macro_auc']:.4f}", "", percent(whole["normals_in_high"]), ""]]
    for name, row in found["conditions"].items():
        low, high = row["loss_interval"]
        span = "" if low is None or high is None else f" ({low:+.4f} to {high:+.4f})"
        rows.append(
            [
                name,
                f"{row['macro_auc']:.4f}",
                f"{row['loss']:+.4f}{span}",
                percent(row["normals_in_high"]),
                f"{row['mean_change_of_probability']:.3f}",
            ]
        )
    titles = ["condition", "mean AUC", "loss (95 % interval)", "normals in High", "mean change of probability"]
    text = (
        f"## Noise and shift\n\n{found['records']:,} records of {found['data']}, {found['normals']} of them purely "
        "normal. Noise is real (MIT-BIH Noise Stress Test Database), put on the nine electrodes; its kind was used in "
        "training as well. The losses compare the same records with and without.\n\n" + table(titles, rows)
    )
    noisy = found["noisy_normals"]
    text += (
        f"\n\nPure normals that PTB-XL marks as noisy and that reach High: {_counted(noisy['noisy'])}, unmarked "
        f"ones {_counted(noisy['clean'])}; marked ones of all folds, most of them trained on: "
        f"{_counted(noisy['noisy_all_folds'])}."
    )
    if seed := noisy.get("seed_case"):
        text += (
            f" A healthy man with a loose electrode (ecg_id {seed['ecg_id']}, a training record) has at most "
            f"{100 * seed['greatest_pathology']:.0f} % for any pathology; {seed['confirmed_above']} of "
            f"{seed['confirmed_infarctions']} infarctions of likelihood 100 lie above him, their median at "
            f"{100 * seed['confirmed_median']:.0f} %."
        )
    if (copies := found.get("high_rate_copies")) and copies["records"]:
        text += (
            f"\n\n{copies['records']} records at 500 Hz against their 100 Hz copies: probabilities differ by "
            f"{copies['mean_change_of_probability']:.4f} on average and "
            f"{copies['largest_change_of_probability']:.3f} at most; same tier {_counted(copies['same_tier'])}."
        )
    return (
        f"{text}\n\nAt most {card['max_missing_leads']} leads may be missing and {card['min_s']} s is the shortest "
        f"record that is judged.\n\n`{found['command']}`"
    )


def _counted(counted: Mapping[str, Any]) -> str:
    return f"{counted['n']} of {counted['of']} ({percent(counted)})"


def known_failures(card: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """Return the weakest figures of the card in words, and what else is known to fail."""
    items = []
    found = metrics.get("evaluation", {})
    defined = {code: row["auc"] for code, row in found.get("classes", {}).items() if row["auc"] is not None}
    if defined:
        worst = min(defined, key=lambda code: defined[code])
        items.append(f"{CLASS_NAMES.get(worst, worst)} is told apart worst (AUC {defined[worst]:.3f}).")
    shares = found.get("tiers", {}).get("share of class in tier", {})
    missed = {code: shares[code]["Low"] for code in CLASS_NAMES if code != "NORM" and code in shares}
    missed = {code: cell for code, cell in missed.items() if cell["share"]}
    if missed:
        worst = max(missed, key=lambda code: float(missed[code]["share"]))
        items.append(f"{CLASS_NAMES[worst]} lands in Low in {percent(missed[worst])} of its records.")
    groups = {name: row for name, row in found.get("subgroups", {}).items() if row["any pathology in Low"]["share"]}
    if groups:
        worst = max(groups, key=lambda name: float(groups[name]["any pathology in Low"]["share"]))
        share = percent(groups[worst]["any pathology in Low"])
        items.append(f'Of the group "{worst}" {share} of those with any pathology are Low.')
    conditions = metrics.get("noise", {}).get("conditions", {})
    for name in sorted(name for name in conditions if name.endswith(SWAPPED)):
        row = conditions[name]
        items.append(
            f"Electrodes {name}: the mean AUC falls by {row['loss']:.3f} and {percent(row['normals_in_high'])} of "
            "normals reach High."
        )
    return bullets("Known failures", [*items, *card.get("known_failures", ())])
