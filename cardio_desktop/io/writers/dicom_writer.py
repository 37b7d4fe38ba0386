"""DICOM General ECG Waveform Storage; the 32-bit class where counts or rates go beyond it.

Source: DICOM PS3.3 A.34.4 (General ECG: 200 to 1000 Hz, 16 bits, up to four groups of up to 24 channels), C.10.9
(Waveform Module), Supplement 237 (General 32-bit ECG), PS3.16 CID 3001 (leads). The 12-lead class holds 13 channels
over all groups and is not used.
"""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import numpy as np

from cardio_desktop import __version__
from cardio_desktop.core.errors import WriteError, one_line
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import MISSING, Patient, Record
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.dicom_library import load_pydicom
from cardio_desktop.io.dicom_reader import MAX_DICOM_BYTES, UNKNOWN_YEAR
from cardio_desktop.io.lead_codes import LEAD_OF_CODE
from cardio_desktop.io.whole_files import WholeFiles
from cardio_desktop.io.writers.scaled import Scaled, decimal, scaled
from cardio_desktop.words import Remark

GENERAL_ECG = "1.2.840.10008.5.1.4.1.1.9.1.2"
GENERAL_32_BIT = "1.2.840.10008.5.1.4.1.1.9.1.4"
_RATES_HZ = (200, 1000)
_MOST_GROUPS, _MOST_CHANNELS = 4, 24
_CODE_OF_LEAD = {name: code for code, name in reversed(LEAD_OF_CODE.items())}
_PREFILTER = re.compile(r"\b(HP|LP|N):\s*([0-9.]+)\s*Hz", re.IGNORECASE)
_PREFILTER_TAGS = {"HP": "FilterLowFrequency", "LP": "FilterHighFrequency", "N": "NotchFilterFrequency"}
PROFILE = (
    ("113100", "Basic Application Confidentiality Profile"),
    ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
    ("113108", "Retain Patient Characteristics Option"),
)
"""What was done to a record without its identity: PS3.16 CID 7050."""


def write_dicom(record: Record, files: WholeFiles, progress: Progress | None = None) -> tuple[Remark, ...]:
    """Write a record and return what the format cannot hold of it."""
    load_pydicom()
    from pydicom.dataset import Dataset

    everything = scaled(record)
    channels = [c for c in everything if c.channel.is_voltage]
    target = files.path(".dcm")
    if not channels:
        raise WriteError(target, Remark("no-voltages"), Remark("choose-another-format"))
    told: list[Remark] = []
    if others := [c.channel.label for c in everything if not c.channel.is_voltage]:
        told.append(Remark("lost-channels", {"labels": ", ".join(others)}))
    wide = any(c.high - c.low > 2**16 - 4 or not _RATES_HZ[0] <= c.rate <= _RATES_HZ[1] for c in channels)
    bits = 32 if wide else 16
    if sum(len(c) for c in channels) * bits // 8 > MAX_DICOM_BYTES:
        raise WriteError(
            target, Remark("dicom-too-long", {"most_mb": MAX_DICOM_BYTES >> 20}), Remark("choose-another-format")
        )
    if wide:
        told.append(Remark("dicom-32-bit"))
    by_rate: dict[tuple[Fraction, int], list[Scaled]] = {}
    for channel in channels:
        by_rate.setdefault((channel.rate, len(channel)), []).append(channel.within(bits))
    groups = [g[k : k + _MOST_CHANNELS] for g in by_rate.values() for k in range(0, len(g), _MOST_CHANNELS)]
    if len(groups) > _MOST_GROUPS:
        raise WriteError(
            target,
            Remark("dicom-groups", {"groups": len(groups), "most": _MOST_GROUPS}),
            Remark("choose-another-format"),
        )
    data = Dataset()
    _identify(data, record, GENERAL_32_BIT if wide else GENERAL_ECG, told)
    data.WaveformSequence = []
    for number, group in enumerate(groups, start=1):
        data.WaveformSequence.append(_group(group, number, bits))
        if progress:
            progress(80.0 * number / len(groups))
    if record.annotations:
        data.WaveformAnnotationSequence = _annotations(record, groups)
    files.write(".dcm", file_bytes(data))
    return tuple(told)


