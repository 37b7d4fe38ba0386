"""Whether a record and its leads can be used, and why not; the limits stand in `disturbances`."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.acceptability import acceptability
from cardio_desktop.analysis.disturbances import LIMITS, SNR_MIN_DB, is_spoilt, remark_on, value_of
from cardio_desktop.analysis.gaps import long_gaps, missing_everywhere, missing_in, recorded_stretches
from cardio_desktop.analysis.reversal import swap_remark, swapped
from cardio_desktop.analysis.signal_features import LeadFeatures
from cardio_desktop.analysis.stretches import (
    blind_pieces,
    enough_leads,
    flat_everywhere,
    judged_names,
    pieces_of,
    stretches_of,
    without,
)
from cardio_desktop.core.findings import LEAD_UNUSABLE, Beat, LeadQuality, Quality, QualityStretch
from cardio_desktop.core.leads import LEADS12, canonical_lead, is_other_ecg
from cardio_desktop.core.record import Gap, Lead, Record
from cardio_desktop.words import Remark

SHORTEST_S = 2.0
"""The limits need a beat or two; in less there may be none."""
WHOLE_S = 15.0
"""What is no longer than this is one piece, and judged as a whole."""
MOST_BAD_TIME = 0.3
"""Share of its pieces in which a lead may be spoilt. A choice: the limits were set on records of one piece."""
GAIN_RANGE_MV = 7.0
"""Leads that span more in the middle have a wrong gain: in 1,050 records of PTB-XL, folds 1 to 8, half span 1.1 mV, and
the largest 4.2."""
MOST_NAMED = 5
"""More names in one sentence are not read: the others are counted."""


def assess_quality(
    record: Record,
    start_s: float = 0.0,
    end_s: float | None = None,
    missing: Sequence[Gap] | None = None,
    beats: Sequence[Beat] | None = None,
) -> Quality:
    """Judge each lead and the record between two times, of which only what was recorded counts.

    A usable lead may carry reasons too: remarks on what disturbs it. `Quality.reasons` of a usable record are remarks
    on leads that must be left out, on its gain, and on stretches in which nothing can be read; the rest is judged
    without these. `missing` (`gaps.missing_everywhere`) and `beats`
    (`beats.detect_beats`) spare looking for them again.
    """
    end_s = record.duration_s if end_s is None else min(end_s, record.duration_s)
    start_s = max(start_s, 0.0)
    leads = {name: lead for name, lead in record.traces.items() if name != "-aVR"}
    foreign = [channel.label for channel in record.channels if not leads and not channel.lead]
    if not leads and len(foreign) < max(len(record.channels), 1):
        return Quality(False, (Remark("no-lead"),))
    if unknown := foreign or unknown_channels(record):
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
    flat = flat_everywhere(leads, judgeable) if sum(high - low for low, high in judgeable) > WHOLE_S else []
    pieces = pieces_of(leads, [span for span in without(judgeable, flat) if span[1] - span[0] >= SHORTEST_S])
    names = judged_names(list(leads))
    sound = [piece for piece, blind in zip(pieces, blind_pieces(pieces, names), strict=True) if not blind]
    if not sound:
        flat, pieces = [], pieces_of(leads, judgeable)
        sound = pieces
    holes = {name: _own_holes(lead, stretches) for name, lead in leads.items()}
    features = {name: [piece.leads[name] for piece in sound] for name in leads}
    judged = {name: judge_lead(found, holes[name]) for name, found in features.items()}
    usable, reasons = _judge_record(judged, features)
    bad = [name for name, lead in judged.items() if not lead.usable]
    unread: tuple[QualityStretch, ...] = ()
    if usable and len(pieces) + len(flat) > 1:
        unread = stretches_of(leads, pieces, flat, bad)
        blind = [(one.start_s, one.end_s) for one in unread if one.blind]
        reasons += _unread_remarks([one for one in unread if one.blind])
        if blind:
            longest, beats = max(without(stretches, blind), key=lambda stretch: stretch[1] - stretch[0]), None
    reversal = swapped(record, *longest, bad, beats) if usable else None
    if reversal:
        reasons.append(swap_remark(reversal))
    return Quality(usable, tuple(reasons), judged, reversal, _score(features), unread)


def _unread_remarks(stretches: Sequence[QualityStretch]) -> list[Remark]:
    if not stretches:
        return []
    named = tuple(
        Remark("stretch", {"low_s": one.start_s, "high_s": one.end_s, "what": one.reason})
        for one in stretches[:MOST_NAMED]
    )
    return [Remark("unread", {"spans": named, "more": max(len(stretches) - MOST_NAMED, 0)})]


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


def judge_lead(pieces: Sequence[LeadFeatures], holes_s: Sequence[tuple[float, float]] = ()) -> LeadQuality:
    """Judge a lead by the features of its pieces: it is unusable where too many of them are spoilt.

    `holes_s` are the stretches in which it has no samples; the remarks name them.
    """
    reasons: list[Remark] = []
    if holes_s:
        spans = tuple(Remark("span", {"low_s": low, "high_s": high}) for low, high in holes_s[:MOST_NAMED])
        reasons.append(Remark("no-signal", {"spans": spans, "more": max(len(holes_s) - MOST_NAMED, 0)}))
    for limit in LIMITS:
        worst = max(pieces, key=lambda piece: value_of(piece, limit))
        if (value := value_of(worst, limit)) < limit.remark:
            continue
        if limit.feature in ("missing", "flat"):
            value = float(np.mean([value_of(piece, limit) for piece in pieces]))
        what = remark_on(limit, value, worst)
        hit = float(np.mean([value_of(piece, limit) >= limit.remark for piece in pieces]))
        reasons.append(Remark("part", {"what": what, "share": max(hit, 0.01)}) if hit < 0.995 else what)
    known = [snr_db for piece in pieces if (snr_db := piece.snr_db) is not None]
    snr_db = statistics.median(known) if known else None
    if snr_db is not None and snr_db < SNR_MIN_DB:
        reasons.append(Remark("noise", {"snr_db": snr_db}))
    spoilt = float(np.mean([is_spoilt(piece) for piece in pieces]))
    return LeadQuality(spoilt <= MOST_BAD_TIME, tuple(reasons), None if snr_db is None else round(snr_db, 1))


def _judge_record(judged: dict[str, LeadQuality], features: dict[str, list[LeadFeatures]]) -> tuple[bool, list[Remark]]:
    """Return whether the record can be used, and the remarks on it."""
    names = judged_names(list(judged))
    bad = [name for name in names if not judged[name].usable]
    reasons: list[Remark] = []
    if all(np.mean([piece.flat for piece in features[name]]) > 0.9 for name in judged):
        return False, [Remark("all-flat")]
    usable = enough_leads(names, bad)
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
        [max(min(value_of(lead, limit) / limit.spoilt, 4.0) for limit in LIMITS) for lead in leads]
    )
    return float(1.2 * max(min(lead.flat / 0.5, 1.0) for lead in leads) + ratios.mean())
