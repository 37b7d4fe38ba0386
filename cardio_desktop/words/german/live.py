"""Was über eine Aufzeichnung gesagt wird, der gefolgt wird, während sie wächst."""

from __future__ import annotations

SENTENCES = {
    "live-over": "Die Aufzeichnung ist zu Ende.",
    "live-still": "{file} ist seit {length_s:.0f} s nicht gewachsen.",
    "live-gone": "{file} ist nicht mehr da.",
    "live-replaced": "{file} wurde durch eine andere Datei ersetzt; öffnen Sie diese.",
    "live-shrunk": "{file} ist kürzer geworden: Was daraus gelesen wurde, steht nicht mehr darin.",
    "live-no-growing": "sie gehört nicht zu den Dateien, denen beim Wachsen gefolgt werden kann",
    "live-choose-growing": "wählen Sie eine EDF-, BDF- oder WFDB-Datei oder eine Tabelle (CSV)",
    "live-wfdb-kind": "ihre Signale liegen in mehreren Dateien oder in einer gepackten: Ihr kann nicht gefolgt werden",
    "live-wfdb-plain": "lassen Sie den Rekorder eine einzige Signaldatei im Format 16 oder 212 schreiben",
    "live-few-lines": "es stehen weniger als {least} Zeilen mit Zahlen darin",
    "live-wait": "warten Sie, bis der Rekorder mehr geschrieben hat",
    "live-no-ecg": "sie enthält keine EKG-Ableitung",
    "live-choose-ecg": "wählen Sie die Aufzeichnung eines EKGs",
    "live-other-folder": "wählen Sie einen anderen Ordner",
    "live-not-a-monitor": "Kein Überwachungsmonitor: Nichts ertönt hier und nichts ruft jemanden; kein Patient darf "
    "davon abhängen.",
    "live-gap": "{length_s:.2f} s des Signals gingen verloren.",
    "live-lead-missing": "es kommen keine Werte an",
    "live-lead-railed": "am Ende des Bereichs des Rekorders",
    "live-lead-flat": "eine Nulllinie; die Elektrode kann ab sein",
    "live-lead-bad": "Ableitung {lead}: {because}.",
    "live-lead-good": "Ableitung {lead} ist wieder brauchbar.",
    "live-rate": "{rate_bpm:.0f} pro Minute",
    "live-VF": "Kammerflimmern oder -flattern",
    "live-VT": "ventrikuläre Tachykardie, {rate_bpm:.0f} pro Minute",
    "live-ASYSTOLE": "Asystolie",
    "live-PAUSE": "Pause",
    "live-TACHY": "sehr schnelle Kammerfrequenz, {rate_bpm:.0f} pro Minute",
    "live-BRADY": "sehr langsame Kammerfrequenz, {rate_bpm:.0f} pro Minute",
    "live-begins": "{what:cap}.",
    "live-ends": "{what:cap}: nach {length_s:.1f} s vorbei.",
    "live-no-leads": "Zu wenige Ableitungen sind jetzt brauchbar.",
    "live-hole": "Ein Teil der letzten zehn Sekunden ging verloren.",
    "live-critical-meanwhile": "In den letzten zehn Sekunden steht ein kritischer Rhythmus.",
    "live-tier": "{tier}, nach der Mitte der letzten Einschätzungen.",
    "live-tier-because": "{tier}: {because}",
    "live-no-stream": "Kein Strom namens {stream} wurde innerhalb von {wait_s:.0f} s auf diesem Rechner oder den "
    "genannten gefunden; starten Sie ihn, oder nennen Sie seinen Rechner mit --peer.",
    "live-no-rate": "Der Strom {stream} hat keine Abtastrate; nur Ströme mit fester Rate sind zu beurteilen.",
    "live-no-unit": "Der Strom {stream} sagt nicht, in welcher Spannung {lead} angegeben ist; nennen Sie sie mit "
    "--csv-unit.",
    "live-stream-silent": "{stream} hat seit {length_s:.0f} s nichts gesendet.",
    "live-stream-lost": "Der Strom ging verloren ({why}).",
    "live-bad-peer": "{peer} ist keine Adresse eines Rechners; nennen Sie einen Namen oder eine Nummer wie 10.0.0.5.",
    "live-peers-late": "Andere Rechner lassen sich nur beim Start des Programms nennen; starten Sie es neu.",
    "live-no-lsl": "Ströme brauchen das Lab Streaming Layer, das nicht da ist ({why}); führen Sie aus: pip install "
    "cardio-desktop[live].",
}
