"""HL7 annotated ECG: one rhythm series, a sequence set for each stretch of samples, marks as annotations.

Source: HL7 v3 Annotated ECG, schema PORT_MT020001. The schema was made for drug trials: what a clinic does not have of
one is said to be unknown (nullFlavor UNK).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from cardio_desktop import __version__
from cardio_desktop.core.errors import WriteError, one_line
from cardio_desktop.core.progress import Progress
from cardio_desktop.core.record import Annotation, Patient, Record
from cardio_desktop.core.units import millivolts_per
from cardio_desktop.io.aecg_reader import MAX_SAMPLES
from cardio_desktop.io.lead_codes import LEAD_OF_CODE
from cardio_desktop.io.whole_files import WholeFiles
from cardio_desktop.io.writers.scaled import Scaled, decimal, present_runs, scaled
from cardio_desktop.words import Remark

_MDC = 'codeSystem="2.16.840.1.113883.6.24" codeSystemName="MDC"'
_ACT = 'codeSystem="2.16.840.1.113883.5.4" codeSystemName="ActCode"'
OWN_SYSTEM = "1d948833-0f34-4073-8849-4d12bd232129"
"""The root of numbers and codes whose own system is not known or is ours, made once (RFC 4122)."""
_LINE = 24
"""Samples in a line of text."""
_KNOWN = frozenset(LEAD_OF_CODE.values())
_BEATS = {
    "N": "MDC_ECG_BEAT_NORMAL", "V": "MDC_ECG_BEAT_V_P_C", "A": "MDC_ECG_BEAT_A_P_C", "L": "MDC_ECG_BEAT_BLK_L_BRNCH",
    "R": "MDC_ECG_BEAT_BLK_R_BRNCH", "Q": "MDC_ECG_BEAT_UNKNOWN",
}  # fmt: skip


def write_aecg(record: Record, files: WholeFiles, progress: Progress | None = None) -> tuple[Remark, ...]:
    """Write a record and return what the format cannot hold of it."""
    everything = scaled(record)
    channels = [c for c in everything if c.channel.is_voltage]
    target = files.path(".xml")
    if not channels:
        raise WriteError(target, Remark("no-voltages"), Remark("choose-another-format"))
    if sum(map(len, channels)) > MAX_SAMPLES:
        raise WriteError(target, Remark("aecg-too-long", {"most": MAX_SAMPLES}), Remark("choose-another-format"))
    told: list[Remark] = []
    if others := [c.channel.label for c in everything if not c.channel.is_voltage]:
        told.append(Remark("lost-channels", {"labels": ", ".join(others)}))
    patient = record.patient
    lost = [name for name, value in (("height", patient.height_cm), ("weight", patient.weight_kg)) if value]
    lost += ["age"] if patient.age_years is not None and not patient.birth_date else []
    if lost:
        told.append(Remark("lost-patient", {"what": tuple(Remark(f"patient-{name}") for name in lost)}))
    with files.open(".xml") as stream:
        for piece in _document(record, channels, progress):
            stream.write(piece.encode())
    return tuple(told)


def _document(record: Record, channels: list[Scaled], progress: Progress | None) -> Iterator[str]:
    start = record.start_time
    end = start + timedelta(seconds=record.duration_s) if start else None
    span = _span(start, end)
    yield f"""<?xml version="1.0" encoding="UTF-8"?>
<AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" type="Observation">
<id root="{uuid.uuid4()}"/>
<code code="93000" codeSystem="2.16.840.1.113883.6.12" codeSystemName="CPT-4"/>
<text>{escape(_about(record))}</text>
{span}
{_subject(record.patient)}
<component><series>
<id root="{uuid.uuid4()}"/>
<code code="RHYTHM" {_ACT}/>
{span}
<author><seriesAuthor>
<manufacturedSeriesDevice>
<manufacturerModelName>{escape(one_line(record.device) or "unknown")}</manufacturerModelName>
<softwareName>Cardio Desktop {__version__}</softwareName>
</manufacturedSeriesDevice>
</seriesAuthor></author>
"""
    sets: dict[tuple[Fraction, int, int], list[Scaled]] = {}
    for channel in channels:
        for first, last in present_runs((channel,), channel.rate, len(channel)):
            sets.setdefault((channel.rate, first, last), []).append(channel)
    for number, ((rate, first, last), group) in enumerate(sorted(sets.items(), key=lambda one: one[0][1] / one[0][0])):
        yield from _sequence_set(start, rate, first, last, group)
        if progress:
            progress(99.0 * number / len(sets))
    yield from _marks(record)
    yield "</series></component>\n</AnnotatedECG>\n"


def _about(record: Record) -> str:
    words = [
        "SIMULATED ECG, not of a patient" if record.simulated else "",
        f"De-identified: {record.deidentified}" if record.deidentified else "",
    ]
    return "; ".join(word for word in words if word) or "ECG"


def _span(start: datetime | None, end: datetime | None) -> str:
    if not start or not end:
        return '<effectiveTime><low nullFlavor="UNK"/><high nullFlavor="UNK"/></effectiveTime>'
    return f'<effectiveTime><low value="{_stamp(start)}"/><high value="{_stamp(end)}"/></effectiveTime>'


def _stamp(moment: datetime) -> str:
    return f"{moment.year:04d}{moment:%m%d%H%M%S}.{moment.microsecond:06d}"


def _subject(patient: Patient) -> str:
    sex = {"male": "M", "female": "F"}.get(patient.sex or "")
    gender = f'code="{sex}"' if sex else 'code="UN"'
    born = f'value="{patient.birth_date.replace("-", "")}"' if patient.birth_date else 'nullFlavor="UNK"'
    extension = f" extension={quoteattr(one_line(patient.id))}" if patient.id else ""
    unknown = '<id nullFlavor="UNK"/>'
    id_ = f'<id root="{OWN_SYSTEM}"{extension}/>' if extension else unknown
    name = f"<name>{escape(one_line(patient.name))}</name>\n" if patient.name else ""
    return f"""<componentOf><timepointEvent>
