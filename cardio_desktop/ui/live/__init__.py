"""The window on a recording that is still going on."""
