"""Hypertrophy, low voltage and R progression."""

SENTENCES = {
    "sokolow": "Sokolow-Lyon {value_mv:mv} (limit {limit_mv:.1f} mV)",
    "cornell": "Cornell voltage {value_mv:mv} (limit {limit_mv:.1f} mV)",
    "r-avl": "R in aVL {value_mv:mv} (limit {limit_mv:.1f} mV)",
    "lvh": lambda v: (
        "left ventricular hypertrophy by voltage: {criteria}"
        + ("; limit of men, the sex is not known" if v["unknown"] else "")
    ),
    "lvh?": lambda v: (
        "voltage of left ventricular hypertrophy: {criteria}"
        + ("; limit of men, the sex is not known" if v["unknown"] else "")
    ),
    "hvolt": "high QRS voltage, common below the age of {age_limit_years:.0f}: {criteria}",
    "short-LVH": "left ventricular hypertrophy by voltage",
    "short-LVH?": "high left ventricular voltage",
    "short-HVOLT": "high QRS voltage",
    "no-lvh": "no voltage criteria of left ventricular hypertrophy",
    "lvh-near": "no more than {criteria}",
    "rvh": "right ventricular hypertrophy?: R {r_v1_mv:mv} and S {s_v1_mv:mv} in V1, axis {qrs_axis_deg:deg}",
    "short-RVH": "signs of right ventricular hypertrophy",
    "low-limb": "low QRS voltage in the limb leads, at most {largest_mv:mv}",
    "low-chest": "low QRS voltage in the chest leads, at most {largest_mv:mv}",
    "short-LVOLT": "low voltage",
    "poor-r": "poor R wave progression, R {r_v3_mv:mv} in V3",
    "short-RPROG": "poor R wave progression",
}
