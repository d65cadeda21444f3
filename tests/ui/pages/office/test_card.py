"""One office's card as the unit meets it: open or closed, its services, its people, its log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import registry
from desktop.actions.office_card import OfficeLook
from desktop.demo.people import OFFICE
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.domain.stop import Stop, Stopped
from desktop.ui import places
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.office.side import OfficeSide
from desktop.ui.standing.office import desk_chip, desk_detail, headline, newest_version
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.label import Label
from desktop.wire.registry import DeskBody, OfficeBody
from tests.delegated import ACT, TODAY, TOMORROW, hand_over
from tests.houses import MORNING
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import card_page, focused, told, town_of
from tests.ui.pages.seeing import faults, wake
from tests.ui.spooler import Spooler

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_what_is_handed_over_is_told_by_its_state_and_opens_in_place(office: Office) -> None:
    town = town_of(office)
    hand_over(town, since=TOMORROW, services=("clearance", "no-violation"))
    page = card_page(office, Role.SUPERVISOR)
    assert page.services.beside.text() == "۲ خدمت از ۴ آذر"
    press(office.window, Qt.Key.Key_Return)
    assert "شمارهٔ ۱۲ مورخ" in told(page)
    assert "شورای شهر" in told(page)
    press(office.window, Qt.Key.Key_Escape)
    assert not page.services.detail.isVisible()
    assert faults(office) == []


def test_f6_goes_through_the_parts_of_the_card(office: Office) -> None:
    hand_over(town_of(office), since=TOMORROW, services=("clearance",))
    page = card_page(office, Role.SUPERVISOR)
    assert page.services.table.hasFocus()
    gone = []
    for _ in range(4):
        press(office.window, Qt.Key.Key_F6)
        parts = (page.services, page.people, page.events, page.panel)
        gone.append(next(at for at, part in enumerate(parts) if part.isAncestorOf(focused())))
    assert gone == [1, 2, 3, 0]
    # A form has the keys to itself.
    page.begin("office-edit")
    press(office.window, Qt.Key.Key_F6)
    assert page.form is not None
    assert page.form.isAncestorOf(focused())


def button(page: OfficePage, words: str) -> Button:
    roots = [root for root in (page, page.bar) if root is not None]
    QApplication.processEvents()
    found = [each for root in roots for each in root.findChildren(Button) if each.isVisible()]
    return next(each for each in found if each.text() == words)


@pytest.mark.long
def test_what_comes_next_is_done_on_its_own_page(office: Office) -> None:
    hand_over(town_of(office), since=TOMORROW, services=("clearance",))
    page = card_page(office, Role.SUPERVISOR)
    press(office.window, Qt.Key.Key_Return)
    for words, place in (
        ("پس‌گرفتن واگذاری…", places.Withdrawal("21", "clearance")),
        ("نامه‌های واگذاری", places.OfficeLetters(typed="21")),
        ("واگذاری خدمت", places.Delegation("21")),
    ):
        button(page, words).click()
        QApplication.processEvents()
        assert office.page.place == place
        back = office.go(places.Office("21"))
        assert isinstance(back, OfficePage)
        page = back
        page.services.open_row()
    link = next(each for each in page.people.findChildren(Link) if each.text() == "باز کردن")
    link.click()
    QApplication.processEvents()
    assert office.page.place == places.People("21")


def test_a_licence_that_ended_is_renewed_first(office: Office) -> None:
    page = card_page(office, Role.SUPERVISOR)
    assert page.look is not None
    card = replace(page.look.card, licence_until=page.look.day - timedelta(days=1))
    page.look = replace(page.look, card=card)
    page.arrange_bar()
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "تمدید پروانه"
    assert button(page, "واگذاری خدمت").isEnabled()
    page.bar.main.click()
    assert page.form is not None
    assert page.form.name == "office-edit"


@pytest.mark.long
def test_the_card_is_printed_as_one_sheet(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    town = town_of(office)
    hand_over(town, since=TOMORROW, services=("clearance",))
    page = card_page(office, Role.SUPERVISOR)
    press(office.window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.on_paper()
    press(office.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    (sheet,) = spooler.jobs()
    words = text_of(sheet)
    assert {"مفاصاحساب", "باجهٔ", "نعیم‌آباد", "۲۱"} <= {*words}
    press(office.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not page.on_paper()


@pytest.mark.long
def test_all_that_happened_is_searched(office: Office) -> None:
    town = town_of(office)
    hand_over(town, since=TOMORROW, services=("clearance", "no-violation"))
    page = card_page(office, Role.SUPERVISOR)
    page.events.all.click()
    QApplication.processEvents()
    everything = page.all_events.count.text()
    type_text(page, "عدم خلاف")
    QApplication.processEvents()
    assert page.all_events.count.text() != everything
    assert "واگذاری ۲ خدمت از ۴ آذر" in told(page)
    type_text(page, " بی‌ربط")
    QApplication.processEvents()
    assert "رویدادی با این نوشته نیست." in told(page)
    assert faults(office) == []
    press(office.window, Qt.Key.Key_Escape)
    press(office.window, Qt.Key.Key_Escape)
    assert not page.all_events.isVisible()


@pytest.mark.long
def test_without_a_line_what_is_published_is_read_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(town_of(office), since=TOMORROW, services=("clearance",))

    def down(*_: object) -> None:
        raise LineDown

    monkeypatch.setattr(registry, "at_work", down)
    page = card_page(office, Role.SUPERVISOR)
    assert "کارت دفتر تنها خوانده می‌شود" in told(page)
    assert page.services.rows
    assert "پس از وصل شدن خط" in told(page)
    assert faults(office) == []


@pytest.mark.long
def test_an_office_that_nobody_knows_says_so(office: Office) -> None:
    office.sit(Role.SUPERVISOR)
    wake(office)
    page = office.go(places.Office("f" * 32))
    assert isinstance(page, OfficePage)
    assert "در داده‌های شهرداری نیست" in told(page)


# What the headline says.


def look_at(**changes: Any) -> OfficeLook:
    return replace(
        OfficeLook(
            card=OFFICE, day=TODAY, former=(), coming=None, newest=OFFICE, since=TOMORROW,
            stop=None, stop_to_come=None, signs=True, services=(), terms=(), stopped=frozenset(),
            week=(), calendar=OfficeCalendar(), districts=(1, 2), bounds=None, events=(),
        ),
        **changes,
    )  # fmt: skip


def working(heard: datetime | None) -> OfficeBody:
    desk = DeskBody(
        device_id="d", number=1, heard_at=heard, revoked_at=None, version="1.14",
        unsent_since=None, disk_mb=2_048, backup_at=None, held=0,
    )  # fmt: skip
    return OfficeBody(
        office_id="21", received_today=31, open_cases=2, undelivered=1, desks=[desk], people=[]
    )


NOW = MORNING.astimezone(UTC)


@pytest.mark.parametrize(
    ("look", "heard", "now", "words", "tone"),
    [
        (look_at(), NOW, NOW, "باز است تا ۱۴:۰۰", "ok"),
        (look_at(), NOW, NOW + timedelta(hours=4), "بسته است؛ امروز از ۱۶:۰۰", "neutral"),
        (look_at(), NOW, NOW + timedelta(hours=10), "بسته است؛ فردا از ۷:۳۰", "neutral"),
        (look_at(), NOW - timedelta(minutes=48), NOW, "۴۸ دقیقه است که تماس ندارد", "refuse"),
        (look_at(), NOW - timedelta(minutes=30), NOW, "باز است تا ۱۴:۰۰", "ok"),
        (look_at(), None, NOW, "هنوز تماسی نداشته است", "refuse"),
        (
            look_at(card=replace(OFFICE, licence_until=TODAY - timedelta(days=1))),
            NOW, NOW, "باز است تا ۱۴:۰۰؛ پروانهٔ آن پایان یافته است", "pay",
        ),
        (look_at(card=replace(OFFICE, hours=None)), NOW, NOW, "ساعت کار اعلام نشده است", "neutral"),
        (
            look_at(calendar=OfficeCalendar({TODAY: "تعطیل رسمی"})),
            NOW, NOW, "بسته است؛ فردا از ۷:۳۰", "neutral",
        ),
        (
            look_at(stop=Stop(Stopped.OFFICE, "21", NOW, "گزارش بازرسی", ACT)),
            NOW, NOW, "متوقف از ۳ آذر، ۱۰:۴۲: گزارش بازرسی", "refuse",
        ),
    ],
)  # fmt: skip
def test_the_headline_says_open_closed_silent_or_stopped(
    look: OfficeLook, heard: datetime | None, now: datetime, words: str, tone: str
) -> None:
    stands = headline(look, working(heard), now)
    assert (stands.words, stands.tone) == (words, tone)


def test_a_desk_tells_what_is_wrong_with_it() -> None:
    old = working(NOW).desks[0]
    assert desk_chip(old, NOW, "1.14").words == "اکنون"
    assert desk_chip(old, NOW, "1.15").words == "نسخهٔ قدیمی"
    assert newest_version([old, old.model_copy(update={"version": "1.9"})]) == "1.14"
    held = old.model_copy(update={"held": 2})
    assert desk_chip(held, NOW, "1.14").tone == "refuse"
    assert "۲ کار متوقف" in desk_detail(held, NOW)
    silent = old.model_copy(update={"heard_at": None})
    assert desk_chip(silent, NOW, "1.14").tone == "pay"
    # As the registry's list says it: who called has told of its backups.
    assert "پشتیبان ندارد" in desk_detail(old, NOW)
    assert "پشتیبان نامعلوم" in desk_detail(silent, NOW)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (None, "", "text"),
        (31, "", "text"),
        (30, "رو به پایان", "pay"),
        (-1, "پایان یافته", "refuse"),
    ],
)
def test_a_licence_that_ended_or_soon_does_says_so(
    qtbot: QtBot, left: int | None, words: str, tone: str
) -> None:
    until = TODAY + timedelta(days=left) if left is not None else None
    side = OfficeSide(keeps_desks=False, prepares=False)
    qtbot.addWidget(side)
    look = look_at(card=replace(OFFICE, licence="۷۲-۶۹۴", licence_until=until))
    side.show_office(look, None, NOW)
    (told,) = [each for each in side.findChildren(Label) if "۷۲-۶۹۴" in each.words()]
    assert told.words().endswith(words)
    assert ("پایان" in told.words()) is bool(words)
    assert told.role == tone
