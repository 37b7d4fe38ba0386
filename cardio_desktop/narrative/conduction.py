"""Rules on conduction: P and PR, QRS duration, bundle branches and fascicles."""

from __future__ import annotations

from cardio_desktop.core.findings import Sentence
from cardio_desktop.narrative import limits
from cardio_desktop.narrative.bundle import Block, bundle_block, fascicular_block, late_r_in_front
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.words import DE, EN

BLOCKS = {
    "CRBBB": ("Complete right bundle branch block", "Kompletter Rechtsschenkelblock"),
    "IRBBB": ("Incomplete right bundle branch block", "Inkompletter Rechtsschenkelblock"),
    "CLBBB": ("Complete left bundle branch block", "Kompletter Linksschenkelblock"),
    "ILBBB": ("Incomplete left bundle branch block", "Inkompletter Linksschenkelblock"),
    "LAFB": ("Left anterior fascicular block", "Linksanteriorer Hemiblock"),
    "LPFB": ("Left posterior fascicular block", "Linksposteriorer Hemiblock"),
}
PR_LEADS = ("II", "V1")


def p_wave(case: Case) -> list[Sentence]:
    """Return a long or tall P wave; a normal one is told with the PR interval."""
    out, p_ms = [], case.measurements.p_ms
    doubt = case.spread("p_ms")
    if p_ms is not None and p_ms > limits.P_LONG_MS:
        sure = p_ms > limits.P_LONG_MS + case.doubt("p_ms")
        told = f"{EN.ms(p_ms, doubt)} over all leads, limit {EN.ms(limits.P_LONG_MS)}"
        gesagt = f"{DE.ms(p_ms, doubt)} über alle Ableitungen, Grenze {DE.ms(limits.P_LONG_MS)}"
        out.append(
            Sentence(
                "conduction",
                f"Long P wave ({told}): left atrial abnormality." if sure else f"Borderline long P wave ({told}).",
                f"P-Welle verbreitert ({gesagt}): linksatriale Erregungsausbreitungsstörung (P sinistroatriale)."
                if sure
                else f"P-Welle grenzwertig breit ({gesagt}).",
                values={"p_ms": p_ms, "uncertainty_ms": doubt, "limit_ms": limits.P_LONG_MS},
                leads=_present(case, PR_LEADS),
                marks=case.marks("p_onset", "p_offset"),
                verdict="abnormal" if sure else "borderline",
                code="LAO/LAE",
            )
        )
    tall = case.voltages("p_mv", ("II",)).get("II")
    if tall is not None and tall > limits.P_TALL_MV and case.regular_limb:
        sure = tall > limits.P_TALL_MV + limits.P_TALL_DOUBT_MV
        told = f"{EN.mv(tall)}, limit {EN.mv(limits.P_TALL_MV)}"
        gesagt = f"{DE.mv(tall)}, Grenze {DE.mv(limits.P_TALL_MV)}"
        out.append(
            Sentence(
                "conduction",
                f"Tall P wave in II ({told}): right atrial abnormality."
                if sure
                else f"Borderline tall P wave in II ({told}).",
                f"P-Welle in II überhöht ({gesagt}): P dextroatriale."
                if sure
                else f"P-Welle in II grenzwertig hoch ({gesagt}).",
                values={"p_mv": tall, "limit_mv": limits.P_TALL_MV},
                leads=("II",),
                marks=case.marks("p_onset", "p_offset", ("II",)),
                verdict="abnormal" if sure else "borderline",
                code="RAO/RAE",
            )
        )
    return out


