"""Houses for tests, made once and copied: founding one and filling its queue takes seconds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop.centre.context import at_once
from desktop.domain.calendar import TEHRAN
from desktop.keys import Cost
from desktop.trial.day import SteppingClock, fill_queue, ring_at_once, seat_crew
from desktop.trial.following import Crew
from desktop.trial.house import House, open_house

CHEAP = Cost(passes=1, memory=8, lanes=1)
MORNING = datetime(2026, 11, 24, 10, 42, tzinfo=TEHRAN)  # 1405/09/03
PROPERTIES = 300

Filling = Callable[[House, Crew, SteppingClock], object]
"""What has happened in a house before a test: done once, then copied with it."""


def busy(today: int) -> Filling:
    """So many requests of this morning, each on its way; always the same filling for a number."""
    return _BUSY.setdefault(today, _filling(today))


_BUSY: dict[int, Filling] = {}


def _filling(today: int) -> Filling:
    def fill(house: House, crew: Crew, clock: SteppingClock) -> None:
        fill_queue(house, crew, clock, properties=PROPERTIES, today=today)

    return fill


def copied_house(
    folder: Path, clock: SteppingClock, properties: int, filling: Filling | None = None
) -> House:
    """A house of so many properties on 1405/09/03, in a folder of its own.

    With a filling the clock is set to where that ended.
    """
    founded, moment = _founded(properties, filling)
    shutil.copytree(founded, folder)
    clock.moment = max(clock.moment, moment)
    return open_house(folder, clock, properties=properties, cost=CHEAP, later=at_once)


@cache
def _founded(properties: int, filling: Filling | None) -> tuple[Path, datetime]:
    folder = Path(mkdtemp(prefix="pishkhan-tests-")) / "house"
    clock = SteppingClock(MORNING.astimezone(UTC))
    house = open_house(folder, clock, properties=properties, cost=CHEAP, later=at_once)
    if filling is not None:
        ring_at_once(house)
        filling(house, seat_crew(house), clock)
    house.close()
    return folder, clock.moment
