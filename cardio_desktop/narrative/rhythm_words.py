"""German for the rhythms that the program states, and for what they rest on."""

from __future__ import annotations

import re

# Longer terms first: a short one must not be taken out of a longer one.
TERMS: tuple[tuple[str, str], ...] = (
    (r"P waves before (\d+) % of the beats", r"P-Wellen vor \1 % der Schläge"),
    (r"atria judged up to (\d+) s only", r"Vorhöfe nur bis \1 s beurteilt"),
    (
        r"successive RR intervals differ by (\d+) % \(median\)",
        r"aufeinanderfolgende RR-Intervalle differieren um \1 % (Median)",
    ),
    (r"P waves were not looked for", "P-Wellen wurden nicht gesucht"),
    (r"([\d.]+) s of one wave after another without QRS complexes", r"\1 s Welle auf Welle ohne QRS-Komplexe"),
    (
        r"supraventricular tachycardia or atrial flutter, P waves not found",
        "supraventrikuläre Tachykardie oder Vorhofflattern, keine P-Wellen gefunden",
    ),
    (r"regular rhythm without P waves", "regelmäßiger Rhythmus ohne P-Wellen"),
    (
        r"wide-complex tachycardia, ventricular until proven otherwise",
        "Breitkomplextachykardie, bis zum Beweis des Gegenteils ventrikulär",
    ),
    (r"accelerated idioventricular rhythm", "akzelerierter idioventrikulärer Rhythmus"),
    (r"sinus bradycardia with arrhythmia", "Sinusbradykardie mit Arrhythmie"),
    (r"stretches of ventricular flutter or fibrillation", "Abschnitten von Kammerflattern oder Kammerflimmern"),
    (r"ventricular flutter or fibrillation", "Kammerflattern oder Kammerflimmern"),
    (r"atrial flutter with variable conduction", "Vorhofflattern mit wechselnder Überleitung"),
    (r"slightly irregular rhythm", "leicht unregelmäßiger Rhythmus"),
    (r"irregular rhythm", "unregelmäßiger Rhythmus"),
    (r"regular rhythm", "regelmäßiger Rhythmus"),
    (r"regular tachycardia", "regelmäßige Tachykardie"),
    (r"regular bradycardia", "regelmäßige Bradykardie"),
    (r"P waves not assessed", "P-Wellen nicht beurteilt"),
    (r"normal sinus rhythm", "normaler Sinusrhythmus"),
    (r"sinus rhythm", "Sinusrhythmus"),
    (r"sinus bradycardia", "Sinusbradykardie"),
    (r"sinus tachycardia", "Sinustachykardie"),
    (r"sinus arrhythmia", "Sinusarrhythmie"),
    (r"atrial fibrillation for (\d+) s", r"Vorhofflimmern über \1 s"),
    (r"atrial fibrillation", "Vorhofflimmern"),
    (r"atrial flutter", "Vorhofflattern"),
    (r"with rapid ventricular response", "mit schneller Überleitung"),
    (r"with slow ventricular response", "mit langsamer Überleitung"),
    (r"paroxysmal supraventricular tachycardia", "paroxysmale supraventrikuläre Tachykardie"),
    (r"supraventricular tachycardia", "supraventrikuläre Tachykardie"),
    (r"supraventricular arrhythmia", "supraventrikuläre Arrhythmie"),
    (r"ventricular tachycardia", "ventrikuläre Tachykardie"),
    (r"ventricular rhythm", "ventrikulärer Rhythmus"),
    (r"first-degree AV block \(PR (\d+) ms\)", r"AV-Block I. Grades (PQ \1 ms)"),
    (r"first-degree AV block", "AV-Block I. Grades"),
    (r"second-degree AV block", "AV-Block II. Grades"),
    (r"complete AV block", "komplettem AV-Block"),
    (r"ventricular bigeminy", "ventrikulärem Bigeminus"),
    (r"bigeminal pattern", "Bigeminus"),
    (r"trigeminal pattern", "Trigeminus"),
    (r"a run of (\d+) ventricular beats", r"einer Salve von \1 ventrikulären Schlägen"),
    (r"a run of (\d+) supraventricular beats", r"einer Salve von \1 supraventrikulären Schlägen"),
    (r"ventricular couplets", "ventrikulären Couplets"),
    (r"a supraventricular premature beat", "einer supraventrikulären Extrasystole"),
    (r"supraventricular premature beats", "supraventrikulären Extrasystolen"),
    (r"a ventricular premature beat", "einer ventrikulären Extrasystole"),
    (r"ventricular premature beats", "ventrikulären Extrasystolen"),
    (r"paced rhythm", "Schrittmacherrhythmus"),
    (r"with", "mit"),
    (r"and", "und"),
    (r"or", "oder"),
)
_COMPILED = tuple((re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), german) for pattern, german in TERMS)


def rhythm_german(statement: str) -> str:
    """Return a rhythm, or what it rests on, in German, term by term."""
    out = statement
    for pattern, german in _COMPILED:
        out = pattern.sub(german, out)
    return re.sub(r"(?<=\d)\.(?=\d)", ",", out)
