"""ST segment, Q and T waves, and the walls that they point at."""

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
    "extensive": "extensive anterior",
}
DEGREES = {"inverted": "inverted", "deep": "deeply inverted", "giant": "giant inverted"}


def _top(v: Mapping[str, Any]) -> str:
    """Return the lead of the largest value, where more than that one are named."""
    return " in {top}" if len(v["leads"]) > 1 else ""


SENTENCES = {
    **{f"wall-{code}": name for code, name in WALLS.items()},
    "territory": "{walls:and}",
    # ST
    "ste": lambda v: (
        ("marked " if v["marked"] else "")
        + "ST elevation in {leads:leads} ({territory}), {top_mv:mv} at the J point in {top}"
        + ("".join(f"; {{{name}}}" for name in ("reading", "spread") if name in v))
    ),
    "ste?": "borderline ST elevation in {leads:leads}, {top_mv:mv} at the J point in {top}",
    "acute": "acute infarction?",
    "diffuse": "so wide a spread is also seen in pericarditis and early repolarisation",
    "std": lambda v: (
        ("marked " if v["marked"] else "")
        + "ST depression in {leads:leads} ({territory}), {top_mv:mv} in {top}"
        + ("; {reading}" if "reading" in v else "")
    ),
    "std?": "borderline ST depression in {leads:leads}, {top_mv:mv} in {top}",
    "strain": "may be secondary to hypertrophy (strain)",
    "posterior": "posterior infarction? record V7 to V9",
    "reciprocal": "reciprocal to the elevation",
    "left-main": "ST elevation in aVR ({j_avr_mv:mv}) with ST depression in {leads_depressed:.0f} leads: diffuse "
    "ischaemia, "
    "left main or multivessel disease?",
    "sgarbossa-up": lambda v: (
        f"concordant ST elevation in {{leads:leads}}, {{top_mv:mv}}{_top(v)}: infarction in left bundle branch block "
        "(Sgarbossa)?"
    ),
    "sgarbossa-down": lambda v: (
        f"concordant ST depression in {{leads:leads}}, {{top_mv:mv}}{_top(v)}: infarction in left bundle branch block "
        "(Sgarbossa)?"
    ),
    "smith": lambda v: (
        f"excessive discordant ST elevation in {{leads:leads}}, {{ratio:pc}} of S{_top(v)}: infarction in left bundle "
        "branch block (Smith)?"
    ),
    "st-secondary": "ST and T secondary to the wide QRS",
    "st-wide-fast": "ST and T not judged at {rate_bpm:.0f}/min with a wide QRS",
    "st-normal": "no ST shift",
    "short-ste": lambda v: "{territory} ST elevation" + (": acute infarction?" if v["acute"] else ""),
    "short-ste?": "borderline ST elevation",
    "short-std": "{territory} ST depression",
    "short-std?": "borderline ST depression",
    "short-left-main": "diffuse ST depression with ST elevation in aVR",
    "short-sgarbossa": "ST shift of infarction in left bundle branch block?",
    # Q
    "q-infarct": lambda v: (
        "pathological {kind} waves in {leads:leads} ({top_ms:ms} and {top_mv:mv} in {top}): {territory} infarction, "
        + ("possibly recent with ST elevated there" if v["recent"] else "age undetermined")
    ),
    "q-septal": "{kind} waves in {leads:leads}: septal infarction, or electrode position, fascicular block, "
    "hypertrophy",
    "q-small": "small Q waves in {leads:leads} ({top_ms:ms} and {top_mv:mv} in {top})",
    "q-normal": "no pathological Q waves",
    "short-q": lambda v: "{territory} infarction (" + ("possibly recent)" if v["recent"] else "age undetermined)"),
    "short-q-septal": "septal Q waves",
    "short-q-small": "small Q waves",
    # T
    "t-inverted": lambda v: (
        DEGREES[v["degree"]]
        + " T waves in {leads:leads} ({territory}), {top_mv:mv} in {top}"
        + ("; may be secondary to hypertrophy" if v["strain"] else "")
    ),
    "t-concordant": "T waves inverted in the direction of the QRS in {leads:leads}, {top_mv:mv} in {top}: not "
    "explained by "
    "the bundle branch block",
    "t-flat": "flat T waves in {leads:leads}",
    "t-low": lambda v: f"T waves not upright in {{leads:leads}}, {{top_mv:mv}}{_top(v)}",
    "t-normal": "T waves normal",
    "short-INVT": "{territory} T wave inversion",
    "short-concordant": "primary T wave inversion",
    "short-LOWT": "flat T waves",
    "short-NT_": "nonspecific T waves",
}
