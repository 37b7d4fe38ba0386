"""EDF+ and BDF+: written here, because gaps must stand at their true times (EDF+D).

Sources: Kemp and Olivan, Clin. Neurophysiol. 2003;114:1755; BioSemi's description of BDF for channels of more than 16
bits. EDF knows no missing sample: a stretch in which any channel has none becomes a gap, and that is told.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import WriteError, one_line
from cardio_desktop.core.leads import canonical_lead
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Record
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.edf_header import MONTHS
from cardio_desktop.io.whole_files import WholeFiles
from cardio_desktop.io.writers.scaled import CHUNK, Runs, Scaled, frame_rate, frames_of, present_runs, scaled
from cardio_desktop.words import Remark

MOST_RECORDS = 400_000
"""Data records of one file: a day in records of 0.2 s; what is written in finer ones takes more room than the ECG."""
LONGEST_RECORD_S = 1.0
MOST_LIST_BYTES = 120
_FIRST_YEAR, _LAST_YEAR = 1985, 2084
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "µ": "u", "μ": "u"}
)


@dataclass(frozen=True)
class _Range:
    """What a header says of a channel's scale, and how many counts that is off at most, for it has eight letters."""

    unit: str
    physical: tuple[str, str]
    digital: tuple[int, int]
    off: float


