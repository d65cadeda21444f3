"""«واگذاری خدمت»: chosen, typed, signed first by keyboard; what lacks, what stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import office_letters, publishing, staffing
from desktop.actions.documents import PaperSource
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import LineDown
from desktop.domain.office import OfficeKind
from desktop.domain.people import Role
from desktop.domain.stop import Stopped
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.delegation import words
from desktop.ui.pages.delegation.cards import SHOWN
from desktop.ui.pages.delegation.page import DelegationPage
from desktop.ui.pages.delegation.putting import PutForwardPage
from desktop.ui.pages.services.reader import PublicationPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.label import Label
from tests.delegated import ACT, TODAY, TOMORROW, announce, hand_over, open_office
from tests.town import Town
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

Key = Qt.Key
WORKING = TODAY + timedelta(days=11)  # شنبه ۱۴ آذر ۱۴۰۵
FRIDAY = TODAY + timedelta(days=10)
OTHER = "771"
WHY = "به دستور شهردار، نامهٔ مورخ امروز"


def town_of(office: Office) -> Town:
    """The office's house as the floor's acts want it."""
    return Town(office.house, office.clock, office.crew, {})


@pytest.fixture
def page(office: Office) -> DelegationPage:
    """The supervisor's page, with another office beside the demo's own."""
    town = announce(town_of(office))
    open_office(town, OTHER, "امیرچخماق", kind=OfficeKind.AGENCY)
    wake(office)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Delegation())
    assert isinstance(page, DelegationPage)
    return page


def settle(page: PutForwardPage) -> None:
    for _ in range(3):
        QApplication.processEvents()
    page._plan()
    QApplication.processEvents()


def tick(page: DelegationPage, which: str, *keys: str) -> None:
    """Space on the rows of these keys."""
    picks = getattr(page.body, which).picks
    for key in keys:
        row = next(at for at, pick in enumerate(picks.picks()) if pick.key == key)
        picks.table.setFocus()
        picks.table.choose(row)
        press(page, Key.Key_Space)
    settle(page)


def date_into(page: PutForwardPage, field: QWidget, day: date) -> None:
    field.setFocus()
    press(page, Key.Key_A, Modifier.ControlModifier)
    type_text(page, iso_jalali(day))
    settle(page)


def type_act(page: PutForwardPage, *, number: str = "312") -> None:
    act = page.plan_body.act
    act.body.setFocus()
    press(page, Key.Key_A, Modifier.ControlModifier)
    type_text(page, "شورای اسلامی شهر یزد")
    act.number.setFocus()
    type_text(page, number)
    date_into(page, act.dated, TODAY - timedelta(days=6))


def attach(page: PutForwardPage) -> None:
    content = sample_paper()[1]
    page.plan_body.act.files.add(
        page.plan_body.act.scan, [PaperSource("مصوبه.pdf", lambda: content)]
    )
    settle(page)


def main(page: PutForwardPage) -> None:
    press(page, Key.Key_Return, Modifier.ControlModifier)
    for _ in range(3):
        QApplication.processEvents()


def ids(page: DelegationPage) -> dict[str, str]:
    """By code, all offices that can be chosen."""
    assert page.choices is not None
    return {card.code: of for of, card in page.choices.offices.items()}


def two(page: DelegationPage) -> tuple[str, str]:
    """The demo's own office and the other one."""
    return ids(page)["21"], ids(page)[OTHER]


def filled(page: DelegationPage, since: date = WORKING) -> None:
    """Everything but the password."""
    tick(page, "services", "clearance", "walling")
    tick(page, "offices", *two(page))
    date_into(page, page.body.since_field, since)
    type_act(page)
    attach(page)


@pytest.mark.long
def test_all_by_keyboard_and_two_letters_after_the_second_signature(
    office: Office, page: DelegationPage
) -> None:
    filled(page)
    assert page.heading.second == "۲ خدمت به ۲ دفتر، از ۱۴ آذر"
    assert page.panel.letters == 2
    assert "متصدی آموزش‌دیده" in page.body.lack_words.words()
    assert page.body.ways.value() == "all", "far from its day the first way stands there"
    main(page)
    assert page.panel.password.hasFocus() or page.panel.password.control.hasFocus()
    type_text(page, PASSWORD)
    main(page)
    [waits] = publishing.waiting(office.crew.second)
    assert "دفتر پیشخوان ۲۱" in [change.title for change in waits.told.changes][0]
    assert len(waits.draft.items) == 4
    assert words.ALL_THE_SAME in waits.prepared.reason
    # It is empty for another, and nothing is a draft any more.
    assert page.body.chosen_services() == []
    assert page.acts.unfinished() == []

    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    told = office_letters.of_publication(office.crew.supervisor.desk, waits.draft.publication)
    assert [each.letter.number for each in told] == ["1405/1", "1405/2"]