def pr_interval(case: Case) -> list[Sentence]:
    """Return the PR interval: long (first-degree AV block), short, borderline or normal."""
    pr, spread, doubt = case.measurements.pr_ms, case.spread("pr_ms"), case.doubt("pr_ms")
    if pr is None:
        return []
    english, german = f"PR interval {EN.ms(pr, spread)}", f"PQ-Zeit {DE.ms(pr, spread)}"
    values = {"pr_ms": pr, "uncertainty_ms": spread}
    verdict, code = "normal", ""
    long, short = limits.PR_LONG_MS, limits.PR_SHORT_MS
    if pr > long + doubt:
        verdict, code = "abnormal", "1AVB"
        english = f"First-degree AV block: {english} (limit {EN.ms(long)})"
        german = f"AV-Block I. Grades: {german} (Grenze {DE.ms(long)})"
        values["limit_ms"] = long
    elif doubt and abs(pr - long) <= doubt:
        verdict, code = "borderline", "1AVB"
        english = f"Borderline {english} (limit {EN.ms(long)})"
        german = f"Grenzwertige {german} (Grenze {DE.ms(long)})"
        values["limit_ms"] = long
    elif pr < short - doubt:
        verdict, code = "abnormal", "SPR"
        english, german, values = _short(case, english, german, values)
    elif pr < short:
        verdict, code = "borderline", "SPR"
        english = f"Borderline short {english} (limit {EN.ms(short)})"
        german = f"Grenzwertig kurze {german} (Grenze {DE.ms(short)})"
        values["limit_ms"] = short
    else:
        english, german = f"{english}, normal", f"{german}, normal"
    p_ms = case.measurements.p_ms
    if p_ms is not None:
        english, german = f"{english}; P {EN.ms(p_ms)}", f"{german}; P {DE.ms(p_ms)}"
        values["p_ms"] = p_ms
    return [
        Sentence(
            "conduction",
            english + ".",
            german + ".",
            values=values,
            leads=_present(case, PR_LEADS),
            marks=case.marks("p_onset", "qrs_onset"),
            verdict=verdict,
            code=code,
        )
    ]


def _short(case: Case, english: str, german: str, values: dict[str, float]) -> tuple[str, str, dict[str, float]]:
    limit, qrs = limits.PR_SHORT_MS, case.measurements.qrs_ms
    english = f"Short {english} (limit {EN.ms(limit)})"
    german = f"Verkürzte {german} (Grenze {DE.ms(limit)})"
    values = {**values, "limit_ms": limit}
    if qrs is not None and qrs > limits.QRS_LONG_MS:
        english += f" with QRS {EN.ms(qrs)}: consider ventricular pre-excitation; delta waves are not measured"
        german += f" bei QRS {DE.ms(qrs)}: an Präexzitation denken; Deltawellen werden nicht vermessen"
        values["qrs_ms"] = qrs
    return english, german, values


def qrs_duration(case: Case) -> list[Sentence]:
    """Return QRS duration with the bundle branch block that it shows, or as long without one, borderline or normal."""
    qrs, spread, doubt = case.measurements.qrs_ms, case.spread("qrs_ms"), case.doubt("qrs_ms")
    if qrs is None:
        return []
    values: dict[str, float] = {"qrs_ms": qrs, "uncertainty_ms": spread}
    block = bundle_block(case)
    if block is not None:
        return [_bundle(case, block, qrs)]
    english, german = f"QRS duration {EN.ms(qrs, spread)}", f"QRS-Dauer {DE.ms(qrs, spread)}"
    limit = limits.QRS_LONG_MS
    if qrs > limits.QRS_BLOCK_MS + doubt:
        values["limit_ms"] = limit
        verdict, code = "abnormal", "IVCD"
        english = (
            f"Nonspecific intraventricular conduction disturbance: {english} (limit {EN.ms(limit)}), no criteria of "
        )
        english += "a bundle branch block"
        german = (
            f"Unspezifische intraventrikuläre Erregungsausbreitungsstörung: {german} (Grenze {DE.ms(limit)}), keine "
        )
        german += "Schenkelblockkriterien"
        if not case.shapes:
            english = (
                f"QRS prolonged: QRS duration {EN.ms(qrs, spread)} (limit {EN.ms(limit)}); its shape was not measured"
            )
            german = f"QRS verbreitert: QRS-Dauer {DE.ms(qrs, spread)} (Grenze {DE.ms(limit)}); die Form wurde nicht "
            german += "vermessen"
    elif qrs > limit + doubt:
        values["limit_ms"] = limit
        verdict, code = "borderline", "IVCD"
        english, german = (
            f"Borderline {english} (limit {EN.ms(limit)})",
            f"Grenzwertige {german} (Grenze {DE.ms(limit)})",
        )
    else:
        verdict, code = "normal", ""
        english, german = f"{english}, normal", f"{german}, normal"
    return [
        Sentence(
            "conduction",
            english + ".",
            german + ".",
            values=values,
            leads=tuple(case.amplitudes),
            marks=case.marks("qrs_onset", "qrs_offset"),
            verdict=verdict,
            code=code,
        )
    ]


