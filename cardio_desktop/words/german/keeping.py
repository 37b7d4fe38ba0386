"""Was über die Prüfspur, über Sicherungen und über die Datenbank einer Klinik gesagt wird."""

from __future__ import annotations

SENTENCES = {
    "audit-unreadable": "{count} Einträge sind nicht lesbar: Ihre Bytes wurden verändert.",
    "audit-missing": "Die Einträge {first} bis {last} der Kette {chain} fehlen.",
    "audit-twice": "Der Eintrag {number} der Kette {chain} ist doppelt.",
    "audit-out-of-place": "Der Eintrag {number} der Kette {chain} folgt nicht auf den vorigen: Einträge wurden "
    "vertauscht oder verändert.",
    "audit-changed": "Der Eintrag {number} der Kette {chain} ist nicht, was geschrieben wurde.",
    "audit-cut": "Die Einträge {first} bis {last} am Ende der Kette {chain} fehlen.",
    "audit-written-anew": "Die Kette {chain} wurde bis zum Eintrag {number} neu geschrieben: Ihre Prüfsumme ist nicht "
    "die, die anderswo festgehalten wurde.",
    "audit-no-head": "Von der Kette {chain} ist anderswo nichts festgehalten: Ob ihre letzten Einträge entfernt "
    "wurden, lässt sich nicht sagen.",
    "audit-limits": "Was so nicht zu finden ist: ein Datenordner, der als Ganzes auf einen früheren Tag zurückgesetzt "
    "wurde, es sei denn, Anzahl und Prüfsumme sind anderswo notiert (--head) oder stehen in der Datenbank der Klinik.",
    "audit-sound": "Unversehrt: {count} Einträge; Ketten: {chains}.",
    "store-not-there": "es gibt diese Datei nicht",
    "store-name-folder": "nennen Sie den Datenordner mit --data",
    "store-unreadable": "sie ist nicht lesbar ({why})",
    "store-open-first": "starten Sie einmal das Programm, das rettet, was davon lesbar ist",
    "clinic-file": "{file} nennt die Datenbank der Klinik nicht; schreiben Sie eine Zeile wie database = "
    '"postgresql://leser@server/ekg" hinein, oder entfernen Sie die Datei.',
    "clinic-address": "{source} nennt keine PostgreSQL-Datenbank; die Adresse beginnt mit postgresql://.",
    "clinic-away": "Die Datenbank der Klinik ist nicht zu benutzen ({why}); prüfen Sie Adresse und Netz.",
    "audit-others-here": "Die Datenbank enthält {count} weitere Ketten dieses Rechners: aus Ordnern anderer Benutzer, "
    "oder aus einem Ordner, den es nicht mehr gibt.",
    "backup-exists": "eine solche Datei gibt es schon",
    "backup-other-name": "wählen Sie einen anderen Namen, oder fügen Sie --replace hinzu",
    "backup-damaged": "die Sicherung ist beschädigt, nichts wurde zurückgeholt",
    "backup-salvage": "nehmen Sie eine andere, oder holen Sie mit --salvage zurück, was unversehrt ist",
    "backup-newer": "sie stammt von einer späteren Fassung des Programms ({version})",
    "backup-install": "installieren Sie diese Fassung",
    "backup-older": "Die Sicherung ist von einer früheren Fassung ({version}) und wurde angepasst.",
    "backup-made": "{count} Einträge sind in der Sicherung; sie wurde nachgelesen und ist unversehrt.",
    "backup-restored": "Zurückgekommen: {added} Einträge und {entries} der Prüfspur; Worte zusammengefügt: {joined}; "
    "so geblieben, wie sie hier sind: {kept}.",
    "backup-salvaged": "Die Sicherung ist beschädigt: {count} Einträge darin sind unversehrt.",
    "backup-lost": "Verloren: {count} Einträge.",
    "backup-lost-unknown": "Wie viele verloren sind, lässt sich nicht sagen.",
    "backup-other-key": "Der Schlüssel der Pseudonyme ist hier ein anderer als in der Sicherung, und bleibt.",
    "backup-in-use": "Das Programm läuft und benutzt {folder}; schließen Sie es zuerst, oder lassen Sie --replace weg.",
    "backup-aside": "Was da war, ist jetzt {file}.",
    "audit-not-written": "Die Dateien sind geschrieben, die Prüfspur aber nicht; starten Sie einmal das Programm, "
    "das sie richtet.",
}
