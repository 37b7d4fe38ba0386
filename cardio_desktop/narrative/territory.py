"""Which wall of the heart a group of leads looks at."""

from __future__ import annotations

from collections.abc import Iterable

from cardio_desktop.words import Remark

INFERIOR, LATERAL_LIMB = {"II", "III", "aVF"}, {"I", "aVL"}
SEPTAL, ANTERIOR, LATERAL_CHEST = {"V1", "V2"}, {"V3", "V4"}, {"V5", "V6"}
INFARCTS = {
    "extensive": "AMI",
    "anteroseptal": "ASMI",
    "septal": "ASMI",
    "anterolateral": "ALMI",
    "anterior": "AMI",
    "lateral": "LMI",
    "inferolateral": "ILMI",
    "inferior": "IMI",
}


def walls(leads: Iterable[str]) -> tuple[str, ...]:
    """Return the walls ("inferior", "anteroseptal" ...).

    After AHA/ACC/HRS VI: septal V1-V2, anterior V3-V4, lateral I, aVL, V5-V6, inferior II, III, aVF.
    """
    own = set(leads)
    septal, anterior = bool(own & SEPTAL), bool(own & ANTERIOR)
    lateral = bool(own & LATERAL_LIMB) or bool(own & LATERAL_CHEST)
    inferior = len(own & INFERIOR) >= 2 or (bool(own & INFERIOR) and not (septal or anterior or lateral))
    if septal and anterior:
        chest = "extensive" if lateral else "anteroseptal"
    elif septal:
        chest = "septal"
    elif anterior:
        chest = "anterolateral" if lateral else "anterior"
    elif lateral:
        return ("inferolateral",) if inferior else ("lateral",)
    else:
        return ("inferior",) if inferior else ()
    return (chest, "inferior") if inferior else (chest,)


def territory(leads: Iterable[str]) -> Remark:
    """Return the walls as a remark."""
    return Remark("territory", {"walls": tuple(Remark(f"wall-{wall}") for wall in walls(leads))})


def infarct_code(leads: Iterable[str]) -> str:
    """Return the SCP-ECG statement that an infarction in these leads has."""
    found = walls(leads)
    return INFARCTS[found[0]] if len(found) == 1 else "MI"
