"""What the cells of the worklist say, sort by, and are searched for."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from cardio_desktop.app.critical import words_of
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.terms import statement_name, term
from cardio_desktop.app.worklist import Entry, Progress
from cardio_desktop.core.conclusion import STATES
from cardio_desktop.core.events import worst_of_each
from cardio_desktop.core.findings import CLASS_NAMES, Tier
from cardio_desktop.reading.row_filter import Row, Value
from cardio_desktop.ui.paper.captions import clock

MARK = "!"
"""Of a record in which something critical was found."""


class Column(IntEnum):
    """The columns from left to right."""

    RISK = 0
    NAME = 1
    STATE = 2
    CONCLUSION = 3
    TRACE = 4
    CRITICAL = 5
    RATE = 6
    PATIENT = 7
    TIME = 8
    PRIORS = 9
    READER = 10
    REMARK = 11


FOUND = (Column.RISK, Column.CRITICAL, Column.RATE, Column.CONCLUSION, Column.REMARK)
"""The columns that show what the program found, which waits for a reader who wants to read first."""


def titles() -> dict[Column, str]:
    """Return what stands over the columns."""
    return {
        Column.RISK: tr("Risk"),
        Column.NAME: tr("Record"),
        Column.STATE: tr("State"),
        Column.TRACE: tr("10 s"),
        Column.CRITICAL: tr("Critical"),
        Column.RATE: tr("Rate"),
        Column.PATIENT: tr("Patient"),
        Column.TIME: tr("Recorded"),
        Column.PRIORS: tr("Before"),
        Column.CONCLUSION: tr("Conclusion"),
        Column.READER: tr("Reader"),
        Column.REMARK: tr("Remark"),
    }


def title_tip(column: Column, hides: bool) -> str:
    """Return what a column shows, and why it shows nothing while findings wait for the reader (`hides`)."""
    told = {
        Column.RISK: tr("The risk tier; ! marks what is critical"),
        Column.STATE: tr("New, read, signed or amended"),
        Column.PRIORS: tr("How many earlier ECGs of this patient are known"),
        Column.CONCLUSION: tr("What the reader concluded; in italics the program's own line where there is none"),
        Column.READER: tr("Who signed last, or wrote the draft"),
    }.get(column, titles()[column])
    if hides and column in FOUND:
        told += "\n" + tr("Hidden until you show the record's findings, because you read first (F2 shows them).")
    return told


def tier_name(tier: str) -> str:
    """Return the name of a tier in the interface's language."""
    return {
        Tier.LOW.value: tr("Low"),
        Tier.MODERATE.value: tr("Moderate"),
        Tier.HIGH.value: tr("High"),
        Tier.NOT_ASSESSED.value: tr("Not assessed"),
    }.get(tier, tier)


def state_name(state: str) -> str:
    """Return the name of a reading's state in the interface's language."""
    names = (tr("new"), tr("read"), tr("signed"), tr("amended"))
    return dict(zip(STATES, names, strict=True))[state]


def state_text(entry: Entry) -> str:
    """Return how far the reading of a record has come; of one that cannot be read that it cannot."""
    return tr("not readable") if entry.problem else state_name(entry.conclusion.state)


def critical_words(entry: Entry) -> list[str]:
    """Return what is critical in a record, each kind once; nothing of findings that wait for the reader."""
    if entry.summary is None or entry.tier_only:
        return []
    return [words_of(event) for event, _ in worst_of_each(entry.summary.critical)]


def critical_text(entry: Entry) -> str:
    """Return what is critical, or only that something is where what it is waits for the reader."""
    return "; ".join(critical_words(entry)) or (MARK if entry.critical else "")


def risk_text(entry: Entry) -> str:
    """Return what stands in the first column, after the mark of what is critical."""
    return f"{MARK} {tier_text(entry)}" if entry.critical else tier_text(entry)


def tier_text(entry: Entry) -> str:
    """Return the tier, or why there is none."""
    if entry.problem:
        return tr("Not readable")
    if entry.hidden:
        return tr("hidden")
    return tier_name(entry.summary.tier) if entry.summary else tr("waiting")


