"""The manager's page of the day: counted, explained at the payment, closed by the password."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import act_drafts, cash, day_close, office_day, payments
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.cash import Match
from desktop.domain.day_register import Explanation
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.tool import Tool
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.closing.doubts import MOST
from desktop.ui.pages.closing.page import DayClosePage
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.pages.registers.page import RegistersPage
from desktop.ui.pages.till.page import CashPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Link
from desktop.ui.work import Changed
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
FEE = 450_000
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(office: Office, role: Role = Role.MANAGER, count: int = 3) -> DayClosePage:
    """The day after so many requests of the morning."""
    list(islice(cases.registered(office.crew), count))
    office.sit(role)
    wake(office)
    page = office.go(places.DayClose())
    assert isinstance(page, DayClosePage)
    return page


def words(page: DayClosePage) -> str:
    labels = [*page.findChildren(QLabel), *page.panel.findChildren(QLabel)]
    return "\n".join(label.text() for label in labels if label.isVisible())


def typed(office: Office, *texts: str) -> None:
    """Each into the field that has the keys, then Enter."""
    for text in texts:
        if text:
            focus = QApplication.focusWidget()
            assert focus is not None
            type_text(focus, text)
        press(office.window, Qt.Key.Key_Return)


def ctrl_enter(office: Office) -> None:
    press(office.window, Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()


def test_the_day_is_counted_and_closed_by_keys_alone(office: Office) -> None:
    page = opened(office)
    assert page.panel.next.isVisible()
    # The keys are where work begins; Enter goes on, past what is not wanted, to the password.
    typed(office, "1350000", "0", "200", "", "", "200")
    assert page.note.hasFocus()
    press(office.window, Qt.Key.Key_F7)
    assert page.panel.password.hasFocus()
    typed(office, PASSWORD)
    QApplication.processEvents()
    assert page.day is not None
    closed = page.day.closed
    assert closed is not None
    assert closed.register.purse(Tool.TERMINAL).counted == 3 * FEE
    assert "روز بسته شد" in words(page)
    assert page.heading.chip is not None
    assert page.heading.chip.words in ("روز بسته شد", "بسته شد، در صف ارسال")
    assert faults(office) == []


def test_pressed_too_early_it_says_what_is_missing_and_goes_there(office: Office) -> None:
    page = opened(office)
    page.panel.password.setFocus()
    ctrl_enter(office)
    assert page.purses.counts[Tool.TERMINAL].hasFocus()
    assert "جمع را وارد کنید؛ اگر چیزی نبود، صفر بنویسید." in words(page)
    page.purses.counts[Tool.TERMINAL].set_value(3 * FEE)
    press(office.window, Qt.Key.Key_F7)
    assert page.purses.counts[Tool.BANK].hasFocus()
    page.purses.later.click()
    press(office.window, Qt.Key.Key_F7)
    assert page.sheets.begin.control.hasFocus()
    page.sheets.begin.set_value("200")
    page.sheets.left.set_value("190")
    press(office.window, Qt.Key.Key_F7)
    assert page.note.hasFocus(), "ten sheets are missing"
    page.note.set_value("ده برگ خیس شد")
    ctrl_enter(office)
    assert page.panel.password.hasFocus()
    assert page.day is not None
    assert page.day.closed is None


@pytest.mark.long
def test_a_difference_is_answered_at_its_payment_by_a_digit(office: Office) -> None:
    page = opened(office)
    page.purses.counts[Tool.TERMINAL].set_value(2 * FEE)
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("200")
    page.sheets.left.set_value("200")
    QApplication.processEvents()
    assert "۴۵۰٬۰۰۰ ریال در سامانه هست و در کارت‌خوان یافت نشد." in words(page)
    assert len(page.doubts.rows) == 3
    assert faults(office) == []
    page.doubts.rows[1].radios[Explanation.LATER].setFocus()
    press(office.window, Qt.Key.Key_2)
    QApplication.processEvents()
    (row,) = page.doubts.rows
    assert row.radios[Explanation.LATER].hasFocus(), "the keys stay at the payment"
    assert page.answers.said == {row.doubt.name: Explanation.REFERENCE}
    assert page.answers.read() == "۱ پاسخ"
    page.panel.password.set_value(PASSWORD)
    ctrl_enter(office)
    assert page.day is not None
    closed = page.day.closed
    assert closed is not None
    (told,) = closed.register.explained
    assert told.answer is Explanation.REFERENCE
    assert "۱ پرداخت در کارت‌خوان نیست" in words(page)
    # A closed day tells which one, what was said of it, and leads to its case.
    assert told.applicant in words(page)
    assert "شمارهٔ پیگیری نادرست است" in words(page)
    assert faults(office) == []
    (way,) = page.explained.findChildren(Link)
    way.click()
    QApplication.processEvents()
    assert office.page.place == places.Case(told.case_id)
    office.go(places.DayClose())
    office.clock.moment += timedelta(days=1)
    office.house.office.sync()
    later = office.go(places.DayClose(office.window.today()))
    assert isinstance(later, DayClosePage)
    (again,) = later.doubts.rows
    assert again.doubt.carried
    assert again.doubt.entry.match is Match.DOUBTED
    assert [*again.radios] == [*again.doubt.answers]
    assert "اکنون در کارت‌خوان هست" in [radio.text() for radio in again.radios.values()]
    # The terminal's sum of this day may have it, too.
    later.purses.counts[Tool.TERMINAL].set_value(FEE)
    assert "بیشتر در کارت‌خوان" in words(later)
    again.radios[Explanation.FOUND].click()
    QApplication.processEvents()
    assert "با ۱ پرداخت روزهای پیش برابر است" in words(later)
    assert later.day is not None
    assert not later.counted().wants_note(later.day)


@pytest.mark.long
def test_more_at_the_terminal_than_in_the_program_wants_words(office: Office) -> None:
    page = opened(office, count=1)
    page.purses.counts[Tool.TERMINAL].set_value(2 * FEE)
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("1")
    page.sheets.left.set_value("1")
    QApplication.processEvents()
    assert "۴۵۰٬۰۰۰ ریال در کارت‌خوان هست و در سامانه ثبت نشده است." in words(page)
    assert page.doubts.rows == []
    page.panel.password.set_value(PASSWORD)
    ctrl_enter(office)
    assert page.note.hasFocus()
    assert page.day is not None
    assert page.day.closed is None


@pytest.mark.long
def test_what_is_typed_is_kept_and_found_from_home(office: Office) -> None:
    page = opened(office)
    page.purses.counts[Tool.TERMINAL].setFocus()
    type_text(page, "900000")
    page.sheets.begin.control.setFocus()
    type_text(page.sheets.begin.control, "150")
    office.go(places.Queue())
    (kept,) = act_drafts.of(office.crew.manager, act_drafts.DAY)
    assert kept.heading == "بستن روز ۳ آذر"
    again = office.go(places.DayClose())
    assert isinstance(again, DayClosePage)
    assert again.purses.counts[Tool.TERMINAL].value() == 900_000
    assert again.sheets.begin.value() == "150"


@pytest.mark.long
def test_the_till_closed_before_need_not_be_counted_again(office: Office) -> None:
    list(islice(cases.registered(office.crew), 2))
    office.sit(Role.MANAGER)
    till = office.go(places.Till())
    assert isinstance(till, CashPage)
    till.panel.counts[Tool.TERMINAL].set_value(2 * FEE)
    till.panel.counts[Tool.BANK].set_value(0)
    till.close_day()
    QApplication.processEvents()
    page = office.go(places.DayClose())
    assert isinstance(page, DayClosePage)
    assert page.purses.counted() == {Tool.TERMINAL: 2 * FEE, Tool.BANK: 0}


@pytest.mark.long
def test_an_unclosed_day_comes_first(office: Office) -> None:
    manager = office.crew.manager
    day = office_day.look(manager)
    said = day_close.CloseCount({Tool.TERMINAL: 0, Tool.BANK: 0}, 9, 0, 0, 9)
    day_close.close_day(manager, PASSWORD, day.day, said)
    office.clock.moment += timedelta(days=1)
    list(islice(cases.registered(office.crew), 1))
    office.clock.moment += timedelta(days=1)
    office.sit(Role.MANAGER)
    frame = office.window.frame
    assert frame is not None
    assert frame.rail.items["day-close"].count() == 1
    today = office.window.today()
    page = office.go(places.DayClose(today))
    assert isinstance(page, DayClosePage)
    assert page.banner.isVisible()
    assert "چهارشنبه ۴ آذر ۱۴۰۵ بسته نشده است" in page.banner.words.text()
    page.banner.followed.emit()
    QApplication.processEvents()
    first = office.page
    assert isinstance(first, DayClosePage)
    assert first.day is not None
    assert first.day.day == today - timedelta(days=1)
    assert faults(office) == []


@pytest.mark.long
def test_a_clerk_only_looks(office: Office) -> None:
    page = opened(office, Role.CLERK)
    assert "روز را مسئول دفتر می‌بندد" in words(page)
    assert not page.panel.field.isVisible()
    assert not page.purses.fields[Tool.TERMINAL].isVisible()
    assert faults(office) == []


@pytest.mark.long
def test_the_register_is_looked_at_before_and_after(office: Office) -> None:
    page = opened(office)
    press(office.window, Qt.Key.Key_F9)
    assert not page.cover.isVisible(), "nothing is counted yet"
    page.purses.counts[Tool.TERMINAL].set_value(3 * FEE)
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("20")
    page.sheets.left.set_value("20")
    press(office.window, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert page.cover.isVisible()
    press(office.window, Qt.Key.Key_Escape)
    page.panel.password.set_value(PASSWORD)
    ctrl_enter(office)
    ctrl_enter(office)
    QApplication.processEvents()
    assert page.cover.isVisible()
    assert page.day is not None
    assert page.day.closed is not None
    assert page.cover.paper.frame.pdf() == day_close.sealed(office.crew.manager, page.day.closed)


@pytest.mark.long
def test_a_close_without_a_line_waits_in_the_outbox_and_is_opened_from_there(
    office: Office,
) -> None:
    page = opened(office, count=1)
    office.house.cut_line(True)
    page.purses.counts[Tool.TERMINAL].set_value(FEE)
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("3")
    page.sheets.left.set_value("3")
    page.panel.password.set_value(PASSWORD)
    ctrl_enter(office)
    assert page.heading.chip is not None
    assert page.heading.chip.words == "بسته شد، در صف ارسال"
    outbox = office.go(places.Outbox())
    assert isinstance(outbox, WaitingPage)
    last = outbox.rows.rowCount() - 1
    outbox.table.choose(last)
    QApplication.processEvents()
    assert "بستن روز" in "".join(label.text() for label in outbox.panel.findChildren(QLabel))
    assert faults(office) == []
    outbox._open_case()
    QApplication.processEvents()
    again = office.page
    assert isinstance(again, DayClosePage)
    office.house.cut_line(False)
    office.house.office.sync()
    again.refresh(Changed(sync=True))
    QApplication.processEvents()
    assert again.heading.chip is not None
    assert again.heading.chip.words == "روز بسته شد"


@pytest.mark.long
def test_a_number_opens_its_cases(office: Office) -> None:
    page = opened(office)
    links = [link for link in page.numbers.findChildren(Link) if link.isVisible()]
    assert links[0].accessibleName() == "درخواست: ۳"
    links[0].click()
    QApplication.processEvents()
    shown = office.page
    assert isinstance(shown, RegistersPage)
    assert len(shown.lines) == 3
    press(office.window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert isinstance(office.page, DayClosePage)


@pytest.mark.long
def test_one_answer_holds_for_several_and_only_so_many_are_listed(office: Office) -> None:
    """The till was closed with a difference that nobody explained: all its payments are doubted."""
    office.sit(Role.MANAGER)
    list(islice(cases.registered(office.crew), 24))
    counted = {Tool.TERMINAL: 0, Tool.BANK: 0}
    cash.close_day(office.crew.manager, office.window.today(), counted, (), "دستگاه خراب است")
    page = office.go(places.DayClose())
    assert isinstance(page, DayClosePage)
    assert page.day is not None
    assert len(page.day.doubts({})) == 24
    assert len(page.doubts.rows) == MOST
    assert "۴ پرداخت دیگر" in [link.text() for link in page.doubts.findChildren(Link)]
    page.doubts.rows[0].choose(2)
    QApplication.processEvents()
    (for_all, *_) = [
        link
        for link in page.doubts.findChildren(Link)
        if link.text() == "همین پاسخ برای ۲۳ پرداخت دیگر" and link.isVisible()
    ]
    assert faults(office) == []
    for_all.click()
    QApplication.processEvents()
    assert set(page.answers.said.values()) == {Explanation.LATER}
    assert len(page.answers.said) == 24
    assert not page.counted().unanswered(page.day)


@pytest.mark.long
def test_in_a_narrow_window_it_is_closed_all_the_same(office: Office) -> None:
    page = opened(office)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    QApplication.processEvents()
    page.purses.counts[Tool.TERMINAL].set_value(3 * FEE)
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("20")
    page.sheets.left.set_value("20")
    press(office.window, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert page.cover.isVisible()
    press(office.window, Qt.Key.Key_Escape)
    ctrl_enter(office)
    assert page.panel.password.hasFocus()
    type_text(page, PASSWORD)
    bar = page._scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    ctrl_enter(office)
    QApplication.processEvents()
    assert page.day is not None
    assert page.day.closed is not None
    assert not page.done.visibleRegion().isEmpty(), "back from the steps, where the day is told"


@pytest.mark.long
def test_money_of_an_act_that_the_centre_refused_is_named_and_leads_to_its_case(
    office: Office,
) -> None:
    """One slip, typed for two citizens."""
    clerk = office.crew.clerk
    unpaid = islice(cases.registered(office.crew, fee=False), 2)
    first, second = (case.case_id for case in unpaid)
    for case_id in (first, second):
        payments.pay_fee(clerk, case_now(clerk, case_id), "office", "terminal", "4711")
    office.house.office.sync()
    office.sit(Role.MANAGER)
    wake(office)
    page = office.go(places.DayClose())
    assert isinstance(page, DayClosePage)
    told = strip_isolates(words(page))
    assert "۴۵۰٬۰۰۰ ریال: کارت‌خوان" in told
    assert "شمارهٔ پیگیری ۴۷۱۱؛ مرکز نپذیرفت و در هیچ صندوقی نیست" in told
    # The terminal has both: that is explained, and nothing is asked to be written.
    page.purses.counts[Tool.TERMINAL].set_value(2 * FEE)
    page.purses.edited.emit()
    assert "در سامانه ثبت نشده است" not in words(page)
    assert faults(office) == []
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("20")
    page.sheets.left.set_value("20")
    page.panel.password.set_value(PASSWORD)
    wake(office)
    ctrl_enter(office)
    assert page.day is not None
    assert page.day.closed is not None
    # As on the paper that is kept, also when the day is looked at later.
    assert "شمارهٔ پیگیری ۴۷۱۱؛ مرکز نپذیرفت و در هیچ صندوقی نیست" in strip_isolates(words(page))
    assert not page.doubts.isVisible()
    assert faults(office) == []
    link = next(each for each in page.refused.findChildren(Link) if each.isVisible())
    link.click()
    QApplication.processEvents()
    assert office.page.place == places.Case(second)


@pytest.mark.long
def test_a_payment_of_an_earlier_register_that_was_voided_is_named_before_and_after_the_close(
    office: Office,
) -> None:
    page = opened(office, count=1)
    assert page.day is not None
    (entry,) = page.day.book.entries
    page.purses.counts[Tool.TERMINAL].set_value(0)
    page.purses.counts[Tool.BANK].set_value(0)
    page.sheets.begin.set_value("20")
    page.sheets.left.set_value("20")
    page.note.set_value("کارت‌خوان خراب بود.")
    page.panel.password.set_value(PASSWORD)
    wake(office)
    ctrl_enter(office)
    assert page.day.closed is not None
    assert not page.undone.isVisible()
    manager = office.crew.manager
    cash.void_payment(manager, entry.case_id, entry.mark, "رسید ناموفق بود.")
    office.clock.moment += timedelta(days=1)
    wake(office)
    tomorrow = office.go(places.DayClose(office_day.look(manager).today))
    assert isinstance(tomorrow, DayClosePage)
    page = tomorrow
    shown = strip_isolates(words(page))
    assert "تغییر در پرداخت‌های روزهای پیش" in shown
    assert "−۴۵۰٬۰۰۰ ریال: کارمزد دفتر" in shown
    assert ": رسید ناموفق بود." in shown
    assert "جمع دفتر، کارت‌خوان: −۴۵۰٬۰۰۰ ریال" in shown
    assert faults(office) == []
    said = day_close.CloseCount({Tool.TERMINAL: 0, Tool.BANK: 0}, 20, 0, 0, 20)
    day_close.close_day(manager, PASSWORD, office_day.look(manager).day, said)
    page.refresh(Changed(cases=frozenset({entry.case_id})))
    wake(office)
    assert page.day is not None
    assert page.day.closed is not None
    assert "جمع دفتر، کارت‌خوان: −۴۵۰٬۰۰۰ ریال" in strip_isolates(words(page))
    assert faults(office) == []
    next(each for each in page.undone.findChildren(Link) if each.isVisible()).click()
    QApplication.processEvents()
    assert office.page.place == places.Case(entry.case_id)
