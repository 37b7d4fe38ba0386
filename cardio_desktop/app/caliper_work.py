"""What keys do to calipers: placing one where it makes sense, moving its ends, filling the QT tool in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.marks import Marks
from cardio_desktop.core.caliper_paper import RR_BEFORE, RR_MEAN, Part, is_visible, lead_of
from cardio_desktop.core.calipers import Caliper, CaliperKind, make_caliper
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Beat, Findings
from cardio_desktop.core.paper import PaperPlan, Strip
from cardio_desktop.core.record import Gap, Record

NUDGE_MV = 0.01
LONGEST_RR_S = 3.0
LONGEST_QT_S = 0.8
UNSET_S = 0.4
PARTS = {
    CaliperKind.TIME: (Part.START, Part.END, Part.WHOLE),
    CaliperKind.AMPLITUDE: (Part.LOW, Part.HIGH, Part.WHOLE),
    CaliperKind.BOTH: (Part.START, Part.END, Part.LOW, Part.HIGH, Part.WHOLE),
    CaliperKind.MARCH: (Part.START, Part.END, Part.WHOLE),
    CaliperKind.QT: (Part.START, Part.END, Part.WHOLE),
}
"""What of each kind keys can move, in the order in which they are chosen."""


def part_name(part: Part) -> str:
    """Return what a part is called."""
    return {
        Part.START: tr("beginning"),
        Part.END: tr("end"),
        Part.LOW: tr("lower line"),
        Part.HIGH: tr("upper line"),
        Part.WHOLE: tr("whole caliper"),
        Part.MARCH: tr("whole caliper"),
    }[part]


def kind_name(kind: CaliperKind) -> str:
    """Return what a kind is called."""
    return {
        CaliperKind.TIME: tr("time caliper"),
        CaliperKind.AMPLITUDE: tr("amplitude caliper"),
        CaliperKind.BOTH: tr("time and amplitude caliper"),
        CaliperKind.MARCH: tr("marching caliper"),
        CaliperKind.QT: tr("QT caliper"),
    }[kind]


def place(marks: Marks, caliper: Caliper) -> None:
    """Keep a new caliper, with its RR interval where it needs one, and select it."""
    if caliper.kind is CaliperKind.QT and caliper.rr_ms is None:
        caliper = with_rr(caliper, marks)
    marks.change_caliper(tr("place {kind}").format(kind=kind_name(caliper.kind)), caliper)
    marks.select(caliper.id)


def place_by_key(marks: Marks, kind: CaliperKind, strip: Strip) -> None:
    """Place a caliper on a strip without the mouse: over the RR interval or beat in its middle, if beats are known."""
    record = marks.record
    if record is None or marks.key is None:
        return
    lead = lead_of(strip)
    middle = (strip.start_s + min(strip.end_s, record.duration_s)) / 2
    beats = [beat.time_s for beat in marks.beats() if strip.start_s <= beat.time_s < strip.end_s]
    if kind is CaliperKind.QT:
        chosen = marks.session.state.viewport.selected_beat_s
        ends = qt_ends(marks.findings, marks.beats(), lead, strip, chosen)
        words = tr("QT as measured; move its ends with Alt and the arrows, X for the other end.")
        if ends is None:
            words = tr("Nothing is filled in here: put the ends on QRS onset and T offset yourself.")
            begin = beats[min(bisect_left(beats, middle), len(beats) - 1)] - 0.04 if beats else middle - UNSET_S / 2
            ends = (max(begin, 0.0), max(begin, 0.0) + UNSET_S)
        place(marks, make_caliper(kind, lead, (ends[0], 0.0), (ends[1], 0.0)))
        marks.said.emit(words)
        return
    if len(beats) > 1:
        first = min(max(bisect_left(beats, middle) - 1, 0), len(beats) - 2)
        start_s, end_s = beats[first], beats[first + 1]
    else:
        start_s, end_s = max(middle - 0.4, 0.0), min(middle + 0.4, record.duration_s)
    if kind.has_amplitude:
        top = value_at(record, lead, start_s)
        if kind is CaliperKind.AMPLITUDE:
            end_s = start_s
        place(marks, make_caliper(kind, lead, (start_s, 0.0), (end_s, 1.0 if top is None else top)))
    else:
        place(marks, make_caliper(kind, lead, (start_s, 0.0), (end_s, 0.0)))
    marks.said.emit(tr("Alt and the arrows move it, X chooses the other end, L another lead, Del deletes it."))


def value_at(record: Record, lead: str, time_s: float) -> float | None:
    """Return the millivolts of the sample nearest to an instant, None where there is none."""
    trace = record.traces[lead]
    index = round(time_s * trace.rate_hz)
    try:
        values = trace.millivolts(index, index + 1)
    except CardioError:
        return None
    return float(values[0]) if index >= 0 and values.size and values[0] == values[0] else None


def moved_part(caliper: Caliper, part: Part, seconds: float, millivolts: float, record: Record) -> tuple[Caliper, Part]:
    """Return a caliper with one part moved, kept within the record; ends that pass one another change places."""
    start_s, end_s, low_mv, high_mv = caliper.start_s, caliper.end_s, caliper.low_mv, caliper.high_mv
    last = record.duration_s
    if part is Part.START:
        start_s = min(max(start_s + seconds, 0.0), last)
    elif part is Part.END:
        end_s = min(max(end_s + seconds, 0.0), last)
    elif part is Part.LOW:
        low_mv += millivolts
    elif part is Part.HIGH:
        high_mv += millivolts
    else:
        shift = min(max(seconds, -start_s), last - end_s)
        return caliper.moved(shift, millivolts), part
    if end_s < start_s:
        start_s, end_s = end_s, start_s
        part = Part.END if part is Part.START else Part.START
    if high_mv < low_mv:
        low_mv, high_mv = high_mv, low_mv
        part = Part.HIGH if part is Part.LOW else Part.LOW
    return replace(caliper, start_s=start_s, end_s=end_s, low_mv=low_mv, high_mv=high_mv), part


def nudge(marks: Marks, samples: int, steps_mv: int) -> None:
    """Move the chosen part of the selected caliper by samples, or by hundredths of a millivolt."""
    caliper, record = marks.caliper, marks.record
    if caliper is None or record is None or caliper.lead not in record.traces:
        return
    part = marks.part
    if part in (Part.LOW, Part.HIGH) and samples:
        part = Part.WHOLE
    if part in (Part.START, Part.END) and steps_mv:
        part = Part.WHOLE  # the bar of a time caliper goes up and down as a whole
    seconds = samples / record.traces[caliper.lead].rate_hz
    after, moved = moved_part(caliper, part, seconds, steps_mv * NUDGE_MV, record)
    if part is marks.part:
        marks.part = moved
    marks.change_caliper(tr("move caliper"), settled(after, marks), group=f"nudge:{caliper.id}")


def settled(caliper: Caliper, marks: Marks) -> Caliper:
    """Return a caliper that was moved, a QT with the RR interval of the beat that it now stands at."""
    return with_rr(caliper, marks) if caliper.kind is CaliperKind.QT else caliper


def next_part(marks: Marks) -> None:
    """Choose another part of the selected caliper for the keys."""
    caliper = marks.caliper
    if caliper is None:
        return
    parts = PARTS[caliper.kind]
    here = parts.index(marks.part) if marks.part in parts else -1
    marks.select(caliper.id, parts[(here + 1) % len(parts)])
    marks.said.emit(tr("Keys move the {part}.").format(part=part_name(marks.part)))


def next_caliper(marks: Marks, direction: int) -> None:
    """Select the next or previous caliper and bring it into view."""
    if not marks.calipers:
        return
    names = [caliper.id for caliper in marks.calipers]
    here = names.index(marks.selected) if marks.selected in names else (-1 if direction > 0 else 0)
    chosen = marks.calipers[(here + direction) % len(names)]
    marks.session.go_to(chosen.start_s)
    marks.select(chosen.id)


def change_lead(marks: Marks, plan: PaperPlan, direction: int) -> None:
    """Move the selected caliper to the next or previous lead of the page, to where that lead is shown."""
    caliper, record = marks.caliper, marks.record
    strips = sorted(plan.strips, key=lambda strip: (strip.column, strip.row))
    leads = list(dict.fromkeys(lead_of(strip) for strip in strips))
    if caliper is None or record is None or not leads:
        return
    here = leads.index(caliper.lead) if caliper.lead in leads else -1
    after = replace(caliper, lead=leads[(here + direction) % len(leads)])
    if not is_visible(after, plan):
        strip = next(strip for strip in plan.strips if lead_of(strip) == after.lead)
        after = after.moved(_shift_s(after, strip, marks.beats(), record))
    marks.change_caliper(tr("move caliper to another lead"), _level_again(caliper, after, record), f"lead:{caliper.id}")


def _shift_s(caliper: Caliper, strip: Strip, beats: Sequence[Beat], record: Record) -> float:
    """Return by how much a caliper moves to stand in the middle of a strip, its beginning on a beat if there is one."""
    shift = (strip.start_s + strip.end_s - caliper.start_s - caliper.end_s) / 2
    goal = caliper.start_s + shift
    near = min((beat.time_s for beat in beats), key=lambda time_s: abs(time_s - goal), default=goal)
    start_s = near if strip.start_s <= near < strip.end_s else goal
    return min(max(start_s, 0.0), record.duration_s - (caliper.end_s - caliper.start_s)) - caliper.start_s


def _level_again(before: Caliper, after: Caliper, record: Record) -> Caliper:
    """Return a caliper whose one line stood on the old lead's trace with that line on the new lead's trace."""
    if not before.kind.has_amplitude:
        return after
    old, new = value_at(record, before.lead, before.start_s), value_at(record, after.lead, after.start_s)
    if old is None or new is None or old not in (before.low_mv, before.high_mv):
        return after
    other = before.low_mv if old == before.high_mv else before.high_mv
    return replace(after, low_mv=min(other, new), high_mv=max(other, new))


# QT ---------------------------------------------------------------------------------------------------------------


def with_rr(caliper: Caliper, marks: Marks, *, mean: bool | None = None) -> Caliper:
    """Return a QT caliper with the RR interval before its beat, or the record's mean (`mean`, or if it had that)."""
    wants_mean = caliper.rr_from == RR_MEAN if mean is None else mean
    gaps = marks.record.gaps if marks.record is not None else ()
    before = None if wants_mean else rr_before_ms(marks.beats(), caliper.start_s, gaps)
    if before is not None:
        return replace(caliper, rr_ms=before, rr_from=RR_BEFORE)
    measured = marks.findings.measurements.rr_ms if marks.findings is not None else None
    if measured is not None and measured.mean > 0:
        return replace(caliper, rr_ms=measured.mean, rr_from=RR_MEAN)
    return replace(caliper, rr_ms=None, rr_from="")


