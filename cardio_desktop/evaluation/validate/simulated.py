"""Every rhythm of the simulator against what is told of it: events, the named rhythm, and pauses one by one.

Each is made at 100 to 1000 Hz, quiet, with the noise of everyday and with that of a restless patient whose electrode V4
is loose; the truth is what the simulator wrote down.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from cardio_desktop.core.findings import Beat, Findings
from cardio_desktop.evaluation.validate.rhythm import share_of
from cardio_desktop.reading.pipeline import analyze, load_models
from cardio_desktop.simulate import NOISY, QUIET, Noise, simulate_rhythm

Made = tuple[str, str, dict[str, Any], frozenset[str]]
RATES_HZ = (100.0, 250.0, 500.0, 1000.0)
NOISES = {
    "quiet": QUIET,
    "everyday": Noise(white_mv=0.008, wander_mv=0.06, muscle_mv=0.015, mains_mv=0.01),
    "restless": NOISY,
}
SEEDS = (1, 2)
LENGTH_S = 12.0
SPIKES_FROM_HZ = 250.0
"""A slower recorder does not keep the spikes of a pacemaker."""
PAUSE_S, NEAR_S = 2.0, 0.1
"""A pause that is told may be so much shorter, by where its beats are marked, without being false."""
PAUSES = ("PAUSE", "ASYSTOLE")
MILD = frozenset({"TACHY", "BRADY", "STE", "QT500"})
"""Critical by a number that the simulated rhythm may well have."""

SIMULATED: tuple[Made, ...] = (
    ("VT 180", "vt", {}, frozenset({"VT", "WCT"})),
    ("VT 187, other shape", "vt", {"shape": 1, "rate_bpm": 187.0}, frozenset({"VT", "WCT"})),
    ("VT 150, like LBBB", "vt", {"shape": 2, "rate_bpm": 150.0}, frozenset({"VT", "WCT"})),
    ("VT of 6 beats", "vt", {"start_s": 4.0, "beats": 6}, frozenset({"VT", "WCT"})),
    ("VF", "vf", {}, frozenset({"VF"})),
    ("flutter 4:1", "flutter", {"conduction": (4,)}, frozenset({"AFL"})),
    ("flutter 2:1", "flutter", {"conduction": (2,)}, frozenset({"AFL"})),
    ("flutter, variable", "flutter", {"conduction": (2, 3, 4, 4, 2)}, frozenset({"AFL"})),
    ("fibrillation", "af", {}, frozenset({"AF"})),
    ("Wenckebach", "wenckebach", {}, frozenset({"AVB2"})),
    ("2:1 block", "avb2", {}, frozenset({"AVB2"})),
    ("complete block", "avb3", {}, frozenset({"AVB3"})),
    ("complete block, narrow", "avb3", {"wide": False}, frozenset({"AVB3"})),
    *(
        (f"pause {length_s:g} s", "pause", {"length_s": length_s}, frozenset(PAUSES))
        for length_s in (2.1, 2.5, 3.0, 3.8, 5.0, 6.5)
    ),
    ("capture fails", "paced", {"failing": 4}, frozenset({"PACE_FAIL"})),
    ("bigeminy", "ectopy", {"pattern": "NV"}, frozenset({"BIGEMINY"})),
    ("trigeminy", "ectopy", {"pattern": "NNV"}, frozenset({"TRIGEMINY"})),
    ("couplets", "ectopy", {"pattern": "NNNNNVV"}, frozenset({"COUPLET"})),
    ("sinus", "sinus", {}, frozenset()),
    ("sinus 130, LBBB", "sinus", {"heart": "lbbb", "rate_bpm": 130.0}, frozenset()),
    ("sinus 110", "sinus", {"rate_bpm": 110.0}, frozenset()),
    ("paced", "paced", {}, frozenset()),
    ("junctional", "junctional", {}, frozenset()),
    ("first-degree block", "avb1", {}, frozenset()),
)
"""Name, rhythm of the simulator, its options, and the events of which one must be told (none: nothing critical may)."""


def simulated(
    rhythms: Sequence[Made] = SIMULATED, rates_hz: Sequence[float] = RATES_HZ, seeds: Sequence[int] = SEEDS
) -> dict[str, Any]:
    """Return rows of shares with their intervals, the named rhythms, and pauses found and told wrongly."""
    models = load_models()
    rows, pauses = [], Counter[str]()
    for name, kind, made, wanted in rhythms:
        told, named = Counter[str](), Counter[str]()
        right = {noise: Counter[bool]() for noise in NOISES}
        for rate_hz, noise, seed in itertools.product(rates_hz, NOISES, seeds):
            if "failing" in made and rate_hz < SPIKES_FROM_HZ:
                continue
            truth = simulate_rhythm(kind, rate_hz=rate_hz, noise=NOISES[noise], seed=seed, duration_s=LENGTH_S, **made)
            found = analyze(truth.record, models)
            codes = {event.code for event in found.events}
            critical = {event.code for event in found.critical}
            right[noise][bool(codes & wanted) if wanted else not critical - MILD] += 1
            told.update(codes)
            named[found.rhythm.codes[0] if found.rhythm is not None else "none"] += 1
            if kind != "vf":
                pauses.update(matched(silences(truth.beats), found))
        each = {noise: share_of(count[True], count.total()) for noise, count in right.items()}
        every = Counter[bool]()
        for count in right.values():
            every.update(count)
        rows.append(
            {
                "name": name,
                "records": every.total(),
                "right": share_of(every[True], every.total()),
                "by_noise": each,
                "rhythms": dict(named.most_common()),
                "told": dict(sorted(told.items())),
            }
        )
    return {"rows": rows, "pauses": shares_of_pauses(pauses)}


def silences(beats: Sequence[Beat]) -> list[tuple[float, float]]:
    """Return the intervals between beats that last as long as a pause, or nearly."""
    times = [beat.time_s for beat in beats]
    return [(low, high) for low, high in itertools.pairwise(times) if high - low >= PAUSE_S - NEAR_S]


def matched(spans: Sequence[tuple[float, float]], found: Findings) -> dict[str, int]:
    """Return how many pauses there are, were found, were told, and told wrongly; the nearly long ones are neither."""
    told = [(event.start_s, event.end_s) for event in found.events if event.code in PAUSES]
    real = [span for span in spans if span[1] - span[0] >= PAUSE_S]
    return {
        "real": len(real),
        "found": sum(any(same(span, other) for other in told) for span in real),
        "told": len(told),
        "wrong": sum(not any(same(span, other) for other in spans) for span in told),
    }


def same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Return whether two spans are one pause: most of each is shared."""
    together_s = min(one[1], other[1]) - max(one[0], other[0])
    return together_s >= 0.8 * max(one[1] - one[0], other[1] - other[0])


