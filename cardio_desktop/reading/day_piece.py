"""One piece of a long recording, read as any record is, and what the whole needs of it.

A piece is read with a seam on both sides, so that whatever lies on its edge is seen whole; told is what lies inside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.analysis.beat_shapes import cut_out
from cardio_desktop.analysis.beats import detection_leads
from cardio_desktop.analysis.gaps import union_of
from cardio_desktop.analysis.st_shift import st_levels
from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.findings import PATHOLOGIES, Beat, Tier
from cardio_desktop.core.holter import KINDS, OpinionSpan
from cardio_desktop.core.record import Record
from cardio_desktop.reading.limits import LONGEST_S
from cardio_desktop.reading.measurement import lead_array, measure_passage, measured_leads
from cardio_desktop.reading.models import Models, delineator_of
from cardio_desktop.reading.opinion import opinion_on, without_paced_opinion
from cardio_desktop.reading.passage import Passage, look, readable, with_events, with_rhythm

Span = tuple[float, float]

SEAM_S = 30.0
"""Rhythm and breadth are judged on a few beats around each; the longest pause that anybody survives is shorter."""
PIECE_S = LONGEST_S - 2 * SEAM_S
"""With its seams a piece is as long as what is measured at once: nine minutes, whatever the length of the whole."""
MINUTE_S = 60.0
EDGE_S = 0.1
"""Two pieces may place a beat on their seam a little apart: each tells of the beats so long before its start, too."""
LEAST_BEATS = 5
"""A minute with fewer usual beats has no ST level."""
TEMPLATE_LEADS = 3
"""Shapes are compared along the day, and shown, in so many leads at most."""
EPISODES = ("AF", "AFL", "VF", "SVT", "WCT", "AVB2", "AVB3", "PACE_FAIL")
"""What only the piece itself can tell; runs, pauses and rates come from all beats together."""


@dataclass(frozen=True, eq=False)
class Piece:
    """What is known of the record between `start_s` and `end_s`; times ascend.

    `kinds` are places in `KINDS`, `episodes` (code, start, end), `unread_s` where nothing was recorded or can be read,
    `st_mv` float32 [lead, minute] with NaN where unknown. `problem` tells why a piece was not read at all.
    """

    start_s: float
    end_s: float
    times_s: NDArray[np.float64]
    kinds: NDArray[np.uint8]
    episodes: tuple[tuple[str, float, float], ...] = ()
    unread_s: tuple[Span, ...] = ()
    leads: tuple[str, ...] = ()
    st_mv: NDArray[np.float32] | None = None
    opinion: OpinionSpan | None = None
    problem: str = ""
    shapes: NDArray[np.int32] | None = None
    """[beat]: place among `templates`, `NO_SHAPE` for none."""
    templates: NDArray[np.float32] | None = None
    """[shape, lead, sample] in mV at `beat_shapes.RATE_HZ`, in the leads `template_leads`."""
    template_leads: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return plain values, as they travel from a helper."""
        st = self.st_mv if self.st_mv is not None else np.zeros((0, 0), np.float32)
        return {
            "start_s": self.start_s,
            "end_s": self.end_s,
            "times_s": self.times_s.tolist(),
            "kinds": self.kinds.tolist(),
            "episodes": [list(episode) for episode in self.episodes],
            "unread_s": [list(span) for span in self.unread_s],
            "leads": list(self.leads),
            "st_mv": [[None if np.isnan(v) else round(float(v), 5) for v in row] for row in st],
            "opinion": asdict(self.opinion) if self.opinion is not None else None,
            "problem": self.problem,
            "shapes": self.shapes.tolist() if self.shapes is not None else None,
            "templates": self.templates.round(4).tolist() if self.templates is not None else None,
            "template_leads": list(self.template_leads),
        }


def piece_from(values: Mapping[str, Any]) -> Piece:
    """Return a piece from its plain values."""
    st = np.array([[np.nan if v is None else v for v in row] for row in values["st_mv"]], np.float32)
    opinion, shapes, templates = values["opinion"], values["shapes"], values["templates"]
    return Piece(
        values["start_s"],
        values["end_s"],
        np.array(values["times_s"], np.float64),
        np.array(values["kinds"], np.uint8),
        tuple((str(code), float(low), float(high)) for code, low, high in values["episodes"]),
        tuple((float(low), float(high)) for low, high in values["unread_s"]),
        tuple(values["leads"]),
        st if st.size else None,
        OpinionSpan(**opinion) if opinion is not None else None,
        str(values["problem"]),
        np.array(shapes, np.int32) if shapes is not None else None,
        np.array(templates, np.float32) if templates is not None else None,
        tuple(values["template_leads"]),
    )


def pieces_of(start_s: float, end_s: float) -> list[Span]:
    """Return from where to where the pieces of a stretch lie; a short last one belongs to the one before."""
    edges = np.arange(start_s, end_s, PIECE_S).tolist()
    if len(edges) > 1 and end_s - edges[-1] < SEAM_S:
        del edges[-1]
    return list(zip(edges, [*edges[1:], end_s], strict=True))


