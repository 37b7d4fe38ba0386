"""ECGs made by the program itself: a dipole in a torso. For samples and tests; never a patient."""

from cardio_desktop.simulate.heart import Heart
from cardio_desktop.simulate.noise import NOISY, QUIET, Noise
from cardio_desktop.simulate.record import KINDS, LABEL, Simulation, simulate, simulate_record

__all__ = ["KINDS", "LABEL", "NOISY", "QUIET", "Heart", "Noise", "Simulation", "simulate", "simulate_record"]