def shares_of_pauses(count: Counter[str]) -> dict[str, Any]:
    """Return the share of the pauses that was found, and of those told that are none."""
    found, false = share_of(count["found"], count["real"]), share_of(count["wrong"], count["told"])
    return {**count, "found_share": found, "false_share": false}


def pause_line(pauses: dict[str, Any]) -> str:
    """Return the figures of pauses as a line of text."""
    if not pauses.get("real") and not pauses.get("told"):
        return "pauses: none"
    found, false = _told("found", pauses, "found", "real"), _told("false", pauses, "wrong", "told")
    return f"pauses from {PAUSE_S:g} s: {found}; {false}"


def _told(name: str, pauses: dict[str, Any], part: str, whole: str) -> str:
    share = pauses[f"{name}_share"]
    if share["share"] is None:
        return f"{name} -"
    low, high = share["interval"]
    return (
        f"{name} {pauses.get(part, 0)} of {pauses[whole]}, {100 * share['share']:.1f} "
        f"({100 * low:.1f}-{100 * high:.1f}) %"
    )


def lines_of(result: dict[str, Any]) -> list[str]:
    """Return the rows as text: right in all, by noise, and which rhythms were named."""
    lines = [f"{'':26}{'right':>28}{''.join(f'{noise:>10}' for noise in NOISES)}  named"]
    for row in result["rows"]:
        low, high = row["right"]["interval"]
        right = f"{100 * row['right']['share']:.0f} ({100 * low:.0f}-{100 * high:.0f}) % of {row['records']}"
        by_noise = "".join(_short(row["by_noise"][noise]["share"]) for noise in NOISES)
        named = ", ".join(f"{code} {count}" for code, count in row["rhythms"].items())
        lines.append(f"{row['name']:26}{right:>28}{by_noise}  {named}")
        told = ", ".join(f"{code} {count}" for code, count in row["told"].items())
        lines.append(f"{'':26}told: {told}")
    return [*lines, pause_line(result["pauses"])]


def _short(share: float | None) -> str:
    return f"{'-' if share is None else f'{100 * share:.0f} %':>10}"
