"""Cardio Desktop: an offline ECG reading room."""

__version__ = "0.3.0"
