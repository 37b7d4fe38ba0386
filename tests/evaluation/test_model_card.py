from xml.etree import ElementTree

import pytest

from cardio_desktop.evaluation.cards.calibration_plot import calibration_svg
from cardio_desktop.evaluation.cards.card_checks import evidence, known_failures
from cardio_desktop.evaluation.cards.model_card import PLOT_FILE, card_markdown
from cardio_desktop.evaluation.cards.page import card_page
from cardio_desktop.model.card import load_card
from cardio_desktop.model.metrics import wilson_interval
from cardio_desktop.paths import asset


def test_the_page_in_the_repository_says_what_the_card_says():
    folder = asset("model_assets")
    page = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert page == card_page(folder), "run: python packaging/make_card.py"


def test_the_page_states_hash_data_accuracy_tiers_evidence_and_limits():
    card = load_card(asset("model_assets"))
    page = card_markdown(card.raw)
    found = card.raw["metrics"]["evaluation"]
    assert card.sha256 in page
    assert f"{found['macro_auc']:.3f}" in page
    assert "fold 10 was never seen" in page
    assert "does not rule out disease" in page
    for title in (
        "Intended use",
        "Data",
        "Accuracy",
        "Risk tiers",
        "Does the evidence mean what it shows?",
        "Not assessed",
    ):
        assert f"## {title}" in page


def test_figures_that_were_not_measured_are_left_out():
    raw = dict(load_card(asset("model_assets")).raw)
    raw["metrics"] = {}
    page = card_markdown(raw)
    assert "## Accuracy" not in page
    assert "## Data" in page


def test_plots_stand_beside_the_page():
    folder = asset("model_assets")
    classes = load_card(folder).raw["metrics"]["evaluation"]["classes"]
    assert (folder / PLOT_FILE).read_text(encoding="utf-8") == calibration_svg(classes)


def test_a_dot_of_the_plot_lies_where_said_and_seen_are():
    row = {"said": 0.2, "seen": 0.5, "records": 100}
    svg = calibration_svg({"MI": {"reliability": [row]}})
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    (frame,) = (r for r in root.iter(f"{space}rect") if r.get("stroke"))
    (dot,) = root.iter(f"{space}circle")
    left, top, side = (float(frame.get(key)) for key in ("x", "y", "width"))
    assert (float(dot.get("cx")) - left) / side == pytest.approx(0.2)
    assert (float(dot.get("cy")) - top) / side == pytest.approx(0.5)
    bar = next(line for line in root.iter(f"{space}line") if not line.get("stroke-dasharray"))
    ends = sorted(1 - (float(bar.get(key)) - top) / side for key in ("y1", "y2"))
    assert ends == pytest.approx(wilson_interval(50, 100), abs=1e-3)