def read_piece(record: Record, models: Models | None, start_s: float, end_s: float) -> Piece:
    """Return what is found in one piece; without `models` the classical delineation and no opinion."""
    low_s, high_s = max(start_s - SEAM_S, 0.0), min(end_s + SEAM_S, record.duration_s)
    passage = look(record, low_s, high_s)
    passage = replace(passage, opinion=opinion_on(passage, models))
    if passage.beats:
        found = measure_passage(passage, delineator_of(models))
        passage = replace(passage, measured=found, beats=found.beats)
    passage = with_events(without_paced_opinion(with_rhythm(passage), models))
    inside = [beat for beat in passage.beats if start_s - EDGE_S <= beat.time_s < end_s]
    episodes = ((e.code, max(e.start_s, start_s), min(e.end_s, end_s)) for e in passage.events if e.code in EPISODES)
    leads, st_mv = _st(passage, start_s, end_s)
    shapes, templates, template_leads = _shapes(passage, inside)
    return Piece(
        start_s,
        end_s,
        np.array([beat.time_s for beat in inside], np.float64),
        np.array([KINDS.index(beat.kind) for beat in inside], np.uint8),
        tuple(episode for episode in episodes if episode[1] <= episode[2]),
        _unread(passage, start_s, end_s),
        leads,
        st_mv,
        _opinion(passage, start_s, end_s) if models is not None else None,
        shapes=shapes,
        templates=templates,
        template_leads=template_leads,
    )


def unread_piece(start_s: float, end_s: float, problem: str) -> Piece:
    """Return a piece that could not be read, for what stood in the way."""
    nothing = np.zeros(0)
    return Piece(start_s, end_s, nothing, nothing.astype(np.uint8), unread_s=((start_s, end_s),), problem=problem)


def _shapes(
    passage: Passage, beats: Sequence[Beat]
) -> tuple[NDArray[np.int32] | None, NDArray[np.float32] | None, tuple[str, ...]]:
    """Return the shape of each beat, how the shapes look, and in which leads."""
    if not beats or any(beat.shape is None for beat in beats):
        return None, None, ()
    leads = detection_leads(passage.seen)[:TEMPLATE_LEADS]
    names = {id(lead): name for name, lead in {**passage.seen.leads, **passage.seen.other_ecg}.items()}
    complexes = cut_out(leads, np.array([beat.time_s for beat in beats]))
    numbers = np.array([beat.shape for beat in beats], np.int32)
    known, place = np.unique(numbers, return_inverse=True)
    templates = np.stack([np.median(complexes[place == k], axis=0) for k in range(known.size)])
    return place.astype(np.int32), templates.astype(np.float32), tuple(names[id(lead)] for lead in leads)


def _unread(passage: Passage, start_s: float, end_s: float) -> tuple[Span, ...]:
    if not readable(passage.quality):
        return ((start_s, end_s),)
    silent = [(e.start_s, e.end_s) for e in passage.events if e.code in ("GAP", "NOISE")]
    return tuple((max(low, start_s), min(high, end_s)) for low, high in _cut(union_of(silent), start_s, end_s))


def _cut(spans: Sequence[Span], start_s: float, end_s: float) -> list[Span]:
    return [span for span in spans if span[1] > start_s and span[0] < end_s]


def _opinion(passage: Passage, start_s: float, end_s: float) -> OpinionSpan:
    risk, told = passage.opinion.risk, passage.opinion.prediction
    if told is None:
        return OpinionSpan(start_s, end_s, Tier.NOT_ASSESSED.value)
    best = max((score for score in told.classes if score.code in PATHOLOGIES), key=lambda score: score.probability)
    return OpinionSpan(start_s, end_s, risk.tier.value, best.code, round(best.probability, 4))


def _st(passage: Passage, start_s: float, end_s: float) -> tuple[tuple[str, ...], NDArray[np.float32] | None]:
    """Return the leads and the level of ST in each minute of the piece, of usual beats alone."""
    usual = {beat.time_s for beat in passage.beats if beat.kind is BeatKind.NORMAL}
    complexes = np.array(
        [
            (wave.onset_s, wave.offset_s, wave.peak_s)
            for wave in passage.measured.waves
            if wave.lead == "global" and wave.wave == "QRS" and wave.peak_s in usual
        ]
    ).reshape(-1, 3)
    leads = measured_leads(passage.seen, passage.quality)
    minutes = max(round(np.ceil((end_s - start_s) / MINUTE_S - 1e-9)), 1)
    if not leads or len(complexes) < LEAST_BEATS:
        return (), None
    first_s, rate_hz, array = lead_array(leads, passage.start_s, passage.end_s, passage.quality)
    edge_s = array.shape[1] / rate_hz
    places = complexes[:, :2] - first_s
    complexes = complexes[(places[:, 0] > 0.05) & (places[:, 1] < edge_s - 0.1)]
    level = st_levels(array, rate_hz, complexes[:, :2] - first_s)
    minute = np.floor((complexes[:, 2] - start_s) / MINUTE_S).astype(int)
    out = np.full((len(leads), minutes), np.nan, np.float32)
    for k in range(minutes):
        own = level[:, minute == k]
        if own.shape[1] >= LEAST_BEATS:
            known = np.isfinite(own).sum(axis=1) >= LEAST_BEATS
            out[known, k] = np.nanmedian(own[known], axis=1)
    return tuple(leads), out
