"""The outcome: what the records said, why, and the one next step, which is done here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt

from desktop.actions import (
    act_drafts,
    basket,
    board,
    letter_checks,
    papers,
    payments,
    standing,
    visits,
)
from desktop.actions.desk import Seat
from desktop.actions.standing import Standing
from desktop.domain.case import Case
from desktop.domain.counter import FEES
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Payment
from desktop.domain.state import BESIDE, State
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell, flow
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.case.items import beside_head
from desktop.ui.pages.case.papers import receipt_of
from desktop.ui.pages.case.why_card import WhyCard
from desktop.ui.pages.outcome.parts import FeeCard, OwedCard
from desktop.ui.pages.outcome.side import OutcomeSide
from desktop.ui.pages.outcome.visit import VisitPart
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper, print_at_once
from desktop.ui.remembered import RECEIPT, SLIP
from desktop.ui.standing import outcome as words
from desktop.ui.standing.lines import whole_code
from desktop.ui.standing.main_act import Does, main_act, takes_with_visit
from desktop.ui.standing.work_items import item_alone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import Changed, Job

_NEXT = places.Home(choosing=True)
# Sums that were told beside what is awaited; while a visit is to be booked that comes first.
_PAID_MEANWHILE = BESIDE - {State.VISIT_DUE}


@dataclass(frozen=True)
class Loaded:
    """The case's standing and why this person may not stamp its answer (empty: may).

    `others` counts the applicant's other cases whose fee is due; `refused` are the case's commands
    that the centre did not take.
    """

    standing: Standing
    barrier: str = ""
    others: int = 0
    refused: frozenset[str] = frozenset()


class OutcomePage(PaperPage):
    """What came out of a request; of the parts that ask for an act at most one is there."""

    place: places.Outcome

    listens = frozenset({Kind.OWN_CASE, Kind.PUBLISHED, Kind.DAY})
    rail = "new"

    def __init__(self, shell: Shell, place: places.Outcome) -> None:
        super().__init__(shell, place)
        self.case: Case | None = None
        self.fee: FeeCard | None = None
        self.owed: OwedCard | None = None
        self.visit: VisitPart | None = None
        self.drafts = ActDrafts(self, place.case_id)
        # Of the part that stands: what is typed there.
        self.kept: CardForm | None = None
        # What was to be printed when the page was left comes out when it is there again.
        left = shell.remembered.unprinted.pop(place.case_id, "")
        self._slip_wanted = left == SLIP
        self._receipt_wanted = place.fresh or left == RECEIPT
        # Coming back is no second registering: the receipt is not printed once more.
        self.returns_to = places.Outcome(place.case_id)
        self._loaded: Loaded | None = None
        self._drawn: object = None
        self._narrow = False
        self.headline: Headline | None = None
        self._head = Column(gap=8)
        self._part = Column(gap=12)
        self.why = WhyCard()
        self._scroller = Scroller(gap=12, margins=(14, 20, 14, 20))
        self._scroller.content.addLayout(self._head)
        self._scroller.content.addLayout(self._part)
        self._scroller.add(self.why)
        self.put(self._scroller)
        self.panel = OutcomeSide()
        self.panel.receipt.clicked.connect(self.show_receipt)
        self.panel.again.clicked.connect(lambda: self.shell.go(places.Services(self.place.case_id)))
        self.side = self.panel

    def enter(self) -> None:
        """Load the case."""
        self.setFocus()
        self.drafts.load()
        self.reload()

    def leave(self) -> None:
        """What is typed is kept, and of which sum; so is what was to be printed."""
        self.drafts.leave()
        if self._slip_wanted or self._receipt_wanted:
            wanted = SLIP if self._slip_wanted else RECEIPT
            self.shell.remembered.unprinted[self.place.case_id] = wanted
        self.returns_to = places.Outcome(
            self.place.case_id, owed=self.owed.key if self.owed is not None else ""
        )

    def refresh(self, changed: Changed) -> None:
        """Facts may have come: the same page goes on, with what is typed."""
        self.reload()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: cards one under the other."""
        self._narrow = narrow
        if self.visit is not None:
            self.visit.set_narrow(narrow)
        if self._loaded is not None:
            self.arrange_bar()

    def take_focus(self) -> None:
        """Where money is asked, its reference."""
        asked = self.fee or self.owed
        if asked is not None and not self.on_paper():
            asked.payment.reference.setFocus()
            bring_into_sight(asked.payment)
        else:
            super().take_focus()

    def press(self, key: str) -> bool:
        """Digits choose a half-day."""
        if key.isdigit() and self.visit is not None and not self.on_paper():
            return self.visit.choose(int(key))
        return super().press(key)

    # Loading and showing.

    def reload(self) -> None:
        """Look at the case again."""
        self.shell.work.run(self, self._looking(), self._show, self._failed)

    def _looking(self) -> Callable[[], Loaded]:
        seat, case_id = self.shell.seat, self.place.case_id

        def job() -> Loaded:
            now = standing.of_case(seat.desk, case_id)
            refused = act_drafts.refused(seat, case_id)
            case = now.view.case
            held = case.answer if case else None
            if case is not None and case.state is State.FEE_DUE and case.request.party.person_id:
                dues = basket.of_person(seat.desk, case.request.party.person_id).dues
                return Loaded(now, others=len(dues) - 1, refused=refused)
            if case is None or held is None or held.release is not None:
                return Loaded(now, refused=refused)
            barrier = letter_checks.release_barrier(seat, case, held.letter.letter_id)
            return Loaded(now, barrier, refused=refused)

        return job

    def _show(self, loaded: Loaded) -> None:
        view = loaded.standing.view
        self.drafts.settle({fact.cause for fact in view.confirmed}, loaded.refused)
        # The day is told too: «امروز» is no longer so after midnight.
        at = loaded.standing.today
        shown = (view, loaded.standing.items, loaded.barrier, loaded.others, at)
        if shown == self._drawn:
            if self.kept is not None:
                # Also what the centre refused while it was still being done.
                self.drafts.follow(self.kept)
            return
        before = self.case
        self._loaded, self._drawn = loaded, shown
        case = self.case = loaded.standing.view.case
        clear(self._head)
        for item in beside_head(loaded.standing.items, case):
            # A letter to be voided stays told until it is.
            link = "" if item.kind.ends_by_itself else "انجام شد"
            banner = Banner(item_alone(item), "refuse", link=link)
            banner.followed.connect(lambda seen=item.item_id: self.flow(self._finish(seen)))
            self._head.addWidget(banner)
        if case is None:
            self._show_nothing()
            return
        if loaded.others > 0:
            self._offer_basket(case, loaded.others)
        self._show_case(loaded.standing, case, before)
        self.arrange_bar()
        if before is not None and _asks(before) != _asks(case):
            # The answer is what is looked at now; where money is asked, that comes into sight.
            self._scroller.verticalScrollBar().setValue(0)
            if self.fee is None and self.owed is None and not self.on_paper():
                self._to_main()
        self._print_wanted_slip(loaded)
        self._print_wanted_receipt(case)

    def _offer_basket(self, case: Case, others: int) -> None:
        """Several cases of one citizen are paid at once."""
        told = f"این متقاضی {others} پروندهٔ دیگر با کارمزد پرداخت‌نشده دارد."
        banner = Banner(to_persian_digits(told), "pay", link="پرداخت همه با هم")
        person = case.request.party.person_id
        banner.followed.connect(lambda: self.shell.go(places.Basket(person)))
        self._head.addWidget(banner)

    def _show_nothing(self) -> None:
        self.headline = Headline(
            "درخواست ثبت نشد", "مرکز این درخواست را نپذیرفت.", "refuse", "alert-circle"
        )
        self._head.addWidget(self.headline)
        if self.kept is not None:
            self.drafts.close(self.kept)
            self.kept = None
        clear(self._part)
        self.why.set_decision(None)
        assert self.bar is not None
        again = Button("درخواست بعدی", "main", icon="file-plus", keys="Ctrl+Enter", also="F2")
        again.clicked.connect(lambda: self.shell.go(_NEXT))
        self.bar.arrange(main=again)

    def _show_case(self, now: Standing, case: Case, before: Case | None) -> None:
        title = now.service.title if now.service else ""
        chip = words.chip_of_view(now.view)
        self.set_heading(Heading(title, to_persian_digits(case.request.party.name), chip))
        answer = words.answer_of(now)
        self.headline = Headline(
            answer.words,
            answer.sentence,
            answer.tone,
            answer.icon,
            code=whole_code(case.request.tracking),
            code_label="کد رهگیری",
            dashed=answer.dashed,
        )
        self._head.addWidget(self.headline)
        if before is None or _asks(before) != _asks(case):
            self._make_part(now, case)
        if self.owed is not None:
            if self.owed.key not in {one.key for one in case.asked}:
                # Paid meanwhile: what is typed of it is of no other sum.
                self.drafts.close(self.owed.form)
            self.owed.show_case(case)
        self._keep_typed(title, case)
        self.why.set_decision(case.decision, case)
        self.panel.show_case(now, case)

    def _keep_typed(self, title: str, case: Case) -> None:
        """What is typed into the part that asks is kept, of this case as it stands."""
        self.drafts.of = f"{title}، {to_persian_digits(case.request.party.name)}"
        self.drafts.rev = case.rev
        if self.kept is not None:
            self.drafts.follow(self.kept)

    def _make_part(self, now: Standing, case: Case) -> None:
        if self.kept is not None:
            self.drafts.close(self.kept)
        # The sum a person was at stays chosen: the rest of its reference is typed into no other.
        wanted = self.owed.key if self.owed is not None else self.place.owed
        self.fee = self.owed = self.visit = self.kept = None
        fee = case.fee_to_take
        if fee and not takes_with_visit(case):
            self.fee = FeeCard(FEES[fee], case.due_fee(fee), case.bills.get(fee))
            self.kept = self.fee.kept_for(fee)
        elif case.state is State.PAY_DUE or (case.asked and case.state in _PAID_MEANWHILE):
            self.owed = OwedCard(now.today, wanted)
            self.kept = self.owed.form
            self.owed.claim.clicked.connect(self.claim_payment)
            # The bar has its next act by then.
            self.owed.done.connect(self._to_answer, Qt.ConnectionType.QueuedConnection)
        elif case.state is State.VISIT_DUE:
            self.visit = VisitPart(case, now.city.districts)
            self.visit.set_narrow(self._narrow)
            self.visit.asked.connect(self._ask_slots)
            self.kept = self.visit.form
        clear(self._part)
        part = self.fee or self.owed or self.visit
        if part is not None:
            self._part.addWidget(part)
            EnterMoves(part).finished.connect(self._to_main)
        if self.visit is not None:
            self.visit.ask()
        if self.fee or self.owed:
            self.take_focus()

    def _to_answer(self) -> None:
        """Nothing more is asked for: what came of it is in sight, the next step has the keys."""
        self._scroller.verticalScrollBar().setValue(0)
        self._to_main()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    # The action bar.

    def arrange_bar(self) -> None:
        """The next step, what else may be done, and whose turn it is."""
        case = self.case
        if self.bar is None or self._loaded is None or case is None or self.on_paper():
            return
        step = main_act(self._loaded.standing, case, self._loaded.barrier)
        main = Button(step.words, "main", icon=step.icon, keys="Ctrl+Enter", also=step.also)
        main.clicked.connect(lambda: self._take_step(step.does))
        seconds = []
        if case.answer is not None and step.does != "letter":
            letter = places.Letter(case.case_id, case.answer.letter.letter_id)
            words = "نامه" if self._narrow else "پیش‌نمایش نامه"
            answer = Button(words, icon="eye", keys="F9", tall=True)
            answer.clicked.connect(lambda: self.shell.go(letter))
            seconds.append(answer)
        elif case.debt_letter is not None:
            letter = places.Letter(case.case_id, case.debt_letter.letter.letter_id)
            debt = Button("نامهٔ بدهی", icon="eye", keys="F9", tall=True)
            debt.clicked.connect(lambda: self.shell.go(letter))
            seconds.append(debt)
        if step.does == "next" and case.slot is not None and case.state is State.BOOKED:
            slip = Button("برگ نوبت", icon="printer", keys="F8", tall=True)
            slip.clicked.connect(self.show_slip)
            seconds.append(slip)
        with_f8 = "F8" in (step.also, *(second.keys() for second in seconds))
        self.panel.receipt.set_words("رسید ثبت", keys="" if with_f8 else "F8")
        quiets = []
        if step.does != "next":
            again = Button("درخواست بعدی", "quiet", icon="file-plus", keys="F2", tall=True)
            again.clicked.connect(lambda: self.shell.go(_NEXT))
            quiets.append(again)
        look = Button("دیدن پرونده", "quiet", icon="list-details", tall=True)
        look.clicked.connect(lambda: self.shell.go(places.Case(case.case_id)))
        if not self._narrow or (not seconds and step.does != "book"):
            # In a narrow bar the receipt comes first: nobody leaves without it.
            quiets.append(look)
        if self._narrow:
            receipt = Button("رسید ثبت", "quiet", keys="" if with_f8 else "F8", tall=True)
            receipt.clicked.connect(self.show_receipt)
            quiets.append(receipt)
            more = Button("خلاصه", "quiet", keys="F7", tall=True)
            more.clicked.connect(self.shell.show_summary)
            quiets.append(more)
        sentence = "" if self._narrow else step.sentence
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)

    def _take_step(self, act: Does) -> None:
        case_id = self.place.case_id
        match act:
            case "fee":
                self.take_fee()
            case "pay":
                self.take_payment()
            case "book":
                self.book()
            case "next":
                self.shell.go(_NEXT)
            case "letter":
                self.shell.go(places.Letter(case_id))
            case "case":
                self.shell.go(places.Case(case_id))

    # Acts.

    @act
    async def take_fee(self) -> None:
        """The fee that is due, whole."""
        if self.fee is None:
            return
        case, asked = self.case, self.fee.payment
        faults = asked.faults()
        if not asked.tell(faults) or case is None:
            self._say_missing(len(faults))
            return
        seat, fee = self.shell.seat, case.fee_to_take
        method, reference = asked.method.value(), asked.reference.value()
        # Whoever goes on before it is taken has his receipt all the same.
        self._receipt_wanted = True
        try:
            await self._done(partial(payments.pay_fee, seat, case, fee, method, reference))
        except Refusal as no:
            self._receipt_wanted = False
            self._tell_beside(asked.tell, no)
            return
        await self.look_again(self._looking(), self._show, self._failed)

    def take_payment(self) -> None:
        """The chosen sum, whole."""
        self.act(self._settle(payments.pay_due))

    def claim_payment(self) -> None:
        """The chosen sum is paid, the applicant says, and finance is asked."""
        self.act(self._settle(payments.claim))

    async def _settle(self, settle: Callable[[Seat, str, str, Payment], None]) -> None:
        if self.owed is None:
            return
        asked, one = self.owed.payment, self.owed.owed()
        faults = asked.faults()
        if not asked.tell(faults) or one is None:
            self._say_missing(len(faults))
            return
        payment = asked.payment(one.amount, self.shell.today())
        try:
            await self._done(partial(settle, self.shell.seat, self.place.case_id, one.key, payment))
        except Refusal as no:
            self._tell_beside(asked.tell, no)
            return
        await self.look_again(self._looking(), self._show, self._failed)

    @act
    async def book(self) -> None:
        """The fee, if due, and the half-day in one act; the slip prints when the centre agrees."""
        if self.visit is None:
            return
        case, part = self.case, self.visit
        faults = part.faults()
        part.tell(faults)
        slot = part.slot()
        if case is None or faults or slot is None:
            self._say_missing(len(faults))
            return
        seat = self.shell.seat
        who, phone = part.attending.name.value(), part.attending.phone.value()
        method = part.fee.payment.method.value() if part.fee else ""
        reference = part.fee.payment.reference.value() if part.fee else ""
        self._slip_wanted = True
        try:
            await self._done(partial(visits.book, seat, case, slot, who, phone, method, reference))
        except Refusal as no:
            self._slip_wanted = False
            self._tell_beside(part.tell, no)
            return
        await self.look_again(self._looking(), self._show, self._failed)

    async def _done(self, job: Callable[[], None]) -> None:
        """Do it; what was typed stays until the centre has answered. Raises Refusal."""
        form = self.kept
        if form is None:
            await self.acting_on(job)
        else:
            self.drafts.sent(form, await self.acting_on(self.drafts.sending(form, job)))

    async def _finish(self, item_id: str) -> None:
        """A person has read what the centre refused."""
        await Job(partial(board.finish_item, self.shell.seat, item_id))
        self.reload()

    def _ask_slots(self, district: int, count: int) -> None:
        """The half-days of the district, from the centre."""
        part, seat = self.visit, self.shell.seat
        if part is None:
            return
        self.shell.work.run(
            part,
            lambda: visits.free_slots(seat, district, count),
            partial(part.show_slots, district),
            lambda no: part.show_trouble(no.words),
            line=True,
        )

    def _failed(self, no: Refusal) -> None:
        """A refusal that stands beside no field."""
        self.shell.tell(no.words, "refuse")

    def _tell_beside(
        self, tell: Callable[[Sequence[tuple[str, str]]], object], no: Refusal
    ) -> None:
        if no.field:
            tell([(no.field, no.words)])
        self.shell.tell(no.words, "refuse")

    def _say_missing(self, count: int) -> None:
        if self.bar is not None:
            self.bar.say(to_persian_digits(f"{count} مورد مانده است"))

    # Papers.

    def show_paper(self, paper: OfficePaper, *, at_once: bool = False) -> None:
        """A paper has F8 for itself."""
        super().show_paper(paper, at_once=at_once)
        self.panel.receipt.set_words("رسید ثبت", keys="")

    def show_receipt(self) -> None:
        """The receipt in place of the page."""
        self.show_paper(receipt_of(self.shell.seat, self.place.case_id))

    def _print_wanted_receipt(self, case: Case) -> None:
        """Nobody leaves without it: it goes to the printer as soon as its fee stands on it."""
        if self._receipt_wanted and case.state is not State.FEE_DUE:
            self._receipt_wanted = False
            self._print_receipt()

    @flow
    async def _print_receipt(self) -> None:
        paper = receipt_of(self.shell.seat, self.place.case_id)
        try:
            printer = await Job(partial(print_at_once, paper), papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse", "چاپ رسید", self.show_receipt)
            return
        self.panel.tell_receipt(printer)

    def show_slip(self, *, at_once: bool = False) -> None:
        """The slip of the half-day; only of one that the centre confirmed."""
        seat, case_id = self.shell.seat, self.place.case_id
        slip = OfficePaper(SLIP, lambda: papers.slip(seat, case_id))
        self.show_paper(slip, at_once=at_once)

    def _sent(self, printer: str) -> None:
        if self._title == SLIP:
            self.shell.remembered.old_slips.discard(self.place.case_id)
        super()._sent(printer)

    def _print_wanted_slip(self, loaded: Loaded) -> None:
        view = loaded.standing.view
        if not self._slip_wanted or view.case is None:
            return
        if view.settled is not None and view.settled.state is State.BOOKED:
            self._slip_wanted = False
            self.show_slip(at_once=True)
        elif not view.waiting:
            self._slip_wanted = False


def _asks(case: Case) -> tuple[object, ...]:
    """What the page asks for rests on this alone: while it stays, what is typed stays."""
    return case.state, case.fee_to_take, case.due_fee("visit")
