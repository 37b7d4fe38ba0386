"""Rhythms, what they rest on, and beats out of turn."""

TAILS = {
    "rhythm-WCT": ", ventricular tachycardia until proven otherwise",
    "rhythm-SVTAC-no-P": ", P waves not seen",
    "rhythm-TACH-no-P": ", P waves not seen",
    "rhythm-TACH-wide-no-P": ", P waves not seen",
    "rhythm-SVTAC-no-P-2:1": ", P waves not seen, atrial flutter with 2:1 conduction possible",
    "rhythm-TACH-no-P-2:1": ", P waves not seen, atrial flutter with 2:1 conduction possible",
    "rhythm-TACH-wide-no-P-2:1": ", P waves not seen, atrial flutter with 2:1 conduction possible",
    "rhythm-JUNC": ", possibly junctional",
}
"""What stands behind the rate."""
IRREGULAR = (0.05, 0.10)
REGULARITY = ("regular RR intervals", "slightly irregular RR intervals", "irregular RR intervals")
"""From these median changes of one interval to the next on, as shares of it."""
SENTENCES = {
    # The basic rhythm
    "rhythm-SR": "sinus rhythm",
    "rhythm-SBRAD": "sinus bradycardia",
    "rhythm-STACH": "sinus tachycardia",
    "rhythm-SARRH": "sinus arrhythmia",
    "rhythm-SBRAD-SARRH": "sinus bradycardia with sinus arrhythmia",
    "rhythm-AFIB": "atrial fibrillation",
    "rhythm-AFIB-fast": "atrial fibrillation with rapid ventricular response",
    "rhythm-AFIB-slow": "atrial fibrillation with slow ventricular response",
    "rhythm-AFLT": "atrial flutter",
    "rhythm-AFLT-variable": "atrial flutter with variable conduction",
    "rhythm-SVTAC": "supraventricular tachycardia",
    "rhythm-SVTAC-no-P": "supraventricular tachycardia",
    "rhythm-TACH-no-P": "regular tachycardia",
    "rhythm-TACH-wide-no-P": "regular wide-complex tachycardia",
    "rhythm-SVTAC-no-P-2:1": "supraventricular tachycardia",
    "rhythm-TACH-no-P-2:1": "regular tachycardia",
    "rhythm-TACH-wide-no-P-2:1": "regular wide-complex tachycardia",
    "rhythm-PSVT": "paroxysmal supraventricular tachycardia",
    "rhythm-SVARR": "supraventricular arrhythmia",
    "rhythm-ATACH": "atrial tachycardia",
    "rhythm-JUNC": "regular rhythm without clear P waves",
    "rhythm-PACE": "paced rhythm",
    "rhythm-VT": "ventricular tachycardia",
    "rhythm-WCT": "wide-complex tachycardia",
    "rhythm-IVR": "ventricular rhythm",
    "rhythm-IVR-fast": "accelerated idioventricular rhythm",
    "rhythm-VF": "ventricular fibrillation or flutter",
    "rhythm-IRREGULAR": "irregular rhythm",
    "rhythm-regular-SR": "regular rhythm, P waves not assessed",
    "rhythm-regular-STACH": "regular tachycardia, P waves not assessed",
    "rhythm-regular-SBRAD": "regular bradycardia, P waves not assessed",
    "rhythm-regular-SARRH": "slightly irregular rhythm, P waves not assessed",
    # What comes with it
    "rhythm": lambda v: "{basic}" + TAILS.get(v["basic"].code, "") + (" with {more:and}" if v["more"] else ""),
    "with-VF": "stretches of ventricular fibrillation or flutter",
    "with-AVB1": "first-degree AV block",
    "with-AVB2": "second-degree AV block",
    "with-AVB3": "complete AV block",
    "with-AFIB": "atrial fibrillation for {length_s:.0f} s",
    "with-BIGU": "ventricular bigeminy",
    "with-TRIGU": "ventricular trigeminy",
    "with-VRUN": "a run of {beats} ventricular beats",
    "with-COUPLET": "ventricular couplets",
    "with-PVC": lambda v: "a ventricular premature beat" if v["beats"] == 1 else "ventricular premature beats",
    "with-SVRUN": "a run of {beats} supraventricular beats",
    "with-PAC": lambda v: (
        "a supraventricular premature beat" if v["beats"] == 1 else "supraventricular premature beats"
    ),
    # Other statements of the network
    "said-BIGU": "bigeminal pattern",
    "said-TRIGU": "trigeminal pattern",
    # What it rests on
    "ground-rate": "rate {rate_bpm:.0f}/min",
    "ground-change": lambda v: REGULARITY[sum(v["change"] >= limit for limit in IRREGULAR)],
    "ground-no-search": "P waves were not looked for",
    "ground-p": lambda v: (
        "a P wave before every beat"
        if v["share"] > 0.995
        else "no P waves"
        if v["share"] < 0.005
        else "P waves before most beats"
        if v["share"] >= 0.5
        else "P waves before fewer than half of the beats"
    ),
    "ground-until": "atria judged up to {until_s:.0f} s only",
    "ground-pr": "PR {pr_ms:.0f} ms",
    "ground-waves": "{length_s:.1f} s of one wave after another without QRS complexes",
    "network-disagrees": "the network disagrees: {rhythm} ({probability:percent})",
    # Sentences
    "rhythm-at": lambda v: (
        "{basic}"
        + (" {rate_bpm:.0f}/min" if "rate_bpm" in v else "")
        + TAILS.get(v["basic"].code, "")
        + (" with {more:and}" if v["more"] else "")
    ),
    "rhythm-told": lambda v: (
        "{at}" + (" ({grounds})" if v["grounds"] else "")
        if v["sure"]
        else "rhythm uncertain: probably {at} ({grounds})"
    ),
    "rhythm-probably": "probably {at}",
    "ectopy": lambda v: (
        ("one" if v["beats"] == 1 else "{beats}")
        + (" ventricular" if v["ventricular"] else " supraventricular")
        + " premature beat"
        + ("" if v["beats"] == 1 else "s")
        + " among {all_beats} beats, at {times} s"
        + (" and {more} more" if v["more"] else "")
    ),
    "time": "{at_s:.1f}",
    "rate": lambda v: "heart rate {rate_bpm:.0f}/min" + (" ({word})" if "word" in v else ""),
    "fast": "tachycardia",
    "slow": "bradycardia",
    "rate-none": "heart rate not measurable: {because}",
    "edits": "beats changed by the reader: {changes}; {counted} beats count",
    "edits-added": "{count} added",
    "edits-deleted": "{count} deleted",
    "edits-moved": "{count} moved",
    "edits-retyped": "{count} given another kind",
}
