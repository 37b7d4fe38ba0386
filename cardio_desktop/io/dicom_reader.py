"""DICOM waveforms: 12-lead, general, ambulatory and 32-bit ECG, and the ECG within hemodynamic recordings.

Source: DICOM PS3.3 2024, A.34 and C.10.9. pydicom parses the data set; counts, scales, padding and names are handled
here, because pydicom passes companded samples on as linear ones and knows nothing of padding.
"""

from __future__ import annotations

import logging
import re
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import CardioError, ReadError, one_line
from cardio_desktop.core.leads import canonical_lead, is_other_ecg
from cardio_desktop.core.record import Channel, Gap, Patient, Record
from cardio_desktop.core.stored import StoredBeat
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.dicom_library import load_pydicom
from cardio_desktop.io.dicom_stored import Group, stored_and_marks
from cardio_desktop.io.files import file_size, read_bytes
from cardio_desktop.io.lead_codes import LEAD_OF_CODE
from cardio_desktop.io.parts import (
    MAX_CHANNELS,
    age_in_years,
    day_of,
    joined,
    make_channel,
    make_patient,
    moment_of,
    uncovered,
)
from cardio_desktop.words import Remark

MAX_DICOM_BYTES = 192 << 20
"""pydicom reads a waveform whole; a day of three leads at 500 Hz takes 260 MB and belongs into a Holter format."""
UNKNOWN_YEAR = "1900"
"""What our own files say where the moment of the recording is not known: DICOM demands one, of a year at least."""
_EXPORT = Remark("export-again")
_CLASSES = {
    "1.2.840.10008.5.1.4.1.1.9.1.1": "DICOM 12-lead ECG",
    "1.2.840.10008.5.1.4.1.1.9.1.2": "DICOM general ECG",
    "1.2.840.10008.5.1.4.1.1.9.1.3": "DICOM ambulatory ECG",
    "1.2.840.10008.5.1.4.1.1.9.1.4": "DICOM general 32-bit ECG",
    "1.2.840.10008.5.1.4.1.1.9.2.1": "DICOM hemodynamic waveform",
}
_DIRECTORY = "1.2.840.10008.1.3.10"
_SYNTAXES = {"1.2.840.10008.1.2": "<", "1.2.840.10008.1.2.1": "<", "1.2.840.10008.1.2.2": ">"}
"""The transfer syntaxes of waveforms: implicit and explicit little endian, explicit big endian."""
_TYPES = {"SB": "i1", "UB": "u1", "SS": "i2", "US": "u2", "SL": "i4", "UL": "u4"}
_COMPANDED = {"MB": "mu-law", "AB": "A-law"}
_AVERAGES = ("MEDIAN", "AVERAGE", "REPRESENTATIVE", "TEMPLATE")
LONGEST_BEAT_S = 2.5
"""A derived group that is no longer than this is a median beat, whatever its label says."""
FEWEST_PADDED = 10
"""So many samples in a row, in all channels at once, are taken for padding at an end: fewer may be signal."""


@dataclass(frozen=True)
class _Lead:
    """One channel of a multiplex group: value = (count - baseline) x unit_per_count, in `unit`."""

    label: str
    lead: str | None
    unit: str
    unit_per_count: float
    baseline: float
    offset_s: float
    prefilter: str
    counts: NDArray[Any]

    @property
    def scale(self) -> tuple[str, float, float]:
        return self.unit, self.unit_per_count, self.baseline


def read_dicom(path: Path) -> Record:
    """Return the record in a DICOM waveform file; raises ReadError."""
    if file_size(path) > MAX_DICOM_BYTES:
        raise ReadError(path, Remark("dicom-too-large", {"most_mb": MAX_DICOM_BYTES >> 20}), Remark("export-edf-wfdb"))
    if read_bytes(path, 132)[128:] != b"DICM":
        raise ReadError(path, Remark("no-dicom"), Remark("export-dicom"))
    pydicom = load_pydicom()

    logging.getLogger("pydicom").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
        try:
            return _record(path, pydicom)
        except CardioError:
            raise
        except Exception as error:  # pydicom lets every kind of error out of a damaged file
            problem = Remark("dicom-damaged", {"text": one_line(str(error), 80) or type(error).__name__})
            raise ReadError(path, problem, Remark("copy-it-from-source")) from error


