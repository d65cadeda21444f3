"""A commission's day: agendas of ticked cases, the ruling's service at the counter, its term."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.following import case_now
from desktop.domain.people import Role
from desktop.domain.ruling import Serving
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.commissions.forms import FinalForm
from desktop.ui.pages.commissions.page import CommissionsPage
from desktop.ui.pages.commissions.service_forms import ServeForm
from desktop.wire.commissions import Awaits
from tests.ui.keyboard import press, type_text
from tests.ui.pages.commissions.made import OTHER, first_ruling, in_session, shown
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import act, main_words, opened
from tests.ui.pages.seeing import wake

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def listed(office: Office) -> CommissionsPage:
    """The list as the expert opens it."""
    office.sit(Role.EXPERT)
    wake(office)
    page = office.go(places.Commissions())
    assert isinstance(page, CommissionsPage)
    return page


def awaited(page: CommissionsPage) -> list[str]:
    """What the rows that show wait for."""
    assert page._told is not None
    return [row.awaits for row in page._told.rows]


@pytest.mark.long
def test_cases_that_are_ticked_go_to_another_session_together(office: Office) -> None:
    for session in ("31", "32"):
        in_session(office, session)
    page = listed(office)
    assert awaited(page) == [Awaits.RULING, Awaits.RULING]
    for _ in range(2):
        press(page.table, Key.Key_Space)
    assert main_words(page) == "دستور جلسه برای ۲ پرونده…"
    press(page, Key.Key_F2)
    assert page.form is not None
    # Meanwhile the list turns round: the form is of those for which it was opened.
    told = page._told
    assert told is not None
    page.table.choose(0)
    chosen = page.row
    page._show(told.model_copy(update={"rows": told.rows[::-1], "counts": told.counts}), {})
    assert page.row == chosen
    assert page._for_session == [row.case_id for row in told.rows]
    press(page, Key.Key_Return, CONTROL)
    assert page.form.number.error() == "شمارهٔ جلسه را بنویسید."
    page.form.number.setFocus()
    type_text(page, "33")
    page.form.day.setFocus()
    type_text(page, "=")
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert page.form is None
    assert page._told is not None
    assert {row.session for row in page._told.rows} == {"33"}
    press(page, Key.Key_F8)
    assert page.cover.isVisible()
    press(page, Key.Key_Escape)
    # Only what awaits the same thing.
    page.filters.chips[Awaits.SESSION.value].click()
    QApplication.processEvents()
    assert awaited(page) == []
    assert page.empty.isVisible()


@pytest.mark.slow
def test_a_ruling_is_served_at_the_counter_on_each_and_then_becomes_final(office: Office) -> None:
    case = first_ruling(office, OTHER)
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    assert main_words(page) == "ابلاغ رأی"
    for person, receiver in enumerate(case.commission_result.against):  # type: ignore[union-attr]
        press(page, Key.Key_Return, CONTROL)
        form = page.form
        assert isinstance(form, ServeForm)
        form.who.set_value(str(person))
        form.way.set_value(Serving.PERSON.value)
        form.way.edited.emit()
        assert form.receiver_id.isVisible()
        assert not form.paper.isVisible()
        form.receiver_id.setFocus()
        # A buyer, a bank's or a notary's man holds the paper in vain.
        type_text(page, "0499370899")
        press(page, Key.Key_Return, CONTROL)
        QApplication.processEvents()
        assert form.receiver_id.error().endswith("تنها خود او یا وکیلش می‌گیرد.")  # type: ignore[union-attr]
        form.receiver_id.set_value(receiver.person_id)
        press(page, Key.Key_Return, CONTROL)
        QApplication.processEvents()
    office.house.office.sync()
    after = case_now(office.crew.clerk, case.case_id)
    assert [served.place for served in after.served] == [0, 1]
    assert len({served.until for served in after.served}) == 1
    desk = opened(office, case, Role.EXPERT)
    final = desk._main_form
    assert isinstance(final, FinalForm)
    act(desk)
    assert final.banner.isVisible()
    assert shown(office, case).state is State.COMMISSION
    office.clock.moment += timedelta(days=12)
    desk = opened(office, case, Role.EXPERT)
    act(desk)
    after = shown(office, case)
    assert after.commission_result is not None
    assert after.commission_result.stage == "final"
    assert after.state is not State.COMMISSION
