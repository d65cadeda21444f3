"""A form that is being filled: built once its service is loaded; looked over, kept, registered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.actions import drafts, intake
from desktop.actions.intake import FEE, NewCase
from desktop.actions.precheck import paper
from desktop.domain.enforcement import SENT_ON
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.service import Service
from desktop.forms.answers import Checked, Filled
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.acts.keeping import Keeper
from desktop.ui.pages.form.aside import Told, carried
from desktop.ui.pages.form.bar import NO_FEE, NO_PRECHECK, STILL_READING, FormBar
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.desk import Loaded, sent_on
from desktop.ui.pages.form.earlier import Earlier
from desktop.ui.pages.form.faults import FaultBoard, faults_of
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.folding import Folding
from desktop.ui.pages.form.found import Findings
from desktop.ui.pages.form.papers import FormPapers
from desktop.ui.pages.form.samples import as_kept
from desktop.ui.pages.form.side import FormSide
from desktop.ui.widgets.inputs.undo import Undo, to_the_end
from desktop.ui.widgets.told.banner import ErrorList
from desktop.ui.work import Job

_LOOK_MS = 150
_READ_MS = 700


@dataclass(frozen=True)
class Around:
    """What stands round a form on its page.

    `listed` hears whether the list of errors shows, `kept` under which id the draft is kept,
    `aside` what of it has no place in the form.
    """

    page: Page
    errors: ErrorList
    panel: FormSide
    buttons: FormBar
    papers: FormPapers
    listed: Callable[[bool], None]
    kept: Callable[[str], None]
    aside: Callable[[tuple[Told, ...]], None]


class OpenForm(QObject):
    """The form of a service as loaded, with its draft in it if there is one.

    What is typed is looked over off the window; faults show where the person has been.
    """

    def __init__(self, around: Around, loaded: Loaded, place: places.Form) -> None:
        super().__init__(around.page)
        page, self._around, self.loaded = around.page, around, loaded
        self._shell, self._seat, self._service = page.shell, page.shell.seat, loaded.service
        files = FormFiles(page.shell, page)
        around.papers.follow(files)
        self.body = body = FormBody(loaded.service, loaded.fee, loaded.today, files, page)
        self.draft_id = place.draft_id or drafts.new_draft_id()
        self.keeper = Keeper(page, page.shell, self._keeping)
        self.keeper.saved.connect(self._saved)
        self.keeper.refused.connect(self._tell)
        self.undo = Undo(body, body.stands, self._put_back)
        self.findings = Findings(self._seat, page.shell.work, loaded.service, body)
        self.findings.changed.connect(self.look)
        self._earlier = Earlier(page.shell, loaded.service, body, loaded.titles)
        self._earlier.changed.connect(self._edited)
        self._board = FaultBoard(around.errors, around.panel.remains)
        self._folding = Folding(body, self._faulty)
        self._checked: Checked | None = None
        self._registering = False
        # Whether it stands there that the fee is not taken, and what runs until that can be read.
        self._fee_warned = False
        self._fee_unread = QTimer(body)
        self._fee_unread.setSingleShot(True)
        self._fee_unread.setInterval(_READ_MS)
        # Whether there is a draft of it.
        self._kept = loaded.draft is not None
        self._turn = 0
        self.linked_to = ""
        self.aside: tuple[Told, ...] = ()
        self._look_soon = QTimer(body)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(_LOOK_MS)
        self._look_soon.timeout.connect(self.look)
        body.double.seen.connect(self._see_double)
        body.edited.connect(self._edited)
        body.left.connect(self._left)
        body.documents.printed.clicked.connect(self._show_checklist)
        body.finished.connect(around.buttons.to_main)

    def begin(self) -> None:
        """Lay the draft in, or put the focus where typing begins."""
        if self.loaded.draft is not None:
            kept = json.loads(self.loaded.draft.body)
            self._board.visited = set(kept["visited"])
            self.linked_to = kept.get("linked_to", "")
            self._lay_in(self.loaded.before, kept)
            self._shell.draft_saved(self.loaded.draft.updated_at)
        else:
            self.body.focus_first()
        self.undo.begin()
        self.look()

    def take_sample(self, filled: Filled) -> None:
        """Lay a demo's sample in: person, property and answers; papers and fee stay as they are."""
        kept = as_kept(filled)
        kept |= {"documents": self.body.documents.kept(), "fee": self.body.fee.kept()}
        with self.undo.together():
            self.body.restore(kept)
        self._edited()
        self.look()

    def follow(self, before: OpenForm) -> None:
        """Take over what was typed into the form of an earlier version, and where it was kept."""
        self.draft_id, self.linked_to = before.draft_id, before.linked_to
        self._kept = before._kept
        self._board.visited = before._board.visited
        self._lay_in(before._service, before._whole())
        self.undo.begin()
        if before.keeper.is_dirty():
            self.keeper.touch()
        before.end()
        # Whoever types on does not type over what stands there.
        to_the_end(QApplication.focusWidget())
        self.look()

    @property
    def is_busy(self) -> bool:
        """Whether it is being registered, or a paper is being read: it must not be replaced now."""
        return self._registering or self.body.documents.files.busy

    def take(self, loaded: Loaded) -> None:
        """The same service, fee and day, with what else holds now: holidays, terms, titles."""
        self.loaded = loaded
        self.look()

    def _lay_in(self, typed_into: Service | None, kept: Mapping[str, Any]) -> None:
        """What was typed, also into an earlier version; what has no place now is told."""
        found = carried(typed_into, self._service, kept)
        self.aside = found.aside
        self.body.restore(found.kept)
        self._around.aside(found.aside)

    def drop_aside(self) -> None:
        """Nobody needs what has no place any more."""
        self.aside = ()
        self._around.aside(())
        self.keeper.touch()

    def end(self) -> None:
        """Another form stands in this one's place."""
        self.keeper.finish()
        self.body.deleteLater()
        self.deleteLater()

    def leave(self) -> None:
        """Keep the draft, at once; nothing is looked over any more."""
        self._look_soon.stop()
        self.body.documents.files.leave()
        kept = self.keeper.save_now()
        lies = self._kept and not self.keeper.is_finished() and not self.keeper.is_handing_in()
        if kept and lies:
            self._shell.draft_left()

    def keep_property(self, *, kept: bool) -> None:
        """Whether the part of the property stays open: what was found stands in it."""
        self._folding.keep_property = kept

    # Typing.

    def _edited(self, key: str = "") -> None:
        self.undo.note(key)
        self._fee_warned = False
        self._around.buttons.warn("")
        if self._is_begun() or self._kept:
            self._kept = True
            self._around.kept(self.draft_id)
            self.keeper.touch()
        self._look_soon.start()

    def _is_begun(self) -> bool:
        """Whether there is anything that a draft is for."""
        return self.body.is_begun() or bool(self.aside or self.linked_to)

    def _saved(self, at: datetime) -> None:
        self._shell.draft_saved(at if self._kept else None)

    def _put_back(self, stood: Mapping[str, Any], key: str) -> None:
        """What Ctrl+Z leaves; it is kept and looked over like what is typed."""
        self.body.put_back(stood, key)
        self._edited(key)

    def _left(self, key: str) -> None:
        self._board.visited.add(key)
        self._look_soon.stop()
        self.look()

    def _keeping(self) -> Callable[[], object]:
        """Keep the form as it stands now, with a line to know it by; an empty one is no draft."""
        self._kept = self._is_begun()
        if not self._kept:
            return partial(drafts.delete, self._seat.desk, self.draft_id)
        kept = self._whole()
        name = self.body.party.name() or self.body.estate.summary_words()
        title, code, draft_id = name or "بی‌نام", self._service.code, self.draft_id
        body = json.dumps(kept, ensure_ascii=False)
        return partial(drafts.save, self._seat, draft_id, code, title, body)

    def _whole(self) -> dict[str, Any]:
        """All that is kept of the form."""
        return self.body.kept() | {
            "visited": sorted(self._board.visited),
            "linked_to": self.linked_to,
            "version": self._service.version,
            "aside": [list(each) for each in self.aside],
        }

    def _faulty(self) -> frozenset[str] | None:
        """The keys at fault; None before the form was looked over."""
        if self._checked is None:
            return None
        return frozenset(fault.field or "" for fault in faults_of(self.body, self._checked))

    def _tell(self, words: str) -> None:
        self._shell.tell(words, "refuse")

    # Looking over.

    def look(self) -> None:
        """Check the whole form off the window."""
        self._look_over(self._looked, self._no)

    def _look_over(
        self, then: Callable[[Checked], None], failed: Callable[[Refusal], None]
    ) -> None:
        """Check the form as it stands; what comes of an earlier state is not heard."""
        self._turn += 1
        turn, filled = self._turn, self.body.filled()

        def looked(checked: Checked) -> None:
            if turn == self._turn:
                then(checked)

        job = partial(intake.look_over, self._seat.desk, self._service, filled)
        self._shell.work.run(self.body, job, looked, failed)

    def _no(self, refusal: Refusal) -> None:
        self._tell(refusal.words)

    def _looked(self, checked: Checked) -> None:
        self._checked = checked
        faulty = frozenset(fault.field or "" for fault in checked.faults)
        self.findings.consider(checked, faulty)
        self._earlier.consider(checked)
        self._show(checked)

    def _show(self, checked: Checked) -> None:
        around = self._around
        self._board.show(self.body, checked)
        around.listed(not around.errors.isHidden())
        self.findings.summarise(around.panel, self.loaded, checked)
        around.buttons.say()

    # Beside it.

    def _see_double(self, case_id: str) -> None:
        self._shell.go(places.Case(case_id))

    def show_precheck(self) -> None:
        """The pre-check on paper, once the records have answered."""
        answer = self.findings.answer
        if self._checked is None:
            return
        if answer is None:
            self._around.buttons.warn(NO_PRECHECK)
            return
        filled = self.body.filled()
        draw = partial(paper, self._seat, self._service, filled, self._checked, answer)
        self._around.papers.show_precheck(draw)

    def _show_checklist(self) -> None:
        """What this applicant brings, on paper; the form waits as a draft."""
        kind = self.body.party.applicant
        self._shell.go(places.Checklist(self._service.code, kind.value))

    # Registering.

    def register(self) -> None:
        """Register what is whole; else say what is missing and go there."""
        if self._registering:
            return
        self._registering = True
        self._look_soon.stop()
        self._shell.work.flow(self.body, self._register())

    async def _register(self) -> None:
        try:
            filled = self.body.filled()
            checked = await self._looking_over(filled)
            while (now := self.body.filled()) != filled:
                # Typed on while it was looked over: what is sent is what was looked at.
                filled = now
                checked = await self._looking_over(filled)
            if self._is_whole(checked):
                self._registered(await self._sending(filled))
        except Refusal as no:
            self.refused(no)
        finally:
            # Also after a bug: the key must not stay deaf.
            self._registering = False

    def _looking_over(self, filled: Filled) -> Job[Checked]:
        # What comes of a look that began before is not heard.
        self._turn += 1
        return Job(partial(intake.look_over, self._seat.desk, self._service, filled))

    def _is_whole(self, checked: Checked) -> bool:
        """Whether it can be registered; what is missing is told, and gone to."""
        self._looked(checked)
        if self.body.documents.files.busy:
            self._around.buttons.warn(STILL_READING)
        elif faults_of(self.body, checked):
            self._board.show_all()
            self._show(checked)
            self._around.errors.focus_first()
            self._folding.fold()
        elif self.loaded.fee and self.body.fee.payment() is None and not self._has_read_fee():
            self.body.jump(FEE)
            if not self._fee_warned:
                self._fee_warned = True
                self._fee_unread.start()
            self._around.buttons.warn(NO_FEE)
        else:
            return True
        return False

    def _has_read_fee(self) -> bool:
        """Whether the warning stood there long enough: a double click is no second thought."""
        return self._fee_warned and not self._fee_unread.isActive()

    def _sending(self, filled: Filled) -> Job[NewCase]:
        double = self.body.double
        job = partial(
            intake.register,
            self._seat,
            self._service,
            filled,
            self.body.fee.payment() if self.loaded.fee else None,
            draft_id=self.draft_id,
            duplicate_reason=double.reason.raw() if double.is_due() else "",
            linked_to=self.linked_to,
        )
        # Once more after registering: what was kept meanwhile is no draft any more.
        drop = partial(drafts.delete, self._seat.desk, self.draft_id)
        return Job(self.keeper.handing_in(job, lambda _: drop()), act=True)

    def _registered(self, done: NewCase) -> None:
        self.keeper.finish()
        # Coming back from the outcome must not open this request again.
        self._around.page.returns_to = places.Home()
        self._shell.go(places.Outcome(done.case_id, fresh=True))

    def _tell_refused(self, fault: Refusal) -> None:
        """What has no place in the form; where another office may take it, with the way there."""
        if fault.field not in SENT_ON:
            self._tell(fault.words)
            return
        place = sent_on(self._service.code, self.body.estate.code.value())
        self._shell.tell(fault.words, "refuse", "نزدیک‌ترین دفتر", lambda: self._shell.go(place))

    def refused(self, refusal: Refusal) -> None:
        """Say what registering itself found, beside its field or on top."""
        faults = refusal.faults if isinstance(refusal, Refusals) else [refusal]
        for fault in self._board.refuse(self.body, faults):
            self._tell_refused(fault)
        self._around.errors.focus_first()
