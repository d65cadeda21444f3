"""«گزارش مشاهده‌ها»: every page that shows a case writes that it was looked at; who may asks why."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from desktop.actions import looking
from desktop.domain.people import Role
from desktop.domain.reading import Mark, Way, What
from desktop.ui import places
from desktop.ui.looked import LOOKS, Elsewhere
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.readings.forms import QuestionForm, ReplyForm
from desktop.ui.pages.readings.page import ReadingLogPage
from desktop.ui.pages.search.page import SearchPage
from desktop.ui.registry import _PAGES
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.banner import Banner
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import answered
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow


def opened(office: Office, role: Role, place: places.ReadingLog | None = None) -> ReadingLogPage:
    office.sit(role)
    page = office.go(place or places.ReadingLog())
    assert isinstance(page, ReadingLogPage)
    wake(office)
    return page


def kinds(page: ReadingLogPage) -> list[str]:
    return [row.what for row in page.rows.values()]


def side(page: ReadingLogPage) -> str:
    return " ".join(label.text() for label in page.panel.findChildren(Label))


def main_of(page: ReadingLogPage) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def test_every_page_says_whether_opening_it_is_a_look() -> None:
    assert LOOKS.keys() == _PAGES.keys()
    # A page of one case shows it, here or by the centre's word.
    for place, look in LOOKS.items():
        if issubclass(place, places.OfCase):
            assert isinstance(look, What) or look is Elsewhere.CENTRE, place


@pytest.mark.long
def test_an_opened_case_is_a_line_and_so_is_the_look_at_the_log(office: Office) -> None:
    case = answered(office.crew)
    office.sit(Role.CLERK)
    assert isinstance(office.go(places.Case(case.case_id)), CasePage)
    page = office.go(places.ReadingLog())
    assert isinstance(page, ReadingLogPage)
    # The clerk sees his own.
    office.window.seat.desk.nudge()
    page.load()
    wake(office)
    assert {"case", "log"} <= set(kinds(page))
    assert {row.actor for row in page.rows.values()} == {office.crew.clerk.staff.staff_id}
    assert "سطرها پیوسته ثبت می‌شود" in page.foot.text()
    assert faults(office) == []
    at = next(at for at, row in page.rows.items() if row.what == "case")
    page.table.choose(at)
    QApplication.processEvents()
    assert main_of(page) == "باز کردن پرونده"
    press(page.table, Qt.Key.Key_Return)
    assert isinstance(office.page, CasePage)


def test_what_a_search_found_was_looked_at(office: Office) -> None:
    case = answered(office.crew)
    office.sit(Role.CLERK)
    page = office.go(places.Search())
    assert isinstance(page, SearchPage)
    type_text(page.box, case.request.party.last_name)
    page._ask()
    QApplication.processEvents()
    log = office.go(places.ReadingLog(mark=Mark.SEARCHED.value))
    assert isinstance(log, ReadingLogPage)
    office.window.seat.desk.nudge()
    log.load()
    wake(office)
    assert kinds(log) != []
    assert set(kinds(log)) == {"search"}


def test_the_manager_asks_and_the_clerk_answers_on_the_same_line(office: Office) -> None:
    case = answered(office.crew)
    looking.note(office.crew.clerk, What.CASE, cases=(case.case_id,))
    office.house.office.sync()
    page = opened(office, Role.MANAGER)
    at = next(at for at, row in page.rows.items() if row.what == "case")
    page.table.choose(at)
    wake(office)
    assert isinstance(page.form, QuestionForm)
    assert "۳۰ روز این کارمند" in side(page)
    assert faults(office) == []
    # Pressed too early it says what lacks and goes there.
    office.window.keys.confirmed.emit()
    QApplication.processEvents()
    assert page.form.words.error() == "پرسش را بنویسید."
    type_text(page.form.words.control, "برای چه کاری بود؟")
    office.window.keys.confirmed.emit()
    QApplication.processEvents()
    assert page.rows[at].question or any(row.question for row in page.rows.values())
    # Who was asked hears of it as he sits down.
    office.sit(Role.CLERK)
    (told,) = (banner for banner in office.window.findChildren(Banner) if banner.isVisible())
    assert "پرسیده‌اند" in told.words.text()
    reply = opened(office, Role.CLERK)
    at = next(at for at, row in reply.rows.items() if row.question)
    reply.table.choose(at)
    wake(office)
    assert isinstance(reply.form, ReplyForm)
    assert "برای چه کاری بود؟" in side(reply)
    reply.form.go_to("question")
    type_text(reply.form.words.control, "متقاضی تلفن کرد")
    office.window.keys.confirmed.emit()
    QApplication.processEvents()
    assert [row.reply for row in reply.rows.values() if row.question] == ["متقاضی تلفن کرد"]
    assert faults(office) == []


@pytest.mark.long
def test_a_question_half_typed_is_there_again(office: Office) -> None:
    case = answered(office.crew)
    looking.note(office.crew.clerk, What.CASE, cases=(case.case_id,))
    office.house.office.sync()
    for again in (False, True):
        page = opened(office, Role.MANAGER)
        page.table.choose(next(at for at, row in page.rows.items() if row.what == "case"))
        QApplication.processEvents()
        assert page.form is not None
        if again:
            assert page.form.words.value() == "هنوز ننوشته‌ام"
        else:
            page.form.go_to("question")
            type_text(page.form.words.control, "هنوز ننوشته‌ام")
            office.go(places.ManagerHome())


@pytest.mark.long
def test_nothing_goes_on_paper_before_the_orders_number(office: Office) -> None:
    looking.note(office.crew.clerk, What.LIST)
    office.house.office.sync()
    page = opened(office, Role.SUPERVISOR)
    assert page.press("F8")
    wake(office)
    assert page.order is not None
    assert faults(office) == []
    office.window.keys.confirmed.emit()
    QApplication.processEvents()
    assert page.order.order.error() == "شمارهٔ دستور دادگاه را بنویسید."
    assert not page.cover.isVisible()
    type_text(page.order.order.control, "1405/331")
    office.window.keys.confirmed.emit()
    QApplication.processEvents()
    assert page.cover.isVisible()
    assert page.cover.paper.frame.pdf().startswith(b"%PDF")
    assert page.press("Esc")
    page.load()
    QApplication.processEvents()
    assert [row.about for row in page.rows.values() if row.way == Way.PRINT.value] == ["1405/331"]


@pytest.mark.long
def test_the_lines_are_written_for_excel_and_that_is_a_line(office: Office, tmp_path: Path) -> None:
    looking.note(office.crew.clerk, What.LIST)
    office.house.office.sync()
    page = opened(office, Role.SUPERVISOR)
    page.write(tmp_path / "looks.xlsx")
    QApplication.processEvents()
    assert (tmp_path / "looks.xlsx").stat().st_size > 1_000
    page.load()
    QApplication.processEvents()
    assert Way.FILE.value in {row.way for row in page.rows.values()}


@pytest.mark.long
def test_without_a_line_the_desk_shows_its_own_looks(office: Office) -> None:
    case = answered(office.crew)
    office.sit(Role.CLERK)
    office.go(places.Case(case.case_id))
    office.house.cut_line(True)
    page = office.go(places.ReadingLog())
    assert isinstance(page, ReadingLogPage)
    wake(office)
    assert "همین میز" in page.fault.words.text()
    assert kinds(page) == ["case"]
    assert faults(office) == []
    office.house.cut_line(False)
    page.fault.followed.emit()
    QApplication.processEvents()
    assert not page.fault.isVisible()


@pytest.mark.long
def test_a_municipal_case_opens_from_a_line_and_a_broken_chain_is_told(office: Office) -> None:
    case = answered(office.crew)
    office.sit(Role.SUPERVISOR)
    office.go(places.MunicipalCase(case.case_id))
    page = office.go(places.ReadingLog(case.request.code))
    assert isinstance(page, ReadingLogPage)
    wake(office)
    assert "case" in kinds(page)
    with office.house.office.desk.store.writing() as session:
        session.execute(text("DROP TRIGGER reading_no_update"))
    looking.note(office.crew.clerk, What.LIST)
    with office.house.office.desk.store.writing() as session:
        session.execute(text("UPDATE reading SET hash = :h"), {"h": "0" * 64})
    office.house.office.sync()
    page.load()
    wake(office)
    assert "گسسته است" in page.broken.words.text()
    assert faults(office) == []
    page.table.choose(next(at for at, row in page.rows.items() if row.what == "case"))
    page.open_case()
    assert isinstance(office.page, MunicipalCasePage)


@pytest.mark.long
def test_a_property_that_nobody_saw_says_so(office: Office) -> None:
    page = opened(office, Role.SUPERVISOR, places.ReadingLog("2-14-308-27"))
    assert page.empty.isVisible()
    assert not page.side_stands
    assert page.empty.words.text() == "کسی در این بازه این را ندیده است"
    page.search.set_value("خانهٔ همسایه")
    page.load()
    wake(office)
    assert "کامل بنویسید" in page.empty.words.text()
    assert main_of(page) == "تازه‌سازی"
    assert faults(office) == []
