"""A town for tests: a whole house whose centre is on SQLite and on a real PostgreSQL in turn."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

import pytest

from desktop.actions import intake
from desktop.actions.checking import check_pdf
from desktop.centre import check_files
from desktop.centre.context import at_once, day_of
from desktop.centre.ended_letters import list_of
from desktop.chance import new_id
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import CityProperty, Scenario, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import Crew
from desktop.demo.house import open_house
from desktop.domain.calendar import TEHRAN, compact
from desktop.domain.case import Case
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.domain.request import DocumentFile
from desktop.premises.clocks import SteppingClock
from desktop.premises.desks import Running
from desktop.premises.open import House, Opening
from desktop.reports.verify import Checked
from desktop.sql.engine import Place
from desktop.wire.link import Link
from desktop.wire.verdicts import Trust
from tests.figures import COPIED
from tests.houses import CHEAP, MORNING, Filling, copied_house, copy_folder
from tests.once import SHARED
from tests.servers import address, create, drop, name_in

PROPERTIES = 250
_SLIPS = count(718_204)


@dataclass
class Town:
    """A house, its people and its properties by what they are made to show."""

    house: House
    clock: SteppingClock
    crew: Crew
    properties: dict[Scenario, list[PropertyRecord]]
    # Numbers of the terminal's slips; one is never two persons'.
    slips: Iterator[int] = _SLIPS
    # Desks that a test opened beside the house's own.
    beside: list[Running] = field(default_factory=list)

    def close(self) -> None:
        """Close the house, after every desk beside it."""
        for running in self.beside:
            running.close()
        self.house.close()

    @property
    def line(self) -> Link:
        """As its desks reach the centre: in process, or over HTTPS."""
        return self.house.opening.line(self.house.own_centre)

    def check(self, pdf: bytes) -> Checked:
        """A letter's PDF by the keys and the list that the centre gives out today."""
        centre = self.house.centre
        today = day_of(centre.clock())
        with centre.reading() as session:
            keys, ended = check_files.keys_of(session, centre), list_of(session, today)
        return check_pdf(pdf, Trust((keys,), {keys.centre: ended}), compact(today))

    def record(self, scenario: Scenario, number: int = 0) -> PropertyRecord:
        """A property of that kind, owned by a person."""
        return self.properties[scenario][number]

    def go_to_visit(self, case: Case) -> None:
        """It is the day of the case's visit, at this hour."""
        assert case.slot is not None
        self.clock.moment += case.slot.day - self.clock.moment.astimezone(TEHRAN).date()

    def register(
        self,
        record: PropertyRecord | None,
        service: str = "clearance",
        applicant: Applicant = Applicant.OWNER,
        *,
        code: str = "",
        pay: bool = True,
        letter_number: str = "1405/1",
        unchanged: str = "yes",
        file: DocumentFile | None = None,
        **answers: str,
    ) -> str:
        """A request put in at the counter, the fee paid with it; the case's id.

        `file` is attached to the first document.
        """
        desk = self.crew.clerk.desk
        figures = intake.figures(desk)
        known = record or self.record(Scenario.CLEAN)
        asker = Asker(
            applicant=applicant,
            owner=known.owners[0],
            record=record,
            code=code or str(known.code),
            answers=answers,
            unchanged=unchanged,
            body=figures.bodies[0],
            letter_number=letter_number,
        )
        chosen = intake.services(desk)[service]
        fee = intake.FeePayment("terminal", f"{next(self.slips)}") if pay else None
        filled = fill(chosen, asker, figures, self.clock.moment.astimezone(TEHRAN).date())
        if file is not None:
            first, *others = filled.documents
            filled = replace(filled, documents=[replace(first, file=file), *others])
        return intake.register(self.crew.clerk, chosen, filled, fee).case_id


@pytest.fixture(scope="session")
def properties() -> dict[Scenario, list[PropertyRecord]]:
    """The made-up properties, each kind with those that people own."""
    return all_properties()


def all_properties() -> dict[Scenario, list[PropertyRecord]]:
    """As `properties`, for who is no test."""
    return by_kind(make_city(PROPERTIES, 1405, MORNING.date()))


def by_kind(city: Iterable[CityProperty]) -> dict[Scenario, list[PropertyRecord]]:
    """Of the city those that people own, each kind by itself."""
    found: dict[Scenario, list[PropertyRecord]] = {scenario: [] for scenario in Scenario}
    for item in city:
        if item.record.owners and len(item.record.owners[0].person_id) == 10:
            found[item.scenario].append(item.record)
    return found


@dataclass(frozen=True)
class Founded:
    """A house on PostgreSQL that tests copy: its server, its folder, its database there."""

    server: str
    folder: Path
    database: str = "founded"

    def copy(
        self,
        folder: Path,
        database: str,
        clock: SteppingClock,
        line: Callable[[Link], Link] | None = None,
        tell: Callable[[float], None] = lambda seconds: None,
    ) -> House:
        """A house like it, in a folder and a database of its own, both new; `tell` gets the seconds
        that the database took."""
        begun = perf_counter()
        create(self.server, name_in(database), self.database)
        tell(perf_counter() - begun)
        copy_folder(self.folder, folder)
        # Nothing is due at the moment at which it was founded.
        return _open_on(folder, database, clock, line, behind=True)


