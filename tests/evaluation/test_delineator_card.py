"""The delineator's page says what its JSON says, and the page beside the network is the one made from it."""

from cardio_desktop.evaluation.cards.delineator_card import delineator_markdown
from cardio_desktop.model.delineator import load_delineator_card
from cardio_desktop.paths import asset


def test_the_page_beside_the_network_is_made_from_its_card():
    folder = asset("model_assets")
    page = (folder / "DELINEATOR_CARD.md").read_text(encoding="utf-8")
    assert page == delineator_markdown(load_delineator_card(folder).raw)


def test_figures_that_are_not_there_are_left_out():
    card = dict(load_delineator_card(asset("model_assets")).raw)
    page = delineator_markdown(card | {"metrics": {}})
    assert "## Boundaries" not in page
    assert "## Global intervals" not in page
    assert "## Limits" in page


def test_every_figure_of_the_card_stands_on_the_page():
    card = load_delineator_card(asset("model_assets")).raw
    page = delineator_markdown(card)
    for row in card["metrics"]["boundaries"]["boundaries"].values():
        assert f"{100 * row['share']:.1f} %" in page
    for row in card["metrics"]["intervals"]["intervals"].values():
        assert f"{row['mean_ms']:+.1f} / {row['sd_ms']:.1f}" in page
