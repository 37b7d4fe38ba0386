"""Results as JSON: rounded, and kept in the model's card with the command that makes them again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from cardio_desktop.model.card import CARD_FILE


def store_in_card(folder: Path, name: str, command: str, result: dict[str, Any]) -> None:
    """Put a result into the metrics of the card in `folder`, with the command that makes it again."""
    path = folder / CARD_FILE
    card = json.loads(path.read_text(encoding="utf-8"))
    card["metrics"][name] = {"command": command} | result
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)


def rounded(value: Any, digits: int = 5) -> Any:
    """Return a JSON value with its floats rounded; what is undefined (NaN) becomes null."""
    if isinstance(value, float):
        return round(value, digits) if np.isfinite(value) else None
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    return [rounded(item, digits) for item in value] if isinstance(value, list) else value
