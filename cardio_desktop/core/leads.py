"""Lead names, their aliases, derived limb leads and the customary layouts."""

from __future__ import annotations

import re
from dataclasses import dataclass

LIMB_LEADS = ("I", "II", "III", "aVR", "aVL", "aVF")
CHEST_LEADS = ("V1", "V2", "V3", "V4", "V5", "V6")
LEADS12 = LIMB_LEADS + CHEST_LEADS
INDEPENDENT_LEADS = ("I", "II", *CHEST_LEADS)

# DI, DII, DIII is how the limb leads are written in Spanish, Portuguese and French.
_CANONICAL = {**{name.casefold(): name for name in LEADS12}, "di": "I", "dii": "II", "diii": "III"}
_PREFIX = re.compile(
    r"^(?:ch(?:annel)?\s*\d{1,3}[\s_:.\-]+|(?:mdc|lead|ecg|ekg|einthoven|goldberger|wilson|channel|ch)[\s_:.\-]*)(?=\S)",
    re.IGNORECASE,
)
# What recorders of sleep and brain put before the name of every input. Behind it only what no electrode on a head is
# called counts: a depth electrode is "POL V1" too.
_INPUT = re.compile(r"^(?:pol|eeg|rip)[\s_:.\-]+(?=\S)", re.IGNORECASE)
_ECG_WORD = re.compile(r"(?<![a-z])(?:ecg|ekg)[lr]?\d{0,2}(?![a-z])", re.IGNORECASE)
_SUFFIX = re.compile(r"[\s_:.\-]+(?:lead|ecg|ekg|ref)$|\s*\(.*\)$", re.IGNORECASE)
# Voltages that are not the heart's: EEG by the 10-20 system (Jasper 1958), EOG, EMG, breathing, pulse, position.
_NOT_ECG = re.compile(
    r"^(?:(?:fp?|af|fc|ft|c|cp|t|tp|p|po|o|a|m)(?:\d{1,2}|z)(?:[\s\-:/]+(?:(?:fp?|c|t|p|o|a|m)(?:\d{1,2}|z)|ref|avg|le))*"
    r"|(?:eeg|[lr]?eog|emg|rip|pol|roc|loc|e[12]|chin|thor|abd|chest|leg|arm|lat|rat|tib|masseter|mentalis|snor|mic|resp|"
    r"flow|nasal|therm|cannula|effort|pleth|ppg|spo2|sao2|pulse|hr|abp|art|cvp|icp|pap|co2|etco2|press|temp|light|pos|"
    r"body|acc|gsr|eda|status|trig|marker|event|batt).*)$",
    re.IGNORECASE,
)
# Names of ECG leads outside the standard twelve: modified, right-sided, posterior, Frank, Nehb, Holter, ICU.
_OTHER_ECG = re.compile(
    r"^(?:ecg|ekg|lead|ml(?:i|ii|iii)|mcl[1-6]|v[3-6]r|v[789]|v|v[xyz]|[xyz]|d[1-4]|cm[1-5]|cc5|es|as|ai|nasp|"
    r"mv[1-6]|mod\.?v?[1-6]|cs[1-5]|ref)(?:[\s_\-]*\d{0,2})?$",
    re.IGNORECASE,
)

# Limb leads from the two that are measured. Weights of (I, II), after Einthoven and Goldberger.
EINTHOVEN: dict[str, tuple[float, float]] = {
    "III": (-1.0, 1.0),
    "aVR": (-0.5, -0.5),
    "aVL": (1.0, -0.5),
    "aVF": (-0.5, 1.0),
}


def canonical_lead(label: str) -> str | None:
    """Return the standard name of one of the twelve leads ("Lead I (Einthoven)" gives "I"), or None."""
    text = label.strip()
    if shorter := _behind_input(text):
        found = canonical_lead(shorter)
        return found if found in LIMB_LEADS else None
    for _ in range(3):
        if found := _CANONICAL.get(text.casefold()):
            return found
        if (shorter := _PREFIX.sub("", _SUFFIX.sub("", text)).strip()) == text:
            return None
        text = shorter
    return _CANONICAL.get(text.casefold())


def is_other_ecg(label: str) -> bool:
    """Return whether `label` names an ECG lead outside the standard twelve (MLII, V3R, vx, "ECG 1", "POL EKG-Ref")."""
    text = label.strip()
    if _ECG_WORD.search(text):
        return True
    if _behind_input(text):
        return False
    text = _SUFFIX.sub("", text)
    return bool(_OTHER_ECG.match(text) or _OTHER_ECG.match(_PREFIX.sub("", text)))


