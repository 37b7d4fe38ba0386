"""The one place that turns seconds and millivolts into millimetres and pixels."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
POINTS_PER_MM = 72.0 / MM_PER_INCH

SPEEDS_MM_PER_S = (6.25, 12.5, 25.0, 50.0)
GAINS_MM_PER_MV = (2.5, 5.0, 10.0, 20.0, 40.0)
DEFAULT_SPEED_MM_PER_S = 25.0
DEFAULT_GAIN_MM_PER_MV = 10.0

CALIBRATION_MV = 1.0
CALIBRATION_S = 0.2

# Keys are casefolded; a micro sign (U+00B5) and a Greek mu (U+03BC) both casefold to the Greek letter.
_MILLIVOLTS = {
    "v": 1e3,
    "volt": 1e3,
    "volts": 1e3,
    "mv": 1.0,
    "mvolt": 1.0,
    "mvolts": 1.0,
    "millivolt": 1.0,
    "millivolts": 1.0,
    "uv": 1e-3,
    "uvolt": 1e-3,
    "uvolts": 1e-3,
    "\u03bcv": 1e-3,
    "\u03bcvolt": 1e-3,
    "\u03bcvolts": 1e-3,
    "microvolt": 1e-3,
    "microvolts": 1e-3,
    "nv": 1e-6,
    "nanovolt": 1e-6,
}


def millivolts_per(unit: str) -> float | None:
    """Return how many millivolts one `unit` is ("uV" gives 0.001), or None where it is not a voltage.

    Case decides nothing here: "MV" in an ECG file means millivolt, no ECG comes in megavolts.
    """
    return _MILLIVOLTS.get(unit.strip().casefold())


@dataclass(frozen=True)
class PaperScale:
    """Paper speed and gain together with the density of the thing drawn on.

    `speed_mm_per_s` and `gain_mm_per_mv` are what the paper declares, `px_per_mm_x` and `px_per_mm_y` the device
    (pixels or points per millimetre). Positive millivolts point up, device y points down.
    """

    speed_mm_per_s: float = DEFAULT_SPEED_MM_PER_S
    gain_mm_per_mv: float = DEFAULT_GAIN_MM_PER_MV
    px_per_mm_x: float = 96.0 / MM_PER_INCH
    px_per_mm_y: float = 96.0 / MM_PER_INCH

    def __post_init__(self) -> None:
        """Refuse a scale that would draw nothing."""
        for name in ("speed_mm_per_s", "gain_mm_per_mv", "px_per_mm_x", "px_per_mm_y"):
            if not 0 < getattr(self, name) < 1e6:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)!r}")

    @property
    def px_per_s(self) -> float:
        """Device pixels to one second."""
        return self.speed_mm_per_s * self.px_per_mm_x

    @property
    def px_per_mv(self) -> float:
        """Device pixels to one millivolt."""
        return self.gain_mm_per_mv * self.px_per_mm_y

    def mm_of_s(self, seconds: float) -> float:
        """Return the width in millimetres of a time in seconds."""
        return seconds * self.speed_mm_per_s

    def s_of_mm(self, mm: float) -> float:
        """Return the time in seconds that a width in millimetres spans."""
        return mm / self.speed_mm_per_s

    def mm_of_mv(self, millivolts: float) -> float:
        """Return the height in millimetres of a voltage in millivolts."""
        return millivolts * self.gain_mm_per_mv

    def mv_of_mm(self, mm: float) -> float:
        """Return the voltage in millivolts that a height in millimetres spans."""
        return mm / self.gain_mm_per_mv