def write_edf(record: Record, files: WholeFiles, progress: Progress | None = None) -> tuple[Remark, ...]:
    """Write a record and return what the format cannot hold of it."""
    channels = scaled(record)
    bits = 16 if all(c.high - c.low <= 2**16 - 4 for c in channels) else 24
    channels = tuple(c.within(bits) for c in channels)
    base, ending = ("EDF", ".edf") if bits == 16 else ("BDF", ".bdf")
    rate = frame_rate(channels)
    per_frame = [int(c.rate / rate) for c in channels]
    runs = present_runs(channels, rate, frames_of(channels, rate))
    told = _left_out(channels, rate, runs)
    grain = _grain(rate)
    size = _record_frames(runs, grain, rate) if grain else 0
    kept = tuple((first, last - (last - first) % size) for first, last in runs if last - first >= size) if size else ()
    if not kept:
        raise WriteError(files.path(ending), Remark("edf-holds-nothing"), Remark("choose-another-format"))
    if lost := sum(last - first for first, last in runs) - sum(last - first for first, last in kept):
        told.append(
            Remark("lost-run-ends", {"lost_ms": 1000.0 * float(lost / rate), "record_ms": 1000.0 * float(size / rate)})
        )
    # The axis of a file begins with its first data record.
    offset = kept[0][0]
    onsets = [Fraction(first - offset + k * size) / rate for first, last in kept for k in range((last - first) // size)]
    places = [first + k * size for first, last in kept for k in range((last - first) // size)]
    start_s = float(offset / rate)
    lists = _lists(record, onsets, start_s, told)
    width = -(-max(map(len, lists)) // (bits // 8))
    ranges = [_range(channel, bits) for channel in channels]
    if worst := [(r.off, c.channel.label) for r, c in zip(ranges, channels, strict=True) if r.off > 0.5]:
        told.append(
            Remark("scale-rounded", {"labels": ", ".join(label for _, label in worst), "counts": max(worst)[0]})
        )
    kind = f"{base}+{'C' if len(kept) == 1 else 'D'}"
    head = _header(record, base, kind, channels, ranges, len(places), size, rate, per_frame, width, start_s, told)
    with files.open(ending) as stream:
        stream.write(head)
        step = max(CHUNK // (size * sum(per_frame)), 1)
        for first in range(0, len(places), step):
            for place, marks in zip(places[first : first + step], lists[first : first + step], strict=True):
                for channel, n in zip(channels, per_frame, strict=True):
                    counts = channel.counts(place * n, (place + size) * n).astype("<i4")
                    stream.write(counts.astype("<i2").tobytes() if bits == 16 else _three(counts))
                stream.write(marks.ljust(width * bits // 8, b"\0"))
            if progress:
                progress(99.0 * first / len(places))
    return tuple(told)


def _three(counts: NDArray[np.int32]) -> bytes:
    return counts.reshape(-1, 1).view(np.uint8)[:, :3].tobytes()


def _left_out(channels: Sequence[Scaled], rate: Fraction, runs: Runs) -> list[Remark]:
    """Return a remark where stretches are left out in which only some channels lack samples."""
    total = sum(last - first for first, last in runs)
    held = max((_present(c) / float(c.rate) for c in channels), default=0.0)
    lost_s = held - float(total / rate)
    return [Remark("lost-partial", {"lost_s": lost_s})] if lost_s > 0.5 / float(rate) + 1e-9 else []


def _present(channel: Scaled) -> int:
    rate = channel.rate
    return sum(last - first for first, last in present_runs((channel,), rate, len(channel)))


def _grain(rate: Fraction) -> int:
    """Return the fewest frames whose length in seconds eight letters hold exactly, 0 where there is none."""
    for frames in range(1, max(int(10 * rate), 1) + 1):
        if _exact(Fraction(frames) / rate):
            return frames
    return 0


def _exact(seconds: Fraction) -> str:
    """Return a time as text of at most eight letters that is exactly it, else nothing."""
    text = f"{float(seconds):.7f}".rstrip("0").rstrip(".")[:8]
    return text if text and text != "0" and Fraction(text) == seconds else ""


def _record_frames(runs: Runs, grain: int, rate: Fraction) -> int:
    """Return the length of a data record in frames: one that divides all runs, else one that loses little of them."""
    units = [(last - first) // grain for first, last in runs if last - first >= grain]
    if not units:
        return 0
    longest = max(int(Fraction(LONGEST_RECORD_S) * rate) // grain, 1)
    fewest = -(-sum(units) // MOST_RECORDS)
    common = int(np.gcd.reduce(np.array(units)))
    good = [
        d for d in range(min(longest, common), 0, -1) if common % d == 0 and d >= fewest and _exact(d * grain / rate)
    ]
    if good:
        return good[0] * grain
    return next((d * grain for d in range(max(fewest, 1), 10 * longest) if _exact(d * grain / rate)), 0)


def _lists(record: Record, onsets: list[Fraction], start_s: float, told: list[Remark]) -> list[bytes]:
    """Return the annotations list of each data record; marks go into the record in which they begin."""
    lists = [f"+{_plain(onset)}\x14\x14\0".encode() for onset in onsets]
    starts = np.array([float(onset) for onset in onsets])
    marks = list(record.annotations)
    for mark in marks:
        said = " ".join(word for word in (mark.symbol, mark.text) if word).replace("\x14", " ").replace("\x15", " ")
        at_s = round(mark.time_s - start_s, 6)
        lasting = f"\x15{_plain(Fraction(str(round(mark.duration_s, 6))))}" if mark.duration_s > 0 else ""
        k = max(int(np.searchsorted(starts, at_s, side="right")) - 1, 0)
        sign = "-" if at_s < 0 else "+"
        tal = f"{sign}{_plain(abs(Fraction(str(at_s))))}{lasting}\x14{one_line(said, 1000)}\x14\0"
        while len(lists[k]) > MOST_LIST_BYTES and k + 1 < len(lists):
            k += 1  # all lists are as long as the longest one; a mark says its own time wherever it stands
        lists[k] += tal.encode()
    if any(mark.kind != "note" for mark in marks):
        told.append(Remark("marks-as-notes"))
    return lists


def _plain(seconds: Fraction) -> str:
    """Return a time with nine decimals at most."""
    return f"{float(seconds):.9f}".rstrip("0").rstrip(".")


def _range(channel: Scaled, bits: int) -> _Range:
    """Return the scale in a unit and over a digital range for which eight letters round least."""
    own = channel.channel.unit
    factor = millivolts_per(own)
    units = [(own, 1.0)] if factor is None else [("uV", 1e3 * factor), ("mV", factor), ("V", 1e-3 * factor)]
    full = 2 ** (bits - 1) - 1
    found = []
    for unit, in_unit in units:
        per_unit = channel.counts_per_unit / in_unit
        for low, high in _digital_ranges(channel, per_unit, full):
            texts = tuple(_eight((end - channel.baseline) / per_unit) for end in (low, high))
            if not all(texts) or float(texts[0]) == float(texts[1]):
                continue
            read = (high - low) / (float(texts[1]) - float(texts[0]))
            zero = low - float(texts[0]) * read
            ends = [
                abs(((end - zero) / read) * per_unit + channel.baseline - end) for end in (channel.low, channel.high)
            ]
            found.append(_Range(_ascii(unit)[:8], (texts[0], texts[1]), (low, high), max(ends)))
    if not found:
        return _Range(_ascii(own)[:8], ("-1", "1"), (-full, full), float("inf"))
    return min(found, key=lambda one: one.off)


def _digital_ranges(channel: Scaled, per_unit: float, full: int) -> Iterator[tuple[int, int]]:
    """Yield digital ranges that hold the channel: usual ones, its own, and those whose physical ends are round."""
    largest = max(abs(channel.low), abs(channel.high), 1)
    for top in (full, 32000, 30000, 25000, 20000, 16384, 10000, 8_000_000, 5_000_000, largest):
        if largest <= top <= full:
            yield -top, top
    reach = max(abs(channel.low - channel.baseline), abs(channel.high - channel.baseline), 1.0) / per_unit
    power = 10.0 ** math.floor(math.log10(reach))
    for tenths in range(10, 200, 5):
        low, high = (channel.baseline + sign * per_unit * power * tenths / 10.0 for sign in (-1, 1))
        fits = -full <= low <= channel.low and channel.high <= high <= full
        if fits and abs(low - round(low)) < 1e-6 and abs(high - round(high)) < 1e-6:
            yield round(low), round(high)


def _eight(value: float) -> str:
    """Return a number in at most eight letters, as exactly as they allow; empty where there is no way."""
    for digits in range(8, 0, -1):
        text = np.format_float_positional(float(f"{value:.{digits}g}"), trim="-")
        if len(text) <= 8:
            return text
    return ""


def _ascii(text: str) -> str:
    """Return the text in the letters that EDF allows."""
    flat = unicodedata.normalize("NFKD", one_line(text).translate(_LETTERS))
    return "".join(letter for letter in flat if " " <= letter <= "~")


def _header(
    record: Record, base: str, kind: str, channels: Sequence[Scaled], ranges: list[_Range], records: int, size: int,
    rate: Fraction, per_frame: list[int], width: int, start_s: float, told: list[Remark],
) -> bytes:  # fmt: skip
    count = len(channels) + 1
    full = 2**15 - 1 if base == "EDF" else 2**23 - 1
    started = _started(record, start_s)
    clock = f"{started:%H.%M.%S}" if started else "00.00.00"
    known = started is not None and _FIRST_YEAR <= started.year <= _LAST_YEAR
    if started and not known:
        told.append(Remark("lost-start"))
    day = f"{started:%d.%m.%y}" if started and known else "01.01.85"
    if started and known and started.microsecond:
        told.append(Remark("lost-fraction", {"fraction_s": started.microsecond / 1e6}))
    version = b"0       " if base == "EDF" else b"\xffBIOSEMI"

    def fields(texts: Sequence[str], letters: int) -> bytes:
        return b"".join(_ascii(text)[:letters].ljust(letters).encode() for text in texts)

    labels = [_ascii(_label(c.channel.label)) for c in channels]
    return b"".join((
        version,
        fields([_patient(record, told)], 80),
        fields([_recording(record, started.date() if started and known else None)], 80),
        fields([day], 8), fields([clock], 8), fields([str(256 * (count + 1))], 8), fields([kind], 44),
        fields([str(records)], 8), fields([_exact(Fraction(size) / rate)], 8), fields([str(count)], 4),
        fields([*labels, f"{base} Annotations"], 16),
        fields([""] * count, 80),
        fields([*(r.unit for r in ranges), ""], 8),
        fields([*(r.physical[0] for r in ranges), "-1"], 8),
        fields([*(r.physical[1] for r in ranges), "1"], 8),
        fields([*(str(r.digital[0]) for r in ranges), str(-full - 1)], 8),
        fields([*(str(r.digital[1]) for r in ranges), str(full)], 8),
        fields([*(c.channel.prefilter for c in channels), ""], 80),
        fields([*(str(n * size) for n in per_frame), str(width)], 8),
        fields([""] * count, 32),
    ))  # fmt: skip


def _label(label: str) -> str:
    """Return a lead's name as EDF+ wants it ("ECG V1"), other names as they are."""
    lead = canonical_lead(label)
    return f"ECG {lead}" if lead and len(label) <= 4 else label


def _started(record: Record, start_s: float) -> datetime | None:
    return record.start_time + timedelta(seconds=start_s) if record.start_time else None


def _patient(record: Record, told: list[Remark]) -> str:
    """Return the patient field; tells what of the patient it has no place for."""
    patient = record.patient
    born = date.fromisoformat(patient.birth_date) if patient.birth_date else None
    words = (
        patient.id,
        {"male": "M", "female": "F"}.get(patient.sex or ""),
        f"{born.day:02d}-{MONTHS[born.month - 1]}-{born.year}" if born else None,
        patient.name,
    )
    text = " ".join(_ascii(word).strip().replace(" ", "_") or "X" if word else "X" for word in words)
    lost = [
        *(["age"] if patient.age_years is not None and not born else []),
        *(["height"] if patient.height_cm else []),
        *(["weight"] if patient.weight_kg else []),
        *(["device"] if len(_ascii(record.device)) > 40 else []),
    ]
    if lost:
        told.append(Remark("lost-patient", {"what": tuple(Remark(f"patient-{name}") for name in lost)}))
    if len(text) > 80 or any(not str(word).isascii() for word in (patient.id, patient.name) if word):
        told.append(Remark("patient-letters"))
    return text


def _recording(record: Record, day: date | None) -> str:
    when = f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}" if day else "X"
    device = _ascii(record.device)[:40].strip().replace(" ", "_") or "X"
    how = f" De-identified_{_ascii(record.deidentified)[:20].strip().replace(' ', '_')}" if record.deidentified else ""
    return f"Startdate {when} X X {'simulated_' if record.simulated else ''}{device}{how}"
