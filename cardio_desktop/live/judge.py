"""Says of a recording that grows what the product says of any record, a little later than it happens.

Beats and rate come from a search in the last ten seconds four times a second, critical rhythms from these beats and the
same look, electrodes from the last three seconds twice a second. Every two seconds the last ten are read as a record of
ten seconds is (`reading`): quality, the network's opinion with its evidence, waves, rhythm, and what contradicts the
tier. No opinion is given on seconds with a gap, of which too few leads can be used, or in which a rhythm without
reliable complexes (VF, VT, asystole) was seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cardio_desktop.analysis.quality import MOST_NAMED, unknown_channels
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.events import Event, critical_of
from cardio_desktop.core.findings import Tier
from cardio_desktop.core.record import Patient
from cardio_desktop.live.events import LiveEvent, moved
from cardio_desktop.live.lead_watch import LeadState, LeadWatch
from cardio_desktop.live.pulse import HOLE_S, Look, Pulse
from cardio_desktop.live.rhythm_watch import Change, RhythmWatch
from cardio_desktop.live.ring import Ring
from cardio_desktop.live.source import Block, Layout
from cardio_desktop.live.tier_line import TierLine
from cardio_desktop.model.risk import stratify
from cardio_desktop.narrative.critical import event_remark
from cardio_desktop.reading.models import Models
from cardio_desktop.reading.opinion import opinion_on
from cardio_desktop.reading.passage import NOT_ASKED, Opinion, Passage, look
from cardio_desktop.reading.pipeline import judged
from cardio_desktop.words import Remark

RING_S = 40.0
"""A silence is judged with the beats before it: up to half a minute of asystole."""
HOP_S = 0.25
"""Between two looks for beats: with `pulse.SETTLED_S` a beat is told 0.4 s after it at the latest."""
LEADS_S = 0.5
"""Between two looks at the electrodes."""
OPINION_S, SHOWN_S = 2.0, 10.0
"""How often the network is asked, and of how much: the length that it was trained on."""
RATE_OF = 8
"""Intervals of which the middle one is the rate (`analysis.beat_events.AVERAGED`)."""
BLIND = frozenset(("VF", "VT", "ASYSTOLE"))
"""While these go on, and until they have left the ten seconds, the network is not asked: it was trained on no such
record."""
SEEN_ELSEWHERE = frozenset(("VF", "VT", "WCT", "PAUSE", "ASYSTOLE", "TACHY", "BRADY"))
"""What the looks at the newest seconds tell sooner than the one at ten."""
LOOKS = 3
"""So many looks at ten seconds in a row must find, or no longer find, what only they can see (ST, blocks, QT)."""


@dataclass(frozen=True)
class Settings:
    """`models` None asks no network; `patient` is what is known of the patient where the source does not say it."""

    models: Models | None = None
    patient: Patient | None = None


class Judge:
    """Takes blocks in order and returns what is to be said; holds the newest seconds and nothing else."""

    def __init__(self, layout: Layout, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        if self.settings.patient is not None:
            layout = replace(layout, patient=self.settings.patient)
        self.layout = layout
        self._ring = Ring(layout, RING_S)
        self._pulse, self._leads, self._rhythm = Pulse(self._ring), LeadWatch(self._ring), RhythmWatch()
        models = self.settings.models
        card = None if models is None else models.classifier.card
        self._line = None if card is None else TierLine(card.thresholds.for_age(layout.patient.age_years))
        self._due = {"beats": 0.0, "leads": 0.0, "opinion": 0.0}
        self._blind_s = self._hole_s = -1e9
        self._look: Look | None = None
        self._wide = False
        self._found, self._told = {}, {}
        # As in any record, nothing is said of channels that nobody knows to be an ECG.
        self._unknown = unknown_channels(layout.record(np.zeros((len(layout.leads), 1), dtype=np.int32)))

    _found: dict[str, int]
    _told: dict[str, LiveEvent]

    @property
    def now_s(self) -> float:
        """The time of the newest sample, and one more."""
        return self._ring.stop / self.layout.rate_hz

    def feed(self, block: Block) -> tuple[LiveEvent, ...]:
        """Take the next block and return what is to be said now. Blocks must be in order (`ordering`).

        A long block is looked at as if it had come bit by bit, so that its length changes nothing that is said; said it
        is when the whole of it was there.
        """
        hop = max(round(HOP_S * self.layout.rate_hz), 1)
        said: list[LiveEvent] = []
        at = block.first
        while at < block.stop:
            stop = min((at // hop + 1) * hop, block.stop)
            said += self._piece(Block(at, block.counts[:, at - block.first : stop - block.first]))
            at = stop
        now_s = block.stop / self.layout.rate_hz
        return tuple(event if event.at_s == now_s else replace(event, at_s=now_s) for event in said)

    def _piece(self, block: Block) -> list[LiveEvent]:
        out: list[LiveEvent] = []
        before = self._ring.stop
        self._ring.put(block)
        if self._unknown:
            return out if before else [self._not_known()]
        now_s, rate_hz = self.now_s, self.layout.rate_hz
        if before and block.first > before:
            out += self._after_hole(before / rate_hz, block.first / rate_hz)
        if self._is_due("leads", LEADS_S):
            out += self._electrodes(now_s)
        if self._is_due("beats", HOP_S) and (found := self._pulse.look()) is not None:
            self._look = found
            out += self._rhythms(found)
            out += self._beats(found)
        if self._is_due("opinion", OPINION_S):
            out += self._opinion(now_s)
        return out

    def finish(self) -> tuple[LiveEvent, ...]:
        """Return the ends of all that still goes on: the source has ended."""
        now_s = self.now_s
        out = [self._critical(change, now_s) for change in self._rhythm.lost(now_s)]
        out += [replace(event, at_s=now_s, end_s=now_s) for event in self._told.values()]
        self._told = {}
        return tuple(out)

    def _not_known(self) -> LiveEvent:
        named = {"channels": tuple(self._unknown[:MOST_NAMED]), "more": max(len(self._unknown) - MOST_NAMED, 0)}
        remark = Remark("unknown-channels", named)
        return LiveEvent("quality", "unknown", self.now_s, self.now_s, None, self.layout.leads, {}, remark)

    def _is_due(self, what: str, every_s: float) -> bool:
        """Return whether something is to be done again."""
        if self.now_s < self._due[what]:
            return False
        self._due[what] = (self.now_s // every_s + 1) * every_s
        return True

    def _after_hole(self, low_s: float, high_s: float) -> Iterator[LiveEvent]:
        """Tell of samples that were lost; a long hole ends what went on, for nobody saw it go on."""
        values = {"length_s": high_s - low_s}
        if high_s - low_s >= HOLE_S:
            self._hole_s = high_s
            yield LiveEvent("source", "gap", self.now_s, low_s, high_s, (), values, Remark("live-gap", values))
        if high_s - low_s >= LOST_S:
            yield from (self._critical(change, self.now_s) for change in self._rhythm.lost(low_s))

    def _electrodes(self, now_s: float) -> Iterator[LiveEvent]:
        silent = self._look is not None and self._look.silent_s > 1.0
        begun, over = self._leads.take(silent=silent)
        yield from (_quality(state, now_s, now_s) for state in over)
        yield from (_quality(state, now_s) for state in begun)

    def _rhythms(self, found: Look) -> Iterator[LiveEvent]:
        for change in self._rhythm.take(
            found, readable=self._leads.readable, trusted=self._leads.trusted, wide=self._wide
        ):
            yield self._critical(change, found.end_s)
        self._pulse.learn(found, tachycardia="VT" in self._rhythm.active)
        if self._rhythm.active & BLIND:
            self._blind_s = found.end_s

    def _critical(self, change: Change, at_s: float) -> LiveEvent:
        state = change.state
        values = {**state.values}
        if change.end_s is not None:
            values["length_s"] = change.end_s - state.start_s
        said = {"what": Remark(f"live-{state.code}", values)}
        remark = Remark("live-begins" if change.end_s is None else "live-ends", {**said, **values})
        return LiveEvent("critical", state.code, at_s, state.start_s, change.end_s, (), values, remark)

    def _beats(self, found: Look) -> Iterator[LiveEvent]:
        if not self._leads.readable or "VF" in self._rhythm.active:
            return
        fresh = self._pulse.fresh(found)
        times = [beat.time_s for beat in found.beats]
        for beat in fresh:
            k = times.index(beat.time_s)
            values: dict[str, float | str] = {}
            if k and not any(gap.start_s < times[k] and gap.end_s > times[k - 1] for gap in found.holes):
                values["rr_ms"] = 1000.0 * (times[k] - times[k - 1])
            yield LiveEvent("beat", beat.kind.value, found.end_s, beat.time_s, beat.time_s, (), values)
        if fresh and (rate := _rate(found)) is not None:
            yield LiveEvent(
                "rate", "heart", found.end_s, fresh[-1].time_s, fresh[-1].time_s, (), {"rate_bpm": rate},
                Remark("live-rate", {"rate_bpm": rate}),
            )  # fmt: skip

    # The last ten seconds as a record

    def _opinion(self, now_s: float) -> Iterator[LiveEvent]:
        stop = self._ring.stop
        first = stop - round(SHOWN_S * self.layout.rate_hz)
        if first < self._ring.first:
            return
        start_s = first / self.layout.rate_hz
        record = self.layout.record(self._ring.counts(first, stop))
        passage, refused = self._read(look(record, 0.0, SHOWN_S), start_s)
        opinion = moved(passage.opinion, start_s)
        values: dict[str, float | str] = {"tier": str(opinion.risk.tier.value)}
        if opinion.prediction is not None:
            values |= {f"{score.code}": round(score.probability, 4) for score in opinion.prediction.classes}
        if passage.rhythm is not None and not refused:
            values["rhythm"] = passage.rhythm.codes[0] if passage.rhythm.codes else ""
        if self._line is not None:
            yield LiveEvent(
                "opinion", str(opinion.risk.tier.value), now_s, start_s, now_s, (), values, opinion.risk.reason, opinion
            )
            if self._line.take(opinion):
                yield LiveEvent(
                    "tier",
                    str(self._line.tier.value),
                    now_s,
                    now_s,
                    None,
                    (),
                    {},
                    _tier_remark(self._line.tier, opinion),
                )
        if not refused:
            yield from self._slow(passage, start_s, now_s)

    def _read(self, passage: Passage, start_s: float) -> tuple[Passage, bool]:
        """Return the ten seconds read, and whether they were refused before anybody looked at them."""
        models = self.settings.models
        reason = self._refusal(start_s)
        if reason is not None:
            risk = NOT_ASKED.risk
            if models is not None:
                risk = stratify(None, models.classifier.card, age_years=self.layout.patient.age_years, reason=reason)
            return replace(passage, opinion=Opinion(risk)), True
        passage = judged(replace(passage, opinion=opinion_on(passage, models)), models)
        self._correct(passage)
        return passage, False

    def _refusal(self, start_s: float) -> Remark | None:
        """Return why nothing may be said of the seconds from `start_s` on, None where something may."""
        if not self._leads.readable:
            return Remark("live-no-leads")
        if self._hole_s > start_s:
            return Remark("live-hole")
        if self._blind_s > start_s or "PAUSE" in self._rhythm.active:
            return Remark("live-critical-meanwhile")
        return None

    def _correct(self, passage: Passage) -> None:
        """Take over what ten seconds as a whole show: a wide tachycardia that fills them, or none."""
        codes = passage.rhythm.codes if passage.rhythm is not None else ()
        qrs_ms = passage.measured.measurements.qrs_ms
        narrow = qrs_ms is not None and qrs_ms < NARROW_MS
        ventricular = [beat for beat in passage.beats if beat.kind is BeatKind.VENTRICULAR]
        if codes and codes[0] in ("VT", "WCT"):
            self._wide = True
        elif codes:
            self._wide = False
            if narrow and not ventricular:
                self._pulse.forget()

    def _slow(self, passage: Passage, start_s: float, now_s: float) -> Iterator[LiveEvent]:
        """Tell of what only ten seconds show, once three looks in a row agree."""
        events: dict[str, Event] = {}
        # The pause after a ventricular beat looks like a beat that was not conducted; ten seconds hold no other proof.
        ectopic = any(beat.kind is BeatKind.VENTRICULAR for beat in passage.beats)
        for event in critical_of(passage.events):
            if event.code not in SEEN_ELSEWHERE and not (event.code == "AVB2" and ectopic):
                events.setdefault(event.code, event)
        for code in {*events, *self._found}:
            run = self._found.get(code, 0)
            run = max(run, 0) + 1 if code in events else min(run, 0) - 1
            self._found[code] = run
            if run >= LOOKS and code not in self._told:
                event = events[code]
                begin_s = start_s + event.start_s
                placed = replace(event, start_s=begin_s, end_s=start_s + event.end_s)
                remark = Remark("live-begins", {"what": event_remark(placed)})
                self._told[code] = LiveEvent(
                    "critical", code, now_s, begin_s, None, event.leads, dict(event.values), remark
                )
                yield self._told[code]
            elif run <= -LOOKS:
                del self._found[code]
                if known := self._told.pop(code, None):
                    yield replace(known, at_s=now_s, end_s=now_s)


NARROW_MS = 120.0
"""A complex below this is no ventricular one (AHA/ACC/HRS 2009)."""
LOST_S = 2.0
"""A hole of this length hides a pause: what went on before it is over, for nobody saw it go on."""


def _rate(found: Look) -> float | None:
    """Return the rate by the middle of the newest intervals, None with fewer than three."""
    times = np.array([beat.time_s for beat in found.beats])
    rr_s = np.diff(times)
    for low, high in (*((gap.start_s, gap.end_s) for gap in found.holes), *found.flutter_s):
        rr_s = np.where((times[:-1] < high) & (times[1:] > low), np.nan, rr_s)
    rr_s = rr_s[np.isfinite(rr_s)][-RATE_OF:]
    return None if rr_s.size < 3 else float(60.0 / np.median(rr_s))


def _quality(state: LeadState, now_s: float, end_s: float | None = None) -> LiveEvent:
    code = "live-lead-bad" if end_s is None else "live-lead-good"
    remark = Remark(code, {"lead": state.lead, "because": state.remark})
    return LiveEvent("quality", state.code, now_s, state.start_s, end_s, (state.lead,), {}, remark)


def _tier_remark(tier: Tier, opinion: Opinion) -> Remark:
    shown = Remark(f"tier-{tier.value}")
    if tier is not opinion.risk.tier:
        return Remark("live-tier", {"tier": shown})
    return Remark("live-tier-because", {"tier": shown, "because": opinion.risk.reason})
