"""What the program says, in English: one module a subject, each a table of `SENTENCES` by code."""