CHECKS = {
    "command": "cardio-desktop evidence-checks",
    "data": "ptbxl, fold 9",
    "classes": {
        "MI": {
            "records": 9,
            "additivity_error_max": 1e-6,
            "lead_faithfulness": {"mean": 0.9, "interval": [0.8, 0.95]},
            "deletion_strongest_tenth": {"mean": 1.0, "interval": [0.9, 1.1]},
            "deletion_random_tenth": {"mean": 0.1, "interval": [0.0, 0.2]},
            "deletion_times_random": 10.0,
            "insertion_strongest_tenth": {"mean": 2.0, "interval": [1.0, 3.0]},
            "insertion_random_tenth": {"mean": 0.5, "interval": [0.1, 0.9]},
            "deletion_moved_one_bin": {"mean": 0.5, "interval": [0.4, 0.6]},
            "deletion_times_moved": 2.0,
        }
    },
    "waves": {
        "MI": {
            "records": 7,
            "claims": {"P": 0.1, "QRS": 0.9, "ST": 0.2, "T": 0.3, "TP": 0.0},
            "falls": {"P": None, "QRS": 1.9, "ST": 0.1, "T": 0.5},
            "rank_over_waves": {"mean": 0.8, "interval": [0.7, 0.9]},
            "rank_above_normal_over_waves": {"mean": 0.85, "interval": [0.8, 0.9]},
            "rank_of_lost_over_waves": {"mean": 0.95, "interval": [0.9, 1.0]},
            "rank_of_flat_over_waves": {"mean": 0.75, "interval": [0.7, 0.8]},
            "rank_of_costs_over_waves": {"mean": 0.05, "interval": [-0.1, 0.2]},
            "rank_over_waves_and_leads": {"mean": 0.5, "interval": [0.4, 0.6]},
            "on_p_and_tp": {"mean": 0.19, "interval": [0.15, 0.25]},
            "time_on_p_and_tp": 0.46,
        }
    },
    "planted": {
        "records": 3,
        "kinds": {
            "Q wave": {
                "classes": ["MI"],
                "plantings": 9,
                "strongest_inside": 8,
                "centre_error_ms": {"mean": -12.3, "interval": [-20.0, -5.0], "spread": 25.0},
                "share_of_rise_inside": {"mean": 0.6, "interval": [0.5, 0.7]},
                "share_of_cells": 0.03,
                "rise_of_logits": {"mean": 0.2, "interval": [0.1, 0.3]},
            }
        },
    },
    "random_weights": {
        "macro_auc": 0.501,
        "seeds": 3,
        "classes": {"MI": {"spearman": 0.02, "structural_similarity": 0.01}},
    },
}


def test_evidence_section_tells_removal_planting_and_sanity():
    page = evidence(CHECKS, {})
    assert "| Myocardial infarction | 9 | 1e-06 | 0.900 (0.800 to 0.950) |" in page
    assert "| 10.0 | 2.00 (1.00 to 3.00) : 0.50 (0.10 to 0.90) | 2.00 (0.50 (0.40 to 0.60)) |" in page
    waves = "| Myocardial infarction | 7 | - | 0.90 : 1.90 | 0.20 : 0.10 | 0.30 : 0.50"
    assert f"{waves} | 0.19 (0.15 to 0.25) in 0.46 of the time |" in page
    ranks = "0.80 (0.70 to 0.90) | 0.85 (0.80 to 0.90) | 0.95 (0.90 to 1.00) | 0.75 (0.70 to 0.80)"
    assert f"| Myocardial infarction | {ranks} | 0.05 (-0.10 to 0.20) |" in page
    assert "| Q wave | MI | 8 of 9 | -12 ms (SD 25) | 0.60 (0.50 to 0.70) | 0.030 |" in page
    assert "| shuffled weights | Myocardial infarction | 0.02 | 0.01 |" in page
    assert "0.501" in page


def test_known_failures_name_the_weakest_figures():
    metrics = {
        "evaluation": {
            "classes": {"MI": {"auc": 0.95}, "HYP": {"auc": 0.89}, "CD": {"auc": None}},
            "tiers": {
                "share of class in tier": {
                    "MI": {"Low": {"share": 0.01}},
                    "HYP": {"Low": {"share": 0.1}},
                    "NORM": {"Low": {"share": 0.7}},
                }
            },
            "subgroups": {"under 40": {"any pathology in Low": {"share": 0.14}}},
        },
        "noise": {"conditions": {"RA/LL swapped": {"loss": 0.14, "normals_in_high": {"share": 0.9}}}},
    }
    page = known_failures({"known_failures": ["It is not tested on children."]}, metrics)
    assert "Hypertrophy is told apart worst (AUC 0.890)." in page
    assert "Hypertrophy lands in Low in 10.0 % of its records." in page
    assert 'Of the group "under 40" 14.0 %' in page
    assert "RA/LL swapped: the mean AUC falls by 0.140 and 90.0 % of normals reach High." in page
    assert "* It is not tested on children." in page
