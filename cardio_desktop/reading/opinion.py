"""What the network is shown of a passage, and when it may say nothing: an opinion that may not be used is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.rhythm import PACED_SAID
from cardio_desktop.analysis.stretches import blanked
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.bridging import bridge_gaps
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Evidence, Findings, Quality
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.model.classifier import NotAssessedError
from cardio_desktop.model.preprocess import resample, resample_mask
from cardio_desktop.model.risk import ADULT_YEARS, stratify
from cardio_desktop.reading.limits import LONGEST_S
from cardio_desktop.reading.models import Models
from cardio_desktop.reading.passage import NOT_ASKED, Opinion, Passage
from cardio_desktop.words import Remark

SLOWEST_HZ = 80.0
"""The network's voltages reach up to half of its own rate; a lead sampled more slowly than this lacks too much."""
PACED_SHARE = 1 / 3


def opinion_on(passage: Passage, models: Models | None, progress: Progress | None = None) -> Opinion:
    """Return the network's opinion, or none with the reason. `progress` gets 0 to 100 and may raise to cancel."""
    if models is None:
        return NOT_ASKED
    record, quality = passage.record, passage.quality
    classifier, age = models.classifier, record.patient.age_years
    paced = _is_paced(passage)

    def refused(reason: Remark | None = None, paced: bool = paced) -> Opinion:
        return Opinion(stratify(None, classifier.card, age_years=age, quality=quality, paced=paced, reason=reason))

    if (age is not None and age < ADULT_YEARS) or paced or not quality.usable:
        return refused()
    if not any(name in record.leads for name in LEADS12):
        return refused(Remark("tier-no-lead"))
    noisy, slow = withheld_leads(record, quality)
    if len(slow) == len(record.leads):
        rate_hz = max(lead.rate_hz for lead in record.leads.values())
        return refused(Remark("tier-slow", {"rate_hz": rate_hz, "least_hz": SLOWEST_HZ}))
    first_s, rate_hz, leads_mv = twelve_leads(record, passage.start_s, passage.end_s, classifier.card.rate_hz, quality)
    try:
        prediction, evidence = classifier.predict(leads_mv, rate_hz, first_s, progress)
    except NotAssessedError as error:
        return refused(error.remark)
    pace = next((s.probability for s in prediction.statements if s.code == "PACE"), 0.0)
    if pace >= PACED_SAID:
        return refused(paced=True)
    risk = stratify(prediction, classifier.card, age_years=age, quality=quality)
    return Opinion(risk, prediction, evidence, tuple(noisy), tuple(slow))


def without_paced_opinion(passage: Passage, models: Models | None) -> Passage:
    """Return the passage without the network's opinion where the rhythm turned out to be paced, spikes or none."""
    rhythm, opinion = passage.rhythm, passage.opinion
    if models is None or opinion.prediction is None or rhythm is None or rhythm.codes[:1] != ("PACE",):
        return passage
    age = passage.record.patient.age_years
    risk = stratify(None, models.classifier.card, age_years=age, quality=passage.quality, paced=True)
    beats = tuple(replace(beat, flags=(), evidence={}) for beat in passage.beats)
    return replace(passage, opinion=Opinion(risk), beats=beats)


def evidence_for(
    record: Record, models: Models, findings: Findings, codes: Sequence[str], progress: Progress | None = None
) -> Evidence:
    """Return the evidence for other classes or statements, from the same leads and time as `findings` were.

    Raises NotAssessedError where the network may say nothing, CardioError for a code that it does not know.
    """
    classifier = models.classifier
    if unknown := [code for code in codes if code not in classifier.card.heads]:
        raise CardioError(f"The network has no statement {', '.join(unknown)}; choose one that the panel lists.")
    first_s, rate_hz, leads_mv = twelve_leads(
        record, findings.start_s, findings.end_s, classifier.card.rate_hz, findings.quality
    )
    return classifier.predict(leads_mv, rate_hz, first_s, progress, codes)[1]


def withheld_leads(record: Record, quality: Quality) -> tuple[list[str], list[str]]:
    """Return the leads that the network is not shown: those of bad quality, and those sampled too slowly."""
    noisy = [name for name in record.leads if name in quality.leads and not quality.leads[name].usable]
    return noisy, [name for name, lead in record.leads.items() if lead.rate_hz < SLOWEST_HZ]


def twelve_leads(
    record: Record, start_s: float, end_s: float, common_rate_hz: float, quality: Quality
) -> tuple[float, float, NDArray[np.float32]]:
    """Return (time of the first sample, rate, (12, n) in mV with NaN for what is missing or withheld).

    Leads of one rate come as they are; where rates differ, or for more than `LONGEST_S` (memory), each lead is
    resampled to `common_rate_hz`.
    """
    wanted = [name for name in LEADS12 if name in record.leads]
    rates = {record.leads[name].rate_hz for name in wanted}
    read: dict[str, tuple[float, NDArray[np.float32]]] = {}
    for name in wanted:
        first_s, millivolts = record.leads[name].between(start_s, end_s)
        known = blanked(millivolts, first_s, record.leads[name].rate_hz, quality.unread_s(name))
        read[name] = first_s, known.astype(np.float32)
    if len(rates) == 1 and end_s - start_s <= LONGEST_S:
        rate_hz, first_s = rates.pop(), read[wanted[0]][0]
        rows = {name: row for name, (_, row) in read.items()}
    else:
        rate_hz, first_s = common_rate_hz, start_s
        rows = {name: _at_rate(row, record.leads[name].rate_hz, rate_hz) for name, (_, row) in read.items()}
    left_out = {name for names in withheld_leads(record, quality) for name in names}
    leads_mv = np.full((len(LEADS12), max(len(row) for row in rows.values())), np.nan, dtype=np.float32)
    for k, name in enumerate(LEADS12):
        if name in rows and name not in left_out:
            leads_mv[k, : len(rows[name])] = rows[name]
    return first_s, rate_hz, leads_mv


def _at_rate(row: NDArray[np.float32], rate_hz: float, target_hz: float) -> NDArray[np.float32]:
    filled, recorded = bridge_gaps(row[None])
    out = resample(filled, rate_hz, target_hz)
    known = resample_mask(recorded, rate_hz, target_hz, out.shape[1])
    return np.asarray(np.where(known, out, np.float32(np.nan))[0], dtype=np.float32)


def _is_paced(passage: Passage) -> bool:
    """Return whether beats or the file's own marks ("/", a paced beat in WFDB's code) show a pacemaker at work."""
    marks = [
        a.symbol for a in passage.record.annotations if a.kind == "beat" and passage.start_s <= a.time_s < passage.end_s
    ]
    kinds: list[str] = [beat.kind for beat in passage.beats]
    return any(
        items and items.count(sign) / len(items) >= PACED_SHARE
        for items, sign in ((marks, "/"), (kinds, BeatKind.PACED))
    )
