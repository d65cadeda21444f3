"""The municipality's queue and case: the visit's report, the expert's decision, the second look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board, review
from desktop.demo.following import book, case_now, deliver, release
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates, to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.expert_forms import (
    ClearForm,
    CommissionForm,
    LookBackForm,
    LookForm,
    RefuseForm,
    ResultForm,
    ReturnForm,
)
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.municipality.visit_forms import MissForm, ReportForm, read_time
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.expert import lifted_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.work import Changed
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.cases import Line, answered, registered, to_visit
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
REPORT = {
    "time": "930",
    "bound.north": "کوچه",
    "length.north": "12/5",
    "bound.east": "پلاک ۲۹",
    "bound.south": "پلاک ۲۵",
    "bound.west": "کوچه",
    "land": "240.5",
    "built": "186",
    "floors": "2",
    "units": "1",
    "lane_width": "8",
    "latitude": "31.8974",
    "longitude": "54.3569",
    "result": "مطابق مدارک",
}


def booked(office: Office) -> Case:
    case = to_visit(office.crew)
    book(office.crew, case)
    # The visit is some days ahead; the inspector reports on that day.
    slot = case_now(office.crew.clerk, case.case_id).slot
    assert slot is not None
    office.clock.moment = office.clock.moment.replace(
        year=slot.day.year, month=slot.day.month, day=slot.day.day
    )
    return case_now(office.crew.clerk, case.case_id)


def in_review(office: Office) -> Case:
    return cases.in_review(office.crew)


def queue(office: Office, role: Role) -> MunicipalQueuePage:
    office.sit(role)
    wake(office)
    page = office.go(places.MunicipalQueue())
    assert isinstance(page, MunicipalQueuePage)
    return page


def opened(office: Office, case: Case, role: Role) -> MunicipalCasePage:
    office.sit(role)
    wake(office)
    page = office.go(places.MunicipalCase(case.case_id))
    assert isinstance(page, MunicipalCasePage)
    return page


def act(page: MunicipalCasePage | MunicipalQueuePage) -> None:
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def begin(page: MunicipalCasePage, words: str) -> None:
    """Press the button of the action bar that begins with these words."""
    button = next(b for b in page.window().findChildren(Button) if b.text().startswith(words))
    button.click()
    QApplication.processEvents()


def main_words(page: MunicipalCasePage | MunicipalQueuePage) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def words(page: MunicipalCasePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def now(office: Office, case: Case) -> Case:
    """The case as the office sees it after its next round of sync."""
    office.house.office.sync()
    return case_now(office.crew.clerk, case.case_id)


def filled(page: MunicipalCasePage, **changes: str) -> ReportForm:
    """The report with everything typed that is asked."""
    form = page._main_form
    assert isinstance(form, ReportForm)
    form.fields["condition"].set_value("built")
    form.fields["use"].set_value("مسکونی")
    form._arrange()
    for key, text in {**REPORT, **changes}.items():
        form.fields[key].setFocus()
        form.fields[key].set_value("")
        type_text(page, text)
    for row in form.gates.rows:
        row.tick.click()
        type_text(page, "در محل دیده شد")
    return form


@pytest.mark.slow
def test_each_role_sees_its_own_cases(office: Office) -> None:
    visit, review = booked(office), in_review(office)
    inspector = queue(office, Role.INSPECTOR)
    assert {line.case_id for line in inspector.lines.values()} == {visit.case_id}
    assert main_words(inspector) == "گزارش بازدید"
    expert = queue(office, Role.EXPERT)
    assert review.case_id in {line.case_id for line in expert.lines.values()}
    assert visit.case_id not in {line.case_id for line in expert.lines.values()}
    assert main_words(expert) == "بررسی پرونده"
    supervisor = queue(office, Role.SUPERVISOR)
    seen = {line.case_id for line in supervisor.lines.values()}
    assert {visit.case_id, review.case_id} <= seen
    assert {line.office for line in supervisor.lines.values()} == {"دفتر ۲۱"}
    assert not inspector.table.columns[0].sortable


@pytest.mark.slow
def test_the_queue_is_filtered_and_opens_a_case(office: Office) -> None:
    list(islice(registered(office.crew), 8))
    page = queue(office, Role.SUPERVISOR)
    whole = page.model.rowCount()
    chip = page.filters.chips["issued"]
    chip.click()
    QApplication.processEvents()
    assert 0 < page.model.rowCount() < whole
    assert page.chosen is not None
    case_id = page.chosen.case_id
    act(page)
    assert office.page.place == places.MunicipalCase(case_id)


@pytest.mark.slow
def test_the_day_s_overdue_are_what_the_queue_opens_with(office: Office) -> None:
    in_review(office)
    booked(office)
    done = answered(office.crew)
    release(office.crew, done)
    # Printed, then handed over.
    for _ in range(2):
        deliver(office.crew, case_now(office.crew.clerk, done.case_id))
    office.clock.moment += timedelta(days=90)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.MunicipalQueue("overdue"))
    assert isinstance(page, MunicipalQueuePage)
    late = board.municipal_queue(office.crew.supervisor, overdue=True)
    assert late.total > 0
    assert page.model.rowCount() == late.total
    assert page.filters.chosen == "overdue"
    assert page.filters.chips["overdue"].accessibleName() == (
        f"دیرکرد {to_persian_digits(late.overdue)}"
    )
    page.filters.chips[""].click()
    QApplication.processEvents()
    assert page.model.rowCount() > late.total


def test_without_a_line_the_list_stays_and_says_so_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = in_review(office)
    page = queue(office, Role.EXPERT)
    Line(monkeypatch).cut = True
    page.refresh(Changed(sync=True))
    page.refresh(Changed(sync=True))
    QApplication.processEvents()
    assert case.case_id in {line.case_id for line in page.lines.values()}
    told = [x.text() for x in page.window().findChildren(QLabel) if "به مرکز وصل" in x.text()]
    assert len(told) == 1


@pytest.mark.slow
def test_the_inspector_s_report_answers_the_case(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    act(page)
    form = page._main_form
    assert isinstance(form, ReportForm)
    assert form.errors.isVisible()
    assert form.fields["time"].error() == "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."
    filled(page)
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.visited_at.hour == 9
    assert report.land == "240.50"
    assert report.bounds[0] == "کوچه، به طول 12.50 متر"
    failing = case.decision.failing if case.decision else ()
    assert set(report.cleared) == {f.gate for f in failing if f.effect is Effect.VISIT}
    assert now(office, case).state is not State.BOOKED
    assert main_words(page) == "پروندهٔ بعدی"
    assert "گزارش بازدید ثبت شد" in words(page)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "text", "fault"),
    [
        ("time", "2570", "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."),
        ("land", "0", "مساحت عرصه را به مترمربع بنویسید."),
        ("latitude", "35.7", "عرض جغرافیایی در یزد از ۳۱٫۶ تا ۳۲٫۲ است."),
        ("time", "23:59", "این ساعت هنوز نرسیده است."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    office: Office, key: str, text: str, fault: str
) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page, **{key: text})
    act(page)
    assert form.fields[key].error() == fault
    assert now(office, case).state is State.BOOKED


@pytest.mark.slow
def test_another_day_than_the_slots_is_seen_and_one_before_the_request_refused(
    office: Office,
) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    day = form.fields["day"]
    assert case.slot is not None
    assert not day.hint.isVisible()
    for moved in (case.slot.day, case.request.received_on):
        day.set_value(moved - timedelta(days=1))
        day.edited.emit()
        assert day.hint.text() == f"نوبت برای {format_jalali(case.slot.day)} است"
    act(page)
    assert day.error() == "تاریخ بازدید نمی‌تواند پیش از ثبت درخواست باشد."
    assert now(office, case).state is State.BOOKED


@pytest.mark.slow
def test_bare_land_has_no_floors(office: Office) -> None:
    page = opened(office, booked(office), Role.INSPECTOR)
    form = filled(page)
    form.fields["condition"].set_value("land")
    form._arrange()
    assert not form.fields["floors"].isVisible()
    assert form.report().built == "0.00"
    assert form.report().floors == 0


@pytest.mark.slow
def test_a_missed_visit_has_its_cause(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    begin(page, "بازدید انجام نشد")
    form = page.form
    assert isinstance(form, MissForm)
    act(page)
    assert form.cause.error() == "علت را برگزینید."
    form.cause.set_value("absent")
    act(page)
    after = now(office, case)
    assert after.missed is not None
    assert after.missed.cause == "absent"
    assert after.state is State.VISIT_DUE


@pytest.mark.slow
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


@pytest.mark.slow
def test_reasons_that_differ_are_told_with_the_conditions_they_lifted() -> None:
    alike = {"deed": "سند دیده شد.", "waqf": "سند دیده شد"}
    assert lifted_words(alike, None) == "سند دیده شد"
    apart = {"deed": "سند دیده شد.", "hold": "رفع شده است"}
    assert lifted_words(apart, None) == (
        "سند رسمی: سند دیده شد؛ بازداشت و دستور قضایی: رفع شده است"
    )


@pytest.mark.slow
def test_no_letter_is_promised_for_a_property_that_only_a_visit_knows(office: Office) -> None:
    case = booked(office)
    known = headline_words(replace(case, no_record=False)).sentence
    assert headline_words(replace(case, no_record=True)).sentence.endswith(
        "مرکز دوباره تصمیم می‌گیرد."
    )
    assert "دوباره تصمیم" not in known


def test_after_a_bug_nothing_is_said_to_wait_and_it_can_be_done_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    begin(page, "برگشت…")
    form = page.form
    assert isinstance(form, ReturnForm)
    type_text(page, "شمارهٔ پروانه را اصلاح کنید")

    def fail() -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(form, "job", lambda _: fail)
        act(page)
    assert page.form is form
    assert not page._acted
    act(page)
    assert now(office, case).state is State.RETURNED


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
    # The referral is signed with its reason.
    assert sending.note.error()
    type_text(page, "بنای بی‌پروانه")
    act(page)
    assert now(office, case).state is State.COMMISSION
    assert now(office, case).commission_note == "بنای بی‌پروانه"
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


@pytest.mark.slow
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
    type_text(page, "مساحت با سند مطابقت ندارد")
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


@pytest.mark.slow
def test_what_is_typed_stays_while_the_centre_is_asked_again(office: Office) -> None:
    page = opened(office, booked(office), Role.INSPECTOR)
    form = page._main_form
    assert isinstance(form, ReportForm)
    form.fields["result"].setFocus()
    type_text(page, "نیمه")
    page.refresh(Changed(sync=True))
    assert page._main_form is form
    assert form.fields["result"].value() == "نیمه"


@pytest.mark.slow
def test_a_case_that_went_on_is_told_by_the_centre(office: Office) -> None:
    case = in_review(office)
    page = opened(office, case, Role.EXPERT)
    shown, _ = board.municipal_case(office.crew.expert, case.case_id)
    review.send_back(office.crew.expert, shown, "از جای دیگر")
    page.refresh(Changed(sync=True))
    assert page._main_form is None
    assert main_words(page) == "پروندهٔ بعدی"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "told"),
    [("10:30", (10, 30)), ("۹:۰۵", (9, 5)), ("0930", (9, 30)), ("24:00", None), ("", None)],
)
def test_a_time_is_read(text: str, told: tuple[int, int] | None) -> None:
    assert read_time(text) == told
