"""Which wall of the heart a group of leads looks at."""

from __future__ import annotations

from collections.abc import Iterable

INFERIOR, LATERAL_LIMB = {"II", "III", "aVF"}, {"I", "aVL"}
SEPTAL, ANTERIOR, LATERAL_CHEST = {"V1", "V2"}, {"V3", "V4"}, {"V5", "V6"}


def territory(leads: Iterable[str]) -> tuple[str, str]:
    """Return the territory in English and as a German adjective stem ("inferior", "anteroseptal" ...).

    After AHA/ACC/HRS VI: septal V1-V2, anterior V3-V4, lateral I, aVL, V5-V6, inferior II, III, aVF.
    """
    own = set(leads)
    septal, anterior = bool(own & SEPTAL), bool(own & ANTERIOR)
    lateral = bool(own & LATERAL_LIMB) or bool(own & LATERAL_CHEST)
    inferior = len(own & INFERIOR) >= 2 or (bool(own & INFERIOR) and not (septal or anterior or lateral))
    if septal and anterior and lateral:
        chest = "extensive anterior", "ausgedehnt anterior"
    elif septal and anterior:
        chest = "anteroseptal", "anteroseptal"
    elif septal:
        chest = "septal", "septal"
    elif anterior and lateral:
        chest = "anterolateral", "anterolateral"
    elif anterior:
        chest = "anterior", "anterior"
    elif lateral:
        chest = ("lateral", "lateral") if not inferior else ("inferolateral", "inferolateral")
        inferior = False
    else:
        chest = "", ""
    if not inferior:
        return chest
    return ("inferior", "inferior") if not chest[0] else (f"{chest[0]} and inferior", f"{chest[1]} und inferior")


def infarct_code(leads: Iterable[str]) -> str:
    """Return the SCP-ECG statement that an infarction in these leads has."""
    return {
        "extensive anterior": "AMI",
        "anteroseptal": "ASMI",
        "septal": "ASMI",
        "anterolateral": "ALMI",
        "anterior": "AMI",
        "lateral": "LMI",
        "inferolateral": "ILMI",
        "inferior": "IMI",
    }.get(territory(leads)[0], "MI")
