"""Commands of concluding: accept the program's line, sign, sign as second reader, amend."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cardio_desktop.app.i18n import tr
from cardio_desktop.app.session import Session, State
from cardio_desktop.app.signed_words import signature_words
from cardio_desktop.core.conclusion import Signer
from cardio_desktop.ui.commands.command import Command, Menu, placed
from cardio_desktop.ui.commands.conditions import IS_REVEALED, condition, unsigned_of
from cardio_desktop.ui.lists.worklist_panel import WorklistDock
from cardio_desktop.ui.panels.docks import Docks
from cardio_desktop.ui.sign_dialog import AddendumDialog, SignDialog

# Not HAS_RECORD, whose commands wait for the record that is on its way: what nobody has seen yet is not signed.
IS_HERE = condition(lambda state: state.record is not None, lambda: tr("no record is open")) & condition(
    lambda state: state.settled and not state.busy, lambda: tr("a record is being opened or analysed")
)


class Signing:
    """What signing needs of a window: the panel that shows what is signed, the list to go on in."""

    def __init__(
        self, session: Session, docks: Docks, worklist: WorklistDock, frame: QWidget, say: Callable[[str], None]
    ) -> None:
        self._session, self._docks, self._worklist = session, docks, worklist
        self._frame, self._say = frame, say
        self._conclusions = session.conclusions

    # What stands there ------------------------------------------------------------------------------------------

    def has_text(self, _state: State | None = None) -> bool:
        """Return whether there is something to sign, be it kept yet or not."""
        if self._docks.filled and self._docks.findings.conclusion.edit.has_text:
            return True
        return bool(self._conclusions.present.text.strip())

    def is_own(self, _state: State | None = None) -> bool:
        """Return whether the reader's own words stand there."""
        edit = self._docks.findings.conclusion.edit if self._docks.filled else None
        if edit is not None and edit.is_typed:
            return edit.has_text
        draft = self._conclusions.present.draft
        return draft is not None and bool(draft.text.strip()) and draft.source != "machine"

    # Accepting --------------------------------------------------------------------------------------------------

    def is_line_seen(self) -> bool:
        """Return whether the program's line can be seen; where it cannot, bring it and say so."""
        panel = self._docks.findings
        if panel.machine.is_seen:
            return True
        self._docks.bring("findings")
        if panel.machine.line is not None:
            panel.ensureWidgetVisible(panel.machine.line)
        self._say(tr("Read the program's conclusion first, then press again."))
        return False

    def accept(self) -> bool:
        """Take the program's line over; own words that stood there come back by Ctrl+Z."""
        if not self.is_line_seen():
            return False
        replaced = self.is_own()
        self._docks.findings.conclusion.edit.keep()
        if not self._conclusions.accept_machine():
            return False
        if replaced:
            self._say(tr("Your words were replaced; Ctrl+Z in the conclusion brings them back."))
        else:
            self._say(tr("Accepted, not signed yet."))
        return True

    def accept_and_sign(self) -> None:
        """Take the program's line over and sign it, once it has stood on the screen long enough to be read."""
        if not self.is_line_seen():
            return
        if not self._docks.findings.machine.is_read:
            self._say(tr("That was quicker than the line can be read; press again to sign it."))
            return
        if self.accept():
            self.sign()

    # Signing ----------------------------------------------------------------------------------------------------

    def sign(self, *, ask: bool = False) -> None:
        """Sign what stands there, and go on to the next record that is not signed."""
        self._docks.findings.conclusion.edit.keep()
        present = self._conclusions.present
        if not present.text.strip():
            return
        asked = self._who(present.text, ("second", "overread") if present.final else ("read", "overread"), ask=ask)
        if asked is None or not self._conclusions.sign(*asked):
            return
        self._say(tr("Signed. {signature}").format(signature=signature_words(self._conclusions.present.signatures[-1])))
        if self._session.settings.reader.goes_on() and not present.final:
            self._go_on()

    def _who(self, text: str, meanings: tuple[str, ...], *, ask: bool = False) -> tuple[Signer, str] | None:
        """Return who signs and for what: the one who signed last, or whoever the dialog names; None for nobody."""
        reader = self._session.settings.reader
        signer = reader.signer()
        if signer is not None and not ask and not reader.has_pin(signer.name):
            return signer, meanings[0]
        others = [item.signer.name for item in self._conclusions.present.signatures]
        key = self._conclusions.key
        dialog = SignDialog(reader, text, meanings, self._frame, others)
        accepted, answer = dialog.exec(), None
        # Another window, or the list, may have brought another record meanwhile: that one is not what was shown.
        if accepted and key == self._conclusions.key and text == self._conclusions.present.text:
            answer = dialog.signer(), dialog.chosen_meaning()
        dialog.deleteLater()
        return answer

    def _go_on(self) -> None:
        if self._worklist.has_record and not self._worklist.step(1, lambda entry: not entry.signed):
            self._say(tr("Signed. There is no further unsigned record that way in the list as it is shown."))

    def amend(self) -> None:
        """Ask for an addendum and sign it."""
        key = self._conclusions.key
        dialog = AddendumDialog(self._frame)
        if dialog.exec() and key == self._conclusions.key:
            text = dialog.text()
            signer = self._addendum_signer(text)
            if signer is not None and self._conclusions.amend(text, signer):
                self._say(tr("The addendum is signed."))
        dialog.deleteLater()

    def _addendum_signer(self, text: str) -> Signer | None:
        reader = self._session.settings.reader
        signer = reader.signer()
        if signer is not None and not reader.has_pin(signer.name):
            return signer
        dialog = SignDialog(reader, text, ("read",), self._frame)
        dialog.meaning.setEnabled(False)
        answer = dialog.signer() if dialog.exec() else None
        dialog.deleteLater()
        return answer


