"""Planted findings: a healthy record gets a sign of disease in known leads and beats; the evidence must rise there.

ST elevation of 0.35 mV, ST depression of 0.2 mV, T waves turned over, Q waves of 0.35 mV and 40 ms, QRS complexes
slowed to 1.8 times their length: each in two neighbouring beats, in one group of leads at a time, at 500 Hz, before
the product's own preprocessing. A chest electrode changes its own lead alone. The foot electrode changes II, III, aVF
and, by half and with the other sign, aVR and aVL: all five count as planted. Planted cells are the (lead, bin) cells
that the changed stretch touches, and no neighbour. The centre of the rise, within 0.3 s of the sign and in its leads,
is set against the centre of the change itself: a bias in milliseconds says that evidence comes too early or too late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.progress import Progress
from cardio_desktop.evaluation.records import Floats, Mask
from cardio_desktop.evaluation.removal import mean_with_interval
from cardio_desktop.evaluation.tiers import share
from cardio_desktop.io.ludb import LudbRecord
from cardio_desktop.io.ptbxl import SUPERCLASSES
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.model.preprocess import prepare

BEATS = 2
EDGE_S = 0.75
"""Planted beats keep this distance from the record's ends."""
GROUPS = (("V1", "V2", "V3"), ("V4", "V5", "V6"), ("II", "III", "aVF"))
FOOT = {"II": 1.0, "III": 1.0, "aVF": 1.0, "aVR": -0.5, "aVL": -0.5}
"""What one millivolt at the foot electrode adds to each lead."""
RELEVANT = {
    "ST elevation": ("MI", "STTC"),
    "ST depression": ("MI", "STTC"),
    "T inversion": ("MI", "STTC"),
    "Q wave": ("MI",),
    "wide QRS": ("CD",),
}
SINUS = ("Sinus rhythm", "Sinus bradycardia", "Sinus tachycardia", "Sinus arrhythmia")
HEALTHY = ("conduction", "extrasystole", "hypertrophy", "pacing", "ischemia", "nonspecific_repol", "other")
ST_ELEVATION_MV, ST_DEPRESSION_MV = 0.35, -0.2
Q_MV, Q_S = -0.35, 0.04
SLOWED = 1.8
REACH_S = 0.3
"""So far from a planted sign its evidence is looked for, in time."""


@dataclass(frozen=True)
class BeatMarks:
    """Samples of one beat in the lead it was marked in."""

    qrs_on: int
    qrs_off: int
    t_on: int
    t_off: int


def healthy(records: Sequence[LudbRecord]) -> list[LudbRecord]:
    """Return the records in sinus rhythm about which nothing else is said."""
    return [r for r in records if r.labels["rhythm"] in SINUS and not any(r.labels[name] for name in HEALTHY)]


def marked_beats(record: LudbRecord, lead: str) -> list[BeatMarks]:
    """Return the beats of one lead whose QRS and T wave are wholly marked, away from the record's ends."""
    edge, samples = EDGE_S * record.rate_hz, record.leads_mv.shape[1]
    waves = record.waves[lead]
    beats = []
    for wave, after in pairwise(waves):
        bounds = (wave.onset, wave.offset, after.onset, after.offset)
        if (wave.wave, after.wave) != ("QRS", "T") or None in bounds:
            continue
        beat = BeatMarks(*(int(b) for b in bounds if b is not None))
        if beat.qrs_on > edge and beat.t_off + edge < samples:
            beats.append(beat)
    return beats


def _smooth_step(samples: int) -> NDArray[np.float64]:
    return 0.5 * (1 - np.cos(np.pi * (np.arange(samples) + 0.5) / samples))


