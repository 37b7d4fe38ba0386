"""Write the model card as a page beside the model: python packaging/make_card.py."""

from cardio_desktop.model.card import load_card
from cardio_desktop.paths import asset
from cardio_desktop.report.model_card import card_markdown


def main() -> None:
    """Write model_assets/MODEL_CARD.md from the card's JSON."""
    folder = asset("model_assets")
    page = folder / "MODEL_CARD.md"
    page.write_text(card_markdown(load_card(folder).raw), encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
