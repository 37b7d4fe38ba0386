"""Was über geschriebene Dateien gesagt wird: was ein Format nicht fasst, was entfernt wurde."""

from __future__ import annotations

SENTENCES = {
    "other-name-or-folder": "wählen Sie einen anderen Namen oder Ordner",
    "choose-another-format": "wählen Sie ein anderes Format, WFDB fasst alles",
    "key-damaged": "der Schlüssel der Pseudonyme ist beschädigt",
    "remove-key": "entfernen Sie sie; Patienten bekommen dann neue Namen",
    "no-voltages": "keines ihrer Signale ist eine Spannung",
    "edf-holds-nothing": "es gibt keinen Abschnitt, den alle Signale haben und der in die Datenblöcke von EDF passt",
    "dicom-too-long": "als DICOM wäre sie größer als {most_mb} MB",
    "dicom-groups": "ihre Signale brauchen {groups} Gruppen gleicher Abtastrate, DICOM fasst {most}",
    "aecg-too-long": "sie hat mehr als {most:,} Messwerte, zu viele für einen Text",
    "lost-channels": "Weggelassen, weil keine Spannung: {labels}.",
    "lost-durations": "Das Format kennt keine Dauer von Anmerkungen: {number} haben ihre verloren.",
    "lost-text-ends": "{number} Anmerkungen wurden auf {most} Bytes gekürzt.",
    "lost-partial": "EDF kann kein Signal fassen, das fehlt, während andere weiterlaufen: {lost_s:.3g} s, in denen"
    " einzelne fehlen, sind als Lücke weggelassen.",
    "lost-run-ends": "EDF zählt in Datenblöcken von {record_ms:g} ms: {lost_ms:g} ms an den Enden von Abschnitten sind"
    " weggelassen.",
    "lost-start": "Der Beginn liegt außerhalb der Jahre 1985 bis 2084, die EDF kennt, und ist weggelassen.",
    "lost-fraction": "EDF nennt den Beginn in ganzen Sekunden: {fraction_s:g} s sind weggelassen.",
    "lost-patient": "Das Format hat beim Patienten keinen Platz für: {what:, }.",
    "lost-stored": "Was das Gerät gemessen und gesagt hat, ist nicht geschrieben.",
    "patient-letters": "Name und Nummer stehen in den 80 einfachen Buchstaben, die EDF erlaubt.",
    "marks-as-notes": "Schläge und Wellen sind als Notizen geschrieben; EDF kennt keine Arten von Anmerkungen.",
    "scale-rounded": "Die acht Zeichen, die EDF für einen Maßstab hat, ändern {labels} um bis zu {counts:.1f} Stufen.",
    "dicom-32-bit": "Messwerte oder Abtastrate gehen über General ECG hinaus; geschrieben ist General 32-bit ECG, das"
    " ältere Archive vielleicht nicht annehmen.",
    "dicom-no-start": "DICOM verlangt einen Zeitpunkt der Aufnahme; da er unbekannt ist, steht das Jahr {year} dort.",
    "identity-removed": "Entfernt: {what:, }.",
    "dates-shifted": "Daten sind in die Vergangenheit verschoben, gleich für alle Dateien eines Patienten.",
    "age-capped": "Als Alter steht {years:g}, denn älter sind nur wenige.",
    "texts-removed": "Die Worte von {number} Anmerkungen sind entfernt.",
    "channels-renamed": "{number} Signale haben ihre eigenen Namen verloren.",
    "patient-age": "Alter",
    "patient-height": "Größe",
    "patient-weight": "Gewicht",
    "patient-device": "Gerät",
    "patient-name": "Name",
    "patient-id": "Nummer",
    "patient-birth": "Geburtsdatum",
    "patient-notes": "Notizen der Datei",
    "patient-stored": "Messwerte und Aussagen des Geräts",
    "patient-file-name": "Dateiname",
}
