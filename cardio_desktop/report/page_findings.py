"""What was found, as blocks for the pages after the ECG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cardio_desktop.core.findings import CLASS_NAMES, Beat, Findings, Prediction, Risk, tier_limits
from cardio_desktop.core.record import Record
from cardio_desktop.report import style
from cardio_desktop.report.blocks import Block, heading, paragraph, space, table_row
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.narrative import (
    LOW_IS_NOT_NO,
    MEASURED,
    SCOPE,
    TIER_MEANINGS,
    UNTOLD_STATEMENTS,
    percent,
    record_reasons,
    sentence,
)
from cardio_desktop.report.sheet import Sheet

MOST_BEATS = 24
MOST_STATEMENTS = 8
NAME_MM = 43.0
VALUE_MM = 12.0


def findings_blocks(record: Record, findings: Findings, identity: Identity, width_mm: float) -> list[Block]:
    """Return all findings in reading order: opinion, evidence, measurements, quality, limits, provenance."""
    prediction = findings.prediction
    blocks = _tier(findings.risk, identity, width_mm)
    if prediction is not None:
        blocks += _probabilities(prediction, findings.risk, width_mm)
        blocks += _statements(prediction, width_mm)
    blocks += _measurements(findings, width_mm)
    blocks += _beats(findings, width_mm)
    blocks += _quality(findings, identity, width_mm)
    if findings.warnings:
        blocks += heading("Warnings", width_mm)
        for warning in findings.warnings:
            blocks += paragraph(f"• {identity.scrub(warning)}", width_mm)
    blocks += heading("Limits", width_mm)
    blocks += paragraph(SCOPE, width_mm) + paragraph(LOW_IS_NOT_NO, width_mm)
    return blocks + _provenance(record, findings, identity, width_mm)


def _tier(risk: Risk, identity: Identity, width_mm: float) -> list[Block]:
    color = style.TIER_COLORS[risk.tier]

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.rectangles([(left, top, width_mm, 11.0)], color)
        words = "Risk tier: " + risk.tier.value
        sheet.text(left + 4, top + 7.4, words, size_pt=15, bold=True, color=style.WHITE, width_mm=width_mm - 8)

    reason = paragraph(identity.scrub(sentence(risk.reason)), width_mm, size_pt=9, bold=True)
    return [Block(13.0, draw, keep=True), *reason, *paragraph(TIER_MEANINGS[risk.tier], width_mm, size_pt=9)]


def _probabilities(prediction: Prediction, risk: Risk, width_mm: float) -> list[Block]:
    blocks = heading("Calibrated probabilities", width_mm)
    for score in prediction.classes:
        blocks += _bar(score.name, score.probability, tier_limits(score.code, risk.thresholds), width_mm)
    if words := limits_text(risk.thresholds):
        blocks += paragraph(words, width_mm, size_pt=7, color=style.NOTE)
    return blocks


def limits_text(thresholds: Mapping[str, float]) -> str:
    """Return the meaning of the marks on the bars."""
    if not (mi := tier_limits("MI", thresholds)):
        return ""
    low, high = tier_limits("STTC", thresholds)
    return (
        f"Marks: Low needs every pathology below its first mark (infarction {100 * mi[0]:.1f} %, others "
        f"{100 * low:.1f} %), High begins at the second ({100 * high:.1f} %)."
    )


def _bar(name: str, probability: float, marks: Sequence[float], width_mm: float) -> list[Block]:
    room = width_mm - NAME_MM - VALUE_MM

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.text(left, top + 3.5, name, width_mm=NAME_MM - 2)
        x = left + NAME_MM
        sheet.rectangles([(x, top + 0.6, room, 3.6)], style.mix(style.FAINT, 0.45))
        sheet.rectangles([(x, top + 0.6, room * probability, 3.6)], style.BAR)
        if marks:
            ends = [(x + room * mark, top - 0.1, x + room * mark, top + 4.9) for mark in marks]
            sheet.lines(ends, style.INK, 0.35)
        sheet.text(left + width_mm, top + 3.5, percent(probability), align="right", bold=True)

    return [Block(5.6, draw)]


def _statements(prediction: Prediction, width_mm: float) -> list[Block]:
    told = [s for s in prediction.statements if s.code not in UNTOLD_STATEMENTS]
    if not told:
        return []
    blocks = heading("Statements with the highest probability", width_mm)
    widths = (16.0, width_mm - 16.0 - 14.0, 14.0)
    for item in sorted(told, key=lambda s: (-s.probability, s.code))[:MOST_STATEMENTS]:
        blocks += table_row((item.code, item.description, percent(item.probability)), widths)
    return blocks


def _measurements(findings: Findings, width_mm: float) -> list[Block]:
    found = findings.measurements
    rows = [("Heart rate", _value(found.heart_rate_bpm, "/min", found.not_measured.get("heart_rate_bpm")))]
    if rr := found.rr_ms:
        rows.append(("RR intervals", f"mean {rr.mean:.0f}, {rr.min:.0f} to {rr.max:.0f}, SD {rr.sd:.0f} ms"))
    else:
        rows.append(("RR intervals", _value(None, "", found.not_measured.get("rr_ms"))))
    for name, words in MEASURED.items():
        value = getattr(found, name)
        if name == "qtc_ms" and value:
            rows += [(f"QTc ({formula.capitalize()})", _value(ms, " ms", None)) for formula, ms in value.items()]
        elif name == "leads":
            if value is None:
                rows.append((words.capitalize(), _value(None, "", found.not_measured.get(name))))
        else:
            unit = "°" if name.endswith("deg") else " ms"
            rows.append((words, _value(value, unit, found.not_measured.get(name))))
    blocks = heading(f"Measurements, {findings.start_s:g} to {findings.end_s:g} s", width_mm)
    for row in rows:
        blocks += table_row(row, (NAME_MM, width_mm - NAME_MM))
    if findings.rhythm:
        words = f"{findings.rhythm.statement} ({percent(findings.rhythm.confidence)})"
        blocks += table_row(("Rhythm", words), (NAME_MM, width_mm - NAME_MM))
    return blocks


def _value(value: float | None, unit: str, reason: str | None) -> str:
    return f"{value:.0f}{unit}" if value is not None else f"– ({reason or 'not measured'})"


def _beats(findings: Findings, width_mm: float) -> list[Block]:
    title = f"Flagged beats ({len(findings.flagged)} of {len(findings.beats)})"
    blocks = heading(title, width_mm)
    if findings.evidence is None:
        return blocks + paragraph("Without the network's opinion no beat is pointed at.", width_mm)
    if not findings.flagged:
        return blocks + paragraph("No beat carries enough of the evidence to be pointed at.", width_mm)
    widths = (16.0, 25.0, width_mm - 41.0)
    blocks += table_row(("Time, s", "Kind", "Evidence in logits: class, lead (wave)"), widths, bold=True)
    for beat in findings.flagged[:MOST_BEATS]:
        blocks += table_row((f"{beat.time_s:.2f}", beat.kind, _flags(beat)), widths)
    if len(findings.flagged) > MOST_BEATS:
        blocks += paragraph(f"and {len(findings.flagged) - MOST_BEATS} more, not listed here.", width_mm)
    return blocks


def _flags(beat: Beat) -> str:
    by_class: dict[str, list[str]] = {}
    for flag in beat.flags:
        wave = f" ({flag.wave})" if flag.wave else ""
        by_class.setdefault(flag.code, []).append(f"{flag.lead}{wave} {flag.evidence:+.2f}")
    return "; ".join(f"{CLASS_NAMES.get(code, code)}: {', '.join(leads)}" for code, leads in by_class.items())


def _quality(findings: Findings, identity: Identity, width_mm: float) -> list[Block]:
    quality = findings.quality
    blocks = heading("Quality of the recording", width_mm)
    verdict = "usable" if quality.usable else "NOT usable"
    whole = record_reasons(quality)
    reasons = f": {'; '.join(whole)}" if whole else ""
    blocks += paragraph(identity.scrub(sentence(f"As a whole {verdict}{reasons}")), width_mm)
    good = [name for name, lead in quality.leads.items() if lead.usable and not lead.reasons]
    for name, lead in quality.leads.items():
        if name not in good:
            state = "usable" if lead.usable else "not usable"
            noise = f", signal to noise {lead.snr_db:.0f} dB" if lead.snr_db is not None else ""
            words = f"{state}{': ' if lead.reasons else ''}{', '.join(lead.reasons)}{noise}"
            blocks += table_row((name, identity.scrub(words)), (16.0, width_mm - 16.0))
    if good:
        blocks += paragraph(f"Without remark: {', '.join(good)}.", width_mm)
    if quality.reversal:
        blocks += paragraph(f"Electrodes that may be swapped: {quality.reversal}.", width_mm, bold=True)
    return blocks


def _provenance(record: Record, findings: Findings, identity: Identity, width_mm: float) -> list[Block]:
    blocks = heading("Where this comes from", width_mm)
    lines = [f"File: {identity.file} ({record.format}), {record.duration_s:g} s at {record.rate_hz:g} Hz."]
    if identity.device:
        lines.append(f"Recorder: {identity.device}.")
    if record.derived_leads:
        lines.append(f"Leads computed from others: {', '.join(record.derived_leads)}.")
    if findings.prediction is not None:
        model = findings.prediction
        lines += [f"Model: {model.model_name} {model.model_version}, sha256:", model.model_sha256]
    else:
        lines.append("Model: none was used.")
    lines.append(f"Software: Cardio Desktop {findings.software}.")
    if identity.created:
        lines.append(f"Report made {identity.created}.")
    for line in lines:
        blocks += paragraph(line, width_mm, size_pt=7, after_mm=0.2)
    return [*blocks, space(0.1)]
