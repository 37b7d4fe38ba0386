"""Evidence stays legible on every paper, also for colour-blind readers."""

import numpy as np
import pytest

from cardio_desktop.core.colors import rgb
from cardio_desktop.render.colors import PAPERS, PaperColors, paper_colors, printed

# Simulations of complete dichromacy in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(color: str) -> np.ndarray:
    values = np.array(rgb(color)) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(
        light, 0, 1
    )
    f = np.cbrt(np.maximum(xyz / (0.9505, 1.0, 1.089), 1e-6))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def mixed(over: str, under: str, share: float) -> str:
    return "#" + "".join(
        f"{round(share * a + (1 - share) * b):02x}" for a, b in zip(rgb(over), rgb(under), strict=True)
    )


def distance(first: str, second: str, vision: str) -> float:
    seen = [lab(VISION[vision] @ linear(color)) for color in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def contrast(first: str, second: str) -> float:
    high, low = sorted((float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (first, second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("name", PAPERS)
def test_evidence_for_and_against_differ_from_each_other_and_from_the_paper(name: str, vision: str) -> None:
    colors = PAPERS[name]
    speaks_for, against = (mixed(c, colors.paper, 0.6) for c in (colors.evidence_for, colors.evidence_against))
    assert distance(speaks_for, against, vision) > 30
    assert distance(speaks_for, colors.paper, vision) > 20
    assert distance(against, colors.paper, vision) > 18


@pytest.mark.parametrize("name", PAPERS)
def test_trace_and_words_stand_out_from_paper_grid_and_full_evidence(name: str) -> None:
    colors: PaperColors = PAPERS[name]
    for ground in (colors.paper, colors.fine, colors.bold):
        assert contrast(colors.trace, ground) > 7
    for over in (colors.evidence_for, colors.evidence_against):
        assert contrast(colors.trace, mixed(over, colors.paper, 0.6)) > 4.5
    for words in (colors.label, colors.note, colors.alert, colors.mark):
        assert contrast(words, colors.paper) > 4.5
    assert contrast(colors.bold, colors.paper) > contrast(colors.fine, colors.paper) > 1.03


def test_the_theme_chooses_the_paper_and_nobody_prints_a_black_page() -> None:
    assert paper_colors("auto", dark_theme=True) is PAPERS["dark"]
    assert paper_colors("auto", dark_theme=False) is PAPERS["red"]
    assert paper_colors("blue", dark_theme=True) is PAPERS["blue"]
    assert printed(PAPERS["dark"]) is PAPERS["red"]
    assert printed(PAPERS["blue"]) is PAPERS["blue"]
