"""What the evidence commands do."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QStatusBar

from cardio_desktop.analysis.flags import beat_spans, evidence_within
from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.session import Session
from cardio_desktop.app.viewport import NO_CLASS
from cardio_desktop.core.beat_waves import GLOBAL, waves_of_beats
from cardio_desktop.core.findings import CLASS_NAMES, Evidence, Findings, Mark, Tier
from cardio_desktop.ui.panels.evidence_beats import beat_evidence, next_in_ranking
from cardio_desktop.ui.paper.evidence_words import class_words
from cardio_desktop.ui.paper.paper_place import PaperPlace

MESSAGE_MS = 10_000


def toggle_evidence(session: Session) -> None:
    """Show or hide the evidence; where none is shown by itself, that of the most probable pathology."""
    shown = session.state.shown
    if session.state.evidence_class:
        session.look(evidence_class=NO_CLASS)
        return
    prediction = shown.prediction if shown is not None and shown.risk.tier is Tier.LOW else None
    session.look(evidence_class=prediction.leading_pathology if prediction is not None else None)


def next_class(session: Session) -> None:
    """Show the evidence of the next class."""
    codes = list(CLASS_NAMES)
    here = session.state.evidence_class
    session.look(evidence_class=codes[(codes.index(here) + 1) % len(codes)] if here in codes else codes[0])


def strongest_place(evidence: Evidence, code: str) -> tuple[str, float]:
    """Return (lead, time in s) of the middle of the bin with the most evidence for a class."""
    values = evidence.of(code)
    lead, k = divmod(int(values.argmax()), values.shape[1])
    return evidence.leads[lead], evidence.start_s + (k + 0.5) * evidence.bin_s


def show_strongest(session: Session, paper: PaperPlace, status: QStatusBar, direction: int) -> None:
    """Go to the beat that speaks loudest for what is shown, then to the next one; to the bin where no beat is known."""
    evidence, code = session.state.evidence, session.state.evidence_class
    if evidence is None or code is None:
        return
    name = class_words(session.state.shown, code)
    found = beat_evidence(session.state)
    rank = next_in_ranking(found, session.state.viewport.selected_beat_s, direction) if found is not None else None
    if found is None or rank is None:
        lead, time_s = strongest_place(evidence, code)
        marked = Mark(lead, time_s - evidence.bin_s / 2, time_s + evidence.bin_s / 2)
        session.go_to(time_s)
        said = tr("Strongest evidence for {name}: {lead} at {time} s")
        status.showMessage(said.format(name=name, lead=lead, time=decimals(f"{time_s:.2f}")), MESSAGE_MS)
    else:
        ranked = found.ranking()
        beat, lead = found.beats[ranked[rank]], found.strongest_lead(ranked[rank])
        time_s = beat.time_s
        marked = strongest_wave(session.state.shown, evidence, code, ranked[rank], lead)
        session.go_to(time_s, select=True)
        said = tr(
            "Evidence for {name}, place {rank} of {count}: beat {number} at {time} s, {evidence} logit, most in {lead}"
        )
        status.showMessage(
            said.format(
                name=name,
                rank=rank + 1,
                count=len(ranked),
                number=ranked[rank] + 1,
                time=decimals(f"{time_s:.2f}"),
                evidence=decimals(f"{found.totals[ranked[rank]]:+.3f}"),
                lead=lead,
            ),
            MESSAGE_MS,
        )
    paper.view.show_place(lead, time_s)
    session.highlight((marked,))


def strongest_wave(findings: Findings | None, evidence: Evidence, code: str, beat: int, lead: str) -> Mark:
    """Return the wave of a beat that holds most of a lead's evidence; the strongest bin where no wave is known."""
    assert findings is not None
    row, column = evidence.classes.index(code), evidence.leads.index(lead)
    for whose in (lead, GLOBAL):
        waves = [wave for wave in findings.waves if wave.lead == whose]
        spans = list(waves_of_beats(findings.beats, waves, whose)[beat].spans().values()) if waves else []
        if spans:
            held = evidence_within(evidence, np.array(spans, dtype=np.float64))[:, row, column]
            if held.max() > 0.0:
                return Mark(lead, *spans[int(held.argmax())])
    start_s, end_s = beat_spans([found.time_s for found in findings.beats])[beat]
    values = evidence.of(code)[column]
    first = max(int((start_s - evidence.start_s) / evidence.bin_s), 0)
    stop = min(int((end_s - evidence.start_s) / evidence.bin_s) + 1, len(values))
    k = first + int(values[first:stop].argmax()) if stop > first else first
    begin_s = evidence.start_s + k * evidence.bin_s
    return Mark(lead, begin_s, begin_s + evidence.bin_s)
