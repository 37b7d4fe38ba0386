"""The card's page beside the model: Markdown, and its calibration plots."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cardio_desktop.core.errors import CardioError
from cardio_desktop.evaluation.cards.calibration_plot import calibration_svg
from cardio_desktop.evaluation.cards.model_card import PLOT_FILE, card_markdown
from cardio_desktop.model.card import load_card

PAGE_FILE = "MODEL_CARD.md"
TRIALS_FILE = "trials.json"


def read_trials(folder: Path) -> list[dict[str, Any]]:
    """Return what was tried (a list of rows in trials.json), empty where nothing is told; raises CardioError."""
    path = Path(folder) / TRIALS_FILE
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CardioError(f"{path}: cannot be read as JSON ({error}); write a list of objects.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CardioError(f"{path}: holds no list of objects; write one object for each trial.")
    return rows


def card_page(folder: Path) -> str:
    """Return the page of the model in `folder`; raises CardioError."""
    return card_markdown(load_card(folder).raw, read_trials(folder))


def write_page(folder: Path) -> Path:
    """Write page and plots of the model in `folder` from its card alone and return the page's path."""
    folder = Path(folder)
    classes = load_card(folder).raw["metrics"].get("evaluation", {}).get("classes", {})
    if classes:
        (folder / PLOT_FILE).write_text(calibration_svg(classes), encoding="utf-8")
    path = folder / PAGE_FILE
    path.write_text(card_page(folder), encoding="utf-8")
    return path
