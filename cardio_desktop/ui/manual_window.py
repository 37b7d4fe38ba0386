"""The manual in a window of its own: contents and search at the left, the page at the right; nothing is fetched."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.manual import CHANGES, Page, changes, pages, search, slug
from cardio_desktop.core.errors import CardioError

PLACE = int(Qt.ItemDataRole.UserRole)
MARGIN_PX = 56
"""What frame and scroll bar take beside a picture."""
SIZE = QSize(1080, 760)


class PageBrowser(QTextBrowser):
    """Shows pages of the manual; pictures become as wide as there is room, links to the world are only shown."""

    def __init__(self) -> None:
        super().__init__()
        self.page = QUrl()
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Page of the manual"))
        self.document().setDocumentMargin(16)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)  # a table rather scrolls than break words

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture no wider than the page; everything else as Qt finds it, which is on this disk only."""
        url = self.page.resolved(QUrl(name) if isinstance(name, str) else name)
        if not url.isLocalFile():
            return None
        if url.path().endswith(".png"):
            image = QImage(url.toLocalFile())
            room = max(self.viewport().width() - MARGIN_PX, 200)
            if image.width() > room:
                return image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            return image
        return super().loadResource(kind, url)

    def show_text(self, text: str) -> None:
        """Show a page's Markdown with lines around the cells of its tables."""
        self.setMarkdown(text)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorder(1)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderCollapse(True)
                form.setCellPadding(4)
                form.setCellSpacing(0)
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)

    def go_to(self, heading: str) -> None:
        """Put a heading of this page at the top, found by its words or by the anchor made of them."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and heading in (block.text(), slug(block.text())):
                place = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(place))
                return
            block = block.next()


class ManualWindow(QDialog):
    """The manual: contents, search, page, and the way back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Manual"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(SIZE.boundedTo(self.screen().availableGeometry().size() * 0.9))
        self._book: tuple[Page, ...] = ()
        self._shown: tuple[str, str] = ("", "")
        self._past: list[tuple[str, str]] = []
        self._to_come: list[tuple[str, str]] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search the manual"))
        self.field.setAccessibleName(tr("Search the manual"))
        self.field.setClearButtonEnabled(True)
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName(tr("Contents"))
        self.browser = PageBrowser()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.hide()
        self.back, self.on = QToolButton(), QToolButton()
        for button, arrow, name in (
            (self.back, Qt.ArrowType.LeftArrow, tr("Back")),
            (self.on, Qt.ArrowType.RightArrow, tr("Forward")),
        ):
            button.setArrowType(arrow)
            button.setToolTip(name)
            button.setAccessibleName(name)
        self._lay_out()
        self._connect()
        try:
            self._book = pages(language())
        except CardioError as error:
            self.browser.setPlainText(str(error))
        self._list_contents()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        for widget in (self.back, self.on, self.field):
            row.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.contents)
        halves = QSplitter()
        halves.addWidget(left)
        halves.addWidget(self.browser)
        halves.setStretchFactor(1, 1)
        halves.setSizes([300, SIZE.width() - 300])
        whole = QVBoxLayout(self)
        whole.addWidget(halves, 1)
        whole.addWidget(self.told)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._first)
        self.contents.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.contents.itemActivated.connect(lambda item, _column: self._chosen(item))
        self.browser.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        for keys, run in (
            (QKeySequence.StandardKey.Back, self.go_back),
            (QKeySequence.StandardKey.Forward, self.go_on),
            (QKeySequence.StandardKey.Find, self.field.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    # Contents and search ----------------------------------------------------------------------------------------

    def _list_contents(self) -> None:
        self.contents.clear()
        for page in self._book:
            top = _item(page.title, page.name, "")
            top.addChildren([_item(words, page.name, words) for level, words in page.headings() if level == 2])
            self.contents.addTopLevelItem(top)
        self.contents.addTopLevelItem(_item(tr("What is new"), CHANGES, ""))

    def _search(self, wanted: str) -> None:
        """List what answers a search; without one the contents."""
        if not wanted.strip():
            self._list_contents()
            return
        self.contents.clear()
        for hit in search(wanted, self._book):
            title = f"{hit.page.title}: {hit.heading}" if hit.heading else hit.page.title
            item = _item(title, hit.page.name, hit.heading)
            item.setToolTip(0, hit.snippet)
            words = _item(hit.snippet, hit.page.name, hit.heading)
            words.setToolTip(0, hit.snippet)
            item.addChild(words)
            self.contents.addTopLevelItem(item)
        self.contents.expandAll()
        if not self.contents.topLevelItemCount():
            nothing = QTreeWidgetItem([tr("No page holds all of these words.")])
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.contents.addTopLevelItem(nothing)

    def _first(self) -> None:
        first = self.contents.topLevelItem(0)
        if first is not None:
            self._chosen(first)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        place = item.data(0, PLACE) if item is not None else None
        if isinstance(place, list | tuple):
            self.show_page(str(place[0]), str(place[1]))

    # Pages ------------------------------------------------------------------------------------------------------

    def show_page(self, name: str, heading: str = "", *, keep: bool = True) -> None:
        """Show a page, from a heading on; `keep` remembers where the reader was."""
        if keep and self._shown[0] and (name, heading) != self._shown:
            self._past.append(self._shown)
            self._to_come.clear()
        if name != self._shown[0]:
            self._load(name)
        if heading:
            self.browser.go_to(heading)
        else:
            self.browser.verticalScrollBar().setValue(0)
        self._shown = (name, heading)
        self.back.setEnabled(bool(self._past))
        self.on.setEnabled(bool(self._to_come))

    def _load(self, name: str) -> None:
        page = next((page for page in self._book if page.name == name), None)
        if page is not None:
            self.browser.page = QUrl.fromLocalFile(str(page.path))  # where its pictures are looked for
            self.browser.show_text(page.text)
            return
        try:
            note = tr("The list of changes is kept in English.")
            self.browser.show_text(changes() if language() == "en" else f"*{note}*\n\n{changes()}")
        except CardioError as error:
            self.browser.setPlainText(str(error))

    def _follow(self, url: QUrl) -> None:
        """Follow a link within the manual; an address elsewhere is only told, for the program opens no connection."""
        if url.scheme() in ("http", "https", "mailto"):
            QGuiApplication.clipboard().setText(url.toString())
            words = tr("The program opens no connection; the address was copied: {address}")
            self.told.setText(words.format(address=url.toString()))
            self.told.show()
            return
        name = url.path().rsplit("/", 1)[-1].removesuffix(".md") or self._shown[0]
        if any(page.name == name for page in self._book):
            self.show_page(name, url.fragment())

    def go_back(self) -> None:
        """Return to where the reader was before."""
        if self._past:
            self._to_come.append(self._shown)
            self.show_page(*self._past.pop(), keep=False)

    def go_on(self) -> None:
        """Take the last way back again."""
        if self._to_come:
            self._past.append(self._shown)
            self.show_page(*self._to_come.pop(), keep=False)


def _item(title: str, name: str, heading: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([title])
    item.setData(0, PLACE, (name, heading))
    return item


def show_manual(parent: QWidget, name: str = "index") -> ManualWindow:
    """Show the manual, the one window of it that this frame has, on a page."""
    there = [child for child in parent.findChildren(ManualWindow) if child.isVisible()]
    window = there[0] if there else ManualWindow(parent)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show_page(name)
    window.show()
    window.activateWindow()
    return window
