"""What the parts of a session know of it, so that a part need not know the whole: the session stands on its parts."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.jobs import Jobs
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store
from cardio_desktop.app.viewport import Viewport
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Evidence, Findings
from cardio_desktop.core.record import Record


class Shown(Protocol):
    """What is shown at the moment; see `session.State`."""

    @property
    def record(self) -> Record | None:
        """The record on the paper."""

    @property
    def viewport(self) -> Viewport:
        """How it is looked at."""

    @property
    def findings(self) -> Findings | None:
        """What was found, hidden or not."""

    @property
    def shown(self) -> Findings | None:
        """The findings as far as the reader may see them."""

    @property
    def settled(self) -> bool:
        """Whether the record that is shown is the one that is chosen."""

    @property
    def evidence_class(self) -> str | None:
        """The class or statement whose evidence is shown."""

    @property
    def evidence(self) -> Evidence | None:
        """The evidence that holds it; None where there is none yet."""


class Desk(QObject):
    """The work of one window as its parts see it; `changed(old, new)` tells every change of what is shown."""

    changed = Signal(object, object)
    settings: Settings
    store: Store
    jobs: Jobs
    state: Shown

    def look(self, **changes: object) -> None:
        """Change single fields of the viewport."""
        raise NotImplementedError

    def go_to(self, time_s: float, *, select: bool = False) -> None:
        """Bring an instant into view; with `select` the beat there is marked."""
        raise NotImplementedError

    def tell(self, error: CardioError) -> None:
        """Show the sentence of an error."""
        raise NotImplementedError

    def set_hidden(self, hidden: bool) -> None:
        """Withhold the findings of the present record from the reader, or show them."""
        raise NotImplementedError

    def show_statement_evidence(self, findings: Findings, evidence: Evidence) -> None:
        """Keep a statement's evidence."""
        raise NotImplementedError
