"""The till's page: the day by clerk and kind, counted against terminal and bank, closed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import counter_acts, till_sheet
from desktop.demo.following import case_now
from desktop.domain.cash import Match
from desktop.domain.day_register import COUNTED
from desktop.domain.money import format_number
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.domain.tool import Tool
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.till.claim_form import ClaimForm
from desktop.ui.pages.till.entry_forms import RefundForm, VoidPaymentForm
from desktop.ui.pages.till.page import CashPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Steps
from tests.reports.reading import text_of
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake
from tests.ui.spooler import Spooler

pytestmark = pytest.mark.slow


def opened(office: Office, role: Role = Role.MANAGER, count: int = 4) -> CashPage:
    """The till after so many requests of the morning."""
    list(islice(cases.registered(office.crew), count))
    office.sit(role)
    wake(office)
    press(office.window, Qt.Key.Key_F10)
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, CashPage)
    return page


def words(page: CashPage) -> str:
    labels = [*page.findChildren(QLabel), *page.panel.findChildren(QLabel)]
    return "\n".join(label.text() for label in labels if label.isVisible())


def count(page: CashPage, terminal: int, bank: int = 0) -> None:
    page.panel.counts[Tool.TERMINAL].set_value(terminal)
    page.panel.counts[Tool.BANK].set_value(bank)
    QApplication.processEvents()


def void_button(page: CashPage) -> Button:
    assert page.bar is not None
    return next(b for b in page.bar.findChildren(Button) if "ابطال" in b.text())


def close(page: CashPage) -> None:
    assert page.bar is not None
    assert page.bar.main is not None
    page.bar.main.click()
    QApplication.processEvents()


def matches(page: CashPage) -> list[Match]:
    assert page.till is not None
    return [entry.match for entry in page.till.book.entries]


@pytest.mark.long
def test_the_day_is_told_by_clerk_and_kind_and_nothing_is_cut(office: Office) -> None:
    page = opened(office)
    assert page.sums.rows == [
        ("ثبت‌کننده", "کارمزد دفتر", "جمع"),
        ("زهرا فلاح", "۱٬۸۰۰٬۰۰۰", "۱٬۸۰۰٬۰۰۰"),
    ]
    assert "ثبت‌شده در سامانه: ۱٬۸۰۰٬۰۰۰ ریال" in words(page)
    assert faults(office) == []


@pytest.mark.long
def test_the_days_sheet_is_looked_at_and_printed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    page = opened(office)
    wake(office)
    press(office.window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.cover.isVisible()
    assert page.cover.send.parentWidget() is not page.cover, (
        "it stands in the bar, as every main key"
    )
    press(office.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    (sheet,) = spooler.jobs()
    told = text_of(sheet)
    assert page.till is not None
    assert {"بسته", "نشده"} <= {*told}
    for entry in page.till.book.entries:
        assert to_persian_digits(entry.reference) in told
        assert format_number(entry.amount) in told
    press(office.window, Qt.Key.Key_Escape)
    assert not page.cover.isVisible()
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.isVisible()
    assert not page.cover.send.isVisible()


@pytest.mark.long
def test_a_day_without_money_says_so(office: Office) -> None:
    page = opened(office)
    page._go(-1)
    QApplication.processEvents()
    assert "در این روز دریافتی ثبت نشده است" in words(page)
    assert page.heading.second == "دوشنبه ۲ آذر ۱۴۰۵"
    assert faults(office) == []


@pytest.mark.long
def test_equal_sums_close_the_day(office: Office) -> None:
    page = opened(office)
    count(page, 1_800_000)
    assert "کارت‌خوان با سامانه برابر است." in words(page)
    close(page)
    assert set(matches(page)) == {Match.MATCHED}
    assert "محمد زارع" in words(page)
    assert page.heading.second.endswith("، بسته شد")
    assert faults(office) == []
    # What comes next is the sheet, to be printed and signed: one key, at the main one's place.
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "برگ صندوق"
    assert not page.panel.sheet.isVisible()
    press(office.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.cover.isVisible()
    told = " ".join(text_of(till_sheet.paper(office.crew.manager, page.shown_day())))
    assert "بسته شد محمد زارع ساعت" in told
    assert "کارت‌خوان ۱٬۸۰۰٬۰۰۰ ۱٬۸۰۰٬۰۰۰ برابر" in told
    assert "بررسی‌نشده" not in told


@pytest.mark.long
def test_a_sum_that_is_missing_is_asked_for_beside_its_field(office: Office) -> None:
    page = opened(office)
    page.panel.counts[Tool.TERMINAL].set_value(1_800_000)
    close(page)
    assert page.panel.fields[Tool.BANK].error()
    assert not page.panel.fields[Tool.TERMINAL].error()
    assert set(matches(page)) == {Match.OPEN}


def test_a_difference_without_a_word_is_refused_and_nothing_typed_is_lost(office: Office) -> None:
    page = opened(office)
    count(page, 1_350_000)
    assert "۴۵۰٬۰۰۰ ریال در سامانه هست و در کارت‌خوان نیست." in words(page)
    close(page)
    assert "برابر نیست" in str(page.panel.note_field.error())
    assert page.panel.counts[Tool.TERMINAL].value() == 1_350_000
    assert set(matches(page)) == {Match.OPEN}


@pytest.mark.long
def test_a_payment_that_the_terminal_lacks_is_marked_and_flags_its_case(office: Office) -> None:
    page = opened(office)
    count(page, 1_350_000)
    page.table.choose(1)
    wake(office)
    assert QTest.qWaitForWindowActive(office.window)
    page.table.setFocus()
    press(office.window, Qt.Key.Key_Space)
    explained = "سامانه ۱٬۸۰۰٬۰۰۰، کارت‌خوان ۱٬۳۵۰٬۰۰۰: اختلاف ۴۵۰٬۰۰۰ ریال همان ۱ ردیف نامنطبق است."
    assert explained in words(page)
    # One word for it, before the day is closed and after.
    assert "نامنطبق: ۱" in page.numbers.accessibleName()
    press(office.window, Qt.Key.Key_Space)
    assert page.numbers.accessibleName().endswith("نامنطبق: ۰")
    assert "۴۵۰٬۰۰۰ ریال در سامانه هست" in words(page)
    press(office.window, Qt.Key.Key_Space)
    close(page)
    assert matches(page) == [
        Match.MATCHED, Match.DOUBTED, Match.MATCHED, Match.MATCHED,
    ]  # fmt: skip
    assert "در کارت‌خوان نیست" in words(page)
    assert page.numbers.accessibleName().endswith("نامنطبق: ۱")
    assert "۱ پرداخت نامنطبق است؛ بقیه منطبق است." in words(page)
    assert "همهٔ پرداخت‌ها" not in words(page)
    told = " ".join(text_of(till_sheet.paper(office.crew.manager, page.shown_day())))
    assert "۱ پرداخت نامنطبق است بقیه منطبق است" in told
    assert faults(office) == []
    entry = page.entry()
    assert entry is not None
    office.go(places.Case(entry.case_id))
    banners = [banner.accessibleName() for banner in office.page.findChildren(Banner)]
    assert any("در صندوق روز تأیید نشد" in told for told in banners)
    assert faults(office) == []


@pytest.mark.long
def test_the_rows_have_the_room_until_the_sums_are_asked_for(office: Office) -> None:
    page = opened(office, count=1)
    wake(office)
    assert page.table.viewport().height() > 9 * page.table.rowHeight(0)
    heads = "\n".join(page.sums.rows[0])
    assert heads not in words(page)
    page.sums.link.setFocus()
    press(page.sums.link, Qt.Key.Key_Return)
    assert page.sums.link.text() == "بستن"
    assert heads in words(page)
    page.load()
    assert heads in words(page), "told anew, it stays open"
    press(page.sums.link, Qt.Key.Key_Return)
    assert heads not in words(page)
    assert faults(office) == []


@pytest.mark.long
def test_at_a_large_zoom_the_rows_have_the_room_and_the_sums_a_key(office: Office) -> None:
    page = opened(office, count=1)
    size = office.window.size()
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    wake(office)
    assert not page.sums.isVisible()
    assert page.numbers.isVisible()
    assert page.bar is not None
    assert {b.keys() for b in page.bar.findChildren(Button)} >= {"F7", "F8"}
    page.mark()
    QApplication.processEvents()
    assert "با بستن صندوق ثبت می‌شود" in words(page)
    assert page.table.viewport().height() > 5 * page.table.rowHeight(0), "also under that line"
    page.mark()
    press(office.window, Qt.Key.Key_F7)
    QApplication.processEvents()
    assert page.sums.isVisible()
    assert page.panel.counts[Tool.TERMINAL].isVisible()
    assert faults(office) == []
    press(office.window, Qt.Key.Key_F7)
    count(page, page.till.book.total(Tool.TERMINAL) if page.till else 0)
    close(page)
    assert office.window.size() == size
    assert not page.panel.fields[Tool.TERMINAL].isVisibleTo(page.panel)


@pytest.mark.long
def test_a_clerk_sees_the_till_and_does_not_close_it(office: Office) -> None:
    page = opened(office, Role.CLERK)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "برگ صندوق"
    told = words(page)
    assert "صندوق روز را مسئول دفتر می‌بندد." in told
    # No field beside a sum says whose it is.
    for tool in COUNTED:
        assert f"ثبت‌شده در سامانه، {tool.word}: " in told
    page.mark()
    assert not page.panel.marks.names
    assert faults(office) == []


def test_a_withdrawn_requests_fee_is_given_back_on_its_case(office: Office) -> None:
    case = cases.to_visit(office.crew)
    counter_acts.withdraw(office.crew.clerk, case.case_id, "فروخته شد")
    office.sit(Role.MANAGER)
    page = office.go(places.Case(case.case_id))
    button = next(b for b in office.window.findChildren(Button) if b.text() == "بازگرداندن هزینه…")
    button.click()
    form = page.findChild(RefundForm)
    assert form is not None
    assert page.bar is not None
    assert page.bar.main is not None
    page.bar.main.click()
    QApplication.processEvents()
    assert form.reason.error()
    assert form.reference.error()
    form.reason.control.set_value("پیش از بازدید منصرف شد")  # type: ignore[attr-defined]
    form.reference.control.set_value("881204")  # type: ignore[attr-defined]
    page.bar.main.click()
    QApplication.processEvents()
    given = case_now(office.crew.clerk, case.case_id).refunded
    assert [back.reference for back in given.values()] == ["881204"]
    assert not [b for b in office.window.findChildren(Button) if b.text() == "بازگرداندن هزینه…"]
    assert faults(office) == []


@pytest.mark.long
def test_a_receipt_goes_to_finance_from_the_outcome_and_is_answered_there(office: Office) -> None:
    case = cases.owing(office.crew)
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    assert page.owed is not None
    page.owed.claim.click()
    assert page.owed.payment.fields["reference"].error()
    for number in range(len(case.owed)):
        page.owed.payment.reference.set_value(f"55{number}")
        page.owed.claim.click()
        QApplication.processEvents()
    assert page.headline is not None
    assert "بررسی رسید پرداخت" in page.headline.accessibleName()
    assert faults(office) == []
    wake(office)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.hasFocus()
    office.sit(Role.FINANCE)
    queue = office.page
    assert isinstance(queue, MunicipalQueuePage)
    row = [queue.table.model().index(0, at).data() for at in range(len(queue.table.columns))]
    assert format_number(sum(owed.amount for owed in case.owed)) in row
    assert faults(office) == []
    there = office.go(places.MunicipalCase(case.case_id))
    assert isinstance(there, MunicipalCasePage)
    form = there.findChild(ClaimForm)
    assert form is not None
    assert there.bar is not None
    assert there.bar.main is not None
    # Nothing is chosen for finance, and what lacks is called by the name it has on the form.
    assert {answer.value() for answer in form.answers.values()} == {""}
    there.bar.main.click()
    assert all(field.words() in (field.error() or "") for field in form.fields.values())
    assert faults(office) == []
    for key, answer in form.answers.items():
        answer.set_value("yes")
        form.seen[key].control.set_value("در حساب بود")  # type: ignore[attr-defined]
    there.bar.main.click()
    QApplication.processEvents()
    office.house.office.sync()
    assert case_now(office.crew.clerk, case.case_id).state is not State.PAY_DUE


@pytest.mark.long
def test_a_payment_that_never_came_is_struck_from_the_till_and_taken_again(office: Office) -> None:
    page = opened(office, count=1)
    wake(office)
    page.table.setFocus()
    press(office.window, Qt.Key.Key_Delete)
    QApplication.processEvents()
    case_page = office.page
    form = case_page.findChild(VoidPaymentForm)
    assert form is not None
    assert case_page.bar is not None
    assert case_page.bar.main is not None
    assert faults(office) == []
    case_page.bar.main.click()
    assert form.reason.error()
    form.reason.control.set_value("رسید کارت‌خوان ناموفق بود.")  # type: ignore[attr-defined]
    case_page.bar.main.click()
    QApplication.processEvents()
    case_id = office.case_id
    struck = case_now(office.crew.clerk, case_id)
    assert struck.fee_to_take == "office"
    assert faults(office) == []
    shown = office.go(places.Outcome(case_id))
    assert isinstance(shown, OutcomePage)
    assert shown.headline is not None
    assert "دوباره دریافت شود: ۴۵۰٬۰۰۰ ریال" in shown.headline.accessibleName()
    assert "رسید کارت‌خوان ناموفق بود" in shown.headline.accessibleName()
    assert shown.fee is not None
    shown.fee.payment.reference.set_value("719997")
    assert shown.bar is not None
    assert shown.bar.main is not None
    shown.bar.main.click()
    QApplication.processEvents()
    assert case_now(office.crew.clerk, case_id).fee_to_take == ""
    assert shown.fee is None
    assert faults(office) == []
    till = office.go(places.Till())
    assert isinstance(till, CashPage)
    assert matches(till) == [Match.VOIDED, Match.OPEN]
    assert "ثبت‌شده در سامانه: ۴۵۰٬۰۰۰ ریال" in words(till)
    # What is struck counts for nothing, and is not struck twice.
    assert "دفتر، کارت‌خوان، ۱ دریافت: ۴۵۰٬۰۰۰،" in till.numbers.accessibleName()
    till.table.choose(1)
    assert void_button(till).isVisible()
    till.table.choose(0)
    assert not void_button(till).isVisible()
    press(office.window, Qt.Key.Key_Delete)
    assert office.page is till


@pytest.mark.long
def test_a_doubted_payment_is_struck_from_the_banner_of_its_case(office: Office) -> None:
    page = opened(office, count=1)
    count(page, 0)
    page.table.setFocus()
    page.mark()
    close(page)
    entry = page.entry()
    assert entry is not None
    case_page = office.go(places.Case(entry.case_id))
    banner = next(b for b in case_page.findChildren(Banner) if b.link.text())
    assert banner.link.text() == "ابطال ثبت پرداخت…"
    banner.followed.emit()
    form = case_page.findChild(VoidPaymentForm)
    assert form is not None
    assert faults(office) == []
    form.reason.control.set_value("رسید کارت‌خوان ناموفق بود.")  # type: ignore[attr-defined]
    assert case_page.bar is not None
    assert case_page.bar.main is not None
    case_page.bar.main.click()
    QApplication.processEvents()
    office.house.office.sync()
    # Equal sums and an old difference between them: it says what became of it.
    till = office.go(places.Till())
    assert isinstance(till, CashPage)
    assert "۴۵۰٬۰۰۰ ریال، با ابطال ثبت رفع شد" in words(till)


@pytest.mark.long
def test_an_entry_that_is_sound_is_not_voided_and_no_other_is_offered_for_it(
    office: Office,
) -> None:
    case = next(cases.registered(office.crew))
    office.sit(Role.MANAGER)
    office.window.go(places.Case(case.case_id, "debt:1404:نوسازی/718205"))
    QApplication.processEvents()
    page = office.page
    assert page.findChild(VoidPaymentForm) is None
    banners = [banner.accessibleName() for banner in office.window.findChildren(Banner)]
    assert any("ابطال نمی‌شود" in told for told in banners)
    assert page.bar is not None
    assert any("رسید" in button.text() for button in page.bar.findChildren(Button))
    assert faults(office) == []


def test_no_day_is_closed_twice_however_often_the_key_is_pressed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second press comes while the first is under way."""
    page = opened(office)
    assert page.till is not None
    booked = page.till.book.total(Tool.TERMINAL)
    count(page, booked)
    closes: list[Steps] = []
    work = office.window.work
    monkeypatch.setattr(work, "flow", lambda _, steps: closes.append(steps))
    page.close_day()
    closes[0].send(None)
    page.close_day()
    assert len(closes) == 1
    closes[0].close()


def test_a_day_that_is_being_typed_is_not_yet_another_one(office: Office) -> None:
    page = opened(office)
    shown, rows = page.day.text(), page.table.model().rowCount()
    page._go(-1)
    before = page.heading
    page.day.setFocus()
    page.day.selectAll()
    press(page, Qt.Key.Key_Backspace)
    assert (page.heading, page.table.model().rowCount()) == (before, 0)
    page.load()
    assert page.table.model().rowCount() == 0, "today's would stand under yesterday"
    page.table.setFocus()
    assert page.day.text() not in ("", shown)
    page._go(1)
    assert (page.day.text(), page.table.model().rowCount()) == (shown, rows)
