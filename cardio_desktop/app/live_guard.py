"""A fault in judging must not end the recording: what comes is still shown and kept."""

from __future__ import annotations

import logging
from collections.abc import Callable

from cardio_desktop.app.i18n import tr
from cardio_desktop.core.errors import CardioError
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.live.judge import Judge
from cardio_desktop.live.source import Block, Layout

_log = logging.getLogger(__name__)


class GuardedJudge(Judge):
    """Judges as `judge_of` makes it; where that fails, without the network; after a fault it says nothing any more.

    `told` is called, in the thread that judges, with what went wrong.
    """

    def __init__(
        self, layout: Layout, judge_of: Callable[[Layout], Judge], told: Callable[[CardioError], object]
    ) -> None:
        super().__init__(layout)
        self._told_error = told
        self._now = 0.0
        self._judge: Judge | None
        try:
            self._judge = judge_of(layout)
        except Exception as error:  # damaged files of the network, or none of its library
            _log.exception("the network cannot be asked")
            words = tr("The network cannot be asked ({problem}); beats and rhythm are judged all the same.")
            told(error if isinstance(error, CardioError) else CardioError(words.format(problem=error)))
            self._judge = Judge(layout)

    @property
    def now_s(self) -> float:
        """The time of the newest sample, and one more."""
        return self._now

    def feed(self, block: Block) -> tuple[LiveEvent, ...]:
        """Return what is to be said of the next block, nothing after a fault."""
        self._now = block.stop / self.layout.rate_hz
        judge = self._judge
        return () if judge is None else self._guarded(lambda: judge.feed(block))

    def finish(self) -> tuple[LiveEvent, ...]:
        """Return the ends of all that still goes on."""
        return () if self._judge is None else self._guarded(self._judge.finish)

    def _guarded(self, ask: Callable[[], tuple[LiveEvent, ...]]) -> tuple[LiveEvent, ...]:
        try:
            return ask()
        except Exception as error:
            _log.exception("judging failed")
            self._judge = None
            words = tr("Judging ended by a fault of the program ({problem}); the trace goes on, watched by nobody.")
            self._told_error(CardioError(words.format(problem=f"{type(error).__name__}: {error}")))
            return ()
