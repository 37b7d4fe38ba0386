"""German for the rhythms that the program states."""

from __future__ import annotations

import re

# Longer terms first: "sinus rhythm" must not be taken out of a longer one.
TERMS: tuple[tuple[str, str], ...] = (
    ("normal sinus rhythm", "normaler Sinusrhythmus"),
    ("sinus rhythm", "Sinusrhythmus"),
    ("sinus bradycardia", "Sinusbradykardie"),
    ("sinus tachycardia", "Sinustachykardie"),
    ("sinus arrhythmia", "Sinusarrhythmie"),
    ("atrial fibrillation", "Vorhofflimmern"),
    ("atrial flutter", "Vorhofflattern"),
    ("with rapid ventricular response", "mit schneller Überleitung"),
    ("with slow ventricular response", "mit langsamer Überleitung"),
    ("ventricular bigeminy", "ventrikulärer Bigeminus"),
    ("ventricular trigeminy", "ventrikulärer Trigeminus"),
    ("supraventricular tachycardia", "supraventrikuläre Tachykardie"),
    ("ventricular tachycardia", "ventrikuläre Tachykardie"),
    ("first-degree AV block", "AV-Block I. Grades"),
    ("second-degree AV block", "AV-Block II. Grades"),
    ("third-degree AV block", "AV-Block III. Grades"),
    ("complete AV block", "kompletter AV-Block"),
    ("ventricular premature beats", "ventrikuläre Extrasystolen"),
    ("supraventricular premature beats", "supraventrikuläre Extrasystolen"),
    ("ventricular premature beat", "ventrikuläre Extrasystole"),
    ("supraventricular premature beat", "supraventrikuläre Extrasystole"),
    ("paced rhythm", "Schrittmacherrhythmus"),
    ("junctional rhythm", "junktionaler Rhythmus"),
    ("irregular rhythm", "unregelmäßiger Rhythmus"),
    ("regular rhythm", "regelmäßiger Rhythmus"),
    ("not determined", "nicht bestimmt"),
    ("undetermined", "nicht bestimmt"),
    (" with ", " mit "),
    (" and ", " und "),
    (" or ", " oder "),
    ("without P waves", "ohne P-Wellen"),
    ("P waves", "P-Wellen"),
    ("rhythm", "Rhythmus"),
)


def rhythm_german(statement: str) -> str:
    """Return a rhythm in German, term by term."""
    out = statement
    for english, german in TERMS:
        out = re.sub(re.escape(english), german, out, flags=re.IGNORECASE)
    return out
