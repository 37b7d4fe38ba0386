"""What stands on every page: what is critical first, who and when, what the report is, the page's number."""

from __future__ import annotations

from dataclasses import dataclass

from cardio_desktop.core.findings import Findings, Tier
from cardio_desktop.core.record import Record
from cardio_desktop.core.recount import Recount
from cardio_desktop.narrative import texts as fixed
from cardio_desktop.report import style
from cardio_desktop.report.critical import critical_line
from cardio_desktop.report.head import SIDE_MM, patient_line
from cardio_desktop.report.identity import Identity
from cardio_desktop.report.language import Language
from cardio_desktop.report.sheet import Sheet

CRITICAL_MM = 3.9
"""Top of the line of what is critical, above the patient's: printers reach that far."""


@dataclass(frozen=True)
class Frame:
    """What stands on every page: watermark, patient, time and file above, disclaimer and page number below."""

    sheet: Sheet
    record: Record
    findings: Findings
    who: Identity
    say: Language
    total: int
    recount: Recount | None = None
    confirmed: bool = False
    preliminary: str = ""

    def draw(self, number: int) -> None:
        """Draw it on page `number` behind the first one."""
        sheet, say = self.sheet, self.say
        self._behind()
        right = sheet.width_mm - SIDE_MM
        width = sheet.width_mm - 2 * SIDE_MM
        patient_line(sheet, self.who, 11.1, 0.72 * width if self.record.simulated else width)
        if self.record.simulated:
            words = say("SIMULATED, not a patient")
            room = 0.27 * width
            sheet.text(right, 11.1, words, size_pt=10, bold=True, color=style.ALERT, align="right", width_mm=room)
        words = say("Recorded: {when}   File: {file}", when=self.who.recorded, file=self.who.file)
        sheet.text(SIDE_MM, 15.5, words, size_pt=8, width_mm=0.5 * width)
        sheet.text(right, 15.5, self._summary(), size_pt=8, align="right", width_mm=0.49 * width)
        sheet.lines([(SIDE_MM, 18.0, right, 18.0)], style.FAINT, 0.2)
        self._foot(number)

    def draw_first(self) -> None:
        """Draw it on the first page, whose head is its own."""
        self._behind()
        self._foot(1)

    def _behind(self) -> None:
        sheet = self.sheet
        if self.record.simulated:
            sheet.watermark(self.say("SIMULATED"), style.WATERMARK)
        width = sheet.width_mm - 2 * SIDE_MM
        if self.findings.critical:
            sheet.rectangles([(SIDE_MM, CRITICAL_MM, width, 3.3)], style.TIER_COLORS[Tier.HIGH])
            base = CRITICAL_MM + 2.6
            told, size = critical_line(self.findings, self.who, self.say, width)
            sheet.text(SIDE_MM + 1, base, told, size_pt=size, bold=True, color=style.WHITE, width_mm=width - 2)

    def _foot(self, number: int) -> None:
        """Write what the report is: once it is signed, not all of it is a computer's opinion."""
        sheet, right, base = self.sheet, self.sheet.width_mm - SIDE_MM, self.sheet.height_mm - 7.0
        width = sheet.width_mm - 2 * SIDE_MM
        sheet.lines([(SIDE_MM, base - 4.0, right, base - 4.0)], style.FAINT, 0.2)
        words = fixed.disclaimer(self.say.code)
        if self.confirmed:
            words = self.say("Measurements and automatic interpretation are a computer's and no diagnosis.")
        sheet.text(SIDE_MM, base, words, size_pt=7.5, bold=True, width_mm=0.66 * width)
        page = self.say("Page {number} of {total}", number=number, total=self.total)
        words = f"Cardio Desktop {self.findings.software}   {page}"
        sheet.text(right, base, words, size_pt=7.5, align="right", width_mm=0.33 * width)

    def _summary(self) -> str:
        say, found = self.say, self.findings
        rate, tier = found.measurements.heart_rate_bpm, found.risk.tier
        named = fixed.tier_name(tier, say.code)
        parts = [
            say("Heart rate {rate}/min", rate=say.number(rate, 0))
            if rate is not None
            else say("Heart rate not measured"),
            say("Risk tier: {tier}", tier=named),
        ]
        after = self.recount.measurements.heart_rate_bpm if self.recount is not None else None
        if after is not None:
            parts.insert(1, say("({rate}/min after the reader's edits)", rate=say.number(after, 0)))
        parts.append(say("confirmed, see page 1") if self.confirmed else self.preliminary)
        return "   ".join(parts)
