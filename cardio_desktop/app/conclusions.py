"""What the reader concludes from the present record: the program's line, that line changed, or own words; signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.desk import Desk
from cardio_desktop.app.i18n import language
from cardio_desktop.app.store import SignedError
from cardio_desktop.core.conclusion import Conclusion, Draft, Signer, make_addendum, make_signature
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import Sentence
from cardio_desktop.words.writing import capital


class Conclusions(QObject):
    """The conclusion on the record that is open. `changed()` tells any change, also one made in another window.

    Nothing is accepted or signed of a record that a list has chosen and the page does not show yet, nor a line of the
    program that the reader cannot see.
    """

    changed = Signal()

    def __init__(self, session: Desk) -> None:
        super().__init__(session)
        self._session = session
        session.store.changed.connect(self._told)

    @property
    def key(self) -> str | None:
        """The record's key in the store; None without a record or where its samples cannot be read."""
        record = self._session.state.record
        if record is None:
            return None
        try:
            return self._session.store.key_of(record)
        except CardioError:
            return None

    @property
    def present(self) -> Conclusion:
        """What was concluded so far."""
        key = self.key
        return self._session.store.conclusion(key) if key is not None else Conclusion()

    @property
    def machine(self) -> Sentence | None:
        """The program's conclusion as far as the reader may see it."""
        shown = self._session.state.shown
        told = shown.sentences if shown is not None else ()
        return next((item for item in told if item.section == "conclusion"), None)

    @property
    def machine_line(self) -> str:
        """The program's conclusion in the language of the interface, "" where there is none or it is hidden."""
        found = self.machine
        return capital(found.text(language())) if found is not None else ""

    @property
    def can_accept(self) -> bool:
        """Whether the program's line is there to be accepted."""
        return self._session.state.settled and bool(self.machine_line) and not self.present.final

    def accept_machine(self) -> bool:
        """Take the program's line over as the draft, in place of what stands there; False where that cannot be."""
        if not self.can_accept or (machine := self.machine) is None:
            return False
        codes = machine.remark.values.get("codes", ())
        named = tuple(map(str, codes)) if isinstance(codes, tuple | list) else ()
        return self._keep(Draft(self.machine_line, "machine", named))

    def write(self, text: str, *, codes: tuple[str, ...] = (), key: str | None = None) -> bool:
        """Keep the reader's words as the draft, also of a record `key` that was left meanwhile; "" takes it back."""
        key = key or self.key
        if key is None:
            return False
        line, before = (self.machine_line if key == self.key else ""), self._session.store.conclusion(key).draft
        if before is not None and text.strip() == before.text and codes == before.codes:
            return True
        if line and text.strip() == line:
            source = "machine"
        else:
            edited = before is not None and before.source != "own" and bool(before.text)
            source = "edited" if edited else "own"
        return self._keep(Draft(text.strip(), source, codes) if text.strip() else None, key)

    def sign(self, signer: Signer, meaning: str = "read") -> bool:
        """Sign what stands there: the draft, or as second reader or over-reader what was signed before.

        False where there is nothing to sign, or the page shows another record than the one that is chosen.
        """
        key, present = self.key, self.present
        if key is None or not self._session.state.settled:
            return False
        if present.final:
            last = present.signatures[-1]
            draft, meaning = Draft(last.text, last.source, last.codes), meaning if meaning != "read" else "second"
        elif present.draft is not None and present.draft.text.strip():
            draft = present.draft
        else:
            return False
        now = datetime.now().astimezone()
        self._session.store.sign(
            key, make_signature(key, draft, signer, now, meaning=meaning, machine=self.machine_line)
        )
        return True

    def amend(self, text: str, signer: Signer) -> bool:
        """Add a signed addendum to what was signed; False where nothing is signed or nothing is said."""
        key = self.key
        if key is None or not self._session.state.settled or not text.strip() or not self.present.final:
            return False
        self._session.store.add_addendum(key, make_addendum(key, text, signer, datetime.now().astimezone()))
        return True

    def _keep(self, draft: Draft | None, key: str | None = None) -> bool:
        key = key or self.key
        if key is None:
            return False
        signer = self._session.settings.reader.signer()
        if draft is not None and signer is not None:
            draft = replace(draft, by=signer.name)
        try:
            self._session.store.put_draft(key, draft)
        except SignedError as error:
            self._session.tell(error)
            self.changed.emit()  # what was typed is shown as it stays
            return False
        return True

    def _told(self, key: str) -> None:
        if key == self.key:
            self.changed.emit()
