"""The use case that every front end shares: from a record to its findings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cardio_desktop import __version__
from cardio_desktop.analysis.beat_types import without_early
from cardio_desktop.analysis.beats import flutter_between
from cardio_desktop.analysis.flags import flag_beats
from cardio_desktop.analysis.gaps import long_gaps, missing_everywhere
from cardio_desktop.analysis.intervals import measure
from cardio_desktop.analysis.morphology import qrs_shapes
from cardio_desktop.analysis.quality import assess_quality
from cardio_desktop.analysis.rhythm import rhythm_of
from cardio_desktop.analysis.seen import Seen, seen_in
from cardio_desktop.core.bridging import bridge_gaps
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import (
    PATHOLOGIES,
    Beat,
    Evidence,
    Findings,
    Measurements,
    Prediction,
    Quality,
    Rhythm,
    Risk,
    Tier,
    tier_limits,
)
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Gap, Record
from cardio_desktop.model.classifier import Classifier, NotAssessedError
from cardio_desktop.model.delineator import CARD_FILE as DELINEATOR_CARD
from cardio_desktop.model.delineator import Delineator
from cardio_desktop.model.preprocess import resample, resample_mask
from cardio_desktop.model.risk import ADULT_YEARS, PACED_REASON, stratify
from cardio_desktop.narrative import narrate, record_reasons, texts
from cardio_desktop.paths import asset
from cardio_desktop.reading.measurement import LONGEST_S as DELINEATED_S
from cardio_desktop.reading.measurement import Measured, measure_record

Report = Callable[[float], None]
Spans = tuple[tuple[float, float], ...]

LONGEST_S = 600.0
"""How much of a longer record is analysed unless an end is asked for."""
MOST_S = 6 * 3600.0
"""The longest stretch that is analysed at all: it has to be held in memory."""
PART_WARNING = f"Waves, intervals and the atria were judged in the first {DELINEATED_S:g} s of them only."
SLOWEST_HZ = 80.0
"""The network's voltages reach up to half of its own rate; a lead sampled more slowly than this lacks too much."""
PACED_SHARE = 1 / 3
PACED_PROBABILITY = 0.5


class RangeError(CardioError):
    """A stretch of time that the record does not have."""

    kind = "range"


@dataclass(frozen=True, eq=False)
class Models:
    """The networks that an analysis may ask."""

    classifier: Classifier
    delineator: Delineator | None = None


def load_models(folder: Path | None = None, threads: int = 0) -> Models:
    """Return the models of `folder`, by default those that come with the program; raises ModelError or AssetError.

    `threads` is how many the network may use for one window, 0 for as many as there are cores.
    """
    if folder is None:
        return _own_models(threads)
    return Models(Classifier.load(folder, threads), own_delineator())


@cache
def _own_models(threads: int) -> Models:
    """Load the program's models once: the window asks for them with every record."""
    return Models(Classifier.load(asset("model_assets"), threads), own_delineator())


@cache
def own_delineator() -> Delineator | None:
    """Return the program's delineator, loaded once; None where it is not installed. Raises ModelError if damaged."""
    folder = asset("model_assets")
    return Delineator.load(folder) if (folder / DELINEATOR_CARD).is_file() else None


def faithfulness_note(models: Models, code: str) -> str:
    """Return how faithful the evidence for class `code` was found to be, as one sentence; "" where it was not checked.

    The figure stands in the model's card: the rank correlation, over leads, of their evidence with the fall of the
    score when that lead is taken away.
    """
    found = faithfulness(models, code)
    return "" if found is None else f"Faithfulness over leads, measured: {found:.2f} of 1."


def faithfulness(models: Models, code: str) -> float | None:
    """Return the figure of `faithfulness_note`, None where it was not measured on this very network."""
    card = models.classifier.card
    checks = card.raw["metrics"].get("checks", {})
    if checks.get("model", {}).get("sha256") != card.sha256:
        return None
    found = checks.get("classes", {}).get(code, {}).get("lead_faithfulness", {}).get("mean")
    return None if found is None else float(found)


