"""What is said of files that are written: what a format cannot hold, what was removed."""

from __future__ import annotations

SENTENCES = {
    "other-name-or-folder": "choose another name or folder",
    "choose-another-format": "choose another format, WFDB holds everything",
    "key-damaged": "the key of the pseudonyms is damaged",
    "remove-key": "remove it; patients get new names then",
    "no-voltages": "none of its signals is a voltage",
    "edf-holds-nothing": "there is no stretch that all its signals share and that fits into EDF's data records",
    "dicom-too-long": "as DICOM it would be larger than {most_mb} MB",
    "dicom-groups": "its signals need {groups} groups of one rate, DICOM holds {most}",
    "aecg-too-long": "it holds more than {most:,} samples, too many for a text",
    "lost-channels": "Left out, for it is no voltage: {labels}.",
    "lost-durations": "The format has no duration of annotations: {number} lost theirs.",
    "lost-text-ends": "{number} annotations were cut to {most} bytes.",
    "lost-partial": "EDF cannot hold a signal that is missing while others go on: {lost_s:.3g} s in which some are "
    "missing are left out as a gap.",
    "lost-run-ends": "EDF counts in data records of {record_ms:g} ms: {lost_ms:g} ms at the ends of stretches are left"
    " out.",
    "lost-start": "The start lies outside the years 1985 to 2084 that EDF knows, and is left out.",
    "lost-fraction": "EDF tells the start in whole seconds: {fraction_s:g} s are left out.",
    "lost-patient": "The format has no place for the patient's {what:, }.",
    "lost-stored": "What the device measured and said is not written.",
    "patient-letters": "Name and number are written in the 80 plain letters that EDF allows.",
    "marks-as-notes": "Beats and waves are written as notes; EDF has no kinds of annotations.",
    "scale-rounded": "The eight letters that EDF has for a scale change {labels} by up to {counts:.1f} counts.",
    "dicom-32-bit": "Samples or rate go beyond General ECG; it is written as General 32-bit ECG, which older archives"
    " may not take.",
    "dicom-no-start": "DICOM demands a moment of recording; as it is not known, the year {year} is written.",
    "identity-removed": "Removed: {what:, }.",
    "dates-shifted": "Dates are shifted into the past, alike for all files of a patient.",
    "age-capped": "The age is written as {years:g}, for so few are older.",
    "texts-removed": "The words of {number} annotations are removed.",
    "channels-renamed": "{number} signals lost their own names.",
    "patient-age": "age",
    "patient-height": "height",
    "patient-weight": "weight",
    "patient-device": "device",
    "patient-name": "name",
    "patient-id": "number",
    "patient-birth": "birth date",
    "patient-notes": "notes of the file",
    "patient-stored": "the device's measurements and statements",
    "patient-file-name": "file name",
}
