"""The municipality's queue and case: the visit's report, the expert's decision, the second look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.actions import board, review
from desktop.actions.documents import PaperSource
from desktop.demo.following import book, case_now, deliver, release
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.identifiers import phone_words
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates, to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.frame import Frame
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.expert_forms import (
    ClearForm,
    CommissionForm,
    LookBackForm,
    RefuseForm,
    ResultForm,
    ReturnForm,
)
from desktop.ui.pages.municipality.look_form import LookForm
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.municipality.visit_forms import (
    OTHER_DAY,
    MissForm,
    OtherDayForm,
    ReportForm,
    read_time,
)
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.expert import lifted_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.work import Changed
from tests.papers import picture
from tests.reports.reading import text_of
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


def filled(
    page: MunicipalCasePage, changes: Mapping[str, str] | None = None, *, photos: bool = True
) -> ReportForm:
    """The report with everything typed that is asked, and its pictures."""
    form = page._main_form
    assert isinstance(form, ReportForm)
    form.fields["condition"].set_value("built")
    form.fields["use"].set_value("مسکونی")
    form._arrange()
    for key, text in {**REPORT, **(changes or {})}.items():
        form.fields[key].setFocus()
        form.fields[key].set_value("")
        type_text(page, text)
    for row in form.gates.rows:
        row.tick.click()
        type_text(page, "در محل دیده شد")
    if photos:
        sources = [PaperSource(f"{seed}.png", partial(picture, seed)) for seed in (1, 2)]
        form.files.add(form.photos, sources)
        QApplication.processEvents()
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
    form = filled(page, {key: text})
    act(page)
    assert form.fields[key].error() == fault
    assert now(office, case).state is State.BOOKED


@pytest.mark.slow
def test_a_report_bears_the_day_of_its_visit(office: Office) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    day = form.fields["day"]
    assert case.slot is not None
    assert day.value() == case.slot.day
    told = {}
    for wrong in (case.slot.day - timedelta(days=1), case.request.received_on - timedelta(days=1)):
        day.set_value(wrong)
        act(page)
        told[wrong] = day.error() or ""
    booked_on = format_jalali(case.slot.day)
    first, second = told.values()
    assert first == f"نوبت {booked_on} است؛ اگر روز دیگری بود، «{OTHER_DAY}» را ثبت کنید."
    assert second == "تاریخ بازدید نمی‌تواند پیش از ثبت درخواست باشد."
    assert now(office, case).state is State.BOOKED


@pytest.mark.slow
def test_what_was_typed_is_there_when_the_visit_was_moved_to_its_day(office: Office) -> None:
    case = booked(office)
    office.clock.moment += timedelta(days=1)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page)
    begin(page, "روز دیگری انجام شد")
    other = page.form
    assert isinstance(other, OtherDayForm)
    other.day.set_value(office.window.today())
    other.half.set_value("2")
    other.reason.set_value("متقاضی یک روز دیرتر آمد.")
    act(page)
    moved = page._main_form
    assert isinstance(moved, ReportForm)
    assert moved is not form
    assert moved.fields["day"].value() == office.window.today()
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.visited_on == office.window.today()
    assert report.photos is not None


@pytest.mark.slow
def test_before_its_day_a_visit_is_first_moved_to_the_day_on_which_it_took_place(
    office: Office,
) -> None:
    case = to_visit(office.crew)
    book(office.crew, case)
    page = opened(office, case, Role.INSPECTOR)
    assert page._main_form is None
    assert "روز این بازدید هنوز نرسیده است" in words(page)
    assert main_words(page) == "پروندهٔ بعدی"
    begin(page, "روز دیگری انجام شد")
    form = page.form
    assert isinstance(form, OtherDayForm)
    act(page)
    assert form.day.error() == "روز بازدید را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."
    assert form.reason.error() == "بنویسید چرا بازدید روز دیگری انجام شد."
    today = office.window.today()
    slot = now(office, case).slot
    assert slot is not None
    for wrong, fault in (
        (today + timedelta(days=30), "روز بازدید نمی‌تواند پس از امروز باشد."),
        (slot.day if slot.day <= today else today - timedelta(days=900), "پیش از ثبت درخواست"),
    ):
        form.day.set_value(wrong)
        act(page)
        assert fault in (form.day.error() or "")
    form.day.set_value(today)
    form.half.set_value("1")
    form.reason.set_value("متقاضی امروز در محل بود.")
    act(page)
    moved = now(office, case).slot
    assert moved == replace(slot, day=today, half=1)
    assert isinstance(page._main_form, ReportForm)
    assert page._main_form.fields["day"].value() == today


@pytest.mark.slow
def test_the_inspector_sees_where_to_go_and_whom_to_call(office: Office) -> None:
    case = booked(office)
    page = queue(office, Role.INSPECTOR)
    (line,) = page.lines.values()
    assert line.address == to_persian_digits(case.request.answers["address"])
    assert line.phone == phone_words(case.request.party.mobile)
    there = opened(office, case, Role.INSPECTOR)
    assert line.address in words(there)
    assert line.phone in words(there)


def _picked(path: Path, _: QWidget) -> list[Path]:
    return [path]


@pytest.mark.slow
def test_the_round_of_a_day_is_read_over_the_list(office: Office) -> None:
    case = booked(office)
    page = queue(office, Role.INSPECTOR)
    press(page, Key.Key_F8)
    QApplication.processEvents()
    assert page.cover.isVisible()
    told = " ".join(text_of(page.cover.paper.frame.pdf()))
    assert "فهرست بازدیدهای روز" in told
    assert to_persian_digits(case.request.answers["address"]).replace("،", "") in told
    press(page, Key.Key_Escape)
    assert not page.cover.isVisible()
    assert page.table.hasFocus()


@pytest.mark.slow
def test_a_report_asks_for_pictures_and_says_what_is_wrong_with_a_file(
    office: Office, tmp_path: Path
) -> None:
    case = booked(office)
    page = opened(office, case, Role.INSPECTOR)
    form = filled(page, photos=False)
    act(page)
    assert form.photos.error() == "دست‌کم ۲ عکس از محل پیوست کنید."
    assert form.photos.clip.hasFocus()
    text = tmp_path / "محل.jpg"
    text.write_text("این عکس نیست")
    wide = tmp_path / "بزرگ.png"
    Image.new("1", (9_000, 8_000)).save(wide)
    for path, fault in ((text, "تنها نامش به عکس می‌ماند"), (wide, "بیش از ۶۴ مگاپیکسل")):
        form.files.pick = partial(_picked, path)
        form.photos.clip.click()
        QApplication.processEvents()
        assert fault in words(page)
    good = tmp_path / "خوب.png"
    good.write_bytes(picture(5))
    form.files.pick = partial(_picked, good)
    form.photos.clip.click()
    QApplication.processEvents()
    act(page)
    assert form.photos.error() == "دست‌کم ۲ عکس از محل پیوست کنید."
    assert now(office, case).state is State.BOOKED
    form.photos.clip.click()
    QApplication.processEvents()
    assert form.photos.error() is None
    act(page)
    report = now(office, case).report
    assert report is not None
    assert report.photos is not None
    assert report.photos.pages == 2


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


def recalled_to(office: Office, *, count: int) -> None:
    """Who has to void letters is told over every page, until they are; others are not."""
    for role, told in ((Role.MANAGER, count), (Role.CLERK, 0)):
        office.sit(role)
        QApplication.processEvents()
        frame = next(f for f in office.window.findChildren(Frame) if f.isVisible())
        assert frame.recalled.isVisible() is bool(told)
        name = frame.items["queue"].accessibleName()
        assert name == (to_persian_digits(f"کارتابل {told}") if told else "کارتابل")
        if told:
            frame.recalled.followed.emit()
            QApplication.processEvents()
            assert office.page.place == places.Queue("trouble")


def read_whole(page: MunicipalCasePage) -> LookForm:
    """Letter and reasons scrolled to their ends, as a person reads them."""
    form = page._main_form
    assert isinstance(form, LookForm)
    assert form.letter is not None
    QTest.qWait(20)
    for pane in (form.letter, form.reasons):
        bar = pane.verticalScrollBar()
        bar.setValue(bar.maximum())
    QTest.qWait(20)
    return form


@pytest.mark.slow
@pytest.mark.parametrize("released", [False, True])
def test_nothing_is_right_before_letter_and_reasons_were_seen_to_their_ends(
    office: Office, released: bool
) -> None:
    case = answered(office.crew)
    if released:
        release(office.crew, case)
    page = opened(office, case, Role.SUPERVISOR)
    QTest.qWait(20)
    form = page._main_form
    assert isinstance(form, LookForm)
    assert form.letter is not None
    assert form.letter.pdf()
    assert form.letter.verticalScrollBar().maximum() > 0
    assert main_words(page) == "درست است"
    for _ in range(3):
        # Pressed again and again it neither takes it nor scrolls for whoever presses.
        act(page)
        assert now(office, case).looked is None
        assert form.letter.hasFocus()
        assert "نامه را تا پایان ببینید." in words(page)
        assert main_words(page) == "درست است"
    bar = form.letter.verticalScrollBar()
    while bar.value() < bar.maximum():
        form.letter.setFocus()
        press(form.letter, Key.Key_PageDown)
    QTest.qWait(20)
    form.reasons.seen.clear()
    act(page)
    assert now(office, case).looked is None
    assert form.reasons.hasFocus()
    read_whole(page)
    act(page)
    looked = now(office, case).looked
    assert looked is not None
    assert looked.right
    assert looked.comment == ""


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
    assert board.municipal_queue(office.crew.supervisor, recall=True).total == int(released)
    assert board.municipal_queue(office.crew.supervisor).recalled == int(released)
    recalled_to(office, count=int(released))
    office.sit(Role.SUPERVISOR)
    page = opened(office, case, Role.SUPERVISOR)
    assert main_words(page) == "پروندهٔ بعدی"
    other = answered(office.crew)
    page = opened(office, other, Role.SUPERVISOR)
    read_whole(page)
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
