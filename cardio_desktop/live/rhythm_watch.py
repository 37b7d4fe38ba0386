"""Critical rhythms of a live recording, each with a beginning and an end.

The rules, by the product's own limits (`analysis.beat_events`):

* PAUSE: no beat for 2 s while a lead proves that it would show one; called ASYSTOLE from 6 s on.
* VF: the search's stretches of flutter reach the newest half second.
* VT: three ventricular beats or more in a row at more than 100 per minute, the last of them the newest beat. It goes on
  until two beats of another kind stand in a row, or none comes.
* TACHY from 150, BRADY below 40 per minute: the middle of the last `FAST_OF` or `SLOW_OF` intervals, held until a
  twentieth short of the limit. A tachycardia with a name of its own is not told once more.

What a hole may hide is no silence and no interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_events import (
    ASYSTOLE_S,
    HELD,
    PAUSE_S,
    RUN,
    TACHYCARDIA_BPM,
    VERY_FAST_BPM,
    VERY_SLOW_BPM,
)
from cardio_desktop.analysis.beat_types import rr_intervals
from cardio_desktop.analysis.pauses import unproven
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Gap
from cardio_desktop.live.pulse import LOUD_SILENCE_S, Look, loud

FAST_OF, SLOW_OF = 6, 4
"""Of 6 intervals at 150 per minute four last 1.6 s; of 4 at 40 three last 4.5 s: two slow ones can be a pause beside a
long cycle. Fewer than the eight that monitors average, so that what is fast is told within 3 s."""
SEEN_LATE_S = 0.4
"""How much later than it happens a beat is seen (`pulse.SETTLED_S` and a look's step)."""
AT_END_S = 0.5
"""How near to the newest sample flutter must reach to go on now: two steps of its search (`analysis.flutter.HOP_S`)."""
FLUTTER_OVER_S = 1.5
"""It ends where its search has not seen it for so long: half of that search's window."""
ENDING = 2
"""So many beats of another kind end a ventricular tachycardia: one can be a fusion or capture beat."""
STEADY = 0.25
"""Intervals of complexes that were found by themselves may differ by so much of their middle: those of noise are less
regular, and those of a polymorphic tachycardia are not. A choice."""


@dataclass(frozen=True)
class State:
    """A critical rhythm that goes on: its code, since when, and what is known of it."""

    code: str
    start_s: float
    values: Mapping[str, float]


@dataclass(frozen=True)
class Change:
    """A critical rhythm that begins (`end_s` None) or ends."""

    state: State
    end_s: float | None = None


class RhythmWatch:
    """What is critical now, from one look to the next."""

    def __init__(self) -> None:
        self._on: dict[str, State] = {}
        self._flutter_s = -1e9

    @property
    def active(self) -> frozenset[str]:
        """Codes of what goes on."""
        return frozenset(self._on)

    def take(self, look: Look, *, readable: bool, trusted: bool = True, wide: bool = False) -> tuple[Change, ...]:
        """Return what began or ended with a new look; where nothing can be read, all ends.

        No fast rhythm begins where the newest second is not `trusted`.

        `wide` says that the last ten seconds were a ventricular or wide tachycardia as a whole: a fast rate is one.
        """
        now: dict[str, State] = {}
        rr_s = _intervals(look)
        flutter = self._flutter(look) if readable else None
        if flutter is not None:
            now["VF"] = flutter
        elif silence := self._silence(look, readable):
            now[silence.code] = silence
        elif readable:
            for state in (self._tachycardia(look, rr_s), *self._rates(look, rr_s)):
                if state is not None:
                    now.setdefault(state.code, state)
            if wide and "VT" not in now and "TACHY" in now:
                now["VT"] = replace(now["TACHY"], code="VT")
            if "VT" in now:
                now.pop("TACHY", None)
        if not trusted:
            now = {code: state for code, state in now.items() if code in self._on or code in ("PAUSE", "ASYSTOLE")}
        return self._changes(now, look)

    def lost(self, at_s: float) -> tuple[Change, ...]:
        """Return the ends of all that went on: the signal is gone."""
        ended = tuple(Change(state, at_s) for state in self._on.values())
        self._on = {}
        return ended

    def _changes(self, now: dict[str, State], look: Look) -> tuple[Change, ...]:
        ended = [Change(state, _end_of(state, now, look)) for code, state in self._on.items() if code not in now]
        begun = [state for code, state in now.items() if code not in self._on]
        self._on = {code: self._on.get(code, state) for code, state in now.items()}
        return (*ended, *(Change(state) for state in begun))

    def _flutter(self, look: Look) -> State | None:
        spans = [span for span in look.flutter_s if span[1] >= look.end_s - AT_END_S]
        if spans:
            self._flutter_s = look.end_s
            # The search's windows reach back over the last beats, which were none of it.
            return State("VF", min(max(spans[-1][0], look.told_s), look.end_s), {})
        if "VF" in self._on and look.end_s - self._flutter_s < FLUTTER_OVER_S:
            return self._on["VF"]
        return None

    def _silence(self, look: Look, readable: bool) -> State | None:
        length_s = look.silent_s
        goes_on = next((self._on[code] for code in ("PAUSE", "ASYSTOLE") if code in self._on), None)
        after_flutter = any(high >= look.end_s - length_s for _, high in look.flutter_s)
        if length_s < PAUSE_S or not (look.beats or after_flutter):
            return None
        if goes_on is None:
            # Leads that showed flutter a moment ago and move still would show a beat.
            proven = not _flat(look) if after_flutter else _proven(look, length_s)
            if not readable or loud(look) or not proven:
                return None
        elif _flat(look) or loud(look):
            return None
        code = "ASYSTOLE" if length_s >= ASYSTOLE_S else "PAUSE"
        return State(code, look.end_s - length_s, {"length_s": length_s})

    def _tachycardia(self, look: Look, rr_s: NDArray[np.float64]) -> State | None:
        kinds = [beat.kind for beat in look.beats]
        last = len(kinds) - 1
        if last > 0 and kinds[last] is BeatKind.UNKNOWN:
            last -= 1  # too near to the end to be typed
        others = 0
        while last >= 0 and kinds[last] is not BeatKind.VENTRICULAR and others < ENDING:
            others, last = others + 1, last - 1
        if last < 0 or others >= ENDING or (others and "VT" not in self._on):
            return None
        first = last
        while first > 0 and kinds[first - 1] is BeatKind.VENTRICULAR and np.isfinite(rr_s[first]):
            first -= 1
        run = rr_s[first + 1 : last + 1]
        if run.size < RUN - 1:
            recent = look.end_s - look.beats[last].time_s < LOUD_SILENCE_S
            return self._on.get("VT") if others or recent else None
        if not others and look.silent_s > 2.0 * float(np.median(run)) + LOUD_SILENCE_S:
            return None
        bpm = 60.0 / float(np.median(run))
        if bpm <= TACHYCARDIA_BPM * (HELD if "VT" in self._on else 1.0):
            return None
        bare = all(beat.shape is None for beat in look.beats[first : last + 1])
        if bare and float(np.ptp(run)) > STEADY * float(np.median(run)):
            return None
        return State("VT", look.beats[first].time_s, {"rate_bpm": bpm, "beats": float(run.size + 1)})

    def _rates(self, look: Look, rr_s: NDArray[np.float64]) -> Sequence[State | None]:
        out = []
        for code, count, limit in (("TACHY", FAST_OF, VERY_FAST_BPM), ("BRADY", SLOW_OF, VERY_SLOW_BPM)):
            newest = rr_s[-count:]
            if newest.size < count or not np.isfinite(newest).all():
                continue
            bpm = 60.0 / float(np.median(newest))
            if code == "TACHY" and max(*newest[-2:], look.silent_s - SEEN_LATE_S) > 60.0 / (limit * HELD):
                continue  # it was fast, and is no longer
            eased = limit if code not in self._on else limit * HELD if code == "TACHY" else limit / HELD
            if bpm >= eased if code == "TACHY" else bpm < eased:
                beyond = newest <= 60.0 / eased if code == "TACHY" else newest > 60.0 / eased
                since = len(look.beats) - count + int(np.flatnonzero(beyond)[0]) - 1
                out.append(State(code, look.beats[max(since, 0)].time_s, {"rate_bpm": bpm}))
        return out


def _end_of(state: State, now: Mapping[str, State], look: Look) -> float:
    """Return when a rhythm ended: a silence with the next beat, a run with its last, others now."""
    if state.code == "PAUSE" and "ASYSTOLE" in now:
        return look.end_s
    later = [beat.time_s for beat in look.beats if beat.time_s > state.start_s + PAUSE_S / 2]
    if state.code in ("PAUSE", "ASYSTOLE"):
        return later[0] if later else look.end_s
    if state.code == "VT":
        own = [b.time_s for b in look.beats if b.kind is BeatKind.VENTRICULAR and b.time_s >= state.start_s]
        return own[-1] if own else look.end_s
    if state.code == "VF":
        return max((high for _, high in look.flutter_s if high > state.start_s), default=look.end_s)
    return look.end_s


def _intervals(look: Look) -> NDArray[np.float64]:
    """Return the interval before each beat, NaN before the first and over holes and flutter."""
    times = np.array([beat.time_s for beat in look.beats])
    if times.size < 2:
        return np.full(times.size, np.nan)
    silent = [*look.holes, *(Gap(low, high) for low, high in look.flutter_s)]
    return np.asarray(rr_intervals(times, silent), dtype=np.float64)


def _proven(look: Look, length_s: float) -> bool:
    """Return whether a lead shows that it would have seen a beat in the last `length_s`."""
    beats = [Beat(beat.time_s - look.start_s) for beat in look.beats]
    low = look.end_s - look.start_s - length_s
    flutter = [(begin_s - look.start_s, over_s - look.start_s) for begin_s, over_s in look.flutter_s]
    silent = unproven(look.record, beats, 0.0, look.end_s - look.start_s, flutter_s=flutter)
    return not any(gap.end_s > low + 0.1 for gap in silent)


def _flat(look: Look) -> bool:
    """Return whether the newest second of every lead stands still to the count, or is missing: it shows nothing."""
    rate_hz = look.record.rate_hz
    for lead in (lead for lead in look.record.traces.values() if lead.stored):
        mv = lead.millivolts(max(len(lead) - round(rate_hz), 0))
        if np.isfinite(mv).any() and float(np.nanmax(mv) - np.nanmin(mv)) > 0.0:
            return False
    return True
