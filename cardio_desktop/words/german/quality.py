"""Qualität von Ableitungen und Aufzeichnung."""

SENTENCES = {
    # Eine Ableitung
    "missing": "{share:pc} der Messwerte fehlen",
    "flat": "Nulllinie während {share:pc} der Zeit: Elektrode ab oder keine elektrische Aktivität",
    "railed": "übersteuert: die Kurve steht {share:pc1} der Zeit am Anschlag",
    "step": "Grundliniensprünge von {step_mv:.1f} mV: lose Elektrode oder Bewegung",
    "steps": "Grundliniensprünge alle {period_s:.1f} s: lose Elektrode oder Bewegung",
    "wander": "Grundlinienschwankung von {wander_mv:.1f} mV",
    "mains": "Netzbrummen: {mains_mv:.2f} mV bei {mains_hz:.0f} Hz",
    "muscle": "Muskelartefakte: {muscle_mv:.3f} mV zwischen 28 und 45 Hz",
    "burst": "Störimpulse: {burst_mv:.2f} mV",
    "range": "unplausible Amplitude von {range_mv:.0f} mV: Verstärkung prüfen",
    "part": "{what} (in {share:pc} der Aufzeichnung)",
    "noise": "Rauschen fast so groß wie das Signal ({snr_db:.0f} dB)",
    "no-signal": lambda v: "kein Signal von {spans}" + (" und {more} weitere" if v["more"] else ""),
    "span": "{low_s:.1f} bis {high_s:.1f} s",
    "noisy": "zu stark gestört",
    # Die Aufzeichnung
    "no-lead": "die Aufzeichnung enthält keine EKG-Ableitung",
    "unknown-channels": lambda v: (
        "Kanal {channels} ist nicht als EKG bekannt"
        if len(v["channels"]) == 1
        else "keiner der Kanäle {channels}" + (" und anderer" if v["more"] else "") + " ist als EKG bekannt"
    ),
    "nothing-recorded": "von {low_s:.1f} bis {high_s:.1f} s wurde nichts aufgezeichnet",
    "too-short": lambda v: (
        "nur {length_s:.1f} s EKG" + (" ohne Lücke" if v["gaps"] else "") + ", mindestens {least_s:.0f} s sind nötig"
    ),
    "all-flat": "Nulllinie in allen Ableitungen: Elektroden ab oder keine elektrische Aktivität",
    "few-leads": "nur {good} von {all} unabhängigen Ableitungen sind verwertbar",
    "lead-unusable": "{lead} nicht verwertbar: {because:; }",
    "gain": "Amplituden von {range_mv:.0f} mV in den meisten Ableitungen sind unplausibel: Verstärkung prüfen",
    "flat-line": "Nulllinie: Elektroden ab oder keine elektrische Aktivität",
    "stretch": "{low_s:.1f} bis {high_s:.1f} s ({what})",
    "unread": lambda v: "nicht lesbar: {spans:; }" + ("; und {more} weitere" if v["more"] else ""),
    "pacing-spikes": "Schrittmacherspikes in {leads} ({spikes}, bis {largest_mv:.1f} mV)",
    "swap-chest": "Brustwandelektroden {first} und {second} vermutlich vertauscht: jede passt an die Stelle der "
    "anderen",
    "swap-RA/LA": "Armelektroden vermutlich vertauscht (RA/LA): Ableitung I erscheint gespiegelt",
    "swap-RA/LL": "Elektroden von rechtem Arm und linkem Bein vermutlich vertauscht (RA/LL): Ableitungen I bis III "
    "erscheinen gespiegelt",
    "swap-LA/LL": "Elektroden von linkem Arm und linkem Bein vermutlich vertauscht (LA/LL): Ableitungen I und II "
    "erscheinen vertauscht",
    "swap-RA/RL": "Elektroden von rechtem Arm und rechtem Bein vermutlich vertauscht (RA/RL): Ableitung II fast flach",
}
