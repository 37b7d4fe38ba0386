"""The choices a reader makes most, in one row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QSlider, QToolBar, QToolButton, QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.terms import term
from cardio_desktop.app.viewport import NO_CLASS
from cardio_desktop.core.leads import LAYOUTS, LEAD_LAYOUTS
from cardio_desktop.core.units import GAINS_MM_PER_MV, SPEEDS_MM_PER_S
from cardio_desktop.ui.choice_box import ChoiceBox
from cardio_desktop.ui.commands.actions import Actions
from cardio_desktop.ui.commands.command import Menu
from cardio_desktop.ui.commands.menus import fill_menu
from cardio_desktop.ui.commands.paper import has_strip_lead
from cardio_desktop.ui.panels.evidence_panel import evidence_choices, fill_choices
from cardio_desktop.ui.paper.captions import figure, number

AUTO = 0.0
"""Stands for the automatic gain among the gains."""


NARROW_LETTERS = 16
LABELS_FIRST = ("layout", "speed", "gain")
"""Boxes that say of themselves what they are ("25 mm/s"): their labels go first."""
LEVELS = 5
"""In how many steps the row is made narrower: nothing, first labels, boxes, all labels, slider."""


class ReadingToolbar(QToolBar):
    """Layout, speed, gain, size, evidence and report; each follows the session's state.

    Where the window is too narrow for everything, labels and then the width of the boxes give way, so that every choice
    stays in reach: tooltips still name the boxes, and the slider's keys and panel remain.
    """

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__(tr("Reading"))
        self.setObjectName("reading")
        self.setMovable(False)
        self._labels: dict[str, QAction] = {}
        self._level = 0
        self._session = session
        self._table = table = actions
        # Short words here: every choice should fit a small screen in every language.
        table["report"].setIconText(tr("PDF"))
        table["fit"].setIconText(tr("Fit"))
        table["true-size"].setIconText(tr("1:1"))
        table["filter"].setIconText(tr("Filter"))
        self.addAction(table["open"])
        self.addAction(table["report"])
        self.addSeparator()
        layouts = {
            **{layout.id: term(layout.title) for layout in LAYOUTS.values()},
            **{k: term(t) for k, t in LEAD_LAYOUTS.items()},
        }
        self.layout_box = self._box(
            "layout", tr("Layout"), [(title, layout_id) for layout_id, title in layouts.items()]
        )
        self.rhythm_box = self._box("rhythm", tr("Rhythm"), [("II", "II")])
        self.speed_box = self._box("speed", tr("Speed"), [(f"{figure(v)} mm/s", v) for v in SPEEDS_MM_PER_S])
        self.gain_box = self._box("gain", tr("Gain"), _gain_items())
        self.filter_button = QToolButton()
        self.filter_button.setDefaultAction(table["filter"])
        self.filter_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.filter_button.setMenu(self._menu(Menu.FILTER))
        self.filter_button.setAccessibleName(tr("Display filter"))
        self.addWidget(self.filter_button)
        self.addAction(table["fit"])
        self.addAction(table["true-size"])
        self.addSeparator()
        self.class_box = self._box("class", tr("Evidence"), list(evidence_choices(None, None, every=False)))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(10, 100)
        self.opacity.setFixedWidth(90)
        self.opacity.setToolTip(tr("How strongly evidence is painted (Shift+Up, Shift+Down)"))
        self.opacity.setAccessibleName(tr("Opacity of the evidence"))
        self._slider = self.addWidget(self.opacity)
        self.addWidget(self._tool_button())
        self.layout_box.activated.connect(self._layout_chosen)
        self.speed_box.activated.connect(self._speed_chosen)
        self.gain_box.activated.connect(self._gain_chosen)
        self.rhythm_box.activated.connect(self._rhythm_chosen)
        self.class_box.activated.connect(self._class_chosen)
        self.opacity.valueChanged.connect(self._opacity_chosen)
        self._session.changed.connect(self._changed)
        self._show(self._session.state)

    def _menu(self, menu: Menu) -> QMenu:
        shown = QMenu(self)
        fill_menu(shown, menu, self._table)
        return shown

    def _tool_button(self) -> QToolButton:
        """Return the button that hands out calipers and the beat tool."""
        button = QToolButton()
        button.setText(tr("Calipers"))
        button.setToolTip(tr("Calipers and beats by mouse"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = self._menu(Menu.TOOLS)
        menu.addSeparator()
        menu.addActions([self._table["beat-tool"], self._table["snap"]])
        button.setMenu(menu)
        return button

    def _box(self, name: str, title: str, items: list[tuple[str, object]]) -> ChoiceBox:
        box = ChoiceBox(NARROW_LETTERS)
        box.setAccessibleName(title)
        box.setToolTip(title)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for text, value in items:
            box.addItem(text, value)
        label = QLabel(f" {title} ")
        label.setBuddy(box)
        self._labels[name] = self.addWidget(label)
        self.addWidget(box)
        return box

    def event(self, event: QEvent) -> bool:
        """Fit the row whenever its width, or what stands in it, has changed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    def _fit(self) -> None:
        """Take the first level that leaves everything in the row."""
        level = next((k for k in range(LEVELS) if self._width_at(k) <= self.width()), LEVELS - 1)
        if level == self._level:
            return
        self._level = level
        for name, action in self._labels.items():
            action.setVisible(self._labelled(name, level))
        for box in self.findChildren(ChoiceBox):
            box.make_narrow(level >= 2)
        self._slider.setVisible(level < 4)

    @staticmethod
    def _labelled(name: str, level: int) -> bool:
        return level < 1 or (level < 3 and name not in LABELS_FIRST)

    def _width_at(self, level: int) -> int:
        """Return how wide the row is at a level, without trying it: trying would draw."""
        gone = {id(action) for name, action in self._labels.items() if not self._labelled(name, level)}
        if level >= 4:
            gone.add(id(self._slider))
        widths = []
        for action in self.actions():
            widget = self.widgetForAction(action)
            if id(action) not in gone and widget is not None:
                box = widget if isinstance(widget, ChoiceBox) else None
                widths.append(widget.sizeHint().width() if box is None else box.width_px(level >= 2))
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        return sum(widths) + layout.spacing() * (len(widths) - 1) + margins.left() + margins.right()

    def _changed(self, _old: State, new: State) -> None:
        self._show(new)

    def _show(self, state: State) -> None:
        viewport, record = state.viewport, state.record
        _select(self.layout_box, viewport.layout_id)
        _select(self.speed_box, viewport.speed_mm_per_s)
        _select(self.gain_box, _gain_code(AUTO if viewport.auto_gain else viewport.gain_mm_per_mv, viewport.chest_half))
        names = list(record.drawable) if record else ["II"]
        if [self.rhythm_box.itemData(k) for k in range(self.rhythm_box.count())] != names:
            self.rhythm_box.clear()
            for name in names:
                self.rhythm_box.addItem(name, name)
        _select(self.rhythm_box, viewport.strip_lead(record) if record else viewport.rhythm_lead)
        code = state.evidence_class
        fill_choices(self.class_box, evidence_choices(state.shown, code, every=False), code or NO_CLASS)
        self.opacity.blockSignals(True)
        self.opacity.setValue(round(100 * viewport.opacity))
        self.opacity.blockSignals(False)
        has_evidence = state.shown is not None and state.shown.evidence is not None
        enabled: list[tuple[QWidget, bool]] = [
            (self.layout_box, record is not None),
            (self.speed_box, record is not None),
            (self.gain_box, record is not None),
            (self.rhythm_box, has_strip_lead(state)),
            (self.class_box, has_evidence),
            (self.opacity, has_evidence),
        ]
        for widget, on in enabled:
            widget.setEnabled(on)

    def _layout_chosen(self, index: int) -> None:
        self._table[f"layout:{self.layout_box.itemData(index)}"].trigger()
        self._show(self._session.state)

    def _speed_chosen(self, index: int) -> None:
        self._table[f"speed:{number(self.speed_box.itemData(index))}"].trigger()

    def _gain_chosen(self, index: int) -> None:
        gain, half = str(self.gain_box.itemData(index)).split("/")
        if float(gain) == AUTO:
            self._session.look(auto_gain=True, chest_half=half == "half")
        else:
            self._session.look(gain_mm_per_mv=float(gain), auto_gain=False, chest_half=half == "half")

    def _rhythm_chosen(self, index: int) -> None:
        self._session.look(rhythm_lead=self.rhythm_box.itemData(index))

    def _class_chosen(self, index: int) -> None:
        self._session.look(evidence_class=self.class_box.itemData(index))

    def _opacity_chosen(self, value: int) -> None:
        self._session.look(opacity=value / 100)


def _select(box: QComboBox, value: object) -> None:
    index = box.findData(value)
    if index != box.currentIndex():
        box.setCurrentIndex(index)


def _gain_code(gain: float, half: bool) -> str:
    """Return the choice of gain as one text: Qt finds no tuple among an item's data."""
    return f"{gain}/{'half' if half else 'same'}"


def _gain_items() -> list[tuple[str, object]]:
    """Return the choices of gain, with those that draw chest leads at half of it."""
    gains = [(f"{figure(v)} mm/mV", v, False) for v in GAINS_MM_PER_MV]
    gains.append((tr("automatic"), AUTO, False))
    gains += [(f"{figure(v)}/{figure(v / 2)} mm/mV", v, True) for v in GAINS_MM_PER_MV]
    gains.append((tr("automatic, chest half"), AUTO, True))
    return [(title, _gain_code(gain, half)) for title, gain, half in gains]