def _open_on(
    folder: Path,
    database: str,
    clock: SteppingClock,
    line: Callable[[Link], Link] | None = None,
    *,
    behind: bool = False,
) -> House:
    opening = Opening(clock, cost=CHEAP, database=database, later=at_once, behind=behind)
    if line is not None:
        opening = replace(opening, line=line)
    return open_house(folder, opening, properties=PROPERTIES)


@cache
def founded_on(server: str) -> Founded:
    """Founded once a worker: a copy costs a tenth of a second."""
    made = Founded(server, Path(mkdtemp(prefix="founded-", dir=os.environ.get(SHARED))) / "house")
    create(server, made.database)
    clock = SteppingClock(MORNING.astimezone(UTC))
    _open_on(made.folder, address(server, made.database), clock).close()
    return made


@contextmanager
def served_town(
    server: str, folder: Path, properties: dict[Scenario, list[PropertyRecord]], door: str = ""
) -> Iterator[Town]:
    """A town on PostgreSQL whose desks ask over HTTPS, as long as the block lasts: for many tests
    of one file. `door` is the server's address as the centre knows it, where it is another one."""
    # Only what goes over it loads a web server.
    from desktop.centre.api import Limits  # noqa: PLC0415
    from tests.served import over_https  # noqa: PLC0415

    place = address(door or server, f"served_{new_id()}")
    clock = SteppingClock(MORNING.astimezone(UTC))
    with over_https(folder, Limits(wait_s=0.05)) as line:
        house = founded_on(server).copy(folder / "house", place, clock, line)
        ring_at_once(house)
        town = Town(house, clock, seat_crew(house), properties)
        try:
            yield town
        finally:
            town.close()
            drop(server, name_in(place))


@pytest.fixture
def make_town(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    properties: dict[Scenario, list[PropertyRecord]],
) -> Iterator[Callable[[Place | None], Town]]:
    """Opens towns and closes them at the end."""
    opened: list[Town] = []

    lines = ExitStack()

    def make(
        database: Place | None = None, *, https: bool = False, filling: Filling | None = None
    ) -> Town:
        clock = SteppingClock(MORNING.astimezone(UTC))
        folder = tmp_path / f"house-{len(opened)}"
        if isinstance(database, str):
            line = None
            if https:
                # Only what goes over it loads a web server.
                from tests.served import over_https  # noqa: PLC0415

                line = lines.enter_context(over_https(tmp_path))
            house = founded_on(request.getfixturevalue("postgres_server")).copy(
                folder,
                database,
                clock,
                line,
                lambda seconds: request.node.user_properties.append((COPIED, seconds)),
            )
        else:
            house = copied_house(folder, clock, PROPERTIES, filling)
        ring_at_once(house)
        opened.append(Town(house, clock, seat_crew(house), properties))
        return opened[-1]

    yield make
    lines.close()
    for town in opened:
        town.close()


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.slow),
        pytest.param("bouncer", marks=pytest.mark.long),
    ]
)
def town(request: pytest.FixtureRequest, make_town: Callable[..., Town]) -> Town:
    """A town whose centre is on either database, on the second also over a line with PgBouncer
    between: what holds, holds of all."""
    return opened(request, make_town)


def opened(request: pytest.FixtureRequest, make_town: Callable[..., Town]) -> Town:
    """The town that the fixture's parameter names."""
    if request.param == "sqlite":
        return make_town(None)
    place = request.getfixturevalue("postgres_place")
    if request.param == "bouncer":
        place = address(request.getfixturevalue("bouncer"), name_in(place))
    return make_town(place, https=request.param != "postgresql")


# For what the protocol rests on: the farthest one belongs to the ordinary check, those on the way
# there to the long one.
_LINKS = [
    "sqlite",
    pytest.param("bouncer", marks=pytest.mark.slow),
    *(pytest.param(link, marks=pytest.mark.long) for link in ("postgresql", "https")),
]
every_link = pytest.mark.parametrize("town", _LINKS, indirect=True)


@pytest.fixture
def small_town(make_town: Callable[[Place | None], Town]) -> Town:
    """A town on SQLite, where the database is not what is tried."""
    return make_town(None)


@pytest.fixture(params=["sqlite", "postgresql"])
def quick_town(request: pytest.FixtureRequest, make_town: Callable[[Place | None], Town]) -> Town:
    """A town on either database, also in the quick check."""
    server = request.param == "postgresql"
    return make_town(request.getfixturevalue("postgres_place") if server else None)


@pytest.fixture
def postgres_town(postgres_place: str, make_town: Callable[[Place | None], Town]) -> Town:
    """A town on PostgreSQL, where SQLite has nothing to say: it writes in turn."""
    return make_town(postgres_place)


@pytest.fixture
def bounced_town(
    postgres_place: str, bouncer: str, make_town: Callable[[Place | None], Town]
) -> Town:
    """The same, whose centre reaches its database through PgBouncer."""
    return make_town(address(bouncer, name_in(postgres_place)))
