"""Episodes: what happened, how long, and when."""

from collections.abc import Mapping
from typing import Any

WHEN = "{start_s:.1f} to {end_s:.1f} s"


def _run(name: str) -> Any:
    """Return the template of a stretch with its rate, and when it was."""

    def template(v: Mapping[str, Any]) -> str:
        return f"{name}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}, {WHEN}"

    return template


def _beats(name: str) -> Any:
    def template(v: Mapping[str, Any]) -> str:
        beats = " of {beats:.0f} beats" if "beats" in v else ""
        return f"{name}{beats}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}, {WHEN}"

    return template


def _shift(name: str, tail: str = "") -> Any:
    def template(v: Mapping[str, Any]) -> str:
        where = " in {leads:leads}" if v.get("leads") else ""
        wall = " ({territory})" if "territory" in v else ""
        return f"{name}{where}{wall}{', up to {st_mv:mv}' if 'st_mv' in v else ''}, {WHEN}{tail}"

    return template


SENTENCES = {
    "event-VF": _run("ventricular fibrillation or flutter"),
    "event-VT": _run("ventricular tachycardia"),
    "event-WCT": _run("wide-complex tachycardia, ventricular tachycardia until proven otherwise"),
    "event-ASYSTOLE": "asystole of {length_s:.1f} s at {start_s:.1f} s",
    "event-PAUSE": "pause of {length_s:.1f} s at {start_s:.1f} s",
    "event-AVB3": _run("complete AV block"),
    "event-AVB2": _run("second-degree AV block"),
    "event-BRADY": _run("very slow ventricular rate"),
    "event-TACHY": _run("very fast ventricular rate"),
    "event-STE": _shift("marked ST elevation", ": acute infarction?"),
    "event-QT500": "very long QT interval: QTc {qtc_ms:ms}, risk of torsade de pointes",
    "event-PACE_FAIL": f"pacing spikes without capture or sensing, {WHEN}",
    "event-AF": _run("atrial fibrillation"),
    "event-AFL": _run("atrial flutter"),
    "event-SVT": _run("supraventricular tachycardia"),
    "event-SVE_RUN": _beats("supraventricular run"),
    "event-VE_RUN": _beats("ventricular run"),
    "event-BIGEMINY": f"bigeminy, {WHEN}",
    "event-TRIGEMINY": f"trigeminy, {WHEN}",
    "event-COUPLET": "couplet at {start_s:.1f} s",
    "event-ST_UP": _shift("ST elevation"),
    "event-ST_DOWN": _shift("ST depression"),
    "event-NOISE": f"unusable signal, {WHEN}",
    "event-GAP": f"nothing recorded, {WHEN}",
}
