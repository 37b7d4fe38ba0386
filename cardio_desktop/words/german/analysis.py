"""Warnungen einer Analyse: was man über das Angesehene wissen muss."""

SENTENCES = {
    "swapped": "Die Elektroden {swap} sind vermutlich vertauscht: Die Ableitungen aus ihnen und alles, was danach "
    "beurteilt wurde, können falsch sein; prüfen Sie sie und zeichnen Sie neu auf.",
    "gaps": lambda v: (
        "Während {total_s:.1f} s der analysierten Zeit wurde nichts aufgezeichnet: {spans}"
        + (" und {more} weitere" if v["more"] else "")
        + "."
    ),
    "mostly-gaps": "Nur {recorded_s:.1f} der {whole_s:.1f} analysierten Sekunden enthalten eine Aufzeichnung.",
    "first-only": "Nur die ersten {high_s:g} s von {whole_s:g} s wurden analysiert.",
    "part-only": "Nur {low_s:g} bis {high_s:g} s von {whole_s:g} s wurden analysiert.",
    "waves-part-only": "Wellen, Intervalle und Vorhöfe wurden nur in den ersten {high_s:g} s davon beurteilt.",
    "whole-in-pieces": "Messwerte, Sätze und Stufe gelten für {low_s:clock} bis {high_s:clock}; auf Herzfrequenz, "
    "Ereignisse und die Meinung des Netzes wurde die ganze Aufzeichnung ({whole_s:clock}) Stück für Stück beurteilt.",
    "more-in-pieces": lambda v: (
        "Messwerte, Sätze und Stufe gelten für {low_s:clock} bis {high_s:clock} von {whole_s:clock}; auf Herzfrequenz, "
        "Ereignisse und die Meinung des Netzes wurde die Aufzeichnung Stück für Stück beurteilt in {spans}"
        + (" und {more} weiteren" if v["more"] else "")
        + "."
    ),
    "silent-in-pieces": lambda v: (
        "Das Netz gab keine Meinung ab in {spans}" + (" und {more} weiteren" if v["more"] else "") + "."
    ),
    "tier-of-part": "Die Stufe gilt für {low_s:clock} bis {high_s:clock} von {whole_s:clock}.",
    "highest-of-whole": "Wahrscheinlichste Pathologie in zehn Sekunden der ganzen Aufzeichnung: {chance}, bei "
    "{low_s:clock}.",
    "highest-of-pieces": "Wahrscheinlichste Pathologie in zehn bisher beurteilten Sekunden: {chance}, bei "
    "{low_s:clock}.",
    "leads-absent": "Ableitungen, die in der Datei fehlen und die das Netz nicht sah: {leads}.",
    "leads-noisy": "Dem Netz wegen ihrer Qualität vorenthaltene Ableitungen: {leads}.",
    "leads-slow": "Dem Netz wegen weniger als {least_hz:g} Messwerten je Sekunde vorenthaltene Ableitungen: {leads}.",
    "not-judged": "Das Netz beurteilte {low_s:.1f} bis {high_s:.1f} s nicht: Dort fehlen zu viele Ableitungen.",
    "no-age": "Die Datei nennt kein Alter; das Netz ist nicht für Personen unter {adult_years} Jahren gemacht.",
}
