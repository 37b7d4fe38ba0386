"""The one place where ONNX Runtime is imported: offline, on the processor, with threads that rest when idle."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from cardio_desktop import SILENT_VARIABLES


def open_session(path: Path, threads: int) -> Any:
    """Return an inference session for the network at `path` with `threads` for one call, 0 for as many as cores.

    Raises whatever ONNX Runtime does, which is many kinds of exceptions, none of them public.
    """
    # Since 1.29 its official builds keep a device id and a queue of events under the user's cache and send them to
    # their maker, unless this stands in the environment before the library is loaded
    # (https://github.com/microsoft/onnxruntime/pull/27379). `cardio_desktop` has said so already; who calls us from a
    # program that took it back must not be overheard either.
    os.environ.update(SILENT_VARIABLES)
    import onnxruntime

    # Windows has a second way out, by the system's event tracing, which only this closes.
    with contextlib.suppress(AttributeError):
        onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Idle threads that spin would take the window's processor time between two predictions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
