"""Does a wave cost what its evidence claims? Waves of real records are exchanged for those of a healthy heart.

The program's own delineator finds P, QRS, ST segment and T of each beat. A wave is taken away by what the network
cannot see: the same wave of a normal record, stretched to the same length and set upon the same PR level, in every beat
at once. What that costs the score is compared with the evidence that the wave's cells claimed: over the waves of a beat
(all leads together) and over waves and leads. And the evidence is counted that speaks for a class from P waves, which
no class but hypertrophy should need, and from between the beats, where there is nothing to see.

Evidence is counted from a flat lead, which has none. A normal wave has much, against disease: an exchange costs what a
wave claims *above a normal one*, and taking it away flat costs what it claims by itself. The two costs need not rank
waves alike (a flat T wave is a sign of disease, a normal one speaks against it), so that no map could follow both with
one number. Each is therefore ranked with the claim that it is about, and the two costs with each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.delineation import lead_segments
from cardio_desktop.analysis.global_waves import GlobalWave, global_waves
from cardio_desktop.core.beat_waves import BeatWaves, assigned
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.records import Floats
from cardio_desktop.evaluation.removal import mean_with_interval
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.conditioning import RATE_HZ
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.model.metrics import spearman

WAVES = ("P", "QRS", "ST", "T")
RANKS = (
    "rank_over_waves",
    "rank_above_normal_over_waves",
    "rank_of_lost_over_waves",
    "rank_of_flat_over_waves",
    "rank_of_costs_over_waves",
)
"""Rank correlations over the four waves of a record, as `check_waves` says."""
FADE = 2
"""Samples over which an exchanged wave passes into what stands beside it."""
LEAST_BEATS = 4
Spans = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Beats:
    """One record (12, samples) in mV with the waves of its beats in samples."""

    ecg_mv: Floats
    beats: tuple[Spans, ...]


def find_beats(delineator: Delineator, ecg_mv: Floats, rate_hz: float) -> Beats:
    """Return a record with the waves of all leads together that the delineator finds, beat by beat."""
    probabilities = delineator.probabilities(ecg_mv, rate_hz)
    segments = lead_segments(probabilities, float(RATE_HZ), delineator.card.bias_ms)
    p, qrs, t = (global_waves(segments, name) for name in ("P", "QRS", "T"))
    found = assigned([(wave.onset_s + wave.offset_s) / 2 for wave in qrs], p, qrs, t)
    spans = (_spans(beat, rate_hz, ecg_mv.shape[1]) for beat in found)
    return Beats(ecg_mv, tuple(own for own in spans if "QRS" in own))


def _spans(beat: BeatWaves[GlobalWave], rate_hz: float, samples: int) -> Spans:
    rounded = {name: (round(a * rate_hz), round(b * rate_hz)) for name, (a, b) in beat.spans().items()}
    return {name: (a, b) for name, (a, b) in rounded.items() if a > 2 and a + 2 <= b <= samples}


def exchanged(record: Beats, wave: str, donor: Beats, leads: slice | int = slice(None)) -> Floats:
    """Return the record (12, samples) with every `wave` of the given leads in the donor's shape."""
    result = record.ecg_mv.copy()
    givers = [spans for spans in donor.beats if wave in spans]
    if not givers:
        return result
    giver = givers[len(givers) // 2]
    first, last = giver[wave]
    shape = donor.ecg_mv[:, first:last] - _pr_level(donor.ecg_mv, giver)
    for spans in record.beats:
        if wave not in spans:
            continue
        first, last = spans[wave]
        at = np.linspace(0, shape.shape[1] - 1, last - first)
        new = np.stack([np.interp(at, np.arange(shape.shape[1]), row) for row in shape])
        new += _pr_level(record.ecg_mv, spans)
        share = np.minimum(1, np.minimum(np.arange(1, last - first + 1), np.arange(last - first, 0, -1)) / (FADE + 1))
        mixed = share * new + (1 - share) * record.ecg_mv[:, first:last]
        result[leads, first:last] = mixed[leads].astype(np.float32)
    return result


def flattened(record: Beats, wave: str) -> Floats:
    """Return the record (12, samples) with every `wave` at its lead's median, as `removal.flatten_cells` does."""
    result = record.ecg_mv.copy()
    level = np.median(record.ecg_mv, axis=1, keepdims=True)
    for spans in record.beats:
        if wave in spans:
            result[:, slice(*spans[wave])] = level
    return result


def claims_of_normal_waves(classifier: Classifier, normals: Sequence[Beats], head: int) -> NDArray[np.float64]:
    """Return the evidence (wave,) that one beat's wave has in normal records, all leads together; NaN for no wave."""
    claimed, counted = np.zeros(len(WAVES)), np.zeros(len(WAVES))
    samples = classifier.card.bin_samples
    for record in normals:
        if not record.beats:
            continue
        whole = record.ecg_mv.shape[1] // samples * samples
        over_leads = classifier.run(record.ecg_mv[None, :, :whole], [head])[1][0, 0].sum(axis=0, dtype=np.float64)
        parts = parts_of_bins(record, samples)
        claimed += [float(over_leads @ parts[wave]) for wave in WAVES]
        counted += _counts(record)
    return np.asarray(np.where(counted > 0, claimed / np.maximum(counted, 1), np.nan), dtype=np.float64)


def _counts(record: Beats) -> list[int]:
    return [sum(wave in spans for spans in record.beats) for wave in WAVES]


def _pr_level(ecg_mv: Floats, spans: Spans) -> Floats:
    """Return each lead's level (12, 1) just before a beat's QRS."""
    onset = spans["QRS"][0]
    return np.asarray(np.median(ecg_mv[:, max(onset - 3, 0) : onset], axis=1, keepdims=True), dtype=np.float32)


def parts_of_bins(record: Beats, bin_samples: int) -> dict[str, NDArray[np.float64]]:
    """Return how much of each bin (bin,) each wave fills, and "TP" what no wave does, within the beats seen."""
    bins = record.ecg_mv.shape[1] // bin_samples
    parts = {}
    free = np.ones(bins * bin_samples)
    for wave in WAVES:
        mask = np.zeros(bins * bin_samples)
        for spans in record.beats:
            if wave in spans:
                mask[slice(*spans[wave])] = 1
        free[mask > 0] = 0
        parts[wave] = mask.reshape(bins, bin_samples).mean(axis=1)
    # Between P and QRS nothing is drawn, and nothing rests either: it goes with neither.
    for spans in record.beats:
        if "P" in spans:
            free[spans["P"][1] : spans["QRS"][0]] = 0
    first, last = record.beats[0]["QRS"][0], record.beats[-1]["QRS"][1]
    free[:first] = 0  # before the first beat and after the last, waves may stand that were not found
    free[last:] = 0
    return parts | {"TP": free.reshape(bins, bin_samples).mean(axis=1)}


def check_waves(
    classifier: Classifier,
    records: Sequence[Beats],
    donors: Sequence[Beats],
    code: str,
    normals: Sequence[Beats] = (),
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return, over records that have class `code`, what each wave claims and costs, and how the two are ranked.

    Of exchanges, `rank_over_waves` ranks the cost with what the wave's cells claimed, `rank_above_normal_over_waves`
    with what they claimed above the waves of the `normals` (none of them a donor), and `rank_of_lost_over_waves` with
    the evidence that the same cells lost. `rank_of_flat_over_waves` ranks what flat waves cost with what they claimed,
    and `rank_of_costs_over_waves` what they cost flat with what they cost exchanged.
    `on_p_and_tp` is the share of the evidence that speaks for the class and lies on P or between beats;
    `time_on_p_and_tp` the share of the time that these take. Records without enough beats are left out.
    """
    head, rng = classifier.card.heads.index(code), np.random.default_rng(0)
    claims: dict[str, list[float]] = {wave: [] for wave in (*WAVES, "TP")}
    falls: dict[str, list[float]] = {wave: [] for wave in WAVES}
    normal = claims_of_normal_waves(classifier, normals, head)
    ranks: dict[str, list[float]] = {name: [] for name in RANKS}
    over_leads, idle, idle_time = [], [], []
    for number, record in enumerate(records):
        if progress is not None:
            progress(100 * number // len(records))
        if len([spans for spans in record.beats if "T" in spans]) < LEAST_BEATS:
            continue
        samples = classifier.card.bin_samples
        whole = record.ecg_mv.shape[1] // samples * samples
        donor = donors[int(rng.integers(len(donors)))]
        logits, evidence = classifier.run(record.ecg_mv[None, :, :whole], [head])
        cells = evidence[0, 0].astype(np.float64)  # (12, bin)
        parts = parts_of_bins(record, samples)
        present = [wave for wave in WAVES if parts[wave].any()]
        changed = [exchanged(record, wave, donor) for wave in present]
        changed += [exchanged(record, wave, donor, lead) for wave in present for lead in range(12)]
        changed += [flattened(record, wave) for wave in present]
        stack = np.stack(changed)[:, :, :whole]
        runs = [classifier.run(stack[k : k + 16], [head]) for k in range(0, len(stack), 16)]
        fall = float(logits[0, head]) - np.concatenate([found[:, head] for found, _ in runs])
        fall, flat = fall[: -len(present)], fall[-len(present) :]
        after = np.concatenate([maps[:, 0] for _, maps in runs]).astype(np.float64)
        # Where evidence went: the cells of the wave alone, against the fall, which all cells make together.
        own = np.array([(cells - after[k]) @ parts[wave] for k, wave in enumerate(present)])  # (wave, 12)
        claimed = np.array([cells @ parts[wave] for wave in present])  # (wave, 12)
        for k, wave in enumerate(present):
            claims[wave].append(float(claimed[k].sum()))
            falls[wave].append(float(fall[k]))
        claims["TP"].append(float((cells @ parts["TP"]).sum()))
        if len(present) == len(WAVES):
            claim, cost = claimed.sum(axis=1), fall[: len(present)]
            ranks["rank_over_waves"].append(spearman(claim, cost))
            ranks["rank_of_lost_over_waves"].append(spearman(own.sum(axis=1), cost))
            ranks["rank_of_flat_over_waves"].append(spearman(claim, flat))
            ranks["rank_of_costs_over_waves"].append(spearman(flat, cost))
            if not np.isnan(normal).any():
                above = claim - normal * _counts(record)
                ranks["rank_above_normal_over_waves"].append(spearman(above, cost))
        over_leads.append(spearman(claimed.ravel(), fall[len(present) :]))
        upward = np.maximum(cells, 0).sum(axis=0)
        rest = parts["P"] + parts["TP"]
        counted = sum(parts[wave] for wave in WAVES) + parts["TP"]
        idle.append(float(upward @ rest / max(upward @ counted, 1e-9)))
        idle_time.append(float(rest.sum() / counted.sum()))
    return {
        "records": len(over_leads),
        "claims": {wave: _mean(values) for wave, values in claims.items()},
        "falls": {wave: _mean(values) for wave, values in falls.items()},
        **{name: mean_with_interval(values) for name, values in ranks.items()},
        "rank_over_waves_and_leads": mean_with_interval(over_leads),
        "on_p_and_tp": mean_with_interval(idle),
        "time_on_p_and_tp": _mean(idle_time),
    }


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None