def _record(path: Path, pydicom: Any) -> Record:
    meta = pydicom.filereader.read_file_meta_info(path)
    if str(meta.get("MediaStorageSOPClassUID", "")) == _DIRECTORY:
        raise ReadError(path, Remark("dicom-contents"), Remark("open-its-folder"))
    order = _SYNTAXES.get(str(meta.get("TransferSyntaxUID", "")))
    if order is None:
        raise ReadError(path, Remark("dicom-syntax"), Remark("export-uncompressed"))
    data = pydicom.dcmread(path, stop_before_pixels=True)
    groups = list(data.get("WaveformSequence") or ())
    if not groups:
        kind = one_line(str(data.get("SOPClassUID", "an object")), 60)
        kind = one_line(getattr(data.get("SOPClassUID"), "name", "") or kind, 60)
        raise ReadError(path, Remark("dicom-no-waveform", {"text": kind}), Remark("choose-dicom-ecg"))
    told: list[Remark] = []
    rhythm: list[tuple[Group, list[_Lead]]] = []
    median: tuple[Group, list[_Lead]] | None = None
    for number, item in enumerate(groups, start=1):
        group = _group(path, item, number)
        if group.is_beat and median is not None:
            continue
        leads = _leads(path, item, group, order)
        if not leads:
            told.append(Remark("group-no-voltage", {"number": number, "text": group.label or "no name"}))
        elif group.is_beat:
            median = group, leads
        else:
            rhythm.append((group, leads))
    if not rhythm:
        raise ReadError(path, Remark("dicom-no-rhythm"), Remark("export-whole"))
    channels, gaps = _channels(path, rhythm, told)
    start = _start(data)
    origin_s = min(lead.offset_s for _, leads in rhythm for lead in leads)
    beat = _beat(median) if median else None
    stored, marks = stored_and_marks(data, [g for g, _ in rhythm], median[0] if median else None, beat, origin_s)
    duration_s = max(channel.duration_s for channel in channels)
    return Record(
        path=path,
        format=_CLASSES.get(str(data.get("SOPClassUID", "")), "DICOM waveform"),
        channels=channels,
        start_time=start,
        patient=_patient(data, start),
        annotations=tuple(mark for mark in marks if 0 <= mark.time_s <= duration_s),
        gaps=gaps,
        warnings=tuple(dict.fromkeys(told)),
        device=stored.device,
        simulated="simulated" in str(data.get("StudyDescription") or "").casefold(),
        stored=stored,
        deidentified=_how_deidentified(data),
    )


def _group(path: Path, item: Any, number: int) -> Group:
    channels, samples = item.get("NumberOfWaveformChannels"), item.get("NumberOfWaveformSamples")
    rate = item.get("SamplingFrequency")
    rate_hz = float(rate) if rate is not None else 0.0
    if not isinstance(channels, int) or not isinstance(samples, int) or not 0 < channels <= MAX_CHANNELS or samples < 1:
        raise ReadError(path, Remark("group-claims", {"number": number, "text": channels, "samples": samples}), _EXPORT)
    if not 0 < rate_hz <= 1e5:
        raise ReadError(path, Remark("group-rate", {"number": number, "text": rate}), _EXPORT)
    label = one_line(str(item.get("MultiplexGroupLabel") or ""), 40)
    named = any(word in label.upper() for word in _AVERAGES)
    short = str(item.get("WaveformOriginality", "")) == "DERIVED" and samples / rate_hz <= LONGEST_BEAT_S
    trigger = item.get("TriggerSamplePosition")
    return Group(
        number=number,
        label=label,
        rate_hz=rate_hz,
        offset_s=float(item.get("MultiplexGroupTimeOffset") or 0.0) / 1000.0,
        samples=samples,
        channels=channels,
        is_beat=named or short,
        trigger=int(trigger) if isinstance(trigger, int) and trigger > 0 else None,
    )


def _leads(path: Path, item: Any, group: Group, order: str) -> list[_Lead]:
    """Return the channels of a group that are voltages; raises ReadError where an ECG lead has no scale."""
    definitions = list(item.get("ChannelDefinitionSequence") or ())
    if len(definitions) != group.channels:
        problem = Remark(
            "group-describes", {"number": group.number, "held": len(definitions), "claimed": group.channels}
        )
        raise ReadError(path, problem, _EXPORT)
    known = [(definition, *_name(definition)) for definition in definitions]
    wanted = [(k, *one) for k, one in enumerate(known) if _is_ecg(*one)]
    if not wanted:
        return []
    counts = _padded(item, _counts(path, item, group, order))
    return [_lead(path, definition, label, lead, group, counts[:, k]) for k, definition, label, lead in wanted]


