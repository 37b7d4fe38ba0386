"""Names of the lead codes of SCP-ECG, which DICOM (SCPECG 5.6.3-9-n) and IEEE 11073 (MDC 2:n) share.

Source: EN 1064:2005, table of lead identifiers; ISO/IEEE 11073-10102:2014, annex A. "-cal" are calibration signals.
"""

from __future__ import annotations

_FIRST = (
    "I", "II", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V2R", "V3R", "V4R", "V5R", "V6R", "V7R", "X", "Y", "Z",
    "CC5", "CM5", "LA", "RA", "LL", "fI", "fE", "fC", "fA", "fM", "fF", "fH",
)  # fmt: skip
_LATER = (
    "III", "aVR", "aVL", "aVF", "-aVR", "V8", "V9", "V8R", "V9R", "D", "A", "J", "Defib", "Extern", "A1", "A2", "A3",
    "A4",
)  # fmt: skip
_LAST = [f"{name}-cal" for name in ("V8", "V9", "V8R", "V9R", "D", "A", "J")]

LEAD_OF_CODE: dict[int, str] = dict(enumerate([*_FIRST, *(f"{name}-cal" for name in _FIRST), *_LATER, *_LAST], start=1))


def lead_of_code(code: int) -> str:
    """Return the name of a lead code, "Lead 99" where the tables name none and "ECG" for 0, the unspecified lead."""
    return LEAD_OF_CODE.get(code, f"Lead {code}") if code else "ECG"
