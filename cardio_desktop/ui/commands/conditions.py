"""When a command is possible, and what a reader is told while it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and in words what is missing where it does not."""

    holds: Callable[[State], bool]
    lacks: Callable[[], str]


@dataclass(frozen=True)
class Condition:
    """Checks that must all hold; `a & b` is possible where both are, and the first that fails says why not."""

    checks: tuple[Check, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(self.checks + other.checks)

    def __call__(self, state: State) -> bool:
        """Return whether everything holds."""
        return all(check.holds(state) for check in self.checks)

    def why_not(self, state: State) -> str:
        """Return the reason as a short sentence; "" where everything holds."""
        return next((check.lacks() for check in self.checks if not check.holds(state)), "")


def condition(holds: Callable[[State], bool], lacks: Callable[[], str]) -> Condition:
    """Return the condition of one check."""
    return Condition((Check(holds, lacks),))


def unsigned_of(session: Session) -> Condition:
    """Return the condition that the reading of the record is not signed."""
    return condition(
        lambda _state: not session.conclusions.present.final,
        lambda: tr("the reading is signed; only an addendum is possible"),
    )


ALWAYS = Condition()
HAS_RECORD = condition(lambda state: state.record is not None, lambda: tr("no record is open"))
IS_REVEALED = condition(lambda state: state.revealed, lambda: tr("the findings are hidden (F2 shows them)"))
HAS_FINDINGS = (
    HAS_RECORD
    & IS_REVEALED
    & condition(lambda state: state.findings is not None, lambda: tr("the record is not analysed yet"))
)
HAS_EVIDENCE = HAS_FINDINGS & condition(
    lambda state: state.shown is not None and state.shown.evidence is not None,
    lambda: tr("the network gave no opinion"),
)
SHOWS_EVIDENCE = HAS_EVIDENCE & condition(lambda state: state.evidence is not None, lambda: tr("no evidence is shown"))
IS_STRIPS = HAS_RECORD & condition(
    lambda state: state.record is not None and state.viewport.layout(state.record).columns == 1,
    lambda: tr("leads stand side by side (choose 12 × 1)"),
)
