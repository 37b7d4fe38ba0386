"""File to Record, one module per format."""

from cardio_desktop.io.registry import open_given, open_record

__all__ = ["open_given", "open_record"]
