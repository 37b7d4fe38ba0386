"""What explains repolarisation before ischaemia does: bundle branch block, and hypertrophy by voltage."""

from __future__ import annotations

from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import bundle_block
from cardio_desktop.narrative.case import Case


def wide_left(case: Case) -> bool:
    """Return whether ST and T follow from a left bundle branch block or an equally wide QRS without RBBB."""
    block, qrs = bundle_block(case), case.measurements.qrs_ms
    if block is not None:
        return block.code in ("CLBBB", "LBBB")
    return qrs is not None and qrs >= limits.QRS_WIDE_MS


def wide(case: Case) -> bool:
    """Return whether the QRS is so wide, or blocked, that T follows from it."""
    qrs = case.measurements.qrs_ms
    return bundle_block(case) is not None or (qrs is not None and qrs >= limits.QRS_BLOCK_MS)


def right_block(case: Case) -> bool:
    """Return whether V1 to V3 carry the repolarisation of a right bundle branch block."""
    block = bundle_block(case)
    return block is not None and block.code in ("CRBBB", "IRBBB")


def lvh_voltages(case: Case) -> dict[str, tuple[float, float]]:
    """Return the LVH criteria that are met, name -> (value, limit) in mV; none with a complete left block."""
    block = bundle_block(case)
    if block is not None and block.code in ("CLBBB", "LBBB"):
        return {}
    found = case.measurements.criteria
    r_avl = case.voltages("r_mv", ("aVL",)).get("aVL")
    cornell = limits.CORNELL_MV.get(case.sex or "", max(limits.CORNELL_MV.values()))
    met = {}
    needed = {"sokolow_lyon_mv": ("V1", "V5", "V6"), "cornell_mv": ("aVL", "V3")}
    if (
        (value := found.get("sokolow_lyon_mv")) is not None
        and value >= limits.SOKOLOW_MV
        and _usable(case, needed["sokolow_lyon_mv"])
    ):
        met["sokolow_lyon_mv"] = value, limits.SOKOLOW_MV
    if case.limb_trusted:
        if (value := found.get("cornell_mv")) is not None and value > cornell and _usable(case, needed["cornell_mv"]):
            met["cornell_mv"] = value, cornell
        if r_avl is not None and r_avl > limits.R_AVL_MV:
            met["r_avl_mv"] = r_avl, limits.R_AVL_MV
    return met


def _usable(case: Case, leads: tuple[str, ...]) -> bool:
    return leads[0] in case.amplitudes and any(name in case.amplitudes for name in leads[1:])
