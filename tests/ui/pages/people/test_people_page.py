"""کارکنان as a manager uses it: put forward, printed, locked, away, suspended, many at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import access, delegations, people_changes, people_sheet, publishing
from desktop.actions import staffing as acts
from desktop.actions.people_changes import Newcomer
from desktop.centre.tables import PersonRow
from desktop.demo.people import PASSWORD
from desktop.domain.errors import LineDown, Refusal, Refusals
from desktop.domain.locking import TRIES
from desktop.domain.office import FAR_DAY
from desktop.domain.people import Role
from desktop.domain.staffing import Leave
from desktop.forms.people_sheet import COLUMNS, TITLE
from desktop.forms.sheet_files import write_sheet
from desktop.ui import places, printing
from desktop.ui.look import Look
from desktop.ui.pages.people.door_forms import SlipForm
from desktop.ui.pages.people.page import PeoplePage
from desktop.ui.pages.people.sheet_form import SheetForm
from desktop.ui.pages.people.term_forms import AddForm, LeaveForm, TakeBackForm, TermForm
from desktop.ui.palette import Theme
from desktop.ui.rail_menu import RailMenu
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.lists.rows import ListRow
from desktop.wire.enrolling import read_code
from tests.actions.test_people import a_row
from tests.delegated import TODAY, TOMORROW
from tests.houses import CHEAP, SARA
from tests.publish import WHY, refused_words
from tests.reports.reading import text_of
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.people import hands
from tests.ui.pages.people.hands import NARGES, NARGES_ID, ZAHRA, ZARE
from tests.ui.pages.seeing import wake

pytestmark = pytest.mark.slow


@pytest.fixture
def printed() -> list[bytes]:
    """What comes out of the printer."""
    found: list[bytes] = []
    printing.stand_in("باجهٔ ۲", lambda pdf, _: found.append(pdf))
    return found


@pytest.mark.long
def test_a_colleague_comes_from_the_managers_form_to_his_own_password(
    office: Office, printed: list[bytes]
) -> None:
    page = hands.opened(office)
    assert hands.names(page) == [ZARE, ZAHRA]
    hands.press_main(page)
    assert isinstance(page.form, AddForm)
    hands.press_main(page)
    assert page.form.fields["name"].error()
    assert page.form.fields["national_id"].error()
    hands.fill(page, name=NARGES, national_id=NARGES_ID, since="1405/09/03")
    hands.sign_form(page)
    assert page.form is None
    assert "در انتظار تأیید ناظر" in hands.state(page, NARGES)
    hands.choose(page, NARGES)
    assert "پیشنهاد شما" in hands.words_of(page.person_side)
    # No slip before somebody else has signed.
    assert not hands.has_button(page, "چاپ گذرواژه")
    (waits,) = publishing.waiting(office.crew.supervisor)
    hands.sign(office, waits)
    press(page, Qt.Key.Key_F5)
    assert "بی گذرواژه" in hands.state(page, NARGES)
    hands.choose(page, NARGES)
    hands.button(page, "چاپ گذرواژه").click()
    assert isinstance(page.form, SlipForm)
    hands.sign_form(page)
    (slip,) = printed
    (code,) = (word for word in text_of(slip) if read_code(word))
    # On paper, and nowhere on screen.
    shown = hands.words_of(office.window)
    assert read_code(code) not in shown.replace("-", "")
    assert "گذرواژهٔ تازه" in hands.state(page, NARGES)
    assert "تنها روی برگه" in hands.words_of(page.person_side)
    access.join(office.house.office.desk, code, PASSWORD, CHEAP)
    hands.sync(office)
    press(page, Qt.Key.Key_F5)
    assert "در کار" in hands.state(page, NARGES)


def test_everybody_of_the_demo_has_a_national_id(office: Office) -> None:
    assert not hands.opened(office).without_id.isVisible()


@pytest.mark.long
def test_who_has_no_national_id_is_named_and_tells_it_with_a_slip(
    office: Office, printed: list[bytes]
) -> None:
    with office.house.centre.writing() as session:
        for seat in (office.crew.manager, office.crew.clerk):
            # As an earlier program let them in.
            session.get_one(PersonRow, seat.staff.staff_id).national_id = ""
    page = hands.opened(office)
    assert page.without_id.isVisible()
    assert f"کد ملی {ZARE} و {ZAHRA} ثبت نشده است" in hands.words_of(page)
    hands.choose(page, ZAHRA)
    hands.button(page, "بازنشانی").click()
    hands.fill(page, national_id="1234567890")
    hands.sign_form(page)
    assert page.form is not None
    assert page.form.fields["national_id"].error()
    hands.fill(page, national_id=SARA.national_id)
    hands.sign_form(page)
    (code,) = (word for word in text_of(printed[0]) if read_code(word))
    access.join(office.house.office.desk, code, PASSWORD, CHEAP)
    hands.sync(office)
    press(page, Qt.Key.Key_F5)
    assert f"کد ملی {ZARE} ثبت نشده است" in hands.words_of(page)
    hands.choose(page, ZAHRA)
    assert "ثبت نشده است" not in hands.words_of(page.person_side)


@pytest.mark.long
def test_a_printer_that_refuses_makes_no_password(office: Office) -> None:
    def jammed(_: bytes, title: str) -> None:
        raise Refusal("کاغذ در چاپگر نیست.")

    printing.stand_in("باجهٔ ۲", jammed)
    page = hands.opened(office)
    hands.choose(page, ZAHRA)
    hands.button(page, "بازنشانی").click()
    hands.sign_form(page)
    assert page.form is not None
    assert "برگه چاپ نشد؛ گذرواژه ساخته نشد." in hands.words_of(page.form)
    assert "در کار" in hands.state(page, ZAHRA)


@pytest.mark.long
def test_without_a_printer_no_file_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda **_: (printing.Printer(printing.PDF),))
    page = hands.opened(office)
    hands.choose(page, ZAHRA)
    hands.button(page, "بازنشانی").click()
    hands.sign_form(page)
    assert page.form is not None
    assert "گذرواژه در فایل نوشته نمی‌شود" in hands.words_of(page.form)


def test_nobody_gives_himself_anything(office: Office) -> None:
    page = hands.opened(office)
    hands.choose(page, ZARE)
    page.table.setFocus()
    press(page, Qt.Key.Key_Return)
    assert page.form is None
    assert "نقش خودتان را دیگری باید بدهد" in hands.banners(page)
    assert not hands.has_button(page, "تعلیق")
    assert not page.leave_card.register.isVisible()


@pytest.mark.long
def test_the_last_manager_is_not_ended(office: Office) -> None:
    page = hands.opened(office, Role.SUPERVISOR)
    hands.choose(page, ZARE)
    page.open_term()
    assert isinstance(page.form, TermForm)
    # A slip in a year is none of anybody's days.
    for far in ("1300/01/01", "1499/01/01"):
        page.form.fields["since"].set_value(far)
        hands.sign_form(page)
        assert page.form.fields["since"].error() == FAR_DAY
    page.form.fields["since"].set_value("1405/08/01")
    hands.fill(page, until="1405/09/20")
    hands.sign_form(page)
    assert page.form is not None
    assert "دفتر بی مسئول می‌ماند؛ نخست جانشین برگزینید." in hands.words_of(page.form)
    # What was typed is there.
    assert page.form.fields["until"].value() is not None


def test_what_hinders_all_services_alike_is_said_once(office: Office) -> None:
    boss = hands.of(office, ZARE)
    codes = ["no-violation", "clearance", "walling"]
    given = people_changes.authorities(boss, codes, TOMORROW + timedelta(days=9), ())
    draft = people_changes.authority_draft(boss, given, TOMORROW, TOMORROW - timedelta(days=1))
    with pytest.raises(Refusals) as no:
        publishing.put_forward(office.crew.supervisor, draft)
    assert [each.words for each in no.value.faults] == ["اختیار مهر برای متصدی است."]


@pytest.mark.long
def test_a_day_without_a_stamp_is_told_ahead_and_mended(office: Office) -> None:
    boss = hands.of(office, ZARE)
    leave = Leave(TOMORROW, TOMORROW + timedelta(days=1))
    draft = acts.terms_draft([people_changes.with_leave(boss, leave)], TOMORROW)
    hands.in_force(office, draft)
    page = hands.opened(office, Role.SUPERVISOR)
    assert not page.gap.isVisible()
    page.office.set_value("21")
    page.office.edited.emit()
    assert page.gap.isVisible()
    # Thursday is no working day of the municipality's calendar, or is: what is told are its days.
    assert "در ۴ آذر" in page.gap.accessibleName()
    assert "کسی مهر نمی‌کند" in page.gap.accessibleName()
    page.gap.followed.emit()
    assert isinstance(page.form, TermForm)
    page.form.fields["deputy"].set_value("zahra-fallah")
    hands.sign_form(page)
    (waits,) = publishing.waiting(office.crew.second)
    hands.sign(office, waits)
    press(page, Qt.Key.Key_F5)
    assert not page.gap.isVisible()


@pytest.mark.long
def test_a_leave_of_the_only_one_who_stamps_wants_a_reason(office: Office) -> None:
    page = hands.opened(office, Role.SUPERVISOR)
    hands.choose(page, ZARE)
    page.leave_card.register.click()
    hands.fill(page, first="1405/09/15")
    hands.sign_form(page)
    assert isinstance(page.form, LeaveForm)
    assert "در ۱۵ آذر کسی مهر نمی‌کند" in str(page.form.reason.error())
    hands.fill(page, reason=WHY)
    hands.press_main(page)
    assert page.form is None
    assert "مرخصی" in hands.banners(page)
    assert publishing.waiting(office.crew.second)


@pytest.mark.long
def test_a_clerk_is_given_the_stamp_and_loses_it(office: Office) -> None:
    page = hands.opened(office)
    hands.choose(page, ZAHRA)
    assert "بدون آن نامه‌ای را مهر نمی‌کند" in hands.words_of(page.authority)
    page.authority.give.click()
    hands.sign_form(page)
    (waits,) = publishing.waiting(office.crew.supervisor)
    assert len(waits.draft.items) == 21
    hands.sign(office, waits)
    press(page, Qt.Key.Key_F5)
    assert "مهر همهٔ خدمت‌ها" in hands.words_of(page.authority)
    hands.follow(page, "پایان دادن")
    hands.sign_form(page)
    (waits,) = publishing.waiting(office.crew.supervisor)
    hands.sign(office, waits)
    office.clock.moment += timedelta(days=1)
    hands.sync(office)
    press(page, Qt.Key.Key_F5)
    assert "بدون آن نامه‌ای را مهر نمی‌کند" in hands.words_of(page.authority)


@pytest.mark.long
def test_what_the_manager_put_forward_he_takes_back(office: Office) -> None:
    page = hands.opened(office)
    hands.press_main(page)
    hands.fill(page, name=NARGES, national_id=NARGES_ID)
    hands.sign_form(page)
    hands.choose(page, NARGES)
    hands.button(page, "پس گرفتن").click()
    hands.fill(page, reason="کوتاه")
    hands.sign_form(page)
    assert isinstance(page.form, TakeBackForm)
    assert page.form.reason.error()
    hands.fill(page, reason=" و اکنون دلیلی که چیزی می‌گوید")
    hands.press_main(page)
    assert page.form is None
    assert publishing.waiting(office.crew.supervisor) == []
    assert "بی دوره" in hands.state(page, NARGES)


def test_five_wrong_passwords_and_the_managers_key(office: Office) -> None:
    desk = office.house.office.desk
    for _ in range(TRIES):
        refused_words(lambda: access.sign_in(desk, ZAHRA, "نادرست"))
    page = hands.opened(office)
    assert "قفل: ۵ بار نادرست" in hands.state(page, ZAHRA)
    hands.choose(page, ZAHRA)
    hands.button(page, "باز کردن قفل").click()
    hands.sign_form(page)
    assert "در کار" in hands.state(page, ZAHRA)
    access.sign_in(desk, ZAHRA, PASSWORD)


@pytest.mark.long
def test_a_clerk_is_suspended_at_once_and_two_let_him_go_on(office: Office) -> None:
    page = hands.opened(office)
    hands.choose(page, ZAHRA)
    hands.button(page, "تعلیق").click()
    hands.press_main(page)
    assert page.form is not None
    assert page.form.fields["cause"].error()
    hands.fill(
        page, cause="کارت ملی جعلی", act_number="12", act_dated="1405/09/03", act_body="مسئول دفتر"
    )
    hands.sign_form(page)
    assert "معلق" in hands.state(page, ZAHRA)
    assert "کارت ملی جعلی" in delegations.stops(office.house.office.desk)["zahra-fallah"].words
    # Who stops does not let go on.
    assert not hands.has_button(page, "رفع تعلیق")
    office.window.lock()
    office.clock.moment += timedelta(minutes=9)
    page = hands.opened(office, Role.SUPERVISOR)
    hands.choose(page, ZAHRA)
    hands.button(page, "رفع تعلیق").click()
    hands.fill(page, act_number="13", act_dated="1405/09/03", act_body="ناظر")
    hands.sign_form(page)
    (waits,) = publishing.waiting(office.crew.second)
    hands.sign(office, waits)
    press(page, Qt.Key.Key_F5)
    assert "در کار" in hands.state(page, ZAHRA)


@pytest.mark.long
def test_without_a_line_the_clerk_is_kept_out_here_and_new_roles_wait(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hands.opened(office)
    hands.choose(page, ZAHRA)

    def down(*_: Any) -> Any:
        raise LineDown

    seat = office.window.seat
    assert seat is not None
    cut = replace(seat, desk=replace(seat.desk, ask=down))
    monkeypatch.setattr(office.window, "_seat", cut)
    press(page, Qt.Key.Key_F5)
    assert "نقش تازه به خط نیاز دارد؛ آنچه می‌بینید از ساعت ۱۰:۴۲ است." in hands.words_of(page)
    assert not page.authority.give.isVisible()
    assert hands.names(page) == [ZARE, ZAHRA]
    hands.button(page, "تعلیق").click()
    hands.fill(
        page, cause="کارت ملی جعلی", act_number="12", act_dated="1405/09/03", act_body="مسئول دفتر"
    )
    hands.sign_form(page)
    assert page.form is not None, "to be sent when the line is back"
    assert "ورود زهرا فلاح در همین رایانه بسته شد" in hands.words_of(page.form)
    assert "ورود بسته" in hands.state(page, ZAHRA)
    words = refused_words(lambda: access.sign_in(seat.desk, ZAHRA, PASSWORD))
    assert "به دستور محمد زارع" in words
    # The line is back: what was typed is sent, and the desk's own door is left to it.
    monkeypatch.undo()
    hands.press_main(page)
    assert page.form is None
    assert "معلق" in hands.state(page, ZAHRA)
    assert access.door(seat.desk).holds == {}


@pytest.mark.long
def test_many_come_from_a_sheet_and_their_slips_in_its_order(
    office: Office, printed: list[bytes], tmp_path: Path
) -> None:
    page = hands.opened(office)
    rows = [a_row(number, since="1405/09/03") for number in range(6)]
    rows[2] = a_row(2, id="123456789")
    sheet = tmp_path / "تازه.xlsx"
    write_sheet(sheet, TITLE, COLUMNS, rows)
    page.pick_sheet = lambda _: sheet
    hands.button(page, "ورود از فایل").click()
    QApplication.processEvents()
    assert isinstance(page.form, SheetForm)
    told = hands.words_of(page.form)
    assert "۵ ردیف درست، ۱ ردیف نادرست" in told
    assert "ردیف ۴: کد ملی باید ۱۰ رقم باشد؛ اکنون ۹ رقم است." in told
    hands.sign_form(page)
    assert page.form is None
    (waits,) = publishing.waiting(office.crew.supervisor)
    assert len(waits.draft.items) == 5
    hands.sign(office, waits)
    press(page, Qt.Key.Key_F5)
    assert "۵ همکار" in page.fresh.accessibleName()
    page.fresh.followed.emit()
    hands.sign_form(page)
    on_paper = [" ".join(text_of(pdf)) for pdf in printed]
    expected = [f"همکار {number}" for number in (0, 1, 3, 4, 5)]
    assert [name in text for name, text in zip(expected, on_paper, strict=True)] == [True] * 5
    # The same sheet once more: each row is told, and nobody is doubled.
    hands.button(page, "ورود از فایل").click()
    QApplication.processEvents()
    hands.sign_form(page)
    assert isinstance(page.form, SheetForm)
    assert page.form.count == 0
    assert "ردیف ۲: این کد ملی از پیش" in hands.words_of(page.form)


def test_a_file_that_is_no_sheet_offers_the_pattern(office: Office, tmp_path: Path) -> None:
    page = hands.opened(office)
    other, pattern = tmp_path / "other.csv", tmp_path / "pattern.xlsx"
    other.write_text("چیز دیگر\n", encoding="utf-8")
    page.pick_sheet = lambda _: other
    page.pick_pattern = lambda _: pattern
    hands.button(page, "ورود از فایل").click()
    QApplication.processEvents()
    assert "این ستون نیست" in hands.banners(page)
    hands.follow_banner(page, "نمونهٔ فایل")
    assert people_sheet.read_people_sheet(office.crew.manager, pattern).faults


@pytest.mark.long
def test_the_list_for_the_auditor_is_what_is_shown(office: Office, tmp_path: Path) -> None:
    page = hands.opened(office)
    path = tmp_path / "staff.csv"
    page.pick_list = lambda *_: path
    press(page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    text = path.read_text(encoding="utf-8-sig")
    assert ZARE in text
    assert ZAHRA in text
    assert len(text.splitlines()) == 3


@pytest.mark.long
def test_the_unit_looks_at_all_and_the_administrator_too(office: Office) -> None:
    page = hands.opened(office, Role.ADMIN)
    assert ZAHRA in hands.names(page)
    assert "ندا رحیمی" in hands.names(page)
    # What stands under the list is no higher than it needs.
    assert page._below.height() <= page._below.whole_height()
    page.office.set_value("municipality")
    page.office.edited.emit()
    assert ZAHRA not in hands.names(page)
    page.typed.set_value("نوری")
    page.typed.edited.emit()
    # Listed at once: on a slow machine the pause's own turn would come in between.
    assert not page.typed.settle()
    assert hands.names(page) == ["سعید نوری"]
    assert "مدیر هماهنگی" in hands.words_of(page.signers)
    # Who keeps accounts names no signer, and stops nobody.
    assert not any(link.isVisible() for link in page.signers.findChildren(Link))
    assert not hands.has_button(page, "تعلیق")


@pytest.mark.long
def test_the_signers_deputy_is_named_by_two(office: Office) -> None:
    page = hands.opened(office, Role.SUPERVISOR)
    page.office.set_value("municipality")
    page.office.edited.emit()
    QApplication.processEvents()
    hands.follow(page, "تغییر")
    hands.fill(page, signer_name="علی نوری", signer_deputy="علی نوری")
    hands.sign_form(page)
    assert page.form is not None
    assert "کسی جانشین خودش نمی‌شود" in str(page.form.fields["signer_deputy"].error())
    page.form.fields["signer_deputy"].set_value("مینا صدر")
    hands.press_main(page)
    (waits,) = publishing.waiting(office.crew.second)
    hands.sign(office, waits)
    office.clock.moment += timedelta(days=1)
    hands.sync(office)
    press(page, Qt.Key.Key_F5)
    assert "جانشین: مینا صدر" in hands.words_of(page.signers)


@pytest.mark.long
def test_the_page_opens_from_the_rail_and_the_person_from_elsewhere(office: Office) -> None:
    hands.opened(office)
    frame = office.window.frame
    assert frame is not None
    # With the log of who looked, under one item.
    (group,) = (name for name, item in frame.rail.items.items() if item.text() == "کارکنان")
    office.go(places.Queue())
    frame.rail.items[group].click()
    QApplication.processEvents()
    (menu,) = office.window.findChildren(RailMenu)
    next(each for each in menu.actions() if each.text().startswith("کارکنان")).trigger()
    QApplication.processEvents()
    assert office.page.place == places.People()
    there = office.go(places.People(person="zahra-fallah"))
    assert isinstance(there, PeoplePage)
    assert there.person is not None
    assert there.person.name == ZAHRA


@pytest.mark.long
def test_the_second_signature_is_given_where_it_is_read(office: Office) -> None:
    newcomer = Newcomer(NARGES, NARGES_ID, Role.CLERK, "21", TODAY)
    people_changes.put_forward(office.crew.manager, [newcomer], TODAY)
    page = hands.opened(office, Role.SUPERVISOR)
    hands.choose(page, NARGES)
    hands.button(page, "دیدن و امضا").click()
    assert page.form is not None
    told = hands.words_of(page.form)
    assert NARGES in told
    assert "متصدی از ۱۴۰۵/۰۹/۰۳" in told
    hands.sign_form(page)
    assert page.form is None
    assert "بی گذرواژه" in hands.state(page, NARGES)
    assert publishing.waiting(office.crew.supervisor) == []
    # What the supervisor put forward himself waits for somebody else.
    boss = hands.of(office, ZARE)
    leave = Leave(TOMORROW, TOMORROW, "zahra-fallah")
    term = people_changes.with_leave(boss, leave)
    draft = people_changes.term_draft(boss, term, TOMORROW, TODAY)
    publishing.put_forward(office.crew.supervisor, draft)
    press(page, Qt.Key.Key_F5)
    hands.choose(page, ZARE)
    assert not hands.has_button(page, "دیدن و امضا")
    assert hands.has_button(page, "پس گرفتن")


@pytest.mark.long
def test_an_expert_signs_second_from_what_waits(office: Office) -> None:
    newcomer = Newcomer(NARGES, NARGES_ID, Role.CLERK, "21", TODAY)
    people_changes.put_forward(office.crew.manager, [newcomer], TODAY)
    office.sit(Role.EXPERT)
    wake(office)
    office.go(places.ServiceFiles())
    QApplication.processEvents()
    rows = office.page.findChildren(ListRow)
    next(row for row in rows if NARGES in row.accessibleName()).click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, PeoplePage)
    assert page.person is not None
    assert page.person.name == NARGES
    assert not hands.has_button(page, "افزودن همکار")
    hands.button(page, "دیدن و امضا").click()
    hands.sign_form(page)
    assert "بی گذرواژه" in hands.state(page, NARGES)


@pytest.mark.long
def test_at_150_what_begins_in_the_summary_opens_in_the_page(office: Office) -> None:
    newcomer = Newcomer(NARGES, NARGES_ID, Role.CLERK, "21", TODAY)
    people_changes.put_forward(office.crew.manager, [newcomer], TODAY)
    page = hands.opened(office, Role.SUPERVISOR)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    QApplication.processEvents()
    hands.choose(page, NARGES)
    press(page, Qt.Key.Key_F7)
    QApplication.processEvents()
    assert not page.isVisible()
    hands.button(page, "دیدن و امضا").click()
    QApplication.processEvents()
    assert page.form is not None
    assert page.form.isVisible()
    hands.sign_form(page)
    assert "بی گذرواژه" in hands.state(page, NARGES)
