"""Warnings of an analysis: what a reader must know about what was looked at."""

SENTENCES = {
    "swapped": "The electrodes {swap} seem swapped: the leads that they make, and whatever was judged by them, may be "
    "wrong; check them and record again.",
    "gaps": lambda v: (
        "Nothing was recorded for {total_s:.1f} s of the analysed time: {spans}"
        + (" and {more} more" if v["more"] else "")
        + "."
    ),
    "mostly-gaps": "Only {recorded_s:.1f} of the {whole_s:.1f} s that were analysed hold a recording.",
    "first-only": "Only the first {high_s:g} s of {whole_s:g} s were analysed.",
    "part-only": "Only {low_s:g} to {high_s:g} s of {whole_s:g} s were analysed.",
    "waves-part-only": "Waves, intervals and the atria were judged in the first {high_s:g} s of them only.",
    "whole-in-pieces": "Measurements, sentences and the tier stand for {low_s:clock} to {high_s:clock}; for heart rate"
    ", events and the network's opinion the whole record ({whole_s:clock}) was judged piece by piece.",
    "more-in-pieces": lambda v: (
        "Measurements, sentences and the tier stand for {low_s:clock} to {high_s:clock} of {whole_s:clock}; for "
        "heart rate, events and the network's opinion the record was judged piece by piece in {spans}"
        + (" and {more} more" if v["more"] else "")
        + "."
    ),
    "silent-in-pieces": lambda v: (
        "The network gave no opinion in {spans}" + (" and {more} more" if v["more"] else "") + "."
    ),
    "tier-of-part": "The tier stands for {low_s:clock} to {high_s:clock} of {whole_s:clock}.",
    "highest-of-whole": "Most probable pathology in any ten seconds of the whole record: {chance}, at {low_s:clock}.",
    "highest-of-pieces": "Most probable pathology in any ten seconds judged so far: {chance}, at {low_s:clock}.",
    "leads-absent": "Leads that are not in the file, and that the network did not see: {leads}.",
    "leads-noisy": "Leads withheld from the network for their quality: {leads}.",
    "leads-slow": "Leads withheld from the network for fewer than {least_hz:g} samples a second: {leads}.",
    "not-judged": "The network did not judge {low_s:.1f} to {high_s:.1f} s: too many leads are missing there.",
    "no-age": "The file does not tell the age; the network is not made for anyone under {adult_years}.",
}
