"""Episoden: was geschah, wie lange und wann."""

from collections.abc import Mapping
from typing import Any

WHEN = "{start_s:.1f} bis {end_s:.1f} s"


def _run(name: str) -> Any:
    """Return the template of a stretch with its rate, and when it was."""

    def template(v: Mapping[str, Any]) -> str:
        return f"{name}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}, {WHEN}"

    return template


def _beats(name: str) -> Any:
    def template(v: Mapping[str, Any]) -> str:
        beats = " von {beats:.0f} Schlägen" if "beats" in v else ""
        return f"{name}{beats}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}, {WHEN}"

    return template


def _shift(name: str, tail: str = "") -> Any:
    def template(v: Mapping[str, Any]) -> str:
        where = " in {leads:leads}" if v.get("leads") else ""
        wall = " ({territory})" if "territory" in v else ""
        return f"{name}{where}{wall}{', bis {st_mv:mv}' if 'st_mv' in v else ''}, {WHEN}{tail}"

    return template


SENTENCES = {
    "event-VF": _run("Kammerflimmern oder Kammerflattern"),
    "event-VT": _run("ventrikuläre Tachykardie"),
    "event-WCT": _run("Breitkomplextachykardie, bis zum Beweis des Gegenteils ventrikuläre Tachykardie"),
    "event-ASYSTOLE": "Asystolie von {length_s:.1f} s bei {start_s:.1f} s",
    "event-PAUSE": "Pause von {length_s:.1f} s bei {start_s:.1f} s",
    "event-AVB3": _run("kompletter AV-Block"),
    "event-AVB2": _run("AV-Block II. Grades"),
    "event-BRADY": _run("sehr langsame Kammerfrequenz"),
    "event-TACHY": _run("sehr schnelle Kammerfrequenz"),
    "event-STE": _shift("ausgeprägte ST-Hebung", ": akuter Infarkt?"),
    "event-QT500": "sehr lange QT-Zeit: QTc {qtc_ms:ms}, Gefahr von Torsade de pointes",
    "event-PACE_FAIL": f"Schrittmacherspikes ohne Antwort oder Wahrnehmung, {WHEN}",
    "event-AF": _run("Vorhofflimmern"),
    "event-AFL": _run("Vorhofflattern"),
    "event-SVT": _run("supraventrikuläre Tachykardie"),
    "event-SVE_RUN": _beats("supraventrikuläre Salve"),
    "event-VE_RUN": _beats("ventrikuläre Salve"),
    "event-BIGEMINY": f"Bigeminus, {WHEN}",
    "event-TRIGEMINY": f"Trigeminus, {WHEN}",
    "event-COUPLET": "Couplet bei {start_s:.1f} s",
    "event-ST_UP": _shift("ST-Hebung"),
    "event-ST_DOWN": _shift("ST-Senkung"),
    "event-NOISE": f"Signal nicht verwertbar, {WHEN}",
    "event-GAP": f"nichts aufgezeichnet, {WHEN}",
}
