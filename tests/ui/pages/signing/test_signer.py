"""The second person: what was changed is looked at, signed under the password, or said no to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board
from desktop.actions.signing import Answered
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.domain.ties import Tie
from desktop.ui import places
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.signing.batch import SignBatchPage, _Loaded
from desktop.ui.pages.signing.opinion_form import AGAINST, AGREE, OpinionForm
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import act, main_words, opened
from tests.ui.pages.signing.made import (
    in_review,
    known_as,
    named_here,
    plain,
    propose,
    two_sign,
)

Key = Qt.Key


def now(office: Office, case: Case) -> Case:
    """The case as the municipality sees it."""
    return board.municipal_case(office.crew.supervisor, case.case_id)[0]


def signing(office: Office, case: Case) -> tuple[MunicipalCasePage, OpinionForm]:
    """The case's page before the signer, and its form."""
    page = opened(office, case, Role.SIGNER)
    form = page._main_form
    assert isinstance(form, OpinionForm)
    return page, form


def answer(form: OpinionForm, value: str) -> None:
    """Choose, as keys do."""
    form.answer.set_value(value)
    form.answer.edited.emit()
    QApplication.processEvents()


@pytest.mark.slow
def test_who_signs_has_opened_the_papers_and_seen_the_letter(office: Office) -> None:
    two_sign(office)
    case = propose(office, in_review(office))
    assert case.state is State.RECOMMENDED
    page, form = signing(office, case)
    assert form.letter.pdf.startswith(b"%PDF")
    answer(form, AGREE)
    assert main_words(page) == "امضا و صدور نامه"
    act(page)
    # The paper of what was changed was not opened: nothing is signed, and it has the keys.
    (paper,) = form.rows.unseen
    assert form.banner.isVisible()
    assert form.rows.links[paper.key].hasFocus()
    press(form.rows.links[paper.key], Key.Key_Return)
    QApplication.processEvents()
    assert page.cover.isVisible()
    press(page, Key.Key_Escape)
    assert form.rows.unseen == []
    act(page)
    assert form.password.error()
    form.password.setFocus()
    type_text(page, "نادرست")
    act(page)
    assert now(office, case).state is State.RECOMMENDED
    form.password.set_value(PASSWORD)
    act(page)
    signed = now(office, case)
    assert signed.answer is not None
    assert signed.state is State.ISSUED
    # The letter says what its draft said.
    assert signed.answer.letter.text.subject == form.letter.subject


@pytest.mark.long
def test_a_challenge_is_written_and_the_second_one_is_the_supervisors(office: Office) -> None:
    two_sign(office)
    case = propose(office, in_review(office), listed=False)
    for comment in ("سند خوانا نیست", "باز هم خوانا نیست"):
        page, form = signing(office, case)
        answer(form, AGAINST)
        assert main_words(page) == "ثبت مخالفت"
        assert not form.password.isVisible()
        act(page)
        assert form.comment.error() == "توضیح مخالفت را بنویسید؛ کارشناس آن را می‌خواند."
        form.reason.set_value("paper-unclear")
        form.wanted.set_value("look-again")
        form.comment.setFocus()
        type_text(page, comment)
        act(page)
        after = now(office, case)
        if after.state is State.IN_REVIEW:
            case = propose(office, after, listed=False)
    assert [each.comment for each in after.challenges] == ["سند خوانا نیست", "باز هم خوانا نیست"]
    assert after.to_sign == Role.SUPERVISOR.value
    # With another account he who disagreed is told so, and has nothing to sign.
    crew = office.crew
    named_here(office, "4420000000", crew.signer, crew.supervisor)
    own = opened(office, case, Role.SUPERVISOR)
    assert own._main_form is None
    assert any(each.text() == Tie.CHALLENGE.words for each in own.findChildren(QLabel))
    named_here(office, "4420000001", crew.signer)
    last = opened(office, case, Role.SUPERVISOR)
    assert isinstance(last._main_form, OpinionForm)


@pytest.mark.long
def test_what_changes_nothing_is_signed_together_and_nothing_else(office: Office) -> None:
    two_sign(office)
    changed = propose(office, in_review(office), listed=False)
    easy = plain(office)
    own = plain(office, cases.answered(office.crew, but=easy.request.party.person_id))
    # Only the centre knows that this request is the signer's.
    owner, *_ = own.request.party.persons
    known_as(office, office.crew.signer, owner)
    office.sit(Role.SIGNER)
    page = office.go(places.SignBatch())
    assert isinstance(page, SignBatchPage)
    QApplication.processEvents()
    assert {row.case_id for row in page._found} == {own.case_id, easy.case_id}
    assert page.heading.second == "۲ نظر بی‌تغییر در انتظار امضا"
    assert main_words(page) == "امضای ۲ پرونده"
    for _ in page._found:
        page.tick()
    assert main_words(page) == "امضای گروهی"
    page.table.choose(0)
    for _ in page._found:
        page.tick()
    # What comes while somebody looks is not ticked: the password would sign it unseen.
    first, second = page._found
    page._show(_Loaded([first], 1, {}, Answered(frozenset(), {})))
    page._show(_Loaded([first, second], 2, {}, Answered(frozenset(), {})))
    assert page._ticked == {first.case_id}
    press(page, Key.Key_F5)
    QApplication.processEvents()
    assert main_words(page) == "امضای ۲ پرونده"
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.password.error()
    # The line is slow: nothing is called signed before the centre has taken it.
    ring, office.house.municipality.bell.ring = office.house.municipality.bell.ring, lambda: None
    page.password.setFocus()
    type_text(page, PASSWORD)
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert {*page._results.values()} == {"در صف ارسال به مرکز"}
    assert main_words(page) == "تازه‌سازی"
    page.tick()
    assert page._ticked == set()
    ring()
    QApplication.processEvents()
    # Each row tells what the centre said of it, and stays.
    assert page._results[easy.case_id] == "امضا شد"
    assert "همکار دیگری" in page._results[own.case_id]
    assert page.rows.rowCount() == 2
    assert now(office, easy).answer is not None
    assert now(office, own).state is State.RECOMMENDED
    assert now(office, changed).state is State.RECOMMENDED
