"""Who stands in for somebody is told when he sits down, and changes to that seat and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from desktop.centre.reference import publication
from desktop.demo.people import PASSWORD
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.staffing import Leave, StaffTerm
from desktop.domain.stream import Topic
from desktop.forms.published_values import value_text
from desktop.ui import places
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.told.banner import Banner
from tests.houses import MORNING
from tests.ui.pages.conftest import Office
from tests.ui.pages.people import hands

TODAY = MORNING.date()
HEAD = "ناهید ابویی"


@pytest.fixture
def deputy(office: Office) -> Office:
    """The expert sits here on a day on which he stands in for the head of the department."""
    crew = office.crew
    away = Leave(TODAY, TODAY + timedelta(days=2), crew.expert.staff.staff_id)
    head = crew.signer.staff.staff_id
    term = StaffTerm(head, MUNICIPALITY, "signer", TODAY, None, (away,))
    office.house.put_in_force([publication(Topic.STAFF, head, TODAY, value_text(term))])
    office.sit(Role.EXPERT)
    QApplication.processEvents()
    return office


def told(office: Office, words: str) -> Banner:
    found = [b for b in office.window.findChildren(Banner) if b.isVisible()]
    return next(b for b in found if words in b.words.text())


def offered(office: Office) -> list[str]:
    return [each.words for each in office.window.noticing.deputising.offered()]


@pytest.mark.slow
def test_one_sits_in_the_others_place_and_is_back_in_his_own(deputy: Office) -> None:
    window = deputy.window
    assert offered(deputy) == [f"نشستن به جای {HEAD}"]
    told(deputy, f"{HEAD} در مرخصی است").link.click()
    QApplication.processEvents()
    seat = window.seat.staff
    assert (seat.role, seat.stands_in_for) == (Role.SIGNER, HEAD)
    assert window.page is not None
    assert window.page.place == DUTIES[Role.SIGNER].first
    assert told(deputy, f"به جانشینی {HEAD}")
    # After the lock the same seat and page are there again.
    deputy.go(places.Keys())
    window.lock()
    window.sign_in.password.set_value(PASSWORD)
    window.sign_in.go()
    QApplication.processEvents()
    assert window.seat.staff == seat
    assert window.page.place == places.Keys()
    assert offered(deputy) == ["بازگشت به نقش خود"]
    window.noticing.deputising.offered()[0].do()
    QApplication.processEvents()
    assert window.seat.staff == deputy.crew.expert.staff


@pytest.mark.long
def test_the_deputys_card_says_whose_and_when(deputy: Office) -> None:
    page = hands.opened(deputy, Role.SUPERVISOR)
    hands.choose(page, deputy.crew.expert.staff.name)
    words = hands.words_of(page.person_side)
    assert "به جانشینی" in words
    assert f"{HEAD}، رئیس ادارهٔ شهرسازی" in words
