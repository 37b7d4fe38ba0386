"""Each size of the network is measured against the whole one, on one thread."""

import json
import shutil
import sys

import pytest

from cardio_desktop.evaluation import cli, edge
from cardio_desktop.evaluation.cards.page import write_page
from cardio_desktop.paths import asset


@pytest.fixture(scope="module")
def found(folder):
    return edge.check_edge(asset("model_assets"), folder, [9], 12)


def test_the_whole_network_is_like_itself(found):
    row = found["precisions"]["float32"]
    assert row["maps_mean"] == row["maps_worst"] == pytest.approx(1)
    assert row["largest_change_of_probability"] == 0


def test_smaller_ones_are_smaller_and_keep_the_map(found):
    rows = found["precisions"]
    assert rows["int8"]["bytes"] < rows["float16"]["bytes"] < rows["float32"]["bytes"]
    assert rows["float16"]["maps_worst"] > 0.999
    # On simulated records; 0.3.0's head with large weights had 0.71 in the worst map of real ones.
    assert rows["int8"]["maps_worst"] > 0.95


def test_time_and_memory_are_told(found):
    for row in found["precisions"].values():
        assert row["processor_ms"] > 0
        assert (row["memory_mb"] is None) == (sys.platform != "linux")
        assert row["memory_mb"] is None or row["memory_mb"] > 0


def test_command_and_page_say_the_same(folder, tmp_path, capsys):
    model = tmp_path / "model"
    shutil.copytree(asset("model_assets"), model)
    options = ["--data", str(folder), "--folds", "9", "--model", str(model), "--edge", "--write-card", "--json", "-"]
    assert cli.evaluate(options) == 0
    row = json.loads(capsys.readouterr().out)["precisions"]["int8"]
    page = write_page(model).read_text(encoding="utf-8")
    assert f"{row['maps_mean']:.3f}, {row['maps_worst']:.3f}" in page
    assert "evaluate --data PTBXL_DIR --folds 9 --edge" in page


def test_two_questions_at_once_are_refused(capsys):
    with pytest.raises(SystemExit):
        cli.evaluate(["--data", "x", "--folds", "9", "--edge", "--story"])
    assert "one at a time" in capsys.readouterr().err
