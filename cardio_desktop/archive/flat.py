"""A result as one flat row: what tables, queries and summaries read of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cardio_desktop.core.beat_kinds import BeatKind

MEASURED = ("heart_rate_bpm", "p_ms", "pr_ms", "qrs_ms", "qt_ms", "p_axis_deg", "qrs_axis_deg", "t_axis_deg")
FORMULAS = ("bazett", "fridericia", "framingham", "hodges")
TEXTS = (
    *("error", "message", "format", "start_time", "sex", "tier", "rhythm", "rhythm_codes"),
    *("conclusion", "conclusion_codes", "critical", "events", "statements", "reversal"),
)
"""Columns that hold text; codes stand in one text with spaces between them."""
NUMBERS = (
    *("age_years", "duration_s", "analysed_s", "rate_hz", "leads", "quality", "usable"),
    *("beats", "supraventricular", "ventricular", *MEASURED, *(f"qtc_{formula}_ms" for formula in FORMULAS)),
)
_LIKELY = 0.5
CLASSES = ("NORM", "MI", "STTC", "CD", "HYP")
COLUMNS: tuple[str, ...] = (*TEXTS, *NUMBERS, *(f"p_{code}" for code in CLASSES))
"""Every column of a row, in the order in which tables have them; null where a result has none."""


def flat(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a result, or of a failure, as `report.json_report` makes them; what is null is left out."""
    if error := made.get("error"):
        return {"error": error["kind"], "message": error["message"]}
    measurements = made["measurements"]
    kinds = [beat["kind"] for beat in made["beats"]]
    row: dict[str, Any] = {
        "format": made["record"]["format"],
        "start_time": made["record"]["start_time"],
        "tier": (made.get("risk") or {}).get("tier"),
        "rhythm": (made["rhythm"] or {}).get("statement"),
        "rhythm_codes": " ".join((made["rhythm"] or {}).get("codes", ())),
        "conclusion": (made.get("conclusion") or {}).get("text"),
        "conclusion_codes": " ".join((made.get("conclusion") or {}).get("codes", ())),
        "critical": _codes(made["critical"]),
        "events": _codes(made["events"]),
        "statements": _likely(made.get("prediction")),
        "reversal": made["quality"]["reversal"],
        "duration_s": made["record"]["duration_s"],
        "analysed_s": made["analysed"]["end_s"] - made["analysed"]["start_s"],
        "rate_hz": made["record"]["rate_hz"],
        "leads": len(made["record"]["leads"]),
        "quality": made["quality"]["score"],
        "usable": int(made["quality"]["usable"]),
        "beats": len(kinds),
        "supraventricular": kinds.count(BeatKind.SUPRAVENTRICULAR),
        "ventricular": kinds.count(BeatKind.VENTRICULAR),
        **{name: measurements[name] for name in MEASURED},
        **{f"qtc_{name}_ms": (measurements["qtc_ms"] or {}).get(name) for name in FORMULAS},
        **{f"p_{score['code']}": score["probability"] for score in (made.get("prediction") or {}).get("classes", ())},
    }
    return {key: _rounded(value) for key, value in row.items() if value is not None and value != ""}


def _codes(events: list[Mapping[str, Any]]) -> str:
    """Return the codes of events, each once, in their order."""
    return " ".join(dict.fromkeys(event["code"] for event in events))


def _likely(prediction: Mapping[str, Any] | None) -> str:
    """Return the codes of the network's statements that are more likely than not, the likeliest first."""
    found = [one for one in (prediction or {}).get("statements", ()) if one["probability"] >= _LIKELY]
    return " ".join(one["code"] for one in sorted(found, key=lambda one: -one["probability"]))


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
