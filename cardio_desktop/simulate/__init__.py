"""ECGs made by the program itself: a dipole in a torso. For samples and tests; never a patient."""

from cardio_desktop.simulate.heart import Heart
from cardio_desktop.simulate.noise import NOISY, QUIET, Noise
from cardio_desktop.simulate.record import KINDS, LABEL, Simulation, simulate, simulate_record
from cardio_desktop.simulate.rhythms import RHYTHMS, RhythmTruth, simulate_rhythm

__all__ = [
    "KINDS",
    "LABEL",
    "NOISY",
    "QUIET",
    "RHYTHMS",
    "Heart",
    "Noise",
    "RhythmTruth",
    "Simulation",
    "simulate",
    "simulate_record",
    "simulate_rhythm",
]
