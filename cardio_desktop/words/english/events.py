"""Episodes: what happened, how long, and when."""

from collections.abc import Mapping
from typing import Any


def when(v: Mapping[str, Any]) -> str:
    """Return from when to when: in seconds what is short or early, else in minutes and seconds."""
    if v.get("throughout"):
        return "throughout"
    return (
        "{start_s:.1f} to {end_s:.1f} s"
        if v["end_s"] < 120.0 or v["end_s"] - v["start_s"] < 10.0
        else "{start_s:clock} to {end_s:clock}"
    )


def _run(name: str, tail: str = "") -> Any:
    """Return the template of a stretch with its rate, and when it was."""

    def template(v: Mapping[str, Any]) -> str:
        return f"{name}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}{tail}, {when(v)}"

    return template


def _beats(name: str) -> Any:
    def template(v: Mapping[str, Any]) -> str:
        beats = " of {beats:.0f} beats" if "beats" in v else ""
        return f"{name}{beats}{', {rate_bpm:.0f}/min' if 'rate_bpm' in v else ''}, {when(v)}"

    return template


def _shift(name: str, tail: str = "") -> Any:
    def template(v: Mapping[str, Any]) -> str:
        where = " in {leads:leads}" if v.get("leads") else ""
        wall = " ({territory})" if "territory" in v else ""
        return f"{name}{where}{wall}{', up to {st_mv:mv}' if 'st_mv' in v else ''}, {when(v)}{tail}"

    return template


def _t(name: str) -> Any:
    """Return the template of changed T waves: where, how far, instead of what, and when."""

    def template(v: Mapping[str, Any]) -> str:
        wall = " ({territory})" if "territory" in v else ""
        usual = " instead of {usual_mv:mv}" if "usual_mv" in v else ""
        return f"{name} in {{leads:leads}}{wall}, {{t_mv:mv}}{usual}, {when(v)}"

    return template


def _turned(v: Mapping[str, Any]) -> str:
    return "upright T waves" if v["usual_mv"] < 0.0 else "taller T waves"


SENTENCES = {
    "event-VF": _run("ventricular fibrillation or flutter"),
    "event-VT": _run("ventricular tachycardia"),
    "event-WCT": _run("wide-complex tachycardia", ", ventricular tachycardia until proven otherwise"),
    "event-ASYSTOLE": "asystole of {length_s:.1f} s at {start_s:.1f} s",
    "event-PAUSE": "pause of {length_s:.1f} s at {start_s:.1f} s",
    "event-AVB3": _run("complete AV block"),
    "event-AVB2": _run("second-degree AV block"),
    "event-BRADY": _run("very slow ventricular rate"),
    "event-TACHY": _run("very fast ventricular rate"),
    "event-STE": _shift("marked ST elevation", ": acute infarction?"),
    "event-QT500": "very long QT interval: QTc {qtc_ms:ms}, risk of torsade de pointes",
    "event-PACE_FAIL": lambda v: f"pacing spikes without capture or sensing, {when(v)}",
    "event-AF": _run("atrial fibrillation"),
    "event-AFL": _run("atrial flutter"),
    "event-SVT": _run("supraventricular tachycardia"),
    "event-SVE_RUN": _beats("supraventricular run"),
    "event-VE_RUN": _beats("ventricular run"),
    "event-BIGEMINY": lambda v: f"bigeminy, {when(v)}",
    "event-TRIGEMINY": lambda v: f"trigeminy, {when(v)}",
    "event-COUPLET": "couplet at {start_s:.1f} s",
    "event-ST_UP": _shift("ST elevation"),
    "event-ST_DOWN": _shift("ST depression"),
    "event-T_INV": _t("T wave inversion"),
    "event-T_FLAT": _t("flat T waves"),
    "event-T_UP": lambda v: _t(_turned(v))(v),
    "event-T_ALT": _t("T wave alternans"),
    "event-NOISE": lambda v: f"unusable signal, {when(v)}",
    "event-GAP": lambda v: f"nothing recorded, {when(v)}",
    "event-many": "{event} ({count} in all)",
    "episode": lambda v: "{event}" + ("; and {more} more" if v["more"] else ""),
    "ste-episode": lambda v: "{event}" + ("; and {more} more" if v["more"] else ""),
    "std-episode": lambda v: "{event}" + ("; and {more} more" if v["more"] else ""),
    "short-ste-episode": lambda v: (
        f"transient {{territory}} ST elevation {when(v)}" + (": acute infarction?" if v["acute"] else "")
    ),
    "t-episode": lambda v: "{event}" + ("; and {more} more" if v["more"] else ""),
    "short-T_INV": lambda v: f"transient {{territory}} T wave inversion {when(v)}",
    "short-T_FLAT": lambda v: f"transient flat T waves {when(v)}",
    "short-T_UP": lambda v: f"transient {_turned(v)} {when(v)}",
    "short-T_ALT": lambda v: f"T wave alternans {when(v)}",
    "short-std-episode": lambda v: f"transient {{territory}} ST depression {when(v)}",
}