def evidence_for(
    record: Record, models: Models, findings: Findings, codes: Sequence[str], report: Report | None = None
) -> Evidence:
    """Return the evidence for other classes or statements, from the same leads and time as `findings` were.

    Raises NotAssessedError where the network may say nothing, CardioError for a code that it does not know.
    """
    classifier = models.classifier
    if unknown := [code for code in codes if code not in classifier.card.heads]:
        raise CardioError(f"The network has no statement {', '.join(unknown)}; choose one that the panel lists.")
    noisy, slow = withheld_leads(record, findings.quality)
    first_s, rate_hz, leads_mv = twelve_leads(
        record, findings.start_s, findings.end_s, classifier.card.rate_hz, [*noisy, *slow]
    )
    return classifier.predict(leads_mv, rate_hz, first_s, report, codes)[1]


def withheld_leads(record: Record, quality: Quality) -> tuple[list[str], list[str]]:
    """Return the leads that the network is not shown: those of bad quality, and those sampled too slowly."""
    noisy = [name for name in record.leads if name in quality.leads and not quality.leads[name].usable]
    return noisy, [name for name, lead in record.leads.items() if lead.rate_hz < SLOWEST_HZ]


def analyze(
    record: Record,
    models: Models | None,
    *,
    start_s: float | None = None,
    end_s: float | None = None,
    report: Report | None = None,
) -> Findings:
    """Return what is found between two times (default: the whole record, at most its first 600 s).

    `models` None leaves out the network's opinion; the waves are delineated all the same. `report` gets 0 to 100, never
    falling, and may raise to cancel. Raises RangeError for a range that the record does not have; a record that cannot
    be judged is no error but has the tier "Not assessed" with the reason.
    """
    progress = _Progress(report)
    start_s, end_s, warnings = _range(record, start_s, end_s)
    progress.at(0)
    missing = missing_everywhere(record, start_s, end_s)
    seen = seen_in(record, missing, start_s, end_s, progress.part(0, 15))
    quality = seen.quality(start_s, end_s, missing)
    progress.at(20)
    beats, base = _typed(seen, quality, missing)
    progress.at(25)
    prediction, evidence, risk, remarks = _opinion(
        record, models, quality, beats, start_s, end_s, progress.part(25, 77)
    )
    said = {s.code: s.probability for s in prediction.statements} if prediction is not None else {}
    measured = Measured((), None, base)
    if beats:
        delineator = models.delineator if models is not None else own_delineator()
        told = progress.part(77, 92)
        measured = measure_record(seen.record, quality, beats, base, delineator, start_s, end_s, told, said)
    waves, median, measurements = measured.waves, measured.median, measured.measurements
    if prediction is not None and evidence is not None:
        low = {code: tier_limits(code, risk.thresholds)[0] for code in PATHOLOGIES}
        beats = flag_beats(beats, evidence, prediction, thresholds=low, gaps=long_gaps(missing), waves=waves)
    progress.at(95)
    rhythm = _rhythm(seen.record, beats, measured, said, risk, missing, start_s, end_s)
    if rhythm is not None and rhythm.codes[:1] in (("AFIB",), ("AFLT",)):
        beats = without_early(beats)
    progress.at(97)
    sentences = narrate(
        record,
        quality=quality,
        beats=beats,
        measurements=measurements,
        prediction=prediction,
        risk=risk,
        rhythm=rhythm,
        waves=waves,
        median=median,
        shapes=qrs_shapes(median),
    )
    progress.at(100)
    return Findings(
        start_s=start_s,
        end_s=end_s,
        quality=quality,
        beats=beats,
        waves=waves,
        measurements=measurements,
        prediction=prediction,
        evidence=evidence,
        risk=risk,
        rhythm=rhythm,
        narrative=texts(sentences),
        warnings=tuple(
            dict.fromkeys(
                [
                    *_reversal_warning(quality),
                    *record.warnings,
                    *warnings,
                    *_gap_warnings(long_gaps(missing), end_s - start_s),
                    *([PART_WARNING] if beats and end_s - start_s > DELINEATED_S else []),
                    *remarks,
                ]
            )
        ),
        software=__version__,
        median=median,
        sentences=sentences,
    )


