"""Grid, traces and evidence drawn with QPainter for screen, print and PNG."""
