"""SCP-ECG statements in German; in English the model's card describes them."""

from __future__ import annotations

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
