"""A stretch whose truth is known is read alike from every format in which days are recorded."""

from dataclasses import replace
from pathlib import Path

import edfio
import numpy as np
import pytest

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.holter import Holter
from cardio_desktop.io import open_record
from cardio_desktop.reading.day import read_day
from cardio_desktop.simulate.rhythms import simulate_rhythm
from tests.io.formats.conftest import write_ishne

RATE = 200
LEADS = ("II", "V1", "V5")
PARTS = (("ectopy", {"pattern": "NNNNNNNNNV"}), ("pause", {"length_s": 3.0, "at_s": 200.0}), ("af", {}))
PART_S = 240.0


@pytest.fixture(scope="module")
def counts() -> tuple[np.ndarray, dict[str, float]]:
    """Three stretches of four minutes one after the other in µV/2.5, and how much of what is in them."""
    parts, truth = [], {"beats": 0, "ve": 0}
    for kind, options in PARTS:
        made = simulate_rhythm(kind, rate_hz=RATE, duration_s=PART_S, **options)
        parts.append(np.stack([made.record.leads[name].millivolts() for name in LEADS]))
        truth["beats"] += len(made.beats)
        truth["ve"] += sum(beat.kind is BeatKind.VENTRICULAR for beat in made.beats)
    whole = np.concatenate(parts, axis=1)
    rng = np.random.default_rng(5)
    return np.round(whole * 400.0 + rng.normal(0.0, 2.0, whole.shape)).astype(np.int16), truth


def as_edf(path: Path, counts: np.ndarray, signal: type, whole: type) -> Path:
    digital = (-32768, 32767)
    signals = [
        signal.from_digital(  # type: ignore[attr-defined]
            row, float(RATE), label=f"ECG {name}", physical_dimension="mV", physical_range=(-81.92, 81.9175),
            digital_range=digital,
        )
        for name, row in zip(LEADS, counts.astype(np.int32 if whole is edfio.Bdf else np.int16), strict=True)
    ]  # fmt: skip
    whole(signals).write(path)
    return path


def as_segments(folder: Path, counts: np.ndarray) -> Path:
    """Write WFDB in two segments of format 16."""
    middle = counts.shape[1] // 3
    lines = [f"day/2 {len(LEADS)} {RATE} {counts.shape[1]}"]
    for k, part in enumerate((counts[:, :middle], counts[:, middle:])):
        (folder / f"s{k}.dat").write_bytes(part.T.astype("<i2").tobytes())
        signals = [f"s{k}.dat 16 400(0)/mV 16 0 0 0 0 {name}" for name in LEADS]
        header = "\n".join([f"s{k} {len(LEADS)} {RATE} {part.shape[1]}", *signals]) + "\n"
        (folder / f"s{k}.hea").write_text(header)
        lines.append(f"s{k} {part.shape[1]}")
    (folder / "day.hea").write_text("\n".join(lines) + "\n")
    return folder / "day.hea"


@pytest.fixture(scope="module")
def readings(
    counts: tuple[np.ndarray, dict[str, float]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Holter]:
    folder = tmp_path_factory.mktemp("day")
    files = {
        "edf": as_edf(folder / "day.edf", counts[0], edfio.EdfSignal, edfio.Edf),
        "bdf": as_edf(folder / "day.bdf", counts[0], edfio.BdfSignal, edfio.Bdf),
        "wfdb": as_segments(folder, counts[0]),
        "ishne": write_ishne(folder / "day.ecg", counts[0], codes=(6, 11, 15)),
    }
    return {name: read_day(open_record(path), None) for name, path in files.items()}


@pytest.mark.parametrize("name", ["edf", "bdf", "wfdb", "ishne"])
def test_every_format_tells_the_same_truth(
    readings: dict[str, Holter], counts: tuple[np.ndarray, dict[str, float]], name: str
) -> None:
    found, truth = readings[name], counts[1]
    total = found.total
    assert total.beats == pytest.approx(truth["beats"], rel=0.01)
    assert total.ve == pytest.approx(truth["ve"], rel=0.05)
    pauses = [item.value for item in found.extremes if item.code == "longest-pause"]
    assert any(value == pytest.approx(3.0, abs=0.1) for value in pauses)
    assert total.fibrillation_s == pytest.approx(PART_S, rel=0.1)
    assert total.unread_s == 0.0
    assert found.problems == ()
    assert replace(total, lowest_bpm=None, mean_bpm=None, highest_bpm=None) == replace(
        readings["edf"].total, lowest_bpm=None, mean_bpm=None, highest_bpm=None
    )
