"""A name that was typed without a space, on the pages that show it beside the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from desktop.actions import intake
from desktop.actions.intake import FeePayment
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.widgets.label import Label
from tests.ui.layout_check import find_problems
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form
from tests.ui.pages.municipal_walks import as_page
from tests.ui.pages.paper_hands import settle


@pytest.mark.slow
def test_a_name_without_a_space_pushes_nothing_out_of_sight(office: Office) -> None:
    filled = a_form(office)
    endless = {"first_name": "سیدمحمدمهدی" * 4, "last_name": "میرجلیلیطباطبایی" * 3}
    filled = replace(filled, party={**filled.party, **endless})
    clerk = office.crew.clerk
    service, paid = intake.services(clerk.desk)["no-violation"], FeePayment("terminal", "1")
    case = intake.register(clerk, service, filled, paid)
    office.sit(Role.CLERK)
    ways: list[Callable[[], object]] = [
        partial(office.go, places.Case(case.case_id)),
        partial(office.go, places.Queue()),
        partial(office.go, places.Outcome(case.case_id)),
        lambda: as_page(office, OutcomePage).show_receipt(),
    ]
    for way in ways:
        way()
        settle()
        assert find_problems(office.window) == []
        shown = [each.text() for each in office.window.findChildren(Label) if each.isVisible()]
        assert any(endless["last_name"] in words for words in shown)
