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
}
