"""The table of statements that a reader concludes with: code, AHA number, names in English and German, acronyms.

Codes are those of SCP-ECG (EN 1064, annex B, as PTB-XL lists them) where it has one, else the program's own. Numbers
are those of AHA/ACC/HRS (Mason et al., Circulation 2007;115:1325), without its modifiers: primary statements, secondary
ones (from 200), comparison (400) and convenience (from 500). Names are written as they stand within a sentence.

An acronym that means another thing, or is a word, in one language holds only in the other: LAE is a pulmonary embolism
to a German reader. None is here that stands for two things in an ECG department (LAD, OMI, ST, PQ, TWA, DDD).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Statement:
    """One statement; `acronyms` are what is typed for it, with "en:" or "de:" before those of one language only."""

    code: str
    aha: int | None
    english: str
    german: str
    acronyms: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Return its name in one language."""
        return self.german if language == "de" else self.english

    def typed(self, language: str) -> tuple[str, ...]:
        """Return what may be typed for it in one language."""
        parts = [acronym.rpartition(":") for acronym in self.acronyms]
        return tuple(typed for only, _, typed in parts if only in ("", language))


def _statement(code: str, aha: int | None, english: str, german: str, acronyms: str = "") -> Statement:
    return Statement(code, aha, english, german, tuple(acronyms.split()))


