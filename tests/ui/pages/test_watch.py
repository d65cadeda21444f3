"""The supervisor's follow-up: what is late, doubled, or was only asked about, a key away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import board
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.domain.request import Shared
from desktop.ui import places
from desktop.ui.pages.municipality.watch import WatchPage
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.rows import ListRow
from desktop.wire.watch import (
    AskerBody,
    DifferingBody,
    OddSheetsBody,
    PairBody,
    StockBody,
    UnclosedBody,
    WatchAnswer,
    WatchedCase,
)
from tests.houses import Busy, Filling
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)


@pytest.fixture
def filling() -> Filling:
    return Busy(today=12)


def a_case(**changed: object) -> WatchedCase:
    values: dict[str, object] = {
        "case_id": "c1", "office": "دفتر پیشخوان شمارهٔ ۲۱ بلوار آیت‌الله طالقانی",
        "tracking": "21050903020032-7", "service": "building-permit",
        "applicant": "سیده فاطمه‌زهرا میرجلیلی طباطبایی یزدی", "code": "2-14-308-27-1-0-0",
        "state": "in-review", "status": "in-review", "outcome": "review",
        "due_on": TODAY, "left": 0,
    }  # fmt: skip
    return WatchedCase.model_validate({**values, **changed})


def full_watch() -> WatchAnswer:
    """An answer with something in every list."""
    late = a_case(due_on=TODAY - timedelta(days=12), left=-12)
    return WatchAnswer(
        past=1,
        near=2,
        deadlines=[late, a_case(), a_case(due_on=TODAY + timedelta(days=3), left=3)],
        pairs=[
            PairBody(
                shared=shared,
                first=a_case(),
                second=a_case(state="pay-due", status="pay-due", office="دفتر ۲۲"),
            )
            for shared in Shared
        ],
        askers=[
            AskerBody(clerk="زهرا فلاح", office="دفتر ۲۱", asked=40, without=12, last_at=NOW),
            AskerBody(clerk="رضا خبیری", office="دفتر ۲۲", asked=24, without=0, last_at=NOW),
        ],
        unclosed=[
            UnclosedBody(office_id="22", office="دفتر ۲۲", last=TODAY - timedelta(days=5), days=3),
            UnclosedBody(office_id="23", office="دفتر پیشخوان ۲۳", last=None, days=0),
        ],
        unclosed_offices=2,
        stocks=[StockBody(office_id="22", office="دفتر ۲۲", blank=12, taken_at=NOW)],
        odd=[
            OddSheetsBody(case_id="c1", office="دفتر ۲۲", series="الف", first=7, last=8, at=NOW),
            OddSheetsBody(case_id="", office="دفتر ۲۲", series="ب", first=1, last=1, at=NOW),
        ],
        differing=[
            DifferingBody(
                office="دفتر ۲۲",
                name="زهرا فلاح",
                number="1405/21/7",
                names=["مبلغ (ریال)", "مالک"],
                at=NOW,
            )
        ],
    )


def open_watch(office: Office) -> WatchPage:
    office.sit(Role.SUPERVISOR)
    office.go(places.Watch())
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, WatchPage)
    return page


@pytest.mark.slow
def test_f6_leads_to_what_the_centre_tells(office: Office) -> None:
    page = open_watch(office)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "کارتابل ناظر"
    told = board.watched(office.crew.supervisor)
    rows = page.findChildren(ListRow)
    assert len(rows) == len(told.deadlines) + 2 * len(told.pairs) + len(told.askers)
    words = [label.text() for label in page.findChildren(Label)]
    assert "هیچ ملک یا نامهٔ استعلامی در دو دفتر پروندهٔ باز ندارد." in words


@pytest.mark.slow
def test_each_list_says_what_is_pressing_and_opens_its_case(office: Office) -> None:
    page = open_watch(office)
    page.show_answer(full_watch())
    paper = [row.accessibleName() for row in page.findChildren(ListRow)]
    # What may be a forgery stands before all else, the offices' stock at the end.
    assert "۱۴۰۵/۲۱/۷" in paper[0]
    assert "«مبلغ (ریال)» و «مالک»" in paper[0]
    assert "الف ۷ تا ۸" in paper[1]
    assert "۱۲ برگ" in paper[-1]
    names = paper[3:-1]
    assert "۱۲ روز گذشته" in names[0]
    assert "مهلت امروز است" in names[1]
    assert "۳ روز مانده" in names[2]
    assert names[0].startswith("پروانه")
    assert "آخرین روز بسته \u2066۱۴۰۵/۰۸/۲۸\u2069" in names[3]
    assert "۳ روز" in names[3]
    assert "هنوز روزی نبسته است" in names[4]
    assert "دفتر ۲۲" in names[6]
    assert "دفتر ۲۲" in names[8]
    assert "بی‌پرونده: ۱۲ از ۴۰ ملک" in names[9]
    assert "بی‌پرونده: ۰ از ۲۴ ملک" in names[10]
    _, nobodys = page.odd.findChildren(ListRow)
    # Of no letter of the city there is no case to open.
    nobodys.click()
    assert office.page is page
    page.deadlines.findChildren(ListRow)[0].click()
    assert office.page.place == places.MunicipalCase("c1")


@pytest.mark.long
def test_an_office_that_has_not_closed_its_days_opens_its_card(office: Office) -> None:
    page = open_watch(office)
    told = full_watch()
    mine = told.unclosed[0].model_copy(update={"office_id": "21"})
    page.show_answer(told.model_copy(update={"unclosed": [mine]}))
    page.unclosed.findChildren(ListRow)[0].click()
    assert office.page.place == places.Office("21")


@pytest.mark.slow
def test_a_line_that_is_down_is_told_in_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_watch(office)

    def down(_: object) -> WatchAnswer:
        raise LineDown

    monkeypatch.setattr(board, "watched", down)
    press(page, Qt.Key.Key_F5)
    QApplication.processEvents()
    assert page.fault.isVisible()
    monkeypatch.undo()
    page.fault.followed.emit()
    assert not page.fault.isVisible()
