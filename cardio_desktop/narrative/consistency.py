"""Pairs of sentences that cannot be true together: a declared table, walked over readings by tests and `validate`.

A sentence claims what its remark says and what the remarks inside it say; some claims follow from a value. Sentences of
the network are left out, for they may contradict openly, but its tier is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from cardio_desktop.core.findings import Sentence
from cardio_desktop.core.leads import CHEST_LEADS, LIMB_LEADS
from cardio_desktop.words import Remark

SINUS = ("rhythm-SR", "rhythm-SBRAD", "rhythm-STACH", "rhythm-SARRH", "rhythm-SBRAD-SARRH")
FIBRILLATION = ("rhythm-AFIB", "rhythm-AFIB-fast", "rhythm-AFIB-slow")
FLUTTER = ("rhythm-AFLT", "rhythm-AFLT-variable")
VENTRICULAR = ("rhythm-VT", "rhythm-WCT", "rhythm-VF", "rhythm-IVR", "rhythm-IVR-fast")
HIDDEN_P = (
    *("rhythm-SVTAC-no-P", "rhythm-SVTAC-no-P-2:1", "rhythm-TACH-no-P", "rhythm-TACH-no-P-2:1"),
    *("rhythm-TACH-wide-no-P", "rhythm-TACH-wide-no-P-2:1"),
)
NO_P = (*FIBRILLATION, *FLUTTER, *VENTRICULAR, *HIDDEN_P, "rhythm-JUNC", "rhythm-PACE")
P_MEASURED = ("p", "p-slightly-long", "p-long", "p-tall", "pr", "pr-long", "pr-long?", "pr-short", "pr-short-wide")
ST_SHIFT = (
    *("ste", "ste?", "std", "std?", "left-main", "sgarbossa-up", "sgarbossa-down", "smith", "event-STE"),
    *("ste-episode", "std-episode", "event-ST_UP", "event-ST_DOWN"),
    *("short-ste", "short-ste?", "short-std", "short-std?", "short-left-main", "short-sgarbossa"),
)
T_ABNORMAL = (
    *("t-inverted", "t-concordant", "t-flat", "t-low", "t-episode"),
    *("short-INVT", "short-concordant", "short-LOWT", "short-NT_"),
)
LEFT_BLOCK = ("CLBBB", "ILBBB", "LBBB", "short-CLBBB", "short-ILBBB", "short-LBBB")
RIGHT_BLOCK = ("CRBBB", "IRBBB", "short-CRBBB", "short-IRBBB")
AXIS_NORMAL = ("axis-normal", "axis-normal-left", "axis-normal-steep")
AXIS_LEFT = ("axis-left", "axis-marked-left")
AXIS_RIGHT = ("axis-right", "axis-marked-right")
QT_LONG = ("qt-long", "qt-long?", "qt-long-wide", "event-QT500", "short-LNGQT", "short-LNGQT?")
SLOW = ("rhythm-SBRAD", "rhythm-SBRAD-SARRH", "rhythm-AFIB-slow", "rhythm-regular-SBRAD")
FAST = (
    *("rhythm-STACH", "rhythm-AFIB-fast", "rhythm-VT", "rhythm-WCT", "rhythm-SVTAC", *HIDDEN_P),
    *("rhythm-PSVT", "rhythm-ATACH", "rhythm-regular-STACH"),
)
EXCLUSIVE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "no ST shift beside one": (("st-normal",), ST_SHIFT),
    "ST secondary beside a shift of infarction": (("st-secondary", "st-wide-fast"), ST_SHIFT),
    "normal T waves beside others": (("t-normal",), T_ABNORMAL),
    "no Q waves beside some": (
        ("q-normal",),
        ("q-infarct", "q-septal", "q-small", "short-q", "short-q-septal", "short-q-small"),
    ),
    "no hypertrophy beside it": (("no-lvh",), ("lvh", "lvh?", "hvolt", "lvh-near", "short-LVH", "short-LVH?")),
    "high beside low voltage": (("lvh", "lvh?", "hvolt"), ("low-chest",)),
    "left beside right bundle branch block": (LEFT_BLOCK, RIGHT_BLOCK),
    "narrow beside wide QRS": (
        ("qrs", "rsr"),
        ("qrs-long", "qrs-long?", "qrs-long-unseen", "st-secondary", *LEFT_BLOCK, *RIGHT_BLOCK),
    ),
    "two fascicular blocks": (("LAFB",), ("LPFB", *LEFT_BLOCK)),
    "axis beside another": (AXIS_NORMAL, (*AXIS_LEFT, *AXIS_RIGHT, "axis-extreme", "LAFB", "LPFB")),
    "left beside right axis": ((*AXIS_LEFT, "LAFB"), (*AXIS_RIGHT, "LPFB", "rvh")),
    "normal beside other QT": (("qtc", "qt-wide"), (*QT_LONG, "qt-short")),
    "long beside short QT": (QT_LONG, ("qt-short",)),
    "normal beside other PR": (("pr",), ("pr-long", "pr-long?", "pr-short", "pr-short-wide", "with-AVB1")),
    "first-degree block beside none": (("pr-long?",), ("pr-long", "with-AVB1", "short-1AVB")),
    "long beside short PR": (("pr-long", "pr-long?", "with-AVB1"), ("pr-short", "pr-short-wide")),
    "P or PR without P waves": ((*P_MEASURED, "with-AVB1"), (*NO_P, "no-p-seen")),
    "PR beside AV dissociation": (P_MEASURED[4:], ("with-AVB3", "event-AVB3")),
    "sinus rhythm beside another": (SINUS, (*NO_P, "no-p-seen", "atria-fibrillate", "atria-flutter")),
    "fibrillation beside flutter": ((*FIBRILLATION, "atria-fibrillate"), (*FLUTTER, "atria-flutter")),
    "no P waves beside P waves": (FIBRILLATION, ("p-seen",)),
    "slow beside fast": ((*SLOW, "rate-slow"), (*FAST, "rate-fast")),
    "slow by name, not by rate": (SLOW, ("rate-not-slow",)),
    "fast by name, not by rate": (FAST, ("rate-not-fast",)),
    "Low beside what is critical": (("tier-Low",), ("critical",)),
    "normal ECG beside a finding": (("conclusion-normal",), ("finding",)),
    "otherwise normal beside a finding": (("conclusion-otherwise",), ("finding-beyond-rhythm",)),
    "not usable beside a finding": (("conclusion-unusable", "unusable"), ("finding-beyond-rhythm",)),
    "not judged beside a judgement": (("conclusion-unjudged",), ("finding-beyond-rhythm",)),
    "called normal beside a deviation": (("normal",), ("deviation-as-normal",)),
}
"""Kind -> claims of which none of the first goes with any of the second, be they in two sentences or in one."""
SAME_LEAD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a lead with ST up and down": (("ste",), ("std",)),
    "a lead with T inverted and flat": (("t-inverted", "t-concordant"), ("t-flat",)),
}
"""The same for claims on one lead."""
HIDDEN = ("network-agrees", "network-contradicts", "network-adds", "flagged", "network-disagrees")
"""Sentences that are the network's."""
SECTIONS = ("axis", "conduction", "ischaemia", "infarction", "st_t", "qt", "hypertrophy")
SLOW_BPM, FAST_BPM = 60.5, 99.5
"""As the words go by whole numbers: 60/min is not slow, 100/min may be called fast."""


