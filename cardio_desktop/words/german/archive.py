"""Was über eine Aufzeichnung gesagt wird, deren Hilfsprozess selbst nichts mehr sagen konnte."""

SENTENCES = {
    "record-crashed": "{file}: das Programm brach beim Lesen dieser Aufzeichnung ab (Status {status}); die anderen "
    "sind nicht betroffen. Prüfen Sie die Datei und melden Sie den Fehler bitte.",
    "record-late": "{file}: sie brauchte länger als {limit_s:.0f} s und wurde aufgegeben; geben Sie mit --timeout "
    "mehr Zeit oder werten Sie mit --from und --to einen Teil davon aus.",
    "record-memory": "{file}: der Speicher reicht nicht, um sie zu lesen; nehmen Sie weniger Prozesse (--jobs) oder "
    "werten Sie mit --from und --to einen Teil davon aus.",
    "record-fault": "{file}: ein Fehler des Programms ({said}); melden Sie ihn bitte, mit CARDIO_DEBUG=1 für "
    "Einzelheiten.",
}
