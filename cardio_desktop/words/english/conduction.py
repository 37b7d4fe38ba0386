"""Axis, P, PR, QRS, blocks and QT."""

NEAR_120 = "borderline between incomplete and complete"


def _block(name: str) -> object:
    return lambda v: (
        f"{name}, QRS {{qrs_ms:ms}}" + (f" ({NEAR_120})" if v["near"] else "") + (": {shapes}" if v["shapes"] else "")
    )


SENTENCES = {
    "shape": "{shape} in {lead}",
    # Axis
    "axis-normal": "axis {qrs_axis_deg:deg}",
    "axis-normal-left": "axis {qrs_axis_deg:deg}",
    "axis-normal-steep": "axis {qrs_axis_deg:deg}",
    "axis-left": "moderate left axis deviation ({qrs_axis_deg:deg})",
    "axis-marked-left": "left axis deviation ({qrs_axis_deg:deg})",
    "axis-right": "moderate right axis deviation ({qrs_axis_deg:deg})",
    "axis-marked-right": "right axis deviation ({qrs_axis_deg:deg})",
    "axis-extreme": "extreme axis deviation ({qrs_axis_deg:deg})",
    "qrs-t-angle": "wide frontal QRS-T angle, {angle_deg:deg} (QRS axis {qrs_axis_deg:deg}, T axis {t_axis_deg:deg})",
    "short-angle": "wide QRS-T angle",
    # P and PR
    "p": "P {p_ms:ms}",
    "p-slightly-long": "P slightly prolonged, {p_ms:ms} in {lead} (limit {limit_ms:ms})",
    "p-long": lambda v: (
        "prolonged P wave, {p_ms:ms}"
        + (" in {lead}" if "lead" in v else "")
        + ": left atrial abnormality"
        + ("" if v["sure"] else "?")
    ),
    "short-p-long": "prolonged P wave",
    "p-tall": lambda v: "tall P wave, {p_mv:mv} in II: right atrial abnormality" + ("" if v["sure"] else "?"),
    "short-p-tall": "tall P wave",
    "pr": "PR {pr_ms:ms}",
    "pr-long": "first-degree AV block, PR {pr_ms:ms}",
    "pr-long?": "PR slightly prolonged, {pr_ms:ms} (limit {limit_ms:ms})",
    "short-1AVB": "first-degree AV block",
    "short-1AVB?": "slightly prolonged PR interval",
    "pr-short": "short PR interval, {pr_ms:ms}",
    "pr-short-wide": "short PR interval, {pr_ms:ms}, with QRS {qrs_ms:ms}: ventricular pre-excitation?",
    "short-SPR": "short PR interval",
    # QRS
    "qrs": "QRS {qrs_ms:ms}",
    "qrs-long": "nonspecific intraventricular conduction delay, QRS {qrs_ms:ms} without criteria of bundle branch "
    "block",
    "qrs-long?": "QRS slightly widened, {qrs_ms:ms}",
    "qrs-long-unseen": "QRS widened, {qrs_ms:ms}; its shape was not measured",
    "short-IVCD": "intraventricular conduction delay",
    "short-IVCD?": "slightly widened QRS",
    "CRBBB": _block("right bundle branch block"),
    "IRBBB": _block("incomplete right bundle branch block"),
    "CLBBB": _block("left bundle branch block"),
    "ILBBB": _block("incomplete left bundle branch block"),
    "LBBB": "left bundle branch block?, QRS {qrs_ms:ms}: {doubts}; {shapes}",
    "lbbb-short": "complete left block lasts {limit_ms:ms} or more",
    "lbbb-no-notch": "no notched or slurred R",
    "lbbb-q": "q in {leads:leads}",
    "rsr": "{shapes} with QRS {qrs_ms:ms}, normal variant",
    "short-CRBBB": "right bundle branch block",
    "short-IRBBB": "incomplete right bundle branch block",
    "short-CLBBB": "left bundle branch block",
    "short-ILBBB": "incomplete left bundle branch block",
    "short-LBBB": "possible left bundle branch block",
    "short-LAFB": "left anterior fascicular block",
    "short-LPFB": "left posterior fascicular block",
    "LAFB": "left anterior fascicular block: axis {qrs_axis_deg:deg}, {shapes}",
    "LPFB": "left posterior fascicular block, if right ventricular load and lateral infarction are excluded: axis "
    "{qrs_axis_deg:deg}, {shapes}",
    # QT
    "qtc": "QTc {qtc_fridericia_ms:ms} (Fridericia)",
    "qt-long": lambda v: (
        ("markedly prolonged" if v["marked"] else "prolonged")
        + " QT interval, QTc {qtc_fridericia_ms:ms} (Fridericia; limit {limit_ms:ms})"
    ),
    "qt-long?": "borderline QT interval, QTc {qtc_fridericia_ms:ms} (Fridericia; limit {limit_ms:ms})",
    "qt-long-wide": "prolonged QT interval even for the wide QRS, QTc {qtc_fridericia_ms:ms}, {narrow_ms:ms} corrected "
    "for QRS {qrs_ms:ms} (limit {limit_ms:ms})",
    "qt-wide": "QTc {qtc_fridericia_ms:ms}, long through the wide QRS alone ({narrow_ms:ms} corrected for it)",
    "qt-short": "short QT interval, QTc {qtc_fridericia_ms:ms} (Fridericia)",
    "short-LNGQT": "prolonged QT interval",
    "short-LNGQT?": "borderline QT interval",
    "short-SHORTQT": "short QT interval",
}
