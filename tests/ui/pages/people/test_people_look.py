"""The page of people at every zoom and in both themes, in every state, with long names."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import access, people_changes, publishing, registry, staffing
from desktop.domain.locking import TRIES
from desktop.domain.people import Role
from desktop.domain.staffing import Leave
from desktop.forms.people_sheet import COLUMNS, TITLE
from desktop.forms.sheet_files import write_sheet
from tests.actions.test_people import a_row
from tests.delegated import TODAY, TOMORROW
from tests.publish import refused_words
from tests.ui.pages.conftest import Office
from tests.ui.pages.offices.hands import forty_offices
from tests.ui.pages.people import hands
from tests.ui.pages.people.hands import ZAHRA, ZARE
from tests.ui.pages.seeing import faults

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
LONG = "سیده فاطمه‌زهرا میرجلیلی طباطبایی یزدی"
AWAY = "محمدمهدی دهقان‌زادهٔ بافقی"


def busy(office: Office) -> None:
    """An office with somebody in every state that a list can show at once."""
    hands.signed_in(office, LONG, AWAY)
    crew = office.crew
    person = hands.of(office, LONG)
    registry.give_code(crew.manager, "21", LONG, Role.CLERK, again=person.staff)
    newcomer = people_changes.Newcomer(
        "نام بسیار بلند همکار تازه‌ای که در انتظار است", hands.NARGES_ID, Role.CLERK, "21", TOMORROW
    )
    people_changes.put_forward(crew.manager, [newcomer], TODAY)
    boss = hands.of(office, ZARE)
    leave = Leave(TODAY + timedelta(days=3), TODAY + timedelta(days=9))
    draft = people_changes.term_draft(
        boss, people_changes.with_leave(boss, leave), leave.first, TODAY
    )
    hands.in_force(office, draft)
    codes = list(hands.known(office).services)
    zahra = hands.of(office, ZAHRA)
    given = people_changes.authorities(zahra, codes[:5], TODAY + timedelta(days=90), (0, 1, 4))
    hands.in_force(office, staffing.authorities_draft(given, TOMORROW))
    given = people_changes.authorities(zahra, codes[5:], TODAY + timedelta(days=60), ())
    publishing.put_forward(crew.manager, staffing.authorities_draft(given, TOMORROW))
    # Sits down before nobody of that name gets in.
    assert crew.clerk.staff.name == ZAHRA
    desk = office.house.office.desk
    for _ in range(TRIES):
        refused_words(partial(access.sign_in, desk, ZAHRA, "نادرست"))


@pytest.mark.long
def test_the_managers_page_stands_in_every_look(office: Office, tmp_path: Path) -> None:
    busy(office)
    page = hands.opened(office)
    found = []
    for name in hands.names(page):
        hands.choose(page, name)
        if name in (ZARE, ZAHRA, LONG):
            found += faults(office)
    hands.choose(page, ZAHRA)
    sheet = tmp_path / "همکاران تازهٔ دفتر پیشخوان بلوار آیت‌الله طالقانی.xlsx"
    rows = [a_row(number) for number in range(70)]
    write_sheet(sheet, TITLE, COLUMNS, [row[:1] + ("12",) + row[2:] for row in rows])
    page.pick_sheet = lambda _: sheet
    for act in (
        page.add, page.open_term, page.leave_card.register.click, page.authority.give.click,
        page._slip, page._stop, page._unlock, page.open_sheet,
    ):  # fmt: skip
        act()
        QApplication.processEvents()
        assert page.form is not None
        hands.press_main(page)
        found += faults(office)
        page.close_form()
        QApplication.processEvents()
    assert found == []


@pytest.mark.long
def test_the_units_page_stands_in_every_look_with_forty_offices(office: Office) -> None:
    busy(office)
    forty_offices(office.house, office.crew, office.clock)
    page = hands.opened(office, Role.SUPERVISOR)
    assert len(hands.names(page)) > 100
    found = faults(office)
    page.office.set_value("21")
    page.office.edited.emit()
    found += faults(office)
    hands.choose(page, ZAHRA)
    hands.button(page, "دیدن و امضا").click()
    found += faults(office)
    page.close_form()
    page.add()
    QApplication.processEvents()
    hands.press_main(page)
    found += faults(office)
    page.close_form()
    page.office.set_value("municipality")
    page.office.edited.emit()
    QApplication.processEvents()
    found += faults(office)
    hands.follow(page, "تغییر")
    found += faults(office)
    assert found == []
