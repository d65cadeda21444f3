"""درخواست آزمایشی of a counter: line, data and clock tried, a letter printed, the result told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.actions import counter_test, minutes
from desktop.actions.counter_test import TITLE, CounterTest, Tried
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.office.acting import OfficeActsPage, main_key
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.standing.conversion import counter_standing, counter_steps
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.steps import StepList
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import NO_LINE, Job

_NEEDS_LINE = "خط با مرکز برقرار نیست؛ آزمایش باجه بی خط انجام نمی‌شود."


class FaultForm(SignedForm):
    """What was wrong with the test, in words that the unit reads."""

    name = "counter-test-fault"

    def __init__(self, counter: int, tried: Tried | None = None) -> None:
        self._tried = tried
        title = to_persian_digits(f"آزمایش باجهٔ {counter}")
        super().__init__(title, "چه چیزی درست نبود؟", "فرستادن نتیجه", "send")
        self.fault = FormField("ایراد", TextLine(max_length=200), key="fault")
        self.add(self.fault)

    def faults(self) -> Faults:
        """Something must be said."""
        said = str(self.fault.value()).strip()
        return [] if said else [("fault", "بنویسید چه چیزی درست نبود، مانند «کاغذ در چاپگر نبود».")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Tell the centre."""
        words = str(self.fault.value()).strip()
        self.done = "نتیجه فرستاده شد؛ پس از رفع ایراد دوباره بیازمایید."
        return lambda: _ignore(counter_test.record(seat, words, self._tried))


def _told(no: Refusal) -> str:
    return _NEEDS_LINE if no.words == NO_LINE else no.words


def _ignore(_: object) -> None:
    """What the centre answers is asked anew by the page."""


class CounterTestPage(OfficeActsPage):
    """Main key: print the letter, then say that it came out right; F8 prints it again."""

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "home"
    about = "counter-test"

    def __init__(self, shell: Shell, place: places.CounterTest) -> None:
        super().__init__(shell, place, shell.seat.staff.office)
        self.test: CounterTest | None = None
        self._printed = False
        self.tried: Tried | None = None
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self._head = Column(gap=0)
        self.steps = StepList()
        self.card = Card("گام‌های آزمایش", " ", gap=8)
        self.card.add(self.steps)
        self.card.hide()
        content = Scroller(gap=12, margins=(12, 20, 14, 20))
        content.add(self.fault)
        content.content.addLayout(self._head)
        content.add(self.card)
        self.put_parts(content)
        self.paper.sent.connect(lambda _: self._came_out())
        self.set_heading(Heading("درخواست آزمایشی این باجه"))
        self.arrange_bar()

    def load(self) -> None:
        """Try line, data and clock."""
        self.flow(self._load())

    async def _load(self) -> None:
        try:
            test = await Job(partial(counter_test.look, self.shell.seat), line=True)
        except Refusal as no:
            self._tell_fault(_told(no))
            return
        self.fault.hide()
        self.test = test
        self._show()

    def _tell_fault(self, words: str) -> None:
        self.fault.set_words(words)
        self.fault.show()

    def _show(self) -> None:
        test = self.test
        if test is None:
            return
        stands = counter_standing(test, self.shell.now())
        clear(self._head)
        head = Headline(stands.words, stands.sentence, stands.tone, stands.icon, small=True)
        self._head.addWidget(head)
        self.card.setVisible(test.asked)
        self.steps.set_steps(
            counter_steps(test, self.shell.now(), self.tried, printed=self._printed)
        )
        self.tell_unfinished()
        self.arrange_bar()

    def _came_out(self) -> None:
        self._printed = True
        self._show()

    def can_begin(self, name: str) -> bool:
        """Whether the act of that name can be done now."""
        return name == FaultForm.name and self.test is not None and self.test.asked

    def form_of(self, name: str) -> SignedForm:
        """The form of what was wrong; what the program itself found stands in it."""
        assert self.test is not None
        form = FaultForm(self.test.counter, self.tried)
        form.fault.set_value("؛ ".join(self.test.faults))
        return form

    def arrange_bar(self) -> None:
        """What comes next: the letter, then its result."""
        if self.bar is None or self.on_paper() or self.arrange_form():
            return
        quiets, seconds = [self.way_back()], list[Button]()
        test = self.test
        if test is not None and test.minutes is not None:
            main = main_key("دیدن صورت‌جلسهٔ تبدیل", "eye", self.show_minutes)
            self.bar.arrange(main=main, quiets=quiets)
            return
        if test is None or not test.asked:
            main = main_key("بازگشت", "arrow-right", self.shell.back)
            self.bar.arrange(main=main, quiets=quiets)
            return
        wrong = Button("درست نبود…", "dangerous", icon="alert-triangle", tall=True)
        wrong.clicked.connect(lambda: self.begin(FaultForm.name))
        seconds.append(wrong)
        if self._printed and not test.faults:
            again = Button("چاپ دوباره", icon="printer", keys="F8", tall=True)
            again.clicked.connect(self.print_letter)
            seconds.append(again)
            main = main_key("نامه درست چاپ شد", "circle-check", self.tell_right)
        elif test.faults:
            main = main_key("آزمودن دوباره", "refresh", self.load)
        else:
            main = main_key("چاپ نامهٔ آزمایشی", "printer", self.print_letter)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def take_focus(self) -> None:
        """The page itself: its main key is what comes next."""
        self.setFocus()

    @act
    async def print_letter(self) -> None:
        """A pre-check goes to the centre, then the letter on trial is looked at and printed."""
        test, seat = self.test, self.shell.seat
        if test is None:
            return
        try:
            self.tried = await self.acting_on(partial(counter_test.attempt, seat), line=True)
        except Refusal as no:
            self.shell.tell(_told(no), "refuse")
            return
        self._show()
        draw = partial(counter_test.letter, seat, test, self.tried)
        self.show_paper(OfficePaper(TITLE, draw))

    def show_minutes(self) -> None:
        """The sealed minutes, to be looked at and printed."""
        signed = self.test.minutes if self.test is not None else None
        if signed is not None:
            self.show_paper(OfficePaper("صورت‌جلسهٔ تبدیل", lambda: minutes.paper(signed)))

    @act
    async def tell_right(self) -> None:
        """All was right: told to the centre, signed."""
        told = partial(counter_test.record, self.shell.seat, tried=self.tried)
        try:
            await self.acting_on(told, line=True)
        except Refusal as no:
            self.shell.tell(_told(no), "refuse")
            return
        self._printed, self.tried = False, None
        self.shell.tell("نتیجهٔ آزمایش فرستاده شد؛ این باجه درست است.")
        self.load()
