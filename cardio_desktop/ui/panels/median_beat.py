"""What stands beside the median beat: the single beats over one another, and the evidence by phase."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat, Evidence, Findings, MedianBeat
from cardio_desktop.core.record import Record

MOST_BEATS = 40
"""More beats than this over one another are a smear; of a long record, that many are drawn, spread evenly."""
BASELINE_S = (-0.12, -0.06)
"""Where a beat's own zero is taken if the median has no QRS onset: before most QRS complexes, after most P waves."""
PHASE_STEP_S = 0.01


@dataclass(frozen=True, eq=False)
class Phase:
    """Mean evidence per bin [lead, phase] of the beats, phase k at `start_s` + k * PHASE_STEP_S from the R peak."""

    leads: tuple[str, ...]
    start_s: float
    values: NDArray[np.float32]


def dominant_beats(findings: Findings) -> tuple[Beat, ...]:
    """Return the beats that a median is made of: those of the commonest shape, or all where shapes are not known."""
    shaped = tuple(beat for beat in findings.beats if beat.shape == 0)
    chosen = shaped or tuple(beat for beat in findings.beats if beat.kind in (BeatKind.NORMAL, BeatKind.UNKNOWN))
    step = max(1, -(-len(chosen) // MOST_BEATS))
    return chosen[::step]


def single_beats(record: Record, findings: Findings, median: MedianBeat, lead: str) -> list[NDArray[np.float64]]:
    """Return the dominant beats of one lead in mV, each [sample] at the median's times and against its own PR baseline.

    Beats that reach beyond the record are left out; missing samples are NaN. Raises CardioError where the file can no
    longer be read.
    """
    if lead not in record.traces:
        return []
    trace = record.traces[lead]
    count = median.samples_mv.shape[1]
    times = (np.arange(count) - median.zero) / median.rate_hz
    onset = median.marks_s.get("qrs_onset")
    low, high = BASELINE_S if onset is None else (onset - 0.03, onset)
    baseline = (times >= low) & (times <= high)
    out = []
    for beat in dominant_beats(findings):
        start_s, end_s = beat.time_s + times[0] - 0.01, beat.time_s + times[-1] + 0.01
        if start_s < 0 or end_s > record.duration_s:
            continue
        first_s, millivolts = trace.between(start_s, end_s)
        if len(millivolts) < 2:
            continue
        own = first_s + np.arange(len(millivolts)) / trace.rate_hz - beat.time_s
        row = np.interp(times, own, millivolts)
        zero = row[baseline] if baseline.any() else row[:1]
        known = zero[np.isfinite(zero)]
        if known.size:
            out.append(row - float(np.median(known)))
    return out


def evidence_by_phase(evidence: Evidence, code: str, findings: Findings, median: MedianBeat) -> Phase:
    """Return the evidence for `code` by phase of the beat, averaged over the dominant beats (logit per bin)."""
    start_s = -median.zero / median.rate_hz
    end_s = (median.samples_mv.shape[1] - median.zero) / median.rate_hz
    phases = np.arange(start_s, end_s, PHASE_STEP_S)
    values = evidence.of(code)
    total = np.zeros((values.shape[0], len(phases)), dtype=np.float64)
    seen = np.zeros(len(phases))
    for beat in dominant_beats(findings):
        bins = np.floor((beat.time_s + phases - evidence.start_s) / evidence.bin_s + 1e-9).astype(int)
        inside = (bins >= 0) & (bins < values.shape[1])
        total[:, inside] += values[:, bins[inside]]
        seen[inside] += 1
    mean = total / np.maximum(seen, 1)
    return Phase(evidence.leads, float(start_s), mean.astype(np.float32))
