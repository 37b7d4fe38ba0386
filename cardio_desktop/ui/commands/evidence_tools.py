"""What the evidence commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardio_desktop.app.i18n import decimals, tr
from cardio_desktop.app.session import Session
from cardio_desktop.core.findings import CLASS_NAMES, Evidence
from cardio_desktop.ui.panels.evidence_beats import beat_evidence, next_in_ranking
from cardio_desktop.ui.paper.evidence_words import class_words

if TYPE_CHECKING:
    from cardio_desktop.ui.main_window import MainWindow

CLOSE_UP = 2.0
"""How far the strongest place is magnified, where the paper is smaller than that."""
MESSAGE_MS = 10_000


def toggle_evidence(session: Session) -> None:
    """Show or hide the evidence."""
    session.look(evidence_class="" if session.state.evidence_class else None)


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


def show_strongest(window: MainWindow, direction: int) -> None:
    """Go to the beat that speaks loudest for what is shown, then to the next one; to the bin where no beat is known."""
    session = window.session
    evidence, code = session.state.evidence, session.state.evidence_class
    if evidence is None or code is None:
        return
    name = class_words(session.state.shown, code)
    found = beat_evidence(session.state)
    rank = next_in_ranking(found, session.state.viewport.selected_beat_s, direction) if found is not None else None
    if found is None or rank is None:
        lead, time_s = strongest_place(evidence, code)
        session.go_to(time_s)
        said = tr("Strongest evidence for {name}: {lead} at {time} s")
        window.statusBar().showMessage(said.format(name=name, lead=lead, time=decimals(f"{time_s:.2f}")), MESSAGE_MS)
    else:
        ranked = found.ranking()
        beat, lead = found.beats[ranked[rank]], found.strongest_lead(ranked[rank])
        time_s = beat.time_s
        session.go_to(time_s, select=True)
        said = tr(
            "Evidence for {name}, place {rank} of {count}: beat {number} at {time} s, {evidence} logit, most in {lead}"
        )
        window.statusBar().showMessage(
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
    window.paper.close_up(lead, time_s, CLOSE_UP)
