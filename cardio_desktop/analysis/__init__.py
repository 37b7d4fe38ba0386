"""Quality, beats and evidence per beat: arrays in, frozen dataclasses out."""
