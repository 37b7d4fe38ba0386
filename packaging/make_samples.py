"""Regenerate the simulated sample records in resources/samples: same program, same bytes.

Usage: python packaging/make_samples.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from cardio_desktop.core.record import Record
from cardio_desktop.simulate import KINDS, LABEL, simulate_record

SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
SEEDS = {"normal": 1, "anterior-mi": 1, "lbbb": 1, "noisy-normal": 1}
EDF_KIND = "anterior-mi"


def write_wfdb(record: Record, name: str, folder: Path) -> None:
    """Write `record` as `name`.hea and `name`.dat in WFDB format 16 (interleaved little-endian 16-bit counts)."""
    counts = np.stack([channel.counts() for channel in record.channels], axis=1).astype("<i2")
    (folder / f"{name}.dat").write_bytes(counts.tobytes())
    assert record.start_time is not None
    start = record.start_time.strftime("%H:%M:%S %d/%m/%Y")
    lines = [f"{name} {len(record.channels)} {record.rate_hz:g} {counts.shape[0]} {start}"]
    for channel, row in zip(record.channels, counts.T, strict=True):
        # The checksum of format 16 is the sum of all counts modulo 2^16, read as a signed number.
        checksum = int(np.array(int(row.astype(np.int64).sum()) & 0xFFFF, dtype=np.uint16).view(np.int16))
        gain = f"{channel.counts_per_unit:g}({channel.baseline:g})/{channel.unit}"
        lines.append(f"{name}.dat 16 {gain} 16 0 {int(row[0])} {checksum} 0 {channel.label}")
    lines += [f"# {LABEL}", f"# kind: {name}", f"# made by: {record.device}"]
    (folder / f"{name}.hea").write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")


def write_edf(record: Record, path: Path) -> None:
    """Write `record` as EDF+C whose digital values are the record's counts."""
    import edfio

    signals = [
        edfio.EdfSignal.from_digital(
            channel.counts().astype(np.int16),
            channel.rate_hz,
            label=f"ECG {channel.label}",
            physical_dimension=channel.unit,
            physical_range=(-32768 / channel.counts_per_unit, 32767 / channel.counts_per_unit),
            digital_range=(-32768, 32767),
            transducer_type="simulated",
        )
        for channel in record.channels
    ]
    assert record.start_time is not None
    edf = edfio.Edf(
        signals,
        patient=edfio.Patient(code="SIMULATED", name="not_a_patient"),
        recording=edfio.Recording(
            startdate=record.start_time.date(),
            equipment_code="Cardio_Desktop",
            additional=("SIMULATED", "not_a_patient"),
        ),
        starttime=record.start_time.time(),
        data_record_duration=1.0,
        annotations=[edfio.EdfAnnotation(0.0, None, LABEL)],
    )
    # edfio stamps nothing else: the same record gives the same bytes.
    edf.write(path)


def main(folder: Path = SAMPLES) -> None:
    """Write every sample into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        record = simulate_record(kind, seed=SEEDS[kind])
        write_wfdb(record, kind, folder)
        if kind == EDF_KIND:
            write_edf(record, folder / f"{kind}-edf.edf")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
