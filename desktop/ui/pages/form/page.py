"""The case form: a request typed in, checked on leaving each field, registered with Ctrl+Enter."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer

from desktop.actions import intake
from desktop.actions.intake import Done
from desktop.actions.precheck import paper
from desktop.domain.errors import Refusal, Refusals
from desktop.forms.answers import Checked
from desktop.ui import places
from desktop.ui.page import Bar, Heading, Page, Shell
from desktop.ui.pages.form.bar import NO_FEE, NO_PRECHECK, STILL_READING, FormBar
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.desk import Loaded, load
from desktop.ui.pages.form.draft import DraftKeeper
from desktop.ui.pages.form.earlier import Earlier
from desktop.ui.pages.form.faults import FaultBoard, faults_of
from desktop.ui.pages.form.fee import FEE
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.folding import Folding
from desktop.ui.pages.form.found import Findings
from desktop.ui.pages.form.papers import FormPapers
from desktop.ui.pages.form.side import FormSide
from desktop.ui.standing.chips import DRAFT
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import ErrorList
from desktop.ui.work import Changed

_LOOK_MS = 150


class CaseForm(Page):
    """Place: key is the service's code, extra the draft's id if there is one."""

    place: places.Form

    rail = "new"

    def __init__(self, shell: Shell, place: places.Form) -> None:
        super().__init__(shell, place)
        self.errors = ErrorList()
        self.errors.jump.connect(self.jump)
        top = Column(self.errors, gap=0, margins=(0, 20, 0, 20))
        self._column = Column(gap=0)
        self._column.addLayout(top)
        self._top = top
        self.setLayout(self._column)
        self.panel = FormSide()
        self.panel.remains.jump.connect(self.jump)
        self.panel.fee.connect(self.take_fee)
        self.side = self.panel
        self.body: FormBody | None = None
        self._loaded: Loaded | None = None
        self._keeper: DraftKeeper | None = None
        self._findings: Findings | None = None
        self._earlier: Earlier | None = None
        self._checked: Checked | None = None
        self.papers = FormPapers(shell, self)
        self.panel.printed.connect(self._show_precheck)
        self._folding = Folding(self._faulty, self)
        self._board = FaultBoard(self.errors, self.panel.remains)
        self._registering = self._fee_warned = False
        self._turn = 0
        self._linked_to = ""
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(_LOOK_MS)
        self._look_soon.timeout.connect(self.look)
        self.bar = bar = Bar()
        self._buttons = FormBar(bar, self.panel.remains)
        self._buttons.registered.connect(self.register)
        self._buttons.left.connect(self.shell.back)
        self._buttons.next_asked.connect(self.panel.remains.go_next)

    # Coming and going.

    def enter(self) -> None:
        """Load the service and the draft."""
        seat, place = self.shell.seat, self.place
        self.shell.work.run(
            self, lambda: load(seat, place.service, place.draft_id), self._open, self._no
        )

    def leave(self) -> None:
        """Keep the draft, at once; nothing is looked over any more."""
        self._look_soon.stop()
        if self.body is not None:
            self.body.documents.files.leave()
        if self._keeper is not None:
            self._keeper.save_now()

    def refresh(self, changed: Changed) -> None:
        """Ask the records again when the line is back; take a newer service file as it comes."""
        if self._findings is not None and changed.sync:
            self._findings.retry()
        if changed.published and self.body is not None:
            seat, code = self.shell.seat, self.place.service
            self.shell.work.run(self, lambda: load(seat, code, ""), self._renew)

    def _open(self, loaded: Loaded) -> None:
        self._loaded = loaded
        service, seat = loaded.service, self.shell.seat
        self.set_heading(Heading(service.title, chip=DRAFT))
        self.setAccessibleName(service.title)
        if self._keeper is None:
            self._keeper = DraftKeeper(
                self, self.shell, service.code, self.place.draft_id, self._state
            )
            self._keeper.saved.connect(self._saved)
            self._keeper.refused.connect(lambda words: self.shell.tell(words, "refuse"))
        files = FormFiles(self.shell, self)
        self.papers.follow(files)
        body = FormBody(service, loaded.fee, loaded.today, files, self)
        if self.body is not None:
            self._column.removeWidget(self.body)
            self.body.deleteLater()
        self.body = self._folding.body = body
        self._column.addWidget(body, 1)
        self._findings = Findings(seat, self.shell.work, service, body)
        self._findings.changed.connect(self.look)
        self._earlier = Earlier(self.shell, service, body, loaded.titles)
        self._earlier.changed.connect(self._edited)
        body.double.seen.connect(lambda case_id: self.shell.go(places.Case(case_id)))
        body.edited.connect(self._edited)
        body.left.connect(self._left)
        body.documents.printed.clicked.connect(self._show_checklist)
        body.finished.connect(self._buttons.to_main)
        body.show()
        if loaded.draft is not None:
            kept = json.loads(loaded.draft.body)
            self._board.visited = set(kept["visited"])
            self._linked_to = kept.get("linked_to", "")
            body.restore(kept)
            self.shell.draft_saved(loaded.draft.updated_at)
        else:
            body.focus_first()
        self.look()

    def _renew(self, loaded: Loaded) -> None:
        """A newer file of the service is in force: the same answers in its form."""
        if self._loaded is None or loaded.service.version == self._loaded.service.version:
            return
        if self.body is None:
            return
        kept = self.body.kept()
        self._open(replace(loaded, draft=None))
        self.body.restore(kept)
        self.shell.tell("فرم این خدمت نو شد؛ پاسخ‌های شما مانده است.", "neutral")
        self.look()

    def _no(self, refusal: Refusal) -> None:
        self.shell.tell(refusal.words, "refuse")

    # Typing.

    def _edited(self, _key: str = "") -> None:
        self._fee_warned = False
        self._buttons.warn("")
        if self.body is not None and self._keeper is not None and self.body.is_begun():
            self.place = replace(self.place, draft_id=self._keeper.draft_id)
            self._keeper.touch()
        self._look_soon.start()

    def _left(self, key: str) -> None:
        self._board.visited.add(key)
        self._look_soon.stop()
        self.look()

    def _state(self) -> tuple[str, str]:
        """The draft: a line to know it by, and the form as JSON."""
        if self.body is None:
            return "", "{}"
        kept = self.body.kept() | {"visited": sorted(self._board.visited)}
        kept["linked_to"] = self._linked_to
        name = self.body.party.name() or self.body.estate.summary_words()
        return name or "بی‌نام", json.dumps(kept, ensure_ascii=False)

    def _saved(self, at: datetime) -> None:
        self.shell.draft_saved(at)

    def _faulty(self) -> frozenset[str] | None:
        """The keys at fault; None before the form was looked over."""
        if self.body is None or self._checked is None:
            return None
        return frozenset(fault.field or "" for fault in faults_of(self.body, self._checked))

    # Looking over.

    def look(self) -> None:
        """Check the whole form off the window; faults show where the person has been."""
        if self.body is None or self._loaded is None:
            return
        self._turn += 1
        turn, desk, service = self._turn, self.shell.seat.desk, self._loaded.service
        filled = self.body.filled()

        def looked(checked: Checked) -> None:
            if turn == self._turn:
                self._looked(checked)

        self.shell.work.run(self, lambda: intake.look_over(desk, service, filled), looked, self._no)

    def _looked(self, checked: Checked) -> None:
        self._checked = checked
        faulty = frozenset(fault.field or "" for fault in checked.faults)
        if self._findings is not None and self._earlier is not None:
            self._findings.consider(checked, faulty)
            self._earlier.consider(checked)
        self._show()

    def _show(self) -> None:
        if self.body is None or self._loaded is None or self._checked is None:
            return
        self._board.show(self.body, self._checked)
        told = not self.errors.isHidden()
        self._top.set_margins((10, 20, 0, 20) if told else (0, 20, 0, 20))
        if self._findings is not None:
            self._findings.summarise(self.panel, self._loaded, self._checked)
        self._buttons.say()

    # The bar and its keys.

    def set_narrow(self, narrow: bool) -> None:
        """Without the side panel the bar says what remains."""
        self._folding.keep_property = not narrow
        self._buttons.arrange(narrow=narrow)

    def press(self, key: str) -> bool:
        """F7 goes to the next thing missing, F8 to the pre-check on paper, F12 to the fee."""
        if self.papers.press(key):
            return True
        if key == "F8":
            self._show_precheck()
            return True
        if key == "F7" and self.panel.remains.count():
            self.panel.remains.go_next()
            return True
        if key == "F12" and self._loaded is not None and self._loaded.fee:
            self.take_fee()
            return True
        return False

    def jump(self, key: str) -> None:
        """Go to the field of that key."""
        if self.body is not None:
            self.body.jump(key)

    def take_fee(self) -> None:
        """Go where the reference of the terminal or the bill is typed."""
        self.jump(FEE)

    def _show_precheck(self) -> None:
        if self.body is None or self._loaded is None or self._checked is None:
            return
        answer = self._findings.answer if self._findings is not None else None
        if answer is None:
            self._buttons.warn(NO_PRECHECK)
            return
        seat, service = self.shell.seat, self._loaded.service
        draw = partial(paper, seat, service, self.body.filled(), self._checked, answer)
        self.papers.show_precheck(draw)

    def _show_checklist(self) -> None:
        """What this applicant brings, on paper; the form waits as a draft."""
        if self.body is not None:
            kind = self.body.party.applicant
            self.shell.go(places.Checklist(self.place.service, kind.value))

    # Registering.

    def register(self) -> None:
        """Register what is whole; else say what is missing and go there."""
        if self.body is None or self._loaded is None or self._registering:
            return
        desk, service = self.shell.seat.desk, self._loaded.service
        filled = self.body.filled()
        self._turn += 1
        self._registering = True

        def looked(checked: Checked) -> None:
            self._registering = False
            self._looked(checked)
            self._register_whole()

        self.shell.work.run(
            self, lambda: intake.look_over(desk, service, filled), looked, self._refused
        )

    def _register_whole(self) -> None:
        if self.body is None or self._loaded is None or self._keeper is None:
            return
        if self.body.documents.files.busy:
            self._buttons.warn(STILL_READING)
            return
        if self._checked is not None and faults_of(self.body, self._checked):
            self._board.show_all()
            self._show()
            self.errors.focus_first()
            self._folding.fold()
            return
        payment = self.body.fee.payment() if self._loaded.fee else None
        if self._loaded.fee and payment is None and not self._fee_warned:
            self.take_fee()
            self._fee_warned = True
            self._buttons.warn(NO_FEE)
            return
        self._registering = True
        self._keeper.hold()
        seat, service, filled = self.shell.seat, self._loaded.service, self.body.filled()
        draft_id, reason = self._keeper.draft_id, self.body.double.reason.raw()
        reason = reason if self.body.double.is_due() else ""
        linked_to = self._linked_to
        self.shell.work.run(
            self,
            lambda: intake.register(
                seat,
                service,
                filled,
                payment,
                draft_id=draft_id,
                duplicate_reason=reason,
                linked_to=linked_to,
            ),
            self._registered,
            self._refused,
        )

    def _registered(self, done: Done) -> None:
        if self._keeper is not None:
            self._keeper.finish()
        # Coming back from the outcome must not open this request again.
        self.returns_to = places.Home()
        self.shell.go(places.Outcome(done.case_id))

    def _refused(self, refusal: Refusal) -> None:
        self._registering = False
        if self._keeper is not None:
            self._keeper.touch()
        faults = refusal.faults if isinstance(refusal, Refusals) else [refusal]
        homeless = [refusal.words]
        if self.body is not None:
            homeless = self._board.refuse(self.body, faults)
        for words in homeless:
            self.shell.tell(words, "refuse")
        self.errors.focus_first()
