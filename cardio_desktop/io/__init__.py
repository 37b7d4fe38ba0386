"""File to Record, one module per format."""

from cardio_desktop.io.registry import RECORD_SUFFIXES, open_record

__all__ = ["RECORD_SUFFIXES", "open_record"]
