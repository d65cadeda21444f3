"""A case of the office: where it stands, its log, its parts, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.actions import act_drafts, board, objections, visits
from desktop.actions import standing as standings
from desktop.actions.board import QueueCase
from desktop.actions.standing import Standing
from desktop.domain import commands as c
from desktop.domain import contest
from desktop.domain.case import Case
from desktop.domain.cash import refundable
from desktop.domain.contest import Contested
from desktop.domain.errors import Refusal
from desktop.domain.form import ALWAYS
from desktop.domain.lawful import demand_lawful
from desktop.domain.lawful_money import NOT_VOIDED, voidable
from desktop.domain.letter import LetterKind
from desktop.domain.persian import to_persian_digits
from desktop.domain.recall import still_to_tell
from desktop.domain.service import LinkedService, Service
from desktop.domain.serving import takes_objections, unserved
from desktop.domain.state import State
from desktop.domain.stream import office_stream
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.following import go_on
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.amend_form import AmendForm
from desktop.ui.pages.case.counter_acts import MANY_SLOTS, LackForm, MoveForm, WithdrawForm
from desktop.ui.pages.case.frame import CaseFrame
from desktop.ui.pages.case.items import ItemActs, show_items
from desktop.ui.pages.case.messages import ResendForm
from desktop.ui.pages.case.papers import notices_of, paper_of
from desktop.ui.pages.case.reply_form import ConsulteeReplyForm, takes_by_hand
from desktop.ui.pages.case.tabs import DOCUMENTS, FORM_TAB, CaseTabs, Shown
from desktop.ui.pages.commissions.service_forms import ObjectionForm, ServeForm
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.linked import open_linked
from desktop.ui.pages.papers.page import arrange_sent
from desktop.ui.pages.papers.view import OfficePaper, PaperView
from desktop.ui.pages.recalls.forms import TellVoidForm
from desktop.ui.pages.till.entry_forms import RefundForm, VoidPaymentForm
from desktop.ui.printing import gone
from desktop.ui.remembered import SLIP
from desktop.ui.standing.chips import chip_of_case
from desktop.ui.standing.lines import VOID_LETTER, next_act, whole_code
from desktop.ui.standing.next_act import NEXT_CASE, NextAct
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.layouts import clear
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

# By the name of an act's form, what it asks for.
_KINDS = {
    "withdraw": c.Withdraw.kind,
    "lack": c.ReturnCase.kind,
    "move": c.MoveVisit.kind,
    "amend": c.Amend.kind,
    "refund": c.RefundFee.kind,
    "void-payment": c.VoidPayment.kind,
    "void": c.VoidLetter.kind,
    "hand-over": c.HandOver.kind,
    "print-again": c.PrintLetter.kind,
    "pay-fee": c.PayFee.kind,
    "pay-due": c.PayDue.kind,
    "book-visit": c.BookVisit.kind,
    "resend": c.ResendMessage.kind,
    TellVoidForm.name: c.TellVoid.kind,
    ServeForm.name: c.ServeRuling.kind,
    ObjectionForm.name: c.ObjectToRuling.kind,
    "reply": c.EnterReply.kind,
}
_OBJECT = "object"
_OF_LETTER = frozenset({"void", "hand-over", "print-again"})
_OF_OUTCOME = frozenset({"pay-fee", "pay-due", "book-visit"})


@dataclass(frozen=True)
class _Loaded:
    standing: Standing
    releases: frozenset[str]
    others: int
    linked: tuple[QueueCase, ...]
    refused: frozenset[str]
    objecting: Service | None


class CasePage(CaseFrame):
    """پرونده."""

    place: places.Case

    listens = frozenset({Kind.OWN_CASE, Kind.PUBLISHED, Kind.DAY})

    def __init__(self, shell: Shell, place: places.Case) -> None:
        tabs = CaseTabs()
        super().__init__(shell, place, tabs)
        self._loaded: _Loaded | None = None
        self._shown_facts: tuple[object, ...] = ()
        self._paper = ""
        # From the till: an entry, by its mark, that is to be voided.
        self._wanted = place.entry
        # From where it was left half typed: an act that is to be gone on with.
        self._wanted_act = place.act
        if place.entry or place.act:
            # Begun once: whoever comes back by Esc stands on the case, and Esc leads on from it.
            self.returns_to = places.Case(place.case_id)
        self.paper = PaperView(shell.work)
        self.paper.refused.connect(lambda words: self.shell.tell(words, "refuse"))
        self.paper.sent.connect(self._printed)
        self.body.addWidget(self.paper)
        tabs.letter.connect(lambda key: self.shell.go(places.Letter(self.case_id, key)))
        tabs.act.connect(self.begin)
        self.arrange()

    def enter(self) -> None:
        """Load; the tabs have the keys."""
        self.tabs.tabs.setFocus()
        self._load()
        self.drafts.load()

    def refresh(self, changed: Changed) -> None:
        """The case moved, or what it rests on."""
        self._load()

    def own_cases(self) -> frozenset[str]:
        """With the linked ones: the panel tells where they stand."""
        linked = self._loaded.linked if self._loaded else ()
        return super().own_cases() | {other.case_id for other in linked}

    def set_narrow(self, narrow: bool) -> None:
        """Fewer things in headline and action bar."""
        self.narrow = narrow
        if self._case is not None:
            self._show_head(self._case)
        if self.form is None:
            self.arrange()

    @property
    def _case(self) -> Case | None:
        return self._loaded.standing.view.case if self._loaded else None

    @property
    def _slip_is_old(self) -> bool:
        return self.case_id in self.shell.remembered.old_slips

    @property
    def _unsettled(self) -> bool:
        return self._loaded is not None and bool(self._loaded.standing.view.waiting)

    def _load(self) -> None:
        self.shell.work.run(self, self._looking(), self._show, self.tell)

    def _looking(self) -> Callable[[], _Loaded]:
        seat, case_id = self.shell.seat, self.case_id

        def job() -> _Loaded:
            standing = standings.of_case(seat.desk, case_id)
            case = standing.view.case
            code = case.request.code if case else ""
            same = board.find(seat.desk, code).cases if code else ()
            others = sum(other.case_id != case_id for other in same)
            linked = tuple(board.linked(seat.desk, case_id))
            refused = act_drafts.refused(seat, case_id)
            objecting = objections.service_of(seat.desk)
            return _Loaded(standing, board.releases(seat), others, linked, refused, objecting)

        return job

    def _show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        view, service = loaded.standing.view, loaded.standing.service
        self._settle_drafts(loaded)
        today = loaded.standing.today
        acts = ItemActs(
            finish=self._finish,
            void=self._begin_void if self.may(c.VoidPayment.kind) else None,
            resend=self._begin_resend if self.may(c.ResendMessage.kind) else None,
        )
        show_items(self.items, loaded.standing.items, view.case, service, today, acts)
        if view.case is None:
            self._show_nothing()
            return
        beside = (loaded.others, loaded.linked)
        shown = (view.confirmed, view.provisional, beside, loaded.standing.today)
        if shown == self._shown_facts:
            return
        self._shown_facts = shown
        case = view.case
        self._show_head(case)
        told = Shown(case, view.confirmed, view.provisional, service, loaded.standing.today)
        self.tabs.show_case(told, self._acts_in_parts(case))
        self.panel.show_case(case, service, loaded.others, loaded.linked)
        if self._wanted:
            self.arrange()
            self._begin_void(self._wanted)
            self._wanted = ""
        elif self._wanted_act and self.can_begin(self._wanted_act):
            self.arrange()
            self.begin(self._wanted_act)
            self._wanted_act = ""
        elif self.form is None and not self._paper:
            self.arrange()

    def _settle_drafts(self, loaded: _Loaded) -> None:
        """Which acts are settled, and how far the case is for what is typed now."""
        standing = loaded.standing
        case = standing.view.case
        if case is None:
            return
        title = standing.service.title if standing.service else case.request.service
        self.drafts.of = f"{title}، {to_persian_digits(case.request.party.name)}"
        self.drafts.rev = case.rev
        taken = {fact.cause for fact in standing.view.confirmed}
        self.drafts.settle(taken, loaded.refused)
        self._tell_unfinished()

    def _show_head(self, case: Case) -> None:
        """Title, chip and headline; where the window is narrow, the headline has the code."""
        service = self._loaded.standing.service if self._loaded else None
        title = service.title if service else case.request.service
        name = to_persian_digits(case.request.party.name)
        second = name if self.narrow else f"{name}، {whole_code(case.request.tracking)}"
        self.set_heading(Heading(title, second, chip_of_case(case, unsettled=self._unsettled)))
        self.show_headline(case, unsettled=self._unsettled)

    def _show_nothing(self) -> None:
        clear(self.head)
        self.set_heading(Heading("پرونده"))
        words = "موارد باقی‌ماندهٔ آن در بالای همین صفحه آمده است."
        self.head.addWidget(EmptyState("این پرونده در دفتر نیست", words, icon="file-off"))
        self.tabs.hide()
        self.arrange()

    def _finish(self, item_id: str) -> None:
        self.flow(self._finishing(item_id))

    async def _finishing(self, item_id: str) -> None:
        await Job(partial(board.finish_item, self.shell.seat, item_id))
        self._load()

    # What may be done.

    @property
    def _till(self) -> str:
        """The stream of this office: what another one took is none of its till's."""
        return office_stream(self.shell.seat.staff.office)

    def may(self, kind: str) -> bool:
        """Whether this person may ask for that now."""
        case = self._case
        if case is None:
            return False
        try:
            demand_lawful(case, kind, self.shell.seat.staff)
        except Refusal:
            return False
        return True

    def can_begin(self, name: str) -> bool:
        """Whether this person may do that now, and its form can stand."""
        act, _, subject = name.partition(":")
        kind = _KINDS.get(act)
        loaded, case = self._loaded, self._case
        if kind is None or loaded is None or case is None or not self.may(kind):
            return False
        if act == RefundForm.name:
            return subject in refundable(case, self._till)
        if act == VoidPaymentForm.name:
            return subject in voidable(case, self._till)
        if act == ResendForm.name:
            return subject in case.unreached
        if act == TellVoidForm.name:
            return any(still_to_tell(case, held) for held in case.letters)
        if act == ServeForm.name:
            return bool(unserved(case))
        if act == ObjectionForm.name:
            return takes_objections(case)
        if act == ConsulteeReplyForm.name:
            return bool(takes_by_hand(case))
        if act == "pay-fee":
            return subject == case.fee_to_take
        if act == "pay-due":
            return subject in {one.key for one in case.asked}
        return name != "amend" or loaded.standing.service is not None

    def _acts_in_parts(self, case: Case) -> list[tuple[int, str, str]]:
        acts = []
        if self.may(c.Amend.kind):
            acts += [(FORM_TAB, "amend", "ویرایش"), (DOCUMENTS, "amend", "ویرایش")]
        if self.may(c.Withdraw.kind):
            acts.append((FORM_TAB, "withdraw", "انصراف متقاضی…"))
        if self._objection_to(case) is not None:
            acts.append((FORM_TAB, _OBJECT, "اعتراض…"))
        if self.may(c.ReturnCase.kind):
            acts.append((DOCUMENTS, "lack", "اعلام نقص مدارک…"))
        return acts

    def _objection_to(self, case: Case) -> LinkedService | None:
        """The form by which somebody objects to what this case was answered; None where nobody can.

        A negative letter is what is contested first.
        """
        service = self._loaded.objecting if self._loaded else None
        if service is None or service.code == case.request.service or case.decision is None:
            return None
        if case.stream != self._till or not case.request.code:
            return None
        held = case.answer
        refused = held is not None and held.letter.kind is LetterKind.REFUSAL
        give = {contest.FIELD: Contested.REFUSAL.value} if refused else {}
        return LinkedService(service.code, service.title, ALWAYS, {}, give)

    def _next(self, case: Case) -> NextAct:
        if case.recalled and case.answer is not None and not case.answer.is_out:
            return VOID_LETTER
        may_release = self._loaded is not None and case.request.service in self._loaded.releases
        slot_day = case.slot.day if case.slot else None
        stamps = may_release and board.to_release(case)
        kind = c.ReleaseLetter.kind if stamps else board.next_step(case)
        return next_act(kind, case.state, slot_day=slot_day, may_release=may_release)

    def arrange(self) -> None:
        """Main: the next step or the next case; papers and acts beside it."""
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        case = self._case
        if case is None:
            main = Button(NEXT_CASE, "main", icon="arrow-left", keys="Ctrl+Enter")
            main.clicked.connect(self._go_on)
            self.bar.arrange(main=main, quiets=[back])
            return
        service = self._loaded.standing.service if self._loaded else None
        step = self._next(case)
        words = paper_of(self.shell.seat, case, settled=not self._unsettled).title
        notices = list(notices_of(self.shell.seat, case))
        if self.can_begin(TellVoidForm.name) and notices:
            # Somebody holds a letter that is void: before the next case he is told.
            notice = notices.pop()
            main = Button(f"چاپ {notice.title}…", "main", icon="printer", keys="Ctrl+Enter")
            main.clicked.connect(partial(self._show_office_paper, notice))
            beside = Button(step.button, icon=step.icon, tall=True)
            beside.clicked.connect(lambda: self._step(step))
        elif self._slip_is_old and case.state is State.BOOKED and not self._unsettled:
            # Nobody goes on to the next while the applicant holds a slip of another hour.
            main = Button("چاپ برگ تازه", "main", icon="printer", keys="Ctrl+Enter", also="F8")
            main.clicked.connect(lambda: self._show_paper(at_once=True))
            beside = Button(step.button, icon=step.icon, tall=True)
            beside.clicked.connect(lambda: self._step(step))
        else:
            main = Button(step.button, "main", icon=step.icon, keys="Ctrl+Enter")
            main.clicked.connect(lambda: self._step(step))
            beside = Button(f"{words}…", icon="printer", keys="F8", tall=True)
            beside.clicked.connect(lambda: self._show_paper())
        seconds = [beside]
        for link in service.links_of(case.request.conditions) if service else ():
            if case.state is not State.WITHDRAWN:
                dig = Button(f"{link.title}…", icon="file-plus", tall=True)
                dig.clicked.connect(lambda _=False, link=link: self.act(self._open_linked(link)))
                seconds.insert(0, dig)
        if self.may(c.MoveVisit.kind):
            move = Button("جابه‌جایی نوبت", icon="calendar-event", tall=True)
            move.clicked.connect(lambda: self.begin("move"))
            seconds.insert(0, move)
        for name, words, icon in (
            (TellVoidForm.name, "ثبت تحویل اعلام…", "send"),
            (ObjectionForm.name, "اعتراض به رأی…", "gavel"),
            (ServeForm.name, "ابلاغ رأی…", "send"),
        ):
            if self.can_begin(name) and words.rstrip("…") != step.button:
                ruled = Button(words, icon=icon, tall=True)
                ruled.clicked.connect(lambda _=False, name=name: self.begin(name))
                seconds.insert(0, ruled)
        if self.may(c.RefundFee.kind) and refundable(case, self._till):
            refund = Button("بازگرداندن هزینه…", icon="arrow-back-up", tall=True)
            refund.clicked.connect(lambda: self.begin("refund"))
            seconds.insert(0, refund)
        if self.can_begin(ConsulteeReplyForm.name):
            reply = Button("پاسخ مرجع…", icon="mail", tall=True)
            reply.clicked.connect(lambda: self.begin(ConsulteeReplyForm.name))
            seconds.insert(0, reply)
        for notice in notices:
            tell = Button(f"{notice.title}…", icon="printer", tall=True)
            tell.clicked.connect(partial(self._show_office_paper, notice))
            seconds.insert(0, tell)
        quiets = [back]
        if self.may(c.Withdraw.kind) and not self.narrow:
            withdraw = Button("انصراف متقاضی…", "quiet", icon="x", tall=True)
            withdraw.clicked.connect(lambda: self.begin("withdraw"))
            quiets.append(withdraw)
        if self._objection_to(case) is not None and not self.narrow:
            objection = Button("اعتراض…", "quiet", icon="scale", tall=True)
            objection.clicked.connect(lambda: self.begin(_OBJECT))
            quiets.append(objection)
        if self.narrow:
            quiets.append(self.summary_button())
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def _step(self, step: NextAct) -> None:
        if step.page is places.Case:
            serves = self._case is not None and board.next_step(self._case) == c.ServeRuling.kind
            self.begin(ServeForm.name if serves else "amend")
        elif step.page is not None:
            self.shell.go(step.page(self.case_id))
        else:
            self._go_on()

    def _go_on(self) -> None:
        self.flow(go_on(self, self.case_id))

    def begin(self, name: str) -> None:
        """Open the form of that act; what is done with a letter, or taken, on its page.

        A name may tell after «:» which letter or payment it is done to.
        """
        act, _, subject = name.partition(":")
        if act in _OF_LETTER:
            self.shell.go(places.Letter(self.case_id, subject))
            return
        if act in _OF_OUTCOME:
            self.shell.go(places.Outcome(self.case_id, owed=subject))
            return
        case, loaded = self._case, self._loaded
        if case is None or loaded is None:
            return
        service = loaded.standing.service
        if name == _OBJECT:
            if (link := self._objection_to(case)) is not None:
                self.act(self._open_linked(link))
            return
        if name == "withdraw":
            self.open_act(WithdrawForm(case))
        elif act == RefundForm.name:
            self.open_act(RefundForm(case, subject))
        elif act == VoidPaymentForm.name:
            self.open_act(VoidPaymentForm(case, subject))
        elif act == ResendForm.name:
            self.open_act(ResendForm(case, subject))
        elif name == TellVoidForm.name:
            void = next(held for held in case.letters if still_to_tell(case, held))
            self.open_act(TellVoidForm(case, void, still_to_tell(case, void)))
        elif name == ServeForm.name:
            self.open_act(ServeForm(case, loaded.standing.today))
        elif name == ObjectionForm.name:
            self.open_act(ObjectionForm(case, loaded.standing.today))
        elif name == "lack":
            self.open_act(LackForm(case, service))
        elif name == ConsulteeReplyForm.name:
            files = FormFiles(self.shell, self)
            replied = ConsulteeReplyForm(case, takes_by_hand(case), loaded.standing.today, files)
            files.opened.connect(lambda row, page: self._look_at_papers(replied.files, row, page))
            self.open_act(replied)
        elif name == "amend" and service is not None:
            files = FormFiles(self.shell, self)
            today = loaded.standing.today
            form = AmendForm(case, service, today, files, narrow=self.narrow)
            files.opened.connect(lambda row, page: self._look_at_papers(form.files, row, page))
            self.open_act(form)
        elif name == "move" and case.slot is not None:
            moving = MoveForm(case)
            self.open_act(moving)
            self._ask_slots(moving, case)

    def _begin_resend(self, message: str) -> None:
        self.begin(f"{ResendForm.name}:{message}")

    def _begin_void(self, mark: str) -> None:
        case = self._case
        if case is None:
            return
        if mark in voidable(case, self._till):
            self.open_act(VoidPaymentForm(case, mark))
        else:
            self.shell.tell(NOT_VOIDED, "refuse")

    def _look_at_papers(self, files: FormFiles, row: DocumentRow, page: int) -> None:
        file = files.papers(row.key).file
        self.cover.show_document(self.shell.seat, self.case_id, row.words(), file, page)

    async def _open_linked(self, link: LinkedService) -> None:
        case = self._case
        if case is None:
            return
        try:
            form = await self.acting_on(
                partial(open_linked, self.shell.seat, case, link), line=True
            )
        except Refusal as no:
            self.tell(no)
            return
        self.shell.go(form)

    def _ask_slots(self, form: MoveForm, case: Case) -> None:
        seat, taken = self.shell.seat, case.slot
        if taken is None:
            return
        district = taken.district
        self.shell.work.run(
            form,
            lambda: visits.free_slots(seat, district, MANY_SLOTS),
            lambda found: form.show_slots(found, taken),
            lambda no: form.no_slots(no.words),
            line=True,
        )

    async def doing(self, form: ActForm) -> None:
        """Do it and close it, or say what is missing; a lack of documents goes to paper."""
        if not form.check():
            return
        try:
            commands = await self.acting_on(self.drafts.sending(form, form.job(self.shell.seat)))
        except Refusal as no:
            self.drafts.refused(form, no)
            return
        self.drafts.sent(form, commands)
        moved = isinstance(form, MoveForm)
        if moved:
            # Whatever is done after it, the slip of the old hour is in the applicant's hand.
            self.shell.remembered.old_slips.add(self.case_id)
        # What is printed, or offered next, is of the case as it stands by then.
        await self.look_again(self._looking(), self._show, self.tell)
        self.close_act()
        if isinstance(form, LackForm) and self._case is not None and self._case.returned:
            self._show_paper(at_once=True)
        elif moved:
            self.shell.tell("نوبت جابه‌جا شد؛ برگ پیشین دیگر معتبر نیست.", "visit")

    # Papers.

    def _show_paper(self, *, at_once: bool = False) -> None:
        case = self._case
        if case is not None:
            paper = paper_of(self.shell.seat, case, settled=not self._unsettled)
            self._show_office_paper(paper, at_once=at_once)

    def _show_office_paper(self, paper: OfficePaper, *, at_once: bool = False) -> None:
        if self.bar is None:
            return
        self._paper = paper.title
        self.body.setCurrentWidget(self.paper)
        main = Button(f"چاپ {self._paper}", "main", icon="printer", keys="Ctrl+Enter")
        main.clicked.connect(self.paper.print_now)
        leave = Button("بازگشت به پرونده", "quiet", icon="arrow-right", keys="Esc", tall=True)
        leave.clicked.connect(self._close_paper)
        self.bar.arrange(main=main, quiets=[leave])
        self.paper.show_paper(paper, at_once=at_once)
        self.paper.frame.setFocus()

    def _printed(self, printer: str) -> None:
        if self._paper == SLIP:
            self.shell.remembered.old_slips.discard(self.case_id)
        if self.bar is not None and self._paper:
            arrange_sent(self.bar, self._close_paper, self.paper.print_now)
            self.bar.tell(gone(self._paper, printer))

    def _close_paper(self) -> None:
        self._paper = ""
        self.close_act()

    def press(self, key: str) -> bool:
        """F8 shows the paper, and prints the one that is shown; Esc closes it; digits choose.

        F12 takes what is due, as on the page of the outcome.
        """
        if key == "Esc" and self.cover.isVisible():
            return super().press(key)
        if key.isdigit() and isinstance(self.form, MoveForm):
            return self.form.choose(int(key))
        if key == "F12" and self.form is None and self._asks_money():
            self.shell.go(places.Outcome(self.case_id))
            return True
        if key == "Esc" and self._paper:
            self._close_paper()
            return True
        if key == "F8" and self._paper:
            self.paper.print_now()
            return True
        if super().press(key):
            return True
        # Where the window is narrow no key of the bar has it.
        if key == "F8" and self.narrow and self._case is not None and self.form is None:
            self._show_paper()
            return True
        return False

    def _asks_money(self) -> bool:
        case = self._case
        return case is not None and bool(case.fee_to_take or case.unpaid)
