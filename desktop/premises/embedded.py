"""The centre that an installation carries: its database, its desks' and people's places there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop.actions.desk import Clock, Desk
from desktop.centre import people as centre_people
from desktop.centre.context import Centre, in_a_thread
from desktop.centre.couriering import tell_key
from desktop.centre.reference import publication
from desktop.centre.schema import upgrade_centre
from desktop.centre.serve import serve
from desktop.centre.signing import CentreKeys
from desktop.centre.tick import each_minute, tick
from desktop.chance import new_id
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.stream import Published, Topic, office_stream
from desktop.keys import (
    COST,
    Cost,
    DeviceKeys,
    PersonKeys,
    is_demo,
    new_key,
    new_letter_key,
    unwrap_person,
    wrap_person,
)
from desktop.premises.founding import (
    MUNICIPAL,
    OFFICE,
    Founding,
    Progress,
    centre_file,
    device_file,
    stores,
)
from desktop.sql.engine import Place, reader, writer
from desktop.store import meta
from desktop.store import people as store_people
from desktop.store.meta import Identity
from desktop.store.open import Session, Store
from desktop.wire.letters import key_text
from desktop.wire.link import Reply, SignedRequest, public_hex

_log = logging.getLogger(__name__)


def open_centre(
    place: Place,
    keys: CentreKeys,
    clock: Clock,
    later: Callable[[Callable[[], object]], object] | None = None,
) -> Centre:
    """The centre's database, brought to this program's version. Raises Refusal.

    `later` does what takes too long for a call, by None a thread.
    """
    if isinstance(place, Path):
        place.parent.mkdir(parents=True, exist_ok=True)
    write = writer(place)
    upgrade_centre(write)
    centre = Centre(write, reader(place), keys, clock.now, later=later or in_a_thread)
    centre.begin()
    return centre


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
        centre_people.enrol_device(
            session, device_id, office.own_id, enrolment.desk, public_hex(key)
        )
    # Opened for a moment: who works with it takes the reserve.
    store = Store(enrolment.path, reserve=0)
    identity = Identity(
        device_id=device_id,
        office=office.own_id,
        desk=enrolment.desk,
        home=office_stream(office.own_id),
        centre=centre.identity.centre,
        epoch=centre.identity.epoch,
        heads_key=centre.keys.heads.public,
        answers_key=centre.keys.answers.public,
        training=office.training,
    )
    store.write(lambda session: meta.enrol(session, identity))
    store.close()
    return device_id


def enrol_person(
    centre: Centre, desk: Desk, staff: Staff, password: str, at: datetime, cost: Cost = COST
) -> Staff:
    """Make the person's keys, tell the centre the public halves, keep both wrapped at the desk."""
    acts, release = new_key(), new_letter_key()
    known = replace(staff, key=public_hex(acts), release_key=public_hex(release))
    with centre.writing() as session:
        centre_people.enrol_person(session, known, at)
    wrapped = wrap_person(PersonKeys(acts, release), password, cost, demo=centre.keys.demo)
    desk.store.write(lambda s: store_people.keep_key(s, staff.staff_id, wrapped, at))
    return known


def _wrapped(session: Session, staff_id: str) -> str:
    wrapped = store_people.wrapped_key(session, staff_id)
    if wrapped is None:
        raise LookupError(staff_id)
    return wrapped


def _wrap_anew(wrapped: str, password: str, cost: Cost) -> str:
    keys = unwrap_person(wrapped, password)
    return wrap_person(keys, password, cost, demo=is_demo(wrapped))


class Embedded:
    """The centre at work, and what it does for the installation that carries it."""

    def __init__(self, centre: Centre, founding: Founding) -> None:
        self.centre = centre
        self._founding = founding

    def call(self, request: SignedRequest) -> Reply:
        """The reply to a desk: the same signed bytes to the same function as over a line."""
        return serve(self.centre, request)

    def enrol_desks(self, keys: DeviceKeys, folder: Path) -> None:
        """Open both offices, and enrol a desk of each."""
        founding, paths = self._founding, stores(folder)
        with self.centre.writing() as session:
            for card in (founding.office, founding.municipality):
                centre_people.open_office(session, card)
        for name, card, desk in (
            (OFFICE, founding.office, founding.office_desk),
            (MUNICIPAL, founding.municipality, 1),
        ):
            device_id = enrol_desk(self.centre, keys, Enrolment(paths[name], card, desk))
            device_file(paths[name]).write_text(device_id, encoding="utf-8")
        centre_file(folder).write_text(self.centre.identity.centre, encoding="utf-8")

    def enrol_staff(self, desk_of: Callable[[Role], Desk], cost: Cost) -> bool:
        """Whoever is not enrolled yet: an earlier program's house lacks those who joined since.

        Gives whether there was anybody.
        """
        with self.centre.reading() as session:
            known = centre_people.enrolled(session)
        joined = [staff for staff in self._founding.staff if staff.staff_id not in known]
        for staff in joined:
            at, password = self.centre.clock(), self._founding.password
            enrol_person(self.centre, desk_of(staff.role), staff, password, at, cost)
        return bool(joined)

    @contextmanager
    def wrapping_anew(self, desk_of: Callable[[Role], Desk], cost: Cost) -> Iterator[None]:
        """Everybody's keys under the same password at another cost of guessing it, kept at the
        block's end. What the block does goes on meanwhile: a guess takes a core, and no lock."""
        at, password = self.centre.clock(), self._founding.password
        behind = ThreadPoolExecutor(1)
        anew: list[tuple[Desk, str, Future[str]]] = []
        try:
            for staff in self._founding.staff:
                desk, staff_id = desk_of(staff.role), staff.staff_id
                with desk.store.reading() as session:
                    held = _wrapped(session, staff_id)
                anew.append((desk, staff_id, behind.submit(_wrap_anew, held, password, cost)))
            yield
            for desk, staff_id, wrapped in anew:
                keep = partial(
                    store_people.keep_key, staff_id=staff_id, wrapped=wrapped.result(), at=at
                )
                desk.store.write(keep)
        finally:
            behind.shutdown(cancel_futures=True)

    def bring_up_to_date(self, progress: Progress) -> None:
        """Put into force what ships, and see that the records are fresh."""
        if late := self._publish():
            names = ", ".join(f"{fact.topic}:{fact.key}" for fact in late)
            _log.warning("shipped later, not in force here: %s", names)
        self._founding.renew(self.centre, progress)

    def put_in_force(self, facts: Iterable[Published]) -> None:
        """Publish reference data."""
        with self.centre.writing() as session:
            centre_people.publish(session, facts, self.centre.clock())

    def tick(self) -> int:
        """What time brings about. How many acts it did."""
        return tick(self.centre)

    def each_minute(self) -> int:
        """What waits for no hour. How many things it did."""
        return each_minute(self.centre)

    def _publish(self) -> list[Published]:
        """What ships, where nothing of it is in force yet; else what ships and holds not here.

        What a later program ships takes two people's word.
        """
        facts, key = self._founding.published(), self.centre.keys.letters
        with self.centre.writing() as session:
            new = centre_people.unpublished(session, facts)
            if len(new) == len(facts):
                centre_people.publish(session, facts, self.centre.clock())
                new = []
            text = key_text(key.public, self.centre.identity.centre)
            own = publication(Topic.CENTRE_KEY, key.key_id, self._founding.since, text)
            centre_people.publish(session, [own], self.centre.clock())
        tell_key(self.centre)
        return new
