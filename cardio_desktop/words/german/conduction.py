"""Herzachse, P, PQ, QRS, Blöcke und QT."""

NEAR_120 = "an der Grenze von inkomplett zu komplett"


def _block(name: str) -> object:
    return lambda v: (
        f"{name}, QRS {{qrs_ms:ms}}" + (f" ({NEAR_120})" if v["near"] else "") + (": {shapes}" if v["shapes"] else "")
    )


SENTENCES = {
    "shape": "{shape} in {lead}",
    # Herzachse
    "axis-normal": "Indifferenztyp ({qrs_axis_deg:deg})",
    "axis-normal-left": "Linkstyp ({qrs_axis_deg:deg})",
    "axis-normal-steep": "Steiltyp ({qrs_axis_deg:deg})",
    "axis-left": "überdrehter Linkstyp ({qrs_axis_deg:deg})",
    "axis-marked-left": "deutlich überdrehter Linkstyp ({qrs_axis_deg:deg})",
    "axis-right": "Rechtstyp ({qrs_axis_deg:deg})",
    "axis-marked-right": "überdrehter Rechtstyp ({qrs_axis_deg:deg})",
    "axis-extreme": "extreme Achsenabweichung ({qrs_axis_deg:deg})",
    "qrs-t-angle": "weiter frontaler QRS-T-Winkel, {angle_deg:deg} (QRS-Achse {qrs_axis_deg:deg}, T-Achse "
    "{t_axis_deg:deg})",
    "short-angle": "weiter QRS-T-Winkel",
    # P und PQ
    "p": "P {p_ms:ms}",
    "p-slightly-long": "P leicht verlängert, {p_ms:ms} in {lead} (Grenze {limit_ms:ms})",
    "p-long": lambda v: (
        "verbreiterte P-Welle, {p_ms:ms}"
        + (" in {lead}" if "lead" in v else "")
        + ": P sinistroatriale"
        + ("" if v["sure"] else "?")
    ),
    "short-p-long": "verbreiterte P-Welle",
    "p-tall": lambda v: "überhöhte P-Welle, {p_mv:mv} in II: P dextroatriale" + ("" if v["sure"] else "?"),
    "short-p-tall": "überhöhte P-Welle",
    "pr": "PQ {pr_ms:ms}",
    "pr-long": "AV-Block I. Grades, PQ {pr_ms:ms}",
    "pr-long?": "PQ leicht verlängert, {pr_ms:ms} (Grenze {limit_ms:ms})",
    "short-1AVB": "AV-Block I. Grades",
    "short-1AVB?": "leicht verlängerte PQ-Zeit",
    "pr-short": "verkürzte PQ-Zeit, {pr_ms:ms}",
    "pr-short-wide": "verkürzte PQ-Zeit, {pr_ms:ms}, bei QRS {qrs_ms:ms}: Präexzitation?",
    "short-SPR": "verkürzte PQ-Zeit",
    # QRS
    "qrs": "QRS {qrs_ms:ms}",
    "qrs-long": "unspezifische intraventrikuläre Leitungsverzögerung, QRS {qrs_ms:ms} ohne Schenkelblockkriterien",
    "qrs-long?": "QRS leicht verbreitert, {qrs_ms:ms}",
    "qrs-long-unseen": "QRS verbreitert, {qrs_ms:ms}; die Form wurde nicht vermessen",
    "short-IVCD": "intraventrikuläre Leitungsverzögerung",
    "short-IVCD?": "leicht verbreiterter QRS-Komplex",
    "CRBBB": _block("kompletter Rechtsschenkelblock"),
    "IRBBB": _block("inkompletter Rechtsschenkelblock"),
    "CLBBB": _block("kompletter Linksschenkelblock"),
    "ILBBB": _block("inkompletter Linksschenkelblock"),
    "LBBB": "Linksschenkelblock?, QRS {qrs_ms:ms}: {doubts}; {shapes}",
    "lbbb-short": "ein kompletter dauert {limit_ms:ms} oder länger",
    "lbbb-no-notch": "R weder gekerbt noch träge",
    "lbbb-q": "q in {leads:leads}",
    "rsr": "{shapes} bei QRS {qrs_ms:ms}, Normvariante",
    "short-CRBBB": "kompletter Rechtsschenkelblock",
    "short-IRBBB": "inkompletter Rechtsschenkelblock",
    "short-CLBBB": "kompletter Linksschenkelblock",
    "short-ILBBB": "inkompletter Linksschenkelblock",
    "short-LBBB": "möglicher Linksschenkelblock",
    "short-LAFB": "linksanteriorer Hemiblock",
    "short-LPFB": "linksposteriorer Hemiblock",
    "LAFB": "linksanteriorer Hemiblock: Achse {qrs_axis_deg:deg}, {shapes}",
    "LPFB": "linksposteriorer Hemiblock, sofern Rechtsherzbelastung und Lateralinfarkt ausgeschlossen sind: Achse "
    "{qrs_axis_deg:deg}, {shapes}",
    # QT
    "qtc": "QTc {qtc_fridericia_ms:ms} (Fridericia)",
    "qt-long": lambda v: (
        "QT-Zeit "
        + ("deutlich " if v["marked"] else "")
        + "verlängert, QTc {qtc_fridericia_ms:ms} (Fridericia; Grenze {limit_ms:ms})"
    ),
    "qt-long?": "QT-Zeit grenzwertig, QTc {qtc_fridericia_ms:ms} (Fridericia; Grenze {limit_ms:ms})",
    "qt-long-wide": "QT-Zeit auch für den breiten QRS-Komplex verlängert, QTc {qtc_fridericia_ms:ms}, {narrow_ms:ms} "
    "nach Korrektur für QRS {qrs_ms:ms} (Grenze {limit_ms:ms})",
    "qt-wide": "QTc {qtc_fridericia_ms:ms}, nur durch den breiten QRS-Komplex lang ({narrow_ms:ms} nach Korrektur)",
    "qt-short": "QT-Zeit verkürzt, QTc {qtc_fridericia_ms:ms} (Fridericia)",
    "short-LNGQT": "QT-Verlängerung",
    "short-LNGQT?": "grenzwertige QT-Zeit",
    "short-SHORTQT": "verkürzte QT-Zeit",
}
