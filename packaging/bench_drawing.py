"""How fast frames are drawn, beside pyqtgraph's own ways."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench_tools import DAY_HZ, DAY_LEADS, DAY_S, READING_ROOM, Result, day_counts, frame_ms, settings, show


def quiet_session() -> Any:
    """Return a session that analyses nothing by itself."""
    from cardio_desktop.app.session import Session

    return Session(settings(), analyze=False)


def ten_seconds() -> tuple[Any, Any]:
    """Return a simulated record of 12 x 5000 samples and its findings."""
    from cardio_desktop.reading.pipeline import analyze, load_models
    from cardio_desktop.simulate import simulate_record

    record = simulate_record("anterior-mi")
    assert all(len(lead) == 5000 for lead in record.leads.values())
    return record, analyze(record, load_models())


def frame_ours() -> Result:
    """Draw frames of twelve rows of 5000 samples with their evidence, zooming in time, and of the same repainted."""
    import pyqtgraph as pg

    from cardio_desktop.ui.paper.paper_view import PaperView

    pg.mkQApp()
    session = quiet_session()
    record, findings = ten_seconds()
    session.show_record(record)
    session.show_findings(record, findings)
    session.look(layout_id="12x1")
    view = PaperView(session)
    show(view)
    spans = [10.0, 9.9]

    def moving() -> None:
        spans.reverse()
        session.look(span_s=spans[0])
        view.viewport().repaint()

    return {"ms": frame_ms(moving, 60), "still_ms": frame_ms(view.viewport().repaint, 60)}


def reading_ours() -> Result:
    """Draw frames of a reading room of 1920 x 1080: twelve rows of a minute with evidence, flags and calipers.

    `pan_ms` goes along the record, `zoom_ms` magnifies the paper, so that its grid is drawn anew, `span_ms` presses
    more time into the page, `drag_ms` moves a caliper over the still paper. The screen's ratio is Qt's QT_SCALE_FACTOR.
    """
    import pyqtgraph as pg
    from PySide6.QtGui import QPainter

    from cardio_desktop.core.caliper_paper import draw_calipers
    from cardio_desktop.core.calipers import Caliper, CaliperKind
    from cardio_desktop.reading.pipeline import analyze, load_models
    from cardio_desktop.render.calipers import paint_calipers
    from cardio_desktop.render.overlay import Overlay, PaperMap
    from cardio_desktop.simulate import simulate_record
    from cardio_desktop.ui.paper.paper_view import PaperView

    kinds = (CaliperKind.TIME, CaliperKind.BOTH, CaliperKind.AMPLITUDE, CaliperKind.MARCH)
    leads = ("II", "V2", "V5", "I")
    calipers = tuple(
        Caliper(str(k), kind, lead, 20.0 + k, 20.8 + k, -0.2, 0.9)
        for k, (kind, lead) in enumerate(zip(kinds, leads, strict=True))
    )

    class Calipers(Overlay):
        def paint(self, painter: QPainter, paper: PaperMap) -> None:
            paint_calipers(painter, draw_calipers(calipers, paper.plan), paper.device, paper.colors, None)

    pg.mkQApp()
    session = quiet_session()
    record = simulate_record("anterior-mi", duration_s=60.0)
    session.show_record(record)
    session.show_findings(record, analyze(record, load_models()))
    session.look(layout_id="12x1")
    assert session.state.evidence_class is not None
    view = PaperView(session)
    view.add_overlay(Calipers())
    show(view, READING_ROOM)
    places, zooms, spans = [20.0, 20.1], [1.3, 1.35], [10.0, 9.9]

    def pan() -> None:
        places.reverse()
        session.set_viewport(session.state.viewport.moved_to(record, places[0]))
        view.viewport().repaint()

    def zoom() -> None:
        zooms.reverse()
        session.look(zoom=zooms[0])
        view.viewport().repaint()

    def span() -> None:
        spans.reverse()
        session.look(span_s=spans[0])
        view.viewport().repaint()

    def drag() -> None:
        view.update_overlays()
        view.viewport().repaint()

    result = {"ratio": view.devicePixelRatioF(), "pan_ms": frame_ms(pan, 60), "drag_ms": frame_ms(drag, 60)}
    session.look(zoom=None)
    result |= {"span_ms": frame_ms(span, 60)}
    session.look(span_s=None)
    result |= {"zoom_ms": frame_ms(zoom, 60)}
    session.close()
    return result


def frame_pyqtgraph(kind: str) -> Result:
    """Draw the same twelve traces as one PlotItem each, with an image of the evidence behind each.

    `kind` "plain" is a PlotItem as it comes, with axes; "grid" has its grid too, as ECG paper has; "bare" has neither.
    """
    import numpy as np
    import pyqtgraph as pg

    pg.setConfigOptions(antialias=True, background="w", foreground="k")
    pg.mkQApp()
    record, findings = ten_seconds()
    evidence = findings.evidence
    code = findings.prediction.leading_pathology
    full = evidence.scale(code)
    colours = pg.colormap.get("CET-D1").getLookupTable(alpha=True)
    view = pg.GraphicsLayoutWidget()
    for row, (name, lead) in enumerate(record.leads.items()):
        plot = view.addPlot(row=row, col=0)
        if kind == "grid":
            plot.showGrid(x=True, y=True)
        if kind == "bare":
            plot.hideAxis("bottom")
            plot.hideAxis("left")
        image = pg.ImageItem(evidence.trace(code, name)[:, None], axisOrder="col-major")
        image.setLookupTable(colours)
        image.setLevels((-full, full))
        values = lead.millivolts()
        low, high = float(values.min()), float(values.max())
        image.setRect(evidence.start_s, low, evidence.end_s - evidence.start_s, high - low)
        image.setOpacity(0.6)
        plot.addItem(image)
        plot.plot(np.arange(len(values)) / lead.rate_hz, values, pen=pg.mkPen("k", width=1))
    view.ci.layout.setSpacing(0)
    plots = list(view.ci.items)
    for plot in plots[1:]:
        plot.setXLink(plots[0])
    show(view)
    spans = [10.0, 9.9]

    def moving() -> None:
        spans.reverse()
        plots[0].setXRange(0, spans[0], padding=0)
        view.viewport().repaint()

    return {"ms": frame_ms(moving, 60), "still_ms": frame_ms(view.viewport().repaint, 60)}


def day_ours() -> Result:
    """Draw frames of a whole day of three leads, the span changing from frame to frame."""
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    from cardio_desktop.core.record import ArraySamples, Channel, Record
    from cardio_desktop.ui.paper.paper_view import PaperView

    pg.mkQApp()
    session = quiet_session()
    channels = tuple(
        Channel(name, float(DAY_HZ), "mV", 1000.0, 0.0, ArraySamples(day), lead=name)
        for name, day in zip(DAY_LEADS, day_counts(), strict=True)
    )
    record = Record(Path("day"), "memory", channels)
    session.show_record(record)
    assert record.drawable == DAY_LEADS
    began = time.perf_counter()
    while len(session.state.pyramids) < len(DAY_LEADS):
        QApplication.processEvents()
        if time.perf_counter() - began > 120:
            raise SystemExit("the pyramids were not built within two minutes")
    session.look(layout_id="12x1", span_s=float(DAY_S))
    view = PaperView(session)
    show(view)
    spans = [float(DAY_S), DAY_S - 60.0]

    def frame() -> None:
        spans.reverse()
        session.look(span_s=spans[0])
        view.viewport().repaint()

    result = {"ms": frame_ms(frame, 40)}
    session.close()
    return result


def day_pyqtgraph() -> Result:
    """Draw the same with pyqtgraph's own peak downsampling, clipped to the view."""
    import numpy as np
    import pyqtgraph as pg

    pg.setConfigOptions(background="w", foreground="k")
    pg.mkQApp()
    seconds = np.arange(DAY_S * DAY_HZ, dtype=np.float64) / DAY_HZ
    view = pg.GraphicsLayoutWidget()
    plot = view.addPlot()
    for row, day in enumerate(day_counts()):
        curve = plot.plot(seconds, (day / 1000.0 - 3 * row).astype(np.float32), pen=pg.mkPen("k", width=1))
        curve.setClipToView(True)
        curve.setDownsampling(auto=True, method="peak")
    plot.setYRange(-9, 3)
    show(view)
    spans = [float(DAY_S), DAY_S - 60.0]

    def frame() -> None:
        spans.reverse()
        plot.setXRange(0, spans[0], padding=0)
        view.viewport().repaint()

    return {"ms": frame_ms(frame, 20)}
