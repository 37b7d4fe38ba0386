"""The table of the worklist and how its cells are painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.worklist import Entry
from cardio_desktop.core.colors import TIER_COLORS
from cardio_desktop.core.findings import Tier
from cardio_desktop.reading.survey import thumbnail_mv
from cardio_desktop.render.colors import PAPERS
from cardio_desktop.render.thumbnail import paint_thumbnail
from cardio_desktop.ui.lists.worklist_model import ENTRY_ROLE
from cardio_desktop.ui.lists.worklist_order import WorklistOrder
from cardio_desktop.ui.lists.worklist_words import MARK, Column, tier_name, tier_text
from cardio_desktop.ui.theme import is_dark

ROW_PX = 34
TIER_PX = 20
SIGN_PX = 16
SIGN_COLUMN_PX = 28
"""A column of tiers that is as narrow as this shows the mark of what is critical, or the tier's colour, alone."""


def row_px(letters: QFontMetrics) -> int:
    """Return how high a row is: enough for the picture of the trace, and for a tier in these letters."""
    return max(ROW_PX, _tier_height_px(letters) + 10)


def tier_px(letters: QFontMetrics) -> int:
    """Return how wide the column of tiers must be for the longest of them, with the mark of what is critical."""
    return max(letters.horizontalAdvance(tier_name(tier.value)) for tier in Tier) + 26 + _sign_px(letters)


def _sign_px(letters: QFontMetrics) -> int:
    return max(SIGN_PX, letters.horizontalAdvance(MARK) + 10)


def _tier_height_px(letters: QFontMetrics) -> int:
    return max(TIER_PX, letters.height() + 4)


_OWN_KEYS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class WorklistTable(QTableView):
    """Rows of one height; arrow keys move in the list and not the gain of the paper; rows stay under the mouse."""

    def __init__(self, order: WorklistOrder) -> None:
        super().__init__()
        self._order = order
        self.setObjectName("worklist-table")
        self.setAccessibleName(tr("Worklist"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(row_px(self.fontMetrics()))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move in a list from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OWN_KEYS
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    def enterEvent(self, event: QEvent) -> None:
        """Hold the order still while somebody is about to click."""
        self._order.setDynamicSortFilter(False)
        super().enterEvent(event)  # type: ignore[arg-type]

    def leaveEvent(self, event: QEvent) -> None:
        """Put the rows that came meanwhile where they belong."""
        self._order.setDynamicSortFilter(True)
        super().leaveEvent(event)


class Cells(QStyledItemDelegate):
    """Paints the tier as a coloured word and the small picture of the trace."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        column = index.column()
        if column not in (Column.RISK, Column.TRACE):
            super().paint(painter, option, index)
            return
        background = QStyleOptionViewItem(option)
        self.initStyleOption(background, index)
        background.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, background, painter, option.widget)
        entry: Entry = index.data(ENTRY_ROLE)
        rect = QRectF(option.rect)
        if column == Column.TRACE:
            if entry.details is not None and entry.details.thumbnail:
                colors = PAPERS["dark" if is_dark(option.palette) else "red"]
                paint_thumbnail(painter, rect.adjusted(2, 1, -2, -1), thumbnail_mv(entry.details), colors)
            return
        self._paint_tier(painter, rect, entry, option)

    def _paint_tier(self, painter: QPainter, rect: QRectF, entry: Entry, option: QStyleOptionViewItem) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        high = _tier_height_px(option.fontMetrics)
        if entry.critical:
            # A mark beside the tier, not a colour of it: the tier says nothing of urgency.
            wide = _sign_px(option.fontMetrics)
            sign = QRectF(rect.left() + 3, rect.center().y() - high / 2, wide, high)
            self._badge(painter, sign, TIER_COLORS[Tier.HIGH], MARK)
            rect = rect.adjusted(wide + 2, 0, 0, 0)
        text = tier_text(entry)
        if option.rect.width() < 2 * SIGN_COLUMN_PX:
            if entry.summary is not None and not entry.problem and not entry.critical:
                box = QRectF(rect.left() + 3, rect.center().y() - high / 2, _sign_px(option.fontMetrics), high)
                self._badge(painter, box, TIER_COLORS[Tier(entry.summary.tier)], "")
            painter.restore()
            return
        if entry.summary is not None and not entry.problem:
            box = QRectF(rect.left() + 3, rect.center().y() - high / 2, rect.width() - 8, high)
            self._badge(painter, box, TIER_COLORS[Tier(entry.summary.tier)], text)
        else:
            palette = option.palette
            color = palette.placeholderText().color() if entry.waits else palette.text().color()
            painter.setPen(color)
            painter.drawText(
                rect.adjusted(5, 0, -3, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text
            )
        painter.restore()

    @staticmethod
    def _badge(painter: QPainter, box: QRectF, color: str, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