@dataclass(frozen=True, eq=False)
class Survey:
    """What `survey` finds between `start_s` and `end_s`; `measurements` are those of the beats alone."""

    start_s: float
    end_s: float
    measurements: Measurements
    prediction: Prediction | None
    risk: Risk


def survey(record: Record, models: Models) -> Survey:
    """Return tier, opinion and rate as `analyze` finds them, without delineation, evidence by wave and words.

    It takes about half the time, and is what a list of many records shows.
    """
    start_s, end_s, _ = _range(record, None, None)
    missing = missing_everywhere(record, start_s, end_s)
    seen = seen_in(record, missing, start_s, end_s, _told_nobody)
    quality = seen.quality(start_s, end_s, missing)
    beats, measurements = _typed(seen, quality, missing)
    prediction, _, risk, _ = _opinion(record, models, quality, beats, start_s, end_s, _told_nobody)
    return Survey(start_s, end_s, measurements, prediction, risk)


def _told_nobody(_percent: float) -> None:
    """Report to nobody."""


def beats_between(record: Record, start_s: float, end_s: float) -> tuple[tuple[Beat, ...], tuple[Gap, ...], Spans]:
    """Return (beats with their kind, gaps, stretches of ventricular flutter) between two times of a long record.

    Nobody is asked whether the record can be used as a whole: in a day of it, some part always cannot.
    """
    missing = missing_everywhere(record, start_s, end_s)
    seen = seen_in(record, missing, start_s, end_s, _told_nobody)
    return seen.typed(missing), tuple(long_gaps(missing)), seen.flutter_s


def opinion_between(
    record: Record, models: Models, beats: Sequence[Beat], start_s: float, end_s: float
) -> tuple[Prediction | None, Risk]:
    """Return the network's opinion on a part of a long record by the rules of `analyze`, None with the reason in Risk.

    `beats` are those of the record around this part.
    """
    quality = assess_quality(record, start_s, end_s, missing_everywhere(record, start_s, end_s))
    inside = [beat for beat in beats if start_s <= beat.time_s < end_s]
    prediction, _, risk, _ = _opinion(record, models, quality, inside, start_s, end_s, _told_nobody)
    return prediction, risk


def with_gaps(record: Record, start_s: float, end_s: float) -> Record:
    """Return the record with those gaps added that show only in its samples between two times."""
    inside = long_gaps(missing_everywhere(record, start_s, end_s))
    outside = [
        part
        for gap in record.gaps
        for part in (Gap(gap.start_s, min(gap.end_s, start_s)), Gap(max(gap.start_s, end_s), gap.end_s))
        if part.start_s < part.end_s
    ]
    return replace(record, gaps=tuple(sorted([*inside, *outside], key=lambda gap: gap.start_s)))


def _typed(seen: Seen, quality: Quality, missing: Sequence[Gap]) -> tuple[tuple[Beat, ...], Measurements]:
    """Return beats and what is measured of them; nothing where the record cannot be used: beats would be invented."""
    if quality.usable:
        beats = seen.typed(missing)
        return beats, measure(beats, missing)
    empty = measure(())
    reason = "; ".join(record_reasons(quality)) or "too noisy"
    return (), replace(empty, not_measured={**empty.not_measured, "heart_rate_bpm": reason, "rr_ms": reason})


def _rhythm(
    record: Record,
    beats: Sequence[Beat],
    measured: Measured,
    said: Mapping[str, float],
    risk: Risk,
    missing: Sequence[Gap],
    start_s: float,
    end_s: float,
) -> Rhythm | None:
    """Return the rhythm by beats, P waves and the network's statements."""
    paced = risk.reason == PACED_REASON
    flutter_s = flutter_between(record, beats, start_s, end_s, missing) if beats else ()
    return rhythm_of(beats, measured.waves, said, gaps=missing, flutter_s=flutter_s, paced=paced, atria=measured.atria)


