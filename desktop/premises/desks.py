"""Builds a desk and its line to a centre, in this process or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions.desk import Clock, Desk, Seat
from desktop.actions.reference import DeskReference
from desktop.centre import people as centre_people
from desktop.centre.context import Centre, in_a_thread
from desktop.centre.schema import upgrade_centre
from desktop.centre.serve import serve
from desktop.centre.signing import CentreKey
from desktop.chance import new_id
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Staff
from desktop.domain.stream import office_stream
from desktop.keys import COST, Cost, DeviceKeys, new_key, wrap
from desktop.sql.engine import Place, reader, writer
from desktop.store import blobs, ledger, meta
from desktop.store import people as store_people
from desktop.store.meta import Identity
from desktop.store.open import Store
from desktop.sync.call import Caller, Stopped, Unanswered
from desktop.sync.round import Report, Round
from desktop.sync.status import SyncStatus, status
from desktop.wire.calls import Answered, Asked, Call
from desktop.wire.link import Link, Reply, SignedRequest, public_hex

_NO_ANSWER = "مرکز به این پرسش پاسخ نداد؛ دوباره بکوشید."


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)


class InProcess:
    """The line to a centre in this process: the same signed bytes to the same function."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply."""
        return serve(self._centre, request)


class Bell:
    """Rings for a round of sync soon; silent until somebody listens."""

    def __init__(self) -> None:
        self.ring: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        """Ring."""
        self.ring()


@dataclass
class Running:
    """A desk at work: the desk for the window, its rounds of sync, and the bell between them."""

    desk: Desk
    round: Round
    bell: Bell
    connected: bool = False

    def heard(self, *, connected: bool) -> None:
        """A question showed how the line is; a round finds out more when that is news."""
        if connected != self.connected:
            self.connected = connected
            self.bell()

    def sync(self) -> Report:
        """One round; remembers how it ended for the status bar."""
        report = self.round.run()
        self.connected = report.connected
        return report

    def close(self) -> None:
        """Close the store."""
        self.desk.store.close()


def open_centre(
    place: Place,
    key: CentreKey,
    clock: Clock,
    later: Callable[[Callable[[], object]], object] = in_a_thread,
) -> Centre:
    """The centre's database, brought to this program's version. Raises Refusal."""
    if isinstance(place, Path):
        place.parent.mkdir(parents=True, exist_ok=True)
    write = writer(place)
    upgrade_centre(write)
    centre = Centre(write, reader(place), key, clock.now, later=later)
    centre.begin()
    return centre


def open_desk(
    path: Path, link: Link, key: Ed25519PrivateKey, clock: Clock, *, demo: bool
) -> Running:
    """The desk whose enrolled store is at the path. Raises Refusal."""
    store = Store(path)
    # What was on its way to a printer when the program ended is a question for a person now.
    store.write(ledger.doubt)
    store.write(lambda session: blobs.sweep(session, clock.now()))
    reference = DeskReference()
    caller = Caller(store, link, key, clock)
    bell = Bell()
    running: list[Running] = []

    def ask(call: Call[Asked, Answered], body: Asked, /) -> Answered:
        try:
            told = caller.ask(call, body)
        except LineDown:
            running[0].heard(connected=False)
            raise
        except Unanswered as fault:
            raise Refusal(fault.words or _NO_ANSWER, field=fault.field or None) from fault
        except Stopped as fault:
            raise Refusal(_NO_ANSWER) from fault
        running[0].heard(connected=True)
        return told

    def sync_status() -> SyncStatus:
        with store.reading() as session:
            return status(session, clock.now(), running[0].connected)

    desk = Desk(
        store=store,
        clock=clock,
        reference=reference,
        ask=ask,
        nudge=bell,
        sync_status=sync_status,
        demo=demo,
    )
    rounds = Round(store, link, key, clock, reference.setting_for)
    running.append(Running(desk, rounds, bell))
    return running[0]


@dataclass(frozen=True)
class Enrolment:
    """A desk to be enrolled at an embedded centre: where its store is, whose it is, its number."""

    path: Path
    office: OfficeCard
    desk: int


def enrol_desk(centre: Centre, keys: DeviceKeys, enrolment: Enrolment) -> str:
    """Make the store, its key, and its place at the centre; returns the device's id.

    Only for a centre in the same process, whose keys are a demo's.
    """
    device_id = new_id()
    key = new_key()
    keys.keep_demo(device_id, key)
    office = enrolment.office
    with centre.writing() as session:
        centre_people.enrol_device(session, device_id, office.code, enrolment.desk, public_hex(key))
        epoch = centre.epoch(session)
    store = Store(enrolment.path)
    identity = Identity(
        device_id=device_id,
        office=office.code,
        desk=enrolment.desk,
        home=office_stream(office.code),
        centre_key=centre.key.public,
        epoch=epoch,
    )
    store.write(lambda session: meta.enrol(session, identity))
    store.close()
    return device_id


def enrol_person(
    centre: Centre, desk: Desk, staff: Staff, password: str, at: datetime, cost: Cost = COST
) -> Staff:
    """Make the person's key, tell the centre its public half, keep the wrapped one at the desk."""
    key = new_key()
    known = Staff(
        staff_id=staff.staff_id,
        name=staff.name,
        role=staff.role,
        office=staff.office,
        key=public_hex(key),
        desk=staff.desk,
        title=staff.title,
    )
    with centre.writing() as session:
        centre_people.enrol_person(session, known, at)
    wrapped = wrap(key, password, cost, demo=centre.key.demo)
    desk.store.write(lambda s: store_people.keep_key(s, staff.staff_id, wrapped, at))
    return known


__all__ = [
    "MUNICIPALITY",
    "Bell",
    "Enrolment",
    "InProcess",
    "LineDown",
    "Running",
    "Seat",
    "SystemClock",
    "enrol_desk",
    "enrol_person",
    "open_centre",
    "open_desk",
]
