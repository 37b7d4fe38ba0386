"""The story of the noisy healthy man as a page: for the model's card, which stands under Help, and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cardio_desktop.evaluation.cards.card_words import table

ANCESTOR = {"before": {"healthy": 0.28, "infarction": 0.26}, "after": {"healthy": 0.27, "infarction": 0.49}}
"""Probabilities of infarction that the ancestor gave, as the project was begun with them."""


def as_text(result: Mapping[str, Any]) -> str:
    """Return the story as a page in Markdown."""
    before, after = ANCESTOR["before"], ANCESTOR["after"]
    titles = ["network", "the man: infarction", "any pathology", "tier", "infarctions: median", "tenth", "lowest"]
    rows = [
        ["the ancestor, before", _percent(before["healthy"]), "", "", f"{_percent(before['infarction'])} (one record)"]
        + [""] * 3,
        ["the ancestor, trained on with noise", _percent(after["healthy"]), "", "", f"{_percent(after['infarction'])}"]
        + [""] * 3,
    ]
    for row in result["networks"]:
        above = row["above_him"]
        rows.append(
            [
                _name(row, result["fold"]),
                _percent(row["healthy"]),
                _percent(row["healthy_any"]),
                row["healthy_tier"],
                _percent(row["median"]),
                _percent(row["tenth"]),
                _percent(row["lowest"]),
                f"{above['n']} of {above['of']}",
            ]
        )
    return (
        f"A healthy man (PTB-XL, ecg_id {result['ecg_id']}) was recorded with a loose electrode. The ancestor of this "
        "network gave him more for infarction than it gave a confirmed infarction: it had learnt that noise is "
        "disease. The label of a noisy record stays what it was, and a network that is shown noise learns so. Below, "
        f"him against the {result['infarctions']} infarctions of {result['data']} that were stated with likelihood "
        "100 (the ancestor: against one).\n\n" + table([*titles, "above him"], rows)
    )


def _name(row: Mapping[str, Any], fold: int) -> str:
    noise = "without noise" if row["without_noise"] else "with noise"
    seen = ", on his fold too" if fold in row["folds"] else ", not on his fold"
    return f"{row['parameters']:,} parameters (`{row['sha256'][:12]}`), trained {noise}{seen}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %" if value >= 0.1 else f"{100 * value:.1f} %"
