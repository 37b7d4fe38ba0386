"""What a report of the page that is shown is made of, taken when it is asked for and put together on any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cardio_desktop.app.conclusions import Conclusions
from cardio_desktop.app.desk import Shown
from cardio_desktop.app.i18n import language
from cardio_desktop.app.judged import Judged, scope, warnings_beside
from cardio_desktop.app.marks import Marks
from cardio_desktop.app.opinions import Opinions
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.record import Record

if TYPE_CHECKING:
    from cardio_desktop.report.options import ReportOptions


@dataclass(frozen=True)
class ReportLook:
    """What a reader chooses for a report: paper ("a4" or "letter"), whom it names, how much, under which letterhead."""

    paper: str = "a4"
    deidentify: bool = False
    annex: bool = True
    letterhead: Path | None = None


ReportParts = Callable[[], "tuple[Record, Findings, ReportOptions]"]
"""Gives record, findings and options; takes its time, raises CardioError where the letterhead cannot be read."""


def report_parts(
    shown: Shown, judged: Judged, marks: Marks, opinions: Opinions, conclusions: Conclusions, look: ReportLook
) -> ReportParts | None:
    """Return what gives the parts of the report as everything is now; None without findings."""
    record, findings = shown.record, shown.findings
    if record is None or findings is None:
        return None
    evidence, viewport, calipers = shown.evidence_class, shown.viewport, marks.calipers
    if not look.annex or findings.evidence is None or evidence not in findings.evidence.classes:
        evidence = None  # that of a statement is looked at, not printed
    told = replace(findings, warnings=warnings_beside(findings, judged, record.duration_s))
    of_what = scope(findings, judged, record.duration_s)
    said, spoken, edits, concluded = opinions.told(findings), language(), marks.edits, conclusions.present

    def parts() -> tuple[Record, Findings, ReportOptions]:
        from cardio_desktop.reading.after_edits import after_edits
        from cardio_desktop.reading.pipeline import faithfulness_note, load_models
        from cardio_desktop.report.letterhead import read_letterhead
        from cardio_desktop.report.options import ReportOptions

        head = read_letterhead(look.letterhead) if look.letterhead is not None and not look.deidentify else None
        models = load_models() if evidence is not None or edits else None
        note = faithfulness_note(models, evidence) if models is not None and evidence is not None else ""
        options = ReportOptions(
            layout=viewport.report_layout_id,
            paper=look.paper,
            evidence=evidence,
            deidentify=look.deidentify,
            start_s=viewport.start_s,
            rhythm_lead=viewport.rhythm_lead,
            evidence_note=note,
            calipers=calipers,
            opinions=said,
            recount=after_edits(record, models, findings, edits),
            language=spoken,
            scope=of_what,
            conclusion=concluded,
            annex=look.annex,
            letterhead=head,
        )
        return record, told, options

    return parts
