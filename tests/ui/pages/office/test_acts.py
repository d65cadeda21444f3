"""What the unit and the administrator do at an office's card, with hands at the window."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import delegations, offices, publishing, staffing
from desktop.actions.desk import Desk
from desktop.centre.tables import CommandRow
from desktop.centre.tick import tick
from desktop.chance import new_id
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.hours import Span
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.stop import Stopped
from desktop.store import queue
from desktop.store.queue import QueueFilter
from desktop.store.row import QueueCase, Rank
from desktop.ui import places
from desktop.ui.pages.office.days_form import DaysForm
from desktop.ui.pages.office.desk_forms import EnrolForm, RevokeForm
from desktop.ui.pages.office.forms import (
    LATER,
    NOW,
    EditForm,
    LiftForm,
    StopBackForm,
    StopForm,
)
from desktop.ui.pages.office.heir_form import HeirForm
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.services.reader import PublicationPage
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.told.banner import Banner
from tests.delegated import ACT, TODAY, TOMORROW
from tests.heirs import HEIR, LAST, at, ends, publish_office
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import owing, registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import card_page, told, town_of, write
from tests.ui.pages.seeing import faults
from tests.ui.pages.service_hands import sit_as
from tests.ui.spooler import Spooler

pytestmark = pytest.mark.slow
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def run(office: Office) -> None:
    press(office.window, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def begun(page: OfficePage, name: str) -> None:
    page.begin(name)
    QApplication.processEvents()


def write_act(page: OfficePage, number: str, dated: str) -> None:
    write(page, "act_number", number)
    write(page, "act_dated", dated)
    write(page, "act_body", "شهردار")


@pytest.mark.long
def test_a_card_is_changed_from_a_day_on_by_two_signatures(office: Office) -> None:
    page = card_page(office, Role.SUPERVISOR)
    begun(page, EditForm.name)
    run(office)
    assert isinstance(page.form, EditForm)
    assert page.form.fields["name"].error() == "چیزی عوض نشده است."
    write(page, "name", "دفتر پیشخوان ۲۱، آزادشهر")
    write(page, "hours0", "۷:۳۰ تا ۲۰")
    write(page, "hours1", "۲۰ تا ۷")
    write(page, "password", PASSWORD)
    run(office)
    assert "در روز بعد بنویسید" in str(page.form.fields["hours1"].error())
    assert faults(office) == []
    write(page, "hours1", "")
    run(office)
    assert page.form is None
    banners = [each.words.words() for each in office.window.findChildren(Banner)]
    assert any("منتظر امضای دوم" in words for words in banners)
    (waits,) = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    card = offices.offices(office.crew.supervisor.desk, TOMORROW)["21"]
    assert card.name == "دفتر پیشخوان ۲۱، آزادشهر"
    assert card.hours is not None
    assert card.hours.week[1] == ()
    assert offices.offices(office.crew.supervisor.desk, TODAY)["21"].name != card.name


@pytest.mark.long
def test_a_new_licence_names_the_paper_that_it_is_by(office: Office, tmp_path: Path) -> None:
    paper = tmp_path / "پروانه.pdf"
    paper.write_bytes(sample_paper()[1])
    page = card_page(office, Role.SUPERVISOR)
    begun(page, EditForm.name)
    assert isinstance(page.form, EditForm)
    write(page, "licence", "۷۲/۱۴۰۵")
    # A paper is named whole or not at all.
    write(page, "act_number", "۷۲/۱۴۰۵")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form.fields["act_dated"].error() == "تاریخ سند را بنویسید."
    assert page.form.fields["act_body"].error() == "مرجع سند را بنویسید."
    assert faults(office) == []
    write(page, "act_dated", "۱۴۰۵/۰۹/۰۱")
    write(page, "act_body", "کارگروه استانی")
    assert page.form.act is not None
    page.form.act.scan.pick = lambda _: [paper]
    page.form.act.scan.button.click()
    QApplication.processEvents()
    run(office)
    assert page.form is None
    # Who signs second reads what it rests on, and sees the paper.
    sit_as(office, "مریم شایق")
    (waits,) = publishing.waiting(office.crew.second)
    other = office.go(places.Publication(waits.draft.publication))
    assert isinstance(other, PublicationPage)
    QApplication.processEvents()
    rests = "شمارهٔ ۷۲/۱۴۰۵ مورخ ۱۴۰۵/۰۹/۰۱، کارگروه استانی"
    assert f"سند این تغییر: {rests}." in told(other)
    keys = [each for each in office.window.findChildren(Button) if each.isVisible()]
    next(each for each in keys if each.text() == "تصویر سند").click()
    QApplication.processEvents()
    assert other.papers.isVisible()
    other.papers.close_cover()
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    # In a year it is found by its number, among all that happened.
    page = card_page(office, Role.SUPERVISOR)
    page.events.all.click()
    QApplication.processEvents()
    type_text(page, "72/1405")
    QApplication.processEvents()
    assert page.all_events.count.text().startswith("۱ از")
    assert rests in told(page)


BAD: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"phone": "۱۲۳"}, "phone", "پیش‌شمارهٔ شهر"),
    ({"address": ""}, "address", "نشانی دفتر"),
    ({"postal_code": "123"}, "postal_code", "اکنون ۳ رقم"),
    ({"latitude": "95"}, "latitude", "از ۹۰"),
    ({"latitude": "31.8", "longitude": "54.35"}, "latitude", "دو رقم اعشار"),
    ({"latitude": "35.70", "longitude": "51.40"}, "latitude", "بیرون از محدودهٔ شهر"),
    ({"longitude": ""}, "longitude", "یکی نوشته نشده"),
    ({"authority": ""}, "authority", "به استناد آن"),
    ({"licence_until": "1300/01/01"}, "licence_until", "سال آن را ببینید"),
    ({"since": "1499/01/01"}, "since", "سال آن را ببینید"),
)
"""What is typed, beside which field it is told, and with which words."""


@pytest.mark.long
def test_what_no_office_is_stands_beside_its_field_before_it_is_sent(office: Office) -> None:
    page = card_page(office, Role.SUPERVISOR)
    for typed, beside, words in BAD:
        begun(page, EditForm.name)
        for key, text in typed.items():
            write(page, key, text)
        write(page, "password", PASSWORD)
        run(office)
        assert page.form is not None, typed
        assert words in str(page.form.fields[beside].error()), typed
        page.close_form()
        page.acts.drop(EditForm.name)
    assert publishing.waiting(office.crew.second) == []


def sign_waiting(office: Office) -> None:
    (waits,) = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()


@pytest.mark.long
def test_a_holiday_is_open_and_a_month_has_its_own_hours(office: Office) -> None:
    page = card_page(office, Role.SUPERVISOR)
    begun(page, EditForm.name)
    for day in range(6):
        write(page, f"hours{day}", "۷:۳۰ تا ۲۰")
    write(page, "password", PASSWORD)
    run(office)
    sign_waiting(office)
    page.load()
    QApplication.processEvents()
    # What two signed for tomorrow is what the next is begun with.
    begun(page, DaysForm.name)
    assert isinstance(page.form, DaysForm)
    assert "مشخصاتی که از ۴ آذر برقرار می‌شود" in told(page)
    run(office)
    assert page.form.fields["first"].error() == "روز را بنویسید."
    assert page.form.fields["times"].error() == "ساعت کار این روزها را بنویسید."
    write(page, "first", "1405/09/04")
    write(page, "last", "1405/09/01")
    write(page, "times", "۱۳ تا ۹")
    run(office)
    assert "از ۴ آذر مشخصات تازه‌ای برقرار می‌شود" in str(page.form.fields["first"].error())
    assert page.form.fields["last"].error() == "روز پایان پیش از روز آغاز است."
    assert "در روز بعد بنویسید" in str(page.form.fields["times"].error())
    assert faults(office) == []
    write(page, "first", "1405/09/05")
    write(page, "last", "1405/09/11")
    write(page, "times", "۹ تا ۱۳")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is None
    sign_waiting(office)
    page.load()
    QApplication.processEvents()
    # The Friday among them stays shut.
    days = [link.text() for link in page.panel.findChildren(Link) if "آذر" in link.text()]
    assert days == ["۵ آذر", "۷ تا ۱۱ آذر"]
    # One of them is a day of this week.
    assert told(page).count("۹:۰۰ تا ۱۳:۰۰") == 3
    begun(page, DaysForm.name)
    write(page, "first", "1405/09/06")
    write(page, "times", "۹ تا ۱۲")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is None
    sign_waiting(office)
    friday = TODAY + timedelta(days=3)
    card = offices.offices(office.crew.supervisor.desk, friday)["21"]
    assert card.hours is not None
    # Who opens one Friday means it.
    assert card.hours.on(friday, OfficeCalendar()) == (Span(540, 720),)
    assert card.hours.on(friday + timedelta(days=7), OfficeCalendar()) == ()


@pytest.mark.long
def test_an_office_is_stopped_at_once_and_let_go_on_by_two(office: Office, tmp_path: Path) -> None:
    paper = tmp_path / "تصمیم.pdf"
    paper.write_bytes(sample_paper()[1])
    page = card_page(office, Role.SUPERVISOR)
    begun(page, StopForm.name)
    run(office)
    assert isinstance(page.form, StopForm)
    assert faults(office) == []
    write(page, "cause", "گزارش بازرسی")
    write_act(page, "۸۸", "1405/09/01")
    write(page, "password", PASSWORD)
    page.form.act.scan.pick = lambda _: [paper]
    page.form.act.scan.button.click()
    QApplication.processEvents()
    run(office)
    assert page.form is None
    office.house.municipality.sync()
    assert "21" in delegations.stops(office.crew.supervisor.desk)
    page.load()
    QApplication.processEvents()
    assert "متوقف از ۳ آذر" in told(page)
    assert "گزارش بازرسی" in told(page)
    assert faults(office) == []
    office.clock.moment += timedelta(minutes=5)
    begun(page, LiftForm.name)
    write_act(page, "۹۰", "1405/09/03")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is None
    (waits,) = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.clock.moment += timedelta(minutes=1)
    office.house.municipality.sync()
    assert delegations.stops(office.crew.supervisor.desk) == {}


@pytest.mark.long
def test_a_stop_with_all_letters_names_who_hands_them_over(office: Office) -> None:
    publish_office(office.house.centre, "41")
    town_of(office)
    owing(office.crew)
    before = len(queue_of(office.house.office.desk))
    page = card_page(office, Role.SUPERVISOR)
    begun(page, StopForm.name)
    assert isinstance(page.form, StopForm)
    form = page.form
    assert not form.heir.isVisible()
    form.whole.set_value(True)
    form.moment.when.set_value(LATER)
    form.arrange_typed()
    assert not form.heir.isVisible()
    form.moment.when.set_value(NOW)
    form.arrange_typed()
    assert form.heir.isVisible()
    assert "نامه‌ای هم مهر، چاپ، ابطال یا تحویل نمی‌شود" in told(page)
    write(page, "cause", "گزارش بازرسی")
    write_act(page, "۸۸", "1405/09/01")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is form
    assert str(form.fields["heir"].error()).startswith("دفتری را برگزینید")
    assert faults(office) == []
    form.heir.set_value("41")
    run(office)
    assert page.form is None
    office.house.municipality.sync()
    assert delegations.stops(office.crew.supervisor.desk)["21"].whole
    page.load()
    assert "نامه‌های آن هم مهر، چاپ" in told(page)
    assert f"{to_persian_digits(before)} پرونده به دفتر پیشخوان ۴۱ سپرده شد" in told(page)
    assert faults(office) == []


@pytest.mark.long
def test_a_stop_of_a_day_to_come_is_told_and_taken_back(office: Office) -> None:
    town_of(office)
    begins = office.clock.now() + timedelta(days=4)
    staffing.stop(office.crew.supervisor, Stopped.OFFICE, "21", "گزارش بازرسی", ACT, begins)
    office.house.municipality.sync()
    page = card_page(office, Role.SUPERVISOR)
    assert "توقف خدمات شهرداری از ۷ آذر" in told(page)
    assert not page.can_begin(StopForm.name)
    begun(page, StopBackForm.name)
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is not None
    assert page.form.fields["reason"].error()
    write(page, "reason", "گزارش بازرسی پس گرفته شد و علت دیگری نیست")
    run(office)
    assert page.form is None
    office.house.municipality.sync()
    page.load()
    QApplication.processEvents()
    assert "توقف خدمات شهرداری از" not in told(page)
    assert page.can_begin(StopForm.name)
    assert faults(office) == []


@pytest.mark.long
def test_a_stopped_offices_open_cases_go_to_another(office: Office) -> None:
    publish_office(office.house.centre, "41")
    town_of(office)
    desk = office.house.office.desk
    owing(office.crew)
    before = len(queue_of(desk))
    assert before
    staffing.stop(office.crew.supervisor, Stopped.OFFICE, "21", "گزارش بازرسی", ACT)
    office.house.municipality.sync()
    page = card_page(office, Role.SUPERVISOR)
    assert "پرونده نزد این دفتر باز است" in told(page)
    run(office)
    assert isinstance(page.form, HeirForm)
    assert "پرونده باز است:" in told(page)
    run(office)
    assert str(page.form.fields["heir"].error()).startswith("دفتری را برگزینید")
    assert faults(office) == []
    page.form.heir.set_value("41")
    write_act(page, "۹۲", "1405/09/03")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is None
    office.house.municipality.sync()
    page.load()
    assert f"{to_persian_digits(before)} پرونده به دفتر پیشخوان ۴۱ سپرده شد" in told(page)
    assert not page.can_begin(HeirForm.name)
    office.house.office.sync()
    assert not queue_of(desk)
    assert faults(office) == []


@pytest.mark.long
def test_the_card_tells_how_far_the_cases_of_an_ended_delegation_are(office: Office) -> None:
    """One went to the heir, one waits for an act that the centre could not do."""
    publish_office(office.house.centre, HEIR)
    town, desk = town_of(office), office.house.office.desk
    services = (case.request.service for case in registered(office.crew))
    service, own = next((each, own) for each in services if len(own := open_of(desk, each)) > 1)
    ends(town, services=(service,))
    with office.house.centre.writing() as session:
        row = CommandRow(
            device_id=new_id(), device_seq=9_999, command_id=new_id(), kind="amend",
            case_id=own[0].case_id, state="held", received_at=office.clock.moment.astimezone(UTC),
            canon="", hash="",
        )  # fmt: skip
        session.add(row)
    at(town, LAST + timedelta(days=1))
    tick(office.house.centre)
    office.house.municipality.sync()
    page = card_page(office, Role.SUPERVISOR)
    gone = f"از {len(own)} پروندهٔ باز {len(own) - 1} پرونده به دفتر پیشخوان ۴۱ رفت"
    waits = f"{gone}؛ ۱ پرونده کاری دارد که نزد مرکز متوقف است: "
    assert to_persian_digits(waits) in told(page)
    assert whole_code(own[0].tracking) in told(page)
    page.services.table.choose(
        next(n for n, row in enumerate(page.services.rows) if row.passes_cases)
    )
    page.services.open_row()
    assert told(page).count(to_persian_digits(gone)) == 2
    assert faults(office) == []


def queue_of(desk: Desk) -> list[QueueCase]:
    """The cases that are open at the desk's office."""
    with desk.store.reading() as session:
        open_ = QueueFilter(ranks=frozenset({Rank.OURS, Rank.OTHERS}))
        return list(queue.rows(session, queue.ids(session, open_)).values())


