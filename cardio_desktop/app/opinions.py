"""What the reader thinks of the present record's findings, in the store and apart from the findings themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from cardio_desktop.app.desk import Desk
from cardio_desktop.app.i18n import language, tr
from cardio_desktop.app.store import READING, Opinion, SignedError
from cardio_desktop.app.terms import rhythm_name, statement_name, term
from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.findings import CLASS_NAMES, Findings, Sentence
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.words import Remark
from cardio_desktop.words.writing import capital

TIER = "tier"
SENTENCE = "sentence"


class Opinions(QObject):
    """The opinions on the record that is open. `changed()` tells any change, also one made in another window."""

    changed = Signal()

    def __init__(self, session: Desk) -> None:
        super().__init__(session)
        self._session = session
        self._named: tuple[Findings | None, dict[str, str]] = (None, {})
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
    def settled(self) -> bool:
        """Whether the record that is shown is the one that is chosen: an opinion on another would be taken for its."""
        return self._session.state.settled

    def all(self) -> dict[str, Opinion]:
        """Return the opinions by finding, without those that say nothing."""
        key = self.key
        stored = self._session.store.opinions(key) if key is not None else {}
        found = {name: opinion for name, opinion in stored.items() if opinion.verdict or opinion.comment}
        for name, old_name in self._old_names().items():
            if (old := found.pop(old_name, None)) is not None:
                found[name] = _joined(name, old, found.get(name))
        return found

    def of(self, finding: str) -> Opinion:
        """Return the opinion on one finding, an empty one where there is none."""
        return self.all().get(finding, Opinion(finding))

    def toggle(self, finding: str, verdict: str) -> None:
        """Give a verdict on a finding, or take it back where it was given already."""
        now = self.of(finding)
        self._keep(replace(now, verdict="" if now.verdict == verdict else verdict))

    def comment(self, finding: str, text: str) -> None:
        """Keep a comment on a finding; an empty one takes it away."""
        now = self.of(finding)
        if text.strip() != now.comment:
            self._keep(replace(now, comment=text.strip()))

    def told(self, findings: Findings) -> tuple[ReaderOpinion, ...]:
        """Return every opinion as a report prints them; what the reader concludes is told apart."""
        others = (opinion for name, opinion in self.all().items() if name != READING)
        return tuple(
            ReaderOpinion(subject_of(o.finding, findings), o.verdict, o.comment)
            for o in sorted(others, key=lambda o: _order(o.finding))
        )

    def _keep(self, opinion: Opinion) -> None:
        key = self.key
        if key is None:
            return
        store = self._session.store
        if store.signed(key):
            self._session.tell(SignedError())
            self.changed.emit()  # what was typed or pressed is shown as it stays
            return
        stamp = datetime.now(UTC).isoformat(timespec="seconds")
        store.set_opinion(key, replace(opinion, changed=stamp))
        # What was kept under the old name is part of the opinion by now.
        old_name = self._old_names().get(opinion.finding)
        if old_name is not None and old_name in store.opinions(key):
            store.set_opinion(key, Opinion(old_name))

    def _old_names(self) -> dict[str, str]:
        """Return, for each sentence of the findings, the name that it had in the store before names were values."""
        findings = self._session.state.findings
        if findings is not self._named[0]:
            told = findings.sentences if findings is not None else ()
            self._named = findings, {sentence_key(item): f"{SENTENCE}:{item.english}" for item in told}
        return self._named[1]

    def _told(self, key: str) -> None:
        if key == self.key:
            self.changed.emit()


KINDS = (TIER, "rhythm", "class", "statement", SENTENCE)


def sentence_key(sentence: Sentence) -> str:
    """Return the name of a sentence among the findings: its code and values, so that no wording can part them.

    Numbers count to three digits or to the unit: what a reader agreed to is no other finding for a hundredth of a
    millisecond.
    """
    return f"{SENTENCE}:{json.dumps(_rounded(sentence.remark.plain()), sort_keys=True, ensure_ascii=False)}"


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    if isinstance(value, bool | int | str) or value is None:
        return value
    return float(round(value)) if abs(value) >= 100 else float(f"{float(value):.3g}")


def _sentence_of(name: str) -> str:
    """Return a sentence that is no longer among the findings in words, as its name tells it."""
    try:
        return capital(term(Remark.of(json.loads(name))))
    except (ValueError, KeyError, TypeError, AttributeError):  # the English words by which it was kept before
        return name


def _joined(name: str, old: Opinion, new: Opinion | None) -> Opinion:
    """Return an opinion that was kept under an old name, and what was kept under the new one: both comments."""
    if new is None:
        return replace(old, finding=name)
    comments = dict.fromkeys(text for text in (old.comment, new.comment) if text)
    return replace(new, verdict=new.verdict or old.verdict, comment="\n".join(comments))


def _order(finding: str) -> tuple[int, str]:
    kind = finding.partition(":")[0]
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), finding)


def subject_of(finding: str, findings: Findings) -> str:
    """Return the name under which a finding is kept in words of the interface's language."""
    kind, _, name = finding.partition(":")
    if kind == TIER:
        return f"{tr('Risk tier')} {term(findings.risk.tier.value)}"
    if kind == "rhythm":
        return f"{tr('Rhythm')} {rhythm_name(findings.rhythm)}" if findings.rhythm else tr("Rhythm")
    if kind == "class":
        return term(CLASS_NAMES.get(name, name))
    if kind == "statement":
        told = findings.prediction.statements if findings.prediction is not None else ()
        return next((statement_name(name, item.description) for item in told if item.code == name), name)
    if kind == SENTENCE:
        own = (item.text(language()) for item in findings.sentences if sentence_key(item) == finding)
        return next(own, _sentence_of(name)).rstrip(".")
    return finding
