"""Rhythmen, worauf sie sich stützen, und Schläge zur Unzeit."""

TAILS = {
    "rhythm-WCT": ", bis zum Beweis des Gegenteils ventrikuläre Tachykardie",
    "rhythm-SVTAC-no-P": ", P-Wellen nicht erkennbar",
    "rhythm-TACH-no-P": ", P-Wellen nicht erkennbar",
    "rhythm-TACH-wide-no-P": ", P-Wellen nicht erkennbar",
    "rhythm-SVTAC-no-P-2:1": ", P-Wellen nicht erkennbar, Vorhofflattern mit 2:1-Überleitung möglich",
    "rhythm-TACH-no-P-2:1": ", P-Wellen nicht erkennbar, Vorhofflattern mit 2:1-Überleitung möglich",
    "rhythm-TACH-wide-no-P-2:1": ", P-Wellen nicht erkennbar, Vorhofflattern mit 2:1-Überleitung möglich",
    "rhythm-JUNC": ", möglicherweise junktional",
}
"""Was hinter der Frequenz steht."""
IRREGULAR = (0.05, 0.10)
REGULARITY = ("regelmäßige RR-Intervalle", "leicht unregelmäßige RR-Intervalle", "unregelmäßige RR-Intervalle")
"""Ab diesen mittleren Wechseln von einem Intervall zum nächsten, als Anteil davon."""
SENTENCES = {
    # Der Grundrhythmus
    "rhythm-SR": "Sinusrhythmus",
    "rhythm-SBRAD": "Sinusbradykardie",
    "rhythm-STACH": "Sinustachykardie",
    "rhythm-SARRH": "Sinusarrhythmie",
    "rhythm-SBRAD-SARRH": "Sinusbradykardie mit Sinusarrhythmie",
    "rhythm-AFIB": "Vorhofflimmern",
    "rhythm-AFIB-fast": "Vorhofflimmern mit schneller Überleitung",
    "rhythm-AFIB-slow": "Vorhofflimmern mit langsamer Überleitung",
    "rhythm-AFLT": "Vorhofflattern",
    "rhythm-AFLT-variable": "Vorhofflattern mit wechselnder Überleitung",
    "rhythm-SVTAC": "supraventrikuläre Tachykardie",
    "rhythm-SVTAC-no-P": "supraventrikuläre Tachykardie",
    "rhythm-TACH-no-P": "regelmäßige Tachykardie",
    "rhythm-TACH-wide-no-P": "regelmäßige Tachykardie mit breiten Kammerkomplexen",
    "rhythm-SVTAC-no-P-2:1": "supraventrikuläre Tachykardie",
    "rhythm-TACH-no-P-2:1": "regelmäßige Tachykardie",
    "rhythm-TACH-wide-no-P-2:1": "regelmäßige Tachykardie mit breiten Kammerkomplexen",
    "rhythm-PSVT": "paroxysmale supraventrikuläre Tachykardie",
    "rhythm-SVARR": "supraventrikuläre Arrhythmie",
    "rhythm-ATACH": "atriale Tachykardie",
    "rhythm-JUNC": "regelmäßiger Rhythmus ohne klare P-Wellen",
    "rhythm-PACE": "Schrittmacherrhythmus",
    "rhythm-VT": "ventrikuläre Tachykardie",
    "rhythm-WCT": "Breitkomplextachykardie",
    "rhythm-IVR": "ventrikulärer Rhythmus",
    "rhythm-IVR-fast": "akzelerierter idioventrikulärer Rhythmus",
    "rhythm-VF": "Kammerflimmern oder Kammerflattern",
    "rhythm-IRREGULAR": "unregelmäßiger Rhythmus",
    "rhythm-regular-SR": "regelmäßiger Rhythmus, P-Wellen nicht beurteilt",
    "rhythm-regular-STACH": "regelmäßige Tachykardie, P-Wellen nicht beurteilt",
    "rhythm-regular-SBRAD": "regelmäßige Bradykardie, P-Wellen nicht beurteilt",
    "rhythm-regular-SARRH": "leicht unregelmäßiger Rhythmus, P-Wellen nicht beurteilt",
    # Was dazu kommt
    "rhythm": lambda v: "{basic}" + TAILS.get(v["basic"].code, "") + (" mit {more:and}" if v["more"] else ""),
    "with-VF": "Abschnitten von Kammerflimmern oder Kammerflattern",
    "with-AVB1": "AV-Block I. Grades",
    "with-AVB2": "AV-Block II. Grades",
    "with-AVB3": "komplettem AV-Block",
    "with-AFIB": "Vorhofflimmern über {length_s:.0f} s",
    "with-BIGU": "ventrikulärem Bigeminus",
    "with-TRIGU": "ventrikulärem Trigeminus",
    "with-VRUN": "einer Salve von {beats} ventrikulären Schlägen",
    "with-COUPLET": "ventrikulären Couplets",
    "with-PVC": lambda v: "einer ventrikulären Extrasystole" if v["beats"] == 1 else "ventrikulären Extrasystolen",
    "with-SVRUN": "einer Salve von {beats} supraventrikulären Schlägen",
    "with-PAC": lambda v: (
        "einer supraventrikulären Extrasystole" if v["beats"] == 1 else "supraventrikulären Extrasystolen"
    ),
    # Andere Aussagen des Netzes
    "said-BIGU": "Bigeminus",
    "said-TRIGU": "Trigeminus",
    # Worauf er sich stützt
    "ground-rate": "Frequenz {rate_bpm:.0f}/min",
    "ground-change": lambda v: REGULARITY[sum(v["change"] >= limit for limit in IRREGULAR)],
    "ground-no-search": "P-Wellen wurden nicht gesucht",
    "ground-p": lambda v: (
        "eine P-Welle vor jedem Schlag"
        if v["share"] > 0.995
        else "keine P-Wellen"
        if v["share"] < 0.005
        else "P-Wellen vor den meisten Schlägen"
        if v["share"] >= 0.5
        else "P-Wellen vor weniger als der Hälfte der Schläge"
    ),
    "ground-until": "Vorhöfe nur bis {until_s:.0f} s beurteilt",
    "ground-pr": "PQ {pr_ms:.0f} ms",
    "ground-waves": "{length_s:.1f} s Welle auf Welle ohne QRS-Komplexe",
    "network-disagrees": "das Netz widerspricht: {rhythm} ({probability:percent})",
    # Sätze
    "rhythm-at": lambda v: (
        "{basic}"
        + (" {rate_bpm:.0f}/min" if "rate_bpm" in v else "")
        + TAILS.get(v["basic"].code, "")
        + (" mit {more:and}" if v["more"] else "")
    ),
    "rhythm-told": lambda v: (
        "{at}" + (" ({grounds})" if v["grounds"] else "")
        if v["sure"]
        else "Rhythmus unsicher: wahrscheinlich {at} ({grounds})"
    ),
    "rhythm-probably": "wahrscheinlich {at}",
    "ectopy": lambda v: (
        ("eine" if v["beats"] == 1 else "{beats}")
        + (" ventrikuläre" if v["ventricular"] else " supraventrikuläre")
        + " Extrasystole"
        + ("" if v["beats"] == 1 else "n")
        + " unter {all_beats} Schlägen, bei {times:; } s"
        + (" und {more} weitere" if v["more"] else "")
    ),
    "time": "{at_s:.1f}",
    "rate": lambda v: "Herzfrequenz {rate_bpm:.0f}/min" + (" ({word})" if "word" in v else ""),
    "fast": "Tachykardie",
    "slow": "Bradykardie",
    "rate-none": "Herzfrequenz nicht messbar: {because}",
    "edits": "vom Befunder geänderte Schläge: {changes}; {counted} Schläge zählen",
    "edits-added": "{count} hinzugefügt",
    "edits-deleted": "{count} gelöscht",
    "edits-moved": "{count} verschoben",
    "edits-retyped": "{count} mit anderem Typ",
}
