"""The municipality's pages again: decisions, second looks, and every zoom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import board, review
from desktop.demo.following import release
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.state import State
from desktop.ui.pages.municipality.expert_forms import (
    ClearForm,
    CommissionForm,
    LookBackForm,
    LookForm,
    RefuseForm,
    ResultForm,
    ReturnForm,
)
from desktop.ui.pages.municipality.visit_forms import ReportForm, read_time
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.expert import lifted_words
from desktop.ui.widgets.label import Label
from desktop.ui.work import Changed
from tests.ui.keyboard import type_text
from tests.ui.pages.cases import answered
from tests.ui.pages.conftest import Office
from tests.ui.pages.test_municipal import (
    act,
    begin,
    booked,
    in_review,
    main_words,
    now,
    opened,
)

pytestmark = pytest.mark.slow


def test_the_expert_clears_every_condition_with_a_reason(office: Office) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    form = page._main_form
    assert isinstance(form, ClearForm)
    act(page)
    shown = form.errors.isVisible() or form.banner.isVisible()
    assert shown
    for row in form.gates.rows:
        row.tick.click()
    act(page)
    assert form.gates.rows[0].reason.error()
    for row in form.gates.rows:
        row.reason.setFocus()
        type_text(page, "در پرونده دیده شد")
    act(page)
    after = now(office, case)
    assert after.state is not State.IN_REVIEW
    assert set(after.cleared) == {row.gate for row in form.gates.rows}
    assert main_words(page) == "پروندهٔ بعدی"


def test_reasons_that_differ_are_told_with_the_conditions_they_lifted() -> None:
    alike = {"deed": "سند دیده شد.", "waqf": "سند دیده شد"}
    assert lifted_words(alike, None) == "سند دیده شد"
    apart = {"deed": "سند دیده شد.", "hold": "رفع شده است"}
    assert lifted_words(apart, None) == (
        "سند رسمی: سند دیده شد؛ بازداشت و دستور قضایی: رفع شده است"
    )


def test_no_letter_is_promised_for_a_property_that_only_a_visit_knows(office: Office) -> None:
    case = booked(office)
    known = headline_words(replace(case, no_record=False)).sentence
    assert headline_words(replace(case, no_record=True)).sentence.endswith(
        "مرکز دوباره تصمیم می‌گیرد."
    )
    assert "دوباره تصمیم" not in known


def test_the_expert_returns_with_a_comment(office: Office) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    begin(page, "برگشت…")
    form = page.form
    assert isinstance(form, ReturnForm)
    act(page)
    assert form.comment.error() == "بنویسید چه چیز باید اصلاح شود."
    type_text(page, "شمارهٔ پروانه را اصلاح کنید")
    act(page)
    after = now(office, case)
    assert after.state is State.RETURNED
    assert after.returned is not None
    assert after.returned.comment == "شمارهٔ پروانه را اصلاح کنید"


def test_the_expert_refuses_with_numbered_reasons(office: Office) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    begin(page, "پاسخ منفی")
    form = page.form
    assert isinstance(form, RefuseForm)
    act(page)
    assert form.reasons[0].error() == "دلیل پاسخ منفی را بنویسید."
    type_text(page, "بنا بیرون از پروانه است")
    form.add_reason()
    type_text(page, "مادهٔ ۱۰۰")
    act(page)
    after = now(office, case)
    assert after.refusal == ("بنا بیرون از پروانه است", "مادهٔ 100")
    assert after.answer is not None


def test_to_the_commission_and_back(office: Office) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    begin(page, "کمیسیون…")
    sending = page.form
    assert isinstance(sending, CommissionForm)
    act(page)
    assert sending.article.error()
    sending.article.set_value("100")
    act(page)
    assert now(office, case).state is State.COMMISSION
    assert main_words(page) == "پروندهٔ بعدی"
    page = opened(office, case, Role.EXPERT)
    result = page._main_form
    assert isinstance(result, ResultForm)
    act(page)
    assert result.errors.isVisible()
    result.result.setFocus()
    type_text(page, "جریمه و ابقای بنا")
    result.number.setFocus()
    type_text(page, "1405/77")
    result.day.setFocus()
    type_text(page, "=")
    act(page)
    after = now(office, case)
    assert after.state is State.IN_REVIEW
    assert after.commission_result is not None
    assert after.commission_result.number == "1405/77"
    # The ruling brings it back to the expert: the same page asks for the decision.
    assert isinstance(page._main_form, ClearForm)
    assert main_words(page) == "ثبت نظر"
    told = [strip_isolates(label.text()) for label in page.findChildren(Label)]
    assert any(words.startswith("رأی کمیسیون: جریمه و ابقای بنا، شمارهٔ ۱۴۰۵/۷۷") for words in told)
    assert isinstance(opened(office, case, Role.EXPERT)._main_form, ClearForm)


@pytest.mark.parametrize("released", [False, True])
def test_the_second_look_returns_or_finds_it_right(office: Office, released: bool) -> None:
    case = answered(office.crew)
    if released:
        release(office.crew, case)
    page = opened(office, case, Role.SUPERVISOR)
    assert isinstance(page._main_form, LookForm)
    begin(page, "برگشت با توضیح")
    form = page.form
    assert isinstance(form, LookBackForm)
    act(page)
    assert form.comment.error() == "بنویسید چه چیز درست نیست."
    type_text(page, "مساحت با سند نمی‌خواند")
    act(page)
    after = now(office, case)
    assert after.looked is not None
    assert not after.looked.right
    assert after.looked.recall is released
    assert main_words(page) == "پروندهٔ بعدی"
    other = answered(office.crew)
    page = opened(office, other, Role.SUPERVISOR)
    act(page)
    looked = now(office, other).looked
    assert looked is not None
    assert looked.right


def test_what_is_typed_stays_while_the_centre_is_asked_again(office: Office) -> None:
    page = opened(office, booked(office), Role.INSPECTOR)
    form = page._main_form
    assert isinstance(form, ReportForm)
    form.fields["result"].setFocus()
    type_text(page, "نیمه")
    page.refresh(Changed(sync=True))
    assert page._main_form is form
    assert form.fields["result"].value() == "نیمه"


def test_a_case_that_went_on_is_told_by_the_centre(office: Office) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    shown, _ = board.municipal_case(office.crew.expert, case.case_id)
    review.send_back(office.crew.expert, shown, "از جای دیگر")
    page.refresh(Changed(sync=True))
    assert page._main_form is None
    assert main_words(page) == "پروندهٔ بعدی"


@pytest.mark.parametrize(
    ("text", "told"),
    [("10:30", (10, 30)), ("۹:۰۵", (9, 5)), ("0930", (9, 30)), ("24:00", None), ("", None)],
)
def test_a_time_is_read(text: str, told: tuple[int, int] | None) -> None:
    assert read_time(text) == told
