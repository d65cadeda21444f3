"""An enrolled office store whose people are known; a desk with its centre, where facts come in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.stream import Fact, PersonEnrolled
from desktop.sql.engine import File, Sealed
from desktop.store import meta, people
from desktop.store.open import Session, Store
from tests.fresh import lay_store
from tests.office import CLERK, MANAGER, NOW
from tests.sync.conftest import centre, clock, desk, new_desk

__all__ = ["centre", "clock", "desk", "enrol", "new_desk", "place", "store", "store_path"]

IDENTITY = meta.Identity(
    device_id="device-1", office="21", desk=1, home="office:21", centre="centre-1",
    epoch="epoch-1", heads_key="00" * 32, answers_key="00" * 32,
)  # fmt: skip


def enrol(session: Session) -> None:
    """Make the store desk 1 of office 21 with its two people."""
    meta.enrol(session, IDENTITY)
    for pos, person in enumerate((CLERK, MANAGER), start=1):
        enrolled = PersonEnrolled(
            person.staff_id, person.name, person.role, person.key, person.title
        )
        fact = Fact(str(pos), "office:21", pos, "", 0, "", "centre", "", NOW, enrolled)
        people.keep(session, fact, enrolled)


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """Where the store is, or will be."""
    return tmp_path / "office" / "office.sqlite"


@pytest.fixture(params=["plain", "sealed"])
def place(request: pytest.FixtureRequest, store_path: Path) -> File:
    """The same as a file of a demo's and of an office's desk: what holds, holds of both."""
    return store_path if request.param == "plain" else Sealed(store_path, bytes(range(32)))


@pytest.fixture
def store(place: File) -> Iterator[Store]:
    """An enrolled store."""
    lay_store(place)
    made = Store(place, reserve=4096)
    made.write(enrol)
    yield made
    made.close()
