"""How much memory a test's own work took, at its highest.

Not `ru_maxrss`: a process inherits that from the one that started it, and it never falls, so that one greedy test
hides the next. Linux alone tells it in a form that can be reset; elsewhere nothing is judged.
"""

import sys
from pathlib import Path

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_KNOWN = sys.platform == "linux"


def reset_peak_kib() -> int:
    """Forget the highest use of memory so far and return today's, in KiB."""
    if _KNOWN:
        _RESET.write_text("5", encoding="ascii")
    return peak_kib()


def peak_kib() -> int:
    """Return the most memory that this process has held since the last reset, in KiB; 0 where that is not told."""
    if not _KNOWN:
        return 0
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
