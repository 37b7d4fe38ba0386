"""Cardio Desktop: an offline ECG reading room."""

__version__ = "0.1.0"
