"""بازبینی: the letter, its record and its reasons side by side, looked at one after another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.actions import second_looks
from desktop.demo.following import release
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import places, theme
from desktop.ui.pages.looks import parts
from desktop.ui.pages.looks.look_back import LookBackForm
from desktop.ui.pages.looks.page import SecondLookPage
from desktop.ui.pages.looks.parts import LetterPane, PartCard
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.palette import Theme
from desktop.ui.work import Changed
from desktop.wire.second_looks import InLetter, LookRecordAnswer, RecordValue
from tests import looks
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import Line, answered
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import CONTROL, now
from tests.ui.pages.seeing import wake

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part counts as seen sooner than for people."""
    monkeypatch.setattr(parts, "DWELL_MS", 40)


def drawn(office: Office, count: int = 1) -> list[Case]:
    """So many instant answers that the lot took."""
    looks.shares(office.house, office.clock.moment.date(), 100)
    found: list[Case] = []
    while len(found) < count:
        case = answered(office.crew)
        assert case.case_id not in {each.case_id for each in found}
        found.append(case)
    return found


def opened(office: Office, place: places.SecondLook) -> SecondLookPage:
    office.sit(Role.SUPERVISOR)
    wake(office)
    page = office.go(place)
    assert isinstance(page, SecondLookPage)
    return page


def shown(office: Office) -> SecondLookPage:
    page = office.page
    assert isinstance(page, SecondLookPage)
    return page


def main_words(page: SecondLookPage) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def told(page: SecondLookPage) -> str:
    """The sentence of the bar."""
    assert page.bar is not None
    return page.bar._sentence.words()


def act(office: Office) -> None:
    """Ctrl+Enter."""
    press(office.window, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()


def until(done: Callable[[], bool]) -> None:
    """Wait while panes find their sizes, however busy the machine is."""
    for _ in range(200):
        if done():
            return
        QTest.qWait(20)
    raise AssertionError("it never came")


def read(page: SecondLookPage, part: PartCard) -> None:
    """To its end, by the keys a person has for it."""
    page._lead_to(part)
    QTest.qWait(40)
    bar = part.pane.verticalScrollBar()
    while bar.value() < bar.maximum():
        press(part.pane, Qt.Key.Key_PageDown)
    until(lambda: part.seen)


def read_all(page: SecondLookPage) -> None:
    for part in page.parts:
        read(page, part)


@pytest.mark.parametrize("zoom", [pytest.param(100, marks=pytest.mark.long), 150])
def test_nothing_is_right_before_all_three_were_seen_to_their_ends(
    office: Office, qapp: QApplication, zoom: int
) -> None:
    theme.apply(qapp, Theme.LIGHT, zoom, motion=False)
    case = answered(office.crew)
    page = opened(office, places.SecondLook(case.case_id))
    QTest.qWait(60)
    for part in page.parts:
        for _ in range(2):
            # Pressed again and again it neither takes it nor scrolls for whoever presses.
            act(office)
            assert now(office, case).looked is None
            assert main_words(page) == "درست است"
            assert told(page) == f"«{part.title}» را تا پایان ببینید."
            assert part.pane.hasFocus()
        read(page, part)
    assert told(page) == "۳ از ۳ بخش دیده شد"
    act(office)
    looked = now(office, case).looked
    assert looked is not None
    assert looked.right


@pytest.mark.long
def test_a_part_counts_only_with_its_end_in_sight_the_keys_in_it_and_time_to_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "DWELL_MS", 60_000)
    page = opened(office, places.SecondLook(answered(office.crew).case_id))
    page.go_to(page.record)
    bar = page.record.pane.verticalScrollBar()
    assert bar.maximum() > 0
    assert not page.record._dwelling.isActive()
    bar.setValue(bar.maximum())
    until(page.record._dwelling.isActive)
    # Whoever looks elsewhere begins anew.
    page.go_to(page.reasons)
    until(lambda: not page.record._dwelling.isActive())
    assert not page.record.seen


