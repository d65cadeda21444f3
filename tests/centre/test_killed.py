"""PostgreSQL is killed, or a device revoked, while offices push: what was told is what is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from desktop.centre import enrolling
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.demo.city import Scenario
from desktop.domain.errors import Refusal
from desktop.domain.property import PropertyRecord
from desktop.premises.clocks import SteppingClock
from desktop.trial.counters import new_counter
from tests.bouncer import reached
from tests.centre.at_work import at_work, demand_whole, offices_of
from tests.figures import FIGURE
from tests.houses import MORNING
from tests.mortal import mortal
from tests.servers import address
from tests.town import Town, founded_on

KILLS, CASES = 8, 150
OFFICES = ("41", "42", "43", "44")


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", [pytest.param("straight", marks=pytest.mark.full), "bouncer"])
def test_postgresql_killed_under_load_loses_and_doubles_nothing(
    way: str,
    tmp_path: Path,
    properties: dict[Scenario, list[PropertyRecord]],
    record_property: Callable[[str, object], None],
) -> None:
    random, kills = Random(1405), 0
    with mortal() as server, reached(way, server.address) as door:
        clock = SteppingClock(MORNING.astimezone(UTC))
        place = address(door, "killed")
        house = founded_on(server.address).copy(tmp_path / "house", place, clock)
        centre = house.centre
        offices = offices_of(centre, OFFICES, properties[Scenario.CLEAN], CASES)
        with at_work(offices) as threads:
            for _ in range(KILLS):
                time.sleep(random.uniform(0.1, 0.8))
                kills += any(thread.is_alive() for thread in threads)
                server.kill()
                server.begin()
        demand_whole(centre, offices)
        house.close()
    assert kills > KILLS / 2, "mostly nobody was at work"
    told = sum(office.counter.told for office in offices)
    figure = f"PostgreSQL killed {kills} times under load, {way}: {told:,} acts, none lost"
    record_property(FIGURE, figure)


@pytest.mark.slow
def test_a_device_revoked_in_the_middle_of_a_batch_has_sent_what_it_was_told(
    postgres_town: Town,
) -> None:
    centre = postgres_town.house.centre
    counter = new_counter(centre, "41")
    record = postgres_town.record(Scenario.CLEAN)
    acts = [act for _ in range(40) for act in counter.register(record)]
    refused: list[str] = []

    def push() -> None:
        try:
            for first in range(0, len(acts), 4):
                counter.push(*acts[first : first + 4])
        except Refusal as no:
            refused.append(no.words)

    thread = threading.Thread(target=push)
    thread.start()
    while counter.told < 8:
        time.sleep(0.001)
    with centre.writing() as session:
        enrolling.revoke(session, counter.device_id, centre.clock())
    own = DeviceRow.device_id == counter.device_id
    with centre.reading() as session:
        head = session.scalars(select(DeviceRow.head_seq).where(own)).one()
    thread.join()
    assert refused == ["این باجه از کار برکنار شده است."]
    # From the moment on that it was revoked nothing was taken; before, all of which it was told.
    assert counter.told == head < len(acts)
    kept = select(func.count()).where(CommandRow.device_id == counter.device_id)
    with centre.reading() as session:
        assert session.scalar(kept) == head
