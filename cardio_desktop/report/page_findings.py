"""What was found, as blocks for the pages after the ECG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cardio_desktop.core.caliper_paper import reading_lines
from cardio_desktop.core.calipers import Caliper
from cardio_desktop.core.findings import Beat, Findings, Prediction, Risk, Sentence, Tier, tier_limits
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount
from cardio_desktop.narrative import texts as fixed
from cardio_desktop.narrative.opinion import flags_text
from cardio_desktop.narrative.texts import (
    UNTOLD_STATEMENTS,
    class_name,
)
from cardio_desktop.report import style
from cardio_desktop.report.blocks import Block, heading, paragraph, space, table_row, together, unsplit_ends
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.report.page_measurements import has_page, measurement_blocks
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.report.sheet import Sheet
from cardio_desktop.report.stored import stored_blocks
from cardio_desktop.words import Remark
from cardio_desktop.words.statements import statement_name
from cardio_desktop.words.writing import sentence

MOST_BEATS = 24
MOST_STATEMENTS = 6
NAME_MM = 43.0
VALUE_MM = 12.0
SECTION_MM = 21.0
SOURCE_MM = 9.0
SECTIONS = {
    "critical": "Critical",
    "conclusion": "Conclusion",
    "normal": "Normal",
    "quality": "Quality",
    "rhythm": "Rhythm",
    "rate": "Rate",
    "axis": "Axis",
    "conduction": "Conduction",
    "hypertrophy": "Hypertrophy",
    "ischaemia": "ST segment",
    "infarction": "Infarction",
    "st_t": "T wave",
    "qt": "QT",
    "network": "Network",
    "record": "Summary",
}
SOURCES = {"measured": "M", "network": "N", "both": "M+N"}


def findings_blocks(
    record: Record,
    findings: Findings,
    identity: Identity,
    width_mm: float,
    say: Language,
    opinions: Sequence[ReaderOpinion] = (),
    calipers: Sequence[Caliper] = (),
    recount: Recount | None = None,
    scope: Sequence[Remark] = (),
) -> list[Block]:
    """Return all findings in reading order, from the reading and the network's opinion to limits and provenance."""
    prediction = findings.prediction
    blocks = _reading(findings, identity, width_mm, say)
    blocks += _recount(recount, width_mm, say)
    blocks += _tier(findings.risk, identity, width_mm, say, scope)
    if prediction is not None:
        blocks += _probabilities(prediction, findings.risk, width_mm, say)
        blocks += _statements(prediction, width_mm, say)
    if not has_page(findings):
        blocks += measurement_blocks(record, findings, say, width_mm)
    blocks += stored_blocks(record, findings, identity, width_mm, say)
    blocks += _beats(findings, width_mm, say)
    blocks += _quality(findings, identity, width_mm, say)
    blocks += _opinions(opinions, identity, width_mm, say)
    blocks += _calipers(calipers, width_mm, say)
    if findings.warnings:
        blocks += heading(say("Warnings"), width_mm)
        for warning in findings.warnings:
            blocks += paragraph(f"• {identity.scrub(_told(warning, say))}", width_mm)
    blocks += heading(say("Limits"), width_mm)
    for text in (fixed.scope(say.code), fixed.tier_meaning(Tier.LOW, say.code)):
        blocks += paragraph(text, width_mm)
    return blocks + _provenance(record, findings, identity, width_mm, say)