def rr_before_ms(beats: Sequence[Beat], onset_s: float, gaps: Sequence[Gap] = ()) -> float | None:
    """Return the RR interval in ms before the beat whose QRS begins at `onset_s`; None where it is not recorded."""
    times = [beat.time_s for beat in beats]
    index = bisect_left(times, onset_s - 0.02)
    if not 0 < index < len(times) or times[index] - onset_s > 0.2:
        return None
    start_s, end_s = times[index - 1], times[index]
    if end_s - start_s > LONGEST_RR_S or any(gap.start_s < end_s and gap.end_s > start_s for gap in gaps):
        return None
    return (end_s - start_s) * 1000.0


def qt_ends(
    findings: Findings | None, beats: Sequence[Beat], lead: str, strip: Strip, chosen_s: float | None
) -> tuple[float, float] | None:
    """Return QRS onset and T offset in s as measured, of the chosen beat or the one nearest to the strip's middle.

    The lead's own waves come first, then those of all leads, then the median beat laid over a beat; None where nothing
    was measured.
    """
    if findings is None:
        return None
    goal = chosen_s if chosen_s is not None else (strip.start_s + strip.end_s) / 2
    for name in (lead, "global"):
        own = [wave for wave in findings.waves if wave.lead == name]
        onsets = sorted(wave.onset_s for wave in own if wave.wave == "QRS")
        offsets = sorted(wave.offset_s for wave in own if wave.wave == "T")
        pairs = []
        for number, onset in enumerate(onsets):
            limit = min(onset + LONGEST_QT_S, onsets[number + 1] if number + 1 < len(onsets) else onset + LONGEST_QT_S)
            end = next((offset for offset in offsets if onset < offset <= limit), None)
            if end is not None and strip.start_s <= onset and end < strip.end_s:
                pairs.append((onset, end))
        if pairs:
            return min(pairs, key=lambda pair: abs(pair[0] - goal))
    marks_s = findings.median.marks_s if findings.median is not None else {}
    if {"qrs_onset", "t_offset"} <= marks_s.keys():
        spans = [(beat.time_s + marks_s["qrs_onset"], beat.time_s + marks_s["t_offset"]) for beat in beats]
        inside = [span for span in spans if strip.start_s <= span[0] and span[1] < strip.end_s]
        if inside:
            return min(inside, key=lambda span: abs(span[0] - goal))
    return None
