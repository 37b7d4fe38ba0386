"""Widgets: main window, ECG paper, panels, dialogs."""