class _Progress:
    """Passes percent on, never less than before."""

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self._done = -1.0

    def at(self, percent: float) -> None:
        if self._report is not None and percent >= self._done:
            self._done = percent
            self._report(percent)

    def part(self, low: float, high: float) -> Report:
        """Return a callable that maps 0..100 of one step to its share."""
        return lambda percent: self.at(low + (high - low) * min(max(percent, 0.0), 100.0) / 100.0)


def _range(record: Record, start_s: float | None, end_s: float | None) -> tuple[float, float, list[str]]:
    whole = record.duration_s
    low = 0.0 if start_s is None else start_s
    high = min(whole, max(low, 0.0) + LONGEST_S) if end_s is None and low < whole else end_s
    high = whole if high is None else high
    tolerance_s = 1e-6
    if not (math.isfinite(low) and math.isfinite(high) and 0 <= low < high <= whole + tolerance_s):
        raise RangeError(
            f"{record.path.name}: {low:g} to {high:g} s is not a stretch of this record; choose one within "
            f"0 to {whole:g} s."
        )
    if high - low > MOST_S:
        raise RangeError(
            f"{record.path.name}: {(high - low) / 3600:.1f} hours are more than can be analysed at once; choose at "
            f"most {MOST_S / 3600:g} with --from and --to."
        )
    high = min(high, whole)
    if low == 0 and high == whole:
        return low, high, []
    if low == 0 and end_s is None:
        return low, high, [f"Only the first {LONGEST_S:g} s of {whole:g} s were analysed."]
    return low, high, [f"Only {low:g} to {high:g} s of {whole:g} s were analysed."]


def _opinion(
    record: Record,
    models: Models | None,
    quality: Quality,
    beats: Sequence[Beat],
    start_s: float,
    end_s: float,
    report: Report,
) -> tuple[Prediction | None, Evidence | None, Risk, list[str]]:
    """Return the network's opinion, or none with the reason: an opinion that may not be used is not shown either."""
    if models is None:
        return None, None, Risk(Tier.NOT_ASSESSED, "No model was asked."), []
    classifier, age = models.classifier, record.patient.age_years
    paced = _is_paced(record, beats, start_s, end_s)

    def refused(reason: str | None = None, paced: bool = paced) -> Risk:
        # The reasons of single leads stand in the quality; the tier's reason is one sentence.
        told = replace(quality, reasons=tuple(record_reasons(quality)))
        return stratify(None, classifier.card, age_years=age, quality=told, paced=paced, reason=reason)

    if (age is not None and age < ADULT_YEARS) or paced or not quality.usable:
        return None, None, refused(), []
    if not any(name in record.leads for name in LEADS12):
        return None, None, refused("The file has none of the twelve standard leads."), []
    noisy, slow = withheld_leads(record, quality)
    if len(slow) == len(record.leads):
        rate_hz = max(lead.rate_hz for lead in record.leads.values())
        reason = f"The leads have {rate_hz:g} samples a second, the network needs at least {SLOWEST_HZ:g}."
        return None, None, refused(reason), []
    first_s, rate_hz, leads_mv = twelve_leads(record, start_s, end_s, classifier.card.rate_hz, [*noisy, *slow])
    try:
        prediction, evidence = classifier.predict(leads_mv, rate_hz, first_s, report)
    except NotAssessedError as error:
        return None, None, refused(str(error)), []
    pace = next((s.probability for s in prediction.statements if s.code == "PACE"), 0.0)
    if pace >= PACED_PROBABILITY:
        return None, None, refused(paced=True), []
    risk = stratify(prediction, classifier.card, age_years=age, quality=quality)
    remarks = _remarks(record, prediction, noisy, start_s, end_s)
    if slow:
        named = ", ".join(slow)
        remarks.insert(0, f"Leads withheld from the network for fewer than {SLOWEST_HZ:g} samples a second: {named}.")
    return prediction, evidence, risk, remarks