def change_of(kind: str, lead_mv: NDArray[np.floating], beat: BeatMarks, rate_hz: float) -> tuple[int, Floats]:
    """Return (first sample, millivolts to add) that plant a finding of `kind` into one beat of one lead."""
    if kind in ("ST elevation", "ST depression"):
        size = ST_ELEVATION_MV if kind == "ST elevation" else ST_DEPRESSION_MV
        # From the J point up within 20 ms, level over the ST segment, back to nothing along the T wave.
        up, down = round(0.02 * rate_hz), max((beat.t_off - beat.t_on) // 2, 1)
        level = max(beat.t_off - down - beat.qrs_off - up, 0)
        shape = np.concatenate([_smooth_step(up), np.ones(level), _smooth_step(down)[::-1]])
        return beat.qrs_off, (size * shape).astype(np.float32)
    if kind == "T inversion":
        span = slice(beat.t_on, beat.t_off)
        wave = lead_mv[span]
        line = np.linspace(float(wave[0]), float(wave[-1]), wave.size)
        return beat.t_on, (-2 * (wave - line)).astype(np.float32)
    if kind == "Q wave":
        length = round(Q_S * rate_hz)
        bell = np.sin(np.pi * (np.arange(length) + 0.5) / length)
        return beat.qrs_on - length // 4, (Q_MV * bell).astype(np.float32)
    if kind == "wide QRS":
        before, length = beat.qrs_on, beat.qrs_off - beat.qrs_on
        slow = round(SLOWED * length)
        if before + slow > beat.t_on + (beat.t_off - beat.t_on) // 2:
            slow = beat.t_on + (beat.t_off - beat.t_on) // 2 - before
        times = np.arange(slow) / slow * length
        stretched = np.interp(before + times, np.arange(lead_mv.size), lead_mv)
        fade = np.ones(slow)
        tail = max(slow // 6, 1)
        fade[-tail:] = _smooth_step(tail)[::-1]
        return before, (fade * (stretched - lead_mv[before : before + slow])).astype(np.float32)
    raise ValueError(f"no finding is called {kind!r}")


def plant(record: LudbRecord, kind: str, group: Sequence[str]) -> tuple[Floats, list[tuple[int, int, int]]] | None:
    """Return (12, samples) with the finding, and the changed stretches (lead, first, last sample).

    None where the group's leads have too few wholly marked beats.
    """
    leads = record.leads_mv.copy()
    stretches = []
    limb = group[0] not in LEADS12[6:]
    for name in group[:1] if limb else group:
        # A finding at the foot electrode takes its shape from lead II.
        own = marked_beats(record, name)
        middle = len(own) // 2
        chosen = own[max(middle - BEATS // 2, 0) :][:BEATS]
        if len(chosen) < BEATS:
            return None
        for beat in chosen:
            first, added = change_of(kind, record.leads_mv[LEADS12.index(name)], beat, record.rate_hz)
            for lead, weight in FOOT.items() if limb else ((name, 1.0),):
                index = LEADS12.index(lead)
                leads[index, first : first + added.size] += np.float32(weight) * added
                stretches.append((index, first, first + added.size))
    return leads, stretches


def planted_cells(stretches: Sequence[tuple[int, int, int]], rate_hz: float, bin_s: float, bins: int) -> Mask:
    """Return (12, bin): the cells that the stretches touch."""
    cells = np.zeros((12, bins), dtype=bool)
    for lead, first, last in stretches:
        cells[lead, int(first / rate_hz / bin_s) : int((last - 1) / rate_hz / bin_s) + 1] = True
    return cells


def centre_error_ms(
    rise: NDArray[np.float64],
    change_mv: Floats,
    stretches: Sequence[tuple[int, int, int]],
    rate_hz: float,
    bin_s: float,
) -> float:
    """Return how much later than the change (12, samples) the rise (12, bin) has its centre, in ms; NaN without one.

    Each stretch's rise is taken within `REACH_S` of the stretch, upward cells alone; stretches count by their rise.
    """
    times = (np.arange(rise.shape[1]) + 0.5) * bin_s
    moment = weight = 0.0
    for lead, first, last in stretches:
        size = np.abs(change_mv[lead, first:last]).astype(np.float64)
        centre_s = float((np.arange(first, last) + 0.5) @ size / max(size.sum(), 1e-9)) / rate_hz
        near = (times > first / rate_hz - REACH_S) & (times < last / rate_hz + REACH_S)
        upward = np.maximum(rise[lead, near], 0)
        moment += float(upward @ (times[near] - centre_s))
        weight += float(upward.sum())
    return 1000 * moment / weight if weight > 0 else float("nan")


def check_planted(
    classifier: Classifier, records: Sequence[LudbRecord], progress: Progress | None = None
) -> dict[str, Any]:
    """Return for each kind where the evidence of its classes rises most, by what share inside, and how much too late.

    The rise is that of the classes' summed evidence, cell by cell; its share inside counts rises alone. Raises
    CardioError where no healthy record is given.
    """
    chosen = healthy(records)
    if not chosen:
        raise CardioError("The LUDB folder holds no healthy record in sinus rhythm; use the unchanged data.")
    card = classifier.card
    result = {}
    for number, (kind, codes) in enumerate(RELEVANT.items()):
        heads = [SUPERCLASSES.index(code) for code in codes]
        inside, shares, chance, logits, errors = 0, [], [], [], []
        for record in chosen:
            before = _evidence(classifier, record.leads_mv, record.rate_hz, heads)
            for group in GROUPS:
                planted = plant(record, kind, group)
                if planted is None:
                    continue
                changed, stretches = planted
                rise = _evidence(classifier, changed, record.rate_hz, heads) - before
                cells = planted_cells(stretches, record.rate_hz, card.bin_s, rise.shape[1])
                top = np.unravel_index(int(np.argmax(rise)), rise.shape)
                upward = np.maximum(rise, 0)
                inside += bool(cells[top])
                change = changed - record.leads_mv
                errors.append(centre_error_ms(rise, change, stretches, record.rate_hz, card.bin_s))
                shares.append(float(upward[cells].sum() / upward.sum()) if upward.any() else float("nan"))
                chance.append(float(cells.mean()))
                logits.append(float(rise.sum(dtype=np.float64)))
        if progress is not None:
            progress(100 * (number + 1) // len(RELEVANT))
        counted = share(inside, len(shares))
        result[kind] = {
            "classes": list(codes),
            "plantings": len(shares),
            "strongest_inside": inside,
            "strongest_inside_share": counted["share"],
            "interval": counted["interval"],
            "centre_error_ms": mean_with_interval(errors) | {"spread": float(np.nanstd(errors)) if errors else None},
            "share_of_rise_inside": mean_with_interval(shares),
            "share_of_cells": float(np.mean(chance)) if chance else None,
            "rise_of_logits": mean_with_interval(logits),
        }
    return {"records": len(chosen), "kinds": result}


def _evidence(classifier: Classifier, leads_mv: Floats, rate_hz: float, heads: Sequence[int]) -> NDArray[np.float64]:
    """Return the summed evidence (12, bin) of the heads for a recording of at most one window."""
    ecg, _ = prepare(leads_mv, rate_hz, classifier.card.rate_hz)
    whole = ecg.shape[1] // classifier.card.bin_samples * classifier.card.bin_samples
    evidence = classifier.run(ecg[None, :, :whole], list(heads))[1]
    return np.asarray(evidence[0].sum(axis=0), dtype=np.float64)
