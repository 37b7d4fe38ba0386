"""Does the evidence mean what it shows? `cardio-desktop evaluate --checks` asks the network, by taking things away.

Additivity: bias plus evidence is the logit. Lead faithfulness: the rank correlation, over the twelve leads of a record,
of each lead's evidence with the fall of the logit once that lead is blank. Deletion: the fall once the tenth of all
(lead, bin) cells with the strongest evidence is flattened, against a random tenth. Territory: the share of records of a
statement whose strongest lead lies where the textbook has it. Missing leads and short recordings: what they cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import PATHOLOGIES
from cardio_desktop.io.ptbxl import Database, read_database
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import bootstrap_interval, macro_auc, spearman

Floats = NDArray[np.float32]
Report = Callable[[int], None]
TERRITORIES = {"IMI": ("II", "III", "aVF"), "ASMI": ("V1", "V2", "V3", "V4"), "CRBBB": ("V1", "V2")}
DELETED_SHARE = 0.1
MISSING_COUNTS = (1, 2, 3, 4, 6)
SHORT_S = (5.0, 7.0)
BATCH = 16


@dataclass(frozen=True)
class Removal:
    """What taking things away from one record did to the logit of one class."""

    additivity_error: float
    faithfulness: float
    strongest_fall: float
    random_fall: float


def flatten_cells(ecg_mv: Floats, cells: NDArray[np.bool_], bin_samples: int) -> Floats:
    """Return (12, samples) with the marked (lead, bin) cells at their lead's median.

    A straight line from edge to edge would leave most of an ST segment or T wave standing, which is longer than a bin.
    """
    holes = np.repeat(cells, bin_samples, axis=1)
    return np.where(holes, np.median(ecg_mv, axis=1, keepdims=True), ecg_mv[:, : holes.shape[1]]).astype(np.float32)


def take_away(classifier: Classifier, ecg_mv: Floats, head: int, rng: np.random.Generator) -> Removal:
    """Return what happens to the logit `head` of one record (12, samples) when leads and cells are removed."""
    logits, evidence = classifier.run(ecg_mv[None], [head])
    logit, cells = float(logits[0, head]), evidence[0, 0]
    blanked = np.repeat(ecg_mv[None], 12, axis=0)
    blanked[np.arange(12), np.arange(12)] = 0
    count = round(DELETED_SHARE * cells.size)
    strongest, random = np.zeros(cells.size, dtype=bool), np.zeros(cells.size, dtype=bool)
    strongest[np.argsort(-cells, axis=None)[:count]] = True
    random[rng.permutation(cells.size)[:count]] = True
    deleted = [
        flatten_cells(ecg_mv, mask.reshape(cells.shape), classifier.card.bin_samples) for mask in (strongest, random)
    ]
    falls = logit - classifier.run(np.concatenate([blanked, np.stack(deleted)]), [head])[0][:, head]
    return Removal(
        additivity_error=abs(float(classifier.bias[head]) + float(cells.sum(dtype=np.float64)) - logit),
        faithfulness=spearman(cells.sum(axis=1), falls[:12]),
        strongest_fall=float(falls[12]),
        random_fall=float(falls[13]),
    )


def _mean(values: Sequence[float]) -> dict[str, Any]:
    array = np.array([value for value in values if not np.isnan(value)])
    if not array.size:
        return {"mean": None, "interval": None}
    interval = bootstrap_interval(lambda drawn: float(array[drawn].mean()), array.size)
    return {"mean": float(array.mean()), "interval": list(interval)}


def check_class(classifier: Classifier, ecg_mv: Floats, code: str, report: Report | None = None) -> dict[str, Any]:
    """Return faithfulness and deletion of class `code` over records (record, 12, samples) that have it."""
    rng = np.random.default_rng(0)
    head = classifier.card.heads.index(code)
    removals = []
    for k, record in enumerate(ecg_mv):
        if report is not None:
            report(100 * k // len(ecg_mv))
        removals.append(take_away(classifier, record, head, rng))
    strongest, random = (_mean([getattr(r, name) for r in removals]) for name in ("strongest_fall", "random_fall"))
    return {
        "records": len(removals),
        "additivity_error_max": max((r.additivity_error for r in removals), default=0.0),
        "lead_faithfulness": _mean([r.faithfulness for r in removals]),
        "deletion_strongest_tenth": strongest,
        "deletion_random_tenth": random,
    }


def check_territory(classifier: Classifier, ecg_mv: Floats, code: str) -> dict[str, Any]:
    """Return in how many records of statement `code` the lead with most evidence lies in its territory."""
    card = classifier.card
    allowed = TERRITORIES[code]
    evidence = [classifier.run(record[None], [card.heads.index(code)])[1][0, 0].sum(axis=1) for record in ecg_mv]
    inside = sum(card.leads[int(np.argmax(lead))] in allowed for lead in evidence)
    return {"leads": list(allowed), "records": len(ecg_mv), "inside": inside, "share": inside / len(ecg_mv)}


def check_missing(classifier: Classifier, ecg_mv: Floats, truth: NDArray[np.bool_]) -> dict[str, Any]:
    """Return macro-AUC of the classes with leads missing, singly and several at random, and for short recordings."""
    rng = np.random.default_rng(0)
    rate_hz, bin_samples, classes = classifier.card.rate_hz, classifier.card.bin_samples, len(classifier.card.classes)

    def macro(signals: Floats) -> float:
        parts = [classifier.run(signals[k : k + BATCH], [0])[0][:, :classes] for k in range(0, len(signals), BATCH)]
        return macro_auc(truth, np.concatenate(parts))

    def without(keep: NDArray[np.bool_]) -> float:
        return macro(ecg_mv * keep[:, :, None].astype(np.float32))

    one = {}
    for index, lead in enumerate(classifier.card.leads):
        one[lead] = without(np.broadcast_to(np.arange(12) != index, ecg_mv.shape[:2]))
    several = {}
    for count in MISSING_COUNTS:
        order = rng.random(ecg_mv.shape[:2]).argsort(axis=1)
        several[str(count)] = without(order >= count)
    short = {}
    for seconds in SHORT_S:
        samples = int(seconds * rate_hz) // bin_samples * bin_samples
        short[f"{seconds:g} s"] = macro(ecg_mv[:, :, :samples])
    return {"records": len(ecg_mv), "whole": macro(ecg_mv), "one_lead": one, "random_leads": several, "short": short}


def check(
    data_dir: Path, folds: Sequence[int], classifier: Classifier, records: int = 0, report: Report | None = None
) -> dict[str, Any]:
    """Run all checks on `folds`: at most `records` records per class, eight times as many in all (0: no limit)."""
    from cardio_desktop.evaluate import read_ecgs

    database = read_database(data_dir).folds(*folds)
    if not database.entries:
        raise CardioError(
            f"{data_dir}: holds no records of fold {', '.join(map(str, folds))}; name folds that it holds."
        )
    rng = np.random.default_rng(0)

    def pick(mask: NDArray[np.bool_], limit: int) -> Database:
        rows = rng.permutation(np.flatnonzero(mask))
        entries = tuple(database.entries[row] for row in (np.sort(rows[:limit]) if limit else np.sort(rows)))
        return Database(database.folder, entries, database.superclass_of, database.description_of)

    truth = database.superclasses()
    classes = {}
    for k, code in enumerate(PATHOLOGIES):
        if report is not None:
            report(15 * k)
        some = pick(truth[:, classifier.card.classes.index(code)], records)
        if some.entries:
            classes[code] = check_class(classifier, read_ecgs(some), code)
    territory = {}
    for code in TERRITORIES:
        if code in classifier.card.statements:
            some = pick(database.statements((code,))[:, 0], records)
            if some.entries:
                territory[code] = check_territory(classifier, read_ecgs(some), code)
    if report is not None:
        report(65)
    some = pick(np.ones(len(truth), dtype=bool), 8 * records)
    missing = check_missing(classifier, read_ecgs(some), some.superclasses())
    if report is not None:
        report(100)
    return {
        "data": f"{Path(data_dir).name}, folds {', '.join(map(str, folds))}",
        "model": {"name": classifier.card.name, "sha256": classifier.card.sha256},
        "classes": classes,
        "territory": territory,
        "missing": missing,
    }


def _with_interval(value: dict[str, Any]) -> str:
    if value["mean"] is None:
        return "-"
    return f"{value['mean']:.2f} ({value['interval'][0]:.2f}-{value['interval'][1]:.2f})"


def as_text(result: dict[str, Any]) -> str:
    """Return the result of `check` as a table to read."""
    lines = [f"evidence of {result['model']['name']} ({result['model']['sha256'][:12]}) on {result['data']}"]
    columns = ("lead faithfulness", "strongest tenth", "random tenth")
    lines.append(f"{'class':6}{'records':>8}{'additivity':>12}" + "".join(f"{name:>20}" for name in columns))
    for code, row in result["classes"].items():
        cells = [row["lead_faithfulness"], row["deletion_strongest_tenth"], row["deletion_random_tenth"]]
        lines.append(
            f"{code:6}{row['records']:8d}{row['additivity_error_max']:12.1e}"
            + "".join(f"{_with_interval(c):>20}" for c in cells)
        )
    for code, row in result["territory"].items():
        counted = f"{row['inside']} of {row['records']} ({row['share']:.2f})"
        lines.append(f"{code}: strongest lead among {' '.join(row['leads'])} in {counted}")
    missing = result["missing"]
    worst = min(missing["one_lead"], key=lambda lead: float(missing["one_lead"][lead]))
    several = ", ".join(f"{count}: {value:.4f}" for count, value in missing["random_leads"].items())
    short = ", ".join(f"{name} {value:.4f}" for name, value in missing["short"].items())
    without = f"without {worst} {missing['one_lead'][worst]:.4f}"
    lines.append(f"macro-AUC of {missing['records']} records {missing['whole']:.4f}; {without}")
    lines.append(f"random leads missing {several}; only {short}")
    return "\n".join(lines)