@dataclass(frozen=True)
class Contradiction:
    """Two sentences that cannot both be true, or one that contradicts itself, and the kind of it."""

    kind: str
    one: Sentence
    other: Sentence


def contradictions(told: Sequence[Sentence]) -> list[Contradiction]:
    """Return every pair of sentences that cannot be true together, and every sentence that is said twice."""
    claimed = [(item, frozenset(claims(item))) for item in told if item.remark.code not in HIDDEN]
    out = []
    for (one, own), (other, theirs) in combinations_with_replacement(claimed, 2):
        out += [Contradiction(kind, one, other) for kind, pair in EXCLUSIVE.items() if _clash(own, theirs, pair)]
        if one is other:
            continue
        if set(one.leads) & set(other.leads):
            out += [Contradiction(kind, one, other) for kind, pair in SAME_LEAD.items() if _clash(own, theirs, pair)]
        if one.text() == other.text():
            out.append(Contradiction("said twice", one, other))
    return [*out, *_unjudged_leads(told)]


def _clash(own: frozenset[str], theirs: frozenset[str], pair: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    first, second = pair
    return bool(
        (own.intersection(first) and theirs.intersection(second))
        or (theirs.intersection(first) and own.intersection(second))
    )


def _unjudged_leads(told: Sequence[Sentence]) -> Iterator[Contradiction]:
    """Yield what is judged in leads that another sentence says are not."""
    for item in told:
        if item.remark.code == "electrodes-limb":
            silent = set(LIMB_LEADS)
        elif item.remark.code == "electrodes-chest":
            silent = set(CHEST_LEADS)
        elif item.remark.code == "leads-unusable":
            silent = {name for group in item.remark.values["groups"] for name in group.values["leads"]}
        else:
            continue
        for other in told:
            named = other.remark.values.get("leads", ())
            if other.section in SECTIONS and other.source == "measured" and silent & set(named):
                yield Contradiction("judged in leads that are not", item, other)


def claims(item: Sentence) -> Iterator[str]:
    """Yield what a sentence claims: the codes of its remarks, what follows from values, and what its verdict means."""
    for remark in inside(item.remark):
        yield remark.code
        yield from _by_value(remark)
    if item.section == "critical":
        yield "critical"
    if item.verdict in ("abnormal", "borderline") and item.source == "measured":
        if item.section in (*SECTIONS, "rhythm"):
            yield "finding"
        if item.section in SECTIONS:
            yield "finding-beyond-rhythm"


def _by_value(remark: Remark) -> Iterator[str]:
    values = remark.values
    if remark.code == "ground-p":
        if values["share"] < 0.005:
            yield "no-p-seen"
        elif values["share"] >= 0.2:
            yield "p-seen"
    elif remark.code == "rhythm-at" and "rate_bpm" in values:
        rate = round(values["rate_bpm"])
        yield "rate-not-slow" if rate >= SLOW_BPM - 0.5 else "rate-slow"
        yield "rate-fast" if rate > FAST_BPM else "rate-not-fast"
    elif remark.code == "normal":
        parts: Iterable[Remark] = values["parts"]
        if any(part.code in ("p-slightly-long", "qt-wide", "axis-left", "axis-right") for part in parts):
            yield "deviation-as-normal"


def inside(remark: Remark) -> Iterator[Remark]:
    """Yield a remark and all remarks in its values."""
    yield remark
    for value in remark.values.values():
        for part in value if isinstance(value, tuple | list) else (value,):
            if isinstance(part, Remark):
                yield from inside(part)
