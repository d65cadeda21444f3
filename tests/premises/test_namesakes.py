"""Who is meant by a name: one person at two desks, two people of one name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import access
from desktop.centre import enrolling
from desktop.centre.tables import PersonKeyRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from tests.houses import CHEAP, REZA
from tests.premises.conftest import PASSWORD, Machine, Town
from tests.test_keys import Ring


@pytest.mark.slow
def test_two_people_of_one_name_stay_two(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    desk = opened.running.desk
    assert opened.running.sync().well

    def come(role: Role, password: str, namesake: enrolling.Namesake) -> None:
        with town.centre.writing() as session:
            code = enrolling.new_person_code(
                session, "21", town.clock.now(), "حسن یزدی", role, namesake
            ).text
        access.join(desk, code, password, CHEAP)
        assert opened.running.sync().well

    first = access.sign_in(desk, "حسن یزدی", PASSWORD).staff.staff_id
    with pytest.raises(Refusal, match=first):
        come(Role.CLERK, "گذرواژهٔ دوم", enrolling.Namesake())
    with pytest.raises(Refusal, match="سمت"):
        come(Role.CLERK, "گذرواژهٔ دوم", enrolling.Namesake(again=first))
    another = enrolling.Namesake(another=True, national_id=REZA.national_id)
    come(Role.MANAGER, "گذرواژهٔ دوم", another)
    come(Role.CLERK, "گذرواژهٔ دوم", another)
    # The first one's keys are as they were; who has the same name is told by the password.
    assert access.sign_in(desk, "حسن یزدی", PASSWORD).staff.staff_id == first
    with pytest.raises(Refusal, match="سمت را هم"):
        access.sign_in(desk, "حسن یزدی", "گذرواژهٔ دوم")
    manager, clerk = (
        access.sign_in(desk, f"حسن یزدی، {role.word}", "گذرواژهٔ دوم").staff
        for role in (Role.MANAGER, Role.CLERK)
    )
    assert len({first, manager.staff_id, clerk.staff_id}) == 3
    assert access.sign_in(desk, clerk.staff_id, "گذرواژهٔ دوم").staff == clerk
    come(Role.MANAGER, "گذرواژهٔ نو", enrolling.Namesake(again=first))
    assert access.sign_in(desk, "حسن یزدی", "گذرواژهٔ نو").staff.staff_id == first
    # Which of two managers comes to a second desk must be said, too.
    with pytest.raises(Refusal, match="--another"):
        town.code()
    opened.close()


@pytest.mark.long
def test_two_codes_for_one_new_name_make_one_person(
    machine: Machine, town: Town, tmp_path: Path
) -> None:
    """Two sheets for two machines, or one sheet that was lost: neither was used yet."""
    codes = [town.code(), town.code()]
    with town.centre.writing() as session, pytest.raises(Refusal, match="--another"):
        # Who comes to a desk that is there may be a namesake: that must be said.
        enrolling.new_person_code(session, "21", town.clock.now(), "حسن یزدی", Role.MANAGER)
    other = replace(machine, home=tmp_path / "other", ring=Ring())
    for each, code in zip((machine, other), codes, strict=True):
        each.join(code).begin()
    with town.centre.reading() as session:
        assert [row.name for row in session.scalars(select(PersonRow))] == ["حسن یزدی"]
        assert len(session.scalars(select(PersonKeyRow)).all()) == 2
    # What nobody came with in time names nobody any more.
    stale = town.code(manager="مریم کریمی")
    town.clock.moment += enrolling.VALID + timedelta(seconds=1)
    assert stale
    with town.centre.writing() as session:
        assert enrolling.new_person_code(
            session, "21", town.clock.now(), "مریم کریمی", Role.CLERK, REZA
        ).text
