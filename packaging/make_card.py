"""Write the models' cards as pages, and their plots, beside the models: python packaging/make_card.py."""

from cardio_desktop.evaluation.cards.delineator_card import delineator_markdown
from cardio_desktop.evaluation.cards.page import write_page
from cardio_desktop.model.delineator import load_delineator_card
from cardio_desktop.paths import asset


def main() -> None:
    """Write model_assets/MODEL_CARD.md, calibration.svg and DELINEATOR_CARD.md from the cards' JSON."""
    folder = asset("model_assets")
    print(write_page(folder))
    page = folder / "DELINEATOR_CARD.md"
    page.write_text(delineator_markdown(load_delineator_card(folder).raw), encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
