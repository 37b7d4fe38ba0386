"""The ECG on paper, and what lies over it."""
