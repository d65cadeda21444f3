"""An office's desk over a small centre in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.sql.engine import File, Sealed, path_of
from desktop.store import meta
from desktop.store.open import Store
from desktop.wire.link import Link
from tests.desk import Desk
from tests.fakes import FakeCentre, SetClock
from tests.fresh import lay_store
from tests.office import CLERK, MANAGER, NOW


@pytest.fixture
def clock() -> SetClock:
    """The time of the centre and, until a test moves one of them, of the desks."""
    return SetClock(NOW)


@pytest.fixture
def centre(clock: SetClock) -> FakeCentre:
    """A centre that knows the office's people."""
    found = FakeCentre(clock)
    found.enrol_person(CLERK)
    found.enrol_person(MANAGER)
    return found


@pytest.fixture
def new_desk(tmp_path: Path, centre: FakeCentre) -> Iterator[Callable[..., Desk]]:
    """Makes enrolled desks of office 21."""
    desks: list[Desk] = []

    def make(number: int = 1, link: Link | None = None, place: File | None = None) -> Desk:
        key = Ed25519PrivateKey.generate()
        place = place or tmp_path / f"desk-{number}" / "office.sqlite"
        if not path_of(place).exists():
            lay_store(place)
        store = Store(place, reserve=4096)
        device = f"device-{number}"
        identity = centre.enrol(device, key, number)
        with store.writing() as session:
            meta.enrol(session, identity)
        desk = Desk(store, key, link or centre, SetClock(NOW))
        desks.append(desk)
        return desk

    yield make
    for desk in desks:
        desk.store.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """Desk 1, greeted: it knows its people."""
    made = new_desk()
    assert made.sync().well
    return made


@pytest.fixture
def sealed_desk(new_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """The same with an encrypted store, as an office has it."""
    made = new_desk(place=Sealed(tmp_path / "desk-1" / "office.sqlite", bytes(range(32))))
    assert made.sync().well
    return made