def twelve_leads(
    record: Record, start_s: float, end_s: float, common_rate_hz: float, left_out: Sequence[str] = ()
) -> tuple[float, float, NDArray[np.float32]]:
    """Return (time of the first sample, rate, (12, n) in mV with NaN for what is missing or `left_out`).

    Leads of one rate come as they are; where rates differ, or for more than `LONGEST_S` (memory), each lead is
    resampled to `common_rate_hz`.
    """
    wanted = [name for name in LEADS12 if name in record.leads]
    rates = {record.leads[name].rate_hz for name in wanted}
    if len(rates) == 1 and end_s - start_s <= LONGEST_S:
        rate_hz, first_s = rates.pop(), record.leads[wanted[0]].between(start_s, start_s)[0]
        rows = {name: record.leads[name].between(start_s, end_s)[1].astype(np.float32) for name in wanted}
    else:
        rate_hz, first_s = common_rate_hz, start_s
        rows = {}
        for name in wanted:
            lead_rate_hz, millivolts = record.leads[name].rate_hz, record.leads[name].between(start_s, end_s)[1]
            filled, recorded = bridge_gaps(millivolts.astype(np.float32)[None])
            row = resample(filled, lead_rate_hz, rate_hz)
            known = resample_mask(recorded, lead_rate_hz, rate_hz, row.shape[1])
            rows[name] = np.where(known, row, np.float32(np.nan))[0]
    leads_mv = np.full((len(LEADS12), max(len(row) for row in rows.values())), np.nan, dtype=np.float32)
    for k, name in enumerate(LEADS12):
        if name in rows and name not in left_out:
            leads_mv[k, : len(rows[name])] = rows[name]
    return first_s, rate_hz, leads_mv


def _is_paced(record: Record, beats: Sequence[Beat], start_s: float, end_s: float) -> bool:
    """Return whether beats or the file's own marks ("/", a paced beat in WFDB's code) show a pacemaker at work."""
    marks = [a.symbol for a in record.annotations if a.kind == "beat" and start_s <= a.time_s < end_s]
    kinds = [beat.kind for beat in beats]
    return any(
        items and items.count(sign) / len(items) >= PACED_SHARE for items, sign in ((marks, "/"), (kinds, "paced"))
    )


def _remarks(
    record: Record, prediction: Prediction, left_out: Sequence[str], start_s: float, end_s: float
) -> list[str]:
    """Return what a reader must know about the network's input."""
    remarks = []
    absent = [name for name in prediction.missing_leads if name not in record.leads]
    if absent:
        remarks.append(f"Leads that are not in the file, and that the network did not see: {', '.join(absent)}.")
    if left_out:
        remarks.append(f"Leads withheld from the network for their quality: {', '.join(left_out)}.")
    for low, high in _uncovered(prediction, start_s, end_s):
        remarks.append(f"The network did not judge {low:.1f} to {high:.1f} s: too many leads are missing there.")
    if record.patient.age_years is None and not record.simulated:
        remarks.append(f"The file does not tell the age; the network is not made for anyone under {ADULT_YEARS}.")
    return remarks


def _uncovered(prediction: Prediction, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Return the stretches of a second or more that no window covers."""
    edge, holes = start_s, []
    for window in sorted(prediction.windows, key=lambda w: w.start_s):
        holes.append((edge, window.start_s))
        edge = max(edge, window.end_s)
    return [(low, high) for low, high in [*holes, (edge, end_s)] if high - low >= 1.0]


def _reversal_warning(quality: Quality) -> list[str]:
    if not quality.reversal:
        return []
    return [
        f"The electrodes {quality.reversal} seem swapped: the leads that they make, and whatever was judged by them, "
        "may be wrong; check them and record again."
    ]


def _gap_warnings(gaps: Sequence[Gap], whole_s: float) -> list[str]:
    """Return one sentence on stretches without signal within the `whole_s` that were analysed."""
    if not gaps:
        return []
    named = ", ".join(f"{gap.start_s:.1f} to {gap.end_s:.1f} s" for gap in gaps[:5])
    more = f" and {len(gaps) - 5} more" if len(gaps) > 5 else ""
    total_s = sum(gap.end_s - gap.start_s for gap in gaps)
    said = [f"Nothing was recorded for {total_s:.1f} s of the analysed time: {named}{more}."]
    if total_s > 0.5 * whole_s:
        said.insert(0, f"Only {whole_s - total_s:.1f} of the {whole_s:.1f} s that were analysed hold a recording.")
    return said
