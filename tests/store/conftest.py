"""An enrolled office store whose people are known; a desk with its centre, where facts come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


KINDS = ("plain", "sealed")
"""A file of a demo's and of an office's desk: what holds, holds of both."""


def place_of(kind: str, path: Path) -> File:
    """The store's place there, of that kind."""
    return path if kind == "plain" else Sealed(path, bytes(range(32)))


@contextmanager
def enrolled(place: File) -> Iterator[Store]:
    """A new, enrolled store, open for the block."""
    lay_store(place)
    made = Store(place, reserve=4096)
    made.write(enrol)
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, store_path: Path) -> File:
    """Where a store of either kind is, or will be."""
    return place_of(request.param, store_path)


@pytest.fixture
def store(place: File) -> Iterator[Store]:
    """An enrolled store."""
    with enrolled(place) as made:
        yield made
