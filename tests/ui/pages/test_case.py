"""The case page at the counter: log, parts, acts in place, papers, and what the centre refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import board
from desktop.demo.following import case_now, pay
from desktop.domain.calendar import format_jalali
from desktop.domain.money import format_rial
from desktop.domain.people import Role
from desktop.domain.persian import isolate, strip_isolates, to_persian_digits
from desktop.domain.request import DocumentFile
from desktop.domain.state import State
from desktop.store.work_items import ItemKind, WorkItem
from desktop.ui import places, theme
from desktop.ui.pages.case.documents import DocumentsCard
from desktop.ui.pages.case.tabs import DOCUMENTS, EVENTS, FORM_TAB, PAYMENTS, WHY_TAB
from desktop.ui.palette import Theme
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.label import IconLabel
from desktop.ui.widgets.told.headline import Headline
from tests.ui.keyboard import press
from tests.ui.pages.case_hands import act, main, opened, unpaid, words
from tests.ui.pages.cases import answered, owing
from tests.ui.pages.conftest import Office

Key = Qt.Key


@pytest.mark.slow
def test_the_log_tells_every_fact_newest_first(office: Office) -> None:
    case = answered(office.crew)
    page = opened(office, case)
    told = words(page)
    assert case.answer is not None
    assert told.index(f"{case.answer.letter.text.subject} آماده شد") < told.index("درخواست ثبت شد")
    assert "کارمزد دفتر دریافت شد" in told
    page.tabs.timeline.followed.emit(1, "why")
    assert page.tabs.tabs.current() == WHY_TAB
    assert page.tabs.why.isVisible()


@pytest.mark.slow
def test_what_was_paid_stays_among_the_payments(office: Office) -> None:
    case = owing(office.crew)
    owed = case.owed
    while case.state is State.PAY_DUE:
        pay(office.crew, case, office.clock.moment)
        case = case_now(office.crew.clerk, case.case_id)
    page = opened(office, case)
    page.tabs.open(PAYMENTS)
    told = words(page)
    assert page.side is not None
    side = [label.text() for label in page.side.findChildren(QLabel)]
    for each in owed:
        assert told.count(each.name) == 1
        assert " ".join(told.split()).count(format_rial(each.amount)) == 1, "once in its row"
        assert format_rial(each.amount) in side


@pytest.mark.slow
def test_arrows_go_through_the_parts(office: Office) -> None:
    case = answered(office.crew)
    page = opened(office, case)
    press(page.tabs.tabs, Key.Key_Left)
    assert page.tabs.tabs.current() == FORM_TAB
    told = words(page)
    assert "خوداظهاری مالک" in told or page.tabs.parts[FORM_TAB].isVisible()
    press(page.tabs.tabs, Key.Key_Left)
    assert page.tabs.tabs.current() == DOCUMENTS
    assert case.request.documents[0].title in words(page)


@pytest.mark.slow
def test_the_form_says_who_asks(office: Office) -> None:
    case = answered(office.crew)
    party = case.request.party
    page = opened(office, case)
    page.tabs.open(FORM_TAB)
    told = strip_isolates(words(page))
    assert party.birth is not None
    for label, value in (
        ("نام پدر", party.father),
        ("تاریخ تولد", format_jalali(party.birth)),
        ("نشانی متقاضی", party.address),
    ):
        assert label in told
        assert value
        assert to_persian_digits(value) in told


@pytest.mark.slow
def test_no_document_has_a_green_tick_without_its_picture(office: Office, qtbot: QtBot) -> None:
    case = answered(office.crew)
    first, second, third = case.request.documents[:3]
    papers = (
        replace(first, seen=True, file=DocumentFile("a" * 64, 10, 1)),
        replace(second, seen=True, file=None),
        replace(third, seen=False, file=None),
    )
    card = DocumentsCard(replace(case, request=replace(case.request, documents=papers)))
    qtbot.addWidget(card)
    icons = [(icon._name, icon._colour) for icon in card.findChildren(IconLabel)]
    assert icons == [("circle-check", "ok"), ("check", "neutral"), ("alert-triangle", "pay")]
    told = [label.text() for label in card.findChildren(QLabel)]
    assert sum("تصویر ندارد" in line for line in told) == 2


@pytest.mark.slow
def test_the_next_step_is_the_main_button(office: Office) -> None:
    case = answered(office.crew)
    page = opened(office, case, Role.MANAGER)
    assert main(page).text() == "تأیید و مهر نامه"
    act(page)
    assert office.page.place == places.Letter(case.case_id)


@pytest.mark.slow
def test_a_clerk_is_sent_to_the_next_case_when_others_have_the_turn(office: Office) -> None:
    other = unpaid(office)
    page = opened(office, answered(office.crew))
    assert main(page).text() == "پروندهٔ بعدی"
    act(page)
    assert office.page.place == places.Case(other.case_id)


@pytest.mark.slow
def test_escape_closes_the_act_and_then_the_page(office: Office) -> None:
    office.sit(Role.CLERK)
    case = unpaid(office)
    page = opened(office, case)
    page.begin("withdraw")
    press(page, Key.Key_Escape)
    assert office.page is page
    assert page.form is None
    press(page, Key.Key_Escape)
    assert office.page is not page


@pytest.mark.slow
def test_in_a_low_window_what_is_typed_has_the_place_of_the_headline(
    office: Office, qapp: QApplication
) -> None:
    page = opened(office, unpaid(office))

    def shows() -> bool:
        return any(each.isVisible() for each in page.findChildren(Headline))

    theme.apply(qapp, Theme.LIGHT, 150, motion=False)
    # The page is narrow now, and what it says then comes with the next turns.
    for _ in range(4):
        QApplication.processEvents()
    page.begin("withdraw")
    assert not shows()
    # Another part of the case has it, and so has the case once nothing is typed.
    page.tabs.open(EVENTS)
    assert shows()
    press(page, Key.Key_Escape)
    assert not shows()
    press(page, Key.Key_Escape)
    assert shows()
    page.begin("withdraw")
    theme.apply(qapp, Theme.LIGHT, 100, motion=False)
    for _ in range(4):
        QApplication.processEvents()
    assert shows()


@pytest.mark.slow
def test_a_refused_act_stands_on_top_until_it_is_dealt_with(office: Office) -> None:
    case = unpaid(office)
    # Two desks at once: the office's act meets a case that has gone on at the centre.
    page = opened(office, case)
    loaded = page._loaded
    assert loaded is not None
    item = WorkItem(
        item_id="1",
        kind=ItemKind.REFUSED,
        case_id=case.case_id,
        command_id="c",
        command_kind="amend",
        actor="zahra-fallah",
        centre_words="این پاسخ در جای دیگری دگرگون شده است.",
        key="use",
        mine="مسکونی",
        theirs="تجاری",
        detail={},
        at=office.clock.moment,
        done=False,
    )
    page._show(replace(loaded, standing=replace(loaded.standing, items=(item,))))
    QApplication.processEvents()
    told = words(page)
    assert "مرکز نپذیرفت: اصلاح درخواست" in told
    assert "«مسکونی»" in told
    assert "«تجاری»" in told


@pytest.mark.slow
def test_a_receipt_is_shown_and_printed_from_the_page(office: Office) -> None:
    page = opened(office, unpaid(office))
    press(page, Key.Key_F8)
    assert page.paper.isVisible()
    assert page.paper.frame.pdf().startswith(b"%PDF")
    assert main(page).text() == "چاپ رسید"
    press(page, Key.Key_Escape)
    assert not page.paper.isVisible()


@pytest.mark.slow
def test_the_property_s_other_cases_are_a_link(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page.panel.others.emit(case.request.code)
    QApplication.processEvents()
    assert office.page.place == places.Search(case.request.code)


@pytest.mark.long
def test_in_a_narrow_window_the_headline_has_the_code_and_the_summary_the_number(
    office: Office,
) -> None:
    case = answered(office.crew)
    page = opened(office, case)
    assert page.side is not None
    assert case.answer is not None
    code = whole_code(case.request.tracking)
    number = isolate(to_persian_digits(case.answer.letter.number))

    def told(part: QWidget) -> list[str]:
        return [label.text() for label in part.findChildren(QLabel)]

    def head() -> QWidget:
        shown = page.head.itemAt(0)
        assert shown is not None
        assert (widget := shown.widget()) is not None
        return widget

    assert number in told(head())
    assert number not in told(page.panel)
    page.set_narrow(narrow=True)
    assert code in told(head())
    assert number in told(page.panel)


@pytest.mark.slow
def test_ids_are_masked(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    person = case.request.party.person_id or case.request.party.carrier_id
    assert page.side is not None
    told = "\n".join(label.text() for label in page.side.findChildren(QLabel))
    assert "****" in told
    assert person not in told


@pytest.mark.slow
def test_the_next_case_is_never_the_same(office: Office) -> None:
    case = unpaid(office)
    assert board.after(office.house.office.desk, case.case_id) == ""
    other = unpaid(office)
    assert board.after(office.house.office.desk, other.case_id) == case.case_id
