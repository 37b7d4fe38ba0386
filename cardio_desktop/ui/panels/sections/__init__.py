"""The parts of the findings panel, one small widget each."""
