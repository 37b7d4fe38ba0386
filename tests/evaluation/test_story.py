"""The story compares the man of the story with the infarctions nobody doubts, in each network."""

import json
import shutil

import numpy as np
import pytest

from cardio_desktop.core.errors import CardioError
from cardio_desktop.evaluation import cli, story
from cardio_desktop.evaluation.cards.page import write_page
from cardio_desktop.evaluation.records import probabilities, read_ecgs, read_folds
from cardio_desktop.evaluation.store import read_card, write_card
from cardio_desktop.model.card import load_card
from cardio_desktop.paths import asset


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory):
    """The simulated records, the first normal one of them being the man of the story, in fold 3."""
    made = tmp_path_factory.mktemp("story") / "ptbxl"
    shutil.copytree(folder, made)
    table = made / "ptbxl_database.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("0,0,60,0,")
    assert "NORM" in lines[1]
    lines[1] = "2400," + lines[1].removeprefix("0,").replace(",9,", ",3,")
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def told(whole, classifier):
    return story.tell_story(whole, [9], classifier, [classifier])


def test_figures_are_those_of_the_records(whole, classifier, told):
    row = told["networks"][-1]
    man = read_ecgs(read_folds(whole, [3]))
    p = probabilities(classifier, classifier.run(man)[0])[0]
    assert row["healthy"] == pytest.approx(p[1])
    assert row["healthy_any"] == pytest.approx(p[1:].max())
    assert told["infarctions"] == 10  # every third record is an infarction
    assert row["above_him"]["of"] == 10
    assert row["lowest"] <= row["tenth"] <= row["median"]
    assert sum(row["tiers"].values()) == 10


def test_a_simulated_infarction_stands_above_a_simulated_normal(told):
    row = told["networks"][-1]
    assert row["above_him"]["n"] == 10
    assert row["healthy_tier"] != "High"


def test_earlier_networks_come_first_and_are_named_by_what_they_saw(told):
    first, last = told["networks"]
    assert {**first} == {**last}
    page = story.as_text({**told, "networks": [{**first, "without_noise": True, "folds": [1, 2]}, last]})
    assert page.index("trained without noise, not on his fold") < page.index("trained with noise, on his fold too")
    assert f"{100 * last['median']:.0f} %" in page


def test_data_without_the_man_are_refused(folder, classifier):
    with pytest.raises(CardioError, match="lacks the record 2400"):
        story.tell_story(folder, [9], classifier)


def test_folds_without_infarctions_are_refused(whole, classifier):
    with pytest.raises(CardioError, match="fold 3 holds no infarction"):
        story.tell_story(whole, [3], classifier)


def test_the_command_writes_the_story_into_card_and_page(whole, tmp_path, capsys):
    model = tmp_path / "model"
    shutil.copytree(asset("model_assets"), model)
    card = read_card(model)
    card["metrics"].pop("story", None)
    write_card(card, model)
    options = ["--data", str(whole), "--folds", "9", "--threads", "1", "--model", str(model), "--story"]
    assert cli.evaluate([*options, "--before", str(asset("model_assets")), "--write-card", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    stored = load_card(model).raw["metrics"]["story"]
    assert stored["command"] == "cardio-desktop evaluate --data PTBXL_DIR --folds 9 --story --before DIR"
    assert [row["healthy"] for row in stored["networks"]] == [row["healthy"] for row in found["networks"]]
    assert np.isfinite(found["networks"][0]["median"])
    page = write_page(model).read_text(encoding="utf-8")
    assert "## The man who began it" in page
    assert stored["command"] in page


def test_before_is_refused_without_the_story(capsys):
    with pytest.raises(SystemExit):
        cli.evaluate(["--data", "x", "--folds", "9", "--before", "y"])
    assert "--story" in capsys.readouterr().err
