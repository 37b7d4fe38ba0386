"""What the program says about a record: frozen results that every front end shares.

Times are seconds from the record's start, voltages millivolts, probabilities 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.events import Event
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import capital, sentence

CLASS_NAMES: dict[str, str] = {
    "NORM": "Normal ECG",
    "MI": "Myocardial infarction",
    "STTC": "ST/T change",
    "CD": "Conduction disturbance",
    "HYP": "Hypertrophy",
}
PATHOLOGIES = ("MI", "STTC", "CD", "HYP")
LEAD_UNUSABLE = "lead-unusable"
"""Code of the remark that one lead cannot be used; the others on a record concern the whole of it."""
ABSENT = "absent"
"""Code of the remark that there is no such wave, where others say that it could not be measured."""


class Tier(StrEnum):
    """Risk tiers; the value is what reports and JSON show."""

    LOW = "Low"
    MODERATE = "Moderate"
    HIGH = "High"
    NOT_ASSESSED = "Not assessed"


@dataclass(frozen=True)
class LeadQuality:
    """Whether one lead can be used, why not, and its estimated signal-to-noise ratio."""

    usable: bool
    reasons: tuple[Remark, ...] = ()
    snr_db: float | None = None


@dataclass(frozen=True)
class QualityStretch:
    """A stretch that cannot be read in some leads, with the reason; `blind` where nothing at all can be read in it."""

    start_s: float
    end_s: float
    leads: tuple[str, ...]
    reason: Remark
    blind: bool = False


@dataclass(frozen=True)
class Quality:
    """Whether the record can be used, and why not; `reversal` names swapped electrodes ("RA/LA")."""

    usable: bool
    reasons: tuple[Remark, ...] = ()
    leads: Mapping[str, LeadQuality] = field(default_factory=dict)
    reversal: str | None = None
    score: float | None = None
    """How probably experts accept the record as a whole, 0 to 1; None where it has not the twelve leads."""
    stretches: tuple[QualityStretch, ...] = ()
    """Where a usable record cannot be read, ascending: beats, waves and opinion come from the rest of it."""

    @property
    def blind_s(self) -> tuple[tuple[float, float], ...]:
        """The times in which nothing can be read."""
        return tuple((one.start_s, one.end_s) for one in self.stretches if one.blind)

    def unread_s(self, lead: str) -> tuple[tuple[float, float], ...]:
        """Return the times in which one lead cannot be read."""
        return tuple((one.start_s, one.end_s) for one in self.stretches if lead in one.leads)

    @property
    def of_record(self) -> tuple[Remark, ...]:
        """The reasons that concern the record as a whole; those of single leads stand with the leads."""
        return tuple(reason for reason in self.reasons if reason.code != LEAD_UNUSABLE)


@dataclass(frozen=True)
class Flag:
    """Why a beat is pointed at: `lead` gives `evidence` (logits) for class `code`, strongest within `wave`.

    `wave` is P, QRS, ST, T, or None where the waves are not known.
    """

    code: str
    lead: str
    wave: str | None
    evidence: float


@dataclass(frozen=True)
class Beat:
    """A heart beat: the time of its R peak (or main QRS deflection), its kind and what it is flagged for.

    `evidence` is the sum over all leads of each class's evidence in this beat's span.
    """

    time_s: float
    kind: BeatKind = BeatKind.UNKNOWN
    flags: tuple[Flag, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)
    shape: int | None = None
    """Number of the beat's shape cluster, 0 for the commonest; None where shapes were not compared."""


@dataclass(frozen=True)
class Wave:
    """One delineated wave (P, QRS or T) of one lead, or of all leads together ("global")."""

    lead: str
    wave: str
    onset_s: float
    peak_s: float | None
    offset_s: float


@dataclass(frozen=True)
class RRIntervals:
    """Statistics of the intervals between beats in ms."""

    mean: float
    sd: float
    min: float
    max: float


@dataclass(frozen=True)
class LeadAmplitudes:
    """Voltages of one lead in mV against the PR baseline; None where the wave is absent or not measured."""

    p_mv: float | None = None
    q_mv: float | None = None
    r_mv: float | None = None
    s_mv: float | None = None
    t_mv: float | None = None
    j_mv: float | None = None
    st60_mv: float | None = None
    st80_mv: float | None = None


@dataclass(frozen=True)
class Measurements:
    """Intervals in ms, axes in degrees, voltages by lead; `not_measured` says why one of them is None."""

    heart_rate_bpm: float | None = None
    rr_ms: RRIntervals | None = None
    p_ms: float | None = None
    pr_ms: float | None = None
    qrs_ms: float | None = None
    qt_ms: float | None = None
    qtc_ms: Mapping[str, float] | None = None
    p_axis_deg: float | None = None
    qrs_axis_deg: float | None = None
    t_axis_deg: float | None = None
    leads: Mapping[str, LeadAmplitudes] | None = None
    not_measured: Mapping[str, Remark] = field(default_factory=dict)
    uncertainty_ms: Mapping[str, float] = field(default_factory=dict)
    """Interval name ("pr_ms" ...) -> half width in ms within which the truth is expected (one standard deviation)."""
    criteria: Mapping[str, float] = field(default_factory=dict)
    """Voltages of named criteria in mV ("sokolow_lyon_mv", "cornell_mv") and other derived figures, units in names."""