def _counts(path: Path, item: Any, group: Group, order: str) -> NDArray[Any]:
    """Return samples x channels, a view into the file's bytes; raises ReadError where they are too few or companded."""
    kind, bits = str(item.get("WaveformSampleInterpretation", "")), item.get("WaveformBitsAllocated")
    if kind in _COMPANDED:
        # PS3.3 does not say how large one step of the expanded samples is, so a scale would be a guess.
        problem = Remark("companded", {"law": _COMPANDED[kind]})
        raise ReadError(path, problem, Remark("export-linear"))
    code = _TYPES.get(kind)
    if code is None or bits != 8 * int(code[1]):
        raise ReadError(path, Remark("samples-type", {"text": kind or "unknown", "bits": bits}), _EXPORT)
    raw = item.get("WaveformData")
    width = int(code[1])
    needed = group.samples * group.channels * width
    if not isinstance(raw, bytes) or len(raw) < needed:
        held = len(raw) if isinstance(raw, bytes) else 0
        problem = Remark("group-bytes", {"number": group.number, "held": held, "claimed": needed})
        raise ReadError(path, problem, Remark("copy-it-from-source"))
    flat = np.frombuffer(raw, dtype=f"{order}{code}" if width > 1 else code, count=group.samples * group.channels)
    return flat.reshape(group.samples, group.channels)


def _padded(item: Any, counts: NDArray[Any]) -> NDArray[Any]:
    """Return the counts, those that only fill as NaN; the array itself where there are none.

    A padding value is believed where it is the lowest count of its type, and at the ends where all channels hold it at
    once for a while. Files declare 0 as padding although it is the zero line.
    """
    declared = item.get("WaveformPaddingValue")
    value: int | None = None
    if isinstance(declared, bytes) and len(declared) >= counts.itemsize:
        value = int(np.frombuffer(declared[: counts.itemsize], dtype=counts.dtype)[0])
    elif isinstance(declared, int):
        value = declared
    if value is None:
        return counts
    filled = counts == value
    signed = np.issubdtype(counts.dtype, np.signedinteger)
    if not (signed and value == np.iinfo(counts.dtype).min):
        whole = filled.all(axis=1)
        first = int(np.argmin(whole)) if not whole.all() else len(whole)
        last = int(np.argmin(whole[::-1])) if not whole.all() else 0
        filled = np.zeros(counts.shape, dtype=bool)
        if first >= FEWEST_PADDED:
            filled[:first] = True
        if last >= FEWEST_PADDED:
            filled[len(whole) - last :] = True
    return np.where(filled, np.nan, counts.astype(np.float64)) if filled.any() else counts


def _lead(path: Path, definition: Any, label: str, lead: str | None, group: Group, counts: NDArray[Any]) -> _Lead:
    sensitivity, unit = _number(definition, "ChannelSensitivity"), _unit(definition)
    if not sensitivity:
        raise ReadError(path, Remark("no-sensitivity", {"label": label}), _EXPORT)
    if millivolts_per(unit) is None:
        raise ReadError(path, Remark("given-no-voltage", {"label": label, "unit": unit or Remark("no-unit")}), _EXPORT)
    correction = _number(definition, "ChannelSensitivityCorrectionFactor")
    per_count = sensitivity * (1.0 if correction is None else correction)
    if not per_count:
        raise ReadError(path, Remark("correction-zero", {"label": label}), _EXPORT)
    skew_s = (_number(definition, "ChannelSampleSkew") or 0.0) / group.rate_hz
    skew_s = skew_s or (_number(definition, "ChannelTimeSkew") or 0.0)
    cuts = [
        f"{word}:{_number(definition, tag):g}Hz"
        for word, tag in (("HP", "FilterLowFrequency"), ("LP", "FilterHighFrequency"), ("N", "NotchFilterFrequency"))
        if _number(definition, tag)
    ]
    return _Lead(
        label=label,
        lead=lead,
        unit=unit,
        unit_per_count=per_count,
        baseline=-(_number(definition, "ChannelBaseline") or 0.0) / per_count,
        offset_s=group.offset_s + skew_s,
        prefilter=" ".join(cuts),
        counts=counts,
    )


def _name(definition: Any) -> tuple[str, str | None]:
    """Return the label and the standard lead of a channel: by its code where that is known, else by its text."""
    source = next(iter(definition.get("ChannelSourceSequence") or ()), None)
    code = str(source.get("CodeValue", "")) if source is not None else ""
    meaning = one_line(str(source.get("CodeMeaning", "")), 60) if source is not None else ""
    text = meaning or one_line(str(definition.get("ChannelLabel") or ""), 60)
    found = re.fullmatch(r"(?:5\.6\.3-9-|2:)(\d{1,3})", code)
    if found and (name := LEAD_OF_CODE.get(int(found[1]))):
        return name, canonical_lead(name)
    if code.upper().startswith("MDC_ECG_LEAD_"):
        name = code[len("MDC_ECG_LEAD_") :]
        return canonical_lead(name) or name, canonical_lead(name)
    return canonical_lead(text) or text or "ECG", canonical_lead(text)