@pytest.mark.long
def test_a_letter_too_small_to_be_read_was_not_seen(office: Office) -> None:
    page = opened(office, places.SecondLook(answered(office.crew).case_id))
    pane = page.letter.pane
    assert isinstance(pane, LetterPane)
    QTest.qWait(60)
    assert not pane.legible
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().maximum())
    assert not pane.at_end()
    press(office.window, Qt.Key.Key_F9)
    QTest.qWait(150)
    assert pane.legible
    # Beside it stands its record, and the reasons are a key away.
    assert page.record.isVisible()
    assert not page.reasons.isVisible()
    press(office.window, Qt.Key.Key_3)
    assert page.reasons.isVisible()
    assert page.reasons.pane.hasFocus()


@pytest.mark.parametrize("released", [False, True])
@pytest.mark.long
def test_a_challenge_says_part_reason_and_what(office: Office, released: bool) -> None:
    (case,) = drawn(office)
    if released:
        release(office.crew, case)
    page = opened(office, places.SecondLook())
    assert page.shown is not None
    assert page.shown.case.case_id == case.case_id
    page.challenge()
    form = page.form
    assert isinstance(form, LookBackForm)
    act(office)
    assert form.part.error() == "بگویید کدام بخش درست نیست."
    form.part.control.setFocus()
    press(form.part.control, Qt.Key.Key_Left)
    press(form.part.control, Qt.Key.Key_Left)
    press(form.part.control, Qt.Key.Key_Left)
    assert form.part.value() == "reasons"
    act(office)
    assert [form.item.error(), form.reason.error(), form.comment.error()] == [
        "بگویید کدام شرط.", "دلیل ایراد را انتخاب کنید.", "بنویسید چه چیز درست نیست.",
    ]  # fmt: skip
    gate = case.decision.findings[-1].gate if case.decision else ""
    form.item.set_value(gate)
    form.reason.set_value("limit")
    form.comment.control.setFocus()
    type_text(page, "مرز از روز دریافت است")
    act(office)
    looked = now(office, case).looked
    assert looked is not None
    assert (looked.right, looked.part, looked.item, looked.reason, looked.recall) == (
        False, "reasons", gate, "limit", released,
    )  # fmt: skip
    expected = State.RELEASED if released else State.IN_REVIEW
    assert now(office, case).state is expected


def test_the_reasons_of_a_part_are_its_own(office: Office) -> None:
    form = LookBackForm(answered(office.crew), ["مالک", "نشانی"])
    seen = {}
    for part in ("letter", "record", "reasons"):
        form.part.set_value(part)
        form.arrange_typed()
        options = form.reason.control.options()  # type: ignore[attr-defined]
        seen[part] = {key for key, _ in options}
        assert form.item.isHidden() is (part == "letter")
    assert not seen["letter"] & seen["record"]
    assert not seen["record"] & seen["reasons"]


@pytest.mark.long
def test_what_is_typed_of_a_fault_is_there_when_it_opens_again(office: Office) -> None:
    (case,) = drawn(office)
    page = opened(office, places.SecondLook())
    page.challenge()
    assert page.form is not None
    page.form.part.control.setFocus()
    press(page.form.part.control, Qt.Key.Key_Left)
    page.form.comment.control.setFocus()
    type_text(page, "نام مالک")
    press(office.window, Qt.Key.Key_Escape)
    assert page.form is None
    page = opened(office, places.SecondLook(case.case_id))
    page.challenge()
    assert page.form is not None
    assert page.form.comment.value() == "نام مالک"
    assert page.form.part.value() == "letter"