_S = _statement
# fmt: off
STATEMENTS: tuple[Statement, ...] = (
    # The whole
    _S("NORM", 1, "normal ECG", "normales EKG", "necg nekg"),
    _S("ONORM", 2, "otherwise normal ECG", "sonst normales EKG", "onorm snekg"),
    _S("ABN", 3, "abnormal ECG", "pathologisches EKG", "abn pekg"),
    _S("UNINT", 4, "uninterpretable ECG", "nicht beurteilbares EKG", "unint nbekg"),
    # The recording
    _S("SWAP", 10, "extremity electrodes swapped", "Extremitätenelektroden vertauscht", "swapl vertl"),
    _S("SWAPV", 11, "chest electrodes misplaced", "Brustwandelektroden falsch angelegt", "swapv vertv"),
    _S("NOISY", 14, "artefacts", "Artefakte", "artef"),
    _S("POORQ", 15, "poor signal quality", "schlechte Signalqualität", "poorq ssq"),
    # Sinus rhythm
    _S("SR", 20, "sinus rhythm", "Sinusrhythmus", "sr"),
    _S("STACH", 21, "sinus tachycardia", "Sinustachykardie", "stach stachy"),
    _S("SBRAD", 22, "sinus bradycardia", "Sinusbradykardie", "sbrad sbrady"),
    _S("SARRH", 23, "sinus arrhythmia", "Sinusarrhythmie", "sarrh"),
    _S("SAB1", 24, "sinoatrial block type I", "SA-Block II. Grades Typ I", "sab1"),
    _S("SAB2", 25, "sinoatrial block type II", "SA-Block II. Grades Typ II", "sab2"),
    _S("SARREST", 26, "sinus arrest", "Sinusarrest", "sarrest"),
    # Supraventricular
    _S("PAC", 30, "atrial premature complexes", "supraventrikuläre Extrasystolen", "pac pacs apc apcs sves"),
    _S("PACNC", 31, "non-conducted atrial premature complexes",
       "nicht übergeleitete supraventrikuläre Extrasystolen", "pacnc svesnü"),
    _S("WAP", 33, "wandering atrial pacemaker", "wandernder Vorhofschrittmacher", "wap"),
    _S("EAR", 34, "ectopic atrial rhythm", "ektoper Vorhofrhythmus", "en:ear evr"),
    _S("PJC", 36, "junctional premature complexes", "junktionale Extrasystolen", "pjc"),
    _S("JESC", 37, "junctional escape complexes", "junktionale Ersatzschläge", "jesc jers"),
    _S("JUNC", 38, "junctional rhythm", "junktionaler Rhythmus", "junc"),
    _S("AJR", 39, "accelerated junctional rhythm", "akzelerierter junktionaler Rhythmus", "ajr"),
    _S("SVARR", 41, "supraventricular arrhythmia", "supraventrikuläre Arrhythmie", "svarr"),
    _S("AFIB", 50, "atrial fibrillation", "Vorhofflimmern", "af afib vhf vhfli"),
    _S("AFLT", 51, "atrial flutter", "Vorhofflattern", "afl aflt vhfla"),
    _S("EAT", 52, "ectopic atrial tachycardia", "ektope atriale Tachykardie", "eat"),
    _S("MAT", 53, "multifocal atrial tachycardia", "multifokale atriale Tachykardie", "en:mat"),
    _S("JTACH", 54, "junctional tachycardia", "junktionale Tachykardie", "jtach"),
    _S("SVTAC", 55, "supraventricular tachycardia", "supraventrikuläre Tachykardie", "svt svtac"),
    _S("PSVT", 55, "paroxysmal supraventricular tachycardia", "paroxysmale supraventrikuläre Tachykardie", "psvt"),
    _S("NCT", 56, "narrow complex tachycardia", "Schmalkomplextachykardie", "nct skt"),
    # Ventricular
    _S("PVC", 60, "ventricular premature complexes", "ventrikuläre Extrasystolen", "pvc pvcs vpc vpcs ves"),
    _S("FUS", 61, "fusion complexes", "Fusionsschläge", "fus"),
    _S("VESC", 62, "ventricular escape complexes", "ventrikuläre Ersatzschläge", "vesc vers"),
    _S("IVR", 63, "idioventricular rhythm", "idioventrikulärer Rhythmus", "ivr"),
    _S("AIVR", 64, "accelerated idioventricular rhythm", "akzelerierter idioventrikulärer Rhythmus", "aivr"),
    _S("BIGU", None, "bigeminy", "Bigeminus", "bigu bigem"),
    _S("TRIGU", None, "trigeminy", "Trigeminus", "trigu trigem"),
    _S("COUPLET", None, "couplets", "Couplets", "coup"),
    _S("VT", 70, "ventricular tachycardia", "ventrikuläre Tachykardie", "vt"),
    _S("NSVT", 71, "non-sustained ventricular tachycardia", "nicht anhaltende ventrikuläre Tachykardie", "nsvt navt"),
    _S("PVT", 72, "polymorphic ventricular tachycardia", "polymorphe ventrikuläre Tachykardie", "pvt"),
    _S("TDP", 73, "torsades de pointes", "Torsade-de-pointes-Tachykardie", "tdp"),
    _S("VF", 74, "ventricular fibrillation", "Kammerflimmern", "vfib kf kfli"),
    _S("WCT", 76, "wide complex tachycardia", "Breitkomplextachykardie", "wct bkt"),
    # AV conduction
    _S("SPR", 80, "short PR interval", "verkürzte PQ-Zeit", "spr spq"),
    _S("LPR", 82, "prolonged PR interval", "verlängerte PQ-Zeit", "lpr lpq"),
    _S("1AVB", 82, "first degree AV block", "AV-Block I. Grades", "1avb avb1 iavb"),
    _S("2AVB", None, "second degree AV block", "AV-Block II. Grades", "2avb avb2"),
    _S("WENCK", 83, "second degree AV block, Mobitz I (Wenckebach)", "AV-Block II. Grades Typ Wenckebach",
       "wenck mob1 mobitz1"),
    _S("MOB2", 84, "second degree AV block, Mobitz II", "AV-Block II. Grades Typ Mobitz", "mob2 mobitz2"),
    _S("2TO1", 85, "2:1 AV block", "2:1-AV-Block", "2to1 2zu1"),
    _S("HAVB", 87, "high-grade AV block", "höhergradiger AV-Block", "havb"),
    _S("3AVB", 88, "complete (third degree) AV block", "AV-Block III. Grades", "3avb avb3 chb"),
    _S("AVD", 89, "AV dissociation", "AV-Dissoziation", "avd avdiss"),
    # Conduction within atria and ventricles
    _S("ABERR", 100, "aberrant conduction", "aberrante Leitung", "aberr"),
    _S("LAFB", 101, "left anterior fascicular block", "linksanteriorer Hemiblock", "lafb lah lahb"),
    _S("LPFB", 102, "left posterior fascicular block", "linksposteriorer Hemiblock", "lpfb lph lphb"),
    _S("CLBBB", 104, "left bundle branch block", "Linksschenkelblock", "lbbb clbbb lsb klsb"),
    _S("ILBBB", None, "incomplete left bundle branch block", "inkompletter Linksschenkelblock", "ilbbb ilsb"),
    _S("IRBBB", 105, "incomplete right bundle branch block", "inkompletter Rechtsschenkelblock", "irbbb irsb"),
    _S("CRBBB", 106, "right bundle branch block", "Rechtsschenkelblock", "rbbb crbbb rsb krsb"),
    _S("BIFAS", None, "bifascicular block", "bifaszikulärer Block", "bifas bifasz"),
    _S("IVCD", 107, "intraventricular conduction delay", "intraventrikuläre Leitungsverzögerung", "ivcd ivlv"),
    _S("WPW", 108, "ventricular pre-excitation (WPW pattern)", "ventrikuläre Präexzitation (WPW-Muster)", "wpw"),
    # Axis and voltage
    _S("ARS", 120, "right axis deviation", "Rechtstyp", "rax en:rad rtyp"),
    _S("ALS", 121, "left axis deviation", "überdrehter Linkstyp", "lax ült uelt"),
    _S("AXN", None, "normal axis", "Indifferenztyp", "nax ityp"),
    _S("AXL", None, "horizontal axis", "Linkstyp", "hax ltyp"),
    _S("AXS", None, "vertical axis", "Steiltyp", "vax styp"),
    _S("ARSUP", 122, "right superior axis", "überdrehter Rechtstyp", "rsa ürt uert"),
    _S("S1Q3", None, "S1Q3 pattern", "SIQIII-Typ", "s1q3"),
    _S("ALTERN", 124, "electrical alternans", "elektrischer Alternans", "altern"),
    _S("LVOLT", 125, "low voltage", "Niedervoltage", "lvolt de:nv"),
    _S("HVOLT", None, "high QRS voltage", "hohe QRS-Voltage", "hvolt"),
    _S("RPROG", 128, "poor R wave progression", "verzögerte R-Progression", "prwp rprog"),
    _S("SPERS", None, "S persisting to V6", "S-Persistenz bis V6", "spers"),
    # Chambers
    _S("LAO/LAE", 140, "left atrial enlargement", "P sinistroatriale", "en:lae psin"),
    _S("RAO/RAE", 141, "right atrial enlargement", "P dextroatriale", "en:rae pdex ppulm"),
    _S("LVH", 142, "left ventricular hypertrophy", "linksventrikuläre Hypertrophie", "lvh"),
    _S("VCLVH", None, "voltage criteria of left ventricular hypertrophy",
       "Voltagekriterien linksventrikulärer Hypertrophie", "vclvh"),
    _S("RVH", 143, "right ventricular hypertrophy", "rechtsventrikuläre Hypertrophie", "rvh"),
    _S("BVH", 144, "biventricular hypertrophy", "biventrikuläre Hypertrophie", "bvh"),
    _S("STRAIN", 153, "ST-T changes of ventricular hypertrophy", "ST-T-Veränderungen bei Hypertrophie", "sttvh"),
    # Repolarisation
    _S("NST_", 500, "non-specific ST-T changes", "unspezifische Erregungsrückbildungsstörungen",
       "nsst nstt erbst uerbst"),
    _S("STE_", 501, "ST elevation", "ST-Hebungen", "ste sth"),
    _S("STD_", 502, "ST depression", "ST-Senkungen", "std sts"),
    _S("TAB_", 147, "T wave abnormality", "T-Wellen-Veränderung", "tab"),
    _S("INVT", 147, "T wave inversion", "T-Negativierungen", "twi tneg"),
    _S("LOWT", 147, "flat T waves", "flache T-Wellen", "lowt tflach"),
    _S("BIPHT", 147, "biphasic T waves", "biphasische T-Wellen", "bipht tbiph"),
    _S("HIGHT", 147, "tall peaked T waves", "hohe spitze T-Wellen", "hight thoch"),
    _S("LNGQT", 148, "prolonged QT interval", "verlängerte QT-Zeit", "lqt lngqt"),
    _S("SHORTQT", 149, "short QT interval", "verkürzte QT-Zeit", "sqt"),
    _S("UWAVE", 150, "prominent U waves", "prominente U-Wellen", "uwave uw"),
    _S("OSBORN", 154, "Osborn waves", "Osborn-Wellen", "osborn"),
    _S("EREP", 155, "early repolarisation", "frühe Repolarisation", "erep frep"),
    _S("BRUG", 202, "Brugada type 1 pattern", "Brugada-Muster Typ 1", "brug"),
    _S("PERI", 200, "pattern of acute pericarditis", "Bild wie bei akuter Perikarditis", "acper"),
    _S("PULM", 201, "signs of right heart strain", "Rechtsherzbelastungszeichen", "rhs rhbz"),
    _S("DIG", 205, "digitalis effect", "Digitaliseffekt", "digi"),
    _S("HYPERK", 208, "pattern of hyperkalaemia", "Bild wie bei Hyperkaliämie", "hyperk"),
    _S("HYPOK", 211, "pattern of hypokalaemia", "Bild wie bei Hypokaliämie", "hypok"),
    # Ischaemia and infarction
    _S("ISC_", 226, "signs of ischaemia", "Ischämiezeichen", "isc"),
    _S("STEMI", None, "ST elevation myocardial infarction", "ST-Hebungsinfarkt", "stemi"),
    _S("AMI", 160, "anterior myocardial infarction", "Vorderwandinfarkt", "ami vwi"),
    _S("IMI", 161, "inferior myocardial infarction", "Hinterwandinfarkt", "imi hwi"),
    _S("PMI", 162, "posterior myocardial infarction", "streng posteriorer Infarkt", "pmi spmi"),
    _S("LMI", 163, "lateral myocardial infarction", "Lateralinfarkt", "lmi lwi"),
    _S("ILMI", None, "inferolateral myocardial infarction", "inferolateraler Infarkt", "ilmi"),
    _S("ALMI", None, "anterolateral myocardial infarction", "anterolateraler Infarkt", "almi"),
    _S("ASMI", 165, "anteroseptal myocardial infarction", "anteroseptaler Infarkt", "asmi"),
    _S("EAMI", 166, "extensive anterior myocardial infarction", "ausgedehnter Vorderwandinfarkt", "eami avwi"),
    _S("OLDMI", None, "old myocardial infarction", "alter Infarkt", "oldmi altmi"),
    _S("RVMI", 174, "right ventricular infarction", "Rechtsherzinfarkt", "rvmi rvi"),
    _S("QWAVE", None, "pathological Q waves", "pathologische Q-Zacken", "qw pathq"),
    # Pacemakers
    _S("PACE", None, "paced rhythm", "Schrittmacherrhythmus", "pmr smr"),
    _S("APACE", 180, "atrial paced rhythm", "vorhofstimulierter Rhythmus", "apace"),
    _S("VPACE", 181, "ventricular paced rhythm", "kammerstimulierter Rhythmus", "vpace"),
    _S("ASVP", 183, "atrial sensed, ventricular paced rhythm",
       "vorhofgesteuerter kammerstimulierter Rhythmus", "asvp"),
    _S("DPACE", 184, "AV dual-paced rhythm", "Zweikammerstimulation", "dpace"),
    _S("NCAP", 186, "failure to capture (ventricular)", "Kammerstimulation ohne Antwort (Exitblock)", "ncap exitb"),
    _S("NSENS", 188, "failure to sense (ventricular)", "Wahrnehmungsfehler (ventrikulär)", "nsens wfe"),
    # Comparison
    _S("NOCHG", 400, "no significant change", "keine wesentliche Änderung", "nochg kwä kwae"),
)
# fmt: on

BY_CODE: Mapping[str, Statement] = {item.code: item for item in STATEMENTS}


@cache
def acronyms(language: str) -> Mapping[str, Statement]:
    """Return what each acronym of the table stands for in one language."""
    return {acronym: item for item in STATEMENTS for acronym in item.typed(language)}


def search(wanted: str, language: str, favourites: tuple[str, ...] = ()) -> list[Statement]:
    """Return the statements that hold every word of a search, best first; for no word all, favourites first."""
    words = wanted.casefold().split()
    found = []
    for order, item in enumerate(STATEMENTS):
        names = f"{item.english} {item.german}".casefold()
        typed = item.typed(language)
        known = f"{names} {' '.join(typed)} {item.code.casefold()} {item.aha or ''}"
        if not all(word in known for word in words):
            continue
        exact = bool(words) and " ".join(words) in (*typed, item.code.casefold(), str(item.aha or ""))
        starts = bool(words) and item.name(language).casefold().startswith(words[0])
        place = favourites.index(item.code) if item.code in favourites else len(favourites)
        found.append(((not exact, not starts if words else False, place, order), item))
    return [item for _, item in sorted(found, key=lambda entry: entry[0])]
