"""`cardio-desktop noise-checks`: what noise, missing leads, gain, rates and swapped limbs do to accuracy and tiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.findings import Tier
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation import disturb
from cardio_desktop.evaluation.accuracy import fast_macro_auc
from cardio_desktop.evaluation.records import (
    Floats,
    Mask,
    confirmed_infarctions,
    named_data,
    part_of,
    patients,
    pick,
    probabilities,
    read_ecgs,
    read_folds,
    score,
)
from cardio_desktop.evaluation.tiers import share, tiers_of
from cardio_desktop.io.ptbxl import UNITS_PER_MV, Database, read_database, read_signal
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.metrics import bootstrap_interval
from cardio_desktop.model.preprocess import prepare

Statistic = Callable[[NDArray[np.intp]], float]
SNRS_DB = (24.0, 12.0, 6.0, 0.0)
KINDS = {"wander": "bw", "muscle": "ma"}
PAIRS = (("I", "II"), ("III", "aVF"), ("V1", "V2"), ("V3", "V4"), ("V5", "V6"), ("aVL", "V4"))
SWAPS = (("RA", "LA"), ("RA", "LL"), ("LA", "LL"))
RATES_HZ = (250.0, 500.0, 1000.0)
MAINS_SNR_DB = 6.0
MISSING_COUNTS = (1, 2, 3, 4, 6)
SHORT_S = (5.0, 7.0)
HIGH_RATE_HZ = 500
REPEATS = 200
NOISY_HEALTHY = 2400
"""ecg_id of the healthy man whose loose electrode once looked like disease."""


def conditions(
    ecg_mv: Floats, rate_hz: float, noise_dir: Path | None, bin_samples: int
) -> dict[str, Callable[[], Floats]]:
    """Return what makes each disturbed copy of the records (record, 12, sample), by name."""

    def rng() -> np.random.Generator:
        return np.random.default_rng(0)

    found: dict[str, Callable[[], Floats]] = {}
    if noise_dir is not None:
        for kind, name in KINDS.items():
            bank = disturb.read_noise_at(noise_dir, name, rate_hz)
            for snr in SNRS_DB:
                found[f"{kind} {snr:g} dB"] = partial(disturb.with_noise, ecg_mv, bank, snr, rng())
    for hertz in (50.0, 60.0):
        found[f"mains {hertz:g} Hz"] = partial(disturb.with_mains, ecg_mv, hertz, rate_hz, MAINS_SNR_DB, rng())
    for lead in LEADS12:
        found[f"{lead} flat"] = partial(disturb.without_leads, ecg_mv, lead)
    for pair in PAIRS:
        found[f"{pair[0]} and {pair[1]} flat"] = partial(disturb.without_leads, ecg_mv, *pair)
    order = rng().random(ecg_mv.shape[:2]).argsort(axis=1)
    for count in MISSING_COUNTS:
        found[f"{count} random flat"] = partial(np.multiply, ecg_mv, (order >= count)[:, :, None].astype(np.float32))
    for gain in (0.5, 2.0):
        found[f"gain {gain:g}"] = partial(np.multiply, ecg_mv, np.float32(gain))
    for other in RATES_HZ:
        found[f"{other:g} Hz"] = partial(disturb.through_rate, ecg_mv, rate_hz, other)
    for seconds in SHORT_S:
        samples = int(seconds * rate_hz) // bin_samples * bin_samples
        found[f"first {seconds:g} s"] = partial(ecg_mv.__getitem__, (slice(None), slice(None), slice(samples)))
    for swap in SWAPS:
        found[f"{swap[0]}/{swap[1]} swapped"] = partial(disturb.swapped_limbs, ecg_mv, *swap)
    return found


def _loss(clean: Statistic, disturbed: Statistic, drawn: NDArray[np.intp]) -> float:
    return clean(drawn) - disturbed(drawn)


def check_noise(
    data_dir: Path,
    folds: Sequence[int],
    classifier: Classifier,
    noise_dir: Path | None = None,
    high_rate_dir: Path | None = None,
    records: int = 0,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what each disturbance does to at most `records` (0: all) records of `folds`.

    For each: macro-AUC, its loss against the same records undisturbed with a paired bootstrap interval (patients are
    drawn), the share of pure normals that reach High, and the mean change of the probabilities. Without `noise_dir`
    real noise is left out, without `high_rate_dir` the 500 Hz copies.
    """
    card = classifier.card
    whole = read_folds(data_dir, folds)
    database = pick(whole, np.ones(len(whole.entries), dtype=bool), records)
    ecg_mv, truth, groups = read_ecgs(database), database.superclasses(), patients(database)
    classes = len(card.classes)
    normal = truth[:, 0] & ~truth[:, 1:].any(axis=1)
    made = conditions(ecg_mv, card.rate_hz, noise_dir, card.bin_samples)
    clean = score(classifier, ecg_mv)[:, :classes]
    clean_auc, clean_p = fast_macro_auc(truth, clean), probabilities(classifier, clean)
    everyone = np.arange(len(truth))
    result: dict[str, Any] = {
        "data": named_data(data_dir, folds),
        "model": {"name": card.name, "sha256": card.sha256},
        "records": len(truth),
        "normals": int(normal.sum()),
        "undisturbed": {
            "macro_auc": clean_auc(everyone),
            "normals_in_high": _normals_in_high(clean_p, normal, classifier),
        },
        "conditions": {},
    }
    for k, (name, make) in enumerate(made.items()):
        if progress is not None:
            progress(90 * k // len(made))
        logits = score(classifier, make())[:, :classes]
        auc_of, p = fast_macro_auc(truth, logits), probabilities(classifier, logits)
        loss = bootstrap_interval(partial(_loss, clean_auc, auc_of), len(truth), REPEATS, groups=groups)
        result["conditions"][name] = {
            "macro_auc": auc_of(everyone),
            "loss": clean_auc(everyone) - auc_of(everyone),
            "loss_interval": list(loss),
            "normals_in_high": _normals_in_high(p, normal, classifier),
            "mean_change_of_probability": float(np.abs(p - clean_p).mean()),
        }
    noise = [name for name in result["conditions"] if name.endswith(" 6 dB")]
    flat = [f"{lead} flat" for lead in LEADS12]
    result["worst_loss_at_6_db"] = max((result["conditions"][name]["loss"] for name in noise), default=None)
    result["worst_loss_one_lead_flat"] = max(result["conditions"][name]["loss"] for name in flat)
    result["noisy_normals"] = noisy_normals(data_dir, folds, classifier, part_of(progress, 90, 98))
    if high_rate_dir is not None:
        result["high_rate_copies"] = high_rate_copies(data_dir, high_rate_dir, classifier)
    if progress is not None:
        progress(100)
    return result


def _normals_in_high(probability: Any, normal: Mask, classifier: Classifier) -> dict[str, Any]:
    high = tiers_of(probability, classifier.card)[Tier.HIGH]
    return share(int((high & normal).sum()), int(normal.sum()))


def noisy_normals(
    data_dir: Path, folds: Sequence[int], classifier: Classifier, progress: Progress | None = None
) -> dict[str, Any]:
    """Return how many pure normals that were marked as noisy reach High, against unmarked ones, and the seed case.

    Marks of noise are few, so they are counted in `folds` and, beside that, in all folds at hand, most of which the
    network was trained on. The seed case is the noisy healthy man, a training record, against the confirmed
    infarctions of `folds`.
    """
    everything = read_database(data_dir)
    card = classifier.card

    def high_share(database: Database) -> dict[str, Any]:
        if not database.entries:
            return share(0, 0)
        p = probabilities(classifier, score(classifier, read_ecgs(database)))
        high = tiers_of(p, card)[Tier.HIGH]
        return share(int(high.sum()), len(high))

    def normals(database: Database, noisy: bool) -> Database:
        truth = database.superclasses()
        marked = np.array([bool(entry.noise) for entry in database.entries], dtype=bool)
        return pick(database, truth[:, 0] & ~truth[:, 1:].any(axis=1) & (marked == noisy))

    own = everything.folds(*folds)
    result: dict[str, Any] = {
        "noisy": high_share(normals(own, True)),
        "clean": high_share(normals(own, False)),
    }
    if progress is not None:
        progress(60)
    result["noisy_all_folds"] = high_share(normals(everything, True))
    seed = [entry for entry in everything.entries if entry.ecg_id == NOISY_HEALTHY]
    confirmed = pick(own, confirmed_infarctions(own))
    if seed and confirmed.entries:
        man = Database(everything.folder, tuple(seed), everything.superclass_of, everything.description_of)
        healthy, ill = (
            probabilities(classifier, score(classifier, read_ecgs(d)))[:, 1:].max(axis=1) for d in (man, confirmed)
        )
        result["seed_case"] = {
            "ecg_id": NOISY_HEALTHY,
            "greatest_pathology": float(healthy[0]),
            "confirmed_infarctions": len(ill),
            "confirmed_median": float(np.median(ill)),
            "confirmed_lowest": float(ill.min()),
            "confirmed_above": int((ill > healthy[0]).sum()),
        }
    return result


def high_rate_copies(data_dir: Path, high_rate_dir: Path, classifier: Classifier) -> dict[str, Any]:
    """Return how the opinion on records at 500 Hz differs from that on the same records at 100 Hz."""
    card = classifier.card
    by_id = {entry.ecg_id: entry for entry in read_database(data_dir).entries}
    pairs = []
    for header in sorted(high_rate_dir.rglob("*_hr.hea")):
        entry = by_id.get(int(header.stem.split("_")[0]))
        if entry is not None:
            fast = read_signal(header.with_suffix(""), HIGH_RATE_HZ).astype(np.float32) / np.float32(UNITS_PER_MV)
            slow = read_signal(entry.path).astype(np.float32) / np.float32(UNITS_PER_MV)
            pairs.append((prepare(fast, HIGH_RATE_HZ, card.rate_hz)[0][:, : slow.shape[1]], slow))
    if not pairs:
        return {"records": 0}
    fast_p, slow_p = (
        probabilities(classifier, score(classifier, np.stack(signals))) for signals in zip(*pairs, strict=True)
    )
    same = sum((tiers_of(fast_p, card)[tier] & tiers_of(slow_p, card)[tier]).sum() for tier in tiers_of(fast_p, card))
    change = np.abs(fast_p - slow_p)
    return {
        "records": len(pairs),
        "mean_change_of_probability": float(change.mean()),
        "largest_change_of_probability": float(change.max()),
        "same_tier": share(int(same), len(pairs)),
    }


def as_text(result: dict[str, Any]) -> str:
    """Return the result of `check_noise` as a table to read."""
    whole = result["undisturbed"]
    lines = [
        f"noise and shift, {result['model']['name']} ({result['model']['sha256'][:12]}) on {result['records']} records "
        f"of {result['data']}, {result['normals']} of them purely normal",
        f"{'':22}{'macro-AUC':>10}{'loss (95 % interval)':>28}{'normals in High':>17}{'change of p':>13}",
        f"{'undisturbed':22}{whole['macro_auc']:10.4f}{'':28}{_percent(whole['normals_in_high']):>17}",
    ]
    for name, row in result["conditions"].items():
        loss = f"{row['loss']:+.4f} ({row['loss_interval'][0]:+.4f} to {row['loss_interval'][1]:+.4f})"
        lines.append(
            f"{name:22}{row['macro_auc']:10.4f}{loss:>28}{_percent(row['normals_in_high']):>17}"
            f"{row['mean_change_of_probability']:13.3f}"
        )
    noisy = result["noisy_normals"]
    lines.append(
        f"normals marked as noisy that reach High: {_counted(noisy['noisy'])}, unmarked {_counted(noisy['clean'])}; "
        f"noisy in all folds {_counted(noisy['noisy_all_folds'])}"
    )
    if seed := noisy.get("seed_case"):
        lines.append(
            f"noisy healthy man (ecg_id {seed['ecg_id']}): {seed['greatest_pathology']:.3f}; confirmed infarctions "
            f"median {seed['confirmed_median']:.3f}, lowest {seed['confirmed_lowest']:.3f}, above him "
            f"{seed['confirmed_above']} of {seed['confirmed_infarctions']}"
        )
    if (copies := result.get("high_rate_copies")) and copies["records"]:
        lines.append(
            f"{copies['records']} records at {HIGH_RATE_HZ} Hz against 100 Hz: probabilities change by "
            f"{copies['mean_change_of_probability']:.4f}, at most {copies['largest_change_of_probability']:.4f}; same "
            f"tier {_counted(copies['same_tier'])}"
        )
    return "\n".join(lines)


def _percent(counted: dict[str, Any]) -> str:
    return "-" if counted["share"] is None else f"{100 * counted['share']:.1f} %"


def _counted(counted: dict[str, Any]) -> str:
    return f"{counted['n']} of {counted['of']} ({_percent(counted)})"
