"""ST-Strecke, Q-Zacken und T-Wellen, und die Wände, auf die sie weisen."""

from collections.abc import Mapping
from typing import Any

WALLS = {
    "inferior": "inferior",
    "septal": "septal",
    "anterior": "anterior",
    "lateral": "lateral",
    "anteroseptal": "anteroseptal",
    "anterolateral": "anterolateral",
    "inferolateral": "inferolateral",
    "extensive": "ausgedehnt anterior",
}
DEGREES = {"inverted": "negative", "deep": "tief negative", "giant": "riesenhaft negative"}


def _top(v: Mapping[str, Any]) -> str:
    """Return the lead of the largest value, where more than that one are named."""
    return " in {top}" if len(v["leads"]) > 1 else ""


SENTENCES = {
    **{f"wall-{code}": name for code, name in WALLS.items()},
    "territory": "{walls:and}",
    # ST
    "ste": lambda v: (
        ("ausgeprägte " if v["marked"] else "")
        + "ST-Hebung in {leads:leads} ({territory}), {top_mv:mv} am J-Punkt in {top}"
        + ("".join(f"; {{{name}}}" for name in ("reading", "spread") if name in v))
    ),
    "ste?": "grenzwertige ST-Hebung in {leads:leads}, {top_mv:mv} am J-Punkt in {top}",
    "acute": "akuter Infarkt?",
    "diffuse": "so diffus auch bei Perikarditis und früher Repolarisation",
    "std": lambda v: (
        ("ausgeprägte " if v["marked"] else "")
        + "ST-Senkung in {leads:leads} ({territory}), {top_mv:mv} in {top}"
        + ("; {reading}" if "reading" in v else "")
    ),
    "std?": "grenzwertige ST-Senkung in {leads:leads}, {top_mv:mv} in {top}",
    "strain": "möglicherweise sekundär bei Hypertrophie (Linksherzbelastung)",
    "posterior": "posteriorer Infarkt? V7 bis V9 ableiten",
    "reciprocal": "reziprok zur Hebung",
    "left-main": "ST-Hebung in aVR ({j_avr_mv:mv}) bei ST-Senkung in {leads_depressed:.0f} Ableitungen: diffuse "
    "Ischämie, "
    "Hauptstamm- oder Mehrgefäßerkrankung?",
    "sgarbossa-up": lambda v: (
        f"konkordante ST-Hebung in {{leads:leads}}, {{top_mv:mv}}{_top(v)}: Infarkt bei Linksschenkelblock (Sgarbossa)?"
    ),
    "sgarbossa-down": lambda v: (
        f"konkordante ST-Senkung in {{leads:leads}}, {{top_mv:mv}}{_top(v)}: Infarkt bei Linksschenkelblock "
        "(Sgarbossa)?"
    ),
    "smith": lambda v: (
        f"übermäßige diskordante ST-Hebung in {{leads:leads}}, {{ratio:pc}} von S{_top(v)}: Infarkt bei "
        "Linksschenkelblock (Smith)?"
    ),
    "st-secondary": "ST und T sekundär bei breitem QRS-Komplex",
    "st-wide-fast": "ST und T bei {rate_bpm:.0f}/min mit breitem QRS-Komplex nicht beurteilt",
    "st-normal": "keine ST-Abweichung",
    "short-ste": lambda v: "ST-Hebung {territory}" + (": akuter Infarkt?" if v["acute"] else ""),
    "short-ste?": "grenzwertige ST-Hebung",
    "short-std": "ST-Senkung {territory}",
    "short-std?": "grenzwertige ST-Senkung",
    "short-left-main": "diffuse ST-Senkung mit ST-Hebung in aVR",
    "short-sgarbossa": "ST-Verlagerung wie bei Infarkt und Linksschenkelblock?",
    # Q
    "q-infarct": lambda v: (
        "pathologische {kind}-Zacken in {leads:leads} ({top_ms:ms} und {top_mv:mv} in {top}): Infarkt {territory}, "
        + ("möglicherweise frisch bei ST-Hebung dort" if v["recent"] else "Alter unbestimmt")
    ),
    "q-septal": "{kind}-Zacken in {leads:leads}: septaler Infarkt, oder Elektrodenlage, Hemiblock, Hypertrophie",
    "q-small": "kleine Q-Zacken in {leads:leads} ({top_ms:ms} und {top_mv:mv} in {top})",
    "q-normal": "keine pathologischen Q-Zacken",
    "short-q": lambda v: "Infarkt {territory} (" + ("möglicherweise frisch)" if v["recent"] else "Alter unbestimmt)"),
    "short-q-septal": "septale Q-Zacken",
    "short-q-small": "kleine Q-Zacken",
    # T
    "t-inverted": lambda v: (
        DEGREES[v["degree"]]
        + " T-Wellen in {leads:leads} ({territory}), {top_mv:mv} in {top}"
        + ("; möglicherweise sekundär bei Hypertrophie" if v["strain"] else "")
    ),
    "t-concordant": "T-Wellen in Richtung des QRS-Komplexes negativ in {leads:leads}, {top_mv:mv} in {top}: durch den "
    "Schenkelblock nicht erklärt",
    "t-flat": "flache T-Wellen in {leads:leads}",
    "t-low": lambda v: f"T-Wellen nicht positiv in {{leads:leads}}, {{top_mv:mv}}{_top(v)}",
    "t-normal": "T-Wellen normal",
    "short-INVT": "T-Negativierung {territory}",
    "short-concordant": "primäre T-Negativierung",
    "short-LOWT": "flache T-Wellen",
    "short-NT_": "unspezifische T-Wellen",
}
