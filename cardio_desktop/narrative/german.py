"""German for the free texts that quality, measurement, model, risk and analysis give in English.

A text without a rule here stays English: a foreign sentence is better than a lost one. A test on real records keeps the
table complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.core.numerals import decimals
from cardio_desktop.narrative.texts import CLASS_NAMES_DE

# fmt: off
RULES: tuple[tuple[str, str], ...] = (
    # Quality of a lead
    (r"(\d+) % of the samples are missing", r"\1 % der Messwerte fehlen"),
    (r"flat line for (\d+) % of the time: electrode off or no electrical activity",
     r"Nulllinie während \1 % der Zeit: Elektrode ab oder keine elektrische Aktivität"),
    (r"saturated: the trace stands at its limit for ([\d.]+) % of the time",
     r"übersteuert: die Kurve steht \1 % der Zeit am Anschlag"),
    (r"the baseline jumps by ([\d.]+) mV: loose electrode or movement",
     r"Grundliniensprünge von \1 mV: lose Elektrode oder Bewegung"),
    (r"the baseline jumps every ([\d.]+) s: loose electrode or movement",
     r"Grundliniensprünge alle \1 s: lose Elektrode oder Bewegung"),
    (r"the baseline wanders by ([\d.]+) mV", r"Grundlinienschwankung von \1 mV"),
    (r"mains interference: ([\d.]+) mV at (\d+) Hz", r"Netzbrummen: \1 mV bei \2 Hz"),
    (r"muscle noise: ([\d.]+) mV between 28 and 45 Hz", r"Muskelartefakte: \1 mV zwischen 28 und 45 Hz"),
    (r"bursts of noise: ([\d.]+) mV", r"Störimpulse: \1 mV"),
    (r"implausible amplitude of ([\d.]+) mV: check the gain",
     r"unplausible Amplitude von \1 mV: Verstärkung prüfen"),
    (r"noise is almost as large as the signal \((-?\d+) dB\)", r"Rauschen fast so groß wie das Signal (\1 dB)"),
    (r"no signal from (.+)", r"kein Signal von \1"),
    (r"\(in (\d+) % of the record\)", r"(in \1 % der Aufzeichnung)"),
    # Quality of the record
    (r"channel (.+) is not known to be an ECG", r"Kanal \1 ist nicht als EKG bekannt"),
    (r"none of the channels (.+) is known to be an ECG", r"keiner der Kanäle \1 ist als EKG bekannt"),
    (r"nothing was recorded from ([\d.]+) to ([\d.]+) s", r"von \1 bis \2 s wurde nichts aufgezeichnet"),
    (r"only ([\d.]+) s of ECG without a gap, at least (\d+) s are needed",
     r"nur \1 s EKG ohne Lücke, mindestens \2 s sind nötig"),
    (r"only ([\d.]+) s of ECG, at least (\d+) s are needed", r"nur \1 s EKG, mindestens \2 s sind nötig"),
    (r"flat line in every lead: electrodes off or no electrical activity",
     r"Nulllinie in allen Ableitungen: Elektroden ab oder keine elektrische Aktivität"),
    (r"only (\d+) of (\d+) independent leads can be used",
     r"nur \1 von \2 unabhängigen Ableitungen sind verwertbar"),
    (r"([\w-]+) cannot be used: (.+)", r"\1 nicht verwertbar: \2"),
    (r"amplitudes of (\d+) mV in most leads are implausible: check the gain",
     r"Amplituden von \1 mV in den meisten Ableitungen sind unplausibel: Verstärkung prüfen"),
    (r"pacing spikes in ([^(]+) \((\d+), up to ([\d.]+) mV\)", r"Schrittmacherspikes in \1 (\2, bis \3 mV)"),
    (r"the arm electrodes look swapped \(RA/LA\): lead I is upside down against V6, with its P wave",
     r"Armelektroden vermutlich vertauscht (RA/LA): Ableitung I samt P-Welle gegen V6 gespiegelt"),
    (r"too noisy", r"zu stark gestört"),
    # Beats and measurements
    (r"fewer than two beats in a row were found", r"weniger als zwei Schläge in Folge gefunden"),
    (r"not yet measured", r"noch nicht vermessen"),
    (r"no P waves were found before most QRS complexes", r"vor den meisten QRS-Komplexen keine P-Wellen gefunden"),
    (r"the atria fibrillate, there is no P wave", r"die Vorhöfe flimmern, es gibt keine P-Welle"),
    (r"the atria flutter, there is no P wave", r"die Vorhöfe flattern, es gibt keine P-Welle"),
    (r"P waves keep no fixed distance to QRS", r"P-Wellen ohne festen Abstand zu QRS"),
    (r"the end of T was not found in most beats", r"T-Ende in den meisten Schlägen nicht gefunden"),
    (r"there is no heart rate to correct QT by", r"keine Herzfrequenz zur Korrektur der QT-Zeit"),
    (r"no QRS complex could be delineated", r"kein QRS-Komplex ließ sich abgrenzen"),
    (r"no waves were delineated", r"keine Wellen abgegrenzt"),
    (r"an axis needs leads I and II", r"eine Achse braucht die Ableitungen I und II"),
    (r"no (P|QRS|T) wave was delineated", r"keine \1-Welle abgegrenzt"),
    (r"the deflections of the limb leads cancel, no axis stands out",
     r"die Ausschläge der Extremitätenableitungen heben sich auf, keine Achse erkennbar"),
    (r"no beat lies wholly inside the recording", r"kein Schlag liegt ganz in der Aufzeichnung"),
    (r"not measured", r"nicht gemessen"),
    # Risk
    (r"The patient is under (\d+); the network was trained on adults",
     r"Patient unter \1 Jahren; das Netz wurde an Erwachsenen trainiert"),
    (r"A pacemaker drives the rhythm; paced beats hide what the network looks for",
     r"Schrittmacherrhythmus; stimulierte Schläge verdecken, wonach das Netz sucht"),
    (r"The signal quality does not allow it: (.+)", r"Die Signalqualität erlaubt es nicht: \1"),
    (r"The network gave no opinion", r"Das Netz gab keine Meinung ab"),
    (r"No model was asked", r"Kein Netz wurde befragt"),
    (r"The file has none of the twelve standard leads", r"Die Datei enthält keine der zwölf Standardableitungen"),
    (r"The leads have ([\d.]+) samples a second, the network needs at least ([\d.]+)",
     r"Die Ableitungen haben \1 Messwerte je Sekunde, das Netz braucht mindestens \2"),
    (r"The recording is (.+) long, the network needs at least ([\d.]+) s",
     r"Die Aufzeichnung ist \1 lang, das Netz braucht mindestens \2 s"),
    (r"the network allows at most (\d+) of 12 to be missing", r"das Netz erlaubt, dass höchstens \1 von 12 fehlen"),
    (r"Missing leads: ([^;]+); (.+)", r"Fehlende Ableitungen: \1; \2"),
    (r"The electrodes (\S+) seem swapped: the network's opinion may be wrong",
     r"Die Elektroden \1 sind vermutlich vertauscht: die Meinung des Netzes kann falsch sein"),
    (r"Probability of (.+), at or above ([\d.]+ %)", r"Wahrscheinlichkeit von \1, mindestens \2"),
    (r"Low over the whole recording, but the stretch (\S+) s is not",
     r"Niedrig über die ganze Aufzeichnung, der Abschnitt \1 s aber nicht"),
    (r"Infarction and all other pathologies lie below the limits for Low; the highest is (.+)",
     r"Infarkt und alle anderen Befunde liegen unter den Grenzen für Niedrig; am höchsten \1"),
    (r"Infarction ([\d.]+ %) is too probable for Low, and no pathology reaches the limit for High",
     r"Infarkt \1: zu wahrscheinlich für Niedrig, und kein Befund erreicht die Grenze für Hoch"),
    (r"Probability of (.+): too high for Low, below the limit for High",
     r"Wahrscheinlichkeit von \1: zu hoch für Niedrig, unter der Grenze für Hoch"),
    # Warnings of the analysis
    (r"The electrodes (\S+) seem swapped: the leads that they make, and whatever was judged by them, may be wrong; "
     r"check them and record again",
     r"Die Elektroden \1 sind vermutlich vertauscht: Die Ableitungen aus ihnen und alles, was danach beurteilt wurde, "
     r"können falsch sein; prüfen Sie sie und zeichnen Sie neu auf"),
    (r"Nothing was recorded for ([\d.]+) s of the analysed time: (.+)",
     r"Während \1 s der analysierten Zeit wurde nichts aufgezeichnet: \2"),
    (r"Only ([\d.]+) of the ([\d.]+) s that were analysed hold a recording",
     r"Nur \1 der \2 analysierten Sekunden enthalten eine Aufzeichnung"),
    (r"Only the first ([\d.]+) s of ([\d.]+) s were analysed",
     r"Nur die ersten \1 s von \2 s wurden analysiert"),
    (r"Only ([\d.]+) to ([\d.]+) s of ([\d.]+) s were analysed", r"Nur \1 bis \2 s von \3 s wurden analysiert"),
    (r"Waves, intervals and the atria were judged in the first (\d+) s of them only",
     r"Wellen, Intervalle und Vorhöfe wurden nur in den ersten \1 s davon beurteilt"),
    (r"Leads that are not in the file, and that the network did not see: (.+)",
     r"Ableitungen, die in der Datei fehlen und die das Netz nicht sah: \1"),
    (r"Leads withheld from the network for their quality: (.+)",
     r"Dem Netz wegen ihrer Qualität vorenthaltene Ableitungen: \1"),
    (r"Leads withheld from the network for fewer than ([\d.]+) samples a second: (.+)",
     r"Dem Netz wegen weniger als \1 Messwerten je Sekunde vorenthaltene Ableitungen: \2"),
    (r"The network did not judge ([\d.]+) to ([\d.]+) s: too many leads are missing there",
     r"Das Netz beurteilte \1 bis \2 s nicht: Dort fehlen zu viele Ableitungen"),
    (r"The file does not tell the age; the network is not made for anyone under (\d+)",
     r"Die Datei nennt kein Alter; das Netz ist nicht für Personen unter \1 Jahren gemacht"),
)
# fmt: on
SMALL = (
    *((name.lower() if code != "STTC" else name, CLASS_NAMES_DE[code]) for code, name in CLASS_NAMES.items()),
    (" and ", " und "),
    (" to ", " bis "),
    (" more", " weitere"),
)

_COMPILED = tuple((re.compile(pattern), german) for pattern, german in RULES)
_Untold = Callable[[str], None]


def reason_german(text: str, untold: _Untold | None = None) -> str:
    """Return one or more reasons, joined by "; " or full stops, in German; `untold` hears of those without a rule."""
    whole = text.strip().rstrip(".")
    if any(pattern.fullmatch(whole) for pattern, _ in _COMPILED):
        return _one(whole, untold)
    parts = re.split(r"(; |(?<=\D\D)\. (?=[A-Z]))", whole)
    return "".join(part if k % 2 else _one(part, untold) for k, part in enumerate(parts))


def _one(text: str, untold: _Untold | None) -> str:
    for prefix, german in (("absent: ", "nicht vorhanden: "), ("not measurable: ", "nicht messbar: ")):
        if text.startswith(prefix):
            return german + _one(text.removeprefix(prefix), untold)
    for pattern, german in _COMPILED:
        if (match := pattern.fullmatch(text)) is not None:
            # A reason within a reason: "The signal quality does not allow it: only 6 of 8 leads ...".
            out = german
            for number, group in enumerate(match.groups(""), start=1):
                out = out.replace(f"\\{number}", _inner(group))
            break
    else:
        out, hits = text, 0
        for pattern, german in _COMPILED:
            out, count = pattern.subn(german, out)
            hits += count
        if not hits:
            if untold is not None:
                untold(text)
            return text
    for english, german in SMALL:
        out = out.replace(english, german)
    return decimals(out, "de")


def _inner(text: str) -> str:
    """Return a part of a reason in German as far as it is reasons itself."""
    parts = text.split("; ")
    return "; ".join(_one(part, None) if any(p.fullmatch(part) for p, _ in _COMPILED) else part for part in parts)


# fmt: off
STATEMENTS: dict[str, str] = {
    "NDT": "unspezifische T-Veränderungen", "NST_": "unspezifische ST-Veränderungen", "DIG": "Digitaliseffekt",
    "LNGQT": "verlängerte QT-Zeit", "NORM": "normales EKG", "IMI": "inferiorer Infarkt",
    "ASMI": "anteroseptaler Infarkt", "LVH": "linksventrikuläre Hypertrophie", "LAFB": "linksanteriorer Hemiblock",
    "ISC_": "unspezifische Ischämiezeichen", "IRBBB": "inkompletter Rechtsschenkelblock", "1AVB": "AV-Block I. Grades",
    "IVCD": "unspezifische intraventrikuläre Leitungsstörung", "ISCAL": "Ischämie anterolateral",
    "CRBBB": "kompletter Rechtsschenkelblock", "CLBBB": "kompletter Linksschenkelblock",
    "ILMI": "inferolateraler Infarkt", "LAO/LAE": "linksatriale Belastung", "AMI": "anteriorer Infarkt",
    "ALMI": "anterolateraler Infarkt", "ISCIN": "Ischämie inferior", "INJAS": "subendokardiale Läsion anteroseptal",
    "LMI": "lateraler Infarkt", "ISCIL": "Ischämie inferolateral", "LPFB": "linksposteriorer Hemiblock",
    "ISCAS": "Ischämie anteroseptal", "INJAL": "subendokardiale Läsion anterolateral", "ISCLA": "Ischämie lateral",
    "RVH": "rechtsventrikuläre Hypertrophie", "ANEUR": "ST-T-Veränderungen wie bei Ventrikelaneurysma",
    "RAO/RAE": "rechtsatriale Belastung", "EL": "Elektrolytstörung oder Medikament",
    "WPW": "Wolff-Parkinson-White-Syndrom", "ILBBB": "inkompletter Linksschenkelblock", "ABQRS": "abnormer QRS-Komplex",
    "PVC": "ventrikuläre Extrasystole", "STD_": "unspezifische ST-Senkung", "VCLVH": "Voltagekriterien für LVH",
    "QWAVE": "Q-Zacken", "LOWT": "flache T-Wellen", "NT_": "unspezifische T-Veränderungen",
    "PAC": "supraventrikuläre Extrasystole", "LPR": "verlängerte PQ-Zeit", "INVT": "negative T-Wellen",
    "LVOLT": "Niedervoltage", "HVOLT": "hohe QRS-Voltage", "SR": "Sinusrhythmus", "AFIB": "Vorhofflimmern",
    "STACH": "Sinustachykardie", "SARRH": "Sinusarrhythmie", "SBRAD": "Sinusbradykardie",
    "PACE": "Schrittmacherstimulation", "SVARR": "supraventrikuläre Arrhythmie", "BIGU": "Bigeminus",
    "AFLT": "Vorhofflattern", "IPLMI": "inferoposterolateraler Infarkt", "IPMI": "inferoposteriorer Infarkt",
    "PMI": "posteriorer Infarkt", "TAB_": "T-Veränderungen", "STE_": "ST-Hebung",
    "SVTAC": "supraventrikuläre Tachykardie", "INJIN": "subendokardiale Läsion inferior",
    "INJLA": "subendokardiale Läsion lateral",
    "INJIL": "subendokardiale Läsion inferolateral", "ISCAN": "Ischämie anterior",
    "2AVB": "AV-Block II. Grades", "3AVB": "AV-Block III. Grades",
}
# fmt: on


def statement_german(code: str, description: str) -> str:
    """Return an SCP-ECG statement in German; the English description where there is none."""
    return STATEMENTS.get(code, description)
