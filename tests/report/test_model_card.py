from cardio_desktop.model.card import load_card
from cardio_desktop.paths import asset
from cardio_desktop.report.model_card import card_markdown


def test_the_page_in_the_repository_says_what_the_card_says():
    folder = asset("model_assets")
    page = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert page == card_markdown(load_card(folder).raw), "run: python packaging/make_card.py"


def test_the_page_states_hash_data_accuracy_tiers_evidence_and_limits():
    card = load_card(asset("model_assets"))
    page = card_markdown(card.raw)
    found = card.raw["metrics"]["evaluation"]
    assert card.sha256 in page
    assert f"{found['macro_auc']:.3f}" in page
    assert "fold 10 was never seen" in page
    assert "does not rule out disease" in page
    for title in ("Accuracy", "Risk tiers", "Does the evidence mean what it shows?", "Not assessed"):
        assert f"## {title}" in page


def test_figures_that_were_not_measured_are_left_out():
    raw = dict(load_card(asset("model_assets")).raw)
    raw["metrics"] = {}
    page = card_markdown(raw)
    assert "## Accuracy" not in page
    assert "## Data" in page
