"""The table of what is measured: key, unit, digits, where its value lies, its limits; its names are words.

Panel, report, comparison, sentences and validation read it, so a measurement is one row here, one field of
`findings.Measurements` (or of `findings.LeadAmplitudes`) and its computation in `analysis`; its names stand in
`words` as "name-" and the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardio_desktop.core.findings import LeadAmplitudes, Measurements
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import Words, capital

SEXES = (("male", "♂"), ("female", "♀"))
"""In the order in which limits for both are told."""


@dataclass(frozen=True)
class Usual:
    """Within which limits a quantity is usual in adults: None where a side has none, `by_sex` where it depends.

    `below` says that the highest value itself is no longer usual.
    """

    low: float | None = None
    high: float | None = None
    by_sex: Mapping[str, float] = field(default_factory=dict)
    below: bool = False
    digits: int = 0

    def holds(self, value: float, sex: str | None = None) -> bool:
        """Return whether a value is within the limits; where the sex is not known, within those of either."""
        high = self.by_sex.get(sex or "", max(self.by_sex.values())) if self.by_sex else self.high
        if self.low is not None and value < self.low:
            return False
        return high is None or value < high or (value == high and not self.below)

    def text(self, words: Words, sex: str | None = None, unit: str = "") -> str:
        """Return the limits in words; for both sexes where it is not known: "≤ 125 ♂, 117 ♀"."""
        if self.low is not None and self.high is not None:
            low, high = words.number(self.low, self.digits), words.number(self.high, self.digits)
            return f"{low} {words.to} {high}{unit}"
        if sex is not None and sex in self.by_sex:
            high = words.number(self.by_sex[sex], self.digits)
        elif self.by_sex:
            high = ", ".join(f"{words.number(self.by_sex[name], self.digits)} {sign}" for name, sign in SEXES)
        else:
            assert self.high is not None
            high = words.number(self.high, self.digits)
        return f"{'<' if self.below else '≤'} {high}"


@dataclass(frozen=True)
class Quantity:
    """One measured quantity of the record as a whole.

    Its value is the field of `Measurements` of that `key`, or the `entry` of the field `within`. `allowed_ms` are mean
    and standard deviation of the error that IEC 60601-2-25 allows; what has them has an uncertainty of its own.
    `doubt_of` is the interval whose uncertainty it shares, in proportion where it is `scaled`. `compared` says whether
    a second record is set against it. `mark` stands before the number ("V" of a chest lead).
    """

    key: str
    unit: str
    digits: int = 0
    within: str = ""
    entry: str = ""
    usual: Usual | None = None
    allowed_ms: tuple[float, float] | None = None
    doubt_of: str = ""
    scaled: bool = True
    from_beats: bool = False
    compared: bool = True
    mark: str = ""

    @property
    def field(self) -> str:
        """The field of `Measurements` that holds it, which is what `not_measured` tells a reason of."""
        return self.within or self.key

    @property
    def is_angle(self) -> bool:
        """Whether it goes round."""
        return self.unit == "°"

    def value(self, found: Measurements) -> float | None:
        """Return what was measured, None where nothing was."""
        whole = getattr(found, self.field)
        if self.entry and whole is not None:
            whole = whole.get(self.entry) if isinstance(whole, Mapping) else getattr(whole, self.entry)
        return None if whole is None else float(whole)

    def spread(self, found: Measurements) -> float | None:
        """Return the standard deviation of the measurement, None where it is not known."""
        spread = found.uncertainty_ms.get(self.doubt_of or self.key)
        if spread is None or not self.doubt_of or not self.scaled:
            return spread
        value, base = self.value(found), getattr(found, self.doubt_of)
        return spread * value / base if value is not None and base else None

    def name(self, language: str = "en") -> str:
        """Return its name, with a capital first letter."""
        return quantity_name(self.key, language)

    def text(self, words: Words, value: float, spread: float | None = None) -> str:
        """Return a value with its unit, and with its uncertainty where that is known: "204 ± 6 ms"."""
        doubt = f" ± {words.number(max(spread, 10.0**-self.digits), self.digits)}" if spread else ""
        return f"{self.mark}{words.number(value, self.digits)}{doubt}{self.glue}{self.unit}"

    @property
    def glue(self) -> str:
        """What stands between a number and the unit."""
        return " " if self.unit[:1].isalpha() else ""


@dataclass(frozen=True)
class LeadQuantity:
    """One voltage in mV that every lead has, a field of `LeadAmplitudes`; `symbol` heads its column.

    In a comparison a change of at least `counts_mv` counts, or one of its sign where it `turns`; without either it is
    not compared.
    """

    key: str
    symbol: str
    unit: str = "mV"
    digits: int = 2
    counts_mv: float | None = None
    turns: bool = False

    def value(self, lead: LeadAmplitudes | None) -> float | None:
        """Return what was measured in a lead, None where nothing was."""
        found = getattr(lead, self.key, None)
        return None if found is None else float(found)

    def name(self, language: str = "en") -> str:
        """Return its name, with a capital first letter."""
        return quantity_name(self.key, language)


# fmt: off
QUANTITIES: tuple[Quantity, ...] = (
    # The rate by convention; fast and slow as findings are another matter (`narrative.limits`).
    Quantity("heart_rate_bpm", "/min", from_beats=True, usual=Usual(60.0, 100.0)),
    Quantity("rr_ms", "ms", within="rr_ms", entry="mean", from_beats=True, compared=False),
    # From the first onset to the last offset in twelve leads P is longer than in lead II alone (`narrative.limits`).
    Quantity("p_ms", "ms", allowed_ms=(10.0, 15.0), usual=Usual(high=140.0)),
    # ACC/AHA/HRS bradycardia guideline, Circulation 2019;140:e382.
    Quantity("pr_ms", "ms", allowed_ms=(10.0, 10.0), usual=Usual(120.0, 200.0)),
    # Of 800 healthy adults of PTB-XL (folds 1 to 8) 98 % reach 116 (women) and 125.5 ms (men) over all leads.
    Quantity("qrs_ms", "ms", allowed_ms=(10.0, 10.0), usual=Usual(by_sex={"male": 125.0, "female": 117.0})),
    Quantity("qt_ms", "ms", allowed_ms=(25.0, 30.0)),
    # AHA/ACC/HRS IV, Circulation 2009;119:e241.
    Quantity("qtc_fridericia_ms", "ms", within="qtc_ms", entry="fridericia", doubt_of="qt_ms",
             usual=Usual(by_sex={"male": 450.0, "female": 460.0}, below=True)),
    Quantity("qtc_bazett_ms", "ms", within="qtc_ms", entry="bazett", doubt_of="qt_ms"),
    # These two add to QT, whose uncertainty stays as it is.
    Quantity("qtc_framingham_ms", "ms", within="qtc_ms", entry="framingham", doubt_of="qt_ms", scaled=False,
             compared=False),
    Quantity("qtc_hodges_ms", "ms", within="qtc_ms", entry="hodges", doubt_of="qt_ms", scaled=False, compared=False),
    Quantity("p_axis_deg", "°"),
    # AHA/ACC/HRS III, Circulation 2009;119:e235.
    Quantity("qrs_axis_deg", "°", usual=Usual(-30.0, 90.0)),
    Quantity("t_axis_deg", "°"),
    # AHA/ACC/HRS V, Circulation 2009;119:e251.
    Quantity("sokolow_lyon_mv", "mV", 2, "criteria", "sokolow_lyon_mv", compared=False,
             usual=Usual(high=3.5, below=True, digits=1)),
    Quantity("cornell_mv", "mV", 2, "criteria", "cornell_mv", compared=False,
             usual=Usual(by_sex={"male": 2.8, "female": 2.0}, digits=1)),
    Quantity("transition_lead", "", 0, "criteria", "transition_lead", mark="V", compared=False),
)
"""In the order in which an ECG is read."""

LEAD_QUANTITIES: tuple[LeadQuantity, ...] = (
    LeadQuantity("p_mv", "P"),
    LeadQuantity("q_mv", "Q"),
    LeadQuantity("r_mv", "R"),
    LeadQuantity("s_mv", "S"),
    LeadQuantity("j_mv", "J"),
    # One small square: what it takes to be seen at all, and what criteria of infarction begin with.
    LeadQuantity("st60_mv", "ST60", counts_mv=0.1),
    LeadQuantity("st80_mv", "ST80"),
    LeadQuantity("t_mv", "T", counts_mv=0.1, turns=True),
)
# fmt: on

BY_KEY: Mapping[str, Quantity] = {item.key: item for item in QUANTITIES}
ALLOWED_MS: Mapping[str, tuple[float, float]] = {
    item.key: item.allowed_ms for item in QUANTITIES if item.allowed_ms is not None
}
"""The intervals that have an uncertainty -> mean and standard deviation of the error that IEC 60601-2-25 allows."""
INTERVALS = tuple(ALLOWED_MS)
FROM_WAVES = tuple(
    dict.fromkeys(
        (*(item.field for item in QUANTITIES if not item.from_beats and item.field != "criteria"), "leads"),
    )
)
"""The fields of `Measurements` that need waves, each with a reason in `not_measured` where it is None.

Criteria are derived from the voltages and have none of their own.
"""


def quantity_name(key: str, language: str = "en") -> str:
    """Return the name of a quantity, or of a field that holds several ("qtc_ms", "leads")."""
    return capital(say(Remark(f"name-{key}"), language))


def usual(key: str) -> tuple[float, float]:
    """Return the lowest and the highest usual value of a quantity, infinite where a side has no limit."""
    found = BY_KEY[key].usual
    if found is None:
        raise KeyError(f"{key} has no limits")
    low = -float("inf") if found.low is None else found.low
    return low, float("inf") if found.high is None else found.high


def usual_by_sex(key: str) -> Mapping[str, float]:
    """Return the highest usual value of a quantity by sex; KeyError for one that has none."""
    found = BY_KEY[key].usual
    if found is None or not found.by_sex:
        raise KeyError(f"{key} has no limits by sex")
    return found.by_sex
