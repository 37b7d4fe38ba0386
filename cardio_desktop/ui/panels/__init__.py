"""The panels beside the paper."""