def file_bytes(data: Any) -> bytes:
    """Return a data set as the bytes of a DICOM file, explicit little endian."""
    pydicom = load_pydicom()
    from pydicom.dataset import FileMetaDataset

    data.file_meta = FileMetaDataset()
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
    data.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    stream = BytesIO()
    pydicom.dcmwrite(stream, data, enforce_file_format=True)
    return stream.getvalue()


def _identify(data: Any, record: Record, sop_class: str, told: list[Remark]) -> None:
    """Fill in patient, study, series, equipment and the moment."""
    now = datetime.now()
    identify(data, record, sop_class, "ECG", now)
    data.ContentDate, data.ContentTime = f"{now:%Y%m%d}", f"{now:%H%M%S}"
    data.InstanceNumber = 1
    if record.start_time:
        start = record.start_time
        data.AcquisitionDateTime = f"{start.year:04d}{start:%m%d%H%M%S.%f}"
        data.ContentDate, data.ContentTime = f"{start.year:04d}{start:%m%d}", f"{start:%H%M%S.%f}"
    else:
        data.AcquisitionDateTime = UNKNOWN_YEAR
        told.append(Remark("dicom-no-start", {"year": UNKNOWN_YEAR}))
    data.AcquisitionContextSequence = []


def identify(data: Any, record: Record, sop_class: str, modality: str, now: datetime) -> None:
    """Fill in the modules that every object of a study shares: SOP common, patient, study, series, equipment."""
    pydicom = load_pydicom()

    patient, start = record.patient, record.start_time
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID = sop_class
    data.SOPInstanceUID = pydicom.uid.generate_uid(prefix=None)
    data.StudyInstanceUID = pydicom.uid.generate_uid(prefix=None)
    data.SeriesInstanceUID = pydicom.uid.generate_uid(prefix=None)
    data.InstanceCreationDate, data.InstanceCreationTime = f"{now:%Y%m%d}", f"{now:%H%M%S}"
    data.StudyDate = f"{start.year:04d}{start:%m%d}" if start else ""
    data.StudyTime = f"{start:%H%M%S}" if start else ""
    data.StudyID, data.AccessionNumber, data.ReferringPhysicianName = "", "", ""
    data.Modality, data.SeriesNumber = modality, 1
    data.Manufacturer = _text(record.device)
    data.ManufacturerModelName = ""
    data.SoftwareVersions = f"Cardio Desktop {__version__}"
    if record.simulated:
        data.StudyDescription = "SIMULATED ECG, not of a patient"
    _patient(data, patient)
    if record.deidentified:
        data.PatientIdentityRemoved = "YES"
        data.DeidentificationMethod = record.deidentified
        data.DeidentificationMethodCodeSequence = [code_item(code, "DCM", meaning) for code, meaning in PROFILE]
        data.LongitudinalTemporalInformationModified = "MODIFIED"


def _patient(data: Any, patient: Patient) -> None:
    data.PatientName = "^".join(_text(part) for part in (patient.name or "").split(", ", 1))
    data.PatientID = _text(patient.id or "")
    data.PatientBirthDate = (patient.birth_date or "").replace("-", "")
    data.PatientSex = {"male": "M", "female": "F"}.get(patient.sex or "", "")
    if patient.age_years is not None:
        years = patient.age_years
        months = years * 12.0
        data.PatientAge = (
            f"{int(years):03d}Y"
            if years >= 2
            else f"{int(months):03d}M"
            if months >= 3
            else f"{int(years * 365.25):03d}D"
        )
    if patient.height_cm:
        data.PatientSize = decimal(patient.height_cm / 100.0, 6)
    if patient.weight_kg:
        data.PatientWeight = decimal(patient.weight_kg, 6)


def _text(text: str) -> str:
    """Return a text without what has a meaning in DICOM's short texts and names."""
    return re.sub(r"[\\^=]", " ", one_line(text, 64)).strip()


