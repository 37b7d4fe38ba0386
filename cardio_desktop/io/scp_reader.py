"""SCP-ECG 1.x to 3: Huffman coded differences, reference beats added back, decimated stretches filled in.

Source: EN 1064:2005 (ISO 11073-91064:2009). No public file uses reference beats or bimodal compression: those two are
proved on files made by the standard, not on real ones, and a record that needs them says so.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.record import Annotation, Channel, Record
from cardio_desktop.core.stored import StoredBeat
from cardio_desktop.io.files import file_size, read_bytes
from cardio_desktop.io.parts import interval_rate_hz, joined, make_channel
from cardio_desktop.io.scp_sections import (
    MAX_SCP_BYTES,
    Beats,
    LeadSpan,
    ScpFile,
    Waves,
    read_beats,
    read_leads,
    read_waves,
    wave_header,
)
from cardio_desktop.io.scp_stored import read_patient, read_stored
from cardio_desktop.words import Remark

_EXPORT = Remark("export-no-compression")
MAX_DECIMATION = 16


def read_scp(path: Path) -> Record:
    """Return the record in an SCP-ECG file; raises ReadError."""
    if file_size(path) > MAX_SCP_BYTES:
        raise ReadError(path, Remark("scp-too-large", {"most_mb": MAX_SCP_BYTES >> 20}), Remark("export-again"))
    file = ScpFile(path, read_bytes(path, MAX_SCP_BYTES))
    spans, subtracted = read_leads(file)
    header = wave_header(file, 6)
    if header is None:
        raise ReadError(path, Remark("scp-no-rhythm"), Remark("export-whole"))
    beats = read_beats(file, subtracted or header.bimodal)
    reference = _reference(file, spans, beats, subtracted or header.bimodal)
    told: list[Remark] = []
    if header.bimodal:
        rhythm = _decimated(file, spans, beats, reference)
        told.append(Remark("scp-bimodal"))
    else:
        rhythm = read_waves(file, 6, [span.count for span in spans])
    if subtracted:
        rhythm = _added(path, rhythm, spans, beats, reference)
        told.append(Remark("scp-subtracted"))
    if file.damaged:
        parts = tuple(Remark("scp-section", {"number": k}) if k else Remark("scp-the-whole") for k in file.damaged)
        told.append(Remark("scp-checksum", {"parts": parts}))
    rate_hz = interval_rate_hz(rhythm.step_us * 1e-6, 0.5e-6)
    channels = _channels(path, rhythm, spans, rate_hz)
    patient, start, words = read_patient(file)
    stored, spikes = read_stored(file, _beat(reference, spans), words)
    duration_s = max(channel.duration_s for channel in channels)
    first = min(span.first for span in spans)
    marks = [Annotation((beat.fiducial - first) / rate_hz, "QRS", "wave", "", "SCP-ECG") for beat in beats.beats]
    return Record(
        path=path,
        format="SCP-ECG",
        channels=channels,
        start_time=start,
        patient=patient,
        annotations=tuple(mark for mark in (*marks, *spikes) if 0 <= mark.time_s <= duration_s),
        warnings=tuple(told),
        device=stored.device,
        stored=stored,
    )


def _channels(path: Path, rhythm: Waves, spans: list[LeadSpan], rate_hz: float) -> tuple[Channel, ...]:
    first = min(max(span.first, 1) for span in spans)
    channels = []
    seen: dict[str, int] = {}
    for span, values in zip(spans, rhythm.leads, strict=True):
        seen[span.name] = seen.get(span.name, 0) + 1
        label = span.name if seen[span.name] == 1 else f"{span.name} ({seen[span.name]})"
        pieces = [((max(span.first, 1) - first) / rate_hz, values.astype(np.int32))]
        samples = joined(path, label, pieces, rate_hz)
        channels.append(make_channel(path, label, samples, rate_hz, "nV", float(rhythm.nanovolts)))
    return tuple(channels)


def _reference(file: ScpFile, spans: list[LeadSpan], beats: Beats, needed: bool) -> Waves | None:
    """Return the reference beat of section 5; one that is not needed and damaged is left out."""
    header = wave_header(file, 5)
    if header is None or not beats.length_ms:
        if needed:
            raise ReadError(file.path, Remark("scp-reference-missing"), _EXPORT)
        return None
    try:
        return read_waves(file, 5, [round(beats.length_ms * 1000 / header.step_us)] * len(spans))
    except ReadError:
        if needed:
            raise
        return None


def _beat(reference: Waves | None, spans: list[LeadSpan]) -> StoredBeat | None:
    if reference is None:
        return None
    leads = {
        span.name: values.astype(np.float64) * (reference.nanovolts * 1e-6)
        for span, values in zip(spans, reference.leads, strict=True)
    }
    return StoredBeat(interval_rate_hz(reference.step_us * 1e-6, 0.5e-6), leads, "reference beat")


def _decimated(file: ScpFile, spans: list[LeadSpan], beats: Beats, reference: Waves | None) -> Waves:
    """Return the leads of a bimodal section 6 at the full rate.

    Within the protected zones every sample is stored; outside, each value stands for the middle of as many samples as
    the decimation says, and what lies between is taken from the straight line.
    """
    header = wave_header(file, 6)
    assert header is not None
    assert reference is not None
    factor, rest = divmod(header.step_us, reference.step_us)
    if rest or not 1 <= factor <= MAX_DECIMATION or not beats.protected:
        raise ReadError(file.path, Remark("scp-bimodal-unfit"), _EXPORT)
    plans = [_plan(span, beats.protected, factor) for span in spans]
    waves = read_waves(file, 6, [len(places) for places in plans])
    leads = tuple(
        np.round(np.interp(np.arange(span.count), places, values)).astype(np.int64)
        for span, places, values in zip(spans, plans, waves.leads, strict=True)
    )
    return Waves(waves.nanovolts, reference.step_us, True, leads)


def _plan(span: LeadSpan, protected: tuple[tuple[int, int], ...], factor: int) -> NDArray[np.float64]:
    """Return where on a lead (0 is its first sample) each stored value of a bimodal section lies."""
    places: list[NDArray[np.float64]] = []
    at = 0
    for begin, end in sorted(protected):
        begin, end = max(begin - span.first, at), min(end - span.first + 1, span.count)
        if end <= begin:
            continue
        places += [_middles(at, begin, factor), np.arange(begin, end, dtype=np.float64)]
        at = end
    return np.concatenate([*places, _middles(at, span.count, factor)])


def _middles(start: int, stop: int, factor: int) -> NDArray[np.float64]:
    """Return the middles of the groups of `factor` samples in start <= i < stop, of which the last may be smaller."""
    firsts = np.arange(start, stop, factor)
    return (firsts + np.minimum(firsts + factor, stop) - 1) / 2.0


def _added(path: Path, rhythm: Waves, spans: list[LeadSpan], beats: Beats, reference: Waves | None) -> Waves:
    """Return the leads with the reference beat added in the zone of each beat of its type (0)."""
    if reference is None or reference.step_us != rhythm.step_us:
        raise ReadError(path, Remark("scp-reference-rate"), _EXPORT)
    unit = math.gcd(rhythm.nanovolts, reference.nanovolts)
    of_rhythm, of_reference = rhythm.nanovolts // unit, reference.nanovolts // unit
    leads = []
    for span, values, beat_values in zip(spans, rhythm.leads, reference.leads, strict=True):
        whole = values * of_rhythm
        # Beats counted from 1, like the samples: the fiducial points lie on one another.
        for beat in (beat for beat in beats.beats if beat.kind == 0):
            shift = beat.fiducial - beats.fiducial
            first = max(beat.start, span.first, shift + 1)
            last = min(beat.end, span.first + len(whole) - 1, shift + len(beat_values))
            if first <= last:
                part = beat_values[first - shift - 1 : last - shift]
                whole[first - span.first : last - span.first + 1] += part * of_reference
        if np.abs(whole).max(initial=0) >= 2**31:
            raise ReadError(path, Remark("scp-reference-large"), _EXPORT)
        leads.append(whole)
    return Waves(unit, rhythm.step_us, rhythm.bimodal, tuple(leads))