def is_no_ecg(label: str) -> bool:
    """Return whether `label` names a voltage that is known not to be an ECG: EEG, EOG, EMG, breathing, pulse."""
    return bool(_NOT_ECG.match(label.strip())) and not canonical_lead(label) and not is_other_ecg(label)


def _behind_input(text: str) -> str:
    """Return what stands behind "POL", "EEG" or "RIP", "" where none of them comes first."""
    match = _INPUT.match(text)
    return text[match.end() :] if match else ""


@dataclass(frozen=True)
class Layout:
    """Which leads stand where: `rows` of leads side by side in time, then `rhythm` leads over the whole width.

    In a `wrapped` layout the rows follow one another in time: one lead, line after line.
    """

    id: str
    title: str
    rows: tuple[tuple[str, ...], ...]
    rhythm: tuple[str, ...] = ()
    wrapped: bool = False

    @property
    def columns(self) -> int:
        """How many leads share a row."""
        return max((len(row) for row in self.rows), default=1)

    @property
    def leads(self) -> tuple[str, ...]:
        """Every lead shown, each once, in reading order."""
        by_column = [row[k] for k in range(self.columns) for row in self.rows if k < len(row)]
        return tuple(dict.fromkeys([*by_column, *self.rhythm]))


_THREE = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"))
_SIX = tuple(zip(LIMB_LEADS, CHEST_LEADS, strict=True))
_CABRERA = ("aVL", "I", "-aVR", "II", "aVF", "III")
_CABRERA_THREE = tuple(zip(_CABRERA[:3], _CABRERA[3:], CHEST_LEADS[:3], CHEST_LEADS[3:], strict=True))

LAYOUTS: dict[str, Layout] = {
    layout.id: layout
    for layout in (
        Layout("3x4+1", "3 × 4 + rhythm strip", _THREE, ("II",)),
        Layout("3x4+3", "3 × 4 + 3 rhythm strips", _THREE, ("II", "V1", "V5")),
        Layout("6x2", "6 × 2", _SIX),
        Layout("12x1", "12 × 1", tuple((name,) for name in LEADS12)),
        Layout("cabrera-3x4+1", "Cabrera 3 × 4 + rhythm strip", _CABRERA_THREE, ("II",)),
        Layout("cabrera-3x4+3", "Cabrera 3 × 4 + 3 rhythm strips", _CABRERA_THREE, ("II", "V1", "V5")),
        Layout("cabrera-6x2", "Cabrera 6 × 2", tuple(zip(_CABRERA, CHEST_LEADS, strict=True))),
        Layout("cabrera-12x1", "Cabrera 12 × 1", tuple((name,) for name in (*_CABRERA, *CHEST_LEADS))),
    )
}
"""The layouts of a twelve-lead record."""

SINGLE, DISCLOSURE = "single", "disclosure"
LEAD_LAYOUTS: dict[str, str] = {SINGLE: "Single lead", DISCLOSURE: "Rhythm, line after line"}
"""Layouts of one lead, the rhythm lead: their titles by id."""

DEFAULT_LAYOUT = "3x4+1"


SHORTEST_COLUMN_S = 1.5
"""A column shorter than this may not hold a single whole beat."""


def layout_for(layout_id: str, available: tuple[str, ...], has_twelve: bool, seconds: float) -> Layout:
    """Return the layout `layout_id`, or a row for each available lead where the record has no six limb leads.

    `available` are the names that can be drawn, `has_twelve` says whether the twelve-lead view exists. A page of so few
    `seconds` that its columns would be too short gets a row for each lead. Raises KeyError for an unknown layout.
    """
    layout = LAYOUTS[layout_id]
    if has_twelve or not available:
        if seconds / layout.columns >= SHORTEST_COLUMN_S:
            return layout
        return LAYOUTS["cabrera-12x1" if layout_id.startswith("cabrera") else "12x1"]
    return Layout("strips", f"{len(available)} × 1", tuple((name,) for name in available))


def one_lead(lead: str, rows: int | None = None) -> Layout:
    """Return the layout of a single lead, or of its `rows` lines that follow one another in time."""
    if rows is None:
        return Layout(SINGLE, LEAD_LAYOUTS[SINGLE], ((lead,),))
    return Layout(DISCLOSURE, LEAD_LAYOUTS[DISCLOSURE], ((lead,),) * rows, wrapped=True)
