"""Loads pydicom without the library for downloads that it would load with itself.

pydicom imports `requests`, for the download of its test data, and urllib3 below that opens a socket as it is imported,
to see whether there is IPv6. Nothing of this program opens a socket; without `requests` pydicom does all that it does.
"""

from __future__ import annotations

import importlib
import sys
import threading
from typing import Any

DOWNLOADER = "requests"
_lock = threading.Lock()


def load_pydicom() -> Any:
    """Return the module pydicom; whoever uses a part of it calls this first."""
    with _lock:
        if "pydicom" not in sys.modules and DOWNLOADER not in sys.modules:
            sys.modules[DOWNLOADER] = None  # type: ignore[assignment]  # Python's own way to say: cannot be imported
            try:
                return importlib.import_module("pydicom")
            finally:
                del sys.modules[DOWNLOADER]
        return importlib.import_module("pydicom")
