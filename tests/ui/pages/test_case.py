"""The case page at the counter: log, parts, acts in place, papers, and what the centre refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board, review
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.transitions import State
from desktop.store.work_items import ItemKind, WorkItem
from desktop.trial.following import book, case_now, release
from desktop.ui.pages.amend_form import AmendForm
from desktop.ui.pages.case import CasePage
from desktop.ui.pages.case_tabs import DOCUMENTS, FORM_TAB, WHY_TAB
from desktop.ui.pages.counter_acts import LackForm, MoveForm, WithdrawForm
from desktop.ui.widgets.button import Button
from desktop.ui.work import Changed
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import Line, answered, first, to_visit
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(office: Office, case: Case, role: Role = Role.CLERK) -> CasePage:
    office.sit(role)
    wake(office)
    page = office.go("case", case.case_id)
    assert isinstance(page, CasePage)
    return page


def main(page: CasePage) -> Button:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main


def act(page: CasePage) -> None:
    """Ctrl+Enter."""
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def words(page: CasePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def booked(office: Office) -> Case:
    case = to_visit(office.crew)
    book(office.crew, case)
    return case_now(office.crew.clerk, case.case_id)


def unpaid(office: Office) -> Case:
    return first(office.crew, lambda c: c.state is State.FEE_DUE, fee=False)


def test_the_log_tells_every_fact_newest_first(office: Office) -> None:
    page = opened(office, answered(office.crew))
    told = words(page)
    assert told.index("نامهٔ پاسخ صادر شد") < told.index("درخواست ثبت شد")
    assert "کارمزد دفتر دریافت شد" in told
    page.tabs.timeline.followed.emit(1, "why")
    assert page.tabs.tabs.current() == WHY_TAB
    assert page.tabs.why.isVisible()


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


def test_the_next_step_is_the_main_button(office: Office) -> None:
    case = answered(office.crew)
    page = opened(office, case, Role.MANAGER)
    assert main(page).text() == "تأیید و مهر نامه"
    act(page)
    assert (office.page.place.page, office.page.place.key) == ("letter", case.case_id)


def test_a_clerk_is_sent_to_the_next_case_when_others_have_the_turn(office: Office) -> None:
    other = unpaid(office)
    page = opened(office, answered(office.crew))
    assert main(page).text() == "پروندهٔ بعدی"
    act(page)
    assert (office.page.place.page, office.page.place.key) == ("case", other.case_id)


def test_withdrawing_asks_its_reason_in_place(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    withdraw = next(b for b in page.window().findChildren(Button) if "انصراف متقاضی" in b.text())
    withdraw.click()
    assert isinstance(page.form, WithdrawForm)
    act(page)
    assert page.form.reason.error() == "دلیل انصراف را بنویسید."
    type_text(page, "فروش ملک منتفی شد")
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.state is State.WITHDRAWN
    assert now.withdrawn == "فروش ملک منتفی شد"
    assert page.form is None
    assert "متقاضی انصراف داد" in words(page)


def test_escape_closes_the_act_and_then_the_page(office: Office) -> None:
    office.sit(Role.CLERK)
    case = unpaid(office)
    page = opened(office, case)
    page._begin("withdraw")
    press(page, Key.Key_Escape)
    assert office.page is page
    assert page.form is None
    press(page, Key.Key_Escape)
    assert office.page is not page


def test_missing_documents_go_to_paper_and_come_back_amended(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page._begin("lack")
    form = page.form
    assert isinstance(form, LackForm)
    act(page)
    assert form.banner.isVisible()
    form.rows[0].tick.click()
    title = form.rows[0].title
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.state is State.RETURNED
    assert now.returned is not None
    assert [d.document for d in now.returned.defects] == [title]
    assert page.paper.isVisible()
    assert page.paper.frame.pdf().startswith(b"%PDF")
    press(page, Key.Key_Escape)
    assert "نقص مدارک" in words(page)
    assert main(page).text() == "اصلاح درخواست"
    act(page)
    amending = page.form
    assert isinstance(amending, AmendForm)
    key = next(k for k, row in amending.rows.items() if row.words() == title)
    assert not amending.rows[key].seen.value()
    act(page)
    assert amending.rows[key].error()
    amending.rows[key].seen.click()
    act(page)
    assert case_now(office.crew.clerk, case.case_id).state is State.FEE_DUE


def test_only_what_was_changed_is_sent(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page._begin("amend")
    form = page.form
    assert isinstance(form, AmendForm)
    act(page)
    assert "چیزی دگرگون نشده است." in words(page)
    mobile = form.fields["party.mobile"]
    mobile.setFocus()
    mobile.set_value("0913")
    form._changed()
    act(page)
    assert mobile.error()
    mobile.set_value("09139876543")
    form._changed()
    assert form.changes() == {"party.mobile": "09139876543"}
    assert form.new_documents() == ()
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.request.party.mobile == "09139876543"
    assert now.request.answers == case.request.answers


def test_another_half_day_is_chosen_by_its_number(office: Office) -> None:
    case = booked(office)
    page = opened(office, case)
    page._begin("move")
    form = page.form
    assert isinstance(form, MoveForm)
    act(page)
    assert form.slot.error() == "نوبت تازه را برگزینید."
    type_text(form.choice, "2")
    wanted = form._slots[form.choice.value()]
    form.reason.setFocus()
    type_text(page, "سفر متقاضی")
    act(page)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.slot == wanted
    assert now.slot != case.slot
    assert "نوبت بازدید جابه‌جا شد" in words(page)


def test_without_a_line_no_half_day_is_offered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = booked(office)
    page = opened(office, case)
    Line(monkeypatch).cut = True
    page._begin("move")
    assert isinstance(page.form, MoveForm)
    assert "به مرکز وصل نیستیم" in page.form.waiting.text()


def test_what_is_not_settled_is_told_as_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = unpaid(office)
    page = opened(office, case)
    line = Line(monkeypatch)
    line.cut = True
    page._begin("withdraw")
    type_text(page, "منصرف شد")
    act(page)
    assert "در صف" in words(page)
    assert page.heading.chip is not None
    assert page.heading.chip.words == "در صف ارسال"
    line.cut = False
    office.house.office.sync()
    page.refresh(Changed(sync=True))
    assert page.heading.chip is not None
    assert page.heading.chip.words == "انصراف"


def test_what_is_typed_stays_while_facts_come(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page._begin("withdraw")
    type_text(page, "نیمه‌کاره")
    form = page.form
    review.amend(office.crew.clerk, case.case_id, {"party.mobile": "09130000000"})
    page.refresh(Changed(frozenset({case.case_id}), sync=True))
    assert page.form is form
    assert isinstance(form, WithdrawForm)
    assert form.reason.value() == "نیمه\u200cکاره"


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
        words="این پاسخ در جای دیگری دگرگون شده است.",
        key="use",
        mine="مسکونی",
        theirs="تجاری",
        at=office.clock.moment,
        done=False,
    )
    page._show_items(replace(loaded.standing, items=(item,)))
    QApplication.processEvents()
    told = words(page)
    assert "مرکز نپذیرفت: اصلاح درخواست" in told
    assert "«مسکونی»" in told
    assert "«تجاری»" in told


def test_a_receipt_is_shown_and_printed_from_the_page(office: Office) -> None:
    page = opened(office, unpaid(office))
    press(page, Key.Key_F8)
    assert page.paper.isVisible()
    assert page.paper.frame.pdf().startswith(b"%PDF")
    assert main(page).text() == "چاپ رسید"
    press(page, Key.Key_Escape)
    assert not page.paper.isVisible()


def test_the_property_s_other_cases_are_a_link(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    page.panel.others.emit(case.request.code)
    QApplication.processEvents()
    assert (office.page.place.page, office.page.place.key) == ("search", case.request.code)


def test_ids_are_masked(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case)
    person = case.request.party.person_id or case.request.party.carrier_id
    assert page.side is not None
    told = "\n".join(label.text() for label in page.side.findChildren(QLabel))
    assert "****" in told
    assert person not in told


@pytest.mark.parametrize("name", ["", "amend", "lack", "withdraw"])
def test_nothing_is_cut_at_any_zoom(office: Office, name: str) -> None:
    page = opened(office, unpaid(office))
    if name:
        page._begin(name)
        if isinstance(page.form, LackForm):
            page.form.rows[0].tick.click()
    assert faults(office) == []


def test_no_part_is_cut(office: Office) -> None:
    case = answered(office.crew)
    release(office.crew, case)
    page = opened(office, case)
    for part in range(6):
        page.tabs.open(part)
        QApplication.processEvents()
        assert faults(office) == []


def test_the_next_case_is_never_the_same(office: Office) -> None:
    case = unpaid(office)
    assert board.after(office.house.office.desk, case.case_id) == ""
    other = unpaid(office)
    assert board.after(office.house.office.desk, other.case_id) == case.case_id
