"""Write the models' cards as pages beside the models: python packaging/make_card.py."""

from cardio_desktop.model.card import load_card
from cardio_desktop.model.delineator import load_delineator_card
from cardio_desktop.paths import asset
from cardio_desktop.report.delineator_card import delineator_markdown
from cardio_desktop.report.model_card import card_markdown


def main() -> None:
    """Write model_assets/MODEL_CARD.md and DELINEATOR_CARD.md from the cards' JSON."""
    folder = asset("model_assets")
    page = folder / "MODEL_CARD.md"
    page.write_text(card_markdown(load_card(folder).raw), encoding="utf-8")
    print(page)
    page = folder / "DELINEATOR_CARD.md"
    page.write_text(delineator_markdown(load_delineator_card(folder).raw), encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
