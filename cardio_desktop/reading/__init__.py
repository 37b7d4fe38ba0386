"""One record read from end to end: the use case `analyze`, what follows a reader's edits, and many records."""
