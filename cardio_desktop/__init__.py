"""Cardio Desktop: an offline ECG reading room."""

import os

__version__ = "0.4.0"

SILENT_VARIABLES = {"ORT_DISABLE_TELEMETRY": "1"}
"""What libraries must find in the environment before they are loaded, or they would talk to their makers."""

# Here, because nothing of the program runs before this: not its window, its helpers, nor the frozen application.
os.environ.update(SILENT_VARIABLES)
