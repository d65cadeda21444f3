"""Requests with a wanted end are such as somebody could make."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from desktop.demo.wanted_cases import CaseSource
from desktop.domain.calendar import TEHRAN
from desktop.domain.decision import Outcome
from desktop.domain.identifiers import renewal_code
from desktop.forms.answers import check
from desktop.forms.shipped import shipped_city
from desktop.premises.clocks import SteppingClock
from tests.houses import MORNING, PROPERTIES, copied_house
from tests.shipped import SHIPPED


@pytest.mark.slow
@pytest.mark.parametrize("later", [0, 10, 25])
def test_days_that_must_lie_ahead_do_whenever_it_is_asked(tmp_path: Path, later: int) -> None:
    clock = SteppingClock((MORNING + timedelta(days=later)).astimezone(UTC))
    house = copied_house(tmp_path / "house", clock, PROPERTIES)
    day, service = clock.moment.astimezone(TEHRAN).date(), SHIPPED["excavation"]
    source = CaseSource(house, shipped_city(), properties=PROPERTIES, seed=1405, day=day)
    for outcome in (Outcome.ANSWER, Outcome.PAY, Outcome.REVIEW):
        wanted = source.request(service, outcome)
        assert check(service, wanted.filled, day).faults == (), outcome
    house.close()


@pytest.mark.slow
def test_nobody_parts_the_land_of_a_flat(tmp_path: Path) -> None:
    services, day = SHIPPED, MORNING.date()
    house = copied_house(tmp_path / "house", SteppingClock(MORNING.astimezone(UTC)), PROPERTIES)
    source = CaseSource(house, shipped_city(), properties=PROPERTIES, seed=1405, day=day)
    for code in ("subdivision", "land-use-change"):
        for outcome in (Outcome.REVIEW, Outcome.VISIT):
            wanted = source.request(services[code], outcome)
            assert not renewal_code(wanted.filled.code).is_unit
    house.close()
