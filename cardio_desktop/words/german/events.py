"""Episoden: was geschah, wie lange und wann."""

from collections.abc import Mapping
from typing import Any


def when(v: Mapping[str, Any]) -> str:
    """Return from when to when: in seconds what is short or early, else in minutes and seconds."""
    if v.get("throughout"):
        return "durchgehend"
    return (
        "{start_s:.1f} bis {end_s:.1f} s"
        if v["end_s"] < 120.0 or v["end_s"] - v["start_s"] < 10.0
        else "{start_s:clock} bis {end_s:clock}"
    )


def _run(name: str, tail: str = "") -> Any:
    """Return the template of a stretch with its rate, and when it was."""

    def template(v: Mapping[str, Any]) -> str:
        return f"{name}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}{tail}, {when(v)}"

    return template


def _beats(name: str) -> Any:
    def template(v: Mapping[str, Any]) -> str:
        beats = " von {beats:.0f} Schlägen" if "beats" in v else ""
        return f"{name}{beats}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}, {when(v)}"

    return template


def _shift(name: str, tail: str = "") -> Any:
    def template(v: Mapping[str, Any]) -> str:
        where = " in {leads:leads}" if v.get("leads") else ""
        wall = " ({territory})" if "territory" in v else ""
        return f"{name}{where}{wall}{', bis {st_mv:mv}' if 'st_mv' in v else ''}, {when(v)}{tail}"

    return template


def _t(name: str) -> Any:
    """Return the template of changed T waves: where, how far, instead of what, and when."""

    def template(v: Mapping[str, Any]) -> str:
        wall = " ({territory})" if "territory" in v else ""
        usual = " statt {usual_mv:mv}" if "usual_mv" in v else ""
        return f"{name} in {{leads:leads}}{wall}, {{t_mv:mv}}{usual}, {when(v)}"

    return template


def _turned(v: Mapping[str, Any]) -> str:
    return "positive T-Wellen" if v["usual_mv"] < 0.0 else "höhere T-Wellen"


SENTENCES = {
    "event-VF": _run("Kammerflimmern oder Kammerflattern"),
    "event-VT": _run("ventrikuläre Tachykardie"),
    "event-WCT": _run("Breitkomplextachykardie", ", bis zum Beweis des Gegenteils ventrikuläre Tachykardie"),
    "event-ASYSTOLE": "Asystolie von {length_s:.1f} s bei {start_s:.1f} s",
    "event-PAUSE": "Pause von {length_s:.1f} s bei {start_s:.1f} s",
    "event-AVB3": _run("kompletter AV-Block"),
    "event-AVB2": _run("AV-Block II. Grades"),
    "event-BRADY": _run("sehr langsame Kammerfrequenz"),
    "event-TACHY": _run("sehr schnelle Kammerfrequenz"),
    "event-STE": _shift("ausgeprägte ST-Hebung", ": akuter Infarkt?"),
    "event-QT500": "sehr lange QT-Zeit: QTc {qtc_ms:ms}, Gefahr von Torsade de pointes",
    "event-PACE_FAIL": lambda v: f"Schrittmacherspikes ohne Antwort oder Wahrnehmung, {when(v)}",
    "event-AF": _run("Vorhofflimmern"),
    "event-AFL": _run("Vorhofflattern"),
    "event-SVT": _run("supraventrikuläre Tachykardie"),
    "event-SVE_RUN": _beats("supraventrikuläre Salve"),
    "event-VE_RUN": _beats("ventrikuläre Salve"),
    "event-BIGEMINY": lambda v: f"Bigeminus, {when(v)}",
    "event-TRIGEMINY": lambda v: f"Trigeminus, {when(v)}",
    "event-COUPLET": "Couplet bei {start_s:.1f} s",
    "event-ST_UP": _shift("ST-Hebung"),
    "event-ST_DOWN": _shift("ST-Senkung"),
    "event-T_INV": _t("T-Negativierung"),
    "event-T_FLAT": _t("flache T-Wellen"),
    "event-T_UP": lambda v: _t(_turned(v))(v),
    "event-T_ALT": _t("T-Wellen-Alternans"),
    "event-NOISE": lambda v: f"Signal nicht verwertbar, {when(v)}",
    "event-GAP": lambda v: f"nichts aufgezeichnet, {when(v)}",
    "event-many": "{event} (insgesamt {count})",
    "episode": lambda v: "{event}" + ("; und {more} weitere" if v["more"] else ""),
    "ste-episode": lambda v: "{event}" + ("; und {more} weitere" if v["more"] else ""),
    "std-episode": lambda v: "{event}" + ("; und {more} weitere" if v["more"] else ""),
    "short-ste-episode": lambda v: (
        f"vorübergehende ST-Hebung {{territory}} {when(v)}" + (": akuter Infarkt?" if v["acute"] else "")
    ),
    "t-episode": lambda v: "{event}" + ("; und {more} weitere" if v["more"] else ""),
    "short-T_INV": lambda v: f"vorübergehende T-Negativierung {{territory}} {when(v)}",
    "short-T_FLAT": lambda v: f"vorübergehend flache T-Wellen {when(v)}",
    "short-T_UP": lambda v: f"vorübergehend {_turned(v)} {when(v)}",
    "short-T_ALT": lambda v: f"T-Wellen-Alternans {when(v)}",
    "short-std-episode": lambda v: f"vorübergehende ST-Senkung {{territory}} {when(v)}",
}
