"""Results as JSON: rounded, and kept in the model's card with the command that makes them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.model.card import CARD_FILE


def read_card(folder: Path) -> dict[str, Any]:
    """Return the card of `folder` as JSON."""
    card: dict[str, Any] = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    return card


def write_card(card: Mapping[str, Any], folder: Path) -> None:
    """Write the card of `folder` in one step."""
    partial = folder / (CARD_FILE + ".part")
    partial.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(folder / CARD_FILE)


def store_in_card(folder: Path, name: str, command: str, result: dict[str, Any]) -> None:
    """Put a result into the metrics of the card in `folder`, with the command that makes it again."""
    card = read_card(folder)
    card["metrics"][name] = {"command": command} | result
    write_card(card, folder)


def rounded(value: Any, digits: int = 5) -> Any:
    """Return a JSON value with its floats rounded; what is undefined (NaN) becomes null, what is tiny stays tiny."""
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        return round(value, digits) if abs(value) >= 10**-digits else float(f"{value:.2g}")
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    return [rounded(item, digits) for item in value] if isinstance(value, list) else value
