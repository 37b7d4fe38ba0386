"""Quality of leads and of the record."""

SENTENCES = {
    # A lead
    "missing": "{share:pc} of the samples are missing",
    "flat": "flat line for {share:pc} of the time: electrode off or no electrical activity",
    "railed": "saturated: the trace stands at its limit for {share:pc1} of the time",
    "step": "the baseline jumps by {step_mv:.1f} mV: loose electrode or movement",
    "steps": "the baseline jumps every {period_s:.1f} s: loose electrode or movement",
    "wander": "the baseline wanders by {wander_mv:.1f} mV",
    "mains": "mains interference: {mains_mv:.2f} mV at {mains_hz:.0f} Hz",
    "muscle": "muscle noise: {muscle_mv:.3f} mV between 28 and 45 Hz",
    "burst": "bursts of noise: {burst_mv:.2f} mV",
    "range": "implausible amplitude of {range_mv:.0f} mV: check the gain",
    "part": "{what} (in {share:pc} of the record)",
    "noise": "noise is almost as large as the signal ({snr_db:.0f} dB)",
    "no-signal": lambda v: "no signal from {spans}" + (" and {more} more" if v["more"] else ""),
    "span": "{low_s:.1f} to {high_s:.1f} s",
    "noisy": "too noisy",
    # The record
    "no-lead": "there is no ECG lead in this record",
    "unknown-channels": lambda v: (
        "channel {channels} is not known to be an ECG"
        if len(v["channels"]) == 1
        else "none of the channels {channels}" + (" and others" if v["more"] else "") + " is known to be an ECG"
    ),
    "nothing-recorded": "nothing was recorded from {low_s:.1f} to {high_s:.1f} s",
    "too-short": lambda v: (
        "only {length_s:.1f} s of ECG"
        + (" without a gap" if v["gaps"] else "")
        + ", at least {least_s:.0f} s are needed"
    ),
    "all-flat": "flat line in every lead: electrodes off or no electrical activity",
    "few-leads": "only {good} of {all} independent leads can be used",
    "lead-unusable": "{lead} cannot be used: {because:; }",
    "gain": "amplitudes of {range_mv:.0f} mV in most leads are implausible: check the gain",
    "flat-line": "flat line: electrodes off or no electrical activity",
    "stretch": "{low_s:.1f} to {high_s:.1f} s ({what})",
    "unread": lambda v: "not readable: {spans:; }" + ("; and {more} more" if v["more"] else ""),
    "pacing-spikes": "pacing spikes in {leads} ({spikes}, up to {largest_mv:.1f} mV)",
    "swap-chest": "the chest electrodes {first} and {second} look swapped: each fits the other's place",
    "swap-RA/LA": "the arm electrodes look swapped (RA/LA): lead I looks upside down",
    "swap-RA/LL": "the electrodes of right arm and left leg look swapped (RA/LL): leads I to III look upside down",
    "swap-LA/LL": "the electrodes of left arm and left leg look swapped (LA/LL): leads I and II look exchanged",
    "swap-RA/RL": "the electrodes of right arm and right leg look swapped (RA/RL): lead II is all but flat",
}
