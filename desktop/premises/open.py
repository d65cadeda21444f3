"""Opens an installation that carries its own centre: the centre and its two desks, on one clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions import access
from desktop.actions.desk import Clock
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.people import Role
from desktop.domain.persian import isolate
from desktop.domain.stream import Published
from desktop.keys import COST, Cost, DeviceKeys, new_centre_secret
from desktop.premises import founding as first_start
from desktop.premises.clocks import HouseClock, SystemClock
from desktop.premises.desks import Running, open_desk
from desktop.premises.founding import CENTRE, MUNICIPAL, OFFICE, Founding, Progress
from desktop.sql.engine import Place
from desktop.store.lock import demand_free
from desktop.store.reserve import SIZE
from desktop.wire.link import Link, Reply, SignedRequest

if TYPE_CHECKING:
    from desktop.centre.context import Centre
    from desktop.premises.embedded import Embedded

# While an installation is made nobody can guess at its passwords yet, and its first day asks for
# them dozens of times.
_FOUNDING = Cost(passes=1, memory=8, lanes=1)


_SET_ASIDE = (
    "دفتر نمونهٔ پیشین را برنامهٔ قدیمی امضا کرده بود؛ دست‌نخورده با نام {} کنار گذاشته و دفتر"
    " نمونهٔ تازه‌ای ساخته شد."
)


class OwnCentre:
    """The centre that the installation carries, and the line to it: opened by who asks first.

    While `cut` nothing gets through, as by a line that is down.
    """

    def __init__(self, opens: Callable[[], Embedded]) -> None:
        self._opens = opens
        self._lock = Lock()
        self._embedded: Embedded | None = None
        self.cut = False

    def __call__(self) -> Embedded:
        """The centre at work. Raises Refusal when its database can't be opened."""
        with self._lock:
            if self._embedded is None:
                self._embedded = self._opens()
            return self._embedded

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply. Raises LineDown while the line is cut."""
        if self.cut:
            raise LineDown
        return self().call(request)

    def close(self) -> None:
        """Close its database, if anybody asked."""
        if self._embedded is not None:
            self._embedded.centre.close()


@dataclass
class House:
    """An installation at work: its own centre and two desks, on one clock.

    `told` is what whoever opened it should read once; empty where there is nothing.
    """

    clock: HouseClock
    own_centre: OwnCentre
    office: Running
    municipality: Running
    founding: Founding
    opening: Opening
    stores: Mapping[str, Path]
    begun: bool = False
    told: str = ""

    @property
    def centre(self) -> Centre:
        """The installation's own centre. Raises Refusal when its database can't be opened."""
        return self.own_centre().centre

    def desk_of(self, role: Role) -> Running:
        """The desk at which the role sits."""
        return self.municipality if role.is_municipal else self.office

    def begin(self) -> None:
        """Open the centre, bring it to what this program ships, do what time has brought about.

        Raises Refusal when its database can't be opened.
        """
        own = self.own_centre()
        own.bring_up_to_date(self.opening.progress)
        if own.enrol_staff(lambda role: self.desk_of(role).desk, self.opening.cost):
            self._tell_desks()
        self.tick()
        self.begun = True

    def set_clock(self, clock: Clock | None) -> None:
        """Tell the time by this clock; by the own one again for None."""
        self.clock.other = clock

    @contextmanager
    def making_a_past(self) -> Iterator[None]:
        """Days that have gone by are made in the block: no desk doubts its clock."""
        kept = [running.desk.timekeeping for running in (self.office, self.municipality)]
        for each in kept:
            each.made_up = True
        try:
            yield
        finally:
            for each in kept:
                each.made_up = False

    def cut_line(self, cut: bool) -> None:
        """Cut both desks' line to their own centre, or join it; they hear of it at once."""
        self.own_centre.cut = cut
        for running in (self.office, self.municipality):
            running.bell()

    def tick(self) -> int:
        """What time brings about at the centre; told to both desks. How many acts it did."""
        return self._told(self.own_centre().tick())

    def each_minute(self) -> int:
        """The same of what waits for no hour."""
        return self._told(self.own_centre().each_minute())

    def _told(self, done: int) -> int:
        if done:
            self._tell_desks()
        return done

    def put_in_force(self, facts: Iterable[Published]) -> None:
        """Publish reference data, and let both desks hear of it."""
        self.own_centre().put_in_force(facts)
        self._tell_desks()

    def close(self) -> None:
        """Close both stores and the centre's database."""
        self.office.close()
        self.municipality.close()
        self.own_centre.close()

    def knows_everybody(self) -> bool:
        """Whether all that it was founded with may sign in at their desks."""
        desks = (self.office.desk, self.municipality.desk)
        known = {person.staff_id for desk in desks for person in access.staff(desk)}
        return known >= {person.staff_id for person in self.founding.staff}

    def _tell_desks(self) -> None:
        self.office.sync()
        self.municipality.sync()


