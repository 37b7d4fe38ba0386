"""The language of a report: English texts, and the German ones that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.core.errors import ReportError
from cardio_desktop.words import Remark, say
from cardio_desktop.words.writing import DE, EN, Words

LANGUAGES = ("en", "de")

# fmt: off
GERMAN: dict[str, str] = {
    "Page {number} of {total}": "Seite {number} von {total}",
    "Recorded: {when}   File: {file}": "Aufzeichnung: {when}   Datei: {file}",
    "Recorded: {when}": "Aufzeichnung: {when}",
    "File: {file}": "Datei: {file}",
    "Recorder: {device}": "Rekorder: {device}",
    "PRELIMINARY: not signed": "VORLÄUFIG: nicht signiert",
    "PRELIMINARY: printed without the reading": "VORLÄUFIG: ohne die Befundung gedruckt",
    "Nobody looked up what a reader concluded.": "Was ein Befunder beurteilt hat, wurde nicht nachgesehen.",
    "confirmed, see page 1": "bestätigt, siehe Seite 1",
    "Confirmed by {who}": "Bestätigt von {who}",
    "and {count} more": "und {count} weitere",
    "Amended": "Ergänzt",
    "Confirmed; names and times are removed": "Bestätigt; Namen und Zeiten sind entfernt",
    "name and time removed": "Name und Zeit entfernt",
    "reading": "Befundung",
    "second reading": "Zweitbefundung",
    "over-read": "Nachbefundung",
    "Conclusion, draft": "Beurteilung, Entwurf",
    "No reader has concluded yet.": "Noch von niemandem beurteilt.",
    "Before that": "Zuvor",
    "Addendum": "Nachtrag",
    "Damaged": "Beschädigt",
    "{count} signatures or addenda are damaged and count for nothing.":
        "{count} Signaturen oder Nachträge sind beschädigt und gelten nicht.",
    "Reader's remark": "Anmerkung des Befunders",
    "There is none.": "Es gibt keine.",
    "Automatic interpretation, confirmed by the reader": "Automatische Beurteilung, vom Befunder bestätigt",
    "Automatic interpretation, not confirmed": "Automatische Beurteilung, nicht bestätigt",
    "Measurements and automatic interpretation are a computer's and no diagnosis.":
        "Messwerte und automatische Beurteilung stammen von einem Computer und sind keine Diagnose.",
    "Not measured: {names} ({reason}).": "Nicht gemessen: {names} ({reason}).",
    "Measured from {start} to {end} s.": "Gemessen von {start} bis {end} s.",
    "these values stay": "diese Werte bleiben",
    "Bold: outside the usual limits of adults.": "Fett: außerhalb der üblichen Grenzen Erwachsener.",
    "This page shows {start} to {end} of a record of {whole}":
        "Diese Seite zeigt {start} bis {end} einer Aufzeichnung von {whole}",
    "continued on the next page": "Fortsetzung auf der nächsten Seite",
    "… continued on the next page": "… Fortsetzung auf der nächsten Seite",
    "Critical, by the program": "Kritisch, laut Programm",
    "Continued from the first page": "Fortsetzung der ersten Seite",
    "Patient": "Patient",
    "Recording": "Aufzeichnung",
    "Signed electronically by": "Elektronisch signiert von",
    "Signature": "Unterschrift",
    "Name": "Name",
    "Role": "Funktion",
    "Date and time": "Datum und Zeit",
    "SIMULATED": "SIMULIERT",
    "SIMULATED, not a patient": "SIMULIERT, kein Patient",
    "Heart rate {rate}/min": "Herzfrequenz {rate}/min",
    "({rate}/min after the reader's edits)": "({rate}/min nach Änderungen des Befunders)",
    "After the reader's edits of beats": "Nach Änderungen von Schlägen durch den Befunder",
    "The program's own beats, evidence and opinion stay as they are above and below.":
        "Schläge, Evidenz und Meinung des Programms stehen darüber und darunter unverändert.",
    "Heart rate not measured": "Herzfrequenz nicht gemessen",
    "Risk tier: {tier}": "Risikostufe: {tier}",
    "no display filter": "kein Anzeigefilter",
    "{rates} Hz samples": "Abtastung {rates} Hz",
    " and ": " und ",
    "recorder's filter {text}": "Filter des Rekorders {text}",
    "{start} to {end} s of {whole} s": "{start} bis {end} s von {whole} s",
    "print at 100 %": "mit 100 % drucken",
    "cut at the paper's edge: {leads}": "am Papierrand abgeschnitten: {leads}",
    "not on this sheet: {leads}": "nicht auf diesem Blatt: {leads}",
    "calipers not on this sheet: {number}": "Zirkel nicht auf diesem Blatt: {number}",
    "no signal": "kein Signal",
    "not in the file": "nicht in der Datei",
    "speaks for it": "spricht dafür",
    "speaks against it": "spricht dagegen",
    "beat with network evidence": "Schlag mit Netz-Evidenz",
    "Evidence of the network for {name}{chance}, each lead its own; full colour is {full} logits in {ms} ms.":
        "Evidenz des Netzes für {name}{chance}, je Ableitung; volle Farbe bei {full} Logits in {ms} ms.",
    "Reading": "Befund",
    "M measured on the trace · N network · M+N both": "M an der Kurve gemessen · N Netz · M+N beide",
    "M": "M",
    "N": "N",
    "M+N": "M+N",
    "Quality": "Qualität",
    "Rhythm": "Rhythmus",
    "Rate": "Frequenz",
    "Axis": "Achse",
    "Conduction": "Leitung",
    "Hypertrophy": "Hypertrophie",
    "ST segment": "ST-Strecke",
    "Infarction": "Infarkt",
    "T wave": "T-Welle",
    "QT": "QT",
    "Network": "Netz",
    "Summary": "Fazit",
    "Critical": "Kritisch",
    "Conclusion": "Beurteilung",
    "Normal": "Normal",
    "Calibrated probabilities": "Kalibrierte Wahrscheinlichkeiten",
    "Marks: Low needs every pathology below its first mark (infarction {mi} %, others {low} %), High begins at the "
    "second ({high} %).":
        "Marken: Niedrig verlangt jeden Befund unter seiner ersten Marke (Infarkt {mi} %, andere {low} %), Hoch "
        "beginnt an der zweiten ({high} %).",
    "Statements with the highest probability": "Wahrscheinlichste Aussagen",
    "Measurements, {start} to {end} s": "Messwerte, {start} bis {end} s",
    "Median of {beats} beats, {speed} mm/s, {gain} mm/mV": "Median aus {beats} Schlägen, {speed} mm/s, {gain} mm/mV",
    "dotted lines: P onset and end, QRS onset and J point, T end":
        "gepunktet: P-Beginn und -Ende, QRS-Beginn und J-Punkt, T-Ende",
    "P duration": "P-Dauer",
    "PR interval": "PQ-Zeit",
    "QRS duration": "QRS-Dauer",
    "QT interval": "QT-Zeit",
    "QTc": "QTc",
    "P axis": "P-Achse",
    "QRS axis": "QRS-Achse",
    "T axis": "T-Achse",
    "wave voltages by lead": "Amplituden je Ableitung",
    "limit": "Grenze",
    "± is one standard deviation of the measurement.": "± ist eine Standardabweichung der Messung.",
    "Voltages in mV against the PR baseline": "Amplituden in mV gegen die PQ-Grundlinie",
    "Lead": "Ableitung",
    "not measured": "nicht gemessen",
    "– ({reason})": "– ({reason})",
    "Beats with network evidence ({count} of {all})": "Schläge mit Netz-Evidenz ({count} von {all})",
    "Without the network's opinion no beat is pointed at.": "Ohne Meinung des Netzes wird kein Schlag hervorgehoben.",
    "No beat carries enough of the evidence to be pointed at.":
        "Kein Schlag trägt genug Evidenz, um hervorgehoben zu werden.",
    "Beat": "Schlag",
    "Time, s": "Zeit, s",
    "Kind": "Art",
    "Evidence: class, wave and leads (logits)": "Evidenz: Klasse, Welle und Ableitungen (Logits)",
    "normal": "normal",
    "supraventricular": "supraventrikulär",
    "ventricular": "ventrikulär",
    "paced": "stimuliert",
    "unknown": "unbestimmt",
    "and {count} more, not listed here.": "und {count} weitere, hier nicht aufgeführt.",
    "Quality of the recording": "Qualität der Aufzeichnung",
    "As a whole usable": "Insgesamt verwertbar",
    "As a whole NOT usable": "Insgesamt NICHT verwertbar",
    "usable": "verwertbar",
    "not usable": "nicht verwertbar",
    "signal to noise {snr} dB": "Signal-Rausch-Abstand {snr} dB",
    "Without remark: {leads}.": "Ohne Beanstandung: {leads}.",
    "Electrodes that may be swapped: {which}.": "Möglicherweise vertauschte Elektroden: {which}.",
    "Reader's opinion (entered by a person, not the program's)":
        "Meinung des Befunders (von Hand eingegeben, nicht vom Programm)",
    "Reading: {text}": "Befundung: {text}",
    "agrees": "stimmt zu",
    "disagrees": "widerspricht",
    "comments": "Kommentar",
    "Calipers (placed by a person)": "Zirkel (von Hand gesetzt)",
    "Warnings": "Warnungen",
    "Limits": "Grenzen",
    "Where this comes from": "Herkunft",
    "File: {file} ({format}), {seconds} s at {rate} Hz.": "Datei: {file} ({format}), {seconds} s mit {rate} Hz.",
    "Recorder: {device}.": "Rekorder: {device}.",
    "Leads computed from others: {leads}.": "Aus anderen berechnete Ableitungen: {leads}.",
    "Model: {name} {version}, sha256:": "Modell: {name} {version}, sha256:",
    "Model: none was used.": "Modell: keines verwendet.",
    "Software: Cardio Desktop {version}.": "Software: Cardio Desktop {version}.",
    "Report made {when}.": "Bericht erstellt {when}.",
    "sex not stated": "Geschlecht nicht angegeben",
    "female": "weiblich",
    "male": "männlich",
    "age not stated": "Alter nicht angegeben",
    "over {years} years": "über {years} Jahre",
    "{months} months": "{months} Monate",
    "{years} years": "{years} Jahre",
    "born {date}": "geb. {date}",
    "De-identified": "Anonymisiert",
    "date and time removed": "Datum und Zeit entfernt",
    "file name removed": "Dateiname entfernt",
    "date and time not in the file": "Datum und Zeit nicht in der Datei",
    "No name in the file": "Kein Name in der Datei",
}
# fmt: on


@dataclass(frozen=True)
class Language:
    """Texts and numbers of a report in one language."""

    code: str = "en"

    def __post_init__(self) -> None:
        """Refuse a language that is not there."""
        if self.code not in LANGUAGES:
            raise ReportError(f"There is no report in {self.code!r}; choose one of {', '.join(LANGUAGES)}.")

    @property
    def german(self) -> bool:
        """Whether this is German."""
        return self.code == "de"

    @property
    def words(self) -> Words:
        """How numbers are written."""
        return DE if self.german else EN

    def __call__(self, english: str, **values: object) -> str:
        """Return a text in this language, filled in; KeyError for one that `GERMAN` lacks."""
        text = GERMAN[english] if self.german else english
        return text.format(**values) if values else text

    def remark(self, remark: Remark) -> str:
        """Return a remark in this language."""
        return say(remark, self.code)

    def number(self, value: float, digits: int | None = None) -> str:
        """Return a number with the language's decimal sign; without `digits` as short as it is exact."""
        return self.words.number(value, digits) if digits is not None else f"{value:g}".replace(".", self.words.decimal)
