"""Leser der Formate der Kliniken: was einer Datei fehlt, was dafür angegeben wurde, und was an ihr auffällt."""

SENTENCES = {
    "needs-options": "sie nennt nicht: {names:and}",
    "needs-rate_hz": "Abtastrate",
    "needs-unit": "Einheit",
    "give-missing": "geben Sie an, was fehlt, auf die Frage im Fenster oder mit --csv-rate und --csv-unit",
    "rate-given": "{file}: Die Abtastrate von {rate_hz:g} Hz wurde von Hand angegeben; ist sie falsch, so sind hier"
    " alle Zeiten und Frequenzen falsch.",
    "unit-given": "{file}: Die Einheit {unit} wurde von Hand angegeben; ist sie falsch, so sind hier alle"
    " Spannungen falsch.",
}
