"""Whether a record and its leads can be used, and why not.

The limits stand in `LIMITS`. They were set on the 200 twelve-lead records of CinC/PhysioNet 2011 so that hardly any
record of PTB-XL or LUDB, which experts did read, is refused.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.acceptability import acceptability
from cardio_desktop.analysis.gaps import long_gaps, missing_everywhere, missing_in, recorded_stretches
from cardio_desktop.analysis.reversal import swap_remark, swapped
from cardio_desktop.analysis.signal_features import LeadFeatures, measure_leads
from cardio_desktop.core.findings import LEAD_UNUSABLE, Beat, LeadQuality, Quality
from cardio_desktop.core.leads import INDEPENDENT_LEADS, LEADS12, canonical_lead, is_other_ecg
from cardio_desktop.core.record import Gap, Lead, Record
from cardio_desktop.words import Remark

PIECE_S = 10.0
SHORTEST_S = 2.0
MOST_BAD = 0.375
"""Share of independent leads that may be unusable: 3 of 8."""
MOST_BAD_TIME = 0.3
GAIN_RANGE_MV = 7.0
SNR_MIN_DB = 6.0
MOST_NAMED = 5


@dataclass(frozen=True)
class Limit:
    """A disturbance is worth a remark from `remark` on and spoils the lead from `spoilt` on."""

    feature: str
    remark: float
    spoilt: float
    code: str
    """The remark's code."""
    value: str
    """The name that the feature's value has in the remark."""


LIMITS = (
    Limit("missing", 0.001, 0.2, "missing", "share"),
    Limit("flat", 0.1, 0.5, "flat", "share"),
    Limit("railed", 0.003, 0.02, "railed", "share"),
    Limit("step_mv", 1.2, 2.5, "step", "step_mv"),
    Limit("steps_per_s", 0.35, 0.5, "steps", "steps_per_s"),
    Limit("wander_mv", 1.5, 4.0, "wander", "wander_mv"),
    Limit("mains_mv", 0.02, 0.2, "mains", "mains_mv"),
    Limit("muscle_mv", 0.02, 0.05, "muscle", "muscle_mv"),
    Limit("burst_mv", 0.35, 0.6, "burst", "burst_mv"),
    Limit("range_mv", 8.0, 12.0, "range", "range_mv"),
)


def assess_quality(
    record: Record,
    start_s: float = 0.0,
    end_s: float | None = None,
    missing: Sequence[Gap] | None = None,
    beats: Sequence[Beat] | None = None,
) -> Quality:
    """Judge each lead and the record between two times, of which only what was recorded counts.

    A usable lead may carry reasons too: remarks on what disturbs it. `Quality.reasons` of a usable record are remarks
    on leads that must be left out and on its gain. `missing` (`gaps.missing_everywhere`) and `beats`
    (`beats.detect_beats`) spare looking for them again.
    """
    end_s = record.duration_s if end_s is None else min(end_s, record.duration_s)
    start_s = max(start_s, 0.0)
    leads = {name: lead for name, lead in record.traces.items() if name != "-aVR"}
    if not leads:
        return Quality(False, (Remark("no-lead"),))
    if unknown := unknown_channels(record):
        named = {"channels": tuple(unknown[:MOST_NAMED]), "more": max(len(unknown) - MOST_NAMED, 0)}
        return Quality(False, (Remark("unknown-channels", named),))
    missing = missing_everywhere(record, start_s, end_s) if missing is None else missing
    stretches = recorded_stretches(long_gaps(missing), start_s, end_s)
    if not stretches:
        return Quality(False, (Remark("nothing-recorded", {"low_s": start_s, "high_s": end_s}),))
    longest = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    if longest[1] - longest[0] < SHORTEST_S:
        held = {"length_s": longest[1] - longest[0], "least_s": SHORTEST_S, "gaps": len(stretches) > 1}
        return Quality(False, (Remark("too-short", held),))
    judgeable = [stretch for stretch in stretches if stretch[1] - stretch[0] >= SHORTEST_S]
    features = _features(leads, judgeable)
    holes = {name: _own_holes(lead, stretches) for name, lead in leads.items()}
    judged = {name: judge_lead(pieces, holes[name]) for name, pieces in features.items()}
    usable, reasons = _judge_record(judged, features)
    bad = [name for name, lead in judged.items() if not lead.usable]
    reversal = swapped(record, *longest, bad, beats) if usable else None
    if reversal:
        reasons.append(swap_remark(reversal))
    return Quality(usable, tuple(reasons), judged, reversal, _score(features))


def _score(features: dict[str, list[LeadFeatures]]) -> float | None:
    """Return how acceptable the record is: that of its middle piece of ten seconds."""
    if not set(LEADS12) <= set(features):
        return None
    pieces = zip(*(features[name] for name in LEADS12), strict=True)
    return round(float(np.median([acceptability(piece) for piece in pieces])), 4)


def unknown_channels(record: Record) -> list[str]:
    """Return the traces that stand for an ECG only because no channel of the record bears an ECG lead's name."""
    labels = [lead.terms[0][0].label for lead in record.other_ecg.values()]
    if record.leads or any(is_other_ecg(label) or canonical_lead(label) for label in labels):
        return []
    return list(record.other_ecg)


