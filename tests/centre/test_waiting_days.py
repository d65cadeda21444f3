"""How long citizens waited, told beside how long the machine took: working days to the letter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import board
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, clear
from desktop.domain.calendar import TEHRAN
from desktop.domain.state import State
from tests.houses import MORNING
from tests.town import Town


@pytest.mark.slow
def test_a_citizen_waits_working_days_from_receipt_to_the_letter(town: Town) -> None:
    supervisor = town.crew.supervisor
    at_once = town.register(town.record(Scenario.CLEAN))
    assert case_now(town.crew.clerk, at_once).state is State.ISSUED
    told = board.city_day(supervisor, MORNING.date())
    assert (told.answered, told.waited) == (1, 0)
    reviewed = town.register(town.record(Scenario.DEED), "building-permit")
    # Tuesday to Saturday: Wednesday, Thursday and Saturday are days on which offices are open.
    town.clock.moment += timedelta(days=4)
    clear(town.crew, case_now(town.crew.clerk, reviewed))
    assert case_now(town.crew.clerk, reviewed).state is State.ISSUED
    saturday = town.clock.moment.astimezone(TEHRAN).date()
    told = board.city_day(supervisor, saturday)
    assert (told.received, told.answered, told.waited) == (0, 1, 3)
    week = board.city_day(supervisor, saturday, days=7)
    assert (week.answered, week.waited) == (2, 2)
    assert board.city_day(supervisor, saturday, service="no-violation").answered == 0