@dataclass(frozen=True)
class Opening:
    """How an installation is opened.

    `database` is the centre's when it is not a file of the folder; `line` may stand between the
    desks and the centre; `later` does what takes the centre too long for a call, by None a thread;
    `cost` is what a guess at a password costs; with `behind` the desks open at once, and the centre
    when `House.begin` is called.
    """

    clock: Clock = field(default_factory=SystemClock)
    cost: Cost = COST
    database: Place | None = None
    line: Callable[[Link], Link] = lambda link: link
    later: Callable[[Callable[[], object]], object] | None = None
    progress: Progress = lambda done, whole: None
    behind: bool = False


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
        house = _open(beside, founding, replace(opening, cost=_FOUNDING), first=True)
        try:
            house.begin()
            own = house.own_centre()
            with own.wrapping_anew(lambda role: house.desk_of(role).desk, opening.cost):
                begin(house)
        finally:
            house.close()

    aside = first_start.set_aside_if_before(folder)
    if not first_start.is_founded(folder):
        first_start.found(folder, make)
    house = _open(folder, founding, opening, first=False)
    if aside is not None:
        house.told = _SET_ASIDE.format(isolate(aside.name))
    try:
        # Who joined since must be able to sign in when the desks open.
        if not opening.behind or not house.knows_everybody():
            house.begin()
    except BaseException:
        house.close()
        raise
    return house


def _open(folder: Path, founding: Founding, opening: Opening, *, first: bool) -> House:
    paths = first_start.stores(folder)
    for path in paths.values():
        # Before anything is touched: the centre's database has no lock of its own.
        demand_free(path)
    clock = HouseClock(opening.clock)
    keys = DeviceKeys(folder / "keys", cost=opening.cost)
    if first:
        keys.keep_demo_secret(CENTRE, new_centre_secret())
    secret = keys.find_secret(CENTRE)
    if secret is None:
        raise Refusal("کلید مرکز خوانده نشد؛ پوشهٔ آن را کنار بگذارید تا از نو ساخته شود.")

    def opens() -> Embedded:
        # A start shows the desks before the centre and its libraries are loaded.
        from desktop.centre.signing import CentreKeys
        from desktop.premises.embedded import Embedded, open_centre

        place = opening.database or folder / "centre.db"
        own_keys = CentreKeys.from_secret(secret, demo=True)
        return Embedded(open_centre(place, own_keys, clock, opening.later), founding)

    own = OwnCentre(opens)
    # What can't be opened whole is closed again: somebody may make room and try once more.
    with ExitStack() as opened:
        opened.callback(own.close)
        if first:
            own().enrol_desks(keys, folder)
        # While an installation is made all room is for it; who works there takes the reserve.
        reserve = 0 if first else SIZE
        desks = []
        for name in (OFFICE, MUNICIPAL):
            key = _key_of(keys, paths[name])
            line = opening.line(own)
            desks.append(
                open_desk(
                    paths[name], line, key, clock,
                    demo=True, training=founding.office.training, reserve=reserve,
                )
            )  # fmt: skip
            opened.callback(desks[-1].close)
        opened.pop_all()
    office, municipality = desks
    return House(clock, own, office, municipality, founding, opening, paths)


def _key_of(keys: DeviceKeys, path: Path) -> Ed25519PrivateKey:
    key = keys.find(first_start.device_file(path).read_text(encoding="utf-8"))
    if key is None:
        raise Refusal(f"کلید میز «{path.stem}» خوانده نشد؛ پوشهٔ آن را کنار بگذارید.")
    return key
