"""No visit is sold or put on a day on which nobody goes; on which day one took place is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain import commands as c
from desktop.domain.applying import apply
from desktop.domain.calendar import weekday
from desktop.domain.errors import Refusal
from desktop.domain.facts import SlotMoved
from desktop.domain.lawful import handle
from desktop.domain.people import Role
from desktop.domain.request import Slot
from desktop.domain.state import State
from desktop.domain.stream import Fact
from tests.domain.walked import NOW, PEOPLE, SETTING, TODAY
from tests.office import CLERK, request

FRIDAY = next(
    day for day in (TODAY + timedelta(days=n) for n in range(1, 8)) if weekday(day) == "جمعه"
)
SOLD = Slot(FRIDAY + timedelta(days=1), 1, 2)


def asked(role: Role, state: State, payload: c.CasePayload, day_after: int = 0) -> object:
    put_in = c.Command("c", "case-1", "d", 1, CLERK.staff_id, 0, NOW, c.Register(request(1)))
    registered, *_ = handle(None, put_in, CLERK, SETTING)
    told = Fact("f", "office:21", 1, "case-1", 1, "c", CLERK.staff_id, "", NOW, registered)
    case = replace(apply(None, told), state=state, slot=SOLD)
    who = PEOPLE[role]
    command = c.Command("d", "case-1", "d", 2, who.staff_id, 1, NOW, payload)
    setting = replace(SETTING, now=NOW + timedelta(days=day_after))
    return handle(case, command, who, setting)[0]


@pytest.mark.parametrize(
    ("role", "state", "payload"),
    [
        (Role.CLERK, State.VISIT_DUE, c.BookVisit(Slot(FRIDAY, 1, 2), "مالک", "0913")),
        (Role.CLERK, State.BOOKED, c.MoveVisit(Slot(FRIDAY, 1, 2), "درخواست مالک")),
        (Role.PLANNER, State.BOOKED, c.MoveVisit(Slot(FRIDAY, 2, 2), "بیماری مأمور")),
    ],
)
def test_nothing_is_put_on_a_friday(role: Role, state: State, payload: c.CasePayload) -> None:
    with pytest.raises(Refusal, match="تعطیل"):
        asked(role, state, payload)


def test_a_visit_that_took_place_on_a_friday_is_told() -> None:
    held = c.MoveVisit(Slot(FRIDAY, 1, 2), "با هماهنگی متقاضی")
    assert isinstance(asked(Role.INSPECTOR, State.BOOKED, held, day_after=10), SlotMoved)
