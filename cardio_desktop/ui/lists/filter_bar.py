"""What stands above the worklist's table: the filter, and why columns are empty for a reader who reads first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from cardio_desktop.app.i18n import language, tr
from cardio_desktop.core.findings import Tier
from cardio_desktop.reading.row_filter import Filter, FilterError, lasting, parse
from cardio_desktop.ui.lists.worklist_order import ALL, CRITICAL, UNREAD, UNSIGNED, UNUSABLE
from cardio_desktop.ui.lists.worklist_words import tier_name


class FilterBar(QWidget):
    """A line for words and fields, and a box for the usual kinds. `changed()` tells another choice, `entered()` Enter.

    While what is typed is no filter, the last one that was holds, and a sentence says what is wrong.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.filter = Filter()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(tr("Filter: words, or fields such as state:unsigned age>60"))
        self.search.setToolTip(_help())
        self.search.setAccessibleName(tr("Filter of the worklist"))
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._entered)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Which records are listed"))
        self.kind.addItem(tr("All"), ALL)
        self.kind.addItem(tr("Critical"), CRITICAL)
        for tier in (Tier.HIGH, Tier.MODERATE, Tier.LOW, Tier.NOT_ASSESSED):
            self.kind.addItem(tier_name(tier.value), tier.value)
        self.kind.addItem(tr("Not read"), UNREAD)
        self.kind.addItem(tr("Not signed"), UNSIGNED)
        self.kind.addItem(tr("Not readable"), UNUSABLE)
        self.kind.activated.connect(self.changed)
        self.count = QLabel()
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setAccessibleName(tr("What is wrong with the filter"))
        self.problem.hide()
        self.row = QHBoxLayout()
        self.row.addWidget(self.search, 1)
        self.row.addWidget(self.kind)
        self.row.addWidget(self.count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addLayout(self.row)
        whole.addWidget(self.problem)

    @property
    def chosen(self) -> str:
        """The kind of rows that is chosen."""
        return str(self.kind.currentData())

    @property
    def lasting(self) -> tuple[str, str]:
        """What may be remembered: the fields that are typed, without words that may be a patient's name, and the kind.

        Settings lie on the disk in the clear.
        """
        return lasting(self.search.text()), self.chosen

    def restore(self, text: str, kind: str) -> None:
        """Type and choose what was remembered."""
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        self.search.setText(text)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the line alone, or show everything."""
        self.kind.setVisible(not narrow)
        self.count.setVisible(not narrow)

    def _typed(self, text: str) -> None:
        try:
            self.filter = parse(text)
        except FilterError as error:
            self.problem.setText(error.said(language()))
            self.problem.show()
            return
        self.problem.hide()
        self.changed.emit()

    def _entered(self) -> None:
        if self.problem.isHidden():
            self.entered.emit()


class HiddenNote(QWidget):
    """Says which columns wait for a reader who reads first, and offers to show the tiers, or everything."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.triage = QToolButton()
        self.triage.setText(tr("Show tiers"))
        self.triage.setCheckable(True)
        self.triage.setToolTip(
            tr("Show the risk tiers before reading and sort by them; the findings behind them stay hidden")
        )
        self.reveal = QToolButton()
        self.reveal.setText(tr("Show all findings"))
        self.reveal.setToolTip(tr("Show what the program found at once, before you have read: of every record"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.triage)
        row.addWidget(self.reveal)

    def tell(self, triage: bool) -> None:
        """Say what is hidden."""
        self.triage.setChecked(triage)
        self.words.setText(
            tr("You read first: rate, conclusion and what is critical stay hidden until you show them (F2).")
            if triage
            else tr("You read first: risk, rate, conclusion and what is critical stay hidden until you show them (F2).")
        )


def _help() -> str:
    return tr(
        "Words are looked for everywhere, phrases in quotes, a minus leaves out.\n"
        "state:unsigned  tier:high  critical:yes  age>60  sex:f  rate<50  qtc>500  axis<-30  prior>0\n"
        "date:2019-03  rhythm:fibrillation  statement:LBBB  conclusion:infarction  patient:  reader:  record:\n"
        "Enter opens the first record found."
    )
