"""What the unit announces comes over every page of an office, is read there, and said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.actions import announcements
from desktop.domain.announcement import About, Announcement
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.notices.heard import AnnouncementsPage
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.banner import Banner
from tests.houses import MORNING
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

_CONTROL = Qt.KeyboardModifier.ControlModifier
_WORDS = "سامانه برای جابه‌جایی کارساز در دسترس نیست؛ درخواست‌ها در صف ارسال می‌ماند."


def announced(office: Office, **changed: object) -> Announcement:
    """The unit has announced an outage, or what is changed of it, and this desk has heard."""
    since = MORNING + timedelta(days=3)
    told = Announcement(
        announcements.new_announcement(), About.OUTAGE, "قطعی سامانه", _WORDS, MORNING, "",
        since=since, until=since + timedelta(hours=2),
    )  # fmt: skip
    told = replace(told, **changed)  # type: ignore[arg-type]
    announcements.announce(office.crew.supervisor, told)
    office.house.office.sync()
    return told


def banners(office: Office) -> list[Banner]:
    found = office.window.findChildren(Banner)
    return [each for each in found if each.isVisible() and each.link.text() == "خواندن"]


def opened(office: Office) -> AnnouncementsPage:
    page = office.go(places.Announcements())
    assert isinstance(page, AnnouncementsPage)
    wake(office)
    return page


@pytest.mark.slow
def test_an_announcement_comes_over_the_page_and_is_read_with_one_key(office: Office) -> None:
    office.sit(Role.CLERK)
    told = announced(office)
    press(office.window, Qt.Key.Key_F5)
    QApplication.processEvents()
    (banner,) = banners(office)
    assert banner.accessibleName() == "اطلاعیه: قطعی سامانه جمعه ۶ آذر، ۱۰:۴۲ تا ۱۲:۴۲"
    banner.link.click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, AnnouncementsPage)
    wake(office)
    assert page.text.text() == _WORDS
    assert faults(office) == []
    press(office.window, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert page.heard is not None
    assert page.heard.read_at is not None
    office.house.office.sync()
    read = announcements.readers(office.crew.supervisor, told.announcement)
    assert [one.name for one in read.readers] == [office.crew.clerk.staff.name]
    office.go(places.Home())
    press(office.window, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert banners(office) == [], "told once"


@pytest.mark.slow
def test_what_is_not_read_comes_first_and_the_next_one_takes_its_place(office: Office) -> None:
    office.sit(Role.MANAGER)
    announced(office)
    announced(office, about=About.NOTE, since=None, until=None, title="ساعت کار واحد")
    page = opened(office)
    assert [page.rows.index(row, 1).data() for row in range(2)] == ["ساعت کار واحد", "قطعی سامانه"]
    page.note_read()
    QApplication.processEvents()
    assert [page.rows.index(row, 1).data() for row in range(2)] == ["قطعی سامانه", "ساعت کار واحد"]
    assert page.heard is not None
    assert page.heard.announcement.title == "قطعی سامانه"


@pytest.mark.long
def test_a_reminder_says_who_of_the_office_still_lacks_the_lesson(office: Office) -> None:
    office.sit(Role.MANAGER)
    announced(
        office, about=About.TRAINING, since=None, until=None, services=("walling",),
        due=(MORNING + timedelta(days=11)).date(), title="آموزش پیش از ۱۴ آذر",
    )  # fmt: skip
    page = opened(office)
    told = [label.text() for label in page.card.findChildren(Label)]
    lacking = next(words for words in told if "هنوز درس آن را" in words)
    crew = office.crew
    assert crew.clerk.staff.name in lacking
    assert crew.manager.staff.name in lacking
    assert faults(office) == []


@pytest.mark.slow
def test_nothing_announced_says_what_will_come_here(office: Office) -> None:
    office.sit(Role.CLERK)
    page = opened(office)
    assert page.empty.isVisible()
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "خانه"


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.CLERK, Role.MANAGER])
def test_what_was_not_read_waits_on_the_first_page(office: Office, role: Role) -> None:
    told = announced(office)
    office.sit(role)
    wake(office)
    lines = [each for each in office.window.findChildren(QAbstractButton) if each.isVisible()]
    line = next(each for each in lines if "نخوانده" in (each.accessibleName() or each.text()))
    line.click()
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, AnnouncementsPage)
    assert page.heard is not None
    assert page.heard.announcement.announcement == told.announcement
