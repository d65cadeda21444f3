"""Opens an installation that carries its own centre: the centre and its two desks, on one clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.actions.desk import Clock
from desktop.centre import people as centre_people
from desktop.centre.context import Centre, in_a_thread
from desktop.centre.signing import CentreKey
from desktop.centre.tick import tick
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.stream import Published
from desktop.keys import COST, Cost, DeviceKeys, new_key
from desktop.premises import founding as first_start
from desktop.premises.clocks import HouseClock, SystemClock
from desktop.premises.desks import InProcess, Running, enrol_person, open_centre, open_desk
from desktop.premises.founding import CENTRE, MUNICIPAL, OFFICE, Founding, Progress
from desktop.sql.engine import Place
from desktop.store.lock import demand_free
from desktop.wire.link import Link

_log = logging.getLogger(__name__)


@dataclass
class House:
    """An installation at work: its own centre and two desks, on one clock."""

    clock: HouseClock
    centre: Centre
    office: Running
    municipality: Running
    stores: Mapping[str, Path] = field(default_factory=dict)

    def desk_of(self, role: Role) -> Running:
        """The desk at which the role sits."""
        return self.municipality if role.is_municipal else self.office

    def set_clock(self, clock: Clock | None) -> None:
        """Tell the time by this clock; by the own one again for None."""
        self.clock.other = clock

    def tick(self) -> int:
        """What time brings about at the centre; told to both desks. How many acts it did."""
        done = tick(self.centre)
        if done:
            self.office.sync()
            self.municipality.sync()
        return done

    def put_in_force(self, facts: Iterable[Published]) -> None:
        """Publish reference data, and let both desks hear of it."""
        with self.centre.writing() as session:
            centre_people.publish(session, facts, self.centre.clock())
        self.office.sync()
        self.municipality.sync()

    def close(self) -> None:
        """Close both stores and the centre's database."""
        self.office.close()
        self.municipality.close()
        self.centre.close()


@dataclass(frozen=True)
class Opening:
    """How an installation is opened.

    `database` is the centre's when it is not a file of the folder; `line` may stand between the
    desks and the centre; `later` does what takes the centre too long for a call; `cost` is what a
    guess at a password costs.
    """

    clock: Clock = field(default_factory=SystemClock)
    cost: Cost = COST
    database: Place | None = None
    line: Callable[[Link], Link] = lambda link: link
    later: Callable[[Callable[[], object]], object] = in_a_thread
    progress: Progress = lambda done, whole: None


def open_premises(
    folder: Path,
    founding: Founding,
    opening: Opening,
    begin: Callable[[House], None] = lambda house: None,
) -> House:
    """The house in the folder; at the first start it is founded, with what `begin` makes there.

    Raises Refusal when its files can't be opened: InUse while a window or a command has it open.
    """

    def make(beside: Path) -> None:
        house = _open(beside, founding, opening, first=True)
        try:
            begin(house)
        finally:
            house.close()

    if not first_start.is_founded(folder):
        first_start.found(folder, make)
    house = _open(folder, founding, opening, first=False)
    house.tick()
    return house


def _open(folder: Path, founding: Founding, opening: Opening, *, first: bool) -> House:
    paths = first_start.stores(folder)
    for path in paths.values():
        # Before anything is touched: the centre's database has no lock of its own.
        demand_free(path)
    clock = HouseClock(opening.clock)
    keys = DeviceKeys(folder / "keys", cost=opening.cost)
    if first:
        keys.keep_demo(CENTRE, new_key())
    private = keys.find(CENTRE)
    if private is None:
        raise Refusal("کلید مرکز خوانده نشد؛ پوشهٔ آن را کنار بگذارید تا از نو ساخته شود.")
    centre = open_centre(
        opening.database or folder / "centre.db",
        CentreKey(private, demo=True),
        clock,
        opening.later,
    )
    if first:
        first_start.enrol_desks(centre, keys, folder, founding)
    if late := first_start.publish(centre, founding):
        names = ", ".join(f"{fact.topic}:{fact.key}" for fact in late)
        _log.warning("shipped later, not in force here: %s", names)
    founding.renew(centre, opening.progress)
    house = House(
        clock,
        centre,
        _desk(opening.line(InProcess(centre)), keys, paths[OFFICE], clock),
        _desk(opening.line(InProcess(centre)), keys, paths[MUNICIPAL], clock),
        paths,
    )
    _enrol_staff(house, founding, opening.cost)
    return house


def _desk(link: Link, keys: DeviceKeys, path: Path, clock: Clock) -> Running:
    key = keys.find(first_start.device_file(path).read_text(encoding="utf-8"))
    if key is None:
        raise Refusal(f"کلید میز «{path.stem}» خوانده نشد؛ پوشهٔ آن را کنار بگذارید.")
    return open_desk(path, link, key, clock, demo=True)


def _enrol_staff(house: House, founding: Founding, cost: Cost) -> None:
    """Whoever is not enrolled yet; an earlier program's house lacks those who joined since."""
    with house.centre.reading() as session:
        known = centre_people.enrolled(session)
    joined = [staff for staff in founding.staff if staff.staff_id not in known]
    for staff in joined:
        desk = house.desk_of(staff.role).desk
        enrol_person(house.centre, desk, staff, founding.password, house.clock.now(), cost)
    if joined:
        house.office.sync()
        house.municipality.sync()
