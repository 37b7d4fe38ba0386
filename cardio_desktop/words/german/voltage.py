"""Hypertrophie, Niedervoltage und R-Progression."""

SENTENCES = {
    "sokolow": "Sokolow-Lyon-Index {value_mv:mv} (Grenze {limit_mv:.1f} mV)",
    "cornell": "Cornell-Index {value_mv:mv} (Grenze {limit_mv:.1f} mV)",
    "r-avl": "R in aVL {value_mv:mv} (Grenze {limit_mv:.1f} mV)",
    "lvh": lambda v: (
        "linksventrikuläre Hypertrophie nach Voltage: {criteria}"
        + ("; Grenze für Männer, Geschlecht unbekannt" if v["unknown"] else "")
    ),
    "lvh?": lambda v: (
        "Voltage wie bei linksventrikulärer Hypertrophie: {criteria}"
        + ("; Grenze für Männer, Geschlecht unbekannt" if v["unknown"] else "")
    ),
    "hvolt": "hohe QRS-Voltage, unter {age_limit_years:.0f} Jahren häufig: {criteria}",
    "short-LVH": "linksventrikuläre Hypertrophie nach Voltage",
    "short-LVH?": "hohe linksventrikuläre Voltage",
    "short-HVOLT": "hohe QRS-Voltage",
    "no-lvh": "keine Voltagekriterien einer linksventrikulären Hypertrophie",
    "lvh-near": "nicht mehr als {criteria}",
    "rvh": "Rechtsherzhypertrophie?: R {r_v1_mv:mv} und S {s_v1_mv:mv} in V1, Achse {qrs_axis_deg:deg}",
    "short-RVH": "Zeichen einer Rechtsherzhypertrophie",
    "low-limb": "Niedervoltage der Extremitätenableitungen, höchstens {largest_mv:mv}",
    "low-chest": "Niedervoltage der Brustwandableitungen, höchstens {largest_mv:mv}",
    "short-LVOLT": "Niedervoltage",
    "poor-r": "mangelnde R-Progression, R {r_v3_mv:mv} in V3",
    "short-RPROG": "mangelnde R-Progression",
}