def open_of(desk: Desk, service: str) -> list[QueueCase]:
    """Those of them that are of the service."""
    return [case for case in queue_of(desk) if case.service == service]


@pytest.mark.long
def test_a_new_desk_gets_a_code_on_paper_and_nowhere_else(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    page = card_page(office, Role.ADMIN)
    run(office)
    assert isinstance(page.form, EnrolForm)
    assert faults(office) == []
    # It opens a seat for who is of the office, and asks for nobody's name.
    assert [*page.form.fields] == ["who", "printer", "password"]
    page.form.fields["who"].set_value("zahra-fallah")
    write(page, "password", PASSWORD)
    run(office)
    assert page.form is None
    (slip,) = spooler.jobs()
    words = text_of(slip)
    assert "زهرا" in words
    assert not any(word in told(page) for word in words if len(word) == 8 and word.isascii())
    assert faults(office) == []


def test_a_desk_is_put_out(office: Office) -> None:
    page = card_page(office, Role.ADMIN)
    assert page.at_work is not None
    (desk,) = page.at_work.desks
    begun(page, f"{RevokeForm.name}:{desk.device_id}")
    write(page, "password", PASSWORD)
    run(office)
    assert "کنار گذاشته شد" in told(page)
    assert not office.house.office.sync().well


@pytest.mark.long
def test_who_only_signs_changes_nothing_here(office: Office) -> None:
    page = card_page(office, Role.EXPERT)
    assert [page.can_begin(name) for name in ("office-edit", "office-stop", "office-enrol")] == [
        False
    ] * 3
    assert faults(office) == []
