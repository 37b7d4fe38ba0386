"""What the rules look at: the findings of one record, asked in the words of an electrocardiographer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.beat_waves import BeatWaves, waves_of_beats
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import (
    Beat,
    LeadAmplitudes,
    Mark,
    Measurements,
    MedianBeat,
    Prediction,
    Quality,
    Rhythm,
    Risk,
    Wave,
)
from cardio_desktop.core.leads import CHEST_LEADS, LEADS12, LIMB_LEADS
from cardio_desktop.core.morphology import QrsShape
from cardio_desktop.narrative.limits import ADULT_YEARS, MOST_DOUBT_MS
from cardio_desktop.words import Remark

MOST_MARKED_BEATS = 24
ST_MARK_S = 0.08
"""ST marks reach from the J point to 80 ms after it, where it is measured last."""


@dataclass(frozen=True, eq=False)
class Case:
    """One record's findings as the rules read them; `sex` is female, male or None, an unknown age None."""

    quality: Quality
    measurements: Measurements
    risk: Risk
    beats: Sequence[Beat] = ()
    waves: Sequence[Wave] = ()
    median: MedianBeat | None = None
    shapes: Mapping[str, QrsShape] = field(default_factory=dict)
    rhythm: Rhythm | None = None
    prediction: Prediction | None = None
    age_years: float | None = None
    sex: str | None = None
    simulated: bool = False
    events: Sequence[Event] = ()

    # Values

    @cached_property
    def amplitudes(self) -> Mapping[str, LeadAmplitudes]:
        """Voltages of the leads among the twelve that may be judged: by their quality, and as no electrode is swapped.

        Swapped limb electrodes turn all limb leads round, swapped chest electrodes leave it open which lead is which.
        """
        found = self.measurements.leads or {}
        good = {name: lead.usable for name, lead in self.quality.leads.items()}
        trusted = (*(LIMB_LEADS if self.limb_trusted else ()), *(CHEST_LEADS if self.chest_trusted else ()))
        return {name: found[name] for name in LEADS12 if name in found and name in trusted and good.get(name, True)}

    def voltages(self, name: str, leads: Iterable[str] = LEADS12) -> dict[str, float]:
        """Return one voltage ("j_mv") of those of `leads` where it was measured."""
        values = {lead: getattr(self.amplitudes[lead], name) for lead in leads if lead in self.amplitudes}
        return {lead: float(value) for lead, value in values.items() if value is not None}

    def shape(self, lead: str) -> QrsShape | None:
        """Return the QRS shape of a lead that may be used, or None."""
        return self.shapes.get(lead) if lead in self.amplitudes else None

    def spread(self, name: str) -> float:
        """Return the uncertainty of an interval in ms, 0 where it is not known."""
        return float(self.measurements.uncertainty_ms.get(name, 0.0))

    def doubt(self, name: str) -> float:
        """Return how near to a limit an interval is called borderline, in ms: its uncertainty, within reason."""
        return min(self.spread(name), MOST_DOUBT_MS[name])

    @cached_property
    def unjudged(self) -> Remark | None:
        """Why the limits of the rules do not hold for this record; None where they do."""
        if self.age_years is not None and self.age_years < ADULT_YEARS:
            return Remark("unjudged-age", {"adult_years": ADULT_YEARS})
        codes = set(self.rhythm.codes) if self.rhythm is not None else set()
        paced = [beat.kind for beat in self.beats].count(BeatKind.PACED) * 3 >= max(len(self.beats), 1)
        if "PACE" in codes or (self.beats and paced):
            return Remark("unjudged-paced")
        if codes & {"VT", "WCT", "IVR", "VF"}:
            return Remark("unjudged-ventricular")
        return None

    def qtc(self, formula: str = "fridericia") -> float | None:
        """Return the QTc by one formula."""
        return (self.measurements.qtc_ms or {}).get(formula)

    @cached_property
    def chances(self) -> Mapping[str, float]:
        """The network's probabilities of its classes and statements; none without a prediction."""
        if self.prediction is None:
            return {}
        classes = {score.code: score.probability for score in self.prediction.classes}
        return classes | {item.code: item.probability for item in self.prediction.statements}

    @property
    def chest_trusted(self) -> bool:
        """Whether the chest leads may be judged: no two chest electrodes seem swapped."""
        return self.quality.reversal is None or not self.quality.reversal.startswith("V")

    @property
    def limb_trusted(self) -> bool:
        """Whether the limb leads may be judged: swapped electrodes turn axis and Q waves round."""
        return self.quality.reversal is None or self.quality.reversal.startswith("V")

    @property
    def good(self) -> tuple[str, ...]:
        """The leads whose quality allows to use them."""
        return tuple(name for name, lead in self.quality.leads.items() if lead.usable)

    @property
    def chest(self) -> tuple[str, ...]:
        """The chest leads with voltages."""
        return tuple(name for name in CHEST_LEADS if name in self.amplitudes)

    @property
    def limb(self) -> tuple[str, ...]:
        """The limb leads with voltages."""
        return tuple(name for name in LIMB_LEADS if name in self.amplitudes)

    # Marks

    @cached_property
    def typical(self) -> tuple[tuple[Beat, BeatWaves[Wave]], ...]:
        """The dominant beats, whose median is measured, with their global waves; at most `MOST_MARKED_BEATS`."""
        pairs = list(zip(self.beats, waves_of_beats(self.beats, self.waves), strict=True))
        dominant = [
            (beat, own)
            for beat, own in pairs
            if beat.shape in (0, None) and beat.kind in (BeatKind.NORMAL, BeatKind.UNKNOWN)
        ]
        return tuple((dominant or pairs)[:MOST_MARKED_BEATS])

    def marks(self, begin: str, end: str, leads: Sequence[str] = ()) -> tuple[Mark, ...]:
        """Return the stretch from mark `begin` to mark `end` ("qrs_onset" ...) of each typical beat, in each lead.

        No leads means all of them. A beat's own waves count, else the marks of the median beat.
        """
        spans = [(self._time(*pair, begin), self._time(*pair, end)) for pair in self.typical]
        return tuple(
            Mark(lead, start, stop)
            for start, stop in spans
            if start is not None and stop is not None and start < stop
            for lead in (leads or (None,))
        )

    def st_marks(self, leads: Sequence[str]) -> tuple[Mark, ...]:
        """Return the 80 ms after each typical beat's J point in each lead."""
        starts = [self._time(*pair, "qrs_offset") for pair in self.typical]
        return tuple(Mark(lead, at, at + ST_MARK_S) for at in starts if at is not None for lead in leads)

    def t_marks(self, leads: Sequence[str]) -> tuple[Mark, ...]:
        """Return T of each typical beat in each lead; from the J point on where its onset is not known."""
        out = []
        for beat, own in self.typical:
            end = self._time(beat, own, "t_offset")
            start = own.t.onset_s if own.t is not None else self._time(beat, own, "qrs_offset")
            if start is not None and end is not None and start < end:
                out += [Mark(lead, start, end) for lead in leads]
        return tuple(out)

    @property
    def span_s(self) -> tuple[float, float]:
        """From the first to the last beat."""
        return (self.beats[0].time_s, self.beats[-1].time_s) if self.beats else (0.0, 0.0)

    def beat_marks(self) -> tuple[Mark, ...]:
        """Return the whole stretch from the first to the last beat, in all leads."""
        return (Mark(None, self.beats[0].time_s, self.beats[-1].time_s),) if len(self.beats) > 1 else ()

    def _time(self, beat: Beat, own: BeatWaves[Wave], name: str) -> float | None:
        wave, _, part = name.partition("_")
        found = {"p": own.p, "qrs": own.qrs, "t": own.t}[wave]
        if found is not None:
            return found.onset_s if part == "onset" else found.offset_s
        mark = self.median.marks_s.get(name) if self.median is not None else None
        return beat.time_s + mark if mark is not None else None