def _own_holes(lead: Lead, stretches: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return where this lead alone, or with some others, has no samples for as long as a gap lasts."""
    spans = [span for low, high in stretches for span in missing_in(lead, low, high)]
    return [(gap.start_s, gap.end_s) for gap in long_gaps(Gap(low, high) for low, high in spans)]


def _features(leads: Mapping[str, Lead], stretches: Sequence[tuple[float, float]]) -> dict[str, list[LeadFeatures]]:
    """Return the features of each lead in pieces of about ten seconds; leads of one rate are measured together."""
    found: dict[str, list[LeadFeatures]] = {name: [] for name in leads}
    for start_s, end_s in stretches:
        count = max(round((end_s - start_s) / PIECE_S), 1)
        for low, high in pairwise(np.linspace(start_s, end_s, count + 1).tolist()):
            alike: dict[tuple[float, int], dict[str, NDArray[np.float64]]] = {}
            for name, lead in leads.items():
                mv = lead.between(low, high)[1]
                alike.setdefault((lead.rate_hz, mv.size), {})[name] = mv
            for (rate_hz, _), group in alike.items():
                for name, features in zip(group, measure_leads(np.array(list(group.values())), rate_hz), strict=True):
                    found[name].append(features)
    return found


def judge_lead(pieces: Sequence[LeadFeatures], holes_s: Sequence[tuple[float, float]] = ()) -> LeadQuality:
    """Judge a lead by the features of its pieces: it is unusable where too many of them are spoilt.

    `holes_s` are the stretches in which it has no samples; the remarks name them.
    """
    reasons: list[Remark] = []
    if holes_s:
        spans = tuple(Remark("span", {"low_s": low, "high_s": high}) for low, high in holes_s[:MOST_NAMED])
        reasons.append(Remark("no-signal", {"spans": spans, "more": max(len(holes_s) - MOST_NAMED, 0)}))
    for limit in LIMITS:
        worst = max(pieces, key=lambda piece: _value(piece, limit))
        if (value := _value(worst, limit)) < limit.remark:
            continue
        if limit.feature in ("missing", "flat"):
            value = float(np.mean([_value(piece, limit) for piece in pieces]))
        what = Remark(limit.code, _values(limit, value, worst))
        hit = float(np.mean([_value(piece, limit) >= limit.remark for piece in pieces]))
        reasons.append(Remark("part", {"what": what, "share": max(hit, 0.01)}) if hit < 0.995 else what)
    known = [piece.snr_db for piece in pieces if piece.snr_db is not None]
    snr_db = statistics.median(known) if known else None
    if snr_db is not None and snr_db < SNR_MIN_DB:
        reasons.append(Remark("noise", {"snr_db": snr_db}))
    spoilt = float(np.mean([is_spoilt(piece) for piece in pieces]))
    return LeadQuality(spoilt <= MOST_BAD_TIME, tuple(reasons), None if snr_db is None else round(snr_db, 1))


def is_spoilt(piece: LeadFeatures) -> bool:
    """Return whether one piece of a lead is beyond use."""
    noisy = piece.snr_db is not None and piece.snr_db < SNR_MIN_DB
    return noisy or any(_value(piece, limit) >= limit.spoilt for limit in LIMITS)


def _values(limit: Limit, value: float, worst: LeadFeatures) -> dict[str, float]:
    if limit.code == "steps":
        return {"period_s": 1.0 / max(value, 1e-3)}
    return {limit.value: value} | ({"mains_hz": worst.mains_hz} if limit.code == "mains" else {})


def _value(piece: LeadFeatures, limit: Limit) -> float:
    value = getattr(piece, limit.feature)
    return 0.0 if value is None else float(value)


def _judge_record(judged: dict[str, LeadQuality], features: dict[str, list[LeadFeatures]]) -> tuple[bool, list[Remark]]:
    """Return whether the record can be used, and the remarks on it."""
    names = [name for name in judged if name in INDEPENDENT_LEADS]
    if len(names) < 3:
        names = [name for name in judged if name in names or name not in LEADS12] or list(judged)
    bad = [name for name in names if not judged[name].usable]
    reasons: list[Remark] = []
    if all(np.mean([piece.flat for piece in features[name]]) > 0.9 for name in judged):
        return False, [Remark("all-flat")]
    # Of two leads, as Holter recorders have, one is enough to find beats.
    usable = len(bad) < len(names) and (len(bad) <= MOST_BAD * len(names) or len(names) == 2)
    if {"I", "II"} <= set(bad) and len(names) > 2:
        usable = False
    if not usable:
        reasons.append(Remark("few-leads", {"good": len(names) - len(bad), "all": len(names)}))
    for name, quality in judged.items():
        if not quality.usable:
            reasons.append(Remark(LEAD_UNUSABLE, {"lead": name, "because": quality.reasons or (Remark("noisy"),)}))
    ranges = [np.median([piece.range_mv for piece in features[name]]) for name in names if judged[name].usable]
    if ranges and np.median(ranges) > GAIN_RANGE_MV:
        reasons.append(Remark("gain", {"range_mv": float(np.median(ranges))}))
    return usable, reasons


def badness(leads: Sequence[LeadFeatures]) -> float:
    """Return one number for a record of one piece, 0 for a clean one, larger the worse; for validation.

    The mean over leads of how far the worst disturbance stands to its limit, and more where a lead is flat.
    """
    ratios: NDArray[np.float64] = np.array(
        [max(min(_value(lead, limit) / limit.spoilt, 4.0) for limit in LIMITS) for lead in leads]
    )
    return float(1.2 * max(min(lead.flat / 0.5, 1.0) for lead in leads) + ratios.mean())
