"""From a record and its beats to waves, the median beat and everything measured on them.

Measurement reads the recorded voltages: display filters never come here, and the delineating network only says where
waves begin and end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.atrial import Stretch, atria_of, overall, without_false_p
from cardio_desktop.analysis.beat_types import without_early
from cardio_desktop.analysis.classical import classical_segments
from cardio_desktop.analysis.conduction import conducted_kinds
from cardio_desktop.analysis.delineation import Segment, lead_segments, waves_of, without_lone_qrs
from cardio_desktop.analysis.edges import EdgeView, complex_height, refined
from cardio_desktop.analysis.global_waves import GlobalWave, Others, global_waves, others_of, steady_complex
from cardio_desktop.analysis.intervals import Intervals, intervals_of, with_waves
from cardio_desktop.analysis.median_beat import Stack, dominant_stack, fine_grid
from cardio_desktop.analysis.p_search import with_blocked_p, with_hidden_p
from cardio_desktop.analysis.p_waves import p_waves_of
from cardio_desktop.analysis.st_shift import st_episodes
from cardio_desktop.analysis.stretches import blanked
from cardio_desktop.analysis.t_shift import t_episodes
from cardio_desktop.core.beat_kinds import ECTOPIC
from cardio_desktop.core.beat_waves import BeatWaves, assigned
from cardio_desktop.core.bridging import bridge_gaps
from cardio_desktop.core.findings import Beat, MedianBeat, Quality, Wave
from cardio_desktop.core.leads import EINTHOVEN, LEADS12
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.quantities import ALLOWED_MS
from cardio_desktop.core.record import Lead, Record
from cardio_desktop.model.conditioning import RATE_HZ
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.model.preprocess import resample
from cardio_desktop.reading.limits import LONGEST_S
from cardio_desktop.reading.passage import Measured, Passage
from cardio_desktop.words import Remark

COMMON_HZ = 500.0


def measure_passage(passage: Passage, delineator: Delineator | None, progress: Progress | None = None) -> Measured:
    """Delineate and measure the usable leads of a passage; of a long one, its first `LONGEST_S`.

    Without a `delineator` the classical method finds the waves. `progress` gets 0 to 100 and may raise to cancel. What
    the network said is heard on whether the atria fibrillate, and nowhere else.
    """
    beats, base = passage.beats, passage.measured.measurements
    leads = measured_leads(passage.seen, passage.quality)
    start_s, end_s = passage.start_s, min(passage.end_s, passage.start_s + LONGEST_S)
    inside = [k for k, beat in enumerate(beats) if start_s <= beat.time_s < end_s]
    if not leads or not inside:
        return Measured((), None, base, beats=beats)
    first_s, rate_hz, array = lead_array(leads, start_s, end_s, passage.quality)
    beats_s = [beats[k].time_s - first_s for k in inside]
    kept = [beats[k] for k in inside]
    ectopic = [beat.kind in ECTOPIC for beat in kept]
    said, names = passage.opinion.said, tuple(leads)
    segments, atria, others = find_segments(array, rate_hz, beats_s, delineator, progress, ectopic, said, names)
    together = [global_waves(segments, "P"), *others]
    own = assigned(beats_s, *together)
    traces = {name: (first_s, rate_hz, array[k]) for k, name in enumerate(leads)}
    waves = _in_order([*_global(together, own, beats_s, first_s), *waves_of(segments, traces, first_s)])
    p = p_waves_of(beats, waves)
    typed = beats
    if p is not None:
        qrs_s = np.full(len(beats), np.nan)
        for k, w in zip(inside, own, strict=True):
            qrs_s[k] = w.qrs.offset_s - w.qrs.onset_s if w.qrs is not None else np.nan
        typed = conducted_kinds(beats, p, qrs_s)
        p = p_waves_of(typed, waves) if typed != beats else p
    median, intervals = _median_beat(
        tuple(leads), array, rate_hz, kept, beats_s, own, segments, _without_p(atria), has_p=p is not None and p.present
    )
    errors = _validated(delineator)
    odd = [typed[k].kind in ECTOPIC for k in inside]
    st = (*st_episodes(array, rate_hz, names, own, odd, first_s), *t_episodes(array, rate_hz, names, own, odd, first_s))
    shifted = tuple(replace(s, start_s=s.start_s + first_s, end_s=s.end_s + first_s) for s in atria)
    typed = without_early(typed, [(s.start_s, s.end_s) for s in shifted if s.without_p])
    return Measured(waves, median, with_waves(base, intervals, median, errors), shifted, p, typed, st)


def find_segments(
    leads_mv: NDArray[np.float64],
    rate_hz: float,
    beats_s: Sequence[float],
    delineator: Delineator | None,
    progress: Progress | None = None,
    ectopic: Sequence[bool] = (),
    network: Mapping[str, float] | None = None,
    names: Sequence[str] = (),
) -> tuple[list[list[Segment]], list[Stretch], Others]:
    """Return the segments of each lead (lead, n), whether the atria fibrillate, QRS and T of all leads; from 0 s on.

    Where they do, nothing is a P wave. `ectopic` says so of each beat, `network` are probabilities of statements,
    `names` those of the leads.
    """
    found = without_lone_qrs(_delineated(leads_mv, rate_hz, beats_s, delineator, progress), beats_s)
    others = others_of(found)

    def changed(segments: list[list[Segment]]) -> Others:
        # How many leads must show QRS and T goes by how many show anything, and P on the end of T cuts T short.
        def same(own: list[Segment], before: list[Segment]) -> bool:
            kept = [[s for s in one if s.wave != "P"] for one in (own, before)]
            return kept[0] == kept[1] and bool(own) == bool(before)

        return others if all(map(same, segments, found)) else others_of(segments)

    with_hidden = with_hidden_p(leads_mv, rate_hz, found, beats_s, ectopic, others, names)
    atria = atria_of(leads_mv, rate_hz, with_hidden, beats_s, ectopic, network, names, changed(with_hidden))
    true = without_false_p(with_hidden, atria)
    whole = with_blocked_p(leads_mv, rate_hz, true, beats_s, changed(true))
    return whole, atria, changed(whole)


def _delineated(
    leads_mv: NDArray[np.float64],
    rate_hz: float,
    beats_s: Sequence[float],
    delineator: Delineator | None,
    progress: Progress | None,
) -> list[list[Segment]]:
    if delineator is None:
        return classical_segments(leads_mv, rate_hz, beats_s)
    probabilities, ecg = delineator.look(leads_mv, rate_hz, progress)
    found = lead_segments(probabilities, float(RATE_HZ), delineator.card.bias_ms)
    whole = bridge_gaps(leads_mv.astype(np.float32))[0]
    height_mv = complex_height(found, whole, rate_hz)
    seen = EdgeView(ecg, probabilities, float(RATE_HZ), whole, rate_hz, height_mv)
    return refined(found, seen, delineator.card.edges)


def _without_p(atria: Sequence[Stretch]) -> Remark | None:
    """Return why there is no P wave, by the judgement that names the rhythm; None where the atria beat."""
    judged = overall(atria)
    if judged is None or not judged.without_p:
        return None
    return Remark("atria-fibrillate" if judged.log_odds > 0.0 else "atria-flutter")


def measured_leads(record: Record, quality: Quality) -> dict[str, Lead]:
    """Return the leads that are measured: usable standard ones, else whatever ECG there is."""

    def usable(name: str) -> bool:
        return name not in quality.leads or quality.leads[name].usable

    standard = {name: lead for name, lead in record.leads.items() if usable(name)}
    return standard or {name: lead for name, lead in record.other_ecg.items() if usable(name)}


def lead_array(
    leads: Mapping[str, Lead], start_s: float, end_s: float, quality: Quality
) -> tuple[float, float, NDArray[np.float64]]:
    """Return (time of the first sample, rate, (lead, n) in mV, NaN where nothing can be read) of leads together.

    Leads of one rate come as they are, others are brought to `COMMON_HZ`. Derived limb leads are made of I and II.
    """
    rates = {lead.rate_hz for lead in leads.values()}
    read: dict[str, tuple[float, NDArray[np.float64]]] = {}
    for name, lead in leads.items():
        if name in EINTHOVEN and not lead.stored and {"I", "II"} <= read.keys():
            (at, one), (_, two) = read["I"], read["II"]
            n = min(one.size, two.size)
            read[name] = at, EINTHOVEN[name][0] * one[:n] + EINTHOVEN[name][1] * two[:n]
        else:
            read[name] = lead.between(start_s, end_s)
    for name, (at, mv) in read.items():
        read[name] = at, blanked(mv, at, leads[name].rate_hz, quality.unread_s(name))
    if len(rates) == 1:
        rate_hz, first_s, rows = rates.pop(), next(iter(read.values()))[0], [mv for _, mv in read.values()]
    else:
        rate_hz, first_s = COMMON_HZ, start_s
        rows = [_at_rate(mv, leads[name].rate_hz, rate_hz) for name, (_, mv) in read.items()]
    array = np.full((len(rows), max(row.size for row in rows)), np.nan)
    for k, row in enumerate(rows):
        array[k, : row.size] = row
    return first_s, rate_hz, array


def _at_rate(mv: NDArray[np.float64], rate_hz: float, target_hz: float) -> NDArray[np.float64]:
    known = np.isfinite(mv)
    if not known.any():
        return np.full(int(mv.size * target_hz / rate_hz), np.nan)
    index = np.arange(mv.size)
    whole = np.interp(index, index[known], mv[known]).astype(np.float32)
    out = resample(whole[None], rate_hz, target_hz)[0].astype(np.float64)
    nearest = np.clip(np.rint(np.arange(out.size) * rate_hz / target_hz).astype(int), 0, mv.size - 1)
    out[~known[nearest]] = np.nan
    return np.asarray(out)


def _global(
    together: Sequence[Sequence[GlobalWave]],
    own: Sequence[BeatWaves[GlobalWave]],
    beats_s: Sequence[float],
    first_s: float,
) -> list[Wave]:
    """Return the waves of all leads together; QRS peaks at its beat, P and T in the middle of what leads say.

    `first_s` is the time at which they count 0.
    """
    out = [
        Wave("global", "QRS", w.qrs.onset_s + first_s, beats_s[w.beat] + first_s, w.qrs.offset_s + first_s)
        for w in own
        if w.qrs is not None
    ]
    atrial, _, recovery = together
    return out + [Wave("global", w.wave, w.onset_s + first_s, None, w.offset_s + first_s) for w in (*atrial, *recovery)]


def _in_order(waves: Sequence[Wave]) -> tuple[Wave, ...]:
    """Return the waves lead by lead, each ascending."""
    order = {name: k for k, name in enumerate(("global", *LEADS12))}
    by_lead: dict[str, list[Wave]] = {}
    for wave in waves:
        by_lead.setdefault(wave.lead, []).append(wave)
    leads = sorted(by_lead, key=lambda name: (order.get(name, 99), name))
    return tuple(wave for lead in leads for wave in sorted(by_lead[lead], key=attrgetter("onset_s")))


def _median_beat(
    names: tuple[str, ...],
    array: NDArray[np.float64],
    rate_hz: float,
    beats: Sequence[Beat],
    beats_s: Sequence[float],
    own: Sequence[BeatWaves[GlobalWave]],
    segments: Sequence[Sequence[Segment]],
    no_p: Remark | None,
    *,
    has_p: bool,
) -> tuple[MedianBeat | None, Intervals]:
    candidates = dominant_beats(beats, own)
    fine, fine_hz = fine_grid(array, rate_hz)
    onsets = np.full(len(beats), np.nan)
    for w in own:
        if w.qrs is not None:
            onsets[w.beat] = w.qrs.onset_s
    stack = dominant_stack(fine, fine_hz, beats_s, onsets, candidates)
    if stack is None:
        return None, intervals_of(own, {k: beats_s[k] for k in candidates}, no_p, has_p=has_p)
    centres = dict(zip(stack.beats, stack.centres_s, strict=True))
    intervals = intervals_of(own, centres, no_p, has_p=has_p, steady=steady_complex(segments, centres))
    return _finished(names, stack, intervals.marks_s), intervals


def dominant_beats(beats: Sequence[Beat], own: Sequence[BeatWaves[GlobalWave]]) -> list[int]:
    """Return the delineated beats of the commonest shape; where one's shape is unknown, all that are not ectopic."""
    delineated = [w.beat for w in own if w.qrs is not None]
    shapes = [beats[k].shape for k in delineated]
    if all(shape is not None for shape in shapes) and shapes:
        commonest = max(set(shapes), key=lambda shape: (shapes.count(shape), -(shape or 0)))
        return [k for k, shape in zip(delineated, shapes, strict=True) if shape == commonest]
    usual = [k for k in delineated if beats[k].kind not in ECTOPIC]
    return usual or delineated


def _finished(names: tuple[str, ...], stack: Stack, marks_s: Mapping[str, float]) -> MedianBeat:
    """Return the median beat with its marks, the peak of T among them."""
    samples = stack.median()
    marks = dict(marks_s)
    if "t_onset" in marks and "t_offset" in marks:
        low, high = (stack.zero + round(marks[name] * stack.rate_hz) for name in ("t_onset", "t_offset"))
        part = np.sqrt(np.nanmean(samples[:, max(low, 0) : high + 1].astype(np.float64) ** 2, axis=0))
        if part.size and np.isfinite(part).any():
            marks["t_peak"] = (max(low, 0) + int(np.nanargmax(part)) - stack.zero) / stack.rate_hz
    return MedianBeat(names, samples, stack.rate_hz, stack.zero, len(stack.beats), marks)


def _validated(delineator: Delineator | None) -> Mapping[str, float]:
    """Return the standard deviation of each interval's error as the delineator's card has it.

    Without validated figures the one that is allowed stands for it.
    """
    found = delineator.card.raw.get("metrics", {}).get("intervals", {}).get("intervals", {}) if delineator else {}
    return {name: float(found.get(name, {}).get("sd_ms") or limit) for name, (_, limit) in ALLOWED_MS.items()}