@pytest.mark.long
def test_typing_takes_away_what_is_wrong_with_the_act(page: DelegationPage) -> None:
    main(page)
    act = page.body.act
    assert act.number.error()
    assert act.dated.error()
    type_act(page)
    assert [field.error() for field in act.fields] == [None] * 3
    page._plan()
    listed = [key for key, _ in page.body.errors.errors()]
    assert listed == ["services", "offices", "since", "scan", "password"]


@pytest.mark.slow
def test_pressed_too_early_it_says_what_lacks_in_order_and_loses_nothing(
    page: DelegationPage,
) -> None:
    main(page)
    keys = [key for key, _ in page.body.errors.errors()]
    acts = ["act_number", "act_dated", "act_body", "scan"]
    assert keys == ["services", "offices", "since", *acts, "password"]
    assert page.body.services.picks.table.hasFocus()
    tick(page, "services", "clearance")
    press(page, Key.Key_F7)
    press(page, Key.Key_F7)
    assert page.body.since_field.control.hasFocus()
    # What is mended leaves the list: what stood below it is not passed over.
    page.body.since_field.set_value(TOMORROW)
    press(page, Key.Key_F7)
    assert page.body.act.number.control.hasFocus()
    assert publishing.waiting(page.shell.seat) == []
    assert page.body.chosen_services() == ["clearance"]


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (TODAY, None, words.NOT_TODAY),
        (WORKING, WORKING - timedelta(days=1), "«تا روز» پیش از «از روز» است."),
    ],
)
@pytest.mark.long
def test_days_that_can_not_be_are_told_beside_them(
    page: DelegationPage, since: date, until: date | None, said: str
) -> None:
    date_into(page, page.body.since_field, since)
    if until is not None:
        date_into(page, page.body.until_field, until)
    main(page)
    field = page.body.until_field if until else page.body.since_field
    assert field.error() == said


@pytest.mark.long
def test_a_holiday_asks_for_the_next_working_day_or_a_reason(page: DelegationPage) -> None:
    filled(page, FRIDAY)
    assert ("reason", "دلیل را دست‌کم با ۲۰ نویسه بنویسید.") in page.faults()
    link = next(link for link in links(page) if link.text() == "از نخستین روز کاری")
    link.setFocus()
    press(page, Key.Key_Space)
    settle(page)
    assert page.body.since() == WORKING
    assert page.body.doubts.isHidden()


def links(page: DelegationPage) -> list[Link]:
    return [link for link in page.findChildren(Link) if link.isVisible()]


@pytest.mark.long
def test_a_reason_passes_over_the_holiday(office: Office, page: DelegationPage) -> None:
    filled(page, FRIDAY)
    page.body.reason.setFocus()
    type_text(page, WHY)
    page.panel.password.setFocus()
    type_text(page, PASSWORD)
    main(page)
    [waits] = publishing.waiting(office.crew.second)
    assert WHY in waits.prepared.reason


@pytest.mark.long
def test_what_an_office_has_already_is_replaced_or_begun_after(
    office: Office, page: DelegationPage
) -> None:
    hand_over(town_of(office), since=TOMORROW, until=WORKING + timedelta(days=30))
    tick(page, "services", "clearance")
    tick(page, "offices", ids(page)["21"])
    date_into(page, page.body.since_field, WORKING)
    assert not page.body.taken.isHidden()
    assert "taken" in [key for key, _ in page.faults()]
    page.body.instead.click()
    settle(page)
    assert "taken" not in [key for key, _ in page.faults()]
    assert page.body.replaces()
    page.body.instead.click()
    page.body.after.click()
    settle(page)
    assert page.body.since() == WORKING + timedelta(days=31)
    assert page.body.taken.isHidden()


