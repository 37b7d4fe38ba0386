"""What has changed between two ECGs of one patient, and what of it is more than the error of measurement.

A change of an interval counts where it exceeds `SURE` times the standard deviations of both measurements together:
those that each record has for itself (`Measurements.uncertainty_ms`: the error against the references of LUDB, and how
far its own beats differ). For the rate it is how far the beats differ, for the axis what two halves of one
recording differ by. Electrodes that are placed otherwise can change axis and voltages by more; nobody can measure that
here.

Of 200 other recordings of PTB-XL (folds 1 to 8) whose halves were compared, 12 differed notably in a quantity, 8 in a
finding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cardio_desktop.core.findings import Findings, Sentence
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.quantities import BY_KEY
from cardio_desktop.narrative.rhythm import QUIET
from cardio_desktop.narrative.rhythm import SURE as SURE_RHYTHM
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import capital

SURE = 1.96
"""A change beyond so many standard deviations happens by measuring alone once in twenty times."""
AXIS_SD_DEG, RATE_SD_BPM = 5.7, 3.4
"""Standard deviations of the QRS axis and the least one of the rate: between the two halves of one recording the axis
differs by 8.0 degrees (SD) and the rate by 4.9/min, each being two measurements' worth (400 records of PTB-XL, folds 1
to 8, drawn by chance, whatever their quality)."""
COUNTS_MV, T_COUNTS_MV = 0.1, 0.2
"""From when on a change of ST or Q, and one of T, counts: the halves of those recordings differ by more than 0.06 mV in
the J point and by more than 0.20 mV in T in 1 % of the leads."""
TOLD = ("heart_rate_bpm", "pr_ms", "qrs_ms", "qtc_fridericia_ms", "qrs_axis_deg")
"""The quantities whose changes are told, in this order."""
RESTS_ON = {
    **dict.fromkeys(("1AVB", "SPR"), "pr_ms"),
    **dict.fromkeys(("CLBBB", "LBBB", "CRBBB", "RBBB", "ILBBB", "IRBBB", "IVCD"), "qrs_ms"),
    **dict.fromkeys(("LNGQT", "SHORTQT"), "qtc_fridericia_ms"),
    **dict.fromkeys(("AXIS", "ALS", "ARS", "LAFB", "LPFB"), "qrs_axis_deg"),
    **dict.fromkeys(("TACHY", "BRADY"), "heart_rate_bpm"),
    "LAO/LAE": "p_ms",
    "QT500": "qtc_fridericia_ms",
}
"""Code of a finding -> the quantity that must have changed for it to be news: at a limit it is crossed often."""
UNSURE = frozenset({"LVH", "RVH", "RAO/RAE", "LVOLT", "HVOLT", "RPROG"})
"""Codes of findings that rest on voltages whose error nobody has measured: told, but never as more than an error."""
WIDE = frozenset({"CLBBB", "LBBB", "CRBBB", "RBBB", "IVCD"})
"""With these ST, T, Q and axis are judged otherwise or not at all: what is not told then has not gone."""
LEFT_OUT = frozenset({"RHYTHM", "RHYTHM?", "SWAP", "ANGLE", "NT_", "LOWT"})
"""Codes that are no change of their own, or too vague for one."""
SAME = {"CLBBB": "LBBB", "CRBBB": "RBBB"}
"""A block and the same less sure are one finding."""
_VOLTAGES: Mapping[str, str] = {"STE_": "j_mv", "STD_": "j_mv", "INVT": "t_mv", "Q": "q_mv"}
"""Family of findings -> the voltage of a lead that must have changed for it to be news."""


@dataclass(frozen=True)
class Change:
    """One thing that has changed. `notable` says that it is more than the error of measurement."""

    remark: Remark
    notable: bool


@dataclass(frozen=True)
class Changes:
    """All that has changed since the earlier ECG, notable ones first; `since` is when that was, in words."""

    since: Remark
    changes: tuple[Change, ...] = ()
    unjudged: Remark | None = None
    """Why findings could not be compared; None where they were."""

    @property
    def notable(self) -> tuple[Change, ...]:
        """The changes that are more than the error of measurement."""
        return tuple(change for change in self.changes if change.notable)

    @property
    def small(self) -> tuple[Change, ...]:
        """The changes within the error of measurement."""
        return tuple(change for change in self.changes if not change.notable)

    def parts(self, language: str = "en") -> list[tuple[str, bool]]:
        """Return the sentences in pieces: the text, and whether it is to be seen at once (bold)."""
        found: list[tuple[str, bool]] = [(capital(say(self.since, language)) + ": ", False)]
        if self.notable:
            for k, change in enumerate(self.notable):
                found += [(", ", False)] if k else []
                found.append((say(change.remark, language), True))
        else:
            found.append((say(Remark("change-none"), language), False))
        found.append((".", False))
        if self.small:
            told = tuple(change.remark for change in self.small)
            found.append((" " + capital(say(Remark("change-small", {"told": told}), language)) + ".", False))
        if self.unjudged is not None:
            found.append((" " + capital(say(self.unjudged, language)) + ".", False))
        return found

    def text(self, language: str = "en") -> str:
        """Return the sentences."""
        return "".join(part for part, _ in self.parts(language))


def changes_between(
    before: Findings, after: Findings, before_time: datetime | None = None, after_time: datetime | None = None
) -> Changes:
    """Return what has changed from one ECG to a later one of the same patient."""
    unjudged = _unjudged(before, after)
    found = [*_rhythm(before, after), *_quantities(before, after)]
    if unjudged is None:
        found += [*_by_lead(before, after), *_statements(before, after)]
    found.sort(key=lambda change: not change.notable)
    return Changes(_since(before_time, after_time), tuple(found), unjudged)


def error_of(key: str, found: Findings) -> float | None:
    """Return the standard deviation of a measured quantity in its unit; None where it is not known."""
    measured = found.measurements
    quantity = BY_KEY[key]
    if key == "heart_rate_bpm":
        rate, rr = measured.heart_rate_bpm, measured.rr_ms
        if rate is None or rr is None or not rr.mean or len(found.beats) < 3:
            return None
        return max(rate * rr.sd / rr.mean / math.sqrt(len(found.beats) - 1), RATE_SD_BPM)
    if key == "qrs_axis_deg":
        return AXIS_SD_DEG if measured.qrs_axis_deg is not None else None
    return quantity.spread(measured)


def is_notable(key: str, before: Findings, after: Findings) -> bool | None:
    """Return whether a quantity has changed by more than the error of measurement; None where that is not known."""
    change, first, second = change_of(key, before, after), error_of(key, before), error_of(key, after)
    return None if change is None or first is None or second is None else abs(change) > SURE * math.hypot(first, second)


def change_of(key: str, before: Findings, after: Findings) -> float | None:
    """Return after less before, for an angle the shorter way round; None where one was not measured."""
    quantity = BY_KEY[key]
    first, second = quantity.value(before.measurements), quantity.value(after.measurements)
    if first is None or second is None:
        return None
    change = second - first
    return (change + 180.0) % 360.0 - 180.0 if quantity.is_angle else change


def _quantities(before: Findings, after: Findings) -> Iterator[Change]:
    for key in TOLD:
        change = change_of(key, before, after)
        if change is not None and abs(change) >= 0.5:
            unit = f"{BY_KEY[key].glue}{BY_KEY[key].unit}"
            told = Remark("change-quantity", {"name": Remark(f"change-{key}"), "change": change, "unit": unit})
            yield Change(told, bool(is_notable(key, before, after)))


def _rhythm(before: Findings, after: Findings) -> Iterator[Change]:
    """Yield another basic rhythm; sinus rhythms of other rates differ by their rates."""
    first, second = before.rhythm, after.rhythm
    if first is None or second is None or not first.codes or not second.codes:
        return
    sinus = QUIET | {"STACH"}
    a, b = first.codes[0], second.codes[0]
    if a == b or (a in sinus and b in sinus):
        return
    names = {"before": _basic(first.remark), "after": _basic(second.remark)}
    yield Change(Remark("change-rhythm", names), min(first.confidence, second.confidence) >= SURE_RHYTHM)


def _basic(remark: Remark) -> Remark:
    basic = remark.values.get("basic", remark)
    return basic if isinstance(basic, Remark) else remark


def _by_lead(before: Findings, after: Findings) -> Iterator[Change]:
    """Yield ST elevation, ST depression, T inversion and Q waves that have come, grown or gone, with their leads."""
    widened = bool(_codes(after) & WIDE) != bool(_codes(before) & WIDE)
    for family in ("STE_", "STD_", "INVT", "Q"):
        old, new = _leads(before, family), _leads(after, family)
        came = [lead for lead in new if lead not in _leads(before, family, doubtful=True)]
        went = [] if widened else [lead for lead in old if lead not in _leads(after, family, doubtful=True)]
        grew = [lead for lead in new if lead in old]
        moved, counts_mv = _moved(before, after, family), T_COUNTS_MV if family == "INVT" else COUNTS_MV
        for code, leads in (("change-new", came), ("change-gone", went)):
            if leads:
                sure = any(abs(moved.get(lead, 0.0)) >= counts_mv for lead in leads)
                if sure or code == "change-new":
                    yield Change(Remark(code, {"what": _family(family, leads)}), sure)
        top = max(grew, key=lambda lead: abs(moved.get(lead, 0.0)), default="")
        if family != "Q" and top and abs(moved.get(top, 0.0)) >= counts_mv:
            values = {"what": Remark(f"change-is-{family}"), "lead": top, "change_mv": moved[top]}
            yield Change(Remark("change-moved", values), True)


def _family(family: str, leads: Sequence[str]) -> Remark:
    return Remark("change-leads", {"what": Remark(f"change-is-{family}"), "leads": tuple(leads)})


def _leads(found: Findings, family: str, *, doubtful: bool = False) -> tuple[str, ...]:
    """Return the leads of a family of findings; the borderline ones too where they are `doubtful`."""
    verdicts = ("abnormal", "borderline") if doubtful else ("abnormal",)
    own = {
        lead
        for item in found.sentences
        if item.source == "measured" and item.verdict in verdicts and _family_of(item) == family
        for lead in item.leads
    }
    return tuple(lead for lead in LEADS12 if lead in own)


def _family_of(item: Sentence) -> str:
    if item.section == "infarction":
        return "Q"
    return item.code if item.code in _VOLTAGES else ""


def _moved(before: Findings, after: Findings, family: str) -> dict[str, float]:
    """Return the change in mV of the voltage that a family rests on, lead by lead."""
    name = _VOLTAGES[family]
    first, second = before.measurements.leads or {}, after.measurements.leads or {}
    out = {}
    for lead in LEADS12:
        a, b = (getattr(found.get(lead), name, None) for found in (first, second))
        if name == "q_mv" and lead in first and lead in second:
            a, b = a or 0.0, b or 0.0  # no Q at all is none of 0 mV
        if a is not None and b is not None:
            out[lead] = float(b) - float(a)
    return out


def _statements(before: Findings, after: Findings) -> Iterator[Change]:
    """Yield the other abnormal findings that have come or gone."""
    first, second = _stated(before), _stated(after)
    widened = bool(_codes(after) & WIDE) != bool(_codes(before) & WIDE)
    for code, (item, verdict) in second.items():
        was = first.get(code)
        if verdict == "abnormal" and (was is None or was[1] != "abnormal"):
            yield Change(Remark("change-new", {"what": _short(item)}), was is None and _news(item, before, after))
    for code, (item, verdict) in first.items():
        if verdict == "abnormal" and code not in second and not (widened and code not in WIDE):
            yield Change(Remark("change-gone", {"what": _short(item)}), _news(item, before, after))


def _stated(found: Findings) -> dict[str, tuple[Sentence, str]]:
    """Return the findings that are not of `_by_lead`, by code: the sentence and its gravest verdict."""
    out: dict[str, tuple[Sentence, str]] = {}
    for item in found.sentences:
        fits = item.code and item.code not in LEFT_OUT and item.source == "measured" and not _family_of(item)
        if not fits or item.verdict not in ("abnormal", "borderline") or item.remark.code == "rhythm-told":
            continue
        code = SAME.get(item.code, item.code)
        if code not in out or item.verdict == "abnormal":
            out[code] = item, item.verdict
    return out


def _news(item: Sentence, before: Findings, after: Findings) -> bool:
    """Return whether a finding has come or gone by more than a step over its limit."""
    if item.code in UNSURE:
        return False
    if item.section == "ischaemia" or item.code == "ISC_":
        moved = _moved(before, after, "STE_")
        return any(abs(moved.get(lead, 0.0)) >= COUNTS_MV for lead in item.leads)
    key = RESTS_ON.get(item.code)
    return key is None or is_notable(key, before, after) is True


def _short(item: Sentence) -> Remark:
    if item.code in ("PVC", "PAC"):
        return Remark(f"change-is-{item.code}")
    return item.short if item.short is not None else item.remark


def _codes(found: Findings) -> set[str]:
    return {item.code for item in found.sentences if item.verdict == "abnormal"}


def _unjudged(before: Findings, after: Findings) -> Remark | None:
    """Return why findings cannot be compared: one ECG is unusable, not judged, or has swapped electrodes."""
    for which, found in (("before", before), ("after", after)):
        place = Remark(f"change-{which}")
        if not found.quality.usable:
            return Remark("change-unusable", {"which": place})
        if found.quality.reversal is not None:
            return Remark("change-swapped", {"which": place, "swap": found.quality.reversal})
        if any(item.remark.code == "unjudged" for item in found.sentences):
            return Remark("change-unjudged", {"which": place})
    return None


def _since(before: datetime | None, after: datetime | None) -> Remark:
    if before is None:
        return Remark("since-unknown")
    day = Remark("day", {"year": before.year, "month": Remark(f"month-{before.month}"), "date": before.day})
    if after is not None and after.date() == before.date():
        return Remark("since-hour", {"day": day, "time": f"{before:%H:%M}"})
    return Remark("since", {"day": day})
