"""The networks that a reading may ask, loaded once, and how faithful their evidence was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.delineator import CARD_FILE as DELINEATOR_CARD
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.paths import intact


@dataclass(frozen=True, eq=False)
class Models:
    """The networks that an analysis may ask."""

    classifier: Classifier
    delineator: Delineator | None = None


def load_models(folder: Path | None = None, threads: int = 0) -> Models:
    """Return the models of `folder`, by default those that come with the program; raises ModelError or AssetError.

    `threads` is how many the network may use for one window, 0 for as many as there are cores.
    """
    if folder is None:
        return _own_models(threads)
    return Models(Classifier.load(folder, threads), own_delineator())


@cache
def _own_models(threads: int) -> Models:
    """Load the program's models once: the window asks for them with every record."""
    return Models(Classifier.load(intact("model_assets"), threads), own_delineator())


@cache
def own_delineator() -> Delineator | None:
    """Return the program's delineator, loaded once; None where it is not installed. Raises ModelError if damaged."""
    folder = intact("model_assets")
    return Delineator.load(folder) if (folder / DELINEATOR_CARD).is_file() else None


def delineator_of(models: Models | None) -> Delineator | None:
    """Return the delineator among `models`, the program's own where no network was asked."""
    return models.delineator if models is not None else own_delineator()


def faithfulness_note(models: Models, code: str) -> str:
    """Return how faithful the evidence for class `code` was found to be, as one sentence; "" where it was not checked.

    The figure stands in the model's card: the rank correlation, over leads, of their evidence with the fall of the
    score when that lead is taken away.
    """
    found = faithfulness(models, code)
    return "" if found is None else f"Faithfulness over leads, measured: {found:.2f} of 1."


def faithfulness(models: Models, code: str) -> float | None:
    """Return the figure of `faithfulness_note`, None where it was not measured on this very network."""
    card = models.classifier.card
    checks = card.raw["metrics"].get("checks", {})
    if checks.get("model", {}).get("sha256") != card.sha256:
        return None
    found = checks.get("classes", {}).get(code, {}).get("lead_faithfulness", {}).get("mean")
    return None if found is None else float(found)