@pytest.mark.long
def test_what_is_signed_for_later_days_is_told_and_replaced(
    office: Office, page: DelegationPage
) -> None:
    """Where nothing holds on the day itself the way out is offered too."""
    later = WORKING + timedelta(days=30)
    hand_over(town_of(office), since=later, until=later + timedelta(days=9))
    tick(page, "services", "clearance")
    tick(page, "offices", ids(page)["21"])
    date_into(page, page.body.until_field, later - timedelta(days=1))
    date_into(page, page.body.since_field, WORKING)
    assert page.body.taken.isHidden()
    date_into(page, page.body.until_field, later)
    assert not page.body.taken.isHidden()
    assert "خواهد داشت" in "\n".join(one.words() for one in page.body.taken.findChildren(Label))
    assert page.body.after.isHidden()
    page.body.instead.click()
    settle(page)
    assert "taken" not in [key for key, _ in page.faults()]
    assert page.body.replaces()


@pytest.mark.long
def test_offices_without_a_trained_clerk_drop_out_where_that_is_chosen(
    page: DelegationPage,
) -> None:
    date_into(page, page.body.since_field, TOMORROW)
    tick(page, "services", "clearance")
    tick(page, "offices", *two(page))
    assert page.body.ways.value() == "", "near its day nothing is chosen beforehand"
    assert ("ways", words.NO_CHOICE) in page.faults()
    page.body.ways.dropped.click()
    settle(page)
    assert page.body.chosen_offices() == []
    assert ("offices", words.NO_OFFICE) in page.faults()


@pytest.mark.long
def test_an_office_whose_services_are_stopped_is_left_out(office: Office) -> None:
    town = announce(town_of(office))
    other = open_office(town, OTHER, "امیرچخماق")
    staffing.stop(office.crew.supervisor, Stopped.OFFICE, other, "گزارش گشت نظارت", ACT)
    office.house.municipality.sync()
    wake(office)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Delegation())
    assert isinstance(page, DelegationPage)
    filled(page)
    assert "گزارش گشت نظارت" in page.body.halted_words.words()
    assert ("stopped", words.STOPPED) in page.faults()
    page.body.without.click()
    settle(page)
    assert page.body.halted.isHidden()
    assert page.body.chosen_offices() == [ids(page)["21"]]


@pytest.mark.long
def test_digits_go_to_the_office_of_that_code_and_ctrl_a_takes_all(page: DelegationPage) -> None:
    picks = page.body.offices.picks
    picks.table.setFocus()
    type_text(page, "21")
    assert picks.picks()[picks.table.row()].number == "21"
    press(page, Key.Key_A, Modifier.ControlModifier)
    settle(page)
    assert len(page.body.chosen_offices()) == len(ids(page))
    press(page, Key.Key_A, Modifier.ControlModifier)
    settle(page)
    assert page.body.chosen_offices() == []


@pytest.mark.long
def test_the_four_ways_choose(page: DelegationPage) -> None:
    way = page.body.offices.way
    way.setFocus()
    own, agency = two(page)
    for chosen, there in (("counters", False), ("all", True)):
        way.set_value(chosen)
        way.edited.emit()
        settle(page)
        assert own in page.body.chosen_offices()
        assert (agency in page.body.chosen_offices()) is there
    way.set_value("district")
    way.edited.emit()
    page.body.offices.district.set_value("2")
    page.body.offices.district.edited.emit()
    settle(page)
    assert {own, agency} <= {*page.body.chosen_offices()}
    tick(page, "offices", own)
    assert way.value() == "chosen"


@pytest.mark.long
def test_without_a_line_the_draft_stays(office: Office, page: DelegationPage) -> None:
    filled(page)
    page.panel.password.setFocus()
    type_text(page, PASSWORD)

    def down(*_: object) -> object:
        raise LineDown

    object.__setattr__(office.crew.supervisor.desk, "ask", down)
    object.__setattr__(page.shell.seat.desk, "ask", down)
    main(page)
    assert len(page.body.chosen_services()) == 2
    office.go(places.Keys())
    office.window.back()
    again = office.page
    assert isinstance(again, DelegationPage)
    settle(again)
    assert again.body.chosen_services() == ["clearance", "walling"]
    assert len(again.body.chosen_offices()) == 2
    assert again.body.since() == WORKING
    assert again.body.act.file is not None


