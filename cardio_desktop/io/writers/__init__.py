"""Record to file, one module per format; `convert.py` is the way in."""
