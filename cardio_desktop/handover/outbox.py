"""Puts results into a folder from which gateways fetch them: whole files only, each under its own name at the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cardio_desktop.core.errors import WriteError, why_not_written
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.handover.values import Value, values_of
from cardio_desktop.io.dicom_library import load_pydicom
from cardio_desktop.io.whole_files import whole_files
from cardio_desktop.io.writers.convert import file_stem
from cardio_desktop.io.writers.deidentify import Pseudonyms, deidentified
from cardio_desktop.narrative.texts import DISCLAIMER
from cardio_desktop.words import Remark, say

ENDINGS = {"pdf": "-report.dcm", "sr": "-sr.dcm", "fhir": "-fhir.json", "hl7": ".hl7", "csv": "-measurements.csv"}
"""What is asked for -> how its file ends."""
KINDS = tuple(ENDINGS)


def hand_over(
    record: Record,
    findings: Findings,
    pdf: bytes,
    kinds: Sequence[str],
    folder: Path,
    *,
    created: datetime,
    names: Pseudonyms | None = None,
    replace: bool = False,
    spared: frozenset[Path] = frozenset(),
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write results in the forms asked for and return the files; all of them come, or none.

    `pdf` is the report, made without identity where `names` are given. What is `spared`, the record's own files, is
    never replaced. Raises WriteError, and Cancelled where `progress` does.
    """
    from cardio_desktop.handover import dicom, fhir, hl7

    if names is not None:
        record, _ = deidentified(record, names)
    values, study = values_of(findings), str(load_pydicom().uid.generate_uid(prefix=None))
    sentences = told(findings)
    make = {
        "pdf": lambda: dicom.pdf_object(record, pdf, study, created),
        "sr": lambda: dicom.structured_report(record, values, sentences, study, created),
        "fhir": lambda: fhir.bundle_bytes(record, values, sentences, pdf, findings.start_s, created),
        "hl7": lambda: hl7.oru_bytes(record, values, sentences, pdf, study, created),
        "csv": lambda: table_bytes(record, values, findings),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = Remark("cannot-write", {"why": why_not_written(error)})
        raise WriteError(folder, problem, Remark("other-folder")) from error
    with whole_files(folder, file_stem(record.path.stem), replace=replace, spared=spared) as files:
        for number, kind in enumerate(kinds, start=1):
            files.write(ENDINGS[kind], make[kind]())
            if progress:
                progress(99.0 * number / len(kinds))
        return files.finish()


def told(findings: Findings) -> tuple[str, ...]:
    """Return the sentences that go with the numbers: whose they are comes first."""
    own = [item.text() for item in findings.sentences if item.section in ("critical", "conclusion")]
    return (DISCLAIMER, *own)


def table_bytes(record: Record, values: Sequence[Value], findings: Findings) -> bytes:
    """Return the measurements as a table, those that could not be made with the reason."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(
        ["patient_id", "recorded", "measurement", "value", "unit", "uncertainty", "not_measured", "loinc", "mdc"]
    )
    start = record.start_time.isoformat() if record.start_time else ""
    who = [record.patient.id or "", start]
    for value in values:
        spread = f"{value.spread:.1f}" if value.spread is not None else ""
        code = value.code
        table.writerow([*who, value.name, value.text, code.unit, spread, "", code.loinc, f"2:{code.mdc}"])
    for name, reason in findings.measurements.not_measured.items():
        table.writerow([*who, name, "", "", "", say(reason), "", ""])
    return text.getvalue().encode()
