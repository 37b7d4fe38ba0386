"""What a reader must know about a passage before believing what was found in it; every text of it stands here."""

from __future__ import annotations

from cardio_desktop.core.findings import Prediction
from cardio_desktop.model.risk import ADULT_YEARS
from cardio_desktop.reading.limits import LONGEST_S
from cardio_desktop.reading.opinion import SLOWEST_HZ
from cardio_desktop.reading.passage import Passage

PART_WARNING = f"Waves, intervals and the atria were judged in the first {LONGEST_S:g} s of them only."
MOST_NAMED = 5
SHORTEST_HOLE_S = 1.0
"""From here on it is told that the network saw nothing; its windows end on the grid of its bins."""


def warnings_on(passage: Passage, to_the_end: bool) -> tuple[str, ...]:
    """Return the warnings, the gravest first, none twice; `to_the_end` where nobody asked for an earlier end."""
    every = [
        *_reversal(passage),
        *passage.record.warnings,
        *_part(passage, to_the_end),
        *_gaps(passage),
        *([PART_WARNING] if passage.beats and passage.length_s > LONGEST_S else []),
        *_network(passage),
    ]
    return tuple(dict.fromkeys(every))


def _part(passage: Passage, to_the_end: bool) -> list[str]:
    low, high, whole = passage.start_s, passage.end_s, passage.record.duration_s
    if low == 0 and high == whole:
        return []
    if low == 0 and to_the_end:
        return [f"Only the first {LONGEST_S:g} s of {whole:g} s were analysed."]
    return [f"Only {low:g} to {high:g} s of {whole:g} s were analysed."]


def _network(passage: Passage) -> list[str]:
    """Return what a reader must know about the network's input."""
    opinion, record = passage.opinion, passage.record
    prediction = opinion.prediction
    if prediction is None:
        return []
    said = []
    if opinion.slow:
        named = ", ".join(opinion.slow)
        said.append(f"Leads withheld from the network for fewer than {SLOWEST_HZ:g} samples a second: {named}.")
    absent = [name for name in prediction.missing_leads if name not in record.leads]
    if absent:
        said.append(f"Leads that are not in the file, and that the network did not see: {', '.join(absent)}.")
    if opinion.withheld:
        said.append(f"Leads withheld from the network for their quality: {', '.join(opinion.withheld)}.")
    for low, high in uncovered(prediction, passage.start_s, passage.end_s):
        said.append(f"The network did not judge {low:.1f} to {high:.1f} s: too many leads are missing there.")
    if record.patient.age_years is None and not record.simulated:
        said.append(f"The file does not tell the age; the network is not made for anyone under {ADULT_YEARS}.")
    return said


def uncovered(prediction: Prediction, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Return the stretches of a second or more that no window covers."""
    edge, holes = start_s, []
    for window in sorted(prediction.windows, key=lambda w: w.start_s):
        holes.append((edge, window.start_s))
        edge = max(edge, window.end_s)
    return [(low, high) for low, high in [*holes, (edge, end_s)] if high - low >= SHORTEST_HOLE_S]


def _reversal(passage: Passage) -> list[str]:
    if not passage.quality.reversal:
        return []
    return [
        f"The electrodes {passage.quality.reversal} seem swapped: the leads that they make, and whatever was judged by "
        "them, may be wrong; check them and record again."
    ]


def _gaps(passage: Passage) -> list[str]:
    """Return one sentence on stretches without signal, and before it that little was recorded where that is so."""
    gaps, whole_s = passage.gaps, passage.length_s
    if not gaps:
        return []
    named = ", ".join(f"{gap.start_s:.1f} to {gap.end_s:.1f} s" for gap in gaps[:MOST_NAMED])
    more = f" and {len(gaps) - MOST_NAMED} more" if len(gaps) > MOST_NAMED else ""
    total_s = sum(gap.end_s - gap.start_s for gap in gaps)
    said = [f"Nothing was recorded for {total_s:.1f} s of the analysed time: {named}{more}."]
    if total_s > 0.5 * whole_s:
        said.insert(0, f"Only {whole_s - total_s:.1f} of the {whole_s:.1f} s that were analysed hold a recording.")
    return said