@pytest.mark.long
def test_the_second_signer_finds_it_where_all_waits(office: Office, page: DelegationPage) -> None:
    filled(page)
    page.panel.password.setFocus()
    type_text(page, PASSWORD)
    main(page)
    [waits] = publishing.waiting(office.crew.second)
    office.sit(Role.EXPERT)
    second = office.go(places.Publication(waits.draft.publication))
    assert isinstance(second, PublicationPage)
    settle_second(second)
    said = "\n".join(label.words() for label in second.difference.findChildren(Label))
    assert "۲ دفتر" in said
    assert "شورای اسلامی شهر یزد" in said
    assert not second.text.isVisible(), "nobody signs what only a program reads"
    for words_of_key in ("پیش‌نمایش نامه‌ها", "تصویر مصوبه"):
        assert second.bar is not None
        keys = second.bar.findChildren(Button)
        next(each for each in keys if each.text() == words_of_key).click()
        settle_second(second)
        assert second.papers.paper.frame.pdf()
        press(second, Key.Key_Escape)
        settle_second(second)
    second.card.password.setFocus()
    type_text(second, PASSWORD)
    second.sign()
    settle_second(second)
    office.house.municipality.sync()
    assert office.page.place == places.OfficeLetters(waits.draft.publication)
    assert len(office_letters.letters(office.crew.supervisor.desk)) == 2


def settle_second(page: PublicationPage) -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.timeout(120)
@pytest.mark.long
def test_the_page_stands_in_every_look(office: Office, page: DelegationPage) -> None:
    hand_over(town_of(office), since=TOMORROW, until=WORKING + timedelta(days=30))
    filled(page, FRIDAY)
    main(page)
    assert faults(office) == []


@pytest.mark.long
def test_of_five_thousand_only_some_rows_stand_there_and_counts_are_whole(
    page: DelegationPage,
) -> None:
    choices = page.choices
    assert choices is not None
    card = next(iter(choices.offices.values()))
    many = {f"o{n}": replace(card, code=f"{n:05}", name=f"دفتر {n}") for n in range(5_000)}
    page.body.show_choices(replace(choices, offices=many), TODAY)
    page.body.offices.way.set_value("all")
    page.body.offices.way.edited.emit()
    settle(page)
    assert len(page.body.offices.picks.picks()) == SHOWN
    assert "۵۰۰۰ از ۵۰۰۰" in page.body.offices.beside.words()
    # Put in order once for what is chosen, however often a redraw asks; another choice is another.
    chosen = page.body.offices.chosen()
    assert chosen == sorted(many, key=lambda of: many[of].code)
    page.body.offices.take_out(chosen[:2])
    assert page.body.offices.chosen() == chosen[2:]
    assert "۴۹۹۸ از ۵۰۰۰" in page.body.offices.beside.words()
    page.body.offices.way.set_value("all")
    page.body.offices.way.edited.emit()
    page.body.offices.search.setFocus()
    type_text(page, "04999")
    assert [pick.number for pick in page.body.offices.picks.picks()] == ["04999"]
    tick(page, "services", "clearance")
    assert any("۳٬۰۰۰" in said for _, said in page.faults())


@pytest.mark.long
def test_where_room_is_scarce_a_list_that_is_left_becomes_a_line(
    office: Office, page: DelegationPage
) -> None:
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    for _ in range(4):
        QApplication.processEvents()
    services, offices = page.body.services, page.body.offices
    services.picks.setFocus()
    offices.search.setFocus()
    QApplication.processEvents()
    assert not services.folded, "nothing is chosen yet"
    tick(page, "services", "clearance", "no-violation")
    services.picks.setFocus()
    offices.search.setFocus()
    QApplication.processEvents()
    assert services.folded
    assert not services.picks.isVisible()
    assert "گواهی عدم خلاف" in services.beside.text()
    services.edit.click()
    QApplication.processEvents()
    assert services.picks.hasFocus()
    assert not services.folded
    # What is wrong with it opens it again.
    offices.search.setFocus()
    assert services.folded
    page.body.go_to("services")
    assert services.picks.isVisible()
    offices.search.setFocus()
    office.window.set_look(Look(Theme.LIGHT, 100, motion=False))
    for _ in range(4):
        QApplication.processEvents()
    assert services.picks.isVisible()


@pytest.mark.long
def test_the_end_of_a_delegation_asks_for_its_own_day(office: Office) -> None:
    hand_over(announce(town_of(office)), since=TOMORROW, services=("clearance",))
    office.sit(Role.SUPERVISOR)
    ending = office.go(places.Withdrawal("21", "clearance"))
    assert isinstance(ending, PutForwardPage)
    wake(office)
    settle(ending)
    main(ending)
    assert ending.plan_body.since_field.error() == words.NO_LAST_DAY
    assert "آغاز" not in words.NO_LAST_DAY
    # What the list counts is what the bar counts.
    assert len(ending.plan_body.errors.errors()) == len(ending.faults())
