"""A machine that joins an office, and the centre of a small town at the other end of its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from desktop.centre import enrolling, people
from desktop.centre.context import Centre, at_once
from desktop.centre.serve import serve
from desktop.centre.signing import CentreKeys
from desktop.domain.errors import LineDown
from desktop.domain.line import Why
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role
from desktop.keys import DeviceKeys
from desktop.premises.clocks import SteppingClock
from desktop.premises.embedded import open_centre
from desktop.premises.enrolment import Enrolment
from desktop.premises.kind import read_office_file
from desktop.premises.real import (
    RealDesk,
    open_real,
)
from desktop.sql.engine import Place
from desktop.sync.address import Address
from desktop.wire.link import Reply, SignedRequest
from tests.houses import CHEAP, MORNING, SARA
from tests.test_keys import Ring

SHOWN = "ab" * 32
OFFICE = OfficeCard("21", "پیشخوان آزمایش", "یزد", "0353", "8917700000", 3, "قرارداد ۱", True)
CITY = OfficeCard(MUNICIPALITY, "شهرداری یزد", "", "", "", 0, "", True)
PASSWORD = "گذرواژهٔ بلند من"


class Killed(BaseException):
    """The program ends here."""


@dataclass
class Town:
    """A centre in process, what stands at its address, and the line there."""

    centre: Centre
    clock: SteppingClock
    vouched: bool = False
    shown: str = SHOWN
    down: Why | None = None
    calls: list[str] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    lose: set[str] = field(default_factory=set)

    def line(self, address: Address, pin: str = "", *, stranger: bool = False) -> Line:
        """As `HttpsLink`."""
        return Line(self, pin, stranger=stranger)

    def code(self, office: str = "21", manager: str = "حسن یزدی", role: Role | None = None) -> str:
        """A fresh code as the administrator reads it out."""
        with self.centre.writing() as session:
            return enrolling.new_code(session, office, self.clock.now(), manager, role, SARA).text


class Line:
    """A line to whatever stands at the address."""

    def __init__(self, town: Town, pin: str, *, stranger: bool) -> None:
        self._town, self._pin, self._stranger = town, pin, stranger
        self.shown = town.shown

    def call(self, request: SignedRequest) -> Reply:
        town = self._town
        if town.down is not None:
            raise LineDown(why=town.down)
        if not (town.vouched or self._stranger or self._pin == town.shown):
            raise LineDown(why=Why.CERTIFICATE if self._pin else Why.TLS)
        town.calls.append(request.path)
        reply = serve(town.centre, request)
        town.answered.append(reply.status)
        if request.path in town.lose:
            town.lose.remove(request.path)
            raise LineDown("the answer was lost")
        return reply

    def trust(self, pin: str) -> None:
        """As `HttpsLink.trust`."""
        self._pin = pin

    def holding(self, held_s: float) -> Line:
        """The same: in process nothing is held."""
        return self

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def town(centre_url: Place) -> Iterator[Town]:
    """A centre with the municipality and one office, on either database."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    centre = open_centre(centre_url, CentreKeys.new(demo=True), clock, at_once)
    with centre.writing() as session:
        people.open_office(session, OFFICE)
        people.open_office(session, CITY)
    yield Town(centre, clock)
    centre.close()


@dataclass
class Machine:
    """A machine of an office: its data folder and its keyring."""

    home: Path
    town: Town
    ring: KeyringBackend = field(default_factory=Ring)

    def keys(self, folder: Path) -> DeviceKeys:
        """Where the key of a desk in the folder is kept."""
        return DeviceKeys(folder / "keys", ring=self.ring, cost=CHEAP)

    def joining(self) -> Enrolment:
        """The wizard's other side, as a start makes it."""
        return Enrolment(
            self.home, self.town.clock, lines=self.town.line, keys=self.keys, cost=CHEAP
        )

    def join(self, code: str, password: str = PASSWORD, passphrase: str = "") -> Enrolment:
        """All steps but the last."""
        joining = self.joining()
        joining.reach("markaz.example")
        joining.join(code)
        joining.take_password(password, passphrase)
        return joining

    def open(self, passphrase: str = "") -> RealDesk:
        """The next start."""
        file = read_office_file(self.home)
        return open_real(
            self.home, file, self.town.clock, passphrase,
            lines=self.town.line, keys=self.keys, reserve=4096,
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path, town: Town) -> Machine:
    """A fresh machine with a keyring."""
    return Machine(tmp_path / "home", town)