<componentOf><subjectAssignment>
<subject><trialSubject>
{id_}
<subjectDemographicPerson>
{name}<administrativeGenderCode {gender} codeSystem="2.16.840.1.113883.5.1"/>
<birthTime {born}/>
</subjectDemographicPerson>
</trialSubject></subject>
<componentOf><clinicalTrial>{unknown}</clinicalTrial></componentOf>
</subjectAssignment></componentOf>
</timepointEvent></componentOf>"""


def _sequence_set(start: datetime | None, rate: Fraction, first: int, last: int, group: list[Scaled]) -> Iterator[str]:
    begin_s = float(first / rate)
    if start:
        kind, head = "TIME_ABSOLUTE", f'<head value="{_stamp(start + timedelta(seconds=begin_s))}"/>'
        value = "GLIST_TS"
    else:
        kind, head, value = "TIME_RELATIVE", f'<head value="{decimal(begin_s)}" unit="s"/>', "GLIST_PQ"
    yield f"""<component><sequenceSet>
<component><sequence>
<code code="{kind}" {_ACT}/>
<value xsi:type="{value}">{head}<increment value="{decimal(float(1 / rate))}" unit="s"/></value>
</sequence></component>
"""
    for channel in group:
        own = channel.channel
        unit = next((u for u in ("uV", "mV", "V") if millivolts_per(u) == millivolts_per(own.unit)), "mV")
        per_count = (millivolts_per(own.unit) or 1.0) / (millivolts_per(unit) or 1.0) / channel.counts_per_unit
        offset = -channel.baseline * per_count
        yield f"""<component><sequence>
<code {_lead(own.lead or own.label)}/>
<value xsi:type="SLIST_PQ">
<origin value="{decimal(offset + 0.0)}" unit="{unit}"/>
<scale value="{decimal(per_count)}" unit="{unit}"/>
<digits>"""
        counts = channel.counts(first, last)
        for place in range(0, len(counts), _LINE):
            yield " ".join(map(str, counts[place : place + _LINE].tolist())) + "\n"
        yield "</digits></value>\n</sequence></component>\n"
    yield "</sequenceSet></component>\n"


def _lead(name: str) -> str:
    if name in _KNOWN:
        word = name.upper() if name.startswith("aV") else name
        return f'code="MDC_ECG_LEAD_{word}" {_MDC}'
    return f'code={quoteattr(one_line(name, 40) or "ECG")} codeSystem="{OWN_SYSTEM}" codeSystemName="local"'


def _marks(record: Record) -> Iterator[str]:
    """Yield one annotation set with a mark for each annotation: kind and symbol in its code, its text as value."""
    if not record.annotations:
        return
    moment = _stamp(record.start_time) if record.start_time else ""
    time = f'<activityTime value="{moment}"/>' if moment else '<activityTime nullFlavor="UNK"/>'
    yield f"<subjectOf><annotationSet>\n{time}\n"
    for mark in record.annotations:
        yield _mark(record.start_time, mark)
    yield "</annotationSet></subjectOf>\n"


def _mark(start: datetime | None, mark: Annotation) -> str:
    ends = (mark.time_s, mark.time_s + mark.duration_s)
    if start:
        kind, type_ = "TIME_ABSOLUTE", "IVL_TS"
        low, high = (f'value="{_stamp(start + timedelta(seconds=end))}"' for end in ends)
    else:
        kind, type_ = "TIME_RELATIVE", "IVL_PQ"
        low, high = (f'value="{decimal(round(end, 6) + 0.0)}" unit="s"' for end in ends)
    code = f'code={quoteattr(f"{mark.kind}:{mark.symbol}")} codeSystem="{OWN_SYSTEM}" codeSystemName="Cardio Desktop"'
    beat = f' displayName="{_BEATS[mark.symbol]}"' if mark.kind == "beat" and mark.symbol in _BEATS else ""
    text = f'<value xsi:type="ST">{escape(one_line(mark.text, 900))}</value>\n' if mark.text else ""
    upper = f"<high {high}/>" if mark.duration_s > 0 else ""
    return f"""<component><annotation>
<code {code}{beat}/>
{text}<support><supportingROI>
<code code="ROIPS" {_ACT}/>
<component><boundary>
<code code="{kind}" {_ACT}/>
<value xsi:type="{type_}"><low {low}/>{upper}</value>
</boundary></component>
</supportingROI></support>
</annotation></component>
"""