def code_item(value: str, scheme: str, meaning: str) -> Any:
    """Return one coded entry."""
    from pydicom.dataset import Dataset

    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def _group(channels: list[Scaled], number: int, bits: int) -> Any:
    from pydicom.dataset import Dataset

    item = Dataset()
    item.WaveformOriginality = "ORIGINAL"
    item.NumberOfWaveformChannels = len(channels)
    item.NumberOfWaveformSamples = len(channels[0])
    item.SamplingFrequency = decimal(float(channels[0].rate), 12)
    item.MultiplexGroupLabel = "RHYTHM" if number == 1 else f"RHYTHM {number}"
    item.ChannelDefinitionSequence = [_definition(channel, bits) for channel in channels]
    item.WaveformBitsAllocated = bits
    item.WaveformSampleInterpretation = "SS" if bits == 16 else "SL"
    counts = np.stack([channel.counts() for channel in channels], axis=1)
    filling = -(2 ** (bits - 1))
    missing = counts == MISSING
    if missing.any():
        counts[missing] = filling
        item.add_new("WaveformPaddingValue", "OW", filling.to_bytes(bits // 8, "little", signed=True))
    item.add_new("WaveformData", "OW", counts.astype(f"<i{bits // 8}").tobytes())
    return item


def _definition(channel: Scaled, bits: int) -> Any:
    from pydicom.dataset import Dataset

    own = channel.channel
    item = Dataset()
    item.ChannelLabel = _text(own.label)[:16]
    name = own.lead or own.label
    code = _CODE_OF_LEAD.get(name)
    meaning = f"Lead {name}" if code else _text(own.label) or "Unspecified lead"
    item.ChannelSourceSequence = [code_item(f"2:{code or 0}", "MDC", meaning)]
    in_unit = next(
        (u for u in ("uV", "mV", "V") if millivolts_per(u) == millivolts_per(own.unit)), "mV"
    )  # fmt: skip
    factor = (millivolts_per(own.unit) or 1.0) / (millivolts_per(in_unit) or 1.0)
    per_count = factor / channel.counts_per_unit
    item.ChannelSensitivity = _short(per_count)
    item.ChannelSensitivityUnitsSequence = [
        code_item(in_unit, "UCUM", {"uV": "microvolt", "mV": "millivolt", "V": "volt"}[in_unit])
    ]
    item.ChannelSensitivityCorrectionFactor = "1"
    item.ChannelBaseline = _short(-channel.baseline * per_count)
    item.ChannelSampleSkew = "0"
    item.WaveformBitsStored = bits
    for word, value in _PREFILTER.findall(own.prefilter):
        setattr(item, _PREFILTER_TAGS[word.upper()], value[:16])
    return item


def _short(value: float) -> str:
    """Return a number in the sixteen letters that a decimal string may have."""
    for digits in range(15, 5, -1):
        text = f"{value + 0.0:.{digits}g}"
        if len(text) <= 16:
            return text
    return f"{value:.5e}"


def _annotations(record: Record, groups: list[list[Scaled]]) -> list[Any]:
    """Return the marks as text at points of the first group, or of the channel's own; positions count from 1."""
    from pydicom.dataset import Dataset

    place = {id(c.channel): (g, k) for g, group in enumerate(groups, start=1) for k, c in enumerate(group, start=1)}
    items = []
    for mark in record.annotations:
        channel = record.channels[mark.channel] if mark.channel is not None else None
        group, number = place.get(id(channel), (1, 0))
        item = Dataset()
        item.ReferencedWaveformChannels = [group, number]
        item.TemporalRangeType = "POINT"
        item.ReferencedSamplePositions = round(mark.time_s * float(groups[group - 1][0].rate)) + 1
        item.AnnotationGroupNumber = 1
        item.UnformattedTextValue = f"[{mark.kind} {mark.symbol}] {one_line(mark.text, 900)}".replace("\\", "/").strip()
        items.append(item)
    return items
