"""What the program says, in German: one module a subject, each a table of `SENTENCES` by code."""
