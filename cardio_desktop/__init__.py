"""Cardio Desktop: an offline ECG reading room."""

__version__ = "0.2.0"
