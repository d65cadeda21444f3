"""«خدمت‌ها»: what waits, what is under way, what holds; withdrawn in time, read and begun anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import publishing, service_files
from desktop.centre import people
from desktop.centre.reference import publication
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.errors import LineDown
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.forms.published_values import value_text
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.services.editor import ServiceEditor
from desktop.ui.pages.services.page import ServiceFilesPage
from desktop.ui.pages.services.reader import PublicationPage, VersionPage
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.rail import RailItem
from desktop.ui.widgets.lists.rows import ListRow
from desktop.wire.services import VersionState
from tests.houses import MORNING
from tests.publish import in_force, renamed
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office

TODAY = MORNING.date()
SOON = TODAY + timedelta(days=7)
WHY = "به دستور شهردار، نامهٔ ۱۲۳ مورخ امروز"


def open_list(office: Office, role: Role = Role.SUPERVISOR) -> ServiceFilesPage:
    office.sit(role)
    page = office.go(places.ServiceFiles())
    assert isinstance(page, ServiceFilesPage)
    return page


def names(page: Page) -> list[str]:
    QApplication.processEvents()
    return [row.accessibleName() for row in page.findChildren(ListRow) if row.isVisible()]


def button(page: Page, words: str) -> Button:
    found = page.bar.findChildren(Button) if page.bar else []
    every = [*page.findChildren(Button), *found]
    return next(b for b in every if b.isVisible() and b.accessibleName().startswith(words))


def version_day(office: Office, state: VersionState) -> list[date]:
    told = publishing.services(office.crew.supervisor)
    return [v.day for s in told if s.code == "walling" for v in s.versions if v.state is state]


@pytest.mark.parametrize("role", DUTIES)
def test_the_rail_has_it_for_who_prepares_or_signs(role: Role) -> None:
    shown = "services" in [each.name for each in DUTIES[role].pages]
    assert shown == (role.prepares or role.signs)


@pytest.mark.slow
def test_every_service_stands_there_with_its_version_and_day(office: Office) -> None:
    page = open_list(office)
    told = publishing.services(office.crew.supervisor)
    shown = names(page)
    assert len(shown) == len(told)
    for service, name in zip(told, shown, strict=True):
        assert name.startswith(service.title)
        assert "در اجرا" in name
        assert "۱۴۰۴/۱۰/۲۰" in name


@pytest.mark.long
def test_who_alone_would_sign_is_told_before_anything_waits(office: Office) -> None:
    assert open_list(office).alone.isHidden()
    me, centre = office.crew.supervisor.staff.staff_id, office.house.centre
    gone = TODAY - timedelta(days=1)
    with centre.writing() as session:
        others = [each for each in STAFF if each.role.signs and each.staff_id != me]
        terms = [
            StaffTerm(each.staff_id, MUNICIPALITY, each.role.value, gone, gone) for each in others
        ]
        facts = [publication(Topic.STAFF, one.staff, gone, value_text(one)) for one in terms]
        people.publish(session, facts, centre.clock())
    office.house.municipality.sync()
    page = open_list(office)
    assert page.alone.isVisible()
    # An expert does not prepare: nothing of his waits for a second.
    assert open_list(office, Role.EXPERT).alone.isHidden()


@pytest.mark.long
def test_what_waits_stands_first_and_is_counted_for_who_may_sign(office: Office) -> None:
    publishing.prepare(office.crew.supervisor, renamed("walling", SOON))
    page = open_list(office, Role.EXPERT)
    first = names(page)[0]
    assert first.startswith("نام تازه")
    assert "حمید میرجلیلی" in first
    assert "نوبت شماست" in first
    assert page.findChildren(ListRow)[0].hasFocus()
    counts = [each.accessibleName() for each in office.window.findChildren(RailItem)]
    assert "خدمت‌ها ۱" in counts
    page.findChildren(ListRow)[0].click()
    QApplication.processEvents()
    assert isinstance(office.page, PublicationPage)


@pytest.mark.long
def test_a_version_to_come_is_withdrawn_with_reason_and_password(office: Office) -> None:
    in_force(office.crew, renamed("walling", SOON))
    page = open_list(office)
    button(page, "پس گرفتن نسخهٔ آینده").click()
    form = page.form
    assert form is not None
    assert page.bar is not None
    page.bar.press_main()
    assert "۲۰ نویسه" in (form.reason.error() or "")
    form.reason.set_value(WHY)
    form.password.set_value("نادرست")
    page.bar.press_main()
    assert form.password.error()
    assert version_day(office, VersionState.COMING) == [SOON]
    form.password.set_value(PASSWORD)
    page.bar.press_main()
    assert version_day(office, VersionState.COMING) == []
    assert version_day(office, VersionState.WITHDRAWN) == [SOON]
    assert page.form is None


@pytest.mark.long
def test_escape_leaves_the_withdrawing(office: Office) -> None:
    in_force(office.crew, renamed("walling", SOON))
    page = open_list(office)
    button(page, "پس گرفتن نسخهٔ آینده").click()
    assert page.press("Esc")
    assert page.form is None
    assert not page.press("Esc")
    assert version_day(office, VersionState.COMING) == [SOON]


@pytest.mark.long
def test_an_expert_neither_begins_nor_withdraws(office: Office) -> None:
    in_force(office.crew, renamed("walling", SOON))
    page = open_list(office, Role.EXPERT)
    shown = [b.accessibleName() for b in office.window.findChildren(Button) if b.isVisible()]
    assert not [each for each in shown if each.startswith(("پس گرفتن", "خدمت تازه"))]
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "کارتابل"
    assert page.isVisible()


@pytest.mark.long
def test_former_versions_open_to_be_read_and_begun_anew(office: Office) -> None:
    in_force(office.crew, renamed("walling", TODAY + timedelta(days=1)))
    office.clock.moment += timedelta(days=2)
    page = open_list(office)
    before = len(names(page))
    button(page, "نسخه‌های پیشین").click()
    shown = names(page)
    assert len(shown) == before + 1
    row = next(r for r in page.findChildren(ListRow) if "پیشین" in r.accessibleName())
    row.click()
    QApplication.processEvents()
    reader = office.page
    assert isinstance(reader, VersionPage)
    assert reader.text.isReadOnly()
    assert 'title = "مجوز دیوارکشی"' in reader.text.text()
    assert reader.heading.chip is not None
    assert reader.heading.chip.words == "پیشین"
    assert reader.bar is not None
    reader.bar.press_main()
    editor = office.page
    assert isinstance(editor, ServiceEditor)
    assert editor.text.text() == reader_text(office)


def reader_text(office: Office) -> str:
    return service_files.kept(office.window.seat)[0].text


@pytest.mark.long
def test_f2_begins_with_the_pattern_and_the_draft_stands_in_the_list(office: Office) -> None:
    page = open_list(office)
    press(page, Qt.Key.Key_F2)
    QApplication.processEvents()
    editor = office.page
    assert isinstance(editor, ServiceEditor)
    assert editor.text.text().startswith("# یک خدمت تازه")
    assert service_files.day_of(editor.text.text()) == TODAY + timedelta(days=1)
    back = open_list(office)
    assert back.drafts.isVisible()
    button(back, "حذف پیش‌نویس").click()
    assert not back.drafts.isVisible()
    assert service_files.kept(office.window.seat) == []


@pytest.mark.slow
def test_with_no_line_drafts_go_on_and_the_rest_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise LineDown

    monkeypatch.setattr(publishing, "services", down)
    page = open_list(office)
    assert page.fault.isVisible()
    page.begin()
    assert isinstance(office.page, ServiceEditor)
    monkeypatch.undo()
    again = open_list(office)
    assert not again.fault.isVisible()
    assert len(names(again)) > 20
