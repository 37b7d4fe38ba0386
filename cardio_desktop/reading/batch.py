"""Many records, one after another: what fails is said and the others are done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.errors import CardioError, ReportError, one_line, why_not_written
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record
from cardio_desktop.reading.pipeline import Models, analyze, load_models, with_gaps
from cardio_desktop.words import say

DONE, FAILED, USAGE = 0, 1, 2


class InternalError(CardioError):
    """A fault of the program itself; the other records must not suffer for it."""

    kind = "internal"


def analyze_files(
    files: Sequence[str],
    *,
    json_out: str | None = None,
    evidence_out: Path | None = None,
    start_s: float | None = None,
    end_s: float | None = None,
    model_folder: Path | None = None,
    measure_only: bool = False,
    language: str = "en",
    deidentify: bool = False,
    given: Mapping[str, float | str] | None = None,
    concluded_of: Callable[[Record], Conclusion] | None = None,
    complain: Callable[[str], None],
) -> int:
    """Analyse `files` and return 0, or 1 if some failed, or 2 if there is no place for the results.

    Results go to `json_out` as lines of JSON ("-": standard output), without it as sentences to standard output.
    `given` is what tables of numbers do not say themselves ("rate_hz", "unit").
    `deidentify` leaves out of JSON what tells who the patient is: path, dates, and both wherever a sentence names them.
    `concluded_of` tells what readers concluded from a record, which JSON then says beside the program's line.
    """
    from cardio_desktop.report.json_report import (
        deidentified,
        deidentified_error,
        error_to_json,
        findings_to_json,
        measurements_to_json,
        to_line,
    )

    status = DONE
    with ExitStack() as stack:
        try:
            stream = sys.stdout
            if json_out not in (None, "-"):
                stream = stack.enter_context(Path(str(json_out)).open("w", encoding="utf-8", newline="\n"))
        except (OSError, ValueError) as error:
            complain(f"{json_out}: cannot be written ({why_not_written(error)}); choose another place.")
            return USAGE
        for file in files:
            try:
                models = None if measure_only else load_models(model_folder)
                record, findings = _one(file, models, start_s, end_s, given or {})
            except CardioError as error:
                status = FAILED
                complain(error.said(language))
                if json_out is not None:
                    failed = (deidentified_error if deidentify else error_to_json)(file, error)
                    print(to_line(failed), file=stream, flush=True)
                continue
            if json_out is None:
                print(as_text(file, findings, language), file=stream, flush=True)
            else:
                concluded = concluded_of(record) if concluded_of is not None else None
                if deidentify:
                    made = deidentified(record, findings, measured_only=measure_only, concluded=concluded)
                elif measure_only:
                    made = measurements_to_json(record, findings)
                else:
                    made = findings_to_json(record, findings, concluded)
                print(to_line(made), file=stream, flush=True)
            if evidence_out is not None:
                try:
                    _write_evidence(record, findings, evidence_out)
                except CardioError as error:
                    status = FAILED
                    complain(error.said(language))
    return status


def _one(
    file: str, models: Models | None, start_s: float | None, end_s: float | None, given: Mapping[str, float | str]
) -> tuple[Record, Findings]:
    from cardio_desktop.io import open_given

    try:
        record = open_given(file, given=given)
        findings = analyze(record, models, start_s=start_s, end_s=end_s)
        return with_gaps(record, findings.start_s, findings.end_s), findings
    except CardioError:
        raise
    except Exception as error:
        if os.environ.get("CARDIO_DEBUG"):
            raise
        said = one_line(f"{type(error).__name__}: {error}", 200)
        raise InternalError(
            f"{Path(file).name}: a fault of the program ({said}); please report it, with CARDIO_DEBUG=1 for details."
        ) from error


def _write_evidence(record: Record, findings: Findings, out: Path) -> None:
    from cardio_desktop.report.json_report import write_evidence

    if findings.evidence is None:
        reason = say(findings.risk.reason).rstrip(".")
        raise ReportError(f"{record.path.name}: there is no evidence to write: {reason}.")
    write_evidence(findings.evidence, out)


def as_text(file: str, findings: Findings, language: str = "en") -> str:
    """Return the findings as sentences under the record's name."""
    german = language == "de"
    lines = [file, *(f"  {item.text(language)}" for item in findings.sentences)]
    lines += [f"  {'Warnung' if german else 'Warning'}: {say(warning, language)}" for warning in findings.warnings]
    lines.append("  Keine Diagnose." if german else "  Not a diagnosis.")
    return "\n".join(lines)
