"""Write the model card as a page, and its plots, beside the model: python packaging/make_card.py."""

from cardio_desktop.evaluation.page import write_page
from cardio_desktop.paths import asset


def main() -> None:
    """Write model_assets/MODEL_CARD.md and calibration.svg from the card's JSON."""
    print(write_page(asset("model_assets")))


if __name__ == "__main__":
    main()
