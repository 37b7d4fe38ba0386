"""Risk tiers and why a record has one, or none."""

CLASSES = {
    "NORM": "normal ECG",
    "MI": "myocardial infarction",
    "STTC": "ST/T change",
    "CD": "conduction disturbance",
    "HYP": "hypertrophy",
}
LOW_IS_NOT_NO = "A Low tier does not rule out disease."
SENTENCES = {
    **{f"class-{code}": name for code, name in CLASSES.items()},
    "tier-Low": "Low",
    "tier-Moderate": "Moderate",
    "tier-High": "High",
    "tier-Not assessed": "Not assessed",
    "meaning-Low": LOW_IS_NOT_NO,
    "meaning-Moderate": "The probabilities lie between those of Low and of High: neither reassuring nor convincing.",
    "meaning-High": "High says how probable a pathology is, not how urgent it is.",
    "meaning-Not assessed": "The network gave no opinion that may be used; the ECG has to be read without it.",
    "chance": "{what} {probability:near}",
    "chance-of": "{probability:near}: {what}",
    "tier-young": "The patient is under {adult_years}; the network was trained on adults.",
    "tier-paced": "A pacemaker drives the rhythm; paced beats hide what the network looks for.",
    "tier-quality": "The signal quality does not allow it: {because:; }.",
    "tier-no-opinion": "The network gave no opinion.",
    "tier-no-model": "No model was asked.",
    "tier-no-lead": "The file has none of the twelve standard leads.",
    "tier-slow": "The leads have {rate_hz:g} samples a second, the network needs at least {least_hz:g}.",
    "tier-short": "The recording is {length_s:.1f} s long, the network needs at least {least_s:g} s.",
    "tier-leads": "Missing leads: {leads}; the network allows at most {most} of 12 to be missing.",
    "tier-swapped": "{reason} The electrodes {swap} seem swapped: the network's opinion may be wrong.",
    "tier-high": "{chances:and} probable (limit for High {limit:near}).",
    "tier-stretch": "{chances:and} probable (limit for High {limit:near}) from {low_s:clock} to {high_s:clock}; "
    "lower over the whole recording.",
    "tier-contradicted": "{reason} But what was measured contradicts it: {because:; }.",
    "tier-beside": "{reason} Beside it stands what the network does not judge: {because:; }.",
    "contra": "{finding}, where the network gives {what} {probability:near}",
    "tier-part": "Low over the whole recording, but the stretch {low_s:.0f}-{high_s:.0f} s is not.",
    "tier-low": "Infarction and all other pathologies lie below the limits for Low; the highest is {chance}.",
    "tier-infarction": "Infarction {probability:near} is too probable for Low, and no pathology reaches the limit for "
    "High.",
    "tier-between": "Probability of {chance}: too high for Low, below the limit for High.",
}
