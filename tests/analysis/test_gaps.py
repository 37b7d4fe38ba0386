"""Gaps: what every ECG lead lacks, found in the samples themselves."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.analysis.gaps import long_gaps, missing_everywhere, missing_in, recorded_stretches
from cardio_desktop.core.record import ArraySamples, Channel, Gap, Record


def with_holes(mv: np.ndarray, rate_hz: float, *spans_s: tuple[float, float]) -> np.ndarray:
    mv = mv.copy()
    for low, high in spans_s:
        mv[round(low * rate_hz) : round(high * rate_hz)] = np.nan
    return mv


def spans(gaps) -> list[tuple[float, float]]:
    return [(round(gap.start_s, 6), round(gap.end_s, 6)) for gap in gaps]


def test_only_what_all_leads_lack_is_missing(record_of):
    one = with_holes(np.zeros(1000), 100, (1.0, 3.0), (5.0, 5.1), (8.0, 9.0))
    two = with_holes(np.zeros(1000), 100, (2.0, 4.0), (5.0, 5.1))
    record = record_of({"II": one, "V1": two}, 100.0)
    missing = missing_everywhere(record, 0.0, 10.0)
    assert spans(missing) == [(2.0, 3.0), (5.0, 5.1)]
    assert spans(long_gaps(missing)) == [(2.0, 3.0)]
    assert spans(missing_everywhere(record, 2.5, 5.05)) == [(2.5, 3.0), (5.0, 5.05)]
    assert missing_in(record.leads["II"], 0.0, 10.0) == [(1.0, 3.0), (5.0, 5.1), (8.0, 9.0)]


def test_a_channel_that_is_no_ecg_fills_no_gap(record_of):
    hole = with_holes(np.zeros(1000), 100, (4.0, 6.0))
    record = record_of({"II": hole, "Resp": np.zeros(1000)}, 100.0)
    assert spans(missing_everywhere(record, 0.0, 10.0)) == [(4.0, 6.0)]


def test_gaps_of_the_file_and_of_its_samples_are_one_list(record_of):
    record = record_of({"II": with_holes(np.zeros(1000), 100, (4.0, 6.0), (9.5, 10.0))}, 100.0)
    record = dataclasses.replace(record, gaps=(Gap(1.0, 2.0), Gap(5.0, 7.0), Gap(20.0, 30.0)))
    assert spans(missing_everywhere(record, 0.0, 10.0)) == [(1.0, 2.0), (4.0, 7.0), (9.5, 10.0)]


def test_counts_that_the_file_marks_as_missing_and_leads_that_end_early():
    counts = np.zeros(500, dtype=np.int16)
    counts[100:200] = -32768
    channels = (
        Channel("I", 100.0, "mV", 200.0, 0.0, ArraySamples(counts, missing=-32768), lead="I"),
        Channel("Resp", 100.0, "V", 1.0, 0.0, ArraySamples(np.zeros(800))),
    )
    record = Record(Path("array"), "array", channels)
    assert spans(missing_everywhere(record, 0.0, 8.0)) == [(1.0, 2.0), (5.0, 8.0)]


def test_a_gap_over_the_pieces_of_a_long_record_is_one(record_of):
    record = record_of({"II": with_holes(np.zeros(70_000), 100, (290.0, 610.0))}, 100.0)
    assert spans(missing_everywhere(record, 0.0, 700.0)) == [(290.0, 610.0)]


@pytest.mark.parametrize(
    ("gaps", "left"),
    [
        ([], [(0.0, 10.0)]),
        ([Gap(0.0, 2.0), Gap(3.0, 4.0)], [(2.0, 3.0), (4.0, 10.0)]),
        ([Gap(8.0, 10.0)], [(0.0, 8.0)]),
        ([Gap(0.0, 10.0)], []),
    ],
)
def test_what_was_recorded_lies_between_the_gaps(gaps, left):
    assert list(recorded_stretches(gaps, 0.0, 10.0)) == left
