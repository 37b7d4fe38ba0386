"""The helper process: reads a job, then one record a line, and answers each with a line.

A record that brings a decoder down, fills the memory or never ends takes only this process with it (see `helper`). It
ends when its input does, so none outlives the run that started it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import time
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from cardio_desktop.archive.flat import flat
from cardio_desktop.archive.job import MEASURE, REPORT, Job
from cardio_desktop.core.errors import CardioError, one_line
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.words import Remark

WORKER_FLAG = "--archive-worker"
PACKED = 3
"""Level of zlib: 27 kB a record; level 6 saves a tenth of that for 4 ms more."""


class _WorkError(CardioError):
    """What went wrong in a helper beside the record itself."""

    def __init__(self, kind: str, said: Remark) -> None:
        super().__init__(said)
        self.kind = kind


def answer(job: Job, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what came of one record: its flat row, the whole result, hash and size of its files, or that it is known.

    `request` holds the file's `path`, its `name` in the archive, and the `sha256` of the result that is known.
    """
    path = Path(request["path"])
    began = time.monotonic()
    digest, size = _digest(path)
    if digest and digest == request.get("sha256"):
        return {"same": True, "sha256": digest, "bytes": size}
    try:
        row, document = _done(job, path, str(request["name"]))
    except CardioError as error:
        row, document = _failed(job, path, error)
    return {
        "row": row,
        "document": base64.b64encode(zlib.compress(document, PACKED)).decode("ascii"),
        "sha256": digest,
        "bytes": size,
        "took_s": time.monotonic() - began,
    }


def _digest(path: Path) -> tuple[str, int]:
    """Return SHA-256 and size of the record's files, one after the other by name; "" where one cannot be read."""
    from cardio_desktop.io.registry import files_of

    digest, size = hashlib.sha256(), 0
    try:
        for file in sorted(files_of(path)):
            with file.open("rb") as stream:
                while piece := stream.read(1 << 20):
                    digest.update(piece)
                    size += len(piece)
    except (OSError, ValueError, CardioError):
        return "", size
    return digest.hexdigest(), size


def _done(job: Job, path: Path, name: str) -> tuple[dict[str, Any], bytes]:
    """Return the flat row and the whole result; raises CardioError, never anything else."""
    from cardio_desktop.io import open_given
    from cardio_desktop.reading.pipeline import analyze, load_models, with_gaps
    from cardio_desktop.report.json_report import deidentified, findings_to_json, measurements_to_json, to_line

    try:
        models = None if job.do == MEASURE else load_models(None if job.model is None else Path(job.model), threads=1)
        record = open_given(path, given=job.given)
        findings = analyze(record, models, start_s=job.start_s, end_s=job.end_s)
        if job.do == REPORT:
            made = _report(job, record, findings, name)
            return {**_row(job, record, findings_to_json(record, findings)), "report": made}, b""
        record = with_gaps(record, findings.start_s, findings.end_s)
        if job.deidentify:
            whole = deidentified(record, findings, measured_only=job.do == MEASURE)
        else:
            whole = (measurements_to_json if job.do == MEASURE else findings_to_json)(record, findings)
        if job.text:
            return _row(job, record, whole), _as_text(job, path, findings)
        return _row(job, record, whole), to_line(whole).encode("ascii")
    except CardioError:
        raise
    except MemoryError:
        raise _WorkError("memory", Remark("record-memory", {"file": one_line(path.name)})) from None
    except Exception as error:
        if os.environ.get("CARDIO_DEBUG"):
            raise
        said = one_line(f"{type(error).__name__}: {error}", 200)
        raise _WorkError("internal", Remark("record-fault", {"file": one_line(path.name), "said": said})) from error


def _row(job: Job, record: Record, whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return the flat row of a result, with the patient's age and sex unless nothing may tell of the patient."""
    patient = {"sex": record.patient.sex, "age_years": record.patient.age_years} if not job.deidentify else {}
    return {**{key: value for key, value in patient.items() if value is not None}, **flat(whole)}


def _as_text(job: Job, path: Path, findings: Findings) -> bytes:
    from cardio_desktop.reading.batch import as_text

    return as_text(str(path), findings, job.language).encode("utf-8", "backslashreplace")


def _failed(job: Job, path: Path, error: CardioError) -> tuple[dict[str, Any], bytes]:
    from cardio_desktop.report.json_report import deidentified_error, error_to_json, to_line

    made = (deidentified_error if job.deidentify else error_to_json)(path, error)
    if job.text and job.language != "en":
        made["error"]["message"] = error.said(job.language)
    return flat(made), b"" if job.text else to_line(made).encode("ascii")


def _report(job: Job, record: Record, findings: Findings, name: str) -> str:
    """Write the record's report under its name in the archive and return that name; nothing is ever replaced."""
    from cardio_desktop.io.whole_files import whole_files
    from cardio_desktop.reading.pipeline import faithfulness_note, load_models
    from cardio_desktop.report.letterhead import read_letterhead
    from cardio_desktop.report.pdf import ReportOptions, customary_evidence, pdf_bytes

    evidence, head = job.options.get("evidence"), job.options.get("letterhead")
    options = ReportOptions(
        layout=job.options["layout"],
        paper=job.options["paper"],
        evidence=customary_evidence(findings) if evidence == "auto" else None if evidence == "none" else evidence,
        deidentify=job.deidentify,
        start_s=job.options.get("start_s"),
        language=job.language,
        conclusion=None,
        annex=job.options.get("annex", True),
        letterhead=read_letterhead(head) if head is not None else None,
    )
    if options.evidence is not None:
        models = load_models(None if job.model is None else Path(job.model), threads=1)
        options = replace(options, evidence_note=faithfulness_note(models, options.evidence))
    pdf = pdf_bytes(record, findings, options, created=datetime.now().astimezone())
    folder = Path(job.out, *Path(name).parent.parts)
    folder.mkdir(parents=True, exist_ok=True)
    stem = Path(name).name
    number = 1
    while (folder / f"{stem}{_numbered(number)}.pdf").exists():
        number += 1
    with whole_files(folder, stem) as files:
        files.write(f"{_numbered(number)}.pdf", pdf)
        (written,) = files.finish()
    return written.relative_to(job.out).as_posix()


def _numbered(number: int) -> str:
    return "" if number == 1 else f" ({number})"


def serve(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Take the job from the first line and answer one record a line until the input ends; returns the exit status.

    The first line of the output says which versions work here.
    """
    job = Job.of(json.loads(stdin.readline() or b"{}"))
    if job.memory_mb:
        _limit_memory(job.memory_mb)
    try:
        _tell(stdout, {"versions": job.versions})
        for line in stdin:
            request = json.loads(line)
            _tell(stdout, {"id": request["id"], **answer(job, request)})
    except OSError:
        pass  # the run has gone
    return 0


def _tell(stdout: BinaryIO, said: Mapping[str, Any]) -> None:
    stdout.write(json.dumps(said, allow_nan=False).encode() + b"\n")
    stdout.flush()


def _limit_memory(most_mb: int) -> None:
    """Let this process have no more than `most_mb` of its own memory, where the system can (Linux since 4.7)."""
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most_mb << 20, most_mb << 20))


def main() -> int:
    """Run as a helper, with standard output kept for answers alone."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    sys.exit(main())
