"""How a report looks and what beside the findings it tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.conclusion import Conclusion
from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.findings import PATHOLOGIES, Findings, Tier
from cardio_desktop.core.leads import DEFAULT_LAYOUT, LAYOUTS
from cardio_desktop.core.recount import Recount
from cardio_desktop.report.language import Language
from cardio_desktop.report.letterhead import Letterhead
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.report.sheet import PAPER_SIZES_MM
from cardio_desktop.words import Remark


@dataclass(frozen=True)
class ReportOptions:
    """How a report looks.

    `layout` is one of core.leads.LAYOUTS, `paper` "a4" or "letter", `evidence` the class painted behind the traces of
    the annex or None, `start_s` where the printed ten seconds begin (None: where the analysis began), `rhythm_lead`
    replaces the first lead over the whole width. `evidence_note` is added to the legend of the evidence (how faithful
    it is). `language` is "en" or "de". `calipers` are drawn on the ECG, `opinions` and `recount` (after changes of
    beats) are printed apart from the program's words: all are the reader's. `scope` says what the tier stands for
    where more of the record was judged than that. `conclusion` is what readers concluded and signed, None where nobody
    has looked; without a signature the report is preliminary. `annex` adds the pages after the first one, `letterhead`
    stands above it.
    """

    layout: str = DEFAULT_LAYOUT
    paper: str = "a4"
    evidence: str | None = None
    deidentify: bool = False
    start_s: float | None = None
    rhythm_lead: str | None = None
    evidence_note: str = ""
    language: str = "en"
    calipers: tuple[Caliper, ...] = ()
    opinions: tuple[ReaderOpinion, ...] = ()
    recount: Recount | None = None
    scope: tuple[Remark, ...] = ()
    conclusion: Conclusion | None = field(default_factory=Conclusion)
    annex: bool = True
    letterhead: Letterhead | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be printed."""
        if self.layout not in LAYOUTS:
            raise ReportError(f"There is no layout {self.layout!r}; choose one of {', '.join(LAYOUTS)}.")
        if self.paper not in PAPER_SIZES_MM:
            raise ReportError(f"There is no paper {self.paper!r}; choose one of {', '.join(PAPER_SIZES_MM)}.")
        Language(self.language)

    @property
    def concluded(self) -> Conclusion:
        """What is known of the readers' conclusion."""
        return self.conclusion or Conclusion()

    @property
    def stamp(self) -> str:
        """What a report is called that nobody signed as far as is known, in English."""
        return "PRELIMINARY: not signed" if self.conclusion is not None else "PRELIMINARY: printed without the reading"


def customary_evidence(findings: Findings) -> str | None:
    """Return the class whose evidence is worth painting: the most probable pathology where the tier is not Low."""
    if findings.prediction is None or findings.evidence is None:
        return None
    if findings.risk.tier in (Tier.LOW, Tier.NOT_ASSESSED):
        return None
    code = findings.prediction.leading_pathology
    return code if code in PATHOLOGIES else None
