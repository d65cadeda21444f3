"""The counter's own form, filled in for a lesson: nothing of it leaves, nothing is attached."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.actions import lessons
from desktop.actions.lessons import Begun
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.lesson import OUTCOME
from desktop.domain.property import LookUp
from desktop.domain.words import OUTCOMES
from desktop.forms.answers import RECORD_FOUND, RECORD_NONE, RECORD_UNKNOWN, Checked
from desktop.forms.lessons.captions import OUTCOME_LABEL
from desktop.ui.page import Page
from desktop.ui.pages.acts.keeping import Keeper
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.faults import FaultBoard
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.undo import Undo
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.widgets.told.banner import ErrorList

_LOOK_MS = 150
_FOUND = "سابقه یافت شد (سوابق ساختگی این درس)."
_SHARED = "پلاک ثبتی دو ملک یا بیشتر را نشان می‌دهد."
_NONE = "سابقه‌ای از این ملک یافت نشد."
_NO_OUTCOME = "نتیجه‌ای را که انتظار دارید برگزینید."


@dataclass(frozen=True)
class _Said:
    """What the lesson's records say of a property; whether they fill fields of the form."""

    record: str
    words: str
    fills: bool = False


_SILENT = _Said(RECORD_UNKNOWN, "")


class _NoFiles(FormFiles):
    """Nobody has a paper of a story to attach."""

    def serve(self, row: DocumentRow) -> None:
        """The row takes no files."""
        row.clip.hide()
        row.setAcceptDrops(False)


class LessonSheet(QObject):
    """The form of a lesson under way; `ready` comes when Enter is pressed in the last field."""

    ready = Signal()

    def __init__(self, page: Page, errors: ErrorList, begun: Begun) -> None:
        super().__init__(page)
        self._page, self._errors, self.begun = page, errors, begun
        self._seat = page.shell.seat
        lesson = begun.lesson
        self.body = body = FormBody(lesson.service, 0, lesson.day, _NoFiles(page.shell, page), page)
        body.documents.printed.hide()
        body.documents.scanner.link.hide()
        self.choice = ListChoice([(str(each), words) for each, words in OUTCOMES.items()])
        self.outcome = FormField(OUTCOME_LABEL, self.choice, key=OUTCOME)
        card = Card()
        card.add(self.outcome)
        body.add_under(card)
        # Nothing remains to be registered: what is wrong stands beside its field, and on top.
        self._board = FaultBoard(errors, Remains())
        self._checked: Checked | None = None
        self._laid = _SILENT
        self.keeper = Keeper(page, page.shell, self._keeping)
        self.keeper.saved.connect(page.shell.draft_saved)
        self.undo = Undo(body, self._stands, self._put_back)
        self._soon = QTimer(body)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_MS)
        self._soon.timeout.connect(self.look)
        body.edited.connect(self._edited)
        body.left.connect(self._left)
        body.finished.connect(self.outcome.setFocus)
        self.outcome.edited.connect(lambda: self._edited(OUTCOME))
        self.outcome.left.connect(lambda: self._left(OUTCOME))

    def begin(self) -> None:
        """What was typed before, or the place where typing begins."""
        if self.begun.sheet.typed:
            kept = json.loads(self.begun.sheet.typed)
            self._board.visited = set(kept["visited"])
            self.body.restore(kept)
            self.outcome.set_value(kept[OUTCOME])
        else:
            self.body.focus_first()
        self.undo.begin()
        self.look()

    def leave(self) -> None:
        """Keep what was typed, at once."""
        self._soon.stop()
        self.keeper.save_now()

    def end(self) -> None:
        """The sheet was handed in, or another one takes its place."""
        self._soon.stop()
        self.keeper.finish()

    def jump(self, key: str) -> None:
        """Go to the field of that key."""
        if key == OUTCOME:
            self.outcome.setFocus()
            self.body.bring(self.outcome)
        else:
            self.body.jump(key)

    def typed(self) -> str:
        """All of it as JSON text."""
        whole = {**self.body.kept(), OUTCOME: self.choice.raw()}
        return json.dumps({**whole, "visited": sorted(self._board.visited)}, ensure_ascii=False)

    def hand_in(self) -> Callable[[], lessons.HandedIn] | None:
        """The job that marks it; None where something is missing, which is told and gone to."""
        self.look()
        checked = self._checked
        self._board.show_all()
        if checked is not None:
            self._board.show(self.body, checked)
        missing = not self.choice.raw()
        self.outcome.set_error(_NO_OUTCOME if missing else None)
        if checked is None or checked.faults:
            self._errors.focus_first()
            return None
        if missing:
            self.jump(OUTCOME)
            return None
        filled, outcome = self.body.filled(), self.choice.raw()
        sheet = self.begun.sheet.sheet_id
        return partial(lessons.hand_in, self._seat, sheet, filled, outcome, self.typed())

    def refused(self, no: Refusal) -> list[str]:
        """Beside its field what marking found; the words that have no place in the form."""
        faults = no.faults if isinstance(no, Refusals) else [no]
        return [fault.words for fault in self._board.refuse(self.body, faults)]

    def look(self) -> None:
        """Check the form and let the lesson's records speak; no store is asked for it."""
        lesson = self.begun.lesson
        checked = lessons.look_over(self._seat, lesson, self.body.filled())
        if self._lay(self._said(checked)):
            checked = lessons.look_over(self._seat, lesson, self.body.filled())
        self._checked = checked
        self._board.show(self.body, checked)

    def _said(self, checked: Checked) -> _Said:
        """What a look-up would say of the property as it is typed."""
        at = self.begun.lesson.at
        if not checked.code or not at.service.needs_property:
            return _SILENT
        if checked.code != at.checked.code:
            return _Said(RECORD_NONE, _NONE)
        if at.found.record is None:
            several = at.found.match is LookUp.AMBIGUOUS
            return _Said(RECORD_NONE, _SHARED if several else _NONE)
        # As at the counter: what is on record is told to whom the story is about.
        known = checked.party.owner_id == at.checked.party.owner_id
        return _Said(RECORD_FOUND, _FOUND, fills=known)

    def _lay(self, said: _Said) -> bool:
        """Lay it into the form; whether anything changed."""
        if said == self._laid:
            return False
        self._laid, at = said, self.begun.lesson.at
        found = said.record == RECORD_FOUND
        self.body.estate.say(said.words, warn=not found)
        self.body.ask(said.record)
        self.body.fill_from_records(at.said if said.fills else {}, at.found.as_of)
        self.body.ask()
        return True

    def _edited(self, key: str = "") -> None:
        self.undo.note(key)
        self.keeper.touch()
        self._soon.start()

    def _left(self, key: str) -> None:
        self._board.visited.add(key)
        self.look()

    def _keeping(self) -> Callable[[], object]:
        return partial(lessons.keep, self._seat, self.begun.sheet.sheet_id, self.typed())

    def _stands(self) -> dict[str, Any]:
        return {**self.body.stands(), OUTCOME: self.choice.raw()}

    def _put_back(self, stood: Mapping[str, Any], key: str) -> None:
        self.body.put_back(stood, "" if key == OUTCOME else key)
        self.outcome.set_value(stood[OUTCOME])
        if key == OUTCOME:
            self.outcome.setFocus()
        self._edited(key)
