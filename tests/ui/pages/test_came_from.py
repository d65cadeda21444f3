"""A case that another office had before: its mark in the list, its log, the citizen's notice."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import heirs, staffing
from desktop.centre import doing
from desktop.demo.city import Scenario
from desktop.demo.people import OFFICE
from desktop.domain import commands as c
from desktop.domain.people import Role
from desktop.domain.stop import Stopped
from desktop.trial.counters import Act, Counter, new_counter
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.queue.page import QueuePage
from desktop.ui.widgets.button import Button
from tests.delegated import ACT
from tests.houses import MORNING, properties_on
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import told, town_of
from tests.ui.pages.seeing import wake

pytestmark = pytest.mark.slow


def came(office: Office, *, mobile: str = "09131234567") -> str:
    """A case of office 41 that owes something, which office 21 finishes since 41 was stopped."""
    town_of(office)
    counter = new_counter(office.house.centre, "41")
    record = next(
        item.record
        for item in properties_on(MORNING.date())
        if item.scenario is Scenario.DEBT and len(item.record.owners[0].person_id) == 10
    )
    acts = counter.register(record, "clearance")
    case_id = acts[0].case_id
    counter.push(*acts, Act(case_id, c.Amend({"party.mobile": mobile})))
    _stop(office, counter)
    return case_id


def _stop(office: Office, counter: Counter) -> None:
    supervisor = office.crew.supervisor
    staffing.stop(supervisor, Stopped.OFFICE, counter.office, "گزارش بازرسی", ACT)
    heirs.name(supervisor, counter.office, OFFICE.code, ACT)
    office.house.office.sync()


def test_the_list_tells_from_where_it_came(office: Office) -> None:
    came(office)
    office.sit(Role.CLERK)
    page = office.go(places.Queue())
    assert isinstance(page, QueuePage)
    QApplication.processEvents()
    marks = [line.came_from for line in page.lines.values() if line.came_from]
    assert marks == ["دفتر پیشخوان ۴۱"]
    assert "از دفتر پیشخوان ۴۱" in told(page)


@pytest.mark.parametrize("mobile", ["09131234567", ""])
@pytest.mark.long
def test_who_has_no_telephone_gets_it_on_paper(
    office: Office, monkeypatch: pytest.MonkeyPatch, mobile: str
) -> None:
    with monkeypatch.context() as before:
        # As of before the form asked for a telephone.
        before.setattr(doing, "check_amendment", lambda *_: ())
        case_id = came(office, mobile=mobile)
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(places.Case(case_id))
    assert isinstance(page, CasePage)
    assert "پرونده از دفتر دیگری رسید" in told(page)
    assert page.bar is not None
    keys = {each.text(): each for each in page.bar.findChildren(Button)}
    notice = next((key for words, key in keys.items() if words.startswith("اطلاع به")), None)
    assert (notice is None) is bool(mobile)
    if notice is not None:
        notice.click()
        QApplication.processEvents()
        assert page.paper.isVisible()
        assert any("چاپ اطلاع" in each.text() for each in page.bar.findChildren(Button))
    assert page.findChildren(QLabel)
