"""The shape of a QRS complex in one lead: its deflections in order, as an electrocardiographer spells them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deflection:
    """One deflection of a QRS complex: `name` is Q, R, S, R' or S', the peak lies `peak_ms` after QRS onset."""

    name: str
    peak_mv: float
    peak_ms: float
    length_ms: float


@dataclass(frozen=True)
class QrsShape:
    """The deflections of one lead between QRS onset and offset; `notched` where the main R has two peaks."""

    deflections: tuple[Deflection, ...] = ()
    notched: bool = False

    def named(self, name: str) -> Deflection | None:
        """Return the deflection called `name`, or None."""
        return next((part for part in self.deflections if part.name == name), None)

    @property
    def is_qs(self) -> bool:
        """Whether the complex has no positive deflection at all."""
        return bool(self.deflections) and all(part.peak_mv < 0 for part in self.deflections)

    @property
    def q(self) -> Deflection | None:
        """The Q wave; the only deflection of a QS complex counts as one."""
        return self.named("Q")

    @property
    def r_mv(self) -> float:
        """The largest positive deflection in mV, 0 without one."""
        return max((part.peak_mv for part in self.deflections), default=0.0) if not self.is_qs else 0.0

    @property
    def s_mv(self) -> float:
        """The deepest deflection after an R in mV, negative; 0 without one."""
        return min((part.peak_mv for part in self.deflections if part.name.startswith("S")), default=0.0)

    @property
    def r_peak_ms(self) -> float | None:
        """Time from QRS onset to the peak of the last positive deflection (R peak time); None in a QS complex."""
        peaks = [part.peak_ms for part in self.deflections if part.peak_mv > 0]
        return peaks[-1] if peaks else None

    @property
    def spelling(self) -> str:
        """The complex as it is written, small letters for what is small against the largest: "qRs", "rSR'", "QS"."""
        if self.is_qs:
            return "QS"
        largest = max((abs(part.peak_mv) for part in self.deflections), default=0.0)
        return "".join(
            part.name if abs(part.peak_mv) >= 0.35 * largest else part.name.lower() for part in self.deflections
        )
