"""The unit follows messages to citizens that did not arrive, office by office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.message import Occasion
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.notices.messages import CitizenMessagesPage
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.rows import ListRow
from desktop.wire.messages import FailedBody, MessagesAnswer
from tests.houses import MORNING
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
CAUSES = ("شماره در شبکه نیست", "گوشی خاموش است و پیام پس از دو روز پس فرستاده شد")


def full_messages(case_id: str = "c") -> MessagesAnswer:
    """Some of two offices did not arrive, others wait."""
    failed = [
        FailedBody(
            case_id=case_id,
            tracking="21-050903-02-0032-4",
            office_id=("21", "elsewhere")[number % 2],
            service="clearance",
            occasion=tuple(Occasion)[number % 4],
            made_at=MORNING - timedelta(hours=number),
            cause=CAUSES[number % 2],
        )
        for number in range(5)
    ]
    return MessagesAnswer(
        time=MORNING, waiting=12, oldest=MORNING - timedelta(minutes=50), failed=failed,
        offices={"21": 3, "elsewhere": 2},
    )  # fmt: skip


def opened(office: Office) -> CitizenMessagesPage:
    office.sit(Role.SUPERVISOR)
    page = office.go(places.CitizenMessages())
    assert isinstance(page, CitizenMessagesPage)
    wake(office)
    return page


def side(page: CitizenMessagesPage) -> list[str]:
    return [label.text() for label in page.panel.findChildren(Label)]


@pytest.mark.long
def test_nothing_that_failed_is_said_in_words(office: Office) -> None:
    page = opened(office)
    assert page.empty.isVisible()
    assert "هیچ دفتری پیام نرسیده ندارد." in side(page)
    assert faults(office) == []


@pytest.mark.long
def test_one_office_is_looked_at_and_its_case_opened(office: Office) -> None:
    page = opened(office)
    page.show_answer(full_messages())
    QApplication.processEvents()
    assert page.rows.rowCount() == 5
    assert "۱۲ پیام هنوز فرستاده نشده است" in page.waits.words.text()
    assert faults(office) == []
    (own,) = (row for row in page.panel.findChildren(ListRow) if "۲۱" in row.accessibleName())
    own.click()
    QApplication.processEvents()
    assert page.rows.rowCount() == 3
    assert page.returns_to == places.CitizenMessages("21")
    press(page.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert isinstance(office.page, MunicipalCasePage)
    assert office.page.place.case_id == "c"
