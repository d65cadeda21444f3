"""کارکنان of a city with more people than a page of their list: each page as it is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import people
from desktop.domain.people import Role
from desktop.domain.staff_state import StaffState
from desktop.ui import places
from desktop.ui.pages.people.page import PeoplePage
from desktop.ui.pages.people.term_forms import TermForm
from desktop.wire.people import PeopleAsk
from tests.many_people import many_people, name_of
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.people import hands
from tests.ui.pages.people.hands import ZARE
from tests.ui.pages.seeing import wake

pytestmark = pytest.mark.slow


def test_of_many_people_the_pages_come_that_are_looked_at(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_people(office.house.centre, 700)
    asked: list[PeopleAsk] = []
    ask = people._ask

    def note(*args: Any, **kwargs: Any) -> PeopleAsk:
        asked.append(ask(*args, **kwargs))
        return asked[-1]

    monkeypatch.setattr(people, "_ask", note)
    page = hands.opened(office, Role.SUPERVISOR)
    assert page.rows.rowCount() > 700
    # The first page; for the cards under the list everybody of the first one's office alone.
    assert {each.office for each in asked if each.limit > 64} == {"21"}
    assert {each.first for each in asked if not each.office} == {0}
    asked.clear()
    last = page.rows.rowCount() - 1
    page.table.choose(last)
    page.rows.want(last)
    QApplication.processEvents()
    assert page.person is not None
    assert page.person.office == "municipality"
    firsts = {each.first for each in asked if not each.office}
    assert last // 64 * 64 in firsts
    # And what stands in sight above it.
    assert min(firsts) >= last // 64 * 64 - 64
    assert "۷۱۱" in page.filters.chips[StaffState.AT_WORK.value].accessibleName()
    page.pick_list = lambda _, name: tmp_path / f"{name}.csv"
    page.write_list()
    (path,) = tmp_path.glob("*.csv")
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == page.rows.rowCount() + 1


@pytest.mark.long
def test_whoever_is_far_down_the_list_is_opened_there(office: Office) -> None:
    many_people(office.house.centre, 400)
    office.sit(Role.SUPERVISOR)
    wake(office)
    page = office.go(places.People(person="many-000350"))
    assert isinstance(page, PeoplePage)
    assert page.person is not None
    assert page.person.name == name_of(350)
    assert page.table.row() > 64
    # Looked at again it is still he.
    press(page, Qt.Key.Key_F5)
    assert page.person.staff == "many-000350"
    # What is typed is found whatever page it stands on; the form has his colleagues.
    page.typed.set_value(name_of(399))
    page._list()
    assert hands.names(page) == [name_of(399)]
    page.open_term()
    assert isinstance(page.form, TermForm)
    assert (ZARE, "مسئول دفتر") in [
        tuple(words.split("، ")) for _, words in page.form._deputy.options()[1:]
    ]
