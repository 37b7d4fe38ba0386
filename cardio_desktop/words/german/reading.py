"""Die Befundung als Ganzes: Schluss, Normales, die Aufzeichnung, und das Netz daneben."""

from cardio_desktop.words.german.statements import STATEMENTS

SENTENCES = {
    "signed-already": "Diese Befundung ist unterschrieben und bleibt, wie sie unterschrieben wurde; schreiben Sie einen"
    " Nachtrag.",
    # Der Schluss
    "conclusion": lambda v: (
        "{rhythm}" + (", {findings}" if v["findings"] else "") + (", und {more} weitere" if v["more"] else "")
    ),
    "conclusion-normal": "{rhythm}, normales EKG",
    "conclusion-otherwise": "{rhythm}, sonst normales EKG",
    "conclusion-open": "{rhythm}, im Messbaren kein auffälliger Befund",
    "conclusion-unjudged": lambda v: (
        "{rhythm}"
        + (", {findings}" if v["findings"] else "")
        + "; Intervalle und Amplituden werden {why} nicht beurteilt"
    ),
    "conclusion-critical": "{findings}; mehr ist in dieser Aufzeichnung nicht zu beurteilen",
    "conclusion-unusable": "Aufzeichnung nicht verwertbar",
    "conclusion-no-rhythm": "Rhythmus nicht bestimmt",
    "normal": lambda v: (
        ("normal: {parts}" if v["parts"] else "")
        + ("; " if v["parts"] and v["noted"] else "")
        + ("Nebenbefunde: {noted:; }" if v["noted"] else "")
    ),
    # Die Aufzeichnung
    "simulated": "dies ist eine simulierte Aufzeichnung, nicht die eines Patienten",
    "unusable": "die Qualität der Aufzeichnung erlaubt keine Beurteilung: {because:; }",
    "recording": "Aufzeichnung: {because:; }",
    "leads-unusable": "nicht verwertbare Ableitungen: {groups:; }",
    "lead-group": "{leads:leads} ({because})",
    "electrodes-limb": "die Elektroden {swap} sind möglicherweise vertauscht: die Extremitätenableitungen werden nicht "
    "beurteilt; vor der Befundung prüfen",
    "electrodes-chest": "die Elektroden {swap} sind möglicherweise vertauscht: die Brustwandableitungen werden nicht "
    "beurteilt; vor der Befundung prüfen",
    "short-electrodes": "Elektroden {swap} vertauscht?",
    "unjudged-age": "unter {adult_years:.0f} Jahren",
    "unjudged-paced": "bei Schrittmacherrhythmus",
    "unjudged-ventricular": "bei ventrikulärem Rhythmus",
    "told-absent": "nicht vorhanden: {groups:; }",
    "told-unmeasured": "nicht messbar: {groups:; }",
    "measure-group": "{names} ({because})",
    # Das Netz
    "tier": "Netz: Risikostufe {tier}. {reason} {meaning}",
    "network-unseen": "das Netz sah {leads:leads} nicht: seine Meinung ist weniger sicher",
    "network-agrees": "das Netz stimmt überein: {what} {probability:percent}",
    "network-contradicts": "das Netz widerspricht ({finding}): es gibt {what} {probability:percent}",
    "network-adds": "das Netz ergänzt, ohne Stütze in den Messungen: {statements}",
    "statement": lambda v: STATEMENTS.get(v["statement"], "{description}") + " ({statement}, {probability:percent})",
    "finding": lambda v: STATEMENTS.get(v["statement"], "{description}") + " ({statement})",
    "flagged": lambda v: (
        "die Evidenz des Netzes ist am stärksten in {beats:; }" + ("; und {more} weiteren" if v["more"] else "")
    ),
    "flagged-beat": "Schlag {number} bei {at_s:.2f} s ({flags:; })",
    "flags": "{class_code}: {waves}",
    "flag-P": "P-Welle {leads:leads}",
    "flag-QRS": "QRS {leads:leads}",
    "flag-ST": "ST-Strecke {leads:leads}",
    "flag-T": "T-Welle {leads:leads}",
    "flag-": "{leads:leads}",
    "scope": "Von diesem Programm nicht beurteilt: Schrittmacherrhythmus und Personen unter 18 Jahren; der genannte "
    "Rhythmus ist ein Vorschlag, an der Kurve zu prüfen.",
    "disclaimer": "Keine Diagnose: Meinung eines Computers für Ärzte, am EKG und am Patienten zu überprüfen.",
}
