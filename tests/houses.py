"""Houses for tests, made once and copied: founding one and filling its queue takes seconds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from desktop.centre.context import at_once
from desktop.centre.enrolling import Namesake
from desktop.demo.beginning import fill_queue, ring_at_once, seat_crew
from desktop.demo.city import CityProperty, make_city
from desktop.demo.following import Crew
from desktop.demo.house import SEED, open_house
from desktop.domain.calendar import TEHRAN
from desktop.domain.made_up import made_up_national_id
from desktop.forms.catalogue import whole_text
from desktop.keys import Cost
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from tests.once import made_once

CHEAP = Cost(passes=1, memory=8, lanes=1)
MORNING = datetime(2026, 11, 24, 10, 42, tzinfo=TEHRAN)  # 1405/09/03
PROPERTIES = 300
SARA, REZA = (Namesake(national_id=made_up_national_id(950_000 + n)) for n in (1, 2))
"""Two who are new somewhere, by national ids that are no citizen's."""

Filling = Callable[[House, Crew, SteppingClock], object]
"""What has happened in a house before a test: done once, then copied with it."""


@cache
def properties_on(day: date, count: int = PROPERTIES) -> tuple[CityProperty, ...]:
    """The made-up properties of a house of so many; made once, as that takes 40 ms."""
    return tuple(make_city(count, SEED, day))


# The services that ship are read once a run, not at each opening of a house.
pytest.MonkeyPatch().setattr("desktop.centre.shipping.whole_text", cache(whole_text))


@dataclass(frozen=True)
class Busy:
    """So many requests of this morning, each on its way."""

    today: int

    def __call__(self, house: House, crew: Crew, clock: SteppingClock) -> None:
        """Register them and lead each a while."""
        fill_queue(house, crew, clock, properties=PROPERTIES, today=self.today)


def copied_house(
    folder: Path,
    clock: SteppingClock,
    properties: int,
    filling: Filling | None = None,
    later: Callable[[Callable[[], object]], object] = at_once,
) -> House:
    """A house of so many properties on 1405/09/03, in a folder of its own.

    With a filling the clock is set to where that ended. `later` does the centre's longer work.
    """
    founded, moment = _founded(properties, filling)
    copy_folder(founded, folder)
    clock.moment = max(clock.moment, moment)
    # At the moment at which it was closed nothing is due.
    opening = Opening(clock, cost=CHEAP, later=later, behind=clock.moment == moment)
    return open_house(folder, opening, properties=properties)


def copy_folder(founded: Path, folder: Path) -> None:
    """The house's folder once more, without writing its desks' reserves of 20 MB again: they are
    only ever taken away."""

    def copy(source: str, target: str) -> None:
        if source.endswith(".reserve"):
            # Where both are on one disk, as a run's folders are.
            with suppress(OSError):
                os.link(source, target)
                return
        shutil.copy2(source, target)

    shutil.copytree(founded, folder, copy_function=copy)


@cache
def _founded(properties: int, filling: Filling | None) -> tuple[Path, datetime]:
    house, ended = made_once(
        f"{properties}-{_name(filling)}",
        lambda folder: _found(folder, properties, filling).isoformat(),
    )
    return house, datetime.fromisoformat(ended)


def _name(filling: Filling | None) -> str:
    """The same in every worker: a function's own name, or what a filling with a number says."""
    return f"{filling.__module__}.{getattr(filling, '__name__', filling)}" if filling else "empty"


def _found(folder: Path, properties: int, filling: Filling | None) -> datetime:
    clock = SteppingClock(MORNING.astimezone(UTC))
    if filling is not None:
        # Each begins with the same empty one.
        copy_folder(_founded(properties, None)[0], folder)
    opening = Opening(clock, cost=CHEAP, later=at_once)
    house = open_house(folder, opening, properties=properties)
    if filling is not None:
        ring_at_once(house)
        filling(house, seat_crew(house), clock)
        house.close()
        # What was due since is done here, not once more in every copy.
        house = open_house(folder, opening, properties=properties)
    house.close()
    return clock.moment
