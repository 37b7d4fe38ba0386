"""Readers of the clinics' formats: what a file lacks, what was given for it, and what is odd in it."""

SENTENCES = {
    "needs-options": "it does not say its {names:and}",
    "needs-rate_hz": "sampling rate",
    "needs-unit": "unit",
    "give-missing": "give what is missing, in the window's question or by --csv-rate and --csv-unit",
    "rate-given": "{file}: its sampling rate of {rate_hz:g} Hz was given by hand; if it is wrong, every time and"
    " rate here is wrong.",
    "unit-given": "{file}: its unit {unit} was given by hand; if it is wrong, every voltage here is wrong.",
}
