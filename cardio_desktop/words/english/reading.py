"""The reading as a whole: conclusion, what is normal, the recording, and the network beside it."""

SENTENCES = {
    "signed-already": "This reading is signed and stays as it was signed; write an addendum.",
    # The conclusion
    "conclusion": lambda v: (
        "{rhythm}" + (", {findings}" if v["findings"] else "") + (", and {more} more" if v["more"] else "")
    ),
    "conclusion-normal": "{rhythm}, normal ECG",
    "conclusion-otherwise": "{rhythm}, otherwise normal ECG",
    "conclusion-open": "{rhythm}, nothing abnormal in what could be measured",
    "conclusion-unjudged": lambda v: (
        "{rhythm}" + (", {findings}" if v["findings"] else "") + "; intervals and voltages are not judged {why}"
    ),
    "conclusion-critical": "{findings}; no more can be assessed in this recording",
    "conclusion-unusable": "recording not usable",
    "conclusion-no-rhythm": "rhythm not determined",
    "normal": lambda v: (
        ("normal: {parts}" if v["parts"] else "")
        + ("; " if v["parts"] and v["noted"] else "")
        + ("minor: {noted:; }" if v["noted"] else "")
    ),
    # The recording
    "simulated": "this is a simulated record, not a patient's",
    "unusable": "the recording's quality does not allow an assessment: {because:; }",
    "recording": "recording: {because:; }",
    "leads-unusable": "leads not usable: {groups:; }",
    "lead-group": "{leads:leads} ({because})",
    "electrodes-limb": "the electrodes {swap} may be swapped: the limb leads are not judged; check them before "
    "reading on",
    "electrodes-chest": "the electrodes {swap} may be swapped: the chest leads are not judged; check them before "
    "reading on",
    "short-electrodes": "electrodes {swap} swapped?",
    "unjudged-age": "below the age of {adult_years:.0f}",
    "unjudged-paced": "in a paced rhythm",
    "unjudged-ventricular": "in a ventricular rhythm",
    "told-absent": "absent: {groups:; }",
    "told-unmeasured": "not measurable: {groups:; }",
    "measure-group": "{names} ({because})",
    # The network
    "tier": "network: risk tier {tier}. {reason} {meaning}",
    "network-unseen": "the network did not see {leads:leads}: its opinion is less certain",
    "network-agrees": "the network agrees: {what} {probability:percent}",
    "network-contradicts": "the network contradicts ({finding}): it gives {what} {probability:percent}",
    "network-adds": "the network adds, without support from the measurements: {statements}",
    "statement": "{description} ({statement}, {probability:percent})",
    "finding": "{description} ({statement})",
    "flagged": lambda v: (
        "the network's evidence is strongest in {beats:; }" + ("; and {more} more" if v["more"] else "")
    ),
    "flagged-beat": "beat {number} at {at_s:.2f} s ({flags:; })",
    "flags": "{class_code}: {waves}",
    "flag-P": "P wave {leads:leads}",
    "flag-QRS": "QRS {leads:leads}",
    "flag-ST": "ST segment {leads:leads}",
    "flag-T": "T wave {leads:leads}",
    "flag-": "{leads:leads}",
    "scope": "Not assessed by this program: paced rhythms, and anyone under 18; its name of the rhythm is a "
    "proposal, to be "
    "checked on the trace.",
    "disclaimer": "Not a diagnosis: a computer's opinion for physicians, to be checked against the ECG and the "
    "patient.",
}