@dataclass(frozen=True, eq=False)
class MedianBeat:
    """The median of the dominant beats of every lead, and the global marks that were measured on it.

    `samples_mv` is float32 [lead, sample] against the PR baseline; sample k lies at (k - zero) / rate_hz seconds from
    the R peak. `marks_s` are seconds from the R peak: "p_onset", "p_offset", "qrs_onset", "qrs_offset", "t_peak",
    "t_offset"; a wave that is absent or not measurable has no marks.
    """

    leads: tuple[str, ...]
    samples_mv: NDArray[np.float32]
    rate_hz: float
    zero: int
    beats: int
    marks_s: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the shape and lock the array."""
        if self.samples_mv.ndim != 2 or self.samples_mv.shape[0] != len(self.leads):
            raise ValueError(f"a median beat of {self.samples_mv.shape} does not fit {len(self.leads)} leads")
        self.samples_mv.flags.writeable = False

    def of(self, lead: str) -> NDArray[np.float32]:
        """Return the samples of one lead in mV; ValueError if there is no such lead."""
        return np.asarray(self.samples_mv[self.leads.index(lead)])


@dataclass(frozen=True)
class Mark:
    """A stretch of trace that a sentence rests on; `lead` None means all leads."""

    lead: str | None
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Sentence:
    """One sentence of the narrative with what it rests on.

    `section` is critical, conclusion, quality, rhythm, rate, axis, conduction, hypertrophy, ischaemia, infarction,
    st_t, qt, normal, network or record; `source` is "measured", "network" or "both". `verdict` is "normal",
    "borderline", "abnormal", or "" for a remark that judges nothing; `code` names what an abnormal or borderline
    sentence states, as SCP-ECG does where it has a name ("CLBBB", "1AVB", "STE_" ...). `short` is the same for the line
    that concludes, or for what is normal; None where that line leaves it out.
    """

    section: str
    remark: Remark
    short: Remark | None = None
    source: str = "measured"
    leads: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    verdict: str = ""
    code: str = ""

    @property
    def values(self) -> Mapping[str, float]:
        """The numbers it was built from, units in their names."""
        return self.remark.numbers

    def text(self, language: str = "en") -> str:
        """Return the sentence in words."""
        return capital(sentence(say(self.remark, language)))

    @property
    def english(self) -> str:
        """The sentence in English."""
        return self.text("en")

    @property
    def german(self) -> str:
        """The sentence in German."""
        return self.text("de")


@dataclass(frozen=True)
class WindowScore:
    """Probabilities of one window that the network saw."""

    start_s: float
    end_s: float
    probabilities: Mapping[str, float]


@dataclass(frozen=True)
class ClassScore:
    """One of the five classes: raw logit, calibrated probability, and the logit's constant part."""

    code: str
    logit: float
    probability: float
    bias: float

    @property
    def name(self) -> str:
        """The class in words."""
        return CLASS_NAMES.get(self.code, self.code)


@dataclass(frozen=True)
class StatementScore:
    """One SCP-ECG statement and its probability."""

    code: str
    description: str
    probability: float


@dataclass(frozen=True)
class Prediction:
    """The network's opinion; `missing_leads` were not in the file and stood as zero."""

    model_name: str
    model_version: str
    model_sha256: str
    windows: tuple[WindowScore, ...]
    classes: tuple[ClassScore, ...]
    statements: tuple[StatementScore, ...] = ()
    missing_leads: tuple[str, ...] = ()

    def probability(self, code: str) -> float:
        """Return the calibrated probability of class `code`; KeyError if there is no such class."""
        return self.score(code).probability

    def score(self, code: str) -> ClassScore:
        """Return the score of class `code`; KeyError if there is no such class."""
        for score in self.classes:
            if score.code == code:
                return score
        raise KeyError(code)

    @property
    def leading_pathology(self) -> str:
        """The most probable class that is not NORM."""
        diseases = [score for score in self.classes if score.code != "NORM"]
        return max(diseases, key=lambda score: score.probability).code


