"""What is said of a recording that is followed while it grows."""

from __future__ import annotations

SENTENCES = {
    "live-over": "The recording is over.",
    "live-still": "{file} has not grown for {length_s:.0f} s.",
    "live-gone": "{file} is not there any more.",
    "live-replaced": "{file} was replaced by another file; open that one.",
    "live-shrunk": "{file} has become shorter: what was read of it is no longer there.",
    "live-no-growing": "it is none of the files that can be followed while they grow",
    "live-choose-growing": "choose an EDF, BDF or WFDB file, or a table (CSV)",
    "live-wfdb-kind": "its signals lie in several files, or in a compressed one, and cannot be followed",
    "live-wfdb-plain": "let the recorder write one signal file in format 16 or 212",
    "live-few-lines": "fewer than {least} lines of numbers are there",
    "live-wait": "wait until the recorder has written more",
    "live-no-ecg": "it has no ECG lead",
    "live-choose-ecg": "choose the recording of an ECG",
    "live-other-folder": "choose another folder",
}
