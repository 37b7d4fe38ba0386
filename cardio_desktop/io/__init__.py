"""File to Record, one module per format."""

from cardio_desktop.io.registry import FILE_FILTER, RECORD_SUFFIXES, open_record

__all__ = ["FILE_FILTER", "RECORD_SUFFIXES", "open_record"]