def signing_commands(
    session: Session,
    docks: Docks,
    worklist: WorklistDock,
    frame: QWidget,
    say_lasting: Callable[[str], None],
) -> list[Command]:
    """Return the commands that conclude and sign; `say_lasting` says what stays said when the next record comes."""
    signing = Signing(session, docks, worklist, frame, say_lasting)
    conclusions = session.conclusions
    unsigned = unsigned_of(session)
    has_line = IS_REVEALED & condition(
        lambda _state: bool(conclusions.machine_line),
        lambda: tr("the program has concluded nothing"),
    )
    signed = condition(lambda _state: conclusions.present.final, lambda: tr("the reading is not signed yet"))
    has_text = condition(signing.has_text, lambda: tr("nothing is concluded yet"))
    not_own = condition(
        lambda state: not signing.is_own(state), lambda: tr("your own words stand there (F12 signs them)")
    )
    no_secret = condition(
        lambda state: not (state.alarmed and state.hidden),
        lambda: tr("the program found something critical (F2 shows it)"),
    )
    settings = session.settings.reader
    return placed(
        Menu.READING,
        1,
        Command(
            "accept",
            tr("Acce&pt the program's conclusion"),
            ("A",),
            tr("Take the program's line over as your conclusion, to be edited or signed"),
            signing.accept,
            IS_HERE & unsigned & has_line,
            short=tr("Accept"),
        ),
        Command(
            "accept-and-sign",
            tr("Accept a&nd sign"),
            ("F4",),
            tr("Take the program's line over, sign it, and go on to the next unsigned record"),
            signing.accept_and_sign,
            IS_HERE & unsigned & has_line & not_own,
            repeats=False,
            short=tr("… and sign"),
        ),
        Command(
            "sign",
            tr("&Sign"),
            ("F12",),
            tr("Sign your conclusion and go on to the next unsigned record"),
            signing.sign,
            IS_HERE & unsigned & no_secret & has_text,
            repeats=False,
        ),
        Command(
            "sign-as",
            tr("Sign &otherwise…"),
            ("Shift+F12",),
            tr("Sign under another name, as second reader, or as over-read"),
            lambda: signing.sign(ask=True),
            IS_HERE & no_secret & has_text,
            short=tr("Second reader…"),
        ),
        Command(
            "addendum",
            tr("Add an addend&um…"),
            ("Ctrl+Shift+A",),
            tr("Add something to what was signed"),
            signing.amend,
            IS_HERE & signed,
            short=tr("Addendum…"),
        ),
        Command(
            "go-on",
            tr("&Go on after signing"),
            (),
            tr("Open the next unsigned record of the worklist after signing"),
            lambda: settings.set_goes_on(not settings.goes_on()),
            checked=lambda _state: settings.goes_on(),
        ),
    )