def reading(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that make up the reading: without those that the report prints as a table or a bar."""
    return [
        item
        for item in sentences
        if (item.section != "network" or item.source == "both" or item.verdict)
        and (item.section != "record" or item.verdict)
    ]


def _reading(findings: Findings, identity: Identity, width_mm: float, say: Language) -> list[Block]:
    told = reading(findings.sentences)
    if not told:
        return []
    blocks = heading(say("Reading"), width_mm)
    widths = (SECTION_MM, width_mm - SECTION_MM - SOURCE_MM, SOURCE_MM)
    last, rows = "", list[Block]()
    for item in told:
        name = say(SECTIONS[item.section]) if item.section != last else ""
        last = item.section
        cells = (name, identity.scrub(item.text(say.code)), say(SOURCES[item.source]))
        bold = item.verdict == "abnormal" or item.section in ("critical", "conclusion")
        rows += table_row(cells, widths, bold_cells=(bold, bold, False), size_pt=8.0)
    blocks += unsplit_ends(rows)
    legend = say("M measured on the trace · N network · M+N both")
    return blocks + paragraph(legend, width_mm, size_pt=6.5, color=style.NOTE)


def _recount(recount: Recount | None, width_mm: float, say: Language) -> list[Block]:
    """Return what holds after the reader's changes of beats, apart from what the program found by itself."""
    if recount is None:
        return []
    blocks = heading(say("After the reader's edits of beats"), width_mm)
    widths = (SECTION_MM, width_mm - SECTION_MM)
    last, rows = "", list[Block]()
    for item in recount.sentences:
        name = say(SECTIONS[item.section]) if item.section != last else ""
        last = item.section
        rows += table_row((name, item.text(say.code)), widths, size_pt=8.0)
    note = say("The program's own beats, evidence and opinion stay as they are above and below.")
    return blocks + unsplit_ends(rows) + paragraph(note, width_mm, size_pt=6.5, color=style.NOTE)


def _tier(risk: Risk, identity: Identity, width_mm: float, say: Language, scope: Sequence[Remark]) -> list[Block]:
    color = style.TIER_COLORS[risk.tier]
    tier = fixed.tier_name(risk.tier, say.code)

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.rectangles([(left, top + 1.0, width_mm, 9.0)], color)
        words = say("Risk tier: {tier}", tier=tier)
        sheet.text(left + 4, top + 7.2, words, size_pt=13, bold=True, color=style.WHITE, width_mm=width_mm - 8)

    reason = paragraph(identity.scrub(_told(risk.reason, say)), width_mm, size_pt=8.5, bold=True)
    for remark in scope:
        reason = [*paragraph(_told(remark, say), width_mm, size_pt=8.5, bold=True), *reason]
    meaning = fixed.tier_meaning(risk.tier, say.code)
    return together([Block(12.0, draw), *reason, *paragraph(meaning, width_mm, size_pt=8.5)])


def _told(remark: Remark, say: Language) -> str:
    """Return a remark in the report's language, with one full stop."""
    return sentence(say.remark(remark))


def _probabilities(prediction: Prediction, risk: Risk, width_mm: float, say: Language) -> list[Block]:
    blocks = heading(say("Calibrated probabilities"), width_mm)
    for score in prediction.classes:
        limits = tier_limits(score.code, risk.thresholds)
        blocks += _bar(class_name(score.code, say.code), score.probability, limits, width_mm, say)
    if words := limits_text(risk.thresholds, say):
        blocks += paragraph(words, width_mm, size_pt=7, color=style.NOTE)
    return together(blocks)


def limits_text(thresholds: Mapping[str, float], say: Language | None = None) -> str:
    """Return the meaning of the marks on the bars."""
    say = say or Language()
    if not (mi := tier_limits("MI", thresholds)):
        return ""
    low, high = tier_limits("STTC", thresholds)
    return say(
        "Marks: Low needs every pathology below its first mark (infarction {mi} %, others {low} %), High begins at the "
        "second ({high} %).",
        mi=say.number(100 * mi[0], 1),
        low=say.number(100 * low, 1),
        high=say.number(100 * high, 1),
    )


def _bar(name: str, probability: float, marks: Sequence[float], width_mm: float, say: Language) -> list[Block]:
    room = width_mm - NAME_MM - VALUE_MM

    def draw(sheet: Sheet, left: float, top: float) -> None:
        sheet.text(left, top + 3.5, name, width_mm=NAME_MM - 2)
        x = left + NAME_MM
        sheet.rectangles([(x, top + 0.6, room, 3.6)], style.mix(style.FAINT, 0.45))
        sheet.rectangles([(x, top + 0.6, room * probability, 3.6)], style.BAR)
        if marks:
            ends = [(x + room * mark, top - 0.1, x + room * mark, top + 4.9) for mark in marks]
            sheet.lines(ends, style.INK, 0.35)
        sheet.text(left + width_mm, top + 3.5, say.words.percent(probability), align="right", bold=True)

    return [Block(5.6, draw)]


def _statements(prediction: Prediction, width_mm: float, say: Language) -> list[Block]:
    told = [s for s in prediction.statements if s.code not in UNTOLD_STATEMENTS]
    if not told:
        return []
    blocks = heading(say("Statements with the highest probability"), width_mm)
    widths = (16.0, width_mm - 16.0 - 14.0, 14.0)
    for item in sorted(told, key=lambda s: (-s.probability, s.code))[:MOST_STATEMENTS]:
        name = statement_name(item.code, item.description, say.code)
        blocks += table_row((item.code, name, say.words.percent(item.probability)), widths)
    return together(blocks)


def _beats(findings: Findings, width_mm: float, say: Language) -> list[Block]:
    title = say("Beats with network evidence ({count} of {all})", count=len(findings.flagged), all=len(findings.beats))
    blocks = heading(title, width_mm)
    if findings.evidence is None:
        return blocks + paragraph(say("Without the network's opinion no beat is pointed at."), width_mm)
    if not findings.flagged:
        return blocks + paragraph(say("No beat carries enough of the evidence to be pointed at."), width_mm)
    widths = (13.0, 13.0, 24.0, width_mm - 50.0)
    head = (say("Beat"), say("Time, s"), say("Kind"), say("Evidence: class, wave and leads (logits)"))
    blocks += table_row(head, widths, bold=True)
    numbered = [(k, beat) for k, beat in enumerate(findings.beats, start=1) if beat.flags]
    rows: list[Block] = []
    for k, beat in numbered[:MOST_BEATS]:
        rows += table_row((str(k), say.number(beat.time_s, 2), say(beat.kind), _flags(beat, say)), widths)
    blocks += unsplit_ends(rows)
    if len(numbered) > MOST_BEATS:
        more = say("and {count} more, not listed here.", count=len(numbered) - MOST_BEATS)
        blocks += paragraph(more, width_mm)
    return blocks


def _flags(beat: Beat, say: Language) -> str:
    """Return the flags of a beat by class and wave, with the evidence of each class's leads together."""
    parts = []
    for code in dict.fromkeys(flag.code for flag in beat.flags):
        own = [flag for flag in beat.flags if flag.code == code]
        total = sum(flag.evidence for flag in own)
        parts.append(f"{flags_text(own, say.code)} ({'+' if total >= 0 else ''}{say.number(total, 2)})")
    return "; ".join(parts)


def _quality(findings: Findings, identity: Identity, width_mm: float, say: Language) -> list[Block]:
    quality = findings.quality
    blocks = heading(say("Quality of the recording"), width_mm)
    verdict = say("As a whole usable") if quality.usable else say("As a whole NOT usable")
    whole = quality.of_record
    reasons = f": {'; '.join(map(say.remark, whole))}" if whole else ""
    blocks += paragraph(identity.scrub(sentence(f"{verdict}{reasons}")), width_mm)
    good = [name for name, lead in quality.leads.items() if lead.usable and not lead.reasons]
    rows: list[Block] = []
    for name, lead in quality.leads.items():
        if name not in good:
            state = say("usable") if lead.usable else say("not usable")
            why = [say.remark(reason) for reason in lead.reasons]
            if lead.snr_db is not None:
                why.append(say("signal to noise {snr} dB", snr=say.number(lead.snr_db, 0)))
            words = f"{state}{': ' if lead.reasons else ', ' if why else ''}{', '.join(why)}"
            rows += table_row((name, identity.scrub(words)), (16.0, width_mm - 16.0))
    blocks += unsplit_ends(rows)
    if good:
        blocks += paragraph(say("Without remark: {leads}.", leads=", ".join(good)), width_mm)
    if quality.reversal:
        words = say("Electrodes that may be swapped: {which}.", which=quality.reversal)
        blocks += paragraph(words, width_mm, bold=True)
    return blocks


def _opinions(opinions: Sequence[ReaderOpinion], identity: Identity, width_mm: float, say: Language) -> list[Block]:
    """Return what the reader says, apart from what the program says."""
    if not opinions:
        return []
    blocks = heading(say("Reader's opinion (entered by a person, not the program's)"), width_mm)
    for item in opinions:
        verdict = {"agree": say("agrees"), "disagree": say("disagrees")}.get(item.verdict, say("comments"))
        subject = f"{item.subject}: " if item.subject else ""
        comment = f": {item.comment}" if item.comment else ""
        text = f"{subject}{verdict}{comment}" if item.subject else item.comment or verdict
        blocks += paragraph(identity.scrub(text), width_mm, bold=item.verdict == "disagree")
    return blocks


def _calipers(calipers: Sequence[Caliper], width_mm: float, say: Language) -> list[Block]:
    if not calipers:
        return []
    blocks = heading(say("Calipers (placed by a person)"), width_mm)
    widths = (14.0, 26.0, width_mm - 40.0)
    for item in calipers:
        span = f"{say.number(item.start_s, 2)}–{say.number(item.end_s, 2)} s"
        blocks += table_row((item.lead, span, "; ".join(reading_lines(item, say.code))), widths)
    return blocks


def _provenance(record: Record, findings: Findings, identity: Identity, width_mm: float, say: Language) -> list[Block]:
    blocks = heading(say("Where this comes from"), width_mm)
    lines = [
        say(
            "File: {file} ({format}), {seconds} s at {rate} Hz.",
            file=identity.file,
            format=record.format,
            seconds=say.number(record.duration_s),
            rate=say.number(record.rate_hz),
        )
    ]
    if identity.device:
        lines.append(say("Recorder: {device}.", device=identity.device))
    if record.derived_leads:
        lines.append(say("Leads computed from others: {leads}.", leads=", ".join(record.derived_leads)))
    if findings.prediction is not None:
        model = findings.prediction
        lines += [
            say("Model: {name} {version}, sha256:", name=model.model_name, version=model.model_version),
            model.model_sha256,
        ]
    else:
        lines.append(say("Model: none was used."))
    lines.append(say("Software: Cardio Desktop {version}.", version=findings.software))
    if identity.created:
        lines.append(say("Report made {when}.", when=identity.created))
    for line in lines:
        blocks += paragraph(line, width_mm, size_pt=7, after_mm=0.2)
    return [*blocks, space(0.1)]
