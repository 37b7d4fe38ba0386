"""Records that writers must carry: gaps, annotations, a patient, odd scales and rates."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.record import MISSING, Annotation, ArraySamples, Channel, Patient, Record
from cardio_desktop.core.stored import Stored
from cardio_desktop.simulate.record import simulate_record

PATIENT = Patient("PID7742", "Müller-Xanten, Annegret", "female", 52.0, "1967-05-06", 170.0, 66.0)
MARKS = (
    Annotation(1.0, "N", "beat"),
    Annotation(1.5, "V", "beat"),
    Annotation(2.7, "+", "rhythm", "(AFIB"),
    Annotation(3.9, "", "note", "Sister Olga <says> & sees"),
    Annotation(5.0, "(", "wave", "P"),
    Annotation(5.1, ")", "wave", "P"),
)


@pytest.fixture
def plain() -> Record:
    """Ten seconds of twelve leads with a gap of all of them from 2.0 to 2.6 s."""
    record = simulate_record()
    channels = []
    for channel in record.channels:
        counts = np.array(channel.counts(), dtype=np.int32)
        counts[1000:1300] = MISSING
        channels.append(replace(channel, samples=ArraySamples(counts, missing=MISSING)))
    return replace(
        record,
        path=Path("/somewhere/Mueller_1967.edf"),
        channels=tuple(channels),
        start_time=datetime(2020, 1, 2, 3, 4, 5),
        patient=PATIENT,
        annotations=MARKS,
        device="CardioGraph 9 SN-554411",
        notes=("seen by Dr. Quincy",),
        stored=Stored(statements=("Sinus rhythm, Dr. Quincy",), patient={"history": "worked at Zeche Zollern"}),
        simulated=False,
    )


@pytest.fixture
def odd(plain: Record) -> Record:
    """A zero line off the whole numbers, a scale upside down, more than 16 bits, floats, a lead lost a while."""
    rng = np.random.default_rng(3)
    rate = 500.0
    wave = np.cumsum(rng.normal(0, 4, 5000))
    some = wave.round().astype(np.int32)
    some[4000:4100] = MISSING
    return replace(
        plain,
        channels=(
            Channel("I", rate, "uV", 0.4096, 12.4, ArraySamples(wave.round().astype(np.int32)), lead="I"),
            Channel("II", rate, "mV", -200.0, 0.0, ArraySamples(wave.round().astype(np.int16)), lead="II"),
            Channel("V1", rate, "uV", 1000.0, 5.0, ArraySamples((wave * 20000).astype(np.int32)), lead="V1"),
            Channel("V2", rate, "mV", 1.0, 0.0, ArraySamples(wave / 913.0), lead="V2"),
            Channel("V3", rate, "mV", 409.5, 0.0, ArraySamples(some, missing=MISSING), lead="V3"),
        ),
        annotations=(),
    )
