"""How evidence is called: the name of a class or statement, and how faithful its map was measured to be."""

from __future__ import annotations

from functools import cache

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.terms import statement_name, term
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import CLASS_NAMES, Findings


def class_words(findings: Findings | None, code: str) -> str:
    """Return a class or statement in words."""
    if code in CLASS_NAMES:
        return term(CLASS_NAMES[code])
    statements = findings.prediction.statements if findings is not None and findings.prediction is not None else ()
    return next((statement_name(code, found.description) for found in statements if found.code == code), code)


@cache
def faithfulness_of(code: str) -> float | None:
    """Return the faithfulness figure of a class from the model card; None where it was not measured."""
    from cardio_desktop.reading.pipeline import faithfulness, load_models

    try:
        return faithfulness(load_models(), code)
    except CardioError:
        return None


def faithfulness_words(code: str) -> str:
    """Return how faithful the evidence for `code` was found to be, as a short sentence."""
    figure = faithfulness_of(code)
    if figure is None:
        return tr("Faithfulness of this map over leads: not measured")
    return tr("Faithfulness of this map over leads, measured: {figure} of 1").format(figure=decimals(f"{figure:.2f}"))
