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
    ("stretches of ventricular flutter or fibrillation", "Strecken von Kammerflattern oder -flimmern"),
    ("ventricular flutter or fibrillation", "Kammerflattern oder -flimmern"),
    ("with variable conduction", "mit wechselnder Überleitung"),
    ("a run of", "einer Salve von"),
    ("supraventricular beats", "supraventrikulären Schlägen"),
    ("ventricular beats", "ventrikulären Schlägen"),
    ("ventricular couplets", "ventrikuläre Couplets"),
    ("a supraventricular premature beat", "einer supraventrikulären Extrasystole"),
    ("a ventricular premature beat", "einer ventrikulären Extrasystole"),
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
    ("ventricular rhythm", "ventrikulärer Rhythmus"),
    ("regular tachycardia", "regelmäßige Tachykardie"),
    ("regular bradycardia", "regelmäßige Bradykardie"),
    ("irregular rhythm", "unregelmäßiger Rhythmus"),
    ("regular rhythm", "regelmäßiger Rhythmus"),
    ("not determined", "nicht bestimmt"),
    ("undetermined", "nicht bestimmt"),
    ("with", "mit"),
    ("and", "und"),
    ("or", "oder"),
    ("without P waves", "ohne P-Wellen"),
    ("P waves not found", "P-Wellen nicht gefunden"),
    ("P waves not assessed", "P-Wellen nicht beurteilt"),
    ("P waves", "P-Wellen"),
    ("arrhythmia", "Arrhythmie"),
    ("rhythm", "Rhythmus"),
)


def rhythm_german(statement: str) -> str:
    """Return a rhythm in German, term by term."""
    out = statement
    for english, german in TERMS:
        out = re.sub(rf"(?<!\w){re.escape(english)}(?!\w)", german, out, flags=re.IGNORECASE)
    return out
