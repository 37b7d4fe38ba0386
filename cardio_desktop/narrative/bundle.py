"""Criteria of bundle branch and fascicular blocks: AHA/ACC/HRS III, as far as a median beat shows them."""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.core.morphology import QrsShape
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.case import Case
from cardio_desktop.words import Remark

SMALL_Q_MV = -0.05
SMALL_R_SHARE = 0.4
SMALL_S_SHARE = 0.3
"""LBBB: V1 is QS or has an R that is small against its S, and the lateral R has at most a small S after it."""
LEAST_R_PRIME_MV = 0.1
LBBB_T_MV = 0.1
"""T of I or V6 is flat or points against the R of a left bundle branch block; upright in both, the delay is another."""

STRAUSS_LEADS = ("I", "aVL", "V1", "V2", "V5", "V6")
"""Where a true left block shows a notch or slur, in two of them (Strauss, Am J Cardiol 2011;107:927)."""


@dataclass(frozen=True)
class ConductionBlock:
    """A conduction pattern: its code, the leads that show it and the numbers that it rests on."""

    code: str
    leads: tuple[str, ...]
    values: dict[str, float]
    spelled: dict[str, str]
    """The complexes that show it, as they are written: lead -> "rSR'"."""
    doubts: tuple[Remark, ...] = ()
    """What speaks against its being complete."""

    @property
    def shapes(self) -> tuple[Remark, ...]:
        """The complexes that show it."""
        return tuple(Remark("shape", {"shape": shape, "lead": lead}) for lead, shape in self.spelled.items())


def bundle_block(case: Case) -> ConductionBlock | None:
    """Return the bundle branch block, complete from 120 ms on, incomplete from 110 ms on; None where there is none.

    A left one that lasts 120 ms but lacks what Strauss asks for has the code LBBB, with the doubts.
    """
    qrs = case.measurements.qrs_ms
    if qrs is None or qrs < limits.QRS_INCOMPLETE_MS:
        return None
    found = _right(case) or _left(case)
    if found is None:
        return None
    leads, values = found[1], {"qrs_ms": qrs, **found[2]}
    code = f"{'C' if qrs >= limits.QRS_BLOCK_MS else 'I'}{found[0]}"
    spelled = {lead: s.spelling for lead in leads if (s := case.shape(lead)) is not None}
    doubts = _doubts(case, qrs) if code == "CLBBB" else ()
    return ConductionBlock("LBBB" if doubts else code, leads, values, spelled, doubts)


def _doubts(case: Case, qrs_ms: float) -> tuple[Remark, ...]:
    """Return what leaves a left bundle branch block uncertain although QRS lasts 120 ms.

    Hypertrophy, infarction and slow conduction beyond the bundle look alike up to 140 ms (130 in women), and their R is
    not notched or slurred in two of I, aVL, V1, V2, V5 and V6 (Strauss); AHA/ACC/HRS III wants no q in I, V5 and V6.
    """
    limit = limits.LBBB_SURE_MS.get(case.sex or "", max(limits.LBBB_SURE_MS.values()))
    out = []
    if qrs_ms < limit:
        out.append(Remark("lbbb-short", {"limit_ms": limit}))
    shapes = {lead: found for lead in STRAUSS_LEADS if (found := case.shape(lead)) is not None}
    if sum(_slow(found) for found in shapes.values()) < min(2, len(shapes)):
        out.append(Remark("lbbb-no-notch"))
    if with_q := tuple(name for name in ("I", "V5", "V6") if _begins_q(case.shape(name))):
        out.append(Remark("lbbb-q", {"leads": with_q}))
    return tuple(out)


def _slow(shape: QrsShape) -> bool:
    """Return whether QRS is notched, or so slow to its peak that it is slurred."""
    return shape.notched or (shape.r_peak_ms or 0.0) > limits.LBBB_R_PEAK_MS


def late_r_in_front(case: Case) -> ConductionBlock | None:
    """Return rSR' in V1 or V2 in a QRS of less than 110 ms: a normal variant, or an incomplete block on its way."""
    qrs = case.measurements.qrs_ms
    if qrs is None or qrs >= limits.QRS_INCOMPLETE_MS:
        return None
    found = []
    for lead in ("V1", "V2"):
        shape = case.shape(lead)
        if shape is not None and (last := shape.named("R'")) is not None and last.peak_mv >= LEAST_R_PRIME_MV:
            found.append(lead)
    return _block(case, "IRBBB", tuple(found), {"qrs_ms": qrs}) if found else None


