"""The kinds of heart beats."""

from __future__ import annotations

from enum import StrEnum


class BeatKind(StrEnum):
    """What a beat is, after the classes of ANSI/AAMI EC57; the value is what JSON and the store hold."""

    NORMAL = "normal"
    SUPRAVENTRICULAR = "supraventricular"
    VENTRICULAR = "ventricular"
    PACED = "paced"
    UNKNOWN = "unknown"


ECTOPIC = (BeatKind.SUPRAVENTRICULAR, BeatKind.VENTRICULAR)
"""The kinds that break into the rhythm."""
