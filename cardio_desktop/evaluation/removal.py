"""Does the evidence mean what it shows? The network is asked by taking things away, and by giving them alone.

Additivity: bias plus evidence is the logit. Lead faithfulness: the rank correlation, over the twelve leads of a record,
of each lead's evidence with the fall of the logit once that lead is blank. Deletion: the fall once the tenth of all
(lead, bin) cells with the strongest evidence is flattened, against a random tenth, and against the same cells moved by
one or two bins, earlier and later: if those cost as much, the evidence lies beside what it speaks of. Insertion: the
rise of the logit of a wholly flattened record once that tenth alone is put back. Territory: the share of records of a
statement whose strongest lead lies where the textbook has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.records import Floats, Mask
from cardio_desktop.evaluation.tiers import share
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import bootstrap_interval, spearman

TERRITORIES = {"IMI": ("II", "III", "aVF"), "ASMI": ("V1", "V2", "V3", "V4"), "CRBBB": ("V1", "V2")}
CHANGED_SHARE = 0.1


@dataclass(frozen=True)
class Removal:
    """What taking things away from one record, or putting them back alone, did to the logit of one class."""

    additivity_error: float
    faithfulness: float
    strongest_fall: float
    random_fall: float
    strongest_rise: float
    random_rise: float
    moved_fall: tuple[float, float]
    """The fall when the strongest cells moved by one and by two bins are flattened instead; mean of both ways."""


def flatten_cells(ecg_mv: Floats, cells: Mask, bin_samples: int) -> Floats:
    """Return (12, samples) with the marked (lead, bin) cells at their lead's median.

    A straight line from edge to edge would leave most of an ST segment or T wave standing, which is longer than a bin.
    """
    holes = np.repeat(cells, bin_samples, axis=1)
    return np.where(holes, np.median(ecg_mv, axis=1, keepdims=True), ecg_mv[:, : holes.shape[1]]).astype(np.float32)


def take_away(classifier: Classifier, ecg_mv: Floats, head: int, rng: np.random.Generator) -> Removal:
    """Return what happens to the logit `head` of one record (12, samples) when leads and cells are changed."""
    logits, evidence = classifier.run(ecg_mv[None], [head])
    logit, cells = float(logits[0, head]), evidence[0, 0]
    blanked = np.repeat(ecg_mv[None], 12, axis=0)
    blanked[np.arange(12), np.arange(12)] = 0
    count = round(CHANGED_SHARE * cells.size)
    strongest, random = np.zeros(cells.size, dtype=bool), np.zeros(cells.size, dtype=bool)
    strongest[np.argsort(-cells, axis=None)[:count]] = True
    random[rng.permutation(cells.size)[:count]] = True
    moved = [np.roll(strongest.reshape(cells.shape), by, axis=1).ravel() for by in (-1, 1, -2, 2)]
    masks = [strongest, random, ~strongest, ~random, *moved]
    samples = classifier.card.bin_samples
    changed = [flatten_cells(ecg_mv, mask.reshape(cells.shape), samples) for mask in masks]
    found = classifier.run(np.concatenate([blanked, np.stack(changed)]), [head])[0][:, head]
    # A wholly flat record scores the bias: leads without signal have no evidence.
    empty = float(classifier.bias[head])
    return Removal(
        additivity_error=abs(empty + float(cells.sum(dtype=np.float64)) - logit),
        faithfulness=spearman(cells.sum(axis=1), logit - found[:12]),
        strongest_fall=logit - float(found[12]),
        random_fall=logit - float(found[13]),
        strongest_rise=float(found[14]) - empty,
        random_rise=float(found[15]) - empty,
        moved_fall=(logit - float(found[16:18].mean()), logit - float(found[18:20].mean())),
    )


def mean_with_interval(values: Sequence[float] | NDArray[np.floating]) -> dict[str, Any]:
    """Return the mean of the defined values and its 95 % bootstrap interval; None where there are none."""
    array = np.array([value for value in values if not np.isnan(value)])
    if not array.size:
        return {"mean": None, "interval": None}
    interval = bootstrap_interval(lambda drawn: float(array[drawn].mean()), array.size)
    return {"mean": float(array.mean()), "interval": list(interval)}


def times_random(strongest: dict[str, Any], random: dict[str, Any]) -> float | None:
    """Return how many times the random change the strongest one is; None where the random one goes the other way."""
    if not random["mean"] or random["mean"] <= 0:
        return None
    return float(strongest["mean"] / random["mean"])


def check_class(classifier: Classifier, ecg_mv: Floats, code: str, progress: Progress | None = None) -> dict[str, Any]:
    """Return faithfulness, deletion and insertion of class `code` over records (record, 12, samples) that have it."""
    rng = np.random.default_rng(0)
    head = classifier.card.heads.index(code)
    removals = []
    for k, record in enumerate(ecg_mv):
        if progress is not None:
            progress(100 * k // len(ecg_mv))
        removals.append(take_away(classifier, record, head, rng))
    names = ("strongest_fall", "random_fall", "strongest_rise", "random_rise")
    means = {name: mean_with_interval([getattr(r, name) for r in removals]) for name in names}
    moved = [mean_with_interval([r.moved_fall[by] for r in removals]) for by in (0, 1)]
    return {
        "records": len(removals),
        "additivity_error_max": max((r.additivity_error for r in removals), default=0.0),
        "lead_faithfulness": mean_with_interval([r.faithfulness for r in removals]),
        "deletion_strongest_tenth": means["strongest_fall"],
        "deletion_random_tenth": means["random_fall"],
        "deletion_times_random": times_random(means["strongest_fall"], means["random_fall"]),
        "deletion_moved_one_bin": moved[0],
        "deletion_moved_two_bins": moved[1],
        "deletion_times_moved": times_random(means["strongest_fall"], moved[0]),
        "insertion_strongest_tenth": means["strongest_rise"],
        "insertion_random_tenth": means["random_rise"],
    }


def check_territory(classifier: Classifier, ecg_mv: Floats, code: str) -> dict[str, Any]:
    """Return in how many records of statement `code` the lead with most evidence lies in its territory."""
    card = classifier.card
    head = len(card.classes) + card.statements.index(code)
    evidence = [classifier.run(record[None], [head])[1][0, 0].sum(axis=1) for record in ecg_mv]
    inside = sum(card.leads[int(np.argmax(lead))] in TERRITORIES[code] for lead in evidence)
    counted = share(inside, len(ecg_mv))
    return {
        "leads": list(TERRITORIES[code]),
        "records": len(ecg_mv),
        "inside": inside,
        "share": counted["share"],
        "interval": counted["interval"],
    }
