"""Who goes where when is written by the planner as a sheet and signed by another person."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import publishing, rounds, visits
from desktop.demo.following import book, case_now
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.stream import Topic
from desktop.ui import places
from desktop.ui.pages.services.reader import PublicationPage
from desktop.ui.pages.visits.page import VisitPlanPage
from desktop.ui.pages.visits.rounds_form import RoundsForm
from tests.delegated import TODAY
from tests.ui.keyboard import type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow


def main(page: VisitPlanPage) -> None:
    assert page.bar is not None
    assert page.bar.press_main()
    QApplication.processEvents()


def test_the_planner_writes_the_rounds_and_they_hold_when_another_signed(office: Office) -> None:
    case = cases.to_visit(office.crew)
    book(office.crew, case)
    booked = case_now(office.crew.clerk, case.case_id).slot
    assert booked is not None
    office.sit(Role.PLANNER)
    wake(office)
    page = office.page
    assert isinstance(page, VisitPlanPage)
    page.begin_rounds()
    form = page.form
    assert isinstance(form, RoundsForm)
    assert [row["who"] for row in form._typed] == ["ali-kargar"]
    form._since.set_value(booked.day)
    # A cell of the sheet: he goes to his districts but one, on no Saturday.
    model = form._rows.rows
    districts = model.index(0, 1)
    model.setData(districts, "یک")
    main(page)
    assert "ردیف ۱" in (form.rounds.error() or "")
    left = [each for each in (1, 2, 3, 4, 5) if each != booked.district]
    model.setData(districts, "، ".join(str(each) for each in left))
    main(page)
    weighed = form.weighed
    assert weighed is not None
    (change,) = weighed.answer.told.changes
    assert change.title == "برنامهٔ علی کارگر"
    assert any("منطقه‌ها" in line for line in change.lines)
    assert "۱ بازدید مأمور خود را از دست می‌دهد" in weighed.answer.told.effects[0]
    assert "کسی به منطقهٔ" in weighed.answer.warnings[0].words
    assert faults(office) == []
    form.reason.set_value("مأمور این منطقه بازنشسته شد")
    form.password.control.setFocus()
    type_text(form.password.control, PASSWORD)
    main(page)
    assert page.form is None
    assert page.proposed.isVisible()
    (waits,) = rounds.waiting(office.crew.planner)
    # His own signature is no second one, and until there is one nothing has changed.
    page._show_proposed()
    QApplication.processEvents()
    shown = office.page
    assert isinstance(shown, PublicationPage)
    assert shown.own
    assert faults(office) == []
    with pytest.raises(Refusal, match="ناظر"):
        publishing.sign(office.crew.planner, waits)
    assert visits.to_move(office.crew.planner).total == 0
    publishing.sign(office.crew.supervisor, waits)
    assert visits.to_move(office.crew.planner).total == 1
    assert visits.free_slots(office.crew.clerk, booked.district) == []
    office.go(places.VisitPlan())
    QApplication.processEvents()
    again = office.page
    assert isinstance(again, VisitPlanPage)
    assert not again.proposed.isVisible()
    _only_a_planner_puts_rounds_forward(office)


def _only_a_planner_puts_rounds_forward(office: Office) -> None:
    """From tomorrow on, and nothing else."""
    desk = office.crew.planner.desk
    rows = [{**rounds.look(desk, TODAY).rows[0], "visits": "5"}]
    draft = rounds.draft(desk, rows, TODAY).draft
    with pytest.raises(Refusal, match="برقرار نمی‌شود"):
        publishing.put_forward(office.crew.planner, draft)
    with pytest.raises(Refusal):
        publishing.put_forward(office.crew.expert, draft)
    other = draft.model_copy(update={"topic": Topic.TARIFF})
    with pytest.raises(Refusal):
        publishing.put_forward(office.crew.planner, other)
