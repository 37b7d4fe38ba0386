"""A recording that is followed while it grows: sources, what is said of them at once, and what is kept."""
