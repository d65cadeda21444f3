"""Lessons in the window: failed with why, passed, and the service opens at the counter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.actions import delegations, intake, lessons
from desktop.domain.enforcement import Bar, OfficeRule
from desktop.domain.lesson import OUTCOME, UNCHANGED
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.frame import PRACTICE
from desktop.ui.pages.lessons.list import LessonsPage
from desktop.ui.pages.lessons.page import LessonPage
from desktop.ui.pages.lessons.words import TALK, WAITS
from desktop.ui.widgets.button import Link
from tests.delegated import TOMORROW, enforce
from tests.reports.test_training import across
from tests.shipped import SHIPPED
from tests.town import Town
from tests.ui.pages.conftest import Office
from tests.ui.pages.lessons.hands import (
    foresee,
    lay_in,
    open_lesson,
    press,
    wrong_outcome,
)

SERVICE = "clearance"


@pytest.fixture(autouse=True)
def _seated(office: Office) -> None:
    office.sit(Role.CLERK)


def lesson_page(office: Office) -> LessonPage:
    page = office.page
    assert isinstance(page, LessonPage)
    return page


def fail(office: Office) -> LessonPage:
    """The lesson that shows, with the wrong outcome and all else right."""
    page = lesson_page(office)
    lay_in(page)
    foresee(page, wrong_outcome(page))
    press(office)
    return page


def succeed(office: Office) -> LessonPage:
    page = lesson_page(office)
    lay_in(page)
    foresee(page)
    press(office)
    return page


def enforced(office: Office, *services: str) -> None:
    """From tomorrow nobody takes a request of what he was not trained for; it is tomorrow."""
    town = Town(office.house, office.clock, office.crew, {})
    enforce(town, OfficeRule.TRAINING, TOMORROW)
    office.clock.moment += timedelta(days=1)
    office.house.office.sync()
    for service in services:
        assert bars(office, service) == [Bar.NOT_TRAINED]


def bars(office: Office, service: str) -> list[Bar]:
    clerk = office.crew.clerk
    return [each.bar for each in intake.barred(clerk.desk, clerk.staff).get(service, ())]


def pass_and_fail(office: Office, service: str, most: int = 9) -> None:
    """So many lessons of the service failed once, all passed; the last one opens it."""
    open_lesson(office, service, 0)
    count = len(lessons.of_service(office.window.seat, service).lessons)
    for number in range(count):
        if number < most:
            page = fail(office)
            assert page.place.number == number
            assert page.marked is not None
            assert [mark.key for mark in page.marked.marked.wrong] == [OUTCOME]
            assert "هنوز قبول نیستید" in page.marked.headline.words.words()
            assert bars(office, service) == [Bar.NOT_TRAINED]
            press(office)
        page = succeed(office)
        assert page.marked is not None
        assert page.marked.headline.words.words().startswith("قبول"), page.marked.marked.wrong
        if number < count - 1:
            press(office)
    assert "برای شما باز شد" in lesson_page(office).marked.headline.sentence.words()  # type: ignore[union-attr]
    assert bars(office, service) == []


@pytest.mark.long
def test_every_lesson_is_failed_and_passed_and_the_service_opens(office: Office) -> None:
    enforced(office, "no-violation")
    pass_and_fail(office, "no-violation")


# Each at a counter of its own: one that has taken a hundred lessons is three times as slow.
@pytest.mark.long
@pytest.mark.parametrize("service", [*SHIPPED])
def test_the_lessons_of_each_service_are_failed_and_passed_and_open_it(
    office: Office, service: str
) -> None:
    enforced(office, service)
    pass_and_fail(office, service, most=1)


@pytest.mark.long
def test_wrong_answers_are_explained_in_the_storys_own_words(office: Office) -> None:
    page = open_lesson(office, "no-violation", 2)
    lay_in(page)
    assert page.sheet is not None
    purpose = page.sheet.body.details.fields.cells["purpose"]
    told = page.sheet.begun.lesson.at.checked.answers["purpose"]
    purpose.set_value("سایر" if told != "سایر" else "انتقال")
    page.sheet.body.details.declared.set_value("")
    foresee(page)
    press(office)
    marked = page.marked
    assert marked is not None
    assert marked.numbers == {"purpose": 1, UNCHANGED: 2}
    # The declaration must be right, however much else is.
    assert not marked.marked.passed
    lit = {sentence.told.words for sentence in page.panel.sentences if sentence.number.text()}
    assert lit == {row.mark.why for row in marked.reasons}
    cells = [cell for cell in marked.cells if not cell.mark.correct]
    for cell in (*cells, cells[0]):
        assert page.press("F7")
        assert cell.line.hasFocus()


@pytest.mark.long
def test_nothing_is_marked_before_the_form_is_whole_and_an_outcome_is_foreseen(
    office: Office,
) -> None:
    page = open_lesson(office, SERVICE, 0)
    press(office)
    assert page.marked is None
    assert page.errors.errors()
    lay_in(page)
    press(office)
    assert page.marked is None
    assert page.sheet is not None
    assert page.sheet.outcome.error() == "نتیجه‌ای را که انتظار دارید برگزینید."
    assert page.sheet.choice.hasFocus()
    foresee(page)
    press(office)
    assert page.marked is not None


@pytest.mark.long
def test_another_try_has_other_people_and_after_three_somebody_is_asked(office: Office) -> None:
    open_lesson(office, SERVICE, 0)
    names = set()
    for failures in range(1, 4):
        page = fail(office)
        assert page.sheet is not None
        names.add(page.sheet.begun.lesson.at.checked.party.name)
        assert page.marked is not None
        assert (TALK in page.marked.headline.sentence.words()) is (failures == 3)
        press(office)
        assert lesson_page(office).marked is None
    assert len(names) == 3


@pytest.mark.slow
def test_who_leaves_a_lesson_finds_it_as_it_was(office: Office) -> None:
    page = open_lesson(office, SERVICE, 0)
    lay_in(page)
    foresee(page)
    page.sheet.keeper.touch()  # type: ignore[union-attr]
    before = page.sheet.typed()  # type: ignore[union-attr]
    office.go(places.Home())
    page = open_lesson(office, SERVICE, 0)
    assert page.sheet is not None
    assert page.sheet.choice.raw()
    assert page.sheet.body.filled().code in before
    press(office)
    assert page.marked is not None
    assert page.marked.marked.passed


@pytest.mark.long
def test_records_of_the_lesson_fill_the_form_for_its_own_property_alone(office: Office) -> None:
    page = open_lesson(office, "no-violation", 0)
    assert page.sheet is not None
    body, at = page.sheet.body, page.sheet.begun.lesson.at
    lay_in(page)
    assert body.details.fields.from_records() == {"permit_number", "permit_until"}
    body.estate.code.set_value("2-14-1-1-1-0-0")
    page.sheet.look()
    assert body.details.fields.from_records() == frozenset()
    assert "یافت نشد" in body.estate.found.words.words()
    body.estate.code.set_value(at.checked.code)
    page.sheet.look()
    assert "سوابق ساختگی" in body.estate.found.words.words()


@pytest.mark.long
def test_without_a_line_the_record_waits_and_opens_the_service_later(office: Office) -> None:
    office.house.cut_line(True)
    open_lesson(office, SERVICE, 0)
    count = len(lessons.of_service(office.window.seat, SERVICE).lessons)
    for number in range(count):
        page = succeed(office)
        if number < count - 1:
            press(office)
    assert page.marked is not None
    assert page.marked.headline.sentence.words() == WAITS
    assert delegations.trainings(office.crew.clerk.desk) == []
    office.house.cut_line(False)
    office.house.office.bell()
    QApplication.processEvents()
    assert [each.service for each in delegations.trainings(office.crew.clerk.desk)] == [SERVICE]
    assert "برای شما باز شد" in lesson_page(office).marked.headline.sentence.words()  # type: ignore[union-attr]


@pytest.mark.long
def test_practice_is_framed_and_says_so_and_ends_at_home(office: Office) -> None:
    window, frame = office.window, office.window.frame
    assert frame is not None
    office.go(places.Home())
    assert window.practice.isHidden()
    assert frame.practice.isHidden()
    open_lesson(office, SERVICE, 0)
    assert not window.practice.isHidden()
    assert window.practice.rect() == window.rect()
    QApplication.processEvents()
    # Nothing of the window is under it.
    inside = window.rect().marginsRemoved(QMargins(4, 4, 4, 4))
    assert inside.contains(QRect(frame.mapTo(window, QPoint()), frame.size()))
    assert frame.practice.accessibleName() == PRACTICE
    assert not frame.practice.isHidden()
    frame.practice.link.click()
    assert office.page.place == places.Home()
    assert window.practice.isHidden()
    assert frame.practice.isHidden()


@pytest.mark.long
def test_the_list_goes_on_where_one_stopped_and_prints_the_card(office: Office) -> None:
    page = office.go(places.Lessons())
    assert isinstance(page, LessonsPage)
    assert page.rows[0].hasFocus()
    assert page.cards == []
    open_lesson(office, SERVICE, 0)
    succeed(office)
    page = office.go(places.Lessons())
    assert isinstance(page, LessonsPage)
    press(office)
    assert office.page.place == places.Lesson(SERVICE, 1)
    count = len(lessons.of_service(office.window.seat, SERVICE).lessons)
    for number in range(1, count):
        done = succeed(office)
        if number < count - 1:
            press(office)
    done.show_card()
    assert not across(done.paper.frame.pdf())
    done.leave_paper()
    press(office)
    page = office.page
    assert isinstance(page, LessonsPage)
    assert len(page.cards) == 1


@pytest.mark.long
def test_the_explanation_on_paper_says_that_it_is_practice(office: Office) -> None:
    open_lesson(office, SERVICE, 0)
    page = fail(office)
    assert page.press("F8")
    assert page.on_paper()
    assert across(page.paper.frame.pdf())
    assert page.press("Esc")
    assert not page.on_paper()


@pytest.mark.long
def test_enter_leads_through_the_form_to_the_outcome(office: Office) -> None:
    page = open_lesson(office, SERVICE, 0)
    lay_in(page)
    assert page.sheet is not None
    page.sheet.body.finished.emit()
    assert page.sheet.choice.hasFocus()
    assert page.press("F6")
    assert page.panel.papers[0].row.hasFocus()
    QTest.keyClick(page.panel.papers[0].row, Qt.Key.Key_Return)
    assert page.panel.papers[0].read.isVisible()
    assert page.press("F6")
    assert page.sheet.body.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]


@pytest.mark.long
def test_who_may_not_take_a_request_for_want_of_training_is_led_to_the_lessons(
    office: Office,
) -> None:
    enforced(office, SERVICE)
    office.go(places.Form(SERVICE))
    links = [each for each in office.window.findChildren(Link) if each.text() == "درس‌های این خدمت"]
    assert len(links) == 1
    links[0].click()
    QApplication.processEvents()
    assert office.page.place == places.Lesson(SERVICE, 0)
