"""The model cards: what was measured, as pages."""