@pytest.mark.long
def test_one_comes_after_another_until_the_days_sample_is_over(office: Office) -> None:
    first, second = drawn(office, 2)
    page = opened(office, places.SecondLook())
    assert page.head.done.words() == "۰ از ۲ دیده شد"
    assert page.head.left.words() == "۲ مانده: ۲ قرعه، ۰ پرخطر"
    assert page.head.why.words() == "به قید قرعه"
    assert page.shown is not None
    assert page.shown.case.case_id == first.case_id
    page.put_off()
    QApplication.processEvents()
    page = shown(office)
    assert page.shown is not None
    assert page.shown.case.case_id == second.case_id
    read_all(page)
    act(office)
    page = shown(office)
    page.refresh(Changed(sync=True))
    # What was put off is still due; it comes by the main key.
    assert page.shown is None
    assert "برای بعد" in words(page)
    assert main_words(page) == "پاسخ بعدی"
    act(office)
    page = shown(office)
    assert page.shown is not None
    assert page.shown.case.case_id == first.case_id
    read_all(page)
    act(office)
    page = shown(office)
    page.refresh(Changed(sync=True))
    assert "نمونهٔ امروز تمام شد: ۲ درست، ۰ ایراد" in words(page)
    assert "۲ بازبینی؛ برای آمار کم است" in words(page)
    assert main_words(page) == "وضعیت شهر"


def test_a_value_that_differs_stands_first_and_says_both(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = answered(office.crew)
    other = LookRecordAnswer(
        as_of=office.clock.moment.date(),
        values=[
            RecordValue(
                label="مساحت عرصه", recorded="۱۸۵٫۰۰", stands=InLetter.OTHER, told="۱۸۰٫۰۰"
            ),
            RecordValue(label="مالک", recorded="لیلا حیدری", stands=InLetter.SAME),
            RecordValue(label="بدهی", recorded="ندارد", stands=InLetter.UNSAID),
        ],
    )
    monkeypatch.setattr(second_looks, "record", lambda *_: other)
    page = opened(office, places.SecondLook(case.case_id))
    said = words(page.record)
    assert "در نامه: " in said
    assert "۱۸۰٫۰۰" in said
    assert said.index("۱۸۰٫۰۰") < said.index("لیلا حیدری")
    assert "همان" in said
    assert "ذکر نشده" in said


@pytest.mark.long
def test_ones_own_says_so_and_has_no_key(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = answered(office.crew)
    own = LookRecordAnswer(as_of=None, values=[], hindered="در این پرونده خودتان کاری کرده‌اید.")
    monkeypatch.setattr(second_looks, "record", lambda *_: own)
    page = opened(office, places.SecondLook(case.case_id))
    assert page.shown is None
    assert "خودتان کاری کرده‌اید" in words(page)
    assert main_words(page) != "درست است"


@pytest.mark.long
def test_without_a_line_it_says_so_and_loses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(monkeypatch)
    (case,) = drawn(office)
    office.sit(Role.SUPERVISOR)
    line.cut = True
    page = opened(office, places.SecondLook())
    assert "بازبینی به خط نیاز دارد" in words(page)
    assert main_words(page) == "تلاش دوباره"
    line.cut = False
    act(office)
    page = shown(office)
    assert page.shown is not None
    assert page.shown.case.case_id == case.case_id


@pytest.mark.long
def test_three_faults_of_one_kind_lead_to_the_rule(office: Office) -> None:
    for case in drawn(office, 3):
        page = opened(office, places.SecondLook(case.case_id))
        page.challenge()
        form = page.form
        assert form is not None
        form.part.set_value("letter")
        form.arrange_typed()
        form.reason.set_value("term")
        form.comment.set_value("اعتبار یک ماه کم است")
        act(office)
        page = shown(office)
        page.refresh(Changed(sync=True))
    assert page.pattern.isVisible()
    assert "۳ ایراد از یک قاعده است: نامه: تاریخ یا اعتبار نادرست است" in words(page)


@pytest.mark.long
def test_the_case_of_an_answer_leads_to_its_look(office: Office) -> None:
    case = answered(office.crew)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.MunicipalCase(case.case_id))
    assert isinstance(page, MunicipalCasePage)
    act(office)
    assert shown(office).place == places.SecondLook(case.case_id)
