"""The municipality's queue and case: the visit's report, the expert's decision, the second look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board, reviewing, second_looks
from desktop.demo.following import case_now, deliver, release
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.ui import choosing, places
from desktop.ui.frame import Frame
from desktop.ui.pages.commissions.forms import AgendaForm, CommissionForm, ResultForm
from desktop.ui.pages.inspection.report_form import ReportForm
from desktop.ui.pages.inspection.times import read_time
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.review.aside_forms import RefuseForm, ReturnForm
from desktop.ui.pages.review.page import ReviewPage
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.expert import lifted_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.suggested_line import SuggestedLine
from desktop.ui.work import Changed
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages.cases import Line, answered, registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import (
    act,
    begin,
    booked,
    in_review,
    main_words,
    now,
    opened,
    opened_file,
    queue,
)
from tests.ui.pages.seeing import wake


@pytest.mark.long
def test_each_role_sees_its_own_cases(office: Office) -> None:
    visit, review = booked(office), in_review(office)
    inspector = queue(office, Role.INSPECTOR)
    assert {line.case_id for line in inspector.lines.values()} == {visit.case_id}
    assert main_words(inspector) == "گزارش بازدید"
    expert = queue(office, Role.EXPERT)
    assert review.case_id in {line.case_id for line in expert.lines.values()}
    assert visit.case_id not in {line.case_id for line in expert.lines.values()}
    assert main_words(expert) == "بررسی پرونده"
    # Which service it is tells more than the one act that he does with each.
    shown = [
        c.title for i, c in enumerate(expert.table.columns) if not expert.table.isColumnHidden(i)
    ]
    assert "خدمت" in shown
    # One state holds all of them: its chip would be «همه» once more.
    chips = [chip.accessibleName() for chip in expert.filters.chips.values() if chip.isVisible()]
    assert [words.partition(" ")[0] for words in chips] == ["همه"]
    supervisor = queue(office, Role.SUPERVISOR)
    seen = {line.case_id for line in supervisor.lines.values()}
    assert {visit.case_id, review.case_id} <= seen
    assert {line.office for line in supervisor.lines.values()} == {"دفتر ۲۱"}
    assert not supervisor.table.isColumnHidden(3), "خدمت"
    # A negative answer waits there too: no good news stands on the chip.
    assert supervisor.filters.chips["released"].accessibleName().startswith("تحویل")
    assert not inspector.table.columns[0].sortable


@pytest.mark.long
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


@pytest.mark.long
def test_a_supervisor_binds_the_letters_of_a_property(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = answered(office.crew)
    release(office.crew, case)
    office.house.office.sync()
    page = queue(office, Role.SUPERVISOR)
    (row,) = [at for at, line in page.lines.items() if line.case_id == case.case_id]
    page.table.choose(row)
    QApplication.processEvents()
    assert find_problems(office.window) == []
    path = tmp_path / "letters.pdf"
    monkeypatch.setattr(choosing, "save_file", lambda *_: path)
    assert page.bar is not None
    (bind,) = [each for each in page.bar.findChildren(Button) if "این ملک" in each.text()]
    bind.click()
    wake(office)
    told = " ".join(text_of(path.read_bytes()))
    assert "همهٔ دفترهای شهر" in told
    now_ = case_now(office.crew.clerk, case.case_id).letters[0]
    assert to_persian_digits(now_.letter.number) in told
    # Others have it not.
    for role in (Role.EXPERT, Role.SIGNER):
        bar = queue(office, role).bar
        assert bar is not None
        assert not [each for each in bar.findChildren(Button) if "این ملک" in each.text()]


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
def test_after_a_bug_nothing_is_said_to_wait_and_it_can_be_done_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = in_review(office)
    page = opened_file(office, case)
    begin(page, "برای اصلاح…")
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


@pytest.mark.long
def test_the_expert_returns_with_a_comment(office: Office) -> None:
    case = in_review(office)
    page = opened_file(office, case)
    begin(page, "برای اصلاح…")
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
    page = opened_file(office, case)
    begin(page, "پاسخ منفی")
    form = page.form
    assert isinstance(form, RefuseForm)
    act(page)
    assert form.reasons[0].error() == "دلیل پاسخ منفی را بنویسید."
    type_text(page, "بنا بیرون از پروانه است.")
    form.add_reason()
    type_text(page, "زمین در طرح معبر است")
    act(page)
    assert [law.error() for law in form.laws] == ["مستند این دلیل را برگزینید یا بنویسید."] * 2
    # What the conditions and the service rest on is offered; anything else is typed.
    offered = form.laws[0].control
    assert isinstance(offered, SuggestedLine)
    assert any("ماده" in words for words, _ in offered.options())
    form.laws[0].setFocus()
    type_text(page, "مادهٔ ۱۰۰ قانون شهرداری")
    # A list of what is like it stands open: Tab goes on from what was typed.
    press(page, Qt.Key.Key_Tab)
    press(page, Qt.Key.Key_Tab)
    type_text(page, "طرح تفصیلی")
    act(page)
    after = now(office, case)
    assert after.refusal == (
        "بنا بیرون از پروانه است (مادهٔ 100 قانون شهرداری).",
        "زمین در طرح معبر است (طرح تفصیلی).",
    )
    assert after.answer is not None


@pytest.mark.long
def test_to_the_commission_and_back(office: Office) -> None:
    case = in_review(office)
    page = opened_file(office, case)
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
    assert main_words(page) == "کارتابل"
    ruling = opened(office, case, Role.EXPERT)
    agenda = ruling._main_form
    assert isinstance(agenda, AgendaForm)
    agenda.session.setFocus()
    type_text(ruling, "31")
    agenda.day.setFocus()
    type_text(ruling, "=")
    act(ruling)
    # The session is today's: the same ruling asks for its ruling.
    result = ruling._main_form
    assert isinstance(result, ResultForm)
    act(ruling)
    assert result.errors.isVisible()
    assert result.stage is not None
    assert result.stage.error() == "برگزینید: رأی بدوی است یا قطعی."
    assert not result.fine.isVisible()
    result.verdict.setFocus()
    type_text(ruling, "ج")
    assert result.fine.isVisible()
    result.stage.set_value("final")
    result.fine.setFocus()
    type_text(ruling, "48500000")
    result.number.setFocus()
    type_text(ruling, "1405/77")
    act(ruling)
    # What the centre made of it, not the desk alone.
    office.house.municipality.sync()
    after = now(office, case)
    assert after.commission_result is not None
    assert after.commission_result.number == "1405/77"
    assert after.commission_result.result == "جریمه، ۴۸٬۵۰۰٬۰۰۰ ریال"
    assert [each.name for each in after.commission_result.against] == [case.request.party.name]
    # It lies on the record, and the case is decided upon anew.
    assert after.decision is not None
    violation = next(x for x in after.decision.findings if x.gate == "violation")
    assert violation.values["fine"] == 48_500_000
    # Whoever gave it to the minutes decides next: the keys are where the first open condition is.
    QApplication.processEvents()
    shown, focus = office.window.page, QApplication.focusWidget()
    assert isinstance(shown, ReviewPage)
    assert shown.main_form is not None
    assert focus is shown.main_form.first()


@pytest.mark.slow
def test_the_rail_counts_what_waits_for_who_sits_there(office: Office) -> None:
    """At the counter cases whose turn it is; for who ends letters those to be voided, over every
    page too."""
    case = answered(office.crew)
    release(office.crew, case)
    _counts(office, Role.MANAGER, 0)
    _counts(office, Role.CLERK, board.ours(office.crew.clerk.desk))
    supervisor, case = office.crew.supervisor, case_now(office.crew.clerk, case.case_id)
    second_looks.look_again(supervisor, case, right=False, comment="متراژ نادرست است")
    office.house.office.sync()
    frame = _counts(office, Role.MANAGER, 1)
    assert frame.recalled.isVisible()
    frame.recalled.followed.emit()
    QApplication.processEvents()
    assert office.page.place == places.Queue("trouble")
    frame = _counts(office, Role.CLERK, board.ours(office.crew.clerk.desk))
    assert not frame.recalled.isVisible()


def _counts(office: Office, role: Role, told: int) -> Frame:
    office.sit(role)
    QApplication.processEvents()
    frame = next(f for f in office.window.findChildren(Frame) if f.isVisible())
    name = frame.rail.items["queue"].accessibleName()
    assert name == (to_persian_digits(f"کارتابل {told}") if told else "کارتابل")
    return frame


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


@pytest.mark.long
def test_a_case_that_went_on_is_told_by_the_centre(office: Office) -> None:
    case = in_review(office)
    page = opened_file(office, case)
    shown, _ = board.municipal_case(office.crew.expert, case.case_id)
    reviewing.send_back(office.crew.expert, shown, "از جای دیگر")
    page.refresh(Changed(sync=True))
    assert page.main_form is None
    assert main_words(page) == "کارتابل"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "told"),
    [("10:30", (10, 30)), ("۹:۰۵", (9, 5)), ("0930", (9, 30)), ("24:00", None), ("", None)],
)
def test_a_time_is_read(text: str, told: tuple[int, int] | None) -> None:
    assert read_time(text) == told


@pytest.mark.slow
def test_an_empty_list_says_whether_anything_was_left_out(office: Office) -> None:
    office.sit(Role.EXPERT)
    page = office.page
    assert isinstance(page, MunicipalQueuePage)
    assert page.empty.words.words() == "پرونده‌ای در انتظار نیست"
    page.typed.setFocus()
    type_text(page, "کویر")
    page.load()
    QApplication.processEvents()
    assert page.empty.words.words() == "پرونده‌ای در این فهرست نیست"
