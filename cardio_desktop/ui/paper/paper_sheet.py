"""From the session's state to a sheet of paper: the same way for the window, the printer and pictures."""

from __future__ import annotations

from dataclasses import replace

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.judged import is_judged
from cardio_desktop.app.session import State
from cardio_desktop.app.viewport import Viewport
from cardio_desktop.core.findings import Findings
from cardio_desktop.core.leads import Layout
from cardio_desktop.core.paper import PaperPlan, plan_paper
from cardio_desktop.core.record import Record
from cardio_desktop.render.auto_gain import AutoGain, Unread
from cardio_desktop.render.colors import PaperColors
from cardio_desktop.render.sheet import EcgSheet
from cardio_desktop.render.traces import TraceSource
from cardio_desktop.ui.paper.captions import (
    figure,
    filter_words,
    header_line,
    recorder_filter,
    scale_line,
    time_line,
)
from cardio_desktop.ui.paper.evidence_words import class_words


def plan_of(
    viewport: Viewport,
    record: Record,
    source: TraceSource,
    gains: AutoGain,
    findings: Findings | None,
    *,
    px_per_mm: tuple[float, float],
    height_mm: float,
    layout: Layout | None = None,
    start_s: float | None = None,
    seconds: float | None = None,
) -> PaperPlan:
    """Return the plan of the page that `viewport` shows, or of another stretch of it in another layout.

    Of the `findings` only what cannot be read is of interest; it takes no part in the choice of a gain.
    """
    layout = layout or viewport.layout(record)
    scale = viewport.scale(record, *px_per_mm)
    if viewport.auto_gain or viewport.zoom is None:
        row_mm = height_mm / max(len(layout.rows) + len(layout.rhythm), 1)
        leads = (*layout.leads, viewport.strip_lead(record)) if layout.rhythm else layout.leads
        if viewport.auto_gain:
            gain = gains.gain(source, leads, row_mm, viewport.chest_factor, _unread(findings))
        else:
            gain = gains.uncut(source, leads, row_mm, viewport.chest_factor, _unread(findings), scale.gain_mm_per_mv)
        scale = replace(scale, gain_mm_per_mv=gain)
    return plan_paper(
        layout,
        scale,
        start_s=viewport.start_s if start_s is None else start_s,
        seconds=viewport.page_s(record) if seconds is None else seconds,
        height_mm=height_mm,
        available=record.traces,
        rhythm_lead=viewport.rhythm_lead if viewport.rhythm_lead in record.traces else None,
        chest_factor=viewport.chest_factor,
    )


def _unread(findings: Findings | None) -> Unread:
    """Return the times of each lead that cannot be read: single stretches, or all that was looked at."""
    if findings is None:
        return {}
    quality, everywhere = findings.quality, ((findings.start_s, findings.end_s),)
    names = {*quality.leads, *(lead for one in quality.stretches for lead in one.leads)}
    unread = {name: quality.unread_s(name) for name in names}
    unread |= {name: everywhere for name, lead in quality.leads.items() if not lead.usable}
    return {name: times for name, times in unread.items() if times}


def sheet_of(
    state: State,
    record: Record,
    plan: PaperPlan,
    source: TraceSource,
    colors: PaperColors,
    *,
    zoom: float | None,
    known: bool = True,
) -> EcgSheet:
    """Return what stands on the paper; `zoom` None is for a sheet at true size that is printed or saved."""
    viewport, findings, code = state.viewport, state.shown, state.evidence_class
    evidence = state.evidence
    prediction = findings.prediction if findings else None
    rates = [source.leads[strip.lead].rate_hz for strip in plan.strips]
    seconds = max((strip.end_s - strip.start_s for strip in plan.strips), default=0.0)
    filters, warning = filter_words(viewport.filter, viewport.filter_on, min(rates, default=0.0), seconds)
    factors, auto = plan.gain_factors or (1.0,), viewport.auto_gain
    time, lowered = time_line(record, plan.start_s, plan.end_s - plan.start_s), _lowered(state, plan)
    scale = scale_line(
        plan.scale, zoom, known=known, factors=factors, auto=auto, filters=filters, lowered=lowered, stretch=time
    )
    return EcgSheet(
        plan=plan,
        source=source,
        header=header_line(record),
        scale_line="  ·  ".join((scale, *_rest(state, record, plan))),
        warning=warning,
        evidence=evidence,
        evidence_class=code,
        evidence_full=evidence.scale(code) if evidence is not None and code else 1.0,
        evidence_from=viewport.evidence_from,
        evidence_words=class_words(findings, code) if code else "",
        opacity=viewport.opacity,
        beats=findings.beats if findings else (),
        annotations=record.annotations,
        withheld=frozenset(prediction.missing_leads) if prediction else frozenset(),
        unread=findings.quality.stretches if findings else (),
        selected_beat_s=viewport.selected_beat_s if zoom is not None else None,  # what comes and goes is not printed
        simulated=record.simulated,
        colors=colors,
    )


def _lowered(state: State, plan: PaperPlan) -> str:
    """Return that the gain is another than the one asked for, "" where it is not."""
    wanted = state.viewport.gain_mm_per_mv
    if state.viewport.auto_gain or plan.scale.gain_mm_per_mv >= wanted:
        return ""
    return tr("lowered from {gain}: no wave is cut").format(gain=figure(wanted))


def _uncounted(state: State, plan: PaperPlan) -> list[str]:
    """Return that unusable leads took no part in the choice of the gain, so that their traces may be cut."""
    if state.shown is None or not (state.viewport.auto_gain or state.viewport.zoom is None):
        return []
    judged, shown = state.shown.quality.leads, dict.fromkeys(strip.lead.removeprefix("-") for strip in plan.strips)
    bad = [name for name in shown if name in judged and not judged[name].usable]
    if not bad or len(bad) == len(shown):
        return []
    return [tr("not counted for the gain, being unusable: {leads}").format(leads=", ".join(bad))]


def _rest(state: State, record: Record, plan: PaperPlan) -> list[str]:
    parts = _uncounted(state, plan)
    if prefilter := recorder_filter(record):
        parts.append(tr("recorder's filter: {filter}").format(filter=prefilter))
    layout = state.viewport.layout(record)
    shown = {strip.lead.removeprefix("-") for strip in plan.strips}
    elsewhere = [name for name in record.drawable if name not in shown]
    if elsewhere and len(layout.leads) > 1:
        parts.append(tr("not on this page: {leads}").format(leads=", ".join(elsewhere)))
    findings = state.findings
    if findings and (plan.end_s <= findings.start_s or plan.start_s >= findings.end_s):
        if is_judged(state.judged, plan.start_s, min(plan.end_s, record.duration_s)):
            parts.append(tr("judged piece by piece here (Shift+F5 measures this page)"))
        else:
            parts.append(tr("not analysed here (Shift+F5 analyses this page)"))
    return parts
