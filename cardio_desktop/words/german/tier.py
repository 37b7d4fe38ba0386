"""Risikostufen, und warum eine Aufzeichnung eine hat oder keine."""

CLASSES = {
    "NORM": "Normales EKG",
    "MI": "Myokardinfarkt",
    "STTC": "ST-/T-Veränderung",
    "CD": "Erregungsleitungsstörung",
    "HYP": "Hypertrophie",
}
LOW_IS_NOT_NO = "Stufe Niedrig schließt eine Erkrankung nicht aus."
SENTENCES = {
    **{f"class-{code}": name for code, name in CLASSES.items()},
    "tier-Low": "Niedrig",
    "tier-Moderate": "Mittel",
    "tier-High": "Hoch",
    "tier-Not assessed": "Nicht beurteilt",
    "meaning-Low": LOW_IS_NOT_NO,
    "meaning-Moderate": "Die Wahrscheinlichkeiten liegen zwischen denen von Niedrig und Hoch: weder beruhigend noch "
    "überzeugend.",
    "meaning-High": "Hoch sagt, wie wahrscheinlich ein krankhafter Befund ist, nicht, wie dringend er ist.",
    "meaning-Not assessed": "Das Netz gab keine verwertbare Meinung ab; das EKG ist ohne sie zu befunden.",
    "chance": "{what} {probability:near}",
    "chance-of": "{probability:near}: {what}",
    "tier-young": "Patient unter {adult_years} Jahren; das Netz wurde an Erwachsenen trainiert.",
    "tier-paced": "Schrittmacherrhythmus; stimulierte Schläge verdecken, wonach das Netz sucht.",
    "tier-quality": "Die Signalqualität erlaubt es nicht: {because:; }.",
    "tier-no-opinion": "Das Netz gab keine Meinung ab.",
    "tier-no-model": "Kein Netz wurde befragt.",
    "tier-no-lead": "Die Datei enthält keine der zwölf Standardableitungen.",
    "tier-slow": "Die Ableitungen haben {rate_hz:g} Messwerte je Sekunde, das Netz braucht mindestens {least_hz:g}.",
    "tier-short": "Die Aufzeichnung ist {length_s:.1f} s lang, das Netz braucht mindestens {least_s:g} s.",
    "tier-leads": "Fehlende Ableitungen: {leads}; das Netz erlaubt, dass höchstens {most} von 12 fehlen.",
    "tier-swapped": "{reason} Die Elektroden {swap} sind vermutlich vertauscht: die Meinung des Netzes kann falsch "
    "sein.",
    "tier-high": "{chances:and} wahrscheinlich (Grenze für Hoch {limit:near}).",
    "tier-stretch": "{chances:and} wahrscheinlich (Grenze für Hoch {limit:near}), von {low_s:clock} bis "
    "{high_s:clock}; über die ganze Aufzeichnung geringer.",
    "tier-contradicted": "{reason} Dem widerspricht aber, was gemessen wurde: {because:; }.",
    "tier-beside": "{reason} Daneben steht, was das Netz nicht beurteilt: {because:; }.",
    "contra": "{finding}, wo das Netz {what} mit {probability:near} annimmt",
    "tier-part": "Niedrig über die ganze Aufzeichnung, der Abschnitt {low_s:.0f}-{high_s:.0f} s aber nicht.",
    "tier-low": "Infarkt und alle anderen Befunde liegen unter den Grenzen für Niedrig; am höchsten {chance}.",
    "tier-infarction": "Infarkt {probability:near}: zu wahrscheinlich für Niedrig, und kein Befund erreicht die Grenze "
    "für Hoch.",
    "tier-between": "Wahrscheinlichkeit von {chance}: zu hoch für Niedrig, unter der Grenze für Hoch.",
}