def patient_text(entry: Entry) -> str:
    """Return the patient in one line: name or number, sex, age."""
    details = entry.details
    if details is None:
        return ""
    sex = {"female": tr("f"), "male": tr("m")}.get(details.sex, "")
    age = tr("{years} y").format(years=f"{details.age_years:.0f}") if details.age_years is not None else ""
    return ", ".join(part for part in (details.patient, " ".join(p for p in (sex, age) if p)) if part)


def time_text(entry: Entry) -> str:
    """Return when the record was made, or how long it is where the file does not tell."""
    details = entry.details
    if details is None:
        return ""
    length = "" if abs(details.duration_s - 10.0) < 0.5 else clock(details.duration_s)
    return ", ".join(part for part in (details.start_time, length) if part)


def conclusion_text(entry: Entry) -> str:
    """Return the reader's conclusion in one line, else the program's, which is marked as such."""
    own = " ".join(entry.conclusion.text.split())
    if own:
        return own
    line = entry.machine_line(language())
    if line:
        return tr("program: {line}").format(line=line)
    return tr("hidden") if entry.withheld and not entry.problem else ""


def remark_text(entry: Entry) -> str:
    """Return the error's sentence, why there is no tier, or what the network holds most likely."""
    if entry.problem:
        return entry.problem
    summary = entry.summary
    if summary is None:
        return ""
    if summary.tier == Tier.NOT_ASSESSED.value:
        return term(summary.why)
    if entry.tier_only:
        return tr("findings are hidden until you ask for them")
    told = [(code, words) for code, words, _ in summary.statements if code not in ("NORM", "SR")]
    parts = [statement_name(code, words) for code, words in told[:3]]
    likely = max((c for c in summary.probabilities if c != "NORM"), key=summary.probabilities.__getitem__, default="")
    if likely and summary.tier != Tier.LOW.value:
        named = f"{term(CLASS_NAMES.get(likely, likely))} {100 * summary.probabilities[likely]:.0f} %"
        parts = [named, *parts]
    details = entry.details
    if details is not None and summary.analysed_s < details.duration_s - 1.0:
        parts.append(tr("judged by its first {length}").format(length=clock(summary.analysed_s)))
    return "; ".join(parts)


def tip_text(entry: Entry) -> str:
    """Return everything about a row, for its tooltip."""
    lines = [str(entry.path), entry.problem]
    if words := critical_words(entry):
        lines += [tr("Critical:"), *words]
    elif entry.critical:
        lines.append(tr("The program found something critical in this record."))
    if entry.conclusion.text or not entry.withheld:
        lines.append(conclusion_text(entry))
    if entry.summary is not None and not entry.tier_only:
        lines.append(term(entry.summary.why))
    lines += [patient_text(entry), time_text(entry)]
    if entry.details is not None and entry.details.simulated:
        lines.append(tr("simulated"))
    if entry.details is not None and entry.details.thumbnail_lead:
        lines.append(tr("The picture shows lead {lead}.").format(lead=entry.details.thumbnail_lead))
    return "\n".join(line for line in lines if line)


def rate_text(entry: Entry) -> str:
    """Return the heart rate, "" where it is not known or waits for the reader."""
    rate = entry.summary.heart_rate_bpm if entry.summary and not entry.tier_only else None
    return f"{rate:.0f}" if rate is not None else ""


TEXTS: dict[Column, Callable[[Entry, int], str]] = {
    Column.RISK: lambda entry, _priors: risk_text(entry),
    Column.NAME: lambda entry, _priors: entry.found.name,
    Column.STATE: lambda entry, _priors: state_text(entry),
    Column.TRACE: lambda _entry, _priors: "",
    Column.CRITICAL: lambda entry, _priors: critical_text(entry),
    Column.RATE: lambda entry, _priors: rate_text(entry),
    Column.PATIENT: lambda entry, _priors: patient_text(entry),
    Column.TIME: lambda entry, _priors: time_text(entry),
    Column.PRIORS: lambda _entry, priors: str(priors) if priors else "",
    Column.CONCLUSION: lambda entry, _priors: conclusion_text(entry),
    Column.READER: lambda entry, _priors: entry.reader,
    Column.REMARK: lambda entry, _priors: remark_text(entry),
}
"""Column -> what its cell says of an entry, as far as the reader may see it, and of the number of earlier records."""


def _rate(entry: Entry) -> float:
    rate = entry.summary.heart_rate_bpm if entry.summary and not entry.tier_only else None
    return -1.0 if rate is None else rate