@dataclass(frozen=True, eq=False)
class Evidence:
    """Where the logits come from: `values` float32 [class, lead, bin], logit = bias + sum over lead and bin.

    Bin k covers start_s + k * bin_s up to start_s + (k + 1) * bin_s. Positive speaks for the class, negative against.
    """

    classes: tuple[str, ...]
    leads: tuple[str, ...]
    values: NDArray[np.float32]
    bin_s: float
    start_s: float
    logit: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        """Check the shape and lock the arrays."""
        if self.values.shape[:2] != (len(self.classes), len(self.leads)):
            raise ValueError(f"evidence {self.values.shape} does not fit {len(self.classes)} x {len(self.leads)}")
        for array in (self.values, self.logit, self.bias):
            array.flags.writeable = False

    @property
    def end_s(self) -> float:
        """Time at which the last bin ends."""
        return self.start_s + len(self.values[0, 0]) * self.bin_s

    def of(self, code: str) -> NDArray[np.float32]:
        """Return the evidence [lead, bin] of class `code`; ValueError if there is no such class."""
        return np.asarray(self.values[self.classes.index(code)])

    def trace(self, code: str, lead: str) -> NDArray[np.float32] | None:
        """Return the evidence [bin] of one lead ("-aVR" has that of aVR) for class `code`; None for an unknown lead."""
        name = lead.removeprefix("-")
        return np.asarray(self.of(code)[self.leads.index(name)]) if name in self.leads else None

    def at(self, code: str, lead: str, time_s: float) -> float | None:
        """Return the evidence of the bin in which `time_s` lies, or None outside."""
        row = self.trace(code, lead)
        index = math.floor((time_s - self.start_s) / self.bin_s + 1e-9)
        return float(row[index]) if row is not None and 0 <= index < row.shape[0] else None

    def between(self, start_s: float, end_s: float) -> NDArray[np.float32]:
        """Return the evidence [class, lead] between two times; a bin counts by the share of it that lies inside."""
        edges = self.start_s + self.bin_s * np.arange(self.values.shape[2] + 1)
        inside = np.clip(np.minimum(edges[1:], end_s) - np.maximum(edges[:-1], start_s), 0.0, None) / self.bin_s
        return np.asarray(self.values @ inside.astype(np.float32))

    def scale(self, code: str) -> float:
        """Return the evidence that is painted in full colour for `code`: the 99.5 % quantile of its size."""
        size = np.abs(self.of(code))
        return max(float(np.quantile(size, 0.995)), 1e-9) if size.size else 1.0


@dataclass(frozen=True)
class Risk:
    """The tier with its reason, and the thresholds that were applied."""

    tier: Tier
    reason: Remark
    thresholds: Mapping[str, float] = field(default_factory=dict)
    paced: bool = False
    """Whether a pacemaker's rhythm is the reason."""
    stretch_s: tuple[float, float] | None = None
    """From where to where the tier was found, where that is not the whole of what was judged."""


def tier_limits(code: str, thresholds: Mapping[str, float]) -> tuple[float, ...]:
    """Return where Low ends and High begins for the probability of one class; nothing for NORM."""
    if code not in PATHOLOGIES or not {"low_mi", "low_any", "high_any"} <= thresholds.keys():
        return ()
    low = min(thresholds["low_mi"], thresholds["low_any"]) if code == "MI" else thresholds["low_any"]
    return low, thresholds["high_any"]


@dataclass(frozen=True)
class Rhythm:
    """A rhythm and how sure the program is of it (0 to 1).

    `remark` is to be put into words: "rhythm" with the `basic` one and what comes with it, `more`. `codes` name both
    (SR, AFIB, AVB1, PVC ... and VT, VF, VRUN, COUPLET, JUNC, IRREGULAR); `details` are the measured grounds and any
    disagreement with the network, `network` its probabilities by code.
    """

    remark: Remark
    confidence: float
    codes: tuple[str, ...] = ()
    details: tuple[Remark, ...] = ()
    network: Mapping[str, float] = field(default_factory=dict)

    @property
    def statement(self) -> str:
        """The rhythm in English words."""
        return capital(say(self.remark))


@dataclass(frozen=True, eq=False)
class Findings:
    """Everything that `pipeline.analyze` found between `start_s` and `end_s` of one record."""

    start_s: float
    end_s: float
    quality: Quality
    beats: tuple[Beat, ...]
    waves: tuple[Wave, ...]
    measurements: Measurements
    prediction: Prediction | None
    evidence: Evidence | None
    risk: Risk
    rhythm: Rhythm | None
    narrative: tuple[str, ...]
    warnings: tuple[Remark, ...]
    software: str
    median: MedianBeat | None = None
    sentences: tuple[Sentence, ...] = ()
    """The narrative with its grounds; `narrative` is its English text."""
    events: tuple[Event, ...] = ()
    """Every episode, ascending in time."""
    critical: tuple[Event, ...] = ()
    """What is said first, apart from any network, the most urgent first."""

    @property
    def flagged(self) -> tuple[Beat, ...]:
        """The beats that are pointed at."""
        return tuple(beat for beat in self.beats if beat.flags)
