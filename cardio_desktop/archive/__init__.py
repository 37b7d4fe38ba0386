"""Whole archives: many files in many processes, with a ledger of what is done."""
