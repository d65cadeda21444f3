"""A desk of an office that goes by an id: it joins by the code and shows nobody the id."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import access
from desktop.premises.served import open_office
from tests.premises.conftest import OFFICE, PASSWORD, Machine, Town


@pytest.mark.slow
def test_a_desk_goes_by_its_office_s_id_and_shows_its_code(machine: Machine, town: Town) -> None:
    office_id = open_office(town.centre, replace(OFFICE, code="31", name="دفتر پیشخوان ۳۱"))
    joining = machine.joining()
    joining.reach("markaz.example")
    assert joining.join(town.code("31")).code == "31"
    joining.take_password(PASSWORD)
    joining.begin()
    opened = machine.open()
    desk = opened.running.desk
    assert (desk.identity().office, desk.identity().home) == (office_id, f"office:{office_id}")
    # Nobody is shown an id, also before the office's card has come here.
    assert access.place_of(desk) == "این دفتر، باجهٔ ۱"
    opened.running.sync()
    assert access.place_of(desk) == "دفتر پیشخوان ۳۱، باجهٔ ۱"
    assert access.sign_in(desk, "حسن یزدی", PASSWORD).staff.office == office_id
    opened.close()
