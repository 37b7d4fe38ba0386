"""Finding records in a list."""

FIELDS = (
    *("state", "tier", "critical", "sex", "age", "rate", "pr", "qrs", "qt", "qtc", "axis", "prior", "date", "rhythm"),
    *("statement", "conclusion", "patient", "reader", "record"),
)
CHOICES = (
    *("new", "read", "signed", "amended", "unread", "unsigned", "high", "moderate", "low", "none", "yes", "no"),
    *("f", "m"),
)
SENTENCES = {
    **{f"filter-by-{name}": name for name in FIELDS},
    **{f"filter-is-{name}": name for name in CHOICES},
    "filter-field": "There is no field “{typed}”; the fields are {fields}.",
    "filter-number": "“{field}” takes a number or a range such as 50..60, not “{typed}”.",
    "filter-date": "“{field}” takes a date such as 2019, 2019-03 or 2019-03-12, not “{typed}”.",
    "filter-choice": "“{field}” takes {choices}, not “{typed}”.",
    "filter-sign": "“{field}” takes a word after a colon; “{sign}” is for numbers and dates.",
}
