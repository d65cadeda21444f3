"""The whole program, desk and centre in one process, killed at random: both files still agree."""

from __future__ import annotations

from datetime import UTC
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from desktop.centre.counting import counted
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import Scenario, make_city
from desktop.demo.house import open_house
from desktop.domain.property import PropertyRecord
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.store import outbox, queue, view
from tests.houses import CHEAP, MORNING
from tests.sync.dying import FORKS, killed
from tests.town import PROPERTIES, Town

CASES = 10
# Seconds, at the least, that a case takes: the death comes anywhere in it.
_ONE = 0.06
FORKS.set_forkserver_preload(["tests.sync.test_house_kills", "tests.sync.dying"])


def opened(folder: Path) -> House:
    """The house in the folder, every act followed by a round."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    house = open_house(folder, Opening(clock, cost=CHEAP), properties=PROPERTIES)
    ring_at_once(house)
    return house


def work(pipe: Connection, folder: Path, records: list[PropertyRecord], slip: int) -> None:
    """Register and pay case after case; say each one's id when the desk has said «ثبت شد»."""
    house = opened(folder)
    clock = SteppingClock(MORNING.astimezone(UTC))
    town = Town(house, clock, seat_crew(house), {Scenario.CLEAN: records}, count(slip))
    pipe.send("")
    for record in records:
        pipe.send(town.register(record))
    house.close()


def demand_agreed(house: House, told: list[str]) -> None:
    """Both files hold what the clerk was told, and the same of it; numbers have no gaps."""
    assert house.office.sync().well
    store = house.office.desk.store
    setting_for = house.office.desk.reference.setting_for
    with store.reading() as session:
        assert outbox.waiting(session).count == 0
        assert view.differing(session, setting_for) == []
        rows = [queue.one(session, case_id) for case_id in told]
        assert all(row and not row.provisional for row in rows)
        known = len(queue.ids(session))
    figures = counted(house.centre)
    assert figures["cases"] == known
    assert (figures["gaps"], figures["held"], figures["refused"]) == (0, 0, 0)


def live_and_die(folder: Path, records: list[PropertyRecord], times: int) -> None:
    """Kill the house again and again, and look after each time."""
    random = Random(1405)
    told: list[str] = []
    deaths = 0
    opened(folder).close()
    for life in range(times):
        # A process that starts again would give its first slips' numbers to other persons.
        slip = 718_204 + life * CASES
        chosen = random.sample(records, CASES)
        died, ids = killed(
            work, (folder, chosen, slip), random.randrange(CASES), random.uniform(0, _ONE)
        )
        deaths += died
        told += ids
        house = opened(folder)
        demand_agreed(house, told)
        house.close()
    assert deaths > times / 2
    assert len(told) > times


@pytest.fixture(scope="module")
def records() -> list[PropertyRecord]:
    """Properties of the made-up city whose requests are answered at once."""
    return [
        item.record
        for item in make_city(PROPERTIES, 1405, MORNING.date())
        if item.scenario is Scenario.CLEAN
        and item.record.owners
        and len(item.record.owners[0].person_id) == 10
    ]


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_house_is_killed_at_random(tmp_path: Path, records: list[PropertyRecord]) -> None:
    live_and_die(tmp_path, records, 30)