def fascicular_block(case: Case) -> ConductionBlock | None:
    """Return left anterior or left posterior fascicular block in a QRS of less than 120 ms, or with an RBBB."""
    axis, qrs = case.measurements.qrs_axis_deg, case.measurements.qrs_ms
    if axis is None or qrs is None or not case.limb_trusted:
        return None
    bundle = bundle_block(case)
    longest = limits.QRS_BLOCK_MS + case.spread("qrs_ms")
    if (bundle is None and qrs >= longest) or (bundle is not None and "LBBB" in bundle.code):
        return None
    one, three, avl, avf = (case.shape(name) for name in ("I", "III", "aVL", "aVF"))
    values = {"qrs_axis_deg": axis, "qrs_ms": qrs}
    if -90.0 <= axis <= limits.AXIS_MARKED_LEFT_DEG and _begins_q(avl) and _is_rs(three) and _is_rs(avf):
        peak = avl.r_peak_ms if avl is not None else None
        if peak is not None and peak >= limits.LAFB_R_PEAK_AVL_MS:
            return _block(case, "LAFB", ("aVL", "III", "aVF"), {**values, "r_peak_avl_ms": peak})
    # Right ventricular hypertrophy and lateral infarction turn the axis as far: the second would leave a QS in I.
    tall_v1 = (v1 := case.shape("V1")) is not None and v1.r_mv > -v1.s_mv and bundle is None
    right = limits.LPFB_AXIS_DEG < axis <= 180.0
    if right and _is_rs(one) and _is_rs(avl) and _begins_q(three) and _begins_q(avf) and not tall_v1:
        return _block(case, "LPFB", ("I", "aVL", "III", "aVF"), values)
    return None


def _block(case: Case, code: str, leads: tuple[str, ...], values: dict[str, float]) -> ConductionBlock:
    return ConductionBlock(
        code, leads, values, {lead: s.spelling for lead in leads if (s := case.shape(lead)) is not None}
    )


Found = tuple[str, tuple[str, ...], dict[str, float]]


def _right(case: Case) -> Found | None:
    """Return RBBB: a late R in V1 or V2, and a broad S in I or V6."""
    for lead in ("V1", "V2"):
        shape = case.shape(lead)
        if shape is None or not shape.deflections:
            continue
        last = shape.deflections[-1]
        late_r = last.peak_mv >= LEAST_R_PRIME_MV and last.peak_ms > limits.RBBB_R_PEAK_MS
        primed = "'" in last.name and last.peak_mv > 0
        alone = lead == "V1" and last.name == "R" and shape.r_mv > -shape.s_mv
        if not (late_r and (primed or alone)):
            continue
        for other in ("I", "V6"):
            side = case.shape(other)
            s = side.named("S") if side is not None else None
            r = side.named("R") if side is not None else None
            if s is not None and (s.length_ms > limits.RBBB_S_MS or (r is not None and s.length_ms > r.length_ms)):
                name = lead.lower()
                return (
                    "RBBB",
                    (lead, other),
                    {f"r_peak_{name}_ms": last.peak_ms, f"s_{other.lower()}_ms": s.length_ms},
                )
    return None


def _left(case: Case) -> Found | None:
    """Return LBBB: V1 negative, no q in the lateral leads, and there a late or notched R with no S to speak of."""
    v1 = case.shape("V1")
    if v1 is None or not v1.deflections or not (v1.is_qs or v1.r_mv <= SMALL_R_SHARE * -v1.s_mv):
        return None
    if not v1.is_qs and v1.deflections[-1].peak_mv > 0:
        return None
    lateral = {name: s for name in ("I", "V5", "V6") if (s := case.shape(name)) is not None and s.r_mv > 0}
    free = {name: s for name, s in lateral.items() if s.q is None or s.q.peak_mv > SMALL_Q_MV}
    late = {
        name: s
        for name, s in free.items()
        if (s.notched or (s.r_peak_ms or 0.0) > limits.LBBB_R_PEAK_MS) and -s.s_mv <= SMALL_S_SHARE * s.r_mv
    }
    qrs, pr = case.measurements.qrs_ms or 0.0, case.measurements.pr_ms
    # A short PR makes the same picture by pre-excitation. Near 120 ms any R is late, so both outer leads have to be.
    wanted = {"I", "V6"} & lateral.keys() if qrs < limits.QRS_CLEAR_BLOCK_MS else set()
    if not {"I", "V6"} & late.keys() or not wanted <= late.keys() or len(free) < max(len(lateral) - 1, 1):
        return None
    if pr is not None and pr < limits.PR_SHORT_MS:
        return None
    t = case.voltages("t_mv", ("I", "V6"))
    if t and min(t.values()) > LBBB_T_MV:
        return None
    values = {f"r_peak_{name.lower()}_ms": s.r_peak_ms for name, s in late.items() if s.r_peak_ms is not None}
    return "LBBB", ("V1", *late), values


def _begins_q(shape: QrsShape | None) -> bool:
    return shape is not None and shape.q is not None and not shape.is_qs


def _is_rs(shape: QrsShape | None) -> bool:
    return (
        shape is not None
        and not shape.is_qs
        and shape.deflections[:1] != ()
        and shape.deflections[0].name == "R"
        and -shape.s_mv > shape.r_mv
    )
