"""DICOM: the report as an encapsulated PDF, and the measurements as a structured report by TID 3700.

Source: PS3.3 A.45.1 (Encapsulated PDF) and A.35.2 (Enhanced SR), PS3.16 TID 3700, 3713. The report is partial and not
verified: no physician has confirmed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cardio_desktop import __version__
from cardio_desktop.core.errors import one_line
from cardio_desktop.core.record import Record
from cardio_desktop.handover.values import Value
from cardio_desktop.io.writers.dicom_writer import code_item, file_bytes, identify

ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1"
ENHANCED_SR = "1.2.840.10008.5.1.4.1.1.88.22"
_UNITS = {"ms": "millisecond", "/min": "per minute", "deg": "degree"}


def _dataset(record: Record, sop_class: str, modality: str, study: str, created: datetime) -> Any:
    from pydicom.dataset import Dataset

    data = Dataset()
    identify(data, record, sop_class, modality, created)
    data.StudyInstanceUID = study
    data.InstanceNumber = 1
    data.ContentDate, data.ContentTime = f"{created:%Y%m%d}", f"{created:%H%M%S}"
    return data


def pdf_object(record: Record, pdf: bytes, study: str, created: datetime) -> bytes:
    """Return a DICOM file that holds the report."""
    data = _dataset(record, ENCAPSULATED_PDF, "DOC", study, created)
    data.ConversionType = "WSD"
    data.BurnedInAnnotation = "NO" if record.deidentified else "YES"
    data.AcquisitionDateTime = f"{record.start_time:%Y%m%d%H%M%S}" if record.start_time else ""
    data.DocumentTitle = "ECG report"
    data.ConceptNameCodeSequence = [code_item("28010-7", "LN", "ECG Report")]
    data.MIMETypeOfEncapsulatedDocument = "application/pdf"
    data.EncapsulatedDocument = pdf + b"\0" * (len(pdf) % 2)
    data.EncapsulatedDocumentLength = len(pdf)
    return file_bytes(data)


def structured_report(
    record: Record, values: Sequence[Value], sentences: Sequence[str], study: str, created: datetime
) -> bytes:
    """Return a DICOM file that holds measurements and sentences as a tree of coded items."""
    from pydicom.dataset import Dataset

    data = _dataset(record, ENHANCED_SR, "SR", study, created)
    data.ReferencedPerformedProcedureStepSequence = []
    data.PerformedProcedureCodeSequence = []
    data.CompletionFlag, data.VerificationFlag = "PARTIAL", "UNVERIFIED"
    data.CompletionFlagDescription = "not confirmed by a physician"
    data.ValueType, data.ContinuityOfContent = "CONTAINER", "SEPARATE"
    data.ConceptNameCodeSequence = [code_item("28010-7", "LN", "ECG Report")]
    template = Dataset()
    template.MappingResource, template.TemplateIdentifier = "DCMR", "3700"
    data.ContentTemplateSequence = [template]
    tree = [
        _item("HAS CONCEPT MOD", "CODE", ("121049", "DCM", "Language of Content Item and Descendants"),
              ConceptCodeSequence=[code_item("eng", "RFC5646", "English")]),
        _item("HAS OBS CONTEXT", "CODE", ("121005", "DCM", "Observer Type"),
              ConceptCodeSequence=[code_item("121007", "DCM", "Device")]),
        _item("HAS OBS CONTEXT", "UIDREF", ("121012", "DCM", "Device Observer UID"), UID=data.SeriesInstanceUID),
        _item("HAS OBS CONTEXT", "TEXT", ("121013", "DCM", "Device Observer Name"),
              TextValue=f"Cardio Desktop {__version__}"),
    ]  # fmt: skip
    if values:
        numbers = _item("CONTAINS", "CONTAINER", ("122158", "DCM", "ECG Global Measurements"))
        numbers.ContinuityOfContent = "SEPARATE"
        numbers.ContentSequence = [_measured(value) for value in values]
        tree.append(numbers)
    if sentences:
        said = _item("CONTAINS", "CONTAINER", ("18844-1", "LN", "EKG impression"))
        said.ContinuityOfContent = "SEPARATE"
        said.ContentSequence = [
            _item("CONTAINS", "TEXT", ("121071", "DCM", "Finding"), TextValue=one_line(text, 1000))
            for text in sentences
        ]
        tree.append(said)
    data.ContentSequence = tree
    return file_bytes(data)


def _item(relation: str, kind: str, name: tuple[str, str, str], **values: Any) -> Any:
    from pydicom.dataset import Dataset

    item = Dataset()
    item.RelationshipType, item.ValueType = relation, kind
    item.ConceptNameCodeSequence = [code_item(*name)]
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def _measured(value: Value) -> Any:
    from pydicom.dataset import Dataset

    number = Dataset()
    number.NumericValue = value.text
    unit = value.code.unit
    number.MeasurementUnitsCodeSequence = [code_item(unit, "UCUM", _UNITS[unit])]
    name = (f"2:{value.code.mdc}", "MDC", value.code.title)
    return _item("CONTAINS", "NUM", name, MeasuredValueSequence=[number])
