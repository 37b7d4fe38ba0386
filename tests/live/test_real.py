"""Parts of the MIT-BIH Arrhythmia Database, played live through a line with faults, against its annotations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.record import Annotation, ArraySamples, Record
from cardio_desktop.io.registry import open_record
from cardio_desktop.live.replay import Faults
from tests.live.conftest import begun, watched

LINE = Faults(doubled=0.05, late=0.1, late_blocks=1, seed=8)


def part(shared: Path, name: str, low_s: float, high_s: float) -> tuple[Record, list[Annotation]]:
    record = open_record(shared / "mitdb" / f"{name}.hea")
    first, stop = round(low_s * 360), round(high_s * 360)
    cut = tuple(replace(c, samples=ArraySamples(np.array(c.counts(first, stop)))) for c in record.channels)
    marks = [replace(a, time_s=a.time_s - first / 360) for a in record.annotations if low_s <= a.time_s < high_s]
    return replace(record, channels=cut, annotations=()), marks


@pytest.mark.parametrize(("name", "low_s"), [("119", 0.0), ("100", 60.0)])
def test_beats_and_their_kinds_as_annotated_and_nothing_critical(shared: Path, name: str, low_s: float) -> None:
    record, marks = part(shared, name, low_s, low_s + 60.0)
    said = watched(record, faults=LINE)
    assert begun(said) == []
    told = [event for event in said if event.kind == "beat"]
    times = np.array([event.start_s for event in told])
    beats = [mark for mark in marks if mark.kind == "beat" and 1.0 < mark.time_s < 59.4]
    missed = [mark for mark in beats if np.abs(times - mark.time_s).min() > 0.15]
    assert missed == []
    assert len(told) - len(beats) <= 3, "those of the first and last second"
    wrong = 0
    for mark in (mark for mark in beats if mark.time_s > 8.0):
        near = told[int(np.abs(times - mark.time_s).argmin())]
        wrong += (near.code == "ventricular") != (mark.symbol == "V")
    assert wrong <= 2
    assert max(event.delay_s for event in told if event.at_s > 3.0) <= 0.5


def test_ventricular_tachycardia_that_becomes_flutter_is_told_within_three_seconds(shared: Path) -> None:
    """Record 207: three ventricular beats at 38.8 s, then ventricular flutter from 40.7 to 51.0 s."""
    record, marks = part(shared, "207", 20.0, 60.0)
    runs = [mark.time_s for mark in marks if mark.kind == "beat" and mark.symbol == "V" and mark.time_s > 18.0][:3]
    opened = next(mark.time_s for mark in marks if mark.symbol == "[")
    said = begun(watched(record, faults=LINE))
    first = [event for event in said if event.code in ("VT", "VF") and event.at_s > runs[0]]
    assert first[0].at_s <= runs[2] + 3.0
    flutter = [event for event in said if event.code in ("VF", "VT") and event.start_s >= runs[0] - 2.0]
    assert any(opened - 1.0 <= event.at_s <= opened + 3.0 for event in flutter)