def _bundle(case: Case, block: Block, qrs: float) -> Sentence:
    limit, spread, doubt = limits.QRS_BLOCK_MS, case.spread("qrs_ms"), case.doubt("qrs_ms")
    values = {**block.values, "uncertainty_ms": spread}
    english, german = BLOCKS[block.code]
    spelled = ", ".join(f"{shape} in {lead}" for lead, shape in block.spelled.items())
    near_en = near_de = ""
    if doubt and abs(qrs - limit) <= doubt:
        values["limit_ms"] = limit
        near_en = f", borderline against the limit of {EN.ms(limit)} between incomplete and complete"
        near_de = f", grenzwertig zur Grenze von {DE.ms(limit)} zwischen inkomplett und komplett"
    code = block.code
    if block.doubts:
        code = "LBBB"
        values["complete_from_ms"] = limits.LBBB_SURE_MS.get(case.sex or "", max(limits.LBBB_SURE_MS.values()))
        english = (
            f"Pattern of left bundle branch block, complete block not certain ({', '.join(d for d, _ in block.doubts)})"
        )
        german = f"Linksschenkelblockbild, kompletter Block nicht sicher ({', '.join(d for _, d in block.doubts)})"
    return Sentence(
        "conduction",
        f"{english}: QRS duration {EN.ms(qrs, spread)}{near_en}; {spelled}.",
        f"{german}: QRS-Dauer {DE.ms(qrs, spread)}{near_de}; {spelled}.",
        values=values,
        leads=block.leads,
        marks=case.marks("qrs_onset", "qrs_offset", block.leads),
        verdict="abnormal",
        code=code,
    )


def late_r(case: Case) -> list[Sentence]:
    """Return an R' in V1 or V2 within a QRS too short for a block."""
    block = late_r_in_front(case)
    if block is None:
        return []
    qrs, spread = block.values["qrs_ms"], case.spread("qrs_ms")
    spelled = ", ".join(f"{shape} in {lead}" for lead, shape in block.spelled.items())
    return [
        Sentence(
            "conduction",
            f"{spelled} with QRS duration {EN.ms(qrs, spread)}: a normal variant, or incomplete right bundle "
            "branch block.",
            f"{spelled} bei QRS-Dauer {DE.ms(qrs, spread)}: Normvariante oder inkompletter Rechtsschenkelblock.",
            values={"qrs_ms": qrs, "uncertainty_ms": spread},
            leads=block.leads,
            marks=case.marks("qrs_onset", "qrs_offset", block.leads),
            verdict="borderline",
            code="IRBBB",
        )
    ]


def fascicles(case: Case) -> list[Sentence]:
    """Return left anterior or left posterior fascicular block."""
    block = fascicular_block(case)
    if block is None:
        return []
    axis = block.values["qrs_axis_deg"]
    english, german = BLOCKS[block.code]
    spelled = ", ".join(f"{shape} in {lead}" for lead, shape in block.spelled.items())
    tail_en, tail_de = "", ""
    if (peak := block.values.get("r_peak_avl_ms")) is not None:
        tail_en = f", R peak time in aVL {EN.ms(peak)}"
        tail_de = f", R-Gipfelzeit in aVL {DE.ms(peak)}"
    if block.code == "LPFB":
        tail_en += "; right ventricular hypertrophy and lateral infarction have to be excluded clinically"
        tail_de += "; Rechtsherzbelastung und Lateralinfarkt müssen klinisch ausgeschlossen sein"
    values = {key: value for key, value in block.values.items() if key != "qrs_ms"}
    return [
        Sentence(
            "conduction",
            f"{english}: QRS axis {EN.degrees(axis)}, {spelled}{tail_en}.",
            f"{german}: elektrische Herzachse {DE.degrees(axis)}, {spelled}{tail_de}.",
            values=values,
            leads=block.leads,
            marks=case.marks("qrs_onset", "qrs_offset", block.leads),
            verdict="abnormal",
            code=block.code,
        )
    ]


def _present(case: Case, leads: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in leads if name in case.amplitudes) or tuple(case.amplitudes)[:1]
