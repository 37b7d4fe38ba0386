"""How long work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called with 0 to 100 percent, time and again; it may raise `core.errors.Cancelled`, which ends the work."""