SORTS: dict[Column, Callable[[Entry, int, int], float | str]] = {
    Column.RISK: lambda entry, _row, _priors: entry.risk_rank,
    Column.NAME: lambda _entry, row, _priors: row,  # the scan's own order is the natural one
    Column.STATE: lambda entry, _row, _priors: STATES.index(entry.conclusion.state),
    Column.TRACE: lambda _entry, row, _priors: row,
    Column.CRITICAL: lambda entry, _row, _priors: entry.risk_rank if entry.critical else -1.0,
    Column.RATE: lambda entry, _row, _priors: _rate(entry),
    Column.PATIENT: lambda entry, _row, _priors: patient_text(entry).casefold(),
    Column.TIME: lambda entry, _row, _priors: entry.details.start_time if entry.details else "",
    Column.PRIORS: lambda _entry, _row, priors: priors,
    Column.CONCLUSION: lambda entry, _row, _priors: conclusion_text(entry).casefold(),
    Column.READER: lambda entry, _row, _priors: entry.reader.casefold(),
    Column.REMARK: lambda entry, _row, _priors: remark_text(entry).casefold(),
}
"""Column -> what it sorts an entry, its row and the number of its earlier records by."""


def searched(entry: Entry, priors: int) -> Row:
    """Return what the filter sees of an entry as far as the reader may see it."""
    summary = entry.summary if not entry.withheld else None
    told = summary.told if summary is not None else None
    statements = [f"{code} {statement_name(code, words)}" for code, words, _ in summary.statements] if summary else []
    line, rhythm = (told.line(language()), told.rhythm_words(language())) if told else ("", "")
    rest = told.rest(language()) if told else ""
    said = (
        entry.found.name,
        patient_text(entry),
        time_text(entry),
        remark_text(entry),
        risk_text(entry),
        critical_text(entry),
        entry.conclusion.text,
        line,
        rhythm,
        rest,
        state_name(entry.conclusion.state),
        entry.reader,
        *statements,
    )
    values: dict[str, Value] = {
        "state": entry.conclusion.state,
        "critical": "yes" if entry.critical else "no",
        "prior": float(priors),
        "record": entry.found.name,
        "reader": entry.reader,
    }
    if entry.summary is not None:
        values["tier"] = _TIERS.get(entry.summary.tier, "none")
    details = entry.details
    if details is not None:
        values |= {"patient": details.patient, "date": details.start_time, "sex": details.sex[:1]}
        if details.age_years is not None:
            values["age"] = details.age_years
    if told is not None and summary is not None:
        values |= {
            "rhythm": f"{rhythm} {' '.join(told.codes)}",
            "conclusion": f"{entry.conclusion.text} {line}".strip(),
            "statement": " ".join([*statements, rest]),
        }
        values |= {_MEASURED[key]: value for key, value in told.measured.items() if key in _MEASURED}
    elif entry.conclusion.text:
        values["conclusion"] = entry.conclusion.text
    return Row(" ".join(part for part in said if part).casefold(), values)


_TIERS = {Tier.HIGH.value: "high", Tier.MODERATE.value: "moderate", Tier.LOW.value: "low"}
_MEASURED = {
    "heart_rate_bpm": "rate",
    "pr_ms": "pr",
    "qrs_ms": "qrs",
    "qt_ms": "qt",
    "qtc_fridericia_ms": "qtc",
    "qrs_axis_deg": "axis",
}


def progress_text(progress: Progress) -> str:
    """Return how far the analysis is, in words."""
    if progress.total == 0:
        return tr("looking for records…") if progress.scanning else tr("no records")
    parts = [tr("{done} of {total} analysed").format(done=f"{progress.done:,}", total=f"{progress.total:,}")]
    if progress.scanning:
        parts.append(tr("still looking for records"))
    if progress.problems:
        parts.append(tr("{count} not readable").format(count=f"{progress.problems:,}"))
    if progress.paused:
        parts.append(tr("paused"))
    elif progress.stopped and progress.done < progress.total:
        parts.append(tr("stopped"))
    elif progress.running and progress.speed:
        parts.append(tr("{speed} records/s").format(speed=f"{progress.speed:.0f}"))
    return ", ".join(parts)
