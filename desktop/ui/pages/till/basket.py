"""سبد متقاضی: the fees of one citizen's cases, taken with one payment."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import act_drafts, basket
from desktop.actions.basket import Basket, Due
from desktop.domain.errors import Refusal
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.outcome.parts import PaymentFields
from desktop.ui.standing.lines import short_number
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_METHODS = ("terminal",)


class LeftOut(QObject):
    """The ids of cases that the payment is not for, in the set that outlives the page."""

    edited = Signal()

    def __init__(self, parent: QObject, cases: set[str]) -> None:
        super().__init__(parent)
        self.cases = cases

    def turn(self, case_id: str) -> None:
        """Leave it out, or take it in again."""
        self.cases ^= {case_id}
        self.edited.emit()

    def raw(self) -> str:
        """The ids in order, one a line."""
        return "\n".join(sorted(self.cases))

    def set_value(self, value: str) -> None:
        """As of `raw`."""
        self.cases.clear()
        self.cases.update(value.splitlines())

    def read(self) -> str:
        """«۲ پرونده»."""
        return f"{len(self.cases)} پرونده"


class BasketPage(Acting):
    """What was paid stays in sight with a way to its answer."""

    place: places.Basket

    listens = frozenset({Kind.CASES, Kind.PUBLISHED})
    rail = "new"

    def __init__(self, shell: Shell, place: places.Basket) -> None:
        super().__init__(shell, place)
        self._shown: Basket | None = None
        self.ticks: dict[str, Tick] = {}
        self.payment = PaymentFields(_METHODS)
        self._dues, self._paid = Column(gap=0), Column(gap=0)
        self.total = Label("", "title", weight=700)
        self.card = Card("کارمزدهای پرداخت‌نشده", " ")
        self.card.body.addLayout(self._dues)
        foot = Row(gap=18, margins=(8, 0, 0, 0))
        foot.addWidget(self.payment, 2)
        sums = Column(Label("جمع", "small", "text2"), self.total, gap=0)
        foot.addLayout(sums, 1)
        self.card.body.addLayout(foot)
        self.done = Card("پرداخت شد", "برای دیدن پاسخ هر پرونده آن را باز کنید")
        self.done.body.addLayout(self._paid)
        self.form = CardForm(
            self.card, "pay-fees", "پرداخت کارمزدها", [*self.payment.fields.values()]
        )
        # Whoever leaves a case out of one payment does not mean the next one to take it.
        self.left_out = LeftOut(self, shell.remembered.left_out)
        # With the reference that is typed, and no draft by itself.
        self.form.typed.know("left-out", self.left_out, "پرونده‌های کنارگذاشته")
        self.form.typed.let_pass("left-out")
        self.form.typed.goes_along("left-out")
        self.form.typed.laid.connect(self._tick_again)
        self.card.add(self.form.earlier)
        self.drafts = ActDrafts(self, f"{act_drafts.BASKET}{place.person}")
        self.none = EmptyState(
            "کارمزدی نمانده است", "کارمزد همهٔ درخواست‌های این متقاضی پرداخت شده است.", icon="checks"
        )
        scroller = Scroller(gap=12, margins=(14, 20, 14, 20))
        for part in (self.card, self.done, self.none):
            scroller.add(part)
            part.hide()
        self.setLayout(Column(scroller, gap=0))
        EnterMoves(self.card).finished.connect(self._to_main)
        self.set_heading(Heading("سبد متقاضی"))

    def enter(self) -> None:
        """Load; the keys are in the box of the reference."""
        self.drafts.load()
        self._load()

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """A fee may have been taken elsewhere."""
        if not self.acting:
            self._load()

    @act
    async def pay(self) -> None:
        """All that is ticked, by one reference."""
        dues, faults = self._chosen(), self.payment.faults()
        if not self.payment.tell(faults):
            return
        reference = self.payment.reference.value()
        pay = partial(basket.pay, self.shell.seat, dues, _METHODS[0], reference)
        try:
            await self.acting_on(self.drafts.ending(self.form, pay))
        except Refusal as no:
            if no.field:
                self.payment.tell([(no.field, no.words)])
            self.shell.tell(no.words, "refuse")
            return
        for due in dues:
            self._paid.addWidget(self._paid_line(due))
        self.done.show()
        self.drafts.done(self.form)
        left_out = self.left_out.raw()
        self.form.typed.restart()
        self.left_out.set_value(left_out)
        self.form.typed.begin()
        self._load()

    def _load(self) -> None:
        desk, person = self.shell.seat.desk, self.place.person
        job = partial(basket.of_person, desk, person)
        self.shell.work.run(self, job, self._show)

    def _show(self, found: Basket) -> None:
        if self._shown is not None and found.dues == self._shown.dues:
            return
        first, self._shown = self._shown is None, found
        self.set_heading(Heading("سبد متقاضی", to_persian_digits(found.name)))
        clear(self._dues)
        self.ticks = {}
        for due in found.dues:
            self._dues.addWidget(self._line(due))
            self._dues.addWidget(Hairline())
        self.card.setVisible(bool(found.dues))
        self.none.setVisible(not found.dues and self.done.isHidden())
        self._tell()
        self.drafts.of = to_persian_digits(found.name)
        if found.dues:
            self.drafts.follow(self.form)
        else:
            self.drafts.close(self.form)
        if found.dues and first:
            self.payment.reference.setFocus()

    def _tick_again(self) -> None:
        """What was left out is laid in with the reference that it was typed for."""
        for case_id, tick in self.ticks.items():
            tick.set_value(case_id not in self.left_out.cases)
        self._tell()

    def _ticked(self, case_id: str) -> None:
        self.left_out.turn(case_id)
        self._tell()

    def _line(self, due: Due) -> QWidget:
        number = short_number(due.tracking)
        tick = Tick(f"{due.service}، پروندهٔ {number}")
        tick.set_value(due.case_id not in self.left_out.cases)
        tick.edited.connect(partial(self._ticked, due.case_id))
        self.ticks[due.case_id] = tick
        row = Row(gap=12, margins=(6, 0, 6, 0))
        row.addWidget(tick, 1)
        if due.code:
            row.addWidget(Label(isolate(to_persian_digits(due.code)), "small", "text2"))
        row.addWidget(Label(format_rial(due.amount), weight=700))
        line = QWidget()
        line.setLayout(row)
        return line

    def _chosen(self) -> list[Due]:
        dues = self._shown.dues if self._shown else ()
        return [due for due in dues if self.ticks[due.case_id].value()]

    def _tell(self) -> None:
        chosen = self._chosen()
        total = format_rial(sum(due.amount for due in chosen))
        self.total.setText(total)
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        if chosen:
            main = Button(f"دریافت {total}", "main", icon="credit-card", keys="Ctrl+Enter")
            main.clicked.connect(self.pay)
            count = to_persian_digits(f"{len(chosen)} پرونده با یک پرداخت")
            self.bar.arrange(main=main, quiets=[back], sentence=count)
        else:
            following = Button(
                "درخواست بعدی", "main", icon="file-plus", keys="Ctrl+Enter", also="F2"
            )
            following.clicked.connect(lambda: self.shell.go(places.Home(choosing=True)))
            self.bar.arrange(main=following, quiets=[back])

    def _paid_line(self, due: Due) -> ListRow:
        row = ListRow(
            f"{due.service}، پروندهٔ {short_number(due.tracking)}",
            format_rial(due.amount),
            icon="circle-check",
            colour="ok",
        )
        row.clicked.connect(lambda: self.shell.go(places.Outcome(due.case_id)))
        return row

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()