def _is_ecg(definition: Any, label: str, lead: str | None) -> bool:
    """Return whether a channel is an ECG lead: it is named as one, or it is a voltage that is named as nothing else."""
    if lead or is_other_ecg(label) or label in LEAD_OF_CODE.values():
        return True
    return millivolts_per(_unit(definition)) is not None


def _unit(definition: Any) -> str:
    units = next(iter(definition.get("ChannelSensitivityUnitsSequence") or ()), None)
    return one_line(str(units.get("CodeValue", "")), 20) if units is not None else ""


def _number(item: Any, name: str) -> float | None:
    value = item.get(name)
    return float(value) if value is not None and str(value) != "" else None


def _channels(
    path: Path, groups: list[tuple[Group, list[_Lead]]], told: list[Remark]
) -> tuple[tuple[Channel, ...], tuple[Gap, ...]]:
    """Return one channel for each lead on the record's axis, and the stretches that no group covers.

    The 12-lead class stores leads in turn, three by three. A lead that two groups hold at the same time is taken from
    the longer one.
    """
    by_label: dict[str, list[tuple[Group, _Lead]]] = {}
    for group, leads in groups:
        for lead in leads:
            by_label.setdefault(lead.label, []).append((group, lead))
    origin_s = min(lead.offset_s for _, leads in groups for lead in leads)
    channels = []
    spans = []
    for label, found in by_label.items():
        found = sorted(found, key=lambda one: -len(one[1].counts) / one[0].rate_hz)
        group, first = found[0]
        kept = [found[0]]
        for other_group, other in found[1:]:
            alike = other.scale == first.scale
            apart = all(_apart(other_group, other, *one) for one in kept)
            if alike and apart and other_group.rate_hz == group.rate_hz:
                kept.append((other_group, other))
            else:
                told.append(Remark("lead-twice", {"label": label}))
        pieces = [(lead.offset_s - origin_s, lead.counts) for _, lead in kept]
        spans += [(at_s, at_s + len(counts) / group.rate_hz) for at_s, counts in pieces]
        samples = joined(path, label, pieces, group.rate_hz)
        channels.append(
            make_channel(
                path, label, samples, group.rate_hz, first.unit, first.unit_per_count, first.baseline,
                first.lead, first.prefilter,
            )
        )  # fmt: skip
    return tuple(channels), uncovered(spans)


def _apart(one_group: Group, one: _Lead, other_group: Group, other: _Lead) -> bool:
    """Return whether two stretches of a lead have no time in common."""
    one_end = one.offset_s + len(one.counts) / one_group.rate_hz
    other_end = other.offset_s + len(other.counts) / other_group.rate_hz
    return one_end <= other.offset_s + 0.5 / other_group.rate_hz or other_end <= one.offset_s + 0.5 / one_group.rate_hz


def _beat(median: tuple[Group, list[_Lead]]) -> StoredBeat:
    group, leads = median
    values = {}
    for lead in leads:
        mv_per_count = lead.unit_per_count * (millivolts_per(lead.unit) or 0.0)
        values[lead.label] = (lead.counts.astype(np.float64) - lead.baseline) * mv_per_count
    return StoredBeat(group.rate_hz, values, group.label)


def _start(data: Any) -> datetime | None:
    stamp = str(data.get("AcquisitionDateTime") or "")
    if stamp == UNKNOWN_YEAR:
        return None
    if start := moment_of(day_of(stamp[:8], "ymd"), stamp[8:].partition("+")[0].partition("-")[0]):
        return start
    for name in ("Acquisition", "Content", "Study"):
        day, clock = str(data.get(f"{name}Date") or ""), str(data.get(f"{name}Time") or "")
        if start := moment_of(day_of(day, "ymd"), clock):
            return start
    return None


def _how_deidentified(data: Any) -> str:
    if str(data.get("PatientIdentityRemoved", "")) != "YES":
        return ""
    return one_line(str(data.get("DeidentificationMethod") or ""), 64) or "not said how"


def _patient(data: Any, start: datetime | None) -> Patient:
    age = re.fullmatch(r"(\d{1,3})([DWMY])", str(data.get("PatientAge") or "").strip())
    metres = _number(data, "PatientSize")
    return make_patient(
        start.date() if start else None,
        id=str(data.get("PatientID") or ""),
        name=", ".join(part for part in str(data.get("PatientName") or "").split("^") if part),
        sex=str(data.get("PatientSex") or ""),
        birth=day_of(str(data.get("PatientBirthDate") or ""), "ymd"),
        age_years=age_in_years(float(age[1]), age[2]) if age else None,
        height_cm=metres * 100.0 if metres else None,
        weight_kg=_number(data, "PatientWeight"),
    )
