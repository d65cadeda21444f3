"""An expert's day at the window: he takes a case, reads its papers, says what of each condition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import board, counter_acts, reviewing
from desktop.demo.sample_paper import sample_paper
from desktop.domain.case import Case
from desktop.domain.enforcement import OfficeRule
from desktop.domain.people import Role
from desktop.domain.recommendation import ReviewReason, Verdict
from desktop.domain.request import SeenDocument
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.review.condition import Condition
from desktop.ui.pages.review.decision_form import DecisionForm
from desktop.ui.pages.review.page import ReviewPage
from desktop.ui.pages.review.shown import looked_at
from desktop.ui.palette import Theme
from desktop.ui.widgets.told.empty import EmptyState
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import (
    act,
    begin,
    decision_of,
    in_review,
    main_words,
    opened_file,
    queue,
    say,
)
from tests.ui.pages.seeing import wake
from tests.ui.pages.signing.made import known_as

pytestmark = pytest.mark.slow
Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def now(office: Office, case: Case) -> Case:
    return board.municipal_case(office.crew.expert, case.case_id)[0]


@pytest.mark.long
def test_a_case_is_taken_from_the_list_and_decided_beside_its_papers(office: Office) -> None:
    case = in_review(office)
    listed = queue(office, Role.EXPERT)
    assert isinstance(listed, MunicipalQueuePage)
    assert listed.bar is not None
    begin(listed, "برداشتن")
    assert now(office, case).expert == office.crew.expert.staff.staff_id
    press(listed, Key.Key_Return, CONTROL)
    wake(office)
    page = office.page
    assert isinstance(page, ReviewPage)
    assert page.queue.place(case.case_id) == 0
    form = decision_of(page)
    act(page)
    assert form.conditions[0].verdict.hasFocus()
    assert form.banner.isVisible()
    assert now(office, case).state is State.IN_REVIEW
    for condition in form.conditions:
        say(condition, Verdict.CLEARED, "اصل سند دیده شد")
    assert not form.banner.isVisible()
    press(page, Key.Key_F9)
    QApplication.processEvents()
    assert page.draft.frame.isVisible()
    assert now(office, case).state is State.IN_REVIEW
    press(page, Key.Key_Escape)
    assert not page.draft.frame.isVisible()
    act(page)
    decided = now(office, case)
    assert decided.state is State.ISSUED
    assert set(decided.cleared.values()) == {"اصل سند دیده شد"}
    assert decided.recommendation is not None
    assert page.main_form is None


def listed_reason(page: ReviewPage) -> tuple[Condition, ReviewReason]:
    """The first condition of which a reason may be given that rests on a paper."""
    found = [
        (condition, reason)
        for condition in decision_of(page).conditions
        for reason in condition._listed.values()
        if reason.papers
    ]
    return found[0]


def _doubts_the_deed(case: Case) -> bool:
    failing = case.decision.failing if case.decision else ()
    return case.state is State.IN_REVIEW and any(each.gate == "deed" for each in failing)


@pytest.mark.long
def test_a_reason_is_not_taken_before_its_paper_was_shown_to_the_end(office: Office) -> None:
    case = cases.first(office.crew, "private deed", _doubts_the_deed)
    paper = SeenDocument("deed", "سند مالکیت", True, file=sample_paper()[0])
    counter_acts.amend(office.crew.clerk, case.case_id, {}, (paper,))
    office.house.municipality.sync()
    page = opened_file(office, case)
    page.file.papers.seen.clear()
    condition, reason = listed_reason(page)
    assert reason.papers == ("deed",)
    condition.verdict.set_value(Verdict.CLEARED.value)
    condition.reason.set_value(reason.code)
    condition.arrange()
    for each in decision_of(page).conditions:
        if each is not condition:
            say(each, Verdict.CLEARED, "دیده شد")
    act(page)
    assert condition.reason.error() == f"«{paper.title}» را باز نکرده‌اید."
    assert now(office, case).state is State.IN_REVIEW
    page.file.papers.show_paper(paper.key)
    wake(office)
    page.file.papers.frame.to_start()
    page.file.papers.frame.page_down()
    QApplication.processEvents()
    assert paper.key in page.file.papers.seen
    act(page)
    assert now(office, case).cleared[condition.gate].startswith(reason.words)


def test_what_stands_is_refused_and_what_lacks_is_sent_back(office: Office) -> None:
    case = in_review(office)
    page = opened_file(office, case)
    for condition in decision_of(page).conditions:
        say(condition, Verdict.LACKS, "برگ دوم سند")
    assert main_words(page) == "ثبت نظر"
    act(page)
    sent = now(office, case)
    assert sent.state is State.RETURNED
    assert sent.returned is not None
    assert "برگ دوم سند" in sent.returned.comment
    other = in_review(office)
    page = opened_file(office, other)
    for condition in decision_of(page).conditions:
        say(condition, Verdict.STANDS, "سند عادی است")
    # What is proposed is on the key itself: its card may be out of sight.
    assert main_words(page) == "ثبت نظر: پاسخ منفی"
    act(page)
    refused = now(office, other)
    assert refused.state is State.ISSUED
    assert all(reason.endswith("سند عادی است") for reason in refused.refusal)


@pytest.mark.long
def test_what_was_typed_stays_when_the_case_goes_on_meanwhile(office: Office) -> None:
    case = in_review(office)
    page = opened_file(office, case)
    for condition in decision_of(page).conditions:
        say(condition, Verdict.CLEARED, "در بایگانی دیده شد")
    paper = SeenDocument("deed", "سند مالکیت", True, number="12")
    counter_acts.amend(office.crew.clerk, case.case_id, {}, (paper,))
    office.house.municipality.sync()
    wake(office)
    assert page.changed_line.isVisible()
    kept = decision_of(page).conditions
    assert [each.said() for each in kept] == [Verdict.CLEARED] * len(kept)
    assert {each.note.value() for each in kept} == {"در بایگانی دیده شد"}


@pytest.mark.long
def test_ones_own_request_is_given_to_a_colleague(office: Office) -> None:
    case = in_review(office)
    known_as(office, office.crew.expert, case.request.party.person_id)
    page = opened_file(office, case)
    assert page.main_form is None
    told = page.decision.findChildren(EmptyState)[0]
    assert "خود شمایید" in told.accessibleName()
    act(page)
    assert now(office, case).expert_name == "لیلا رجبی"
    wake(office)
    told = page.decision.findChildren(EmptyState)[-1]
    assert "به لیلا رجبی واگذار شد" in told.accessibleName()


@pytest.mark.long
def test_keys_turn_the_parts_and_the_cases(office: Office) -> None:
    first, second = in_review(office), in_review(office)
    for case in (first, second):
        reviewing.take(office.crew.expert, case.case_id)
    page = opened_file(office, first)
    for number, part in enumerate((page.file.request, page.file.record, page.file.papers), start=1):
        press(page, getattr(Key, f"Key_{number}"), ALT)
        assert page.file.stack.currentWidget() is part
    press(page, Key.Key_F7)
    assert decision_of(page).conditions[0].verdict.hasFocus()
    press(page, Key.Key_Down, ALT)
    wake(office)
    assert office.page.place == places.ReviewFile(second.case_id)


@pytest.mark.long
def test_the_cases_beside_are_of_the_district_that_was_chosen(office: Office) -> None:
    cases_here = [in_review(office) for _ in range(4)]
    for case in cases_here:
        reviewing.take(office.crew.expert, case.case_id)
    expert = office.crew.expert
    counts = {
        district: board.municipal_queue(expert, holder="mine", district=district).total
        for district in (1, 2, 3, 4, 5)
    }
    chosen = next(district for district, count in counts.items() if count)
    listed = queue(office, Role.EXPERT)
    assert isinstance(listed, MunicipalQueuePage)
    assert opened_file(office, cases_here[0]).queue.count == len(cases_here)
    listed = queue(office, Role.EXPERT)
    assert isinstance(listed, MunicipalQueuePage)
    listed.district.set_value(str(chosen))
    listed.district.edited.emit()
    wake(office)
    opened = opened_file(office, cases_here[0])
    assert opened.queue.count == counts[chosen]
    # The list opened anew shows all again, and so do the cases beside.
    assert isinstance(queue(office, Role.EXPERT), MunicipalQueuePage)
    assert opened_file(office, cases_here[0]).queue.count == len(cases_here)


@pytest.mark.long
def test_with_large_letters_what_is_proposed_pushes_no_key_over_the_edge(office: Office) -> None:
    case = in_review(office)
    reviewing.take(office.crew.expert, case.case_id)
    office.sit(Role.EXPERT)
    office.window.set_look(Look(Theme.DARK, 150, motion=False))
    wake(office)
    page = opened_file(office, case)
    form = decision_of(page)
    for condition in form.conditions:
        say(condition, Verdict.CLEARED, "اصل سند دیده شد")
    wake(office)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "ثبت نظر: پاسخ مثبت"
    assert office.window.minimumSizeHint().width() <= office.window.width()


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (Role.SIGNER, "سپس رئیس ادارهٔ شهرسازی امضا می‌کند"),
        (Role.SUPERVISOR, "رئیس ادارهٔ شهرسازی معرفی نشده است؛ سپس ناظر شهرداری امضا"),
    ],
)
@pytest.mark.slow
def test_who_proposes_reads_beforehand_who_signs(office: Office, signs: Role, said: str) -> None:
    today, case_id = office.window.today(), cases.in_review(office.crew).case_id
    loaded = looked_at(office.crew.expert, case_id, 0)
    city = replace(loaded.city, enforced={OfficeRule.COUNTERSIGN: today})
    form = DecisionForm(replace(loaded, city=city, signs=signs), today, tuple)
    assert said in form._then()
