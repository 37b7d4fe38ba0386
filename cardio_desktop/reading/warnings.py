"""What a reader must know about a passage before believing what was found in it."""

from __future__ import annotations

from cardio_desktop.core.findings import Prediction
from cardio_desktop.model.risk import ADULT_YEARS
from cardio_desktop.reading.limits import LONGEST_S
from cardio_desktop.reading.opinion import SLOWEST_HZ
from cardio_desktop.reading.passage import OTHER_RATE, Passage
from cardio_desktop.words import Remark

PART_WARNING = Remark("waves-part-only", {"high_s": LONGEST_S})
MOST_NAMED = 5
SHORTEST_HOLE_S = 1.0
"""From here on it is told that the network saw nothing; its windows end on the grid of its bins."""


def warnings_on(passage: Passage, to_the_end: bool) -> tuple[Remark, ...]:
    """Return the warnings, the gravest first, none twice; `to_the_end` where nobody asked for an earlier end."""
    every = [
        *_other_rate(passage),
        *_reversal(passage),
        *passage.record.warnings,
        *_part(passage, to_the_end),
        *_gaps(passage),
        *([PART_WARNING] if passage.beats and passage.length_s > LONGEST_S else []),
        *_network(passage),
    ]
    return tuple(dict.fromkeys(every))


def _part(passage: Passage, to_the_end: bool) -> list[Remark]:
    low, high, whole = passage.start_s, passage.end_s, passage.record.duration_s
    if low == 0 and high == whole:
        return []
    if low == 0 and to_the_end:
        return [Remark("first-only", {"high_s": LONGEST_S, "whole_s": whole})]
    return [Remark("part-only", {"low_s": low, "high_s": high, "whole_s": whole})]


def _network(passage: Passage) -> list[Remark]:
    """Return what a reader must know about the network's input."""
    opinion, record = passage.opinion, passage.record
    prediction = opinion.prediction
    if prediction is None:
        return []
    said = []
    if opinion.slow:
        said.append(Remark("leads-slow", {"least_hz": SLOWEST_HZ, "leads": opinion.slow}))
    absent = [name for name in prediction.missing_leads if name not in record.leads]
    if absent:
        said.append(Remark("leads-absent", {"leads": tuple(absent)}))
    if opinion.withheld:
        said.append(Remark("leads-noisy", {"leads": opinion.withheld}))
    for low, high in uncovered(prediction, passage.start_s, passage.end_s):
        said.append(Remark("not-judged", {"low_s": low, "high_s": high}))
    if record.patient.age_years is None and not record.simulated:
        said.append(Remark("no-age", {"adult_years": ADULT_YEARS}))
    return said


def uncovered(prediction: Prediction, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Return the stretches of a second or more that no window covers."""
    edge, holes = start_s, []
    for window in sorted(prediction.windows, key=lambda w: w.start_s):
        holes.append((edge, window.start_s))
        edge = max(edge, window.end_s)
    return [(low, high) for low, high in [*holes, (edge, end_s)] if high - low >= SHORTEST_HOLE_S]


def _other_rate(passage: Passage) -> list[Remark]:
    """Return a remark where the recorder counted a very different heart rate: then the time axis may be wrong."""
    stored, ours = passage.record.stored, passage.measured.measurements.heart_rate_bpm
    device = stored.measurements.get("heart_rate_bpm") if stored else None
    if device is None or ours is None or max(ours / device, device / ours) < OTHER_RATE:
        return []
    return [Remark("stored-other-rate", {"device_bpm": device, "ours_bpm": ours})]


def _reversal(passage: Passage) -> list[Remark]:
    return [Remark("swapped", {"swap": passage.quality.reversal})] if passage.quality.reversal else []


def _gaps(passage: Passage) -> list[Remark]:
    """Return a remark on stretches without signal, and before it that little was recorded where that is so."""
    gaps, whole_s = passage.unrecorded, passage.length_s
    if not gaps:
        return []
    spans = tuple(Remark("span", {"low_s": gap.start_s, "high_s": gap.end_s}) for gap in gaps[:MOST_NAMED])
    total_s = sum(gap.end_s - gap.start_s for gap in gaps)
    said = [Remark("gaps", {"total_s": total_s, "spans": spans, "more": max(len(gaps) - MOST_NAMED, 0)})]
    if total_s > 0.5 * whole_s:
        said.insert(0, Remark("mostly-gaps", {"recorded_s": whole_s - total_s, "whole_s": whole_s}))
    return said
