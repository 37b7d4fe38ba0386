"""What the panel says about findings, as lines of text."""

from __future__ import annotations

from dataclasses import replace

from cardio_desktop.app.i18n import decimals, language, tr
from cardio_desktop.app.session import State
from cardio_desktop.app.terms import statement_name, term
from cardio_desktop.core.findings import (
    CLASS_NAMES,
    Beat,
    Evidence,
    Findings,
    LeadQuality,
    Quality,
    StatementScore,
    Tier,
    tier_limits,
)
from cardio_desktop.core.quantities import quantity_name
from cardio_desktop.narrative.measured import Row, measured_rows
from cardio_desktop.narrative.texts import SCOPE, UNTOLD_STATEMENTS
from cardio_desktop.ui.paper.evidence_words import class_words, faithfulness_words
from cardio_desktop.words import Remark

STATEMENTS_SHOWN = 8
STATEMENT_FROM = 0.10


def tier_title(tier: Tier) -> str:
    """Return a tier as a headline."""
    return {
        Tier.LOW: tr("Low"),
        Tier.MODERATE: tr("Moderate"),
        Tier.HIGH: tr("High"),
        Tier.NOT_ASSESSED: tr("Not assessed"),
    }[tier]


def threshold_ticks(findings: Findings) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return where Low ends and High begins for each class."""
    limits = {code: tier_limits(code, findings.risk.thresholds) for code in CLASS_NAMES}
    names = tr("Low below"), tr("High from")
    return {code: tuple(zip(names, values, strict=True)) for code, values in limits.items() if values}


def wave_words(wave: str) -> str:
    """Return a wave of a flag in words ("ST" gives "ST segment")."""
    return {"P": tr("P wave"), "QRS": "QRS", "ST": tr("ST segment"), "T": tr("T wave")}.get(wave, wave)


def lead_range(leads: list[str]) -> str:
    """Return leads with chest leads that follow one another drawn together ("V2", "V3", "V4" give "V2-V4")."""
    chest = sorted(int(lead[1:]) for lead in leads if lead[:1] == "V" and lead[1:].isdigit())
    parts = [lead for lead in leads if not (lead[:1] == "V" and lead[1:].isdigit())]
    start = 0
    for k in range(1, len(chest) + 1):
        if k == len(chest) or chest[k] != chest[k - 1] + 1:
            first, last = chest[start], chest[k - 1]
            parts.append(f"V{first}" if first == last else f"V{first}-V{last}")
            start = k
    return ", ".join(parts)


def flag_words(beat: Beat) -> list[str]:
    """Return one line for each flag of a beat."""
    lines = []
    for flag in beat.flags:
        where = f", {wave_words(flag.wave)}" if flag.wave else ""
        name = term(CLASS_NAMES.get(flag.code, flag.code))
        lines.append(f"{name}: {flag.lead}{where} {decimals(f'{flag.evidence:+.3f}')} logit")
    return lines


def beat_line(beat: Beat, number: int) -> str:
    """Return a flagged beat as one line of the list ("Beat 7, 5.12 s: MI, ST segment in V2-V3")."""
    places: dict[tuple[str, str | None], list[str]] = {}
    for flag in beat.flags:
        leads = places.setdefault((flag.code, flag.wave), [])
        if flag.lead not in leads:
            leads.append(flag.lead)
    words = []
    for (code, wave), leads in places.items():
        what = f"{code}, {wave_words(wave)}" if wave else code
        words.append(tr("{what} in {leads}").format(what=what, leads=lead_range(leads)))
    line = tr("Beat {number}, {time} s: {what}")
    return line.format(number=number, time=decimals(f"{beat.time_s:.2f}"), what="; ".join(words))


def measurement_rows(findings: Findings) -> list[Row]:
    """Return a row for everything that was measured, the rate with how many beats it was counted from."""
    beats = tr("{count} beats").format(count=len(findings.beats))
    rows = [row for row in measured_rows(findings.measurements, language()) if row.reason is None]
    return [replace(row, value=f"{row.value} ({beats})") if row.key == "heart_rate_bpm" else row for row in rows]


def unmeasured_lines(findings: Findings) -> list[str]:
    """Return what has no value and why, those of one reason together."""
    by_reason: dict[Remark, list[str]] = {}
    for name, reason in findings.measurements.not_measured.items():
        by_reason.setdefault(reason, []).append(quantity_name(name, language()))
    return [f"{', '.join(names)}: {term(reason)}" for reason, names in by_reason.items()]


def told_statements(findings: Findings) -> list[StatementScore]:
    """Return the statements worth telling, the most probable first."""
    if findings.prediction is None:
        return []
    told = [
        statement
        for statement in findings.prediction.statements
        if statement.probability >= STATEMENT_FROM and statement.code not in UNTOLD_STATEMENTS
    ]
    return sorted(told, key=lambda s: -s.probability)[:STATEMENTS_SHOWN]


def statement_line(statement: StatementScore) -> str:
    """Return a statement with its probability."""
    name = statement_name(statement.code, statement.description)
    return f"{100 * statement.probability:.0f} %  {name} ({statement.code})"


def quality_lines(quality: Quality) -> list[str]:
    """Return what is wrong with the signal, or that nothing was found."""
    lines = [term(reason) for reason in quality.reasons]
    if quality.reversal:
        lines.append(tr("Electrodes possibly swapped: {leads}").format(leads=quality.reversal))
    # What makes a lead unusable already stands among the reasons of the record.
    lines += [f"{lead}: {_reasons(q)}" for lead, q in quality.leads.items() if q.usable and q.reasons]
    return lines or [tr("No lead failed a quality check.")]


def lead_words(lead: str, quality: LeadQuality) -> str:
    """Return the quality of one lead in a line."""
    state = tr("usable") if quality.usable else tr("not usable")
    words = f"{lead}: {state}"
    if quality.reasons:
        words += f" ({_reasons(quality)})"
    if quality.snr_db is not None:
        words += ", " + tr("signal to noise {snr} dB").format(snr=f"{quality.snr_db:.0f}")
    return words


def _reasons(quality: LeadQuality) -> str:
    return "; ".join(term(reason) for reason in quality.reasons)


def score_lines(state: State) -> list[str]:
    """Return how the scores come about: that of each class, how the shown evidence adds up, how faithful its map is."""
    shown, evidence, code = state.shown, state.evidence, state.evidence_class
    if shown is None or shown.prediction is None:
        return []
    ticks = threshold_ticks(shown)
    said = tr("{name}: {percent} (logit {logit})")
    lines = []
    for score in shown.prediction.classes:
        limits = "; ".join(f"{name} {100 * value:.1f} %" for name, value in ticks.get(score.code, ()))
        line = said.format(
            name=term(score.name), percent=f"{100 * score.probability:.2f} %", logit=f"{score.logit:+.2f}"
        )
        lines.append(decimals(f"{line}; {limits}" if limits else line))
    if evidence is not None and code is not None:
        lines += [f"{class_words(shown, code)}:", evidence_sum(evidence, code), faithfulness_words(code)]
    return lines


def evidence_sum(evidence: Evidence, code: str) -> str:
    """Return how the evidence adds up to the score of a class or statement."""
    index = evidence.classes.index(code)
    logit, bias = float(evidence.logit[index]), float(evidence.bias[index])
    total = float(evidence.of(code).sum(dtype="float64"))
    words = tr("Constant {bias} + evidence {evidence} = score {logit} (logits)")
    return decimals(words.format(bias=f"{bias:+.2f}", evidence=f"{total:+.2f}", logit=f"{logit:+.2f}"))


def model_lines(findings: Findings) -> list[str]:
    """Return which network spoke, and what nobody looked at."""
    lines = []
    if findings.prediction is not None:
        found = findings.prediction
        lines.append(f"{found.model_name} {found.model_version}, SHA-256 {found.model_sha256[:12]}…")
        if found.missing_leads:
            missing = ", ".join(found.missing_leads)
            lines.append(tr("Not shown to the network (missing or unusable): {leads}").format(leads=missing))
    lines.append(term(SCOPE))
    return lines
